//! Ratings: likelihood and consequences by the scales of the method in force. The level is
//! computed, never typed.

use domain::risk;
use maud::{Markup, html};

use super::inputs;
use crate::{Ask, form::Form};

/// The inputs of a rating.
pub(super) fn input(ask: &Ask, name: &str, form: &Form) -> Markup {
    let Some(method) = risk::method(ask.view()) else {
        return html! {
            p.note { "There is no risk method yet, so there is no scale to rate by. "
                a href=(ask.to("/risk_method/new")) { "Write the method first." } }
        };
    };
    let likelihoods: Vec<(i64, &str)> =
        method.body.likelihoods.iter().map(|it| (it.rank, it.name.as_str())).collect();
    let mut criteria: Vec<&str> = Vec::new();
    for it in &method.body.criteria {
        if !criteria.contains(&it.criterion.as_str()) {
            criteria.push(&it.criterion);
        }
    }
    html! {
        div.rowset { div.one {
            div.field {
                label for={ (name) ".likelihood" } { "Likelihood" }
                (scale(&format!("{name}.likelihood"), &likelihoods, form))
            }
            @for criterion in criteria {
                @let levels: Vec<(i64, &str)> = method.body.criteria.iter().filter(|it| it.criterion == criterion).map(|it| (it.rank, it.name.as_str())).collect();
                @let field = format!("{name}.c.{criterion}");
                div.field {
                    label for=(field) { "Consequence: " (criterion) }
                    (scale(&field, &levels, form))
                }
            }
            @for (part, label) in [("rationale", "Why"), ("source", "Where the data came from"), ("confidence", "How sure")] {
                @let field = format!("{name}.{part}");
                div.field {
                    label for=(field) { (label) }
                    (inputs::input(ask, &meta::FieldType::Text, &field, form, ""))
                }
            }
            div.field {
                span.label { "Controls it counts on" }
                (inputs::input(ask, &meta::FieldType::Links(&["control"]), &format!("{name}.controls"), form, ""))
            }
        } }
    }
}

fn scale(name: &str, levels: &[(i64, &str)], form: &Form) -> Markup {
    let value = form.get(name).unwrap_or_default();
    let known = levels.iter().any(|(rank, _)| rank.to_string() == value);
    html! {
        select id=(name) name=(name) {
            option value="" selected[value.is_empty()] { "not rated" }
            @for (rank, title) in levels { option value=(rank) selected[rank.to_string() == value] { (rank) " " (title) } }
            @if !known && !value.is_empty() { option value=(value) selected { (value) " (not on the scale)" } }
        }
    }
}
