//! The decisions of the system: a command and the records before it in, a change or a refusal out.
//! No clock, no randomness, no I/O.

mod acts;
mod assent;
mod draft;
mod links;
mod merge;
mod rounds;
mod stored;
mod writing;

pub use self::{
    acts::{is_written_by_hand, takes_back},
    assent::authority,
    draft::stored_text,
    links::held_by,
    merge::unmergeable,
    writing::{hides_signs, is_hidden},
};
use ledger::Salt;
use meta::{Id, KindDef, Need, Problem, Provenance, Record};
use serde_json::{Map, Value};

use self::draft::{Content, Draft, Prepared, Shape, called, prepare};
use crate::{
    Actor, Change, Command, Isms, Now, Refusal,
    ahead::ahead,
    command::{Edit, Former, New, Step, says_why},
    refusal::Located,
    text::quoted,
};

/// Commands of so many steps are worth more than one core.
const LONG: usize = 512;

/// Decides a command against the records as they are.
///
/// # Errors
/// The first reason why it cannot happen; then nothing happens.
pub fn decide(
    isms: &Isms,
    actor: Actor,
    command: &Command,
    now: &mut Now<'_>,
) -> Result<Change, Refusal> {
    decide_located(isms, actor, command, now).map_err(|it| it.refusal)
}

/// As [`decide`], and says which step is to blame.
///
/// # Errors
/// The first reason why it cannot happen; then nothing happens.
pub fn decide_located(
    isms: &Isms,
    actor: Actor,
    command: &Command,
    now: &mut Now<'_>,
) -> Result<Change, Located> {
    writing::check_note(command).map_err(Located::nowhere)?;
    let mut draft = Draft::new(isms, actor, now);
    let mut note = command.note.as_deref();
    let finish = |draft: Draft<'_, '_>, note| {
        draft.finish(note).map_err(|(record, refusal)| Located {
            step: record.and_then(|it| command.steps.iter().rposition(|step| step.is_about(it))),
            refusal,
        })
    };
    if command.steps.len() < LONG {
        for (at, step) in command.steps.iter().enumerate() {
            perform(&mut draft, step, None, &mut note).map_err(|it| it.at(at))?;
        }
        return finish(draft, note);
    }
    // What a new record is to hold depends on no other step: other cores read and hash it.
    let salts: Vec<Salt> = command.steps.iter().map(|_| (draft.now.salt)()).collect();
    ahead(
        &command.steps,
        |at, step| match step {
            Step::New(new) => kinds::kind(&new.kind)
                .map(|def| prepare(def, &new.fields, Some(&new.extras), salts[at])),
            _ => None,
        },
        |at, step, prepared| perform(&mut draft, step, prepared, &mut note).map_err(|it| it.at(at)),
    )?;
    finish(draft, note)
}

/// What a record still lacks to leave its first stage.
pub fn missing_to_leave(record: &Record) -> Vec<Problem> {
    missing(record, Need::Leave, "is needed to go on: fill it in")
}

/// Does one step; what it comes to may have been prepared. The first reason of a step is that of
/// the command, where that has none.
fn perform<'c>(
    draft: &mut Draft<'_, '_>,
    step: &'c Step,
    prepared: Option<Prepared>,
    note: &mut Option<&'c str>,
) -> Result<(), Refusal> {
    match step {
        Step::New(new) => create(draft, new, prepared),
        Step::Edit(it) => edit(draft, it),
        Step::Move { record, version, to, reason } => {
            *note = note.or(reason.as_deref());
            go(draft, *record, *version, to, *note)
        }
        Step::Withdraw { record, version } => withdraw(draft, *record, *version, *note),
        Step::Reinstate { record } => reinstate(draft, *record),
        Step::Erase { record, versions } => draft.erase(*record, versions),
        Step::Merge { kept, dropped } => merge::merge(draft, *kept, *dropped),
        Step::Revert { record, version, to } => {
            revert(draft, *record, *version, to.as_ref(), *note)
        }
        Step::Assent(it) => {
            writing::check_assent(it)?;
            assent::assent(draft, it)
        }
        Step::Confirm { record } => confirm(draft, *record),
    }
}

fn create(draft: &mut Draft<'_, '_>, new: &New, prepared: Option<Prepared>) -> Result<(), Refusal> {
    let Some(def) = kinds::kind(&new.kind) else {
        return Err(Refusal::UnknownKind { kind: new.kind.clone() });
    };
    acts::may_create(new, def)?;
    if new.provenance != Provenance::Import {
        let name = called(None, def);
        writing::check_fields(&name, def, &new.fields)?;
        writing::check_extras(&name, def, &new.extras)?;
    }
    if draft.work.get(new.id).is_some() {
        return Err(Refusal::Taken { record: new.id.to_string() });
    }
    if def.sole
        && let Some(existing) = draft.work.rows(def.id).find(|it| !it.head.withdrawn)
    {
        return Err(Refusal::Sole { kind: def.label, existing: existing.name() });
    }
    let stage = match &new.stage {
        None => 0,
        Some(stage) => def.stage(stage).ok_or_else(|| Refusal::Invalid {
            kind: def.id,
            record: called(None, def),
            problems: vec![Problem::on("stage", unknown_stage(def, stage))],
        })?,
    };
    let prepared = prepared
        .unwrap_or_else(|| prepare(def, &new.fields, Some(&new.extras), (draft.now.salt)()));
    let provenance = new.provenance;
    draft.place(Shape { id: new.id, def, stage, provenance, withdrawn: false }, prepared)?;
    let record = draft.work.get(new.id).expect("it was just written");
    if new.provenance != Provenance::Import {
        assent::check_is_asked_once(&draft.work, record)?;
    }
    if stage > 0 && !record.stage().ended {
        let problems = missing_to_leave(record);
        if !problems.is_empty() {
            return Err(Refusal::Invalid { kind: def.id, record: called(None, def), problems });
        }
    }
    Ok(())
}

fn edit(draft: &mut Draft<'_, '_>, edit: &Edit) -> Result<(), Refusal> {
    let record = draft.seen(edit.record, edit.version)?;
    acts::may_edit(record, &edit.fields)?;
    if edit.provenance != Provenance::Import {
        writing::check_fields(&record.name(), record.def(), &edit.fields)?;
        edit.extras
            .iter()
            .try_for_each(|it| writing::check_extras(&record.name(), record.def(), it))?;
    }
    let def = record.def();
    let mut content = Content::of(record);
    let names: Vec<&String> = edit.fields.keys().collect();
    let material = names.iter().any(|it| def.field(it).is_some_and(|(_, it)| it.material));
    if let Some(at) = names.iter().find(|it| def.field(it).is_none()) {
        let problem = Problem::on(at, unknown_field(def, at));
        return problems_of(record, vec![problem]);
    }
    content.patch(&edit.fields);
    if let Some(day) = rounds::comes_up_again(draft, record, edit) {
        content.body.insert("next_review".to_owned(), Value::String(day.to_string()));
    }
    if let Some(extras) = &edit.extras {
        content.extras = Some(extras.clone());
    }
    content.shape.provenance = match (edit.provenance, content.shape.provenance) {
        (Provenance::Person, _) | (_, Provenance::Seed) => edit.provenance,
        (_, before) => before,
    };
    // Editing what was published begins the next edition: the working copy is a draft again.
    if def.controlled && record.stage().edition && material {
        content.shape.stage = 0;
    }
    let before: Vec<&str> = filled(record);
    let id = edit.record;
    draft.write(content)?;
    let record = draft.work.get(id).expect("it was just written");
    if record.head.stage > 0 && !record.stage().ended {
        let emptied = missing_to_leave(record);
        let emptied = emptied.into_iter().filter(|it| before.contains(&it.field.as_str()));
        problems_of(record, emptied.collect())?;
    }
    Ok(())
}

fn go(
    draft: &mut Draft<'_, '_>,
    id: Id,
    version: Option<u32>,
    to: &str,
    note: Option<&str>,
) -> Result<(), Refusal> {
    let record = draft.seen(id, version)?;
    acts::may_go(record, to)?;
    let (def, from) = (record.def(), record.stage());
    let kind = def.id;
    let Some(stage) = def.stage(to).filter(|_| from.next.contains(&to)) else {
        if let Some(at) = def.stages.iter().find(|it| it.id == to && it.edition) {
            return Err(Refusal::OnlyByPublishing { kind, record: record.name(), to: at.id });
        }
        let (record, to) = (record.name(), to.to_owned());
        return Err(Refusal::NotReachable { kind, record, from: from.id, to, possible: from.next });
    };
    let next = &def.stages[usize::from(stage)];
    if next.edition {
        return Err(Refusal::OnlyByPublishing { kind, record: record.name(), to: next.id });
    }
    if next.reason && note.is_none_or(|it| it.trim().is_empty()) {
        return Err(Refusal::NeedsReason { kind, record: record.name(), to: next.id });
    }
    if record.head.stage == 0 && !next.ended {
        problems_of(record, missing_to_leave(record))?;
    }
    let said = rounds::left_out(draft, record, to, note)?;
    let mut content = Content::of(record);
    content.shape.stage = stage;
    content.patch(&said);
    draft.write(content)
}

fn withdraw(
    draft: &mut Draft<'_, '_>,
    id: Id,
    version: Option<u32>,
    note: Option<&str>,
) -> Result<(), Refusal> {
    let record = draft.seen(id, version)?;
    acts::may_hide(record)?;
    acts::may_withdraw(record, note)?;
    let mut content = Content::of(record);
    content.shape.withdrawn = true;
    draft.write(content)
}

fn reinstate(draft: &mut Draft<'_, '_>, id: Id) -> Result<(), Refusal> {
    let record = draft.any(id)?;
    if !record.head.withdrawn {
        return Err(Refusal::Nothing);
    }
    let mut content = Content::of(record);
    content.shape.withdrawn = false;
    draft.write(content)
}

fn revert(
    draft: &mut Draft<'_, '_>,
    id: Id,
    version: Option<u32>,
    to: Option<&Former>,
    note: Option<&str>,
) -> Result<(), Refusal> {
    let record = draft.any(id)?;
    acts::may_hide(record)?;
    if takes_back(record, to, draft.actor) && !says_why(note) {
        let (kind, record) = (record.def().id, record.name());
        return Err(Refusal::NeedsReason { kind, record, to: "revoked" });
    }
    if let Some(seen) = version.filter(|it| *it != record.head.version) {
        let (record, current) = (record.name(), record.head.version);
        return Err(Refusal::Stale { record, seen, current });
    }
    let mut content = Content::of(record);
    let Some(former) = to else {
        content.shape.withdrawn = true;
        // What never was is known by no row: the same sheet can bring it again.
        if let Some(extras) = &mut content.extras {
            extras.imported.clear();
        }
        return draft.write(content);
    };
    let text: Value = serde_json::from_str(&former.text).unwrap_or_default();
    content.body = text.get("body").and_then(Value::as_object).cloned().unwrap_or_default();
    let extras = text.get("extras").cloned().unwrap_or_default();
    content.extras = serde_json::from_value(extras).unwrap_or_default();
    content.shape.stage = content.shape.def.stage(&former.stage).unwrap_or(0);
    content.shape.withdrawn = former.withdrawn;
    content.shape.provenance = former.provenance;
    draft.write(content)
}

fn confirm(draft: &mut Draft<'_, '_>, id: Id) -> Result<(), Refusal> {
    let by = draft.actor.person().ok_or(Refusal::NeedsPerson)?;
    let on = draft.now.day;
    let mut content = Content::of(draft.seen(id, None)?);
    let mut extras = content.extras.take().unwrap_or_default();
    extras.confirmed = Some(meta::Confirmed { by, on });
    content.extras = Some(extras);
    draft.write(content)
}

fn problems_of(record: &Record, problems: Vec<Problem>) -> Result<(), Refusal> {
    match problems.is_empty() {
        true => Ok(()),
        false => Err(Refusal::Invalid { kind: record.def().id, record: record.name(), problems }),
    }
}

fn missing(record: &Record, need: Need, message: &str) -> Vec<Problem> {
    let fields = record.def().fields.iter().enumerate();
    fields
        .filter(|(at, it)| it.need == need && record.body.cell(*at).is_empty())
        .map(|(_, it)| Problem::on(it.name, message))
        .collect()
}

fn filled(record: &Record) -> Vec<&'static str> {
    let fields = record.def().fields.iter().enumerate();
    fields.filter(|(at, _)| !record.body.cell(*at).is_empty()).map(|(_, it)| it.name).collect()
}

fn unknown_stage(def: &KindDef, stage: &str) -> String {
    let known: Vec<&str> = def.stages.iter().map(|it| it.id).collect();
    format!("`{stage}` is not a stage: it is one of {}", quoted(&known))
}

fn unknown_field(def: &KindDef, field: &str) -> String {
    let known: Vec<&str> = def.fields.iter().map(|it| it.name).collect();
    let a_kind = crate::text::a(&def.label.to_lowercase());
    format!("{a_kind} has no field `{field}`: it has {}", quoted(&known))
}

impl Content {
    fn patch(&mut self, fields: &Map<String, Value>) {
        for (name, value) in fields {
            match value {
                Value::Null => drop(self.body.remove(name)),
                value => drop(self.body.insert(name.clone(), value.clone())),
            }
        }
    }
}
