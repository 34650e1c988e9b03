//! What stands above a page that is read alone: whose it is, of which day and which entry.

use maud::{Markup, html};

use crate::{Ask, words};

/// Organization, day and position in the ledger.
pub(crate) fn head(ask: &Ask) -> Markup {
    let slug = ask.here().organization.slug();
    html! {
        p.of-paper {
            strong { (words::organization(ask.isms(), slug)) }
            span { "as of " time datetime=(ask.day()) { (words::day(ask.day())) } }
            span { "entry " (ask.isms().position()) " of the ledger" }
        }
    }
}
