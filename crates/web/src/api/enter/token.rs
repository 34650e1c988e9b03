//! Who asks: the token that a request shows, and whether its turn has come.

use std::sync::Arc;

use app::accounts::{AccessToken, Scope};
use axum::http::{HeaderMap, StatusCode, header, request::Parts};

use crate::{
    Problem, Site,
    api::{
        Fault,
        bearer::{Found, Key},
        endpoint::Endpoint,
        limits::Turn,
    },
    router::address,
    routes::Needs,
};

/// A token that was shown and opens something.
pub(super) struct Shown {
    pub(super) key: Key,
    pub(super) token: Arc<AccessToken>,
}

/// Lets in who shows a token that is for this endpoint, with a turn that is given back when the
/// request is answered; nobody is named where none is needed.
///
/// # Errors
/// When the token opens nothing or not this, or asks for too much at once.
pub(super) async fn admit(
    site: &Arc<Site>,
    endpoint: &Endpoint,
    parts: &Parts,
) -> Result<(Option<Shown>, Turn), Fault> {
    if endpoint.needs == Needs::Nothing {
        return Ok((None, Turn::default()));
    }
    let text = shown(&parts.headers)
        .ok_or_else(|| Fault::no_token("show a token: `Authorization: Bearer mun_…`"))?;
    let (key, now) = (Key::of(text), site.clock.now());
    let found = match site.bearers.known(&site.app, &key, now) {
        Some(found) => found,
        None => look_up(site, &key, text, parts).await?,
    };
    let Found { token, turns } = found;
    if !token.scopes.has(endpoint.scope) {
        return Err(lacks(endpoint.scope));
    }
    let turn = turns.take(endpoint.long)?;
    Ok((Some(Shown { key, token }), turn))
}

/// Looks a token up. Of one that is shown again and again this is done once, and all wait for it.
async fn look_up(site: &Arc<Site>, key: &Key, text: &str, parts: &Parts) -> Result<Found, Fault> {
    let renewal = site.bearers.renewal(key);
    let _one = match &renewal {
        Some(renewal) => Some(renewal.lock().await),
        None => None,
    };
    let now = site.clock.now();
    if let Some(found) = site.bearers.known(&site.app, key, now) {
        return Ok(found);
    }
    let (site, key, text) = (site.clone(), key.clone(), text.to_owned());
    let address = address(&site, parts);
    let looked = tokio::task::spawn_blocking(move || {
        site.bearers.token(&site.app, &key, &text, address, now)
    });
    looked.await.unwrap_or_else(|panicked| Err(Problem::broken(panicked).into()))
}

/// The text of the token in the header.
fn shown(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// A token that is not for this.
pub(crate) fn lacks(scope: Scope) -> Fault {
    let detail = format!(
        "this token is not for this: make one with the scope `{}`, which lets a program {}",
        scope.id(),
        scope.help()
    );
    Fault::new(StatusCode::FORBIDDEN, "Scope missing", detail)
}
