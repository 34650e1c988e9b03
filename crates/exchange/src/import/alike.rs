//! Names in the files that seem to mean the same role or person, and making them one before
//! anything is written.

use std::collections::BTreeSet;

use domain::{Step, View, command::Edit};
use meta::{Id, Provenance};
use serde_json::{Map, Value as Json, json};

use super::Plan;
use crate::text::fold;

/// Two names that seem to mean the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// The kind of both.
    pub kind: &'static str,
    /// The name that would stay.
    pub kept: String,
    /// The name that stands in a cell only, and would become the other one.
    pub dropped: String,
}

/// The kinds whose names people write in several ways.
const KINDS: [&str; 4] = ["role", "person", "unit", "supplier"];

/// More names than this are not compared with each other: each with all others takes its time.
const MOST: usize = 2_000;

/// Words that tell no two names apart.
const FILLERS: [&str; 16] = [
    "of", "the", "and", "for", "a", "an", "der", "die", "des", "und", "für", "fur", "de", "la",
    "le", "et",
];

/// The fields in which a record keeps other names it goes by.
const OTHER_NAMES: &str = "also_known";

/// Finds names that an import would make records of although another name of the same kind, in the
/// files or among the records, looks like it.
pub fn alike(view: View<'_>, plan: &Plan) -> Vec<Alike> {
    let mut found: Vec<Alike> = Vec::new();
    for kind in KINDS {
        let stubs: BTreeSet<&str> = plan
            .sheets
            .iter()
            .flat_map(|it| &it.stubs)
            .filter(|it| it.kind == kind)
            .map(|it| it.title.as_str())
            .collect();
        let here = view.isms.rows(kind).filter(|it| it.is_live()).map(|it| it.title());
        let made = plan.command.steps.iter().filter_map(|it| match it {
            Step::New(new) if new.kind == kind => new.fields.get("title")?.as_str(),
            _ => None,
        });
        // What is a record of its own stays; of two cells the longer name does.
        let mut names: Vec<&str> = here.chain(made.filter(|it| !stubs.contains(it))).collect();
        let mut longest: Vec<&str> = stubs.iter().copied().collect();
        longest.sort_by_key(|it| std::cmp::Reverse(it.chars().count()));
        if names.len() + longest.len() > MOST {
            continue;
        }
        for dropped in longest {
            match names.iter().find(|it| look_alike(it, dropped)) {
                Some(kept) => found.push(Alike {
                    kind,
                    kept: (*kept).to_owned(),
                    dropped: dropped.to_owned(),
                }),
                None => names.push(dropped),
            }
        }
    }
    found
}

/// Makes the cells that name one thing by two names name one record: the record of the dropped
/// name is not made, and the kept one remembers that name. Whether there was anything to do.
pub fn unite(view: View<'_>, plan: &mut Plan, said: &Alike) -> bool {
    let stub = plan.sheets.iter().flat_map(|it| &it.stubs);
    let dropped = stub.filter(|it| it.kind == said.kind && it.title == said.dropped);
    let Some(dropped) = dropped.map(|it| it.record).next() else { return false };
    let Some(kept) = named(view, plan, said).filter(|it| *it != dropped) else { return false };
    let (from, to) = (dropped.to_string(), kept.to_string());
    plan.command.steps.retain(|it| !matches!(it, Step::New(new) if new.id == dropped));
    for step in &mut plan.command.steps {
        let fields = match step {
            Step::New(new) => &mut new.fields,
            Step::Edit(edit) => &mut edit.fields,
            _ => continue,
        };
        fields.values_mut().for_each(|it| replace(it, &from, &to));
    }
    for sheet in &mut plan.sheets {
        sheet.stubs.retain(|it| it.record != dropped);
    }
    remember(view, plan, kept, said);
    true
}

/// The record of the kept name: one that is there, or one that the plan makes.
fn named(view: View<'_>, plan: &Plan, said: &Alike) -> Option<Id> {
    let mut here = view.isms.rows(said.kind).filter(|it| it.is_live());
    let here = here.find(|it| it.title() == said.kept).map(|it| it.head.id);
    here.or_else(|| {
        plan.command.steps.iter().find_map(|it| match it {
            Step::New(new) if new.kind == said.kind => {
                (new.fields.get("title")?.as_str()? == said.kept).then_some(new.id)
            }
            _ => None,
        })
    })
}

fn remember(view: View<'_>, plan: &mut Plan, kept: Id, said: &Alike) {
    if kinds::kind(said.kind).is_none_or(|it| it.field(OTHER_NAMES).is_none()) {
        return;
    }
    let add = |names: Option<&Json>| -> Json {
        let mut names = names.and_then(Json::as_array).cloned().unwrap_or_default();
        if !names.contains(&json!(said.dropped)) {
            names.push(json!(said.dropped));
        }
        names.into()
    };
    for step in &mut plan.command.steps {
        match step {
            Step::New(new) if new.id == kept => {
                let names = add(new.fields.get(OTHER_NAMES));
                new.fields.insert(OTHER_NAMES.to_owned(), names);
                return;
            }
            Step::Edit(edit) if edit.record == kept && edit.fields.contains_key(OTHER_NAMES) => {
                let names = add(edit.fields.get(OTHER_NAMES));
                edit.fields.insert(OTHER_NAMES.to_owned(), names);
                return;
            }
            _ => {}
        }
    }
    let Some(record) = view.isms.get(kept) else { return };
    let names = add(record.body.json().get(OTHER_NAMES));
    plan.command.steps.push(Step::Edit(Edit {
        record: kept,
        version: None,
        fields: Map::from_iter([(OTHER_NAMES.to_owned(), names)]),
        extras: None,
        provenance: Provenance::Person,
    }));
}

/// Puts one id in the place of another; a list names nothing twice for that.
fn replace(value: &mut Json, from: &str, to: &str) {
    match value {
        Json::String(text) if text == from => to.clone_into(text),
        Json::Array(list) => {
            list.iter_mut().for_each(|it| replace(it, from, to));
            let mut seen = false;
            list.retain(|it| it.as_str() != Some(to) || !std::mem::replace(&mut seen, true));
        }
        Json::Object(map) => map.values_mut().for_each(|it| replace(it, from, to)),
        _ => {}
    }
}

/// Whether two names seem to mean the same: the same words in another order, letters of a word for
/// the words, a slip of the pen, or one with a word more.
fn look_alike(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    if one == other {
        return false;
    }
    let words = |text: &str| -> BTreeSet<String> {
        let all = text.split(' ').filter(|it| !it.is_empty() && !FILLERS.contains(it));
        all.map(str::to_owned).collect()
    };
    let (first, second) = (words(&one), words(&other));
    if first.is_empty() || second.is_empty() {
        return false;
    }
    if first == second || is_short_for(&one, &other) || is_short_for(&other, &one) {
        return true;
    }
    let (fewer, more) =
        if first.len() < second.len() { (&first, &second) } else { (&second, &first) };
    if fewer.len() >= 2 && fewer.is_subset(more) && more.len() - fewer.len() == 1 {
        return true;
    }
    let (one, other): (Vec<&str>, Vec<&str>) =
        (one.split(' ').collect(), other.split(' ').collect());
    let mut slips = one.iter().zip(&other).filter(|(a, b)| a != b);
    let slip = slips.next();
    one.len() == other.len() && slips.next().is_none() && slip.is_some_and(|(a, b)| is_slip(a, b))
}

/// Whether a long word is another one with a letter or two wrong.
fn is_slip(one: &str, other: &str) -> bool {
    match one.chars().count().min(other.chars().count()) {
        0..5 => false,
        5..9 => is_near(one, other, 1),
        _ => is_near(one, other, 2),
    }
}

/// `ciso` of `chief information security officer`.
fn is_short_for(short: &str, long: &str) -> bool {
    let initials = |all: &mut dyn Iterator<Item = &str>| -> String {
        all.filter_map(|it| it.chars().next()).collect()
    };
    let is_filler = |it: &&str| !FILLERS.contains(it);
    short.len() >= 3
        && !short.contains(' ')
        && (initials(&mut long.split(' ')) == short
            || initials(&mut long.split(' ').filter(is_filler)) == short)
}

/// Whether so few letters differ, are missing or too many; digits never are a slip.
fn is_near(one: &str, other: &str, most: usize) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let digits = |text: &[char]| -> String { text.iter().filter(|it| it.is_numeric()).collect() };
    if one.len().abs_diff(other.len()) > most || digits(&one) != digits(&other) {
        return false;
    }
    let mut line: Vec<usize> = (0..=other.len()).collect();
    for (at, a) in one.iter().enumerate() {
        let mut corner = line[0];
        line[0] = at + 1;
        for (there, b) in other.iter().enumerate() {
            let best = (corner + usize::from(a != b)).min(line[there] + 1).min(line[there + 1] + 1);
            corner = std::mem::replace(&mut line[there + 1], best);
        }
    }
    line[other.len()] <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_same_role_look_alike_and_others_do_not() {
        for (one, other) in [
            ("Head of IT", "IT Head"),
            ("CISO", "Chief Information Security Officer"),
            ("HR Manager", "HR-Manger"),
            ("Security Officer", "Information Security Officer"),
            ("Leiter der Produktion", "Produktion Leiter"),
        ] {
            assert!(look_alike(one, other) && look_alike(other, one), "{one} / {other}");
        }
        for (one, other) in [
            ("Head of IT", "Head of HR"),
            ("Site 1 manager", "Site 2 manager"),
            ("Anna", "Anne"),
            ("CFO", "CEO"),
            ("IT", "IT"),
            ("Legal", "Sales"),
        ] {
            assert!(!look_alike(one, other), "{one} / {other}");
        }
    }
}
