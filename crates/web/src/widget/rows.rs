//! Rows inside a record: the cells of each row are fields named by the row's place.

use std::collections::BTreeSet;

use maud::{Markup, html};
use meta::RowDef;

use super::{Slot, grid, inputs};
use crate::{Ask, form::Form};

/// No form of ours holds more rows than this in one field.
pub(super) const MOST: usize = 2_000;

/// The field of a form that asks for more room, and says where.
pub(crate) const MORE: &str = "more";

/// The rows there are, and an empty one to fill; a script or a button makes room for more.
pub(super) fn input(ask: &Ask, name: &str, def: &RowDef, form: &Form) -> Markup {
    if let Some(grid) = Some(def).filter(|it| grid::is_of(it)).and_then(|_| grid::input(name, form))
    {
        return grid;
    }
    let filled: Vec<u64> =
        places(name, form).into_iter().filter(|at| is_filled(name, *at, form)).collect();
    let next = filled.last().map_or(0, |it| it.saturating_add(1));
    let room = if form.get(MORE) == Some(name) { 4 } else { 1 };
    let rows = filled.iter().copied().chain((0..room).map(|it| next.saturating_add(it)));
    html! {
        more-rows.rowset data-name=(name) {
            @for (shown, at) in rows.enumerate() {
                div.one role="group" aria-label={ "Row " (shown + 1) } {
                    @for field in def.fields {
                        @let cell = format!("{name}.{at}.{}", field.name);
                        @let slot = Slot { name: &cell, described: None, wrong: false };
                        div.field title=(field.help) {
                            label for=(cell) { (field.label) }
                            (inputs::input(ask, &field.ty, &slot, form))
                        }
                    }
                }
            }
            button.btn.small.more name=(MORE) value=(name) formnovalidate { "More rows" }
        }
        p.help { "Empty a row to take it out." }
    }
}

/// The places of the rows that a form holds under this name, in their order.
pub(super) fn places(name: &str, form: &Form) -> BTreeSet<u64> {
    let named = form.pairs().filter_map(|(it, _)| {
        let rest = it.strip_prefix(name)?.strip_prefix('.')?;
        rest.split_once('.')?.0.parse().ok()
    });
    named.collect()
}

/// Whether anything stands in a row.
fn is_filled(name: &str, at: u64, form: &Form) -> bool {
    let start = format!("{name}.{at}.");
    form.pairs().any(|(it, value)| it.starts_with(&start) && !value.trim().is_empty())
}
