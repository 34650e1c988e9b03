//! What was written, told to the person who asked for it.

use app::Receipt;
use domain::{Operation, text};
use exchange::Value;
use ledger::Op;
use meta::KindDef;
use serde_json::json;

use crate::{
    output::{Column, Format, Ink, Out, Table},
    place::Desk,
};

const SHOWN: usize = 12;

/// Says what a commit did: one line for each record, then the entry.
pub fn tell(desk: &Desk, receipt: &Receipt, out: &mut Out) {
    let operations = receipt.change.operations();
    if out.format == Format::Json {
        let records = operations.iter().map(|it| {
            let record = it.record();
            json!({
                "number": record.name(), "id": record.head.id, "title": record.title(),
                "kind": record.def().id, "version": record.head.version,
                "stage": record.stage().id, "what": what(desk, it),
            })
        });
        let records: Vec<_> = records.collect();
        return out.json(&json!({"entry": receipt.seq, "records": records}));
    }
    if out.format == Format::Csv {
        let columns = ["number", "title", "kind", "version", "stage", "what", "entry"];
        let mut table = Table::new(columns.map(|it| Column::whole(it, it)).to_vec());
        for it in operations {
            let record = it.record();
            let row = [
                record.name(),
                record.title().to_owned(),
                record.def().id.to_owned(),
                record.head.version.to_string(),
                record.stage().id.to_owned(),
                what(desk, it).to_owned(),
                receipt.seq.to_string(),
            ];
            table.row(row.map(Value::from_text).to_vec());
        }
        return out.table(&table);
    }
    for it in operations.iter().take(SHOWN) {
        let called = text::called(it.record());
        let (name, rest) = called.split_once(' ').unwrap_or((&called, ""));
        let line = format!("{:<10} {} {rest}", what(desk, it), out.paint(name, Ink::Accent));
        let room = out.width + line.len() - called.len() - 11;
        out.line(cut(&line, room));
    }
    if operations.len() > SHOWN {
        out.line(format!("… and {} more", operations.len() - SHOWN));
    }
    let entry = format!("entry {}", receipt.seq);
    out.line(out.paint(&entry, Ink::Dim));
}

/// Says how many records a large commit made and changed.
pub fn tell_short(receipt: &Receipt, out: &mut Out) {
    let mut made: Vec<(&'static KindDef, usize, usize)> = Vec::new();
    for it in receipt.change.operations() {
        let def = it.record().def();
        let is_new = it.record().head.version == 1;
        let at = made.iter().position(|it| it.0.id == def.id).unwrap_or_else(|| {
            made.push((def, 0, 0));
            made.len() - 1
        });
        made[at].1 += usize::from(is_new);
        made[at].2 += usize::from(!is_new);
    }
    for (def, new, changed) in made {
        let counts = [(new, "made"), (changed, "changed")];
        for (count, what) in counts.into_iter().filter(|it| it.0 > 0) {
            let name = if count == 1 { def.label } else { def.plural };
            out.line(format!("{what:<10} {count:>6} {}", name.to_lowercase()));
        }
    }
    let entry = format!("entry {}", receipt.seq);
    out.line(out.paint(&entry, Ink::Dim));
}

/// Text of at most so many characters.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn what(desk: &Desk, operation: &Operation) -> &'static str {
    let record = operation.record();
    let before = desk.isms().get(record.head.id);
    match (operation.op(), before) {
        (Op::Erase, _) => "erased",
        (Op::Withdraw, _) => "withdrawn",
        (Op::Put, _) if operation.published().is_some() => "published",
        (Op::Put, None) => "made",
        (Op::Put, Some(before)) if before.head.withdrawn => "reinstated",
        (Op::Put, Some(before)) if before.head.stage != record.head.stage => "moved",
        (Op::Put, Some(_)) => "changed",
    }
}
