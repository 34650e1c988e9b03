//! Statements of Applicability of the 2013 edition, read as what became of their controls.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use meta::KindDef;

use super::{super::Target, Outline};
use crate::text::fold;

/// How the controls of 2013 in a sheet become those of 2022.
#[derive(Debug, Default)]
pub(in crate::import) struct Edition {
    /// By line: the old number, and the columns that are kept beside the fields.
    held: HashMap<u32, (&'static str, HashSet<usize>)>,
}

impl Edition {
    /// The control of 2022 that took up a control of 2013.
    pub(in crate::import) fn successor(number: &str) -> Option<&'static str> {
        catalog::successors(number).first().copied()
    }

    /// The text of a cell that is kept beside the fields, with the old number it is about.
    pub(in crate::import) fn held(&self, line: u32, column: usize, text: &str) -> Option<String> {
        let (old, columns) = self.held.get(&line)?;
        let own = catalog::control_2013(text).is_some();
        let told = || if own { text.to_owned() } else { format!("{old}: {text}") };
        columns.contains(&column).then(told)
    }
}

/// Finds out whether a sheet is of 2013, and says so once.
pub(super) fn of(outline: &mut Outline<'_>, kind: &KindDef) -> Option<Edition> {
    let find = |target: Target| outline.columns.iter().position(|it| it.target == target);
    let title = find(Target::Field("title"));
    let column = find(Target::Field("reference")).or_else(|| find(Target::Id)).or(title);
    let column = column.filter(|_| kind.id == "control")?;
    let mut groups: BTreeMap<&'static str, Vec<(usize, &'static str)>> = BTreeMap::new();
    let (mut old, mut new) = (0, 0);
    for (at, line) in outline.lines.iter().enumerate() {
        match catalog::control_2013(line.said(column)) {
            Some(control) => {
                old += 1;
                let group = control.successors.first().map(|it| groups.entry(it).or_default());
                group.into_iter().for_each(|it| it.push((at, control.id)));
            }
            None => new += usize::from(catalog::normalize(line.said(column)).is_some()),
        }
    }
    if old < 3 || old <= new {
        return None;
    }
    let mut edition = Edition::default();
    for rows in groups.values() {
        let differ = |at: &usize| {
            let texts = rows.iter().map(|(row, _)| fold(outline.lines[*row].said(*at)));
            texts.filter(|it| !it.is_empty()).collect::<BTreeSet<_>>().len() > 1
        };
        let columns = (0..outline.columns.len()).filter(differ);
        let columns: HashSet<usize> = columns.chain(title).chain([column]).collect();
        for (row, id) in rows {
            edition.held.insert(outline.lines[*row].line, (*id, columns.clone()));
        }
    }
    let text = format!(
        "it is a statement of the 2013 edition: {old} of its controls go to the {} of 2022 that \
         took them up; where several became one and say different things, nothing is decided, and \
         their texts are kept beside the fields. Go through the Statement of Applicability \
         afterwards: the controls that are new in 2022 are not in this sheet",
        groups.len()
    );
    outline.remark(None, text);
    Some(edition)
}
