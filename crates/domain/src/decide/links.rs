//! Links of changed records: their targets are there and of the right kind.

use meta::{Cell, FieldDef, Id, Link, Problem, Record};

use super::draft::called;
use crate::{Isms, Refusal};

/// Kinds whose links hold nobody back: what they tell stays true of a withdrawn record.
const LOOSE: [&str; 3] = ["approval", "comment", ledger::EVENT_KIND];

/// Checks the links that `before` did not have.
pub(super) fn check(work: &Isms, before: Option<&Record>, record: &Record) -> Result<(), Refusal> {
    let mut old = Vec::new();
    if let Some(before) = before {
        before.links(&mut |_, link| old.push(link));
    }
    let mut problems = Vec::new();
    each_link(record, &mut |field, targets, link| {
        if old.contains(&link) {
            return;
        }
        let problem = match work.get(link.id) {
            None => format!("there is no record `{}`", link.id),
            Some(target) if target.head.withdrawn => {
                format!("{} is withdrawn: reinstate it or name another", target.name())
            }
            Some(target) if !targets.is_empty() && !targets.contains(&target.def().id) => {
                format!("{} is not {}", target.name(), one_of(targets))
            }
            Some(target) => match link.edition {
                Some(edition) if work.edition(link.id, edition.get()).is_none() => {
                    format!("version {edition} of {} was never published", target.name())
                }
                _ => return,
            },
        };
        problems.push(Problem::on(field.name, problem));
    });
    match problems.is_empty() {
        true => Ok(()),
        false => {
            let def = record.def();
            Err(Refusal::Invalid { kind: def.id, record: called(before, def), problems })
        }
    }
}

/// Checks that nothing links to a withdrawn record, itself and loose links aside.
pub(super) fn check_unlinked(work: &Isms, record: &Record) -> Result<(), Refusal> {
    let mut by: Vec<String> = held_by(work, record.head.id).map(Record::name).collect();
    by.dedup();
    let count = by.len();
    by.truncate(3);
    match count {
        0 => Ok(()),
        count => Err(Refusal::StillLinked { record: record.name(), by, count }),
    }
}

/// The records that keep this one from being withdrawn, because they name it; one that does so in
/// several fields as often.
pub fn held_by(isms: &Isms, id: Id) -> impl Iterator<Item = &Record> {
    isms.links_to(id)
        .filter(move |it| it.source != id)
        .filter_map(|it| isms.get(it.source))
        .filter(|it| !it.head.withdrawn && !LOOSE.contains(&it.def().id))
}

/// Visits every link with the field it stands in and the kinds it may point to.
fn each_link(
    record: &Record,
    visit: &mut dyn FnMut(&'static FieldDef, &'static [&'static str], Link),
) {
    for (at, field) in record.def().fields.iter().enumerate() {
        if !field.ty.has_links() {
            continue;
        }
        for cell in record.body.cell(at).each() {
            let Cell::Row(row) = cell else {
                cell.links(&mut |link| visit(field, field.ty.targets().unwrap_or(&[]), link));
                continue;
            };
            for (at, column) in row.fields().iter().enumerate() {
                let targets = column.ty.targets().unwrap_or(&[]);
                row.cell(at).links(&mut |link| visit(field, targets, link));
            }
        }
    }
}

fn one_of(targets: &[&str]) -> String {
    let labels = targets.iter().map(|it| kinds::kind(it).map_or(*it, |it| it.label));
    labels.map(|it| crate::text::a(&it.to_lowercase())).collect::<Vec<_>>().join(" or ")
}
