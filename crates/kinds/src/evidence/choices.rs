//! The options of evidence: its form, and what somebody thinks of it.

use meta::Choice;

/// In what form there is evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Form {
    /// A file kept here.
    #[choice(also = "document; screenshot; report; datei; dokument; bericht; fichier; document; \
        capture d'écran; rapport")]
    File,
    /// A place where it can be seen.
    #[choice(also = "url; hyperlink; reference; verweis; lien")]
    Link,
    /// Another record here.
    #[choice(also = "entry; ticket; datensatz; eintrag; enregistrement")]
    Record,
    /// A list taken from a system.
    #[choice(also = "export; extract; log; liste; auszug; protokoll; extraction; journal")]
    List,
    /// What somebody saw.
    #[choice(also = "walkthrough; inspection; beobachtung; begehung; constat")]
    Observation,
    /// What somebody said.
    #[choice(also = "conversation; gespräch; befragung; entretien")]
    Interview,
    /// What somebody confirms.
    #[choice(also = "statement; confirmation; certificate; bestätigung; erklärung; zertifikat; \
        déclaration; certificat")]
    Attestation,
}

/// What somebody who looked at evidence thinks of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Judgment {
    /// It shows what it should.
    #[choice(also = "ok; sufficient; approved; yes; akzeptiert; ausreichend; ja; accepté; \
        suffisant; oui")]
    Accepted,
    /// It does not show it, or not all of it.
    #[choice(
        also = "rejected; insufficient; no; abgelehnt; nicht ausreichend; unzureichend; nein; \
        refusé; insuffisant; non"
    )]
    NotEnough,
    /// Nobody has looked yet.
    #[choice(also = "pending; not reviewed; open; offen; ungeprüft; non examiné; en attente")]
    NotLookedAt,
}
