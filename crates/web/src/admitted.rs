//! What members may do, kept as long as the records and the day are the same: finding it out takes
//! longer the more somebody owns.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{Isms, access::Access};
use jiff::civil::Date;
use meta::Id;

/// At most so many members are kept.
const MOST: usize = 512;

/// What members may do.
#[derive(Default)]
pub(crate) struct Admitted(Mutex<HashMap<Id, Kept>>);

/// What one member may do, and the position and the day it was found out for.
struct Kept {
    position: u64,
    day: Date,
    access: Arc<Access>,
}

impl Admitted {
    /// What a person may do, by these records and on this day.
    pub(crate) fn access(&self, isms: &Isms, person: Id, day: Date) -> Arc<Access> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = lock().get(&person)
            && (kept.position, kept.day) == (isms.position(), day)
        {
            return kept.access.clone();
        }
        let access = Arc::new(Access::of(isms, person, day));
        let mut kept = lock();
        if kept.len() >= MOST {
            kept.clear();
        }
        let position = isms.position();
        kept.insert(person, Kept { position, day, access: access.clone() });
        access
    }
}
