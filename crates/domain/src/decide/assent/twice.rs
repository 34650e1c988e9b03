//! What was said or asked once is not said or asked again while it stands.

use kinds::approval::{Approval, Decision, Lifecycle, Purpose};
use meta::{Choice, Id, Record};

use crate::{
    Isms, Refusal, View,
    approvals::{self, State},
    command::Assent,
};

/// Refuses an assent that the same person gave to the same content, where giving it again says
/// nothing more. One that answers a request is an answer.
pub(super) fn check(view: View<'_>, record: &Record, act: &Assent, by: Id) -> Result<(), Refusal> {
    let once = matches!(act.purpose, Purpose::Acknowledge | Purpose::AcceptRole);
    if !once || act.decision == Decision::Refused || view.isms.get(act.id).is_some() {
        return Ok(());
    }
    let mut given = view.isms.sources::<Approval>(record.head.id).filter(|(row, it)| {
        row.stage().id == "given"
            && it.purpose == Some(act.purpose)
            && it.by.is_some_and(|it| it.id() == by)
            && it.subject.is_some_and(|it| it.id() == record.head.id)
            && approvals::state(view, row, it) == State::Valid
    });
    let Some((row, last)) = given.next() else { return Ok(()) };
    let on = last.decided_on.map_or_else(String::new, |it| format!(" on {it}"));
    let name = record.name();
    let what = match act.purpose {
        Purpose::Acknowledge => {
            format!("you acknowledged this edition of {name}{on} ({})", row.name())
        }
        _ => format!("you accepted {name}{on} ({}), and it is as it was", row.name()),
    };
    Err(Refusal::Already { what })
}

/// Refuses to ask somebody for what they are asked for, and have not answered.
pub(in crate::decide) fn check_is_asked_once(isms: &Isms, record: &Record) -> Result<(), Refusal> {
    let asked = |it: &Record| it.head.stage == Lifecycle::Asked as u8 && it.is_live();
    let Some(it) = record.typed::<Approval>().filter(|_| asked(record)) else { return Ok(()) };
    let Some(holder) = it.asked_of else { return Ok(()) };
    let about = |it: &Approval| (it.purpose, it.subject.map(|it| it.id()), it.paper.clone());
    let mut others = isms.sources::<Approval>(holder.id()).filter(|(row, other)| {
        asked(row)
            && row.head.id != record.head.id
            && other.asked_of.is_some_and(|it| it.id() == holder.id())
            && about(other) == about(it)
    });
    let Some((row, other)) = others.next() else { return Ok(()) };
    let whom = isms.get(holder.id()).map_or("somebody", Record::title);
    let since = other.asked_on.map_or_else(String::new, |it| format!(" since {it}"));
    let purpose = it.purpose.map_or("this", |it| it.def().label).to_lowercase();
    let what = format!("{whom} is asked for this already ({purpose}, {}{since})", row.name());
    Err(Refusal::Already { what })
}
