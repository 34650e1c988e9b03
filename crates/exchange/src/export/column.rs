//! The columns of an exported sheet.

use std::collections::BTreeSet;

use domain::View;
use meta::{KindDef, Record};

use super::{Names, Options, cell, said, said::Part};
use crate::{TableSheet, Value};

/// What marks headers that are no field's label.
pub(super) const MARK: &str = "muniment:";

/// How much of a text goes into one cell of XLSX, in UTF-16 units.
const LONGEST: usize = 32_000;

/// What a column of an exported sheet holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// The record's number.
    Number,
    /// The version that was exported.
    Version,
    /// The stage's id.
    Stage,
    /// Whether it is withdrawn.
    Withdrawn,
    /// A part of the record.
    Part(Part),
    /// More of the text of the column with this header.
    More(String),
    /// Something computed, never read.
    Computed,
}

/// The records of a kind as a table.
pub(super) fn table(
    view: View<'_>,
    names: &Names<'_>,
    kind: &'static KindDef,
    options: &Options<'_>,
) -> TableSheet {
    let records: Vec<&Record> = options.each(view, kind).collect();
    let columns = columns(kind, &records, options);
    let mut header: Vec<String> = columns.iter().map(|it| heading(kind, it)).collect();
    header.extend(options.computed.iter().map(|it| format!("{MARK}computed:{}", it.name)));
    let rows = records.iter().map(|record| {
        let said = said::of(names, record);
        let value = |column: &Column| match column {
            Column::Part(part) => said.get(part).map_or(Value::Empty, cell::write),
            other => envelope(record, other),
        };
        let mut row: Vec<Value> = columns.iter().map(value).collect();
        row.extend(options.computed.iter().map(|it| (it.cell)(view, record)));
        row
    });
    TableSheet { name: kind.plural.to_owned(), header, rows: rows.collect() }
}

/// The same table with texts too long for a cell of XLSX spread over further columns.
pub(super) fn split(mut table: TableSheet) -> TableSheet {
    let mut at = 0;
    while at < table.header.len() {
        let is_long = |row: &Vec<Value>| row.get(at).is_some_and(|it| cut(&it.text()).is_some());
        if table.rows.iter().any(is_long) {
            let name = table.header[at].clone();
            let more = match name.starts_with(MORE) {
                true => name,
                false => format!("{MORE}{name}"),
            };
            table.header.insert(at + 1, more);
            for row in &mut table.rows {
                let text = row[at].text().into_owned();
                let rest = match cut(&text) {
                    Some(end) => {
                        row[at] = Value::from_text(&text[..end]);
                        Value::from_text(&text[end..])
                    }
                    None => Value::Empty,
                };
                row.insert(at + 1, rest);
            }
        }
        at += 1;
    }
    table
}

/// What the column with this header holds.
///
/// # Errors
/// One sentence when it is none of ours.
pub(super) fn of(kind: &'static KindDef, header: &str) -> Result<Column, String> {
    let name = header.trim();
    let Some(own) = name.strip_prefix(MARK) else {
        return field(kind, name).map(|at| Column::Part(Part::Field(at))).ok_or_else(|| {
            format!(
                "the column `{name}` is no field of a {}: name it `{MARK}extra:{name}` to keep it \
                 beside the fields, or delete it",
                kind.label.to_lowercase()
            )
        });
    };
    // The header of an import's column may begin or end with blanks.
    let exact = header.strip_prefix(MARK).unwrap_or(own);
    Ok(match own {
        own if own == kind.id => Column::Number,
        "version" => Column::Version,
        "stage" => Column::Stage,
        "withdrawn" => Column::Withdrawn,
        "tags" => Column::Part(Part::Tags),
        "external_id" => Column::Part(Part::ExternalId),
        "attachments" => Column::Part(Part::Attachments),
        _ => {
            let (sort, rest) = exact.split_once(':').unwrap_or((exact, ""));
            match sort {
                "extra" => Column::Part(Part::Column(rest.to_owned())),
                "more" => Column::More(rest.to_owned()),
                "computed" => Column::Computed,
                _ => {
                    return Err(format!("there is no column `{name}`: delete it, or export again"));
                }
            }
        }
    })
}

const MORE: &str = "muniment:more:";

fn columns(kind: &KindDef, records: &[&Record], options: &Options<'_>) -> Vec<Column> {
    let mut columns = vec![Column::Number, Column::Version, Column::Stage];
    columns.extend(options.withdrawn.then_some(Column::Withdrawn));
    columns.extend((0..kind.fields.len()).map(|at| Column::Part(Part::Field(at))));
    columns.extend([Column::Part(Part::Tags), Column::Part(Part::ExternalId)]);
    let extras = || records.iter().filter_map(|it| it.head.extras.as_deref());
    if extras().any(|it| !it.attachments.is_empty()) {
        columns.push(Column::Part(Part::Attachments));
    }
    let headers: BTreeSet<&str> = extras().flat_map(|it| it.columns.headers()).collect();
    columns.extend(headers.into_iter().map(|it| Column::Part(Part::Column(it.to_owned()))));
    columns
}

fn heading(kind: &KindDef, column: &Column) -> String {
    match column {
        Column::Number => format!("{MARK}{}", kind.id),
        Column::Version => format!("{MARK}version"),
        Column::Stage => format!("{MARK}stage"),
        Column::Withdrawn => format!("{MARK}withdrawn"),
        Column::Part(Part::Field(at)) => {
            let field = &kind.fields[*at];
            let is_clear = self::field(kind, field.label) == Some(*at);
            if is_clear { field.label.to_owned() } else { field.name.to_owned() }
        }
        Column::Part(Part::Column(header)) => format!("{MARK}extra:{header}"),
        Column::Part(part) => format!("{MARK}{}", part.label(kind)),
        Column::More(header) => format!("{MORE}{header}"),
        Column::Computed => format!("{MARK}computed"),
    }
}

/// The field that a header means: by name, else by a label that only one has.
fn field(kind: &KindDef, header: &str) -> Option<usize> {
    if let Some((at, _)) = kind.field(header) {
        return Some(at);
    }
    let mut found = kind.fields.iter().enumerate().filter(|(_, it)| it.label == header);
    let (at, _) = found.next()?;
    found.next().is_none().then_some(at)
}

fn envelope(record: &Record, column: &Column) -> Value {
    match column {
        Column::Number => Value::Text(record.name()),
        Column::Version => Value::Integer(record.head.version.into()),
        Column::Stage => Value::from_text(record.stage().id),
        Column::Withdrawn => Value::from_text(if record.head.withdrawn { "yes" } else { "no" }),
        Column::Part(_) | Column::More(_) | Column::Computed => Value::Empty,
    }
}

/// Where to cut a text that is too long for one cell; `None` when it fits.
fn cut(text: &str) -> Option<usize> {
    if text.len() <= LONGEST {
        return None;
    }
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > LONGEST {
            return Some(at);
        }
    }
    None
}
