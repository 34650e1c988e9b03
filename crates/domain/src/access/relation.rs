//! What a person has to do with a record.

use std::{collections::HashMap, sync::LazyLock};

use kinds::document::Document;
use meta::{Cell, Id, Record};

use super::Access;
use crate::View;

/// What a person has to do with a record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Relation {
    /// They answer for it, themselves or by a role they hold.
    pub(super) owner: bool,
    /// They work on it.
    pub(super) assigned: bool,
    /// They are asked for this very assent.
    pub(super) asked: bool,
    /// The risk method gives it to them to decide.
    pub(super) decides: bool,
    /// They made the record.
    pub(super) author: bool,
    /// They told what it reports.
    pub(super) told: bool,
    /// It is a role that they hold.
    pub(super) holds: bool,
    /// It is still in its first stage.
    pub(super) fresh: bool,
}

/// Fields that name whoever answers for a record.
const OWNING: [&str; 4] = ["owner", "head", "lead", "handler"];

/// Fields that name who works on it.
const ASSIGNING: [&str; 6] =
    ["custodian", "operator", "others", "asked_of", "collected_by", "authors"];

/// The places of those fields in a kind.
struct Places {
    owning: Vec<usize>,
    assigning: Vec<usize>,
}

impl Relation {
    /// Everything at once: what would be allowed at best.
    pub(super) const ANY: Self = Self {
        owner: true,
        assigned: true,
        asked: true,
        decides: true,
        author: true,
        told: true,
        holds: true,
        fresh: true,
    };

    /// What the person has to do with this record; `asked` and `decides` are left open.
    pub(super) fn of(access: &Access, view: View<'_>, record: &Record) -> Self {
        let def = record.def();
        let places = places(def.id);
        let among =
            |places: &[usize]| places.iter().any(|at| access.is_named(record.body.cell(*at)));
        let author = view.isms.moment(record.head.created).and_then(|it| it.actor);
        let report = def.id == "event_report";
        Self {
            owner: among(&places.owning) || report && access.handles_events,
            // An approval that is asked for is an assent, not work on the request.
            assigned: def.id != "approval" && among(&places.assigning),
            asked: false,
            decides: false,
            author: author == Some(access.person),
            told: report && names(record, "noticed_by", access.person),
            holds: def.id == "role" && access.stands.contains(&record.head.id),
            fresh: record.head.stage == 0,
        }
    }

    /// A record that this person is about to make.
    pub(super) fn of_new(access: &Access, kind: &str) -> Self {
        let owner = kind == "event_report" && access.handles_events;
        Self { owner, author: true, fresh: true, ..Self::default() }
    }
}

impl Access {
    fn is_named(&self, cell: Cell<'_>) -> bool {
        let mut found = false;
        cell.links(&mut |link| found |= self.stands.contains(&link.id));
        found
    }
}

/// The edition in force of a document, where it is handed out to this person.
pub(super) fn edition_for<'a>(
    access: &Access,
    view: View<'a>,
    record: &Record,
) -> Option<&'a Record> {
    if !record.is_live() {
        return None;
    }
    let edition = &view.isms.in_force(record.head.id, view.day)?.record;
    let document = edition.typed::<Document>()?;
    let is_open = document.distribution.iter().all(|it| it.trim().is_empty());
    let gets =
        is_open || access.gets(&document.distribution) || access.gets(&document.acknowledged_by);
    gets.then_some(edition)
}

/// Whether a field of a record names this one.
pub(super) fn names(record: &Record, field: &str, id: Id) -> bool {
    let mut found = false;
    record.cell(field).links(&mut |link| found |= link.id == id);
    found
}

/// The record that a field names.
pub(super) fn target(record: &Record, field: &str) -> Option<Id> {
    let mut found = None;
    record.cell(field).links(&mut |link| found = Some(link.id));
    found
}

fn places(kind: &str) -> &'static Places {
    static ALL: LazyLock<HashMap<&str, Places>> = LazyLock::new(|| {
        let each = kinds::KINDS.iter().map(|def| {
            let those = |names: &[&str]| {
                let fields = def.fields.iter().enumerate();
                let named = fields.filter(|(_, it)| names.contains(&it.name) && it.ty.has_links());
                named.map(|(at, _)| at).collect()
            };
            (def.id, Places { owning: those(&OWNING), assigning: those(&ASSIGNING) })
        });
        each.collect()
    });
    ALL.get(kind).expect("every record is of a known kind")
}
