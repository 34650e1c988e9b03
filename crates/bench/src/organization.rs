//! The organization that the figures are about: 100,000 records of the sizes and with the links
//! that real registers have, made through the same door as any other change.

mod actions;
mod assets;
mod evidence;
pub mod founding;
mod phrases;
mod risks;

use std::{fs, path::Path};

use anyhow::Result;
use app::{Organization, Request};
use domain::{
    Actor, Command, Step,
    command::{Assent, Edit, New, Subject},
};
use kinds::approval::Purpose;
use meta::{Extras, Id, Provenance};
use serde_json::{Map, Value};

use self::founding::Founding;
use crate::{Home, dice::Dice, stepping};

/// Changes when what is made here changes, so that an older one is not taken for it.
const EDITION: &str = "1";

/// So many records are made in one commit.
const CHUNK: usize = 5_000;

/// Midnight of 3 November 2025 UTC in milliseconds since 1970.
const START: i64 = 1_762_128_000_000;

/// How many records of each kind; beside them come 93 controls, 20 roles, 200 persons, a method
/// in force, a published scope and statement, and an approval for each fortieth risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Assets.
    pub assets: usize,
    /// Risks.
    pub risks: usize,
    /// Actions.
    pub actions: usize,
    /// Pieces of evidence.
    pub evidence: usize,
}

/// An organization under construction.
pub(crate) struct Builder<'a> {
    pub(crate) organization: &'a Organization,
    pub(crate) dice: Dice,
    /// The person who began the ledger.
    pub(crate) founder: Id,
}

impl Size {
    /// The 100,000 records of the targets.
    pub const FULL: Self =
        Self { assets: 50_000, risks: 20_000, actions: 10_000, evidence: 20_000 };

    /// The same mixture, a thousandth or a hundredth of it.
    pub const fn divided_by(self, by: usize) -> Self {
        let Self { assets, risks, actions, evidence } = self;
        Self {
            assets: assets / by,
            risks: risks / by,
            actions: actions / by,
            evidence: evidence / by,
        }
    }

    /// All of them together.
    pub const fn records(self) -> usize {
        self.assets + self.risks + self.actions + self.evidence
    }
}

/// The organization of this size, in a folder of its own inside `folder`: made there when it is
/// not there yet. Open it on or after 22 November 2026.
///
/// Ids of what `App::begin` makes and salts differ each time, everything else is the same.
///
/// # Errors
/// When the disk refuses.
pub fn organization(folder: &Path, size: Size) -> Result<Home> {
    let home = Home::new(folder.join(format!("organization-{}", size.records())));
    let mark = home.folder().join("edition");
    if fs::read_to_string(&mark).is_ok_and(|it| it == EDITION) {
        return Ok(home);
    }
    if home.folder().exists() {
        fs::remove_dir_all(home.folder())?;
    }
    build(&home, size)?;
    fs::write(mark, EDITION)?;
    Ok(home)
}

fn build(home: &Home, size: Size) -> Result<()> {
    let app = home.create(stepping(START, 60_000))?;
    let (organization, founder) = app.begin(&founding::beginning())?;
    let mut builder = Builder { organization: &organization, dice: Dice::new(27_001), founder };
    let founding = builder.found()?;
    let assets = builder.make("asset", size.assets, |dice, _| assets::fields(dice, &founding))?;
    let risks =
        builder.make("risk", size.risks, |dice, at| risks::fields(dice, &founding, &assets, at))?;
    let actions =
        builder.make("action", size.actions, |dice, _| actions::fields(dice, &founding, &risks))?;
    builder
        .make("evidence", size.evidence, |dice, _| evidence::fields(dice, &founding, &actions))?;
    builder.live_on(&assets, &founding)?;
    builder.accept(&risks)
}

impl Builder<'_> {
    /// Makes records of a kind, some thousands in a commit; their ids.
    fn make(
        &mut self,
        kind: &str,
        count: usize,
        fields: impl Fn(&mut Dice, usize) -> (&'static str, Value),
    ) -> Result<Vec<Id>> {
        let mut made = Vec::with_capacity(count);
        while made.len() < count {
            let first = made.len();
            let steps = (first..count.min(first + CHUNK)).map(|at| {
                let (stage, fields) = fields(&mut self.dice, at);
                let id = self.dice.id(START as u64 + at as u64);
                made.push(id);
                new(id, kind, Some(stage), fields)
            });
            let steps = steps.collect();
            self.run(Actor::Person(self.founder), "the registers as they are", steps)?;
        }
        Ok(made)
    }

    /// A twentieth of the assets changes hands.
    fn live_on(&mut self, assets: &[Id], founding: &Founding) -> Result<()> {
        let changed: Vec<Id> = assets.iter().copied().step_by(20).collect();
        for some in changed.chunks(CHUNK / 10) {
            let steps = some.iter().map(|id| {
                let owner = self.dice.pick(&founding.roles).to_string();
                let fields = object(serde_json::json!({"owner": owner}));
                let provenance = Provenance::Person;
                Step::Edit(Edit { record: *id, version: None, fields, extras: None, provenance })
            });
            let steps = steps.collect();
            self.run(Actor::Person(self.founder), "new responsibilities", steps)?;
        }
        Ok(())
    }

    /// The founder, who may because they hold the role that owns these risks, approves how each
    /// fortieth is treated.
    fn accept(&mut self, risks: &[Id]) -> Result<()> {
        let accepted: Vec<Id> = risks.iter().copied().step_by(risks::FOUNDERS).collect();
        for some in accepted.chunks(CHUNK) {
            let steps = some.iter().map(|risk| {
                let id = self.dice.id(START as u64);
                assent(id, Purpose::AcceptResidual, Subject::Record(*risk))
            });
            let steps = steps.collect();
            self.run(Actor::Person(self.founder), "what remains is acceptable", steps)?;
        }
        Ok(())
    }

    pub(crate) fn run(&self, actor: Actor, note: &str, steps: Vec<Step>) -> Result<app::Receipt> {
        let command = Command { note: Some(note.to_owned()), steps };
        let request = Request { actor, via: "job", command, files: Vec::new(), bound: false };
        Ok(self.organization.execute(request)?)
    }
}

pub(crate) fn new(id: Id, kind: &str, stage: Option<&str>, fields: Value) -> Step {
    Step::New(New {
        id,
        kind: kind.to_owned(),
        fields: object(fields),
        stage: stage.map(str::to_owned),
        provenance: Provenance::Person,
        extras: Extras::default(),
    })
}

pub(crate) fn assent(id: Id, purpose: Purpose, subject: Subject) -> Step {
    Step::Assent(Assent::new(id, purpose, subject))
}

pub(crate) fn object(fields: Value) -> Map<String, Value> {
    match fields {
        Value::Object(fields) => fields,
        other => unreachable!("fields are an object, not {other}"),
    }
}

#[cfg(test)]
mod tests;
