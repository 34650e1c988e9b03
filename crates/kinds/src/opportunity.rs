//! Opportunities: what could get better.

use meta::{Choice, Kind, Markdown, Ref, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{Holder, action::Action, issue::Issue, requirement::Requirement};

/// A chance to make the ISMS or your information security better.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "opportunity", prefix = "OPP", plural = "Opportunities", clause = "6.1.1",
    stage = Lifecycle,
    also = "opportunity register; chances; chancen; chancenregister; opportunités; registre des \
        opportunités")]
pub struct Opportunity {
    /// The chance in a sentence, such as `one login for all systems would save time and passwords`.
    #[field(
        create,
        list,
        label = "Opportunity",
        also = "name; title; chance; description; bezeichnung; beschreibung; opportunité; intitulé"
    )]
    pub title: String,
    /// The issues and requirements from which it arises.
    #[field(also = "source; issue; origin; quelle; thema; herkunft; origine; enjeu")]
    pub arises_from: Vec<Ref<(Issue, Requirement)>>,
    /// What would get better: the ISMS itself, or the security of information.
    #[field(list, filter, also = "type; area; betrifft; art; concerne; domaine")]
    pub concerns: Option<Concern>,
    /// What you want to come of it.
    #[field(
        leave,
        also = "benefit; expected benefit; desired effect; nutzen; gewünschte wirkung; bénéfice; \
            effet souhaité"
    )]
    pub wanted_effect: Option<Markdown>,
    /// Who pursues it.
    #[field(
        leave,
        list,
        filter,
        also = "responsible; accountable; verantwortlich; zuständig; eigentümer; responsable; \
            propriétaire; pilote"
    )]
    pub owner: Option<Holder>,
    /// What is done to seize it.
    #[field(also = "measures; action; maßnahmen; maßnahme; mesures; plan d'action")]
    pub actions: Vec<Ref<Action>>,
    /// How you will tell whether it worked.
    #[field(
        leave,
        label = "How effectiveness is judged",
        also = "effectiveness; success criteria; wirksamkeit; wirksamkeitsprüfung; efficacité"
    )]
    pub effectiveness: Option<Markdown>,
    /// Whether you pursue it.
    #[field(list, filter, also = "entscheidung; entschluss; décision")]
    pub decision: Option<Pursuit>,
    /// Why you pursue it, or why you do not.
    #[field(label = "Reason of the decision", also = "reason; justification; begründung; motif")]
    pub decision_reason: Option<Markdown>,
    /// What came of it, once that can be told.
    #[field(also = "outcome; evaluation; ergebnis; résultat")]
    pub result: Option<Markdown>,
}

/// What an opportunity is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Concern {
    /// How the ISMS works.
    #[choice(
        label = "The ISMS",
        also = "isms; management system; managementsystem; système de management; smsi"
    )]
    Isms,
    /// How safe information is.
    #[choice(also = "security; information; informationssicherheit; sécurité de l'information")]
    InformationSecurity,
}

/// Whether an opportunity is pursued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Pursuit {
    /// You go for it.
    #[choice(also = "yes; accepted; exploit; ja; verfolgen; oui; poursuivre")]
    Pursue,
    /// You let it pass.
    #[choice(also = "no; rejected; ignore; nein; nicht verfolgen; non; abandonner")]
    DoNotPursue,
    /// Nobody has decided yet.
    #[choice(also = "open; tbd; offen; unentschieden; ouvert; à décider")]
    Undecided,
}

/// The life of an opportunity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Somebody saw it.
    #[stage(to = "planned, closed")]
    Identified,
    /// It is clear what to do, by whom and how to judge it.
    #[stage(to = "identified, pursued, closed")]
    Planned,
    /// The work is going on.
    #[stage(to = "planned, evaluated, closed")]
    Pursued,
    /// It was judged what came of it.
    #[stage(to = "pursued, closed")]
    Evaluated,
    /// Nothing more is done about it.
    #[stage(to = "identified", ended, reason)]
    Closed,
}

impl Rules for Opportunity {}
