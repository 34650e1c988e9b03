//! The risk matrix: where the risks stand by the method in force.

use std::collections::{BTreeMap, HashSet};

use domain::{
    access::Act,
    risk::{self, Evaluation, Matrix, Method, Stand},
};
use kinds::{approval::Approval, risk::Risk};
use maud::{Markup, html};
use meta::{Choice, Id, Record};

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    form::Form,
    routes::{Needs, Route, get},
    words,
};

/// The routes of the matrix.
pub(crate) const ROUTES: &[Route] =
    &[get("/o/{place}/matrix", Needs::May(Act::SeeRegisters), show)];

/// So many risks are listed at once.
const SHOWN: usize = 50;

fn show(ask: &Ask) -> Result<Answer, Problem> {
    let view = ask.view();
    let Some(newest) = risk::method(view) else {
        return Ok(Page::new("Risk matrix", none(ask)).at("/matrix").into());
    };
    let editions = editions(ask, newest);
    let wanted: Option<u32> = ask.query.said("edition").and_then(|it| it.parse().ok());
    let named = editions.iter().find(|it| Some(it.1.record.head.version) == wanted);
    let method = named.map_or(newest, |it| it.1);
    let is_newest = method.record.head.version == newest.record.head.version;
    let stand = ask.query.said("stand").and_then(Stand::from_id).unwrap_or(Stand::Current);
    let owner: Option<Id> = ask.query.said("owner").and_then(|it| it.parse().ok());
    let takes = |_: &Record, risk: &Risk| {
        owner.is_none_or(|wanted| risk.owner.is_some_and(|it| it.id() == wanted))
    };
    let matrix = risk::matrix(view, method, stand, takes);
    let body = html! {
        header.heading {
            div {
                h1 { "Risk matrix" }
                p.lead {
                    "By " a.to href=(ask.to_record(method.record)) { (method.record.title()) }
                    @match editions.iter().find(|it| it.1.record.head.version == method.record.head.version) {
                        Some((name, _)) if is_newest => { ", edition " (name) ", in force." }
                        Some((name, _)) => { ", edition " (name) ", which is not in force any more." }
                        None => { ", a draft: nobody published it yet." }
                    }
                    " The line parts what may stay as it is from what may not."
                }
            }
            div.row.acts { a.btn href=(ask.to("/risk")) { "All risks as a list" } }
        }
        (switch(ask, stand, owner, &editions, method))
        div.grid {
            section.card.c7 { (picture(ask, &matrix)) (key(&matrix)) }
            section.card.c5 { (levels(ask, &matrix)) }
        }
        (listed(ask, &matrix))
    };
    Ok(Page::new("Risk matrix", body).at("/matrix").wide().into())
}

fn none(ask: &Ask) -> Markup {
    html! {
        header { h1 { "Risk matrix" } }
        div.empty {
            p { "Here you see all risks at a glance, by how likely and how bad they are. That takes a method first: your scales, and which levels you can live with." }
            @if ask.may_make("risk_method") { a.btn.go href=(ask.to("/risk_method/new")) { "Write the risk method" } }
        }
    }
}

/// Which ratings, and whose risks.
fn switch(
    ask: &Ask,
    stand: Stand,
    owner: Option<Id>,
    editions: &[(String, Method<'_>)],
    method: Method<'_>,
) -> Markup {
    let owners: HashSet<Id> =
        ask.isms().live::<Risk>().filter_map(|(_, it)| Some(it.owner?.id())).collect();
    let owners: BTreeMap<String, Id> = owners.into_iter().map(|it| (named(ask, it), it)).collect();
    html! {
        form.sift method="get" action=(ask.to("/matrix")) {
            fieldset.switch {
                legend { "Rated" }
                @for it in Stand::ALL { a.chip href=(to(ask, &[("stand", Some(it.id())), ("cell", None), ("level", None), ("page", None)])) aria-current=[(it == stand).then_some("true")] { (it.label()) } }
            }
            input type="hidden" name="stand" value=(stand.id());
            label { span { "Owner" } select name="owner" {
                option value="" { "everybody" }
                @for (name, id) in &owners { option value=(id) selected[Some(*id) == owner] { (name) } }
            } }
            @if editions.len() > 1 {
                label { span { "Rated by edition" } select name="edition" {
                    @for (name, it) in editions.iter().rev() { @let version = it.record.head.version; option value=(version) selected[version == method.record.head.version] { (name) } }
                } }
            }
            button.btn { "Show" }
        }
    }
}

/// The editions of a method, oldest first, each with its name.
pub(crate) fn editions<'a>(ask: &'a Ask, method: Method<'_>) -> Vec<(String, Method<'a>)> {
    let each = ask.isms().editions(method.record.head.id);
    let named = each.filter_map(|it| {
        let approval = ask.isms().typed::<Approval>(it.approval)?;
        let name = approval.edition.clone();
        let name = name.unwrap_or_else(|| it.record.head.version.to_string());
        Some((name, Method { record: &it.record, body: it.record.typed()?, in_force: true }))
    });
    named.collect()
}

fn named(ask: &Ask, owner: Id) -> String {
    ask.isms().get(owner).map_or_else(|| "somebody".to_owned(), |it| it.title().to_owned())
}

/// The matrix itself: a table, likelihood upwards.
fn picture(ask: &Ask, matrix: &Matrix<'_>) -> Markup {
    let method = matrix.method;
    let chosen = cell_of(&ask.query);
    let evaluation = |at: (i64, i64)| risk::evaluate(Some(method), method.body.level(at.0, at.1));
    let is_above =
        |at: (i64, i64)| matches!(evaluation(at), Evaluation::ByAuthority | Evaluation::TooHigh);
    let columns = &matrix.consequences;
    html! {
        h2 { "Likelihood by consequence" small { (matrix.stand.label().to_lowercase()) } }
        div.scroll { table.risks {
            caption.hidden { "Number of risks by likelihood and consequence" }
            tbody { @for (row, (likelihood, name)) in matrix.likelihoods.iter().enumerate().rev() {
                tr {
                    th scope="row" { span.ref { (likelihood) } " " (name) }
                    @for (column, (consequence, _)) in columns.iter().enumerate() {
                        @let at = (*likelihood, *consequence);
                        @let level = method.body.level(at.0, at.1);
                        @let below = row.checked_sub(1).map(|it| matrix.likelihoods[it].0);
                        @let left = column.checked_sub(1).map(|it| columns[it].0);
                        @let line_below = is_above(at) && below.is_some_and(|it| !is_above((it, at.1)));
                        @let line_left = is_above(at) && left.is_some_and(|it| !is_above((at.0, it)));
                        @let count = matrix.cells.get(&at).map_or(0, Vec::len);
                        @let called = level.and_then(|it| method.body.level_name(it)).unwrap_or("no level");
                        td.(shade(method, level)) .line-below[line_below] .line-left[line_left] {
                            @if count > 0 {
                                a href={ (to(ask, &[("cell", Some(&format!("{}-{}", at.0, at.1))), ("level", None), ("page", None)])) "#risks" }
                                    aria-current=[(chosen == Some(at)).then_some("true")]
                                    title={ (called) ": " (words::count(count, "risk", "risks")) } { strong { (count) } small { (called) } }
                            } @else { span title=(called) { small { (called) } } }
                        }
                    }
                }
            } }
            tfoot { tr { td {} @for (rank, name) in columns { th scope="col" { span.ref { (rank) } " " (name) } } } }
        } }
    }
}

fn key(matrix: &Matrix<'_>) -> Markup {
    let above = matrix.method.body.acceptance.iter().any(|it| it.acceptable.is_some());
    html! {
        p.key {
            span { "Up: likelihood. To the right: consequence." }
            @if above { span { i.line {} "above the line somebody must decide or treat" } }
            @else { span { "The method does not say yet which levels are acceptable." } }
        }
    }
}

/// The levels with what they mean, and how many risks have each.
fn levels(ask: &Ask, matrix: &Matrix<'_>) -> Markup {
    let method = matrix.method;
    let mut levels: Vec<_> = method.body.levels.iter().collect();
    levels.sort_by_key(|it| std::cmp::Reverse(it.rank));
    let count = |rank: i64| -> usize {
        let of = |at: &(i64, i64)| method.body.level(at.0, at.1) == Some(rank);
        matrix.cells.iter().filter(|it| of(it.0)).map(|it| it.1.len()).sum()
    };
    html! {
        h2 { "Levels" }
        div.scroll { table.list {
            thead { tr { th scope="col" { "Level" } th.num scope="col" { "Risks" } th scope="col" { "May it stay?" } } }
            tbody { @for it in levels {
                @let found = count(it.rank);
                tr {
                    th.level scope="row" title=(it.meaning.as_deref().unwrap_or_default()) { span.swatch.(shade(method, Some(it.rank))) { (it.rank) } " " (it.name) }
                    td.num { @if found > 0 { a.to href={ (to(ask, &[("level", Some(&it.rank.to_string())), ("cell", None), ("page", None)])) "#risks" } { (found) } } @else { "0" } }
                    td { (acceptable(ask, method, it.rank)) }
                }
            } }
        } }
        @if !matrix.not_rated.is_empty() { p { a.to href={ (to(ask, &[("cell", Some("none")), ("level", None), ("page", None)])) "#risks" } { (words::count(matrix.not_rated.len(), "risk is", "risks are")) " not rated" } } }
        @if !matrix.elsewhere.is_empty() { p { a.to href={ (to(ask, &[("cell", Some("elsewhere")), ("level", None), ("page", None)])) "#risks" } { (words::count(matrix.elsewhere.len(), "risk", "risks")) " rated by another edition" } " of the method: not in this matrix until rated anew." } }
    }
}

/// What the acceptance criteria say about a level.
pub(crate) fn acceptable(ask: &Ask, method: Method<'_>, rank: i64) -> Markup {
    let Some(it) = method.body.accepts(rank) else { return html! { span.soft { "not said" } } };
    html! {
        @match risk::evaluate(Some(method), Some(rank)) {
            Evaluation::Acceptable => { "yes" }
            Evaluation::ByAuthority => { "if " @match it.authority { Some(role) => { (words::link(ask, role.link())) } None => { "somebody with authority" } } " says so" }
            Evaluation::TooHigh => { "no" }
            Evaluation::Unknown => { span.soft { "not said" } }
        }
        @if let Some(longest) = it.longest { ", for " (longest.words()) " at most" }
        @if let Some(conditions) = &it.conditions { span.why { (conditions) } }
    }
}

/// The color of a level: by its place among the levels, from 1 to 5.
pub(crate) fn shade(method: Method<'_>, level: Option<i64>) -> String {
    let mut ranks: Vec<i64> = method.body.levels.iter().map(|it| it.rank).collect();
    ranks.sort_unstable();
    let at = level.and_then(|level| ranks.iter().position(|it| *it == level));
    at.map_or_else(|| "l0".to_owned(), |at| format!("l{}", risk::shade(at, ranks.len())))
}

/// The risks of the chosen cell or level; all of them when none is chosen.
fn listed(ask: &Ask, matrix: &Matrix<'_>) -> Markup {
    let method = matrix.method;
    let level: Option<i64> = ask.query.said("level").and_then(|it| it.parse().ok());
    let level_of = |at: &(i64, i64)| method.body.level(at.0, at.1);
    let in_cells = |takes: &dyn Fn(&(i64, i64)) -> bool| -> Vec<&Record> {
        let cells = matrix.cells.iter().filter(|it| takes(it.0));
        let mut found: Vec<_> =
            cells.flat_map(|(at, all)| all.iter().map(|it| (*at, *it))).collect();
        found.sort_by_key(|(at, it)| (std::cmp::Reverse(level_of(at)), it.head.number));
        found.into_iter().map(|it| it.1).collect()
    };
    let (title, risks) = match (ask.query.said("cell"), cell_of(&ask.query), level) {
        (Some("none"), ..) => ("Not rated".to_owned(), matrix.not_rated.clone()),
        (Some("elsewhere"), ..) => {
            ("Rated by another edition".to_owned(), matrix.elsewhere.clone())
        }
        (_, Some(wanted), _) => {
            let name = |all: &[(i64, String)], rank| {
                all.iter().find(|it| it.0 == rank).map_or(String::new(), |it| it.1.clone())
            };
            let (likelihood, consequence) = wanted;
            let title = format!(
                "{} and {}",
                name(&matrix.likelihoods, likelihood),
                name(&matrix.consequences, consequence)
            );
            (title, in_cells(&|at| *at == wanted))
        }
        (_, _, Some(wanted)) => {
            let name = method.body.level_name(wanted).unwrap_or("Level").to_owned();
            (name, in_cells(&|at| level_of(at) == Some(wanted)))
        }
        _ => ("All rated risks, the highest first".to_owned(), in_cells(&|_| true)),
    };
    let page: usize = ask.query.said("page").and_then(|it| it.parse().ok()).unwrap_or(0);
    let is_chosen = ask.query.has("cell") || level.is_some();
    let last = risks.len().saturating_sub(1) / SHOWN;
    html! {
        section.card.flush #risks {
            h2 { (title) small { (words::count(risks.len(), "risk", "risks")) @if is_chosen { " · " a href=(to(ask, &[("cell", None), ("level", None), ("page", None)])) { "all of them" } } } }
            @if risks.is_empty() { p.empty { "No risk stands here." } }
            @else { div.scroll { table.list {
                thead { tr { th scope="col" { "Risk" } th scope="col" { "Today" } th scope="col" { "After treatment" } th scope="col" { "Owner" } th scope="col" { "Treatment" } } }
                tbody { @for record in risks.iter().skip(page * SHOWN).take(SHOWN) { (line(ask, record)) } }
            } } }
            @if last > 0 { nav.row.pages aria-label="Pages" {
                @if page > 0 { a.btn.small href={ (to(ask, &[("page", Some(&(page - 1).to_string()))])) "#risks" } { "Before" } }
                span.soft { (page * SHOWN + 1) "–" ((page * SHOWN + SHOWN).min(risks.len())) " of " (risks.len()) }
                @if page < last { a.btn.small href={ (to(ask, &[("page", Some(&(page + 1).to_string()))])) "#risks" } { "After" } }
            } }
        }
    }
}

fn line(ask: &Ask, record: &Record) -> Markup {
    let Some(risk) = record.typed::<Risk>() else { return html! {} };
    let method = risk::method_of(ask.view(), risk);
    html! {
        tr {
            th scope="row" { (words::record(ask, record)) }
            td { (level(method, risk::level(method, risk.current.as_deref()))) }
            td { (level(method, risk::level(method, risk.residual.as_deref()))) }
            td { @if let Some(owner) = risk.owner { (words::link(ask, owner.link())) } @else { span.soft { "nobody" } } }
            td { (risk.treatment.iter().map(|it| it.def().label.to_lowercase()).collect::<Vec<_>>().join(", ")) }
        }
    }
}

/// A level by name, with its color and rank.
pub(crate) fn level(method: Option<Method<'_>>, level: Option<i64>) -> Markup {
    match method.zip(level) {
        None => html! { span.soft { "not rated" } },
        Some((method, level)) => html! {
            span.level { span.swatch.(shade(method, Some(level))) { (level) } " " (method.body.level_name(level).unwrap_or_default()) }
        },
    }
}

/// This page with some parameters set or taken out.
fn to(ask: &Ask, changes: &[(&str, Option<&str>)]) -> String {
    let query = changes.iter().fold(ask.query.clone(), |it, (name, value)| it.with(name, *value));
    match query.query() {
        query if query.is_empty() => ask.to("/matrix"),
        query => ask.to(&format!("/matrix?{query}")),
    }
}

/// The cell named in the address: `4-3` is likelihood 4, consequence 3.
fn cell_of(query: &Form) -> Option<(i64, i64)> {
    let (likelihood, consequence) = query.said("cell")?.split_once('-')?;
    Some((likelihood.parse().ok()?, consequence.parse().ok()?))
}
