//! What somebody wants to be told, and how soon.

use app::accounts::{Notice, Pace};
use maud::{Markup, html};

use crate::{Answer, Ask, Problem, shell};

/// The card to choose on.
pub(super) fn card(ask: &Ask) -> Result<Markup, Problem> {
    let paces = ask.site.app.accounts().paces(ask.signed()?.account.id)?;
    Ok(html! {
        section.card #notices aria-labelledby="told" {
            h2 #told { "What you want to be told" }
            p.soft { "All of it stands on “My work” in any case. No e-mail is sent from here yet: your choice is kept for when it is." }
            form.form.after method="post" action="/account/notices" {
                (shell::token(ask))
                ul.choose { @for (notice, chosen) in &paces {
                    li {
                        label for={ "notice-" (notice.id()) } { (when(*notice)) }
                        select id={ "notice-" (notice.id()) } name=(notice.id()) {
                            @for pace in Pace::ALL { option value=(pace.id()) selected[pace == *chosen] { (said(pace)) } }
                        }
                    }
                } }
                div.row { button.btn { "Save" } }
            }
        }
    })
}

/// Keeps what was chosen.
pub(super) fn change(ask: &Ask) -> Result<Answer, Problem> {
    let accounts = ask.site.app.accounts();
    let account = ask.signed()?.account.id;
    let before = accounts.paces(account)?;
    let chosen = |it: Notice| ask.form.said(it.id()).and_then(Pace::from_id);
    let paces: Vec<_> =
        before.into_iter().map(|(it, pace)| (it, chosen(it).unwrap_or(pace))).collect();
    accounts.set_paces(account, &paces)?;
    Ok(Answer::done("/account#notices", "Your choice is kept.", None))
}

fn when(notice: Notice) -> &'static str {
    match notice {
        Notice::Asked => "I am asked to approve, accept or review something",
        Notice::Given => "Something is given to me",
        Notice::Mentioned => "Somebody mentions or answers me",
        Notice::Due => "Something of mine is due",
        Notice::Edition => "A document I read has a new edition",
        Notice::Event => "An event is reported that I handle",
    }
}

fn said(pace: Pace) -> &'static str {
    match pace {
        Pace::AtOnce => "at once",
        Pace::Daily => "daily",
        Pace::Weekly => "weekly",
        Pace::Never => "never",
    }
}
