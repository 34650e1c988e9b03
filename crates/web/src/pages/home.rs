//! Home: where the organization stands, and what to do next.

mod aim;
mod due;
mod open;
mod picture;

use std::sync::Arc;

use domain::{
    access::{Act, On},
    standing::{Progress, Standing, Step},
};
use maud::{Markup, html};

use self::aim::Aim;
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    routes::{Needs, Route, get},
    verdicts::Found,
    words,
};

/// The routes of home.
pub(crate) const ROUTES: &[Route] = &[get("/o/{place}", Needs::Member, show)];

/// With fewer records of its own an organization has just begun.
const FEW: usize = 40;

/// Where each step is worked on.
const WHERE: [&str; 8] = [
    "/gap",
    "/action",
    "/asset",
    "/risk",
    "/documented",
    "/conformity?clause=9.2",
    "/conformity?clause=9.3",
    "/conformity?audit=2",
];

fn show(ask: &Ask) -> Result<Answer, Problem> {
    if !ask.may(Act::SeeEverything, On::Everything) {
        return Ok(Answer::go(ask.to("/work")));
    }
    let found: Arc<Found> = ask.found();
    let (report, standing) = (&*found.report, &found.standing);
    let aim = Aim::of(ask.isms(), ask.day());
    let seeds: usize = standing.seeds.iter().map(|it| it.1).sum();
    let is_new = standing.records.saturating_sub(seeds) < FEW;
    let body = html! {
        header { h1 { (aim.title()) } p.lead { (aim.lead(report)) } }
        (steps(ask, standing))
        @if is_new {
            (begin(ask))
            div.grid {
                (open::next(ask, report, aim.audit, true))
                (open::tally(ask, report, Some(aim.audit)))
            }
        } @else {
            div.grid {
                (open::tally(ask, report, None))
                (open::next(ask, report, aim.audit, false))
                div.c8.side { (picture::annex_a(ask, standing)) (due::due(ask, standing)) }
                div.c4.side { (picture::matrix(ask, standing)) (due::seeds(ask, standing)) }
            }
        }
        p.soft { "By the rules of pack " (report.pack) ", at entry " (report.position) " of the ledger. Grades are suggestions: a human auditor decides." }
    };
    Ok(Page::new("Home", body).at("/").into())
}

/// The eight steps, with where the organization stands.
fn steps(ask: &Ask, standing: &Standing) -> Markup {
    let now = standing.steps.iter().position(|it| it.progress != Progress::Done);
    let says = |it: &Step| match it.progress {
        Progress::Done => format!("done: {}", words::with_days(&it.says)),
        Progress::Begun => format!("begun: {}", words::with_days(&it.says)),
        Progress::NotBegun => format!("not begun: {}", words::with_days(&it.says)),
    };
    html! {
        section.card aria-label="The way to the certificate" {
            ol.steps { @for (at, step) in standing.steps.iter().enumerate() {
                @let class = match step.progress { Progress::Done => "done", _ if now == Some(at) => "now", Progress::Begun => "begun", Progress::NotBegun => "" };
                li class=(class) data-n=(at + 1) aria-current=[(now == Some(at)).then_some("step")] {
                    a href=(ask.to(WHERE[at])) title=(says(step)) { (step.name) }
                    span.unseen { ", " (says(step)) }
                }
            } }
            @if let Some(step) = now.map(|it| &standing.steps[it]) {
                p.soft { (step.name) " is next: " (words::with_days(&step.says)) "." }
            }
        }
    }
}

/// The way in for an organization that has just begun.
fn begin(ask: &Ask) -> Markup {
    html! {
        @if ask.may(Act::Import, On::Everything) {
            p.note { "You have just begun. " a href=(ask.to("/begin")) { "Bring your spreadsheets, or answer ten questions" } ": both fill the registers for you to look through." }
        }
    }
}
