//! The scales that a sheet's ratings stand on: as its method says, else as its cells show.

use std::collections::BTreeMap;

use kinds::risk_method::RiskMethod;

use super::{RatingPart, Target, outline::Outline};
use crate::{
    parse::{self, Band},
    text::fold,
};

/// The highest number that is still a rank and not a score.
const HIGHEST: i64 = 10;

/// One scale: its ranks and what they are called.
#[derive(Debug, Clone, Default)]
pub(super) struct Scale {
    /// The highest rank; 0 while nothing was seen.
    pub(super) top: i64,
    /// What a rank is called, where the cells say it.
    pub(super) names: BTreeMap<i64, String>,
    words: BTreeMap<String, i64>,
    stated: bool,
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
                if let Some((_, high)) = parse::range(&column.header) {
                    (scale.top, scale.stated) = (scale.top.max(high.into()), true);
                }
                outline.lines.iter().for_each(|it| scale.learn(&it.cells[at]));
            }
            scale
        };
        let mut scales = Self {
            likelihood: of(|it| matches!(it, RatingPart::Likelihood)),
            consequence: of(|it| matches!(it, RatingPart::Consequence(_))),
        };
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
        scales
    }

    /// The rank that a cell means; an error says why it is none.
    pub(super) fn rank(
        &self,
        method: Option<&RiskMethod>,
        part: &RatingPart,
        text: &str,
    ) -> Result<i64, &'static str> {
        let scale = match part {
            RatingPart::Likelihood => &self.likelihood,
            _ => &self.consequence,
        };
        let off = || Err("it is not on the scale, and is kept beside the fields");
        match (method, part) {
            (Some(method), RatingPart::Likelihood) if !method.likelihoods.is_empty() => {
                method.likelihood_rank(text).map_or_else(off, Ok)
            }
            (Some(method), RatingPart::Consequence(criterion)) if !method.criteria.is_empty() => {
                let rank = method.criterion_rank(criterion, text);
                rank.or_else(|| method.consequence_rank(text)).map_or_else(off, Ok)
            }
            _ => scale.rank(text).map_or_else(off, Ok),
        }
    }
}

impl Scale {
    /// The rank that a cell means.
    pub(super) fn rank(&self, text: &str) -> Option<i64> {
        let word = self.words.get(&fold(text)).copied();
        let number = parse::scale(text).and_then(|it| it.number).map(i64::from);
        let rank = number.or(word)?;
        (1..=self.top).contains(&rank).then_some(rank)
    }

    fn learn(&mut self, text: &str) {
        let Some(scale) = parse::scale(text) else {
            if !text.is_empty() && text.parse::<f64>().is_err() {
                self.words.entry(fold(text)).or_insert(0);
            }
            return;
        };
        if let Some(of) = scale.of {
            (self.top, self.stated) = (self.top.max(of.into()), true);
        }
        match (scale.number.map(i64::from), scale.label) {
            (Some(number), label) => {
                if !self.stated && (1..=HIGHEST).contains(&number) {
                    self.top = self.top.max(number);
                }
                if let Some(label) = label {
                    self.names.entry(number).or_insert_with(|| label.to_owned());
                    self.words.insert(fold(label), number);
                }
            }
            (None, Some(label)) => {
                self.words.entry(fold(label)).or_insert(0);
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
        self.names.retain(|rank, _| *rank > 0);
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
            if *rank == 0
                && let Some(band) = parse::scale(word).and_then(|it| it.band)
            {
                *rank = rank_of(band_place(Some(band)));
            }
        }
        self.words.retain(|_, rank| *rank > 0);
        if !self.stated && self.top == 4 && self.names.is_empty() && five {
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
