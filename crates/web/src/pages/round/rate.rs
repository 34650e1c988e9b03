//! Rating a risk anew in few keys: likelihood, consequences, and why; every level that it has, on the
//! scale of the method in force.

use domain::{
    risk::{self, Stand},
    round::Taken,
    text,
};
use kinds::{risk::Risk, risk_method::RiskMethod};
use maud::{Markup, html};
use meta::{Consequence, Link, Rating};

use crate::{Ask, Problem};

/// The fields of one risk, folded away.
pub(super) fn input(ask: &Ask, it: &Taken<'_>) -> Markup {
    let Some(method) = risk::method(ask.view()) else {
        return html! { span.soft { "there is no method yet" } };
    };
    let number = it.record.head.number;
    let typed = |name: &str| ask.form.get(&format!("r.{number}.{name}"));
    // What another scale says is not read on this one.
    let value = |name: &str, now: Option<i64>| match typed(name) {
        Some(typed) => typed.to_owned(),
        None => now.filter(|_| !it.older).map(|it| it.to_string()).unwrap_or_default(),
    };
    let why = typed("why").unwrap_or_default();
    let stands = stands(it.risk);
    html! {
        details.edit open[!why.is_empty()] {
            summary.soft { (rated(it)) }
            div.sheet {
                @for stand in &stands {
                    @let rating = stand.of(it.risk);
                    @let likelihood = format!("{}.likelihood", stand.id());
                    fieldset {
                        legend { (stand.label()) @if let Some(was) = rating.filter(|_| it.older) { ": it was " (text::of_rating(was)) } }
                        div.sift {
                            label { span { "Likelihood" } (scale(&format!("r.{number}.{likelihood}"), method.body.likelihoods.iter().map(|it| (it.rank, it.name.as_str())), &value(&likelihood, rating.and_then(|it| it.likelihood)))) }
                            @for criterion in criteria(method.body) {
                                @let name = format!("{}.c.{criterion}", stand.id());
                                @let now = rating.and_then(|it| it.consequences.iter().find(|it| it.criterion == criterion)).map(|it| it.rank);
                                @let levels = method.body.criteria.iter().filter(|it| it.criterion == criterion).map(|it| (it.rank, it.name.as_str()));
                                label { span { "Consequence: " (criterion) } (scale(&format!("r.{number}.{name}"), levels, &value(&name, now))) }
                            }
                        }
                    }
                }
                label { "Why" input type="text" name={ "r." (number) ".why" } value=(why); }
            }
        }
    }
}

/// What the fold says: how the risk is rated, where nobody can leave it so.
fn rated(it: &Taken<'_>) -> &'static str {
    match (it.risk.current.is_some(), it.older) {
        (false, _) => "Not rated yet: rate it",
        (true, true) => "Rated by an older edition of the method: rate it anew",
        (true, false) => "Or rate it anew",
    }
}

/// What was typed as the new ratings of a risk, each with the field it belongs to; none where all is as
/// it was and no reason is given.
///
/// # Errors
/// When one is not whole, or no reason is given.
pub(super) fn read(ask: &Ask, it: &Taken<'_>) -> Result<Vec<(Stand, Rating)>, Problem> {
    let Some(method) = risk::method(ask.view()) else { return Ok(Vec::new()) };
    let number = it.record.head.number;
    let name = it.record.name();
    let why = ask.form.said(&format!("r.{number}.why"));
    let mut found = Vec::new();
    let mut is_new = false;
    for stand in stands(it.risk) {
        let typed = |name: &str| ask.form.said(&format!("r.{number}.{}.{name}", stand.id()));
        let rank = |name: &str| typed(name).and_then(|it| it.parse::<i64>().ok());
        if !ask.form.has(&format!("r.{number}.{}.likelihood", stand.id())) {
            continue;
        }
        let before = stand.of(it.risk);
        let likelihood = rank("likelihood");
        let each = criteria(method.body).into_iter().filter_map(|criterion| {
            let rank = rank(&format!("c.{criterion}"))?;
            Some(Consequence { criterion: criterion.to_owned(), rank })
        });
        let consequences: Vec<Consequence> = each.collect();
        let is_empty = likelihood.is_none() && consequences.is_empty();
        let same = before.is_some_and(|it| {
            it.likelihood == likelihood && sorted(&it.consequences) == sorted(&consequences)
        });
        is_new |= if it.older || before.is_none() { !is_empty } else { !same };
        found.push((
            stand,
            same && !it.older,
            Rating {
                likelihood,
                consequences,
                rationale: why.map(str::to_owned),
                by: Some(Link::to(ask.person())),
                on: Some(ask.day()),
                ..before.cloned().unwrap_or_default()
            },
        ));
    }
    if found.is_empty() || why.is_none() && !is_new {
        return Ok(Vec::new());
    }
    if why.is_none() {
        return Err(Problem::Wrong(format!("say why {name} is rated anew")));
    }
    let is_whole = |it: &Rating| it.likelihood.is_some() && !it.consequences.is_empty();
    let stands = stands(it.risk);
    if it.older && (found.len() < stands.len() || found.iter().any(|it| !is_whole(&it.2))) {
        let levels: Vec<String> = stands.iter().map(|it| it.label().to_lowercase()).collect();
        let why = "its levels are of an older edition of the method";
        return Err(Problem::Wrong(format!(
            "rate {name} anew in each of these, as {why}: {}",
            levels.join(", ")
        )));
    }
    if found.iter().any(|it| !is_whole(&it.2)) {
        return Err(Problem::Wrong(format!("say how likely and how bad {name} is")));
    }
    // Today's level is said anew whenever a reason is given; others where they change.
    found.retain(|(stand, same, _)| !same || *stand == Stand::Current);
    Ok(found.into_iter().map(|(stand, _, rating)| (stand, rating)).collect())
}

/// The levels to say: today's, and those that the risk has beside it.
fn stands(risk: &Risk) -> Vec<Stand> {
    let asked = |it: &Stand| *it == Stand::Current || it.of(risk).is_some();
    Stand::ALL.into_iter().filter(asked).collect()
}

fn sorted(all: &[Consequence]) -> Vec<(&str, i64)> {
    let mut all: Vec<_> = all.iter().map(|it| (it.criterion.as_str(), it.rank)).collect();
    all.sort_unstable();
    all
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
