//! Inviting somebody: a person, what they may do, and a link to an account, in one go.

use app::{
    accounts::{Once, Token},
    outbox::{Content, MAIL},
};
use axum::http::StatusCode;
use domain::{
    Command, Step,
    command::{Edit, New},
    resolve::Unresolved,
};
use kinds::{Kind, membership::Profile, person::Person};
use maud::html;
use meta::{Choice, Extras, Id, Provenance, Record};
use serde_json::{Map, Value, json};

use super::{
    access::{self, Typed},
    person,
};
use crate::{
    Answer, Ask, Problem, answer::Page, mails, problem::sentence_of, shell, widget, words,
};

const NO_EMAIL: &str = "this is not an e-mail address: write one like ada@example.org";

/// Whom a form invites.
enum Whom<'a> {
    /// Somebody in the register.
    Known(&'a Record),
    /// Somebody of this name who is not in it yet.
    New(&'a str),
}

/// How somebody is invited.
pub(crate) enum Invited {
    /// The link goes to this address.
    ByMail(String),
    /// Whoever invites hands it over: this is in it.
    ByLink(Token),
}

/// The form.
pub(super) fn new(ask: &Ask) -> Result<Answer, Problem> {
    let typed = Typed { form: ask.query.clone(), ..Typed::default() };
    Ok(page(ask, &typed).into())
}

/// Makes the person where there is none, gives the access and shows the link.
pub(super) fn create(ask: &Ask) -> Result<Answer, Problem> {
    let mut typed = Typed { form: ask.form.clone(), ..Typed::default() };
    let fields = typed.read(ask, access::fields())?;
    let whom = whom(ask, &mut typed);
    let email = ask.form.said("email");
    if email.is_some_and(|it| app::accounts::fold_email(it).is_none()) {
        typed.wrong("email", NO_EMAIL);
    }
    let Some(whom) = whom.filter(|_| typed.wrongs.is_empty()) else {
        return Ok(page(ask, &typed).with_status(StatusCode::UNPROCESSABLE_ENTITY).into());
    };
    let id = match whom {
        Whom::Known(record) => record.head.id,
        Whom::New(_) => app::fresh_id(),
    };
    let profile = fields.get("profile").and_then(Value::as_str).and_then(Profile::from_id);
    let (mut steps, name) = match whom {
        Whom::Known(record) => (of_known(record, email), record.title()),
        Whom::New(name) => (of_new(ask, id, name, email, profile), name),
    };
    steps.push(access::new(id, name, fields));
    let receipt = match ask.execute(Command { note: None, steps }) {
        Ok(receipt) => receipt,
        Err(problem) => {
            typed.take(problem)?;
            return Ok(page(ask, &typed).with_status(StatusCode::UNPROCESSABLE_ENTITY).into());
        }
    };
    let record = receipt.isms.get(id).ok_or(Problem::NotFound)?;
    let organization = ask.place()?.organization.id();
    if ask.site.app.accounts().who_is(organization, id)?.is_some() {
        let said = format!("{name} has more access now, with the account they have.");
        return Ok(Answer::done(person::path(ask, record), said, Some(receipt.seq)));
    }
    invited(ask, record, email)
}

/// Makes a link for a person who has access already.
pub(super) fn again(ask: &Ask) -> Result<Answer, Problem> {
    let person = person::named(ask)?;
    let accounts = ask.site.app.accounts();
    let organization = ask.place()?.organization.id();
    if accounts.who_is(organization, person.head.id)?.is_some() {
        return Err(Problem::Wrong("this person has an account here already".to_owned()));
    }
    let email = ask.form.said("email");
    if email.is_some_and(|it| app::accounts::fold_email(it).is_none()) {
        let mut typed = Typed { form: ask.form.clone(), ..Typed::default() };
        typed.wrong("email", NO_EMAIL);
        let page = person::page(ask, person, &typed)?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into());
    }
    let before = accounts.invitations(organization)?.into_iter();
    let before = before.filter(|it| it.once.person == Some(person.head.id));
    let before = before.filter_map(|it| it.once.email).next_back();
    invited(ask, person, email.or(before.as_deref()))
}

/// Takes the invitation of a person back.
pub(super) fn recall(ask: &Ask) -> Result<Answer, Problem> {
    let person = person::named(ask)?;
    let organization = ask.place()?.organization.id();
    let said = match ask.site.app.accounts().recall(organization, person.head.id)? {
        true => "The invitation is taken back: its link no longer works.",
        false => "There was no invitation that still worked.",
    };
    Ok(Answer::done(person::path(ask, person), said, None))
}

/// The page that shows a link, this once.
pub(super) fn link_page(ask: &Ask, person: &Record, token: &Token, lead: &str) -> Page {
    let link = format!("{}/link/{}", ask.site.settings.origin, token.as_str());
    let name = words::title(person);
    let body = html! {
        header { h1 { "A link for " (name) } p.lead { "It " (lead) "." } }
        div.card.form {
            p { strong { "It is shown only now." } " Give it to nobody else, by a way that only " (name) " reads." }
            copy-text {
                div.field {
                    label for="link" { "The link" }
                    input.mono #link type="text" readonly value=(link);
                }
            }
            div.row { a.btn href=(person::path(ask, person)) { "Done" } }
        }
    };
    let page = Page::new(format!("A link for {name}"), body).at("/settings");
    page.below("People and access", ask.to("/settings/people"))
}

/// Makes an invitation for a person, at this address or the one in the register, and has it sent
/// where it shall be and mail is set up.
///
/// # Errors
/// When the database fails.
pub(crate) fn invite(
    ask: &Ask,
    person: &Record,
    email: Option<&str>,
    by_mail: bool,
) -> Result<Invited, Problem> {
    let known = person.cell("email").text();
    let email = email.or(known).map(str::to_owned);
    let organization = ask.place()?.organization.id();
    let once = Once::invitation(organization, person.head.id, email.clone());
    let token = ask.site.app.accounts().issue(&once, mails::INVITATION)?;
    let by_mail = by_mail && ask.site.post.mailer.is_some();
    let Some(email) = email.filter(|_| by_mail) else { return Ok(Invited::ByLink(token)) };
    // The link of this moment is shown to nobody: the mail brings one of its own.
    let content = Content::Invitation { email: email.clone(), by: ask.person() };
    ask.site.app.outbox().put(MAIL, Some(organization), Some(person.head.id), &content)?;
    Ok(Invited::ByMail(email))
}

fn invited(ask: &Ask, person: &Record, email: Option<&str>) -> Result<Answer, Problem> {
    match invite(ask, person, email, ask.form.said("do") != Some("show"))? {
        Invited::ByMail(email) => {
            let said = format!("An invitation goes to {email}. Its link works once, for 7 days.");
            Ok(Answer::done(person::path(ask, person), said, None))
        }
        Invited::ByLink(token) => {
            let lead = "lets them make an account, or join with the one they have. It works once, \
                        for 7 days";
            Ok(link_page(ask, person, &token, lead).into())
        }
    }
}

/// Whom the form names.
fn whom<'a>(ask: &'a Ask, typed: &mut Typed) -> Option<Whom<'a>> {
    let Some(who) = ask.form.said("who") else {
        typed.wrong("who", "write who it is");
        return None;
    };
    match widget::pick(&ask.sight(), &["person"], who) {
        Ok(link) => {
            let record = ask.isms().get(link.id)?;
            if record.stage().ended {
                let what = format!("{} has left: take them back first", record.name());
                typed.wrong("who", &what);
                return None;
            }
            Some(Whom::Known(record))
        }
        Err(Unresolved::Unknown) if who.starts_with("PERSON-") => {
            typed.wrong("who", "there is no such person");
            None
        }
        Err(Unresolved::Unknown) => Some(Whom::New(who)),
        Err(Unresolved::Ambiguous(ids)) => {
            let names = ids.iter().filter_map(|it| ask.isms().get(*it)).take(5);
            let names: Vec<String> = names.map(|it| it.name()).collect();
            let what = format!("several are called so ({}): write the number", names.join(", "));
            typed.wrong("who", &what);
            None
        }
    }
}

/// Somebody in the register who was only expected works here now.
fn of_known(record: &Record, email: Option<&str>) -> Vec<Step> {
    let mut steps = Vec::new();
    let has_none = record.cell("email").is_empty();
    let mut fields: Map<String, Value> =
        email.filter(|_| has_none).map(|it| ("email".to_owned(), json!(it))).into_iter().collect();
    let is_expected = record.stage().id == "expected";
    if is_expected && record.cell("engagement").is_empty() {
        fields.insert("engagement".to_owned(), json!("employee"));
    }
    if is_expected && record.cell("in_scope").is_empty() {
        fields.insert("in_scope".to_owned(), json!("yes"));
    }
    if !fields.is_empty() {
        steps.push(edit(record.head.id, fields));
    }
    if is_expected {
        steps.push(active(record.head.id));
    }
    steps
}

fn of_new(
    ask: &Ask,
    id: Id,
    name: &str,
    email: Option<&str>,
    profile: Option<Profile>,
) -> Vec<Step> {
    let mut fields = Map::from_iter([("title".to_owned(), json!(name))]);
    fields.extend(email.map(|it| ("email".to_owned(), json!(it))));
    let new = Step::New(New {
        id,
        kind: Person::ID.to_owned(),
        fields,
        stage: None,
        provenance: Provenance::Person,
        extras: Extras::default(),
    });
    let audits = profile == Some(Profile::ExternalAuditor);
    let bound = match ask.form.said("engagement") {
        Some(bound) => bound,
        None if audits => "external_auditor",
        None => "employee",
    };
    let mut more = Map::from_iter([("engagement".to_owned(), json!(bound))]);
    more.insert("in_scope".to_owned(), json!(if audits { "no" } else { "yes" }));
    if audits {
        more.insert("out_of_scope_reason".to_owned(), json!("Audits from outside."));
    }
    vec![new, edit(id, more), active(id)]
}

fn edit(record: Id, fields: Map<String, Value>) -> Step {
    let provenance = Provenance::Person;
    Step::Edit(Edit { record, version: None, fields, extras: None, provenance })
}

fn active(record: Id) -> Step {
    Step::Move { record, version: None, to: "active".to_owned(), reason: None }
}

fn page(ask: &Ask, typed: &Typed) -> Page {
    let said = |name: &str| typed.form.get(name).unwrap_or_default();
    let wrong = |name: &str| {
        html! { @if let Some(wrong) = typed.wrongs.get(name) { p.wrong { (sentence_of(&wrong.message)) } } }
    };
    let engagements = Person::DEF.field("engagement").map(|it| it.1);
    let bound = said("engagement");
    let body = html! {
        header {
            h1 { "Invite somebody" }
            p.lead {
                @if ask.site.post.mailer.is_some() { "They get access, and a mail with a link. " } @else { "They get access, and you get a link to hand to them. " }
                "With it they choose a password, or join with the account they have in another organization here."
            }
        }
        (access::trouble(typed))
        form.card.form method="post" action=(ask.to("/settings/people/new")) {
            (shell::token(ask))
            div.field {
                label for="who" { "Who" }
                p.help #who-help { "Somebody in the register of persons, or the name of somebody new." }
                pick-record data-from=(ask.to("/pick")) data-kinds="person" {
                    input #who type="text" name="who" value=(said("who")) placeholder="Number or name" autocomplete="off" required aria-describedby="who-help";
                }
                (wrong("who"))
            }
            div.field {
                label for="email" { "E-mail address" }
                p.help #email-help { "They sign in with it. Empty: the one in the register, or the one they choose." }
                input #email type="email" name="email" value=(said("email")) autocomplete="off" aria-describedby="email-help";
                (wrong("email"))
            }
            @if let Some(field) = engagements && let meta::FieldType::Choice(options) = field.ty {
                div.field {
                    label for="engagement" { "How they are bound to you" }
                    p.help #engagement-help { "For somebody new." }
                    select #engagement name="engagement" aria-describedby="engagement-help" {
                        option value="" selected[bound.is_empty()] { "not said" }
                        @for it in options { option value=(it.id) selected[it.id == bound] { (it.label) } }
                    }
                }
            }
            (access::inputs(ask, typed))
            div.row { button.btn.go { @if ask.site.post.mailer.is_some() { "Give access and invite" } @else { "Give access and make the link" } } a.btn href=(ask.to("/settings/people")) { "Leave" } }
        }
        (super::people::profiles())
    };
    let page = Page::new("Invite somebody", body).at("/settings");
    page.below("People and access", ask.to("/settings/people"))
}
