//! How much waits for a person in an organization.

use std::collections::BTreeSet;

use domain::{View, approvals, holder};
use kinds::{action::Action, approval::Approval};
use meta::{Id, Record};

/// How much waits for a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Waiting {
    /// What should have been done before today.
    pub(super) late: usize,
    /// What can be done now: what is late, what is asked, and actions that are open.
    pub(super) open: usize,
}

impl Waiting {
    /// What is late weighs more than what is open.
    pub(super) fn order(self) -> (usize, usize) {
        (self.late, self.open)
    }
}

/// How much waits for a person, themselves or in a role they hold. Looks at the records that link
/// to them only.
pub(super) fn of(view: View<'_>, person: Id) -> Waiting {
    let roles = holder::roles_of(view, person).map(|it| it.0.head.id);
    let stands: BTreeSet<Id> = roles.chain([person]).collect();
    let sources: BTreeSet<Id> =
        stands.iter().flat_map(|it| view.isms.links_to(*it)).map(|it| it.source).collect();
    let mut waiting = Waiting::default();
    let records = sources.iter().filter_map(|it| view.isms.get(*it)).filter(|it| it.is_live());
    for record in records {
        if let Some(is_late) = waits(view, record, &stands) {
            waiting.open += 1;
            waiting.late += usize::from(is_late);
        }
    }
    waiting
}

/// Whether a record waits for somebody among these, and then whether it is late.
fn waits(view: View<'_>, record: &Record, stands: &BTreeSet<Id>) -> Option<bool> {
    let names = |field: &str| {
        let mut found = false;
        record.cell(field).links(&mut |link| found |= stands.contains(&link.id));
        found
    };
    if let Some(approval) = record.typed::<Approval>() {
        let asked = record.stage().id == "asked" && names("asked_of");
        return asked.then_some(approval.answer_by.is_some_and(|it| it < view.day));
    }
    if let Some(action) = record.typed::<Action>() {
        let open = !record.stage().ended && action.done_on.is_none() && names("owner");
        return open.then_some(action.due.is_some_and(|it| it < view.day));
    }
    let review = approvals::next_review(view, record).filter(|it| *it <= view.day)?;
    names("owner").then_some(review < view.day)
}
