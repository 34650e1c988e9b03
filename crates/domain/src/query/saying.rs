//! Which records of a kind say something: in their own words, or by the title of what they link to.

use std::collections::BTreeSet;

use meta::{Body, FieldType, KindDef};

use super::{
    Asker,
    condition::{Condition, words},
};
use crate::{
    cache::{Bits, Slot},
    resolve::fold,
};

/// Whether a record says each word somewhere; `None` when nothing is searched for.
pub fn condition<'a>(
    asker: &Asker<'a>,
    kind: &'static KindDef,
    search: &str,
) -> Option<Condition<'a>> {
    if asker.reads.is_none() {
        let saying = saying(asker, kind, search)?;
        return Some(Box::new(move |it| saying.has(it.head.number)));
    }
    // What is kept is of working copies: editions are read when they are looked at.
    if search.trim().is_empty() {
        return None;
    }
    let wanted: Vec<String> =
        search.split_whitespace().map(fold).filter(|it| !it.is_empty()).collect();
    let asker = *asker;
    Some(Box::new(move |it| {
        let cells = (0..kind.fields.len()).map(|at| Body::cell(&it.body, at));
        let mut says: Vec<String> = cells
            .flat_map(|it| it.each().map(|it| words(&asker, it)).collect::<Vec<_>>())
            .collect();
        says.push(fold(&it.name()));
        !wanted.is_empty() && wanted.iter().all(|word| says.iter().any(|it| it.contains(word)))
    }))
}

/// The numbers of the records that say each word somewhere, whole or as part of a word; `None` when
/// nothing is searched for. What is typed without a gap (`RISK-12`, `A.5.9`) is one word.
pub fn saying(asker: &Asker<'_>, kind: &'static KindDef, search: &str) -> Option<Bits> {
    let words: BTreeSet<String> =
        search.split_whitespace().map(fold).filter(|it| !it.is_empty()).collect();
    if words.is_empty() {
        // Only signs were typed: nothing says them.
        return (!search.trim().is_empty()).then(Bits::default);
    }
    words.iter().map(|it| saying_word(asker, kind, it)).reduce(|one, other| one.both(&other))
}

fn saying_word(asker: &Asker<'_>, kind: &'static KindDef, word: &str) -> Bits {
    let texts = asker.cache.texts.of(asker.view.isms, kind.id);
    let mut saying: Bits = texts.that_say(word).map(|it| it.number).collect();
    let others: Vec<&Slot> = texts.slots().filter(|it| !saying.has(it.number)).collect();
    if others.is_empty() {
        return saying;
    }
    let targets = titled(asker, kind, word);
    if targets.iter().any(|it| !it.is_empty()) {
        for slot in others {
            let mut links = texts.links(slot).iter();
            if links.any(|it| targets[usize::from(it.kind)].has(it.number)) {
                saying.add(slot.number);
            }
        }
    }
    saying
}

/// By kind: the records that this kind may link to whose title says the word.
fn titled(asker: &Asker<'_>, kind: &'static KindDef, word: &str) -> Vec<Bits> {
    let isms = asker.view.isms;
    let targets = targets_of(kind);
    let of_kind = |def: &&'static KindDef| {
        if !targets.contains(def.id) {
            return Bits::default();
        }
        let titles = asker.cache.titles.of(isms, def.id);
        let numbers = titles.that_say(word).map(|it| it.number);
        match asker.sees {
            None => numbers.collect(),
            Some(sees) => {
                numbers.filter(|it| isms.numbered(def.id, *it).is_some_and(sees)).collect()
            }
        }
    };
    kinds::KINDS.iter().map(of_kind).collect()
}

/// The kinds that records of this kind may link to.
fn targets_of(kind: &KindDef) -> BTreeSet<&'static str> {
    let mut targets = BTreeSet::new();
    kind.fields.iter().for_each(|it| gather(&it.ty, &mut targets));
    targets
}

fn gather(ty: &FieldType, targets: &mut BTreeSet<&'static str>) {
    match ty {
        FieldType::Link(kinds) | FieldType::Links(kinds) if kinds.is_empty() => {
            targets.extend(kinds::KINDS.iter().map(|it| it.id));
        }
        FieldType::Link(kinds) | FieldType::Links(kinds) => targets.extend(*kinds),
        FieldType::Rating => targets.extend(["control", "person", "role"]),
        FieldType::Rows(def) => def.fields.iter().for_each(|it| gather(&it.ty, targets)),
        _ => {}
    }
}
