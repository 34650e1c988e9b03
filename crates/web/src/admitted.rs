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
const KEPT: usize = 512;

/// What members may do.
#[derive(Default)]
pub(crate) struct Admitted(Mutex<HashMap<Id, (u64, Date, Arc<Access>)>>);

impl Admitted {
    /// What a person may do, by these records and on this day.
    pub(crate) fn access(&self, isms: &Isms, person: Id, day: Date) -> Arc<Access> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((position, on, access)) = lock().get(&person)
            && (*position, *on) == (isms.position(), day)
        {
            return access.clone();
        }
        let access = Arc::new(Access::of(isms, person, day));
        let mut kept = lock();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(person, (isms.position(), day, access.clone()));
        access
    }
}
