//! From the cells of one row to the fields of one record.

mod rated;
mod tables;

use std::collections::BTreeMap;

use domain::risk;
use meta::{FieldDef, FieldType, KindDef};
use serde_json::{Map, Value as Json, json};

use super::{
    RatingPart, Remark, Target,
    book::Clerk,
    cells::{self, Reader, Said},
    links::{self, Wanted},
    outline::Outline,
    scales::Scales,
    stages,
};
use rated::Rated;
use tables::naming;

/// A sheet with all it takes to read its rows.
pub(super) struct Sheet<'o> {
    pub(super) outline: &'o Outline<'o>,
    pub(super) kind: &'static KindDef,
    pub(super) scales: Scales,
    /// The places of the columns, in the order of their headers.
    pub(super) by_header: Vec<usize>,
    method: Option<risk::Method<'o>>,
    readers: Vec<Option<Reader>>,
    clauses: Option<&'static str>,
}

/// What a row says.
#[derive(Default)]
pub(super) struct Converted {
    /// Fields of the record.
    pub(super) body: Map<String, Json>,
    /// Texts no field takes, by header.
    pub(super) columns: BTreeMap<String, String>,
    /// The stage its status means.
    pub(super) stage: Option<&'static str>,
    /// The number it bears.
    pub(super) external: Option<String>,
    /// What a person should know.
    pub(super) remarks: Vec<Remark>,
    /// Columns whose cell says something that no field could take.
    pub(super) unread: Vec<usize>,
}

impl<'o> Sheet<'o> {
    /// Prepares the columns of a sheet of this kind.
    pub(super) fn new(
        outline: &'o Outline<'o>,
        kind: &'static KindDef,
        method: Option<risk::Method<'o>>,
    ) -> Self {
        let readers = outline.columns.iter().enumerate().map(|(at, column)| {
            let ty = type_of(kind, &column.target)?;
            let texts = outline.lines.iter().filter(|it| !it.heading).map(move |it| it.said(at));
            Some(Reader::new(ty, &column.header, texts.filter(|it| !it.is_empty())))
        });
        let clauses = ["clauses", "serves_clauses"].into_iter();
        let mut clauses = clauses.filter_map(|it| kind.field(it).map(|(_, field)| field.name));
        let mut by_header: Vec<usize> = (0..outline.columns.len()).collect();
        by_header.sort_by_key(|at| &outline.columns[*at].header);
        Self {
            outline,
            kind,
            by_header,
            scales: Scales::seen(outline),
            method,
            readers: readers.collect(),
            clauses: clauses.next(),
        }
    }

    /// The headers of the columns that say something about a field.
    pub(super) fn headers_of(&self, field: &str) -> impl Iterator<Item = (usize, &'o str)> {
        let columns = self.outline.columns.iter().enumerate();
        let field = field.to_owned();
        columns
            .filter(move |(_, it)| match &it.target {
                Target::Field(name) | Target::Part(name, _) | Target::Mark(name, _) => {
                    *name == field
                }
                Target::Rating(name, part) => *name == field && !is_computed(part),
                _ => false,
            })
            .map(|(at, it)| (at, it.header.as_str()))
    }

    /// Reads a row.
    pub(super) fn convert<'t>(
        &'t self,
        texts: &[&'t str],
        line: u32,
        clerk: &mut Clerk<'_, '_>,
    ) -> Converted {
        let mut row = Converted::default();
        let mut rated: BTreeMap<&'static str, Rated<'t>> = BTreeMap::new();
        for (at, column) in self.outline.columns.iter().enumerate() {
            let text = texts[at];
            if text.is_empty() {
                continue;
            }
            let header = column.header.as_str();
            let held = self.outline.edition.as_ref().and_then(|it| it.held(line, at, text));
            if let Some(held) = held {
                if !is_name(&column.target) {
                    row.remark(line, (header, text), DIFFERENT);
                }
                row.keep(header, &held);
                continue;
            }
            if cells::is_failed(text) {
                row.keep(header, text);
                continue;
            }
            let remarks = row.remarks.len();
            match &column.target {
                // A first name was put before the last one.
                Target::Empty | Target::Given => {}
                Target::Extra => row.keep(header, text),
                Target::Id => row.external = Some(text.to_owned()),
                Target::Stage => {
                    let found = stages::find(self.kind, text);
                    row.stage = found.map(|(stage, _)| stage.id);
                    if !found.is_some_and(|(_, named)| named) {
                        row.keep(header, text);
                    }
                }
                Target::Mark(name, option) => {
                    self.mark((name, option), (header, text), line, &mut row);
                }
                Target::Rating(field, part) => {
                    let rating = rated.entry(field).or_default();
                    self.rate(rating, (field, part), (header, text), line, &mut row);
                    if row.remarks.len() > remarks && !cells::is_blank_sign(text) {
                        row.unread.push(at);
                    }
                }
                Target::Field(name) => {
                    let (_, field) = self.kind.field(name).expect("targets name fields");
                    let value = self.value(at, field, text, line, clerk, &mut row);
                    if value.is_none() && row.remarks.len() > remarks {
                        row.unread.push(at);
                    }
                    self.put(&mut row, field, value);
                }
                Target::Part(name, part) => {
                    let (_, field) = self.kind.field(name).expect("targets name fields");
                    let FieldType::Rows(def) = field.ty else { continue };
                    let Some(part) = def.fields.iter().find(|it| it.name == *part) else {
                        continue;
                    };
                    let value = self.value(at, part, text, line, clerk, &mut row);
                    if value.is_none() && row.remarks.len() > remarks {
                        row.unread.push(at);
                    }
                    if let Some(value) = value {
                        tables::put_part(&mut row.body, field.name, part.name, &value);
                    }
                }
            }
        }
        for (field, rating) in &rated {
            rating.finish(&self.scales, field, line, &mut row);
        }
        self.name_rows(&mut row);
        row
    }

    /// Reads one cell; what it does not take whole is kept as an extra.
    fn value(
        &self,
        at: usize,
        field: &'static FieldDef,
        text: &str,
        line: u32,
        clerk: &mut Clerk<'_, '_>,
        row: &mut Converted,
    ) -> Option<Json> {
        let header = self.outline.columns[at].header.as_str();
        if let FieldType::Link(kinds) | FieldType::Links(kinds) = field.ty {
            let single = matches!(field.ty, FieldType::Link(_));
            let clauses = !single && self.clauses.is_some();
            let named = links::read(clerk, Wanted { kinds, single, clauses }, text);
            if named.more {
                row.keep(header, text);
            }
            if let Some(trouble) = named.trouble {
                row.remark(line, (header, text), &trouble);
            }
            if let Some(clauses) = self.clauses.filter(|_| !named.clauses.is_empty()) {
                append(&mut row.body, clauses, named.clauses.into_iter().map(Json::from));
            }
            let ids: Vec<Json> = named.ids.iter().map(|it| it.to_string().into()).collect();
            return match (single, ids.is_empty()) {
                (_, true) => None,
                (true, false) => ids.into_iter().next(),
                (false, false) => Some(ids.into()),
            };
        }
        if let FieldType::Rows(def) = field.ty {
            return self.rows((at, field), def, text, line, clerk, row);
        }
        let reader = self.readers[at].as_ref()?;
        if reader.is_unsure_of(text) {
            let said = "day and month may be the other way round: they are read day first";
            row.remark(line, (header, text), said);
        }
        match reader.read(text) {
            Said::All(value) => Some(value),
            Said::Part(value) => {
                row.keep(header, text);
                Some(value)
            }
            Said::Nothing(why) => {
                row.keep(header, text);
                row.remark(line, (header, text), why);
                None
            }
            Said::Blank => {
                row.keep(header, text);
                None
            }
        }
    }

    /// Takes the option whose column is marked.
    fn mark(
        &self,
        (name, option): (&'static str, &str),
        (header, text): (&str, &str),
        line: u32,
        row: &mut Converted,
    ) {
        let marked = cells::marked(text);
        if marked != Some(true) {
            row.keep(header, text);
            if marked == Some(false) || cells::is_blank_sign(text) {
                return;
            }
        }
        if !matches!(self.kind.field(name), Some((_, it)) if matches!(it.ty, FieldType::Choice(_)))
        {
            append(&mut row.body, name, std::iter::once(option.into()));
        } else if row.body.get(name).is_none_or(|it| *it == option) {
            row.body.insert(name.to_owned(), option.into());
        } else {
            row.keep(header, text);
            let said = "another of these columns is marked as well: the first is taken";
            row.remark(line, (header, text), said);
        }
    }

    fn put(&self, row: &mut Converted, field: &FieldDef, value: Option<Json>) {
        let Some(value) = value else { return };
        match (row.body.get_mut(field.name), value) {
            // The parts of a row may stand left and right of the column that names it.
            (Some(Json::Array(rows)), Json::Array(more))
                if matches!(field.ty, FieldType::Rows(_)) =>
            {
                let parts = rows.first().and_then(Json::as_object).cloned().unwrap_or_default();
                let named = more.into_iter().map(|it| {
                    let own = it.as_object().cloned().unwrap_or_default();
                    Json::Object(parts.clone().into_iter().chain(own).collect())
                });
                *rows = named.collect();
            }
            (Some(Json::Array(list)), Json::Array(more)) => {
                for it in more {
                    if !list.contains(&it) {
                        list.push(it);
                    }
                }
            }
            (_, value) => drop(row.body.insert(field.name.to_owned(), value)),
        }
    }
}

impl Converted {
    /// Keeps a text with the record.
    pub(super) fn keep(&mut self, header: &str, text: &str) {
        self.columns.insert(header.to_owned(), text.to_owned());
    }

    /// Takes note of something about one cell.
    pub(super) fn remark(&mut self, line: u32, (header, cell): (&str, &str), text: &str) {
        self.remarks.push(Remark {
            line: Some(line),
            header: Some(header.to_owned()),
            cell: cells::short(cell),
            text: text.to_owned(),
        });
    }
}

/// Whether a part of a rating is computed, and therefore not read as truth.
pub(super) fn is_computed(part: &RatingPart) -> bool {
    matches!(part, RatingPart::Worst | RatingPart::Score | RatingPart::Level)
}

/// What is said of a text of 2013 beside which another old control says something else.
const DIFFERENT: &str = "other controls of 2013 that became the same one of 2022 say something \
                         else: nothing is decided, and the text is kept beside the fields";

/// Whether a column names a control.
fn is_name(target: &Target) -> bool {
    matches!(target, Target::Field("title" | "reference") | Target::Id | Target::Extra)
}

/// The type of the field or part that a column fills; of a table, that of what names its rows.
pub(super) fn type_of(kind: &KindDef, target: &Target) -> Option<FieldType> {
    match target {
        Target::Field(name) => match kind.field(name)?.1.ty {
            FieldType::Rows(def) => naming(def).map(|it| it.ty),
            ty => Some(ty),
        },
        Target::Part(name, part) => match kind.field(name)?.1.ty {
            FieldType::Rows(def) => def.fields.iter().find(|it| it.name == *part).map(|it| it.ty),
            _ => None,
        },
        _ => None,
    }
}

fn append(body: &mut Map<String, Json>, field: &str, values: impl Iterator<Item = Json>) {
    let list = body.entry(field).or_insert_with(|| json!([]));
    if let Some(list) = list.as_array_mut() {
        for value in values {
            if !list.contains(&value) {
                list.push(value);
            }
        }
    }
}
