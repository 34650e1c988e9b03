//! Files that `export` wrote, coming back.

use app::fresh_id;
use exchange::{
    Workbook,
    export::{ReadBack, exported_kind, read_back, read_back_json},
};

use crate::{
    Done,
    output::{Ink, Out},
    place::Desk,
    written,
};

/// Whether a workbook has a sheet that `export` wrote.
pub fn is_ours(book: &Workbook) -> bool {
    book.sheets.iter().any(|it| exported_kind(it).is_some())
}

/// Whether bytes are JSON rather than a table.
pub fn is_json(bytes: &[u8]) -> bool {
    let first = bytes.iter().find(|it| !it.is_ascii_whitespace());
    first == Some(&b'[') && serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok()
        || bytes.starts_with(b"[\n  {\n    \"id\"")
}

/// Takes an exported workbook or CSV file in.
///
/// # Errors
/// When something in it is wrong, or the change is refused.
pub fn workbook(
    desk: &Desk,
    name: &str,
    book: &Workbook,
    dry_run: bool,
    out: &mut Out,
) -> anyhow::Result<Done> {
    let back = read_back(desk.past.view(), book, &mut fresh_id)?;
    carry_out(desk, name, back, dry_run, out)
}

/// Takes an exported JSON file in.
///
/// # Errors
/// When something in it is wrong, or the change is refused.
pub fn json(
    desk: &Desk,
    name: &str,
    bytes: &[u8],
    dry_run: bool,
    out: &mut Out,
) -> anyhow::Result<Done> {
    let back = read_back_json(desk.past.view(), bytes, &mut fresh_id)?;
    carry_out(desk, name, back, dry_run, out)
}

fn carry_out(
    desk: &Desk,
    name: &str,
    back: ReadBack,
    dry_run: bool,
    out: &mut Out,
) -> anyhow::Result<Done> {
    for it in &back.lines {
        let place = out.paint(&it.place, Ink::Accent);
        out.line(format!("{place}: {}", it.text));
    }
    let changed = back.rows - back.unchanged;
    out.line(format!("{} rows: {changed} changed, {} unchanged", back.rows, back.unchanged));
    if back.command.steps.is_empty() {
        out.line("Nothing would change: the file says what the records say.");
        return Ok(Done::Well);
    }
    if dry_run {
        out.note("nothing was changed: leave out --dry-run to take this in");
        return Ok(Done::Well);
    }
    let mut command = back.command;
    command.note.get_or_insert_with(|| format!("edits in {name}"));
    let receipt = desk.execute_with(command, Vec::new())?;
    written::tell(desk, &receipt, out);
    Ok(Done::Well)
}
