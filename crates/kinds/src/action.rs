//! Actions: what somebody does by a day, whatever it is for.

mod choices;

use jiff::civil::Date;
use meta::{Any, Decimal, Kind, Markdown, Problem, Ref, Row, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{Holder, control::Control, evidence::Evidence, person::Person, shared::ends_before};
pub use choices::{Effective, Purpose};

/// Something that somebody does by a day: to treat a risk, to put something right, to reach an
/// objective, or because it was decided.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "action", prefix = "ACTION", plural = "Actions", clause = "6.1.3", stage = Lifecycle,
    also = "risk treatment plan; treatment plan; rtp; action plan; actions; measures; tasks; capa; \
    capa register; corrective actions; risikobehandlungsplan; maßnahmenplan; aufgaben; \
    korrekturmaßnahmen; plan de traitement; plan de traitement des risques; plan d'action; \
    plan d'actions; actions correctives")]
pub struct Action {
    /// What is done, in one line, for example “Give every administrator a hardware key”.
    #[field(
        create,
        material,
        list,
        label = "What is done",
        also = "action; title; measure; task; \
        activity; treatment; corrective action; description of action; action item; \
        maßnahme; aufgabe; tätigkeit; titel; korrekturmaßnahme; mesure; tâche; titre; \
        action corrective"
    )]
    pub title: String,
    /// What kind of action it is.
    #[field(create, list, filter, also = "type; action type; category; zweck; art; but; finalité")]
    pub purpose: Option<Purpose>,
    /// What it is for: the risk, objective, control or other record it serves.
    #[field(
        leave,
        list,
        filter,
        label = "For",
        also = "risk; risk id; risks; related risk; \
        linked risk; source; reference; related to; finding; risiko; risiko-id; risiken; bezug; \
        feststellung; risque; id risque; risques; risque lié; risques liés; lié à; constat"
    )]
    pub serves: Vec<Ref<Any>>,
    /// More about what is to be done, where one line is not enough.
    #[field(
        also = "details; description; notes; beschreibung; einzelheiten; détails; description \
        détaillée"
    )]
    pub details: Option<Markdown>,
    /// The controls it brings into place or improves.
    #[field(
        filter,
        also = "annex a control; annex a controls; control; controls; iso control; \
        controls addressed; maßnahme annex a; anhang a; betroffene controls; \
        mesure annexe a; mesures annexe a; contrôles"
    )]
    pub controls: Vec<Ref<Control>>,
    /// Who answers for it being done.
    #[field(
        leave,
        material,
        list,
        filter,
        also = "action owner; responsible; assigned to; \
        assignee; responsible person; verantwortlich; verantwortlicher; zuständig; umsetzer; \
        responsable; propriétaire; pilote; assigné à"
    )]
    pub owner: Option<Holder>,
    /// Who helps.
    #[field(
        also = "supported by; others; team; involved; mitwirkende; beteiligte; contributeurs; \
        équipe"
    )]
    pub others: Vec<Holder>,
    /// The day it begins.
    #[field(also = "start date; planned start; begin; startdatum; beginn; date de début; début")]
    pub start: Option<Date>,
    /// The day by which it is done.
    #[field(
        leave,
        material,
        list,
        filter,
        also = "due date; deadline; target date; due by; \
        planned end; end date; fällig; fällig am; fällig bis; termin; frist; zieldatum; fälligkeit; \
        échéance; date d'échéance; date limite; date cible"
    )]
    pub due: Option<Date>,
    /// Each time the due day was moved: from when to when, and why.
    #[field(label = "Moved")]
    pub moves: Vec<Move>,
    /// How much money it may cost.
    #[field(
        also = "budget; budget (eur); budget (usd); budget (chf); cost; costs; planned cost; \
        kosten; budget in eur; coût; coûts; budget prévu"
    )]
    pub money_planned: Option<Decimal>,
    /// How much money it has cost so far.
    #[field(also = "actual cost; spent; ist-kosten; ausgegeben; coût réel; dépensé")]
    pub money_spent: Option<Decimal>,
    /// In what money that is, for example EUR.
    #[field(also = "währung; devise")]
    pub currency: Option<String>,
    /// How many days of work it takes.
    #[field(
        label = "Days of work",
        also = "effort; effort (days); person days; aufwand; \
        aufwand (tage); personentage; charge; jours-homme"
    )]
    pub days_planned: Option<Decimal>,
    /// What else it needs: people, tools, time of others.
    #[field(also = "resources; required resources; ressourcen; benötigte ressourcen; \
        ressources; moyens")]
    pub resources: Option<Markdown>,
    /// What should be better when it is done.
    #[field(also = "expected result; expected effect; wanted effect; goal; success criteria; \
        erwartetes ergebnis; erwartete wirkung; ziel; résultat attendu; effet attendu")]
    pub wanted_effect: Option<Markdown>,
    /// How you will find out whether it worked, for example a test in the next quarter.
    #[field(
        leave,
        label = "How the effect is judged",
        also = "verification; effectiveness check; \
        verification method; measure of success; how verified; wirksamkeitsprüfung; \
        überprüfung der wirksamkeit; nachweis; vérification; évaluation de l'efficacité; \
        contrôle d'efficacité"
    )]
    pub effect_judged_how: Option<Markdown>,
    /// How it goes on, note by note.
    pub progress: Vec<Progress>,
    /// The day it was done.
    #[field(also = "completion date; completed on; closure date; closed on; date closed; \
        actual end; erledigt am; abgeschlossen am; abschlussdatum; \
        date de clôture; réalisé le; terminé le")]
    pub done_on: Option<Date>,
    /// Who did it.
    #[field(also = "completed by; closed by; erledigt von; umgesetzt von; réalisé par")]
    pub done_by: Option<Ref<Person>>,
    /// What shows that it was done.
    #[field(also = "proof; evidence; nachweise; preuve; preuves")]
    pub evidence: Vec<Ref<Evidence>>,
    /// Who looked whether it worked.
    #[field(
        also = "verifier; verified by; reviewed by; geprüft von; verifiziert von; vérifié par"
    )]
    pub verified_by: Option<Ref<Person>>,
    /// The day they looked.
    #[field(also = "verification date; verified on; geprüft am; verifiziert am; vérifié le")]
    pub verified_on: Option<Date>,
    /// Whether it worked.
    #[field(
        filter,
        label = "Effective",
        also = "effectiveness; effective?; wirksam; wirksamkeit; \
        efficace; efficacité"
    )]
    pub effective: Option<Effective>,
    /// What they saw.
    #[field(label = "What was seen")]
    pub effect_seen: Option<Markdown>,
}

/// One time at which the due day was moved.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Move {
    /// The due day before.
    #[field(create)]
    pub from: Option<Date>,
    /// The due day since.
    #[field(create)]
    pub to: Option<Date>,
    /// Why it was moved.
    #[field(create)]
    pub reason: Option<String>,
    /// The day this was decided.
    pub on: Option<Date>,
}

/// A note on how an action goes on.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Progress {
    /// The day of the note.
    pub on: Option<Date>,
    /// What happened since the last one.
    #[field(create)]
    pub text: Option<String>,
}

/// The life of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Somebody thinks it should be done.
    #[stage(to = "agreed, under_way, done, cancelled")]
    Proposed,
    /// It will be done: who and by when is settled.
    #[stage(to = "proposed, under_way, done, cancelled")]
    Agreed,
    /// Somebody is at it.
    #[stage(to = "agreed, done, cancelled")]
    UnderWay,
    /// It is done. Whether it worked is still to be seen.
    #[stage(to = "under_way, verified")]
    Done,
    /// It is done, and somebody looked whether it worked.
    #[stage(to = "done, under_way")]
    Verified,
    /// It will not be done.
    #[stage(to = "proposed", label = "Canceled", ended, reason)]
    Cancelled,
}

impl Action {
    /// The due day it had before it was first moved; the present one if it never was.
    pub fn first_due(&self) -> Option<Date> {
        self.moves.first().and_then(|it| it.from).or(self.due)
    }
}

impl Rules for Action {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        problems.extend(ends_before(self.start, "due", self.due));
        if self.verified_on.zip(self.done_on).is_some_and(|(verified, done)| verified < done) {
            let message = "it was verified before it was done: correct one of the days";
            problems.push(Problem::on("verified_on", message));
        }
        let amounts = [
            ("money_planned", self.money_planned),
            ("money_spent", self.money_spent),
            ("days_planned", self.days_planned),
        ];
        for (field, amount) in amounts {
            if amount.is_some_and(|it| it < Decimal::from(0)) {
                problems.push(Problem::on(field, "write an amount that is not below zero"));
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_first_due_day_is_that_before_the_first_move() {
        let (first, second) = (date(2026, 3, 1), date(2026, 6, 1));
        let mut action = Action { due: Some(second), ..Action::default() };
        assert_eq!(action.first_due(), Some(second));
        action.moves.push(Move { from: Some(first), to: Some(second), ..Move::default() });
        assert_eq!(action.first_due(), Some(first));
    }

    #[test]
    fn an_action_must_not_contradict_itself() {
        let mut action = Action {
            start: Some(date(2026, 3, 1)),
            due: Some(date(2026, 2, 1)),
            done_on: Some(date(2026, 2, 1)),
            verified_on: Some(date(2026, 1, 1)),
            money_planned: Some(Decimal::from(-1)),
            ..Action::default()
        };
        let fields: Vec<_> = action.check().into_iter().map(|it| it.field).collect();
        assert_eq!(fields, ["due", "verified_on", "money_planned"]);
        action.due = action.start;
        action.verified_on = action.done_on;
        action.money_planned = Some(Decimal::from(0));
        assert_eq!(action.check(), []);
    }
}
