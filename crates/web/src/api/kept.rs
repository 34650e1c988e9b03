//! JSON of records, kept until the ledger moves on: what many programs read again and again is
//! written once.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::civil::Date;
use meta::Id;

/// So many bytes are kept for an organization at most: some seven thousand records.
const MOST: usize = 16 << 20;

/// JSON of the newest records of an organization, as whoever sees every record gets it.
#[derive(Default)]
pub(crate) struct Kept(Mutex<Texts>);

/// The position of the ledger and the day that texts are good for: what a record is called where
/// others link to it, and what is computed, change with either.
pub(super) type Moment = (u64, Date);

#[derive(Default)]
struct Texts {
    of: Option<Moment>,
    size: usize,
    all: HashMap<Id, Box<[u8]>>,
}

impl Kept {
    /// Writes what is kept of a record behind `out`; answers whether there was something.
    pub(super) fn copy(&self, of: Moment, record: Id, out: &mut Vec<u8>) -> bool {
        let texts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let text = texts.all.get(&record).filter(|_| texts.of == Some(of));
        text.inspect(|it| out.extend_from_slice(it)).is_some()
    }

    /// Keeps the text of a record.
    pub(super) fn keep(&self, of: Moment, record: Id, text: &[u8]) {
        let mut texts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if texts.of != Some(of) || texts.size + text.len() > MOST {
            *texts = Texts { of: Some(of), ..Texts::default() };
        }
        texts.size += text.len();
        texts.all.insert(record, text.into());
    }
}
