//! What the demonstration is made of: scenes in TOML, each one commit of one person.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Map, Value};

/// One commit of the demonstration. Days are counted from today: -30 is a month ago.
#[derive(Debug, Clone, Deserialize)]
pub struct Scene {
    /// The day it happens.
    pub day: i64,
    /// The handle of the person who acts.
    pub by: String,
    /// Why they do it.
    pub why: String,
    /// Changes of records.
    #[serde(default)]
    pub edit: Vec<Edit>,
    /// Moves to other stages.
    #[serde(default, rename = "move")]
    pub moves: Vec<Move>,
    /// Acts of assent.
    #[serde(default)]
    pub assent: Vec<Assent>,
    /// New records by kind; a control of Annex A is decided, because it is there already.
    #[serde(flatten)]
    pub new: BTreeMap<String, Vec<Map<String, Value>>>,
}

/// A change of one record.
#[derive(Debug, Clone, Deserialize)]
pub struct Edit {
    /// Its handle.
    pub of: String,
    /// Rows to be added to lists.
    #[serde(default)]
    pub add: Map<String, Value>,
    /// Fields to be emptied.
    #[serde(default)]
    pub clear: Vec<String>,
    /// Fields to be set.
    #[serde(flatten)]
    pub set: Map<String, Value>,
}

/// A move of some records to another stage.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// Their handles.
    pub of: Vec<String>,
    /// The stage.
    pub to: String,
    /// Why, where the stage wants a reason.
    pub reason: Option<String>,
}

/// An act of assent to some records; `soa` stands for the Statement of Applicability.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assent {
    /// What for.
    pub purpose: String,
    /// Their handles.
    pub to: Vec<String>,
    /// The last day on which it holds.
    pub until: Option<i64>,
    /// The name of the edition.
    pub edition: Option<String>,
    /// Conditions; without, the assent is given as it is.
    pub conditions: Option<String>,
    /// Anything to add.
    pub comment: Option<String>,
    /// The handle of the role they act in, where they hold several.
    pub acting_as: Option<String>,
}

#[derive(Deserialize)]
struct Part {
    scene: Vec<Scene>,
}

macro_rules! parts {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../demo/", $name, ".toml")))),*]
    };
}

/// Every scene in the order in which they are played.
///
/// # Errors
/// When the data are not what they should be, which a test of this crate would have told.
pub fn all() -> Result<Vec<Scene>> {
    let parts = parts![
        "context",
        "people",
        "access",
        "method",
        "assets",
        "suppliers",
        "obligations",
        "risks",
        "controls-organizational",
        "controls-people-physical",
        "controls-technological",
        "documents",
        "evidence",
        "gap",
        "year",
    ];
    let mut scenes = Vec::new();
    for (name, text) in parts {
        let part: Part = toml::from_str(text).with_context(|| format!("`{name}.toml`"))?;
        scenes.extend(part.scene);
    }
    scenes.sort_by_key(|it| it.day);
    Ok(scenes)
}
