//! What one row or object of a file asks for, whatever form the file has.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Command, Step, View,
    command::{Edit, New},
};
use meta::{Id, Imported, KindDef, Provenance, Record};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    ACTS, Fault, Names, Node, PlanLine,
    said::{self, Delta, Part, in_words},
};
use crate::Error;

/// The register under which a new record remembers the row it was made of.
const REGISTER: &str = "export";

/// What an exported file that comes back asks for.
#[derive(Debug)]
pub struct ReadBack {
    /// What to do; without steps when nothing would change.
    pub command: Command,
    /// The same in words.
    pub lines: Vec<PlanLine>,
    /// How many rows were read.
    pub rows: usize,
    /// How many of them say what the records say.
    pub unchanged: usize,
}

/// One row as it was read.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Where it stands.
    pub(super) place: String,
    /// The number; absent for a new record.
    pub(super) number: Option<String>,
    /// The id, where the file has one.
    pub(super) id: Option<String>,
    /// The version that was exported.
    pub(super) version: Option<String>,
    /// The stage's id, where the file has one.
    pub(super) stage: Option<String>,
    /// Whether it is withdrawn, where the file tells.
    pub(super) withdrawn: Option<bool>,
    /// What it says; a part it does not mention is left as it is.
    pub(super) said: BTreeMap<Part, Said>,
}

/// What a row says about one part.
#[derive(Debug)]
pub(super) enum Said {
    /// The text of a cell.
    Cell(String),
    /// A value of JSON.
    Json(Value),
}

/// Takes rows in, one after the other.
pub(super) struct Taking<'a> {
    names: &'a Names<'a>,
    view: View<'a>,
    ids: &'a mut dyn FnMut() -> Id,
    seen: BTreeMap<Id, String>,
    /// How many rows without a number say the same.
    alike: BTreeMap<String, usize>,
    /// By kind, the rows that records were made of before.
    made: BTreeMap<&'static str, BTreeSet<&'a str>>,
    steps: Vec<Step>,
    lines: Vec<PlanLine>,
    faults: Vec<Fault>,
    rows: usize,
    unchanged: usize,
}

impl<'a> Taking<'a> {
    pub(super) fn new(
        view: View<'a>,
        names: &'a Names<'a>,
        ids: &'a mut dyn FnMut() -> Id,
    ) -> Self {
        Self {
            names,
            view,
            ids,
            seen: BTreeMap::new(),
            alike: BTreeMap::new(),
            made: BTreeMap::new(),
            steps: Vec::new(),
            lines: Vec::new(),
            faults: Vec::new(),
            rows: 0,
            unchanged: 0,
        }
    }

    /// Notes something that is wrong.
    pub(super) fn fault(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.faults.push(Fault::at(place, message));
    }

    /// Takes one row in.
    pub(super) fn take(&mut self, def: &'static KindDef, row: &Row) {
        self.rows += 1;
        match row.number.as_deref().map(str::trim).filter(|it| !it.is_empty()) {
            Some(number) => match self.find(def, row, number) {
                Ok(record) => self.edit(record, row),
                Err(message) => self.fault(&*row.place, message),
            },
            None => self.make(def, row),
        }
    }

    /// All of it as one command.
    pub(super) fn finish(self) -> Result<ReadBack, Error> {
        if !self.faults.is_empty() {
            return Err(Error::Faults(self.faults));
        }
        Ok(ReadBack {
            command: Command { note: None, steps: self.steps },
            lines: self.lines,
            rows: self.rows,
            unchanged: self.unchanged,
        })
    }

    fn find(
        &mut self,
        def: &'static KindDef,
        row: &Row,
        number: &str,
    ) -> Result<&'a Record, String> {
        let digits = number.strip_prefix(def.prefix).and_then(|it| it.strip_prefix('-'));
        let wrong = || {
            format!(
                "`{number}` is no {} here: write a number as it was exported, or none to make a \
                 new one",
                def.label.to_lowercase()
            )
        };
        let number_of = digits.and_then(|it| it.parse().ok()).ok_or_else(wrong)?;
        let record = self.view.isms.numbered(def.id, number_of).ok_or_else(wrong)?;
        if row.id.as_deref().is_some_and(|it| it != record.head.id.to_string()) {
            return Err(format!(
                "the id is not that of {number}: the file is from another organization, or was \
                 changed by mistake"
            ));
        }
        match self.seen.insert(record.head.id, row.place.clone()) {
            Some(first) => Err(format!("{number} stands at {first} already: keep one of them")),
            None => Ok(record),
        }
    }

    fn edit(&mut self, record: &Record, row: &Row) {
        let def = record.def();
        let (deltas, faults) = self.deltas(def, Some(record), row);
        let broken = !faults.is_empty();
        self.faults.extend(faults);
        let stage = row.stage.as_deref().map(str::trim).filter(|it| !it.is_empty());
        let stage = stage.filter(|it| *it != record.stage().id);
        let withdrawn = row.withdrawn.filter(|it| *it != record.head.withdrawn);
        if broken {
            return;
        }
        if deltas.is_empty() && stage.is_none() && withdrawn.is_none() {
            self.unchanged += 1;
            return;
        }
        let name = record.name();
        if ACTS.contains(&def.id) {
            let message = format!("{name} is an act and stays as it was recorded: undo the change");
            return self.fault(&*row.place, message);
        }
        let seen = row.version.as_deref().map(str::trim).filter(|it| !it.is_empty());
        let current = record.head.version;
        if let Some(seen) = seen.filter(|it| *it != current.to_string()) {
            let message = format!(
                "{name} changed since the file was written (version {seen} then, {current} now): \
                 export it again and repeat the edit"
            );
            return self.fault(&*row.place, message);
        }
        let (id, version) = (record.head.id, Some(current));
        if withdrawn == Some(false) {
            self.steps.push(Step::Reinstate { record: id });
            self.line(&row.place, format!("reinstate {name}"));
        }
        if !deltas.is_empty() {
            let (fields, extras) = said::patch(def, record.head.extras.as_deref(), &deltas);
            let provenance = Provenance::Person;
            self.steps.push(Step::Edit(Edit { record: id, version, fields, extras, provenance }));
            for it in deltas {
                let (label, from, to) = (it.part.label(def), in_words(&it.from), in_words(&it.to));
                self.line(&row.place, format!("change `{label}` of {name} from {from} to {to}"));
            }
        }
        if let Some(stage) = stage {
            self.line(&row.place, format!("move {name} to `{stage}`"));
            self.steps.push(Step::Move { record: id, version, to: stage.to_owned(), reason: None });
        }
        if withdrawn == Some(true) {
            self.steps.push(Step::Withdraw { record: id, version });
            self.line(&row.place, format!("withdraw {name}"));
        }
    }

    fn make(&mut self, def: &'static KindDef, row: &Row) {
        let (deltas, faults) = self.deltas(def, None, row);
        let broken = !faults.is_empty();
        self.faults.extend(faults);
        if broken {
            return;
        }
        let label = def.label.to_lowercase();
        if ACTS.contains(&def.id) || row.id.is_some() {
            let message = format!("a new {label} cannot be made by a file like this: delete it");
            return self.fault(&*row.place, message);
        }
        let stage = row.stage.as_deref().map(str::trim).filter(|it| !it.is_empty());
        if let Some(stage) = stage
            && def.stages.iter().any(|it| it.id == stage && it.edition)
        {
            let message = format!("a {label} becomes `{stage}` by publishing it: leave that empty");
            return self.fault(&*row.place, message);
        }
        let key = self.key(def, &deltas);
        if self.is_made(def, &key) {
            self.unchanged += 1;
            return;
        }
        let title = deltas.iter().find(|it| it.part == Part::Field(0)).map(|it| in_words(&it.to));
        let title = title.unwrap_or_else(|| "without a title".to_owned());
        self.line(&row.place, format!("new {label} {title}"));
        let (fields, extras) = said::patch(def, None, &deltas);
        let mut extras = extras.unwrap_or_default();
        extras.imported.push(Imported {
            register: REGISTER.to_owned(),
            key,
            ..Imported::default()
        });
        self.steps.push(Step::New(New {
            id: (self.ids)(),
            kind: def.id.to_owned(),
            fields,
            stage: stage.map(str::to_owned),
            provenance: Provenance::Person,
            extras,
        }));
    }

    /// What a row without a number is known by when its file comes again: what it says, and which
    /// of the rows it is that say the same.
    fn key(&mut self, def: &'static KindDef, deltas: &[Delta]) -> String {
        let mut hash = Sha256::new();
        hash.update(def.id);
        for it in deltas {
            let text = format!("{} {}", it.part.label(def), it.value);
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
        let hex: String = hash.finalize().iter().take(12).map(|it| format!("{it:02x}")).collect();
        let count = self.alike.entry(hex.clone()).or_insert(0);
        *count += 1;
        format!("{hex}/{count}")
    }

    /// Whether a record was made of such a row before.
    fn is_made(&mut self, def: &'static KindDef, key: &str) -> bool {
        let isms = self.view.isms;
        let made = self.made.entry(def.id).or_insert_with(|| {
            let live = isms.rows(def.id).filter(|it| !it.head.withdrawn);
            let imported = live.filter_map(|it| it.head.extras.as_deref());
            let imported = imported.flat_map(|it| &it.imported);
            imported.filter(|it| it.register == REGISTER).map(|it| it.key.as_str()).collect()
        });
        made.contains(key)
    }

    /// What a row says differently, and what cannot be read.
    fn deltas(
        &self,
        def: &'static KindDef,
        record: Option<&Record>,
        row: &Row,
    ) -> (Vec<Delta>, Vec<Fault>) {
        let ours = record.map(|it| said::of(self.names, it)).unwrap_or_default();
        let resolve = |kinds: &[&str], text: &str| self.names.resolve(kinds, text);
        let (mut deltas, mut faults) = (Vec::new(), Vec::new());
        for (part, said) in &row.said {
            let node = ours.get(part);
            let from = node.map(Node::json).unwrap_or_default();
            let to = match said {
                Said::Json(value) => Ok(value.clone()),
                Said::Cell(text) if is_as_written(node, text) => continue,
                Said::Cell(text) => match part.ty(def) {
                    Some(ty) => super::cell::read(&ty, text),
                    None => super::cell::read(&meta::FieldType::File, text),
                },
            };
            let delta =
                to.and_then(|to| said::delta((&from, &resolve), (&to, &resolve), def, part));
            match delta {
                Ok(delta) => deltas.extend(delta),
                Err(err) => {
                    faults.push(Fault::at(&*row.place, format!("`{}`: {err}", part.label(def))));
                }
            }
        }
        (deltas, faults)
    }

    fn line(&mut self, place: &str, text: String) {
        self.lines.push(PlanLine { place: place.to_owned(), text });
    }
}

/// Whether a cell has the text that we would write.
fn is_as_written(node: Option<&Node>, text: &str) -> bool {
    node.map(super::cell::write).unwrap_or_default().text() == text
}

/// The headers or keys that come twice.
pub(super) fn repeated<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut seen = BTreeSet::new();
    names.filter(|it| !it.is_empty()).find(|it| !seen.insert(*it))
}
