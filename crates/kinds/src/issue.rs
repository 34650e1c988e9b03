//! Issues: what in and around the organization helps or hinders its information security.

use jiff::civil::Date;
use meta::{Choice, Kind, Markdown, Period, Ref, Row, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{
    Holder, Side, YesNo, action::Action, objective::Objective, opportunity::Opportunity, risk::Risk,
};

/// Something in or around the organization that helps or hinders what its ISMS should bring about.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "issue", prefix = "ISSUE", plural = "Issues", clause = "4.1", stage = Lifecycle,
    also = "context; internal and external issues; context analysis; swot; pestel; \
        interne und externe themen; kontext; kontextanalyse; themen; enjeux; enjeux internes et \
        externes; contexte")]
pub struct Issue {
    /// The issue in a few words, such as `new law on network security`.
    #[field(
        create,
        list,
        label = "Issue",
        also = "name; title; issue title; context issue; factor; thema; faktor; bezeichnung; \
            enjeu; facteur; intitulé"
    )]
    pub title: String,
    /// Whether it comes from within the organization or from around it.
    #[field(
        create,
        list,
        filter,
        also = "internal/external; internal or external; type; intern/extern; art; interne/externe"
    )]
    pub side: Option<Side>,
    /// What it is about.
    #[field(list, filter, also = "category; area; kategorie; themenfeld; catégorie; domaine")]
    pub topic: Option<Topic>,
    /// What is going on, and how you know.
    #[field(leave, also = "details; beschreibung; erläuterung; détails")]
    pub description: Option<Markdown>,
    /// Which intended outcome of the ISMS it helps or hinders, and how.
    #[field(
        leave,
        material,
        label = "Effect on intended outcomes",
        also = "effect; impact; impact on isms; auswirkung; auswirkungen; effet; incidence"
    )]
    pub effects: Vec<Effect>,
    /// Whether it matters for your information security.
    #[field(
        leave,
        list,
        filter,
        label = "Relevant",
        also = "relevance; relevanz; pertinence; pertinent"
    )]
    pub relevant: Option<YesNo>,
    /// Why it matters, or why it does not.
    #[field(label = "Why relevant or not", also = "justification; reason; begründung; motif")]
    pub relevance_reason: Option<Markdown>,
    /// The risks, opportunities, objectives and actions that deal with it.
    #[field(
        also = "response; linked risks; risks; actions; measures; behandelt durch; maßnahmen; \
            traité par; actions associées"
    )]
    pub answered_by: Vec<Ref<(Risk, Opportunity, Objective, Action)>>,
    /// Why nothing needs to be done about it, if that is your answer.
    #[field(label = "No action because")]
    pub no_action_because: Option<Markdown>,
    /// Who keeps an eye on it.
    #[field(
        list,
        filter,
        label = "Responsible",
        also = "owner; accountable; verantwortlich; zuständig; eigentümer; responsable; \
            propriétaire; pilote"
    )]
    pub owner: Option<Holder>,
    /// When it was first noticed.
    #[field(also = "identified; date identified; erkannt am; identifié le")]
    pub identified_on: Option<Date>,
    /// How often it is looked at again, such as `1 year`.
    #[field(
        label = "Review every",
        also = "cadence; review interval; review frequency; frequency; turnus; prüfintervall; \
            überprüfungsintervall; fréquence; fréquence de revue; périodicité"
    )]
    pub cadence: Option<Period>,
    /// What else calls for another look, such as `a new law` or `an incident`.
    #[field(label = "Review on events", also = "review triggers; triggers; anlässe; déclencheurs")]
    pub review_on: Vec<String>,
    /// When it was last looked at.
    #[field(
        also = "last review; reviewed on; last review date; letzte prüfung; letzte überprüfung; \
            zuletzt geprüft; dernière revue"
    )]
    pub last_reviewed: Option<Date>,
    /// When it is to be looked at next.
    #[field(
        list,
        filter,
        also = "review date; next review date; review due; nächste prüfung; nächste überprüfung; \
            wiedervorlage; prochaine revue"
    )]
    pub next_review: Option<Date>,
}

/// How an issue bears on one intended outcome of the ISMS.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Effect {
    /// The intended outcome it bears on, as the organization words it.
    #[field(create)]
    pub outcome: String,
    /// Whether it helps or hinders.
    #[field(create)]
    pub effect: Option<Direction>,
    /// In which way.
    pub how: Option<String>,
}

/// Whether something helps or hinders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Direction {
    /// It makes the outcome easier to reach.
    #[choice(also = "positive; strength; opportunity; +; hilft; positiv; aide; positif")]
    Helps,
    /// It makes the outcome harder to reach.
    #[choice(also = "negative; weakness; threat; -; hindert; negativ; entrave; négatif")]
    Hinders,
}

/// What an issue is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Topic {
    /// Laws, regulators and courts.
    #[choice(also = "regulatory; law; political; recht; rechtlich; politisch; juridique")]
    Legal,
    /// Customers, competitors and the economy.
    #[choice(also = "economic; economy; competition; markt; wirtschaft; marché; économique")]
    Market,
    /// New or aging technology, and those who misuse it.
    #[choice(also = "technological; technical; technik; technologie; technique")]
    Technology,
    /// What society, the press and culture expect.
    #[choice(also = "social; societal; gesellschaft; sozial; société")]
    Society,
    /// Weather, energy and what climate change brings.
    #[choice(
        also = "climate change; environmental; environment; klima; klimawandel; umwelt; climat; \
            environnement"
    )]
    Climate,
    /// Staff: finding, keeping and leading them.
    #[choice(also = "staff; hr; human resources; personal; mitarbeiter; personnel")]
    People,
    /// What the organization can do: skills, tools and maturity.
    #[choice(also = "capabilities; skills; fähigkeiten; kompetenzen; compétences")]
    Capability,
    /// How the organization is built and led.
    #[choice(also = "organization; governance; organizational; struktur; aufbau; gouvernance")]
    Structure,
    /// Those who deliver to you.
    #[choice(also = "suppliers; supply chain; lieferkette; lieferanten; fournisseurs")]
    Supply,
    /// Money and insurance.
    #[choice(also = "financial; budget; finanzen; finanziell; financier")]
    Finance,
    /// Something else.
    #[choice(also = "misc; sonstiges; andere; autre; divers")]
    Other,
}

/// The life of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Somebody put it forward; it is still to be looked at.
    #[stage(to = "current, retired")]
    Proposed,
    /// It is known to hold and is kept in view.
    #[stage(to = "proposed, retired")]
    Current,
    /// It no longer holds.
    #[stage(to = "current", ended, reason)]
    Retired,
}

impl Rules for Issue {}
