//! Where somebody is signed in.

use maud::{Markup, html};

use super::device;
use crate::{Answer, Ask, Problem, shell, words};

/// The card that lists the sessions and ends them.
pub(super) fn card(ask: &Ask) -> Result<Markup, Problem> {
    let signed = ask.signed()?;
    let sessions = ask.site.app.accounts().sessions(signed.account.id)?;
    let others = sessions.iter().filter(|it| it.id != signed.session.id).count();
    Ok(html! {
        section.card aria-labelledby="sessions" {
            h2 #sessions { "Where you are signed in" }
            ul.choose { @for it in &sessions {
                li {
                    div {
                        strong title=(it.agent) { (device::called(&it.agent)) }
                        small { "From " (it.address) ", signed in " (words::ago(it.created, ask.now)) @if it.by_passkey { " with a passkey" } @else if it.provider.is_some() { " through a provider" } @else if it.proved.is_none() { " by a link" } ", last used " (words::ago(it.seen, ask.now)) "." }
                    }
                    @if it.id == signed.session.id { span.chip { "this one" } }
                    @else {
                        form method="post" action={ "/account/sessions/" (it.id) "/end" } { (shell::token(ask)) button.btn.small { "Sign out" } }
                    }
                }
            } }
            @if others > 0 {
                form.after method="post" action="/account/sessions/others/end" { (shell::token(ask)) button.btn { "Sign out everywhere else" } }
            }
            p.soft.after { "A browser is signed out after " (app::accounts::IDLE_HOURS) " hours without use, and after " (app::accounts::ABSOLUTE_DAYS) " days in any case. One you do not know? Sign it out and change your password." }
        }
    })
}

/// Ends one session.
pub(super) fn end(ask: &Ask) -> Result<Answer, Problem> {
    let signed = ask.signed()?;
    let session = ask.param("session").parse().map_err(|_| Problem::NotFound)?;
    let ended = ask.site.app.accounts().revoke(signed.account.id, session)?;
    let said = if ended { "That browser is signed out." } else { "It was signed out already." };
    Ok(Answer::done("/account", said, None))
}

/// Ends all sessions but the one that asks.
pub(super) fn end_others(ask: &Ask) -> Result<Answer, Problem> {
    let signed = ask.signed()?;
    let keep = Some(signed.session.id);
    let count = ask.site.app.accounts().revoke_all(signed.account.id, keep)?;
    let said = match count {
        0 => "You are signed in nowhere else.".to_owned(),
        1 => "One other browser is signed out.".to_owned(),
        count => format!("{count} other browsers are signed out."),
    };
    Ok(Answer::done("/account", said, None))
}
