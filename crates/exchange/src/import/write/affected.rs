//! Which columns of a row that was imported before have to be read again.

use super::super::{Target, convert::Sheet};

/// Which columns have to be read: all at the first meeting, later those of fields that changed.
pub(super) fn affected(sheet: &Sheet<'_>, before: &[&str], now: &[&str], again: bool) -> Vec<bool> {
    if !again {
        return vec![true; now.len()];
    }
    let columns = &sheet.outline.columns;
    let field = |target: &Target| match target {
        Target::Field(name)
        | Target::Part(name, _)
        | Target::Mark(name, _)
        | Target::Rating(name, _) => Some(*name),
        _ => None,
    };
    let mut fields: Vec<&str> = vec![sheet.kind.fields[0].name];
    for (at, column) in columns.iter().enumerate() {
        if before[at] != now[at] {
            fields.extend(field(&column.target));
        }
    }
    // What excludes a control also decides what its justification means.
    if sheet.kind.id == "control" {
        fields.extend(["applicability", "justification", "exclusion_reason", "reasons"]);
    }
    let columns = columns.iter().enumerate();
    columns
        .map(|(at, it)| {
            before[at] != now[at] || field(&it.target).is_some_and(|it| fields.contains(&it))
        })
        .collect()
}

/// The texts of some columns; the others as if nothing stood there.
pub(super) fn only<'t>(texts: &[&'t str], columns: &[bool]) -> Vec<&'t str> {
    texts.iter().zip(columns).map(|(text, on)| if *on { *text } else { "" }).collect()
}
