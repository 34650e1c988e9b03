//! Calendars and webhooks in a backup.

use ledger::hash::{hex, unhex};
use serde_json::{Value, json};
use store::{
    Hook,
    accounts::{Calendar, Kept},
};

use super::{id, text};
use crate::Error;

const CALENDAR: &str = "calendar";
const HOOK: &str = "hook";

/// Calls `each` with the name and the content of every row.
pub(super) fn rows(
    kept: &Kept,
    mut each: impl FnMut(&str, Value) -> Result<(), Error>,
) -> Result<(), Error> {
    for it in &kept.calendars {
        let row = json!({
            "hash": hex(&it.hash), "account": it.account, "organization": it.organization,
            "breadth": it.breadth, "made": it.made, "seen": it.seen,
        });
        each(CALENDAR, row)?;
    }
    for it in &kept.hooks {
        let row = json!({
            "id": it.id, "organization": it.organization, "url": it.url, "secret": it.secret,
            "kinds": it.kinds, "person": it.person, "made": it.made, "paused": it.paused,
        });
        each(HOOK, row)?;
    }
    Ok(())
}

/// Whether rows of this name are for here.
pub(super) fn is_it(name: &str) -> bool {
    [CALENDAR, HOOK].contains(&name)
}

/// Takes a row; nothing when it lacks something.
pub(super) fn take(kept: &mut Kept, name: &str, row: &Value) -> Option<()> {
    match name {
        CALENDAR => kept.calendars.push(Calendar {
            hash: unhex(&text(row, "hash")?)?,
            account: id(row, "account")?,
            organization: id(row, "organization")?,
            breadth: text(row, "breadth")?,
            made: row.get("made")?.as_i64()?,
            seen: row.get("seen")?.as_i64(),
        }),
        _ => kept.hooks.push(Hook {
            id: id(row, "id")?,
            organization: id(row, "organization")?,
            url: text(row, "url")?,
            secret: text(row, "secret")?,
            kinds: text(row, "kinds")?,
            person: id(row, "person")?,
            made: row.get("made")?.as_i64()?,
            paused: row.get("paused")?.as_i64(),
        }),
    }
    Some(())
}
