//! Recorded answers: the determinations that hold, and whether a text says anything.

use kinds::determination::{Answer, Determination, Lifecycle, Question};
use meta::{Markdown, Record};

use crate::conformity::{Chain, due};

/// The newest answer to a question that a person gave and that still holds on the day of the run.
pub(super) fn answer<'a>(
    chain: &Chain<'a>,
    question: Question,
    is_meant: impl Fn(&Determination) -> bool,
) -> Option<(&'a Record, &'a Determination)> {
    chain
        .own::<Determination>()
        .filter(|(_, it)| it.question == Some(question) && is_meant(it))
        .filter(|(record, it)| holds(chain, record, it))
        .max_by_key(|(_, it)| it.decided_on)
}

/// The answer that a register is empty on purpose.
pub(super) fn deliberately_empty<'a>(chain: &Chain<'a>, register: &str) -> Option<&'a Record> {
    let is_meant = |it: &Determination| {
        it.register.as_deref() == Some(register) && it.answer == Some(Answer::Yes)
    };
    Some(answer(chain, Question::RegisterEmpty, is_meant)?.0)
}

/// Whether a determination was decided, holds on the day of the run and is not overdue for another
/// look.
pub(super) fn holds(chain: &Chain<'_>, record: &Record, it: &Determination) -> bool {
    record.head.stage == Lifecycle::Decided as u8
        && it.holds_on(chain.view.day)
        && it.by.is_some()
        && says(it.rationale.as_ref())
        && due::review(chain, record, it.last_reviewed.or(it.decided_on), it.cadence)
            .is_none_or(|due| due >= chain.view.day)
}

/// Whether a text is more than blanks.
pub(super) fn says(text: Option<&Markdown>) -> bool {
    text.is_some_and(|it| !it.0.trim().is_empty())
}

/// Whether a short text is more than blanks.
pub(super) fn names(text: Option<&String>) -> bool {
    text.is_some_and(|it| !it.trim().is_empty())
}
