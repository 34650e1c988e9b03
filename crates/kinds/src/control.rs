//! Controls: the rows of the Statement of Applicability.

mod choices;

use jiff::civil::Date;
use meta::{Kind, Markdown, Period, Problem, Ref, Row, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{
    Holder, action::Action, asset::Asset, document::Document, person::Person, shared::repeated,
    supplier::Supplier,
};
pub use choices::{Applicability, Implementation, Reason, TestResult};

/// A measure that keeps information secure: one of Annex A, or one of your own. Together they are
/// the Statement of Applicability.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "control", prefix = "CONTROL", plural = "Controls", clause = "6.1.3", stage = Lifecycle,
    also = "statement of applicability; soa; annex a; annex a controls; applicability; \
    erklärung zur anwendbarkeit; anwendbarkeitserklärung; maßnahmen; anhang a; \
    déclaration d'applicabilité; dda; mesures de sécurité; annexe a")]
pub struct Control {
    /// What it is called.
    #[field(
        create,
        list,
        label = "Title",
        also = "control name; control title; name; control; \
        measure; maßnahme; bezeichnung; titel; nom; mesure; intitulé; titre"
    )]
    pub title: String,
    /// Its number in Annex A, such as A.5.1, or a number of your own for your own control.
    #[field(
        create,
        list,
        label = "Control id",
        also = "control id; control number; control no; \
        control ref; control reference; annex a; annex a control; iso 27001; iso control; clause; \
        nummer; nr; maßnahmennummer; referenz; numéro; n°; référence"
    )]
    pub reference: Option<String>,
    /// The controls of which it is a part, for example your own measure under one of Annex A.
    #[field(
        filter,
        also = "parent; realizes; implements; parent control; gehört zu; fait partie de"
    )]
    pub part_of: Vec<Ref<Control>>,
    /// Whether you need it.
    #[field(
        leave,
        material,
        list,
        filter,
        also = "applicable; applicability; applicable?; \
        applicable (yes/no); in scope; included; anwendbar; anwendbarkeit; anwendbar?; \
        applicabilité; retenu"
    )]
    pub applicability: Option<Applicability>,
    /// Why you need it; several reasons are fine. The records behind them are found by their links.
    #[field(
        material,
        filter,
        label = "Reasons to include",
        also = "reason for inclusion; \
        reasons for inclusion; reason for selection; drivers; driver; basis; grund für aufnahme; \
        gründe; auswahlgrund; raison d'inclusion; motifs"
    )]
    pub reasons: Vec<Reason>,
    /// Why you need it, in a sentence of your own that an auditor can follow.
    #[field(
        material,
        also = "justification for inclusion; inclusion justification; rationale; \
        justification / reason; justification for inclusion/exclusion; begründung; \
        begründung für die aufnahme; justification d'inclusion; justification de l'inclusion"
    )]
    pub justification: Option<Markdown>,
    /// Why you do not need it, in a sentence that an auditor can follow.
    #[field(
        material,
        label = "Reason to exclude",
        also = "justification for exclusion; \
        exclusion justification; reason for exclusion; exclusion reason; begründung für ausschluss; \
        ausschlussgrund; begründung für den ausschluss; justification d'exclusion; \
        raison d'exclusion"
    )]
    pub exclusion_reason: Option<Markdown>,
    /// How far you are with it, as you declare it yourself.
    #[field(
        material,
        list,
        filter,
        also = "implementation status; implemented; status; \
        state; implementation state; control status; umsetzungsstatus; umsetzungsstand; umgesetzt; \
        umsetzung; statut de mise en œuvre; état de mise en œuvre; mise en œuvre; statut"
    )]
    pub implementation: Option<Implementation>,
    /// Since when that is so.
    #[field(also = "implementation date; implemented on; date implemented; implemented since; \
        umgesetzt am; umgesetzt seit; seit; depuis; date de mise en œuvre")]
    pub since: Option<Date>,
    /// Who said so.
    #[field(also = "assessed by; reviewed by; erklärt von; déclaré par")]
    pub declared_by: Option<Ref<Person>>,
    /// The day they said so.
    #[field(also = "assessed on; last review; review date; erklärt am; déclaré le")]
    pub declared_on: Option<Date>,
    /// How you do it here: in your own words, with your own systems and people.
    #[field(
        label = "How it is done here",
        also = "implementation description; \
        implementation details; description; description of implementation; \
        how implemented; control implementation; comments; beschreibung der umsetzung; \
        umsetzungsbeschreibung; beschreibung; description de la mise en œuvre"
    )]
    pub how: Option<Markdown>,
    /// The systems or suppliers that do it, or a part of it, for you.
    #[field(
        label = "Done by means of",
        also = "systems; tools; inherited from; provider; \
        systeme; werkzeuge; outils; systèmes"
    )]
    pub by: Vec<Ref<(Asset, Supplier)>>,
    /// The documents that say how it is to be done.
    #[field(
        label = "Rules",
        also = "references; document; documents; policy; policies; \
        related documents; documentation; policy reference; linked documents; dokument; dokumente; \
        richtlinie; richtlinien; verweis; mitgeltende unterlagen; politique; documents associés; \
        document de référence"
    )]
    pub rules: Vec<Ref<Document>>,
    /// Who answers for it.
    #[field(
        list,
        filter,
        also = "control owner; responsible; responsibility; \
        responsible person; accountable; verantwortlich; verantwortlicher; maßnahmenverantwortlicher; \
        eigentümer; propriétaire; responsable; pilote"
    )]
    pub owner: Option<Holder>,
    /// Who does the work day by day.
    #[field(
        filter,
        also = "performed by; control operator; durchgeführt von; ausführend; \
        opérateur; exécutant"
    )]
    pub operator: Option<Holder>,
    /// What would prove that it works, where that comes from, and how often a fresh proof is wanted.
    #[field(label = "Proof wanted")]
    pub proof_wanted: Vec<ProofWanted>,
    /// How mature it is today, from 0 (nothing there) to 5 (improved all the time).
    #[field(
        label = "Maturity now",
        also = "maturity; maturity level; current maturity; \
        cmmi; reifegrad; ist-reifegrad; maturité; niveau de maturité"
    )]
    pub maturity_now: Option<i64>,
    /// How mature you want it to be, from 0 to 5.
    #[field(
        label = "Maturity wanted",
        also = "target maturity; soll-reifegrad; ziel-reifegrad; \
        maturité cible"
    )]
    pub maturity_wanted: Option<i64>,
    /// Why you rate it so.
    pub maturity_reason: Option<String>,
    /// What has to be done before it is as it should be.
    #[field(also = "actions; open actions; action plan; maßnahmenplan; offene punkte; \
        plan d'action; actions ouvertes")]
    pub needs_changes: Vec<Ref<Action>>,
    /// The day it was last tested.
    #[field(
        label = "Last tested",
        also = "last test; last tested; test date; last test date; \
        zuletzt getestet; letzter test; dernier test; date du test"
    )]
    pub last_test_on: Option<Date>,
    /// What the test showed.
    #[field(
        filter,
        label = "Test result",
        also = "test result; last test result; result; \
        testergebnis; prüfergebnis; résultat du test"
    )]
    pub last_test_result: Option<TestResult>,
    /// Who tested it.
    #[field(label = "Tested by", also = "tester; tested by; getestet von; testé par")]
    pub last_test_by: Option<Holder>,
}

/// One thing that would prove that a control works.
#[derive(Debug, Clone, Serialize, Deserialize, Row)]
#[serde(deny_unknown_fields)]
pub struct ProofWanted {
    /// What shows it, for example the signed list of the yearly access review.
    #[field(create, label = "What shows it")]
    pub what: String,
    /// Where it comes from, for example the identity system.
    pub source: Option<String>,
    /// How often a fresh one is wanted.
    #[field(label = "Wanted every")]
    pub cadence: Option<Period>,
}

/// The life of a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Whether you need it is still open.
    #[stage(to = "decided, retired")]
    Undecided,
    /// You decided whether you need it, and why.
    #[stage(to = "undecided, retired")]
    Decided,
    /// One of your own that you gave up. Those of Annex A stay: exclude them instead.
    #[stage(to = "undecided, decided", ended, reason)]
    Retired,
}

impl Control {
    /// The control of Annex A that it stands for; `None` for one of the organization's own.
    pub fn annex_a(&self) -> Option<&'static catalog::Control> {
        catalog::control(self.reference.as_deref()?)
    }

    /// Whether it stands for a control of Annex A.
    pub fn is_annex_a(&self) -> bool {
        self.annex_a().is_some()
    }

    /// Whether it is decided that it is needed.
    pub fn is_included(&self) -> bool {
        self.applicability == Some(Applicability::Included)
    }

    /// Whether it is decided that it is not needed.
    pub fn is_excluded(&self) -> bool {
        self.applicability == Some(Applicability::Excluded)
    }
}

impl Rules for Control {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (field, value) in
            [("maturity_now", self.maturity_now), ("maturity_wanted", self.maturity_wanted)]
        {
            if value.is_some_and(|it| !(0..=5).contains(&it)) {
                problems.push(Problem::on(field, "maturity goes from 0 to 5"));
            }
        }
        if self.is_excluded() && !self.reasons.is_empty() {
            let message = "the control is excluded, yet there are reasons to include it: \
                           remove them, or include the control";
            problems.push(Problem::on("reasons", message));
        }
        if self.declared_on.zip(self.since).is_some_and(|(on, since)| on < since) {
            let message = "this was declared before it was so: correct one of the days";
            problems.push(Problem::on("declared_on", message));
        }
        if let Some(what) = repeated(self.proof_wanted.iter().map(|it| it.what.as_str())) {
            let message = format!("`{what}` is wanted twice: keep one of the rows");
            problems.push(Problem::on("proof_wanted", message));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn control(reference: &str) -> Control {
        Control { reference: Some(reference.to_owned()), ..Control::default() }
    }

    #[test]
    fn annex_a_is_known_by_its_numbers() {
        assert_eq!(control("A.5.1").annex_a().map(|it| it.id), Some("A.5.1"));
        assert!(!control("A.5.99").is_annex_a());
        assert!(!control("OWN-1").is_annex_a());
        assert!(!Control::default().is_annex_a());
    }

    #[test]
    fn a_control_must_not_contradict_itself() {
        let proof = ProofWanted { what: "List".to_owned(), source: None, cadence: None };
        let mut own = Control {
            applicability: Some(Applicability::Excluded),
            reasons: vec![Reason::Risk],
            maturity_now: Some(6),
            maturity_wanted: Some(-1),
            since: Some(date(2026, 2, 1)),
            declared_on: Some(date(2026, 1, 1)),
            proof_wanted: vec![proof.clone(), proof],
            ..control("OWN-1")
        };
        let fields: Vec<_> = own.check().into_iter().map(|it| it.field).collect();
        let expected =
            ["maturity_now", "maturity_wanted", "reasons", "declared_on", "proof_wanted"];
        assert_eq!(fields, expected);

        own.applicability = Some(Applicability::Included);
        (own.maturity_now, own.maturity_wanted) = (Some(0), Some(5));
        own.declared_on = own.since;
        own.proof_wanted.pop();
        assert_eq!(own.check(), []);
        assert!(own.is_included() && !own.is_excluded());
    }
}
