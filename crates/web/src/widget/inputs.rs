//! The input of each type of field.

use domain::text;
use jiff::civil::Date;
use maud::{Markup, html};
use meta::{ChoiceDef, FieldType};

use super::{Slot, link, rating, rows};
use crate::{Ask, form::Form};

/// The input of a field, filled with what the form says.
pub(super) fn input(ask: &Ask, ty: &FieldType, slot: &Slot<'_>, form: &Form) -> Markup {
    let name = slot.name;
    let value = form.get(name).unwrap_or_default();
    // What a browser would drop from such an input stays in one that takes any text.
    let plain =
        |fits: bool, kind: &'static str| if fits || value.is_empty() { kind } else { "text" };
    match ty {
        FieldType::Text => line(slot, "text", value, ""),
        FieldType::Markdown => html! {
            mark-down data-from=(ask.to("/preview")) { (area(slot, value, 5, "")) }
        },
        FieldType::Bool => options(slot, value, &[("yes", "yes", ""), ("no", "no", "")]),
        FieldType::Integer => {
            line(slot, plain(value.trim().parse::<i64>().is_ok(), "number"), value, "")
        }
        FieldType::Decimal => line(slot, "text", value, "for example 1500.50"),
        FieldType::Day => line(slot, plain(value.parse::<Date>().is_ok(), "date"), value, ""),
        FieldType::Instant => line(slot, "text", value, "2026-03-31T14:00:00Z"),
        FieldType::Period => line(slot, "text", value, "for example 3 months"),
        FieldType::Choice(known) => choice(slot, known, value),
        FieldType::Choices(known) => choices(slot, known, form),
        FieldType::Words => {
            let lines: Vec<&str> = form.all(name).collect();
            area(slot, &lines.join("\n"), 2, "One to a line")
        }
        FieldType::Link(kinds) => link::one(ask, slot, kinds, value),
        FieldType::Links(kinds) => link::many(ask, slot, kinds, form),
        FieldType::File => file(slot, form),
        FieldType::Rating => rating::input(ask, name, form),
        FieldType::Rows(def) => rows::input(ask, name, def, form),
    }
}

/// A line of text, a number, a day.
pub(super) fn line(slot: &Slot<'_>, kind: &str, value: &str, hint: &str) -> Markup {
    let hint = (!hint.is_empty()).then_some(hint);
    html! {
        input type=(kind) id=(slot.name) name=(slot.name) value=(value) placeholder=[hint]
            step=[(kind == "number").then_some("1")]
            aria-describedby=[slot.described.as_deref()] aria-invalid=[slot.wrong.then_some("true")];
    }
}

/// Several lines of text.
pub(super) fn area(slot: &Slot<'_>, value: &str, rows: u8, hint: &str) -> Markup {
    let hint = (!hint.is_empty()).then_some(hint);
    html! {
        textarea id=(slot.name) name=(slot.name) rows=(rows) placeholder=[hint]
            aria-describedby=[slot.described.as_deref()] aria-invalid=[slot.wrong.then_some("true")] { "\n" (value) }
    }
}

/// Nothing is chosen for anybody: no option is the first. What is no option stays to be seen.
pub(super) fn options(slot: &Slot<'_>, value: &str, known: &[(&str, &str, &str)]) -> Markup {
    let strange = !value.is_empty() && known.iter().all(|it| it.0 != value);
    html! {
        select id=(slot.name) name=(slot.name) aria-describedby=[slot.described.as_deref()] aria-invalid=[slot.wrong.then_some("true")] {
            option value="" selected[value.is_empty()] { "not said" }
            @for (id, label, help) in known {
                option value=(id) selected[*id == value] title=[(!help.is_empty()).then_some(help)] { (label) }
            }
            @if strange { option value=(value) selected { (value) } }
        }
    }
}

fn choice(slot: &Slot<'_>, known: &[ChoiceDef], value: &str) -> Markup {
    let known: Vec<_> = known.iter().map(|it| (it.id, it.label, it.help)).collect();
    options(slot, value, &known)
}

fn choices(slot: &Slot<'_>, known: &[ChoiceDef], form: &Form) -> Markup {
    let chosen: Vec<&str> = form.all(slot.name).filter(|it| !it.is_empty()).collect();
    let strange = chosen.iter().filter(|value| known.iter().all(|it| it.id != **value));
    html! {
        div.options {
            @for it in known {
                label title=(it.help) {
                    input type="checkbox" name=(slot.name) value=(it.id) checked[chosen.contains(&it.id)];
                    span { (it.label) }
                }
            }
            @for value in strange {
                label { input type="checkbox" name=(slot.name) value=(value) checked; span { (value) } }
            }
        }
    }
}

fn file(slot: &Slot<'_>, form: &Form) -> Markup {
    let name = slot.name;
    let kept = format!("{name}.kept");
    let dropped = format!("{name}.drop");
    html! {
        @if let Some(kept_file) = form.said(&kept) {
            @let shown = serde_json::from_str::<meta::FileRef>(kept_file).map(|it| it.name).unwrap_or_default();
            input type="hidden" name=(kept) value=(kept_file);
            p.row { span { "Now: " strong { (shown) } } label { input type="checkbox" name=(dropped) value="1" checked[form.has(&dropped)]; " take it out" } }
        }
        drop-files { input type="file" id=(name) name=(name) aria-describedby=[slot.described.as_deref()]; }
    }
}

/// The label of what links of these kinds name: `role or person`.
pub(super) fn what(kinds: &[&str]) -> String {
    let labels: Vec<String> =
        kinds.iter().filter_map(|it| kinds::kind(it)).map(|it| it.label.to_lowercase()).collect();
    if labels.is_empty() { "record".to_owned() } else { labels.join(" or ") }
}

/// What a link's input asks for: `Number or name of a role or person`.
pub(super) fn hint(kinds: &[&str]) -> String {
    format!("Number or name of {}", text::a(&what(kinds)))
}
