//! Cells that were read at the last import, and since say something that cannot be read: an
//! unreadable cell empties nothing.

use super::super::convert::{Converted, Sheet};

/// How a remark ends about a cell that no field takes.
const KEPT: &str = ", and is kept beside the fields";

/// The columns whose cells could be read as they stood `before`, and no more.
pub(super) fn unread(former: &Converted, row: &Converted, before: &[&str]) -> Vec<usize> {
    let was_read = |at: &usize| !before[*at].is_empty() && !former.unread.contains(at);
    row.unread.iter().copied().filter(was_read).collect()
}

/// What a row says with such cells as they stood before, `read`, and what is to be known of them.
pub(super) fn told(
    sheet: &Sheet<'_>,
    row: Converted,
    mut read: Converted,
    unread: &[usize],
) -> Converted {
    let is_unread = |header: &Option<String>| {
        let header = header.as_deref();
        unread.iter().any(|at| header == Some(sheet.outline.columns[*at].header.as_str()))
    };
    read.remarks.retain(|it| !is_unread(&it.header));
    for mut remark in row.remarks.into_iter().filter(|it| is_unread(&it.header)) {
        let why = remark.text.find(KEPT).map_or(remark.text.as_str(), |end| &remark.text[..end]);
        remark.text = format!("{why}: the record keeps what it says, until the cell can be read");
        read.remarks.push(remark);
    }
    read
}
