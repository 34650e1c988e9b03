//! Improvements: what could be better, though nothing is wrong.

use jiff::civil::Date;
use meta::{Choice, Kind, Markdown, Problem, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::Holder;

/// Something that could be done better, although no rule is broken.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "improvement", prefix = "IMPR", plural = "Improvements", clause = "10.1",
    stage = Lifecycle, also = "verbesserungen; kvp-liste; améliorations")]
pub struct Improvement {
    /// The idea in a few words, for example “Ask for the second factor once a day”.
    #[field(create, list, label = "Idea", also = "suggestion; vorschlag; idée")]
    pub title: String,
    /// What would be better, and for whom.
    #[field(leave, also = "benefit; nutzen; bénéfice")]
    pub value: Option<Markdown>,
    /// Who decides and sees to it.
    #[field(leave, list, filter, also = "responsible; verantwortlich; responsable")]
    pub owner: Option<Holder>,
    /// What was decided.
    #[field(material, list, filter, also = "entscheidung; décision")]
    pub decision: Option<Decision>,
    /// The day of the decision.
    #[field(also = "decision date; entschieden am; décidé le")]
    pub decided_on: Option<Date>,
}

/// What became of an idea.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Decision {
    /// It will be done.
    #[choice(also = "accepted; angenommen; accepté")]
    Pursue,
    /// It will not be done, for now.
    #[choice(also = "declined; abgelehnt; refusé")]
    Decline,
}

/// The life of an improvement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Somebody had the idea.
    #[stage(to = "agreed, declined")]
    Proposed,
    /// It is being done.
    #[stage(to = "proposed, done")]
    Agreed,
    /// It is done, and better.
    #[stage(ended)]
    Done,
    /// It is not going to be done.
    #[stage(to = "proposed", ended, reason)]
    Declined,
}

impl Rules for Improvement {
    fn check(&self) -> Vec<Problem> {
        match (self.decision, self.decided_on) {
            (None, Some(_)) => vec![Problem::on("decision", "say what was decided on that day")],
            _ => Vec::new(),
        }
    }
}
