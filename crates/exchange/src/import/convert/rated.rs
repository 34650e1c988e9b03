//! From the columns of a rating to the rating.

use serde_json::{Map, json};

use super::{super::RatingPart, Converted, Sheet};
use crate::import::scales::{self, Scales};

/// What the columns of one rating say together.
#[derive(Default)]
pub(super) struct Rated<'t> {
    likelihood: Option<i64>,
    consequences: Vec<(&'t str, i64)>,
    score: Option<(&'t str, &'t str)>,
    worst: Option<(&'t str, &'t str)>,
}

impl Sheet<'_> {
    /// Reads one column of a rating.
    pub(super) fn rate<'t>(
        &'t self,
        rating: &mut Rated<'t>,
        (field, part): (&str, &'t RatingPart),
        (header, text): (&'t str, &'t str),
        line: u32,
        row: &mut Converted,
    ) {
        match part {
            RatingPart::Level => row.keep(header, text),
            RatingPart::Score => {
                rating.score = Some((header, text));
                row.keep(header, text);
            }
            RatingPart::Worst => {
                rating.worst = Some((header, text));
                row.keep(header, text);
            }
            RatingPart::Likelihood | RatingPart::Consequence(_) => {
                let criterion = match part {
                    RatingPart::Consequence(name) => {
                        scales::criterion(self.method, name, (header, field)).map(Some)
                    }
                    _ => Ok(None),
                };
                let ranked = criterion.and_then(|criterion| {
                    Ok((criterion, self.scales.rank(self.method, criterion, text)?))
                });
                match ranked {
                    Ok((Some(criterion), rank)) => rating.consequences.push((criterion, rank)),
                    Ok((None, rank)) => rating.likelihood = Some(rank),
                    Err(why) => {
                        row.keep(header, text);
                        row.remark(line, (header, text), &why);
                    }
                }
            }
        }
    }
}

impl Rated<'_> {
    /// Writes the rating, and compares what the sheet computed itself.
    pub(super) fn finish(&self, scales: &Scales, field: &str, line: u32, row: &mut Converted) {
        let worst = self.consequences.iter().map(|(_, rank)| *rank).max();
        if let Some(((header, text), worst)) = self.worst.zip(worst)
            && text.parse::<i64>().is_ok_and(|it| it != worst)
        {
            row.remark(line, (header, text), "it is not the highest of the consequences beside it");
        }
        if let Some((((header, text), worst), likelihood)) =
            self.score.zip(worst).zip(self.likelihood)
            && let Ok(score) = text.parse::<i64>()
            && !scales.explain(score, likelihood, worst)
        {
            let said = "the score contradicts the likelihood and consequence beside it";
            row.remark(line, (header, text), said);
        }
        if self.likelihood.is_none() && self.consequences.is_empty() {
            return;
        }
        let mut rating = Map::new();
        if let Some(rank) = self.likelihood {
            rating.insert("likelihood".to_owned(), rank.into());
        }
        let each = self.consequences.iter();
        let each = each.map(|(criterion, rank)| json!({"criterion": criterion, "rank": rank}));
        rating.insert("consequences".to_owned(), each.collect());
        row.body.insert(field.to_owned(), rating.into());
    }
}
