//! Rows inside a record: the cells of each row are fields named by the row's place.

use maud::{Markup, html};
use meta::RowDef;

use super::inputs;
use crate::{Ask, form::Form};

/// The rows there are, and an empty one to fill; a script makes room for more.
pub(super) fn input(ask: &Ask, name: &str, def: &RowDef, form: &Form) -> Markup {
    let count = count(name, form);
    html! {
        more-rows.rowset {
            @for at in 0..=count {
                div.one role="group" aria-label={ "Row " (at + 1) } {
                    @for field in def.fields {
                        @let cell = format!("{name}.{at}.{}", field.name);
                        div.field title=(field.help) {
                            label for=(cell) { (field.label) }
                            (inputs::input(ask, &field.ty, &cell, form, ""))
                        }
                    }
                }
            }
        }
        p.help { "Empty a row to take it out." }
    }
}

/// How many rows a form holds under this name.
pub(super) fn count(name: &str, form: &Form) -> usize {
    let places = form.pairs().filter_map(|(it, _)| {
        let rest = it.strip_prefix(name)?.strip_prefix('.')?;
        rest.split('.').next()?.parse::<usize>().ok()
    });
    // No form of ours holds thousands of rows: more are not looked at.
    places.max().map_or(0, |it| it.saturating_add(1).min(2_000))
}
