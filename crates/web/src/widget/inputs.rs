//! The input of each type of field.

use maud::{Markup, html};
use meta::{ChoiceDef, FieldType};

use super::{link, rating, rows};
use crate::{Ask, form::Form};

/// The input of a field, filled with what the form says.
pub(super) fn input(ask: &Ask, ty: &FieldType, name: &str, form: &Form, help: &str) -> Markup {
    let value = form.get(name).unwrap_or_default();
    let described = (!help.is_empty()).then(|| format!("{name}-help"));
    html! {
        @match ty {
            FieldType::Text => { input type="text" id=(name) name=(name) value=(value) aria-describedby=[described]; }
            FieldType::Markdown => {
                mark-down { textarea id=(name) name=(name) rows="4" aria-describedby=[described] { "\n" (value) } }
            }
            FieldType::Bool => { (bool(name, value)) }
            FieldType::Integer => { input type="number" step="1" id=(name) name=(name) value=(value) aria-describedby=[described]; }
            FieldType::Decimal => { input type="text" inputmode="decimal" id=(name) name=(name) value=(value) aria-describedby=[described]; }
            FieldType::Day => { input type="date" id=(name) name=(name) value=(value) aria-describedby=[described]; }
            FieldType::Instant => { input type="text" id=(name) name=(name) value=(value) placeholder="2026-03-31T14:00:00Z" aria-describedby=[described]; }
            FieldType::Period => { input type="text" id=(name) name=(name) value=(value) placeholder="for example 3 months" aria-describedby=[described]; }
            FieldType::Choice(options) => { (choice(name, options, value)) }
            FieldType::Choices(options) => { (choices(name, options, form)) }
            FieldType::Words => {
                textarea id=(name) name=(name) rows="2" aria-describedby=[described] placeholder="One to a line" { "\n" (form.all(name).collect::<Vec<_>>().join("\n")) }
            }
            FieldType::Link(kinds) => { (link::one(ask, name, kinds, value)) }
            FieldType::Links(kinds) => { (link::many(ask, name, kinds, form)) }
            FieldType::File => { (file(name, form)) }
            FieldType::Rating => { (rating::input(ask, name, form)) }
            FieldType::Rows(def) => { (rows::input(ask, name, def, form)) }
        }
    }
}

fn bool(name: &str, value: &str) -> Markup {
    html! {
        select id=(name) name=(name) {
            @for (id, label) in [("", "not said"), ("yes", "yes"), ("no", "no")] {
                option value=(id) selected[id == value] { (label) }
            }
        }
    }
}

/// Nothing is chosen for anybody: no option is the first.
fn choice(name: &str, options: &[ChoiceDef], value: &str) -> Markup {
    html! {
        select id=(name) name=(name) {
            option value="" selected[value.is_empty()] { "not said" }
            @for it in options { option value=(it.id) selected[it.id == value] title=(it.help) { (it.label) } }
        }
    }
}

fn choices(name: &str, options: &[ChoiceDef], form: &Form) -> Markup {
    html! {
        div.options id=(name) {
            @for it in options {
                @let chosen = form.all(name).any(|value| value == it.id);
                label title=(it.help) { input type="checkbox" name=(name) value=(it.id) checked[chosen]; (it.label) }
            }
        }
    }
}

fn file(name: &str, form: &Form) -> Markup {
    let kept = format!("{name}.kept");
    html! {
        @if let Some(kept_file) = form.said(&kept) {
            @let shown = serde_json::from_str::<meta::FileRef>(kept_file).map(|it| it.name).unwrap_or_default();
            input type="hidden" name=(kept) value=(kept_file);
            p { "Now: " strong { (shown) } " " label { input type="checkbox" name={ (name) ".drop" } value="1"; " take it out" } }
        }
        input type="file" id=(name) name=(name);
    }
}
