//! Second factors and the names that providers know people by, in a backup.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use store::accounts::{Authenticator, Identity, Kept, Passkey, Provided, Recovery};

use super::{id, text};
use crate::Error;

const AUTHENTICATOR: &str = "authenticator";
const PASSKEY: &str = "passkey";
const RECOVERY: &str = "recovery";
const IDENTITY: &str = "identity";
const PROVIDED: &str = "provided";

/// Calls `each` with the name and the content of every row.
pub(super) fn rows(
    kept: &Kept,
    mut each: impl FnMut(&str, Value) -> Result<(), Error>,
) -> Result<(), Error> {
    for it in &kept.authenticators {
        let secret = STANDARD.encode(&it.secret);
        let row =
            json!({"account": it.account, "secret": secret, "since": it.since, "step": it.step});
        each(AUTHENTICATOR, row)?;
    }
    for it in &kept.passkeys {
        let row = json!({
            "id": it.id, "account": it.account, "credential": STANDARD.encode(&it.credential),
            "content": STANDARD.encode(&it.content), "counter": it.counter, "name": it.name,
            "since": it.since, "used": it.used,
        });
        each(PASSKEY, row)?;
    }
    for it in &kept.recoveries {
        let hash = STANDARD.encode(it.hash);
        each(RECOVERY, json!({"account": it.account, "hash": hash, "used": it.used}))?;
    }
    for it in &kept.identities {
        let row = json!({
            "issuer": it.issuer, "subject": it.subject, "account": it.account,
            "provider": it.provider, "since": it.since, "seen": it.seen,
        });
        each(IDENTITY, row)?;
    }
    for it in &kept.provided {
        let row = json!({
            "organization": it.organization, "membership": it.membership, "account": it.account,
            "provider": it.provider,
        });
        each(PROVIDED, row)?;
    }
    Ok(())
}

/// Takes a row, if it is one of these; nothing when it lacks something.
pub(super) fn take(kept: &mut Kept, name: &str, row: &Value) -> Option<()> {
    match name {
        AUTHENTICATOR => kept.authenticators.push(Authenticator {
            account: id(row, "account")?,
            secret: bytes(row, "secret")?,
            since: row.get("since")?.as_i64()?,
            step: row.get("step")?.as_i64()?,
        }),
        PASSKEY => kept.passkeys.push(Passkey {
            id: id(row, "id")?,
            account: id(row, "account")?,
            credential: bytes(row, "credential")?,
            content: bytes(row, "content")?,
            counter: row.get("counter")?.as_i64()?,
            name: text(row, "name")?,
            since: row.get("since")?.as_i64()?,
            used: row.get("used")?.as_i64(),
        }),
        RECOVERY => kept.recoveries.push(Recovery {
            account: id(row, "account")?,
            hash: bytes(row, "hash")?.try_into().ok()?,
            used: row.get("used")?.as_i64(),
        }),
        IDENTITY => kept.identities.push(Identity {
            issuer: text(row, "issuer")?,
            subject: text(row, "subject")?,
            account: id(row, "account")?,
            provider: text(row, "provider")?,
            since: row.get("since")?.as_i64()?,
            seen: row.get("seen")?.as_i64()?,
        }),
        PROVIDED => kept.provided.push(Provided {
            organization: id(row, "organization")?,
            membership: id(row, "membership")?,
            account: id(row, "account")?,
            provider: text(row, "provider")?,
        }),
        _ => {}
    }
    Some(())
}

fn bytes(row: &Value, key: &str) -> Option<Vec<u8>> {
    STANDARD.decode(row.get(key)?.as_str()?).ok()
}
