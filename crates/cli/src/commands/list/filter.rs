//! `--filter`: which records to list.

use domain::query::{Asker, Filter};
use meta::KindDef;

use crate::stop::refused;

/// The signs people type, and how a query calls them.
const SIGNS: [(&str, &str); 7] = [
    ("!=", "not"),
    ("<=", "to"),
    (">=", "from"),
    ("=", ""),
    ("~", "has"),
    ("<", "below"),
    (">", "above"),
];

/// Reads a condition.
///
/// # Errors
/// When it has no sign, or names no field, or a value that the field cannot hold.
pub fn parse(asker: &Asker<'_>, def: &'static KindDef, text: &str) -> anyhow::Result<Filter> {
    let at = text.find(['=', '!', '<', '>', '~']);
    let sign = at.and_then(|at| SIGNS.iter().find(|it| text[at..].starts_with(it.0)));
    let (Some(at), Some((sign, how))) = (at, sign) else {
        return Err(refused(format!(
            "`{text}` is no filter: write it like owner=\"Head of IT\" or due<2026-12-31"
        )));
    };
    let (name, value) = (text[..at].trim(), text[at + sign.len()..].trim());
    let (how, value) = match (*how, value) {
        ("", "") => ("is", "none"),
        ("not", "") => ("is", "some"),
        (_, "") => {
            return Err(refused(format!(
                "`{text}` compares with nothing: put a value after `{sign}`"
            )));
        }
        both => both,
    };
    Filter::read(asker, def, name, how, value).map_err(|it| refused(it.why))
}
