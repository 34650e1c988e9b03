//! Whole registers in and out, as files.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use domain::access::{Act, On};
use exchange::{
    Limits, Workbook,
    export::{self, exported_kind, read_back, read_back_json},
    import::{self, OnConflict, Options, Outcome, Source},
};
use meta::{Id, Provenance};
use serde_json::{Value, json};

use super::{Fault, Reply, list, steps};
use crate::{Ask, Problem};

/// What an import would do or has done.
struct Told {
    command: domain::Command,
    sheets: Vec<Value>,
}

/// At most so many rows that were not taken are told.
const TOLD: usize = 200;

/// The records of a kind with all of their fields, as a file that can be edited and brought back.
pub(super) fn export(ask: &Ask) -> Result<Reply, Fault> {
    let def = ask.kind()?;
    ask.must(Act::Export, On::Everything)?;
    let sees = ask.sees();
    let asker = list::asker(ask, def, &sees);
    let query = list::query(ask, def, &asker)?;
    let ids: BTreeSet<Id> = query.run(&asker).rows().map(|it| it.head.id).collect();
    let options = export::Options { records: Some(&ids), withdrawn: true, ..Default::default() };
    let (media, bytes) = match ask.query.said("form").unwrap_or("json") {
        "csv" => ("text/csv; charset=utf-8", export::csv(ask.view(), def, &options)),
        "xlsx" => {
            let now = ask.now.to_zoned(ask.zone()).datetime();
            let bytes = export::xlsx(ask.view(), &[def], &options, now);
            (XLSX, bytes.map_err(|it| Fault::from(Problem::broken(it)))?)
        }
        _ => ("application/json", export::json(ask.view(), def, &options)),
    };
    Ok(Reply::bytes(media, bytes))
}

pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Takes a spreadsheet in, or says what taking it in would do.
pub(super) fn import(ask: &Ask) -> Result<Reply, Fault> {
    let upload = ask.uploads.first().filter(|it| it.size > 0);
    let upload = upload.ok_or_else(|| Fault::malformed("send the bytes of the file"))?;
    let mut bytes = Vec::new();
    let mut file = upload.open().map_err(Problem::from)?;
    std::io::Read::read_to_end(&mut file, &mut bytes).map_err(Problem::from)?;
    let kind = match ask.query.said("kind") {
        None => None,
        Some(id) => {
            let found = kinds::KINDS.iter().copied().find(|it| it.id == id);
            Some(found.ok_or_else(|| Fault::query("kind", format!("there is no kind `{id}`")))?)
        }
    };
    let first = bytes.iter().find(|it| !it.is_ascii_whitespace());
    let view = ask.view();
    let unread = |err: exchange::Error| {
        let cause = std::error::Error::source(&err).map(|it| format!(": {it}"));
        let detail = format!("`{}`: {err}{}", upload.name, cause.unwrap_or_default());
        Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "File not understood", detail)
    };
    let unclear = || {
        let detail = match kind {
            Some(def) => format!(
                "no column of `{}` is a field of the kind `{}`: it has {}",
                upload.name,
                def.id,
                def.fields.iter().map(|it| it.name).collect::<Vec<_>>().join(", ")
            ),
            None => format!(
                "no sheet of `{}` has headers by which to know what its rows are: say `kind`",
                upload.name
            ),
        };
        Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "File not understood", detail)
    };
    let told = if first == Some(&b'[') {
        let read = read_back_json(view, &bytes, &mut app::fresh_id).map_err(unread)?;
        back(&upload.name, read)
    } else {
        let book = exchange::read(&upload.name, &bytes, &Limits::default()).map_err(unread)?;
        match book.sheets.iter().any(|it| exported_kind(it).is_some()) {
            true => back(&upload.name, read_back(view, &book, &mut app::fresh_id).map_err(unread)?),
            false => {
                foreign(ask, &upload.name, &book, kind).map_err(unread)?.ok_or_else(unclear)?
            }
        }
    };
    let is_dry = ask.query.said("dry_run") == Some("true");
    let steps = told.command.steps.len();
    let mut answer = json!({"dry_run": is_dry, "steps": steps, "sheets": told.sheets});
    if is_dry || steps == 0 {
        return Ok(Reply::json(&answer));
    }
    let receipt = steps::commit(ask, told.command, Vec::new(), &|_| String::new())?;
    answer["entry"] = json!(receipt.seq);
    Ok(Reply::json(&answer).position(receipt.seq))
}

/// A file that was exported from here.
fn back(name: &str, read: export::ReadBack) -> Told {
    let mut command = read.command;
    command.note.get_or_insert_with(|| format!("Edits in {name}"));
    let sheet = json!({
        "file": name, "rows": read.rows, "unchanged": read.unchanged,
        "changed": read.rows.saturating_sub(read.unchanged), "made": 0, "rejected": [],
        "kind": null,
    });
    Told { command, sheets: vec![sheet] }
}

/// A file of somebody's own; nothing when no sheet was understood.
fn foreign(
    ask: &Ask,
    name: &str,
    book: &Workbook,
    kind: Option<&'static meta::KindDef>,
) -> Result<Option<Told>, exchange::Error> {
    let options = Options {
        kind,
        provenance: Provenance::Import,
        on_conflict: match ask.query.said("on_conflict") {
            Some("take_sheet") => OnConflict::TakeSheet,
            _ => OnConflict::Keep,
        },
        ..Options::default()
    };
    let source = [Source { name, workbook: book }];
    let plan = import::plan(ask.view(), &source, &options, &mut app::fresh_id)?;
    if plan.sheets.iter().all(|it| it.kind.is_none()) {
        return Ok(None);
    }
    let sheets = plan.sheets.iter().map(|it| {
        let rejected = it.rows.iter().filter_map(|row| match &row.outcome {
            Outcome::Rejected(why) => Some(json!({"line": row.line, "why": why})),
            _ => None,
        });
        json!({
            "file": format!("{}, {}", it.source, it.sheet), "kind": it.kind.map(|it| it.id),
            "why": it.why,
            "rows": it.summary.read, "made": it.summary.made, "changed": it.summary.updated,
            "unchanged": it.summary.unchanged, "rejected": rejected.take(TOLD).collect::<Vec<_>>(),
        })
    });
    let sheets = sheets.collect();
    Ok(Some(Told { command: plan.command, sheets }))
}
