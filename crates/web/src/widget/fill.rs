//! A stored record as the form that shows it.

use domain::access::Sight;
use meta::{FieldDef, FieldType, KindDef, Link, Period};
use serde_json::{Map, Value};

use super::{PREFIX, link};
use crate::form::Form;

/// The form that shows a body.
pub(crate) fn filled(sight: &Sight<'_>, def: &KindDef, body: &Map<String, Value>) -> Form {
    let mut form = Form::default();
    for field in def.fields {
        filled_field(sight, field, body.get(field.name), &mut form);
    }
    form
}

/// Adds what shows one field.
pub(crate) fn filled_field(
    sight: &Sight<'_>,
    field: &FieldDef,
    value: Option<&Value>,
    form: &mut Form,
) {
    if let Some(value) = value {
        fill(sight, &field.ty, &format!("{PREFIX}{}", field.name), value, form);
    }
}

/// A query that names records by number shows them by number and title.
pub(crate) fn with_links_shown(sight: &Sight<'_>, def: &KindDef, query: &Form) -> Form {
    let shown = query.pairs().map(|(name, value)| {
        let field = name.strip_prefix(PREFIX).and_then(|it| def.field(it));
        let kinds = match field.map(|it| it.1.ty) {
            Some(FieldType::Link(kinds) | FieldType::Links(kinds)) => kinds,
            _ => return (name.to_owned(), value.to_owned()),
        };
        let named = link::pick(sight, kinds, value).map(|it| link::shown(sight, it));
        (name.to_owned(), named.unwrap_or_else(|_| value.to_owned()))
    });
    shown.collect()
}

fn fill(sight: &Sight<'_>, ty: &FieldType, name: &str, value: &Value, form: &mut Form) {
    let text = || match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    match ty {
        FieldType::Bool => form.push(name, if value == true { "yes" } else { "no" }),
        FieldType::Period => {
            let period = text().parse::<Period>().map(Period::words);
            form.push(name, period.unwrap_or_else(|_| text()));
        }
        FieldType::Text
        | FieldType::Markdown
        | FieldType::Integer
        | FieldType::Decimal
        | FieldType::Day
        | FieldType::Instant
        | FieldType::Choice(_) => form.push(name, text()),
        FieldType::Link(_) => form.push(name, link_text(sight, value)),
        FieldType::Choices(_) | FieldType::Words => {
            for it in value.as_array().into_iter().flatten().filter_map(Value::as_str) {
                form.push(name, it);
            }
        }
        FieldType::Links(_) => {
            for it in value.as_array().into_iter().flatten() {
                form.push(name, link_text(sight, it));
            }
        }
        FieldType::File => form.push(format!("{name}.kept"), value.to_string()),
        FieldType::Rating => rating(sight, name, value, form),
        FieldType::Rows(def) => {
            for (at, row) in value.as_array().into_iter().flatten().enumerate() {
                for field in def.fields {
                    if let Some(value) = row.get(field.name).filter(|it| !it.is_null()) {
                        fill(sight, &field.ty, &format!("{name}.{at}.{}", field.name), value, form);
                    }
                }
            }
        }
    }
}

fn rating(sight: &Sight<'_>, name: &str, value: &Value, form: &mut Form) {
    if let Some(likelihood) = value.get("likelihood").and_then(Value::as_i64) {
        form.push(format!("{name}.likelihood"), likelihood.to_string());
    }
    for one in value.get("consequences").and_then(Value::as_array).into_iter().flatten() {
        let criterion = one.get("criterion").and_then(Value::as_str);
        let rank = one.get("rank").and_then(Value::as_i64);
        if let (Some(criterion), Some(rank)) = (criterion, rank) {
            form.push(format!("{name}.c.{criterion}"), rank.to_string());
        }
    }
    for part in ["rationale", "source", "confidence", "on"] {
        if let Some(text) = value.get(part).and_then(Value::as_str) {
            form.push(format!("{name}.{part}"), text);
        }
    }
    if let Some(by) = value.get("by").filter(|it| it.is_string()) {
        form.push(format!("{name}.by"), link_text(sight, by));
    }
    for it in value.get("controls").and_then(Value::as_array).into_iter().flatten() {
        form.push(format!("{name}.controls"), link_text(sight, it));
    }
}

fn link_text(sight: &Sight<'_>, value: &Value) -> String {
    let text = value.as_str().unwrap_or_default();
    text.parse::<Link>().map_or_else(|_| text.to_owned(), |it| link::shown(sight, it))
}
