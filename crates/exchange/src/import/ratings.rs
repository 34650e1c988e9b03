//! Columns of ratings: which rating they belong to, and which part of it they say.

use super::{Match, RatingPart, Target, headers::without_brackets};
use crate::{
    parse,
    text::{fold, squeeze},
};

/// The criterion of a consequence that names none.
pub(super) const OVERALL: &str = "Overall";

/// A rating of a risk, by what counts in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Inherent,
    Current,
    Residual,
}

/// What a header says about a rating, before its neighbors are looked at.
pub(super) struct Part {
    which: Option<Which>,
    part: RatingPart,
}

/// Reads a header such as `Impact Financial (1-5)` or `Restrisiko`; `None` when it is about
/// something else.
pub(super) fn part(header: &str) -> Option<Part> {
    const SMALL: [&str; 24] = [
        "risk",
        "risiko",
        "risque",
        "of",
        "on",
        "the",
        "after",
        "before",
        "treatment",
        "rating",
        "vor",
        "nach",
        "behandlung",
        "des",
        "der",
        "du",
        "de",
        "la",
        "avant",
        "apres",
        "traitement",
        "hohe",
        "score",
        "level",
    ];
    let bare = without_brackets(header);
    let folded = fold(&bare);
    let words: Vec<&str> = folded.split(' ').filter(|it| !it.is_empty()).collect();
    if words.is_empty() || words.len() > 6 {
        return None;
    }
    let which = words.iter().find_map(|it| which(it));
    let any = |test: fn(&str) -> bool| words.iter().any(|it| test(it));
    let measure = if any(is_likelihood) {
        RatingPart::Likelihood
    } else if any(is_consequence) {
        if any(is_worst) { RatingPart::Worst } else { RatingPart::Consequence(criterion(&bare)) }
    } else {
        let rest = words.iter().filter(|it| self::which(it).is_none() && !is_worst(it));
        let rest: Vec<&&str> = rest.collect();
        let about = rest.iter().any(|it| it.contains("ris")) || which.is_some();
        let score = rest.iter().any(|it| is_score(it));
        let level = rest.iter().any(|it| is_level(it));
        let plain = rest.iter().all(|it| SMALL.contains(it) || is_score(it) || is_level(it));
        match (plain, score, level) {
            (true, true, _) if about || rest.len() == 1 => RatingPart::Score,
            (true, _, true) if about => RatingPart::Level,
            (true, false, false) if which.is_some() => RatingPart::Level,
            _ => return None,
        }
    };
    Some(Part { which, part: measure })
}

/// Gives the columns of ratings their meaning. Ratings without a name of their own are the
/// inherent ones where only a score or level says *inherent*, and else the current ones.
pub(super) fn assign(headers: &[String], samples: &[Vec<&str>], matches: &mut [(Target, Match)]) {
    let mut parts: Vec<(usize, Part)> = Vec::new();
    let spelt = spelt(headers);
    for (at, header) in spelt.iter().enumerate() {
        if let Some(mut part) = part(header).filter(|it| fits(&it.part, &samples[at])) {
            let is_number = |it: &&&str| it.parse::<f64>().is_ok();
            let numbers = samples[at].iter().filter(is_number).count();
            if part.part == RatingPart::Score && numbers * 2 < samples[at].len() {
                // A score in words is a level.
                part.part = RatingPart::Level;
            }
            parts.push((at, part));
        }
    }
    let is = |wanted: fn(&RatingPart) -> bool| parts.iter().any(|(_, it)| wanted(&it.part));
    if is(|it| *it == RatingPart::Likelihood) && is(|it| matches!(it, RatingPart::Consequence(_))) {
        parts.extend(products(headers, samples));
        parts.extend(level(headers));
    }
    let computed = |it: &RatingPart| matches!(it, RatingPart::Score | RatingPart::Level);
    let inherent = |of_score: bool| {
        parts
            .iter()
            .any(|(_, it)| it.which == Some(Which::Inherent) && computed(&it.part) == of_score)
    };
    let residual = parts.iter().any(|(_, it)| it.which == Some(Which::Residual));
    let current = parts.iter().any(|(_, it)| it.which == Some(Which::Current));
    let untagged = match inherent(true) && !inherent(false) && residual && !current {
        true => Which::Inherent,
        false => Which::Current,
    };
    let of = |it: &Part| it.which.unwrap_or(untagged);
    let rated = |which: Which| {
        parts.iter().any(|(_, it)| of(it) == which && matches!(it.part, RatingPart::Consequence(_)))
    };
    for (at, part) in &parts {
        let which = of(part);
        let measure = match &part.part {
            // The worst consequence is all there is: then it is the rating, and not computed.
            RatingPart::Worst if !rated(which) => RatingPart::Consequence(OVERALL.to_owned()),
            other => other.clone(),
        };
        let field = match which {
            Which::Inherent => "inherent",
            Which::Current => "current",
            Which::Residual => "residual",
        };
        let target = Target::Rating(field, measure);
        let repeats = matches!(
            target,
            Target::Rating(_, RatingPart::Likelihood | RatingPart::Consequence(_))
        );
        if !repeats || matches.iter().all(|it| it.0 != target) {
            matches[*at] = (target, Match::Exact);
        }
    }
}

/// Columns called `Risk` in which numbers stand: beside a likelihood and a consequence they are
/// the product and no title.
fn products(headers: &[String], samples: &[Vec<&str>]) -> Vec<(usize, Part)> {
    const NAMES: [&str; 6] = ["risk", "risiko", "risque", "r", "rpn", "rpz"];
    let is_number = |it: &&str| it.parse::<f64>().is_ok();
    let columns = headers.iter().zip(samples).enumerate().filter(|(_, (header, sample))| {
        let numbers = !sample.is_empty() && sample.iter().all(is_number);
        numbers && NAMES.contains(&fold(&without_brackets(header)).as_str())
    });
    columns.map(|(at, _)| (at, Part { which: None, part: RatingPart::Score })).collect()
}

/// The one column called `Level` or the like: beside a likelihood and a consequence it is that of the
/// risk.
fn level(headers: &[String]) -> Option<(usize, Part)> {
    let is = |header: &&String| is_level(&fold(&without_brackets(header)));
    let mut columns = headers.iter().enumerate().filter(|(_, it)| is(it));
    let one = columns.next().filter(|_| columns.next().is_none());
    one.map(|(at, _)| (at, Part { which: None, part: RatingPart::Level }))
}

/// The headers with `L` and `I` written out, where both stand beside each other: alone, a letter
/// says nothing.
fn spelt(headers: &[String]) -> Vec<String> {
    let letter = |header: &String| match fold(&without_brackets(header)).rsplit(' ').next() {
        Some("l" | "p" | "prob" | "w" | "ew") => Some("likelihood"),
        Some("i" | "c" | "s" | "g") => Some("impact"),
        Some(word) if is_consequence(word) => Some("impact"),
        _ => None,
    };
    let has = |word: &str| headers.iter().any(|it| letter(it) == Some(word));
    let both = has("likelihood") && has("impact");
    let each = headers.iter().map(|header| match letter(header).filter(|_| both) {
        Some(word) => {
            let folded = fold(header);
            let mut words: Vec<&str> = folded.split(' ').filter(|it| which(it).is_some()).collect();
            words.push(word);
            words.join(" ")
        }
        None => header.clone(),
    });
    each.collect()
}

/// Whether what stands in the column can be such a part.
fn fits(part: &RatingPart, sample: &[&str]) -> bool {
    let is_number = |it: &&&str| it.parse::<f64>().is_ok();
    let is_rank = |it: &&&str| parse::scale(it).is_some() || is_number(it);
    match part {
        RatingPart::Likelihood | RatingPart::Consequence(_) | RatingPart::Worst => {
            // A column of an own scale's words has few of them, each again and again.
            let mut words: Vec<String> = sample.iter().map(|it| fold(it)).collect();
            words.sort_unstable();
            words.dedup();
            let few = words.len() <= 6 && words.len() * 2 <= sample.len().max(2);
            let short = sample.iter().all(|it| it.chars().count() <= 40);
            sample.iter().filter(is_rank).count() * 2 > sample.len() || few && short
        }
        RatingPart::Score | RatingPart::Level => {
            !sample.is_empty() && sample.iter().all(|it| it.chars().count() <= 40)
        }
    }
}

fn which(word: &str) -> Option<Which> {
    let begins = |fronts: &[&str]| fronts.iter().any(|it| word.starts_with(it));
    let is = |words: &[&str]| words.contains(&word);
    if begins(&["inherent", "inharent", "brutto"])
        || is(&["gross", "raw", "initial", "initiale", "brut", "brute"])
    {
        Some(Which::Inherent)
    } else if begins(&["residual", "residuel", "restrisiko", "restwahr", "restschaden", "netto"])
        || is(&["rest", "net", "nette", "target", "cible", "ziel", "zielrisiko", "after", "nach"])
    {
        Some(Which::Residual)
    } else if begins(&["aktuell", "actuel"]) || is(&["current", "ist"]) {
        Some(Which::Current)
    } else {
        None
    }
}

fn is_likelihood(word: &str) -> bool {
    ["likelihood", "probab", "eintritt", "vraisembl"].iter().any(|it| word.starts_with(it))
        || word.contains("wahrscheinlichkeit")
}

fn is_consequence(word: &str) -> bool {
    ["impact", "consequence", "severity", "auswirkung", "konsequenz", "gravite"]
        .iter()
        .any(|it| word.starts_with(it))
        || word.contains("schaden")
}

fn is_worst(word: &str) -> bool {
    ["max", "maximum", "maximal", "overall", "total", "gesamt", "highest", "worst", "hochste"]
        .contains(&word)
        || ["globale", "global", "maximale", "gesamtschaden"].contains(&word)
}

fn is_score(word: &str) -> bool {
    ["score", "value", "wert", "risikowert", "risikozahl", "rpn", "punkte", "valeur", "rating"]
        .contains(&word)
}

fn is_level(word: &str) -> bool {
    ["level", "stufe", "risikostufe", "risikoklasse", "niveau", "class", "klasse", "category"]
        .contains(&word)
}

/// The criterion in a header of a consequence: `Financial` in `Residual Impact Financial`.
fn criterion(bare: &str) -> String {
    const SMALL: [&str; 17] = [
        "rating", "score", "level", "of", "on", "for", "the", "auf", "der", "die", "sur", "le",
        "la", "de", "risk", "hohe", "ausmass",
    ];
    let kept = bare.split_whitespace().filter(|word| {
        let folded = fold(word);
        !folded.is_empty()
            && !is_consequence(&folded)
            && which(&folded).is_none()
            && !SMALL.contains(&folded.as_str())
    });
    let kept = squeeze(&kept.collect::<Vec<_>>().join(" "));
    let kept = kept.trim_matches(|c: char| !c.is_alphanumeric());
    if kept.is_empty() { OVERALL.to_owned() } else { kept.to_owned() }
}
