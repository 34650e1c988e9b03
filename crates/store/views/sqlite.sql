-- Written by `cargo xtask generate` from crates/kinds; do not edit.
-- What reporting tools read; docs/reporting.md says how.

create view report_organization as
select l.organization, l.slug from ledger l;

create view report_reference as
select organization, id, case kind
    when 'organization' then 'ORG'
    when 'unit' then 'UNIT'
    when 'site' then 'SITE'
    when 'issue' then 'ISSUE'
    when 'interested_party' then 'PARTY'
    when 'requirement' then 'REQ'
    when 'obligation' then 'OBL'
    when 'scope' then 'SCOPE'
    when 'determination' then 'DET'
    when 'opportunity' then 'OPP'
    when 'role' then 'ROLE'
    when 'person' then 'PERSON'
    when 'asset' then 'ASSET'
    when 'supplier' then 'SUPPLIER'
    when 'risk_method' then 'METHOD'
    when 'risk' then 'RISK'
    when 'assessment_round' then 'ROUND'
    when 'control' then 'CONTROL'
    when 'action' then 'ACTION'
    when 'objective' then 'OBJ'
    when 'document' then 'DOC'
    when 'evidence' then 'EVID'
    when 'event_report' then 'EVENT'
    when 'gap_assessment' then 'GAP'
    when 'gap_answer' then 'ANSWER'
    when 'membership' then 'MEMBER'
    when 'comment' then 'COMMENT'
    when 'approval' then 'APPR'
    when 'ledger_event' then 'LEDGER'
    end || '-' || number as ref
from record;

create view report_record as
select o.slug, d.organization, d.id, d.kind, d.number, d.version, newest.stage, newest.seq,
    content.op, content.provenance, content.content
from report_organization o
join record d on d.organization = o.organization
join revision newest on newest.organization = d.organization and newest.record = d.id
    and newest.version = d.version
join revision content on content.organization = d.organization and content.record = d.id
    and content.version = case when newest.op <> 'erase' then d.version else (
        select max(v.version) from revision v where v.organization = d.organization
        and v.record = d.id and v.op <> 'erase') end;

create view v_organizations as
select l.slug as organization, lower(substr(hex(l.organization), 1, 8) || '-' || substr(hex(l.organization), 9, 4) || '-' || substr(hex(l.organization), 13, 4) || '-' || substr(hex(l.organization), 17, 4) || '-' || substr(hex(l.organization), 21)) as id, l.seq as entries
from report_organization o join ledger l on l.organization = o.organization;

create view v_record as
select content.slug as organization, lower(substr(hex(content.id), 1, 8) || '-' || substr(hex(content.id), 9, 4) || '-' || substr(hex(content.id), 13, 4) || '-' || substr(hex(content.id), 17, 4) || '-' || substr(hex(content.id), 21)) as id,
    p.ref, content.kind, content.number, json_extract(content.content, '$.body.title') as title, content.stage, content.version,
    (content.op = 'withdraw') as withdrawn, (content.content is null) as erased, e.at as changed_at
from report_record content
join report_reference p on p.organization = content.organization and p.id = content.id
left join entry e on e.organization = content.organization and e.seq = content.seq;

create view v_commit as
select o.slug as organization, e.seq, e.at as at, (select p.ref from report_reference p where p.organization = e.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as actor, e.via, e.note,
    e.count as changes
from report_organization o join entry e on e.organization = o.organization;

create view v_organization as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ORG-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.registered_number') as "registered_number",
    json_extract(d.content, '$.body.address') as "address",
    json_extract(d.content, '$.body.group_parent') as "group_parent",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.sectors') y) as "sectors",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.countries') y) as "countries",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.languages') y) as "languages",
    json_extract(d.content, '$.body.time_zone') as "time_zone",
    json_extract(d.content, '$.body.purpose') as "purpose",
    json_extract(d.content, '$.body.outcomes') as "outcomes",
    json_extract(d.content, '$.body.goal') as "goal",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.frameworks') y) as "frameworks",
    json_extract(d.content, '$.body.wished_stage_1') as "wished_stage_1",
    json_extract(d.content, '$.body.wished_stage_2') as "wished_stage_2",
    json_extract(d.content, '$.body.head_counts') as "head_counts",
    json_extract(d.content, '$.body.facts') as "facts",
    json_extract(d.content, '$.body.parameters') as "parameters",
    json_extract(d.content, '$.body.classes') as "classes"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'organization' and d.op <> 'withdraw';

create view v_organization_outcomes as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ORG-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.outcome') as "outcome",
    json_extract(x.value, '$.note') as "note"
from report_record d
join json_each(d.content, '$.body.outcomes') x
where d.kind = 'organization' and d.op <> 'withdraw';

create view v_organization_head_counts as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ORG-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.activity') as "activity",
    json_extract(x.value, '$.persons') as "persons",
    json_extract(x.value, '$.identical') as "identical",
    json_extract(x.value, '$.remote_share') as "remote_share",
    json_extract(x.value, '$.shifts') as "shifts",
    json_extract(x.value, '$.as_of') as "as_of"
from report_record d
join json_each(d.content, '$.body.head_counts') x
where d.kind = 'organization' and d.op <> 'withdraw';

create view v_organization_facts as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ORG-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.question') as "question",
    json_extract(x.value, '$.answer') as "answer",
    json_extract(x.value, '$.note') as "note"
from report_record d
join json_each(d.content, '$.body.facts') x
where d.kind = 'organization' and d.op <> 'withdraw';

create view v_organization_parameters as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ORG-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.key') as "key",
    json_extract(x.value, '$.value') as "value",
    json_extract(x.value, '$.unit') as "unit",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(x.value, '$.decided_in'), 1, 36), '-')) as "decided_in",
    substr(json_extract(x.value, '$.decided_in'), 1, 36) as "decided_in_id"
from report_record d
join json_each(d.content, '$.body.parameters') x
where d.kind = 'organization' and d.op <> 'withdraw';

create view v_organization_classes as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ORG-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.name') as "name",
    json_extract(x.value, '$.rank') as "rank",
    json_extract(x.value, '$.meaning') as "meaning",
    json_extract(x.value, '$.store') as "store",
    json_extract(x.value, '$.send') as "send",
    json_extract(x.value, '$.print') as "print",
    json_extract(x.value, '$.share') as "share",
    json_extract(x.value, '$.delete') as "delete"
from report_record d
join json_each(d.content, '$.body.classes') x
where d.kind = 'organization' and d.op <> 'withdraw';

create view v_unit as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'UNIT-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.parent'), 1, 36), '-')) as "parent",
    substr(json_extract(d.content, '$.body.parent'), 1, 36) as "parent_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.head'), 1, 36), '-')) as "head",
    substr(json_extract(d.content, '$.body.head'), 1, 36) as "head_id",
    json_extract(d.content, '$.body.activities') as "activities",
    json_extract(d.content, '$.body.in_scope') as "in_scope",
    json_extract(d.content, '$.body.out_of_scope_reason') as "out_of_scope_reason"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'unit' and d.op <> 'withdraw';

create view v_site as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'SITE-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.site_type') as "site_type",
    json_extract(d.content, '$.body.address') as "address",
    json_extract(d.content, '$.body.persons') as "persons",
    json_extract(d.content, '$.body.activities') as "activities",
    json_extract(d.content, '$.body.access_controlled_by') as "access_controlled_by",
    json_extract(d.content, '$.body.in_scope') as "in_scope",
    json_extract(d.content, '$.body.out_of_scope_reason') as "out_of_scope_reason",
    json_extract(d.content, '$.body.central_function') as "central_function"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'site' and d.op <> 'withdraw';

create view v_issue as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ISSUE-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.side') as "side",
    json_extract(d.content, '$.body.topic') as "topic",
    json_extract(d.content, '$.body.description') as "description",
    json_extract(d.content, '$.body.effects') as "effects",
    json_extract(d.content, '$.body.relevant') as "relevant",
    json_extract(d.content, '$.body.relevance_reason') as "relevance_reason",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.answered_by') y) as "answered_by",
    json_extract(d.content, '$.body.no_action_because') as "no_action_because",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.owner'), 1, 36), '-')) as "owner",
    substr(json_extract(d.content, '$.body.owner'), 1, 36) as "owner_id",
    json_extract(d.content, '$.body.identified_on') as "identified_on",
    json_extract(d.content, '$.body.cadence') as "cadence",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.review_on') y) as "review_on",
    json_extract(d.content, '$.body.last_reviewed') as "last_reviewed",
    json_extract(d.content, '$.body.next_review') as "next_review"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'issue' and d.op <> 'withdraw';

create view v_issue_effects as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ISSUE-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.outcome') as "outcome",
    json_extract(x.value, '$.effect') as "effect",
    json_extract(x.value, '$.how') as "how"
from report_record d
join json_each(d.content, '$.body.effects') x
where d.kind = 'issue' and d.op <> 'withdraw';

create view v_issue_answered_by as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ISSUE-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.answered_by') x
where d.kind = 'issue' and d.op <> 'withdraw';

create view v_interested_party as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'PARTY-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.party_type') as "party_type",
    json_extract(d.content, '$.body.side') as "side",
    json_extract(d.content, '$.body.relevance') as "relevance",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.owner'), 1, 36), '-')) as "owner",
    substr(json_extract(d.content, '$.body.owner'), 1, 36) as "owner_id",
    json_extract(d.content, '$.body.contact') as "contact",
    json_extract(d.content, '$.body.feedback') as "feedback",
    json_extract(d.content, '$.body.climate') as "climate",
    json_extract(d.content, '$.body.climate_expectations') as "climate_expectations",
    json_extract(d.content, '$.body.cadence') as "cadence",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.review_on') y) as "review_on",
    json_extract(d.content, '$.body.last_reviewed') as "last_reviewed",
    json_extract(d.content, '$.body.next_review') as "next_review"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'interested_party' and d.op <> 'withdraw';

create view v_requirement as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'REQ-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.party'), 1, 36), '-')) as "party",
    substr(json_extract(d.content, '$.body.party'), 1, 36) as "party_id",
    json_extract(d.content, '$.body.demand') as "demand",
    json_extract(d.content, '$.body.nature') as "nature",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.obligations') y) as "obligations",
    json_extract(d.content, '$.body.addressed') as "addressed",
    json_extract(d.content, '$.body.addressed_how') as "addressed_how",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.met_by') y) as "met_by",
    json_extract(d.content, '$.body.since') as "since",
    json_extract(d.content, '$.body.until') as "until",
    json_extract(d.content, '$.body.source') as "source",
    json_extract(d.content, '$.body.cadence') as "cadence",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.review_on') y) as "review_on",
    json_extract(d.content, '$.body.last_reviewed') as "last_reviewed",
    json_extract(d.content, '$.body.next_review') as "next_review"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'requirement' and d.op <> 'withdraw';

create view v_requirement_obligations as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'REQ-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.obligations') x
where d.kind = 'requirement' and d.op <> 'withdraw';

create view v_requirement_met_by as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'REQ-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.met_by') x
where d.kind = 'requirement' and d.op <> 'withdraw';

create view v_obligation as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'OBL-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.provision') as "provision",
    json_extract(d.content, '$.body.edition') as "edition",
    json_extract(d.content, '$.body.obligation_type') as "obligation_type",
    json_extract(d.content, '$.body.jurisdiction') as "jurisdiction",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.counterparty'), 1, 36), '-')) as "counterparty",
    substr(json_extract(d.content, '$.body.counterparty'), 1, 36) as "counterparty_id",
    json_extract(d.content, '$.body.applies_because') as "applies_because",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.applies_to') y) as "applies_to",
    json_extract(d.content, '$.body.demand') as "demand",
    json_extract(d.content, '$.body.how_met') as "how_met",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.met_by') y) as "met_by",
    json_extract(d.content, '$.body.clocks') as "clocks",
    json_extract(d.content, '$.body.asks_for') as "asks_for",
    json_extract(d.content, '$.body.asked_by') as "asked_by",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.owner'), 1, 36), '-')) as "owner",
    substr(json_extract(d.content, '$.body.owner'), 1, 36) as "owner_id",
    json_extract(d.content, '$.body.source_link') as "source_link",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.watched_by'), 1, 36), '-')) as "watched_by",
    substr(json_extract(d.content, '$.body.watched_by'), 1, 36) as "watched_by_id",
    json_extract(d.content, '$.body.in_force_from') as "in_force_from",
    json_extract(d.content, '$.body.in_force_until') as "in_force_until",
    json_extract(d.content, '$.body.cadence') as "cadence",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.review_on') y) as "review_on",
    json_extract(d.content, '$.body.last_reviewed') as "last_reviewed",
    json_extract(d.content, '$.body.next_review') as "next_review",
    json_extract(d.content, '$.body.fulfilment') as "fulfilment",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.assessed_by'), 1, 36), '-')) as "assessed_by",
    substr(json_extract(d.content, '$.body.assessed_by'), 1, 36) as "assessed_by_id",
    json_extract(d.content, '$.body.assessed_on') as "assessed_on",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.evidence') y) as "evidence"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'obligation' and d.op <> 'withdraw';

create view v_obligation_applies_to as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'OBL-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.applies_to') x
where d.kind = 'obligation' and d.op <> 'withdraw';

create view v_obligation_met_by as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'OBL-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.met_by') x
where d.kind = 'obligation' and d.op <> 'withdraw';

create view v_obligation_clocks as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'OBL-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.event') as "event",
    json_extract(x.value, '$.within') as "within",
    json_extract(x.value, '$.to_whom') as "to_whom",
    json_extract(x.value, '$.how') as "how"
from report_record d
join json_each(d.content, '$.body.clocks') x
where d.kind = 'obligation' and d.op <> 'withdraw';

create view v_obligation_evidence as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'OBL-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.evidence') x
where d.kind = 'obligation' and d.op <> 'withdraw';

create view v_scope as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'SCOPE-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.statement') as "statement",
    json_extract(d.content, '$.body.translations') as "translations",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.units') y) as "units",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.sites') y) as "sites",
    json_extract(d.content, '$.body.activities') as "activities",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.assets') y) as "assets",
    json_extract(d.content, '$.body.interfaces') as "interfaces",
    json_extract(d.content, '$.body.left_out') as "left_out",
    json_extract(d.content, '$.body.remote_work') as "remote_work",
    json_extract(d.content, '$.body.considered') as "considered",
    json_extract(d.content, '$.body.effective_from') as "effective_from",
    json_extract(d.content, '$.body.cadence') as "cadence",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.review_on') y) as "review_on",
    json_extract(d.content, '$.body.last_reviewed') as "last_reviewed",
    json_extract(d.content, '$.body.next_review') as "next_review"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'scope' and d.op <> 'withdraw';

create view v_scope_translations as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'SCOPE-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.language') as "language",
    json_extract(x.value, '$.statement') as "statement"
from report_record d
join json_each(d.content, '$.body.translations') x
where d.kind = 'scope' and d.op <> 'withdraw';

create view v_scope_units as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'SCOPE-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.units') x
where d.kind = 'scope' and d.op <> 'withdraw';

create view v_scope_sites as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'SCOPE-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.sites') x
where d.kind = 'scope' and d.op <> 'withdraw';

create view v_scope_activities as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'SCOPE-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.activity') as "activity",
    json_extract(x.value, '$.delivers') as "delivers"
from report_record d
join json_each(d.content, '$.body.activities') x
where d.kind = 'scope' and d.op <> 'withdraw';

create view v_scope_assets as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'SCOPE-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.assets') x
where d.kind = 'scope' and d.op <> 'withdraw';

create view v_scope_interfaces as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'SCOPE-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.what') as "what",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(x.value, '$.other_side'), 1, 36), '-')) as "other_side",
    substr(json_extract(x.value, '$.other_side'), 1, 36) as "other_side_id",
    json_extract(x.value, '$.interface_kind') as "interface_kind",
    json_extract(x.value, '$.information_exchanged') as "information_exchanged",
    json_extract(x.value, '$.who_controls_what') as "who_controls_what",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(x.value, '$.agreement'), 1, 36), '-')) as "agreement",
    substr(json_extract(x.value, '$.agreement'), 1, 36) as "agreement_id"
from report_record d
join json_each(d.content, '$.body.interfaces') x
where d.kind = 'scope' and d.op <> 'withdraw';

create view v_scope_left_out as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'SCOPE-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.what') as "what",
    json_extract(x.value, '$.why') as "why",
    json_extract(x.value, '$.handling') as "handling"
from report_record d
join json_each(d.content, '$.body.left_out') x
where d.kind = 'scope' and d.op <> 'withdraw';

create view v_determination as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'DET-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.question') as "question",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.subject'), 1, 36), '-')) as "subject",
    substr(json_extract(d.content, '$.body.subject'), 1, 36) as "subject_id",
    json_extract(d.content, '$.body.register') as "register",
    json_extract(d.content, '$.body.party_type') as "party_type",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.controls') y) as "controls",
    json_extract(d.content, '$.body.answer') as "answer",
    json_extract(d.content, '$.body.answer_in_words') as "answer_in_words",
    json_extract(d.content, '$.body.rationale') as "rationale",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.by'), 1, 36), '-')) as "by",
    substr(json_extract(d.content, '$.body.by'), 1, 36) as "by_id",
    json_extract(d.content, '$.body.decided_on') as "decided_on",
    json_extract(d.content, '$.body.good_until') as "good_until",
    json_extract(d.content, '$.body.cadence') as "cadence",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.review_on') y) as "review_on",
    json_extract(d.content, '$.body.last_reviewed') as "last_reviewed",
    json_extract(d.content, '$.body.next_review') as "next_review",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.evidence') y) as "evidence"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'determination' and d.op <> 'withdraw';

create view v_determination_evidence as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'DET-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.evidence') x
where d.kind = 'determination' and d.op <> 'withdraw';

create view v_opportunity as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'OPP-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.arises_from') y) as "arises_from",
    json_extract(d.content, '$.body.concerns') as "concerns",
    json_extract(d.content, '$.body.wanted_effect') as "wanted_effect",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.owner'), 1, 36), '-')) as "owner",
    substr(json_extract(d.content, '$.body.owner'), 1, 36) as "owner_id",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.actions') y) as "actions",
    json_extract(d.content, '$.body.effectiveness') as "effectiveness",
    json_extract(d.content, '$.body.decision') as "decision",
    json_extract(d.content, '$.body.decision_reason') as "decision_reason",
    json_extract(d.content, '$.body.result') as "result"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'opportunity' and d.op <> 'withdraw';

create view v_opportunity_arises_from as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'OPP-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.arises_from') x
where d.kind = 'opportunity' and d.op <> 'withdraw';

create view v_opportunity_actions as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'OPP-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.actions') x
where d.kind = 'opportunity' and d.op <> 'withdraw';

create view v_role as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ROLE-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.also_known') y) as "also_known",
    json_extract(d.content, '$.body.responsibilities') as "responsibilities",
    json_extract(d.content, '$.body.authorities') as "authorities",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.carries') y) as "carries",
    json_extract(d.content, '$.body.may_accept') as "may_accept",
    json_extract(d.content, '$.body.acceptance_conditions') as "acceptance_conditions",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.reports_to'), 1, 36), '-')) as "reports_to",
    substr(json_extract(d.content, '$.body.reports_to'), 1, 36) as "reports_to_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.unit'), 1, 36), '-')) as "unit",
    substr(json_extract(d.content, '$.body.unit'), 1, 36) as "unit_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.deputy'), 1, 36), '-')) as "deputy",
    substr(json_extract(d.content, '$.body.deputy'), 1, 36) as "deputy_id",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.not_with') y) as "not_with",
    json_extract(d.content, '$.body.competence') as "competence",
    json_extract(d.content, '$.body.held_by') as "held_by",
    json_extract(d.content, '$.body.vacancy_limit') as "vacancy_limit"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'role' and d.op <> 'withdraw';

create view v_role_not_with as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ROLE-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.not_with') x
where d.kind = 'role' and d.op <> 'withdraw';

create view v_role_competence as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ROLE-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.competence') as "competence",
    json_extract(x.value, '$.basis') as "basis",
    json_extract(x.value, '$.level') as "level",
    json_extract(x.value, '$.mandatory') as "mandatory",
    json_extract(x.value, '$.refresh_after') as "refresh_after"
from report_record d
join json_each(d.content, '$.body.competence') x
where d.kind = 'role' and d.op <> 'withdraw';

create view v_role_held_by as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ROLE-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(x.value, '$.person'), 1, 36), '-')) as "person",
    substr(json_extract(x.value, '$.person'), 1, 36) as "person_id",
    json_extract(x.value, '$.from') as "from",
    json_extract(x.value, '$.until') as "until",
    json_extract(x.value, '$.deputy') as "deputy",
    json_extract(x.value, '$.told_on') as "told_on",
    json_extract(x.value, '$.accepted_on') as "accepted_on",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(x.value, '$.evidence'), 1, 36), '-')) as "evidence",
    substr(json_extract(x.value, '$.evidence'), 1, 36) as "evidence_id"
from report_record d
join json_each(d.content, '$.body.held_by') x
where d.kind = 'role' and d.op <> 'withdraw';

create view v_person as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'PERSON-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.email') as "email",
    json_extract(d.content, '$.body.engagement') as "engagement",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.unit'), 1, 36), '-')) as "unit",
    substr(json_extract(d.content, '$.body.unit'), 1, 36) as "unit_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.site'), 1, 36), '-')) as "site",
    substr(json_extract(d.content, '$.body.site'), 1, 36) as "site_id",
    json_extract(d.content, '$.body.remote') as "remote",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.manager'), 1, 36), '-')) as "manager",
    substr(json_extract(d.content, '$.body.manager'), 1, 36) as "manager_id",
    json_extract(d.content, '$.body.joined_on') as "joined_on",
    json_extract(d.content, '$.body.left_on') as "left_on",
    json_extract(d.content, '$.body.in_scope') as "in_scope",
    json_extract(d.content, '$.body.out_of_scope_reason') as "out_of_scope_reason",
    json_extract(d.content, '$.body.language') as "language",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.groups') y) as "groups",
    json_extract(d.content, '$.body.formalities') as "formalities"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'person' and d.op <> 'withdraw';

create view v_person_formalities as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'PERSON-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.step') as "step",
    json_extract(x.value, '$.done_on') as "done_on",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(x.value, '$.evidence'), 1, 36), '-')) as "evidence",
    substr(json_extract(x.value, '$.evidence'), 1, 36) as "evidence_id"
from report_record d
join json_each(d.content, '$.body.formalities') x
where d.kind = 'person' and d.op <> 'withdraw';

create view v_asset as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ASSET-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.asset_type') as "asset_type",
    json_extract(d.content, '$.body.description') as "description",
    json_extract(d.content, '$.body.standing') as "standing",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.owner'), 1, 36), '-')) as "owner",
    substr(json_extract(d.content, '$.body.owner'), 1, 36) as "owner_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.custodian'), 1, 36), '-')) as "custodian",
    substr(json_extract(d.content, '$.body.custodian'), 1, 36) as "custodian_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.unit'), 1, 36), '-')) as "unit",
    substr(json_extract(d.content, '$.body.unit'), 1, 36) as "unit_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.site'), 1, 36), '-')) as "site",
    substr(json_extract(d.content, '$.body.site'), 1, 36) as "site_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.supplier'), 1, 36), '-')) as "supplier",
    substr(json_extract(d.content, '$.body.supplier'), 1, 36) as "supplier_id",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.part_of') y) as "part_of",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.depends_on') y) as "depends_on",
    json_extract(d.content, '$.body.class') as "class",
    json_extract(d.content, '$.body.confidentiality') as "confidentiality",
    json_extract(d.content, '$.body.integrity') as "integrity",
    json_extract(d.content, '$.body.availability') as "availability",
    json_extract(d.content, '$.body.protection_reason') as "protection_reason",
    json_extract(d.content, '$.body.overrides') as "overrides",
    json_extract(d.content, '$.body.personal_data') as "personal_data",
    json_extract(d.content, '$.body.in_scope') as "in_scope",
    json_extract(d.content, '$.body.out_of_scope_reason') as "out_of_scope_reason",
    json_extract(d.content, '$.body.environment') as "environment",
    json_extract(d.content, '$.body.exposure') as "exposure",
    json_extract(d.content, '$.body.supported_until') as "supported_until",
    json_extract(d.content, '$.body.quantity') as "quantity",
    json_extract(d.content, '$.body.rto') as "rto",
    json_extract(d.content, '$.body.rpo') as "rpo",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.valued_by'), 1, 36), '-')) as "valued_by",
    substr(json_extract(d.content, '$.body.valued_by'), 1, 36) as "valued_by_id",
    json_extract(d.content, '$.body.valued_on') as "valued_on",
    json_extract(d.content, '$.body.cadence') as "cadence",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.review_on') y) as "review_on",
    json_extract(d.content, '$.body.last_reviewed') as "last_reviewed",
    json_extract(d.content, '$.body.next_review') as "next_review",
    json_extract(d.content, '$.body.disposed_on') as "disposed_on",
    json_extract(d.content, '$.body.disposal_method') as "disposal_method",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.disposal_evidence'), 1, 36), '-')) as "disposal_evidence",
    substr(json_extract(d.content, '$.body.disposal_evidence'), 1, 36) as "disposal_evidence_id"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'asset' and d.op <> 'withdraw';

create view v_asset_part_of as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ASSET-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.part_of') x
where d.kind = 'asset' and d.op <> 'withdraw';

create view v_asset_depends_on as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ASSET-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.depends_on') x
where d.kind = 'asset' and d.op <> 'withdraw';

create view v_asset_overrides as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ASSET-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.property') as "property",
    json_extract(x.value, '$.degree') as "degree",
    json_extract(x.value, '$.reason') as "reason"
from report_record d
join json_each(d.content, '$.body.overrides') x
where d.kind = 'asset' and d.op <> 'withdraw';

create view v_supplier as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'SUPPLIER-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.country') as "country",
    json_extract(d.content, '$.body.security_contact') as "security_contact",
    json_extract(d.content, '$.body.services') as "services",
    json_extract(d.content, '$.body.criticality') as "criticality",
    json_extract(d.content, '$.body.criticality_reason') as "criticality_reason",
    json_extract(d.content, '$.body.substitutable') as "substitutable",
    json_extract(d.content, '$.body.replacement_time') as "replacement_time",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.owner'), 1, 36), '-')) as "owner",
    substr(json_extract(d.content, '$.body.owner'), 1, 36) as "owner_id",
    json_extract(d.content, '$.body.in_scope') as "in_scope",
    json_extract(d.content, '$.body.out_of_scope_reason') as "out_of_scope_reason",
    json_extract(d.content, '$.body.agreements') as "agreements",
    json_extract(d.content, '$.body.certificates') as "certificates",
    json_extract(d.content, '$.body.monitoring') as "monitoring",
    json_extract(d.content, '$.body.cadence') as "cadence",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.review_on') y) as "review_on",
    json_extract(d.content, '$.body.last_reviewed') as "last_reviewed",
    json_extract(d.content, '$.body.next_review') as "next_review",
    json_extract(d.content, '$.body.exit_plan') as "exit_plan",
    json_extract(d.content, '$.body.exit_tested_on') as "exit_tested_on",
    json_extract(d.content, '$.body.access_closed_on') as "access_closed_on",
    json_extract(d.content, '$.body.data_closed_on') as "data_closed_on",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.closing_evidence') y) as "closing_evidence"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'supplier' and d.op <> 'withdraw';

create view v_supplier_services as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'SUPPLIER-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.service') as "service",
    json_extract(x.value, '$.service_kind') as "service_kind",
    (select group_concat(y.value, '; ') from json_each(x.value, '$.data_classes') y) as "data_classes",
    json_extract(x.value, '$.personal_data') as "personal_data",
    json_extract(x.value, '$.processed_where') as "processed_where",
    (select group_concat(y.value, '; ') from json_each(x.value, '$.subcontractors') y) as "subcontractors",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(x.value, '$.our_assets') y) as "our_assets",
    json_extract(x.value, '$.who_does_what') as "who_does_what"
from report_record d
join json_each(d.content, '$.body.services') x
where d.kind = 'supplier' and d.op <> 'withdraw';

create view v_supplier_agreements as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'SUPPLIER-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.name') as "name",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(x.value, '$.document'), 1, 36), '-')) as "document",
    substr(json_extract(x.value, '$.document'), 1, 36) as "document_id",
    json_extract(x.value, '$.from') as "from",
    json_extract(x.value, '$.until') as "until",
    json_extract(x.value, '$.notice') as "notice",
    json_extract(x.value, '$.security_terms') as "security_terms",
    json_extract(x.value, '$.incident_notice_within') as "incident_notice_within",
    json_extract(x.value, '$.subcontractors_settled') as "subcontractors_settled",
    json_extract(x.value, '$.audit_right') as "audit_right",
    json_extract(x.value, '$.confidentiality') as "confidentiality",
    json_extract(x.value, '$.personal_data_settled') as "personal_data_settled",
    json_extract(x.value, '$.return_or_delete') as "return_or_delete",
    json_extract(x.value, '$.continuity') as "continuity"
from report_record d
join json_each(d.content, '$.body.agreements') x
where d.kind = 'supplier' and d.op <> 'withdraw';

create view v_supplier_certificates as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'SUPPLIER-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.scheme') as "scheme",
    json_extract(x.value, '$.fits') as "fits",
    json_extract(x.value, '$.until') as "until",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(x.value, '$.evidence'), 1, 36), '-')) as "evidence",
    substr(json_extract(x.value, '$.evidence'), 1, 36) as "evidence_id"
from report_record d
join json_each(d.content, '$.body.certificates') x
where d.kind = 'supplier' and d.op <> 'withdraw';

create view v_supplier_closing_evidence as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'SUPPLIER-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.closing_evidence') x
where d.kind = 'supplier' and d.op <> 'withdraw';

create view v_risk_method as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'METHOD-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.horizon') as "horizon",
    json_extract(d.content, '$.body.criteria') as "criteria",
    json_extract(d.content, '$.body.combine') as "combine",
    json_extract(d.content, '$.body.likelihoods') as "likelihoods",
    json_extract(d.content, '$.body.levels') as "levels",
    json_extract(d.content, '$.body.matrix') as "matrix",
    json_extract(d.content, '$.body.acceptance') as "acceptance",
    json_extract(d.content, '$.body.appetite') as "appetite",
    json_extract(d.content, '$.body.interval') as "interval",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.triggers') y) as "triggers",
    json_extract(d.content, '$.body.participants') as "participants",
    json_extract(d.content, '$.body.approach') as "approach",
    json_extract(d.content, '$.body.harms_considered') as "harms_considered",
    json_extract(d.content, '$.body.existing_controls') as "existing_controls",
    json_extract(d.content, '$.body.rationale_must_hold') as "rationale_must_hold",
    json_extract(d.content, '$.body.priority_rule') as "priority_rule",
    json_extract(d.content, '$.body.covers_treatment') as "covers_treatment",
    json_extract(d.content, '$.body.treatment_options') as "treatment_options",
    json_extract(d.content, '$.body.controls_determination') as "controls_determination",
    json_extract(d.content, '$.body.annex_a_comparison') as "annex_a_comparison",
    json_extract(d.content, '$.body.treatment_approval') as "treatment_approval",
    json_extract(d.content, '$.body.plan_entry') as "plan_entry",
    json_extract(d.content, '$.body.conversion') as "conversion",
    json_extract(d.content, '$.body.cadence') as "cadence",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.review_on') y) as "review_on",
    json_extract(d.content, '$.body.last_reviewed') as "last_reviewed",
    json_extract(d.content, '$.body.next_review') as "next_review"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'risk_method' and d.op <> 'withdraw';

create view v_risk_method_criteria as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'METHOD-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.criterion') as "criterion",
    json_extract(x.value, '$.rank') as "rank",
    json_extract(x.value, '$.name') as "name",
    json_extract(x.value, '$.definition') as "definition",
    json_extract(x.value, '$.range') as "range"
from report_record d
join json_each(d.content, '$.body.criteria') x
where d.kind = 'risk_method' and d.op <> 'withdraw';

create view v_risk_method_likelihoods as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'METHOD-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.rank') as "rank",
    json_extract(x.value, '$.name') as "name",
    json_extract(x.value, '$.definition') as "definition",
    json_extract(x.value, '$.frequency') as "frequency"
from report_record d
join json_each(d.content, '$.body.likelihoods') x
where d.kind = 'risk_method' and d.op <> 'withdraw';

create view v_risk_method_levels as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'METHOD-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.rank') as "rank",
    json_extract(x.value, '$.name') as "name",
    json_extract(x.value, '$.meaning') as "meaning"
from report_record d
join json_each(d.content, '$.body.levels') x
where d.kind = 'risk_method' and d.op <> 'withdraw';

create view v_risk_method_matrix as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'METHOD-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.likelihood') as "likelihood",
    json_extract(x.value, '$.consequence') as "consequence",
    json_extract(x.value, '$.level') as "level"
from report_record d
join json_each(d.content, '$.body.matrix') x
where d.kind = 'risk_method' and d.op <> 'withdraw';

create view v_risk_method_acceptance as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'METHOD-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.level') as "level",
    json_extract(x.value, '$.acceptable') as "acceptable",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(x.value, '$.authority'), 1, 36), '-')) as "authority",
    substr(json_extract(x.value, '$.authority'), 1, 36) as "authority_id",
    json_extract(x.value, '$.longest') as "longest",
    json_extract(x.value, '$.conditions') as "conditions"
from report_record d
join json_each(d.content, '$.body.acceptance') x
where d.kind = 'risk_method' and d.op <> 'withdraw';

create view v_risk_method_conversion as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'METHOD-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.old') as "old",
    json_extract(x.value, '$.new') as "new"
from report_record d
join json_each(d.content, '$.body.conversion') x
where d.kind = 'risk_method' and d.op <> 'withdraw';

create view v_risk as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'RISK-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.concerns') as "concerns",
    json_extract(d.content, '$.body.scenario') as "scenario",
    json_extract(d.content, '$.body.approach') as "approach",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.assets') y) as "assets",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.part_of'), 1, 36), '-')) as "part_of",
    substr(json_extract(d.content, '$.body.part_of'), 1, 36) as "part_of_id",
    json_extract(d.content, '$.body.threat') as "threat",
    json_extract(d.content, '$.body.vulnerability') as "vulnerability",
    json_extract(d.content, '$.body.risk_source') as "risk_source",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.harms') y) as "harms",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.owner'), 1, 36), '-')) as "owner",
    substr(json_extract(d.content, '$.body.owner'), 1, 36) as "owner_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.method'), 1, 36), '-')) as "method",
    substr(json_extract(d.content, '$.body.method'), 1, 36) as "method_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.round'), 1, 36), '-')) as "round",
    substr(json_extract(d.content, '$.body.round'), 1, 36) as "round_id",
    json_extract(d.content, '$.body.existing_measures') as "existing_measures",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.controls_in_place') y) as "controls_in_place",
    json_extract(d.content, '$.body.inherent.likelihood') as "inherent_likelihood",
    (select max(json_extract(y.value, '$.rank')) from json_each(d.content, '$.body.inherent.consequences') y) as "inherent_consequence",
    json_extract(d.content, '$.body.inherent.rationale') as "inherent_rationale",
    json_extract(d.content, '$.body.inherent.on') as "inherent_on",
    json_extract(d.content, '$.body.current.likelihood') as "current_likelihood",
    (select max(json_extract(y.value, '$.rank')) from json_each(d.content, '$.body.current.consequences') y) as "current_consequence",
    json_extract(d.content, '$.body.current.rationale') as "current_rationale",
    json_extract(d.content, '$.body.current.on') as "current_on",
    json_extract(d.content, '$.body.residual.likelihood') as "residual_likelihood",
    (select max(json_extract(y.value, '$.rank')) from json_each(d.content, '$.body.residual.consequences') y) as "residual_consequence",
    json_extract(d.content, '$.body.residual.rationale') as "residual_rationale",
    json_extract(d.content, '$.body.residual.on') as "residual_on",
    json_extract(d.content, '$.body.priority') as "priority",
    json_extract(d.content, '$.body.priority_reason') as "priority_reason",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.treatment') y) as "treatment",
    json_extract(d.content, '$.body.treatment_reason') as "treatment_reason",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.controls') y) as "controls",
    json_extract(d.content, '$.body.mechanism') as "mechanism",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.mechanism_evidence') y) as "mechanism_evidence",
    json_extract(d.content, '$.body.came_from') as "came_from",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.came_from_record'), 1, 36), '-')) as "came_from_record",
    substr(json_extract(d.content, '$.body.came_from_record'), 1, 36) as "came_from_record_id",
    json_extract(d.content, '$.body.identified_on') as "identified_on",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.merged_into'), 1, 36), '-')) as "merged_into",
    substr(json_extract(d.content, '$.body.merged_into'), 1, 36) as "merged_into_id",
    json_extract(d.content, '$.body.cadence') as "cadence",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.review_on') y) as "review_on",
    json_extract(d.content, '$.body.last_reviewed') as "last_reviewed",
    json_extract(d.content, '$.body.next_review') as "next_review",
    json_extract(d.content, '$.body.triggered_by') as "triggered_by"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'risk' and d.op <> 'withdraw';

create view v_risk_assets as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'RISK-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.assets') x
where d.kind = 'risk' and d.op <> 'withdraw';

create view v_risk_controls_in_place as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'RISK-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.controls_in_place') x
where d.kind = 'risk' and d.op <> 'withdraw';

create view v_risk_controls as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'RISK-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.controls') x
where d.kind = 'risk' and d.op <> 'withdraw';

create view v_risk_mechanism_evidence as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'RISK-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.mechanism_evidence') x
where d.kind = 'risk' and d.op <> 'withdraw';

create view v_risk_triggered_by as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'RISK-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.date') as "date",
    json_extract(x.value, '$.event') as "event",
    json_extract(x.value, '$.reassessed_on') as "reassessed_on",
    json_extract(x.value, '$.not_needed_because') as "not_needed_because"
from report_record d
join json_each(d.content, '$.body.triggered_by') x
where d.kind = 'risk' and d.op <> 'withdraw';

create view v_assessment_round as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ROUND-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.reason') as "reason",
    json_extract(d.content, '$.body.event') as "event",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.method'), 1, 36), '-')) as "method",
    substr(json_extract(d.content, '$.body.method'), 1, 36) as "method_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.scope'), 1, 36), '-')) as "scope",
    substr(json_extract(d.content, '$.body.scope'), 1, 36) as "scope_id",
    json_extract(d.content, '$.body.period_from') as "period_from",
    json_extract(d.content, '$.body.period_until') as "period_until",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.participants') y) as "participants",
    json_extract(d.content, '$.body.takes_in') as "takes_in",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.risks') y) as "risks",
    json_extract(d.content, '$.body.summary') as "summary",
    json_extract(d.content, '$.body.left_out') as "left_out",
    json_extract(d.content, '$.body.position') as "position",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.approved_by'), 1, 36), '-')) as "approved_by",
    substr(json_extract(d.content, '$.body.approved_by'), 1, 36) as "approved_by_id",
    json_extract(d.content, '$.body.approved_on') as "approved_on"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'assessment_round' and d.op <> 'withdraw';

create view v_assessment_round_participants as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ROUND-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.participants') x
where d.kind = 'assessment_round' and d.op <> 'withdraw';

create view v_assessment_round_risks as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ROUND-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.risks') x
where d.kind = 'assessment_round' and d.op <> 'withdraw';

create view v_control as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'CONTROL-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.reference') as "reference",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.part_of') y) as "part_of",
    json_extract(d.content, '$.body.applicability') as "applicability",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.reasons') y) as "reasons",
    json_extract(d.content, '$.body.justification') as "justification",
    json_extract(d.content, '$.body.exclusion_reason') as "exclusion_reason",
    json_extract(d.content, '$.body.implementation') as "implementation",
    json_extract(d.content, '$.body.since') as "since",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.declared_by'), 1, 36), '-')) as "declared_by",
    substr(json_extract(d.content, '$.body.declared_by'), 1, 36) as "declared_by_id",
    json_extract(d.content, '$.body.declared_on') as "declared_on",
    json_extract(d.content, '$.body.how') as "how",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.by') y) as "by",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.rules') y) as "rules",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.owner'), 1, 36), '-')) as "owner",
    substr(json_extract(d.content, '$.body.owner'), 1, 36) as "owner_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.operator'), 1, 36), '-')) as "operator",
    substr(json_extract(d.content, '$.body.operator'), 1, 36) as "operator_id",
    json_extract(d.content, '$.body.proof_wanted') as "proof_wanted",
    json_extract(d.content, '$.body.maturity_now') as "maturity_now",
    json_extract(d.content, '$.body.maturity_wanted') as "maturity_wanted",
    json_extract(d.content, '$.body.maturity_reason') as "maturity_reason",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.needs_changes') y) as "needs_changes",
    json_extract(d.content, '$.body.last_test_on') as "last_test_on",
    json_extract(d.content, '$.body.last_test_result') as "last_test_result",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.last_test_by'), 1, 36), '-')) as "last_test_by",
    substr(json_extract(d.content, '$.body.last_test_by'), 1, 36) as "last_test_by_id"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'control' and d.op <> 'withdraw';

create view v_control_part_of as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'CONTROL-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.part_of') x
where d.kind = 'control' and d.op <> 'withdraw';

create view v_control_by as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'CONTROL-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.by') x
where d.kind = 'control' and d.op <> 'withdraw';

create view v_control_rules as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'CONTROL-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.rules') x
where d.kind = 'control' and d.op <> 'withdraw';

create view v_control_proof_wanted as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'CONTROL-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.what') as "what",
    json_extract(x.value, '$.source') as "source",
    json_extract(x.value, '$.cadence') as "cadence"
from report_record d
join json_each(d.content, '$.body.proof_wanted') x
where d.kind = 'control' and d.op <> 'withdraw';

create view v_control_needs_changes as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'CONTROL-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.needs_changes') x
where d.kind = 'control' and d.op <> 'withdraw';

create view v_action as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ACTION-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.purpose') as "purpose",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.serves') y) as "serves",
    json_extract(d.content, '$.body.details') as "details",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.controls') y) as "controls",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.owner'), 1, 36), '-')) as "owner",
    substr(json_extract(d.content, '$.body.owner'), 1, 36) as "owner_id",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.others') y) as "others",
    json_extract(d.content, '$.body.start') as "start",
    json_extract(d.content, '$.body.due') as "due",
    json_extract(d.content, '$.body.moves') as "moves",
    cast(json_extract(d.content, '$.body.money_planned') as numeric) as "money_planned",
    cast(json_extract(d.content, '$.body.money_spent') as numeric) as "money_spent",
    json_extract(d.content, '$.body.currency') as "currency",
    cast(json_extract(d.content, '$.body.days_planned') as numeric) as "days_planned",
    json_extract(d.content, '$.body.resources') as "resources",
    json_extract(d.content, '$.body.wanted_effect') as "wanted_effect",
    json_extract(d.content, '$.body.effect_judged_how') as "effect_judged_how",
    json_extract(d.content, '$.body.progress') as "progress",
    json_extract(d.content, '$.body.done_on') as "done_on",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.done_by'), 1, 36), '-')) as "done_by",
    substr(json_extract(d.content, '$.body.done_by'), 1, 36) as "done_by_id",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.evidence') y) as "evidence",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.verified_by'), 1, 36), '-')) as "verified_by",
    substr(json_extract(d.content, '$.body.verified_by'), 1, 36) as "verified_by_id",
    json_extract(d.content, '$.body.verified_on') as "verified_on",
    json_extract(d.content, '$.body.effective') as "effective",
    json_extract(d.content, '$.body.effect_seen') as "effect_seen"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'action' and d.op <> 'withdraw';

create view v_action_serves as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ACTION-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.serves') x
where d.kind = 'action' and d.op <> 'withdraw';

create view v_action_controls as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ACTION-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.controls') x
where d.kind = 'action' and d.op <> 'withdraw';

create view v_action_others as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ACTION-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.others') x
where d.kind = 'action' and d.op <> 'withdraw';

create view v_action_moves as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ACTION-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.from') as "from",
    json_extract(x.value, '$.to') as "to",
    json_extract(x.value, '$.reason') as "reason",
    json_extract(x.value, '$.on') as "on"
from report_record d
join json_each(d.content, '$.body.moves') x
where d.kind = 'action' and d.op <> 'withdraw';

create view v_action_progress as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ACTION-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.on') as "on",
    json_extract(x.value, '$.text') as "text"
from report_record d
join json_each(d.content, '$.body.progress') x
where d.kind = 'action' and d.op <> 'withdraw';

create view v_action_evidence as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ACTION-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.evidence') x
where d.kind = 'action' and d.op <> 'withdraw';

create view v_objective as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'OBJ-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.level') as "level",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.units') y) as "units",
    json_extract(d.content, '$.body.supports') as "supports",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.takes_account_of') y) as "takes_account_of",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.clauses') y) as "clauses",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.owner'), 1, 36), '-')) as "owner",
    substr(json_extract(d.content, '$.body.owner'), 1, 36) as "owner_id",
    json_extract(d.content, '$.body.measure') as "measure",
    json_extract(d.content, '$.body.unit') as "unit",
    json_extract(d.content, '$.body.formula') as "formula",
    json_extract(d.content, '$.body.source') as "source",
    json_extract(d.content, '$.body.baseline') as "baseline",
    json_extract(d.content, '$.body.target') as "target",
    json_extract(d.content, '$.body.direction') as "direction",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.not_measurable'), 1, 36), '-')) as "not_measurable",
    substr(json_extract(d.content, '$.body.not_measurable'), 1, 36) as "not_measurable_id",
    json_extract(d.content, '$.body.due') as "due",
    json_extract(d.content, '$.body.cadence') as "cadence",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.review_on') y) as "review_on",
    json_extract(d.content, '$.body.last_reviewed') as "last_reviewed",
    json_extract(d.content, '$.body.next_review') as "next_review",
    json_extract(d.content, '$.body.readings') as "readings",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.actions') y) as "actions",
    json_extract(d.content, '$.body.resources') as "resources",
    json_extract(d.content, '$.body.evaluated_how') as "evaluated_how",
    json_extract(d.content, '$.body.told_to') as "told_to",
    json_extract(d.content, '$.body.told_on') as "told_on",
    json_extract(d.content, '$.body.told_how') as "told_how",
    json_extract(d.content, '$.body.result') as "result",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.evaluated_by'), 1, 36), '-')) as "evaluated_by",
    substr(json_extract(d.content, '$.body.evaluated_by'), 1, 36) as "evaluated_by_id",
    json_extract(d.content, '$.body.evaluated_on') as "evaluated_on"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'objective' and d.op <> 'withdraw';

create view v_objective_units as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'OBJ-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.units') x
where d.kind = 'objective' and d.op <> 'withdraw';

create view v_objective_takes_account_of as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'OBJ-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.takes_account_of') x
where d.kind = 'objective' and d.op <> 'withdraw';

create view v_objective_readings as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'OBJ-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.period') as "period",
    json_extract(x.value, '$.value') as "value",
    json_extract(x.value, '$.until') as "until",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(x.value, '$.by'), 1, 36), '-')) as "by",
    substr(json_extract(x.value, '$.by'), 1, 36) as "by_id",
    json_extract(x.value, '$.note') as "note"
from report_record d
join json_each(d.content, '$.body.readings') x
where d.kind = 'objective' and d.op <> 'withdraw';

create view v_objective_actions as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'OBJ-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.actions') x
where d.kind = 'objective' and d.op <> 'withdraw';

create view v_document as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'DOC-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.identifier') as "identifier",
    json_extract(d.content, '$.body.doc_type') as "doc_type",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.serves_clauses') y) as "serves_clauses",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.serves_records') y) as "serves_records",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.owner'), 1, 36), '-')) as "owner",
    substr(json_extract(d.content, '$.body.owner'), 1, 36) as "owner_id",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.authors') y) as "authors",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.approver'), 1, 36), '-')) as "approver",
    substr(json_extract(d.content, '$.body.approver'), 1, 36) as "approver_id",
    json_extract(d.content, '$.body.four_eyes') as "four_eyes",
    json_extract(d.content, '$.body.text') as "text",
    json_extract(d.content, '$.body.file.name') as "file",
    json_extract(d.content, '$.body.file.sha256') as "file_sha256",
    json_extract(d.content, '$.body.file.size') as "file_size",
    json_extract(d.content, '$.body.paper') as "paper",
    json_extract(d.content, '$.body.elsewhere') as "elsewhere",
    json_extract(d.content, '$.body.elsewhere_digest') as "elsewhere_digest",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.elsewhere_controlled_by'), 1, 36), '-')) as "elsewhere_controlled_by",
    substr(json_extract(d.content, '$.body.elsewhere_controlled_by'), 1, 36) as "elsewhere_controlled_by_id",
    json_extract(d.content, '$.body.language') as "language",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.translation_of'), 1, 36), '-')) as "translation_of",
    substr(json_extract(d.content, '$.body.translation_of'), 1, 36) as "translation_of_id",
    json_extract(d.content, '$.body.edition_label') as "edition_label",
    json_extract(d.content, '$.body.change_summary') as "change_summary",
    json_extract(d.content, '$.body.class') as "class",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.distribution') y) as "distribution",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.acknowledged_by') y) as "acknowledged_by",
    json_extract(d.content, '$.body.acknowledged_within') as "acknowledged_within",
    json_extract(d.content, '$.body.outsiders') as "outsiders",
    json_extract(d.content, '$.body.effective_from') as "effective_from",
    json_extract(d.content, '$.body.cadence') as "cadence",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.review_on') y) as "review_on",
    json_extract(d.content, '$.body.last_reviewed') as "last_reviewed",
    json_extract(d.content, '$.body.next_review') as "next_review",
    json_extract(d.content, '$.body.keep_for') as "keep_for",
    json_extract(d.content, '$.body.then') as "then",
    json_extract(d.content, '$.body.place') as "place",
    json_extract(d.content, '$.body.issuer') as "issuer",
    json_extract(d.content, '$.body.issuer_edition') as "issuer_edition",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.watched_by'), 1, 36), '-')) as "watched_by",
    substr(json_extract(d.content, '$.body.watched_by'), 1, 36) as "watched_by_id",
    json_extract(d.content, '$.body.claims') as "claims",
    json_extract(d.content, '$.body.own_rules') as "own_rules"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'document' and d.op <> 'withdraw';

create view v_document_serves_records as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'DOC-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.serves_records') x
where d.kind = 'document' and d.op <> 'withdraw';

create view v_document_authors as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'DOC-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.authors') x
where d.kind = 'document' and d.op <> 'withdraw';

create view v_document_claims as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'DOC-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.needed') as "needed",
    json_extract(x.value, '$.passage') as "passage",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(x.value, '$.attested_by'), 1, 36), '-')) as "attested_by",
    substr(json_extract(x.value, '$.attested_by'), 1, 36) as "attested_by_id",
    json_extract(x.value, '$.attested_on') as "attested_on"
from report_record d
join json_each(d.content, '$.body.claims') x
where d.kind = 'document' and d.op <> 'withdraw';

create view v_document_own_rules as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'DOC-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.promise') as "promise",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(x.value, '$.by_whom'), 1, 36), '-')) as "by_whom",
    substr(json_extract(x.value, '$.by_whom'), 1, 36) as "by_whom_id",
    json_extract(x.value, '$.cadence') as "cadence",
    json_extract(x.value, '$.limit') as "limit",
    json_extract(x.value, '$.proof_wanted') as "proof_wanted"
from report_record d
join json_each(d.content, '$.body.own_rules') x
where d.kind = 'document' and d.op <> 'withdraw';

create view v_evidence as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'EVID-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.shows') y) as "shows",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.shows_clauses') y) as "shows_clauses",
    json_extract(d.content, '$.body.proof') as "proof",
    json_extract(d.content, '$.body.form') as "form",
    json_extract(d.content, '$.body.file.name') as "file",
    json_extract(d.content, '$.body.file.sha256') as "file_sha256",
    json_extract(d.content, '$.body.file.size') as "file_size",
    json_extract(d.content, '$.body.link') as "link",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.record'), 1, 36), '-')) as "record",
    substr(json_extract(d.content, '$.body.record'), 1, 36) as "record_id",
    json_extract(d.content, '$.body.period_from') as "period_from",
    json_extract(d.content, '$.body.period_until') as "period_until",
    json_extract(d.content, '$.body.collected_on') as "collected_on",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.collected_by'), 1, 36), '-')) as "collected_by",
    substr(json_extract(d.content, '$.body.collected_by'), 1, 36) as "collected_by_id",
    json_extract(d.content, '$.body.tool') as "tool",
    json_extract(d.content, '$.body.how') as "how",
    json_extract(d.content, '$.body.population') as "population",
    json_extract(d.content, '$.body.query') as "query",
    json_extract(d.content, '$.body.count') as "count",
    json_extract(d.content, '$.body.complete') as "complete",
    json_extract(d.content, '$.body.extracted_at') as "extracted_at",
    json_extract(d.content, '$.body.judged') as "judged",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.judged_by'), 1, 36), '-')) as "judged_by",
    substr(json_extract(d.content, '$.body.judged_by'), 1, 36) as "judged_by_id",
    json_extract(d.content, '$.body.judged_on') as "judged_on",
    json_extract(d.content, '$.body.judged_why') as "judged_why",
    json_extract(d.content, '$.body.good_until') as "good_until",
    json_extract(d.content, '$.body.cadence') as "cadence",
    (select group_concat(y.value, '; ') from json_each(d.content, '$.body.review_on') y) as "review_on",
    json_extract(d.content, '$.body.last_reviewed') as "last_reviewed",
    json_extract(d.content, '$.body.next_review') as "next_review",
    json_extract(d.content, '$.body.class') as "class",
    json_extract(d.content, '$.body.personal_data') as "personal_data",
    json_extract(d.content, '$.body.keep_for') as "keep_for",
    json_extract(d.content, '$.body.custody') as "custody",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.replaces'), 1, 36), '-')) as "replaces",
    substr(json_extract(d.content, '$.body.replaces'), 1, 36) as "replaces_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.asked_of'), 1, 36), '-')) as "asked_of",
    substr(json_extract(d.content, '$.body.asked_of'), 1, 36) as "asked_of_id",
    json_extract(d.content, '$.body.wanted_by') as "wanted_by"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'evidence' and d.op <> 'withdraw';

create view v_evidence_shows as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'EVID-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.shows') x
where d.kind = 'evidence' and d.op <> 'withdraw';

create view v_evidence_custody as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'EVID-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.who') as "who",
    json_extract(x.value, '$.on') as "on",
    json_extract(x.value, '$.why') as "why"
from report_record d
join json_each(d.content, '$.body.custody') x
where d.kind = 'evidence' and d.op <> 'withdraw';

create view v_event_report as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'EVENT-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.details') as "details",
    json_extract(d.content, '$.body.happened_on') as "happened_on",
    json_extract(d.content, '$.body.happened_at') as "happened_at",
    json_extract(d.content, '$.body.place') as "place",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.noticed_by'), 1, 36), '-')) as "noticed_by",
    substr(json_extract(d.content, '$.body.noticed_by'), 1, 36) as "noticed_by_id",
    json_extract(d.content, '$.body.severity') as "severity",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.assets') y) as "assets",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.handler'), 1, 36), '-')) as "handler",
    substr(json_extract(d.content, '$.body.handler'), 1, 36) as "handler_id",
    json_extract(d.content, '$.body.judgment') as "judgment",
    json_extract(d.content, '$.body.judged_why') as "judged_why"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'event_report' and d.op <> 'withdraw';

create view v_event_report_assets as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'EVENT-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.assets') x
where d.kind = 'event_report' and d.op <> 'withdraw';

create view v_gap_assessment as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'GAP-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.framework') as "framework",
    json_extract(d.content, '$.body.round') as "round",
    json_extract(d.content, '$.body.started_on') as "started_on",
    json_extract(d.content, '$.body.closed_on') as "closed_on",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.lead'), 1, 36), '-')) as "lead",
    substr(json_extract(d.content, '$.body.lead'), 1, 36) as "lead_id",
    json_extract(d.content, '$.body.scope_note') as "scope_note"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'gap_assessment' and d.op <> 'withdraw';

create view v_gap_answer as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ANSWER-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.assessment'), 1, 36), '-')) as "assessment",
    substr(json_extract(d.content, '$.body.assessment'), 1, 36) as "assessment_id",
    json_extract(d.content, '$.body.subject') as "subject",
    json_extract(d.content, '$.body.answer') as "answer",
    json_extract(d.content, '$.body.note') as "note",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.evidence') y) as "evidence",
    json_extract(d.content, '$.body.recommendation') as "recommendation",
    json_extract(d.content, '$.body.effect') as "effect",
    json_extract(d.content, '$.body.effort') as "effort",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.became') y) as "became"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'gap_answer' and d.op <> 'withdraw';

create view v_gap_answer_evidence as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ANSWER-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.evidence') x
where d.kind = 'gap_answer' and d.op <> 'withdraw';

create view v_gap_answer_became as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'ANSWER-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.became') x
where d.kind = 'gap_answer' and d.op <> 'withdraw';

create view v_membership as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'MEMBER-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.person'), 1, 36), '-')) as "person",
    substr(json_extract(d.content, '$.body.person'), 1, 36) as "person_id",
    json_extract(d.content, '$.body.profile') as "profile",
    json_extract(d.content, '$.body.from') as "from",
    json_extract(d.content, '$.body.until') as "until",
    json_extract(d.content, '$.body.period_from') as "period_from",
    json_extract(d.content, '$.body.period_until') as "period_until",
    json_extract(d.content, '$.body.reason') as "reason"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'membership' and d.op <> 'withdraw';

create view v_comment as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'COMMENT-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.about'), 1, 36), '-')) as "about",
    substr(json_extract(d.content, '$.body.about'), 1, 36) as "about_id",
    json_extract(d.content, '$.body.text') as "text",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.mentions') y) as "mentions",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.answers'), 1, 36), '-')) as "answers",
    substr(json_extract(d.content, '$.body.answers'), 1, 36) as "answers_id"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'comment' and d.op <> 'withdraw';

create view v_comment_mentions as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'COMMENT-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.mentions') x
where d.kind = 'comment' and d.op <> 'withdraw';

create view v_approval as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'APPR-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.purpose') as "purpose",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.subject'), 1, 36), '-')) as "subject",
    substr(json_extract(d.content, '$.body.subject'), 1, 36) as "subject_id",
    json_extract(d.content, '$.body.paper') as "paper",
    json_extract(d.content, '$.body.version') as "field_version",
    json_extract(d.content, '$.body.content_hash') as "content_hash",
    json_extract(d.content, '$.body.digest') as "digest",
    json_extract(d.content, '$.body.salt') as "salt",
    json_extract(d.content, '$.body.body_version') as "body_version",
    json_extract(d.content, '$.body.position') as "position",
    json_extract(d.content, '$.body.rows') as "rows",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.asked_of'), 1, 36), '-')) as "asked_of",
    substr(json_extract(d.content, '$.body.asked_of'), 1, 36) as "asked_of_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.asked_by'), 1, 36), '-')) as "asked_by",
    substr(json_extract(d.content, '$.body.asked_by'), 1, 36) as "asked_by_id",
    json_extract(d.content, '$.body.asked_on') as "asked_on",
    json_extract(d.content, '$.body.answer_by') as "answer_by",
    json_extract(d.content, '$.body.decision') as "decision",
    json_extract(d.content, '$.body.conditions') as "conditions",
    json_extract(d.content, '$.body.comment') as "comment",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.by'), 1, 36), '-')) as "by",
    substr(json_extract(d.content, '$.body.by'), 1, 36) as "by_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(json_extract(d.content, '$.body.acting_as'), 1, 36), '-')) as "acting_as",
    substr(json_extract(d.content, '$.body.acting_as'), 1, 36) as "acting_as_id",
    (select group_concat((select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(y.value, 1, 36), '-')), '; ') from json_each(d.content, '$.body.roles_held') y) as "roles_held",
    json_extract(d.content, '$.body.top_management') as "top_management",
    json_extract(d.content, '$.body.may_accept') as "may_accept",
    json_extract(d.content, '$.body.decided_on') as "decided_on",
    json_extract(d.content, '$.body.effective_from') as "effective_from",
    json_extract(d.content, '$.body.good_until') as "good_until",
    json_extract(d.content, '$.body.next_review') as "next_review",
    json_extract(d.content, '$.body.edition') as "edition",
    json_extract(d.content, '$.body.seen') as "seen",
    json_extract(d.content, '$.body.revoked') as "revoked"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'approval' and d.op <> 'withdraw';

create view v_approval_rows as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'APPR-' || d.number as ref,
    x.key + 1 as place,
    json_extract(x.value, '$.reference') as "reference",
    json_extract(x.value, '$.digest') as "digest"
from report_record d
join json_each(d.content, '$.body.rows') x
where d.kind = 'approval' and d.op <> 'withdraw';

create view v_approval_roles_held as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'APPR-' || d.number as ref,
    x.key + 1 as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(x.value, 1, 36), '-')) as "target",
    substr(x.value, 1, 36) as "target_id"
from report_record d
join json_each(d.content, '$.body.roles_held') x
where d.kind = 'approval' and d.op <> 'withdraw';

create view v_ledger_event as
select d.slug as organization, lower(substr(hex(d.id), 1, 8) || '-' || substr(hex(d.id), 9, 4) || '-' || substr(hex(d.id), 13, 4) || '-' || substr(hex(d.id), 17, 4) || '-' || substr(hex(d.id), 21)) as id, 'LEDGER-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, b.at as created_at,
    e.at as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = unhex(substr(e.actor, 1, 36), '-')) as changed_by,
    json_extract(d.content, '$.body.title') as "title",
    json_extract(d.content, '$.body.event') as "event",
    json_extract(d.content, '$.body.origin') as "origin",
    json_extract(d.content, '$.body.key') as "key",
    json_extract(d.content, '$.body.lost_size') as "lost_size",
    json_extract(d.content, '$.body.lost_root') as "lost_root"
from report_record d
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'ledger_event' and d.op <> 'withdraw';
