//! A draft of the risk method, from the scales and levels that a register shows.
//!
//! What the register cannot show is left empty and asked: above all which risks are acceptable.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Step, command::New, risk};
use kinds::{Kind, risk_method::RiskMethod};
use meta::{Extras, Id, Provenance};
use serde_json::{Map, Value as Json, json};

use super::{
    MethodDraft, Options, RatingPart, Target,
    convert::Sheet,
    fit,
    scales::{Scale, Scales},
};
use crate::{parse, text::fold};

/// One rating of one row, as far as the row says it.
struct Seen {
    likelihood: i64,
    consequence: i64,
    level: Option<String>,
}

/// What all rated sheets show together.
#[derive(Default)]
struct Shown {
    scales: Scales,
    criteria: Vec<String>,
    ratings: Vec<Seen>,
}

/// A level with the products of likelihood and consequence at which it stands.
struct Band {
    name: String,
    low: i64,
    high: i64,
}

/// Proposes a method where rows with ratings become records.
pub(super) fn draft(
    sheets: &[Option<Sheet<'_>>],
    made: &dyn Fn(usize, usize) -> bool,
    options: &Options,
    ids: &mut dyn FnMut() -> Id,
) -> Option<(MethodDraft, Step)> {
    let mut shown = Shown::default();
    for (at, sheet) in sheets.iter().enumerate() {
        if let Some(sheet) = sheet {
            shown.look(sheet, &|row| made(at, row));
        }
    }
    let (top, worst) = (shown.scales.likelihood.top, shown.scales.consequence.top);
    if top == 0 || worst == 0 || shown.criteria.is_empty() {
        return None;
    }
    let mut questions = vec![
        "Which levels of risk can you live with, who may accept the others, and for how long? \
         The file does not say, and nobody can know it but you."
            .to_owned(),
    ];
    let bands = shown.bands();
    let (matrix, gaps) = shown.matrix(&bands, top, worst);
    if bands.is_empty() {
        questions.push("What are the levels of risk called? The file names none.".to_owned());
    } else if !gaps.is_empty() {
        let gaps: Vec<String> = gaps.iter().map(|(l, c)| format!("{l} × {c}")).collect();
        questions.push(format!(
            "Which level do these pairs of likelihood and consequence have? The file has no risk \
             that shows it: {}.",
            gaps.join(", ")
        ));
    }
    if shown.scales.likelihood.names.is_empty() || shown.scales.consequence.names.is_empty() {
        questions.push(
            "What does each rank of likelihood and consequence mean? The file gives numbers only."
                .to_owned(),
        );
    }
    let scales = [&shown.scales.likelihood, &shown.scales.consequence];
    if scales.iter().any(|it| it.zero) {
        questions.push(
            "Is 0 the lowest step of the scales? The file counts from 0, and ranks begin with 1: \
             its 0 became rank 1, its 1 rank 2, and so on."
                .to_owned(),
        );
    }
    if scales.iter().any(|it| it.falling) {
        questions.push(
            "Is 1 the highest step of the scales? The words beside the figures say so, and ranks \
             go from low to high: the figures were turned around."
                .to_owned(),
        );
    }
    let body = Map::from_iter([
        ("title".to_owned(), Json::from("Risk method (draft from imported ratings)")),
        ("likelihoods".to_owned(), ranks(&shown.scales.likelihood, None)),
        (
            "criteria".to_owned(),
            shown
                .criteria
                .iter()
                .flat_map(|it| match ranks(&shown.scales.consequence, Some(it)) {
                    Json::Array(list) => list,
                    _ => Vec::new(),
                })
                .collect(),
        ),
        (
            "levels".to_owned(),
            (1..).zip(&bands).map(|(rank, it)| json!({"rank": rank, "name": it.name})).collect(),
        ),
        ("matrix".to_owned(), matrix),
    ]);
    let id = ids();
    let fields = fit::fit(RiskMethod::DEF, id, body).ok()?.body;
    let step = Step::New(New {
        id,
        kind: RiskMethod::ID.to_owned(),
        fields,
        stage: None,
        provenance: options.provenance,
        extras: Extras::default(),
    });
    Some((MethodDraft { record: id, questions }, step))
}

/// What a person should know of a sheet whose ratings are read by the draft of an earlier import;
/// `None` where the method is a person's own, or nothing is rated.
pub(super) fn bound(sheet: &Sheet<'_>, method: risk::Method<'_>) -> Option<String> {
    let by_import = method.record.head.provenance == Provenance::Import;
    let shown = [&sheet.scales.likelihood, &sheet.scales.consequence].map(|it| it.top);
    if method.in_force || !by_import || shown == [0, 0] {
        return None;
    }
    let steps = |ranks: BTreeSet<i64>| i64::try_from(ranks.len()).unwrap_or(i64::MAX);
    let body = method.body;
    let has = [
        steps(body.likelihoods.iter().map(|it| it.rank).collect()),
        steps(body.criteria.iter().map(|it| it.rank).collect()),
    ];
    let more = match shown.iter().zip(has).any(|(shown, has)| *shown > has) {
        true => format!(
            "; this sheet has {} and {}: where that is right, mend the scales there first, or \
             let the cells be read again afterwards (--relink)",
            shown[0], shown[1]
        ),
        false => String::new(),
    };
    Some(format!(
        "the ratings are read by {}, the draft that an earlier import made, with {} steps of \
         likelihood and {} of consequence{more}",
        method.record.name(),
        has[0],
        has[1]
    ))
}

fn ranks(scale: &Scale, criterion: Option<&str>) -> Json {
    (1..=scale.top)
        .map(|rank| {
            let figure = || (rank - i64::from(scale.zero)).to_string();
            let name = scale.names.get(&rank).cloned().unwrap_or_else(figure);
            match criterion {
                Some(criterion) => json!({"criterion": criterion, "rank": rank, "name": name}),
                None => json!({"rank": rank, "name": name}),
            }
        })
        .collect()
}

impl Shown {
    fn look(&mut self, sheet: &Sheet<'_>, made: &dyn Fn(usize) -> bool) {
        let mut fields: BTreeMap<&str, Vec<(usize, &RatingPart)>> = BTreeMap::new();
        for (at, column) in sheet.outline.columns.iter().enumerate() {
            if let Target::Rating(field, part) = &column.target {
                fields.entry(field).or_default().push((at, part));
            }
        }
        let mut any = false;
        let lines = sheet.outline.lines.iter().enumerate();
        for (_, line) in lines.filter(|(row, _)| made(*row)) {
            for columns in fields.values() {
                let (mut likelihood, mut consequence, mut level) = (None, None, None);
                for (at, part) in columns {
                    let text = &*line.cells[*at];
                    match part {
                        RatingPart::Likelihood => likelihood = sheet.scales.likelihood.rank(text),
                        RatingPart::Consequence(_) => {
                            consequence = consequence.max(sheet.scales.consequence.rank(text));
                        }
                        RatingPart::Level if !text.is_empty() => level = Some(name(text)),
                        _ => {}
                    }
                }
                any |= likelihood.is_some() || consequence.is_some();
                if let Some((likelihood, consequence)) = likelihood.zip(consequence) {
                    self.ratings.push(Seen { likelihood, consequence, level: level.flatten() });
                }
            }
        }
        if !any {
            return;
        }
        for (_, part) in fields.values().flatten() {
            if let RatingPart::Consequence(criterion) = part
                && !self.criteria.iter().any(|it| fold(it) == fold(criterion))
            {
                self.criteria.push(criterion.clone());
            }
        }
        join(&mut self.scales.likelihood, &sheet.scales.likelihood);
        join(&mut self.scales.consequence, &sheet.scales.consequence);
    }

    /// The product of two ranks, by the figures of a sheet that counts from 0.
    fn product(&self, likelihood: i64, consequence: i64) -> i64 {
        let [from, base] = [&self.scales.likelihood, &self.scales.consequence].map(|it| it.zero);
        (likelihood - i64::from(from)) * (consequence - i64::from(base))
    }

    /// The levels from the lowest to the highest, with the products at which they stand.
    fn bands(&self) -> Vec<Band> {
        let mut bands: BTreeMap<String, Band> = BTreeMap::new();
        for seen in &self.ratings {
            let Some(level) = &seen.level else { continue };
            let product = self.product(seen.likelihood, seen.consequence);
            let band = bands.entry(fold(level)).or_insert_with(|| Band {
                name: level.clone(),
                low: product,
                high: product,
            });
            (band.low, band.high) = (band.low.min(product), band.high.max(product));
        }
        let mut bands: Vec<Band> = bands.into_values().collect();
        let usual = |it: &Band| parse::scale(&it.name).and_then(|it| it.band);
        match bands.iter().all(|it| usual(it).is_some()) {
            true => bands.sort_by_key(|it| (usual(it), it.low)),
            false => bands.sort_by_key(|it| (it.low, it.high)),
        }
        bands
    }

    /// The matrix as far as the ratings show it, and the pairs they do not show.
    fn matrix(&self, bands: &[Band], top: i64, worst: i64) -> (Json, Vec<(i64, i64)>) {
        let ordered = bands.windows(2).all(|it| it[0].high < it[1].low);
        let (mut cells, mut gaps) = (Vec::new(), Vec::new());
        let pairs = (1..=top).flat_map(|l| (1..=worst).map(move |c| (l, c)));
        for (likelihood, consequence) in pairs {
            let level = match ordered {
                true => by_product(bands, self.product(likelihood, consequence)),
                false => self.by_pair(bands, likelihood, consequence),
            };
            match level {
                Some(level) => cells.push(json!({
                    "likelihood": likelihood, "consequence": consequence, "level": level,
                })),
                None => gaps.push((likelihood, consequence)),
            }
        }
        (cells.into(), gaps)
    }

    /// The level that every rating of a pair has.
    fn by_pair(&self, bands: &[Band], likelihood: i64, consequence: i64) -> Option<usize> {
        let of = self
            .ratings
            .iter()
            .filter(|it| (it.likelihood, it.consequence) == (likelihood, consequence));
        let levels: BTreeSet<String> = of.filter_map(|it| it.level.as_deref()).map(fold).collect();
        let level = levels.first().filter(|_| levels.len() == 1)?;
        bands.iter().position(|it| fold(&it.name) == *level).map(|at| at + 1)
    }
}

/// The level of a product: within what was seen of it, or beyond the ends of the scale.
fn by_product(bands: &[Band], product: i64) -> Option<usize> {
    let last = bands.len().checked_sub(1)?;
    let inside =
        |at: usize, it: &Band| (at == 0 || product >= it.low) && (at == last || product <= it.high);
    bands.iter().enumerate().position(|(at, it)| inside(at, it)).map(|at| at + 1)
}

fn join(all: &mut Scale, one: &Scale) {
    all.top = all.top.max(one.top);
    all.zero |= one.zero;
    all.falling |= one.falling;
    for (rank, name) in &one.names {
        all.names.entry(*rank).or_insert_with(|| name.clone());
    }
}

/// The name of a level without a number beside it; `None` for a number alone.
fn name(text: &str) -> Option<String> {
    let scale = parse::scale(text);
    let bare = scale.and_then(|it| it.label).unwrap_or(text).trim();
    bare.chars().any(char::is_alphabetic).then(|| bare.to_owned())
}
