//! Risks: what could happen to the information in scope or to the ISMS itself.

mod choices;

use jiff::civil::Date;
use meta::{Any, Kind, Markdown, Period, Problem, Rating, Ref, Row, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{
    Cia, Holder, assessment_round::AssessmentRound, asset::Asset, control::Control,
    evidence::Evidence, risk_method::RiskMethod, shared::repeated,
};
pub use choices::{Approach, Concerns, Origin, Treatment};

/// Something that could happen and would harm the confidentiality, integrity or availability of
/// your information, or keep the ISMS from doing its job.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "risk", prefix = "RISK", plural = "Risks", clause = "6.1.2", stage = Lifecycle,
    also = "risk register; risk log; risk list; risk assessment; risikoregister; risikoliste; \
    risikobewertung; registre des risques; appréciation des risques; cartographie des risques")]
pub struct Risk {
    /// A short name, for example “Ransomware on the file servers”.
    #[field(
        create,
        list,
        label = "Title",
        also = "risk title; risk name; risk; risikotitel; \
        risikobezeichnung; risiko; bezeichnung; titre; intitulé du risque; risque; nom du risque; scénario de risque"
    )]
    pub title: String,
    /// Whether it threatens information in scope, or the ISMS itself (for example no budget).
    #[field(create, filter)]
    pub concerns: Option<Concerns>,
    /// What could happen, in one or two sentences: who or what causes it, what happens, and what
    /// follows.
    #[field(
        leave,
        material,
        also = "description; risk description; risk scenario; risk statement; \
        event; beschreibung; risikobeschreibung; szenario; scénario; description du risque"
    )]
    pub scenario: Option<Markdown>,
    /// Whether you came to it from an event or from something you have.
    #[field(filter)]
    pub approach: Option<Approach>,
    /// What would be hit.
    #[field(
        filter,
        also = "asset; assets; asset / process; affected assets; affected asset; \
        werte; wert; betroffene werte; zielobjekt; zielobjekte; schutzobjekt; actif; actifs; \
        actifs concernés; bien; biens supports"
    )]
    pub assets: Vec<Ref<Asset>>,
    /// The greater risk of which this one is a part.
    #[field(also = "parent risk; übergeordnetes risiko; risque parent")]
    pub part_of: Option<Ref<Risk>>,
    /// What could strike, for example ransomware, fire or a careless colleague.
    #[field(also = "threats; threat event; bedrohung; gefährdung; gefahr; menace; menaces")]
    pub threat: Option<String>,
    /// What makes it possible, for example no second factor at the mail login.
    #[field(also = "vulnerabilities; weakness; cause; schwachstelle; schwachstellen; ursache; \
        vulnérabilité; vulnérabilités; faiblesse")]
    pub vulnerability: Option<String>,
    /// Who or what is behind it, for example organized crime, a supplier or the weather.
    #[field(also = "threat actor; threat source; source of risk; risikoquelle; angreifer; \
        source de risque; source du risque")]
    pub risk_source: Option<String>,
    /// What would be harmed: confidentiality, integrity, availability, or several of them.
    #[field(
        leave,
        material,
        filter,
        label = "Harms",
        also = "cia; c/i/a; security objective; \
        affected security objectives; protection goals; schutzziel; schutzziele; \
        grundwerte; dic; critères de sécurité"
    )]
    pub harms: Vec<Cia>,
    /// Who answers for it and may decide about it. Not always the one who runs the system.
    #[field(
        leave,
        material,
        list,
        filter,
        also = "risk owner; responsible; risk responsible; \
        verantwortlich; verantwortlicher; risikoeigner; risikoeigentümer; eigentümer; \
        propriétaire; propriétaire du risque; responsable"
    )]
    pub owner: Option<Holder>,
    /// The edition of the risk method by which it is rated.
    #[field(leave, material, also = "risk method; methode; risikomethode; méthode")]
    pub method: Option<Ref<RiskMethod>>,
    /// The assessment round in which it was last confirmed.
    #[field(filter, also = "assessment round; assessment; bewertungsrunde; campagne")]
    pub round: Option<Ref<AssessmentRound>>,
    /// What already works against it, in a few words. Name the controls themselves below.
    #[field(also = "existing controls; existing measures; current controls; \
        current measures; bestehende maßnahmen; vorhandene maßnahmen; aktuelle maßnahmen; \
        mesures existantes; mesures en place; contrôles existants")]
    pub existing_measures: Option<Markdown>,
    /// The controls that already work against it today.
    pub controls_in_place: Vec<Ref<Control>>,
    /// How likely and how bad it would be if nothing worked against it. You may leave this empty.
    #[field(also = "inherent risk; inherent; gross risk; gross; initial risk; raw risk; \
        bruttorisiko; brutto; inhärentes risiko; risque brut; risque inhérent; risque initial")]
    pub inherent: Option<Box<Rating>>,
    /// How likely and how bad it is today, with what already works against it.
    #[field(
        leave,
        list,
        also = "current risk; current; likelihood; impact; consequence; \
        probability; severity; aktuelles risiko; ist-risiko; eintrittswahrscheinlichkeit; \
        schadenshöhe; auswirkung; schadensausmaß; risque actuel; vraisemblance; probabilité; \
        gravité; conséquence"
    )]
    pub current: Option<Box<Rating>>,
    /// How likely and how bad it will be once the treatment is in place. Say which controls you
    /// count on.
    #[field(
        leave,
        material,
        list,
        also = "residual risk; residual; net risk; net; target risk; \
        nettorisiko; netto; restrisiko; zielrisiko; risque résiduel; risque net; résiduel"
    )]
    pub residual: Option<Box<Rating>>,
    /// Its place among the risks to treat, where it differs from what the method gives; 1 comes
    /// first.
    #[field(also = "risk priority; priorität; rang; priorité")]
    pub priority: Option<i64>,
    /// Why it comes earlier or later than the method would have it.
    #[field(also = "reason for priority; begründung der priorität; raison de la priorité")]
    pub priority_reason: Option<String>,
    /// What you do about it; several ways together are fine.
    #[field(
        leave,
        material,
        list,
        filter,
        also = "treatment decision; treatment option; \
        risk treatment; risk response; response; strategy; treatment strategy; \
        risikobehandlung; behandlung; behandlungsoption; maßnahmenstrategie; \
        traitement; traitement du risque; option de traitement; décision de traitement"
    )]
    pub treatment: Vec<Treatment>,
    /// Why you treat it this way; for several ways, why each of them.
    #[field(
        leave,
        material,
        also = "treatment rationale; treatment reason; justification; \
        begründung; begründung der behandlung; justification du traitement"
    )]
    pub treatment_reason: Option<Markdown>,
    /// The controls needed to bring it down, those that already work among them.
    #[field(
        material,
        filter,
        label = "Necessary controls",
        also = "controls; control; \
        necessary controls; annex a control; annex a controls; planned controls; \
        mitigating controls; iso controls; maßnahme; maßnahmen; notwendige maßnahmen; controls annex a; \
        mesures; mesures nécessaires; mesures de sécurité; contrôles"
    )]
    pub controls: Vec<Ref<Control>>,
    /// For a risk you share or avoid: by what contract or insurance, or what you stopped doing.
    #[field(material, also = "transfer mechanism; insurance; versicherung; assurance")]
    pub mechanism: Option<Markdown>,
    /// What proves it, for example the policy of the insurer.
    #[field(material, label = "Proof of the mechanism")]
    pub mechanism_evidence: Vec<Ref<Evidence>>,
    /// How you came to know of it.
    #[field(filter, also = "source; origin; identified by; herkunft; quelle; origine")]
    pub came_from: Option<Origin>,
    /// The record in which it came up, for example a supplier or an action.
    pub came_from_record: Option<Ref<Any>>,
    /// The day it was first seen.
    #[field(also = "date identified; identified on; date raised; raised on; created; \
        identifiziert am; erfasst am; identifié le; date d'identification")]
    pub identified_on: Option<Date>,
    /// The risk that took its place, where two became one.
    pub merged_into: Option<Ref<Risk>>,
    /// How often it is looked at again.
    #[field(
        label = "Reviewed every",
        also = "review frequency; review cycle; review interval; \
        überprüfungsintervall; prüfzyklus; fréquence de revue"
    )]
    pub cadence: Option<Period>,
    /// Events after which it is looked at again, for example a new supplier.
    #[field(label = "Reviewed when")]
    pub review_on: Vec<String>,
    /// The day it was last looked at.
    #[field(also = "last review; last reviewed; review date; last assessment; last assessed; \
        letzte überprüfung; zuletzt geprüft; dernière revue")]
    pub last_reviewed: Option<Date>,
    /// The day it should be looked at again.
    #[field(
        list,
        filter,
        also = "next review; next review date; nächste überprüfung; \
        wiedervorlage; prochaine revue"
    )]
    pub next_review: Option<Date>,
    /// What happened that may have changed it, and what you did about that.
    #[field(label = "Triggered by")]
    pub triggered_by: Vec<Trigger>,
}

/// Something that happened and may have changed a risk.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Trigger {
    /// The day it happened.
    #[field(create)]
    pub date: Option<Date>,
    /// What happened.
    #[field(create)]
    pub event: Option<String>,
    /// The day the risk was rated anew because of it.
    pub reassessed_on: Option<Date>,
    /// Why there was no need to rate it anew.
    pub not_needed_because: Option<String>,
}

/// The life of a risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Seen and named.
    #[stage(to = "analysed, evaluated, treatment_planned, monitored, closed")]
    Identified,
    /// Rated: how likely, how bad.
    #[stage(to = "identified, evaluated, treatment_planned, monitored, closed", label = "Analyzed")]
    Analysed,
    /// Compared with what you can live with.
    #[stage(to = "identified, analysed, treatment_planned, monitored, closed")]
    Evaluated,
    /// Its treatment is decided.
    #[stage(to = "identified, analysed, evaluated, monitored, closed")]
    TreatmentPlanned,
    /// Treated as decided, and watched.
    #[stage(to = "identified, analysed, evaluated, treatment_planned, closed")]
    Monitored,
    /// Gone, avoided, or part of another risk now.
    #[stage(to = "identified, analysed, evaluated, treatment_planned, monitored", ended, reason)]
    Closed,
}

impl Risk {
    /// Whether this way of treatment is chosen.
    pub fn is_treated_by(&self, treatment: Treatment) -> bool {
        self.treatment.contains(&treatment)
    }

    /// Whether it is rated as it is today: a likelihood, and at least one consequence.
    pub fn is_rated(&self) -> bool {
        self.current
            .as_deref()
            .is_some_and(|it| it.likelihood.is_some() && !it.consequences.is_empty())
    }

    /// What happened that nobody has answered yet: neither rated anew nor said why not (8.2).
    pub fn open_triggers(&self) -> impl Iterator<Item = &Trigger> {
        self.triggered_by
            .iter()
            .filter(|it| it.reassessed_on.is_none() && it.not_needed_because.is_none())
    }
}

impl Rules for Risk {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let ratings = [
            ("inherent", &self.inherent),
            ("current", &self.current),
            ("residual", &self.residual),
        ];
        for (field, rating) in ratings {
            if let Some(rating) = rating {
                problems.extend(rating_problems(field, rating));
            }
        }
        if self.priority.is_some_and(|it| it < 1) {
            problems.push(Problem::on("priority", "priorities begin at 1, which comes first"));
        }
        for row in &self.triggered_by {
            if row.reassessed_on.zip(row.date).is_some_and(|(rated, happened)| rated < happened) {
                let message = "the risk was rated anew before the event: correct one of the days";
                problems.push(Problem::on("triggered_by", message));
            }
            if row.reassessed_on.is_some() && row.not_needed_because.is_some() {
                let message = "either the risk was rated anew or there was no need: keep one";
                problems.push(Problem::on("triggered_by", message));
            }
        }
        problems
    }
}

fn rating_problems(field: &str, rating: &Rating) -> Vec<Problem> {
    let mut problems = Vec::new();
    let ranks = rating.likelihood.into_iter().chain(rating.consequences.iter().map(|it| it.rank));
    if ranks.min().is_some_and(|it| it < 1) {
        problems.push(Problem::on(field, "ranks begin at 1: choose one from the method"));
    }
    if let Some(name) = repeated(rating.consequences.iter().map(|it| it.criterion.as_str())) {
        let message = format!("`{name}` is rated twice: keep one of the two");
        problems.push(Problem::on(field, message));
    }
    problems
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use meta::Consequence;

    use super::*;

    fn consequence(criterion: &str, rank: i64) -> Consequence {
        Consequence { criterion: criterion.to_owned(), rank }
    }

    #[test]
    fn a_rating_must_not_contradict_itself() {
        let fields = |rating: Rating| -> Vec<String> {
            let risk = Risk { current: Some(Box::new(rating)), ..Risk::default() };
            risk.check().into_iter().map(|it| it.field).collect()
        };
        let rated =
            |consequences| Rating { likelihood: Some(1), consequences, ..Rating::default() };
        let none: [&str; 0] = [];
        assert_eq!(fields(rated(vec![consequence("Money", 1), consequence("People", 1)])), none);
        let twice = vec![consequence("Money", 1), consequence(" money", 2)];
        assert_eq!(fields(rated(twice)), ["current"]);
        assert_eq!(fields(rated(vec![consequence("Money", 0)])), ["current"]);
    }

    #[test]
    fn a_trigger_is_open_until_it_is_answered() {
        let happened = Trigger { date: Some(date(2026, 5, 1)), ..Trigger::default() };
        let rated = Trigger { reassessed_on: Some(date(2026, 6, 1)), ..happened.clone() };
        let early = Trigger { reassessed_on: Some(date(2026, 4, 1)), ..happened.clone() };
        let risk = Risk { triggered_by: vec![happened, rated], ..Risk::default() };
        assert_eq!(risk.open_triggers().count(), 1);
        assert!(risk.check().is_empty());
        let risk = Risk { triggered_by: vec![early], ..Risk::default() };
        assert_eq!(risk.check().len(), 1);
    }

    #[test]
    fn a_risk_is_rated_with_likelihood_and_consequence() {
        let rating = Rating { likelihood: Some(2), ..Rating::default() };
        let mut risk = Risk { current: Some(Box::new(rating)), ..Risk::default() };
        assert!(!risk.is_rated());
        risk.current.as_mut().unwrap().consequences.push(consequence("Money", 2));
        assert!(risk.is_rated());
        assert!(!risk.is_treated_by(Treatment::Modify));
    }
}
