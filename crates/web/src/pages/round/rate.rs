//! Rating a risk anew in few keys: likelihood, consequences, and why.

use domain::{risk, round::Taken};
use kinds::risk_method::RiskMethod;
use maud::{Markup, html};
use meta::{Consequence, Link, Rating};

use crate::{Ask, Problem};

/// The fields of one risk, folded away.
pub(super) fn input(ask: &Ask, it: &Taken<'_>) -> Markup {
    let Some(method) = risk::method(ask.view()) else {
        return html! { span.soft { "there is no method yet" } };
    };
    let number = it.record.head.number;
    let current = it.risk.current.as_deref();
    let typed = |name: &str| ask.form.get(&format!("r.{number}.{name}"));
    let value = |name: &str, now: Option<i64>| match typed(name) {
        Some(typed) => typed.to_owned(),
        None => now.map(|it| it.to_string()).unwrap_or_default(),
    };
    let why = typed("why").unwrap_or_default();
    let likelihood = value("likelihood", current.and_then(|it| it.likelihood));
    html! {
        details.edit open[!why.is_empty()] {
            summary.soft { "Rate" }
            div.sheet {
                label { "Likelihood" (scale(&format!("r.{number}.likelihood"), method.body.likelihoods.iter().map(|it| (it.rank, it.name.as_str())), &likelihood)) }
                @for criterion in criteria(method.body) {
                    @let name = format!("c.{criterion}");
                    @let now = current.and_then(|it| it.consequences.iter().find(|it| it.criterion == criterion)).map(|it| it.rank);
                    @let levels = method.body.criteria.iter().filter(|it| it.criterion == criterion).map(|it| (it.rank, it.name.as_str()));
                    label { "Consequence: " (criterion) (scale(&format!("r.{number}.{name}"), levels, &value(&name, now))) }
                }
                label { "Why" input type="text" name={ "r." (number) ".why" } value=(why); }
            }
        }
    }
}

/// What was typed as the new rating of a risk; `None` where it is as it was and no reason is given.
///
/// # Errors
/// When it is not whole, or no reason is given.
pub(super) fn read(ask: &Ask, it: &Taken<'_>) -> Result<Option<Rating>, Problem> {
    let Some(method) = risk::method(ask.view()) else { return Ok(None) };
    let number = it.record.head.number;
    let typed = |name: &str| ask.form.said(&format!("r.{number}.{name}"));
    let rank = |name: &str| typed(name).and_then(|it| it.parse::<i64>().ok());
    let current = it.risk.current.as_deref();
    if !ask.form.has(&format!("r.{number}.likelihood")) {
        return Ok(None);
    }
    let likelihood = rank("likelihood");
    let each = criteria(method.body).into_iter().filter_map(|criterion| {
        let rank = rank(&format!("c.{criterion}"))?;
        Some(Consequence { criterion: criterion.to_owned(), rank })
    });
    let consequences: Vec<Consequence> = each.collect();
    let sorted = |all: &[Consequence]| {
        let mut all: Vec<_> = all.iter().map(|it| (it.criterion.clone(), it.rank)).collect();
        all.sort();
        all
    };
    let same = current.is_some_and(|it| {
        it.likelihood == likelihood && sorted(&it.consequences) == sorted(&consequences)
    });
    let untouched = current.is_none() && likelihood.is_none() && consequences.is_empty();
    match typed("why") {
        None if same || untouched => return Ok(None),
        None => {
            let name = it.record.name();
            return Err(Problem::Wrong(format!("say why {name} is rated anew")));
        }
        Some(_) => {}
    }
    if likelihood.is_none() || consequences.is_empty() {
        let name = it.record.name();
        return Err(Problem::Wrong(format!("say how likely and how bad {name} is")));
    }
    Ok(Some(Rating {
        likelihood,
        consequences,
        rationale: typed("why").map(str::to_owned),
        by: Some(Link::to(ask.person())),
        on: Some(ask.day()),
        ..current.cloned().unwrap_or_default()
    }))
}

fn criteria(method: &RiskMethod) -> Vec<&str> {
    let mut criteria: Vec<&str> = Vec::new();
    for it in &method.criteria {
        if !criteria.contains(&it.criterion.as_str()) {
            criteria.push(&it.criterion);
        }
    }
    criteria
}

fn scale<'a>(name: &str, levels: impl Iterator<Item = (i64, &'a str)>, value: &str) -> Markup {
    html! {
        select name=(name) {
            option value="" { "not rated" }
            @for (rank, title) in levels { option value=(rank) selected[rank.to_string() == value] { (rank) " " (title) } }
        }
    }
}
