//! What narrows a list down: a box for words, a menu for each filter, the columns to show. It is one
//! form that is read, so that every list has an address.

use domain::query::{Among, Column, Facet, Filter, Test};
use maud::{Markup, html};
use meta::FieldType;

use super::{Listing, label_of};
use crate::{Ask, words};

/// So many filters are shown before the others fold away.
const SHOWN: usize = 6;

/// So many values are in a menu; more are found by typing.
const MOST: usize = 120;

/// How a column is narrowed down.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// By choosing some of its values.
    Menu,
    /// From and to.
    Range(&'static str),
    /// By words in it.
    Words,
}

/// The form above the list, and below it what it holds on to now.
pub(super) fn form(ask: &Ask, listing: &Listing<'_>) -> Markup {
    let def = listing.def;
    let plural = words::small(def.plural);
    let action = ask.to(&format!("/{}", def.id));
    let filters: Vec<(Column, Markup)> =
        Column::filters(def).filter_map(|it| Some((it, menu(ask, listing, it)?))).collect();
    let is_used = |it: &Column| listing.query.filters.iter().any(|filter| filter.column == *it);
    let usual: Vec<&str> = Column::proposed(def).into_iter().map(Column::name).collect();
    let (first, more) = filters.split_at(filters.len().min(SHOWN));
    html! {
        form.filters method="get" action=(action) role="search" data-columns=(usual.join(",")) aria-label={ "Narrow down the " (plural) } {
            (kept(listing))
            span.box {
                input type="search" name="q" value=(listing.query.search) aria-label={ "Words in the " (plural) } placeholder={ "Search the " (plural) } data-key="/" autocomplete="off";
                button.btn.small { "Search" }
            }
            @for (_, menu) in first { (menu) }
            @if !more.is_empty() {
                details.more open[more.iter().any(|it| is_used(&it.0))] {
                    summary.chip { "More filters" }
                    div.row { @for (_, menu) in more { (menu) } }
                }
            }
            (among(listing)) (columns(listing))
        }
        (in_force(ask, listing))
    }
}

/// What the form must not forget although no field of it shows it.
fn kept(listing: &Listing<'_>) -> Markup {
    let is_shown = |name: &str| {
        let Some(name) = name.strip_prefix("f.") else { return name != "sort" };
        let (name, how) = name.split_once('.').unwrap_or((name, ""));
        let column = Column::filters(listing.def).find(|it| it.name() == name);
        column.is_some_and(|it| match way(it) {
            Way::Menu => matches!(how, "" | "is"),
            Way::Range(_) => matches!(how, "from" | "to"),
            Way::Words => how == "has",
        })
    };
    html! {
        @for (name, value) in listing.query.pairs().iter().filter(|it| !is_shown(&it.0)) {
            input type="hidden" name=(name) value=(value);
        }
        @if let Some(view) = &listing.view { input type="hidden" name="view" value=(view); }
    }
}

/// The menu of one filter; `None` where there is nothing to choose.
fn menu(ask: &Ask, listing: &Listing<'_>, column: Column) -> Option<Markup> {
    let used = listing.query.filters.iter().filter(|it| it.column == column).count();
    let name = format!("f.{}", column.name());
    let inside = match way(column) {
        Way::Menu => {
            let facets = listing.query.facets(&listing.asker, column);
            if facets.iter().all(|it| it.value.is_none()) && used == 0 {
                return None;
            }
            values(listing, column, &name, &facets)
        }
        Way::Range(kind) => {
            let typed = |how: &str| {
                let name = format!("{name}.{how}");
                ask.query.get(&name).unwrap_or_default().to_owned()
            };
            html! {
                label { "From" input type=(kind) name={ (name) ".from" } value=(typed("from")); }
                label { "To" input type=(kind) name={ (name) ".to" } value=(typed("to")); }
            }
        }
        Way::Words => {
            let typed = ask.query.get(&format!("{name}.has")).unwrap_or_default();
            html! { label { "Says" input type="text" name={ (name) ".has" } value=(typed); } }
        }
    };
    Some(html! {
        details.drop.menu name="menu" {
            summary.chip aria-current=[(used > 0).then_some("true")] { (column.label()) }
            div.sheet {
                p.help { (crate::problem::quoted(column.help())) }
                (inside)
                button.btn.go { "Show" }
            }
        }
    })
}

/// The values to choose from, with their numbers; those chosen are there even where they have none.
fn values(listing: &Listing<'_>, column: Column, name: &str, facets: &[Facet]) -> Markup {
    let chosen = chosen(listing, column);
    let lost: Vec<&String> = chosen
        .iter()
        .filter(|it| !facets.iter().take(MOST).any(|facet| facet.value.as_ref() == Some(*it)))
        .collect();
    let wants_none =
        listing.query.filters.iter().any(|it| it.column == column && it.test == Test::Empty);
    let none = facets.iter().find(|it| it.value.is_none());
    html! {
        ul.values {
            @for value in lost { li { label { input type="checkbox" name=(name) value=(value) checked; span { (value) } } } }
            @for facet in facets.iter().take(MOST) { @if let Some(value) = &facet.value {
                li { label {
                    input type="checkbox" name=(name) value=(value) checked[chosen.contains(value)];
                    span { (facet.label) } span.ref { (facet.count) }
                } }
            } }
            @if none.is_some() || wants_none { li { label {
                input type="checkbox" name={ (name) ".is" } value="none" checked[wants_none];
                span.soft { "nothing there" } span.ref { (none.map_or(0, |it| it.count)) }
            } } }
        }
        @if facets.len() > MOST { p.soft { "and " (facets.len() - MOST) " more: search for their names" } }
    }
}

fn chosen(listing: &Listing<'_>, column: Column) -> Vec<String> {
    let filters = listing.query.filters.iter().filter(|it| it.column == column);
    let values = filters.filter_map(|it| match &it.test {
        Test::Any(values) => Some(values),
        _ => None,
    });
    values.flatten().map(ToString::to_string).collect()
}

/// Whether records count that are over or withdrawn.
fn among(listing: &Listing<'_>) -> Markup {
    let options = [
        (Among::Live, "live", "What counts now"),
        (Among::Ended, "ended", "Also what is over"),
        (Among::All, "all", "Also what is withdrawn"),
    ];
    let is_used = listing.query.among != Among::Live;
    html! {
        details.drop.menu name="menu" {
            summary.chip aria-current=[is_used.then_some("true")] { "Also show" }
            div.sheet {
                ul.values { @for (among, value, label) in options {
                    li { label { input type="radio" name="with" value=(value) checked[listing.query.among == among]; span { (label) } } }
                } }
                button.btn.go { "Show" }
            }
        }
    }
}

/// The columns to show: those that are shown first, in their order.
fn columns(listing: &Listing<'_>) -> Markup {
    let shown = listing.query.shown();
    let others: Vec<Column> = Column::all(listing.def)
        .filter(|it| !shown.contains(it) && !matches!(it, Column::Mine))
        .collect();
    let line = |it: &Column, checked: bool| {
        html! { li { label title=(it.help()) { input type="checkbox" name="columns" value=(it.name()) checked[checked]; span { (it.label()) } } } }
    };
    html! {
        details.drop.menu.push name="menu" {
            summary.chip { "Columns" }
            div.sheet {
                ul.values { @for it in &shown { (line(it, true)) } @for it in &others { (line(it, false)) } }
                button.btn.go { "Show" }
            }
        }
    }
}

/// What narrows the list down now, each with the way to let go of it.
fn in_force(ask: &Ask, listing: &Listing<'_>) -> Markup {
    let query = &listing.query;
    let pairs: Vec<(String, String)> =
        query.pairs().into_iter().filter(|it| it.0 == "q" || it.0.starts_with("f.")).collect();
    let (all, clear) = (ask.to(&format!("/{}?view=", listing.def.id)), !pairs.is_empty());
    html! {
        @if clear {
            p.row.in-force {
                @for (name, value) in &pairs {
                    @let said = said(listing, name, value);
                    a.chip href=(listing.address_without(ask, name, value)) aria-label={ "Without " (said) } { (said) span aria-hidden="true" { "×" } }
                }
                a href=(all) { "Show all" }
            }
        }
    }
}

/// `Owner: Head of IT`, `Due from 2026-03-31`.
fn said(listing: &Listing<'_>, name: &str, value: &str) -> String {
    let Some(path) = name.strip_prefix("f.") else { return format!("“{value}”") };
    let (_, how) = path.split_once('.').unwrap_or((path, ""));
    let label = label_of(listing.def, name);
    let of_filter = |it: &&Filter| it.column.name() == path.split('.').next().unwrap_or_default();
    let column = listing.query.filters.iter().find(of_filter).map(|it| it.column);
    let shown = || {
        let facets = column.filter(|it| way(*it) == Way::Menu);
        let facets = facets.map(|it| listing.query.facets(&listing.asker, it));
        let named = facets.iter().flat_map(|it| it.iter());
        let mut named = named.filter(|it| it.value.as_deref() == Some(value));
        named.next().map_or_else(|| value.to_owned(), |it| it.label.clone())
    };
    match (how, value) {
        ("", _) => format!("{label}: {}", shown()),
        ("is", "none") => format!("{label}: nothing there"),
        ("is", _) => format!("{label}: something there"),
        ("not", _) => format!("{label}: not {}", shown()),
        ("has", _) => format!("{label} says “{value}”"),
        (how, _) => format!("{label} {how} {value}"),
    }
}

fn way(column: Column) -> Way {
    match column {
        Column::Field(_, field) => match field.ty {
            FieldType::Day | FieldType::Instant => Way::Range("date"),
            FieldType::Integer | FieldType::Decimal => Way::Range("number"),
            FieldType::Period => Way::Range("text"),
            FieldType::Bool
            | FieldType::Choice(_)
            | FieldType::Choices(_)
            | FieldType::Words
            | FieldType::Link(_)
            | FieldType::Links(_) => Way::Menu,
            FieldType::Text
            | FieldType::Markdown
            | FieldType::File
            | FieldType::Rating
            | FieldType::Rows(_) => Way::Words,
        },
        Column::External => Way::Words,
        Column::Number | Column::Version => Way::Range("number"),
        Column::Created | Column::Changed => Way::Range("date"),
        Column::Computed(_) | Column::Stage | Column::Tags | Column::Provenance | Column::Mine => {
            Way::Menu
        }
    }
}
