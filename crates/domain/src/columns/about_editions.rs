//! What is computed about editions and reviews.

use jiff::civil::Date;
use kinds::approval::{Approval, Purpose};
use meta::{Cell, Record};

use super::Column;
use crate::{View, approvals};

pub(super) static OF_CONTROLLED: &[Column] = &[
    Column {
        name: "edition_in_force",
        label: "Edition in force",
        help: "The edition that readers and checks see on the day, and since when.",
        reads: &["approval"],
        rank: None,
        text: edition_in_force,
    },
    REVIEWED_ON,
    REVIEW_DUE,
];

pub(super) static OF_REVIEWED: &[Column] = &[REVIEWED_ON, REVIEW_DUE];

pub(super) const REVIEWED_ON: Column = Column {
    name: "reviewed_on",
    label: "Reviewed on",
    help: "The day somebody last looked at it: by a review, or as typed into it.",
    reads: &["approval"],
    rank: None,
    text: |view, record| {
        let reviewed = approvals::newest(view, record.head.id, Purpose::Review);
        written(reviewed.and_then(|it| it.1.decided_on).max(day(record, "last_reviewed")))
    },
};

pub(super) const REVIEW_DUE: Column = Column {
    name: "review_due",
    label: "Review due",
    help: "The day on which it must be looked at again: by the newest review, or as typed into it.",
    reads: &["approval"],
    rank: None,
    text: |view, record| written(approvals::next_review(view, record)),
};

fn edition_in_force(view: View<'_>, record: &Record) -> String {
    let Some(edition) = view.isms.in_force(record.head.id, view.day) else {
        return String::new();
    };
    let approval = view.isms.typed::<Approval>(edition.approval);
    let label = edition.record.cell("edition_label").text().map(str::to_owned);
    let name = approval.and_then(|it| it.edition.clone()).or(label);
    let name = name.unwrap_or_else(|| edition.record.head.version.to_string());
    match approval.and_then(|it| it.effective_from) {
        Some(from) => format!("{name} since {from}"),
        None => name,
    }
}

fn day(record: &Record, field: &str) -> Option<Date> {
    match record.cell(field) {
        Cell::Day(day) => Some(day),
        _ => None,
    }
}

fn written(day: Option<Date>) -> String {
    day.map_or_else(String::new, |it| it.to_string())
}
