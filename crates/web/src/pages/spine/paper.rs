//! What stands above a page that is read alone: whose it is, of which day and which entry.

use maud::{Markup, html};

use crate::{Ask, words};

/// Organization, day and position in the ledger.
pub(crate) fn head(ask: &Ask) -> Markup {
    let name = ask.isms().rows("organization").next().map(|it| it.title().to_owned());
    let name = name.filter(|it| !it.is_empty());
    let slug = ask.place().map(|it| it.organization.slug().to_owned()).unwrap_or_default();
    html! {
        p.of-paper {
            strong { (name.unwrap_or(slug)) }
            span { "as of " time datetime=(ask.day()) { (words::day(ask.day())) } }
            span { "entry " (ask.isms().position()) " of the ledger" }
        }
    }
}
