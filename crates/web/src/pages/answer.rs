//! A page on which one person answers one thing by a link from a mail, without signing in.
//!
//! The link opens this page and nothing else. What it does is decided as if the person had signed
//! in; it is used once, and looking at it uses nothing up: mail scanners open every link.

mod act;
mod content;

use std::sync::Arc;

use app::{
    Organization, Past,
    accounts::{Account, Asked, Question},
};
use axum::http::StatusCode;
use domain::{
    View,
    access::{Access, Sight},
    approvals,
    duties::{self, What},
    holder,
};
use kinds::approval::{Approval, Purpose};
use maud::{Markup, html};
use meta::{Id, Record};

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    mails::seen_version,
    problem::sentence_of,
    routes::{Needs, Route, get, post},
    shell, words,
};

/// The routes of answers by a link.
pub(crate) const ROUTES: &[Route] = &[
    get("/answer/{token}", Needs::Nothing, show),
    post("/answer/{token}", Needs::Nothing, act::answer),
    post("/answer/{token}/undo", Needs::Nothing, act::undo),
];

/// A link, whom it is for, and the records as they stand.
struct Link {
    asked: Asked,
    account: Account,
    organization: Arc<Organization>,
    past: Past,
    access: Access,
}

impl Link {
    /// The link in the path; `None` when it is over.
    fn of(ask: &Ask) -> Result<Option<Self>, Problem> {
        let accounts = ask.site.app.accounts();
        let Some(asked) = accounts.asked(ask.param("token"))? else { return Ok(None) };
        let Some(account) = accounts.by_id(asked.bound.account)? else { return Ok(None) };
        let rows = ask.site.app.organizations()?;
        let row = rows.into_iter().find(|it| it.organization == asked.bound.organization);
        let Some(row) = row else { return Ok(None) };
        let organization = ask.site.app.organization(Some(&row.slug))?;
        let past = organization.as_of(None)?;
        let access = Access::of(&past.isms, asked.bound.person, past.day);
        Ok(Some(Self { asked, account, organization, past, access }))
    }

    fn sight(&self) -> Sight<'_> {
        Sight::new(View::new(&self.past.isms, self.past.day), &self.access)
    }

    /// The record that is asked about, as it is seen; `None` when it may not be seen any more.
    fn record(&self) -> Option<&Record> {
        let sight = self.sight();
        let record = sight.get(self.asked.bound.record)?;
        if record.head.withdrawn || record.is_erased() {
            return None;
        }
        match self.asked.bound.question {
            Question::Assent(Purpose::Acknowledge) => {
                let edition = self.past.isms.in_force(record.head.id, self.past.day)?;
                Some(&edition.record)
            }
            _ => Some(record),
        }
    }

    /// The version that an answer is about now.
    fn version(&self, record: &Record) -> Option<u32> {
        match self.asked.bound.question {
            Question::Assent(purpose) => {
                let working = self.past.isms.get(self.asked.bound.record)?;
                seen_version(self.sight(), purpose, working)
            }
            Question::Confirm => Some(record.head.version),
        }
    }

    /// The request that an answer answers, where somebody asked for it.
    fn request(&self, purpose: Purpose) -> Option<Id> {
        let (view, person) = (self.sight().view, self.asked.bound.person);
        let mut found = view.isms.sources::<Approval>(self.asked.bound.record).filter(|it| {
            it.0.is_live()
                && it.0.stage().id == "asked"
                && it.1.purpose == Some(purpose)
                && it.1.subject.is_some_and(|it| it.id() == self.asked.bound.record)
                && it.1.asked_of.is_some_and(|it| holder::is_behind(view, person, &it))
        });
        found.next().map(|it| it.0.head.id)
    }

    /// Whether the question is still open: it may have been answered on the pages meanwhile.
    fn is_open(&self, record: &Record) -> bool {
        let sight = self.sight();
        match self.asked.bound.question {
            Question::Confirm => record.is_live(),
            // What was answered before can be asked again.
            Question::Assent(purpose) if self.request(purpose).is_some() => true,
            Question::Assent(Purpose::Review) => {
                let reviewed = approvals::newest(sight.view, record.head.id, Purpose::Review);
                let version = i64::from(self.asked.bound.version);
                reviewed.is_none_or(|it| {
                    it.1.decided_on != Some(self.past.day) || it.1.version < Some(version)
                })
            }
            Question::Assent(Purpose::Acknowledge) => duties::of(sight)
                .iter()
                .any(|it| it.what == What::Read && it.record.head.id == self.asked.bound.record),
            Question::Assent(purpose) => {
                duties::to_decide(sight, record).iter().any(|it| match it {
                    What::ApproveTreatment => purpose == Purpose::ApproveTreatment,
                    What::AcceptResidual => purpose == Purpose::AcceptResidual,
                    _ => false,
                })
            }
        }
    }

    /// Whether somebody can say no on record: else what is wrong becomes a comment.
    fn can_refuse(&self) -> bool {
        !matches!(
            self.asked.bound.question,
            Question::Confirm | Question::Assent(Purpose::Review | Purpose::Acknowledge)
        )
    }

    /// What the organization is called.
    fn name(&self) -> &str {
        words::organization(&self.past.isms, self.organization.slug())
    }

    /// The page of the record, for whoever signs in.
    fn page(&self, record: &Record) -> String {
        let (slug, number) = (self.organization.slug(), record.head.number);
        match self.asked.bound.question {
            Question::Assent(Purpose::Acknowledge) => format!("/o/{slug}/read/{number}"),
            _ => format!("/o/{slug}/{}/{number}", record.def().id),
        }
    }
}

fn show(ask: &Ask) -> Result<Answer, Problem> {
    page(ask, None)
}

/// The page: the question, what was answered, or that there is nothing to answer.
fn page(ask: &Ask, wrong: Option<&str>) -> Result<Answer, Problem> {
    let Some(link) = Link::of(ask)? else { return Ok(gone().into()) };
    let Some(record) = link.record() else { return Ok(gone().into()) };
    let body = match link.asked.used {
        Some(_) => answered(ask, &link, record)?,
        None if !link.is_open(record) => over(&link, record),
        None => question(ask, &link, record, wrong)?,
    };
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = asks(link.asked.bound.question);
    Ok(Page::new(title, body).with_status(status).into())
}

fn question(
    ask: &Ask,
    link: &Link,
    record: &Record,
    wrong: Option<&str>,
) -> Result<Markup, Problem> {
    let asked = link.asked.bound.question;
    let (yes, no) = labels(asked);
    let comment = ask.form.get("comment").unwrap_or_default();
    let other = ask.signed.as_ref().filter(|it| it.account.id != link.account.id);
    Ok(html! {
        (head(link, asks(asked)))
        @if let Some(other) = other { p.note { "You are signed in as " (other.account.name) ", but this link was sent to " (link.account.name) " and answers in that name." } }
        @if let Some(wrong) = wrong { div.trouble role="alert" { p { (sentence_of(wrong)) } } }
        (content::changed(link, record)?)
        (content::of(link, record))
        form.card.form method="post" action=(ask.path) {
            (shell::token(ask))
            input type="hidden" name="version" value=[link.version(record)];
            div.field {
                label for="comment" { "A word about it" }
                p.help #comment-help { "Not needed for a yes. For a no, say what is wrong." }
                textarea #comment name="comment" rows="3" aria-describedby="comment-help" { (comment) }
            }
            @if let Question::Assent(purpose) = asked && let Some(day) = act::accepted_until(link, purpose) { p { "A yes holds until " (words::day(day)) ", as long as the risk method allows." } }
            div.row {
                button.btn.go.large name="answer" value="yes" { (yes) }
                button.btn.large name="answer" value="no" { (no) }
            }
            p.soft { "Your answer is recorded in your name, " (link.account.name) ", as given by a link from a mail." }
        }
        (more(link, record))
    })
}

fn answered(ask: &Ask, link: &Link, record: &Record) -> Result<Markup, Problem> {
    let Some(seq) = link.asked.seq else {
        return Ok(html! {
            (head(link, "Your answer is being recorded"))
            p { "Open this page again in a moment." }
        });
    };
    let said = act::said(link, seq)?;
    let can_undo = act::undoing(link, seq)?.is_some();
    Ok(html! {
        (head(link, "Thank you"))
        section.card {
            p { span.ref { (record.name()) } " " strong { (words::title(record)) } }
            p { span.st.(said.class) { (said.sentence) } }
            @if let Some(comment) = &said.comment { p { "“" (comment) "”" } }
            p.soft { "It is entry " (seq) " of the ledger." }
            @if can_undo {
                form.after method="post" action={ (ask.path.trim_end_matches("/undo")) "/undo" } {
                    (shell::token(ask))
                    button.btn { "Take it back" }
                }
            }
        }
        (more(link, record))
    })
}

fn over(link: &Link, record: &Record) -> Markup {
    html! {
        (head(link, "Nothing is asked any more"))
        section.card {
            p { span.ref { (record.name()) } " " strong { (words::title(record)) } }
            p { "This was answered meanwhile, or is not asked any more. Thank you all the same." }
        }
        (more(link, record))
    }
}

fn head(link: &Link, title: &str) -> Markup {
    html! { header {
        p.soft { (link.name()) " asks " strong { (link.account.name) } " (" (link.account.email) ")" }
        h1 { (title) }
    } }
}

fn more(link: &Link, record: &Record) -> Markup {
    html! { p.soft { a href=(link.page(record)) { "Sign in and see it with all around it" } } }
}

/// The link has ended, or leads to nothing that may be seen.
fn gone() -> Page {
    let body = html! {
        header { h1 { "This link does not work any more" } p.lead { "It is too old, or what it asked about is not open to you now. What waits for you stands on “My work”." } }
        p { a.btn href="/" { "Sign in" } }
    };
    Page::new("This link does not work any more", body).with_status(StatusCode::GONE)
}

/// The question, as a heading.
fn asks(question: Question) -> &'static str {
    match question {
        Question::Confirm => "Do you take this on?",
        Question::Assent(purpose) => match purpose {
            Purpose::Approve => "Do you approve this?",
            Purpose::AcceptResidual => "Do you accept what remains of this risk?",
            Purpose::ApproveTreatment => "Do you approve how this risk is treated?",
            Purpose::Review => "Is this still true?",
            Purpose::Acknowledge => "Please read this",
            Purpose::Attest => "Is this really there?",
            Purpose::AcceptRole => "Do you take this role?",
            Purpose::SignMinutes => "Are these minutes right?",
            Purpose::Publish | Purpose::GrantException | Purpose::ConfirmSeed => "Do you agree?",
        },
    }
}

/// The buttons: yes and no.
fn labels(question: Question) -> (&'static str, &'static str) {
    match question {
        Question::Confirm => ("Yes, I do it", "Something is wrong"),
        Question::Assent(Purpose::Review) => ("Yes, still true", "Something is wrong"),
        Question::Assent(Purpose::Acknowledge) => ("I have read it", "Something is wrong"),
        Question::Assent(Purpose::AcceptResidual) => ("I accept it", "No"),
        Question::Assent(_) => ("Yes", "No"),
    }
}
