//! History: every commit of the ledger, what each did, the way back, and the proof of it all.

mod entry;
mod find;
mod proof;
mod undo;

use app::Outline;
use domain::access::{Act, On};
use maud::{Markup, html};
use meta::Record;

use self::find::{Found, Wanted};
pub(crate) use self::proof::bundled;
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    routes::{Needs, Route, get, post},
    words,
};

/// The routes of history.
pub(crate) const ROUTES: &[Route] = &[
    get("/o/{place}/history", Needs::May(Act::SeeHistory), list),
    post("/o/{place}/history/verify", Needs::May(Act::SeeHistory), proof::verify),
    get("/o/{place}/history/checkpoint", Needs::May(Act::SeeHistory), proof::checkpoint),
    get("/o/{place}/history/key", Needs::May(Act::SeeHistory), proof::key),
    get("/o/{place}/history/bundle", Needs::May(Act::Export), proof::bundle),
    get("/o/{place}/history/{seq}", Needs::May(Act::SeeHistory), entry::show),
    get("/o/{place}/history/{seq}/undo", Needs::Member, undo::preview),
    post("/o/{place}/history/{seq}/undo", Needs::Member, undo::undo),
];

fn list(ask: &Ask) -> Result<Answer, Problem> {
    let wanted = Wanted::read(ask)?;
    let Found { outlines, next } = wanted.find(ask)?;
    let zone = ask.zone();
    let newest = ask.isms().position();
    let body = html! {
        header {
            h1 { "History" }
            p.lead { "Everything that was ever done here, newest first: " (words::count(usize::try_from(newest).unwrap_or(usize::MAX), "entry", "entries")) ". Nothing in it can be changed unnoticed." }
        }
        (wanted.form(ask))
        @if outlines.is_empty() { p.empty { "No entry answers to this." @if let Some(next) = next { " " a href=(wanted.older(ask, next)) { "Look further back" } } } }
        @else {
            div.scroll { table.list.broad {
                thead { tr { th.num scope="col" { "Entry" } th scope="col" { "When" } th scope="col" { "Who" } th scope="col" { "What" } th scope="col" { "Why" } } }
                tbody { @for it in &outlines { tr {
                    td.num { a.to href=(ask.to(&format!("/history/{}", it.entry.seq))) { (it.entry.seq) } }
                    td.day { time datetime=(it.at) { (it.at.to_zoned(zone.clone()).strftime("%-d %b %Y, %H:%M")) } }
                    td.day { (words::person(&ask.sight(), it.actor)) }
                    td { (what(ask, it)) }
                    td { (why(ask, it)) }
                } } }
            } }
            @if let Some(next) = next { p { a.btn href=(wanted.older(ask, next)) rel="next" { "Older" } } }
        }
        (proof::card(ask))
    };
    Ok(Page::new("History", body).at("/history").wide().into())
}

/// Whether whoever asks may know of every kind that a commit touched.
fn is_open(ask: &Ask, it: &Outline) -> bool {
    it.tallies.iter().all(|it| sees_kind(ask, &it.kind))
}

fn sees_kind(ask: &Ask, kind: &str) -> bool {
    kinds::kind(kind).is_some_and(|it| ask.may(Act::See, On::Kind(it)))
}

/// Who made a commit, and by which way.
fn who(ask: &Ask, it: &Outline) -> Markup {
    let via = match it.entry.via.as_str() {
        "web" => "",
        "cli" => "on the command line",
        "api" => "through the API",
        "import" => "by an import",
        "job" => "by the program",
        other => match app::token_of(other) {
            Some(token) => return through(ask, it, token),
            None => other,
        },
    };
    html! { (words::person(&ask.sight(), it.actor)) @if !via.is_empty() { " " (via) } }
}

/// A program in somebody's name.
fn through(ask: &Ask, it: &Outline, token: meta::Id) -> Markup {
    let name = ask.site.app.accounts().token_name(token).ok().flatten();
    html! {
        (words::person(&ask.sight(), it.actor)) " through "
        @match name { Some(name) => { "the token “" (name) "”" } None => { "a token that is gone" } }
    }
}

/// The reason that was given, unless it may speak of what is not shown.
fn why(ask: &Ask, it: &Outline) -> Markup {
    let note = it.entry.note.as_ref().filter(|_| is_open(ask, it)).map(|it| it.text.as_str());
    html! { @if let Some(note) = note { (note) } @else { span.soft { "—" } } }
}

/// What a commit did, in a line: single records by name, many by number.
fn what(ask: &Ask, it: &Outline) -> Markup {
    let shown = it.tallies.iter().filter(|it| sees_kind(ask, &it.kind));
    let hidden = it.tallies.iter().any(|it| !sees_kind(ask, &it.kind));
    html! {
        @for (at, tally) in shown.enumerate() {
            @if at > 0 { ", " }
            @let (erased, made, withdrawn) = (tally.erased > 0, tally.made == tally.count, tally.withdrawn == tally.count);
            @let verb = if erased { "erased" } else if made { "made" } else if withdrawn { "withdrew" } else { "changed" };
            @if at == 0 || erased || made || withdrawn { (verb) " " }
            @match single(ask, tally) {
                Some(record) => { (words::record(ask, record)) }
                None => { (number(tally)) }
            }
        }
        @if hidden { @if it.tallies.len() > 1 { ", " } span.soft { "records that are not shown to you" } }
    }
}

fn single<'a>(ask: &'a Ask, tally: &app::Tally) -> Option<&'a Record> {
    let one = tally.count == 1;
    one.then(|| ask.sight().numbered(kinds::kind(&tally.kind)?.id, tally.number)).flatten()
}

fn number(tally: &app::Tally) -> String {
    let count = usize::try_from(tally.count).unwrap_or(usize::MAX);
    match kinds::kind(&tally.kind) {
        Some(def) => words::count(count, &def.label.to_lowercase(), &def.plural.to_lowercase()),
        None => words::count(count, "record", "records"),
    }
}
