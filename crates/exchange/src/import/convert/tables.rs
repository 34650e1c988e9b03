//! Tables of a record from single cells.

use meta::{FieldDef, FieldType, Need, RowDef};
use serde_json::{Map, Value as Json, json};

use super::{
    super::{
        Target,
        book::Clerk,
        cells::{self, Said},
        links::{self, Wanted},
    },
    Converted, Sheet,
};

impl Sheet<'_> {
    /// The rows of a table from the one column that names them.
    pub(super) fn rows(
        &self,
        (at, field): (usize, &FieldDef),
        def: &RowDef,
        text: &str,
        line: u32,
        clerk: &mut Clerk<'_, '_>,
        row: &mut Converted,
    ) -> Option<Json> {
        let header = self.outline.columns[at].header.as_str();
        let Some(name) = naming(def) else {
            row.keep(header, text);
            let said = "one cell says too little for a row of that table, and is kept beside the \
                        fields";
            row.remark(line, (header, text), said);
            return None;
        };
        let is_part = |it: &Target| matches!(it, Target::Part(own, _) if *own == field.name);
        let alone = !self.outline.columns.iter().any(|it| is_part(&it.target));
        let parts = || cells::parts(text).filter(|_| alone).unwrap_or_else(|| vec![text]);
        let values: Vec<Json> = match name.ty {
            FieldType::Text => parts().into_iter().map(Json::from).collect(),
            FieldType::Link(kinds) => {
                let wanted = Wanted { kinds, single: false, clauses: false };
                let named = links::read(clerk, wanted, text);
                if named.more {
                    row.keep(header, text);
                }
                if let Some(trouble) = named.trouble {
                    row.remark(line, (header, text), &trouble);
                }
                named.ids.iter().map(|it| it.to_string().into()).collect()
            }
            _ => {
                let reader = self.readers[at].as_ref()?;
                let mut values = Vec::new();
                for part in parts() {
                    match reader.read(part) {
                        Said::All(value) => values.push(value),
                        Said::Part(value) => {
                            row.keep(header, text);
                            values.push(value);
                        }
                        Said::Nothing(why) => {
                            row.keep(header, text);
                            row.remark(line, (header, part), why);
                        }
                        Said::Blank => row.keep(header, text),
                    }
                }
                values
            }
        };
        let rows: Vec<Json> = values.into_iter().map(|it| json!({ name.name: it })).collect();
        (!rows.is_empty()).then_some(Json::Array(rows))
    }

    /// Gives rows of tables their name where the sheet has no column for it.
    pub(super) fn name_rows(&self, row: &mut Converted) {
        let title = row.body.get(self.kind.fields[0].name).cloned();
        for field in self.kind.fields {
            let FieldType::Rows(def) = field.ty else { continue };
            let Some(Json::Array(rows)) = row.body.get_mut(field.name) else { continue };
            let (Some(name), Some(title)) = (naming(def).filter(is_text), &title) else { continue };
            for it in rows.iter_mut().filter_map(Json::as_object_mut) {
                it.entry(name.name).or_insert_with(|| title.clone());
            }
        }
    }
}

/// The column that names a row of a table: the first one of text, else the only one it needs.
pub(super) fn naming(def: &RowDef) -> Option<&'static FieldDef> {
    let text = def.fields.iter().find(is_text);
    let mut needed = def.fields.iter().filter(|it| it.need == Need::Create);
    text.or_else(|| needed.next().filter(|_| needed.next().is_none()))
}

fn is_text(field: &&'static FieldDef) -> bool {
    matches!(field.ty, FieldType::Text)
}

/// Puts a cell into each row that the sheet's row has of a table: mostly there is one.
pub(super) fn put_part(body: &mut Map<String, Json>, field: &str, part: &str, value: &Json) {
    let list = body.entry(field).or_insert_with(|| json!([{}]));
    if !list.get(0).is_some_and(Json::is_object) {
        *list = json!([{}]);
    }
    let rows = list.as_array_mut().into_iter().flatten().filter_map(Json::as_object_mut);
    rows.for_each(|it| drop(it.insert(part.to_owned(), value.clone())));
}
