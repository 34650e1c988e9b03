//! Webhooks: addresses outside that are told of every commit.

use app::{hooks::Hook, outbox::HOOK};
use axum::http::StatusCode;
use maud::{Markup, html};
use meta::Id;

use super::{notifications, page};
use crate::{Answer, Ask, Problem, answer::Page, problem::sentence_of, shell, words};

/// So many deliveries are listed.
const SHOWN: u32 = 30;

/// The hooks, and a form for a new one.
pub(super) fn list(ask: &Ask) -> Result<Answer, Problem> {
    whole(ask, None).map(Answer::from)
}

/// Makes a hook and shows its key, this once.
pub(super) fn create(ask: &Ask) -> Result<Answer, Problem> {
    ask.recent()?;
    let url = ask.form.said("url").unwrap_or_default();
    let kinds: Vec<String> = ask.form.all("kind").map(str::to_owned).collect();
    let organization = ask.place()?.organization.id();
    let settings = &ask.site.post.hooks;
    match ask.site.app.add_hook(organization, ask.person(), url, &kinds, settings) {
        Ok((hook, key)) => Ok(shown_once(ask, &hook, key.as_str()).into()),
        Err(err) if err.is_refusal() => {
            let page = whole(ask, Some(&err.to_string()))?;
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into())
        }
        Err(err) => Err(err.into()),
    }
}

/// One hook: what was reported to it, and what may be done about it.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let hook = named(ask)?;
    let organization = ask.place()?.organization.id();
    let letters = ask.site.app.outbox().newest(organization, HOOK, Some(hook.id), SHOWN)?;
    let path = format!("/settings/webhooks/{}", hook.id);
    let act = |what: &str, label: &str, class: &str| {
        html! { form method="post" action=(ask.to(&path)) { (shell::token(ask)) button class=(class) name="do" value=(what) { (label) } } }
    };
    let body = html! {
        section.card {
            h2 { (hook.url) }
            dl.facts {
                dt { "State" } dd { (state(ask, &hook)) }
                dt { "Told of" } dd { (told_of(&hook)) }
                dt { "Made" } dd { (words::ago(hook.made, ask.now)) " by " (words::person(&ask.sight(), Some(hook.person))) ". It is told of what they may see." }
            }
            div.row.after {
                (act("ping", "Call it for a try", "btn"))
                @if hook.paused.is_some() { (act("resume", "Let it go on", "btn")) } @else { (act("pause", "Pause it", "btn")) }
                (act("remove", "Remove it", "btn danger"))
            }
        }
        section.card {
            h2 { "The last calls" }
            @if letters.is_empty() { p.soft { "Nothing was reported to it yet. Call it for a try." } }
            @else { (notifications::table(ask, &letters, &path)) }
        }
    };
    let page = page(ask, "/settings/webhooks", &body);
    Ok(page.below("Webhooks", ask.to("/settings/webhooks")).into())
}

/// Tries, pauses or removes a hook, or makes one call again.
pub(super) fn act(ask: &Ask) -> Result<Answer, Problem> {
    let hook = named(ask)?;
    let organization = ask.place()?.organization.id();
    let app = &ask.site.app;
    let here = ask.to(&format!("/settings/webhooks/{}", hook.id));
    if let Some(letter) = ask.form.said("letter") {
        let letter: Id = letter.parse().map_err(|_| Problem::NotFound)?;
        app.outbox().again(organization, letter)?;
        return Ok(Answer::done(here, "It is tried again now.", None));
    }
    match ask.form.said("do").unwrap_or_default() {
        "ping" => {
            app.try_hook(organization, hook.id)?;
            Ok(Answer::done(here, "It is called in a moment: the answer stands below then.", None))
        }
        "pause" => {
            app.pause_hook(organization, hook.id, true)?;
            Ok(Answer::done(here, "It is paused. What happens now is not reported later.", None))
        }
        "resume" => {
            app.pause_hook(organization, hook.id, false)?;
            Ok(Answer::done(here, "It is told of what happens from now on.", None))
        }
        "remove" => {
            app.remove_hook(organization, hook.id)?;
            Ok(Answer::done(ask.to("/settings/webhooks"), "The hook is removed.", None))
        }
        _ => Err(Problem::Wrong("say what to do about the hook".to_owned())),
    }
}

fn whole(ask: &Ask, wrong: Option<&str>) -> Result<Page, Problem> {
    let organization = ask.place()?.organization.id();
    let hooks = ask.site.app.hooks(organization)?;
    let said = |name: &str| ask.form.get(name).unwrap_or_default();
    let chosen: Vec<&str> = ask.form.all("kind").collect();
    let body = html! {
        p.lead { "A webhook calls an address of yours after every change: with which records changed and in which fields, never with what they say. Calls are signed, so that you know that they come from here." }
        @if hooks.is_empty() {
            div.empty { p { "No webhook yet. With one, a chat, a ticket system or a script of yours learns at once that something changed." } }
        } @else {
            section.card { div.scroll { table.rows {
                thead { tr { th scope="col" { "Address" } th scope="col" { "Told of" } th scope="col" { "State" } } }
                tbody { @for hook in &hooks { tr {
                    td { a.to href=(ask.to(&format!("/settings/webhooks/{}", hook.id))) { (hook.url) } }
                    td { (told_of(hook)) }
                    td { (state(ask, hook)) }
                } } }
            } } }
        }
        form.card.form method="post" action=(ask.to("/settings/webhooks")) {
            (shell::token(ask))
            h2 { "A new webhook" }
            div.field {
                label for="url" { "Address" }
                p.help #url-help { "It is sent a POST with JSON, and should answer 2xx within ten seconds." }
                input #url type="url" name="url" value=(said("url")) placeholder="https://example.org/muniment" autocomplete="off" required aria-describedby="url-help" aria-invalid=[wrong.map(|_| "true")];
                @if let Some(wrong) = wrong { p.wrong { (sentence_of(&crate::problem::quoted(wrong))) } }
            }
            details.fold open[!chosen.is_empty()] {
                summary { "Only for some kinds of record" }
                p.help { "Without a choice it is told of all that you may see." }
                ul.choose { @for kind in kinds::KINDS { li { label { input type="checkbox" name="kind" value=(kind.id) checked[chosen.contains(&kind.id)]; " " (kind.plural) } } } }
            }
            div.row { button.btn.go { "Make the webhook" } }
        }
    };
    Ok(page(ask, "/settings/webhooks", &body))
}

/// The page that shows a hook's key, this once.
fn shown_once(ask: &Ask, hook: &Hook, key: &str) -> Page {
    let to = ask.to(&format!("/settings/webhooks/{}", hook.id));
    let body = html! {
        div.card.form {
            h2 { "The key of the new webhook" }
            p { strong { "It is shown only now." } " Put it where your program reads its secrets: with it you check that a call comes from here." }
            copy-text { div.field {
                label for="key" { "Key" }
                input.mono #key type="text" readonly value=(key);
            } }
            p.soft { "Each call has a header " code { "Muniment-Signature: t=SECONDS,v1=HEX" } ". HEX is the HMAC-SHA256, by this key, of SECONDS, a full stop and the body as it arrived. Refuse calls whose SECONDS are older than five minutes." }
            p.soft { "To sign, the key has to be readable here: it lies in the database, encrypted with the key of this installation. If it gets known, remove the webhook and make another." }
            div.row { a.btn href=(to) { "Done" } }
        }
    };
    page(ask, "/settings/webhooks", &body).below("Webhooks", ask.to("/settings/webhooks"))
}

fn named(ask: &Ask) -> Result<Hook, Problem> {
    let id: Id = ask.param("hook").parse().map_err(|_| Problem::NotFound)?;
    let hooks = ask.site.app.hooks(ask.place()?.organization.id())?;
    hooks.into_iter().find(|it| it.id == id).ok_or(Problem::NotFound)
}

fn state(ask: &Ask, hook: &Hook) -> Markup {
    match hook.paused {
        Some(since) => html! { span.st.part { "paused " (words::ago(since, ask.now)) } },
        None => html! { span.st.good { "on" } },
    }
}

fn told_of(hook: &Hook) -> String {
    let plural = |id: &String| kinds::kind(id).map_or(id.clone(), |it| words::small(it.plural));
    match hook.kinds.is_empty() {
        true => "all kinds".to_owned(),
        false => hook.kinds.iter().map(plural).collect::<Vec<_>>().join(", "),
    }
}
