//! Records that a typed text may mean, for pickers.

use domain::{resolve::fold, text};
use maud::html;

use crate::{Answer, Ask, Problem};

/// At most so many are offered.
const MOST: usize = 12;

/// A short list of records whose number or title holds what was typed.
pub(super) fn pick(ask: &Ask) -> Result<Answer, Problem> {
    let sight = ask.sight();
    let kinds = ask.query.said("kinds").unwrap_or_default();
    let needle = fold(ask.query.get("q").unwrap_or_default());
    let wanted = kinds.split(',').filter_map(kinds::kind);
    let all: Vec<&str> = match kinds {
        "" => kinds::KINDS.iter().map(|it| it.id).collect(),
        _ => wanted.map(|it| it.id).collect(),
    };
    let rows = all.iter().flat_map(|it| sight.rows(it)).filter(|it| it.is_live());
    let called = rows.map(|it| (fold(&text::called(it)), it));
    let mut found: Vec<_> = called.filter(|it| it.0.contains(&needle)).take(400).collect();
    found.sort_by_key(|(name, it)| (!fold(it.title()).starts_with(&needle), name.len()));
    let part = html! {
        @for (_, record) in found.iter().take(MOST) {
            li role="option" data-value=(text::called(record)) { span.ref { (record.name()) } " " (record.title()) }
        }
    };
    Ok(Answer::Part(part))
}
