//! What an edition must be: of another name, text and day than those before it.

use kinds::approval::{Approval, Decision, Purpose};
use meta::Record;

use crate::{
    Edition, Refusal, View,
    approvals::{self, State},
    command::{Assent, Subject},
    decide::draft::Draft,
};

/// Refuses an edition of a name that is taken, or that holds from a day it cannot hold from.
pub(super) fn check(draft: &Draft<'_, '_>, act: &Assent) -> Result<(), Refusal> {
    check_name_is_new(draft, act)?;
    let from = act.effective_from.unwrap_or(draft.now.day);
    if from < draft.now.day {
        let message = format!("{from} is past: an edition is in force from today at the earliest");
        return Err(super::invalid("effective_from", message));
    }
    let isms = &draft.work;
    let last = match act.subject {
        Subject::Record(id) => isms.standing_editions(id).next_back().map(|it| it.1),
        Subject::StatementOfApplicability => {
            approvals::soa_standing(isms).next_back().map(|it| it.1)
        }
    };
    if let Some((last, later)) = last.and_then(|it| Some((it, it.effective_from?)))
        && from < later
    {
        let message = format!(
            "{} is in force from {later} only, and this one comes after it: name that day or a \
             later one, or take that approval back first",
            called(last)
        );
        return Err(super::invalid("effective_from", message));
    }
    Ok(())
}

/// Refuses to publish a version of a record that is published.
pub(super) fn check_says_something_new(
    view: View<'_>,
    record: &Record,
    act: &Assent,
) -> Result<(), Refusal> {
    let same = view
        .isms
        .standing_editions(record.head.id)
        .rfind(|(it, _)| it.record.head.version == record.head.version);
    let what = format!("this version of {}", record.name());
    match same.filter(|(_, it)| !says_more(act, it)) {
        Some((_, last)) => Err(published(view, (&what, "the record"), last)),
        None => Ok(()),
    }
}

/// Refuses to publish the statement where its newest edition says the same.
pub(super) fn check_statement_says_something_new(
    view: View<'_>,
    act: &Assent,
) -> Result<(), Refusal> {
    let last = approvals::soa_standing(view.isms).next_back();
    let same = last.filter(|(record, it)| approvals::state(view, record, it) == State::Valid);
    match same.filter(|(_, it)| !says_more(act, it)) {
        Some((_, last)) => Err(published(view, ("the statement as it stands", "a row"), last)),
        None => Ok(()),
    }
}

/// Refuses the name of another edition than the one that is acknowledged.
pub(super) fn check_is_in_force(
    view: View<'_>,
    act: &Assent,
    in_force: Option<&Edition>,
) -> Result<(), Refusal> {
    let Some(named) = act.edition.as_deref() else { return Ok(()) };
    let approval = in_force.and_then(|it| view.isms.typed::<Approval>(it.approval));
    let message = match approval.and_then(|it| it.edition.as_deref()) {
        Some(name) if name.trim() == named.trim() => return Ok(()),
        Some(name) => format!("the edition in force is `{name}`: name that one, or none"),
        None => "there is no edition of that name in force: name none".to_owned(),
    };
    Err(super::invalid("edition", message))
}

/// Refuses a name that another edition of the same subject has: it would be found by that name no more.
fn check_name_is_new(draft: &Draft<'_, '_>, act: &Assent) -> Result<(), Refusal> {
    let Some(name) = act.edition.as_deref().map(str::trim) else { return Ok(()) };
    let is_same = |it: &Approval| {
        let about = match act.subject {
            Subject::Record(id) => it.subject.is_some_and(|it| it.id() == id),
            Subject::StatementOfApplicability => {
                it.paper.as_deref() == Some(approvals::STATEMENT_OF_APPLICABILITY)
            }
        };
        about
            && it.purpose == Some(Purpose::Publish)
            && it.decision.is_some_and(|it| it != Decision::Refused)
            && it.edition.as_deref() == Some(name)
    };
    if !draft.work.all::<Approval>().any(|(_, it)| is_same(it)) {
        return Ok(());
    }
    let message = format!("there is an edition `{name}` already: give this one another name");
    Err(super::invalid("edition", message))
}

/// Whether a publication of the same words says more than the one before: it holds longer, or names
/// what had no name.
fn says_more(act: &Assent, last: &Approval) -> bool {
    let lasts_longer = |end| act.good_until.is_none_or(|it| it > end);
    last.good_until.is_some_and(lasts_longer) || last.edition.is_none() && act.edition.is_some()
}

fn published(view: View<'_>, (what, it): (&str, &str), last: &Approval) -> Refusal {
    let since = match last.effective_from.filter(|it| *it > view.day) {
        Some(from) => format!("is published already and comes into force on {from}"),
        None => "is in force already".to_owned(),
    };
    let what = format!("{} of {what} {since}: change {it} first", called(last));
    Refusal::Already { what }
}

fn called(last: &Approval) -> String {
    last.edition.as_deref().map_or_else(|| "the edition".to_owned(), |it| format!("edition `{it}`"))
}
