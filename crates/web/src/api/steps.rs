//! What a program wants done: one command, of one step or of thousands, that happens whole or not at
//! all.

use std::{borrow::Cow, collections::HashMap};

use app::{
    FileStored, Receipt, Request,
    accounts::{AccessToken, Scope},
};
use domain::{
    Actor, Command, Isms, Step,
    command::{Assent, Edit, New, Subject},
    resolve,
};
use kinds::{
    Kind,
    approval::{Decision, Purpose},
    membership::Membership,
    person::Person,
};
use ledger::EVENT_KIND;
use meta::{Extras, Id, KindDef, Link, Provenance, Record};
use serde_json::{Map, Value};

use super::{Fault, enter::lacks, fault::Wrong, fields::Fields, told::Told};
use crate::{Ask, Problem};

/// Names that steps of one batch give to the records they make.
pub(super) type Names = HashMap<String, Id>;

/// What an assent takes, beside its purpose and whose it is.
const WHERE: &str = "it must name a record: an id, a number such as `RISK-12`, or `$name` of one that \
                     this batch makes";

/// Does a command in the name of the token's owner. `place` makes a pointer from the step to blame.
///
/// # Errors
/// When it is refused, the token is not for it, or the machine failed.
pub(super) fn commit(
    ask: &Ask,
    command: Command,
    files: Vec<FileStored>,
    place: &dyn Fn(Option<usize>) -> String,
) -> Result<Receipt, Fault> {
    let here = ask.place()?;
    if here.as_of.is_some() {
        return Err(Problem::ReadOnly.into());
    }
    let bearer = ask.bearer.as_ref().ok_or(Problem::SignIn)?;
    check_scopes(ask.isms(), bearer, &command, place)?;
    let actor = Actor::Person(here.person);
    let request = Request { actor, via: "api", command, files, bound: true };
    here.organization.execute_through(request, Some(bearer.id)).map_err(|err| match err {
        app::Error::Refused { refusal, sentence, step } => {
            Fault::refused(&refusal, &sentence, step, place)
        }
        err => err.into(),
    })
}

/// Does one step; places in the body are those of the step.
///
/// # Errors
/// As [`commit`].
pub(super) fn one(ask: &Ask, step: Step, note: Option<&str>) -> Result<Receipt, Fault> {
    let command = Command { note: note.map(str::to_owned), steps: vec![step] };
    commit(ask, command, Vec::new(), &|_| String::new())
}

/// The record that a text names, among those that may be seen and those of the batch.
pub(super) fn find(ask: &Ask, names: &Names, text: &str) -> Result<Link, String> {
    if let Some(name) = text.strip_prefix('$') {
        let id = names.get(name).copied().map(Link::to);
        return id.ok_or_else(|| format!("no step of this batch makes a record called `${name}`"));
    }
    // Whether it is there and may be linked to is decided with the command.
    if let Ok(link) = text.parse::<Link>() {
        return Ok(link);
    }
    let unknown = || format!("there is no record `{text}`: name it by its id or number");
    let is_name = text.contains('-') && text.len() <= 60;
    let link = is_name.then(|| resolve::by_name(ask.isms(), &[], text)).flatten();
    let link = link.ok_or_else(unknown)?;
    ask.sight().get(link.id).map(|_| link).ok_or_else(unknown)
}

/// A record to be made, from what stands in an object.
pub(super) fn new(def: &'static KindDef, told: &Told<'_>, fields: &Fields<'_>, id: Id) -> New {
    let none = Map::new();
    let sent = told.object("fields").unwrap_or(&none);
    let stage = told.text("stage").map(str::to_owned);
    if let Some(stage) = stage.as_ref().filter(|it| def.stage(it).is_none()) {
        let known: Vec<&str> = def.stages.iter().map(|it| it.id).collect();
        told.wrong("stage", format!("`{stage}` is no stage: it is one of {}", known.join(", ")));
    }
    if def.id == EVENT_KIND {
        let what = "entries about the ledger itself are written by the program";
        told.wrong("kind", what);
    }
    New {
        id,
        kind: def.id.to_owned(),
        fields: fields.read(def, sent, &told.pointer("fields")),
        stage,
        provenance: Provenance::Tool,
        extras: extras(told, None).unwrap_or_default(),
    }
}

/// Fields to be changed, from what stands in an object.
pub(super) fn edit(
    record: Id,
    def: &KindDef,
    extras_before: Option<&Extras>,
    version: Option<u32>,
    told: &Told<'_>,
    fields: &Fields<'_>,
) -> Edit {
    let none = Map::new();
    let sent = told.object("fields").unwrap_or(&none);
    Edit {
        record,
        version,
        fields: fields.read(def, sent, &told.pointer("fields")),
        extras: extras(told, extras_before),
        provenance: Provenance::Tool,
    }
}

/// An assent, from what stands in an object. Where it answers a request to the person who asks, the
/// request becomes the answer.
pub(super) fn assent(
    ask: &Ask,
    record: Option<&Record>,
    subject: Subject,
    version: Option<u32>,
    told: &Told<'_>,
) -> Option<Assent> {
    told.needed("purpose");
    let purpose: Option<Purpose> = told.choice("purpose");
    let text = |name: &'static str| told.text(name).map(str::to_owned);
    let conditions = text("conditions");
    let decision = match told.choice::<Decision>("decision") {
        Some(decision) => decision,
        None if conditions.is_some() => Decision::GivenOnCondition,
        None => Decision::Given,
    };
    let asked = record.and_then(|record| {
        let mut waiting = crate::pages::records::waiting(ask, record);
        waiting.find(|it| it.1.purpose == purpose).map(|it| it.0.head.id)
    });
    Some(Assent {
        version,
        decision,
        conditions,
        comment: text("comment"),
        acting_as: told.text("acting_as").and_then(|it| match find(ask, &Names::new(), it) {
            Ok(link) => Some(link.id),
            Err(what) => {
                told.wrong("acting_as", what);
                None
            }
        }),
        good_until: told.day("good_until"),
        effective_from: told.day("effective_from"),
        edition: text("edition"),
        next_review: told.day("next_review"),
        ..Assent::new(asked.unwrap_or_else(app::fresh_id), purpose?, subject)
    })
}

/// The steps of a batch.
pub(super) struct Batch<'a> {
    ask: &'a Ask,
    names: Names,
    /// What each step is done to or makes.
    pub(super) targets: Vec<Id>,
    wrongs: Vec<Wrong>,
}

impl<'a> Batch<'a> {
    /// Reads the steps of a list; names may stand in front of the step that makes the record.
    ///
    /// # Errors
    /// All that is wrong with any of them.
    pub(super) fn read(ask: &'a Ask, list: &[Value]) -> Result<(Vec<Step>, Self), Fault> {
        let mut batch = Self {
            ask,
            names: Names::new(),
            targets: Vec::with_capacity(list.len()),
            wrongs: Vec::new(),
        };
        let mut ids = Vec::with_capacity(list.len());
        for (at, value) in list.iter().enumerate() {
            let said = |name: &str| value.get(name).and_then(Value::as_str);
            let id = said("id").and_then(|it| it.parse().ok()).unwrap_or_else(app::fresh_id);
            if let Some(name) = said("name")
                && batch.names.insert(name.to_owned(), id).is_some()
            {
                let what = format!("another step is called `{name}` already");
                batch.wrongs.push(Wrong::body(format!("/steps/{at}/name"), what));
            }
            ids.push(id);
        }
        let mut steps = Vec::with_capacity(list.len());
        for (at, (value, id)) in list.iter().zip(ids).enumerate() {
            let step = batch.step(value, &format!("/steps/{at}"), id)?;
            steps.extend(step);
            if batch.wrongs.len() > 50 {
                break;
            }
        }
        match batch.wrongs.is_empty() {
            true => Ok((steps, batch)),
            false => Err(Fault::body(std::mem::take(&mut batch.wrongs))),
        }
    }

    fn step(&mut self, value: &Value, at: &str, fresh: Id) -> Result<Option<Step>, Fault> {
        let told = Told::of(value, at)?;
        let (ask, names) = (self.ask, &self.names);
        let resolve = |text: &str| find(ask, names, text);
        let mut fields = Fields::new(&resolve);
        if let Some(record) = value.get("record").and_then(Value::as_str)
            && let Some(record) =
                find(ask, names, record).ok().and_then(|it| ask.sight().get(it.id))
        {
            app::named_files(record, &mut |it| fields.files.push(it.clone()));
        }
        let named = |name: &'static str| -> Option<Id> {
            let text = told.needed(name);
            let found = find(ask, names, text).map(|it| it.id);
            found
                .map_err(|what| {
                    told.wrong(name, if text.is_empty() { WHERE.to_owned() } else { what })
                })
                .ok()
        };
        let step = match told.needed("do") {
            "create" => {
                told.id("id");
                told.text("name");
                let kind = told.needed("kind");
                match kinds::kind(kind) {
                    Some(def) => Some(Step::New(new(def, &told, &fields, fresh))),
                    None => {
                        told.knows(&["fields", "stage", "tags", "external_id"]);
                        told.wrong("kind", format!("there is no kind `{kind}`"));
                        None
                    }
                }
            }
            "edit" => {
                let version = told.number("version");
                told.knows(&["fields", "tags", "external_id"]);
                named("record").and_then(|id| {
                    let record = ask.sight().get(id);
                    let Some(record) = record else {
                        let what = match names.values().any(|it| *it == id) {
                            true => {
                                "a batch cannot edit what it makes: write the fields into the \
                                 step that makes it"
                            }
                            false => "there is no such record to change",
                        };
                        told.wrong("record", what);
                        return None;
                    };
                    let before = record.head.extras.as_deref();
                    Some(Step::Edit(edit(id, record.def(), before, version, &told, &fields)))
                })
            }
            "move" => {
                let version = told.number("version");
                let to = told.needed("to").to_owned();
                let reason = told.text("reason").map(str::to_owned);
                named("record").map(|record| Step::Move { record, version, to, reason })
            }
            "withdraw" => {
                let version = told.number("version");
                named("record").map(|record| Step::Withdraw { record, version })
            }
            "reinstate" => named("record").map(|record| Step::Reinstate { record }),
            "confirm" => named("record").map(|record| Step::Confirm { record }),
            "merge" => {
                let (kept, dropped) = (named("kept"), named("dropped"));
                kept.zip(dropped).map(|(kept, dropped)| Step::Merge { kept, dropped })
            }
            "assent" => {
                let (version, id) = (told.number("version"), named("record"));
                let record = id.and_then(|it| ask.sight().get(it));
                let subject = Subject::Record(id.unwrap_or_default());
                let made = assent(ask, record, subject, version, &told);
                id.and(made).map(Step::Assent)
            }
            other => {
                let known = "create, edit, move, withdraw, reinstate, confirm, merge, assent";
                told.wrong("do", format!("`{other}` is none of {known}"));
                self.wrongs.extend(told.wrongs().into_iter().take(1));
                return Ok(None);
            }
        };
        let mut wrongs = told.wrongs();
        wrongs.extend(fields.wrongs.take());
        self.wrongs.extend(wrongs);
        self.targets.extend(step.as_ref().map(target));
        Ok(step)
    }
}

/// The record that a step is done to or makes.
fn target(step: &Step) -> Id {
    match step {
        Step::New(it) => it.id,
        Step::Edit(it) => it.record,
        Step::Move { record, .. }
        | Step::Withdraw { record, .. }
        | Step::Reinstate { record }
        | Step::Erase { record, .. }
        | Step::Revert { record, .. }
        | Step::Confirm { record } => *record,
        Step::Merge { kept, .. } => *kept,
        Step::Assent(it) => it.id,
    }
}

/// What a record carries beside its fields, as far as a program says something about it.
fn extras(told: &Told<'_>, before: Option<&Extras>) -> Option<Extras> {
    let (tags, external) = (told.texts("tags"), told.get("external_id"));
    if tags.is_none() && external.is_none() {
        return None;
    }
    let mut extras = before.cloned().unwrap_or_default();
    if let Some(tags) = tags {
        extras.tags = tags;
    }
    match external {
        None => {}
        Some(Value::Null) => extras.external_id = None,
        Some(Value::String(text)) => {
            extras.external_id = Some(text.clone()).filter(|it| !it.is_empty());
        }
        Some(_) => told.must_be("external_id", "a text"),
    }
    Some(extras)
}

/// Refuses what a token is not for.
fn check_scopes(
    isms: &Isms,
    bearer: &AccessToken,
    command: &Command,
    place: &dyn Fn(Option<usize>) -> String,
) -> Result<(), Fault> {
    for (at, step) in command.steps.iter().enumerate() {
        let scope = scope_of(isms, step);
        if !bearer.scopes.has(scope) {
            let mut fault = lacks(scope);
            let base = place(Some(at));
            if !base.is_empty() {
                fault.errors = vec![Wrong::body(base, fault.detail.clone())];
            }
            return Err(fault);
        }
    }
    Ok(())
}

/// What a token must be for to take a step.
fn scope_of(isms: &Isms, step: &Step) -> Scope {
    let kind = |id: Id| isms.get(id).map_or("", |it| it.def().id);
    let of = |kind: &str| match kind == Membership::ID {
        true => Scope::Administer,
        false => Scope::Write,
    };
    match step {
        Step::New(it) => of(&it.kind),
        Step::Edit(it) => of(kind(it.record)),
        Step::Move { record, .. }
        | Step::Withdraw { record, .. }
        | Step::Reinstate { record }
        | Step::Revert { record, .. } => of(kind(*record)),
        // Memberships of one person go over to the other.
        Step::Merge { kept, .. } if kind(*kept) == Person::ID => Scope::Administer,
        Step::Merge { .. } => Scope::Write,
        Step::Erase { .. } => Scope::Administer,
        Step::Assent(_) | Step::Confirm { .. } => Scope::Approve,
    }
}

/// A note, without what is only space.
pub(super) fn note<'t>(told: &Told<'t>) -> Option<Cow<'t, str>> {
    told.text("note").map(str::trim).filter(|it| !it.is_empty()).map(Cow::Borrowed)
}
