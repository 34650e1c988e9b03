//! Records: an envelope that all kinds share, and a typed body.

use std::{any::Any, sync::Arc};

use serde::Deserialize;

use crate::{Cell, Extras, Id, Kind, KindDef, Link, Problem, StageDef};

/// A record of any kind: one allocation for envelope and body, so that
/// `Arc<Record<Risk>>` becomes `Arc<Record>`.
#[derive(Debug)]
pub struct Record<B: ?Sized = dyn Body> {
    /// What all kinds share.
    pub head: Envelope,
    /// What its kind holds.
    pub body: B,
}

/// What every record has, whatever its kind.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// Its identity, in the order of creation.
    pub id: Id,
    /// Its number within the kind, from 1, never used again.
    pub number: u32,
    /// From 1, one more with every change.
    pub version: u32,
    /// The version that holds the content: an older one after an erasure of others.
    pub content_version: u32,
    /// The place of its stage in the kind's list.
    pub stage: u8,
    /// Where its content comes from.
    pub provenance: Provenance,
    /// Hidden from lists; can be undone.
    pub withdrawn: bool,
    /// The position at which it was made.
    pub created: u64,
    /// The position at which it last changed.
    pub changed: u64,
    /// The hash of its content, as in its change line.
    pub hash: [u8; 32],
    /// What it carries beside its body; absent when there is nothing.
    pub extras: Option<Box<Extras>>,
}

/// Where the content of a record comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Provenance {
    /// Proposed by the program; counts for nothing until a person edits or confirms it.
    Seed,
    /// Read from a file somebody brought.
    Import,
    /// Made by a program through a token.
    Tool,
    /// Typed or confirmed by a person.
    Person,
}

/// The object-safe face of every kind, implemented once for all of them.
pub trait Body: Any + Send + Sync {
    /// The kind.
    fn def(&self) -> &'static KindDef;
    /// The cell of a field, by its place in the kind's list.
    fn cell(&self, field: usize) -> Cell<'_>;
    /// What is wrong with this body.
    fn check(&self) -> Vec<Problem>;
    /// The body as JSON, not yet in canonical form.
    fn json(&self) -> serde_json::Value;
}

/// A redacted body: listed under its kind, empty in every cell, never typed.
#[derive(Debug)]
pub struct Erased(pub &'static KindDef);

impl<K: Kind> Body for K {
    fn def(&self) -> &'static KindDef {
        K::DEF
    }
    fn cell(&self, field: usize) -> Cell<'_> {
        Kind::cell(self, field)
    }
    fn check(&self) -> Vec<Problem> {
        crate::Rules::check(self)
    }
    fn json(&self) -> serde_json::Value {
        serde_json::to_value(self).expect("a body has text keys only")
    }
}

impl Body for Erased {
    fn def(&self) -> &'static KindDef {
        self.0
    }
    fn cell(&self, _: usize) -> Cell<'_> {
        Cell::Empty
    }
    fn check(&self) -> Vec<Problem> {
        Vec::new()
    }
    fn json(&self) -> serde_json::Value {
        serde_json::Value::Object(serde_json::Map::new())
    }
}

impl Record {
    /// The body as its Rust type; `None` for another kind or an erased body.
    pub fn typed<K: Kind>(&self) -> Option<&K> {
        (&self.body as &dyn Any).downcast_ref()
    }

    /// Its kind.
    pub fn def(&self) -> &'static KindDef {
        self.body.def()
    }

    /// How people call it: `RISK-12`.
    pub fn name(&self) -> String {
        format!("{}-{}", self.def().prefix, self.head.number)
    }

    /// Its title; empty when erased.
    pub fn title(&self) -> &str {
        self.body.cell(0).text().unwrap_or_default()
    }

    /// Its stage.
    pub fn stage(&self) -> &'static StageDef {
        &self.def().stages[usize::from(self.head.stage)]
    }

    /// The cell of the field with this name; empty where the kind has none.
    pub fn cell(&self, field: &str) -> Cell<'_> {
        self.def().field(field).map_or(Cell::Empty, |(at, _)| self.body.cell(at))
    }

    /// Whether its body was redacted.
    pub fn is_erased(&self) -> bool {
        (&self.body as &dyn Any).is::<Erased>()
    }

    /// Whether it still counts: neither withdrawn nor at the end of its life.
    pub fn is_live(&self) -> bool {
        !self.head.withdrawn && !self.stage().ended
    }

    /// Whether a person answers for its content: a person made or edited it, or confirmed it.
    pub fn is_own(&self) -> bool {
        self.head.provenance != Provenance::Seed
            || self.head.extras.as_ref().is_some_and(|it| it.confirmed.is_some())
    }

    /// Calls `visit` with the place of the field and the target, for every link in the body.
    pub fn links(&self, visit: &mut dyn FnMut(usize, Link)) {
        for (at, field) in self.def().fields.iter().enumerate() {
            if field.ty.has_links() {
                self.body.cell(at).links(&mut |link| visit(at, link));
            }
        }
    }
}

impl Provenance {
    /// As stored.
    pub fn id(self) -> &'static str {
        match self {
            Self::Seed => "seed",
            Self::Import => "import",
            Self::Tool => "tool",
            Self::Person => "person",
        }
    }

    /// From its stored form.
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Seed, Self::Import, Self::Tool, Self::Person].into_iter().find(|it| it.id() == id)
    }
}

/// Reads a record from the text stored for it: `{"body": …, "extras": …}`.
///
/// # Errors
/// When the text is not of this kind's form.
pub fn parse<K: Kind>(mut head: Envelope, text: &str) -> Result<Arc<Record>, serde_json::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, bound = "K: Kind")]
    struct Content<K> {
        body: K,
        #[serde(default)]
        extras: Option<Box<Extras>>,
    }
    let content: Content<K> = serde_json::from_str(text)?;
    head.extras = content.extras.filter(|it| !it.is_empty());
    Ok(Arc::new(Record { head, body: content.body }))
}
