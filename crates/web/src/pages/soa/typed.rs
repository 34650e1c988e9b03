//! What stands in the fields of a row: as typed, else as recorded.

use kinds::control::Control;
use meta::{Choice, Record};
use serde_json::{Map, Value, json};

use crate::form::Form;

/// The fields of a control that are edited in the table: name and label.
pub(super) const FIELDS: [(&str, &str); 5] = [
    ("applicability", "necessary or not"),
    ("reasons", "reasons to include"),
    ("justification", "why it is included"),
    ("exclusion_reason", "why it is excluded"),
    ("implementation", "implemented or not"),
];

/// What was typed, all rows together.
#[derive(Default)]
pub(super) struct Typed(pub(super) Form);

impl Typed {
    /// The keys of the rows that were sent, in their order.
    pub(super) fn keys(&self) -> Vec<&str> {
        self.0.pairs().filter_map(|it| it.0.strip_suffix(".version")).collect()
    }

    /// Whether a row was sent.
    pub(super) fn has(&self, key: &str) -> bool {
        self.0.has(&format!("{key}.version"))
    }

    /// The version that the sender saw; `None` where the row had no record.
    pub(super) fn version(&self, key: &str) -> Option<u32> {
        self.0.said(&format!("{key}.version")).and_then(|it| it.parse().ok())
    }

    /// What was typed into a row, as fields of a control; what is empty is null.
    pub(super) fn fields(&self, key: &str) -> Map<String, Value> {
        let text = |name: &str| match self.0.said(&format!("{key}.{name}")) {
            Some(text) => json!(text),
            None => Value::Null,
        };
        let named = format!("{key}.reasons");
        let reasons: Vec<&str> = self.0.all(&named).filter(|it| !it.is_empty()).collect();
        let reasons = if reasons.is_empty() { Value::Null } else { json!(reasons) };
        let fields = FIELDS.iter().map(|(name, _)| {
            let value = if *name == "reasons" { reasons.clone() } else { text(name) };
            ((*name).to_owned(), value)
        });
        fields.collect()
    }

    /// What stands in a text or choice of a row.
    pub(super) fn text(&self, key: &str, name: &str, control: Option<&Control>) -> String {
        if self.has(key) {
            return self.0.get(&format!("{key}.{name}")).unwrap_or_default().to_owned();
        }
        let Some(it) = control else { return String::new() };
        match name {
            "applicability" => it.applicability.map(|it| it.def().id.to_owned()),
            "implementation" => it.implementation.map(|it| it.def().id.to_owned()),
            "justification" => it.justification.as_ref().map(|it| it.0.clone()),
            _ => it.exclusion_reason.as_ref().map(|it| it.0.clone()),
        }
        .unwrap_or_default()
    }

    /// The reasons that are ticked in a row, by id.
    pub(super) fn reasons(&self, key: &str, control: Option<&Control>) -> Vec<String> {
        if self.has(key) {
            return self.0.all(&format!("{key}.reasons")).map(str::to_owned).collect();
        }
        let reasons = control.into_iter().flat_map(|it| &it.reasons);
        reasons.map(|it| it.def().id.to_owned()).collect()
    }
}

/// The same fields as a record has them; what is empty is null.
pub(super) fn recorded(body: &Value) -> Map<String, Value> {
    let is_empty = |it: &Value| it.is_null() || *it == json!([]) || *it == json!("");
    let trimmed = |it: &Value| match it {
        Value::String(text) => json!(text.trim()),
        other => other.clone(),
    };
    let value = |name: &str| body.get(name).filter(|it| !is_empty(it)).map(trimmed);
    FIELDS.iter().map(|(name, _)| ((*name).to_owned(), value(name).unwrap_or_default())).collect()
}

/// The same fields of a record as it is.
pub(super) fn recorded_of(record: &Record) -> Map<String, Value> {
    recorded(&record.body.json())
}
