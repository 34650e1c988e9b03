//! A command held against what its actor may do, step by step.

use std::collections::HashMap;

use jiff::civil::Date;
use kinds::{
    Holder, Kind,
    approval::{Approval, Purpose},
    membership::{Membership, Profile},
    person::Person,
};
use meta::{Id, KindDef, Link, Record};
use serde_json::{Map, Value};

use super::{
    Access, Act, On,
    grants::{self, Breadth},
    relation::Relation,
    with_profile,
};
use crate::{
    Command, Isms, Refusal, Step, View,
    command::{Assent, Edit, New, Subject},
    holder,
    refusal::Located,
};

/// Whether a person may do everything that a command asks for. A record that they may not see is
/// missing, as if it were not there.
///
/// # Errors
/// The first step that is not theirs to take, and whom to ask.
pub fn permit(isms: &Isms, day: Date, person: Id, command: &Command) -> Result<(), Refusal> {
    permit_located(isms, day, person, command).map_err(|it| it.refusal)
}

/// As [`permit`], and says which step it is.
///
/// # Errors
/// The first step that is not theirs to take, and whom to ask.
pub fn permit_located(
    isms: &Isms,
    day: Date,
    person: Id,
    command: &Command,
) -> Result<(), Located> {
    let access = Access::of(isms, person, day);
    let mut permit = Permit { view: View::new(isms, day), access: &access, made: HashMap::new() };
    let mut steps = command.steps.iter().enumerate();
    steps.try_for_each(|(at, it)| permit.step(it).map_err(|it| it.at(at)))
}

struct Permit<'a> {
    view: View<'a>,
    access: &'a Access,
    /// What earlier steps of the command make, and whether it is still in its first stage.
    made: HashMap<Id, (&'static KindDef, bool)>,
}

impl Permit<'_> {
    fn step(&mut self, step: &Step) -> Result<(), Refusal> {
        match step {
            Step::New(new) => self.new_record(new),
            Step::Edit(it) => self.edit(it),
            Step::Move { record, to, .. } => self.go(*record, to),
            Step::Withdraw { record, .. } | Step::Reinstate { record } => {
                let decides = self.view.isms.typed::<Approval>(*record).is_some();
                let verb = if decides { "move" } else { "withdraw or bring back" };
                self.on(*record, Act::Withdraw, verb)
            }
            Step::Erase { record, .. } => self.on(*record, Act::Erase, "erase"),
            Step::Merge { kept, dropped } => self.merge(*kept, *dropped),
            Step::Revert { record, .. } => self.on(*record, Act::Undo, "put back"),
            Step::Assent(it) => self.assent(it),
            Step::Confirm { record } => self.on(*record, Act::Edit, "confirm"),
        }
    }

    fn new_record(&mut self, new: &New) -> Result<(), Refusal> {
        let Some(def) = kinds::kind(&new.kind) else {
            return Err(Refusal::UnknownKind { kind: new.kind.clone() });
        };
        let plural = def.plural.to_lowercase();
        if !self.may(Act::Create, On::Kind(def)) {
            return Err(self.refuse(Act::Create, def, None, format!("add to the {plural}")));
        }
        self.links(def, &new.fields, None)?;
        self.subject(def, &new.fields, true)?;
        let relation = Relation::of_new(self.access, def.id);
        let judges = new.fields.iter().any(|(name, it)| !it.is_null() && is_judgment(def, name));
        if judges && !self.grants(Act::Judge, def, relation) {
            let what = format!("judge what you add to the {plural}");
            return Err(self.refuse(Act::Judge, def, None, what));
        }
        self.made.insert(new.id, (def, true));
        match new.stage.as_deref().filter(|it| *it != def.stages[0].id) {
            Some(stage) => self.go(new.id, stage),
            None => Ok(()),
        }
    }

    /// What an approval or a comment is about must allow it.
    fn subject(
        &self,
        def: &KindDef,
        fields: &Map<String, Value>,
        is_new: bool,
    ) -> Result<(), Refusal> {
        let named = |field: &str| fields.get(field).and_then(target);
        match def.id {
            "approval" if is_new || fields.contains_key("subject") => self.ask(named("subject")),
            "comment" => {
                named("about").map_or(Ok(()), |it| self.on(it, Act::Comment, "comment on"))
            }
            _ => Ok(()),
        }
    }

    /// Asking for an assent is for whoever keeps its subject, or leads.
    fn ask(&self, subject: Option<Id>) -> Result<(), Refusal> {
        let leads = self.access.profiles().has(Profile::TopManagement);
        match subject {
            Some(id) if leads => self.on(id, Act::See, "see"),
            Some(id) => self.on(id, Act::Edit, "ask others about"),
            None if leads || self.may(Act::Edit, On::Everything) => Ok(()),
            None => {
                let what = "ask others about a paper".to_owned();
                Err(self.refuse(Act::Create, Approval::DEF, None, what))
            }
        }
    }

    fn edit(&self, edit: &Edit) -> Result<(), Refusal> {
        self.on(edit.record, Act::Edit, "change")?;
        let record = match self.made.get(&edit.record) {
            Some((def, _)) => {
                self.links(def, &edit.fields, None)?;
                self.subject(def, &edit.fields, false)?;
                return match edit.fields.keys().any(|it| is_judgment(def, it)) {
                    true => self.on(edit.record, Act::Judge, "judge"),
                    false => Ok(()),
                };
            }
            None => self.find(edit.record)?,
        };
        let def = record.def();
        self.links(def, &edit.fields, Some(record))?;
        self.subject(def, &edit.fields, false)?;
        if edit.fields.keys().any(|it| is_judgment(def, it)) {
            let body = record.body.json();
            let differs = |(name, value): (&String, &Value)| {
                is_judgment(def, name) && body.get(name).unwrap_or(&Value::Null) != value
            };
            if edit.fields.iter().any(differs) {
                return self.on(edit.record, Act::Judge, "judge");
            }
        }
        Ok(())
    }

    fn go(&mut self, id: Id, to: &str) -> Result<(), Refusal> {
        self.on(id, Act::Move, "move")?;
        let made = self.made.get(&id).copied();
        let def = match made {
            Some((def, _)) => def,
            None => self.find(id)?.def(),
        };
        if def.id == "evidence" && ["accepted", "returned"].contains(&to) {
            self.on(id, Act::Judge, "judge")?;
        }
        if let Some((_, fresh)) = made {
            // A stage out of reach is for those who bring whole registers.
            let reached = def.stages[0].next.contains(&to) || !fresh;
            if !reached && !self.may(Act::Import, On::Everything) {
                let stage = def.stage(to).map_or(to, |it| def.stages[usize::from(it)].label);
                let what = format!("begin as `{stage}` in the {}", def.plural.to_lowercase());
                return Err(self.refuse(Act::Move, def, None, what));
            }
            self.made.insert(id, (def, false));
        }
        Ok(())
    }

    fn merge(&self, kept: Id, dropped: Id) -> Result<(), Refusal> {
        for id in [kept, dropped] {
            self.on(id, Act::Merge, "merge")?;
        }
        // Merging persons hands over what the one may do.
        let moves_access = [kept, dropped].into_iter().any(|it| {
            self.view.isms.typed::<Person>(it).is_some()
                && self.view.isms.sources::<Membership>(it).next().is_some()
        });
        if moves_access {
            return self.on(dropped, Act::ManageAccess, "merge");
        }
        Ok(())
    }

    fn assent(&self, act: &Assent) -> Result<(), Refusal> {
        let wanted = Act::Approve(act.purpose);
        match act.subject {
            Subject::Record(id) => self.on(id, wanted, verb(act.purpose))?,
            Subject::StatementOfApplicability => {
                if !self.may(wanted, On::Everything) {
                    let what = format!("{} the Statement of Applicability", verb(act.purpose));
                    return Err(self.refuse(wanted, Approval::DEF, None, what));
                }
            }
        }
        Ok(())
    }

    /// Whether this act on a record, there or just made, is theirs.
    fn on(&self, id: Id, act: Act, verb: &str) -> Result<(), Refusal> {
        if let Some((def, fresh)) = self.made.get(&id) {
            let relation = Relation { fresh: *fresh, ..Relation::of_new(self.access, def.id) };
            return match self.grants(act, def, relation) {
                true => Ok(()),
                false => {
                    let what = format!("{verb} what you add to the {}", def.plural.to_lowercase());
                    Err(self.refuse(act, def, None, what))
                }
            };
        }
        let record = self.find(id)?;
        match self.may(act, On::Record(record)) {
            true => Ok(()),
            false => {
                let what = format!("{verb} {}", record.name());
                Err(self.refuse(act, record.def(), Some(record), what))
            }
        }
    }

    /// The record, unless it may not be seen.
    fn find(&self, id: Id) -> Result<&Record, Refusal> {
        let found = self.view.isms.get(id).filter(|it| self.access.sees(self.view, it));
        found.ok_or_else(|| Refusal::Missing { record: id.to_string() })
    }

    /// Nobody links to what they may not see; a link that was there before may stay.
    fn links(
        &self,
        def: &KindDef,
        fields: &Map<String, Value>,
        before: Option<&Record>,
    ) -> Result<(), Refusal> {
        if self.access.breadth(self.view.day) == Breadth::Everything {
            return Ok(());
        }
        let mut old = Vec::new();
        if let Some(before) = before {
            before.links(&mut |_, link| old.push(link.id));
        }
        let linking = def.fields.iter().filter(|it| it.ty.has_links());
        for value in linking.filter_map(|it| fields.get(it.name)) {
            let mut targets = Vec::new();
            each_target(value, &mut targets);
            for id in targets {
                let there = self.view.isms.get(id).is_some();
                if there && !old.contains(&id) && !self.made.contains_key(&id) {
                    self.find(id)?;
                }
            }
        }
        Ok(())
    }

    fn may(&self, act: Act, on: On<'_>) -> bool {
        self.access.may(self.view, act, on)
    }

    fn grants(&self, act: Act, def: &KindDef, relation: Relation) -> bool {
        let mut profiles = self.access.profiles_on(self.view.day).iter();
        profiles.any(|it| grants::on_record(it, act, def, relation))
    }

    fn refuse(&self, act: Act, def: &KindDef, record: Option<&Record>, what: String) -> Refusal {
        Refusal::NotPermitted { what, ask: self.whom(act, def, record) }
    }

    /// Whom to ask instead: the owner where there is one, and who may do it by profile.
    fn whom(&self, act: Act, def: &KindDef, record: Option<&Record>) -> String {
        let changes = matches!(act, Act::Edit | Act::Move | Act::Withdraw | Act::Judge);
        let owner = record.filter(|_| changes && def.id != "event_report").and_then(|record| {
            let mut owner: Option<Holder> = None;
            record.cell("owner").links(&mut |link| owner = Some(link.into()));
            owner.map(|it| holder::describe(self.view, &it))
        });
        let manages = matches!(act, Act::ManageAccess | Act::Erase) || def.id == "membership";
        let (profile, called) = match act {
            _ if self.access.profiles().is_empty() || manages => {
                (Profile::Administrator, "an administrator")
            }
            Act::Approve(_) => (Profile::TopManagement, "top management"),
            _ => (Profile::IsmsManager, "the ISMS manager"),
        };
        let names: Vec<&str> =
            with_profile(self.view, profile).map(Record::title).take(2).collect();
        let by_profile = match names.is_empty() {
            true => called.to_owned(),
            false => format!("{called} ({})", names.join(" or ")),
        };
        match owner {
            Some(owner) => format!("its owner, {owner}, or {by_profile}"),
            None => by_profile,
        }
    }
}

/// Whether a field says what something is worth: whoever brings it does not write that.
pub fn is_judgment(def: &KindDef, field: &str) -> bool {
    let fields: &[&str] = match def.id {
        "evidence" => &["judged", "judged_by", "judged_on", "judged_why"],
        "event_report" => &["handler", "judgment", "judged_why"],
        _ => &[],
    };
    fields.contains(&field)
}

fn verb(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Approve => "approve",
        Purpose::Publish => "publish",
        Purpose::AcceptResidual => "accept what remains of",
        Purpose::ApproveTreatment => "approve the treatment of",
        Purpose::Review => "review",
        Purpose::Acknowledge => "acknowledge",
        Purpose::Attest => "attest",
        Purpose::AcceptRole => "accept",
        Purpose::SignMinutes => "sign",
        Purpose::GrantException => "grant an exception from",
        Purpose::ConfirmSeed => "confirm",
    }
}

fn target(value: &Value) -> Option<Id> {
    value.as_str().and_then(|it| it.parse::<Link>().ok()).map(|it| it.id)
}

fn each_target(value: &Value, found: &mut Vec<Id>) {
    match value {
        Value::String(_) => found.extend(target(value)),
        Value::Array(list) => list.iter().for_each(|it| each_target(it, found)),
        Value::Object(map) => map.values().for_each(|it| each_target(it, found)),
        _ => {}
    }
}
