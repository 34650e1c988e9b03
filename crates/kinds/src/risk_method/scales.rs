//! The names on the scales of a risk method, and how people write them.

use std::collections::BTreeSet;

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
