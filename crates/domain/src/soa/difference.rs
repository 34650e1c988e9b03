//! What changed in the statement between two points.

use std::collections::BTreeMap;

use kinds::control::Control;
use meta::Id;

use super::{Applicability, Implementation, SoaRow, statement};
use crate::View;

/// A control that changed between two statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChange {
    /// Its reference, such as `A.5.1`.
    pub reference: String,
    /// Its title, as it is now.
    pub title: String,
    /// Its record, to ask the ledger who changed it and why; `None` where it has none.
    pub record: Option<Id>,
    /// What changed, in the order of [`Part`].
    pub parts: Vec<PartChange>,
}

/// One part of a row that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartChange {
    /// Which.
    pub part: Part,
    /// What it said before; empty if nothing.
    pub before: String,
    /// What it says now; empty if nothing.
    pub after: String,
}

/// A part of a row of the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Whether the row is there at all.
    Row,
    /// Whether the control is included.
    Applicability,
    /// Whether it is implemented.
    Status,
    /// Why it is included.
    Justification,
    /// Why it is excluded.
    Exclusion,
    /// The kinds of reason to include it.
    Reasons,
    /// The records that call for it.
    Drivers,
}

impl Part {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Applicability => "applicability",
            Self::Status => "status",
            Self::Justification => "justification",
            Self::Exclusion => "reason to exclude",
            Self::Reasons => "reasons",
            Self::Drivers => "drivers",
        }
    }
}

/// Which controls changed in applicability, status, justification, reasons or drivers between two
/// points, in the order of the later statement; those that went are last.
pub fn diff(before: View<'_>, after: View<'_>) -> Vec<RowChange> {
    let (old, new) = (statement(before).rows, statement(after).rows);
    let ids = records(before).into_iter().chain(records(after)).collect::<BTreeMap<_, _>>();
    let mut gone: BTreeMap<&str, &SoaRow> =
        old.iter().map(|it| (it.reference.as_str(), it)).collect();
    let change = |row: &SoaRow, parts: Vec<PartChange>| RowChange {
        reference: row.reference.clone(),
        title: row.title.clone(),
        record: ids.get(&row.reference).copied(),
        parts,
    };
    let mut changes = Vec::new();
    for row in &new {
        let parts = match gone.remove(row.reference.as_str()) {
            Some(was) => compare(was, row),
            None => vec![PartChange {
                part: Part::Row,
                before: String::new(),
                after: applicability(row.applicability).to_owned(),
            }],
        };
        if !parts.is_empty() {
            changes.push(change(row, parts));
        }
    }
    let left = old.iter().filter(|it| gone.contains_key(it.reference.as_str()));
    changes.extend(left.map(|row| {
        let before = applicability(row.applicability).to_owned();
        change(row, vec![PartChange { part: Part::Row, before, after: String::new() }])
    }));
    changes
}

/// The records behind the rows of a statement, by the reference of the row.
pub fn records(view: View<'_>) -> BTreeMap<String, Id> {
    let controls = view.isms.live::<Control>();
    controls
        .map(|(record, it)| {
            let known = it.annex_a().map(|it| it.id.to_owned());
            let name = known.or_else(|| it.reference.clone()).unwrap_or_else(|| record.name());
            (name, record.head.id)
        })
        .collect()
}

fn compare(old: &SoaRow, new: &SoaRow) -> Vec<PartChange> {
    let drivers = |row: &SoaRow| {
        let each = row.drivers.iter().map(|it| format!("{} {}", it.number, it.title));
        each.collect::<Vec<_>>().join("; ")
    };
    let numbers = |row: &SoaRow| row.drivers.iter().map(|it| it.number.clone()).collect::<Vec<_>>();
    let status = |row: &SoaRow| match row.applicability {
        Applicability::Included => implementation(row.implementation).to_owned(),
        Applicability::Excluded | Applicability::Undecided => String::new(),
    };
    let mut parts: Vec<PartChange> = [
        (
            Part::Applicability,
            applicability(old.applicability).to_owned(),
            applicability(new.applicability).to_owned(),
        ),
        (Part::Status, status(old), status(new)),
        (Part::Justification, old.justification.clone(), new.justification.clone()),
        (Part::Exclusion, old.exclusion.clone(), new.exclusion.clone()),
        (Part::Reasons, old.reasons.join("; "), new.reasons.join("; ")),
    ]
    .into_iter()
    .filter(|(_, before, after)| before != after)
    .map(|(part, before, after)| PartChange { part, before, after })
    .collect();
    // A driver that was only renamed is the same driver.
    if numbers(old) != numbers(new) {
        let (before, after) = (drivers(old), drivers(new));
        parts.push(PartChange { part: Part::Drivers, before, after });
    }
    parts
}

fn applicability(it: Applicability) -> &'static str {
    match it {
        Applicability::Included => "included",
        Applicability::Excluded => "excluded",
        Applicability::Undecided => "undecided",
    }
}

fn implementation(it: Implementation) -> &'static str {
    match it {
        Implementation::NotBegun => "not begun",
        Implementation::Planned => "planned",
        Implementation::InPart => "in part",
        Implementation::Implemented => "implemented",
        Implementation::Unknown => "unknown",
    }
}
