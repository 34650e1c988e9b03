//! What a list shows, as a file: the same records in the same order with the same columns; or all
//! of their fields, to be edited elsewhere and imported again.

use std::collections::BTreeSet;

use domain::{
    access::{Act, On},
    query::Column,
    text::Links,
};
use exchange::{TableSheet, Value, export};
use maud::{Markup, html};
use meta::{Body, Cell, Record};

use super::Listing;
use crate::{Answer, Ask, Problem};

/// Longer texts do not fit into a cell of a spreadsheet.
const LONGEST: usize = 32_000;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The file.
pub(in crate::pages::records) fn export(ask: &Ask) -> Result<Answer, Problem> {
    let def = ask.kind()?;
    ask.must(Act::Export, On::Kind(def))?;
    let sees = ask.sees();
    let listing = Listing::read(ask, def, &ask.query, ask.asker(&sees));
    if let Some(misread) = listing.misread.first() {
        return Err(Problem::Wrong(misread.to_string()));
    }
    let name = format!("{}-{}", def.id, ask.day());
    let now = ask.now.to_zoned(ask.zone()).datetime();
    match ask.param("form") {
        "csv" => {
            let bytes = exchange::csv::write(&table(ask, &listing), true);
            Ok(Answer::file(format!("{name}.csv"), "text/csv; charset=utf-8", bytes))
        }
        "xlsx" => {
            let bytes = exchange::xlsx::write(&[table(ask, &listing)], now);
            Ok(Answer::file(format!("{name}.xlsx"), XLSX, bytes.map_err(Problem::broken)?))
        }
        "fields" => {
            ask.must(Act::Export, On::Everything)?;
            let ids: BTreeSet<_> = listing.all().iter().map(|it| it.head.id).collect();
            let options =
                export::Options { records: Some(&ids), withdrawn: true, ..Default::default() };
            let bytes = export::xlsx(ask.view(), &[def], &options, now);
            Ok(Answer::file(format!("{name}-fields.xlsx"), XLSX, bytes.map_err(Problem::broken)?))
        }
        _ => Err(Problem::NotFound),
    }
}

/// The files to choose from.
pub(super) fn menu(ask: &Ask, listing: &Listing<'_>) -> Markup {
    let def = listing.def;
    if !ask.may(Act::Export, On::Kind(def)) || listing.rows.is_empty() {
        return html! {};
    }
    let query = listing.query.to_string();
    let to = |form: &str| ask.to(&format!("/{}/export/{form}?{query}", def.id));
    html! {
        details.drop {
            summary.btn { "Export" }
            div.sheet {
                p.help { "What this list shows, in this order:" }
                div.row { a.btn href=(to("csv")) { "CSV" } a.btn href=(to("xlsx")) { "Excel" } }
                @if ask.may(Act::Export, On::Everything) {
                    p.help { "All fields of these records, to edit and import again:" }
                    div.row { a.btn href=(to("fields")) { "Excel, all fields" } }
                }
            }
        }
    }
}

fn table(ask: &Ask, listing: &Listing<'_>) -> TableSheet {
    let columns = listing.query.shown();
    let row = |it: &&Record| columns.iter().map(|column| value(ask, it, *column)).collect();
    TableSheet {
        name: listing.def.plural.to_owned(),
        header: columns.iter().map(|it| it.label().to_owned()).collect(),
        rows: listing.all().iter().map(row).collect(),
    }
}

fn value(ask: &Ask, record: &Record, column: Column) -> Value {
    let text = match column {
        Column::Field(at, _) => match Body::cell(&record.body, at) {
            Cell::Integer(number) => return Value::Integer(number),
            Cell::Decimal(number) => return Value::Decimal(number.to_string()),
            Cell::Day(day) => return Value::Day(day),
            cell => ask.sight().text(cell, Links::Titles),
        },
        Column::Version => return Value::Integer(record.head.version.into()),
        Column::Created | Column::Changed => {
            let text = column.text(ask.view(), record, Links::Titles);
            match text.parse() {
                Ok(day) => return Value::Day(day),
                Err(_) => text,
            }
        }
        column => column.text(ask.view(), record, Links::Titles),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => Value::from_text(format!("{}…", &text[..end])),
        None => Value::from_text(text),
    }
}
