//! What a page asks a browser's passkeys for: the options of our script, and its button.

use app::accounts::{Asking, Passkey, Relying};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::{Ask, Problem};

/// How long the browser waits for somebody, in milliseconds.
const PATIENCE: u32 = 300_000;

/// The algorithms of keys that are taken, the preferred one first.
const ALGORITHMS: [i32; 3] = [-8, -7, -257];

/// The site as passkeys know it; `None` where browsers keep none for it.
pub(crate) fn relying(ask: &Ask) -> Option<Relying> {
    Relying::of(&ask.site.settings.origin)
}

/// The part of a form that asks for a passkey; nothing where there can be none. Without scripts it
/// is not seen.
pub(crate) fn using(
    ask: &Ask,
    asking: Asking,
    of: &[Passkey],
    label: &str,
) -> Result<Markup, Problem> {
    let Some(relying) = relying(ask) else { return Ok(html! {}) };
    let alone = asking == Asking::SignIn;
    let options = json!({
        "challenge": ask.site.app.accounts().challenge(asking)?,
        "rpId": relying.id(),
        "timeout": PATIENCE,
        "userVerification": if alone { "required" } else { "preferred" },
        "allowCredentials": named(of),
    });
    Ok(element("use", &options, alone, label))
}

/// The part of a form that makes a passkey.
pub(crate) fn making(ask: &Ask, of: &[Passkey], label: &str) -> Result<Markup, Problem> {
    let account = &ask.signed()?.account;
    let Some(relying) = relying(ask) else { return Ok(html! {}) };
    let algorithms = ALGORITHMS.map(|it| json!({"type": "public-key", "alg": it}));
    let options = json!({
        "challenge": ask.site.app.accounts().challenge(Asking::Make(account.id))?,
        "rp": {"id": relying.id(), "name": "Muniment"},
        "user": {
            "id": URL_SAFE_NO_PAD.encode(account.id.as_bytes()),
            "name": account.email,
            "displayName": account.name,
        },
        "pubKeyCredParams": algorithms,
        "timeout": PATIENCE,
        "attestation": "none",
        "authenticatorSelection": {"residentKey": "preferred", "userVerification": "preferred"},
        "excludeCredentials": named(of),
    });
    Ok(element("make", &options, false, label))
}

fn named(of: &[Passkey]) -> Vec<Value> {
    of.iter().map(|it| json!({"type": "public-key", "id": it.credential})).collect()
}

fn element(act: &str, options: &Value, suggests: bool, label: &str) -> Markup {
    html! {
        pass-key data-do=(act) data-options=(options.to_string()) data-suggests[suggests] {
            input type="hidden" name="passkey";
            button.btn type="button" hidden { (label) }
            p.soft role="status" {}
            noscript { p.soft { "Passkeys need scripts, which this browser does not run here." } }
        }
    }
}
