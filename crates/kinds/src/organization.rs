//! The organization itself: who it is, what it wants, and what it has promised itself.

use jiff::civil::Date;
use meta::{Kind, Markdown, Problem, Rules, Stage};
use serde::{Deserialize, Serialize};

mod rows;

pub use rows::{Answer, Fact, Goal, HeadCount, InformationClass, Outcome, Parameter};

use crate::{YesNo, shared::repeated};

/// The organization that runs this ISMS: who it is, what it wants to reach, and the intervals and
/// limits it has set itself.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "organization", prefix = "ORG", plural = "Organizations", clause = "4.1", sole,
    stage = Lifecycle, also = "company; company profile; organisation; unternehmen; entreprise")]
pub struct Organization {
    /// The full legal name, as it should stand on a certificate.
    #[field(
        create,
        list,
        label = "Legal name",
        also = "name; company; company name; firma; name der organisation; raison sociale; nom"
    )]
    pub title: String,
    /// The number in the commercial register or the like.
    #[field(
        list,
        also = "registration number; company number; handelsregisternummer; numéro \
            d'enregistrement; siren"
    )]
    pub registered_number: Option<String>,
    /// The postal address of the head office.
    #[field(also = "head office; anschrift; adresse; siège")]
    pub address: Option<Markdown>,
    /// The company or group it belongs to, if any.
    #[field(also = "parent company; group; konzern; muttergesellschaft; maison mère; groupe")]
    pub group_parent: Option<String>,
    /// The lines of business it works in, such as `logistics` or `health care`.
    #[field(list, also = "sector; industry; branche; branchen; secteur; secteurs")]
    pub sectors: Vec<String>,
    /// The countries it works in.
    #[field(list, also = "country; land; länder; pays")]
    pub countries: Vec<String>,
    /// The languages its people read and write at work.
    #[field(also = "language; sprache; sprachen; langue; langues")]
    pub languages: Vec<String>,
    /// The time zone that decides which day it is, such as `Europe/Berlin`.
    #[field(also = "timezone; zeitzone; fuseau horaire")]
    pub time_zone: Option<String>,
    /// What the organization is there for and where it wants to go.
    #[field(
        leave,
        label = "Purpose and strategic direction",
        also = "purpose; mission; strategy; zweck; strategie; finalité; stratégie"
    )]
    pub purpose: Option<Markdown>,
    /// What the ISMS is meant to bring about, such as `customers trust us with their data`.
    #[field(
        leave,
        label = "Intended outcomes of the ISMS",
        also = "intended outcomes; outcomes; beabsichtigte ergebnisse; résultats attendus"
    )]
    pub outcomes: Vec<Outcome>,
    /// What you want from this ISMS for now: work by the standard, get certified, stay certified.
    #[field(list, also = "ziel; objectif; but")]
    pub goal: Option<Goal>,
    /// Other standards and schemes you want to meet as well, such as `TISAX` or `SOC 2`.
    #[field(also = "frameworks wanted; standards; normen; référentiels")]
    pub frameworks: Vec<String>,
    /// When you would like the first part of the certification audit to be.
    #[field(label = "Wished date of stage 1")]
    pub wished_stage_1: Option<Date>,
    /// When you would like the second part of the certification audit to be.
    #[field(label = "Wished date of stage 2")]
    pub wished_stage_2: Option<Date>,
    /// How many people work where on what: auditors reckon their days from it.
    #[field(
        label = "Head-count",
        also = "employees; headcounts; mitarbeiterzahl; mitarbeiter; effectif; effectifs"
    )]
    pub head_counts: Vec<HeadCount>,
    /// Simple facts about how you work; they decide what is proposed and what can be left out.
    pub facts: Vec<Answer>,
    /// The intervals and limits you have set yourself; where one is missing, the checks use a
    /// common value and say so.
    pub parameters: Vec<Parameter>,
    /// The classes by which you tell how carefully information is handled, the mildest first.
    #[field(
        material,
        label = "Information classes",
        also = "classification scheme; klassifizierungsstufen; niveaux de classification"
    )]
    pub classes: Vec<InformationClass>,
}

/// The life of the organization's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// The organization runs its ISMS here.
    Active,
}

impl Organization {
    /// The value of a parameter, such as `context.review`; `None` where nothing was decided.
    pub fn parameter(&self, key: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|it| it.key == key)
    }

    /// The answer to a question of fact; unknown where nobody answered.
    pub fn fact(&self, question: Fact) -> YesNo {
        let answer = self.facts.iter().find(|it| it.question == Some(question));
        answer.and_then(|it| it.answer).unwrap_or(YesNo::Unknown)
    }

    /// The information class with this name, in any case.
    pub fn class(&self, name: &str) -> Option<&InformationClass> {
        let name = name.trim().to_lowercase();
        self.classes.iter().find(|it| it.name.trim().to_lowercase() == name)
    }

    /// How many people work within the scope, where anybody counted them.
    pub fn persons(&self) -> Option<i64> {
        let counts = self.head_counts.iter().filter_map(|it| it.persons);
        counts.fold(None, |sum: Option<i64>, it| Some(sum.unwrap_or(0).saturating_add(it)))
    }
}

impl Rules for Organization {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if let Some(key) = repeated(self.parameters.iter().map(|it| it.key.as_str())) {
            let message = format!("the parameter `{key}` is there twice: keep one");
            problems.push(Problem::on("parameters", message));
        }
        if let Some(name) = repeated(self.classes.iter().map(|it| it.name.as_str())) {
            let message = format!("the class `{name}` is there twice: keep one");
            problems.push(Problem::on("classes", message));
        }
        let mut ranks: Vec<i64> = self.classes.iter().filter_map(|it| it.rank).collect();
        ranks.sort_unstable();
        if let Some(pair) = ranks.windows(2).find(|it| it[0] == it[1]) {
            let message = format!("two classes have the rank {}: give each its own", pair[0]);
            problems.push(Problem::on("classes", message));
        }
        let asked: Vec<Fact> = self.facts.iter().filter_map(|it| it.question).collect();
        if asked.iter().enumerate().any(|(at, it)| asked[..at].contains(it)) {
            problems.push(Problem::on("facts", "a question is answered twice: keep one answer"));
        }
        for row in &self.head_counts {
            if row.persons.is_some_and(|it| it < 0) || row.shifts.is_some_and(|it| it < 0) {
                problems.push(Problem::on("head_counts", "people and shifts cannot be below 0"));
            }
            if row.remote_share.is_some_and(|it| !(0..=100).contains(&it)) {
                let message = "the share of remote work is a percentage from 0 to 100";
                problems.push(Problem::on("head_counts", message));
            }
        }
        if let (Some(first), Some(second)) = (self.wished_stage_1, self.wished_stage_2)
            && second < first
        {
            problems.push(Problem::on("wished_stage_2", "stage 2 comes after stage 1"));
        }
        problems
    }
}

#[cfg(test)]
mod tests;
