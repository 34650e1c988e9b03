//! What the template prints: every word and every day as it will stand on the page.

mod rows;

use serde::Serialize;

use self::rows::{Row, applicability_mark, status_mark, written};
use super::columns::{applicability, cover, implementation, version};
use crate::Soa;
use crate::breaks::breakable;
use crate::words::{counted, grouped, long_day, say};
use domain::soa::{Applicability, Counts, Implementation, SoaRow};

/// The data of `templates/soa.typ`.
#[derive(Serialize)]
pub(super) struct Paper {
    organization: String,
    title: String,
    draft: bool,
    version: String,
    day: String,
    facts: Vec<(&'static str, String)>,
    scope: Option<String>,
    scope_edition: Option<String>,
    total: String,
    applicability: Vec<Tally>,
    implementation: Vec<Tally>,
    own: String,
    seeds: Option<String>,
    position: String,
    as_of: u64,
    root: Option<String>,
    groups: Vec<Group>,
}

/// A figure of the cover with its mark and word.
#[derive(Serialize)]
struct Tally {
    mark: &'static str,
    count: String,
    word: &'static str,
}

/// The rows of one theme.
#[derive(Serialize)]
struct Group {
    title: String,
    summary: String,
    rows: Vec<Row>,
}

impl Paper {
    /// What `soa` says, in words.
    pub(super) fn of(soa: &Soa) -> Self {
        let counts = &soa.counts;
        let scope_labels = [say("Organization"), say("Scope"), say("Edition of the scope")];
        let ledger_labels = [say("Ledger position"), say("Ledger root")];
        let mut facts = cover(soa);
        facts.retain(|(label, _)| !scope_labels.contains(label) && !ledger_labels.contains(label));
        if soa.edition.is_none() {
            facts.retain(|(label, _)| *label != say("Approved on"));
        }
        Self {
            organization: breakable(&soa.organization),
            title: breakable(&soa.title),
            draft: soa.edition.is_none(),
            version: version(soa),
            day: long_day(soa.day),
            facts: facts.into_iter().map(|(label, text)| (label, breakable(&text))).collect(),
            scope: soa.scope.as_deref().and_then(written),
            scope_edition: soa.scope_edition.as_deref().and_then(written),
            total: counted(u64::from(counts.total), "control", "controls"),
            applicability: [
                (Applicability::Included, counts.included),
                (Applicability::Excluded, counts.excluded),
                (Applicability::Undecided, counts.undecided),
            ]
            .map(|(what, count)| tally(applicability_mark(what), count, applicability(what)))
            .into(),
            implementation: [
                (Implementation::Implemented, counts.implemented),
                (Implementation::InPart, counts.in_part),
                (Implementation::Planned, counts.planned),
                (Implementation::NotBegun, counts.not_begun),
                (Implementation::Unknown, counts.unknown),
            ]
            .map(|(what, count)| tally(status_mark(what), count, implementation(what)))
            .into(),
            own: match counts.own {
                0 => say("No control of the organization’s own").to_owned(),
                own => counted(
                    u64::from(own),
                    "of them is the organization’s own",
                    "of them are the organization’s own",
                ),
            },
            seeds: (soa.seeds > 0).then(|| {
                let seeds = counted(
                    u64::from(soa.seeds),
                    "row holds seeded or imported text that no named person has confirmed",
                    "rows hold seeded or imported text that no named person has confirmed",
                );
                format!("{seeds}; {}", say("such rows are marked “not confirmed”"))
            }),
            position: grouped(soa.position),
            as_of: soa.position,
            root: soa.root.clone(),
            groups: groups(soa),
        }
    }
}

fn tally(mark: &'static str, count: u32, word: &'static str) -> Tally {
    Tally { mark, count: grouped(u64::from(count)), word }
}

/// The rows by theme in the order of their first row, the organization's own after Annex A.
fn groups(soa: &Soa) -> Vec<Group> {
    let mut themes: Vec<&str> = Vec::new();
    for row in soa.rows.iter().filter(|row| !row.own) {
        if !themes.contains(&row.theme.as_str()) {
            themes.push(&row.theme);
        }
    }
    let annex = themes
        .into_iter()
        .map(|theme| group(soa, theme_title(theme), |row| !row.own && row.theme == theme));
    let own = group(soa, say("The organization’s own controls").to_owned(), |row| row.own);
    annex.chain((!own.rows.is_empty()).then_some(own)).collect()
}

fn group(soa: &Soa, title: String, belongs: impl Fn(&SoaRow) -> bool) -> Group {
    let rows = || soa.rows.iter().enumerate().filter(|(_, row)| belongs(row));
    let counts = Counts::of(rows().map(|(_, row)| row));
    let rows = rows().map(|(place, row)| Row::of(soa, place, row)).collect();
    Group { title, summary: summary(counts), rows }
}

fn theme_title(theme: &str) -> String {
    let mut letters = theme.chars();
    let capital = letters.next().map(char::to_uppercase);
    let title: String = capital.into_iter().flatten().chain(letters).collect();
    if title.is_empty() {
        say("Controls without a theme").to_owned()
    } else if title.to_lowercase().contains("control") {
        title
    } else {
        format!("{title} {}", say("controls"))
    }
}

fn summary(counts: Counts) -> String {
    let parts = [
        (counts.included, say("included")),
        (counts.excluded, say("excluded")),
        (counts.undecided, say("not decided")),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<_> = parts.map(|(count, word)| format!("{count} {word}")).collect();
    let total = counted(u64::from(counts.total), "control", "controls");
    format!("{total}: {}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_a_heading_however_it_is_written() {
        assert_eq!(theme_title("organizational"), "Organizational controls");
        assert_eq!(theme_title("People controls"), "People controls");
        assert_eq!(theme_title(""), "Controls without a theme");
    }
}
