//! What a row means beyond its cells, kind by kind: only where meaning demands it.

use kinds::document::DocumentType;
use meta::{Choice, Id, KindDef};
use serde_json::{Map, Value as Json, json};

use super::{
    Target, book,
    convert::{Converted, Sheet},
    headers,
    outline::Edition,
};
use crate::text::{fold, squeeze};

/// Fills in what a new record of the kind needs and its register implies, and puts right what
/// the columns of such registers mix.
pub(super) fn complete(sheet: &Sheet<'_>, key: &str, row: &mut Converted, new: bool, line: u32) {
    if new {
        title(sheet, row);
    }
    match sheet.kind.id {
        "risk" if new => {
            row.body.entry("concerns").or_insert_with(|| "information".into());
            row.body.entry("came_from").or_insert_with(|| "import".into());
        }
        "action" if new => {
            let purpose = purpose(sheet);
            row.body.entry("purpose").or_insert_with(|| purpose.into());
        }
        "document" => document(sheet, row, new, line),
        "control" => control(sheet, key, row, new),
        _ => {}
    }
}

/// Makes a title of what describes the record, where the sheet has no column for it.
fn title(sheet: &Sheet<'_>, row: &mut Converted) {
    const LONGEST: usize = 100;
    let field = sheet.kind.fields[0].name;
    let targets = sheet.outline.columns.iter().map(|it| &it.target);
    let from = headers::title_column(sheet.kind, targets).map(|at| &sheet.outline.columns[at]);
    let Some(Target::Field(from)) = from.map(|it| &it.target) else { return };
    let described = squeeze(&text(&row.body, from));
    if row.body.contains_key(field) || described.is_empty() {
        return;
    }
    let end = described.char_indices().nth(LONGEST).map_or(described.len(), |(at, _)| at);
    let cut = match described[..end].rfind(' ').filter(|_| end < described.len()) {
        Some(blank) => format!("{} …", &described[..blank]),
        None => described[..end].to_owned(),
    };
    row.body.insert(field.to_owned(), cut.into());
}

/// Whether a column of its own says this field.
fn has_column(sheet: &Sheet<'_>, field: &str) -> bool {
    sheet.headers_of(field).next().is_some()
}

/// What the actions of a register are for, where it has no column for that.
fn purpose(sheet: &Sheet<'_>) -> &'static str {
    let name = format!("{} {}", fold(&sheet.outline.source), fold(&sheet.outline.sheet));
    let says = |words: &[&str]| words.iter().any(|it| name.contains(it));
    if says(&["capa", "corrective", "korrektur", "nonconform"]) {
        "corrective"
    } else if says(&["treatment", "rtp", "risk", "risiko", "traitement", "risque"])
        || sheet
            .outline
            .columns
            .iter()
            .any(|it| it.target == Target::Field("serves") && fold(&it.header).contains("ris"))
    {
        "treat_risk"
    } else {
        "improve"
    }
}

fn document(sheet: &Sheet<'_>, row: &mut Converted, new: bool, line: u32) {
    let title = text(&row.body, "title");
    if new {
        let number = row.external.clone().unwrap_or_else(|| title.clone());
        row.body.entry("identifier").or_insert_with(|| number.into());
        if !row.body.contains_key("doc_type")
            && let Some(found) = book::document_type(&title)
        {
            row.body.insert("doc_type".to_owned(), found.def().id.into());
        }
    }
    // A register calls every rule a policy; the standard means the one by that word.
    let policies = || {
        let column = sheet.headers_of("doc_type").next().map(|(at, _)| at);
        let cells = sheet.outline.lines.iter().filter_map(|it| it.cells.get(column?));
        cells.filter(|it| fold(it) == "policy").take(2).count()
    };
    if text(&row.body, "doc_type") == DocumentType::Policy.def().id
        && !book::is_main_policy(&title)
        && policies() > 1
    {
        row.body.insert("doc_type".to_owned(), DocumentType::TopicPolicy.def().id.into());
        let header = sheet.headers_of("doc_type").next().map_or("", |(_, it)| it);
        let said = "one policy is the information security policy: the others are taken for \
                    policies on a topic";
        row.remark(line, (header, &title), said);
    }
}

fn control(sheet: &Sheet<'_>, key: &str, row: &mut Converted, new: bool) {
    let successor = sheet.outline.edition.as_ref().and_then(|_| Edition::successor(key));
    let key = successor.unwrap_or(key);
    let known = catalog::normalize(key);
    row.body.insert("reference".to_owned(), known.map_or(key, |it| it.id).into());
    if let Some(known) = known
        && new
    {
        row.body.entry("title").or_insert_with(|| known.title.into());
    }
    justify(sheet, row);
    if text(&row.body, "applicability") == "excluded" {
        let field = "exclusion_reason";
        if !has_column(sheet, field)
            && let Some(reason) = row.body.remove("justification")
        {
            row.body.insert(field.to_owned(), reason);
        }
    }
}

/// Takes a sentence that stands under the reasons, which are a list to choose from, for the
/// justification where the sheet has no column of that name.
fn justify(sheet: &Sheet<'_>, row: &mut Converted) {
    let mut columns = sheet.outline.columns.iter();
    let column = columns.find(|it| it.target == Target::Field("reasons"));
    let Some(header) = column.map(|it| it.header.as_str()) else { return };
    if has_column(sheet, "justification") || row.body.contains_key("justification") {
        return;
    }
    if let Some(sentence) = row.columns.remove(header) {
        row.remarks.retain(|it| it.header.as_deref() != Some(header));
        row.body.insert("justification".to_owned(), sentence.into());
    }
}

/// The kind's first stage where what a record needs to leave it is missing: nothing is made up.
pub(super) fn first_stage(kind: &KindDef) -> &'static str {
    kind.stages[0].id
}

/// The text of a field; empty when there is none.
pub(super) fn text(body: &Map<String, Json>, field: &str) -> String {
    body.get(field).and_then(Json::as_str).unwrap_or_default().to_owned()
}

/// Takes links from a record to itself out of its fields.
pub(super) fn without_self(body: &mut Map<String, Json>, id: Id) -> bool {
    let own = json!(id.to_string());
    let mut found = false;
    body.retain(|_, value| {
        if let Json::Array(list) = value {
            let before = list.len();
            list.retain(|it| *it != own);
            found |= list.len() < before;
        }
        let is_own = *value == own;
        found |= is_own;
        !is_own
    });
    found
}
