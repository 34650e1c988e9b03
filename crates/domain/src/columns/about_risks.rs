//! What is computed about risks: levels, evaluation, and what their owners decided.

use kinds::{approval::Purpose, risk::Risk};
use meta::{Rating, Record};

use super::{Column, about_editions};
use crate::{
    View,
    approvals::{self, State},
    risk::{self, Evaluation},
};

pub(super) static COLUMNS: &[Column] = &[
    Column {
        name: "level_inherent",
        label: "Inherent level",
        help: "The level of the risk with nothing at work against it, by the method it names.",
        text: |view, record| level(view, record, |it| it.inherent.as_deref()),
    },
    Column {
        name: "level_current",
        label: "Current level",
        help: "The level of the risk today, by the method it names.",
        text: |view, record| level(view, record, |it| it.current.as_deref()),
    },
    Column {
        name: "level_residual",
        label: "Residual level",
        help: "The level that remains after treatment, by the method it names.",
        text: |view, record| level(view, record, |it| it.residual.as_deref()),
    },
    Column {
        name: "evaluation",
        label: "Evaluation",
        help: "How the level of today stands against the acceptance criteria.",
        text: evaluation,
    },
    Column {
        name: "acceptance",
        label: "Acceptance",
        help: "Whether the owner's acceptance of what remains stands, and what changed since.",
        text: |view, record| assent(view, record, Purpose::AcceptResidual),
    },
    Column {
        name: "plan_approval",
        label: "Plan approval",
        help: "Whether the owner's approval of the treatment stands, and what changed since.",
        text: |view, record| assent(view, record, Purpose::ApproveTreatment),
    },
    about_editions::REVIEWED_ON,
    about_editions::REVIEW_DUE,
];

fn level(view: View<'_>, record: &Record, of: fn(&Risk) -> Option<&Rating>) -> String {
    let Some(risk) = record.typed::<Risk>() else { return String::new() };
    let method = risk::method_of(view, risk);
    let Some(level) = risk::level(method, of(risk)) else { return String::new() };
    let name = method.and_then(|it| it.body.level_name(level));
    name.map_or_else(|| level.to_string(), str::to_owned)
}

fn evaluation(view: View<'_>, record: &Record) -> String {
    let Some(risk) = record.typed::<Risk>() else { return String::new() };
    let method = risk::method_of(view, risk);
    let text = match risk::evaluate(method, risk::level(method, risk.current.as_deref())) {
        Evaluation::Acceptable => "acceptable",
        Evaluation::ByAuthority => "by authority",
        Evaluation::TooHigh => "too high",
        Evaluation::Unknown => "unknown",
    };
    text.to_owned()
}

/// How the newest assent for a purpose stands.
fn assent(view: View<'_>, record: &Record, purpose: Purpose) -> String {
    let Some((_, _, state)) = approvals::newest(view, record.head.id, purpose) else {
        return "none".to_owned();
    };
    match state {
        State::Valid => "valid".to_owned(),
        State::Stale(fields) => {
            let fields: Vec<String> = fields.iter().map(|it| it.replace('_', " ")).collect();
            format!("stale: {}", fields.join(", "))
        }
        State::Expired(until) => format!("ran out on {until}"),
        State::Revoked => "taken back".to_owned(),
        State::Waiting | State::Refused => "none".to_owned(),
        State::Unknown => "unknown".to_owned(),
    }
}
