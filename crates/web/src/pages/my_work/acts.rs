//! What is said of many records at once: each form is one commit, and one undo.

use domain::{
    Command, Step,
    command::{Assent, Subject},
};
use kinds::approval::Purpose;
use meta::Record;

use crate::{Answer, Ask, Problem, carry, words};

/// Reviewed, still true: for all that were chosen.
pub(super) fn review(ask: &Ask) -> Result<Answer, Problem> {
    let step = |it: &Record| {
        Step::Assent(Assent::new(app::fresh_id(), Purpose::Review, Subject::Record(it.head.id)))
    };
    all(ask, "review", step, |count| match count {
        1 => "It is still true, by your word.".to_owned(),
        count => format!("{count} records are still true, by your word."),
    })
}

/// Makes proposals one's own: all that were chosen.
pub(super) fn confirm(ask: &Ask) -> Result<Answer, Problem> {
    let step = |it: &Record| Step::Confirm { record: it.head.id };
    all(ask, "confirm", step, |count| {
        format!("{} yours now.", words::count(count, "record is", "records are"))
    })
}

fn all(
    ask: &Ask,
    action: &str,
    step: impl Fn(&Record) -> Step,
    said: impl Fn(usize) -> String,
) -> Result<Answer, Problem> {
    let chosen: Vec<&str> = match ask.form.said("only") {
        Some(only) => vec![only],
        None => ask.form.all("record").collect(),
    };
    if chosen.is_empty() {
        let other =
            ask.form.said("back").filter(|it| carry::is_local(it) && *it != ask.to("/work"));
        return match other {
            Some(back) => Ok(Answer::done(back, "Choose at least one record first.", None)),
            None => super::page(ask, Some(action)),
        };
    }
    let mut steps = Vec::new();
    for text in chosen {
        let id = text.parse().map_err(|_| Problem::NotFound)?;
        steps.push(step(ask.sight().get(id).ok_or(Problem::NotFound)?));
    }
    let count = steps.len();
    let receipt = ask.execute(Command { note: None, steps })?;
    let back = ask.form.said("back").filter(|it| carry::is_local(it));
    let back = back.map_or_else(|| ask.to("/work"), str::to_owned);
    Ok(Answer::done(back, said(count), Some(receipt.seq)))
}
