//! What the workbook and the CSV file have in common: the columns, and the cover as pairs.

use crate::words::{long_day, say, short_day};
use domain::soa::{Applicability, Implementation, Soa, SoaRow};

/// A column of the tables for machines and spreadsheets.
pub(super) struct Column {
    /// The heading.
    pub(super) name: &'static str,
    /// The width in characters.
    pub(super) width: f64,
    /// The text of a row, with `between` set between several values.
    pub(super) text: fn(&Soa, &SoaRow, between: &str) -> String,
    /// Whether it is a whole number, which a spreadsheet can add up.
    pub(super) is_count: bool,
}

const fn column(
    name: &'static str,
    width: f64,
    text: fn(&Soa, &SoaRow, between: &str) -> String,
) -> Column {
    Column { name, width, text, is_count: false }
}

/// All four elements of 6.1.3 d), then what proves them.
pub(super) const COLUMNS: [Column; 16] = [
    column("Control", 10.0, |_, row, _| row.reference.clone()),
    column("Title", 32.0, |_, row, _| row.title.clone()),
    column("Theme", 18.0, |_, row, _| row.theme.clone()),
    column("Source", 12.0, |_, row, _| {
        say(if row.own { "Own control" } else { "Annex A" }).to_owned()
    }),
    column("Applicability", 13.0, |_, row, _| applicability(row.applicability).to_owned()),
    column("Reasons", 18.0, |_, row, between| row.reasons.join(between)),
    column("Justification for inclusion", 44.0, |_, row, _| row.justification.clone()),
    column("Justification for exclusion", 44.0, |_, row, _| row.exclusion.clone()),
    column("Implementation", 15.0, |_, row, _| implementation(row.implementation).to_owned()),
    column("How it is done here", 50.0, |_, row, _| row.how.clone()),
    column("Owner", 20.0, |_, row, _| {
        if row.owner.is_empty() { say("No owner").to_owned() } else { row.owner.clone() }
    }),
    column("Drivers", 36.0, |_, row, between| {
        let drivers = row
            .drivers
            .iter()
            .map(|driver| format!("{} {} ({})", driver.number, driver.title, driver.kind));
        drivers.collect::<Vec<_>>().join(between)
    }),
    Column {
        is_count: true,
        ..column("Proofs wanted", 9.0, |_, row, _| row.proof_wanted.to_string())
    },
    column("Evidence held", 40.0, evidence),
    column("Documents", 28.0, |_, row, between| row.documents.join(between)),
    column("Confirmed", 12.0, |_, row, _| {
        say(if row.seed { "Not confirmed" } else { "Confirmed" }).to_owned()
    }),
];

/// The cover as label and text, without the counts.
pub(super) fn cover(soa: &Soa) -> Vec<(&'static str, String)> {
    let not_said = || say("Not recorded").to_owned();
    vec![
        (say("Organization"), soa.organization.clone()),
        (say("Version"), version(soa)),
        (say("As of"), long_day(soa.day)),
        (
            say("Approved by"),
            match (&soa.edition, &soa.approver) {
                (None, _) => say("Not approved").to_owned(),
                (Some(_), approver) => approver.clone().unwrap_or_else(not_said),
            },
        ),
        (
            say("Approved on"),
            match (&soa.edition, soa.approved_on) {
                (None, _) => say("Not approved").to_owned(),
                (Some(_), approved_on) => approved_on.map_or_else(not_said, long_day),
            },
        ),
        (say("Scope"), soa.scope.clone().unwrap_or_else(not_said)),
        (say("Edition of the scope"), soa.scope_edition.clone().unwrap_or_else(not_said)),
        (say("Ledger position"), soa.position.to_string()),
        (say("Ledger root"), soa.root.clone().unwrap_or_else(not_said)),
    ]
}

/// Which version of the paper this is, in words.
pub(super) fn version(soa: &Soa) -> String {
    match &soa.edition {
        None => say("Working copy, not approved").to_owned(),
        Some(edition) => match edition.in_force_from {
            Some(day) => {
                let (edition_word, in_force) = (say("Edition"), say("in force since"));
                format!("{edition_word} {}, {in_force} {}", edition.number, long_day(day))
            }
            None => format!("{} {}, {}", say("Edition"), edition.number, say("not yet in force")),
        },
    }
}

/// The word for an applicability.
pub(super) fn applicability(applicability: Applicability) -> &'static str {
    say(match applicability {
        Applicability::Included => "Included",
        Applicability::Excluded => "Excluded",
        Applicability::Undecided => "Not decided",
    })
}

/// The word for an implementation status.
pub(super) fn implementation(implementation: Implementation) -> &'static str {
    say(match implementation {
        Implementation::NotBegun => "Not begun",
        Implementation::Planned => "Planned",
        Implementation::InPart => "In part",
        Implementation::Implemented => "Implemented",
        Implementation::Unknown => "Not stated",
    })
}

fn evidence(soa: &Soa, row: &SoaRow, between: &str) -> String {
    let held = row.evidence.iter().map(|held| {
        let taken = short_day(held.day);
        let end = match held.until {
            None => String::new(),
            Some(until) if held.holds_on(soa.day) => {
                format!(", {} {}", say("good until"), short_day(until))
            }
            Some(until) => format!(", {} {}", say("expired on"), short_day(until)),
        };
        format!("{} {} ({taken}{end})", held.number, held.title)
    });
    held.collect::<Vec<_>>().join(between)
}
