//! Home: where the organization stands.

use maud::html;

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    routes::{Needs, Route, get},
};

/// The routes of home.
pub(crate) const ROUTES: &[Route] = &[get("/o/{place}", Needs::Member, show)];

fn show(ask: &Ask) -> Result<Answer, Problem> {
    let report = ask.verdicts();
    let body = html! {
        header { h1 { "Home" } p.lead { "Entry " (report.position) } }
    };
    Ok(Page::new("Home", body).at("/").into())
}
