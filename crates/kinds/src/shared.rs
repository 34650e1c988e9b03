//! Choices that several kinds share, and what their checks share.

use std::collections::HashSet;

use jiff::civil::Date;
use meta::{Choice, Problem};

/// Whether something lies within the scope of the ISMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum InScope {
    /// Inside the boundaries of the ISMS.
    #[choice(also = "in scope; ja; oui; y; x; true")]
    Yes,
    /// Outside; the reason is recorded beside it.
    #[choice(also = "out of scope; nein; non; n; false")]
    No,
    /// Nobody has decided yet.
    #[choice(also = "tbd; unclear; offen; à décider")]
    Undecided,
}

/// An answer that may also be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum YesNo {
    /// Yes.
    #[choice(also = "ja; oui; y; x; true")]
    Yes,
    /// No.
    #[choice(also = "nein; non; n; false")]
    No,
    /// Nobody knows yet.
    #[choice(also = "unbekannt; inconnu; ?; tbd")]
    Unknown,
}

/// What a breach can harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Cia {
    /// Only those who may know it know it.
    #[choice(also = "c; conf; vertraulichkeit; confidentialité")]
    Confidentiality,
    /// It is right and complete, and changed only by those who may.
    #[choice(also = "i; integ; integrität; intégrité")]
    Integrity,
    /// It is there when it is needed.
    #[choice(also = "a; avail; verfügbarkeit; disponibilité")]
    Availability,
}

/// Where something comes from: from within the organization or from around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Side {
    /// It lies within the organization.
    #[choice(also = "int; inside; intern; interne")]
    Internal,
    /// It lies outside the organization.
    #[choice(also = "ext; outside; extern; externe")]
    External,
}

/// How much something matters, from low to very high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Degree {
    /// We would hardly notice.
    #[choice(also = "1; minor; normal; niedrig; gering; faible")]
    Low,
    /// It would disturb the work for a while.
    #[choice(also = "2; moderate; mittel; moyen; modéré")]
    Medium,
    /// It would hurt the organization or others badly.
    #[choice(also = "3; major; hoch; élevé; fort")]
    High,
    /// It could threaten the organization or people.
    #[choice(also = "4; critical; vital; sehr hoch; kritisch; très élevé; critique")]
    VeryHigh,
}

/// Whether data about people are involved, and how sensitive they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum PersonalData {
    /// No data about people.
    #[choice(also = "no; n; nein; keine; non; aucune")]
    None,
    /// Data about people such as names, addresses or working hours.
    #[choice(also = "yes; y; pii; personal; ja; normale; oui; ordinaires")]
    Ordinary,
    /// Data that need special care, such as health, faith, union membership or fingerprints.
    #[choice(also = "sensitive; special categories; besondere kategorien; sensibel; sensibles")]
    Special,
    /// Nobody has looked yet.
    #[choice(also = "?; tbd; unbekannt; unklar; inconnu")]
    Unknown,
}

/// The first text that comes twice, however it is written.
pub(crate) fn repeated<'a>(texts: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut seen = HashSet::new();
    texts.filter(|it| !it.trim().is_empty()).find(|it| !seen.insert(it.trim().to_lowercase()))
}

/// The problem with an end that lies before its start.
pub(crate) fn ends_before(start: Option<Date>, field: &str, end: Option<Date>) -> Option<Problem> {
    let (start, end) = (start?, end?);
    (end < start).then(|| {
        Problem::on(field, format!("{end} lies before the start on {start}: correct one of them"))
    })
}
