//! The organizations that somebody belongs to.

use maud::html;

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    routes::{Needs, Route, get},
};

/// The routes of organizations.
pub(crate) const ROUTES: &[Route] =
    &[get("/", Needs::Account, enter), get("/organizations", Needs::Account, list)];

/// The only organization, else the list of them.
fn enter(ask: &Ask) -> Result<Answer, Problem> {
    let mine = mine(ask)?;
    Ok(Answer::go(match mine.as_slice() {
        [only] => format!("/o/{only}"),
        _ => "/organizations".to_owned(),
    }))
}

fn list(ask: &Ask) -> Result<Answer, Problem> {
    let mine = mine(ask)?;
    let body = html! {
        header { h1 { "Your organizations" } }
        @if mine.is_empty() { div.empty { p { "You do not belong to any organization here yet." } } }
        ul.timeline { @for slug in &mine { li { a.to href={ "/o/" (slug) } { (slug) } } } }
    };
    Ok(Page::new("Your organizations", body).into())
}

/// The short names of the organizations that whoever asks belongs to.
fn mine(ask: &Ask) -> Result<Vec<String>, Problem> {
    let belongings = ask.site.app.accounts().belongings(ask.signed()?.account.id)?;
    let known = ask.site.app.organizations()?;
    let is_mine = |id| belongings.iter().any(|it| it.organization == id);
    Ok(known.into_iter().filter(|it| is_mine(it.organization)).map(|it| it.slug).collect())
}
