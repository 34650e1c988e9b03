//! The apostrophe that keeps a spreadsheet program from running a text.

use std::borrow::Cow;

/// Puts an apostrophe before a text that a spreadsheet program, or our own reader, would take
/// for something else than text.
pub(super) fn shield(text: &str) -> Cow<'_, str> {
    if needs_shield(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Takes off the apostrophe that [`shield`] put, and no other.
pub(super) fn unshield(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| needs_shield(rest)).unwrap_or(text)
}

fn needs_shield(text: &str) -> bool {
    // Read with another delimiter, what stands behind a leading one begins a cell.
    let start = text.trim_start_matches([',', ';', '|']);
    start.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\''])
        || text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep="))
}
