//! The names on the scales of a risk method, and how people write them.

use std::collections::BTreeSet;

use meta::Rating;

use super::RiskMethod;

impl RiskMethod {
    /// The names of the consequence criteria, each once, in the order of the method.
    pub fn criterion_names(&self) -> Vec<&str> {
        let mut names = Vec::<&str>::new();
        for row in &self.criteria {
            if !names.iter().any(|it| same(it, &row.criterion)) {
                names.push(&row.criterion);
            }
        }
        names
    }

    /// The rank of a likelihood as people write it: `4`, `likely`, `4 - likely` or `likely (4)`.
    pub fn likelihood_rank(&self, text: &str) -> Option<i64> {
        rank(text, self.likelihoods.iter().map(|it| (it.rank, it.name.as_str())))
    }

    /// The rank of a consequence as people write it, whatever the criterion; `None` where the
    /// criteria disagree about the word.
    pub fn consequence_rank(&self, text: &str) -> Option<i64> {
        rank(text, self.criteria.iter().map(|it| (it.rank, it.name.as_str())))
    }

    /// The rank of a consequence as people write it, on the scale of one criterion.
    pub fn criterion_rank(&self, criterion: &str, text: &str) -> Option<i64> {
        let own = self.criteria.iter().filter(|it| same(&it.criterion, criterion));
        rank(text, own.map(|it| (it.rank, it.name.as_str())))
    }

    /// What a rating says that this method has no step for, in one sentence that names the scale;
    /// what is not rated yet is no mistake.
    pub fn off_scale(&self, rating: &Rating) -> Option<String> {
        if let Some(rank) = rating.likelihood
            && self.likelihood_name(rank).is_none()
        {
            let steps = self.likelihoods.iter().map(|it| (it.rank, it.name.as_str()));
            return Some(no_step(rank, "likelihood", steps));
        }
        rating.consequences.iter().find_map(|it| {
            let own = self.criteria.iter().filter(|own| same(&own.criterion, &it.criterion));
            if own.clone().next().is_none() {
                let names = self.criterion_names().join("`, `");
                return Some(match names.is_empty() {
                    true => format!("the risk method has no criteria yet: `{}`", it.criterion),
                    false => format!(
                        "the risk method has no criterion `{}`: it has `{names}`",
                        it.criterion
                    ),
                });
            }
            let is_there = own.clone().any(|own| own.rank == it.rank);
            let steps = own.map(|it| (it.rank, it.name.as_str()));
            (!is_there).then(|| no_step(it.rank, &format!("`{}`", it.criterion), steps))
        })
    }

    /// The rank of a level of risk as people write it.
    pub fn level_rank(&self, text: &str) -> Option<i64> {
        rank(text, self.levels.iter().map(|it| (it.rank, it.name.as_str())))
    }

    /// The name of a level.
    pub fn level_name(&self, rank: i64) -> Option<&str> {
        self.levels.iter().find(|it| it.rank == rank).map(|it| it.name.as_str())
    }

    /// The name of a likelihood.
    pub fn likelihood_name(&self, rank: i64) -> Option<&str> {
        self.likelihoods.iter().find(|it| it.rank == rank).map(|it| it.name.as_str())
    }

    /// The name of a consequence on the scale of one criterion.
    pub fn consequence_name(&self, criterion: &str, rank: i64) -> Option<&str> {
        self.criteria
            .iter()
            .find(|it| it.rank == rank && same(&it.criterion, criterion))
            .map(|it| it.name.as_str())
    }
}

/// Says that a scale has no such step, and which it has.
fn no_step<'a>(rank: i64, scale: &str, steps: impl Iterator<Item = (i64, &'a str)>) -> String {
    let steps: Vec<String> = steps.map(|(rank, name)| format!("{rank} {name}")).collect();
    match steps.is_empty() {
        true => format!("the risk method has no scale of {scale} yet"),
        false => format!(
            "{rank} is not on the scale of {scale} of the risk method: it has {}",
            steps.join(", ")
        ),
    }
}

/// Whether two names are the same, however they are written.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Finds the one rank that a text means: by name first, then by the number in it.
fn rank<'a>(text: &str, levels: impl Iterator<Item = (i64, &'a str)> + Clone) -> Option<i64> {
    let one = |ranks: BTreeSet<i64>| (ranks.len() == 1).then(|| ranks.first().copied())?;
    let named = |name: &str| -> BTreeSet<i64> {
        levels.clone().filter(|(_, it)| same(it, name)).map(|(rank, _)| rank).collect()
    };
    let whole = named(text);
    if !whole.is_empty() {
        return one(whole);
    }
    let is_mark =
        |it: char| it.is_ascii_digit() || it.is_whitespace() || "-–—:.()[]=/".contains(it);
    let number: String = text.trim_matches(|it| !char::is_ascii_digit(&it)).to_owned();
    let number = number.parse::<i64>().ok();
    let words = named(text.trim_matches(is_mark));
    match (number, words.is_empty()) {
        (Some(number), true) => levels.clone().any(|(rank, _)| rank == number).then_some(number),
        (Some(number), false) => words.contains(&number).then_some(number),
        (None, _) => one(words),
    }
}
