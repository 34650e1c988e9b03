//! What points to a record.

use domain::text;
use exchange::Value;
use meta::Record;

use crate::{
    output::{Column, Ink, Out, Table},
    place::Desk,
};

const SHOWN: usize = 20;

/// The records that link to this one, with the field they do it by.
pub fn show(desk: &Desk, record: &Record, out: &mut Out) {
    let isms = desk.isms();
    let mut rows: Vec<(&Record, &'static str)> = isms
        .links_to(record.head.id)
        .filter_map(|it| {
            let source = isms.get(it.source)?;
            Some((source, source.def().fields[usize::from(it.field)].label))
        })
        .filter(|(source, _)| !source.head.withdrawn && source.def().id != "approval")
        .filter(|(source, _)| source.head.id != record.head.id)
        .collect();
    if rows.is_empty() {
        return;
    }
    rows.sort_by_key(|(source, field)| (source.def().plural, source.head.number, *field));
    rows.dedup_by_key(|(source, field)| (source.head.id, *field));
    let columns = vec![
        Column::whole("number", "").ink(Ink::Accent),
        Column::wrap("title", ""),
        Column::cut("field", "").ink(Ink::Dim),
    ];
    let mut table = Table::new(columns);
    for (source, field) in rows.iter().take(SHOWN) {
        let called = text::called(source);
        let (name, title) = called.split_once(' ').unwrap_or((&called, ""));
        let row = [name.to_owned(), title.to_owned(), format!("as {}", field.to_lowercase())];
        table.row(row.map(Value::from_text).to_vec());
    }
    out.gap();
    out.line(out.paint("Named by", Ink::Bold));
    out.table(&table);
    if rows.len() > SHOWN {
        out.line(format!("… and {} more", rows.len() - SHOWN));
    }
}
