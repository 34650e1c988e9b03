//! Commits: the log of the ledger, batches, undoing.

use app::{Outline, token_of};
use axum::http::{StatusCode, header};
use domain::{
    Command, Step,
    access::{Act, On},
};
use ledger::Op;
use meta::Id;
use serde_json::{Value, json};

use super::{
    Endpoint, Fault, Gives, Is, Parameter, Reply, Takes,
    endpoint::{get, number, post, text},
    steps::{self, Batch},
    told::{self, Told},
    transfer,
};
use crate::{Ask, routes::Needs};

const NOTE: &str = r#"{"note": "agreed in the weekly meeting"}"#;

/// What can be done with commits.
pub(super) const TABLE: &[Endpoint] = &[
    get("/api/v1/o/{org}/commits", "log", list)
        .says("The entries of the ledger, the newest first.")
        .needs(Needs::May(Act::SeeHistory))
        .query(&[
            number("limit", "How many entries at once; 50 otherwise.", 1, 500),
            number("before", "Only entries before this one.", 1, 9_007_199_254_740_991),
        ])
        .gives(Gives::Json(200, "Log")),
    post("/api/v1/o/{org}/commits", "commit", create)
        .says(
            "Does many steps in one commit, all or nothing: `create`, `edit`, `move`, `withdraw`, \
             `reinstate`, `confirm`, `merge`, `assent`. A record that a step makes under a `name` is \
             `$name` in links of others. What is wrong is told with the step's pointer.",
        )
        .takes(
            Takes::Json("Batch"),
            r#"{"note": "from the inventory", "steps": [
  {"do": "create", "kind": "role", "name": "ops", "fields": {"title": "Operations"}},
  {"do": "create", "kind": "asset", "fields": {"title": "Mail server", "owner": "$ops"}}
]}"#,
        )
        .gives(Gives::Json(201, "Committed")),
    get("/api/v1/o/{org}/commits/{entry}", "entry", read)
        .says("One entry of the ledger with the records it touched.")
        .needs(Needs::May(Act::SeeHistory))
        .query(&[])
        .gives(Gives::Json(200, "Entry")),
    post("/api/v1/o/{org}/commits/{entry}/undo", "undo", undo)
        .says("Undoes an entry by another one: each record becomes what it was before.")
        .takes(Takes::Json("Undo"), NOTE)
        .gives(Gives::Json(201, "Committed")),
    post("/api/v1/o/{org}/import", "import", transfer::import)
        .says(
            "Takes a spreadsheet in (CSV or XLSX of your own, or a file that was exported here), in \
             one commit; the body is its bytes.",
        )
        .needs(Needs::May(Act::Import))
        .long()
        .query(&[
            Parameter { name: "name", help: "The name of the file.", is: Is::Text, needed: true },
            Parameter {
                name: "dry_run",
                help: "Only says what would be done.",
                is: Is::Truth,
                needed: false,
            },
            text("kind", "The kind of its rows; found out by the headers otherwise."),
            Parameter {
                name: "on_conflict",
                help: "What wins where a cell and the record have both changed.",
                is: Is::One(&["keep", "take_sheet"]),
                needed: false,
            },
        ])
        .takes(Takes::File, "")
        .gives(Gives::Json(200, "Imported")),
];

/// A batch has at most so many steps.
pub(super) const MOST_STEPS: usize = 20_000;

/// A page of the log has so many entries unless more are asked for.
const PAGE: u64 = 50;

/// Of one entry so many records are named.
const NAMED: u64 = 1_000;

/// Many steps in one commit, whole or not at all.
pub(super) fn create(ask: &Ask) -> Result<Reply, Fault> {
    let body = told::parse(&ask.body)?;
    let told = Told::of(&body, "")?;
    let note = steps::note(&told).map(|it| it.into_owned());
    let none = Vec::new();
    let list = told.list("steps").unwrap_or(&none);
    if told.members.get("steps").is_none() {
        told.needs("steps");
    } else if list.is_empty() || list.len() > MOST_STEPS {
        told.wrong("steps", format!("a batch has 1 to {MOST_STEPS} steps"));
    }
    told.done()?;
    let (steps, batch) = Batch::read(ask, list)?;
    let targets = batch.targets;
    let place = |step: Option<usize>| step.map(|it| format!("/steps/{it}")).unwrap_or_default();
    let receipt = steps::commit(ask, Command { note, steps }, Vec::new(), &place)?;
    let mut out = format!("{{\"entry\":{},\"records\":[", receipt.seq);
    for (at, id) in targets.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        match receipt.isms.get(*id) {
            Some(record) => out.push_str(&format!(
                "{{\"id\":\"{id}\",\"ref\":\"{}\",\"version\":{}}}",
                record.name(),
                record.head.version
            )),
            None => out.push_str("null"),
        }
    }
    out.push_str("]}");
    let to = format!("/api/v1/o/{}/commits/{}", ask.param("org"), receipt.seq);
    let reply = Reply::text(out).status(StatusCode::CREATED).position(receipt.seq);
    Ok(reply.header(header::LOCATION, &to))
}

/// The entries of the ledger, the newest first.
pub(super) fn list(ask: &Ask) -> Result<Reply, Fault> {
    let number = |name: &str| ask.query.said(name).and_then(|it| it.parse::<u64>().ok());
    let limit = number("limit").unwrap_or(PAGE);
    let newest = ask.isms().position();
    let upto = number("before").map_or(newest, |it| newest.min(it.saturating_sub(1)));
    // Who looks at a time only finds nothing before it.
    let is_open = |seq: &u64| ask.sight().reads_entry(*seq);
    let first = (1..=upto).find(is_open).unwrap_or(upto + 1);
    let from = (upto + 1).saturating_sub(limit).max(first);
    let outlines = match upto {
        upto if from > upto => Vec::new(),
        upto => ask.place()?.organization.outlines(from, upto)?,
    };
    let shown = outlines.iter().rev().filter(|it| is_open(&it.entry.seq));
    let items: Vec<Value> = shown.map(|it| outline(ask, it)).collect();
    let mut page = json!({"items": items, "total": newest});
    let mut reply = Reply::nothing();
    if from > first && upto > 0 {
        let query = ask.query.with("before", Some(&from.to_string())).query();
        let next = format!("{}?{query}", ask.path);
        page["next"] = json!(next);
        reply = reply.header(header::LINK, &format!("<{next}>; rel=\"next\""));
    }
    let headers = reply.headers;
    let mut reply = Reply::json(&page);
    reply.headers = headers;
    Ok(reply)
}

/// One entry with the records it touched.
pub(super) fn read(ask: &Ask) -> Result<Reply, Fault> {
    let seq = seq(ask)?;
    if !ask.sight().reads_entry(seq) {
        return Err(Fault::not_found());
    }
    let organization = &ask.place()?.organization;
    let found = organization.outlines(seq, seq)?.pop().ok_or_else(Fault::not_found)?;
    let mut entry = outline(ask, &found);
    let lines = organization.lines(seq, 0, NAMED)?;
    let sight = ask.sight();
    let shown = lines.iter().filter_map(|it| {
        let record = sight.get(it.record)?;
        let op = match it.op {
            Op::Put => "put",
            Op::Withdraw => "withdraw",
            Op::Erase => "erase",
        };
        Some(json!({
            "id": it.record, "ref": record.name(), "kind": it.kind, "version": it.version,
            "what": op, "stage": it.stage,
        }))
    });
    entry["records"] = shown.collect();
    Ok(Reply::json(&entry))
}

/// Undoes an entry by another one.
pub(super) fn undo(ask: &Ask) -> Result<Reply, Fault> {
    let seq = seq(ask)?;
    let body = told::parse(&ask.body)?;
    let told = Told::of(&body, "")?;
    let note = steps::note(&told);
    let skips = told.truth("skip_changed");
    told.done()?;
    let undo = ask.place()?.organization.undo(seq).map_err(|err| match err {
        app::Error::Wrong(detail) => Fault::new(StatusCode::CONFLICT, "Refused", detail),
        err => err.into(),
    })?;
    let mut command = undo.command;
    if command.steps.is_empty() || !undo.left.is_empty() && !skips {
        let nothing = command.steps.is_empty();
        let names: Vec<String> = undo
            .left
            .iter()
            .filter_map(|it| ask.sight().get(it.0))
            .take(10)
            .map(meta::Record::name)
            .collect();
        let names =
            if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
        let why = "was changed again since, or something that stays names it";
        let (title, detail) = match nothing {
            true => (
                "Nothing to undo",
                format!("undoing this entry would change nothing: all it did {why}{names}"),
            ),
            false => (
                "Changed meanwhile",
                format!(
                    "some of what this entry did {why}{names}: send `skip_changed` to undo the rest"
                ),
            ),
        };
        return Err(Fault::new(StatusCode::CONFLICT, title, detail));
    }
    command.note = Some(domain::command::undo_note(seq, note.as_deref()));
    let targets: Vec<Id> = command
        .steps
        .iter()
        .filter_map(|it| if let Step::Revert { record, .. } = it { Some(*record) } else { None })
        .collect();
    let receipt = steps::commit(ask, command, Vec::new(), &|_| String::new())?;
    let records: Vec<Value> = targets
        .iter()
        .map(|id| match receipt.isms.get(*id) {
            Some(it) => json!({"id": id, "ref": it.name(), "version": it.head.version}),
            None => Value::Null,
        })
        .collect();
    let to = format!("/api/v1/o/{}/commits/{}", ask.param("org"), receipt.seq);
    let reply = Reply::json(&json!({"entry": receipt.seq, "records": records}));
    Ok(reply.status(StatusCode::CREATED).position(receipt.seq).header(header::LOCATION, &to))
}

fn seq(ask: &Ask) -> Result<u64, Fault> {
    let text = ask.param("entry");
    let is_digits = text.bytes().all(|it| it.is_ascii_digit());
    let seq: u64 = is_digits.then(|| text.parse().ok()).flatten().ok_or_else(Fault::not_found)?;
    let newest = ask.isms().position();
    if (1..=newest).contains(&seq) { Ok(seq) } else { Err(Fault::not_found()) }
}

fn outline(ask: &Ask, it: &Outline) -> Value {
    let sees = |kind: &str| kinds::kind(kind).is_some_and(|it| ask.may(Act::See, On::Kind(it)));
    let is_open = it.tallies.iter().all(|it| sees(&it.kind));
    let note = it.entry.note.as_ref().filter(|_| is_open).map(|it| it.text.as_str());
    let by = it.actor.and_then(|it| ask.sight().get(it));
    let touched: Vec<Value> = it
        .tallies
        .iter()
        .filter(|it| sees(&it.kind))
        .map(|it| json!({"kind": it.kind, "count": it.count}))
        .collect();
    let token = token_of(&it.entry.via);
    json!({
        "entry": it.entry.seq, "at": it.at.to_string(),
        "by": by.map(|it| json!({"ref": it.name(), "kind": it.def().id, "title": it.title()})),
        "via": if token.is_some() { "token" } else { it.entry.via.as_str() },
        "token": token,
        "note": note, "root": ledger::hash::encode(&it.entry.root), "touched": touched,
    })
}
