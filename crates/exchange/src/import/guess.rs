//! What the rows of a sheet are, by its headers and its name.

use meta::{FieldType, KindDef};

use super::{
    Match, Options, Sureness, Target,
    headers::{self, Lexicon},
};
use crate::text::fold;

/// What a sheet seems to hold.
pub(super) struct Guess {
    pub(super) kind: Option<&'static KindDef>,
    pub(super) sureness: Sureness,
    pub(super) why: String,
}

/// Whether rows may become records of this kind.
pub(super) fn is_importable(kind: &KindDef) -> bool {
    !["approval", "ledger_event", "membership", "comment"].contains(&kind.id)
}

/// Whether records of this kind are rated.
pub(super) fn has_ratings(kind: &KindDef) -> bool {
    kind.fields.iter().any(|it| matches!(it.ty, FieldType::Rating))
}

/// A sheet from which nothing is taken.
pub(super) fn nothing(why: &str) -> Guess {
    Guess { kind: None, sureness: Sureness::None, why: why.to_owned() }
}

/// The kind the person named, unless the sheet has no column that could name a record.
pub(super) fn told(
    kind: &'static KindDef,
    headers: &[String],
    samples: &[Vec<&str>],
    options: &Options,
) -> Guess {
    let matches = headers::matches(Lexicon::of(kind), headers, samples);
    let title = kind.fields[0].name;
    let mapped = options.map.iter().any(|(header, field)| {
        field.trim() == title && headers.iter().any(|it| fold(it) == fold(header))
    });
    if !mapped && !names_records(kind, &matches) {
        let label = kind.fields[0].label;
        let why = format!("no column is `{label}`: say which one means `{title}`, if one does");
        return nothing(&why);
    }
    Guess { kind: Some(kind), sureness: Sureness::Told, why: "you named the kind".to_owned() }
}

/// The kind whose names fit the headers best.
pub(super) fn guess(source: &str, sheet: &str, headers: &[String], samples: &[Vec<&str>]) -> Guess {
    let filled = samples.iter().filter(|it| !it.is_empty()).count();
    let mut best: Option<(f64, f64, usize, bool, &'static KindDef)> = None;
    for lexicon in Lexicon::all().iter().filter(|it| is_importable(it.kind) && !it.kind.sole) {
        let matches = headers::matches(lexicon, headers, samples);
        if !names_records(lexicon.kind, &matches) {
            continue;
        }
        let with = matches.into_iter().zip(samples).filter(|(_, it)| !it.is_empty());
        let matches: Vec<(Target, Match)> = with.map(|(it, _)| it).collect();
        let share = share(&matches, filled);
        let fields = matches.iter().filter(|it| it.0 != Target::Extra).count();
        let named = is_named(lexicon.kind, source) || is_named(lexicon.kind, sheet);
        let score = share + if named { 0.5 } else { 0.0 };
        if best.is_none_or(|it| score > it.0 + 1e-9) {
            best = Some((score, share, fields, named, lexicon.kind));
        }
    }
    let Some((_, share, fields, named, kind)) = best else {
        return nothing("no column names a record of any kind");
    };
    let foreign = is_foreign(source) || is_foreign(sheet);
    let sureness = match named {
        true if share >= 0.6 && fields >= 3 => Sureness::High,
        true if share >= 0.3 && !foreign => Sureness::Low,
        _ if foreign => Sureness::None,
        false if share >= 0.75 && fields >= 3 => Sureness::High,
        false if share >= 0.6 && fields >= 3 => Sureness::Low,
        _ => Sureness::None,
    };
    let label = kind.plural.to_lowercase();
    if sureness == Sureness::None {
        return nothing(&format!(
            "its headers fit no kind well enough: {fields} of {filled} would be {label}"
        ));
    }
    let name = if named { ", and the name says so too" } else { "" };
    let why = format!("{fields} of {filled} headers are known of {label}{name}");
    Guess { kind: Some(kind), sureness, why }
}

/// Whether a column gives records their title, or a number that does.
fn names_records(kind: &KindDef, matches: &[(Target, Match)]) -> bool {
    let number = Target::Field("reference");
    headers::title_column(kind, matches.iter().map(|it| &it.0)).is_some()
        || kind.id == "control" && matches.iter().any(|it| it.0 == number)
}

/// The share of columns that mean something, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "counts of columns")]
fn share(matches: &[(Target, Match)], filled: usize) -> f64 {
    let worth = |(target, matched): &(Target, Match)| match (target, matched) {
        (Target::Extra | Target::Empty, _) => 0.0,
        (Target::Field(_) | Target::Rating(..) | Target::Id, Match::Exact) => 1.0,
        (Target::Stage, _) => 0.7,
        (Target::Part(..), _) => 0.6,
        _ => 0.8,
    };
    matches.iter().map(worth).sum::<f64>() / filled.max(1) as f64
}

/// Whether a file or sheet bears a name for registers of this kind.
fn is_named(kind: &KindDef, name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let name = format!(" {} ", fold(stem));
    let names = [kind.plural, kind.id, kind.label].into_iter().chain(kind.also.iter().copied());
    names.map(fold).any(|it| name.contains(&format!(" {it} ")) && it.len() > 2)
}

/// Whether a name tells of a register that no kind stands for yet.
fn is_foreign(name: &str) -> bool {
    const WORDS: [&str; 20] = [
        "training",
        "schulung",
        "formation",
        "raci",
        "incident",
        "vorfall",
        "vulnerability",
        "schwachstelle",
        "threat",
        "bedrohung",
        "change",
        "exception",
        "ausnahme",
        "cryptography",
        "key",
        "deletion",
        "retention",
        "recovery",
        "backup",
        "log",
    ];
    let name = fold(name);
    name.split(' ').any(|word| WORDS.contains(&word))
}
