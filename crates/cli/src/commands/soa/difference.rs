//! `soa diff`: which controls changed, in what, by whom and why.

use std::collections::BTreeSet;

use app::Point;
use domain::soa::{Part, RowChange, diff};
use exchange::Value;
use meta::Id;
use serde_json::json;

use crate::{
    commands::{diff::Touches, show::change},
    output::{Column, Format, Ink, Out, Table},
    place::Desk,
    stop::refused,
};

/// Prints what changed in the statement between two points.
///
/// # Errors
/// When a point lies outside the ledger, or the first after the second.
pub fn print(desk: &Desk, from: Point, to: &str, out: &mut Out) -> anyhow::Result<()> {
    let to: Option<Point> = match to {
        "now" => None,
        text => Some(text.parse().map_err(refused)?),
    };
    let before = desk.organization.as_of(Some(from))?;
    let after = desk.organization.as_of(to)?;
    let (first, last) = (before.isms.position(), after.isms.position());
    if first > last {
        return Err(refused(format!(
            "entry {first} lies after entry {last}: name the earlier point first"
        )));
    }
    let changes = diff(before.view(), after.view());
    let touches = Touches::between(desk, first + 1, last)?;
    match out.format {
        Format::Table => {
            for (at, it) in changes.iter().enumerate() {
                if at > 0 {
                    out.gap();
                }
                words(desk, it, &touches, out);
            }
            let count = changes.len();
            let rows =
                if count == 1 { "1 control".to_owned() } else { format!("{count} controls") };
            out.note(format!("{rows} changed from entry {first} to entry {last}"));
        }
        Format::Json => {
            let rows = changes.iter().map(|it| {
                let parts = it.parts.iter().map(
                    |it| json!({"part": it.part.label(), "before": it.before, "after": it.after}),
                );
                json!({
                    "reference": it.reference, "title": it.title,
                    "changes": parts.collect::<Vec<_>>(),
                    "entries": touches.json(desk, it.record),
                    "driver_entries": drivers(desk, it).iter()
                        .map(|id| touches.json(desk, Some(*id))).collect::<Vec<_>>(),
                })
            });
            out.json(&rows.collect());
        }
        _ => out.table(&rows(desk, &changes, &touches)),
    }
    Ok(())
}

fn words(desk: &Desk, it: &RowChange, touches: &Touches, out: &mut Out) {
    let heading = format!("{}  {}", it.reference, it.title);
    out.line(out.paint(&heading, Ink::Bold));
    touches.tell(desk, it.record.into_iter().chain(drivers(desk, it)), out);
    let columns = vec![Column::cut("part", "").ink(Ink::Dim), Column::wrap("change", "")];
    let mut table = Table::new(columns);
    for part in &it.parts {
        let label = format!("· {}", part.part.label());
        table.row([label, change(&part.before, &part.after)].map(Value::from_text).to_vec());
    }
    let text = table.text(out.width.saturating_sub(4), out.color);
    text.lines().for_each(|line| out.line(format!("    {line}")));
}

/// The records that call for a control in one of the two statements only: they changed its row.
fn drivers(desk: &Desk, it: &RowChange) -> Vec<Id> {
    let part = it.parts.iter().find(|it| it.part == Part::Drivers);
    let Some(part) = part else { return Vec::new() };
    let numbers = |text: &str| -> BTreeSet<String> {
        text.split("; ").filter_map(|it| Some(it.split_once(' ')?.0.to_owned())).collect()
    };
    let (before, after) = (numbers(&part.before), numbers(&part.after));
    let changed = before.symmetric_difference(&after);
    changed.filter_map(|it| Some(desk.record(&[], it).ok()?.head.id)).collect()
}

fn rows(desk: &Desk, changes: &[RowChange], touches: &Touches) -> Table {
    let names = ["reference", "title", "part", "before", "after", "by", "at", "why"];
    let mut table = Table::new(names.iter().map(|it| Column::cut(it, it)).collect());
    for it in changes {
        let drivers = drivers(desk, it);
        for part in &it.parts {
            let record = match part.part {
                Part::Drivers => drivers.last().copied().or(it.record),
                _ => it.record,
            };
            let [by, at, why] = touches.last(desk, record);
            let row = [
                it.reference.clone(),
                it.title.clone(),
                part.part.label().to_owned(),
                part.before.clone(),
                part.after.clone(),
                by,
                at,
                why,
            ];
            table.row(row.map(Value::from_text).to_vec());
        }
    }
    table
}
