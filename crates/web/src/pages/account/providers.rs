//! The providers that open the account: linked and unlinked by hand.

use app::accounts::{Account, Identity};
use maud::{Markup, html};

use crate::{Answer, Ask, Problem, pages::sign_in::link_provider, shell, words};

/// The card that lists them; nothing where there are none.
pub(super) fn card(ask: &Ask, account: &Account) -> Result<Markup, Problem> {
    let accounts = ask.site.app.accounts();
    let known = accounts.identities(account.id)?;
    if known.is_empty() && ask.site.providers.is_empty() {
        return Ok(html! {});
    }
    let works = known.iter().filter(|it| ask.site.provider(&it.provider).is_some()).count();
    let has_other = account.has_password() || !accounts.factors(account.id)?.passkeys.is_empty();
    let is_linked = |id: &str| known.iter().any(|it| it.provider == id);
    let others = ask.site.providers.iter().filter(|it| !is_linked(&it.settings().id));
    let one = |it: &Identity| {
        let found = ask.site.provider(&it.provider).map(|it| it.settings().name.as_str());
        let name = found.unwrap_or(&it.provider);
        let is_last = !has_other && works <= usize::from(found.is_some());
        html! {
            li {
                div {
                    strong { (name) }
                    small {
                        "Linked " (words::ago(it.since, ask.now)) ", last used " (words::ago(it.seen, ask.now)) "."
                        @if found.is_none() { " It is no longer set up here, and opens nothing." }
                    }
                }
                @if is_last { span.soft { "your only way in" } }
                @else {
                    form method="post" action={ "/account/providers/" (it.provider) "/end" } {
                        (shell::token(ask))
                        button.btn.small.danger aria-label={ "Unlink " (name) } { "Unlink" }
                    }
                }
            }
        }
    };
    Ok(html! {
        section.card aria-labelledby="providers" {
            h2 #providers { "Signing in through others" }
            @if known.is_empty() { p.soft { "No provider opens your account yet. Link one, and you sign in here with what you sign in with there." } }
            @else { ul.choose { @for it in &known { (one(it)) } } }
            div.row.after { @for it in others {
                @let settings = it.settings();
                form method="post" action={ "/account/providers/" (settings.id) } {
                    (shell::token(ask))
                    button.btn { "Link " (settings.name) }
                }
            } }
            @if !known.is_empty() { p.soft.after { "Unlinking ends the access that its groups gave you." } }
        }
    })
}

/// Goes on only if the account can be opened by a provider that is set up, or by what it keeps of
/// its own.
///
/// # Errors
/// [`Problem::Wrong`] when nobody could sign in any more.
pub(super) fn keep_open(ask: &Ask, keeps_own: bool) -> Result<(), Problem> {
    let known = ask.site.app.accounts().identities(ask.signed()?.account.id)?;
    match keeps_own || known.iter().any(|it| ask.site.provider(&it.provider).is_some()) {
        true => Ok(()),
        false => Err(Problem::Wrong(
            "this is your only way to sign in: set a password or make a passkey first".to_owned(),
        )),
    }
}

/// Leads to a provider, to link it.
pub(super) fn link(ask: &Ask) -> Result<Answer, Problem> {
    ask.recent()?;
    link_provider(ask)
}

/// Unlinks a provider.
pub(super) fn unlink(ask: &Ask) -> Result<Answer, Problem> {
    ask.recent()?;
    let set_up: Vec<_> = ask.site.providers.iter().map(|it| it.settings()).collect();
    let (account, id) = (ask.signed()?.account.id, ask.param("provider"));
    let said = match ask.site.app.accounts().unlink(account, id, &set_up)? {
        true => "It is unlinked, and what its groups gave you has ended.",
        false => "It was not linked.",
    };
    Ok(Answer::done("/account", said, None))
}
