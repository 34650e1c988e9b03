//! Choices that several kinds share.

use meta::Choice;

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
