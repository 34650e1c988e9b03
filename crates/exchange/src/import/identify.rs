//! Which record each row means: one known from before, or a new one.

mod columns;

use std::{
    collections::{BTreeMap, HashMap, HashSet, hash_map::Entry},
    convert::Infallible,
    sync::Arc,
};

use domain::{Isms, ahead};
use meta::{Id, KindDef, Record};
use sha2::{Digest, Sha256};

use self::columns::Columns;
use super::{
    Options, Target, book,
    outline::{Edition, Line, Outline},
};
use crate::{
    parse,
    text::{fold, squeeze},
};

/// Which record a row means.
#[derive(Clone)]
pub(super) enum Identity {
    /// A record to be made.
    New(Id),
    /// A record of which a row above tells another part.
    More(Id),
    /// A record there is.
    Known(Id),
    /// A record that was withdrawn after an import.
    Withdrawn(Id),
    /// None: why, and what to do.
    Rejected(String),
}

impl Identity {
    /// The record.
    pub(super) fn record(&self) -> Option<Id> {
        match self {
            Self::New(id) | Self::Known(id) | Self::More(id) | Self::Withdrawn(id) => Some(*id),
            Self::Rejected(_) => None,
        }
    }
}

/// A row with the record it means.
pub(super) struct Row {
    pub(super) identity: Identity,
    /// What the row is known by at the next import.
    pub(super) key: String,
    /// What it was known by at the last one, where that is something else.
    pub(super) base: Option<String>,
    /// Why it is a record of its own, although another row bears its title.
    pub(super) apart: Option<String>,
}

/// The first row of those that may be parts of one record.
struct First {
    record: Id,
    sheet: Arc<str>,
    /// Its place among the lines of the sheet.
    at: usize,
}

/// What earlier imports and people made known, for the kinds of this run.
pub(super) struct Memory<'a> {
    isms: &'a Isms,
    imported: HashMap<(&'static str, String), Id>,
    external: HashMap<(&'static str, String), Vec<Id>>,
    stubs: HashMap<(&'static str, String), Vec<Id>>,
    /// Records imported from rows without a number, by title.
    titled: HashMap<(&'static str, String), Vec<(Id, String)>>,
    taken: HashSet<Id>,
    /// Records by title, where rows of one title are parts of one record.
    groups: HashMap<(&'static str, String), Vec<First>>,
    rows: HashMap<(&'static str, String), (Arc<str>, u32)>,
    /// Kinds of one record that this run makes.
    soles: HashSet<&'static str>,
}

impl<'a> Memory<'a> {
    /// What is known of records of these kinds.
    pub(super) fn new(isms: &'a Isms, kinds: &[&'static KindDef], options: &Options) -> Self {
        let mut memory = Self {
            isms,
            imported: HashMap::new(),
            external: HashMap::new(),
            stubs: HashMap::new(),
            titled: HashMap::new(),
            taken: HashSet::new(),
            groups: HashMap::new(),
            rows: HashMap::new(),
            soles: HashSet::new(),
        };
        for kind in kinds {
            let known = isms.rows(kind.id).filter(|it| !it.is_erased());
            known
                .filter(|it| !it.head.withdrawn || !options.again)
                .for_each(|it| memory.learn(kind, it));
        }
        memory
    }

    fn learn(&mut self, kind: &'static KindDef, record: &Record) {
        let id = record.head.id;
        let live = !record.head.withdrawn;
        if let Some(extras) = &record.head.extras {
            for row in extras.imported.iter().filter(|it| it.register == kind.id) {
                let entry = self.imported.entry((kind.id, row.key.clone())).or_insert(id);
                if live {
                    *entry = id;
                }
                if live && row.key.starts_with(DIGEST) {
                    let titled = self.titled.entry((kind.id, fold(record.title()))).or_default();
                    titled.push((id, row.key.clone()));
                }
            }
            if let Some(external) = extras.external_id.as_ref().filter(|_| live) {
                let list = self.external.entry((kind.id, fold(external))).or_default();
                list.push(id);
            }
            if live && extras.stub == Some(true) {
                let title = record.title();
                self.stubs.entry((kind.id, fold(title))).or_default().push(id);
                let number = title.strip_suffix(')').and_then(|it| it.rsplit_once('('));
                if let Some((_, number)) = number.filter(|it| parse::is_reference(it.1)) {
                    self.stubs.entry((kind.id, fold(number))).or_default().push(id);
                }
            }
        }
        for field in NATURAL.iter().filter(|_| live) {
            if let Some(text) = record.cell(field).text() {
                self.external.entry((kind.id, fold(text))).or_default().push(id);
            }
        }
    }

    /// Which record each row of a sheet means.
    pub(super) fn identify(
        &mut self,
        outline: &Outline<'_>,
        kind: &'static KindDef,
        ids: &mut dyn FnMut() -> Id,
    ) -> Vec<Row> {
        let columns = Columns::of(outline, kind);
        let alone = alone(outline, kind, &columns);
        let present: HashSet<String> = match self.titled.is_empty() {
            true => HashSet::new(),
            false => alone.iter().map(|it| it.key.clone()).collect(),
        };
        let sheet: Arc<str> = format!("`{}`", outline.sheet).into();
        let mut rows = Vec::with_capacity(outline.lines.len());
        self.rows.reserve(outline.lines.len());
        for (at, (line, row)) in outline.lines.iter().zip(alone).enumerate() {
            let Alone { key, numbered, reason } = row;
            let reason = reason.or_else(|| self.seen((&sheet, line.line), kind, &key));
            let title = columns.title(line);
            let successor = outline.edition.as_ref().and_then(|_| Edition::successor(&key));
            let (mut identity, base) = match (reason, successor) {
                (Some(reason), _) => (Identity::Rejected(reason), None),
                (None, Some(successor)) => (self.succeeding(kind, &key, successor, ids), None),
                (None, None) => self.meant(kind, &key, numbered, title, &present, ids),
            };
            let mut apart = None;
            if kind.sole && matches!(identity, Identity::New(_)) && !self.soles.insert(kind.id) {
                identity = Identity::Rejected(one_only(kind));
            }
            let group = match successor {
                Some(successor) => Some(successor.to_owned()),
                None => (columns.grouped && !numbered).then(|| fold(title)),
            };
            if let Some(group) = group {
                let firsts = self.groups.entry((kind.id, group)).or_default();
                let differs = |it: &First| {
                    let (one, two) = (outline.lines.get(it.at), line);
                    let same = Arc::ptr_eq(&it.sheet, &sheet) && successor.is_none();
                    one.filter(|_| same).and_then(|it| columns.differ(outline, kind, it, two))
                };
                let fits = firsts.iter().take(COMPARED).find(|it| differs(it).is_none());
                match (&identity, fits) {
                    (Identity::New(_), Some(first)) => identity = Identity::More(first.record),
                    (Identity::New(id) | Identity::Known(id), _) => {
                        apart = firsts.first().and_then(differs);
                        if firsts.len() < COMPARED {
                            firsts.push(First { record: *id, sheet: sheet.clone(), at });
                        }
                    }
                    _ => {}
                }
            }
            if let Identity::Known(id) = identity {
                self.taken.insert(id);
            }
            rows.push(Row { identity, key, base, apart });
        }
        rows
    }

    /// Why a row cannot be taken beside another row of this run.
    fn seen(
        &mut self,
        (sheet, line): (&Arc<str>, u32),
        kind: &'static KindDef,
        key: &str,
    ) -> Option<String> {
        let (sheet, line) = match self.rows.entry((kind.id, fold_key(key))) {
            Entry::Vacant(entry) => {
                entry.insert((sheet.clone(), line));
                return None;
            }
            Entry::Occupied(entry) => entry.get().clone(),
        };
        let shown = if key.starts_with(DIGEST) { "the same row" } else { key };
        let hint = match kind.id == "control" && catalog::control(&format!("{key}0")).is_some() {
            true => format!(" (it may be `{key}0`, of which a spreadsheet took the zero)"),
            false => String::new(),
        };
        Some(format!(
            "`{shown}` stands in {sheet}, line {line} already: give one of them another \
             number{hint}, or remove it"
        ))
    }

    /// The control of 2022 that a control of 2013 became.
    fn succeeding(
        &self,
        kind: &'static KindDef,
        key: &str,
        successor: &str,
        ids: &mut dyn FnMut() -> Id,
    ) -> Identity {
        let imported = self.imported.get(&(kind.id, key.to_owned()));
        let withdrawn = |id: &Id| self.isms.get(*id).is_none_or(|it| it.head.withdrawn);
        match imported {
            Some(id) if withdrawn(id) => return Identity::Withdrawn(*id),
            Some(id) => return Identity::Known(*id),
            None => {}
        }
        let there = self.external.get(&(kind.id, fold(successor))).and_then(|it| it.first());
        match there {
            // One row changes the record, and the others add to it.
            Some(id) if self.taken.contains(id) => Identity::More(*id),
            Some(id) => Identity::Known(*id),
            None => Identity::New(ids()),
        }
    }

    fn meant(
        &self,
        kind: &'static KindDef,
        key: &str,
        numbered: bool,
        title: &str,
        present: &HashSet<String>,
        ids: &mut dyn FnMut() -> Id,
    ) -> (Identity, Option<String>) {
        // A first import finds nothing, and has no need to ask by names of its own.
        let imported = match self.imported.is_empty() {
            true => None,
            false => self.imported.get(&(kind.id, key.to_owned())),
        };
        if let Some(id) = imported {
            let withdrawn = self.isms.get(*id).is_none_or(|it| it.head.withdrawn);
            let known = if withdrawn { Identity::Withdrawn(*id) } else { Identity::Known(*id) };
            return (known, None);
        }
        let free = |it: &Id| !self.taken.contains(it);
        let only = |list: Option<&Vec<Id>>| match list.map(Vec::as_slice) {
            Some([id]) => Some(*id).filter(free),
            Some([id, rest @ ..]) if rest.iter().all(|it| it == id) => Some(*id).filter(free),
            _ => None,
        };
        if numbered {
            if !self.external.is_empty()
                && let Some(id) = only(self.external.get(&(kind.id, fold(key))))
            {
                return (Identity::Known(id), None);
            }
            // A control of Annex A is there once; another sheet may have told its part already.
            if kind.id == "control" && self.external.contains_key(&(kind.id, fold(key))) {
                let why = format!(
                    "another sheet of this import tells of `{key}` already: import this one on \
                     its own afterwards"
                );
                return (Identity::Rejected(why), None);
            }
            if let Some(id) = book::numbered(self.isms, &[kind.id], key).filter(free) {
                return (Identity::Known(id), None);
            }
        } else if let Some(list) = self.titled.get(&(kind.id, fold(title))) {
            // An edited row without a number: its former row is gone from the sheet.
            let mut gone = list.iter().filter(|(_, key)| !present.contains(key));
            if let (Some((id, base)), None) = (gone.next(), gone.next()) {
                return (Identity::Known(*id), Some(base.clone()));
            }
        }
        let stub = |name: &str| only(self.stubs.get(&(kind.id, fold(name))));
        // A cell may have named it by title and number: `ERP (AST-007)`.
        if !self.stubs.is_empty()
            && let Some(id) = stub(title).or_else(|| stub(key).filter(|_| numbered))
        {
            return (Identity::Known(id), None);
        }
        if kind.sole
            && let Some(record) = self.isms.rows(kind.id).find(|it| !it.head.withdrawn)
        {
            let identity = match free(&record.head.id) {
                true => Identity::Known(record.head.id),
                false => Identity::Rejected(one_only(kind)),
            };
            return (identity, None);
        }
        (Identity::New(ids()), None)
    }
}

/// The most records of one title that another row of that title is compared with.
const COMPARED: usize = 50;

/// How keys begin that are made from the cells.
const DIGEST: &str = "cells:";

/// Fields that name a record wherever it comes from.
const NATURAL: [&str; 3] = ["reference", "identifier", "email"];

/// What a row is known by as long as no other row is looked at.
struct Alone {
    key: String,
    /// Whether the key is a number.
    numbered: bool,
    /// Why the row is no entry.
    reason: Option<String>,
}

/// Each row alone; of rows that say the same, which one it is.
fn alone(outline: &Outline<'_>, kind: &'static KindDef, columns: &Columns) -> Vec<Alone> {
    let read = |_, line: &Line<'_>| {
        let number = columns.key.map(|at| squeeze(line.said(at))).filter(|it| !it.is_empty());
        let numbered = number.is_some();
        let key = number.map_or_else(|| digest(outline, line), |it| numbered_as(outline, kind, it));
        Alone { key, numbered, reason: columns.not_a_row(outline, kind, line) }
    };
    let mut all = Vec::with_capacity(outline.lines.len());
    let mut occurrences: HashMap<String, usize> = HashMap::new();
    let Ok(()) = ahead(&outline.lines, read, |_, _, mut row| {
        if !row.numbered {
            let count = occurrences.entry(row.key.clone()).or_insert(0);
            *count += 1;
            row.key = format!("{}/{count}", row.key);
        }
        all.push(row);
        Ok::<_, Infallible>(())
    });
    all
}

/// What a number is written as: that of a control in one form.
fn numbered_as(outline: &Outline<'_>, kind: &'static KindDef, number: String) -> String {
    let old = outline.edition.as_ref().and_then(|_| catalog::control_2013(&number));
    let control = catalog::normalize(&number).filter(|_| kind.id == "control");
    let id = old.map(|it| it.id).or(control.map(|it| it.id));
    id.map_or(number, str::to_owned)
}

/// What a row without a number is known by.
fn digest(outline: &Outline<'_>, line: &Line<'_>) -> String {
    let cells: BTreeMap<&str, &str> = outline
        .columns
        .iter()
        .zip(&line.cells)
        .filter(|(column, cell)| column.target != Target::Empty && !cell.is_empty())
        .map(|(column, cell)| (column.header.as_str(), &**cell))
        .collect();
    let mut hash = Sha256::new();
    for (header, cell) in cells {
        for text in [header, cell] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
    }
    let bytes = hash.finalize();
    let hex: String = bytes.iter().take(12).map(|it| format!("{it:02x}")).collect();
    format!("{DIGEST}{hex}")
}

fn one_only(kind: &KindDef) -> String {
    format!("there is one {} only: keep one of the rows", kind.label.to_lowercase())
}

fn fold_key(key: &str) -> String {
    key.to_lowercase()
}
