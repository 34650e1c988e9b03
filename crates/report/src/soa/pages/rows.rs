use serde::Serialize;

use crate::Soa;
use crate::breaks::breakable;
use crate::soa::columns::{applicability, implementation};
use crate::words::{counted, grouped, say, short_day};
use domain::soa::{Applicability, Held, Implementation, SoaRow};

/// One control.
#[derive(Serialize)]
pub(super) struct Row {
    label: String,
    reference: String,
    short: String,
    title: String,
    seed: bool,
    applicability_mark: &'static str,
    applicability: &'static str,
    /// The mark in the overview, which tells proven from declared.
    mark: &'static str,
    status_mark: &'static str,
    status: &'static str,
    reasons: Vec<String>,
    why: Option<String>,
    why_missing: Option<&'static str>,
    drivers: Vec<(String, String)>,
    /// How many drivers are left to the workbook, in words.
    more_drivers: Option<String>,
    how: Option<String>,
    /// Whether `how` is too long for a column and is printed under the row.
    how_long: bool,
    how_missing: Option<&'static str>,
    documents: Vec<String>,
    owner: Option<String>,
    proof: String,
    proof_lacks: bool,
    evidence: Vec<Proof>,
    /// How much evidence is left to the workbook, in words.
    more_evidence: Option<String>,
    /// Whether the row is short enough to be kept on one page.
    together: bool,
}

/// One piece of evidence.
#[derive(Serialize)]
struct Proof {
    number: String,
    title: String,
    days: String,
    expired: bool,
}

/// So many drivers, and so many proofs, of a row are printed by name; the workbook has all.
const MOST: usize = 12;

/// From how many bytes on a description gets the width of three columns.
const LONG_HOW: usize = 1100;

impl Row {
    /// The row at `place` in the statement.
    pub(super) fn of(soa: &Soa, place: usize, row: &SoaRow) -> Self {
        let why = match row.applicability {
            Applicability::Included => written(&row.justification),
            Applicability::Excluded => written(&row.exclusion),
            Applicability::Undecided => {
                written(&row.justification).or_else(|| written(&row.exclusion))
            }
        };
        let why_missing = match row.applicability {
            _ if why.is_some() => None,
            Applicability::Included => Some(say("No justification written")),
            Applicability::Excluded => Some(say("No reason for the exclusion written")),
            Applicability::Undecided => Some(say("Not decided whether it is necessary")),
        };
        // An excluded control owes no status, but a status it has is not hidden.
        let idle = matches!(row.implementation, Implementation::Unknown | Implementation::NotBegun);
        let unneeded = row.applicability == Applicability::Excluded && idle;
        let how = written(&row.how);
        let (proof, proof_lacks) = proof(soa, row, unneeded);
        let holds = row.evidence.iter().any(|held| held.holds_on(soa.day));
        let row_mark = match row.applicability {
            Applicability::Included if row.implementation == Implementation::Implemented => {
                if holds { "implemented" } else { "declared" }
            }
            Applicability::Included => status_mark(row.implementation),
            other => applicability_mark(other),
        };
        Self {
            label: format!("row-{place}"),
            reference: breakable(&row.reference),
            short: short(row),
            title: breakable(&row.title),
            seed: row.seed,
            applicability_mark: applicability_mark(row.applicability),
            applicability: applicability(row.applicability),
            mark: row_mark,
            status_mark: if unneeded { "none" } else { status_mark(row.implementation) },
            status: if unneeded { say("Not needed") } else { implementation(row.implementation) },
            reasons: row.reasons.iter().map(|reason| breakable(reason)).collect(),
            why_missing,
            why,
            more_drivers: more(row.drivers.len()),
            drivers: row
                .drivers
                .iter()
                .take(MOST)
                .map(|driver| (driver.number.clone(), breakable(&driver.title)))
                .collect(),
            how_missing: (how.is_none() && !unneeded).then(|| say("Not described")),
            how_long: how.as_ref().is_some_and(|how| how.len() > LONG_HOW),
            how,
            documents: row.documents.iter().map(|document| breakable(document)).collect(),
            owner: written(&row.owner),
            proof,
            proof_lacks,
            more_evidence: more(row.evidence.len()),
            evidence: row.evidence.iter().take(MOST).map(|held| Proof::of(soa, held)).collect(),
            together: together(row),
        }
    }
}

impl Proof {
    fn of(soa: &Soa, held: &Held) -> Self {
        let expired = !held.holds_on(soa.day);
        let taken = short_day(held.day);
        let days = match held.until {
            None => taken,
            Some(until) if expired => format!("{} {}", say("expired on"), short_day(until)),
            Some(until) => format!("{taken}, {} {}", say("good until"), short_day(until)),
        };
        Self { number: held.number.clone(), title: breakable(&held.title), days, expired }
    }
}

/// How many of `count` are not printed by name, in words.
fn more(count: usize) -> Option<String> {
    let left = count.checked_sub(MOST).filter(|it| *it > 0)?;
    Some(format!("{} {} {}", say("and"), grouped(left as u64), say("more, named in the workbook")))
}

/// What is held of what is wanted, and whether something lacks.
fn proof(soa: &Soa, row: &SoaRow, unneeded: bool) -> (String, bool) {
    let good = row.evidence.iter().filter(|held| held.holds_on(soa.day)).count() as u64;
    let wanted = u64::from(row.proof_wanted);
    let declared = row.implementation == Implementation::Implemented;
    match (good, wanted) {
        (0, 0) if unneeded => (say("None needed").to_owned(), false),
        (0, 0) if declared => (say("Declared, no proof held or asked for").to_owned(), true),
        (0, 0) => (say("No proof asked for").to_owned(), false),
        (0, _) => {
            let wanted = counted(wanted, "proof wanted", "proofs wanted");
            let lead = say(if declared { "Declared, none held" } else { "None held" });
            (format!("{lead}, {wanted}"), declared)
        }
        (_, 0) => (counted(good, "proof held", "proofs held"), false),
        _ => {
            let held = counted(good, "proof held", "proofs held");
            (format!("{held}, {} {}", grouped(wanted), say("wanted")), declared && good < wanted)
        }
    }
}

/// The reference as it fits a square of the overview: `5.7` for `A.5.7`.
fn short(row: &SoaRow) -> String {
    let text = row.reference.strip_prefix("A.").unwrap_or(&row.reference);
    let count = text.chars().count();
    // The end tells own references apart: `OWN-1`, `OWN-2`.
    text.chars().skip(count.saturating_sub(6)).collect()
}

/// `text` without space around it, if anything is left.
pub(super) fn written(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| breakable(text))
}

/// The mark of an implementation status in the templates.
pub(super) fn status_mark(implementation: Implementation) -> &'static str {
    match implementation {
        Implementation::NotBegun => "not-begun",
        Implementation::Planned => "planned",
        Implementation::InPart => "in-part",
        Implementation::Implemented => "implemented",
        Implementation::Unknown => "unknown",
    }
}

/// The mark of an applicability in the templates.
pub(super) fn applicability_mark(applicability: Applicability) -> &'static str {
    match applicability {
        Applicability::Included => "included",
        Applicability::Excluded => "excluded",
        Applicability::Undecided => "undecided",
    }
}

/// Whether all cells of a row surely fit one page, so that the row may be kept whole.
fn together(row: &SoaRow) -> bool {
    let lines = |text: &str, width: usize| -> usize {
        text.lines().map(|line| 1 + line.chars().count() / width).sum()
    };
    let why = lines(&row.justification, 34).max(lines(&row.exclusion, 34));
    let drivers: usize =
        row.drivers.iter().take(MOST).map(|driver| 1 + lines(&driver.title, 30)).sum();
    let documents: usize = row.documents.iter().map(|name| lines(name, 34)).sum();
    let evidence: usize =
        row.evidence.iter().take(MOST).map(|held| 2 + lines(&held.title, 24)).sum();
    let cells = [
        why + drivers + row.reasons.len(),
        if row.how.len() > LONG_HOW { 0 } else { lines(&row.how, 34) } + documents,
        evidence,
        lines(&row.title, 20),
        lines(&row.owner, 14),
    ];
    cells.into_iter().max().unwrap_or(0) < 36
}

#[cfg(test)]
mod tests {
    use super::{MOST, more};

    #[test]
    fn what_is_left_to_the_workbook_is_counted() {
        assert_eq!((more(0), more(MOST)), (None, None));
        let told = more(MOST + 5_000).unwrap();
        assert!(told.starts_with("and 5") && told.contains("000"), "{told}");
    }
}
