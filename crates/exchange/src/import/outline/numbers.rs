//! Numbers of controls that a spreadsheet shortened: 5.10 is 5.1 to it.

use std::{borrow::Cow, collections::HashMap};

use meta::KindDef;

use super::{
    super::{Remark, Target},
    Outline,
};
use crate::{Row, Value, text::fold};

/// A cell with a number that may be a shortened one.
struct Short {
    /// Its place among the lines.
    at: usize,
    /// Whether the workbook holds it as a number.
    number: bool,
    /// Whether the workbook shows it with two decimals.
    two: bool,
}

/// Gives numbers of controls the zero back that a spreadsheet took: where the workbook shows it,
/// else where the numbers above and below tell, or the titles.
pub(super) fn lengthen(outline: &mut Outline<'_>, kind: &KindDef, rows: &[Row]) {
    let find = |target: Target| outline.columns.iter().position(|it| it.target == target);
    let column = find(Target::Field("reference")).or_else(|| find(Target::Id));
    let Some(column) = column.filter(|_| kind.id == "control") else { return };
    let title = find(Target::Field("title"));
    let cell = |line: u32| {
        let at = rows.binary_search_by_key(&line, |it| it.line).ok()?;
        rows[at].cells.get(column)
    };
    let numbers: Vec<Option<(u32, u32)>> =
        outline.lines.iter().map(|it| number(it.said(column))).collect();
    let mut shorts: HashMap<(u32, u32), Vec<Short>> = HashMap::new();
    for (at, found) in numbers.iter().enumerate() {
        let Some((section, control)) = found.filter(|(_, it)| (1..=3).contains(it)) else {
            continue;
        };
        if catalog::control(&format!("{section}.{control}0")).is_none() {
            continue;
        }
        // With the letter it is a text, and nothing was taken from it.
        if !outline.lines[at].said(column).starts_with(|it: char| it.is_ascii_digit()) {
            continue;
        }
        let cell = cell(outline.lines[at].line);
        shorts.entry((section, control)).or_default().push(Short {
            at,
            number: cell.is_some_and(|it| matches!(it.value, Value::Decimal(_))),
            two: cell.is_some_and(|it| it.decimals == Some(2)),
        });
    }
    // A sheet that shows every number with two decimals tells nothing by that.
    let of_one = outline.lines.iter().filter_map(|it| cell(it.line));
    let of_one = of_one.filter(|it| matches!(&it.value, Value::Decimal(text) if text.len() == 3));
    let (two, others): (Vec<_>, Vec<_>) = of_one.partition(|it| it.decimals == Some(2));
    let tells = !others.is_empty() || two.len() == 1;
    let mut longer: Vec<(usize, String)> = Vec::new();
    for ((section, control), found) in shorts {
        let (short, long) = ((section, control), (section, control * 10));
        let twice = found.len() > 1 && !numbers.contains(&Some(long));
        let lone = !numbers.contains(&Some(long)) && found.len() == 1;
        let (mut shown, mut placed, mut titled): (Vec<&Short>, Vec<&Short>, Vec<&Short>) =
            Default::default();
        for it in found.iter().filter(|it| twice || lone && it.number) {
            let beside = |of: (u32, u32)| {
                let above = numbers[..it.at].iter().rev().flatten().next();
                let below = numbers[it.at + 1..].iter().flatten().next();
                above == Some(&(of.0, of.1 - 1)) || below == Some(&(of.0, of.1 + 1))
            };
            let title = title.map_or("", |at| outline.lines[it.at].said(at));
            if tells && it.two && (twice || !beside(short)) {
                shown.push(it);
            }
            if beside(long) && !beside(short) {
                placed.push(it);
            }
            if likeness(title, long) > likeness(title, short) {
                titled.push(it);
            }
        }
        // One of them is the short one, if there are two.
        let most = if twice { found.len() - 1 } else { 1 };
        let is_sure = |it: &Vec<&Short>| !it.is_empty() && it.len() <= most.min(1);
        let Some(sure) = [shown, placed, titled].into_iter().find(is_sure) else { continue };
        longer.extend(sure.iter().map(|it| (it.at, format!("{section}.{}", long.1))));
    }
    longer.sort_unstable();
    for (at, text) in longer {
        let line = &mut outline.lines[at];
        let was = std::mem::replace(&mut line.cells[column], Cow::Owned(text));
        outline.remarks.push(Remark {
            line: Some(line.line),
            header: Some(outline.columns[column].header.clone()),
            cell: was.into_owned(),
            text: "the spreadsheet took a zero from the end of the number: it is put back, as its \
                   format, the numbers around it or its title show"
                .to_owned(),
        });
    }
}

/// How many words a title has in common with that of a control.
fn likeness(title: &str, (section, control): (u32, u32)) -> usize {
    let known = catalog::control(&format!("{section}.{control}"));
    let known = known.map_or_else(String::new, |it| fold(it.title));
    let words: Vec<&str> = known.split(' ').filter(|it| it.len() > 3).collect();
    fold(title).split(' ').filter(|it| words.contains(it)).count()
}

/// The section and number of a control, such as `5.1` or `A.5.1`.
fn number(text: &str) -> Option<(u32, u32)> {
    let bare = text.trim_start_matches(['A', 'a']).trim_start_matches(['.', ' ']);
    let (section, control) = bare.trim_end().split_once('.')?;
    let part = |it: &str| {
        let plain = (1..=2).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
        it.parse().ok().filter(|_| plain)
    };
    Some((part(section)?, part(control)?))
}
