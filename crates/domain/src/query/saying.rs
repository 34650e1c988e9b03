//! Which records of a kind say something: in their own words, or by the title of what they link to.

use std::collections::HashSet;

use meta::{FieldType, Id, KindDef, Record};

use super::Asker;
use crate::resolve::fold;

/// The records of a kind that say all words of a search.
pub struct Saying {
    /// By number, one bit each.
    bits: Vec<u64>,
}

/// From so many linked records on it is quicker to look at the links of those who do not say it
/// themselves.
const MANY: usize = 500;

impl Saying {
    /// The records that say each word somewhere, as part of a word or whole; `None` when nothing is
    /// searched for. What is typed without a gap (`RISK-12`, `A.5.9`) is one word.
    pub fn of(asker: &Asker<'_>, kind: &'static KindDef, search: &str) -> Option<Self> {
        let words: Vec<String> =
            search.split_whitespace().map(fold).filter(|it| !it.is_empty()).collect();
        if words.is_empty() {
            // Only signs were typed: nothing says them.
            return (!search.trim().is_empty()).then(|| Self { bits: Vec::new() });
        }
        words.iter().map(|it| Self::word(asker, kind, it)).reduce(Self::both)
    }

    /// Whether the record with this number is among them.
    pub fn has(&self, number: u32) -> bool {
        let number = number as usize;
        self.bits.get(number / 64).is_some_and(|it| it & (1 << (number % 64)) != 0)
    }

    fn word(asker: &Asker<'_>, kind: &'static KindDef, word: &str) -> Self {
        let texts = asker.cache.texts.of(asker.view.isms, kind.id);
        let mut saying = Self { bits: vec![0; texts.numbers() / 64 + 1] };
        texts.that_say(word).for_each(|it| saying.add(it.number));
        saying.add_linked(asker, kind, word);
        saying
    }

    /// Adds those that link to a record whose title says it.
    fn add_linked(&mut self, asker: &Asker<'_>, kind: &'static KindDef, word: &str) {
        let isms = asker.view.isms;
        let mut targets: HashSet<Id, foldhash::fast::RandomState> = HashSet::default();
        for target in targets_of(kind) {
            let titles = asker.cache.titles.of(isms, target);
            let found = titles.that_say(word).filter_map(|it| isms.numbered(target, it.number));
            targets.extend(found.filter(|it| asker.sees(it)).map(|it| it.head.id));
        }
        if targets.len() < MANY {
            let sources = targets.iter().flat_map(|it| isms.links_to(*it));
            let sources = sources.filter_map(|it| isms.get(it.source));
            sources.filter(|it| it.def().id == kind.id).for_each(|it| self.add(it.head.number));
            return;
        }
        let others: Vec<&Record> =
            isms.rows(kind.id).filter(|it| !self.has(it.head.number)).collect();
        for record in others {
            let mut found = false;
            record.links(&mut |_, link| found |= targets.contains(&link.id));
            if found {
                self.add(record.head.number);
            }
        }
    }

    fn add(&mut self, number: u32) {
        let number = number as usize;
        if let Some(bits) = self.bits.get_mut(number / 64) {
            *bits |= 1 << (number % 64);
        }
    }

    fn both(mut self, other: Self) -> Self {
        self.bits.iter_mut().zip(other.bits).for_each(|(one, other)| *one &= other);
        self
    }
}

/// The kinds that records of this kind link to.
fn targets_of(kind: &KindDef) -> Vec<&'static str> {
    let mut targets = Vec::new();
    kind.fields.iter().for_each(|it| gather(&it.ty, &mut targets));
    targets.sort_unstable();
    targets.dedup();
    targets
}

fn gather(ty: &FieldType, targets: &mut Vec<&'static str>) {
    match ty {
        FieldType::Link(kinds) | FieldType::Links(kinds) if kinds.is_empty() => {
            targets.extend(kinds::KINDS.iter().map(|it| it.id));
        }
        FieldType::Link(kinds) | FieldType::Links(kinds) => targets.extend_from_slice(kinds),
        FieldType::Rating => targets.extend_from_slice(&["control", "person", "role"]),
        FieldType::Rows(def) => def.fields.iter().for_each(|it| gather(&it.ty, targets)),
        _ => {}
    }
}
