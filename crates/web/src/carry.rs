//! The sign-in page that carries what was typed: a session that ends while a form is open loses
//! nothing.

use axum::http::{Method, StatusCode};
use maud::{Markup, html};

use crate::{Answer, Ask, answer::Page, form::Form};

/// What a carried field's name begins with.
const FIELD: &str = "carry.";
/// The path that the form was on its way to.
const TO: &str = "carry-to";
/// Files that wait on the shelf: `field:key`.
const FILE: &str = "carry-file";

/// The sign-in page in place of an answer.
pub(crate) fn sign_in(ask: &mut Ask) -> Answer {
    let mut carried = Form::default();
    if ask.method == Method::POST {
        carried.push(TO, &ask.path);
        for (name, value) in ask.form.pairs().filter(|it| it.0 != "token") {
            carried.push(format!("{FIELD}{name}"), value);
        }
        for upload in std::mem::take(&mut ask.uploads) {
            let field = upload.field.clone();
            let key = ask.site.shelf.put(upload, ask.now);
            carried.push(FILE, format!("{field}:{key}"));
        }
    } else {
        let query = ask.query.query();
        let query = if query.is_empty() { query } else { format!("?{query}") };
        carried.push("next", format!("{}{query}", ask.path));
    }
    ask.place = None;
    ask.signed = None;
    let page = crate::pages::sign_in::form(ask, &carried, None);
    Answer::Page(page.with_status(StatusCode::UNAUTHORIZED))
}

/// The hidden fields that keep what is carried.
pub(crate) fn hidden(carried: &Form) -> Markup {
    let is_carried =
        |name: &str| name == "next" || name == TO || name == FILE || name.starts_with(FIELD);
    html! {
        @for (name, value) in carried.pairs().filter(|it| is_carried(it.0)) {
            input type="hidden" name=(name) value=(value);
        }
    }
}

/// After signing in: the page from which the carried form is sent on; `None` when nothing is
/// carried.
pub(crate) fn send_on(ask: &Ask, token: &str) -> Option<Page> {
    let to = ask.form.get(TO).filter(|it| is_local(it))?;
    let fields =
        ask.form.pairs().filter_map(|(name, value)| Some((name.strip_prefix(FIELD)?, value)));
    let body = html! {
        header { h1 { "You are signed in" } p.lead { "What you typed is still here. Send it now." } }
        form.card method="post" action=(to) {
            input type="hidden" name="token" value=(crate::security::form_token(token));
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            @for file in ask.form.all(FILE) { input type="hidden" name=(FILE) value=(file); }
            button.btn.go { "Send what I typed" }
            " " a.btn href=(to) { "Leave it" }
        }
    };
    Some(Page::new("You are signed in", body))
}

/// Puts files that waited back into the form they came with.
pub(crate) fn take_files(ask: &mut Ask) {
    let waiting: Vec<String> = ask.form.all(FILE).map(str::to_owned).collect();
    for entry in waiting {
        if let Some((field, key)) = entry.rsplit_once(':')
            && let Some(mut upload) = ask.site.shelf.take(key)
        {
            upload.field = field.to_owned();
            ask.uploads.push(upload);
        }
    }
}

/// Whether a path leads to this site: nobody is sent elsewhere by a link they were given.
pub(crate) fn is_local(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn nobody_is_sent_elsewhere() {
        assert!(is_local("/o/acme?x=1"));
        for path in ["//evil.example", "https://evil.example", "/\\evil.example", "", "o/acme"] {
            assert!(!is_local(path), "{path}");
        }
    }
}
