//! Event reports: what somebody noticed and told.

use jiff::civil::Date;
use meta::{Choice, Kind, Markdown, Ref, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{Holder, asset::Asset, person::Person};

/// Something that somebody noticed and told, because it may harm information: a strange message, a
/// lost laptop, a door that stood open. Better one report too many. Whoever told it can read it, and those
/// who handle reports or see everything; external auditors cannot.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "event_report", prefix = "EVENT", plural = "Event reports", clause = "A.6.8",
    stage = Lifecycle,
    also = "security events; event log; reported events; meldungen; ereignismeldungen; \
        sicherheitsereignisse; signalements; événements de sécurité")]
pub struct EventReport {
    /// What happened, in a sentence, for example “I clicked a link in a strange mail”.
    #[field(
        create,
        list,
        label = "What happened",
        also = "title; event; summary; titel; ereignis; meldung; événement; titre; intitulé"
    )]
    pub title: String,
    /// More about it: what you saw, what you did, who else knows.
    #[field(also = "description; beschreibung; einzelheiten; détails")]
    pub details: Option<Markdown>,
    /// The day it happened, as far as you know.
    #[field(list, filter, also = "date; event date; datum; geschehen am; survenu le")]
    pub happened_on: Option<Date>,
    /// When on that day, for example “about ten in the morning”.
    #[field(label = "At what time", also = "time; uhrzeit; heure")]
    pub happened_at: Option<String>,
    /// Where it happened, for example “Graz, second floor” or “in the ERP”.
    #[field(label = "Where", also = "location; place; ort; lieu")]
    pub place: Option<String>,
    /// Who noticed it; empty when it was told without a name.
    #[field(
        list,
        filter,
        also = "reporter; reported by; gemeldet von; bemerkt von; signalé par; constaté par"
    )]
    pub noticed_by: Option<Ref<Person>>,
    /// How bad it seems. A guess is enough.
    #[field(
        list,
        filter,
        label = "How bad it seems",
        also = "severity; seriousness; schwere; schweregrad; gravité"
    )]
    pub severity: Option<Severity>,
    /// The assets it touches, as far as you know.
    #[field(also = "affected assets; asset; betroffene werte; actifs touchés")]
    pub assets: Vec<Ref<Asset>>,
    /// Who looks into it.
    #[field(
        leave,
        list,
        filter,
        also = "handled by; assigned to; bearbeiter; zuständig; traité par; responsable"
    )]
    pub handler: Option<Holder>,
    /// What it turned out to be.
    #[field(list, filter, also = "assessment; bewertung; einstufung; évaluation")]
    pub judgment: Option<Judgment>,
    /// Why it was judged so.
    #[field(label = "Why", also = "reason; begründung; motif")]
    pub judged_why: Option<Markdown>,
}

/// How bad something seems to whoever noticed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Severity {
    /// I cannot tell.
    #[choice(also = "not known; ?; unbekannt; inconnu")]
    Unknown,
    /// Nothing was harmed, or next to nothing.
    #[choice(also = "low; small; gering; niedrig; mineur; faible")]
    Minor,
    /// Something may have been harmed, or it goes on.
    #[choice(also = "medium; high; ernst; mittel; hoch; sérieux; élevé")]
    Serious,
    /// It must be dealt with right now.
    #[choice(also = "critical; emergency; kritisch; notfall; critique; urgence")]
    Grave,
}

/// What an event turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Judgment {
    /// No threat to information.
    #[choice(also = "false alarm; none; fehlalarm; nichts; fausse alerte; rien")]
    Nothing,
    /// It could have harmed information, and did not.
    #[choice(also = "security event; near miss; ereignis; sicherheitsereignis; événement")]
    Event,
    /// It has harmed information, or is likely to.
    #[choice(also = "security incident; vorfall; sicherheitsvorfall; incident de sécurité")]
    Incident,
}

/// The life of an event report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// It was told; nobody has looked at it yet.
    #[stage(to = "triaged, event, incident, nothing")]
    New,
    /// Somebody looks into it.
    #[stage(to = "new, event, incident, nothing")]
    Triaged,
    /// It was an event, and is dealt with.
    #[stage(to = "triaged, incident, nothing", ended)]
    Event,
    /// It is an incident, and is dealt with as one.
    #[stage(to = "triaged, event, nothing")]
    Incident,
    /// There was nothing in it.
    #[stage(to = "triaged, event, incident", ended, reason)]
    Nothing,
}

impl Rules for EventReport {}
