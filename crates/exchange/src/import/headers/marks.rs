//! Columns of marks, one for each option of a field: `YES` and `NO`, or `LR`, `CO`, `BR` and `RRA`,
//! with an x in those that hold.

use std::collections::BTreeMap;

use meta::{ChoiceDef, FieldType};

use super::{
    super::{Match, Target, cells},
    Lexicon,
};
use crate::text::fold;

/// Columns side by side that name options of one field.
type Group = Vec<(usize, &'static str)>;

/// Takes columns of marks for the options that their headers name.
pub(super) fn assign(
    lexicon: &Lexicon,
    headers: &[String],
    samples: &[Vec<&str>],
    matches: &mut [(Target, Match)],
) {
    let folded: Vec<String> = headers.iter().map(|it| fold(it)).collect();
    let fields = lexicon.kind.fields.iter().enumerate();
    let fields = fields.filter_map(|(at, it)| match it.ty {
        FieldType::Choice(defs) | FieldType::Choices(defs) => Some((at, it.name, defs)),
        _ => None,
    });
    let mut groups: BTreeMap<(&str, usize), Group> = BTreeMap::new();
    for (place, _, defs) in fields {
        for (at, header) in
            folded.iter().enumerate().filter(|(at, _)| matches[*at].1 == Match::None)
        {
            if let Some((front, option)) = option(header, defs) {
                groups.entry((front, place)).or_default().push((at, option));
            }
        }
    }
    join(&mut groups);
    groups.retain(|_, it| {
        let mut options: Vec<&str> = it.iter().map(|(_, option)| *option).collect();
        options.sort_unstable();
        options.dedup();
        options.len() >= 2 && are_marked(it, samples)
    });
    let name = |place: usize| lexicon.kind.fields[place].name;
    let names = |text: &str, field: &str| {
        let found = lexicon.names.get(text).into_iter().flatten();
        found.into_iter().any(|(it, _)| {
            *it == Target::Field(lexicon.kind.field(field).map_or("", |it| it.1.name))
        })
    };
    for ((front, place), group) in &groups {
        let rivals: Vec<usize> =
            groups.keys().filter(|(it, _)| it == front).map(|(_, place)| *place).collect();
        let told = |place: usize| names(front, name(place));
        let elsewhere = |place: usize| {
            let own = |at: usize| group.iter().any(|(it, _)| *it == at);
            (0..folded.len()).any(|at| !own(at) && names(&folded[at], name(place)))
        };
        // Where the headers fit several fields, the one named above them is meant, or the only
        // one without a column of its own; of a control, whether it is needed comes first.
        let fits = match rivals.iter().any(|it| told(*it)) {
            true => told(*place),
            false => {
                let open: Vec<usize> =
                    rivals.iter().copied().filter(|it| !elsewhere(*it)).collect();
                open == [*place]
                    || lexicon.kind.id == "control"
                        && open.contains(place)
                        && name(*place) == "applicability"
            }
        };
        if !fits {
            continue;
        }
        for (at, option) in group {
            if matches[*at].1 == Match::None {
                matches[*at] = (Target::Mark(name(*place), option), Match::Exact);
            }
        }
    }
}

/// Puts columns whose header lacks what stands over its neighbor to the neighbor's group: `NO`
/// beside `Applicable? YES`.
fn join(groups: &mut BTreeMap<(&str, usize), Group>) {
    let bare: Vec<usize> =
        groups.keys().filter(|(front, _)| front.is_empty()).map(|(_, place)| *place).collect();
    for place in bare {
        let Some(alone) = groups.remove(&("", place)) else { continue };
        let mut left = Group::new();
        for (at, option) in alone {
            let beside = groups.iter_mut().find(|((_, other), group)| {
                *other == place && group.iter().any(|(it, _)| it.abs_diff(at) == 1)
            });
            match beside {
                Some((_, group)) => group.push((at, option)),
                None => left.push((at, option)),
            }
        }
        if !left.is_empty() {
            groups.insert(("", place), left);
        }
    }
}

/// The option that the last words of a header name, and what stands before them.
fn option<'h>(header: &'h str, defs: &'static [ChoiceDef]) -> Option<(&'h str, &'static str)> {
    let starts = header.match_indices(' ').map(|(at, _)| at + 1);
    let starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
    starts.into_iter().find_map(|start| {
        let word = &header[start..];
        let named = |it: &&ChoiceDef| {
            [it.label, it.id].iter().chain(it.also).any(|name| fold(name) == word)
        };
        let option = defs.iter().find(named).filter(|_| !word.is_empty())?;
        Some((header[..start].trim_end(), option.id))
    })
}

/// Whether mostly marks stand in the columns; figures are none, unless all are 0 or 1.
fn are_marked(group: &Group, samples: &[Vec<&str>]) -> bool {
    let all: Vec<&str> = group.iter().flat_map(|(at, _)| samples[*at].iter().copied()).collect();
    let binary = all.iter().all(|it| ["0", "1"].contains(it));
    let is_mark = |it: &&&str| {
        let figure = it.contains(|it: char| it.is_ascii_digit());
        cells::marked(it).is_some() && (binary || !figure)
    };
    all.iter().filter(is_mark).count() * 2 > all.len()
}
