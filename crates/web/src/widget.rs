//! Fields of a form: one input for each type of field, and the way back from what was typed.
//!
//! What a form shows is always a [`Form`]: of a stored record by [`filled`], or what somebody
//! typed a moment ago. So nothing typed is lost when it is shown again with what was wrong.

mod fill;
pub(crate) mod grid;
mod inputs;
mod link;
mod rating;
mod read;
mod rows;

use std::collections::BTreeMap;

use maud::{Markup, html};
use meta::{FieldDef, FieldType, Need};

pub(crate) use self::{
    fill::{filled, filled_field, with_links_shown},
    link::pick,
    rating::level,
    read::{Made, Read, bare, is_same_choice, is_shown, read, read_over, written},
    rows::MORE,
};
use crate::{
    Ask,
    form::Form,
    problem::{quoted, sentence_of},
};

/// What fields of a record are called in a form, in front of their own name.
pub(crate) const PREFIX: &str = "f.";

/// The field of a form that names the fields it shows: those are read, also when they are empty.
pub(crate) const SHOWN: &str = "shown";

/// What is wrong, by the name of the field.
pub(crate) type Wrongs = BTreeMap<String, Wrong>;

/// What is wrong with one field.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wrong {
    /// One sentence.
    pub(crate) message: String,
    /// Records that may be meant, by number and title.
    pub(crate) candidates: Vec<String>,
    /// The kinds of which a record of the typed name could be made.
    pub(crate) could_make: Vec<&'static str>,
    /// The input it is about, where the field has several.
    pub(crate) input: Option<String>,
}

impl Wrong {
    /// What is wrong, in one sentence.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }
}

/// The input to draw: what it is called, and what belongs to it.
#[derive(Clone)]
struct Slot<'a> {
    name: &'a str,
    /// The ids of what explains it: its help, what is wrong.
    described: Option<String>,
    /// Whether what it holds is wrong.
    wrong: bool,
}

/// One field with its label, its help and what is wrong with it.
pub(crate) fn field(ask: &Ask, def: &FieldDef, form: &Form, wrong: Option<&Wrong>) -> Markup {
    field_beside(ask, def, form, wrong, None)
}

/// As [`field`], with something else below it.
pub(crate) fn field_beside(
    ask: &Ask,
    def: &FieldDef,
    form: &Form,
    wrong: Option<&Wrong>,
    beside: Option<Markup>,
) -> Markup {
    let name = format!("{PREFIX}{}", def.name);
    let (help, trouble) = (format!("{name}-help"), format!("{name}-wrong"));
    let described = match wrong {
        Some(_) => format!("{help} {trouble}"),
        None => help.clone(),
    };
    let slot = Slot { name: &name, described: Some(described.clone()), wrong: wrong.is_some() };
    let class = format!("field {}", width(&def.ty));
    let inside = html! {
        p.help id=(help) { (quoted(def.help)) }
        (inputs::input(ask, &def.ty, &slot, form))
        @if let Some(wrong) = wrong { (said(&name, &trouble, wrong, form)) }
        @if let Some(beside) = beside { (beside) }
    };
    let several = matches!(
        def.ty,
        FieldType::Choices(_) | FieldType::Rows(_) | FieldType::Rating | FieldType::Links(_)
    );
    html! {
        @if several {
            fieldset class=(class) id={ "at-" (def.name) } aria-describedby=(described) {
                legend { (def.label) (need(def)) }
                (inside)
            }
        } @else {
            div class=(class) id={ "at-" (def.name) } {
                label for=(name) { (def.label) (need(def)) }
                (inside)
            }
        }
    }
}

/// How much room a field wants: half a line, a third, or all of it.
fn width(ty: &FieldType) -> &'static str {
    match ty {
        FieldType::Markdown | FieldType::Rows(_) | FieldType::Links(_) | FieldType::Choices(_) => {
            "whole"
        }
        FieldType::Rating => "third",
        _ => "half",
    }
}

/// When a field must be filled, beside its label.
fn need(def: &FieldDef) -> Markup {
    html! {
        @match def.need {
            Need::Create => { " " span.need { "needed" } }
            Need::Leave => { " " span.need { "needed to go on" } }
            Need::Optional => {}
        }
    }
}

/// What is wrong, where it was typed, with the ways out.
fn said(name: &str, id: &str, wrong: &Wrong, form: &Form) -> Markup {
    let input = wrong.input.as_deref().unwrap_or(name);
    html! {
        p.wrong id=(id) { span { (sentence_of(&quoted(&wrong.message))) } }
        @if !wrong.candidates.is_empty() {
            p.help { "Perhaps: " @for (at, it) in wrong.candidates.iter().enumerate() { @if at > 0 { " · " } span.ref { (it) } } }
        }
        @for kind in &wrong.could_make {
            @if let Some(def) = kinds::kind(kind) {
                @let make = format!("make.{input}");
                label.make {
                    input type="checkbox" name=(make) value=(kind) checked[form.all(&make).any(|it| it == *kind)];
                    span { "Make a new " (def.label.to_lowercase()) " of that name when I save" }
                }
            }
        }
    }
}
