//! What is done on the page of a round: looking at risks, deciding, closing; each in one commit.

use std::num::NonZeroU32;

use axum::http::StatusCode;
use domain::{
    Command, Step,
    access::{Act, On},
    command::{Assent, Edit, Subject},
    risk,
    round::Taken,
};
use jiff::civil::Date;
use kinds::approval::Purpose;
use meta::{Link, Provenance, Record};
use serde_json::{Map, json};

use super::{here, rate, taken};
use crate::{Answer, Ask, Problem, pages::records::waiting, words};

/// Records what was said to be still true, and what was rated anew.
pub(super) fn look(ask: &Ask) -> Result<Answer, Problem> {
    let here = here(ask)?;
    let all = taken(ask, &here);
    let mut steps = Vec::new();
    let (mut still, mut rated) = (0, 0);
    for it in all.iter().filter(|it| it.record.is_live()) {
        match rate::read(ask, it) {
            Ok(ratings) if !ratings.is_empty() => {
                let mut fields =
                    Map::from_iter([("round".to_owned(), json!(here.record.head.id.to_string()))]);
                for (stand, rating) in ratings {
                    fields.insert(stand.id().to_owned(), json!(rating));
                }
                if let Some(method) = edition(ask) {
                    fields.insert("method".to_owned(), json!(method.to_string()));
                }
                steps.push(Step::Edit(Edit {
                    record: it.record.head.id,
                    version: seen(ask, it.record),
                    fields,
                    extras: None,
                    provenance: Provenance::Person,
                }));
                rated += 1;
            }
            Ok(_) if is_ticked(ask, "still", it) && (it.older || it.risk.current.is_none()) => {
                let name = it.record.name();
                let trouble = match it.older {
                    true => format!(
                        "{name} is rated by an older edition of the method, so rate it anew by the \
                         one in force"
                    ),
                    false => format!("nobody rated {name} yet, so rate it first"),
                };
                return super::page(ask, Some((trouble, StatusCode::UNPROCESSABLE_ENTITY)));
            }
            Ok(_) if is_ticked(ask, "still", it) => {
                steps.push(assent(ask, it.record, Purpose::Review)?);
                still += 1;
            }
            Ok(_) => {}
            Err(Problem::Wrong(sentence)) => {
                return super::page(ask, Some((sentence, StatusCode::UNPROCESSABLE_ENTITY)));
            }
            Err(problem) => return Err(problem),
        }
    }
    let said = match (still, rated) {
        (0, 0) => String::new(),
        (still, 0) => format!("{} still true.", words::count(still, "risk is", "risks are")),
        (0, rated) => format!("{} rated anew.", words::count(rated, "risk is", "risks are")),
        (still, rated) => format!(
            "{} still true, {rated} rated anew.",
            words::count(still, "risk is", "risks are")
        ),
    };
    send(ask, steps, said, "tick the risks that are still true, or rate some anew")
}

/// Approves treatments and accepts what remains, for the risks that whoever asks owns or may accept.
pub(super) fn decide(ask: &Ask) -> Result<Answer, Problem> {
    let here = here(ask)?;
    let all = taken(ask, &here);
    let mut steps = Vec::new();
    let (mut treatments, mut residuals, mut above) = (0, 0, 0);
    for it in &all {
        if is_ticked(ask, "treatment", it) {
            steps.push(assent(ask, it.record, Purpose::ApproveTreatment)?);
            treatments += 1;
        }
        if is_ticked(ask, "residual", it) {
            steps.push(assent(ask, it.record, Purpose::AcceptResidual)?);
            residuals += 1;
        }
        if is_ticked(ask, "above", it) {
            steps.push(assent(ask, it.record, Purpose::GrantException)?);
            above += 1;
        }
    }
    let mut said = format!(
        "You approved {} and accepted what remains of {}.",
        words::count(treatments, "treatment", "treatments"),
        words::count(residuals, "risk", "risks")
    );
    if above > 0 {
        let risks = words::count(above, "risk", "risks");
        said.push_str(&format!(" You let {risks} stay above the acceptance criteria."));
    }
    send(ask, steps, said, "tick what you decide on")
}

/// Closes the round: its results are what the ledger holds now.
pub(super) fn close(ask: &Ask) -> Result<Answer, Problem> {
    let here = here(ask)?;
    ask.must(Act::Move, On::Record(here.record))?;
    let wrong = |it: &str| format!("`{it}` is not a day: write it like 2026-03-31");
    let until = match ask.form.said("until") {
        None => ask.day(),
        Some(typed) => match typed.parse::<Date>() {
            Ok(day) => day,
            Err(_) => {
                return super::page(ask, Some((wrong(typed), StatusCode::UNPROCESSABLE_ENTITY)));
            }
        },
    };
    let mut fields = Map::from_iter([
        ("period_until".to_owned(), json!(until.to_string())),
        ("position".to_owned(), json!(ask.isms().position())),
    ]);
    if let Some(summary) = ask.form.said("summary") {
        fields.insert("summary".to_owned(), json!(summary));
    }
    let id = here.record.head.id;
    let version = ask.form.said("version").and_then(|it| it.parse().ok());
    let edit = Edit { record: id, version, fields, extras: None, provenance: Provenance::Person };
    let reason = ask.form.said("left_out").map(str::to_owned);
    let closed = Step::Move { record: id, version: None, to: "closed".to_owned(), reason };
    let said = format!("{} is closed.", here.record.title());
    send(ask, vec![Step::Edit(edit), closed], said, "")
}

fn send(ask: &Ask, steps: Vec<Step>, said: String, nothing: &str) -> Result<Answer, Problem> {
    if steps.is_empty() {
        return super::page(ask, Some((nothing.to_owned(), StatusCode::UNPROCESSABLE_ENTITY)));
    }
    match ask.execute(Command { note: None, steps }) {
        Ok(receipt) => {
            let to = ask.to(&format!("/round/{}", ask.param("number")));
            Ok(Answer::done(to, said, Some(receipt.seq)))
        }
        Err(problem @ Problem::Refused { .. }) => {
            let status = problem.status();
            super::page(ask, Some((problem.sentence(), status)))
        }
        Err(problem) => Err(problem),
    }
}

fn is_ticked(ask: &Ask, name: &str, it: &Taken<'_>) -> bool {
    let number = it.record.head.number.to_string();
    ask.form.all(name).any(|it| it == number)
}

fn assent(ask: &Ask, record: &Record, purpose: Purpose) -> Result<Step, Problem> {
    let accepts = matches!(purpose, Purpose::AcceptResidual | Purpose::GrantException);
    let good_until = match ask.form.said("good_until").filter(|_| accepts) {
        None => None,
        Some(typed) => Some(typed.parse().map_err(|_| {
            Problem::Wrong(format!("`{typed}` is not a day: write it like 2026-03-31"))
        })?),
    };
    let asked = waiting(ask, record).find(|it| it.1.purpose == Some(purpose));
    Ok(Step::Assent(Assent {
        version: seen(ask, record),
        comment: ask.form.said("comment").map(str::to_owned),
        good_until,
        ..Assent::new(
            asked.map_or_else(app::fresh_id, |it| it.0.head.id),
            purpose,
            Subject::Record(record.head.id),
        )
    }))
}

/// The version that was on screen.
fn seen(ask: &Ask, record: &Record) -> Option<u32> {
    ask.form.said(&format!("v.{}", record.head.number)).and_then(|it| it.parse().ok())
}

/// The edition of the method in force, as risks name it.
fn edition(ask: &Ask) -> Option<Link> {
    let method = risk::method(ask.view())?;
    let head = &method.record.head;
    let edition = NonZeroU32::new(head.version).filter(|_| method.in_force);
    Some(Link { id: head.id, edition })
}
