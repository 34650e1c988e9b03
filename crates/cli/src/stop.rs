//! Why the program stops: one sentence and an exit code.

use std::error::Error;

use domain::Refusal;

/// A request that cannot be granted: exit code 1.
#[derive(Debug)]
pub struct Refused(String);

/// Stops with a sentence that says what, where and what to do.
pub fn refused(sentence: impl Into<String>) -> anyhow::Error {
    Refused(sentence.into()).into()
}

/// The exit code for an error: 1 for a refusal, 2 for a failure.
pub fn code(err: &anyhow::Error) -> u8 {
    let is_refusal = err.is::<Refused>()
        || err.is::<exchange::Error>()
        || err.downcast_ref::<app::Error>().is_some_and(is_refusal);
    if is_refusal { 1 } else { 2 }
}

/// The error in one line: its sentence, and what caused it.
pub fn sentence(err: &anyhow::Error) -> String {
    if let Some(exchange::Error::Faults(_) | exchange::Error::Conflicts(_)) = err.downcast_ref() {
        // One line for each thing that is wrong in a file.
        return err.to_string();
    }
    let mut text = err.to_string();
    if let Some(app::Error::Refused { refusal, .. }) = err.downcast_ref()
        && let Some(how) = way_out(refusal)
    {
        text.push_str(&format!(": {how}"));
    }
    let mut source: Option<&dyn Error> = match err.downcast_ref::<app::Error>() {
        Some(app::Error::Store(err)) => err.source(),
        Some(app::Error::Ledger(err)) => err.source(),
        _ => err.source(),
    };
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    one_line(&text)
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Refused {}

/// What is wrong with a ledger, a bundle or a kept checkpoint is an answer, not a failure.
fn is_refusal(err: &app::Error) -> bool {
    match err {
        app::Error::Ledger(err) => {
            !matches!(**err, ledger::Error::Io(_) | ledger::Error::Source(_))
        }
        err => err.is_refusal(),
    }
}

/// What to type, where a refusal leaves that open.
fn way_out(refusal: &Refusal) -> Option<String> {
    match refusal {
        Refusal::UnknownKind { .. } => Some("`muniment list` shows them".to_owned()),
        Refusal::Withdrawn { record } => Some(format!("`muniment reinstate {record}`")),
        Refusal::OnlyByPublishing { record, .. } => {
            Some(format!("`muniment approve {record} --purpose publish`"))
        }
        Refusal::NeedsReason { .. } | Refusal::LeftOut { .. } => {
            Some("add --reason \"…\"".to_owned())
        }
        Refusal::NeedsPerson => Some("name one with --as PERSON".to_owned()),
        _ => None,
    }
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}
