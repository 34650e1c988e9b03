//! The folded titles and texts of all kinds.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use meta::{Body, Cell, Record};

use super::{Arena, Target};
use crate::{Isms, resolve::fold_onto};

/// Folded texts of all kinds, one [`Arena`] each, brought up to date when asked for.
pub struct Folded {
    write: Write,
    kinds: Mutex<HashMap<&'static str, Arc<Mutex<Kept>>>>,
}

/// Puts what is kept of a record at the end of a text, and of a list of links.
pub type Write = fn(&Isms, &Record, &mut String, &mut Vec<Target>);

#[derive(Default)]
struct Kept {
    /// The position up to which the arena follows.
    stamp: u64,
    arena: Arc<Arena>,
}

impl Folded {
    /// What records are called.
    pub fn of_titles() -> Self {
        Self { write: |_, record, out, _| title_onto(out, record), kinds: Mutex::default() }
    }

    /// Everything that records say themselves, their number and title among it, and what they link
    /// to. What a linked record is called is not in it: that changes without them.
    pub fn of_texts() -> Self {
        let write: Write = |isms, record, out, links| {
            text_onto(out, record);
            links_onto(isms, record, links);
        };
        Self { write, kinds: Mutex::default() }
    }

    /// The texts of a kind.
    pub fn of(&self, isms: &Isms, kind: &'static str) -> Arc<Arena> {
        let place = {
            let mut kinds = self.kinds.lock().unwrap_or_else(PoisonError::into_inner);
            kinds.entry(kind).or_default().clone()
        };
        // A half-followed arena would be wrong for ever: one that broke off is made anew.
        let mut kept = place.lock().unwrap_or_else(|err| {
            place.clear_poison();
            let mut kept = err.into_inner();
            *kept = Kept::default();
            kept
        });
        let now = isms.changed(&[kind]);
        if now < kept.stamp {
            let mut past = Arena::clone(&kept.arena);
            past.follow(isms, kind, self.write);
            return Arc::new(past);
        }
        if now > kept.stamp {
            Arc::make_mut(&mut kept.arena).follow(isms, kind, self.write);
            kept.stamp = now;
        }
        kept.arena.clone()
    }
}

/// Folds what a record is called: its title, then the reference of a control.
fn title_onto(out: &mut String, record: &Record) {
    fold_onto(out, record.title());
    if record.def().id == "control"
        && let Some(reference) = record.cell("reference").text()
    {
        out.push(' ');
        fold_onto(out, reference);
    }
}

/// Folds everything a record says itself.
fn text_onto(out: &mut String, record: &Record) {
    fold_onto(out, &record.name());
    for at in 0..record.def().fields.len() {
        cell_onto(out, Body::cell(&record.body, at));
    }
    if let Some(extras) = &record.head.extras {
        let own = extras.tags.iter().chain(&extras.external_id).map(String::as_str);
        let texts = own.chain(extras.columns.iter().map(|(_, it)| it));
        texts.for_each(|it| part_onto(out, it));
    }
}

fn links_onto(isms: &Isms, record: &Record, links: &mut Vec<Target>) {
    record.links(&mut |_, link| {
        let target = isms.get(link.id);
        links.extend(target.and_then(|it| {
            let kind = kinds::KINDS.iter().position(|kind| kind.id == it.def().id)?;
            Some(Target { kind: kind as u8, number: it.head.number })
        }));
    });
}

fn cell_onto(out: &mut String, cell: Cell<'_>) {
    match cell {
        // A word that is in one record of two finds nothing, and links are looked through by title.
        Cell::Empty | Cell::Bool(_) | Cell::Link(_) => {}
        Cell::Text(text) => part_onto(out, text),
        Cell::Integer(number) => part_onto(out, &number.to_string()),
        Cell::Decimal(number) => part_onto(out, &number.to_string()),
        Cell::Day(day) => part_onto(out, &day.to_string()),
        Cell::Instant(at) => part_onto(out, &at.to_string()),
        Cell::Period(period) => part_onto(out, &period.words()),
        Cell::Choice(choice) => part_onto(out, choice.label),
        Cell::File(file) => part_onto(out, &file.name),
        Cell::Rating(rating) => {
            let texts = [&rating.rationale, &rating.source, &rating.confidence];
            texts.into_iter().flatten().for_each(|it| part_onto(out, it));
        }
        Cell::Row(row) => {
            for at in 0..row.fields().len() {
                cell_onto(out, row.cell(at));
            }
        }
        Cell::Many(list) => {
            for at in 0.. {
                let Some(cell) = list.get(at) else { break };
                cell_onto(out, cell);
            }
        }
    }
}

/// Folds one part, told from the one before by a mark that no needle holds.
fn part_onto(out: &mut String, text: &str) {
    out.push('|');
    fold_onto(out, text);
}
