//! Proof that the history is whole: what an outsider takes away, and verification here.

use app::accounts::Scope;
use domain::access::Act;
use serde_json::{Value, json};

use super::{
    Endpoint, Fault, Gives, Reply, Takes,
    endpoint::{get, post},
    told::{self, Told},
};
use crate::{Ask, routes::Needs};

/// Proof that the history is whole.
pub(super) const TABLE: &[Endpoint] = &[
    get("/api/v1/o/{org}/checkpoint", "checkpoint", checkpoint)
        .says("The newest signed checkpoint: whoever keeps it can tell later whether anything before it was changed.")
        .needs(Needs::May(Act::SeeHistory))
        .query(&[])
        .gives(Gives::File(&["text/plain"])),
    get("/api/v1/o/{org}/keys", "keys", keys)
        .says("The public keys of the ledger, the oldest first.")
        .needs(Needs::May(Act::SeeHistory))
        .query(&[])
        .gives(Gives::Json(200, "Keys")),
    post("/api/v1/o/{org}/verification", "verify", verify)
        .says("Computes the whole ledger again and compares it with what was signed.")
        .needs(Needs::May(Act::SeeHistory))
        .scope(Scope::Read)
        .long()
        .takes(Takes::Json("Verify"), "{}")
        .gives(Gives::Json(200, "Verified")),
    get("/api/v1/o/{org}/bundle", "bundle", bundle)
        .says(
            "What an outsider needs to verify the ledger without database or secret; what you may \
             not see is in it by its hash only.",
        )
        .needs(Needs::May(Act::Export))
        .long()
        .query(&[])
        .gives(Gives::File(&["application/octet-stream"])),
];

/// The newest signed checkpoint, as an outsider keeps it.
pub(super) fn checkpoint(ask: &Ask) -> Result<Reply, Fault> {
    let note = ask.place()?.organization.checkpoint()?;
    Ok(Reply::bytes("text/plain; charset=utf-8", note))
}

/// The public keys of the ledger, oldest first.
pub(super) fn keys(ask: &Ask) -> Result<Reply, Fault> {
    let keys = ask.place()?.organization.keys()?;
    let items: Vec<Value> =
        keys.iter().map(|(origin, key)| json!({"since": origin, "key": key})).collect();
    Ok(Reply::json(&json!({"items": items})))
}

/// Computes the whole ledger again.
pub(super) fn verify(ask: &Ask) -> Result<Reply, Fault> {
    let body = told::parse(&ask.body)?;
    let told = Told::of(&body, "")?;
    let outside = told.text("checkpoint").map(|text| ledger::verify::Outside {
        name: "the checkpoint you gave".to_owned(),
        note: format!("{}\n", text.trim_start_matches('\u{feff}').trim_end()),
    });
    told.done()?;
    let options = ledger::Options {
        outside: outside.into_iter().collect(),
        trusted: Vec::new(),
        every_signature: false,
        threads: std::thread::available_parallelism().ok(),
    };
    Ok(Reply::json(&match ask.place()?.organization.verify(&options) {
        Ok(report) => json!({
            "whole": true, "entries": report.size, "root": ledger::hash::encode(&report.root),
            "revisions": report.revisions, "erased": report.erased,
            "checkpoints": report.checkpoints, "files": report.files,
            "remarks": report.remarks.iter().map(ToString::to_string).collect::<Vec<_>>(),
        }),
        Err(err @ app::Error::Store(_)) => return Err(err.into()),
        Err(err) => json!({"whole": false, "fault": err.to_string()}),
    }))
}

/// What an outsider needs to verify the ledger.
pub(super) fn bundle(ask: &Ask) -> Result<Reply, Fault> {
    let bytes = crate::pages::history::bundled(ask)?;
    Ok(Reply::bytes("application/octet-stream", bytes))
}
