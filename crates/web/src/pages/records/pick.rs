//! Records that a typed text may mean, for pickers.

use domain::{query::Asker, search, text};
use maud::html;
use meta::Record;

use crate::{Answer, Ask, Problem, ask::Sees};

/// At most so many are offered.
const MOST: usize = 12;

/// A short list of records that somebody may mean; with nothing typed the newest.
pub(super) fn pick(ask: &Ask) -> Result<Answer, Problem> {
    let sight = ask.sight();
    let wanted: Vec<&str> = match ask.query.said("kinds") {
        None => kinds::KINDS.iter().map(|it| it.id).collect(),
        Some(named) => named.split(',').filter_map(kinds::kind).map(|it| it.id).collect(),
    };
    let typed = ask.query.get("q").unwrap_or_default();
    // What stands in the field is the number and the title.
    let named = typed.split_whitespace().next().filter(|it| it.contains('-'));
    let sees: Option<Sees<'_>> =
        Some(Box::new(|it| wanted.contains(&it.def().id) && !it.head.withdrawn && sight.sees(it)));
    let asker = Asker { reads: Some(sight), ..ask.asker(&sees) };
    let mut found: Vec<&Record> = search::jump(&asker, typed, MOST)
        .iter()
        .filter_map(|it| sight.get(it.record.head.id))
        .collect();
    if found.is_empty()
        && let Some(named) = named
    {
        let hits = search::jump(&asker, named, MOST);
        found = hits.iter().filter_map(|it| sight.get(it.record.head.id)).collect();
    }
    if typed.trim().is_empty() {
        let newest =
            wanted.iter().flat_map(|it| sight.rows(it).rev().filter(|it| it.is_live()).take(MOST));
        found = newest.take(MOST).collect();
    }
    let part = html! {
        @for record in found {
            li role="option" data-value=(text::called(record)) data-title=(record.title()) { span.ref { (record.name()) } " " (record.title()) }
        }
    };
    Ok(Answer::Part(part))
}
