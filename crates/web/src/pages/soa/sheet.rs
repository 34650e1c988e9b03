//! The statement as it was last made, kept until something it is made of changes.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    View,
    soa::{self, InForce, Soa},
};
use jiff::civil::Date;
use meta::Id;

/// The kinds that the statement is made of.
const READS: &[&str] = &[
    "control",
    "risk",
    "obligation",
    "requirement",
    "evidence",
    "document",
    "action",
    "organization",
    "scope",
    "approval",
    "person",
    "role",
];

/// How many statements are kept: the present one, and those of days that somebody looks at.
const KEPT: usize = 4;

/// The statements that were made last.
#[derive(Default)]
pub(crate) struct Sheets(Mutex<Vec<(Key, Arc<Sheet>)>>);

/// The newest change of what it is made of, and the day.
type Key = (u64, Date);

/// The statement, and what belongs to it.
pub(crate) struct Sheet {
    /// What it says.
    pub(crate) soa: Soa,
    /// The edition in force beside it.
    pub(crate) in_force: Option<InForce>,
    /// The records behind its rows.
    pub(crate) records: BTreeMap<String, Id>,
}

impl Sheets {
    /// The statement on the view's day.
    pub(crate) fn of(&self, view: View<'_>) -> Arc<Sheet> {
        let key = (view.isms.changed(READS), view.day);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = kept.iter().position(|it| it.0 == key) {
            let found = kept.remove(at);
            kept.push(found);
            return kept[kept.len() - 1].1.clone();
        }
        drop(kept);
        let sheet = Arc::new(Sheet {
            soa: soa::statement(view),
            in_force: soa::in_force(view),
            records: soa::records(view),
        });
        kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push((key, sheet.clone()));
        if kept.len() > KEPT {
            kept.remove(0);
        }
        sheet
    }
}
