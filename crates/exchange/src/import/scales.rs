//! The scales that a sheet's ratings stand on: as its method says, else as its cells show.

use std::collections::BTreeMap;

use domain::risk::Method;

use super::{RatingPart, Target, outline::Outline};
use crate::{
    parse::{self, Band},
    text::fold,
};

/// The highest number that is still a rank and not a score.
const HIGHEST: i64 = 10;

/// How a sentence begins about a cell that the method has no rank for.
pub(super) const OFF_SCALE: &str = "it is not on the scale of ";

/// Of a word whose rank is not known yet.
const UNRANKED: i64 = -1;

/// One scale: its ranks and what they are called.
#[derive(Debug, Clone, Default)]
pub(super) struct Scale {
    /// The highest rank; 0 while nothing was seen.
    pub(super) top: i64,
    /// What a rank is called, where the cells say it.
    pub(super) names: BTreeMap<i64, String>,
    words: BTreeMap<String, i64>,
    stated: bool,
    /// Whether it begins with 0 in the sheet: ranks begin at 1.
    pub(super) zero: bool,
    /// Whether figures stand in it.
    numbered: bool,
    /// Whether its header says that it begins with 1.
    one: bool,
    /// Whether 1 is the highest in the sheet: ranks go from low to high.
    pub(super) falling: bool,
}

/// The scales of a sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Scales {
    pub(super) likelihood: Scale,
    pub(super) consequence: Scale,
}

impl Scales {
    /// The scales that the columns of a sheet show together.
    pub(super) fn seen(outline: &Outline<'_>) -> Self {
        let of = |want: fn(&RatingPart) -> bool| {
            let columns = outline.columns.iter().enumerate();
            let columns = columns
                .filter(|(_, it)| matches!(&it.target, Target::Rating(_, part) if want(part)));
            let mut scale = Scale::default();
            for (at, column) in columns {
                if let Some((low, high)) = parse::range(&column.header) {
                    (scale.top, scale.stated) = (scale.top.max(high.into()), true);
                    scale.zero |= low == 0;
                    scale.one |= low == 1;
                }
                let lines = outline.lines.iter().filter(|it| !it.heading);
                lines.for_each(|it| scale.learn(it.said(at)));
            }
            scale
        };
        let mut scales = Self {
            likelihood: of(|it| matches!(it, RatingPart::Likelihood)),
            consequence: of(|it| matches!(it, RatingPart::Consequence(_))),
        };
        // Where one of them counts from 0, the other does so too, unless it says or shows more.
        let (top, worst) = (scales.likelihood.top, scales.consequence.top);
        let zero = [&scales.likelihood, &scales.consequence].map(|it| it.zero && !it.one);
        scales.likelihood.zero = !scales.likelihood.one && (zero[0] || zero[1] && top <= worst);
        scales.consequence.zero = !scales.consequence.one && (zero[1] || zero[0] && worst <= top);
        // Both scales of a register have as many steps, unless their numbers say otherwise.
        let mut loose = [scales.likelihood.loose(), scales.consequence.loose()];
        if loose[0].iter().any(|it| loose[1].contains(it)) {
            // The same words: what one column lacks, the other may have.
            let both: BTreeMap<i64, String> = loose.iter().flatten().cloned().collect();
            loose = [both.clone().into_iter().collect(), both.into_iter().collect()];
        }
        let each = [&scales.likelihood, &scales.consequence];
        let steps = match each {
            _ if loose.iter().all(|it| it.len() == 4) => 4,
            each if each.iter().any(|it| it.has_five()) => 5,
            _ => 3,
        };
        let five = each.iter().any(|it| it.top > 4 || !it.loose().is_empty());
        scales.likelihood.settle(steps, five, &loose[0]);
        scales.consequence.settle(steps, five, &loose[1]);
        [&mut scales.likelihood, &mut scales.consequence].into_iter().for_each(Scale::turn);
        scales
    }

    /// Whether a score is the product or sum of two ranks, as the sheet counts them.
    pub(super) fn explain(&self, score: i64, likelihood: i64, consequence: i64) -> bool {
        let raw = (self.likelihood.figure(likelihood), self.consequence.figure(consequence));
        [(likelihood, consequence), raw].iter().any(|(l, c)| [l * c, l + c].contains(&score))
    }

    /// The rank that a cell means, of a likelihood or by a criterion; an error says why it is none.
    pub(super) fn rank(
        &self,
        method: Option<Method<'_>>,
        criterion: Option<&str>,
        text: &str,
    ) -> Result<i64, String> {
        let scale = if criterion.is_some() { &self.consequence } else { &self.likelihood };
        let rank = match (method, criterion) {
            (Some(Method { body, .. }), None) if !body.likelihoods.is_empty() => {
                scale.by(text, |it| body.likelihood_rank(it))
            }
            (Some(Method { body, in_force, .. }), Some(criterion)) if !body.criteria.is_empty() => {
                scale.by(text, |it| {
                    let any = || body.consequence_rank(it).filter(|_| !in_force);
                    body.criterion_rank(criterion, it).or_else(any)
                })
            }
            _ => {
                let off = || "it is not on the scale, and is kept beside the fields".to_owned();
                return scale.rank(text).ok_or_else(off);
            }
        };
        rank.ok_or_else(|| {
            let title = method.map_or("", |it| &it.body.title);
            format!(
                "{OFF_SCALE}`{title}`, and is kept beside the fields: mend the scale there, then \
                 let the cell be read again (--relink)"
            )
        })
    }
}

/// The criterion that a column means, as the method in force calls it; a method of one criterion
/// means that one, whatever the sheet calls it.
///
/// # Errors
/// When the method in force has several, and none of this name: a sentence about a cell.
pub(super) fn criterion<'n>(
    method: Option<Method<'n>>,
    name: &'n str,
    (header, field): (&str, &str),
) -> Result<&'n str, String> {
    let Some(method) = method.filter(|it| it.in_force) else { return Ok(name) };
    let names = method.body.criterion_names();
    let own = names.iter().find(|it| fold(it) == fold(name));
    match (own, names.as_slice()) {
        (Some(own), _) => Ok(own),
        (None, []) => Ok(name),
        (None, [only]) => Ok(only),
        (None, [first, ..]) => Err(format!(
            "{OFF_SCALE}`{}`, which has no criterion `{name}`, and is kept beside the fields: say \
             which one the column means, such as --map \"{header}={field}.{first}\"",
            method.body.title
        )),
    }
}

impl Scale {
    /// The rank that a cell means.
    pub(super) fn rank(&self, text: &str) -> Option<i64> {
        let word = self.words.get(&fold(text)).copied();
        let number = parse::scale(text).and_then(|it| it.number).map(i64::from);
        let rank = number.map(|it| self.rank_of(it)).or(word)?;
        (1..=self.top).contains(&rank).then_some(rank)
    }

    /// The rank that a method gives a cell: where the sheet counts otherwise, its word counts.
    fn by(&self, text: &str, rank: impl Fn(&str) -> Option<i64>) -> Option<i64> {
        let word = parse::scale(text).and_then(|it| it.label);
        rank(text).or_else(|| rank(word.filter(|_| self.zero || self.falling)?))
    }

    /// The rank of a figure in the sheet.
    fn rank_of(&self, figure: i64) -> i64 {
        match self.falling {
            true => self.top + i64::from(!self.zero) - figure,
            false => figure + i64::from(self.zero),
        }
    }

    /// The figure that the sheet has for a rank.
    pub(super) fn figure(&self, rank: i64) -> i64 {
        match self.falling {
            true => self.top + i64::from(!self.zero) - rank,
            false => rank - i64::from(self.zero),
        }
    }

    /// Makes ranks of the figures of a scale that begins with 0, or with its highest step.
    fn turn(&mut self) {
        let places = self.names.values().map(|it| parse::scale(it).and_then(|it| it.band));
        let places: Option<Vec<Band>> = places.collect();
        self.falling = self.numbered
            && places.is_some_and(|it| it.len() > 1 && it.windows(2).all(|it| it[0] > it[1]));
        if self.zero {
            self.top += 1;
        }
        if !self.zero && !self.falling {
            return;
        }
        let turned = |figure: i64| self.rank_of(figure);
        let names = self.names.iter().map(|(rank, name)| (turned(*rank), name.clone())).collect();
        let words = self.words.iter().map(|(word, rank)| (word.clone(), turned(*rank))).collect();
        (self.names, self.words) = (names, words);
    }

    fn learn(&mut self, text: &str) {
        let Some(scale) = parse::scale(text) else {
            if !text.is_empty() && text.parse::<f64>().is_err() {
                self.words.entry(fold(text)).or_insert(UNRANKED);
            }
            return;
        };
        if let Some(of) = scale.of {
            (self.top, self.stated) = (self.top.max(of.into()), true);
        }
        self.zero |= scale.number == Some(0);
        match (scale.number.map(i64::from), scale.label) {
            (Some(number), label) => {
                self.numbered = true;
                if !self.stated && (1..=HIGHEST).contains(&number) {
                    self.top = self.top.max(number);
                }
                if let Some(label) = label {
                    self.names.entry(number).or_insert_with(|| label.to_owned());
                    self.words.insert(fold(label), number);
                }
            }
            (None, Some(label)) => {
                self.words.entry(fold(label)).or_insert(UNRANKED);
                self.names.entry(-band_place(scale.band)).or_insert_with(|| label.to_owned());
            }
            (None, None) => {}
        }
    }

    /// Whether its cells show more than three steps.
    fn has_five(&self) -> bool {
        self.top > 3 || self.names.keys().any(|it| [-1, -5].contains(it))
    }

    /// Its words without a number, each with its place among the five usual ones, lowest first.
    fn loose(&self) -> Vec<(i64, String)> {
        let loose = self.names.range(..0).rev();
        loose.map(|(at, it)| (-at, it.clone())).collect()
    }

    /// Gives words without a number their rank: by the five usual steps, by four where each is
    /// used, or three where only the middle ones are. Words of no usual step stay without. Numbers
    /// up to four are of five only if something else in the register is.
    fn settle(&mut self, steps: i64, five: bool, used: &[(i64, String)]) {
        let steps = match self.top {
            0 => steps,
            ..=3 => 3,
            _ => 5,
        };
        let loose = self.loose();
        self.names.retain(|rank, _| *rank >= 0);
        let rank_of = |place: i64| match steps {
            3 => place - 1,
            // As the cells show them, lowest first.
            4 => used.iter().filter(|it| it.0 <= place).count() as i64,
            _ => place,
        };
        for (place, label) in &loose {
            self.names.entry(rank_of(*place)).or_insert_with(|| label.clone());
            if !self.stated {
                self.top = self.top.max(steps);
            }
        }
        for (word, rank) in &mut self.words {
            if *rank == UNRANKED
                && let Some(band) = parse::scale(word).and_then(|it| it.band)
            {
                *rank = rank_of(band_place(Some(band)));
            }
        }
        self.words.retain(|_, rank| *rank != UNRANKED);
        if !self.stated && !self.zero && self.top == 4 && self.names.is_empty() && five {
            self.top = 5;
        }
    }
}

/// The place of a usual word among five.
fn band_place(band: Option<Band>) -> i64 {
    match band {
        Some(Band::VeryLow) => 1,
        Some(Band::Low) => 2,
        Some(Band::Medium) | None => 3,
        Some(Band::High) => 4,
        Some(Band::VeryHigh) => 5,
    }
}
