//! Acts of assent: approving, publishing, accepting, reviewing, acknowledging.

mod edition;
mod residual;
mod twice;

use kinds::{
    Holder, Kind,
    approval::{Approval, Decision, Lifecycle, Purpose, Seen},
    document::Document,
    risk::Risk,
    role::{Carries, Role},
};
use ledger::hash;
use meta::{Choice, Extras, Id, Markdown, Problem, Provenance, Record};
use serde_json::Value;

use super::draft::{Content, Draft, Shape};
use crate::{
    Refusal, View,
    approvals::{self, Digest},
    command::{Assent, Subject},
    four_eyes, holder, risk,
};

pub(super) use self::twice::check_is_asked_once;

/// Records an act of assent by the actor.
pub(super) fn assent(draft: &mut Draft<'_, '_>, act: &Assent) -> Result<(), Refusal> {
    let by = draft.actor.person().ok_or(Refusal::NeedsPerson)?;
    let person = draft.any(by)?;
    if !holder::is_here(View::new(&draft.work, draft.now.day), person) {
        let why = "the person does not work here, by their record";
        return Err(Refusal::NotActing { actor: person.title().to_owned(), why });
    }
    let days = [("next_review", act.next_review), ("good_until", act.good_until)];
    for (field, day) in days {
        if let Some(day) = day.filter(|it| *it < draft.now.day) {
            let message = format!("{day} is past: name a day to come");
            return Err(invalid(field, message));
        }
    }
    let given = act.decision != Decision::Refused;
    if given && act.purpose == Purpose::Publish {
        edition::check(draft, act)?;
    }
    let mut approval = Approval {
        purpose: Some(act.purpose),
        decision: Some(act.decision),
        conditions: act.conditions.clone().map(Markdown),
        comment: act.comment.clone().map(Markdown),
        by: Some(by.into()),
        decided_on: Some(draft.now.day),
        good_until: act.good_until,
        edition: act.edition.clone(),
        ..Approval::default()
    };
    let request = take_request(draft, act, by, &mut approval)?;
    let digest = match act.subject {
        Subject::Record(id) => on_record(draft, act, id, by, given, &mut approval)?,
        Subject::StatementOfApplicability => on_paper(draft, act, by, &mut approval)?,
    };
    let salt = (draft.now.salt)();
    let (digest, rows) = digest.salted(&salt);
    approval.salt = Some(hash::hex(&salt));
    approval.digest = Some(digest);
    approval.rows =
        rows.into_iter().map(|(reference, digest)| Seen { reference, digest }).collect();
    capture_roles(draft, act, by, &mut approval)?;
    let body = match serde_json::to_value(&approval).expect("a body has text keys only") {
        Value::Object(body) => body,
        _ => unreachable!("a struct becomes an object"),
    };
    let stage = if given { Lifecycle::Given } else { Lifecycle::Refused } as u8;
    draft.write(Content {
        shape: Shape {
            id: act.id,
            def: Approval::DEF,
            stage,
            provenance: Provenance::Person,
            withdrawn: false,
        },
        body,
        extras: request,
    })?;
    if let (Purpose::Publish, Subject::Record(id), true) = (act.purpose, act.subject, given) {
        draft.publish(id, act.id);
    }
    Ok(())
}

/// Where the act answers a request, keeps who asked whom and when, and what the request carries.
fn take_request(
    draft: &Draft<'_, '_>,
    act: &Assent,
    by: Id,
    approval: &mut Approval,
) -> Result<Option<Extras>, Refusal> {
    let Some(record) = draft.work.get(act.id) else { return Ok(None) };
    let about = match act.subject {
        Subject::Record(id) => (Some(id), None),
        Subject::StatementOfApplicability => (None, Some(approvals::STATEMENT_OF_APPLICABILITY)),
    };
    let asked = record.typed::<Approval>().filter(|it| {
        record.is_live()
            && record.head.stage == Lifecycle::Asked as u8
            && it.purpose == Some(act.purpose)
            && (it.subject.map(|it| it.id()), it.paper.as_deref()) == about
    });
    let Some(asked) = asked else {
        return Err(Refusal::Taken { record: act.id.to_string() });
    };
    let view = View::new(&draft.work, draft.now.day);
    if let Some(holder) = asked.asked_of.filter(|it| !holder::is_behind(view, by, it)) {
        let why = format!("{} is asked for it", holder::describe(view, &holder));
        return Err(Refusal::NoAuthority { subject: record.name(), why });
    }
    approval.asked_of = asked.asked_of;
    approval.asked_by = asked.asked_by;
    approval.asked_on = asked.asked_on;
    approval.answer_by = asked.answer_by;
    Ok(record.head.extras.as_deref().cloned())
}

fn on_record(
    draft: &mut Draft<'_, '_>,
    act: &Assent,
    id: Id,
    by: Id,
    given: bool,
    approval: &mut Approval,
) -> Result<Digest, Refusal> {
    // Readers sign what is in force, not the draft of what comes next.
    let in_force = draft.work.in_force(id, draft.now.day);
    let edition = in_force.filter(|_| act.purpose == Purpose::Acknowledge).cloned();
    let record = match &edition {
        Some(edition) => {
            let record = draft.seen(id, None)?;
            let current = edition.record.head.version;
            if let Some(seen) = act.version.filter(|it| *it != current) {
                let record = format!("the edition of {} in force", record.name());
                return Err(Refusal::Stale { record, seen, current });
            }
            record
        }
        None => draft.seen(id, act.version)?,
    };
    let view = View::new(&draft.work, draft.now.day);
    if act.purpose == Purpose::Acknowledge {
        edition::check_is_in_force(view, act, edition.as_ref())?;
    }
    authority(view, record, act.purpose, by)?;
    twice::check(view, record, act, by)?;
    if given {
        residual::check(view, record, act)?;
    }
    if act.purpose == Purpose::Publish && given {
        let missing = super::missing_to_leave(record);
        super::problems_of(record, missing)?;
        four_eyes::check(view, act.subject, by)?;
        edition::check_says_something_new(view, record, act)?;
        let stage = record.def().edition_stage();
        let mut content = Content::of(record);
        content.shape.stage = stage.expect("a controlled kind has an edition stage");
        draft.write_anew(content)?;
        approval.effective_from = Some(act.effective_from.unwrap_or(draft.now.day));
    }
    let record = draft.any(id)?;
    if act.purpose == Purpose::Review && given {
        let next = approvals::review_after(&draft.work, record, draft.now.day);
        approval.next_review = Some(act.next_review.unwrap_or(next));
    }
    let record = match &edition {
        Some(edition) => &*edition.record,
        None => draft.any(id)?,
    };
    approval.title = format!("{}: {}", act.purpose.def().label, record.name());
    approval.subject = Some(id.into());
    approval.version = Some(record.head.version.into());
    approval.content_hash = Some(hash::hex(&record.head.hash));
    approval.body_version = Some(record.def().body_version.into());
    approval.position = Some(draft.base.position() as i64 + 1);
    Ok(approvals::digest_of(&draft.work, record, act.purpose))
}

fn on_paper(
    draft: &Draft<'_, '_>,
    act: &Assent,
    by: Id,
    approval: &mut Approval,
) -> Result<Digest, Refusal> {
    let name = "the Statement of Applicability";
    if !matches!(act.purpose, Purpose::Publish | Purpose::Approve) {
        let (purpose, subject) = (act.purpose.def().id, name.to_owned());
        let why = "a paper is approved or published";
        return Err(Refusal::WrongPurpose { purpose, subject, why });
    }
    let view = View::new(&draft.work, draft.now.day);
    let digest = approvals::digest_of_soa(view);
    if digest.is_empty() {
        let why = "it has no row yet: decide on controls first".to_owned();
        return Err(Refusal::NoAuthority { subject: name.to_owned(), why });
    }
    if act.purpose == Purpose::Publish && act.decision != Decision::Refused {
        four_eyes::check(view, act.subject, by)?;
        edition::check_statement_says_something_new(view, act)?;
    }
    approval.title = format!("{}: Statement of Applicability", act.purpose.def().label);
    approval.paper = Some(approvals::STATEMENT_OF_APPLICABILITY.to_owned());
    approval.position = Some(draft.base.position() as i64);
    approval.effective_from = Some(act.effective_from.unwrap_or(draft.now.day));
    Ok(digest)
}

/// Whether this person has the authority for this assent to this record.
///
/// # Errors
/// Who has it instead, or why nobody gives such an assent to it.
pub fn authority(view: View<'_>, record: &Record, purpose: Purpose, by: Id) -> Result<(), Refusal> {
    let def = record.def();
    let wrong = |why| {
        let (purpose, subject) = (purpose.def().id, record.name());
        Err(Refusal::WrongPurpose { purpose, subject, why })
    };
    let owned = |owner: Option<&Holder>, what: &str| match owner {
        Some(owner) if holder::is_behind(view, by, owner) => Ok(()),
        Some(owner) => {
            let who = holder::describe(view, owner);
            let why = format!("{what} is up to its owner, {who}");
            Err(Refusal::NoAuthority { subject: record.name(), why })
        }
        None => {
            let why = format!("{what} is up to its owner, and it has none yet");
            Err(Refusal::NoAuthority { subject: record.name(), why })
        }
    };
    match purpose {
        Purpose::Publish if !def.controlled => {
            wrong("only documents, the scope and the risk method have editions")
        }
        Purpose::Publish => match record.typed::<Document>().and_then(|it| it.approver) {
            Some(role) if !holder::roles_of(view, by).any(|(it, _)| it.head.id == role.id()) => {
                let name = view.isms.get(role.id()).map_or("", Record::title);
                let why = format!("it is approved by whoever holds the role {name}");
                Err(Refusal::NoAuthority { subject: record.name(), why })
            }
            _ => Ok(()),
        },
        Purpose::AcceptResidual | Purpose::ApproveTreatment => match record.typed::<Risk>() {
            Some(risk) => owned(
                risk.owner.as_ref(),
                match purpose {
                    Purpose::AcceptResidual => "accepting what remains of a risk",
                    _ => "approving how a risk is treated",
                },
            ),
            None => wrong("it is about risks"),
        },
        Purpose::GrantException => {
            let above = record.typed::<Risk>().and_then(|it| risk::above(view, it));
            match above.filter(|it| !it.includes(view, by)) {
                Some(it) => {
                    let who = it.describe(view);
                    let why = format!("what stays above the acceptance criteria is up to {who}");
                    Err(Refusal::NoAuthority { subject: record.name(), why })
                }
                None => Ok(()),
            }
        }
        Purpose::Review if def.field("next_review").is_none() => {
            wrong("this kind of record is not reviewed")
        }
        Purpose::Acknowledge if def.id != "document" => wrong("it is about documents"),
        Purpose::AcceptRole => match record.typed::<Role>() {
            Some(role) if holder::holders(view, role).contains(&by) => Ok(()),
            Some(_) => {
                let why = "only whoever holds the role can accept it".to_owned();
                Err(Refusal::NoAuthority { subject: record.name(), why })
            }
            None => wrong("it is about roles"),
        },
        _ => Ok(()),
    }
}

/// Keeps what is needed to judge the act later: the roles and authority of that day.
fn capture_roles(
    draft: &Draft<'_, '_>,
    act: &Assent,
    by: Id,
    approval: &mut Approval,
) -> Result<(), Refusal> {
    let view = View::new(&draft.work, draft.now.day);
    let held: Vec<(&Record, &Role)> = holder::roles_of(view, by).collect();
    let preferred = |risk: &Risk| risk.owner.map(|it| it.id());
    let owner = match act.subject {
        Subject::Record(id) => draft.work.typed::<Risk>(id).and_then(preferred),
        Subject::StatementOfApplicability => None,
    };
    let approver = match act.subject {
        Subject::Record(id) => draft.work.typed::<Document>(id).and_then(|it| it.approver),
        Subject::StatementOfApplicability => None,
    };
    let wanted = act.acting_as.or(owner).or(approver.map(|it| it.id()));
    let acting = match wanted.and_then(|id| held.iter().find(|(it, _)| it.head.id == id)) {
        Some((record, _)) => Some(record.head.id),
        None if act.acting_as.is_some() => {
            let role = act.acting_as.and_then(|it| draft.work.get(it)).map_or("", Record::title);
            let why = format!("you do not hold the role {role} today");
            return Err(Refusal::NoAuthority { subject: approval.title.clone(), why });
        }
        None => match held.as_slice() {
            [(record, _)] => Some(record.head.id),
            _ => None,
        },
    };
    approval.acting_as = acting.map(Into::into);
    approval.roles_held = held.iter().map(|(it, _)| it.head.id.into()).collect();
    approval.top_management =
        Some(held.iter().any(|(_, it)| it.carries.contains(&Carries::TopManagement)));
    approval.may_accept = held.iter().filter_map(|(_, it)| it.may_accept).max();
    Ok(())
}

#[cfg(test)]
mod tests;

/// Refuses an assent for what one of its fields says.
fn invalid(field: &str, message: String) -> Refusal {
    let problems = vec![Problem::on(field, message)];
    Refusal::Invalid { kind: Approval::ID, record: "the approval".to_owned(), problems }
}
