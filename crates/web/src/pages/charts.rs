//! Over time: risks, findings and controls at the ends of months, from the ledger itself.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::Act,
    curves::{Controls, Figures, Findings},
};
use maud::html;

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    chart::{Chart, Part},
    routes::{Needs, Route, get},
    words,
};

/// The routes of the charts.
pub(crate) const ROUTES: &[Route] =
    &[get("/o/{place}/charts", Needs::May(Act::SeeEverything), show)];

fn show(ask: &Ask) -> Result<Answer, Problem> {
    let place = ask.place()?;
    let ready = place.beside.curves.up_to(&place.organization, ask.view());
    let figures = &ready.figures;
    let columns: Vec<String> = figures.iter().map(|it| words::day(it.day)).collect();
    let ticks = ticks(figures);
    let chart = |id: &str, title: &str, parts: &[Part]| {
        Chart { id, title, columns: &columns, ticks: &ticks, parts }.show()
    };
    let left = ready.wanted - figures.len();
    let body = html! {
        header { h1 { "Over time" } p.lead { "How it went, told by the ledger: each point is made from the records as they stood at the end of that day, by the rules of today." } }
        div.side data-again {
            @if left > 0 {
                p.note role="status" { look-again { (figures.len()) " of " (ready.wanted) " points are ready, the others are being made. " } a href=(ask.to("/charts")) { "Look again" } }
            }
            @if figures.is_empty() { div.empty { p { "The first points are on their way." } } }
            @else {
                section.card { h2 { "Risks by level" small { "the level of each day, by the method of each risk" } } (chart("risks", "Risks by level over time", &levels(figures))) }
                section.card { h2 { "What an auditor would raise" small { "rules that fail, by grade" } } (chart("findings", "Open findings by grade over time", &findings(figures))) }
                section.card { h2 { "Controls" small { "declared is not proven" } } (chart("controls", "Controls by status over time", &controls(figures))) }
            }
        }
    };
    Ok(Page::new("Over time", body).at("/charts").into())
}

/// A label under every column where there are few, else under some.
fn ticks(figures: &[Arc<Figures>]) -> Vec<String> {
    let every = figures.len().div_ceil(12).max(1);
    let span = match (figures.first(), figures.last()) {
        (Some(first), Some(last)) => first.day.until(last.day).map_or(0, |it| it.get_days()),
        _ => 0,
    };
    let form = if span > 24 * 7 { "%b %y" } else { "%-d %b" };
    let last = figures.len().saturating_sub(1);
    let each = figures.iter().enumerate();
    each.map(|(at, it)| match (last - at) % every {
        0 => it.day.strftime(form).to_string(),
        _ => String::new(),
    })
    .collect()
}

fn levels(figures: &[Arc<Figures>]) -> Vec<Part> {
    // Methods may rename their levels: the newest name of a rank counts.
    let mut names = BTreeMap::<i64, &str>::new();
    for it in figures.iter().flat_map(|it| &it.levels) {
        names.insert(it.rank, &it.name);
    }
    let most = names.len().saturating_sub(1).max(1);
    let mut parts = vec![Part {
        name: "not rated".to_owned(),
        class: "none".to_owned(),
        values: figures.iter().map(|it| it.not_rated).collect(),
    }];
    for (at, (rank, name)) in names.iter().enumerate() {
        let count = |it: &Arc<Figures>| {
            it.levels.iter().find(|it| it.rank == *rank).map_or(0, |it| it.count)
        };
        parts.push(Part {
            name: (*name).to_owned(),
            class: format!("l{}", 1 + at * 4 / most),
            values: figures.iter().map(count).collect(),
        });
    }
    parts
}

fn findings(figures: &[Arc<Figures>]) -> Vec<Part> {
    let part = |name: &str, class: &str, of: fn(&Findings) -> usize| Part {
        name: name.to_owned(),
        class: class.to_owned(),
        values: figures.iter().map(|it| of(&it.findings)).collect(),
    };
    vec![
        part("could not be told", "none", |it| it.unknown),
        part("opportunity for improvement", "l1", |it| it.opportunity),
        part("minor nonconformity", "part", |it| it.minor),
        part("major nonconformity", "bad", |it| it.major),
    ]
}

fn controls(figures: &[Arc<Figures>]) -> Vec<Part> {
    let part = |name: &str, class: &str, of: fn(&Controls) -> usize| Part {
        name: name.to_owned(),
        class: class.to_owned(),
        values: figures.iter().map(|it| of(&it.controls)).collect(),
    };
    vec![
        part("proven", "good", |it| it.proven),
        part("declared, not proven", "l2", |it| it.declared),
        part("in part", "part", |it| it.in_part),
        part("planned", "l3", |it| it.planned),
        part("not begun", "bad", |it| it.not_begun),
        part("excluded", "none", |it| it.excluded),
        part("undecided", "blank", |it| it.undecided),
    ]
}
