//! Records: read, made, changed, withdrawn.

use app::Receipt;
use axum::http::{StatusCode, header};
use domain::Step;
use meta::Record;

use super::{
    Endpoint, Fault, Gives, Reply, Takes,
    endpoint::{delete, get, patch, post},
    fields::Fields,
    list,
    steps::{self, Names},
    told::{self, Told},
    transfer,
    write::Writer,
};
use crate::{Ask, Problem};

/// What can be done with records of each kind.
pub(super) const TABLE: &[Endpoint] = &[
    get("/api/v1/o/{org}/{kind}", "list", list::list)
        .says("Lists records, page by page.")
        .quick(list::is_known)
        .query(list::LIST)
        .gives(Gives::Json(200, "{Kind}List")),
    post("/api/v1/o/{org}/{kind}", "create", create)
        .says("Makes a record. With an `id` of your own (a UUID), sending it twice makes it once.")
        .takes(Takes::Json("{Kind}New"), "")
        .gives(Gives::Json(201, "{Kind}")),
    get("/api/v1/o/{org}/{kind}/{number}", "read", read)
        .says("One record. Its `ETag` is its version.")
        .quick(|_| true)
        .gives(Gives::Json(200, "{Kind}")),
    patch("/api/v1/o/{org}/{kind}/{number}", "change", change)
        .says(
            "Changes fields; what is not sent stays, `null` clears a field. `If-Match` says which \
             version you have seen and must be there.",
        )
        .takes(Takes::Json("{Kind}Change"), "")
        .gives(Gives::Json(200, "{Kind}")),
    delete("/api/v1/o/{org}/{kind}/{number}", "withdraw", withdraw)
        .says("Hides a record from lists; refused while others link to it, and can be undone.")
        .gives(Gives::Nothing),
    get("/api/v1/o/{org}/{kind}/export", "export", transfer::export)
        .says("Records with all their fields as a file, to be edited and brought back.")
        .query(list::EXPORT)
        .long()
        .gives(Gives::File(&["application/json", "text/csv", transfer::XLSX])),
];

/// One record.
pub(super) fn read(ask: &Ask) -> Result<Reply, Fault> {
    let record = seen(ask)?;
    let mut writer = Writer::of(ask, 1);
    writer.record(record, &[]);
    Ok(Reply::text(writer.finish()).version(record.head.version))
}

/// Makes a record.
pub(super) fn create(ask: &Ask) -> Result<Reply, Fault> {
    let def = ask.kind()?;
    let body = told::parse(&ask.body)?;
    let told = Told::of(&body, "")?;
    let names = Names::new();
    let resolve = |text: &str| steps::find(ask, &names, text);
    let fields = Fields::new(&resolve);
    let id = told.id("id").unwrap_or_else(app::fresh_id);
    let new = steps::new(def, &told, &fields, id);
    let note = steps::note(&told);
    done(&told, &fields)?;
    let receipt = steps::one(ask, Step::New(new), note.as_deref())?;
    let record = receipt.isms.get(id).ok_or(Problem::NotFound)?;
    let to = address(ask, record);
    let reply = after(ask, &receipt, record).status(StatusCode::CREATED);
    Ok(reply.header(header::LOCATION, &to))
}

/// Changes fields of a record.
pub(super) fn change(ask: &Ask) -> Result<Reply, Fault> {
    let record = ask.record()?;
    let version = seen_version(ask, record)?;
    if version.is_none() {
        return Err(Fault::needs_version());
    }
    let body = told::parse(&ask.body)?;
    let told = Told::of(&body, "")?;
    let names = Names::new();
    let resolve = |text: &str| steps::find(ask, &names, text);
    let mut fields = Fields::new(&resolve);
    app::named_files(record, &mut |it| fields.files.push(it.clone()));
    let before = record.head.extras.as_deref();
    let edit = steps::edit(record.head.id, record.def(), before, version, &told, &fields);
    let note = steps::note(&told);
    done(&told, &fields)?;
    let receipt = steps::one(ask, Step::Edit(edit), note.as_deref())?;
    shown(ask, &receipt, record)
}

/// Hides a record from lists.
pub(super) fn withdraw(ask: &Ask) -> Result<Reply, Fault> {
    let record = ask.record()?;
    let version = seen_version(ask, record)?;
    let step = Step::Withdraw { record: record.head.id, version };
    let receipt = steps::one(ask, step, None)?;
    Ok(Reply::nothing().position(receipt.seq))
}

/// The record in the path, as it is read there.
pub(super) fn seen(ask: &Ask) -> Result<&Record, Fault> {
    let def = ask.kind()?;
    let digits = ask.param("number");
    let number = digits.bytes().all(|it| it.is_ascii_digit()).then(|| digits.parse().ok());
    let number: u32 = number.flatten().ok_or_else(Fault::not_found)?;
    ask.sight().numbered(def.id, number).ok_or_else(Fault::not_found)
}

/// The version that a request has seen, where it says so: `If-Match`.
pub(super) fn seen_version(ask: &Ask, record: &Record) -> Result<Option<u32>, Fault> {
    let text = ask.header(header::IF_MATCH.as_str()).trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text == "*" {
        return Ok(Some(record.head.version));
    }
    // A proxy that compresses marks what it sends on as weak.
    let text = text.strip_prefix("W/").unwrap_or(text);
    let number = text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let number = number.and_then(|it| it.parse().ok());
    number.map(Some).ok_or_else(|| {
        Fault::header("If-Match", "`If-Match` is the ETag of a record, such as `\"3\"`")
    })
}

/// A record after it was changed; nothing where it may not be seen any more.
pub(super) fn shown(ask: &Ask, receipt: &Receipt, record: &Record) -> Result<Reply, Fault> {
    match receipt.isms.get(record.head.id) {
        Some(record) => Ok(after(ask, receipt, record)),
        None => Ok(Reply::nothing().position(receipt.seq)),
    }
}

/// Where a record is read.
pub(super) fn address(ask: &Ask, record: &Record) -> String {
    let org = ask.param("org");
    format!("/api/v1/o/{org}/{}/{}", record.def().id, record.head.number)
}

fn after(ask: &Ask, receipt: &Receipt, record: &Record) -> Reply {
    let place = ask.here();
    let view = domain::View::new(&receipt.isms, ask.day());
    let access = domain::access::Access::of(&receipt.isms, place.person, ask.day());
    let sight = domain::access::Sight::new(view, &access);
    match sight.reads(record) {
        Some(record) => {
            let mut writer = Writer::new(sight);
            writer.record(record, &[]);
            let reply = Reply::text(writer.finish());
            reply.version(record.head.version).position(receipt.seq)
        }
        None => Reply::nothing().position(receipt.seq),
    }
}

/// That nothing was wrong with what was told.
pub(super) fn done(told: &Told<'_>, fields: &Fields<'_>) -> Result<(), Fault> {
    let mut wrongs = told.wrongs();
    wrongs.extend(fields.wrongs.take());
    if wrongs.is_empty() { Ok(()) } else { Err(Fault::body(wrongs)) }
}
