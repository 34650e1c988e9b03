//! Four eyes: whoever had a hand in what is published does not publish it. It is wanted by the
//! organization's parameter, or by a document; a risk owner's own acceptance is never held to it.

use kinds::{document::Document, membership::Profile};
use meta::{Id, Record};

use crate::{Refusal, View, access::with_profile, approvals, command::Subject, holder, parameters};

/// So many are named whom to ask instead.
const NAMED: usize = 2;

/// Refuses a publication by somebody who is an author of what is published, or changed anything of
/// it since its last edition.
///
/// # Errors
/// What they did, and who may publish it instead.
pub fn check(view: View<'_>, subject: Subject, by: Id) -> Result<(), Refusal> {
    if !is_wanted(view, subject) {
        return Ok(());
    }
    let Some(why) = hand(view, subject, by, by) else { return Ok(()) };
    let mut ask: Vec<&str> = publishers(view, subject)
        .into_iter()
        .filter(|it| it.head.id != by && hand(view, subject, it.head.id, by).is_none())
        .map(Record::title)
        .collect();
    ask.truncate(NAMED);
    Err(Refusal::FourEyes { why, ask: ask.into_iter().map(str::to_owned).collect() })
}

fn is_wanted(view: View<'_>, subject: Subject) -> bool {
    let asks = match subject {
        Subject::Record(id) => view.isms.typed::<Document>(id).and_then(|it| it.four_eyes),
        Subject::StatementOfApplicability => None,
    };
    asks == Some(true) || parameters::is_set(view.isms, "four_eyes.publish")
}

/// What a person did to what is to be published; what is being changed this moment is by `acting`.
fn hand(view: View<'_>, subject: Subject, person: Id, acting: Id) -> Option<String> {
    let isms = view.isms;
    let changed = |id: Id, since: u64| {
        isms.changes_after(id, since).any(|at| match isms.moment(at) {
            Some(moment) => moment.actor == Some(person),
            None => person == acting,
        })
    };
    let since = |published: bool| if published { " since its last edition" } else { "" };
    match subject {
        Subject::Record(id) => {
            let record = isms.get(id)?;
            let name = record.name();
            let document = record.typed::<Document>();
            if document.is_some_and(|it| it.authors.iter().any(|it| it.id() == person)) {
                return Some(format!("you are among the authors of {name}"));
            }
            let last = isms.standing_editions(id).next_back();
            let published = last.as_ref().map_or(0, |it| it.0.record.head.changed);
            changed(id, published).then(|| format!("you changed {name}{}", since(published > 0)))
        }
        Subject::StatementOfApplicability => {
            let last = approvals::soa_standing(isms).next_back();
            let published = last.map_or(0, |it| approvals::decided_at(it.0));
            let row = isms.rows("control").find(|it| changed(it.head.id, published))?;
            let since = since(published > 0);
            Some(format!("you changed {} of the Statement of Applicability{since}", row.name()))
        }
    }
}

/// The persons who may publish it: whoever holds the role that a document names, else those who
/// approve for the organization.
fn publishers<'a>(view: View<'a>, subject: Subject) -> Vec<&'a Record> {
    let role = match subject {
        Subject::Record(id) => view.isms.typed::<Document>(id).and_then(|it| it.approver),
        Subject::StatementOfApplicability => None,
    };
    if let Some(role) = role.and_then(|it| view.isms.follow(&it)) {
        let holders = holder::holders(view, role);
        return holders.into_iter().filter_map(|it| view.isms.get(it)).collect();
    }
    let mut found: Vec<&Record> = Vec::new();
    for profile in [Profile::TopManagement, Profile::IsmsManager] {
        for person in with_profile(view, profile) {
            if !found.iter().any(|it| it.head.id == person.head.id) {
                found.push(person);
            }
        }
    }
    found
}
