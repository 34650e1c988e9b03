//! Folded texts of one kind, side by side in one piece of memory.

use std::ops::Range;

use memchr::memmem;
use meta::Record;

use super::{
    folded::Write,
    grams::{self, Grams},
};
use crate::Isms;

/// Folded texts of the records of one kind, side by side: one sweep finds all that say something.
#[derive(Clone, Default)]
pub struct Arena {
    /// One text after the other, each ended by a line break, which no folded text holds.
    text: String,
    /// The links of the records, in the order of `text`.
    links: Vec<Target>,
    /// In the order of `text`.
    slots: Vec<Slot>,
    /// What stretches of `text` hold, in its order: one that lacks a part of a needle is skipped.
    stretches: Vec<Stretch>,
    /// By number: the place in `slots`, plus one.
    places: Vec<u32>,
    living: usize,
    wasted: usize,
}

/// Texts of some records that stand side by side.
#[derive(Clone, Default)]
struct Stretch {
    /// Where in the text it begins.
    start: usize,
    grams: Grams,
}

/// So many bytes fill a stretch.
const STRETCH: usize = 4_096;

/// Where the text of a record stands.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    /// The record's number; 0 where the text is no record's any more.
    pub number: u32,
    /// Whether the record still counts.
    pub is_live: bool,
    /// The letters in the text: see [`letters`].
    pub letters: u64,
    version: u32,
    start: u32,
    end: u32,
    links: (u32, u32),
}

/// A record that another links to: the place of its kind among all kinds, and its number. Both stay
/// as they are for ever.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The place of the kind in [`kinds::KINDS`].
    pub kind: u8,
    /// The number.
    pub number: u32,
}

/// A set of the letters and digits in a folded text: what lacks one of them cannot contain it.
pub fn letters(text: &str) -> u64 {
    text.chars().fold(0, |set, c| match c {
        'a'..='z' => set | 1 << (c as u32 - 'a' as u32),
        '0'..='9' => set | 1 << (26 + c as u32 - '0' as u32),
        ' ' => set,
        c => set | 1 << (36 + c as u32 % 28),
    })
}

impl Arena {
    /// Makes it hold the texts of just these records, writing only those that changed.
    pub fn follow(&mut self, isms: &Isms, kind: &str, write: Write) {
        let mut rows_seen = 0;
        let mut seen = vec![false; self.slots.len()];
        for record in isms.rows(kind) {
            rows_seen += 1;
            match self.place(record.head.number) {
                Some(at) if self.slots[at].is(record) => seen[at] = true,
                Some(at) => {
                    self.forget(at);
                    self.push(isms, record, write);
                }
                None => self.push(isms, record, write),
            }
        }
        if self.living > rows_seen {
            for (at, _) in seen.iter().enumerate().filter(|(_, seen)| !**seen) {
                if self.slots[at].number > 0 {
                    self.forget(at);
                }
            }
        }
        if self.wasted > self.text.len() / 2 {
            self.pack();
        }
    }

    /// The texts, in no particular order.
    pub fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(|it| it.number > 0)
    }

    /// The text in a slot.
    pub fn text(&self, slot: &Slot) -> &str {
        &self.text[slot.start as usize..slot.end as usize]
    }

    /// The records that the one in a slot links to.
    pub fn links(&self, slot: &Slot) -> &[Target] {
        &self.links[slot.links.0 as usize..slot.links.1 as usize]
    }

    /// The slots whose text contains a folded text.
    pub fn that_say(&self, needle: &str) -> impl Iterator<Item = &Slot> {
        let finder = memmem::Finder::new(needle.as_bytes()).into_owned();
        let wanted: Vec<usize> = grams::bits(needle).collect();
        let (mut stretch, mut run, mut next) = (0, 0..0, 0);
        std::iter::from_fn(move || {
            loop {
                let Some(hit) = finder.find(&self.text.as_bytes()[run.clone()]) else {
                    (stretch, run) = self.run_that_may_hold(stretch, &wanted)?;
                    continue;
                };
                next = self.slot_at(next, run.start + hit);
                let slot = self.slots.get(next)?;
                run.start = slot.end as usize + 1;
                next += 1;
                if slot.number > 0 {
                    return Some(slot);
                }
            }
        })
    }

    /// Where the next stretches stand that may hold a needle with these bits, from one on, and the
    /// one after them.
    fn run_that_may_hold(&self, from: usize, wanted: &[usize]) -> Option<(usize, Range<usize>)> {
        let holds = |it: &Stretch| it.grams.has(wanted);
        let first = from + self.stretches.get(from..)?.iter().position(holds)?;
        let run = self.stretches[first..].iter().take_while(|it| holds(it)).count();
        let end = self.stretches.get(first + run).map_or(self.text.len(), |it| it.start);
        Some((first + run, self.stretches[first].start..end))
    }

    /// The slot with this place in the text, from one on: most hits are near the one before.
    fn slot_at(&self, from: usize, hit: usize) -> usize {
        let is_before = |it: &Slot| (it.end as usize) < hit;
        let (mut from, mut step) = (from, 1);
        while self.slots.get(from + step).is_some_and(is_before) {
            from += step;
            step *= 2;
        }
        let until = self.slots.len().min(from + step + 1);
        from + self.slots[from..until].partition_point(is_before)
    }

    fn place(&self, number: u32) -> Option<usize> {
        let place = *self.places.get(number as usize)?;
        (place > 0).then(|| place as usize - 1)
    }

    fn push(&mut self, isms: &Isms, record: &Record, write: Write) {
        let (start, links) = (self.text.len(), self.links.len() as u32);
        write(isms, record, &mut self.text, &mut self.links);
        let slot = Slot {
            number: record.head.number,
            is_live: record.is_live(),
            letters: letters(&self.text[start..]),
            version: record.head.version,
            start: start as u32,
            end: self.text.len() as u32,
            links: (links, self.links.len() as u32),
        };
        self.text.push('\n');
        self.keep(slot);
    }

    fn keep(&mut self, slot: Slot) {
        let number = slot.number as usize;
        if self.places.len() <= number {
            self.places.resize(number + 1, 0);
        }
        let start = slot.start as usize;
        if self.stretches.last().is_none_or(|it| start - it.start >= STRETCH) {
            self.stretches.push(Stretch { start, ..Stretch::default() });
        }
        if let Some(stretch) = self.stretches.last_mut() {
            stretch.grams.add(&self.text[start..slot.end as usize]);
        }
        self.slots.push(slot);
        self.places[number] = self.slots.len() as u32;
        self.living += 1;
    }

    fn forget(&mut self, at: usize) {
        let slot = &mut self.slots[at];
        let number = std::mem::take(&mut slot.number) as usize;
        self.places[number] = 0;
        self.living -= 1;
        self.wasted += (slot.end - slot.start) as usize + 1;
    }

    fn pack(&mut self) {
        let old = std::mem::take(self);
        self.text.reserve(old.text.len() - old.wasted);
        for slot in old.slots() {
            let start = self.text.len() as u32;
            self.text.push_str(old.text(slot));
            self.text.push('\n');
            let links = self.links.len() as u32;
            self.links.extend_from_slice(old.links(slot));
            let links = (links, self.links.len() as u32);
            self.keep(Slot { start, end: start + (slot.end - slot.start), links, ..*slot });
        }
    }
}

impl Slot {
    /// Whether it was written from this state of the record. An erasure leaves older versions
    /// without content under the number they had.
    fn is(&self, record: &Record) -> bool {
        self.version == record.head.version && (self.start == self.end || !record.is_erased())
    }

    /// How long the text is, in bytes.
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }
}
