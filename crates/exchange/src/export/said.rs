//! What a file says about a record, part by part, against what the record says.

use std::collections::BTreeMap;

use meta::{Body, Extras, FieldType, KindDef, Record};
use serde_json::{Map, Value};

use super::{
    Names, Node,
    value::{self, Resolve},
};

/// A part of a record that files hold and that can be changed in them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// A field, by its place in the kind.
    Field(usize),
    /// The labels.
    Tags,
    /// The number it bears elsewhere.
    ExternalId,
    /// The files kept with it.
    Attachments,
    /// A column of an import without a field.
    Column(String),
}

/// A part that a file says differently.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Delta {
    /// The part.
    pub(crate) part: Part,
    /// What the record says, as files write it.
    pub(crate) from: Value,
    /// What the file says, as it is written there.
    pub(crate) to: Value,
    /// What the file says, as it is stored.
    pub(crate) value: Value,
}

impl Part {
    /// What it is called in a sentence.
    pub(crate) fn label(&self, def: &KindDef) -> String {
        match self {
            Self::Field(at) => def.fields[*at].name.to_owned(),
            Self::Tags => "tags".to_owned(),
            Self::ExternalId => "external_id".to_owned(),
            Self::Attachments => "attachments".to_owned(),
            Self::Column(header) => format!("column {header}"),
        }
    }

    /// The type of its values; attachments are a list of files, which no field type is.
    pub(crate) fn ty(&self, def: &KindDef) -> Option<FieldType> {
        match self {
            Self::Field(at) => Some(def.fields[*at].ty),
            Self::Tags => Some(FieldType::Words),
            Self::ExternalId | Self::Column(_) => Some(FieldType::Text),
            Self::Attachments => None,
        }
    }

    /// A value of it as it is stored.
    ///
    /// # Errors
    /// One sentence: what is wrong and what to write.
    pub(crate) fn read(
        &self,
        resolve: Resolve<'_>,
        def: &KindDef,
        value: &Value,
    ) -> Result<Value, String> {
        match self.ty(def) {
            Some(ty) => value::read(resolve, &ty, value),
            None if value.is_null() => Ok(Value::Null),
            None => value::each(value, value::file),
        }
    }
}

/// What a record says: every part that is filled.
pub(crate) fn of(names: &Names<'_>, record: &Record) -> BTreeMap<Part, Node> {
    let mut said = BTreeMap::new();
    let fields = record.def().fields.iter().enumerate();
    said.extend(fields.filter_map(|(at, _)| {
        Some((Part::Field(at), Node::of(names, Body::cell(&record.body, at))?))
    }));
    let Some(extras) = record.head.extras.as_deref() else { return said };
    let text = |text: &str| Node::Text(text.to_owned());
    if !extras.tags.is_empty() {
        said.insert(Part::Tags, Node::List(extras.tags.iter().map(|it| text(it)).collect()));
    }
    said.extend(extras.external_id.iter().map(|it| (Part::ExternalId, text(it))));
    if !extras.attachments.is_empty() {
        let files = extras.attachments.iter().map(Node::file).collect();
        said.insert(Part::Attachments, Node::List(files));
    }
    said.extend(extras.columns.iter().map(|(key, it)| (Part::Column(key.to_owned()), text(it))));
    said
}

/// One part that differs, if it does: `ours` and `theirs` as files write them, each read with the
/// names it was written by.
///
/// # Errors
/// One sentence when what the file says cannot be read.
pub(crate) fn delta(
    (ours, our_names): (&Value, Resolve<'_>),
    (theirs, their_names): (&Value, Resolve<'_>),
    def: &KindDef,
    part: &Part,
) -> Result<Option<Delta>, String> {
    if ours == theirs {
        return Ok(None);
    }
    let value = part.read(their_names, def, theirs)?;
    // What cannot be read back of our own, such as a link to a record that is gone, has changed.
    if part.read(our_names, def, ours).is_ok_and(|it| it == value) {
        return Ok(None);
    }
    Ok(Some(Delta { part: part.clone(), from: ours.clone(), to: theirs.clone(), value }))
}

/// The fields to set, and the extras as they shall be when they change.
pub(crate) fn patch(
    def: &KindDef,
    before: Option<&Extras>,
    deltas: &[Delta],
) -> (Map<String, Value>, Option<Extras>) {
    let mut fields = Map::new();
    let mut extras = before.cloned().unwrap_or_default();
    let mut extras_change = false;
    for Delta { part, value, .. } in deltas {
        if let Part::Field(at) = part {
            fields.insert(def.fields[*at].name.to_owned(), value.clone());
            continue;
        }
        extras_change = true;
        let text = value.as_str().map(str::to_owned);
        match part {
            Part::Field(_) => {}
            Part::Tags => extras.tags = serde_json::from_value(value.clone()).unwrap_or_default(),
            Part::ExternalId => extras.external_id = text,
            Part::Attachments => {
                extras.attachments = serde_json::from_value(value.clone()).unwrap_or_default()
            }
            Part::Column(header) => match text {
                Some(text) => extras.columns.insert(header, &text),
                None => extras.columns.remove(header),
            },
        }
    }
    (fields, extras_change.then_some(extras))
}

/// A value in a sentence: short, on one line.
pub(crate) fn in_words(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = match value {
        Value::Null => return "empty".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(list) if list.iter().all(Value::is_string) => {
            list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return format!("`{line}`");
    }
    format!("`{}…`", line.chars().take(LONGEST).collect::<String>())
}
