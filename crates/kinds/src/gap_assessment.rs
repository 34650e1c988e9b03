//! Gap assessments: how far the organization is from what the standard asks.

use jiff::civil::Date;
use meta::{Kind, Markdown, Problem, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{Holder, shared::ends_before};

/// The framework that can be assessed against, as its id in the catalog.
pub const ISO_27001_2022: &str = "iso27001-2022";

/// One walk through all that the standard asks, to see what is there and what is missing. Each
/// requirement and control gets an answer of its own.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "gap_assessment", prefix = "GAP", plural = "Gap assessments", clause = "4.4",
    stage = Lifecycle,
    also = "gap analysis; gap analyses; gap-analyse; gap-analysen; standortbestimmung; \
        analyse des écarts; analyses d'écarts")]
pub struct GapAssessment {
    /// What you call it, for example “Where we stand in spring”.
    #[field(create, list, label = "Name", also = "title; bezeichnung; titel; intitulé; titre")]
    pub title: String,
    /// What you assess against; `iso27001-2022` is what there is so far.
    #[field(leave, list, filter, also = "standard; norm; norme; référentiel")]
    pub framework: Option<String>,
    /// Which one it is: 1 for the first.
    #[field(list, also = "number; runde; nummer; cycle; numéro")]
    pub round: Option<i64>,
    /// The day you began.
    #[field(list, filter, also = "start; start date; date; begonnen am; beginn; début")]
    pub started_on: Option<Date>,
    /// The day you were through with it.
    #[field(also = "end; end date; finished on; abgeschlossen am; ende; clos le; fin")]
    pub closed_on: Option<Date>,
    /// Who leads it.
    #[field(
        leave,
        list,
        filter,
        also = "led by; owner; responsible; assessor; leitung; verantwortlich; mené par; \
            responsable"
    )]
    pub lead: Option<Holder>,
    /// What was looked at and what was left out.
    #[field(label = "Scope", also = "scope note; umfang; geltungsbereich; périmètre")]
    pub scope_note: Option<Markdown>,
}

/// The life of a gap assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Answers are being gathered.
    #[stage(to = "closed")]
    Open,
    /// It stands as it is; the next one shows what became better.
    #[stage(to = "open", ended)]
    Closed,
}

impl Rules for GapAssessment {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if let Some(other) = self.framework.as_ref().filter(|it| *it != ISO_27001_2022) {
            let message =
                format!("`{other}` cannot be assessed against yet: write `{ISO_27001_2022}`");
            problems.push(Problem::on("framework", message));
        }
        if self.round.is_some_and(|it| it < 1) {
            problems.push(Problem::on("round", "the first one is 1"));
        }
        problems.extend(ends_before(self.started_on, "closed_on", self.closed_on));
        problems
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_assessment_must_not_contradict_itself() {
        let mut assessment = GapAssessment {
            framework: Some("iso9001".to_owned()),
            round: Some(0),
            started_on: Some(date(2026, 3, 1)),
            closed_on: Some(date(2026, 2, 1)),
            ..GapAssessment::default()
        };
        let fields: Vec<_> = assessment.check().into_iter().map(|it| it.field).collect();
        assert_eq!(fields, ["framework", "round", "closed_on"]);
        assessment.framework = Some(ISO_27001_2022.to_owned());
        assessment.round = Some(1);
        assessment.closed_on = None;
        assert!(assessment.check().is_empty());
    }
}
