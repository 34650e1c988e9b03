//! What people are told by mail: whether it is set up, and what waits or did not arrive.

use app::outbox::{Content, Letter, MAIL, State};
use domain::access::{Act, On};
use jiff::Timestamp;
use maud::{Markup, html};

use super::page;
use crate::{Answer, Ask, Problem, problem::sentence_of, shell, words};

/// So many letters are listed.
const SHOWN: u32 = 30;

/// What people are told.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let manages = ask.may(Act::ManageAccess, On::Everything);
    let organization = ask.place()?.organization.id();
    let outbox = ask.site.app.outbox();
    let standing = outbox.standing(organization, MAIL)?;
    let letters = match manages {
        true => outbox.newest(organization, MAIL, None, SHOWN)?,
        false => Vec::new(),
    };
    let body = html! {
        p.lead { "What waits for somebody stands on their “My work”. How soon each is told of it by mail besides, they choose for themselves." }
        section.card {
            h2 { "E-mail" }
            @match &ask.site.post.mailer {
                Some(mailer) => {
                    dl.facts {
                        dt { "State" } dd { span.st.good { "set up" } }
                        dt { "Comes from" } dd { (mailer.from()) }
                        dt { "Letters" } dd { (counted(&standing)) }
                    }
                    div.row.after {
                        a.btn href="/account#notices" { "Choose for yourself" }
                        @if manages {
                            form method="post" action=(ask.to("/settings/notifications/test")) { (shell::token(ask)) button.btn { "Send me a test mail" } }
                        }
                    }
                }
                None => {
                    p { span.st.part { "Not set up" } " No mail is sent. Links for invitations and new passwords are shown to you instead, to hand over." }
                    p.soft.after { "Whoever runs this program adds a section " code { "[mail]" } " to its configuration: server, user and the address that mail comes from. " code { "muniment mail test" } " then tries it." }
                    p.after { a.btn href="/account#notices" { "Choose for yourself" } }
                }
            }
        }
        @if !letters.is_empty() {
            section.card {
                h2 { "The last letters" }
                p.soft { "What is sent names what happened; it is written when it goes out, by what the person may see then. A letter that does not arrive is tried for three days." }
                (table(ask, &letters, "/settings/notifications/letter"))
            }
        }
    };
    Ok(page(ask, "/settings/notifications", &body).into())
}

/// Sends a mail to whoever asks.
pub(super) fn test(ask: &Ask) -> Result<Answer, Problem> {
    if ask.site.post.mailer.is_none() {
        return Err(Problem::Wrong("mail is not set up here".to_owned()));
    }
    let account = &ask.signed()?.account;
    let content = Content::Test { email: account.email.clone() };
    let organization = ask.place()?.organization.id();
    ask.site.app.outbox().put(MAIL, Some(organization), Some(ask.person()), &content)?;
    let said = format!("A test mail goes to {}. Below you see whether it was sent.", account.email);
    Ok(Answer::done(ask.to("/settings/notifications"), said, None))
}

/// Sends a letter again.
pub(super) fn again(ask: &Ask) -> Result<Answer, Problem> {
    let organization = ask.place()?.organization.id();
    let letter = ask.form.said("letter").and_then(|it| it.parse().ok());
    ask.site.app.outbox().again(organization, letter.ok_or(Problem::NotFound)?)?;
    Ok(Answer::done(ask.to("/settings/notifications"), "It is tried again now.", None))
}

/// Letters with their state, and a button for those that did not arrive.
pub(super) fn table(ask: &Ask, letters: &[Letter], again: &str) -> Markup {
    html! {
        div.scroll { table.rows {
            thead { tr { th scope="col" { "When" } th scope="col" { "For" } th scope="col" { "What" } th scope="col" { "State" } th scope="col" { span.unseen { "Act" } } } }
            tbody { @for it in letters { tr {
                td { (words::ago(time(it.made), ask.now)) }
                td { (whom(ask, it)) }
                td { (what(it)) }
                td { (state(ask, it)) }
                td { @if matches!(it.state, State::Waiting | State::Failed) && it.tries > 0 {
                    form method="post" action=(ask.to(again)) { (shell::token(ask)) button.btn.small name="letter" value=(it.id) { "Send again" } }
                } }
            } } }
        } }
    }
}

fn counted(standing: &[(State, u64)]) -> String {
    let of = |state: State| standing.iter().find(|it| it.0 == state).map_or(0, |it| it.1);
    format!(
        "{} waiting, {} sent in the last {} days, {} given up",
        of(State::Waiting),
        of(State::Sent),
        app::outbox::KEPT_DAYS,
        of(State::Failed)
    )
}

fn whom(ask: &Ask, letter: &Letter) -> Markup {
    match letter.recipient.and_then(|it| ask.sight().get(it)) {
        Some(person) => words::record(ask, person),
        None => html! { span.soft { "—" } },
    }
}

fn what(letter: &Letter) -> String {
    match Content::of(letter) {
        Some(Content::Notices { items, more, gathered }) => {
            let things = words::count(items.len() + more, "thing", "things");
            if gathered { format!("{things}, gathered") } else { things }
        }
        Some(Content::Invitation { .. }) => "invitation".to_owned(),
        Some(Content::Reset { .. }) => "new password".to_owned(),
        Some(Content::Test { .. } | Content::Ping) => "test".to_owned(),
        Some(Content::Commit { seq }) => format!("entry {seq}"),
        None => "unknown".to_owned(),
    }
}

fn state(ask: &Ask, letter: &Letter) -> Markup {
    let fault = letter.fault.as_deref().map(sentence_of).unwrap_or_default();
    let ended = letter.ended.map(|it| words::ago(time(it), ask.now)).unwrap_or_default();
    html! {
        @match letter.state {
            State::Sent => { span.st.good { "sent " (ended) } }
            State::Dropped => { span.st.none { "not needed" } }
            State::Failed => { span.st.bad { "given up " (ended) } }
            State::Waiting if letter.tries == 0 => { span.st.part { "waits" } }
            State::Waiting => { span.st.part { "tried " (words::count(letter.tries as usize, "time", "times")) } }
        }
        @if !fault.is_empty() && letter.state != State::Sent { br; span.soft { (fault) } }
    }
}

fn time(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MAX)
}
