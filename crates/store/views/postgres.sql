-- Written by `cargo xtask generate` from crates/kinds; do not edit.
-- What reporting tools read; docs/reporting.md says how.

create view report_organization with (security_barrier = true) as
select l.organization, l.slug from ledger l
where has_table_privilege(session_user, 'revision'::regclass, 'select')
    or exists (select 1 from reader r where r.role = session_user
        and (r.organization = l.organization or length(r.organization) = 0));

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

create view report_record with (security_barrier = true) as
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

create view v_organizations with (security_barrier = true) as
select l.slug as organization, cast(encode(l.organization, 'hex') as uuid) as id, l.seq as entries
from report_organization o join ledger l on l.organization = o.organization;

create view v_record with (security_barrier = true) as
select content.slug as organization, cast(encode(content.id, 'hex') as uuid) as id,
    p.ref, content.kind, content.number, (cast(content.content as jsonb) -> 'body' ->> 'title') as title, content.stage, content.version,
    (content.op = 'withdraw') as withdrawn, (content.content is null) as erased, cast(e.at as timestamptz) as changed_at
from report_record content
join report_reference p on p.organization = content.organization and p.id = content.id
left join entry e on e.organization = content.organization and e.seq = content.seq;

create view v_commit with (security_barrier = true) as
select o.slug as organization, e.seq, cast(e.at as timestamptz) as at, (select p.ref from report_reference p where p.organization = e.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as actor, e.via, e.note,
    e.count as changes
from report_organization o join entry e on e.organization = o.organization;

create view v_organization with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ORG-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'registered_number') as "registered_number",
    (j.body ->> 'address') as "address",
    (j.body ->> 'group_parent') as "group_parent",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'sectors')) with ordinality as y (item, place)) as "sectors",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'countries')) with ordinality as y (item, place)) as "countries",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'languages')) with ordinality as y (item, place)) as "languages",
    (j.body ->> 'time_zone') as "time_zone",
    (j.body ->> 'purpose') as "purpose",
    (j.body ->> 'outcomes') as "outcomes",
    (j.body ->> 'goal') as "goal",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'frameworks')) with ordinality as y (item, place)) as "frameworks",
    cast((j.body ->> 'wished_stage_1') as date) as "wished_stage_1",
    cast((j.body ->> 'wished_stage_2') as date) as "wished_stage_2",
    (j.body ->> 'head_counts') as "head_counts",
    (j.body ->> 'facts') as "facts",
    (j.body ->> 'parameters') as "parameters",
    (j.body ->> 'classes') as "classes"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'organization' and d.op <> 'withdraw';

create view v_organization_outcomes with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ORG-' || d.number as ref,
    x.place as place,
    (x.item ->> 'outcome') as "outcome",
    (x.item ->> 'note') as "note"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'outcomes') with ordinality as x (item, place)
where d.kind = 'organization' and d.op <> 'withdraw';

create view v_organization_head_counts with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ORG-' || d.number as ref,
    x.place as place,
    (x.item ->> 'activity') as "activity",
    cast((x.item ->> 'persons') as bigint) as "persons",
    cast((x.item ->> 'identical') as boolean) as "identical",
    cast((x.item ->> 'remote_share') as bigint) as "remote_share",
    cast((x.item ->> 'shifts') as bigint) as "shifts",
    cast((x.item ->> 'as_of') as date) as "as_of"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'head_counts') with ordinality as x (item, place)
where d.kind = 'organization' and d.op <> 'withdraw';

create view v_organization_facts with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ORG-' || d.number as ref,
    x.place as place,
    (x.item ->> 'question') as "question",
    (x.item ->> 'answer') as "answer",
    (x.item ->> 'note') as "note"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'facts') with ordinality as x (item, place)
where d.kind = 'organization' and d.op <> 'withdraw';

create view v_organization_parameters with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ORG-' || d.number as ref,
    x.place as place,
    (x.item ->> 'key') as "key",
    (x.item ->> 'value') as "value",
    (x.item ->> 'unit') as "unit",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item ->> 'decided_in')) >= 36 then decode(replace(left((x.item ->> 'decided_in'), 36), '-', ''), 'hex') end) as "decided_in",
    cast(left((x.item ->> 'decided_in'), 36) as uuid) as "decided_in_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'parameters') with ordinality as x (item, place)
where d.kind = 'organization' and d.op <> 'withdraw';

create view v_organization_classes with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ORG-' || d.number as ref,
    x.place as place,
    (x.item ->> 'name') as "name",
    cast((x.item ->> 'rank') as bigint) as "rank",
    (x.item ->> 'meaning') as "meaning",
    (x.item ->> 'store') as "store",
    (x.item ->> 'send') as "send",
    (x.item ->> 'print') as "print",
    (x.item ->> 'share') as "share",
    (x.item ->> 'delete') as "delete"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'classes') with ordinality as x (item, place)
where d.kind = 'organization' and d.op <> 'withdraw';

create view v_unit with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'UNIT-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'parent')) >= 36 then decode(replace(left((j.body ->> 'parent'), 36), '-', ''), 'hex') end) as "parent",
    cast(left((j.body ->> 'parent'), 36) as uuid) as "parent_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'head')) >= 36 then decode(replace(left((j.body ->> 'head'), 36), '-', ''), 'hex') end) as "head",
    cast(left((j.body ->> 'head'), 36) as uuid) as "head_id",
    (j.body ->> 'activities') as "activities",
    (j.body ->> 'in_scope') as "in_scope",
    (j.body ->> 'out_of_scope_reason') as "out_of_scope_reason"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'unit' and d.op <> 'withdraw';

create view v_site with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'SITE-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'site_type') as "site_type",
    (j.body ->> 'address') as "address",
    cast((j.body ->> 'persons') as bigint) as "persons",
    (j.body ->> 'activities') as "activities",
    (j.body ->> 'access_controlled_by') as "access_controlled_by",
    (j.body ->> 'in_scope') as "in_scope",
    (j.body ->> 'out_of_scope_reason') as "out_of_scope_reason",
    cast((j.body ->> 'central_function') as boolean) as "central_function"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'site' and d.op <> 'withdraw';

create view v_issue with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ISSUE-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'side') as "side",
    (j.body ->> 'topic') as "topic",
    (j.body ->> 'description') as "description",
    (j.body ->> 'effects') as "effects",
    (j.body ->> 'relevant') as "relevant",
    (j.body ->> 'relevance_reason') as "relevance_reason",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'answered_by')) with ordinality as y (item, place)) as "answered_by",
    (j.body ->> 'no_action_because') as "no_action_because",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'owner')) >= 36 then decode(replace(left((j.body ->> 'owner'), 36), '-', ''), 'hex') end) as "owner",
    cast(left((j.body ->> 'owner'), 36) as uuid) as "owner_id",
    cast((j.body ->> 'identified_on') as date) as "identified_on",
    (j.body ->> 'cadence') as "cadence",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'review_on')) with ordinality as y (item, place)) as "review_on",
    cast((j.body ->> 'last_reviewed') as date) as "last_reviewed",
    cast((j.body ->> 'next_review') as date) as "next_review"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'issue' and d.op <> 'withdraw';

create view v_issue_effects with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ISSUE-' || d.number as ref,
    x.place as place,
    (x.item ->> 'outcome') as "outcome",
    (x.item ->> 'effect') as "effect",
    (x.item ->> 'how') as "how"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'effects') with ordinality as x (item, place)
where d.kind = 'issue' and d.op <> 'withdraw';

create view v_issue_answered_by with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ISSUE-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'answered_by') with ordinality as x (item, place)
where d.kind = 'issue' and d.op <> 'withdraw';

create view v_interested_party with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'PARTY-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'party_type') as "party_type",
    (j.body ->> 'side') as "side",
    (j.body ->> 'relevance') as "relevance",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'owner')) >= 36 then decode(replace(left((j.body ->> 'owner'), 36), '-', ''), 'hex') end) as "owner",
    cast(left((j.body ->> 'owner'), 36) as uuid) as "owner_id",
    (j.body ->> 'contact') as "contact",
    (j.body ->> 'feedback') as "feedback",
    (j.body ->> 'climate') as "climate",
    (j.body ->> 'climate_expectations') as "climate_expectations",
    (j.body ->> 'cadence') as "cadence",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'review_on')) with ordinality as y (item, place)) as "review_on",
    cast((j.body ->> 'last_reviewed') as date) as "last_reviewed",
    cast((j.body ->> 'next_review') as date) as "next_review"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'interested_party' and d.op <> 'withdraw';

create view v_requirement with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'REQ-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'party')) >= 36 then decode(replace(left((j.body ->> 'party'), 36), '-', ''), 'hex') end) as "party",
    cast(left((j.body ->> 'party'), 36) as uuid) as "party_id",
    (j.body ->> 'demand') as "demand",
    (j.body ->> 'nature') as "nature",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'obligations')) with ordinality as y (item, place)) as "obligations",
    (j.body ->> 'addressed') as "addressed",
    (j.body ->> 'addressed_how') as "addressed_how",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'met_by')) with ordinality as y (item, place)) as "met_by",
    cast((j.body ->> 'since') as date) as "since",
    cast((j.body ->> 'until') as date) as "until",
    (j.body ->> 'source') as "source",
    (j.body ->> 'cadence') as "cadence",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'review_on')) with ordinality as y (item, place)) as "review_on",
    cast((j.body ->> 'last_reviewed') as date) as "last_reviewed",
    cast((j.body ->> 'next_review') as date) as "next_review"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'requirement' and d.op <> 'withdraw';

create view v_requirement_obligations with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'REQ-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'obligations') with ordinality as x (item, place)
where d.kind = 'requirement' and d.op <> 'withdraw';

create view v_requirement_met_by with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'REQ-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'met_by') with ordinality as x (item, place)
where d.kind = 'requirement' and d.op <> 'withdraw';

create view v_obligation with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'OBL-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'provision') as "provision",
    (j.body ->> 'edition') as "edition",
    (j.body ->> 'obligation_type') as "obligation_type",
    (j.body ->> 'jurisdiction') as "jurisdiction",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'counterparty')) >= 36 then decode(replace(left((j.body ->> 'counterparty'), 36), '-', ''), 'hex') end) as "counterparty",
    cast(left((j.body ->> 'counterparty'), 36) as uuid) as "counterparty_id",
    (j.body ->> 'applies_because') as "applies_because",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'applies_to')) with ordinality as y (item, place)) as "applies_to",
    (j.body ->> 'demand') as "demand",
    (j.body ->> 'how_met') as "how_met",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'met_by')) with ordinality as y (item, place)) as "met_by",
    (j.body ->> 'clocks') as "clocks",
    (j.body ->> 'asks_for') as "asks_for",
    cast((j.body ->> 'asked_by') as date) as "asked_by",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'owner')) >= 36 then decode(replace(left((j.body ->> 'owner'), 36), '-', ''), 'hex') end) as "owner",
    cast(left((j.body ->> 'owner'), 36) as uuid) as "owner_id",
    (j.body ->> 'source_link') as "source_link",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'watched_by')) >= 36 then decode(replace(left((j.body ->> 'watched_by'), 36), '-', ''), 'hex') end) as "watched_by",
    cast(left((j.body ->> 'watched_by'), 36) as uuid) as "watched_by_id",
    cast((j.body ->> 'in_force_from') as date) as "in_force_from",
    cast((j.body ->> 'in_force_until') as date) as "in_force_until",
    (j.body ->> 'cadence') as "cadence",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'review_on')) with ordinality as y (item, place)) as "review_on",
    cast((j.body ->> 'last_reviewed') as date) as "last_reviewed",
    cast((j.body ->> 'next_review') as date) as "next_review",
    (j.body ->> 'fulfilment') as "fulfilment",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'assessed_by')) >= 36 then decode(replace(left((j.body ->> 'assessed_by'), 36), '-', ''), 'hex') end) as "assessed_by",
    cast(left((j.body ->> 'assessed_by'), 36) as uuid) as "assessed_by_id",
    cast((j.body ->> 'assessed_on') as date) as "assessed_on",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'evidence')) with ordinality as y (item, place)) as "evidence"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'obligation' and d.op <> 'withdraw';

create view v_obligation_applies_to with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'OBL-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'applies_to') with ordinality as x (item, place)
where d.kind = 'obligation' and d.op <> 'withdraw';

create view v_obligation_met_by with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'OBL-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'met_by') with ordinality as x (item, place)
where d.kind = 'obligation' and d.op <> 'withdraw';

create view v_obligation_clocks with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'OBL-' || d.number as ref,
    x.place as place,
    (x.item ->> 'event') as "event",
    (x.item ->> 'within') as "within",
    (x.item ->> 'to_whom') as "to_whom",
    (x.item ->> 'how') as "how"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'clocks') with ordinality as x (item, place)
where d.kind = 'obligation' and d.op <> 'withdraw';

create view v_obligation_evidence with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'OBL-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'evidence') with ordinality as x (item, place)
where d.kind = 'obligation' and d.op <> 'withdraw';

create view v_scope with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'SCOPE-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'statement') as "statement",
    (j.body ->> 'translations') as "translations",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'units')) with ordinality as y (item, place)) as "units",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'sites')) with ordinality as y (item, place)) as "sites",
    (j.body ->> 'activities') as "activities",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'assets')) with ordinality as y (item, place)) as "assets",
    (j.body ->> 'interfaces') as "interfaces",
    (j.body ->> 'left_out') as "left_out",
    (j.body ->> 'remote_work') as "remote_work",
    cast((j.body ->> 'considered') as bigint) as "considered",
    cast((j.body ->> 'effective_from') as date) as "effective_from",
    (j.body ->> 'cadence') as "cadence",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'review_on')) with ordinality as y (item, place)) as "review_on",
    cast((j.body ->> 'last_reviewed') as date) as "last_reviewed",
    cast((j.body ->> 'next_review') as date) as "next_review"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'scope' and d.op <> 'withdraw';

create view v_scope_translations with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'SCOPE-' || d.number as ref,
    x.place as place,
    (x.item ->> 'language') as "language",
    (x.item ->> 'statement') as "statement"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'translations') with ordinality as x (item, place)
where d.kind = 'scope' and d.op <> 'withdraw';

create view v_scope_units with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'SCOPE-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'units') with ordinality as x (item, place)
where d.kind = 'scope' and d.op <> 'withdraw';

create view v_scope_sites with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'SCOPE-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'sites') with ordinality as x (item, place)
where d.kind = 'scope' and d.op <> 'withdraw';

create view v_scope_activities with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'SCOPE-' || d.number as ref,
    x.place as place,
    (x.item ->> 'activity') as "activity",
    (x.item ->> 'delivers') as "delivers"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'activities') with ordinality as x (item, place)
where d.kind = 'scope' and d.op <> 'withdraw';

create view v_scope_assets with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'SCOPE-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'assets') with ordinality as x (item, place)
where d.kind = 'scope' and d.op <> 'withdraw';

create view v_scope_interfaces with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'SCOPE-' || d.number as ref,
    x.place as place,
    (x.item ->> 'what') as "what",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item ->> 'other_side')) >= 36 then decode(replace(left((x.item ->> 'other_side'), 36), '-', ''), 'hex') end) as "other_side",
    cast(left((x.item ->> 'other_side'), 36) as uuid) as "other_side_id",
    (x.item ->> 'interface_kind') as "interface_kind",
    (x.item ->> 'information_exchanged') as "information_exchanged",
    (x.item ->> 'who_controls_what') as "who_controls_what",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item ->> 'agreement')) >= 36 then decode(replace(left((x.item ->> 'agreement'), 36), '-', ''), 'hex') end) as "agreement",
    cast(left((x.item ->> 'agreement'), 36) as uuid) as "agreement_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'interfaces') with ordinality as x (item, place)
where d.kind = 'scope' and d.op <> 'withdraw';

create view v_scope_left_out with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'SCOPE-' || d.number as ref,
    x.place as place,
    (x.item ->> 'what') as "what",
    (x.item ->> 'why') as "why",
    (x.item ->> 'handling') as "handling"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'left_out') with ordinality as x (item, place)
where d.kind = 'scope' and d.op <> 'withdraw';

create view v_determination with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'DET-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'question') as "question",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'subject')) >= 36 then decode(replace(left((j.body ->> 'subject'), 36), '-', ''), 'hex') end) as "subject",
    cast(left((j.body ->> 'subject'), 36) as uuid) as "subject_id",
    (j.body ->> 'register') as "register",
    (j.body ->> 'party_type') as "party_type",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'controls')) with ordinality as y (item, place)) as "controls",
    (j.body ->> 'answer') as "answer",
    (j.body ->> 'answer_in_words') as "answer_in_words",
    (j.body ->> 'rationale') as "rationale",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'by')) >= 36 then decode(replace(left((j.body ->> 'by'), 36), '-', ''), 'hex') end) as "by",
    cast(left((j.body ->> 'by'), 36) as uuid) as "by_id",
    cast((j.body ->> 'decided_on') as date) as "decided_on",
    cast((j.body ->> 'good_until') as date) as "good_until",
    (j.body ->> 'cadence') as "cadence",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'review_on')) with ordinality as y (item, place)) as "review_on",
    cast((j.body ->> 'last_reviewed') as date) as "last_reviewed",
    cast((j.body ->> 'next_review') as date) as "next_review",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'evidence')) with ordinality as y (item, place)) as "evidence"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'determination' and d.op <> 'withdraw';

create view v_determination_evidence with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'DET-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'evidence') with ordinality as x (item, place)
where d.kind = 'determination' and d.op <> 'withdraw';

create view v_opportunity with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'OPP-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'arises_from')) with ordinality as y (item, place)) as "arises_from",
    (j.body ->> 'concerns') as "concerns",
    (j.body ->> 'wanted_effect') as "wanted_effect",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'owner')) >= 36 then decode(replace(left((j.body ->> 'owner'), 36), '-', ''), 'hex') end) as "owner",
    cast(left((j.body ->> 'owner'), 36) as uuid) as "owner_id",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'actions')) with ordinality as y (item, place)) as "actions",
    (j.body ->> 'effectiveness') as "effectiveness",
    (j.body ->> 'decision') as "decision",
    (j.body ->> 'decision_reason') as "decision_reason",
    (j.body ->> 'result') as "result"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'opportunity' and d.op <> 'withdraw';

create view v_opportunity_arises_from with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'OPP-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'arises_from') with ordinality as x (item, place)
where d.kind = 'opportunity' and d.op <> 'withdraw';

create view v_opportunity_actions with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'OPP-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'actions') with ordinality as x (item, place)
where d.kind = 'opportunity' and d.op <> 'withdraw';

create view v_role with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ROLE-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'also_known')) with ordinality as y (item, place)) as "also_known",
    (j.body ->> 'responsibilities') as "responsibilities",
    (j.body ->> 'authorities') as "authorities",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'carries')) with ordinality as y (item, place)) as "carries",
    cast((j.body ->> 'may_accept') as bigint) as "may_accept",
    (j.body ->> 'acceptance_conditions') as "acceptance_conditions",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'reports_to')) >= 36 then decode(replace(left((j.body ->> 'reports_to'), 36), '-', ''), 'hex') end) as "reports_to",
    cast(left((j.body ->> 'reports_to'), 36) as uuid) as "reports_to_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'unit')) >= 36 then decode(replace(left((j.body ->> 'unit'), 36), '-', ''), 'hex') end) as "unit",
    cast(left((j.body ->> 'unit'), 36) as uuid) as "unit_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'deputy')) >= 36 then decode(replace(left((j.body ->> 'deputy'), 36), '-', ''), 'hex') end) as "deputy",
    cast(left((j.body ->> 'deputy'), 36) as uuid) as "deputy_id",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'not_with')) with ordinality as y (item, place)) as "not_with",
    (j.body ->> 'competence') as "competence",
    (j.body ->> 'held_by') as "held_by",
    (j.body ->> 'vacancy_limit') as "vacancy_limit"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'role' and d.op <> 'withdraw';

create view v_role_not_with with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ROLE-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'not_with') with ordinality as x (item, place)
where d.kind = 'role' and d.op <> 'withdraw';

create view v_role_competence with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ROLE-' || d.number as ref,
    x.place as place,
    (x.item ->> 'competence') as "competence",
    (x.item ->> 'basis') as "basis",
    (x.item ->> 'level') as "level",
    cast((x.item ->> 'mandatory') as boolean) as "mandatory",
    (x.item ->> 'refresh_after') as "refresh_after"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'competence') with ordinality as x (item, place)
where d.kind = 'role' and d.op <> 'withdraw';

create view v_role_held_by with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ROLE-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item ->> 'person')) >= 36 then decode(replace(left((x.item ->> 'person'), 36), '-', ''), 'hex') end) as "person",
    cast(left((x.item ->> 'person'), 36) as uuid) as "person_id",
    cast((x.item ->> 'from') as date) as "from",
    cast((x.item ->> 'until') as date) as "until",
    cast((x.item ->> 'deputy') as boolean) as "deputy",
    cast((x.item ->> 'told_on') as date) as "told_on",
    cast((x.item ->> 'accepted_on') as date) as "accepted_on",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item ->> 'evidence')) >= 36 then decode(replace(left((x.item ->> 'evidence'), 36), '-', ''), 'hex') end) as "evidence",
    cast(left((x.item ->> 'evidence'), 36) as uuid) as "evidence_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'held_by') with ordinality as x (item, place)
where d.kind = 'role' and d.op <> 'withdraw';

create view v_person with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'PERSON-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'email') as "email",
    (j.body ->> 'engagement') as "engagement",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'unit')) >= 36 then decode(replace(left((j.body ->> 'unit'), 36), '-', ''), 'hex') end) as "unit",
    cast(left((j.body ->> 'unit'), 36) as uuid) as "unit_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'site')) >= 36 then decode(replace(left((j.body ->> 'site'), 36), '-', ''), 'hex') end) as "site",
    cast(left((j.body ->> 'site'), 36) as uuid) as "site_id",
    cast((j.body ->> 'remote') as boolean) as "remote",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'manager')) >= 36 then decode(replace(left((j.body ->> 'manager'), 36), '-', ''), 'hex') end) as "manager",
    cast(left((j.body ->> 'manager'), 36) as uuid) as "manager_id",
    cast((j.body ->> 'joined_on') as date) as "joined_on",
    cast((j.body ->> 'left_on') as date) as "left_on",
    (j.body ->> 'in_scope') as "in_scope",
    (j.body ->> 'out_of_scope_reason') as "out_of_scope_reason",
    (j.body ->> 'language') as "language",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'groups')) with ordinality as y (item, place)) as "groups",
    (j.body ->> 'formalities') as "formalities"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'person' and d.op <> 'withdraw';

create view v_person_formalities with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'PERSON-' || d.number as ref,
    x.place as place,
    (x.item ->> 'step') as "step",
    cast((x.item ->> 'done_on') as date) as "done_on",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item ->> 'evidence')) >= 36 then decode(replace(left((x.item ->> 'evidence'), 36), '-', ''), 'hex') end) as "evidence",
    cast(left((x.item ->> 'evidence'), 36) as uuid) as "evidence_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'formalities') with ordinality as x (item, place)
where d.kind = 'person' and d.op <> 'withdraw';

create view v_asset with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ASSET-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'asset_type') as "asset_type",
    (j.body ->> 'description') as "description",
    (j.body ->> 'standing') as "standing",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'owner')) >= 36 then decode(replace(left((j.body ->> 'owner'), 36), '-', ''), 'hex') end) as "owner",
    cast(left((j.body ->> 'owner'), 36) as uuid) as "owner_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'custodian')) >= 36 then decode(replace(left((j.body ->> 'custodian'), 36), '-', ''), 'hex') end) as "custodian",
    cast(left((j.body ->> 'custodian'), 36) as uuid) as "custodian_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'unit')) >= 36 then decode(replace(left((j.body ->> 'unit'), 36), '-', ''), 'hex') end) as "unit",
    cast(left((j.body ->> 'unit'), 36) as uuid) as "unit_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'site')) >= 36 then decode(replace(left((j.body ->> 'site'), 36), '-', ''), 'hex') end) as "site",
    cast(left((j.body ->> 'site'), 36) as uuid) as "site_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'supplier')) >= 36 then decode(replace(left((j.body ->> 'supplier'), 36), '-', ''), 'hex') end) as "supplier",
    cast(left((j.body ->> 'supplier'), 36) as uuid) as "supplier_id",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'part_of')) with ordinality as y (item, place)) as "part_of",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'depends_on')) with ordinality as y (item, place)) as "depends_on",
    (j.body ->> 'class') as "class",
    (j.body ->> 'confidentiality') as "confidentiality",
    (j.body ->> 'integrity') as "integrity",
    (j.body ->> 'availability') as "availability",
    (j.body ->> 'protection_reason') as "protection_reason",
    (j.body ->> 'overrides') as "overrides",
    (j.body ->> 'personal_data') as "personal_data",
    (j.body ->> 'in_scope') as "in_scope",
    (j.body ->> 'out_of_scope_reason') as "out_of_scope_reason",
    (j.body ->> 'environment') as "environment",
    (j.body ->> 'exposure') as "exposure",
    cast((j.body ->> 'supported_until') as date) as "supported_until",
    cast((j.body ->> 'quantity') as bigint) as "quantity",
    (j.body ->> 'rto') as "rto",
    (j.body ->> 'rpo') as "rpo",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'valued_by')) >= 36 then decode(replace(left((j.body ->> 'valued_by'), 36), '-', ''), 'hex') end) as "valued_by",
    cast(left((j.body ->> 'valued_by'), 36) as uuid) as "valued_by_id",
    cast((j.body ->> 'valued_on') as date) as "valued_on",
    (j.body ->> 'cadence') as "cadence",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'review_on')) with ordinality as y (item, place)) as "review_on",
    cast((j.body ->> 'last_reviewed') as date) as "last_reviewed",
    cast((j.body ->> 'next_review') as date) as "next_review",
    cast((j.body ->> 'disposed_on') as date) as "disposed_on",
    (j.body ->> 'disposal_method') as "disposal_method",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'disposal_evidence')) >= 36 then decode(replace(left((j.body ->> 'disposal_evidence'), 36), '-', ''), 'hex') end) as "disposal_evidence",
    cast(left((j.body ->> 'disposal_evidence'), 36) as uuid) as "disposal_evidence_id"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'asset' and d.op <> 'withdraw';

create view v_asset_part_of with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ASSET-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'part_of') with ordinality as x (item, place)
where d.kind = 'asset' and d.op <> 'withdraw';

create view v_asset_depends_on with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ASSET-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'depends_on') with ordinality as x (item, place)
where d.kind = 'asset' and d.op <> 'withdraw';

create view v_asset_overrides with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ASSET-' || d.number as ref,
    x.place as place,
    (x.item ->> 'property') as "property",
    (x.item ->> 'degree') as "degree",
    (x.item ->> 'reason') as "reason"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'overrides') with ordinality as x (item, place)
where d.kind = 'asset' and d.op <> 'withdraw';

create view v_supplier with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'SUPPLIER-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'country') as "country",
    (j.body ->> 'security_contact') as "security_contact",
    (j.body ->> 'services') as "services",
    (j.body ->> 'criticality') as "criticality",
    (j.body ->> 'criticality_reason') as "criticality_reason",
    (j.body ->> 'substitutable') as "substitutable",
    (j.body ->> 'replacement_time') as "replacement_time",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'owner')) >= 36 then decode(replace(left((j.body ->> 'owner'), 36), '-', ''), 'hex') end) as "owner",
    cast(left((j.body ->> 'owner'), 36) as uuid) as "owner_id",
    (j.body ->> 'in_scope') as "in_scope",
    (j.body ->> 'out_of_scope_reason') as "out_of_scope_reason",
    (j.body ->> 'agreements') as "agreements",
    (j.body ->> 'certificates') as "certificates",
    (j.body ->> 'monitoring') as "monitoring",
    (j.body ->> 'cadence') as "cadence",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'review_on')) with ordinality as y (item, place)) as "review_on",
    cast((j.body ->> 'last_reviewed') as date) as "last_reviewed",
    cast((j.body ->> 'next_review') as date) as "next_review",
    (j.body ->> 'exit_plan') as "exit_plan",
    cast((j.body ->> 'exit_tested_on') as date) as "exit_tested_on",
    cast((j.body ->> 'access_closed_on') as date) as "access_closed_on",
    cast((j.body ->> 'data_closed_on') as date) as "data_closed_on",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'closing_evidence')) with ordinality as y (item, place)) as "closing_evidence"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'supplier' and d.op <> 'withdraw';

create view v_supplier_services with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'SUPPLIER-' || d.number as ref,
    x.place as place,
    (x.item ->> 'service') as "service",
    (x.item ->> 'service_kind') as "service_kind",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((x.item -> 'data_classes')) with ordinality as y (item, place)) as "data_classes",
    (x.item ->> 'personal_data') as "personal_data",
    (x.item ->> 'processed_where') as "processed_where",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((x.item -> 'subcontractors')) with ordinality as y (item, place)) as "subcontractors",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((x.item -> 'our_assets')) with ordinality as y (item, place)) as "our_assets",
    (x.item ->> 'who_does_what') as "who_does_what"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'services') with ordinality as x (item, place)
where d.kind = 'supplier' and d.op <> 'withdraw';

create view v_supplier_agreements with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'SUPPLIER-' || d.number as ref,
    x.place as place,
    (x.item ->> 'name') as "name",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item ->> 'document')) >= 36 then decode(replace(left((x.item ->> 'document'), 36), '-', ''), 'hex') end) as "document",
    cast(left((x.item ->> 'document'), 36) as uuid) as "document_id",
    cast((x.item ->> 'from') as date) as "from",
    cast((x.item ->> 'until') as date) as "until",
    (x.item ->> 'notice') as "notice",
    (x.item ->> 'security_terms') as "security_terms",
    (x.item ->> 'incident_notice_within') as "incident_notice_within",
    (x.item ->> 'subcontractors_settled') as "subcontractors_settled",
    (x.item ->> 'audit_right') as "audit_right",
    (x.item ->> 'confidentiality') as "confidentiality",
    (x.item ->> 'personal_data_settled') as "personal_data_settled",
    (x.item ->> 'return_or_delete') as "return_or_delete",
    (x.item ->> 'continuity') as "continuity"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'agreements') with ordinality as x (item, place)
where d.kind = 'supplier' and d.op <> 'withdraw';

create view v_supplier_certificates with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'SUPPLIER-' || d.number as ref,
    x.place as place,
    (x.item ->> 'scheme') as "scheme",
    (x.item ->> 'fits') as "fits",
    cast((x.item ->> 'until') as date) as "until",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item ->> 'evidence')) >= 36 then decode(replace(left((x.item ->> 'evidence'), 36), '-', ''), 'hex') end) as "evidence",
    cast(left((x.item ->> 'evidence'), 36) as uuid) as "evidence_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'certificates') with ordinality as x (item, place)
where d.kind = 'supplier' and d.op <> 'withdraw';

create view v_supplier_closing_evidence with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'SUPPLIER-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'closing_evidence') with ordinality as x (item, place)
where d.kind = 'supplier' and d.op <> 'withdraw';

create view v_risk_method with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'METHOD-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'horizon') as "horizon",
    (j.body ->> 'criteria') as "criteria",
    (j.body ->> 'combine') as "combine",
    (j.body ->> 'likelihoods') as "likelihoods",
    (j.body ->> 'levels') as "levels",
    (j.body ->> 'matrix') as "matrix",
    (j.body ->> 'acceptance') as "acceptance",
    (j.body ->> 'appetite') as "appetite",
    (j.body ->> 'interval') as "interval",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'triggers')) with ordinality as y (item, place)) as "triggers",
    (j.body ->> 'participants') as "participants",
    (j.body ->> 'approach') as "approach",
    (j.body ->> 'harms_considered') as "harms_considered",
    (j.body ->> 'existing_controls') as "existing_controls",
    (j.body ->> 'rationale_must_hold') as "rationale_must_hold",
    (j.body ->> 'priority_rule') as "priority_rule",
    cast((j.body ->> 'covers_treatment') as boolean) as "covers_treatment",
    (j.body ->> 'treatment_options') as "treatment_options",
    (j.body ->> 'controls_determination') as "controls_determination",
    (j.body ->> 'annex_a_comparison') as "annex_a_comparison",
    (j.body ->> 'treatment_approval') as "treatment_approval",
    (j.body ->> 'plan_entry') as "plan_entry",
    (j.body ->> 'conversion') as "conversion",
    (j.body ->> 'cadence') as "cadence",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'review_on')) with ordinality as y (item, place)) as "review_on",
    cast((j.body ->> 'last_reviewed') as date) as "last_reviewed",
    cast((j.body ->> 'next_review') as date) as "next_review"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'risk_method' and d.op <> 'withdraw';

create view v_risk_method_criteria with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'METHOD-' || d.number as ref,
    x.place as place,
    (x.item ->> 'criterion') as "criterion",
    cast((x.item ->> 'rank') as bigint) as "rank",
    (x.item ->> 'name') as "name",
    (x.item ->> 'definition') as "definition",
    (x.item ->> 'range') as "range"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'criteria') with ordinality as x (item, place)
where d.kind = 'risk_method' and d.op <> 'withdraw';

create view v_risk_method_likelihoods with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'METHOD-' || d.number as ref,
    x.place as place,
    cast((x.item ->> 'rank') as bigint) as "rank",
    (x.item ->> 'name') as "name",
    (x.item ->> 'definition') as "definition",
    (x.item ->> 'frequency') as "frequency"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'likelihoods') with ordinality as x (item, place)
where d.kind = 'risk_method' and d.op <> 'withdraw';

create view v_risk_method_levels with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'METHOD-' || d.number as ref,
    x.place as place,
    cast((x.item ->> 'rank') as bigint) as "rank",
    (x.item ->> 'name') as "name",
    (x.item ->> 'meaning') as "meaning"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'levels') with ordinality as x (item, place)
where d.kind = 'risk_method' and d.op <> 'withdraw';

create view v_risk_method_matrix with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'METHOD-' || d.number as ref,
    x.place as place,
    cast((x.item ->> 'likelihood') as bigint) as "likelihood",
    cast((x.item ->> 'consequence') as bigint) as "consequence",
    cast((x.item ->> 'level') as bigint) as "level"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'matrix') with ordinality as x (item, place)
where d.kind = 'risk_method' and d.op <> 'withdraw';

create view v_risk_method_acceptance with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'METHOD-' || d.number as ref,
    x.place as place,
    cast((x.item ->> 'level') as bigint) as "level",
    (x.item ->> 'acceptable') as "acceptable",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item ->> 'authority')) >= 36 then decode(replace(left((x.item ->> 'authority'), 36), '-', ''), 'hex') end) as "authority",
    cast(left((x.item ->> 'authority'), 36) as uuid) as "authority_id",
    (x.item ->> 'longest') as "longest",
    (x.item ->> 'conditions') as "conditions"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'acceptance') with ordinality as x (item, place)
where d.kind = 'risk_method' and d.op <> 'withdraw';

create view v_risk_method_conversion with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'METHOD-' || d.number as ref,
    x.place as place,
    (x.item ->> 'old') as "old",
    (x.item ->> 'new') as "new"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'conversion') with ordinality as x (item, place)
where d.kind = 'risk_method' and d.op <> 'withdraw';

create view v_risk with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'RISK-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'concerns') as "concerns",
    (j.body ->> 'scenario') as "scenario",
    (j.body ->> 'approach') as "approach",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'assets')) with ordinality as y (item, place)) as "assets",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'part_of')) >= 36 then decode(replace(left((j.body ->> 'part_of'), 36), '-', ''), 'hex') end) as "part_of",
    cast(left((j.body ->> 'part_of'), 36) as uuid) as "part_of_id",
    (j.body ->> 'threat') as "threat",
    (j.body ->> 'vulnerability') as "vulnerability",
    (j.body ->> 'risk_source') as "risk_source",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'harms')) with ordinality as y (item, place)) as "harms",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'owner')) >= 36 then decode(replace(left((j.body ->> 'owner'), 36), '-', ''), 'hex') end) as "owner",
    cast(left((j.body ->> 'owner'), 36) as uuid) as "owner_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'method')) >= 36 then decode(replace(left((j.body ->> 'method'), 36), '-', ''), 'hex') end) as "method",
    cast(left((j.body ->> 'method'), 36) as uuid) as "method_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'round')) >= 36 then decode(replace(left((j.body ->> 'round'), 36), '-', ''), 'hex') end) as "round",
    cast(left((j.body ->> 'round'), 36) as uuid) as "round_id",
    (j.body ->> 'existing_measures') as "existing_measures",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'controls_in_place')) with ordinality as y (item, place)) as "controls_in_place",
    cast(((j.body -> 'inherent') ->> 'likelihood') as bigint) as "inherent_likelihood",
    (select max(cast(y.item ->> 'rank' as bigint)) from jsonb_array_elements((j.body -> 'inherent') -> 'consequences') as y (item)) as "inherent_consequence",
    ((j.body -> 'inherent') ->> 'rationale') as "inherent_rationale",
    cast(((j.body -> 'inherent') ->> 'on') as date) as "inherent_on",
    cast(((j.body -> 'current') ->> 'likelihood') as bigint) as "current_likelihood",
    (select max(cast(y.item ->> 'rank' as bigint)) from jsonb_array_elements((j.body -> 'current') -> 'consequences') as y (item)) as "current_consequence",
    ((j.body -> 'current') ->> 'rationale') as "current_rationale",
    cast(((j.body -> 'current') ->> 'on') as date) as "current_on",
    cast(((j.body -> 'residual') ->> 'likelihood') as bigint) as "residual_likelihood",
    (select max(cast(y.item ->> 'rank' as bigint)) from jsonb_array_elements((j.body -> 'residual') -> 'consequences') as y (item)) as "residual_consequence",
    ((j.body -> 'residual') ->> 'rationale') as "residual_rationale",
    cast(((j.body -> 'residual') ->> 'on') as date) as "residual_on",
    cast((j.body ->> 'priority') as bigint) as "priority",
    (j.body ->> 'priority_reason') as "priority_reason",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'treatment')) with ordinality as y (item, place)) as "treatment",
    (j.body ->> 'treatment_reason') as "treatment_reason",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'controls')) with ordinality as y (item, place)) as "controls",
    (j.body ->> 'mechanism') as "mechanism",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'mechanism_evidence')) with ordinality as y (item, place)) as "mechanism_evidence",
    (j.body ->> 'came_from') as "came_from",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'came_from_record')) >= 36 then decode(replace(left((j.body ->> 'came_from_record'), 36), '-', ''), 'hex') end) as "came_from_record",
    cast(left((j.body ->> 'came_from_record'), 36) as uuid) as "came_from_record_id",
    cast((j.body ->> 'identified_on') as date) as "identified_on",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'merged_into')) >= 36 then decode(replace(left((j.body ->> 'merged_into'), 36), '-', ''), 'hex') end) as "merged_into",
    cast(left((j.body ->> 'merged_into'), 36) as uuid) as "merged_into_id",
    (j.body ->> 'cadence') as "cadence",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'review_on')) with ordinality as y (item, place)) as "review_on",
    cast((j.body ->> 'last_reviewed') as date) as "last_reviewed",
    cast((j.body ->> 'next_review') as date) as "next_review",
    (j.body ->> 'triggered_by') as "triggered_by"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'risk' and d.op <> 'withdraw';

create view v_risk_assets with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'RISK-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'assets') with ordinality as x (item, place)
where d.kind = 'risk' and d.op <> 'withdraw';

create view v_risk_controls_in_place with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'RISK-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'controls_in_place') with ordinality as x (item, place)
where d.kind = 'risk' and d.op <> 'withdraw';

create view v_risk_controls with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'RISK-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'controls') with ordinality as x (item, place)
where d.kind = 'risk' and d.op <> 'withdraw';

create view v_risk_mechanism_evidence with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'RISK-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'mechanism_evidence') with ordinality as x (item, place)
where d.kind = 'risk' and d.op <> 'withdraw';

create view v_risk_triggered_by with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'RISK-' || d.number as ref,
    x.place as place,
    cast((x.item ->> 'date') as date) as "date",
    (x.item ->> 'event') as "event",
    cast((x.item ->> 'reassessed_on') as date) as "reassessed_on",
    (x.item ->> 'not_needed_because') as "not_needed_because"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'triggered_by') with ordinality as x (item, place)
where d.kind = 'risk' and d.op <> 'withdraw';

create view v_assessment_round with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ROUND-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'reason') as "reason",
    (j.body ->> 'event') as "event",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'method')) >= 36 then decode(replace(left((j.body ->> 'method'), 36), '-', ''), 'hex') end) as "method",
    cast(left((j.body ->> 'method'), 36) as uuid) as "method_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'scope')) >= 36 then decode(replace(left((j.body ->> 'scope'), 36), '-', ''), 'hex') end) as "scope",
    cast(left((j.body ->> 'scope'), 36) as uuid) as "scope_id",
    cast((j.body ->> 'period_from') as date) as "period_from",
    cast((j.body ->> 'period_until') as date) as "period_until",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'participants')) with ordinality as y (item, place)) as "participants",
    (j.body ->> 'takes_in') as "takes_in",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'risks')) with ordinality as y (item, place)) as "risks",
    (j.body ->> 'summary') as "summary",
    (j.body ->> 'left_out') as "left_out",
    cast((j.body ->> 'position') as bigint) as "position",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'approved_by')) >= 36 then decode(replace(left((j.body ->> 'approved_by'), 36), '-', ''), 'hex') end) as "approved_by",
    cast(left((j.body ->> 'approved_by'), 36) as uuid) as "approved_by_id",
    cast((j.body ->> 'approved_on') as date) as "approved_on"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'assessment_round' and d.op <> 'withdraw';

create view v_assessment_round_participants with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ROUND-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'participants') with ordinality as x (item, place)
where d.kind = 'assessment_round' and d.op <> 'withdraw';

create view v_assessment_round_risks with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ROUND-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'risks') with ordinality as x (item, place)
where d.kind = 'assessment_round' and d.op <> 'withdraw';

create view v_control with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'CONTROL-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'reference') as "reference",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'part_of')) with ordinality as y (item, place)) as "part_of",
    (j.body ->> 'applicability') as "applicability",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'reasons')) with ordinality as y (item, place)) as "reasons",
    (j.body ->> 'justification') as "justification",
    (j.body ->> 'exclusion_reason') as "exclusion_reason",
    (j.body ->> 'implementation') as "implementation",
    cast((j.body ->> 'since') as date) as "since",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'declared_by')) >= 36 then decode(replace(left((j.body ->> 'declared_by'), 36), '-', ''), 'hex') end) as "declared_by",
    cast(left((j.body ->> 'declared_by'), 36) as uuid) as "declared_by_id",
    cast((j.body ->> 'declared_on') as date) as "declared_on",
    (j.body ->> 'how') as "how",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'by')) with ordinality as y (item, place)) as "by",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'rules')) with ordinality as y (item, place)) as "rules",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'owner')) >= 36 then decode(replace(left((j.body ->> 'owner'), 36), '-', ''), 'hex') end) as "owner",
    cast(left((j.body ->> 'owner'), 36) as uuid) as "owner_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'operator')) >= 36 then decode(replace(left((j.body ->> 'operator'), 36), '-', ''), 'hex') end) as "operator",
    cast(left((j.body ->> 'operator'), 36) as uuid) as "operator_id",
    (j.body ->> 'proof_wanted') as "proof_wanted",
    cast((j.body ->> 'maturity_now') as bigint) as "maturity_now",
    cast((j.body ->> 'maturity_wanted') as bigint) as "maturity_wanted",
    (j.body ->> 'maturity_reason') as "maturity_reason",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'needs_changes')) with ordinality as y (item, place)) as "needs_changes",
    cast((j.body ->> 'last_test_on') as date) as "last_test_on",
    (j.body ->> 'last_test_result') as "last_test_result",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'last_test_by')) >= 36 then decode(replace(left((j.body ->> 'last_test_by'), 36), '-', ''), 'hex') end) as "last_test_by",
    cast(left((j.body ->> 'last_test_by'), 36) as uuid) as "last_test_by_id"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'control' and d.op <> 'withdraw';

create view v_control_part_of with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'CONTROL-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'part_of') with ordinality as x (item, place)
where d.kind = 'control' and d.op <> 'withdraw';

create view v_control_by with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'CONTROL-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'by') with ordinality as x (item, place)
where d.kind = 'control' and d.op <> 'withdraw';

create view v_control_rules with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'CONTROL-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'rules') with ordinality as x (item, place)
where d.kind = 'control' and d.op <> 'withdraw';

create view v_control_proof_wanted with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'CONTROL-' || d.number as ref,
    x.place as place,
    (x.item ->> 'what') as "what",
    (x.item ->> 'source') as "source",
    (x.item ->> 'cadence') as "cadence"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'proof_wanted') with ordinality as x (item, place)
where d.kind = 'control' and d.op <> 'withdraw';

create view v_control_needs_changes with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'CONTROL-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'needs_changes') with ordinality as x (item, place)
where d.kind = 'control' and d.op <> 'withdraw';

create view v_action with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ACTION-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'purpose') as "purpose",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'serves')) with ordinality as y (item, place)) as "serves",
    (j.body ->> 'details') as "details",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'controls')) with ordinality as y (item, place)) as "controls",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'owner')) >= 36 then decode(replace(left((j.body ->> 'owner'), 36), '-', ''), 'hex') end) as "owner",
    cast(left((j.body ->> 'owner'), 36) as uuid) as "owner_id",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'others')) with ordinality as y (item, place)) as "others",
    cast((j.body ->> 'start') as date) as "start",
    cast((j.body ->> 'due') as date) as "due",
    (j.body ->> 'moves') as "moves",
    cast((j.body ->> 'money_planned') as numeric) as "money_planned",
    cast((j.body ->> 'money_spent') as numeric) as "money_spent",
    (j.body ->> 'currency') as "currency",
    cast((j.body ->> 'days_planned') as numeric) as "days_planned",
    (j.body ->> 'resources') as "resources",
    (j.body ->> 'wanted_effect') as "wanted_effect",
    (j.body ->> 'effect_judged_how') as "effect_judged_how",
    (j.body ->> 'progress') as "progress",
    cast((j.body ->> 'done_on') as date) as "done_on",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'done_by')) >= 36 then decode(replace(left((j.body ->> 'done_by'), 36), '-', ''), 'hex') end) as "done_by",
    cast(left((j.body ->> 'done_by'), 36) as uuid) as "done_by_id",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'evidence')) with ordinality as y (item, place)) as "evidence",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'verified_by')) >= 36 then decode(replace(left((j.body ->> 'verified_by'), 36), '-', ''), 'hex') end) as "verified_by",
    cast(left((j.body ->> 'verified_by'), 36) as uuid) as "verified_by_id",
    cast((j.body ->> 'verified_on') as date) as "verified_on",
    (j.body ->> 'effective') as "effective",
    (j.body ->> 'effect_seen') as "effect_seen"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'action' and d.op <> 'withdraw';

create view v_action_serves with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ACTION-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'serves') with ordinality as x (item, place)
where d.kind = 'action' and d.op <> 'withdraw';

create view v_action_controls with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ACTION-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'controls') with ordinality as x (item, place)
where d.kind = 'action' and d.op <> 'withdraw';

create view v_action_others with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ACTION-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'others') with ordinality as x (item, place)
where d.kind = 'action' and d.op <> 'withdraw';

create view v_action_moves with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ACTION-' || d.number as ref,
    x.place as place,
    cast((x.item ->> 'from') as date) as "from",
    cast((x.item ->> 'to') as date) as "to",
    (x.item ->> 'reason') as "reason",
    cast((x.item ->> 'on') as date) as "on"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'moves') with ordinality as x (item, place)
where d.kind = 'action' and d.op <> 'withdraw';

create view v_action_progress with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ACTION-' || d.number as ref,
    x.place as place,
    cast((x.item ->> 'on') as date) as "on",
    (x.item ->> 'text') as "text"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'progress') with ordinality as x (item, place)
where d.kind = 'action' and d.op <> 'withdraw';

create view v_action_evidence with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ACTION-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'evidence') with ordinality as x (item, place)
where d.kind = 'action' and d.op <> 'withdraw';

create view v_objective with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'OBJ-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'level') as "level",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'units')) with ordinality as y (item, place)) as "units",
    (j.body ->> 'supports') as "supports",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'takes_account_of')) with ordinality as y (item, place)) as "takes_account_of",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'clauses')) with ordinality as y (item, place)) as "clauses",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'owner')) >= 36 then decode(replace(left((j.body ->> 'owner'), 36), '-', ''), 'hex') end) as "owner",
    cast(left((j.body ->> 'owner'), 36) as uuid) as "owner_id",
    (j.body ->> 'measure') as "measure",
    (j.body ->> 'unit') as "unit",
    (j.body ->> 'formula') as "formula",
    (j.body ->> 'source') as "source",
    (j.body ->> 'baseline') as "baseline",
    (j.body ->> 'target') as "target",
    (j.body ->> 'direction') as "direction",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'not_measurable')) >= 36 then decode(replace(left((j.body ->> 'not_measurable'), 36), '-', ''), 'hex') end) as "not_measurable",
    cast(left((j.body ->> 'not_measurable'), 36) as uuid) as "not_measurable_id",
    cast((j.body ->> 'due') as date) as "due",
    (j.body ->> 'cadence') as "cadence",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'review_on')) with ordinality as y (item, place)) as "review_on",
    cast((j.body ->> 'last_reviewed') as date) as "last_reviewed",
    cast((j.body ->> 'next_review') as date) as "next_review",
    (j.body ->> 'readings') as "readings",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'actions')) with ordinality as y (item, place)) as "actions",
    (j.body ->> 'resources') as "resources",
    (j.body ->> 'evaluated_how') as "evaluated_how",
    (j.body ->> 'told_to') as "told_to",
    cast((j.body ->> 'told_on') as date) as "told_on",
    (j.body ->> 'told_how') as "told_how",
    (j.body ->> 'result') as "result",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'evaluated_by')) >= 36 then decode(replace(left((j.body ->> 'evaluated_by'), 36), '-', ''), 'hex') end) as "evaluated_by",
    cast(left((j.body ->> 'evaluated_by'), 36) as uuid) as "evaluated_by_id",
    cast((j.body ->> 'evaluated_on') as date) as "evaluated_on"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'objective' and d.op <> 'withdraw';

create view v_objective_units with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'OBJ-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'units') with ordinality as x (item, place)
where d.kind = 'objective' and d.op <> 'withdraw';

create view v_objective_takes_account_of with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'OBJ-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'takes_account_of') with ordinality as x (item, place)
where d.kind = 'objective' and d.op <> 'withdraw';

create view v_objective_readings with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'OBJ-' || d.number as ref,
    x.place as place,
    (x.item ->> 'period') as "period",
    (x.item ->> 'value') as "value",
    cast((x.item ->> 'until') as date) as "until",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item ->> 'by')) >= 36 then decode(replace(left((x.item ->> 'by'), 36), '-', ''), 'hex') end) as "by",
    cast(left((x.item ->> 'by'), 36) as uuid) as "by_id",
    (x.item ->> 'note') as "note"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'readings') with ordinality as x (item, place)
where d.kind = 'objective' and d.op <> 'withdraw';

create view v_objective_actions with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'OBJ-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'actions') with ordinality as x (item, place)
where d.kind = 'objective' and d.op <> 'withdraw';

create view v_document with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'DOC-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'identifier') as "identifier",
    (j.body ->> 'doc_type') as "doc_type",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'serves_clauses')) with ordinality as y (item, place)) as "serves_clauses",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'serves_records')) with ordinality as y (item, place)) as "serves_records",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'owner')) >= 36 then decode(replace(left((j.body ->> 'owner'), 36), '-', ''), 'hex') end) as "owner",
    cast(left((j.body ->> 'owner'), 36) as uuid) as "owner_id",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'authors')) with ordinality as y (item, place)) as "authors",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'approver')) >= 36 then decode(replace(left((j.body ->> 'approver'), 36), '-', ''), 'hex') end) as "approver",
    cast(left((j.body ->> 'approver'), 36) as uuid) as "approver_id",
    cast((j.body ->> 'four_eyes') as boolean) as "four_eyes",
    (j.body ->> 'text') as "text",
    ((j.body -> 'file') ->> 'name') as "file",
    ((j.body -> 'file') ->> 'sha256') as "file_sha256",
    cast(((j.body -> 'file') ->> 'size') as bigint) as "file_size",
    (j.body ->> 'paper') as "paper",
    (j.body ->> 'elsewhere') as "elsewhere",
    (j.body ->> 'elsewhere_digest') as "elsewhere_digest",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'elsewhere_controlled_by')) >= 36 then decode(replace(left((j.body ->> 'elsewhere_controlled_by'), 36), '-', ''), 'hex') end) as "elsewhere_controlled_by",
    cast(left((j.body ->> 'elsewhere_controlled_by'), 36) as uuid) as "elsewhere_controlled_by_id",
    (j.body ->> 'language') as "language",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'translation_of')) >= 36 then decode(replace(left((j.body ->> 'translation_of'), 36), '-', ''), 'hex') end) as "translation_of",
    cast(left((j.body ->> 'translation_of'), 36) as uuid) as "translation_of_id",
    (j.body ->> 'edition_label') as "edition_label",
    (j.body ->> 'change_summary') as "change_summary",
    (j.body ->> 'class') as "class",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'distribution')) with ordinality as y (item, place)) as "distribution",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'acknowledged_by')) with ordinality as y (item, place)) as "acknowledged_by",
    (j.body ->> 'acknowledged_within') as "acknowledged_within",
    (j.body ->> 'outsiders') as "outsiders",
    cast((j.body ->> 'effective_from') as date) as "effective_from",
    (j.body ->> 'cadence') as "cadence",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'review_on')) with ordinality as y (item, place)) as "review_on",
    cast((j.body ->> 'last_reviewed') as date) as "last_reviewed",
    cast((j.body ->> 'next_review') as date) as "next_review",
    (j.body ->> 'keep_for') as "keep_for",
    (j.body ->> 'then') as "then",
    (j.body ->> 'place') as "place",
    (j.body ->> 'issuer') as "issuer",
    (j.body ->> 'issuer_edition') as "issuer_edition",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'watched_by')) >= 36 then decode(replace(left((j.body ->> 'watched_by'), 36), '-', ''), 'hex') end) as "watched_by",
    cast(left((j.body ->> 'watched_by'), 36) as uuid) as "watched_by_id",
    (j.body ->> 'claims') as "claims",
    (j.body ->> 'own_rules') as "own_rules"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'document' and d.op <> 'withdraw';

create view v_document_serves_records with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'DOC-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'serves_records') with ordinality as x (item, place)
where d.kind = 'document' and d.op <> 'withdraw';

create view v_document_authors with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'DOC-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'authors') with ordinality as x (item, place)
where d.kind = 'document' and d.op <> 'withdraw';

create view v_document_claims with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'DOC-' || d.number as ref,
    x.place as place,
    (x.item ->> 'needed') as "needed",
    (x.item ->> 'passage') as "passage",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item ->> 'attested_by')) >= 36 then decode(replace(left((x.item ->> 'attested_by'), 36), '-', ''), 'hex') end) as "attested_by",
    cast(left((x.item ->> 'attested_by'), 36) as uuid) as "attested_by_id",
    cast((x.item ->> 'attested_on') as date) as "attested_on"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'claims') with ordinality as x (item, place)
where d.kind = 'document' and d.op <> 'withdraw';

create view v_document_own_rules with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'DOC-' || d.number as ref,
    x.place as place,
    (x.item ->> 'promise') as "promise",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item ->> 'by_whom')) >= 36 then decode(replace(left((x.item ->> 'by_whom'), 36), '-', ''), 'hex') end) as "by_whom",
    cast(left((x.item ->> 'by_whom'), 36) as uuid) as "by_whom_id",
    (x.item ->> 'cadence') as "cadence",
    (x.item ->> 'limit') as "limit",
    (x.item ->> 'proof_wanted') as "proof_wanted"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'own_rules') with ordinality as x (item, place)
where d.kind = 'document' and d.op <> 'withdraw';

create view v_evidence with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'EVID-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'shows')) with ordinality as y (item, place)) as "shows",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'shows_clauses')) with ordinality as y (item, place)) as "shows_clauses",
    (j.body ->> 'proof') as "proof",
    (j.body ->> 'form') as "form",
    ((j.body -> 'file') ->> 'name') as "file",
    ((j.body -> 'file') ->> 'sha256') as "file_sha256",
    cast(((j.body -> 'file') ->> 'size') as bigint) as "file_size",
    (j.body ->> 'link') as "link",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'record')) >= 36 then decode(replace(left((j.body ->> 'record'), 36), '-', ''), 'hex') end) as "record",
    cast(left((j.body ->> 'record'), 36) as uuid) as "record_id",
    cast((j.body ->> 'period_from') as date) as "period_from",
    cast((j.body ->> 'period_until') as date) as "period_until",
    cast((j.body ->> 'collected_on') as date) as "collected_on",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'collected_by')) >= 36 then decode(replace(left((j.body ->> 'collected_by'), 36), '-', ''), 'hex') end) as "collected_by",
    cast(left((j.body ->> 'collected_by'), 36) as uuid) as "collected_by_id",
    (j.body ->> 'tool') as "tool",
    (j.body ->> 'how') as "how",
    (j.body ->> 'population') as "population",
    (j.body ->> 'query') as "query",
    cast((j.body ->> 'count') as bigint) as "count",
    (j.body ->> 'complete') as "complete",
    cast((j.body ->> 'extracted_at') as timestamptz) as "extracted_at",
    (j.body ->> 'judged') as "judged",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'judged_by')) >= 36 then decode(replace(left((j.body ->> 'judged_by'), 36), '-', ''), 'hex') end) as "judged_by",
    cast(left((j.body ->> 'judged_by'), 36) as uuid) as "judged_by_id",
    cast((j.body ->> 'judged_on') as date) as "judged_on",
    (j.body ->> 'judged_why') as "judged_why",
    cast((j.body ->> 'good_until') as date) as "good_until",
    (j.body ->> 'cadence') as "cadence",
    (select string_agg(y.item, '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'review_on')) with ordinality as y (item, place)) as "review_on",
    cast((j.body ->> 'last_reviewed') as date) as "last_reviewed",
    cast((j.body ->> 'next_review') as date) as "next_review",
    (j.body ->> 'class') as "class",
    (j.body ->> 'personal_data') as "personal_data",
    (j.body ->> 'keep_for') as "keep_for",
    (j.body ->> 'custody') as "custody",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'replaces')) >= 36 then decode(replace(left((j.body ->> 'replaces'), 36), '-', ''), 'hex') end) as "replaces",
    cast(left((j.body ->> 'replaces'), 36) as uuid) as "replaces_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'asked_of')) >= 36 then decode(replace(left((j.body ->> 'asked_of'), 36), '-', ''), 'hex') end) as "asked_of",
    cast(left((j.body ->> 'asked_of'), 36) as uuid) as "asked_of_id",
    cast((j.body ->> 'wanted_by') as date) as "wanted_by"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'evidence' and d.op <> 'withdraw';

create view v_evidence_shows with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'EVID-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'shows') with ordinality as x (item, place)
where d.kind = 'evidence' and d.op <> 'withdraw';

create view v_evidence_custody with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'EVID-' || d.number as ref,
    x.place as place,
    (x.item ->> 'who') as "who",
    cast((x.item ->> 'on') as date) as "on",
    (x.item ->> 'why') as "why"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'custody') with ordinality as x (item, place)
where d.kind = 'evidence' and d.op <> 'withdraw';

create view v_event_report with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'EVENT-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'details') as "details",
    cast((j.body ->> 'happened_on') as date) as "happened_on",
    (j.body ->> 'happened_at') as "happened_at",
    (j.body ->> 'place') as "place",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'noticed_by')) >= 36 then decode(replace(left((j.body ->> 'noticed_by'), 36), '-', ''), 'hex') end) as "noticed_by",
    cast(left((j.body ->> 'noticed_by'), 36) as uuid) as "noticed_by_id",
    (j.body ->> 'severity') as "severity",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'assets')) with ordinality as y (item, place)) as "assets",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'handler')) >= 36 then decode(replace(left((j.body ->> 'handler'), 36), '-', ''), 'hex') end) as "handler",
    cast(left((j.body ->> 'handler'), 36) as uuid) as "handler_id",
    (j.body ->> 'judgment') as "judgment",
    (j.body ->> 'judged_why') as "judged_why"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'event_report' and d.op <> 'withdraw';

create view v_event_report_assets with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'EVENT-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'assets') with ordinality as x (item, place)
where d.kind = 'event_report' and d.op <> 'withdraw';

create view v_gap_assessment with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'GAP-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'framework') as "framework",
    cast((j.body ->> 'round') as bigint) as "round",
    cast((j.body ->> 'started_on') as date) as "started_on",
    cast((j.body ->> 'closed_on') as date) as "closed_on",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'lead')) >= 36 then decode(replace(left((j.body ->> 'lead'), 36), '-', ''), 'hex') end) as "lead",
    cast(left((j.body ->> 'lead'), 36) as uuid) as "lead_id",
    (j.body ->> 'scope_note') as "scope_note"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'gap_assessment' and d.op <> 'withdraw';

create view v_gap_answer with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ANSWER-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'assessment')) >= 36 then decode(replace(left((j.body ->> 'assessment'), 36), '-', ''), 'hex') end) as "assessment",
    cast(left((j.body ->> 'assessment'), 36) as uuid) as "assessment_id",
    (j.body ->> 'subject') as "subject",
    (j.body ->> 'answer') as "answer",
    (j.body ->> 'note') as "note",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'evidence')) with ordinality as y (item, place)) as "evidence",
    (j.body ->> 'recommendation') as "recommendation",
    (j.body ->> 'effect') as "effect",
    (j.body ->> 'effort') as "effort",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'became')) with ordinality as y (item, place)) as "became"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'gap_answer' and d.op <> 'withdraw';

create view v_gap_answer_evidence with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ANSWER-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'evidence') with ordinality as x (item, place)
where d.kind = 'gap_answer' and d.op <> 'withdraw';

create view v_gap_answer_became with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'ANSWER-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'became') with ordinality as x (item, place)
where d.kind = 'gap_answer' and d.op <> 'withdraw';

create view v_membership with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'MEMBER-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'person')) >= 36 then decode(replace(left((j.body ->> 'person'), 36), '-', ''), 'hex') end) as "person",
    cast(left((j.body ->> 'person'), 36) as uuid) as "person_id",
    (j.body ->> 'profile') as "profile",
    cast((j.body ->> 'from') as date) as "from",
    cast((j.body ->> 'until') as date) as "until",
    cast((j.body ->> 'period_from') as date) as "period_from",
    cast((j.body ->> 'period_until') as date) as "period_until",
    (j.body ->> 'reason') as "reason"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'membership' and d.op <> 'withdraw';

create view v_comment with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'COMMENT-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'about')) >= 36 then decode(replace(left((j.body ->> 'about'), 36), '-', ''), 'hex') end) as "about",
    cast(left((j.body ->> 'about'), 36) as uuid) as "about_id",
    (j.body ->> 'text') as "text",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'mentions')) with ordinality as y (item, place)) as "mentions",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'answers')) >= 36 then decode(replace(left((j.body ->> 'answers'), 36), '-', ''), 'hex') end) as "answers",
    cast(left((j.body ->> 'answers'), 36) as uuid) as "answers_id"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'comment' and d.op <> 'withdraw';

create view v_comment_mentions with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'COMMENT-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'mentions') with ordinality as x (item, place)
where d.kind = 'comment' and d.op <> 'withdraw';

create view v_approval with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'APPR-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'purpose') as "purpose",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'subject')) >= 36 then decode(replace(left((j.body ->> 'subject'), 36), '-', ''), 'hex') end) as "subject",
    cast(left((j.body ->> 'subject'), 36) as uuid) as "subject_id",
    (j.body ->> 'paper') as "paper",
    cast((j.body ->> 'version') as bigint) as "field_version",
    (j.body ->> 'content_hash') as "content_hash",
    (j.body ->> 'digest') as "digest",
    (j.body ->> 'salt') as "salt",
    cast((j.body ->> 'body_version') as bigint) as "body_version",
    cast((j.body ->> 'position') as bigint) as "position",
    (j.body ->> 'rows') as "rows",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'asked_of')) >= 36 then decode(replace(left((j.body ->> 'asked_of'), 36), '-', ''), 'hex') end) as "asked_of",
    cast(left((j.body ->> 'asked_of'), 36) as uuid) as "asked_of_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'asked_by')) >= 36 then decode(replace(left((j.body ->> 'asked_by'), 36), '-', ''), 'hex') end) as "asked_by",
    cast(left((j.body ->> 'asked_by'), 36) as uuid) as "asked_by_id",
    cast((j.body ->> 'asked_on') as date) as "asked_on",
    cast((j.body ->> 'answer_by') as date) as "answer_by",
    (j.body ->> 'decision') as "decision",
    (j.body ->> 'conditions') as "conditions",
    (j.body ->> 'comment') as "comment",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'by')) >= 36 then decode(replace(left((j.body ->> 'by'), 36), '-', ''), 'hex') end) as "by",
    cast(left((j.body ->> 'by'), 36) as uuid) as "by_id",
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((j.body ->> 'acting_as')) >= 36 then decode(replace(left((j.body ->> 'acting_as'), 36), '-', ''), 'hex') end) as "acting_as",
    cast(left((j.body ->> 'acting_as'), 36) as uuid) as "acting_as_id",
    (select string_agg((select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(y.item) >= 36 then decode(replace(left(y.item, 36), '-', ''), 'hex') end), '; ' order by y.place) from jsonb_array_elements_text((j.body -> 'roles_held')) with ordinality as y (item, place)) as "roles_held",
    cast((j.body ->> 'top_management') as boolean) as "top_management",
    cast((j.body ->> 'may_accept') as bigint) as "may_accept",
    cast((j.body ->> 'decided_on') as date) as "decided_on",
    cast((j.body ->> 'effective_from') as date) as "effective_from",
    cast((j.body ->> 'good_until') as date) as "good_until",
    cast((j.body ->> 'next_review') as date) as "next_review",
    (j.body ->> 'edition') as "edition",
    (j.body ->> 'seen') as "seen",
    (j.body ->> 'revoked') as "revoked"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'approval' and d.op <> 'withdraw';

create view v_approval_rows with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'APPR-' || d.number as ref,
    x.place as place,
    (x.item ->> 'reference') as "reference",
    (x.item ->> 'digest') as "digest"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'rows') with ordinality as x (item, place)
where d.kind = 'approval' and d.op <> 'withdraw';

create view v_approval_roles_held with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'APPR-' || d.number as ref,
    x.place as place,
    (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length((x.item #>> '{}')) >= 36 then decode(replace(left((x.item #>> '{}'), 36), '-', ''), 'hex') end) as "target",
    cast(left((x.item #>> '{}'), 36) as uuid) as "target_id"
from report_record d
cross join lateral jsonb_array_elements(cast(d.content as jsonb) -> 'body' -> 'roles_held') with ordinality as x (item, place)
where d.kind = 'approval' and d.op <> 'withdraw';

create view v_ledger_event with (security_barrier = true) as
select d.slug as organization, cast(encode(d.id, 'hex') as uuid) as id, 'LEDGER-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, (d.content is null) as erased, cast(b.at as timestamptz) as created_at,
    cast(e.at as timestamptz) as changed_at, (select p.ref from report_reference p where p.organization = d.organization and p.id = case when length(e.actor) >= 36 then decode(replace(left(e.actor, 36), '-', ''), 'hex') end) as changed_by,
    (j.body ->> 'title') as "title",
    (j.body ->> 'event') as "event",
    (j.body ->> 'origin') as "origin",
    (j.body ->> 'key') as "key",
    cast((j.body ->> 'lost_size') as bigint) as "lost_size",
    (j.body ->> 'lost_root') as "lost_root"
from report_record d
cross join lateral (select cast(d.content as jsonb) -> 'body' as body) j
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = 'ledger_event' and d.op <> 'withdraw';
