//! What was typed is carried over signing in: a session that ends while a form is open loses
//! nothing.

use axum::http::{Method, StatusCode, header};
use maud::{Markup, html};

use crate::{Answer, Ask, Problem, answer::Page, form::Form, plain::Faults};

/// What a carried field's name begins with.
const FIELD: &str = "carry.";
/// The path that the form was on its way to.
const TO: &str = "carry-to";
/// Files that wait on the shelf: `field:key`.
const FILE: &str = "carry-file";

/// The sign-in page in place of an answer.
///
/// # Errors
/// When the database fails.
pub(crate) fn sign_in(ask: &mut Ask) -> Result<Answer, Problem> {
    let carried = take_up(ask);
    ask.place = None;
    ask.signed = None;
    let page = crate::pages::sign_in::form(ask, &carried, &Faults::default())?;
    // Before there is any account, nobody is told to sign in.
    let status = match ask.site.app.accounts().any()? {
        true => StatusCode::UNAUTHORIZED,
        false => StatusCode::OK,
    };
    Ok(Answer::Page(page.with_status(status)))
}

/// The page that asks whether it is still the same person, in place of an answer.
///
/// # Errors
/// When the database fails.
pub(crate) fn confirm(ask: &mut Ask) -> Result<Answer, Problem> {
    let carried = take_up(ask);
    ask.place = None;
    let page = crate::pages::account::confirm(ask, &carried, &Faults::default())?;
    Ok(Answer::Page(page.with_status(StatusCode::FORBIDDEN)))
}

/// Where whoever asks was going, and what they brought.
fn take_up(ask: &mut Ask) -> Form {
    let mut carried = Form::default();
    if ask.method == Method::POST {
        carried.push(TO, &ask.path);
        for (name, value) in kept(&ask.form).filter(|it| it.0 != FILE) {
            carried.push(format!("{FIELD}{name}"), value);
        }
        for file in shelve(ask) {
            carried.push(FILE, file);
        }
    } else {
        let query = ask.query.query();
        let query = if query.is_empty() { query } else { format!("?{query}") };
        carried.push("next", format!("{}{query}", ask.path));
    }
    carried
}

/// A form of an earlier session of this browser, to be looked at and sent once more: nothing is
/// done with it yet.
pub(crate) fn again(ask: &mut Ask) -> Answer {
    let files = shelve(ask);
    ask.place = None;
    let fields = kept(&ask.form).filter(|it| it.0 != FILE);
    let token = ask.form_token();
    let body = html! {
        header {
            h1 { "Please send it once more" }
            p.lead { "You signed in again since you opened that page. Nothing was changed yet, and what you typed is still here." }
        }
        (sending(&ask.path, &token, fields, files.iter().map(String::as_str)))
    };
    Answer::Page(Page::new("Please send it once more", body).with_status(StatusCode::FORBIDDEN))
}

/// Whether something waits to be sent after signing in.
pub(crate) fn is_carrying(carried: &Form) -> bool {
    carried.has(TO)
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

/// After signing in, or saying again who one is: the page from which the carried form is sent on;
/// `None` when nothing is carried.
pub(crate) fn send_on(form: &Form, token: &str, title: &str) -> Option<Page> {
    let to = form.get(TO).filter(|it| is_local(it))?;
    let fields = form.pairs().filter_map(|(name, value)| Some((name.strip_prefix(FIELD)?, value)));
    let token = crate::security::form_token(token);
    let body = html! {
        header { h1 { (title) } p.lead { "What you typed is still here. Send it now." } }
        (sending(to, &token, fields, form.all(FILE)))
    };
    Some(Page::new(title, body))
}

/// A page that also sets cookies.
pub(crate) fn with_cookies(ask: &Ask, page: Page, cookies: &[String]) -> Answer {
    let mut response = Answer::Page(page).into_response(ask);
    for cookie in cookies.iter().filter_map(|it| it.parse().ok()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Answer::Raw(Box::new(response))
}

/// Lets the files that came with a refused form wait, and answers the fields that bring them back
/// when it is sent again, with a word about each.
///
/// # Errors
/// When there is no room for them.
pub(crate) fn wait(ask: &Ask) -> Result<Markup, Problem> {
    let mut waiting = Vec::new();
    for upload in &ask.uploads {
        let again = upload.again(&ask.site.shelf)?;
        waiting.push((
            format!("{}:{}", upload.field, ask.site.shelf.put(again, ask.now)),
            &upload.name,
        ));
    }
    Ok(html! {
        @for (key, name) in &waiting {
            input type="hidden" name=(FILE) value=(key);
            p.note { "The file " strong { (name) } " is kept with this form for an hour: you need not choose it again." }
        }
    })
}

/// Puts files that waited back into the form they came with; while somebody signs in they wait on.
pub(crate) fn take_files(ask: &mut Ask) {
    if is_carrying(&ask.form) {
        return;
    }
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
    path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\n', '\r', '\t'])
}

/// What was typed, without what is a secret or belongs to the old session.
fn kept(form: &Form) -> impl Iterator<Item = (&str, &str)> {
    form.pairs().filter(|it| it.0 != "token" && !it.0.starts_with("password"))
}

/// Lets the files of a form wait; answers what brings them back.
fn shelve(ask: &mut Ask) -> Vec<String> {
    let uploads = std::mem::take(&mut ask.uploads).into_iter();
    let files = uploads.map(|upload| {
        let field = upload.field.clone();
        format!("{field}:{}", ask.site.shelf.put_carried(upload, ask.now))
    });
    // Files that waited already wait on.
    let waiting = ask.form.all(FILE).map(str::to_owned);
    files.chain(waiting).collect()
}

/// The page's form that sends what was typed, and shows it before.
fn sending<'a>(
    to: &str,
    token: &str,
    fields: impl Iterator<Item = (&'a str, &'a str)>,
    files: impl Iterator<Item = &'a str>,
) -> Markup {
    let fields: Vec<(&str, &str)> = fields.collect();
    let typed = || {
        let fields = fields.iter().filter(|it| !it.1.trim().is_empty());
        fields.filter(|it| !["version", "back"].contains(&it.0) && !it.0.ends_with(".kept"))
    };
    html! {
        form.card method="post" action=(to) enctype="multipart/form-data" {
            input type="hidden" name="token" value=(token);
            @for (name, value) in &fields { input type="hidden" name=(name) value=(value); }
            @for file in files { input type="hidden" name=(FILE) value=(file); }
            div.row { button.btn.go { "Send what I typed" } a.btn href="/" { "Leave it" } }
            @if typed().next().is_some() {
                details.fold.after {
                    summary { "Look at it first" }
                    dl.facts.after {
                        @for (name, value) in typed() {
                            dt { (name.trim_start_matches("f.").replace(['_', '.'], " ")) }
                            dd { (value) }
                        }
                    }
                }
            }
        }
    }
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
        assert!(!is_local("/\t/evil.example"));
    }
}
