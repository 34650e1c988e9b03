//! From the cells of one row to the fields of one record.

use std::collections::BTreeMap;

use kinds::risk_method::RiskMethod;
use meta::{FieldDef, FieldType, KindDef, RowDef};
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

/// A sheet with all it takes to read its rows.
pub(super) struct Sheet<'o> {
    pub(super) outline: &'o Outline<'o>,
    pub(super) kind: &'static KindDef,
    pub(super) scales: Scales,
    /// The places of the columns, in the order of their headers.
    pub(super) by_header: Vec<usize>,
    method: Option<&'o RiskMethod>,
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
}

/// What the columns of one rating say together.
#[derive(Default)]
struct Rated<'t> {
    likelihood: Option<i64>,
    consequences: Vec<(&'t str, i64)>,
    score: Option<(&'t str, &'t str)>,
    worst: Option<(&'t str, &'t str)>,
}

impl<'o> Sheet<'o> {
    /// Prepares the columns of a sheet of this kind.
    pub(super) fn new(
        outline: &'o Outline<'o>,
        kind: &'static KindDef,
        method: Option<&'o RiskMethod>,
    ) -> Self {
        let readers = outline.columns.iter().enumerate().map(|(at, column)| {
            let ty = type_of(kind, &column.target)?;
            let texts = outline.lines.iter().map(move |it| &*it.cells[at]);
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
                Target::Field(name) | Target::Part(name, _) => *name == field,
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
            match &column.target {
                Target::Empty => {}
                Target::Extra => row.keep(header, text),
                Target::Id => row.external = Some(text.to_owned()),
                Target::Stage => {
                    let found = stages::find(self.kind, text);
                    row.stage = found.map(|(stage, _)| stage.id);
                    if !found.is_some_and(|(_, named)| named) {
                        row.keep(header, text);
                    }
                }
                Target::Rating(field, part) => {
                    let rating = rated.entry(field).or_default();
                    self.rate(rating, part, (header, text), line, &mut row);
                }
                Target::Field(name) => {
                    let (_, field) = self.kind.field(name).expect("targets name fields");
                    let value = self.value(at, field, text, line, clerk, &mut row);
                    self.put(&mut row, field, value);
                }
                Target::Part(name, part) => {
                    let (_, field) = self.kind.field(name).expect("targets name fields");
                    let FieldType::Rows(def) = field.ty else { continue };
                    let Some(part) = def.fields.iter().find(|it| it.name == *part) else {
                        continue;
                    };
                    let value = self.value(at, part, text, line, clerk, &mut row);
                    if let Some(value) = value {
                        only_row(&mut row.body, field.name).insert(part.name.to_owned(), value);
                    }
                }
            }
        }
        for (field, rating) in &rated {
            rating.finish(field, line, &mut row);
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
            return self.rows(field, def, text);
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

    /// The rows of a table from the one column that names them.
    fn rows(&self, field: &FieldDef, def: &RowDef, text: &str) -> Option<Json> {
        let name = first_text(def)?;
        let is_part = |it: &Target| matches!(it, Target::Part(own, _) if *own == field.name);
        let alone = !self.outline.columns.iter().any(|it| is_part(&it.target));
        let parts = cells::parts(text).filter(|_| alone).unwrap_or_else(|| vec![text]);
        Some(parts.into_iter().map(|it| json!({ name: it })).collect())
    }

    fn put(&self, row: &mut Converted, field: &FieldDef, value: Option<Json>) {
        let Some(value) = value else { return };
        match (row.body.get_mut(field.name), value) {
            // The parts of one row may stand left and right of the column that names it.
            (Some(Json::Array(rows)), Json::Array(more))
                if matches!(field.ty, FieldType::Rows(_)) =>
            {
                let first = rows.first_mut().and_then(Json::as_object_mut);
                if let Some((one, Some(Json::Object(other)))) =
                    first.zip(Some(more.into_iter().next()))
                {
                    one.extend(other);
                }
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

    /// Gives rows of tables their name where the sheet has no column for it.
    fn name_rows(&self, row: &mut Converted) {
        let title = row.body.get(self.kind.fields[0].name).cloned();
        for field in self.kind.fields {
            let FieldType::Rows(def) = field.ty else { continue };
            let Some(Json::Array(rows)) = row.body.get_mut(field.name) else { continue };
            let (Some(name), Some(title)) = (first_text(def), &title) else { continue };
            for it in rows.iter_mut().filter_map(Json::as_object_mut) {
                it.entry(name).or_insert_with(|| title.clone());
            }
        }
    }

    fn rate<'t>(
        &self,
        rating: &mut Rated<'t>,
        part: &'t RatingPart,
        (header, text): (&'t str, &'t str),
        line: u32,
        row: &mut Converted,
    ) {
        match part {
            RatingPart::Level => row.keep(header, text),
            RatingPart::Score => {
                rating.score = Some((header, text));
                row.keep(header, text);
            }
            RatingPart::Worst => {
                rating.worst = Some((header, text));
                row.keep(header, text);
            }
            RatingPart::Likelihood | RatingPart::Consequence(_) => {
                match self.scales.rank(self.method, part, text) {
                    Ok(rank) => match part {
                        RatingPart::Consequence(criterion) => {
                            rating.consequences.push((criterion, rank));
                        }
                        _ => rating.likelihood = Some(rank),
                    },
                    Err(why) => {
                        row.keep(header, text);
                        row.remark(line, (header, text), why);
                    }
                }
            }
        }
    }
}

impl Rated<'_> {
    /// Writes the rating, and compares what the sheet computed itself.
    fn finish(&self, field: &str, line: u32, row: &mut Converted) {
        let worst = self.consequences.iter().map(|(_, rank)| *rank).max();
        if let Some(((header, text), worst)) = self.worst.zip(worst)
            && text.parse::<i64>().is_ok_and(|it| it != worst)
        {
            row.remark(line, (header, text), "it is not the highest of the consequences beside it");
        }
        if let Some((((header, text), worst), likelihood)) =
            self.score.zip(worst).zip(self.likelihood)
            && let Ok(score) = text.parse::<i64>()
            && score != likelihood * worst
            && score != likelihood + worst
        {
            let said = "the score contradicts the likelihood and consequence beside it";
            row.remark(line, (header, text), said);
        }
        if self.likelihood.is_none() && self.consequences.is_empty() {
            return;
        }
        let mut rating = Map::new();
        if let Some(rank) = self.likelihood {
            rating.insert("likelihood".to_owned(), rank.into());
        }
        let each = self.consequences.iter();
        let each = each.map(|(criterion, rank)| json!({"criterion": criterion, "rank": rank}));
        rating.insert("consequences".to_owned(), each.collect());
        row.body.insert(field.to_owned(), rating.into());
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

/// The type of the field or part that a column fills.
pub(super) fn type_of(kind: &KindDef, target: &Target) -> Option<FieldType> {
    match target {
        Target::Field(name) => kind.field(name).map(|(_, it)| it.ty),
        Target::Part(name, part) => match kind.field(name)?.1.ty {
            FieldType::Rows(def) => def.fields.iter().find(|it| it.name == *part).map(|it| it.ty),
            _ => None,
        },
        _ => None,
    }
}

/// The column that names a row of a table: the first one of text.
fn first_text(def: &RowDef) -> Option<&'static str> {
    def.fields.iter().find(|it| matches!(it.ty, FieldType::Text)).map(|it| it.name)
}

fn only_row<'b>(body: &'b mut Map<String, Json>, field: &str) -> &'b mut Map<String, Json> {
    let list = body.entry(field).or_insert_with(|| json!([{}]));
    if !list.get(0).is_some_and(Json::is_object) {
        *list = json!([{}]);
    }
    list.get_mut(0).and_then(Json::as_object_mut).expect("it was just made one")
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
