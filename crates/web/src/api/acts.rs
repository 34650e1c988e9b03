//! What is done with a record beside changing its fields.

use app::{Version, accounts::Scope};
use domain::{
    Command, Step,
    access::{Act, On},
    command::{Edit, Subject},
};
use meta::{FieldType, FileRef, Id, Provenance, Record};
use serde_json::Map;

use super::{
    Endpoint, Fault, Gives, Is, Parameter, Reply, Takes,
    endpoint::{get, post, text},
    fault::Wrong,
    records::{address, seen, seen_version, shown},
    steps::{self, Names},
    told::{self, Told},
    write::Writer,
};
use crate::{Ask, Problem, comment};

const FILE: &[Parameter] = &[
    Parameter { name: "name", help: "The name of the file.", is: Is::Text, needed: true },
    text("sha256", "Its SHA-256 in hex, to be compared with what arrives."),
];

/// What can be done with a record beside changing its fields.
pub(super) const TABLE: &[Endpoint] = &[
    get("/api/v1/o/{org}/{kind}/{number}/links", "links", links)
        .says("What a record links to, and what links to it.")
        .gives(Gives::Json(200, "Links")),
    get("/api/v1/o/{org}/{kind}/{number}/history", "history", history)
        .says("The versions of a record, the oldest first, with who made them, when and why.")
        .gives(Gives::Json(200, "History")),
    post("/api/v1/o/{org}/{kind}/{number}/stage", "move", go)
        .says("Takes a record to another stage.")
        .takes(Takes::Json("Move"), r#"{"to": "assessed", "reason": "rated in the workshop"}"#)
        .gives(Gives::Json(200, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/assents", "assent", assent)
        .says(
            "Assents in your name, or refuses: reviews (still true), approves, publishes, accepts, \
             acknowledges, attests. The approval is the answer; a request to you becomes it.",
        )
        .scope(Scope::Approve)
        .takes(Takes::Json("Assent"), r#"{"purpose": "review", "comment": "nothing has changed"}"#)
        .gives(Gives::Json(200, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/confirmation", "confirm", confirm)
        .says("Makes seeded or imported text your own.")
        .scope(Scope::Approve)
        .gives(Gives::Json(200, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/comments", "comment", say)
        .says("Says something about a record; `@name` mentions a person.")
        .takes(Takes::Json("Remark"), r#"{"text": "@Ada Lind please look at this"}"#)
        .gives(Gives::Json(201, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/attachments", "attach", attach)
        .says("Keeps a file with a record: the body is its bytes.")
        .query(FILE)
        .takes(Takes::File, "")
        .gives(Gives::Json(200, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/file/{field}", "set_file", set_file)
        .says("Puts a file into a field of a record: the body is its bytes.")
        .query(FILE)
        .takes(Takes::File, "")
        .gives(Gives::Json(200, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/reinstatement", "reinstate", reinstate)
        .says("Brings a withdrawn record back.")
        .gives(Gives::Json(200, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/restoration", "restore", restore)
        .says("Gives a record the content of an earlier version.")
        .takes(Takes::Json("Restore"), r#"{"to_version": 2}"#)
        .gives(Gives::Json(200, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/merge", "merge", merge)
        .says("Makes a record part of another one: every link to it leads there afterwards.")
        .takes(Takes::Json("Merge"), r#"{"into": "ASSET-3"}"#)
        .gives(Gives::Json(200, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/erasure", "erase", erase)
        .says("Erases the content of versions for good; all of them when none are named.")
        .scope(Scope::Administer)
        .takes(Takes::Json("Erase"), r#"{"versions": [1, 2]}"#)
        .gives(Gives::Json(200, "Record")),
];

/// Takes a record to another stage.
pub(super) fn go(ask: &Ask) -> Result<Reply, Fault> {
    let record = ask.record()?;
    let version = seen_version(ask, record)?;
    let body = told::parse(&ask.body)?;
    let told = Told::of(&body, "")?;
    let (to, reason) = (told.needed("to").to_owned(), told.text("reason").map(str::to_owned));
    told.done()?;
    let receipt =
        steps::one(ask, Step::Move { record: record.head.id, version, to, reason }, None)?;
    shown(ask, &receipt, record)
}

/// Assents to a record, or refuses: approves, publishes, accepts, reviews, acknowledges, attests.
pub(super) fn assent(ask: &Ask) -> Result<Reply, Fault> {
    let record = ask.record()?;
    let version = seen_version(ask, record)?;
    assent_to(ask, Some(record), Subject::Record(record.head.id), version)
}

/// Assents to something, or refuses; the approval is the answer.
pub(super) fn assent_to(
    ask: &Ask,
    record: Option<&Record>,
    subject: Subject,
    version: Option<u32>,
) -> Result<Reply, Fault> {
    let body = told::parse(&ask.body)?;
    let told = Told::of(&body, "")?;
    let assent = steps::assent(ask, record, subject, version, &told);
    let note = steps::note(&told);
    told.done()?;
    let assent = assent.ok_or_else(|| Fault::body(told.wrongs()))?;
    let id = assent.id;
    let receipt = steps::one(ask, Step::Assent(assent), note.as_deref())?;
    let approval = receipt.isms.get(id).ok_or(Problem::NotFound)?;
    shown(ask, &receipt, approval)
}

/// Makes seeded or imported text one's own.
pub(super) fn confirm(ask: &Ask) -> Result<Reply, Fault> {
    simple(ask, |record| Step::Confirm { record })
}

/// Undoes a withdrawal.
pub(super) fn reinstate(ask: &Ask) -> Result<Reply, Fault> {
    simple(ask, |record| Step::Reinstate { record })
}

/// Makes a record part of another one; the other is the answer.
pub(super) fn merge(ask: &Ask) -> Result<Reply, Fault> {
    let record = ask.record()?;
    let body = told::parse(&ask.body)?;
    let told = Told::of(&body, "")?;
    let into = steps::find(ask, &Names::new(), told.needed("into"));
    let into = into.map_err(|it| told.wrong("into", it)).ok();
    let note = steps::note(&told);
    told.done()?;
    let kept = into.ok_or_else(Fault::not_found)?.id;
    let step = Step::Merge { kept, dropped: record.head.id };
    let receipt = steps::one(ask, step, note.as_deref())?;
    let kept = receipt.isms.get(kept).ok_or(Problem::NotFound)?;
    shown(ask, &receipt, kept)
}

/// Erases the content of versions for good.
pub(super) fn erase(ask: &Ask) -> Result<Reply, Fault> {
    let record = ask.record()?;
    let body = told::parse(&ask.body)?;
    let told = Told::of(&body, "")?;
    let mut versions = Vec::new();
    for it in told.list("versions").into_iter().flatten() {
        match super::fields::whole(it).and_then(|it| u32::try_from(it).ok()) {
            Some(version) => versions.push(version),
            None => told.must_be("versions", "a list of numbers of versions"),
        }
    }
    let note = steps::note(&told);
    told.done()?;
    let step = Step::Erase { record: record.head.id, versions };
    let receipt = steps::one(ask, step, note.as_deref())?;
    shown(ask, &receipt, record)
}

/// Gives a record the content it had at an earlier version.
pub(super) fn restore(ask: &Ask) -> Result<Reply, Fault> {
    let record = ask.record()?;
    ask.must(Act::SeeHistory, On::Record(record))?;
    let version = seen_version(ask, record)?;
    let body = told::parse(&ask.body)?;
    let told = Told::of(&body, "")?;
    let to = told.number("to_version");
    if told.members.get("to_version").is_none() {
        told.needs("to_version");
    }
    told.done()?;
    let former = ask.place()?.organization.former(record.head.id, to.unwrap_or_default())?;
    let former = former.map(|it| domain::command::Former {
        withdrawn: record.head.withdrawn,
        provenance: Provenance::Tool,
        ..it
    });
    let step = Step::Revert { record: record.head.id, version, to: former };
    let receipt = steps::one(ask, step, None)?;
    shown(ask, &receipt, record)
}

/// Says something about a record; `@name` mentions a person.
pub(super) fn say(ask: &Ask) -> Result<Reply, Fault> {
    let record = ask.record()?;
    let body = told::parse(&ask.body)?;
    let told = Told::of(&body, "")?;
    let text = told.needed("text");
    told.done()?;
    ask.must(Act::Comment, On::Record(record))?;
    let new = comment::new(ask, record, text, Provenance::Tool)
        .map_err(|why| Fault::body(vec![Wrong::body("/text", why)]))?;
    let id = new.id;
    let receipt = steps::one(ask, Step::New(new), None)?;
    let said = receipt.isms.get(id).ok_or(Problem::NotFound)?;
    let to = address(ask, said);
    let reply = shown(ask, &receipt, said)?.status(axum::http::StatusCode::CREATED);
    Ok(reply.header(axum::http::header::LOCATION, &to))
}

/// Keeps a file with a record.
pub(super) fn attach(ask: &Ask) -> Result<Reply, Fault> {
    let record = ask.record()?;
    ask.must(Act::Edit, On::Record(record))?;
    let version = seen_version(ask, record)?;
    let (file, stored) = stored(ask)?;
    let mut extras = record.head.extras.as_deref().cloned().unwrap_or_default();
    // Sent again, perhaps because the first answer was lost: it is there.
    if extras.attachments.iter().any(|it| it.name == file.name && it.sha256 == file.sha256) {
        let mut writer = Writer::of(ask, 1);
        writer.record(record, &[]);
        return Ok(Reply::text(writer.finish()).version(record.head.version));
    }
    extras.attachments.push(file);
    let edit = Edit {
        record: record.head.id,
        version: version.or(Some(record.head.version)),
        fields: Map::new(),
        extras: Some(extras),
        provenance: Provenance::Tool,
    };
    let command = Command::one(Step::Edit(edit));
    let receipt = steps::commit(ask, command, vec![stored], &|_| String::new())?;
    shown(ask, &receipt, record)
}

/// Puts a file into a field of a record.
pub(super) fn set_file(ask: &Ask) -> Result<Reply, Fault> {
    let record = ask.record()?;
    ask.must(Act::Edit, On::Record(record))?;
    let version = seen_version(ask, record)?;
    let name = ask.param("field");
    let field = record.def().field(name).filter(|it| matches!(it.1.ty, FieldType::File));
    let (_, field) = field.ok_or_else(Fault::not_found)?;
    let (file, stored) = stored(ask)?;
    let file = serde_json::to_value(file).expect("a file has text keys only");
    let edit = Edit {
        record: record.head.id,
        version: version.or(Some(record.head.version)),
        fields: Map::from_iter([(field.name.to_owned(), file)]),
        extras: None,
        provenance: Provenance::Tool,
    };
    let command = Command::one(Step::Edit(edit));
    let receipt = steps::commit(ask, command, vec![stored], &|_| String::new())?;
    shown(ask, &receipt, record)
}

/// The file that came, stored: it is on disk before a record names it.
fn stored(ask: &Ask) -> Result<(FileRef, app::FileStored), Fault> {
    let upload = ask.uploads.first().filter(|it| it.size > 0);
    let upload = upload.ok_or_else(|| Fault::malformed("send the bytes of the file"))?;
    let mut bytes = upload.open().map_err(Problem::from)?;
    let organization = &ask.place()?.organization;
    let (file, stored) = organization.store_file(&upload.name, upload.media, &mut bytes)?;
    if let Some(wanted) = ask.query.said("sha256").filter(|it| *it != file.sha256) {
        let why = format!("the file that arrived has the digest {}, not {wanted}", file.sha256);
        return Err(Fault::query("sha256", why));
    }
    Ok((file, stored))
}

/// The links of a record: to others, and from others to it.
pub(super) fn links(ask: &Ask) -> Result<Reply, Fault> {
    let (record, sight) = (seen(ask)?, ask.sight());
    let mut writer = Writer::new(sight);
    writer.raw("{\"to\":[");
    let mut first = true;
    let mut to: Vec<(usize, Id)> = Vec::new();
    record.links(&mut |at, link| to.push((at, link.id)));
    for (at, id) in to {
        if let Some(target) = sight.get(id) {
            link(&mut writer, &mut first, record.def().fields[at].name, target);
        }
    }
    writer.raw("],\"from\":[");
    let mut first = true;
    for back in sight.links_to(record.head.id) {
        let Some(source) = sight.get(back.source) else { continue };
        if let Some(field) = source.def().fields.get(usize::from(back.field)) {
            link(&mut writer, &mut first, field.name, source);
        }
    }
    writer.raw("]}");
    Ok(Reply::text(writer.finish()))
}

fn link(writer: &mut Writer<'_>, first: &mut bool, field: &str, record: &Record) {
    if !std::mem::take(first) {
        writer.raw(",");
    }
    writer.raw("{\"field\":");
    writer.value(field);
    writer.raw(",\"id\":");
    writer.shown(&record.head.id);
    writer.raw(",\"record\":");
    writer.called(record);
    writer.raw("}");
}

/// The versions of a record, oldest first.
pub(super) fn history(ask: &Ask) -> Result<Reply, Fault> {
    let record = ask.record()?;
    ask.must(Act::SeeHistory, On::Record(record))?;
    let organization = &ask.place()?.organization;
    let mut versions = organization.versions(record, ask.isms().position())?;
    versions.retain(|it| ask.sight().reads_version(record, it.revision.seq));
    let mut writer = Writer::new(ask.sight());
    writer.raw("{\"items\":[");
    for (at, version) in versions.iter().enumerate() {
        if at > 0 {
            writer.raw(",");
        }
        one_version(ask, &mut writer, version);
    }
    writer.raw("]}");
    Ok(Reply::text(writer.finish()))
}

fn one_version(ask: &Ask, writer: &mut Writer<'_>, version: &Version) {
    writer.raw("{\"entry\":");
    writer.value(&version.revision.seq);
    writer.raw(",\"at\":");
    writer.shown(&version.at);
    writer.raw(",\"by\":");
    match version.actor.and_then(|it| ask.sight().get(it)) {
        Some(person) => writer.called(person),
        None => writer.raw("null"),
    }
    writer.raw(",\"note\":");
    writer.value(&version.note);
    writer.raw(",\"record\":");
    writer.record(&version.record, &[]);
    writer.raw("}");
}

fn simple(ask: &Ask, step: fn(Id) -> Step) -> Result<Reply, Fault> {
    let record = ask.record()?;
    let receipt = steps::one(ask, step(record.head.id), None)?;
    shown(ask, &receipt, record)
}
