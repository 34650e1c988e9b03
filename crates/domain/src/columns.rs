//! Columns that are computed from other records: lists, filters and exports treat them as fields
//! that cannot be edited.

mod about_controls;
mod about_duties;
mod about_editions;
mod about_risks;

use meta::{Link, Record};

use crate::{
    View,
    text::{self, Links},
};

/// A column of a list that is computed.
#[derive(Debug)]
pub struct Column {
    /// Its name, as in filters and exports.
    pub name: &'static str,
    /// Its heading.
    pub label: &'static str,
    /// What it shows, in one sentence.
    pub help: &'static str,
    /// The kinds it reads beside the record itself: what was kept of it holds until one of them
    /// changes, or the day does.
    pub reads: &'static [&'static str],
    /// Its place in an order that its text does not show, such as that of levels.
    pub rank: Option<fn(View<'_>, &Record) -> Option<i64>>,
    /// Makes its text for a record; empty where there is nothing to show.
    pub text: fn(View<'_>, &Record) -> String,
}

/// The computed columns of a kind, in the order of lists.
pub fn columns(kind: &str) -> &'static [Column] {
    match kind {
        "risk" => about_risks::COLUMNS,
        "control" => about_controls::COLUMNS,
        "action" => about_duties::OF_ACTIONS,
        "role" => about_duties::OF_ROLES,
        "person" => about_duties::OF_PERSONS,
        "document" | "scope" | "risk_method" => about_editions::OF_CONTROLLED,
        _ => match kinds::kind(kind).and_then(|it| it.field("next_review")) {
            Some(_) => about_editions::OF_REVIEWED,
            None => &[],
        },
    }
}

/// The computed column of a kind with this name.
pub fn column(kind: &str, name: &str) -> Option<&'static Column> {
    columns(kind).iter().find(|it| it.name == name)
}

/// A record by its title, a control by its reference.
fn title(view: View<'_>, record: &Record) -> String {
    text::of_link(view.isms, Link::to(record.head.id), Links::Titles)
}

#[cfg(test)]
mod tests;
