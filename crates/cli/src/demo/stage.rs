//! Plays scenes: handles become records, short forms become fields, scenes become commits.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use anyhow::{Context, Result, bail};
use app::{Organization, Request, fresh_id};
use domain::{
    Actor, Command, Isms, Step, View, command,
    command::{New, Subject},
    missing_to_leave, risk,
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, time},
    tz::TimeZone,
};
use kinds::{
    Kind,
    approval::{Decision, Purpose},
    control::Control,
    organization::Organization as Company,
    risk::Risk,
};
use meta::{Choice, Extras, Id, Provenance, Record};
use serde_json::{Map, Value, json};

use super::{
    scene::{Assent, Edit, Scene},
    value::{Reader, working_day},
};

/// The hand of a clock that is moved by the scenes.
#[derive(Clone)]
pub struct Hand(Arc<AtomicI64>);

impl Hand {
    /// A clock that shows this time first.
    pub fn at(time: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(time.as_millisecond())))
    }

    /// Moves it to a time.
    pub fn put(&self, time: Timestamp) {
        self.0.fetch_max(time.as_millisecond(), Ordering::Relaxed);
    }

    /// The time it shows; the next look is a second later.
    pub fn tick(&self) -> Timestamp {
        let shown = self.0.fetch_add(1_000, Ordering::Relaxed);
        Timestamp::from_millisecond(shown).unwrap_or(Timestamp::MAX)
    }
}

/// When each scene is played: on working days, in office hours, one after the other.
pub fn times(scenes: &[Scene], today: Date, zone: &TimeZone) -> Vec<Timestamp> {
    let days: Vec<Date> = scenes.iter().map(|it| working_day(today, it.day)).collect();
    let mut times = Vec::with_capacity(days.len());
    for (at, day) in days.iter().enumerate() {
        let same = days.iter().filter(|it| *it == day).count();
        let nth = days[..at].iter().filter(|it| *it == day).count();
        let gap = (480 / same).min(47);
        let minutes = i64::try_from(nth * gap + at * 7 % gap.clamp(1, 13)).unwrap_or(0);
        let moment = day.to_datetime(time(8, 40, 0, 0)).saturating_add(minutes.minutes());
        let zoned = moment.to_zoned(zone.clone());
        times.push(zoned.map_or(Timestamp::MAX, |it| it.timestamp()));
    }
    times
}

/// Where scenes are played.
pub struct Stage {
    organization: Arc<Organization>,
    today: Date,
    handles: BTreeMap<String, Id>,
}

impl Stage {
    /// An organization that has just begun, with the person who began it.
    pub fn set(organization: Arc<Organization>, person: Id, today: Date) -> Result<Self> {
        let isms = organization.current()?;
        let mut handles = BTreeMap::from([("miriam".to_owned(), person)]);
        handles.extend(isms.all::<Company>().map(|(it, _)| ("org".to_owned(), it.head.id)));
        handles.extend(
            isms.all::<Control>()
                .filter_map(|(record, it)| Some((it.reference.clone()?, record.head.id))),
        );
        Ok(Self { organization, today, handles })
    }

    /// Makes one commit of a scene.
    pub fn play(&mut self, scene: Scene) -> Result<()> {
        let isms = self.organization.current()?;
        for fields in scene.new.values().flatten() {
            if let Some(handle) = fields.get("handle").and_then(Value::as_str) {
                let known = self.handles.insert(handle.to_owned(), fresh_id());
                if known.is_some() {
                    bail!("the handle `{handle}` is given twice");
                }
            }
        }
        let by = self.id(&scene.by)?;
        let find = |name: &str| self.link(&isms, name);
        let day = working_day(self.today, scene.day);
        let reader = Reader { today: self.today, day, by, find: &find };
        let mut steps = Vec::new();
        let mut new = scene.new;
        for def in kinds::KINDS {
            for fields in new.remove(def.id).into_iter().flatten() {
                match def.id == Control::ID && !fields.contains_key("handle") {
                    true => self.decide(&isms, &reader, scene.day, fields, &mut steps)?,
                    false => steps.push(self.make(def, &reader, fields)?),
                }
            }
        }
        if let Some(kind) = new.keys().next() {
            bail!("there is no kind `{kind}`");
        }
        for edit in scene.edit {
            steps.push(self.edit(&isms, &reader, edit)?);
        }
        for it in scene.moves {
            for handle in &it.of {
                let (record, reason) = (self.id(handle)?, it.reason.clone());
                steps.push(Step::Move { record, version: None, to: it.to.clone(), reason });
            }
        }
        for it in scene.assent {
            self.assent(View::new(&isms, day), &it, &mut steps)?;
        }
        let command = Command { note: Some(scene.why), steps };
        let request = Request {
            actor: Actor::Person(by),
            via: "cli",
            command,
            files: Vec::new(),
            bound: false,
        };
        self.organization.execute(request)?;
        Ok(())
    }

    /// The name of each record that has a handle.
    pub fn names(&self) -> Result<BTreeMap<String, String>> {
        let isms = self.organization.current()?;
        let name = |id: &Id| isms.get(*id).map(|it| it.name());
        Ok(self.handles.iter().filter_map(|(it, id)| Some((it.clone(), name(id)?))).collect())
    }

    fn id(&self, handle: &str) -> Result<Id> {
        self.handles.get(handle).copied().with_context(|| format!("nobody is called `{handle}`"))
    }

    /// A link as it is stored; `method@2` names the second edition.
    fn link(&self, isms: &Isms, name: &str) -> Result<String> {
        let Some((handle, nth)) = name.split_once('@') else {
            return Ok(self.id(name)?.to_string());
        };
        let (id, nth) = (self.id(handle)?, nth.parse::<usize>()?);
        let edition = isms.editions(id).nth(nth.saturating_sub(1));
        let edition = edition.with_context(|| format!("there is no edition `{name}` yet"))?;
        Ok(format!("{id}@{}", edition.record.head.version))
    }

    fn make(
        &self,
        def: &'static meta::KindDef,
        reader: &Reader<'_>,
        mut fields: Map<String, Value>,
    ) -> Result<Step> {
        let handle = take(&mut fields, "handle");
        let id = handle.as_deref().map_or_else(|| Ok(fresh_id()), |it| self.id(it))?;
        let stage = take(&mut fields, "stage");
        let told = || format!("{} `{}`", def.label, handle.clone().unwrap_or_default());
        if def.id == Control::ID {
            widen_proof(&mut fields);
        }
        Ok(Step::New(New {
            id,
            kind: def.id.to_owned(),
            fields: reader.fields(def, fields).with_context(told)?,
            stage,
            provenance: Provenance::Person,
            extras: Extras::default(),
        }))
    }

    /// Decides on a control of Annex A: what is not said is that it is included and implemented.
    fn decide(
        &self,
        isms: &Isms,
        reader: &Reader<'_>,
        day: i64,
        mut fields: Map<String, Value>,
        steps: &mut Vec<Step>,
    ) -> Result<()> {
        let reference = take(&mut fields, "reference").context("a control has a reference")?;
        let record = self.id(&reference)?;
        let excluded = fields.contains_key("exclusion_reason");
        let standing = if excluded { "excluded" } else { "included" };
        fields.insert("applicability".to_owned(), json!(standing));
        if !excluded {
            fields.entry("implementation").or_insert(json!("implemented"));
            widen_proof(&mut fields);
        }
        fields.insert("declared_by".to_owned(), json!("miriam"));
        fields.insert("declared_on".to_owned(), json!(day));
        let told = || format!("control {reference}");
        let fields = reader.fields(Control::DEF, fields).with_context(told)?;
        let known = isms.get(record).context("a control of Annex A")?;
        let is_open = known.head.stage == 0 && lacks_nothing(known, &fields)?;
        let provenance = Provenance::Person;
        let edit = command::Edit { record, version: None, fields, extras: None, provenance };
        steps.push(Step::Edit(edit));
        if is_open {
            let to = "decided".to_owned();
            steps.push(Step::Move { record, version: None, to, reason: None });
        }
        Ok(())
    }

    fn edit(&self, isms: &Isms, reader: &Reader<'_>, edit: Edit) -> Result<Step> {
        let record = self.id(&edit.of)?;
        let known = isms.get(record).with_context(|| format!("`{}` is not there yet", edit.of))?;
        let told = || format!("the change of `{}`", edit.of);
        let mut fields = reader.fields(known.def(), edit.set).with_context(told)?;
        let body = known.body.json();
        for (name, added) in reader.fields(known.def(), edit.add).with_context(told)? {
            let mut list = body.get(&name).and_then(Value::as_array).cloned().unwrap_or_default();
            list.extend(added.as_array().cloned().unwrap_or_default());
            fields.insert(name, Value::Array(list));
        }
        fields.extend(edit.clear.into_iter().map(|it| (it, Value::Null)));
        let provenance = Provenance::Person;
        Ok(Step::Edit(command::Edit { record, version: None, fields, extras: None, provenance }))
    }

    fn assent(&self, view: View<'_>, act: &Assent, steps: &mut Vec<Step>) -> Result<()> {
        let purpose = Purpose::from_id(&act.purpose);
        let purpose = purpose.with_context(|| format!("no purpose `{}`", act.purpose))?;
        let decision = match act.conditions {
            Some(_) => Decision::GivenOnCondition,
            None => Decision::Given,
        };
        for handle in &act.to {
            let subject = match handle.as_str() {
                "soa" => Subject::StatementOfApplicability,
                handle => Subject::Record(self.id(handle)?),
            };
            // Who accepts what remains takes the longest time there is, unless they name a day.
            let longest = match subject {
                Subject::Record(id) if purpose == Purpose::AcceptResidual => {
                    view.isms.typed::<Risk>(id).and_then(|it| risk::accepted_until(view, it))
                }
                _ => None,
            };
            steps.push(Step::Assent(command::Assent {
                decision,
                conditions: act.conditions.clone(),
                comment: act.comment.clone(),
                acting_as: act.acting_as.as_deref().map(|it| self.id(it)).transpose()?,
                good_until: act.until.map(|it| working_day(self.today, it)).or(longest),
                edition: act.edition.clone(),
                ..command::Assent::new(fresh_id(), purpose, subject)
            }));
        }
        Ok(())
    }
}

/// Whether a record may leave its first stage once these fields are set.
fn lacks_nothing(known: &Record, fields: &Map<String, Value>) -> Result<bool> {
    let mut body = known.body.json();
    for (name, value) in fields {
        body[name] = value.clone();
    }
    let text = json!({ "body": body }).to_string();
    Ok(missing_to_leave(&*(known.def().parse)(known.head.clone(), &text)?).is_empty())
}

fn take(fields: &mut Map<String, Value>, name: &str) -> Option<String> {
    fields.remove(name)?.as_str().map(str::to_owned)
}

/// Makes rows of the short form of a proof: `what shows it | source | how often`.
fn widen_proof(fields: &mut Map<String, Value>) {
    let Some(Value::Array(proofs)) = fields.remove("proof") else { return };
    let row = |it: Value| {
        let text = it.as_str().unwrap_or_default().to_owned();
        let mut parts = text.split(" | ");
        let mut next = || parts.next().map(str::to_owned);
        json!({"what": next(), "source": next(), "cadence": next()})
    };
    fields.insert("proof_wanted".to_owned(), proofs.into_iter().map(row).collect());
}
