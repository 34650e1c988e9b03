//! An assessment round as a meeting needs it: what nobody looked at yet, many at once; what the
//! person signed in has to decide; and the close.

mod act;
mod decisions;
mod rate;

use domain::{
    access::{Act, On},
    risk,
    round::{self, Looked, Taken},
};
use kinds::{
    approval::Purpose,
    assessment_round::{AssessmentRound, Lifecycle},
};
use maud::{Markup, html};
use meta::Record;

use super::matrix::level;
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    problem::sentence_of,
    routes::{Needs, Route, get, post},
    shell, words,
};

/// The routes of rounds.
pub(crate) const ROUTES: &[Route] = &[
    get("/o/{place}/round/{number}", Needs::Member, show),
    post("/o/{place}/round/{number}/look", Needs::Member, act::look),
    post("/o/{place}/round/{number}/decision", Needs::Member, act::decide),
    post("/o/{place}/round/{number}/close", Needs::Member, act::close),
];

/// So many risks are shown at once.
const SHOWN: usize = 50;

/// A round that whoever asks may see.
pub(super) struct Here<'a> {
    pub(super) record: &'a Record,
    pub(super) body: &'a AssessmentRound,
}

/// The round named in the path.
pub(super) fn here(ask: &Ask) -> Result<Here<'_>, Problem> {
    let number = ask.param("number").parse().map_err(|_| Problem::NotFound)?;
    let record = ask.sight().numbered("assessment_round", number).ok_or(Problem::NotFound)?;
    let body = record.typed().filter(|_| !record.head.withdrawn).ok_or(Problem::NotFound)?;
    Ok(Here { record, body })
}

/// The risks of a round that whoever asks may see.
pub(super) fn taken<'a>(ask: &'a Ask, here: &Here<'_>) -> Vec<Taken<'a>> {
    let sight = ask.sight();
    let all = round::taken(ask.view(), here.record, here.body);
    all.into_iter().filter(|it| sight.sees(it.record)).collect()
}

fn show(ask: &Ask) -> Result<Answer, Problem> {
    page(ask, None)
}

/// The page; with what is the matter, where a form was refused.
pub(super) fn page(
    ask: &Ask,
    trouble: Option<(String, axum::http::StatusCode)>,
) -> Result<Answer, Problem> {
    let here = here(ask)?;
    let all = taken(ask, &here);
    let (looked, left): (Vec<_>, Vec<_>) = all.iter().partition(|it| it.looked.is_some());
    let is_open = here.record.head.stage == Lifecycle::Open as u8 && !ask.is_past();
    let body = html! {
        header.heading {
            div {
                p.soft { "Assessment round " span.ref { (here.record.name()) } }
                h1 { (words::title(here.record)) }
                (standing(ask, &here))
            }
            div.row.acts { a.btn href=(ask.to_record(here.record)) { "The round's record" } @if ask.may(Act::SeeRegisters, On::Everything) { a.btn href=(ask.to("/matrix")) { "Risk matrix" } } }
        }
        @if let Some((trouble, _)) = &trouble { div.trouble role="alert" { p { (sentence_of(trouble)) } } }
        ul.sums {
            li { strong { (looked.len()) } " looked at" }
            li { strong { (left.len()) } @if left.is_empty() { " left" } @else { " not yet" } }
        }
        (open(ask, &here, &left, is_open))
        (decisions::section(ask, &here, &all))
        (done(ask, &looked))
        @if is_open { (closing(ask, &here, &left)) }
    };
    let status = trouble.map_or(axum::http::StatusCode::OK, |it| it.1);
    let page = Page::new(here.record.name(), body).at("assessment_round").wide();
    Ok(page.below("Assessment rounds", ask.to("/assessment_round")).with_status(status).into())
}

fn standing(ask: &Ask, here: &Here<'_>) -> Markup {
    html! {
        p.lead {
            span.chip { (here.record.stage().label) }
            @if let Some(from) = here.body.period_from { " from " (words::day(from)) }
            @if let Some(until) = here.body.period_until { " until " (words::day(until)) }
            @if let Some(method) = here.body.method { ", by " (words::link(ask, method.link())) }
            ". A risk counts as looked at when it was rated, or said to be still true, while the round was open."
        }
    }
}

/// What nobody looked at yet.
fn open(ask: &Ask, here: &Here<'_>, left: &[&Taken<'_>], is_open: bool) -> Markup {
    let page: usize = ask.query.said("page").and_then(|it| it.parse().ok()).unwrap_or(0);
    let shown: Vec<_> = left.iter().skip(page * SHOWN).take(SHOWN).collect();
    let last = left.len().saturating_sub(1) / SHOWN;
    let may = |it: &Taken<'_>| {
        let rated = it.risk.current.is_some() && !it.older;
        is_open && rated && ask.may(Act::Approve(Purpose::Review), On::Record(it.record))
    };
    let any =
        shown.iter().any(|it| may(it) || is_open && ask.may(Act::Edit, On::Record(it.record)));
    let ticks = shown.iter().any(|it| may(it));
    html! {
        section.card.flush #left {
            h2 { "Not looked at yet" small { (words::count(left.len(), "risk", "risks")) } }
            @if left.is_empty() { p.empty { "Every risk of this round was looked at." } }
            @else {
                form method="post" action={ (ask.to(&format!("/round/{}", here.record.head.number))) "/look" } {
                    (shell::token(ask))
                    div.scroll { table.list {
                        thead { tr { @if ticks { th scope="col" { "Still true" } } th scope="col" { "Risk" } th scope="col" { "Today" } th scope="col" { "After treatment" } th scope="col" { "Owner" } } }
                        @for it in &shown { (row(ask, it, ticks.then(|| may(it)), is_open)) }
                    } }
                    @if any {
                        div.actions {
                            button.btn.go { "Record these" }
                            @if ticks { tick-all data-name="still" {} }
                            span.soft { "All in one step, in your name, today." }
                        }
                    }
                }
                @if last > 0 { nav.row.pages aria-label="Pages" {
                    @let to = |page: usize| format!("{}?page={page}#left", ask.to(&format!("/round/{}", here.record.head.number)));
                    @if page > 0 { a.btn.small href=(to(page - 1)) { "Before" } }
                    span.soft { (page * SHOWN + 1) "–" ((page * SHOWN + SHOWN).min(left.len())) " of " (left.len()) }
                    @if page < last { a.btn.small href=(to(page + 1)) { "After" } }
                } }
            }
        }
    }
}

/// What a risk is, and below it room to rate it anew; in a table of risks that can be ticked, whether
/// this one can.
fn row(ask: &Ask, it: &Taken<'_>, ticks: Option<bool>, is_open: bool) -> Markup {
    let number = it.record.head.number;
    let ticked = ask.form.all("still").any(|it| it == number.to_string());
    let rates = is_open && ask.may(Act::Edit, On::Record(it.record));
    html! {
        tbody {
        tr {
            @if let Some(may) = ticks { td { @if may { input type="checkbox" name="still" value=(number) checked[ticked] aria-label={ (it.record.name()) " is still true" }; } } }
            th scope="row" { input type="hidden" name={ "v." (number) } value=(it.record.head.version); (words::record(ask, it.record)) @if let Some(scenario) = &it.risk.scenario { span.why { (start(&scenario.0)) } } }
            (levels(ask, it))
            td { @if let Some(owner) = it.risk.owner { (words::link(ask, owner.link())) } @else { span.soft { "nobody" } } }
        }
        @if rates { tr.under { @if ticks.is_some() { td {} } td colspan="4" { (rate::input(ask, it)) } } }
        @else if it.older { tr.under { @if ticks.is_some() { td {} } td.soft colspan="4" { "Rated by an older edition of the method." } } }
        }
    }
}

/// The first words of a text.
fn start(text: &str) -> String {
    let mut chars = text.chars();
    let mut start: String = chars.by_ref().take(140).collect();
    if chars.next().is_some() {
        start.push('…');
    }
    start
}

fn levels(ask: &Ask, it: &Taken<'_>) -> Markup {
    let method = risk::method_of(ask.view(), it.risk);
    html! {
        td { (level(method, risk::level(method, it.risk.current.as_deref()))) }
        td { (level(method, risk::level(method, it.risk.residual.as_deref()))) }
    }
}

fn done(ask: &Ask, looked: &[&Taken<'_>]) -> Markup {
    if looked.is_empty() {
        return html! {};
    }
    html! {
        details.card.flush {
            summary { h2 { "Looked at" small { (words::count(looked.len(), "risk", "risks")) } } }
            div.scroll { table.list {
                thead { tr { th scope="col" { "Risk" } th scope="col" { "Today" } th scope="col" { "After treatment" } th scope="col" { "How" } } }
                tbody { @for it in looked.iter().take(500) {
                    tr {
                        th scope="row" { (words::record(ask, it.record)) }
                        (levels(ask, it))
                        td { @match it.looked {
                            Some(Looked::Rated(on)) => { "rated on " (words::day(on)) }
                            Some(Looked::StillTrue(on)) => { "still true on " (words::day(on)) }
                            _ => { "its record names the round" }
                        } }
                    }
                } }
            } }
        }
    }
}

fn closing(ask: &Ask, here: &Here<'_>, left: &[&Taken<'_>]) -> Markup {
    if !ask.may(Act::Edit, On::Record(here.record)) || !ask.may(Act::Move, On::Record(here.record))
    {
        return html! {};
    }
    let typed = ask.form.get("left_out");
    let wants_why = !left.is_empty() && here.body.left_out.is_none();
    html! {
        section.card #close {
            h2 { "Close the round" }
            form.form method="post" action={ (ask.to(&format!("/round/{}", here.record.head.number))) "/close" } {
                (shell::token(ask))
                input type="hidden" name="version" value=(here.record.head.version);
                div.field { label for="until" { "Last day of the round" } input #until type="date" name="until" required max=(ask.day()) value=(ask.form.said("until").map_or_else(|| ask.day().to_string(), str::to_owned)); }
                div.field { label for="summary" { "What you found" } p.help { "A few sentences that somebody reads in a year." } textarea #summary name="summary" rows="3" { "\n" (ask.form.get("summary").or(here.body.summary.as_ref().map(|it| it.0.as_str())).unwrap_or_default()) } }
                @if wants_why {
                    div.field {
                        label for="left_out" { "Why " (words::count(left.len(), "risk was", "risks were")) " not looked at" }
                        p.help #left_out-help { "Nobody looked at " (names(left)) ". The round keeps these names with your reason." }
                        textarea #left_out name="left_out" rows="2" required aria-describedby="left_out-help" { "\n" (typed.unwrap_or_default()) }
                    }
                }
                div.row { button.btn.go { @if wants_why { "Close it without them" } @else { "Close it" } } span.soft { "Its results are what the ledger holds at this moment." } }
            }
        }
    }
}

/// The names of some risks, and how many more there are.
fn names(left: &[&Taken<'_>]) -> String {
    const NAMED: usize = 12;
    let named: Vec<String> = left.iter().take(NAMED).map(|it| it.record.name()).collect();
    match left.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
