//! Objectives: what information security is to reach, by when, and how that is measured.

use jiff::civil::Date;
use meta::{Choice, Kind, Markdown, Period, Problem, Ref, Row, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{
    Holder, action::Action, determination::Determination, evidence::unknown_clauses,
    obligation::Obligation, person::Person, requirement::Requirement, risk::Risk, unit::Unit,
};

/// Something information security is to reach by a day, so stated that everybody can tell whether
/// it was reached.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "objective", prefix = "OBJ", plural = "Objectives", clause = "6.2", stage = Lifecycle,
    also = "security objectives; security objectives register; information security objectives; \
    isms objectives; goals; sicherheitsziele; informationssicherheitsziele; ziele; \
    objectifs; objectifs de sécurité; objectifs de sécurité de l'information")]
pub struct Objective {
    /// What is to be reached, in one sentence, for example “Fewer than 5 in 100 people click on a
    /// test mail”.
    #[field(
        create,
        material,
        list,
        label = "Objective",
        also = "statement; title; goal; \
        security objective; ziel; zielsetzung; sicherheitsziel; titel; objectif; but; titre"
    )]
    pub title: String,
    /// Whether it is one for the whole organization or for a part of it.
    #[field(material, filter, also = "ebene; niveau; level of objective")]
    pub level: Option<Level>,
    /// The parts of the organization that it is for.
    #[field(
        material,
        filter,
        label = "Units",
        also = "functions; department; departments; \
        function; abteilung; abteilungen; bereich; service; services; fonction; département"
    )]
    pub units: Vec<Ref<Unit>>,
    /// The passage of the policy, or the strategic aim, that it serves.
    #[field(
        leave,
        material,
        also = "policy reference; linked policy; policy; strategic goal; \
        strategic direction; bezug zur leitlinie; leitlinie; strategisches ziel; \
        politique; axe stratégique"
    )]
    pub supports: Option<Markdown>,
    /// The requirements, risks and obligations that it takes into account.
    #[field(
        leave,
        material,
        filter,
        also = "linked iso clause / risk; linked risk; linked risks; \
        linked requirement; related risks; risk; risks; verknüpfte risiken; risiko; anforderung; \
        risques liés; risque; exigences"
    )]
    pub takes_account_of: Vec<Ref<(Requirement, Risk, Obligation)>>,
    /// The clauses and Annex A controls it belongs to, for example 6.2 or A.6.3.
    #[field(
        material,
        also = "iso clause; linked clause; clause; clauses; normbezug; kapitel; \
        article; chapitre iso"
    )]
    pub clauses: Vec<String>,
    /// Who sees to it that it is reached.
    #[field(
        leave,
        material,
        list,
        filter,
        also = "objective owner; responsible; who; accountable; \
        verantwortlich; verantwortlicher; eigentümer; responsable; propriétaire; pilote"
    )]
    pub owner: Option<Holder>,
    /// What is measured, for example the share of people who clicked.
    #[field(
        material,
        label = "Measure",
        also = "metric; kpi; indicator; measurement; \
        kennzahl; messgröße; indikator; messung; indicateur; mesure; métrique"
    )]
    pub measure: Option<String>,
    /// In what it is counted, for example percent or hours.
    #[field(material, also = "unit of measure; einheit; unité; unité de mesure")]
    pub unit: Option<String>,
    /// How the figure is made from the data.
    #[field(material, also = "calculation; formel; berechnung; formule; calcul")]
    pub formula: Option<String>,
    /// Where the data comes from.
    #[field(material, also = "data source; datenquelle; quelle; source de données; source")]
    pub source: Option<String>,
    /// Where you stood when you began.
    #[field(
        material,
        also = "baseline (start of year); start value; starting point; ausgangswert; \
        ausgangslage; valeur initiale; situation initiale"
    )]
    pub baseline: Option<String>,
    /// Where you want to be.
    #[field(
        material,
        list,
        also = "target value; goal value; zielwert; soll; sollwert; \
        cible; valeur cible"
    )]
    pub target: Option<String>,
    /// Whether the figure should rise, fall or stay.
    #[field(material, also = "trend wanted; richtung; sens; tendance voulue")]
    pub direction: Option<Direction>,
    /// Why it cannot be measured, where that is so: the decision that says it.
    #[field(material, also = "not measurable because; nicht messbar weil; non mesurable car")]
    pub not_measurable: Option<Ref<Determination>>,
    /// The day by which it should be reached.
    #[field(
        leave,
        material,
        list,
        filter,
        label = "By when",
        also = "due; due date; deadline; \
        target date; by; termin; fällig am; frist; zieldatum; échéance; date cible; délai"
    )]
    pub due: Option<Date>,
    /// How often it is measured.
    #[field(
        material,
        label = "Measured every",
        also = "measurement frequency; frequency; \
        monitoring frequency; reporting frequency; messintervall; messhäufigkeit; häufigkeit; \
        fréquence; fréquence de mesure"
    )]
    pub cadence: Option<Period>,
    /// Events after which it is looked at again.
    #[field(material, label = "Reviewed when")]
    pub review_on: Vec<String>,
    /// The day it was last looked at.
    // Not material: a review that finds nothing to change must not make the approval stale.
    #[field(also = "last review; last reviewed; letzte überprüfung; dernière revue")]
    pub last_reviewed: Option<Date>,
    /// The day it should be looked at again.
    #[field(
        list,
        filter,
        also = "review date; next review; nächste überprüfung; prüftermin; \
        prochaine revue; date de revue"
    )]
    pub next_review: Option<Date>,
    /// What was measured, period by period.
    #[field(also = "measurements; messwerte; relevés")]
    pub readings: Vec<Reading>,
    /// The actions by which it is reached.
    #[field(
        leave,
        material,
        label = "What is done",
        also = "linked action; linked actions; \
        actions; action; measures; maßnahmen; maßnahme; actions liées; plan d'action"
    )]
    pub actions: Vec<Ref<Action>>,
    /// What that needs: money, people, time, tools.
    #[field(
        leave,
        material,
        also = "required resources; budget; ressourcen; mittel; \
        ressources; moyens"
    )]
    pub resources: Option<Markdown>,
    /// How you will judge the results, and who does.
    #[field(
        leave,
        material,
        label = "How results are evaluated",
        also = "evaluation; \
        evaluation method; how evaluated; bewertung; auswertung; évaluation; \
        méthode d'évaluation"
    )]
    pub evaluated_how: Option<Markdown>,
    /// Who was told about it.
    #[field(material, also = "communicated to; communication; kommuniziert an; communiqué à")]
    pub told_to: Option<String>,
    /// The day they were told.
    #[field(material, also = "communicated on; kommuniziert am; communiqué le")]
    pub told_on: Option<Date>,
    /// How they were told, for example at a staff meeting.
    #[field(material, also = "channel; kanal; canal")]
    pub told_how: Option<String>,
    /// What came of it in the end.
    #[field(
        material,
        label = "Result",
        also = "outcome; final evaluation; ergebnis; fazit; \
        résultat; bilan"
    )]
    pub result: Option<Markdown>,
    /// Who judged that.
    #[field(material, also = "evaluated by; bewertet von; évalué par")]
    pub evaluated_by: Option<Ref<Person>>,
    /// The day it was judged.
    #[field(material, also = "evaluated on; bewertet am; évalué le")]
    pub evaluated_on: Option<Date>,
}

/// One figure that was measured.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Reading {
    /// For which time, for example the first quarter of 2026.
    #[field(create, label = "For")]
    pub period: Option<String>,
    /// What was measured.
    #[field(create)]
    pub value: Option<String>,
    /// The last day of that time.
    pub until: Option<Date>,
    /// Who measured it.
    pub by: Option<Holder>,
    /// What there is to say about it.
    pub note: Option<String>,
}

/// For whom an objective is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Level {
    /// The whole organization.
    #[choice(also = "company; corporate; strategic; unternehmen; gesamt; strategisch; \
        entreprise; stratégique")]
    Organization,
    /// One or several units.
    #[choice(also = "department; function; unit; tactical; abteilung; bereich; taktisch; \
        service; département; tactique")]
    Unit,
    /// One activity or process.
    #[choice(also = "process; operational; prozess; operativ; processus; opérationnel")]
    Activity,
}

/// Where a figure should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Direction {
    /// Higher is better.
    #[choice(also = "increase; higher; more; steigen; höher; augmenter; hausse")]
    Up,
    /// Lower is better.
    #[choice(also = "decrease; lower; less; sinken; niedriger; diminuer; baisse")]
    Down,
    /// It should stay as it is.
    #[choice(also = "maintain; keep; stable; halten; gleich; maintenir")]
    Hold,
}

/// The life of an objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Being worded.
    #[stage(to = "agreed, pursued, withdrawn")]
    Draft,
    /// Those who decide want it.
    #[stage(to = "draft, pursued, withdrawn")]
    Agreed,
    /// You work towards it.
    #[stage(to = "draft, agreed, achieved, missed, withdrawn")]
    Pursued,
    /// It was reached.
    #[stage(to = "pursued", ended)]
    Achieved,
    /// It was not reached.
    #[stage(to = "pursued", ended, reason)]
    Missed,
    /// You gave it up.
    #[stage(to = "draft", ended, reason)]
    Withdrawn,
}

impl Objective {
    /// Whether it says what is measured and where that should be (ISO/IEC 27001 6.2 b).
    pub fn is_measurable(&self) -> bool {
        self.measure.is_some() && self.target.is_some()
    }

    /// The last day for which something was measured.
    pub fn last_reading(&self) -> Option<Date> {
        self.readings.iter().filter_map(|it| it.until).max()
    }
}

impl Rules for Objective {
    fn check(&self) -> Vec<Problem> {
        let mut problems = unknown_clauses("clauses", &self.clauses);
        if self.not_measurable.is_some() && self.is_measurable() {
            let message = "there is a measure with a target, so it can be measured: \
                           remove the decision that it cannot";
            problems.push(Problem::on("not_measurable", message));
        }
        if self.told_on.is_some() && self.told_to.is_none() {
            problems.push(Problem::on("told_to", "say who was told on that day"));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use meta::Id;

    use super::*;

    #[test]
    fn what_is_measured_can_be_measured() {
        let mut objective = Objective {
            measure: Some("Clicks".to_owned()),
            not_measurable: Some(Id::from_u128(1).into()),
            ..Objective::default()
        };
        assert!(!objective.is_measurable());
        assert_eq!(objective.check(), []);
        objective.target = Some("5 %".to_owned());
        assert!(objective.is_measurable());
        assert_eq!(objective.check()[0].field, "not_measurable");
    }

    #[test]
    fn the_last_reading_is_the_newest_not_the_last_row() {
        let reading = |until| Reading { until, ..Reading::default() };
        let readings = vec![reading(Some(date(2026, 6, 30))), reading(Some(date(2026, 3, 31)))];
        let objective = Objective { readings, ..Objective::default() };
        assert_eq!(objective.last_reading(), Some(date(2026, 6, 30)));
        assert_eq!(Objective::default().last_reading(), None);
    }

    #[test]
    fn clauses_must_exist() {
        let clauses = ["6.2", "A.6.3", "6.2.z"].map(str::to_owned).to_vec();
        let problems = Objective { clauses, ..Objective::default() }.check();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].message.contains("6.2.z"));
    }
}
