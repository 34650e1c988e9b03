//! The list of a kind: what is asked for in its address, as a table.

mod bulk;
mod empty;
mod export;
mod listing;
mod marks;
mod registers;
mod sift;
mod table;
mod views;

use axum::http::StatusCode;
use domain::access::{Act, On};
use maud::{Markup, html};
use meta::KindDef;

use self::listing::Listing;
pub(crate) use self::listing::reads_editions;
pub(crate) use self::marks::Marks;
pub(super) use self::{bulk::act, export::export, registers::registers, views::change};
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    form::Form,
    problem::{quoted, sentence_of},
    words,
};

/// So many records are on a page.
const PAGE: usize = 50;

/// The records of a kind.
pub(super) fn list(ask: &Ask) -> Result<Answer, Problem> {
    let def = ask.kind()?;
    if def.sole
        && let Some(record) = ask.sight().rows(def.id).find(|it| it.is_live())
    {
        return Ok(Answer::go(ask.to_record(record)));
    }
    if let Some(to) = views::opening(ask, def)? {
        return Ok(Answer::go(to));
    }
    page(ask, &ask.query, None)
}

/// What of a list was refused, and why: said where it was sent from.
enum Refused {
    /// An act on many records.
    Bulk(&'static str),
    /// A saved view.
    View(String),
}

/// The list that an address asks for.
fn page(ask: &Ask, asked: &Form, refused: Option<&Refused>) -> Result<Answer, Problem> {
    let def = ask.kind()?;
    let sees = ask.sees();
    let listing = Listing::read(ask, def, asked, ask.asker(&sees));
    let body = html! {
        (heading(ask, &listing))
        @if listing.nothing_at_all() {
            (empty::register(ask, def))
        } @else {
            (troubles(&listing))
            (views::chips(ask, &listing, refused)?)
            (sift::form(ask, &listing))
            @if listing.rows.is_empty() { section.card.flush { (empty::found_none(ask, &listing)) } }
            @else if bulk::is_offered(ask, def) && !listing.is_of_editions() {
                list-table { form.bulk method="post" action=(ask.to(&format!("/{}/bulk", def.id))) {
                    section.card.flush { (table::table(ask, &listing, true)) (paging(ask, &listing)) }
                    (bulk::bar(ask, &listing, refused))
                } }
            } @else {
                list-table { section.card.flush { (table::table(ask, &listing, false)) (paging(ask, &listing)) } }
            }
        }
    };
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(Page::new(def.plural, body).at(def.id).wide().with_status(status).into())
}

fn heading(ask: &Ask, listing: &Listing<'_>) -> Markup {
    let def = listing.def;
    let path = ask.to(&format!("/{}", def.id));
    html! {
        header.heading {
            div { h1 { (def.plural) } p.lead { (def.help) } }
            div.row.acts {
                (export::menu(ask, listing))
                @if ask.may(Act::Import, On::Kind(def)) { a.btn href=(ask.to(&format!("/import?kind={}", def.id))) { "Import" } }
                @if ask.may(Act::Create, On::Kind(def)) { a.btn.go href={ (path) "/new" } data-key="n" { "New" } }
            }
        }
    }
}

/// What of the address makes no sense; the rest of it was done.
fn troubles(listing: &Listing<'_>) -> Markup {
    html! {
        @if !listing.misread.is_empty() {
            div.note role="alert" { @for misread in &listing.misread {
                p.wrong { span { (label_of(listing.def, &misread.parameter)) ": " (sentence_of(&quoted(&domain::text::in_labels(listing.def, &misread.why)))) } }
            } }
        }
    }
}

/// What a parameter of the address is called on the page.
fn label_of(def: &'static KindDef, parameter: &str) -> String {
    let name = parameter.strip_prefix("f.").unwrap_or(parameter);
    let name = name.split('.').next().unwrap_or_default();
    match domain::query::Column::find(def, name) {
        Ok(column) => column.label().to_owned(),
        Err(_) => parameter.to_owned(),
    }
}

/// How many were found, and the way to the others.
fn paging(ask: &Ask, listing: &Listing<'_>) -> Markup {
    let (page, last) = (listing.page, listing.last_page());
    let first = (page - 1) * PAGE + 1;
    let end = (page * PAGE).min(listing.rows.len());
    let to = |page: usize| listing.address(ask, &[("page", &page.to_string())]);
    html! {
        nav.paging aria-label="Pages" {
            span.soft { (first) "–" (end) " of " (found(listing)) }
            @if last > 1 {
                span.row {
                    @if page > 1 { a.btn.small rel="prev" href=(to(page - 1)) { "Back" } }
                    span.soft { "page " (page) " of " (last) }
                    @if page < last { a.btn.small rel="next" href=(to(page + 1)) { "On" } }
                }
            }
        }
    }
}

/// `31 risks`.
fn found(listing: &Listing<'_>) -> String {
    let def = listing.def;
    words::count(listing.rows.len(), &words::small(def.label), &words::small(def.plural))
}
