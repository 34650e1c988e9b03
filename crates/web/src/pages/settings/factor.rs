//! Taking the second factor of a member away, for somebody who has lost it.

use domain::{Step, command::New};
use meta::{Extras, Id, Provenance, Record};
use serde_json::{Map, Value, json};

use crate::{Ask, Problem};

/// Takes it away; the ledger keeps who did it, and the person is told by a comment that mentions
/// them. Answers what to say.
///
/// # Errors
/// When whoever asks may say nothing about the person, or the database fails.
pub(super) fn take_away(ask: &Ask, person: &Record, account: Id) -> Result<String, Problem> {
    let name = person.title();
    let accounts = ask.site.app.accounts();
    if !accounts.factors(account)?.is_second() {
        return Ok(format!("{name} has no second factor."));
    }
    // The record first: an account is not opened wider without a trace.
    ask.step(told(person.head.id))?;
    accounts.clear_factors(account)?;
    Ok(format!(
        "The second factor of {name} is taken away, and they are signed out everywhere. They are \
         told, and the history of their record keeps it."
    ))
}

fn told(person: Id) -> Step {
    let Value::Object(fields) = json!({
        "title": "The second factor was taken away",
        "text": "Passkeys, authenticator app and recovery codes of this account were taken away, \
                 because they were lost. It opens with the password alone until a new second \
                 factor is set up, on the page of the account. If you did not ask for this, tell \
                 your administrator at once.",
        "about": person,
        "mentions": [person],
    }) else {
        unreachable!("a body is an object")
    };
    Step::New(New {
        id: app::fresh_id(),
        kind: "comment".to_owned(),
        fields: Map::from_iter(fields),
        stage: None,
        provenance: Provenance::Person,
        extras: Extras::default(),
    })
}
