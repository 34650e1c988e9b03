//! Fields of a form: one input for each type of field, and the way back from what was typed.
//!
//! What a form shows is always a [`Form`]: of a stored record by [`filled`], or what somebody
//! typed a moment ago. So nothing typed is lost when it is shown again with what was wrong.

mod fill;
mod inputs;
mod link;
mod rating;
mod read;
mod rows;

use std::collections::BTreeMap;

use maud::{Markup, html};
use meta::{FieldDef, FieldType, Need};

pub(crate) use self::{
    fill::{filled, filled_field},
    link::pick,
    read::{Made, Read, read, written},
};
use crate::{Ask, form::Form};

/// What fields of a record are called in a form, in front of their own name.
pub(crate) const PREFIX: &str = "f.";

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
}

/// One field with its label, its help and what is wrong with it.
pub(crate) fn field(ask: &Ask, def: &FieldDef, form: &Form, wrong: Option<&Wrong>) -> Markup {
    let name = format!("{PREFIX}{}", def.name);
    let grouped = matches!(
        def.ty,
        FieldType::Choices(_) | FieldType::Rows(_) | FieldType::Rating | FieldType::Links(_)
    );
    let inside = html! {
        (inputs::input(ask, &def.ty, &name, form, def.help))
        @if let Some(wrong) = wrong { (said(&name, wrong, form)) }
    };
    html! {
        @if grouped {
            fieldset.field id=(def.name) {
                legend { (def.label) (need(def)) }
                p.help id={ (name) "-help" } { (def.help) }
                (inside)
            }
        } @else {
            div.field id=(def.name) {
                label for=(name) { (def.label) (need(def)) }
                p.help id={ (name) "-help" } { (def.help) }
                (inside)
            }
        }
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
fn said(name: &str, wrong: &Wrong, form: &Form) -> Markup {
    let typed = form.get(name).unwrap_or_default().trim();
    html! {
        p.wrong id={ (name) "-wrong" } { (crate::problem::sentence_of(&wrong.message)) }
        @if !wrong.candidates.is_empty() {
            p.help { "Perhaps: " @for (at, it) in wrong.candidates.iter().enumerate() { @if at > 0 { " · " } span.ref { (it) } } }
        }
        @for kind in &wrong.could_make {
            @if let Some(def) = kinds::kind(kind) {
                label { input type="checkbox" name={ "make." (name) } value=(kind); " Make a new " (def.label.to_lowercase()) " of that name" @if !typed.is_empty() { ": “" (typed) "”" } }
            }
        }
    }
}
