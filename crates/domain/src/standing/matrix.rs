//! The risks on the matrix of the method.

use kinds::risk_method::{Acceptable, RiskMethod};

use crate::{
    conformity::Chain,
    risk::{Stand, matrix},
};

/// The risks that count, on the matrix of the method, by what will remain of them.
pub struct Matrix {
    /// The ranks and names of likelihoods, the highest first.
    pub likelihoods: Vec<(i64, String)>,
    /// The ranks of consequences, the lowest first.
    pub consequences: Vec<i64>,
    /// The cells: a row for each likelihood, in it one for each consequence.
    pub cells: Vec<Vec<Cell>>,
    /// The levels, the highest first.
    pub levels: Vec<Level>,
    /// How many risks stand on the matrix.
    pub rated: usize,
    /// How many do not: nobody said what will remain, or by another method.
    pub unrated: usize,
}

/// One cell of a matrix.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    /// The rank of its level, where the method gives one.
    pub level: Option<i64>,
    /// Its shade from 1 to 5; 0 without a level.
    pub shade: u8,
    /// How many risks stand there.
    pub count: usize,
}

/// One level of risk.
pub struct Level {
    /// Its rank.
    pub rank: i64,
    /// Its name.
    pub name: String,
    /// Its shade from 1 to 5.
    pub shade: u8,
    /// Whether it can be lived with; `None` where the method says nothing.
    pub acceptable: Option<Acceptable>,
    /// How many risks have it.
    pub count: usize,
}

/// The risks on the matrix; `None` where the method has none.
pub(super) fn of(chain: &Chain<'_>) -> Option<Matrix> {
    let method = chain.method?;
    let found = matrix(chain.view, method, Stand::Residual, |_, _| true);
    let likelihoods: Vec<(i64, String)> = found.likelihoods.iter().rev().cloned().collect();
    let consequences: Vec<i64> = found.consequences.iter().map(|it| it.0).collect();
    if likelihoods.is_empty() || consequences.is_empty() {
        return None;
    }
    let mut levels = levels(method.body);
    let mut cell = |likelihood: i64, consequence: i64| {
        let rank = method.body.level(likelihood, consequence);
        let count = found.cells.get(&(likelihood, consequence)).map_or(0, Vec::len);
        let level = levels.iter_mut().find(|it| Some(it.rank) == rank);
        let shade = level.map_or(0, |it| {
            it.count += count;
            it.shade
        });
        Cell { level: rank, shade, count }
    };
    let cells: Vec<Vec<Cell>> = likelihoods
        .iter()
        .map(|row| consequences.iter().map(|it| cell(row.0, *it)).collect())
        .collect();
    let rated = found.cells.values().map(Vec::len).sum();
    let unrated = found.not_rated.len() + found.elsewhere.len();
    levels.reverse();
    Some(Matrix { likelihoods, consequences, cells, levels, rated, unrated })
}

/// The levels, the lowest first, with shades spread over them.
fn levels(method: &RiskMethod) -> Vec<Level> {
    let mut ranks: Vec<(i64, &str)> =
        method.levels.iter().map(|it| (it.rank, it.name.as_str())).collect();
    ranks.sort_unstable();
    ranks.dedup_by_key(|it| it.0);
    let count = ranks.len();
    let level = |(at, (rank, name)): (usize, (i64, &str))| Level {
        rank,
        name: name.to_owned(),
        shade: crate::risk::shade(at, count),
        acceptable: method.accepts(rank).and_then(|it| it.acceptable),
        count: 0,
    };
    ranks.into_iter().enumerate().map(level).collect()
}
