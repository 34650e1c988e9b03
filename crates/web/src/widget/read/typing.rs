//! What the inputs of one field say.

use std::collections::BTreeMap;

use domain::{Isms, resolve::Unresolved, text};
use exchange::typed::{Around, Reader};
use meta::{FieldDef, FieldType, Id, RowDef};
use serde_json::{Map, Value, json};

use super::Made;
use crate::{
    Ask,
    widget::{Wrong, grid, inputs, link, rows},
};

/// Gathers what the inputs of one field say, with links as ids.
pub(super) struct Typing<'a> {
    pub(super) ask: &'a Ask,
    pub(super) made: &'a mut Vec<Made>,
}

impl Typing<'_> {
    /// What the inputs with this name say.
    pub(super) fn given(&mut self, ty: &FieldType, name: &str) -> Result<Value, Wrong> {
        let form = &self.ask.form;
        Ok(match ty {
            FieldType::Link(kinds) => match form.said(name) {
                Some(typed) => json!(self.link(kinds, name, typed)?),
                None => Value::Null,
            },
            FieldType::Links(kinds) => {
                let mut list = Vec::new();
                let typed: Vec<String> = form.all(name).map(|it| it.trim().to_owned()).collect();
                for typed in typed.iter().filter(|it| !it.is_empty()) {
                    let link = json!(self.link(kinds, name, typed)?);
                    if !list.contains(&link) {
                        list.push(link);
                    }
                }
                listed(list)
            }
            FieldType::Choices(_) => {
                listed(form.all(name).filter(|it| !it.is_empty()).map(Value::from).collect())
            }
            FieldType::Words => {
                let lines = form.all(name).flat_map(str::lines).map(str::trim);
                listed(lines.filter(|it| !it.is_empty()).map(Value::from).collect())
            }
            FieldType::Rating => self.rating(name)?,
            FieldType::Rows(def) if grid::is_of(def) && grid::rows(name, form).is_some() => {
                listed(grid::rows(name, form).unwrap_or_default())
            }
            FieldType::Rows(def) => {
                let places = rows::places(name, form);
                if places.len() > rows::MOST {
                    let most = rows::MOST;
                    return Err(Wrong::new(format!("more than {most} rows do not fit here")));
                }
                let mut list = Vec::new();
                for (shown, at) in places.into_iter().enumerate() {
                    let row = self.row(def, name, at, shown + 1)?;
                    if !row.is_empty() {
                        list.push(Value::Object(row));
                    }
                }
                listed(list)
            }
            _ => match form.get(name) {
                Some(text) if !text.trim().is_empty() => json!(text.trim()),
                _ => Value::Null,
            },
        })
    }

    /// A row; what is wrong in it is said with its number and the cell's label.
    fn row(
        &mut self,
        def: &RowDef,
        name: &str,
        at: u64,
        shown: usize,
    ) -> Result<Map<String, Value>, Wrong> {
        let mut row = Map::new();
        for field in def.fields {
            let input = format!("{name}.{at}.{}", field.name);
            let value = self.given(&field.ty, &input).and_then(|it| self.checked(field, &it));
            let value = value.map_err(|wrong| Wrong {
                message: format!("row {shown}, {}: {}", field.label, wrong.message),
                input: Some(input),
                ..wrong
            })?;
            if !is_nothing(&value) {
                row.insert(field.name.to_owned(), value);
            }
        }
        Ok(row)
    }

    /// What a field holds when given this.
    /// What was given, held against the field.
    pub(super) fn checked(&self, field: &'static FieldDef, given: &Value) -> Result<Value, Wrong> {
        let around = Quiet(self.made);
        let mut reader = Reader { isms: self.ask.isms(), day: self.ask.day(), around };
        reader.read(field, given).map_err(|why| {
            // The reader names the field, and the form shows it there already.
            let bare = why.strip_prefix(&format!("`{}`: ", field.name)).map(str::to_owned);
            Wrong::new(bare.unwrap_or(why))
        })
    }

    fn rating(&mut self, name: &str) -> Result<Value, Wrong> {
        let form = &self.ask.form;
        let mut rating = Map::new();
        for part in ["likelihood", "rationale", "source", "confidence", "on"] {
            if let Some(text) = form.said(&format!("{name}.{part}")) {
                rating.insert(part.to_owned(), json!(text));
            }
        }
        let by = self.given(&FieldType::Link(&["person", "role"]), &format!("{name}.by"))?;
        if !is_nothing(&by) {
            rating.insert("by".to_owned(), by);
        }
        let form = &self.ask.form;
        let start = format!("{name}.c.");
        let ranks: BTreeMap<String, Value> = form
            .pairs()
            .filter_map(|(it, rank)| Some((it.strip_prefix(&start)?, rank.trim())))
            .filter(|it| !it.1.is_empty())
            .map(|(criterion, rank)| (criterion.to_owned(), json!(rank)))
            .collect();
        if !ranks.is_empty() {
            rating
                .insert("consequences".to_owned(), ranks.into_iter().collect::<Map<_, _>>().into());
        }
        let controls = self.given(&FieldType::Links(&["control"]), &format!("{name}.controls"))?;
        if !is_nothing(&controls) {
            rating.insert("controls".to_owned(), controls);
        }
        Ok(if rating.is_empty() { Value::Null } else { Value::Object(rating) })
    }

    /// The id that a typed link means; of a record to be made, where that was ticked.
    fn link(&mut self, kinds: &[&'static str], name: &str, typed: &str) -> Result<String, Wrong> {
        let sight = self.ask.sight();
        let why = match link::pick(&sight, kinds, typed) {
            Ok(link) => return Ok(link.to_string()),
            Err(why) => why,
        };
        let possible: Vec<&'static str> =
            kinds.iter().copied().filter(|it| self.ask.may_make(it)).collect();
        let make = format!("make.{name}");
        let is_wanted = |kind: &&&str| self.ask.form.all(&make).any(|it| it == **kind);
        if let (Unresolved::Unknown, Some(kind)) = (&why, possible.iter().find(is_wanted))
            && let Some(kind) = kinds::kind(kind)
        {
            if let Some(made) =
                self.made.iter().find(|it| it.title == typed && it.kind.id == kind.id)
            {
                return Ok(made.id.to_string());
            }
            let made = Made { id: app::fresh_id(), kind, title: typed.to_owned() };
            let id = made.id.to_string();
            self.made.push(made);
            return Ok(id);
        }
        Err(self.unknown(kinds, typed, &why, possible))
    }

    fn unknown(
        &self,
        kinds: &[&'static str],
        typed: &str,
        why: &Unresolved,
        possible: Vec<&'static str>,
    ) -> Wrong {
        let sight = self.ask.sight();
        match why {
            Unresolved::Ambiguous(ids) => {
                let named = ids.iter().filter_map(|it| sight.get(*it)).take(6);
                Wrong {
                    message: format!("`{}` may be several: name one by its number", start(typed)),
                    candidates: named.map(text::called).collect(),
                    ..Wrong::default()
                }
            }
            Unresolved::Unknown => {
                let what = inputs::what(kinds);
                let looked: Vec<&'static str> = if kinds.is_empty() {
                    kinds::KINDS.iter().map(|it| it.id).collect()
                } else {
                    kinds.to_vec()
                };
                Wrong {
                    message: format!("there is no {what} called `{}`", start(typed)),
                    candidates: near(&sight, &looked, typed),
                    could_make: possible,
                    input: None,
                }
            }
        }
    }
}

/// Records whose title holds what was typed, a few.
fn near(sight: &domain::access::Sight<'_>, kinds: &[&str], typed: &str) -> Vec<String> {
    let needle = domain::resolve::fold(typed);
    if !(2..200).contains(&needle.len()) {
        return Vec::new();
    }
    let rows = kinds.iter().flat_map(|it| sight.rows(it)).filter(|it| !it.head.withdrawn);
    let found = rows.filter(|it| domain::resolve::fold(it.title()).contains(&needle));
    found.take(5).map(text::called).collect()
}

/// The beginning of a text, for a sentence about it.
fn start(text: &str) -> String {
    let mut chars = text.chars();
    let start: String = chars.by_ref().take(80).collect();
    if chars.next().is_some() { format!("{start}…") } else { start }
}

fn listed(list: Vec<Value>) -> Value {
    if list.is_empty() { Value::Null } else { Value::Array(list) }
}

pub(super) fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|it| it.trim().is_empty())
}

/// Links are ids by now, perhaps of records that will be made by the same command.
struct Quiet<'a>(&'a [Made]);

impl Around for Quiet<'_> {
    fn not_found(&self, _: &Isms, _: &[&str], text: &str, _: Unresolved) -> String {
        format!("there is no record `{text}`")
    }

    fn file(&mut self, _: &str) -> Result<Value, String> {
        Err("bring the file itself".to_owned())
    }

    fn is_coming(&self, id: Id) -> bool {
        self.0.iter().any(|it| it.id == id)
    }
}
