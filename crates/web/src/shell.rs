//! What stands around every page: the menu, the bar with search and the day, what was just done.

mod menu;

use domain::access::{Act, On};
use jiff::Timestamp;
use maud::{DOCTYPE, Markup, html};

pub(crate) use self::menu::pages;
use crate::{
    Ask,
    answer::{Page, Said},
    assets, cookie, words,
};

/// A page in its shell.
pub(crate) fn whole(ask: &Ask, page: &Page) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (page.title) @if let Some(place) = &ask.place { " · " (words::organization(ask.isms(), place.organization.slug())) } " · Muniment" }
                link rel="icon" href=(assets::path("mark.svg")) type="image/svg+xml";
                link rel="stylesheet" href=(assets::path("look.css"));
                script type="module" src=(assets::path("muniment.js")) {}
            }
            @match &ask.place {
                Some(_) => { (inside(ask, page)) }
                None => { (outside(ask, page)) }
            }
        }
    }
}

/// The hidden field that every form carries.
pub(crate) fn token(ask: &Ask) -> Markup {
    html! { input type="hidden" name="token" value=(ask.form_token()); }
}

fn inside(ask: &Ask, page: &Page) -> Markup {
    html! {
        body class={ @if ask.is_past() { "past" } } data-base=(ask.base()) {
            a.skip href="#main" { "Skip to the page" }
            (menu::rail(ask, page.at))
            div.page {
                (bar(ask, page))
                @if ask.is_past() { (past(ask)) }
                @if let Some(since) = ask.site.app.cut_off() { (cut_off(since)) }
                (said(ask))
                main #main .wide[page.wide] { (page.body) }
            }
        }
    }
}

fn outside(ask: &Ask, page: &Page) -> Markup {
    html! {
        body.alone {
            a.skip href="#main" { "Skip to the page" }
            div.page {
                header.bar {
                    a.name href="/" { "Muniment" }
                    @if let Some(signed) = &ask.signed {
                        nav.who aria-label="Account" {
                            a href="/organizations" { "Organizations" }
                            a href="/account" { (signed.account.name) }
                            (sign_out(ask))
                        }
                    }
                }
                (said(ask))
                main #main .wide[page.wide] { (page.body) }
            }
        }
    }
}

fn bar(ask: &Ask, page: &Page) -> Markup {
    html! {
        header.bar {
            a.open-menu href="#menu" { "Menu" }
            nav.crumbs aria-label="Where you are" {
                @for (label, path) in &page.crumbs { a href=(path) { (label) } span aria-hidden="true" { "/" } }
                span aria-current="page" { (page.title) }
            }
            jump-box {
                form.search role="search" method="get" action=(ask.to("/jump")) {
                    input type="search" name="q" aria-label="Search or jump to" placeholder="Search or jump to…" autocomplete="off";
                    kbd { "Ctrl K" }
                }
            }
            (day(ask))
            (who(ask))
        }
    }
}

/// The control that turns every page to any day.
fn day(ask: &Ask) -> Markup {
    let sees = ask.may(Act::SeeEverything, On::Everything);
    html! {
        @if sees {
            details.asof.drop {
                summary { @if ask.is_past() { "As of " (words::day(ask.day())) } @else { "As of today" } }
                div.sheet {
                    form method="get" action=(ask.path) {
                        label for="as-of-day" { "Show everything as of the end of" }
                        input #as-of-day type="date" name="as_of" value=(ask.day()) max=(ask.site.clock.now().to_zoned(ask.zone()).date()) required;
                        button.btn.go { "Show that day" }
                    }
                    @if ask.is_past() {
                        form method="get" action=(ask.path) {
                            input type="hidden" name="as_of" value="today";
                            button.btn { "Back to today" }
                        }
                    }
                    p { a href=(ask.to("/compare")) { "Compare two days" } }
                }
            }
        }
    }
}

fn who(ask: &Ask) -> Markup {
    let Some(signed) = &ask.signed else { return html! {} };
    html! {
        details.who.drop {
            summary { (signed.account.name) }
            div.sheet {
                a href=(ask.to("/work")) { "My work" }
                a href="/account" { "My account" }
                a href="/organizations" { "Organizations" }
                (sign_out(ask))
            }
        }
    }
}

fn sign_out(ask: &Ask) -> Markup {
    html! {
        form method="post" action="/sign-out" { (token(ask)) button.plain { "Sign out" } }
    }
}

/// The past is not to be mistaken for today.
fn past(ask: &Ask) -> Markup {
    let position = ask.isms().position();
    let is_ahead = ask.day() > ask.site.clock.now().to_zoned(ask.zone()).date();
    html! {
        div.banner role="status" {
            strong { "You are looking at " (words::day(ask.day())) "." }
            @if is_ahead { span { " Nothing later than today is known: these are today’s records, by the dates of that day. Nothing can be changed here." } }
            @else { span { " Entry " (position) " of the ledger. Nothing can be changed here." } }
            form method="get" action=(ask.path) {
                input type="hidden" name="as_of" value="today";
                button.btn { "Back to today" }
            }
        }
    }
}

/// What is read may be old, and nothing can be changed.
fn cut_off(since: Timestamp) -> Markup {
    html! {
        div.banner role="status" {
            strong { "The database does not answer." }
            span { " This is what was known at " (since.strftime("%H:%M:%S UTC").to_string()) ". Nothing can be changed until it is back." }
        }
    }
}

/// What the last form did, once, with the way back.
fn said(ask: &Ask) -> Markup {
    let Some(said) = ask.cookie(cookie::said(ask.site.settings.secure)).and_then(Said::from_cookie)
    else {
        return html! {};
    };
    html! {
        div.said role="status" {
            span { (said.text) }
            @if let Some(entry) = said.entry && ask.place.is_some() && !ask.is_past() {
                form method="post" action=(ask.to(&format!("/history/{entry}/undo"))) {
                    (token(ask))
                    button.plain { "Undo" }
                }
            }
        }
    }
}
