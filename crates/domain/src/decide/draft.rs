//! The state of a decision under way: the records as the steps so far leave them.

use std::{collections::BTreeMap, sync::Arc};

use kinds::{Kind, membership::Membership, person::Person};
use ledger::{Op, canonical, hash::salted_hash};
use meta::{Envelope, Erased, Extras, Id, KindDef, Need, Problem, Provenance, Record};
use serde_json::{Map, Value, json};

use super::{links, missing, unknown_field};
use crate::{Actor, Change, Isms, Now, Refusal, View, access, change::Operation, rules};

/// What is said about a field without which there is no record.
const NEEDED: &str = "is needed: fill it in";

/// The state of a decision under way.
pub(super) struct Draft<'a, 'n> {
    pub(super) base: &'a Isms,
    pub(super) work: Isms,
    pub(super) actor: Actor,
    pub(super) now: &'a mut Now<'n>,
    touched: BTreeMap<Id, Operation>,
}

/// What a record shall be.
pub(super) struct Content {
    pub(super) id: Id,
    pub(super) def: &'static KindDef,
    pub(super) stage: u8,
    pub(super) provenance: Provenance,
    pub(super) withdrawn: bool,
    pub(super) body: Map<String, Value>,
    pub(super) extras: Option<Extras>,
}

impl Content {
    /// What a record is.
    pub(super) fn of(record: &Record) -> Self {
        let body = match record.body.json() {
            Value::Object(body) => body,
            _ => Map::new(),
        };
        Self {
            id: record.head.id,
            def: record.def(),
            stage: record.head.stage,
            provenance: record.head.provenance,
            withdrawn: record.head.withdrawn,
            body,
            extras: record.head.extras.as_deref().cloned(),
        }
    }
}

impl<'a, 'n> Draft<'a, 'n> {
    pub(super) fn new(base: &'a Isms, actor: Actor, now: &'a mut Now<'n>) -> Self {
        Self { base, work: base.clone(), actor, now, touched: BTreeMap::new() }
    }

    /// The record, unless it is missing.
    pub(super) fn any(&self, id: Id) -> Result<&Record, Refusal> {
        self.work.get(id).ok_or_else(|| Refusal::Missing { record: id.to_string() })
    }

    /// The record as the asker saw it: there, not withdrawn, not erased, not changed since.
    pub(super) fn seen(&self, id: Id, version: Option<u32>) -> Result<&Record, Refusal> {
        let record = self.any(id)?;
        if record.is_erased() {
            return Err(Refusal::Erased { record: record.name() });
        }
        if record.head.withdrawn {
            return Err(Refusal::Withdrawn { record: record.name() });
        }
        // Steps of this very command do not make the record stale for the next step.
        let current = self.base.get(id).unwrap_or(record).head.version;
        match version {
            Some(seen) if seen != current => {
                Err(Refusal::Stale { record: record.name(), seen, current })
            }
            _ => Ok(record),
        }
    }

    /// Makes a record what it shall be.
    pub(super) fn write(&mut self, content: Content) -> Result<(), Refusal> {
        let name = self
            .work
            .get(content.id)
            .map_or_else(|| format!("the new {}", content.def.label.to_lowercase()), Record::name);
        let invalid = |problems| Refusal::Invalid { record: name.clone(), problems };
        if content.body.values().all(Value::is_null) {
            let needed = content.def.fields.iter().filter(|it| it.need == Need::Create);
            let problems = needed.map(|it| Problem::on(it.name, NEEDED));
            return Err(invalid(problems.collect()));
        }
        let text = text_of(content.body, content.extras)
            .map_err(|err| invalid(vec![Problem::on("", err)]))?;
        let head = self.head(&content.id, content.def, content.stage);
        let mut head =
            Envelope { provenance: content.provenance, withdrawn: content.withdrawn, ..head };
        let salt = (self.now.salt)();
        let hash = salted_hash(&salt, &text);
        head.hash = hash;
        let record = (content.def.parse)(head, &text)
            .map_err(|err| invalid(blame(content.def, &text, &err)))?;
        if self.work.get(content.id).is_some_and(Record::is_erased) {
            return Err(Refusal::Erased { record: name });
        }
        let mut problems = missing(&record, Need::Create, NEEDED);
        problems.extend(record.body.check());
        if !problems.is_empty() {
            return Err(invalid(problems));
        }
        if self.is_unchanged(&record, &text) {
            self.touched.remove(&record.head.id);
            self.work.put(self.base.shared(record.head.id).expect("unchanged means it was there"));
            return Ok(());
        }
        let op = if record.head.withdrawn { Op::Withdraw } else { Op::Put };
        self.work.put(record.clone());
        let operation =
            Operation { op, record, text, salt, hash, erased: Vec::new(), published: None };
        self.touched.insert(operation.record.head.id, operation);
        Ok(())
    }

    /// Marks a record written by this command as an edition.
    pub(super) fn publish(&mut self, id: Id, approval: Id) {
        if let Some(operation) = self.touched.get_mut(&id) {
            operation.published = Some(approval);
            self.work.publish(operation.record.clone(), approval);
        }
    }

    /// Erases the contents of versions of a record; of all when none are named.
    pub(super) fn erase(&mut self, id: Id, mut versions: Vec<u32>) -> Result<(), Refusal> {
        let salt = (self.now.salt)();
        let record = self.any(id)?;
        let (name, current) = (record.name(), record.head.version);
        let holds_content = record.head.content_version;
        if record.def().id == ledger::EVENT_KIND {
            let why = "it says which key signs the ledger and is never erased";
            return Err(Refusal::NoAuthority { subject: name, why: why.to_owned() });
        }
        if self.touched.contains_key(&id) {
            return Err(Refusal::Stale { record: name, seen: current, current: current + 1 });
        }
        if let Some(wrong) = versions.iter().find(|it| **it == 0 || **it > current) {
            return Err(Refusal::Missing { record: format!("{name} version {wrong}") });
        }
        if versions.is_empty() {
            versions = (1..=holds_content).collect();
        }
        versions.sort_unstable();
        versions.dedup();
        let text = canonical::write(&json!({"body": {"versions": versions}}))
            .expect("whole numbers are canonical");
        let mut head = self.head(&id, record.def(), record.head.stage);
        let hash = salted_hash(&salt, &text);
        head.hash = hash;
        let erases_content = record.is_erased() || versions.contains(&holds_content);
        let record: Arc<Record> = match erases_content {
            true => Arc::new(Record { head, body: Erased(record.def()) }),
            false => {
                let content = Content::of(record);
                head.content_version = holds_content;
                head.hash = record.head.hash;
                let kept = text_of(content.body, content.extras).expect("it was stored before");
                (content.def.parse)(head, &kept).expect("it was stored before")
            }
        };
        self.work.put(record.clone());
        self.work.erase_editions(id, &versions);
        let operation = Operation {
            op: Op::Erase,
            record,
            text,
            salt,
            hash,
            erased: versions,
            published: None,
        };
        self.touched.insert(id, operation);
        Ok(())
    }

    /// Checks what only the whole command can tell, and makes the change.
    pub(super) fn finish(self, note: Option<String>) -> Result<Change, Refusal> {
        if self.touched.is_empty() {
            return Err(Refusal::Nothing);
        }
        self.check_somebody_acts()?;
        self.check_somebody_administers()?;
        for operation in self.touched.values() {
            let record = &operation.record;
            if operation.op == Op::Erase {
                continue;
            }
            let before = self.base.get(record.head.id);
            links::check(&self.work, before, record)?;
            let problems = rules::check(&self.work, before, record);
            if !problems.is_empty() {
                return Err(Refusal::Invalid { record: record.name(), problems });
            }
            if record.head.withdrawn {
                links::check_unlinked(&self.work, record)?;
            }
        }
        let note = note.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
        Ok(Change { note, operations: self.touched.into_values().collect(), after: self.work })
    }

    /// Refuses to leave nobody who can act: nobody could undo that.
    fn check_somebody_acts(&self) -> Result<(), Refusal> {
        let acts = |isms: &Isms| isms.live::<Person>().next().is_some();
        let mut touched = self.touched.values().map(Operation::record);
        let person = touched.find(|it| it.def().id == Person::ID);
        match person {
            Some(person) if acts(self.base) && !acts(&self.work) => {
                Err(Refusal::LastPerson { record: person.name() })
            }
            _ => Ok(()),
        }
    }

    /// Refuses to leave nobody who decides on access: only whoever holds the file could mend that.
    fn check_somebody_administers(&self) -> Result<(), Refusal> {
        let has = |isms: &Isms| access::has_administrator(View::new(isms, self.now.day));
        let mut touched = self.touched.values().map(Operation::record);
        match touched.find(|it| [Person::ID, Membership::ID].contains(&it.def().id)) {
            Some(record) if has(self.base) && !has(&self.work) => {
                Err(Refusal::LastAdministrator { record: record.name() })
            }
            _ => Ok(()),
        }
    }

    fn head(&self, id: &Id, def: &'static KindDef, stage: u8) -> Envelope {
        let position = self.base.position() + 1;
        let here = self.work.get(*id);
        let base = self.base.get(*id);
        Envelope {
            id: *id,
            number: here.map_or_else(|| self.work.next_number(def.id), |it| it.head.number),
            version: base.map_or(0, |it| it.head.version) + 1,
            content_version: base.map_or(0, |it| it.head.version) + 1,
            stage,
            provenance: here.map_or(Provenance::Person, |it| it.head.provenance),
            withdrawn: here.is_some_and(|it| it.head.withdrawn),
            created: base.map_or(position, |it| it.head.created),
            changed: position,
            hash: [0; 32],
            extras: None,
        }
    }

    fn is_unchanged(&self, record: &Record, text: &str) -> bool {
        self.base.get(record.head.id).is_some_and(|before| {
            before.head.stage == record.head.stage
                && before.head.provenance == record.head.provenance
                && before.head.withdrawn == record.head.withdrawn
                && stored_text(before).as_deref() == Some(text)
        })
    }
}

/// The text a record is stored as; `None` once erased.
pub fn stored_text(record: &Record) -> Option<String> {
    if record.is_erased() {
        return None;
    }
    let content = Content::of(record);
    text_of(content.body, content.extras).ok()
}

fn text_of(body: Map<String, Value>, extras: Option<Extras>) -> Result<String, String> {
    let mut content = Map::new();
    content.insert("body".to_owned(), Value::Object(body));
    if let Some(extras) = extras.filter(|it| !it.is_empty()) {
        let extras = serde_json::to_value(extras).expect("extras have text keys only");
        content.insert("extras".to_owned(), extras);
    }
    canonical::write(&Value::Object(content)).map_err(|err| err.to_string())
}

/// Finds the fields that a body of this kind cannot hold.
fn blame(def: &KindDef, text: &str, err: &serde_json::Error) -> Vec<Problem> {
    let content: Value = serde_json::from_str(text).unwrap_or_default();
    let body = content.get("body").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut problems = Vec::new();
    for (name, value) in body {
        if def.field(&name).is_none() {
            problems.push(Problem::on(&name, unknown_field(def, &name)));
            continue;
        }
        let alone = json!({"body": {&name: value}}).to_string();
        let head = Envelope {
            id: Id::nil(),
            number: 0,
            version: 0,
            content_version: 0,
            stage: 0,
            provenance: Provenance::Person,
            withdrawn: false,
            created: 0,
            changed: 0,
            hash: [0; 32],
            extras: None,
        };
        if let Err(err) = (def.parse)(head, &alone) {
            problems.push(Problem::on(&name, without_place(&err)));
        }
    }
    if problems.is_empty() {
        problems.push(Problem::on("", without_place(err)));
    }
    problems
}

/// The message of a JSON error without the line and column of text nobody typed.
fn without_place(err: &serde_json::Error) -> String {
    let text = err.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(message, _)| message.to_owned())
}
