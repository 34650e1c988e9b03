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
        reads: &["approval", "risk_method"],
        rank: Some(|view, record| rank(view, record, |it| it.inherent.as_deref())),
        text: |view, record| level(view, record, |it| it.inherent.as_deref()),
    },
    Column {
        name: "level_current",
        label: "Current level",
        help: "The level of the risk today, by the method it names.",
        reads: &["approval", "risk_method"],
        rank: Some(|view, record| rank(view, record, |it| it.current.as_deref())),
        text: |view, record| level(view, record, |it| it.current.as_deref()),
    },
    Column {
        name: "level_residual",
        label: "Residual level",
        help: "The level that remains after treatment, by the method it names.",
        reads: &["approval", "risk_method"],
        rank: Some(|view, record| rank(view, record, |it| it.residual.as_deref())),
        text: |view, record| level(view, record, |it| it.residual.as_deref()),
    },
    Column {
        name: "evaluation",
        label: "Evaluation",
        help: "How the level of today stands against the acceptance criteria.",
        reads: &["approval", "risk_method"],
        rank: Some(evaluation_rank),
        text: evaluation,
    },
    Column {
        name: "acceptance",
        label: "Acceptance",
        help: "Whether the owner's acceptance of what remains stands, and what changed since.",
        reads: &["action", "approval"],
        rank: None,
        text: |view, record| assent(view, record, Purpose::AcceptResidual),
    },
    Column {
        name: "plan_approval",
        label: "Plan approval",
        help: "Whether the owner's approval of the treatment stands, and what changed since.",
        reads: &["action", "approval"],
        rank: None,
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

fn rank(view: View<'_>, record: &Record, of: fn(&Risk) -> Option<&Rating>) -> Option<i64> {
    let risk = record.typed::<Risk>()?;
    risk::level(risk::method_of(view, risk), of(risk))
}

fn evaluation(view: View<'_>, record: &Record) -> String {
    let text = match evaluate(view, record) {
        Some(Evaluation::Acceptable) => "acceptable",
        Some(Evaluation::ByAuthority) => "by authority",
        Some(Evaluation::TooHigh) => "too high",
        Some(Evaluation::Unknown) => "unknown",
        None => "",
    };
    text.to_owned()
}

fn evaluation_rank(view: View<'_>, record: &Record) -> Option<i64> {
    match evaluate(view, record)? {
        Evaluation::Acceptable => Some(1),
        Evaluation::ByAuthority => Some(2),
        Evaluation::TooHigh => Some(3),
        Evaluation::Unknown => None,
    }
}

fn evaluate(view: View<'_>, record: &Record) -> Option<Evaluation> {
    let risk = record.typed::<Risk>()?;
    let method = risk::method_of(view, risk);
    Some(risk::evaluate(method, risk::level(method, risk.current.as_deref())))
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
