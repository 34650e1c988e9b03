//! What a person may do: giving, changing and ending memberships.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::{
    Refusal, Step,
    command::{Edit, New},
};
use kinds::{
    Kind,
    membership::{Membership, Profile},
};
use maud::{Markup, html};
use meta::{Choice, Extras, FieldDef, Id, Provenance, Record};
use serde_json::{Map, Value, json};

use super::{people, person};
use crate::{
    Answer, Ask, Problem,
    form::Form,
    problem::sentence_of,
    shell, widget,
    widget::{Wrong, Wrongs},
    words,
};

/// What was typed about a membership, and what is wrong with it.
#[derive(Default)]
pub(super) struct Typed {
    /// What was typed.
    pub(super) form: Form,
    /// What is wrong, by field.
    pub(super) wrongs: Wrongs,
    /// What is wrong with the whole.
    pub(super) trouble: Option<String>,
}

/// Gives a person another profile.
pub(super) fn give(ask: &Ask) -> Result<Answer, Problem> {
    let person = person::named(ask)?;
    let mut typed = Typed { form: ask.form.clone(), ..Typed::default() };
    let read = typed.read(ask, fields())?;
    if typed.wrongs.is_empty() {
        match ask.step(new(person.head.id, person.title(), read)) {
            Ok(receipt) => {
                let said = format!("{} has more access now.", person.title());
                return Ok(Answer::done(person::path(ask, person), said, Some(receipt.seq)));
            }
            Err(problem) => typed.take(problem)?,
        }
    }
    let page = person::page(ask, person, &typed)?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into())
}

/// The form that changes from when and until when a membership holds.
pub(super) fn edit(ask: &Ask) -> Result<Answer, Problem> {
    let (_, record) = named(ask)?;
    let body = match record.body.json() {
        Value::Object(body) => body,
        _ => Map::new(),
    };
    let form = widget::filled(&ask.sight(), Membership::DEF, &body);
    form_page(ask, &Typed { form, ..Typed::default() })
}

/// Changes from when and until when a membership holds.
pub(super) fn change(ask: &Ask) -> Result<Answer, Problem> {
    let (person, record) = named(ask)?;
    let mut typed = Typed { form: ask.form.clone(), ..Typed::default() };
    let read = typed.read(ask, times())?;
    if typed.wrongs.is_empty() {
        let edit = Edit {
            record: record.head.id,
            version: ask.form.said("version").and_then(|it| it.parse().ok()),
            fields: read,
            extras: None,
            provenance: Provenance::Person,
        };
        match ask.step(Step::Edit(edit)) {
            Ok(receipt) => {
                let to = person::path(ask, person);
                return Ok(Answer::done(to, "The access is changed.", Some(receipt.seq)));
            }
            Err(problem) => typed.take(problem)?,
        }
    }
    form_page(ask, &typed)
}

/// Takes a membership away.
pub(super) fn end(ask: &Ask) -> Result<Answer, Problem> {
    let (person, record) = named(ask)?;
    let step = Step::Move {
        record: record.head.id,
        version: None,
        to: "ended".to_owned(),
        reason: ask.form.said("reason").map(str::to_owned),
    };
    let mut typed = Typed::default();
    match ask.step(step) {
        Ok(receipt) => {
            let label = record.typed::<Membership>().map_or("", people::label);
            let said = format!("{} is no longer {}.", person.title(), words::small(label));
            Ok(Answer::done(person::path(ask, person), said, Some(receipt.seq)))
        }
        Err(problem) => {
            typed.take(problem)?;
            let page = person::page(ask, person, &typed)?;
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into())
        }
    }
}

/// The fields of a new membership as they stand in a form.
pub(super) fn inputs(ask: &Ask, typed: &Typed) -> Markup {
    html! { (field(ask, typed, "profile")) (times_of(ask, typed)) }
}

/// From when and until when; what only an external auditor needs is folded away.
fn times_of(ask: &Ask, typed: &Typed) -> Markup {
    let audits = ["period_from", "period_until"];
    let is_open = audits
        .iter()
        .any(|it| typed.wrongs.contains_key(*it) || typed.form.said(&format!("f.{it}")).is_some());
    html! {
        div.two { (field(ask, typed, "from")) (field(ask, typed, "until")) }
        details.fold open[is_open] {
            summary { "For an external auditor: the time they look at" }
            div.two.after { @for it in audits { (field(ask, typed, it)) } }
        }
        (field(ask, typed, "reason"))
    }
}

fn field(ask: &Ask, typed: &Typed, name: &str) -> Markup {
    let found = Membership::DEF.field(name).map(|it| it.1);
    html! { @if let Some(field) = found { (widget::field(ask, field, &typed.form, typed.wrongs.get(name))) } }
}

/// What is wrong with the whole, in front of a form.
pub(super) fn trouble(typed: &Typed) -> Markup {
    html! { @if let Some(trouble) = &typed.trouble { div.trouble role="alert" { p { (sentence_of(trouble)) } } } }
}

/// The step that gives a person access.
pub(super) fn new(person: Id, name: &str, mut fields: Map<String, Value>) -> Step {
    let profile = fields.get("profile").and_then(Value::as_str).and_then(Profile::from_id);
    let label = profile.map(|it| words::small(it.def().label)).unwrap_or_default();
    fields.retain(|_, it| !it.is_null());
    fields.insert("title".to_owned(), json!(format!("{name}, {label}")));
    fields.insert("person".to_owned(), json!(person));
    Step::New(New {
        id: app::fresh_id(),
        kind: Membership::ID.to_owned(),
        fields,
        stage: None,
        provenance: Provenance::Person,
        extras: Extras::default(),
    })
}

/// The fields of a new membership.
pub(super) fn fields() -> impl Iterator<Item = &'static FieldDef> {
    let names = ["profile", "from", "until", "period_from", "period_until", "reason"];
    names.into_iter().filter_map(|it| Membership::DEF.field(it)).map(|it| it.1)
}

/// The fields of a membership that are changed; another profile is another membership.
fn times() -> impl Iterator<Item = &'static FieldDef> {
    fields().filter(|it| it.name != "profile")
}

impl Typed {
    /// Reads fields of the form; what is wrong is noted.
    pub(super) fn read(
        &mut self,
        ask: &Ask,
        fields: impl Iterator<Item = &'static FieldDef>,
    ) -> Result<Map<String, Value>, Problem> {
        let read = widget::read(ask, fields)?;
        self.wrongs = read.wrongs;
        if ask.form.has("f.profile") && read.fields.get("profile").is_some_and(Value::is_null) {
            self.wrong("profile", "choose what they may do");
        }
        Ok(read.fields)
    }

    /// This is wrong with a field.
    pub(super) fn wrong(&mut self, field: &str, message: &str) {
        let wrong = Wrong { message: message.to_owned(), ..Wrong::default() };
        self.wrongs.insert(field.to_owned(), wrong);
    }

    /// Notes a refusal where it was typed; what is no refusal goes on.
    pub(super) fn take(&mut self, problem: Problem) -> Result<(), Problem> {
        match problem {
            Problem::Refused { refusal, sentence } => {
                let Refusal::Invalid { problems, .. } = *refusal else {
                    self.trouble = Some(sentence);
                    return Ok(());
                };
                let mut found: BTreeMap<String, String> = BTreeMap::new();
                for it in problems {
                    found.entry(it.field).or_insert(it.message);
                }
                for (field, message) in found {
                    match fields().any(|it| it.name == field) {
                        true => self.wrong(&field, &message),
                        false => self.trouble = Some(message),
                    }
                }
                Ok(())
            }
            Problem::Wrong(sentence) => {
                self.trouble = Some(sentence);
                Ok(())
            }
            problem => Err(problem),
        }
    }
}

fn form_page(ask: &Ask, typed: &Typed) -> Result<Answer, Problem> {
    let (person, record) = named(ask)?;
    let label = record.typed::<Membership>().map_or("", people::label);
    let back = person::path(ask, person);
    let action = format!("{back}/access/{}", record.head.number);
    let title = format!("{}: {}", person.title(), words::small(label));
    let body = html! {
        header { h1 { (title) } p.lead { "From when and until when this holds. For another profile, give another access and end this one." } }
        (trouble(typed))
        form.card.form method="post" action=(action) {
            (shell::token(ask))
            input type="hidden" name="version" value=(record.head.version);
            (times_of(ask, typed))
            div.row { button.btn.go { "Save" } a.btn href=(back) { "Leave" } }
        }
    };
    let page = crate::answer::Page::new(title, body).at("/settings");
    let page = page.below("People and access", ask.to("/settings/people"));
    let page = page.below(person.title(), back);
    Ok(match typed.wrongs.is_empty() && typed.trouble.is_none() {
        true => page.into(),
        false => page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into(),
    })
}

/// The person and the membership that the path names.
fn named(ask: &Ask) -> Result<(&Record, &Record), Problem> {
    let person = person::named(ask)?;
    let number = ask.param("member").parse().map_err(|_| Problem::NotFound)?;
    let record = ask.sight().numbered(Membership::ID, number).ok_or(Problem::NotFound)?;
    let theirs = record
        .typed::<Membership>()
        .is_some_and(|it| it.person.is_some_and(|it| it.id() == person.head.id));
    if theirs { Ok((person, record)) } else { Err(Problem::NotFound) }
}
