//! Jump: from a few typed letters to any record, by number, title or text, the likeliest first.

mod rank;

use std::cmp::Reverse;

use meta::{Body, Cell, KindDef, Record};

pub use self::rank::Ranker;
use crate::{
    cache::{Slot, letters},
    query::Asker,
    resolve::fold,
    text::{self, Links},
};

/// A record that was jumped for.
#[derive(Clone, Copy)]
pub struct Hit<'a> {
    /// The record.
    pub record: &'a Record,
    /// What of it was meant.
    pub matched: Matched,
    /// The higher, the likelier: on the scale of [`Ranker::rank`], to mix with pages and actions.
    pub rank: u32,
}

/// What of a record was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matched {
    /// Its number, or the reference of a control.
    Number,
    /// Its title.
    Title,
    /// The text of the field with this label; empty where it stands beside the fields.
    Text(&'static str),
}

/// Something that may be a hit, before it is looked up.
struct Candidate {
    rank: u32,
    is_live: bool,
    length: usize,
    kind: usize,
    number: u32,
}

impl Candidate {
    /// One whose title was meant.
    fn titled(kind: usize, slot: &Slot, rank: u32) -> Self {
        let (is_live, length, number) = (slot.is_live, slot.len(), slot.number);
        Self { rank, is_live, length, kind, number }
    }
}

type Look = fn(&Asker<'_>, &mut Ranker) -> Vec<Candidate>;

/// Who types more does not jump.
const LONGEST: usize = 200;

/// So many candidates are put in order at first.
const FIRST: usize = 1_000;

/// Letters that are too few to look for them in texts, or scattered over titles.
const FEW: usize = 3;

/// The records that somebody means by a few letters, the likeliest first: those with this number or
/// reference, then by title (as it begins, a word in it, a part of it, its letters in this order),
/// then, where that gives less than `most`, by any text. Withdrawn records are found by their number
/// only, and nothing is found that the asker may not see.
pub fn jump<'a>(asker: &Asker<'a>, typed: &str, most: usize) -> Vec<Hit<'a>> {
    let end = typed.char_indices().nth(LONGEST).map_or(typed.len(), |it| it.0);
    let typed = &typed[..end];
    let needle = fold(typed);
    let mut hits: Vec<Hit<'a>> = Vec::new();
    if needle.is_empty() || most == 0 {
        return hits;
    }
    let add = |hits: &mut Vec<Hit<'a>>, record: &'a Record, rank: u32, by_number: bool| {
        let is_new = !hits.iter().any(|it| it.record.head.id == record.head.id);
        let read = asker.read(record).filter(|it| !it.is_erased() && asker.sees(it));
        if let Some(read) = read.filter(|_| is_new && hits.len() < most) {
            let matched = match rank {
                _ if by_number => Matched::Number,
                rank::TEXT => Matched::Text(field_that_says(asker, read, &needle).unwrap_or("")),
                _ => Matched::Title,
            };
            hits.push(Hit { record, matched, rank });
        }
    };
    for record in numbered(asker, &needle) {
        add(&mut hits, record, rank::EXACT, true);
    }
    let mut ranker = Ranker::new(typed);
    let mut editions = said_in_editions(asker, &mut ranker);
    let looks: [(Look, u32); 3] = [
        (said_in_titles, rank::PART),
        (scattered_in_titles, rank::SCATTERED),
        (said_anywhere, rank::TEXT),
    ];
    for (look, least) in looks {
        if hits.len() == most {
            break;
        }
        let mut candidates = look(asker, &mut ranker);
        candidates.extend(editions.extract_if(.., |it| it.rank >= least));
        for (record, rank) in in_order(asker, candidates) {
            if hits.len() == most {
                break;
            }
            add(&mut hits, record, rank, false);
        }
    }
    hits
}

/// The records meant by a number (`12`), a number and a kind (`risk 12`, `RISK-12`, `risk12`), or the
/// reference of a control (`a.5.9`), from their folded forms.
fn numbered<'a>(asker: &Asker<'a>, needle: &str) -> Vec<&'a Record> {
    let isms = asker.view.isms;
    let digits = needle.trim_start_matches(|it: char| !it.is_ascii_digit());
    let name = needle[..needle.len() - digits.len()].trim_end();
    let mut found = Vec::new();
    if let Ok(number) = digits.parse::<u32>() {
        let is_named = |def: &&&KindDef| {
            name.is_empty()
                || [def.prefix, def.label, def.plural, def.id].iter().any(|it| fold(it) == name)
        };
        let kinds = kinds::KINDS.iter().filter(is_named);
        found.extend(kinds.filter_map(|it| isms.numbered(it.id, number)));
        // A record of the past that was withdrawn is meant by its full name only.
        found.retain(|it| !name.is_empty() || !it.head.withdrawn);
    }
    let controls = isms.rows("control").filter(|it| !it.head.withdrawn);
    let is_meant = |it: &&Record| {
        it.cell("reference").text().is_some_and(|it| {
            let reference = fold(it);
            reference == needle || reference.strip_prefix("a ") == Some(needle)
        })
    };
    if needle.contains(|it: char| it.is_ascii_digit()) {
        found.extend(controls.filter(is_meant));
    }
    found
}

/// Records whose title says what was typed.
fn said_in_titles(asker: &Asker<'_>, ranker: &mut Ranker) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    // The longest word is in the fewest titles.
    let word = ranker.longest_word().to_owned();
    for (kind, def) in as_they_are(asker) {
        let titles = asker.cache.titles.of(asker.view.isms, def.id);
        for slot in titles.that_say(&word) {
            if let Some(rank) = ranker.rank_said(titles.text(slot)) {
                candidates.push(Candidate::titled(kind, slot, rank));
            }
        }
    }
    candidates
}

/// Records whose title has the letters that were typed, in this order.
fn scattered_in_titles(asker: &Asker<'_>, ranker: &mut Ranker) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let wanted = letters(ranker.needle());
    for (kind, def) in as_they_are(asker) {
        let titles = asker.cache.titles.of(asker.view.isms, def.id);
        for slot in titles.slots().filter(|it| it.letters & wanted == wanted) {
            if let Some(rank) = ranker.rank_scattered(titles.text(slot)) {
                candidates.push(Candidate::titled(kind, slot, rank));
            }
        }
    }
    candidates
}

/// Records that say what was typed anywhere.
fn said_anywhere(asker: &Asker<'_>, ranker: &mut Ranker) -> Vec<Candidate> {
    let (mut candidates, needle) = (Vec::new(), ranker.needle());
    if needle.len() < FEW {
        return candidates;
    }
    for (kind, def) in as_they_are(asker) {
        let texts = asker.cache.texts.of(asker.view.isms, def.id);
        candidates.extend(texts.that_say(needle).map(|slot| Candidate {
            rank: rank::TEXT,
            is_live: slot.is_live,
            length: 0,
            kind,
            number: slot.number,
        }));
    }
    candidates
}

/// Records that the asker reads an edition of, where it says what was typed, in its title or
/// anywhere: what is kept is of working copies, and there are few enough to look through each.
fn said_in_editions(asker: &Asker<'_>, ranker: &mut Ranker) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let of_editions = kinds::KINDS.iter().enumerate().filter(|it| asker.reads_editions(it.1));
    for (kind, def) in of_editions {
        for record in asker.view.isms.rows(def.id) {
            let Some(read) = asker.read(record) else { continue };
            let title = fold(read.title());
            let mut rank = ranker.rank_said(&title).or_else(|| ranker.rank_scattered(&title));
            let needle = ranker.needle();
            if rank.is_none() && needle.len() >= FEW {
                rank = field_that_says(asker, read, needle).map(|_| rank::TEXT);
            }
            let (is_live, length, number) = (record.is_live(), title.len(), record.head.number);
            candidates.extend(rank.map(|rank| Candidate { rank, is_live, length, kind, number }));
        }
    }
    candidates
}

/// The kinds whose records the asker reads as they are, each with its place.
fn as_they_are(asker: &Asker<'_>) -> impl Iterator<Item = (usize, &'static KindDef)> {
    let all = kinds::KINDS.iter().copied().enumerate();
    all.filter(|(_, def)| !asker.reads_editions(def))
}

/// The records of candidates, the likeliest first: by rank, those that count, short titles, the order
/// of menus, the newest.
fn in_order<'a>(
    asker: &Asker<'a>,
    mut candidates: Vec<Candidate>,
) -> impl Iterator<Item = (&'a Record, u32)> {
    let likeliest =
        |it: &Candidate| (Reverse(it.rank), !it.is_live, it.length, it.kind, Reverse(it.number));
    // Seldom are more than the first few asked for.
    let others = match candidates.len() {
        ..=FIRST => Vec::new(),
        _ => {
            candidates.select_nth_unstable_by_key(FIRST, likeliest);
            candidates.split_off(FIRST)
        }
    };
    candidates.sort_unstable_by_key(likeliest);
    let others = std::iter::once_with(move || {
        let mut others = others;
        others.sort_unstable_by_key(likeliest);
        others
    });
    let isms = asker.view.isms;
    let found = candidates
        .into_iter()
        .chain(others.flatten())
        .filter_map(move |it| Some((isms.numbered(kinds::KINDS[it.kind].id, it.number)?, it.rank)));
    found.filter(|(it, _)| !it.head.withdrawn)
}

/// The label of the first field that says it itself: what a linked record is called is not said.
fn field_that_says(asker: &Asker<'_>, record: &Record, needle: &str) -> Option<&'static str> {
    let says = |cell: Cell<'_>| {
        cell.each().any(|it| {
            !matches!(it, Cell::Link(_))
                && fold(&text::of(asker.view.isms, it, Links::Titles)).contains(needle)
        })
    };
    let fields = record.def().fields.iter().enumerate();
    let mut saying = fields.filter(|(at, _)| says(Body::cell(&record.body, *at)));
    saying.next().map(|(_, field)| field.label)
}

#[cfg(test)]
mod tests;
