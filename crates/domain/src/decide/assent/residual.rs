//! For how long what remains of a risk may be accepted.

use kinds::{approval::Purpose, risk::Risk};
use meta::Record;

use crate::{Refusal, View, command::Assent, risk};

/// Refuses to accept what remains of a risk for longer than its method allows, or without an end.
pub(super) fn check(view: View<'_>, record: &Record, act: &Assent) -> Result<(), Refusal> {
    if !matches!(act.purpose, Purpose::AcceptResidual | Purpose::GrantException) {
        return Ok(());
    }
    let latest = record.typed::<Risk>().and_then(|it| risk::accepted_until(view, it));
    let Some(latest) = latest.filter(|it| act.good_until.is_none_or(|day| day > *it)) else {
        return Ok(());
    };
    let name = record.name();
    let message = match act.good_until {
        Some(day) => format!(
            "{day} is too late for {name}: the method lets it be accepted until {latest} at most"
        ),
        None => {
            format!("say until when {name} is accepted: the method allows until {latest} at most")
        }
    };
    Err(super::invalid("good_until", message))
}
