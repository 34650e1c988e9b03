//! The reference of the API, for people: from the same table and definitions that answer programs.

mod example;

use domain::columns;
use ledger::EVENT_KIND;
use maud::{Markup, html};
use meta::{FieldDef, FieldType, KindDef, Need};

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    api::{
        CHAPTERS, Endpoint, Is, Parameter, TABLES, Takes,
        openapi::{INTRODUCTION, component, is_expanded},
    },
    problem::sentence_of,
    routes::{Needs, Route, get},
    words,
};

/// The routes of the reference.
pub(crate) const ROUTES: &[Route] =
    &[get("/api", Needs::Nothing, show), get("/api/kind/{kind}", Needs::Nothing, kind)];

/// The statuses of faults, and when each comes.
const FAULTS: [(u16, &str); 14] = [
    (400, "A parameter or the form of the body makes no sense."),
    (401, "No token was shown, or one that opens nothing."),
    (403, "Not yours to do, or not what the token is for."),
    (404, "Nothing is there, or it is not open to you."),
    (405, "The path knows other methods only: see `Allow`."),
    (409, "It is there already, others still link to it, or it was changed again since."),
    (412, "The version you have seen is not the present one, which `current` and `ETag` name."),
    (413, "More was sent than is taken."),
    (415, "The body is not of the media type that is taken."),
    (422, "The body can be read, and something in it is wrong: `errors` says where."),
    (428, "`If-Match` is missing."),
    (
        429,
        "Your token has too much under way, or your address showed too many tokens that open \
           nothing: ask again after `Retry-After` seconds.",
    ),
    (
        503,
        "Not just now: the entry named in `Muniment-Position` is not known here yet, or the \
           database does not answer. Ask again.",
    ),
    (507, "There is no room left to write this; nothing was changed."),
];

fn show(ask: &Ask) -> Result<Answer, Problem> {
    let body = html! {
        header {
            h1 { "The API" }
            p.lead { "For programs that read and write what the pages show." }
        }
        p.row { a.btn href="/account/tokens" { "Make a token" } a.btn href="/api/v1/openapi.json" { "OpenAPI description" } }
        nav.filters aria-label="On this page" {
            @for (at, chapter) in CHAPTERS.iter().enumerate() { a.chip href={ "#chapter-" (at) } { (chapter) } }
            a.chip href="#kinds" { "Kinds" } a.chip href="#faults" { "Faults" }
        }
        section.card { h2 { "In short" } (words::markdown(INTRODUCTION)) }
        @for (at, (chapter, table)) in CHAPTERS.iter().zip(TABLES).enumerate() {
            section id={ "chapter-" (at) } {
                h2 { (chapter) }
                @for endpoint in *table { (one(ask, endpoint, None)) }
            }
        }
        section #kinds {
            h2 { "Kinds of records" }
            p { "Each has the same routes, and fields of its own." }
            div.scroll { table.list {
                thead { tr { th scope="col" { "Kind" } th scope="col" { "In paths" } th scope="col" { "What it is" } } }
                tbody { @for def in kinds::KINDS { tr {
                    td { a href={ "/api/kind/" (def.id) } { (def.plural) } }
                    td { code { (def.id) } }
                    td { (first_sentence(def.help)) }
                } } }
            } }
        }
        section #faults {
            h2 { "Faults" }
            div.scroll { table.list {
                thead { tr { th scope="col" { "Status" } th scope="col" { "When" } } }
                tbody { @for (status, when) in FAULTS { tr { td id={ "problem-" (status) } { (status) } td { (words::markdown(when)) } } } }
            } }
        }
    };
    Ok(Page::new("The API", body).wide().into())
}

fn kind(ask: &Ask) -> Result<Answer, Problem> {
    let def = ask.kind()?;
    let computed = columns::columns(def.id);
    let expanded = TABLES.iter().flat_map(|it| it.iter()).filter(|it| is_expanded(it));
    let written = expanded.filter(|it| def.id != EVENT_KIND || matches!(it.takes, Takes::Nothing));
    let body = html! {
        header { h1 { (def.plural) } p.lead { (first_sentence(def.help)) } }
        dl.facts {
            dt { "In paths" } dd { code { (def.id) } }
            dt { "Numbers" } dd { code { (def.prefix) "-1" } }
            dt { "In the description" } dd { code { (component(def)) } }
            dt { "Clause" } dd { (def.clause) }
            @if def.sole { dt { "How many" } dd { "one in an organization" } }
        }
        section {
            h2 { "Fields" }
            div.scroll { table.list.broad {
                thead { tr { th scope="col" { "Field" } th scope="col" { "Is" } th scope="col" { "Must be there" } th scope="col" { "What it says" } } }
                tbody { @for field in def.fields { (field_row(def, field)) } }
            } }
        }
        @if !computed.is_empty() {
            section {
                h2 { "Computed" }
                div.scroll { table.list {
                    thead { tr { th scope="col" { "Name" } th scope="col" { "What it says" } } }
                    tbody { @for it in computed { tr { td { code { (it.name) } } td { (it.help) } } } }
                } }
            }
        }
        section {
            h2 { "Stages" }
            div.scroll { table.list {
                thead { tr { th scope="col" { "Stage" } th scope="col" { "Means" } th scope="col" { "From here to" } } }
                tbody { @for it in def.stages { tr {
                    td { code { (it.id) } }
                    td { (it.help) @if it.edition { " Reached by publishing." } @if it.reason { " Needs a reason." } }
                    td { (it.next.join(", ")) }
                } } }
            } }
        }
        section {
            h2 { "Routes" }
            @for endpoint in written { (one(ask, endpoint, Some(def))) }
        }
    };
    Ok(Page::new(def.plural, body).wide().below("The API", "/api").into())
}

/// One thing that can be asked for.
fn one(ask: &Ask, endpoint: &Endpoint, kind: Option<&'static KindDef>) -> Markup {
    let path = match kind {
        Some(def) => endpoint.path.replace("{kind}", def.id),
        None => endpoint.path.to_owned(),
    };
    html! {
        details.fold.card {
            summary { code { (endpoint.method) " " (path) } " " span.soft { (sentence_of(&plain(endpoint.says))) } }
            (words::markdown(endpoint.says))
            p.soft { @if endpoint.needs == Needs::Nothing { "Open to everybody." } @else { "Token with the scope " code { (endpoint.scope.id()) } "." } }
            @if !endpoint.query.is_empty() {
                h4 { "Parameters" }
                div.scroll { table.list {
                    thead { tr { th scope="col" { "Name" } th scope="col" { "Is" } th scope="col" { "What it does" } } }
                    tbody { @for it in endpoint.query { (parameter(it)) } }
                } }
            }
            h4 { "Example" }
            pre.mono tabindex="0" { (example::curl(&ask.site.settings.origin, endpoint, kind)) }
        }
    }
}

fn parameter(it: &Parameter) -> Markup {
    let is = match it.is {
        Is::Text | Is::Filter => "text".to_owned(),
        Is::Number(least, most) => format!("{least} to {most}"),
        Is::One(options) => options.join(", "),
        Is::Truth => "true, false".to_owned(),
        Is::Point => "a day or an entry".to_owned(),
        Is::Sort => "a column".to_owned(),
    };
    html! { tr {
        td { code { (it.name) @if it.is == Is::Filter { "…" } } @if it.needed { " (needed)" } }
        td { (is) }
        td { (words::markdown(it.help)) }
    } }
}

fn field_row(def: &KindDef, field: &FieldDef) -> Markup {
    let hand = domain::is_written_by_hand(def, field.name);
    html! { tr {
        td { code { (field.name) } span.why { (field.label) } }
        td { (shape(&field.ty)) }
        td {
            @match field.need {
                Need::Create => { "always" }
                Need::Leave => { "to leave the first stage" }
                Need::Optional => { "no" }
            }
            @if !hand { span.why { "comes about by deciding" } }
        }
        td {
            (words::markdown(field.help))
            @if let FieldType::Choice(options) | FieldType::Choices(options) = field.ty {
                details.fold { summary { "Options" } ul.prose { @for it in options { li { code { (it.id) } " " (it.label) } } } }
            }
            @if let FieldType::Rows(def) = field.ty {
                details.fold { summary { "Columns" } ul.prose { @for it in def.fields { li { code { (it.name) } " (" (shape(&it.ty)) ") " (first_sentence(it.help)) } } } }
            }
        }
    } }
}

/// What a field is, in JSON.
fn shape(ty: &FieldType) -> String {
    let records = |kinds: &[&str]| match kinds {
        [] => "a record of any kind".to_owned(),
        kinds => {
            let names = kinds.iter().filter_map(|it| kinds::kind(it));
            let names: Vec<String> = names.map(|it| it.label.to_lowercase()).collect();
            names.join(" or ")
        }
    };
    match ty {
        FieldType::Text => "text".to_owned(),
        FieldType::Markdown => "text in Markdown".to_owned(),
        FieldType::Bool => "true or false".to_owned(),
        FieldType::Integer => "whole number".to_owned(),
        FieldType::Decimal => "decimal number as text".to_owned(),
        FieldType::Day => "day: 2026-03-31".to_owned(),
        FieldType::Instant => "moment: 2026-03-31T14:00:00Z".to_owned(),
        FieldType::Period => "length of time: P3M".to_owned(),
        FieldType::Choice(_) => "one option".to_owned(),
        FieldType::Choices(_) => "list of options".to_owned(),
        FieldType::Words => "list of texts".to_owned(),
        FieldType::Link(kinds) => format!("link: {}", records(kinds)),
        FieldType::Links(kinds) => format!("list of links: {}", records(kinds)),
        FieldType::File => "file".to_owned(),
        FieldType::Rating => "rating".to_owned(),
        FieldType::Rows(_) => "list of rows".to_owned(),
    }
}

fn first_sentence(text: &str) -> &str {
    text.split_once(". ").map_or(text, |it| &text[..it.0.len() + 1])
}

/// The first sentence, without marks.
fn plain(text: &str) -> String {
    first_sentence(text).replace('`', "")
}
