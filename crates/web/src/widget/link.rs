//! Links to records: a text input that takes a number or a title; a script makes it search.

use domain::{
    access::Sight,
    resolve::{self, Unresolved},
    text,
};
use maud::{Markup, html};
use meta::{Id, Link};

use super::{Slot, inputs, rows::MORE};
use crate::{Ask, form::Form};

/// No record is called by more bytes than this.
const LONGEST: usize = 8_000;

/// One record.
pub(super) fn one(ask: &Ask, slot: &Slot<'_>, kinds: &[&str], value: &str) -> Markup {
    picker(ask, slot, kinds, value, (true, true))
}

/// Several records: those there are, and room for another; a script or a button makes room for
/// any number.
pub(super) fn many(ask: &Ask, slot: &Slot<'_>, kinds: &[&str], form: &Form) -> Markup {
    let name = slot.name;
    let values = form.all(name).filter(|it| !it.trim().is_empty());
    let room = if form.get(MORE) == Some(name) { 6 } else { 1 };
    html! {
        more-rows.links data-name=(name) {
            @for (at, value) in values.chain(std::iter::repeat_n("", room)).enumerate() {
                div.one { (picker(ask, slot, kinds, value, (at == 0, at == 0 && slot.described.is_none()))) }
            }
            button.btn.small.more name=(MORE) value=(name) formnovalidate { "More" }
        }
    }
}

/// One input; `first` has the id of the field, `labeled` a label of its own.
fn picker(
    ask: &Ask,
    slot: &Slot<'_>,
    kinds: &[&str],
    value: &str,
    (first, labeled): (bool, bool),
) -> Markup {
    let hint = inputs::hint(kinds);
    html! {
        pick-record data-from=(ask.to("/pick")) data-kinds=(kinds.join(",")) {
            input type="text" id=[first.then_some(slot.name)] name=(slot.name) value=(value) placeholder=(hint)
                aria-label=[(!labeled).then_some(&hint)]
                aria-describedby=[slot.described.as_deref()] aria-invalid=[slot.wrong.then_some("true")] autocomplete="off";
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
    if typed.len() > LONGEST {
        return Err(Unresolved::Unknown);
    }
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
