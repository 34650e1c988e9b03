//! Settings of an organization: who may do what, how people sign in, where the records lie.

mod access;
mod account;
mod factor;
mod facts;
mod hooks;
pub(crate) mod invite;
mod notifications;
mod people;
mod person;
mod sign_in;
mod tokens;

use domain::access::{Act, On};
use maud::{Markup, html};

use crate::{
    Answer, Ask,
    answer::Page,
    routes::{Needs, Route, get, post},
};

/// Who has access is asked for by auditors too.
const ASKS: Needs = Needs::May(Act::SeeEverything);
const SEES: Needs = Needs::May(Act::SeeSettings);
const MANAGES: Needs = Needs::May(Act::ManageAccess);

/// The routes of settings.
pub(crate) const ROUTES: &[Route] = &[
    get("/o/{place}/settings", ASKS, |ask| Ok(Answer::go(ask.to("/settings/people")))),
    get("/o/{place}/settings/people", ASKS, people::list),
    get("/o/{place}/settings/people/new", MANAGES, invite::new),
    post("/o/{place}/settings/people/new", MANAGES, invite::create),
    get("/o/{place}/settings/people/{number}", MANAGES, person::show),
    post("/o/{place}/settings/people/{number}/access", MANAGES, access::give),
    get("/o/{place}/settings/people/{number}/access/{member}", MANAGES, access::edit),
    post("/o/{place}/settings/people/{number}/access/{member}", MANAGES, access::change),
    post("/o/{place}/settings/people/{number}/access/{member}/end", MANAGES, access::end),
    post("/o/{place}/settings/people/{number}/invitation", MANAGES, invite::again),
    post("/o/{place}/settings/people/{number}/invitation/recall", MANAGES, invite::recall),
    post("/o/{place}/settings/people/{number}/account", MANAGES, account::act),
    get("/o/{place}/settings/sign-in", SEES, sign_in::show),
    post("/o/{place}/settings/sign-in", MANAGES, sign_in::change),
    get("/o/{place}/settings/notifications", SEES, notifications::show),
    post("/o/{place}/settings/notifications/test", MANAGES, notifications::test),
    post("/o/{place}/settings/notifications/letter", MANAGES, notifications::again),
    get("/o/{place}/settings/webhooks", MANAGES, hooks::list),
    post("/o/{place}/settings/webhooks", MANAGES, hooks::create),
    get("/o/{place}/settings/webhooks/{hook}", MANAGES, hooks::show),
    post("/o/{place}/settings/webhooks/{hook}", MANAGES, hooks::act),
    get("/o/{place}/settings/storage", SEES, facts::storage),
    get("/o/{place}/settings/tokens", SEES, tokens::list),
    post("/o/{place}/settings/tokens/{token}/revocation", MANAGES, tokens::revoke),
    get("/o/{place}/settings/about", SEES, facts::about),
];

/// The pages of settings: path, label, and what it takes to see them.
const TABS: [(&str, &str, Act); 7] = [
    ("/settings/people", "People and access", Act::SeeEverything),
    ("/settings/sign-in", "Sign-in", Act::SeeSettings),
    ("/settings/notifications", "Notifications", Act::SeeSettings),
    ("/settings/webhooks", "Webhooks", Act::ManageAccess),
    ("/settings/storage", "Storage", Act::SeeSettings),
    ("/settings/tokens", "Tokens", Act::SeeSettings),
    ("/settings/about", "About", Act::SeeSettings),
];

/// A page of settings with the way to the others.
fn page(ask: &Ask, path: &str, body: &Markup) -> Page {
    let label = TABS.iter().find(|it| it.0 == path).map_or("Settings", |it| it.1);
    let tabs = TABS.iter().filter(|it| ask.may(it.2, On::Everything));
    let body = html! {
        header { h1 { (label) } }
        nav.filters aria-label="Settings" {
            @for (to, label, _) in tabs { a.chip href=(ask.to(to)) aria-current=[(*to == path).then_some("page")] { (label) } }
        }
        (body)
    };
    Page::new(label, body).at("/settings").below("Settings", ask.to("/settings"))
}
