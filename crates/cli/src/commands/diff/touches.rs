//! Who touched which record between two points, when and why.

use std::collections::HashMap;

use jiff::Timestamp;
use meta::Id;
use serde_json::json;

use crate::{output::Out, place::Desk};

/// Who touched which record.
pub struct Touches(HashMap<Id, Vec<Touch>>);

struct Touch {
    entry: u64,
    at: Timestamp,
    by: Option<Id>,
    why: Option<String>,
}

/// How many of a record are told.
const TOLD: usize = 5;

impl Touches {
    /// The touches in these entries.
    ///
    /// # Errors
    /// When the database fails.
    pub fn between(desk: &Desk, first: u64, last: u64) -> anyhow::Result<Self> {
        let mut touches: HashMap<Id, Vec<Touch>> = HashMap::new();
        for commit in desk.organization.commits(first, last)? {
            for line in &commit.revisions {
                touches.entry(line.record).or_default().push(Touch {
                    entry: commit.entry.seq,
                    at: commit.at,
                    by: commit.actor,
                    why: commit.entry.note.as_ref().map(|it| it.text.clone()),
                });
            }
        }
        Ok(Self(touches))
    }

    /// Prints the last few of these records, in the order of time.
    pub fn tell(&self, desk: &Desk, records: impl IntoIterator<Item = Id>, out: &mut Out) {
        let mut all: Vec<&Touch> = records.into_iter().flat_map(|it| self.of(Some(it))).collect();
        all.sort_by_key(|it| it.entry);
        all.dedup_by_key(|it| it.entry);
        for touch in &all[all.len().saturating_sub(TOLD)..] {
            let why = touch.why.as_ref().map_or_else(String::new, |it| format!(": “{it}”"));
            let line = format!("{} by {}{why}", desk.moment(touch.at), desk.name_of(touch.by));
            out.wrapped(2, &line);
        }
    }

    /// All of a record, for programs.
    pub fn json(&self, desk: &Desk, record: Option<Id>) -> serde_json::Value {
        let each = self.of(record).iter().map(|it| {
            json!({
                "entry": it.entry, "at": it.at.to_string(), "by": desk.name_of(it.by),
                "why": it.why,
            })
        });
        each.collect()
    }

    /// The last one of a record: who, when and why.
    pub fn last(&self, desk: &Desk, record: Option<Id>) -> [String; 3] {
        self.of(record).last().map_or_else(Default::default, |it| {
            [desk.name_of(it.by), it.at.to_string(), it.why.clone().unwrap_or_default()]
        })
    }

    fn of(&self, record: Option<Id>) -> &[Touch] {
        record.and_then(|it| self.0.get(&it)).map(Vec::as_slice).unwrap_or_default()
    }
}
