//! Names of people that stand in two columns.

use std::borrow::Cow;

use meta::KindDef;

use super::{super::Target, Outline};
use crate::text::fold;

/// Puts the first names of people before their last ones.
pub(super) fn join(outline: &mut Outline<'_>, kind: &KindDef) {
    let find = |target: Target| outline.columns.iter().position(|it| it.target == target);
    let (Some(given), Some(family)) =
        (find(Target::Given), find(Target::Field(kind.fields[0].name)))
    else {
        return;
    };
    for line in &mut outline.lines {
        let (first, last) = (line.said(given).to_owned(), line.said(family).to_owned());
        let whole = fold(&last).split(' ').next() == fold(&first).split(' ').next();
        if first.is_empty() || whole || line.heading || last == outline.columns[family].header {
            continue;
        }
        let whole = format!("{first} {last}").trim().to_owned();
        line.cells[family] = Cow::Owned(whole);
    }
}
