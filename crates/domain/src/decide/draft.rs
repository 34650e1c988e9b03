//! The state of a decision under way: the records as the steps so far leave them.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use kinds::{Kind, membership::Membership, person::Person};
use ledger::{Hashed, Op, Salt, canonical};
use meta::{Envelope, Erased, Extras, Id, KindDef, Need, Problem, Provenance, Record};
use serde_json::{Map, Value, json};

use super::{
    links, missing,
    stored::{self, Text},
    unknown_field,
};
use crate::{
    Actor, Change, Isms, Now, Refusal, View, access, ahead::ahead, change::Operation, rules,
};

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

/// What a record shall be, but for what it holds.
pub(super) struct Shape {
    pub(super) id: Id,
    pub(super) def: &'static KindDef,
    pub(super) stage: u8,
    pub(super) provenance: Provenance,
    pub(super) withdrawn: bool,
}

/// What a record shall be.
pub(super) struct Content {
    pub(super) shape: Shape,
    pub(super) body: Map<String, Value>,
    pub(super) extras: Option<Extras>,
}

/// What a record shall hold, as it will be stored; or what is wrong with it.
pub(super) type Prepared = Result<Ready, Vec<Problem>>;

/// What a record shall hold, as it will be stored.
pub(super) struct Ready {
    content: Hashed,
    /// The record that was read from the text; nothing of its envelope is true yet.
    record: Arc<Record>,
    problems: Vec<Problem>,
}

impl Content {
    /// What a record is.
    pub(super) fn of(record: &Record) -> Self {
        let body = match record.body.json() {
            Value::Object(body) => body,
            _ => Map::new(),
        };
        let shape = Shape {
            id: record.head.id,
            def: record.def(),
            stage: record.head.stage,
            provenance: record.head.provenance,
            withdrawn: record.head.withdrawn,
        };
        Self { shape, body, extras: record.head.extras.as_deref().cloned() }
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
        let Content { shape, body, extras } = content;
        let prepared = prepare(shape.def, &body, extras.as_ref(), (self.now.salt)());
        self.place(shape, prepared)
    }

    /// Makes a record what it shall be in a version of its own, also where nothing changes: what is
    /// published is a version that nothing else was published as.
    pub(super) fn write_anew(&mut self, content: Content) -> Result<(), Refusal> {
        let Content { shape, body, extras } = content;
        let prepared = prepare(shape.def, &body, extras.as_ref(), (self.now.salt)());
        self.put(shape, prepared, true)
    }

    /// Puts what was prepared in its place among the records.
    pub(super) fn place(&mut self, shape: Shape, prepared: Prepared) -> Result<(), Refusal> {
        self.put(shape, prepared, false)
    }

    fn put(&mut self, shape: Shape, prepared: Prepared, anew: bool) -> Result<(), Refusal> {
        let Shape { id, def, stage, provenance, withdrawn } = shape;
        let name = |draft: &Self| called(draft.base.get(id), def);
        let invalid = |draft: &Self, problems| Refusal::Invalid {
            kind: def.id,
            record: name(draft),
            problems,
        };
        let Ready { content, mut record, problems } =
            prepared.map_err(|problems| invalid(self, problems))?;
        if self.work.get(id).is_some_and(Record::is_erased) {
            return Err(Refusal::Erased { record: name(self) });
        }
        if !problems.is_empty() {
            return Err(invalid(self, problems));
        }
        let head = &mut Arc::get_mut(&mut record).expect("nobody else has seen it yet").head;
        let extras = head.extras.take();
        let hash = content.hash();
        *head = Envelope { provenance, withdrawn, hash, extras, ..self.head(&id, def, stage) };
        if !anew && self.is_unchanged(&record, content.text()) {
            self.touched.remove(&id);
            self.work.put(self.base.shared(id).expect("unchanged means it was there"));
            return Ok(());
        }
        let op = if withdrawn { Op::Withdraw } else { Op::Put };
        self.work.put(record.clone());
        let content = Some(content);
        let operation = Operation { op, record, content, erased: Vec::new(), published: None };
        self.touched.insert(id, operation);
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
    pub(super) fn erase(&mut self, id: Id, versions: &[u32]) -> Result<(), Refusal> {
        let salt = (self.now.salt)();
        let mut versions = versions.to_vec();
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
        let content = Hashed::new(salt, text);
        head.hash = content.hash();
        let erases_content = record.is_erased() || versions.contains(&holds_content);
        let record: Arc<Record> = match erases_content {
            true => Arc::new(Record { head, body: Erased(record.def()) }),
            false => {
                let content = Content::of(record);
                head.content_version = holds_content;
                head.hash = record.head.hash;
                let kept = text_of(&content.body, content.extras.as_ref());
                let kept = kept.expect("it was stored before");
                (content.shape.def.parse)(head, &kept).expect("it was stored before")
            }
        };
        self.work.put(record.clone());
        self.work.erase_editions(id, &versions);
        let content = Some(content);
        let operation =
            Operation { op: Op::Erase, record, content, erased: versions, published: None };
        self.touched.insert(id, operation);
        Ok(())
    }

    /// Checks what only the whole command can tell, and makes the change. A refusal comes with the
    /// record it is about, where it is about one.
    pub(super) fn finish(self, note: Option<&str>) -> Result<Change, (Option<Id>, Refusal)> {
        if self.touched.is_empty() {
            return Err((None, Refusal::Nothing));
        }
        self.check_somebody_acts().map_err(|it| (None, it))?;
        self.check_somebody_administers().map_err(|it| (None, it))?;
        let written = self.touched.values().filter(|it| it.op != Op::Erase);
        let written: Vec<&Record> = written.map(|it| &**it.record()).collect();
        let (base, work, day) = (self.base, &self.work, self.now.day);
        ahead(
            &written,
            |_, record| check(base, work, record, day),
            |_, record, checked| checked.map_err(|it| (Some(record.head.id), it)),
        )?;
        let note = note.map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
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
                // Most changes are seen in a cell, before a text is made of what was.
                && !is_seen_in_a_cell(before, record)
                && stored_text(before).as_deref() == Some(text)
        })
    }
}

/// Refuses a record that does not fit among the others as they will be.
fn check(base: &Isms, work: &Isms, record: &Record, day: Date) -> Result<(), Refusal> {
    let before = base.get(record.head.id);
    links::check(work, before, record)?;
    let problems = rules::check(work, before, record, day);
    if !problems.is_empty() {
        let (kind, record) = (record.def().id, called(before, record.def()));
        return Err(Refusal::Invalid { kind, record, problems });
    }
    match record.head.withdrawn {
        true => links::check_unlinked(work, record),
        false => Ok(()),
    }
}

fn is_seen_in_a_cell(before: &Record, after: &Record) -> bool {
    let (was, is) = (&before.body, &after.body);
    (0..before.def().fields.len()).any(|at| was.cell(at).order(is.cell(at)).is_ne())
}

/// What a record is called where it is refused: one that is not there yet has no number.
pub(super) fn called(before: Option<&Record>, def: &KindDef) -> String {
    before.map_or_else(|| format!("the new {}", def.label.to_lowercase()), Record::name)
}

/// The text a record is stored as; `None` once erased.
pub fn stored_text(record: &Record) -> Option<String> {
    if record.is_erased() {
        return None;
    }
    let content = Content::of(record);
    text_of(&content.body, content.extras.as_ref()).ok()
}

/// What a new record or version of this kind holds, as it will be stored.
pub(super) fn prepare(
    def: &'static KindDef,
    body: &Map<String, Value>,
    extras: Option<&Extras>,
    salt: Salt,
) -> Prepared {
    let unfit = |err: ledger::Error| vec![Problem::on("", err.to_string())];
    let text = Text::of(body).map_err(unfit)?;
    if text.as_str() == "{}" {
        let needed = def.fields.iter().filter(|it| it.need == Need::Create);
        return Err(needed.map(|it| Problem::on(it.name, NEEDED)).collect());
    }
    let mut record =
        (def.parse)(nobody(), text.as_str()).map_err(|err| blame(def, text.as_str(), &err))?;
    let text = text.with(extras).map_err(unfit)?;
    // Reading them back would give the same.
    let head = &mut Arc::get_mut(&mut record).expect("nobody else has seen it yet").head;
    head.extras = extras.filter(|it| !it.is_empty()).cloned().map(Box::new);
    let mut problems = missing(&record, Need::Create, NEEDED);
    problems.extend(record.body.check());
    Ok(Ready { content: Hashed::new(salt, text), record, problems })
}

fn text_of(body: &Map<String, Value>, extras: Option<&Extras>) -> Result<String, String> {
    stored::text(body, extras).map_err(|err| err.to_string())
}

/// The envelope of no record, to look at what one would hold.
fn nobody() -> Envelope {
    Envelope {
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
    }
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
        if let Err(err) = (def.parse)(nobody(), &alone) {
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
