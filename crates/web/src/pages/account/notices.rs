//! What somebody wants to be told, and how soon.

use app::accounts::{Notice, Pace};
use maud::{Markup, html};

use crate::{Answer, Ask, Problem, shell};

/// The card to choose on.
pub(super) fn card(ask: &Ask) -> Result<Markup, Problem> {
    let accounts = ask.site.app.accounts();
    let account = ask.signed()?.account.id;
    let (paces, hour) = (accounts.paces(account)?, accounts.hour(account)?);
    let is_on = ask.site.post.mailer.is_some();
    Ok(html! {
        section.card #notices aria-labelledby="told" {
            h2 #told { "What you want to be told" }
            p.soft {
                "All of it stands on “My work” in any case. "
                @if is_on { "This is about mail to " (ask.signed()?.account.email) "." }
                @else { "Mail is not set up here yet: your choice is kept for when it is." }
            }
            form.form.after method="post" action="/account/notices" {
                (shell::token(ask))
                ul.choose { @for (notice, chosen) in &paces {
                    li {
                        label for={ "notice-" (notice.id()) } { (when(*notice)) }
                        select id={ "notice-" (notice.id()) } name=(notice.id()) {
                            @for pace in Pace::ALL { option value=(pace.id()) selected[pace == *chosen] { (said(pace)) } }
                        }
                    }
                }
                    li {
                        label for="hour" { "What comes daily or weekly (on Mondays) comes at" }
                        select #hour name="hour" {
                            @for it in 0..24_i8 { option value=(it) selected[it == hour] { (it) ":00" } }
                        }
                    }
                }
                p.help { "By the clock of each organization." }
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
    if let Some(hour) = ask.form.said("hour").and_then(|it| it.parse().ok()) {
        accounts.set_hour(account, hour)?;
    }
    ask.site.app.outbox().reschedule(account)?;
    Ok(Answer::done("/account#notices", "Your choice is kept.", None))
}

fn when(notice: Notice) -> &'static str {
    match notice {
        Notice::Asked => "I am asked to approve, accept or bring something",
        Notice::Answered => "What I asked is answered",
        Notice::Given => "Something is given to me",
        Notice::Mentioned => "Somebody mentions or answers me",
        Notice::Due => "Something of mine is due within a week, or late",
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
