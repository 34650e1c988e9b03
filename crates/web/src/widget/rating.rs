//! Ratings: likelihood and consequences by the scales of the edition of the method that the form
//! names. The level is computed, never typed.

use domain::{
    access::{Act, On},
    risk::{self, Method},
};
use kinds::{Kind, risk_method::RiskMethod};
use maud::{Markup, html};
use meta::{Consequence, FieldType, Rating};

use super::{Slot, inputs, link};
use crate::{Answer, Ask, Problem, form::Form};

/// The field that names the method in a form with ratings.
const METHOD: &str = "f.method";

/// The inputs of a rating, and the level it comes to.
pub(super) fn input(ask: &Ask, name: &str, form: &Form) -> Markup {
    let Some(method) = method_of(ask, form.get(METHOD)) else {
        return html! {
            p.note { "There is no risk method yet, so there is no scale to rate by. "
                a href=(ask.to("/risk_method/new")) { "Write the method first." } }
        };
    };
    let likelihoods: Vec<(i64, &str, Option<&str>)> = method
        .body
        .likelihoods
        .iter()
        .map(|it| (it.rank, it.name.as_str(), it.definition.as_deref()))
        .collect();
    html! {
        rate-level.rate data-from=(ask.to("/level")) data-name=(name) data-method=[form.said(METHOD)] {
            (labeled(name, "likelihood", "Likelihood", |it| scale(it, &likelihoods, form)))
            @for criterion in criteria(method) {
                @let levels: Vec<_> = method.body.criteria.iter().filter(|it| it.criterion == criterion).map(|it| (it.rank, it.name.as_str(), it.definition.as_deref())).collect();
                (labeled(name, &format!("c.{criterion}"), &format!("Consequence: {criterion}"), |it| scale(it, &levels, form)))
            }
            p.comes-to { span { "Level" } output { (said(method, &typed(name, form))) } }
            @for (part, label, kind) in [("rationale", "Why", FieldType::Markdown), ("source", "Where the data came from", FieldType::Text), ("confidence", "How sure", FieldType::Text)] {
                (labeled(name, part, label, |it| match kind {
                    FieldType::Markdown => inputs::area(it, form.get(it.name).unwrap_or_default(), 2, ""),
                    _ => inputs::line(it, "text", form.get(it.name).unwrap_or_default(), ""),
                }))
            }
            (labeled(name, "controls", "Controls it counts on", |it| inputs::input(ask, &FieldType::Links(&["control"]), it, form)))
            (labeled(name, "by", "Rated by", |it| inputs::input(ask, &FieldType::Link(&["person", "role"]), it, form)))
            (labeled(name, "on", "Rated on", |it| inputs::input(ask, &FieldType::Day, it, form)))
        }
    }
}

/// The level that a rating comes to, in words: a part of the form that our script asks for.
pub(crate) fn level(ask: &Ask) -> Result<Answer, Problem> {
    let name = ask.query.get("name").unwrap_or_default();
    let sees = kinds::kind("risk").is_some_and(|it| ask.may(Act::See, On::Kind(it)));
    let said = match method_of(ask, ask.query.get("method")).filter(|_| sees) {
        Some(method) => said(method, &typed(name, &ask.query)),
        None => html! {},
    };
    Ok(Answer::Part(said))
}

/// The method that a form names, of which the ranks in it are: an old rating means what the scales
/// of its edition say. The present one where none is named.
fn method_of<'a>(ask: &'a Ask, typed: Option<&str>) -> Option<Method<'a>> {
    let typed = typed.map(str::trim).filter(|it| !it.is_empty());
    let link = typed.and_then(|it| link::pick(&ask.sight(), &[RiskMethod::ID], it).ok());
    link.and_then(|it| risk::named(ask.view(), it)).or_else(|| risk::method(ask.view()))
}

/// A part of a rating with its label.
fn labeled(name: &str, part: &str, label: &str, input: impl FnOnce(&Slot<'_>) -> Markup) -> Markup {
    let name = format!("{name}.{part}");
    html! {
        div.field {
            label for=(name) { (label) }
            (input(&Slot { name: &name, described: None, wrong: false }))
        }
    }
}

/// The kinds of harm of a method, in its order.
fn criteria<'a>(method: Method<'a>) -> Vec<&'a str> {
    let mut criteria: Vec<&str> = Vec::new();
    for it in &method.body.criteria {
        if !criteria.contains(&it.criterion.as_str()) {
            criteria.push(&it.criterion);
        }
    }
    criteria
}

/// The ranks of a rating that a form holds.
fn typed(name: &str, form: &Form) -> Rating {
    let rank = |text: &str| text.trim().parse::<i64>().ok();
    let start = format!("{name}.c.");
    let consequences = form.pairs().filter_map(|(it, value)| {
        let criterion = it.strip_prefix(&start)?.to_owned();
        Some(Consequence { criterion, rank: rank(value)? })
    });
    Rating {
        likelihood: form.get(&format!("{name}.likelihood")).and_then(rank),
        consequences: consequences.collect(),
        ..Rating::default()
    }
}

fn said(method: Method<'_>, rating: &Rating) -> Markup {
    let level = risk::level(Some(method), Some(rating));
    let named = level.and_then(|level| method.body.levels.iter().find(|it| it.rank == level));
    let highest = method.body.levels.iter().map(|it| it.rank).max().unwrap_or(1).max(1);
    html! {
        @match (level, named) {
            (Some(level), Some(it)) => {
                // Five shades, however many levels a method has.
                span.mark.(format!("l{}", 1 + (level - 1).clamp(0, highest - 1) * 4 / (highest - 1).max(1))) { (it.rank) }
                " " strong { (it.name) } @if let Some(meaning) = &it.meaning { " " small { (meaning) } }
            }
            (Some(level), None) => { strong { (level) } }
            (None, _) => { span.soft { "not yet: rate likelihood and consequence" } }
        }
    }
}

fn scale(slot: &Slot<'_>, levels: &[(i64, &str, Option<&str>)], form: &Form) -> Markup {
    let ranks: Vec<(String, String, &str)> = levels
        .iter()
        .map(|(rank, name, help)| {
            (rank.to_string(), format!("{rank} {name}"), help.unwrap_or_default())
        })
        .collect();
    let known: Vec<(&str, &str, &str)> =
        ranks.iter().map(|it| (it.0.as_str(), it.1.as_str(), it.2)).collect();
    inputs::options(slot, form.get(slot.name).unwrap_or_default(), &known)
}
