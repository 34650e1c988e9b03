//! The options of a risk: what it threatens, how it was found, what is done about it.

use meta::Choice;

/// What a risk threatens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Concerns {
    /// Information in scope, and what it is kept in.
    #[choice(also = "information security; information; informationssicherheit; \
        sécurité de l'information")]
    Information,
    /// The ISMS itself: that it does not reach what it is for.
    #[choice(
        label = "The ISMS itself",
        also = "isms; management system; managementsystem; \
        smsi; système de management"
    )]
    Isms,
}

/// From where a risk was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Approach {
    /// From something that could happen.
    #[choice(also = "event-based; scenario; strategic; ereignis; szenario; événement; scénario")]
    Event,
    /// From something you have.
    #[choice(also = "asset-based; operational; wert; zielobjekt; actif; bien")]
    Asset,
}

/// What is done about a risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Treatment {
    /// Make it less likely or less bad by controls.
    #[choice(
        also = "mitigate; reduce; treat; control; mitigated; reduced; mitigation; reduction; \
        mindern; reduzieren; vermindern; behandeln; risikominderung; reduktion; \
        réduire; modifier; atténuer; traiter; réduction"
    )]
    Modify,
    /// Live with it, knowing what it is.
    #[choice(also = "accept; accepted; acceptance; tolerate; accept with monitoring; monitor; \
        akzeptieren; akzeptanz; tragen; risikoakzeptanz; \
        accepter; acceptation; maintenir; conserver; tolérer")]
    Retain,
    /// Stop doing what brings it about.
    #[choice(also = "avoided; avoidance; terminate; eliminate; \
        vermeiden; vermeidung; risikovermeidung; éviter; évitement; refuser; supprimer")]
    Avoid,
    /// Let somebody else carry a part of it, by contract or insurance.
    #[choice(also = "transfer; transferred; insure; outsource; sharing; \
        übertragen; teilen; versichern; transferieren; risikotransfer; \
        transférer; partager; assurer; transfert; partage")]
    Share,
}

/// How a risk came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Origin {
    /// A gap analysis showed it.
    #[choice(also = "gap analysis; gap-analyse; analyse d'écart")]
    Gap,
    /// It came out of an incident.
    #[choice(also = "vorfall; sicherheitsvorfall; security incident")]
    Incident,
    /// An audit showed it.
    #[choice(also = "internal audit; external audit; internes audit; audit interne")]
    Audit,
    /// Something changed.
    #[choice(also = "änderung; veränderung; changement")]
    Change,
    /// A supplier brought it.
    #[choice(also = "vendor; third party; lieferant; dienstleister; fournisseur")]
    Supplier,
    /// People thought about it together.
    #[choice(also = "risk assessment; brainstorming; risikoanalyse; risikoworkshop; atelier; \
        analyse de risque")]
    Workshop,
    /// It stood in a register you brought along.
    #[choice(also = "imported; migration; importiert; importé")]
    Import,
    /// Somewhere else.
    #[choice(also = "sonstige; andere; autre")]
    Other,
}
