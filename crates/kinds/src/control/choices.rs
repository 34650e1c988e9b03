//! The options of a control: whether and why it is needed, how far it is, what a test showed.

use meta::Choice;

/// Whether a control is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Applicability {
    /// You need it.
    #[choice(also = "yes; y; x; true; applicable; in scope; include; \
        ja; anwendbar; oui; retenue; incluse")]
    Included,
    /// You do not need it, and say why.
    #[choice(also = "no; n; false; not applicable; n/a; na; out of scope; exclude; \
        nein; nicht anwendbar; entfällt; ausgeschlossen; non; non applicable; exclue; s.o.")]
    Excluded,
    /// Nobody has decided yet.
    #[choice(also = "tbd; open; ?; to be decided; offen; unklar; à décider; indécis")]
    Undecided,
}

/// Why a control is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Reason {
    /// It lowers a risk.
    #[choice(
        also = "ra; rra; risk assessment; result of risk assessment; results of risk assessment; \
        risk treatment; risks; rr; risiko; risikobewertung; risikobehandlung; risque; \
        analyse de risque"
    )]
    Risk,
    /// A law or an authority asks for it.
    #[choice(also = "lr; legal; legal requirement; legal requirements; regulatory; regulation; \
        statutory; gesetz; gesetzlich; recht; loi; légal; réglementaire")]
    Law,
    /// A contract asks for it.
    #[choice(
        also = "co; contractual; contractual obligation; contractual obligations; contracts; \
        vertrag; vertraglich; contrat; contractuel"
    )]
    Contract,
    /// Somebody else who matters to you expects it.
    #[choice(
        also = "stakeholder; interested parties; customer requirement; interessierte partei; \
        kundenanforderung; partie intéressée; client"
    )]
    InterestedParty,
    /// You, or the group you belong to, decided to have it anyway.
    #[choice(also = "br; bp; br/bp; bp/br; business requirement; business requirements; \
        best practice; baseline; group; policy; eigene entscheidung; gute praxis; konzernvorgabe; \
        décision interne; bonne pratique; exigence métier")]
    OwnDecision,
}

/// How far a control is, by declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Implementation {
    /// Nothing has been done yet.
    #[choice(also = "not implemented; not started; no; none; missing; open; to do; \
        nicht umgesetzt; nicht begonnen; offen; nein; \
        non mis en œuvre; non implémenté; non commencé; pas commencé; non")]
    NotBegun,
    /// Decided and planned.
    #[choice(also = "scheduled; in planning; geplant; vorgesehen; prévu; planifié")]
    Planned,
    /// Some of it is there.
    #[choice(also = "partially implemented; partial; partially; partly; partly implemented; \
        in progress; ongoing; in implementation; teilweise; teilweise umgesetzt; in umsetzung; \
        in arbeit; partiel; partiellement; partiellement mis en œuvre; en cours")]
    InPart,
    /// It is there and works.
    #[choice(also = "yes; fully implemented; full; done; complete; completed; in place; active; \
        operational; ja; umgesetzt; vollständig umgesetzt; vollständig; erledigt; \
        oui; mis en œuvre; mise en œuvre; implémenté; en place; terminé")]
    Implemented,
    /// Nobody has looked yet.
    #[choice(also = "?; tbd; not assessed; unbekannt; nicht bewertet; inconnu; non évalué")]
    Unknown,
}

/// What a test of a control showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum TestResult {
    /// It works.
    #[choice(also = "pass; ok; effective; successful; bestanden; wirksam; réussi; efficace")]
    Passed,
    /// It works, but not everywhere or every time.
    #[choice(also = "partial; passed with remarks; mit abweichungen; teilweise; partiel; \
        réussi avec réserves")]
    WithExceptions,
    /// It does not work.
    #[choice(also = "fail; not ok; ineffective; nicht bestanden; unwirksam; échoué; échec; \
        inefficace")]
    Failed,
}
