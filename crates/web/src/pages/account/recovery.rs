//! Recovery codes: shown once, on the page that makes them.

use maud::html;

use crate::{Answer, Ask, Problem, answer::Page, carry};

/// Makes new codes in place of those before.
pub(super) fn make(ask: &Ask) -> Result<Answer, Problem> {
    ask.recent()?;
    Ok(codes(ask, "Those you had before work no more.", "/account")?.into())
}

/// After a second factor was set up: notes that it was proved, and shows recovery codes to who has
/// none.
///
/// # Errors
/// When the database fails.
pub(super) fn after_set_up(ask: &Ask, said: &str) -> Result<Answer, Problem> {
    let signed = ask.signed()?;
    let accounts = ask.site.app.accounts();
    accounts.note_proof(signed.session.id, true)?;
    let next = ask.form.get("next").filter(|it| carry::is_local(it)).unwrap_or("/account");
    match accounts.factors(signed.account.id)?.codes {
        0 => Ok(codes(ask, said, next)?.into()),
        _ => Ok(Answer::done(next, said, None)),
    }
}

fn codes(ask: &Ask, said: &str, next: &str) -> Result<Page, Problem> {
    let codes = ask.site.app.accounts().fresh_codes(ask.signed()?.account.id)?;
    let body = html! {
        header {
            h1 { "Keep these recovery codes" }
            p.lead { (said) " If you lose your second factor, each of these codes opens your account once." }
        }
        div.card.form {
            p { strong { "They are shown only now." } " Print them, or keep them in a safe place that is not the device with your second factor." }
            copy-text {
                div.field {
                    label for="codes" { "Ten codes" }
                    textarea.mono.codes #codes readonly rows=(codes.len()) spellcheck="false" { "\n" (codes.join("\n")) }
                }
            }
            div.row { a.btn.go href=(next) { "I have kept them" } }
        }
    };
    Ok(Page::new("Keep these recovery codes", body).below("Your account", "/account"))
}
