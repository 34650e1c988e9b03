//! The options of an action: what it is for, and whether it worked.

use meta::Choice;

/// What an action is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Purpose {
    /// It lowers a risk, or deals with it in another way.
    #[choice(also = "risk treatment; treatment; mitigation; risikobehandlung; risiko; \
        traitement du risque; risque")]
    TreatRisk,
    /// It removes the cause of something that went wrong.
    #[choice(also = "corrective action; correction; capa; korrekturmaßnahme; korrektur; \
        action corrective")]
    Corrective,
    /// It makes something better that was good enough.
    #[choice(also = "improvement; opportunity; verbesserung; amélioration; opportunité")]
    Improve,
    /// It serves an objective.
    #[choice(also = "security objective; goal; ziel; sicherheitsziel; objectif")]
    Objective,
    /// An audit asked for it.
    #[choice(also = "audit finding; internal audit; external audit; auditfeststellung; \
        constat d'audit")]
    Audit,
    /// The management review decided it.
    #[choice(also = "management review; managementbewertung; revue de direction")]
    ReviewDecision,
    /// It closes a gap to a requirement.
    #[choice(also = "gap analysis; lücke; gap-analyse; écart")]
    Gap,
    /// A law or contract asks for it.
    #[choice(also = "legal; compliance; verpflichtung; gesetz; obligation légale; conformité")]
    Obligation,
    /// An incident called for it.
    #[choice(also = "security incident; vorfall; sicherheitsvorfall; incident de sécurité")]
    Incident,
    /// It belongs to a change.
    #[choice(also = "change request; änderung; changement")]
    Change,
}

/// Whether an action worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Effective {
    /// It worked.
    #[choice(also = "effective; passed; ja; wirksam; oui; efficace")]
    Yes,
    /// It did not work.
    #[choice(also = "not effective; ineffective; failed; nein; unwirksam; non; inefficace")]
    No,
    /// It is too early to tell.
    #[choice(also = "pending; tbd; zu früh; offen; trop tôt; en attente")]
    TooEarly,
}
