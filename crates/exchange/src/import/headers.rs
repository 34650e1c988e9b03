//! From headers to fields: by the names that each kind gives its fields, in three languages.

mod given;
mod marks;

use std::{collections::HashMap, sync::LazyLock};

use meta::{FieldDef, FieldType, KindDef};

use super::{Match, RatingPart, Target, guess, ratings};
use crate::{Error, parse, text::fold};

/// The names of a kind's fields and columns.
pub(super) struct Lexicon {
    pub(super) kind: &'static KindDef,
    names: HashMap<String, Vec<(Target, i32)>>,
    /// Words a header may begin with that say no more than the kind: `asset owner`.
    fronts: Vec<String>,
}

impl Lexicon {
    /// The names of this kind's fields.
    pub(super) fn of(kind: &'static KindDef) -> &'static Self {
        let all = Self::all();
        all.iter().find(|it| it.kind.id == kind.id).unwrap_or(&all[0])
    }

    /// The names of every kind.
    pub(super) fn all() -> &'static [Self] {
        static ALL: LazyLock<Vec<Lexicon>> =
            LazyLock::new(|| kinds::KINDS.iter().map(|it| Lexicon::new(it)).collect());
        &ALL
    }

    fn new(kind: &'static KindDef) -> Self {
        let fronts = [kind.label, kind.id].map(|it| format!("{} ", fold(it)));
        let mut lexicon = Self { kind, names: HashMap::new(), fronts: fronts.to_vec() };
        for field in kind.fields {
            if matches!(field.ty, FieldType::Rating | FieldType::File) {
                continue;
            }
            lexicon.add(field, "", &Target::Field(field.name), 100);
            if let FieldType::Rows(row) = field.ty {
                for column in row.fields {
                    let target = Target::Part(field.name, column.name);
                    lexicon.add(column, "", &target, 80);
                    lexicon.add(column, field.label, &target, 85);
                }
            }
        }
        lexicon
    }

    fn add(&mut self, field: &'static FieldDef, front: &str, target: &Target, weight: i32) {
        let mut put = |name: &str, weight: i32| {
            for (key, weight) in [(fold(name), weight), (stem(name), weight - 10)] {
                let list = self.names.entry(key).or_default();
                if list.iter().all(|(it, _)| it != target) {
                    list.push((target.clone(), weight));
                }
            }
        };
        put(&format!("{front} {}", field.label), weight);
        if front.is_empty() {
            field.also.iter().for_each(|it| put(it, weight - 1));
            put(field.name, weight - 3);
        }
    }

    fn candidates(&self, header: &str) -> Vec<(Target, i32)> {
        let mut found: Vec<(Target, i32)> = Vec::new();
        for (form, penalty) in self.forms(header) {
            for (target, weight) in self.names.get(&form).into_iter().flatten() {
                if found.iter().all(|(it, _)| it != target) {
                    found.push((target.clone(), weight - penalty));
                }
            }
        }
        if let Some(weight) = self.id_weight(header) {
            found.push((Target::Id, weight));
        }
        if is_stage(header) {
            found.push((Target::Stage, 60));
        }
        found
    }

    /// The ways to read a header, with how much less sure each is.
    fn forms(&self, header: &str) -> Vec<(String, i32)> {
        let bare = without_brackets(header);
        let mut forms = vec![(fold(header), 0), (fold(&bare), 4)];
        for front in &self.fronts {
            forms.extend(fold(&bare).strip_prefix(front).map(|it| (it.to_owned(), 6)));
        }
        forms.push((stem(&bare), 12));
        forms
    }

    /// Whether a header names the number of a row.
    pub(super) fn id_weight(&self, header: &str) -> Option<i32> {
        const MARKS: [&str; 17] = [
            "id",
            "nr",
            "no",
            "number",
            "nummer",
            "ref",
            "reference",
            "referenz",
            "numero",
            "n",
            "key",
            "lfd nr",
            "identifier",
            "kennung",
            "lfd",
            "identifiant",
            "identifikator",
        ];
        let folded = fold(header);
        if MARKS.contains(&folded.as_str()) || header.trim() == "#" {
            return Some(if folded.starts_with("id") { 99 } else { 90 });
        }
        let title = Target::Field(self.kind.fields[0].name);
        let own = |word: &str| {
            let titles = self.names.get(word).into_iter().flatten();
            if titles.into_iter().any(|(it, _)| *it == title) {
                return true;
            }
            let own = [self.kind.label, self.kind.id, self.kind.prefix];
            let mut own = own.iter().chain(self.kind.also).map(|it| fold(it));
            // The first part of a compound counts too: `Risiko` of `Risikoregister`.
            own.any(|it| {
                it == word
                    || it.split(' ').next() == Some(word)
                    || word.len() > 3 && it.starts_with(word)
            })
        };
        let behind = folded.rsplit_once(' ').filter(|(_, it)| MARKS.contains(it));
        let joined = ["nummer", "nr", "id"].iter().find_map(|it| folded.strip_suffix(it));
        let before = folded.split_once(' ').filter(|(it, _)| MARKS.contains(it));
        let before = before.map(|(_, it)| {
            ["du ", "de la ", "de l ", "des ", "de ", "d "]
                .iter()
                .find_map(|article| it.strip_prefix(article))
                .unwrap_or(it)
        });
        let words = [behind.map(|it| it.0), joined.map(str::trim_end), before];
        words.into_iter().flatten().any(own).then_some(96)
    }
}

/// Whether any kind has a field of this name.
pub(super) fn is_known(header: &str) -> bool {
    let folded = fold(header);
    !folded.is_empty()
        && (Lexicon::all().iter().any(|it| it.names.contains_key(&folded))
            || Lexicon::all().iter().any(|it| it.id_weight(header).is_some())
            || is_stage(header)
            || ratings::part(header).is_some())
}

/// What each header means for this kind; no field is meant twice.
pub(super) fn matches(
    lexicon: &Lexicon,
    headers: &[String],
    samples: &[Vec<&str>],
) -> Vec<(Target, Match)> {
    let mut matches = vec![(Target::Extra, Match::None); headers.len()];
    let rated = guess::has_ratings(lexicon.kind);
    if rated {
        ratings::assign(headers, samples, &mut matches);
    }
    marks::assign(lexicon, headers, samples, &mut matches);
    given::assign(lexicon.kind, headers, samples, &mut matches);
    let mut candidates = Vec::new();
    for (at, header) in headers.iter().enumerate() {
        if matches[at].1 == Match::None && !samples[at].is_empty() {
            let found = lexicon.candidates(header).into_iter();
            candidates.extend(found.map(|(target, weight)| (weight, at, target)));
        }
    }
    candidates.sort_by_key(|(weight, at, _)| (-weight, *at));
    for (weight, at, target) in candidates {
        let free = matches[at].1 == Match::None && matches.iter().all(|(it, _)| *it != target);
        let answer = fold(&headers[at]) == "no" && headers.iter().any(|it| fold(it) == "yes");
        if free && (target != Target::Id || is_unique(&samples[at]) && !answer) {
            matches[at] = (target, if weight >= 75 { Match::Exact } else { Match::Close });
        }
    }
    control_numbers(lexicon.kind, samples, &mut matches);
    matches
}

/// The column that gives records their title: its own, else one that describes them.
pub(super) fn title_column<'t>(
    kind: &KindDef,
    targets: impl Iterator<Item = &'t Target> + Clone,
) -> Option<usize> {
    const DESCRIBING: [&str; 5] = ["scenario", "description", "demand", "details", "threat"];
    let title = [kind.fields[0].name];
    let mut names = title.iter().chain(&DESCRIBING);
    names.find_map(|name| targets.clone().position(|it| *it == Target::Field(name)))
}

/// What a person says a header means.
pub(super) fn told(kind: &'static KindDef, text: &str) -> Result<Target, Error> {
    let wrong = || {
        let known: Vec<&str> = kind.fields.iter().map(|it| it.name).collect();
        Error::UnknownField {
            field: text.to_owned(),
            kind: kind.label,
            known: format!("id, stage, -, {}", known.join(", ")),
        }
    };
    match text.trim() {
        "-" | "" | "extra" => return Ok(Target::Extra),
        "id" => return Ok(Target::Id),
        "stage" => return Ok(Target::Stage),
        _ => {}
    }
    let (name, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let (_, field) = kind.field(name).ok_or_else(wrong)?;
    match (field.ty, part) {
        (FieldType::Rating, "" | "level") => Ok(Target::Rating(field.name, RatingPart::Level)),
        (FieldType::Rating, "likelihood") => Ok(Target::Rating(field.name, RatingPart::Likelihood)),
        (FieldType::Rating, "consequence") => {
            let part = RatingPart::Consequence(ratings::OVERALL.to_owned());
            Ok(Target::Rating(field.name, part))
        }
        (FieldType::Rating, "score") => Ok(Target::Rating(field.name, RatingPart::Score)),
        (FieldType::Rating, criterion) => {
            Ok(Target::Rating(field.name, RatingPart::Consequence(criterion.to_owned())))
        }
        (FieldType::Choice(defs) | FieldType::Choices(defs), part) if !part.is_empty() => {
            let option = defs.iter().find(|it| it.id == part).ok_or_else(wrong)?;
            Ok(Target::Mark(field.name, option.id))
        }
        (FieldType::Rows(row), part) if !part.is_empty() => {
            let column = row.fields.iter().find(|it| it.name == part).ok_or_else(wrong)?;
            Ok(Target::Part(field.name, column.name))
        }
        (_, "") => Ok(Target::Field(field.name)),
        _ => Err(wrong()),
    }
}

/// The folded text with the plural of each word taken off.
fn stem(text: &str) -> String {
    let folded = fold(text);
    let words =
        folded.split(' ').map(|it| if it.len() > 3 { it.trim_end_matches('s') } else { it });
    words.collect::<Vec<_>>().join(" ")
}

/// Without what stands in brackets, and without marks of a form at the end.
pub(super) fn without_brackets(header: &str) -> String {
    let mut depth = 0_u32;
    let mut bare = String::new();
    for c in header.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

fn is_stage(header: &str) -> bool {
    const NAMES: [&str; 10] = [
        "status",
        "state",
        "stage",
        "lifecycle",
        "life cycle",
        "phase",
        "lebenszyklus",
        "etat",
        "statut",
        "stand",
    ];
    let bare = fold(&without_brackets(header));
    NAMES.contains(&bare.rsplit(' ').next().unwrap_or_default()) || NAMES.contains(&bare.as_str())
}

/// Whether hardly a value comes twice.
fn is_unique(sample: &[&str]) -> bool {
    let mut sorted: Vec<&str> = sample.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.len() * 10 >= sample.len() * 7
}

/// Takes a plain number column for the reference of a control where nothing else is.
fn control_numbers(kind: &KindDef, samples: &[Vec<&str>], matches: &mut [(Target, Match)]) {
    let reference = Target::Field("reference");
    if kind.id != "control" || matches.iter().any(|it| it.0 == reference) {
        return;
    }
    let numbers = |at: usize| {
        let like = samples[at]
            .iter()
            .filter(|it| catalog::normalize(it).is_some() || parse::is_reference(it));
        let known = samples[at]
            .iter()
            .any(|it| catalog::normalize(it).is_some() || catalog::control_2013(it).is_some());
        known && like.count() * 2 > samples[at].len()
    };
    let free = |at: &usize| matches!(matches[*at].0, Target::Id | Target::Extra) && numbers(*at);
    if let Some(at) = (0..matches.len()).find(free) {
        matches[at] = (reference, Match::Close);
    }
}
