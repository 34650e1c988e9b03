//! Kinds and stages as data.

use std::sync::Arc;

use serde::{Serialize, de::DeserializeOwned};

use crate::{Cell, Envelope, FieldDef, Record};

/// Everything generic code needs to know about one kind of record.
#[derive(Debug)]
pub struct KindDef {
    /// As stored and as typed on a command line: `risk_method`.
    pub id: &'static str,
    /// What numbers begin with: `RISK` in `RISK-12`.
    pub prefix: &'static str,
    /// One of them, as shown.
    pub label: &'static str,
    /// Several of them, as shown.
    pub plural: &'static str,
    /// What it is: the doc comment of the struct.
    pub help: &'static str,
    /// The clause or control that asks for it, e.g. `6.1.2`.
    pub clause: &'static str,
    /// The version of the body's form; older bodies are upgraded when read.
    pub body_version: u32,
    /// Has a working copy and at most one edition in force.
    pub controlled: bool,
    /// There is exactly one in an organization.
    pub sole: bool,
    /// The fields, in the order of the form; the first is `title`.
    pub fields: &'static [FieldDef],
    /// The stages, the first being that of a new record.
    pub stages: &'static [StageDef],
    /// Other names for a register of these (English, German, French).
    pub also: &'static [&'static str],
    /// Reads stored text; the only function pointer storage needs.
    pub parse: fn(Envelope, &str) -> Result<Arc<Record>, serde_json::Error>,
}

/// One stage in the life of a record.
#[derive(Debug, PartialEq, Eq)]
pub struct StageDef {
    /// As stored, in snake case.
    pub id: &'static str,
    /// As shown.
    pub label: &'static str,
    /// What it means for a record to be here.
    pub help: &'static str,
    /// The stages it may move to.
    pub next: &'static [&'static str],
    /// The record's life is over: it no longer counts.
    pub ended: bool,
    /// Moving here needs a reason.
    pub reason: bool,
    /// Reached by publishing an edition, never by a plain move.
    pub edition: bool,
}

/// An enum whose variants are the stages of a kind. Derived.
pub trait Stage: Copy + 'static {
    /// The stages, in the order of the variants.
    const STAGES: &'static [StageDef];
}

/// A kind of record. Derived.
pub trait Kind: Rules + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Separate from `DEF` so that kinds may link to each other in cycles.
    const ID: &'static str;
    /// The kind as data.
    const DEF: &'static KindDef;

    /// The cell of a field.
    fn cell(&self, field: usize) -> Cell<'_>;
}

/// What a kind knows beyond its fields. Written by hand.
pub trait Rules {
    /// Reports what is wrong with one body, beyond what its types rule out.
    fn check(&self) -> Vec<Problem> {
        Vec::new()
    }
}

/// Something wrong with one field, or with the whole record when the field is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field's name.
    pub field: String,
    /// One sentence: what is wrong and what to do.
    pub message: String,
}

impl Problem {
    /// A problem with one field.
    pub fn on(field: &str, message: impl Into<String>) -> Self {
        Self { field: field.to_owned(), message: message.into() }
    }
}

impl KindDef {
    /// The field with this name, and its place.
    pub fn field(&self, name: &str) -> Option<(usize, &'static FieldDef)> {
        self.fields.iter().enumerate().find(|(_, it)| it.name == name)
    }

    /// The place of the stage with this id.
    pub fn stage(&self, id: &str) -> Option<u8> {
        self.stages.iter().position(|it| it.id == id).map(|at| at as u8)
    }

    /// The stage that a published edition puts the working copy in.
    pub fn edition_stage(&self) -> Option<u8> {
        self.stages.iter().position(|it| it.edition).map(|at| at as u8)
    }
}
