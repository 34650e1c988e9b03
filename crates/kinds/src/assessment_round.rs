//! Assessment rounds: the times at which risks were looked at together.

use jiff::civil::Date;
use meta::{Choice, Kind, Markdown, Problem, Ref, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{
    Holder, person::Person, risk::Risk, risk_method::RiskMethod, scope::Scope, shared::ends_before,
};

/// One time at which you looked at your risks together, by one method, from its opening to its
/// close.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "assessment_round", prefix = "ROUND", plural = "Assessment rounds", clause = "8.2",
    stage = Lifecycle, also = "risk assessments; risk assessment rounds; risk reviews; \
    risikobewertungen; risikobeurteilungen; campagnes d'appréciation des risques")]
pub struct AssessmentRound {
    /// A short name, for example “Yearly assessment 2026”.
    #[field(create, list, label = "Title", also = "name; assessment; bezeichnung; titre")]
    pub title: String,
    /// Why you looked: the first time, because it was due, or because something happened.
    #[field(create, list, filter, also = "grund; anlass; raison; motif")]
    pub reason: Option<Reason>,
    /// What happened, where that was the reason.
    #[field(also = "event; trigger; ereignis; auslöser; événement; déclencheur")]
    pub event: Option<String>,
    /// The edition of the risk method that you followed.
    #[field(leave, list, also = "risk method; methode; méthode")]
    pub method: Option<Ref<RiskMethod>>,
    /// The edition of the scope that you covered.
    #[field(also = "geltungsbereich; anwendungsbereich; périmètre; domaine d'application")]
    pub scope: Option<Ref<Scope>>,
    /// The day you began.
    #[field(
        leave,
        list,
        label = "From",
        also = "start; start date; begin; von; beginn; début; de"
    )]
    pub period_from: Option<Date>,
    /// The day you finished, or mean to.
    #[field(list, label = "Until", also = "end; end date; to; bis; ende; fin; à")]
    pub period_until: Option<Date>,
    /// Who took part.
    #[field(also = "participants; attendees; teilnehmer; beteiligte; participants à l'atelier")]
    pub participants: Vec<Holder>,
    /// Which risks you look at in this round.
    #[field(filter)]
    pub takes_in: Option<TakesIn>,
    /// The risks you look at, where it is not all of them.
    #[field(also = "risiken; risques")]
    pub risks: Vec<Ref<Risk>>,
    /// What you found, in a few sentences.
    #[field(also = "results; result; conclusion; ergebnis; zusammenfassung; résultat; synthèse")]
    pub summary: Option<Markdown>,
    /// Which risks nobody looked at before it was closed, and why.
    #[field(also = "not looked at; nicht betrachtet; laissé de côté")]
    pub left_out: Option<Markdown>,
    /// The position of the ledger at which it was closed: its results are what stood there.
    pub position: Option<i64>,
    /// Who approved the results.
    #[field(also = "approver; genehmigt von; freigegeben von; approuvé par")]
    pub approved_by: Option<Ref<Person>>,
    /// The day the results were approved.
    #[field(list, also = "approval date; genehmigt am; freigabedatum; approuvé le")]
    pub approved_on: Option<Date>,
}

/// Why risks are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Reason {
    /// It is the first time.
    #[choice(also = "initial; erstmalig; erste; premier; initiale")]
    First,
    /// It was due.
    #[choice(also = "periodic; scheduled; annual; regelmäßig; turnusmäßig; périodique; annuel")]
    Interval,
    /// Something happened that may have changed risks.
    #[choice(also = "trigger; change; incident; anlassbezogen; ereignis; événement")]
    Event,
}

/// Which risks a round takes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum TakesIn {
    /// Every risk that is not closed.
    #[choice(also = "all; all risks; alle; alle offenen; tous")]
    AllOpen,
    /// Only those named.
    #[choice(also = "selected; some; ausgewählte; nur genannte; sélection")]
    Named,
}

/// The life of an assessment round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Will take place.
    #[stage(to = "open")]
    Planned,
    /// Risks are being looked at.
    #[stage(to = "planned, closed")]
    Open,
    /// Done: its results stand as they were.
    #[stage(to = "open")]
    Closed,
}

impl AssessmentRound {
    /// Whether a rating or review of this day falls into the round.
    pub fn covers(&self, day: Date) -> bool {
        self.period_from.is_some_and(|it| it <= day) && self.period_until.is_none_or(|it| day <= it)
    }
}

impl Rules for AssessmentRound {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        problems.extend(ends_before(self.period_from, "period_until", self.period_until));
        if self.approved_on.zip(self.period_from).is_some_and(|(on, from)| on < from) {
            let message = "the results were approved before the round began: correct the day";
            problems.push(Problem::on("approved_on", message));
        }
        if self.position.is_some_and(|it| it < 0) {
            problems.push(Problem::on("position", "a position of the ledger is never negative"));
        }
        if self.takes_in == Some(TakesIn::AllOpen) && !self.risks.is_empty() {
            let message = "all open risks are taken in, so leave the list of risks empty";
            problems.push(Problem::on("risks", message));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_round_covers_the_days_between_its_ends() {
        let mut round = AssessmentRound::default();
        assert!(!round.covers(date(2026, 3, 1)), "not begun");
        round.period_from = Some(date(2026, 3, 1));
        assert!(round.covers(date(2027, 3, 1)) && !round.covers(date(2026, 2, 28)));
        round.period_until = Some(date(2026, 3, 31));
        assert!(round.covers(date(2026, 3, 31)) && !round.covers(date(2026, 4, 1)));
        assert!(round.check().is_empty());
    }

    #[test]
    fn a_round_must_not_contradict_itself() {
        let round = AssessmentRound {
            period_from: Some(date(2026, 3, 1)),
            period_until: Some(date(2026, 2, 1)),
            approved_on: Some(date(2026, 1, 1)),
            position: Some(-1),
            ..AssessmentRound::default()
        };
        let fields: Vec<_> = round.check().into_iter().map(|it| it.field).collect();
        assert_eq!(fields, ["period_until", "approved_on", "position"]);
    }
}
