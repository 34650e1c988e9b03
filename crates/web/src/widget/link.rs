//! Links to records: a text input that takes a number or a title; a script makes it search.

use domain::{
    access::Sight,
    resolve::{self, Unresolved},
    text,
};
use maud::{Markup, html};
use meta::{Id, Link};

use crate::{Ask, form::Form};

/// One record.
pub(super) fn one(ask: &Ask, name: &str, kinds: &[&str], value: &str) -> Markup {
    picker(ask, name, Some(name), kinds, value)
}

/// Several records: those there are, and room for two more; a script makes room for any number.
pub(super) fn many(ask: &Ask, name: &str, kinds: &[&str], form: &Form) -> Markup {
    let values = form.all(name).filter(|it| !it.trim().is_empty());
    html! {
        more-rows.rowset {
            @for (at, value) in values.chain(["", ""]).enumerate() {
                (picker(ask, name, (at == 0).then_some(name), kinds, value))
            }
        }
    }
}

fn picker(ask: &Ask, name: &str, id: Option<&str>, kinds: &[&str], value: &str) -> Markup {
    let labels: Vec<String> =
        kinds.iter().filter_map(|it| kinds::kind(it)).map(|it| it.label.to_lowercase()).collect();
    let what = if labels.is_empty() { "record".to_owned() } else { labels.join(" or ") };
    let hint = format!("Number or name of {}", text::a(&what));
    html! {
        pick-record data-from=(ask.to("/pick")) data-kinds=(kinds.join(",")) {
            input type="text" id=[id] name=(name) value=(value) placeholder=(hint) aria-label=[id.is_none().then_some(&hint)] autocomplete="off";
        }
    }
}

/// A link as it stands in an input: number and title.
pub(super) fn shown(sight: &Sight<'_>, link: Link) -> String {
    match (sight.get(link.id), link.edition) {
        (Some(record), None) => text::called(record),
        (Some(record), Some(edition)) => {
            format!("{}@{edition} {}", record.name(), record.title())
        }
        (None, _) => link.to_string(),
    }
}

/// The record that a typed text means, among those that may be seen.
///
/// # Errors
/// Why it means none.
pub(crate) fn pick(sight: &Sight<'_>, kinds: &[&str], typed: &str) -> Result<Link, Unresolved> {
    let typed = typed.trim();
    let isms = sight.view.isms;
    let first = typed.split_whitespace().next().unwrap_or_default();
    let found = match resolve::resolve(isms, kinds, typed) {
        Ok(link) => Ok(link),
        Err(why) => match resolve::by_name(isms, kinds, first) {
            Some(link) => Ok(link),
            // A control stands there with its reference in front.
            None => match resolve::resolve(isms, kinds, first) {
                Ok(link) if first.contains('.') => Ok(link),
                _ => Err(why),
            },
        },
    };
    let sees = |id: &Id| sight.get(*id).is_some();
    match found {
        Ok(link) if sees(&link.id) => Ok(link),
        Ok(_) => Err(Unresolved::Unknown),
        Err(Unresolved::Ambiguous(ids)) => {
            let mut ids: Vec<Id> = ids.into_iter().filter(sees).collect();
            match ids.len() {
                0 => Err(Unresolved::Unknown),
                1 => Ok(Link::to(ids.remove(0))),
                _ => Err(Unresolved::Ambiguous(ids)),
            }
        }
        Err(why) => Err(why),
    }
}
