//! The risk method: by which scales and limits risks are judged, and how that is done.

mod rows;
mod scales;

use std::collections::BTreeSet;

use meta::{Choice, Kind, Markdown, Period, Problem, Rating, Rules, Stage};
use serde::{Deserialize, Serialize};

pub use rows::{
    Acceptable, Acceptance, ConsequenceLevel, Conversion, Likelihood, MatrixCell, RiskLevel,
};

/// How your organization finds, rates, judges and treats its risks. Two people who follow it should
/// come to the same result.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "risk_method", prefix = "METHOD", plural = "Risk methods", clause = "6.1.2",
    stage = Lifecycle, controlled, also = "risk methodology; risk criteria; risk assessment method; \
    risikomethode; risikomethodik; méthode de risque; méthode d'appréciation des risques")]
pub struct RiskMethod {
    /// What you call this method, for example “Risk method 2026”.
    #[field(create, list, label = "Name")]
    pub title: String,
    /// The time that likelihoods look ahead, for example one year.
    #[field(material, list, also = "time horizon; zeithorizont; horizon de temps")]
    pub horizon: Option<Period>,
    /// How bad is bad: for each kind of harm (money, service, law, people, reputation) the levels
    /// and what each of them means.
    #[field(
        leave,
        material,
        label = "Consequence criteria",
        also = "impact scale; consequence \
        scale; impact criteria; auswirkungsskala; schadensskala; échelle d'impact"
    )]
    pub criteria: Vec<ConsequenceLevel>,
    /// How the levels of several kinds of harm become one.
    #[field(material)]
    pub combine: Option<Combine>,
    /// How likely is likely: the levels, and what each of them means in figures or in words.
    #[field(
        leave,
        material,
        label = "Likelihood levels",
        also = "likelihood scale; probability \
        scale; wahrscheinlichkeitsskala; échelle de vraisemblance; échelle de probabilité"
    )]
    pub likelihoods: Vec<Likelihood>,
    /// The levels a risk can have, from the lowest to the highest.
    #[field(
        leave,
        material,
        label = "Risk levels",
        also = "risk classes; risikostufen; \
        niveaux de risque"
    )]
    pub levels: Vec<RiskLevel>,
    /// Which likelihood and consequence together give which level. Every pair needs one.
    #[field(leave, material, also = "risk matrix; risikomatrix; matrice des risques")]
    pub matrix: Vec<MatrixCell>,
    /// Which levels you can live with, who may say so for the others, and for how long.
    #[field(
        leave,
        material,
        label = "Acceptance criteria",
        also = "risk acceptance criteria; \
        risikoakzeptanzkriterien; akzeptanzkriterien; critères d'acceptation"
    )]
    pub acceptance: Vec<Acceptance>,
    /// What top management says about how much risk it is willing to take.
    #[field(
        material,
        also = "risk appetite; risikoappetit; risikobereitschaft; appétence au risque"
    )]
    pub appetite: Option<Markdown>,
    /// How often all risks are assessed anew, for example every year.
    #[field(leave, material, list, label = "Assessed every")]
    pub interval: Option<Period>,
    /// What makes a new assessment necessary before its time, for example a merger or a serious
    /// incident.
    #[field(leave, material, label = "Assessed when")]
    pub triggers: Vec<String>,
    /// Who takes part in an assessment, and what each of them contributes.
    #[field(leave, material)]
    pub participants: Option<Markdown>,
    /// Where you start from when you look for risks.
    #[field(leave, material, list)]
    pub approach: Option<Approach>,
    /// How loss of confidentiality, integrity and availability enter a rating.
    #[field(leave, material, label = "Confidentiality, integrity, availability")]
    pub harms_considered: Option<Markdown>,
    /// How measures that are already at work count in a rating, and when they may be counted.
    #[field(leave, material, label = "How existing controls count")]
    pub existing_controls: Option<Markdown>,
    /// What the reason for a rating must say, so that another person can follow it.
    #[field(leave, material, label = "What a rationale must hold")]
    pub rationale_must_hold: Option<Markdown>,
    /// Which risks are treated first when several are too high.
    #[field(leave, material)]
    pub priority_rule: Option<Markdown>,
    /// Whether this method also says how risks are treated. If not, a document of its own must.
    #[field(leave, material, label = "Also covers treatment")]
    pub covers_treatment: Option<bool>,
    /// Which ways of treatment there are (modify, retain, avoid, share) and when each of them fits.
    #[field(
        material,
        also = "risk treatment options; behandlungsoptionen; \
        options de traitement"
    )]
    pub treatment_options: Option<Markdown>,
    /// How you find the controls that a treatment needs.
    #[field(material, label = "How controls are determined")]
    pub controls_determination: Option<Markdown>,
    /// How and when these controls are compared with Annex A, so that none is forgotten.
    #[field(material, label = "Comparison with Annex A")]
    pub annex_a_comparison: Option<Markdown>,
    /// Who approves a treatment and accepts what remains.
    #[field(material, label = "Who approves")]
    pub treatment_approval: Option<Markdown>,
    /// What an entry in the treatment plan must say: for example what, who, by when.
    #[field(material, label = "What a plan entry must hold")]
    pub plan_entry: Option<Markdown>,
    /// How old levels are read after a change of the method.
    #[field(material, label = "Conversion from the edition before")]
    pub conversion: Vec<Conversion>,
    /// How often the method itself is looked at again.
    #[field(material, label = "Reviewed every")]
    pub cadence: Option<Period>,
    /// Events after which the method is looked at again.
    #[field(material, label = "Reviewed when")]
    pub review_on: Vec<String>,
    /// The day it was last looked at.
    #[field(also = "last review; letzte überprüfung; dernière revue")]
    pub last_reviewed: Option<jiff::civil::Date>,
    /// The day it should be looked at again.
    #[field(list, also = "next review; nächste überprüfung; prochaine revue")]
    pub next_review: Option<jiff::civil::Date>,
}

/// How the levels of several kinds of harm become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Combine {
    /// The worst kind of harm counts.
    #[choice(also = "max; maximum; worst case; höchster wert; le plus élevé")]
    Highest,
    /// The average of all kinds of harm counts, rounded up.
    #[choice(also = "mean; average; mittelwert; durchschnitt; moyenne")]
    AverageRoundedUp,
}

/// Where the search for risks starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Approach {
    /// From what could happen to the organization, and who would want it to.
    #[choice(also = "event-based; scenario; szenario; ereignisbasiert; événement")]
    Event,
    /// From what you have, what threatens it and where it is weak.
    #[choice(also = "asset-based; wertebasiert; assetbasiert; actif; bien")]
    Asset,
    /// Both, one to check the other.
    #[choice(also = "combined; beide; kombiniert; les deux; mixte")]
    Both,
}

/// The life of a risk method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Being written.
    #[stage(to = "submitted, superseded")]
    Draft,
    /// Waits for top management's approval.
    #[stage(to = "draft, superseded")]
    Submitted,
    /// Published: risks are judged by it.
    #[stage(to = "draft, superseded", edition)]
    InForce,
    /// Another method took its place.
    #[stage(to = "draft", ended, reason)]
    Superseded,
}

impl RiskMethod {
    /// The rank of the level that the matrix gives this pair of ranks; `None` where the matrix says
    /// nothing, or contradicts itself.
    pub fn level(&self, likelihood: i64, consequence: i64) -> Option<i64> {
        let mut levels = self
            .matrix
            .iter()
            .filter(|it| it.likelihood == likelihood && it.consequence == consequence)
            .map(|it| it.level);
        let level = levels.next()?;
        levels.all(|it| it == level).then_some(level)
    }

    /// The one consequence rank of a rating over all its criteria: the highest unless the method
    /// says otherwise.
    pub fn consequence(&self, rating: &Rating) -> Option<i64> {
        match self.combine {
            None | Some(Combine::Highest) => rating.consequence(),
            Some(Combine::AverageRoundedUp) => {
                let ranks: Vec<i64> = rating.consequences.iter().map(|it| it.rank).collect();
                let count = i64::try_from(ranks.len()).ok().filter(|it| *it > 0)?;
                let sum = ranks.iter().try_fold(0_i64, |sum, it| sum.checked_add(*it))?;
                Some(sum.div_euclid(count) + i64::from(sum.rem_euclid(count) > 0))
            }
        }
    }

    /// The rank of the level of a rating (ISO/IEC 27001 6.1.2 d 3).
    pub fn rating_level(&self, rating: &Rating) -> Option<i64> {
        self.level(rating.likelihood?, self.consequence(rating)?)
    }

    /// Whether every rank of a rating stands on the scales of this method; what is not rated yet
    /// is no mistake.
    pub fn is_on_scale(&self, rating: &Rating) -> bool {
        self.off_scale(rating).is_none()
    }

    /// What the acceptance criteria say about a level (6.1.2 a 1); `None` where they are silent.
    pub fn accepts(&self, level: i64) -> Option<&Acceptance> {
        self.acceptance.iter().find(|it| it.level == level)
    }

    /// The pairs of likelihood and consequence that have no level, in order: none in a method that
    /// can rate everything.
    pub fn gaps(&self) -> Vec<(i64, i64)> {
        let likelihoods: BTreeSet<i64> = self.likelihoods.iter().map(|it| it.rank).collect();
        let consequences: BTreeSet<i64> = self.criteria.iter().map(|it| it.rank).collect();
        likelihoods
            .into_iter()
            .flat_map(|likelihood| consequences.iter().map(move |it| (likelihood, *it)))
            .filter(|(likelihood, consequence)| self.level(*likelihood, *consequence).is_none())
            .collect()
    }
}

impl Rules for RiskMethod {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut say = |field: &str, message: String| problems.push(Problem::on(field, message));

        once("likelihoods", self.likelihoods.iter().map(|it| it.rank.to_string()), &mut say);
        once("levels", self.levels.iter().map(|it| it.rank.to_string()), &mut say);
        let of = |it: &ConsequenceLevel| format!("{} of {}", it.rank, it.criterion.to_lowercase());
        once("criteria", self.criteria.iter().map(of), &mut say);
        let pair = |it: &MatrixCell| format!("{} × {}", it.likelihood, it.consequence);
        once("matrix", self.matrix.iter().map(pair), &mut say);
        once("acceptance", self.acceptance.iter().map(|it| it.level.to_string()), &mut say);

        let ranks = [
            ("likelihoods", self.likelihoods.iter().map(|it| it.rank).min()),
            ("levels", self.levels.iter().map(|it| it.rank).min()),
            ("criteria", self.criteria.iter().map(|it| it.rank).min()),
        ];
        for (field, lowest) in ranks {
            if lowest.is_some_and(|it| it < 1) {
                say(field, "ranks begin at 1: number the lowest level 1".to_owned());
            }
        }

        let level = |rank: i64| self.levels.iter().any(|it| it.rank == rank);
        for cell in &self.matrix {
            let at = pair(cell);
            if !self.likelihoods.iter().any(|it| it.rank == cell.likelihood) {
                say(
                    "matrix",
                    format!("the pair `{at}` names a likelihood that is not in the list"),
                );
            }
            if !self.criteria.iter().any(|it| it.rank == cell.consequence) {
                say(
                    "matrix",
                    format!("the pair `{at}` names a consequence that is not in the list"),
                );
            }
            if !level(cell.level) {
                let rank = cell.level;
                say(
                    "matrix",
                    format!("the pair `{at}` gives level `{rank}`, which is not in the list"),
                );
            }
        }
        for row in self.acceptance.iter().filter(|it| !level(it.level)) {
            let rank = row.level;
            say(
                "acceptance",
                format!(
                    "there is no level `{rank}` among the risk levels: add it there or correct it here"
                ),
            );
        }
        problems
    }
}

/// Reports each value that stands twice in a table.
fn once(field: &str, values: impl Iterator<Item = String>, say: &mut impl FnMut(&str, String)) {
    let (mut seen, mut told) = (BTreeSet::new(), BTreeSet::new());
    for value in values {
        if !seen.insert(value.clone()) && told.insert(value.clone()) {
            say(field, format!("the row `{value}` is there twice: keep one of them"));
        }
    }
}

#[cfg(test)]
mod tests;
