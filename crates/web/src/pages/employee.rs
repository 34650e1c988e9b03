//! The page of whoever only reads, answers and reports: three things at most, made for a phone.

use domain::{
    Command, Refusal, Step,
    access::{Act, On},
    command::New,
    duties::{self, Duty, What},
};
use kinds::{
    Kind,
    approval::Approval,
    event_report::{EventReport, Severity},
    membership::Profile,
};
use maud::{Markup, html};
use meta::{Choice, Extras, FieldDef, Provenance, Record};
use serde_json::json;

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    form::Form,
    problem::{quoted, sentence_of},
    routes::{Needs, Route, get, post},
    shell, widget,
    widget::{Wrong, Wrongs},
    words,
};

/// The routes of reports by everybody.
pub(crate) const ROUTES: &[Route] = &[
    get("/o/{place}/report", Needs::Member, form),
    post("/o/{place}/report", Needs::Member, report),
];

/// What a report asks for: the rest is for those who handle it.
const FIELDS: [&str; 4] = ["title", "details", "happened_on", "place"];

/// At most so many things are shown in each part.
const SHOWN: usize = 20;

/// Whether whoever asks has no other profile than that of an employee.
pub(super) fn is_for(ask: &Ask) -> bool {
    let profiles = ask.here().access.profiles();
    let mut others = Profile::ALL.iter().filter(|it| **it != Profile::Employee);
    profiles.has(Profile::Employee) && !others.any(|it| profiles.has(*it))
}

/// What waits: to read, to answer; and room to report.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let duties = duties::of(ask.sight());
    let of = |what: &[What]| -> Vec<&Duty<'_>> {
        duties.iter().filter(|it| what.contains(&it.what)).collect()
    };
    let (read, answer) =
        (of(&[What::Read]), of(&[What::Answer, What::Handle, What::Act, What::Prove]));
    let documents = ask.sight().rows("document").count();
    let body = html! {
        header {
            h1 { "What waits for you" }
            @if read.is_empty() && answer.is_empty() { p.lead { "Nothing. Thank you." } }
        }
        @if !read.is_empty() {
            section.card {
                h2 { "Read" small { (read.len()) } }
                ul.big-list { @for it in read.iter().take(SHOWN) {
                    li { a href=(ask.to(&format!("/read/{}", it.record.head.number))) {
                        strong { (words::title(it.record)) }
                        (why(ask, it))
                    } }
                } }
            }
        }
        @if !answer.is_empty() {
            section.card {
                h2 { "Answer" small { (answer.len()) } }
                ul.big-list { @for it in answer.iter().take(SHOWN) {
                    @let record = subject(ask, it);
                    li { a href=(ask.to_record(record)) {
                        strong { (words::title(record)) }
                        (why(ask, it))
                    } }
                } }
            }
        }
        @if !ask.is_past() && ask.may_make(EventReport::ID) {
            section.card {
                h2 { "Report" }
                p { "A strange mail, a lost device, a door left open: tell it, even if you are not sure. Nobody is blamed for it." }
                p { a.btn.go.large href=(ask.to("/report")) { "Report something" } }
                (mine(ask))
            }
        }
        p.soft { a.to href=(ask.to("/document")) { (words::count(documents, "document", "documents")) } " to look things up." }
    };
    Ok(Page::new("My work", body).at("/work").into())
}

/// Why it waits and until when.
fn why(ask: &Ask, it: &Duty<'_>) -> Markup {
    let what = match it.what {
        What::Answer => it
            .record
            .typed::<Approval>()
            .and_then(|it| it.purpose)
            .map_or("you are asked", |it| it.def().label),
        What::Handle => "look into it",
        What::Act => "to be done",
        What::Prove => "bring the proof",
        _ if it.note.is_empty() => "new to you",
        _ => it.note.as_str(),
    };
    let late = it.day.is_some_and(|day| day < ask.day());
    html! {
        small {
            (what.to_lowercase())
            @if let Some(day) = it.day { ", by " time datetime=(day) { (words::day(day)) } @if late { " " span.st.bad { "late" } } }
        }
    }
}

/// The record that a request is about; of everything else the record itself.
fn subject<'a>(ask: &'a Ask, it: &Duty<'a>) -> &'a Record {
    let subject = it.record.typed::<Approval>().and_then(|it| it.subject);
    subject.and_then(|it| ask.sight().get(it.id())).unwrap_or(it.record)
}

/// What became of something that whoever asks told, in their words; nothing for those who judge it.
pub(super) fn standing(ask: &Ask, record: &Record) -> Option<String> {
    let report = record.typed::<EventReport>()?;
    if ask.may(Act::Judge, On::Record(record)) {
        return None;
    }
    let handler = report.handler.and_then(|it| ask.sight().get(it.id()));
    let handler = handler.map_or("somebody", Record::title);
    let said = match (record.stage().id, report.handler) {
        ("new", None) => "Your report is in. Those who handle reports were told.".to_owned(),
        ("new" | "triaged", _) => format!("Your report is in, and {handler} looks into it."),
        ("event", _) => "It was a security event, and is dealt with. Thank you.".to_owned(),
        ("incident", _) => {
            "It is a security incident, and is dealt with as one. Thank you.".to_owned()
        }
        _ => "There was nothing in it this time. Thank you: better one report too many.".to_owned(),
    };
    Some(said)
}

/// What they reported, and what became of it.
fn mine(ask: &Ask) -> Markup {
    let person = ask.person();
    let mut told: Vec<&Record> = ask
        .isms()
        .sources::<EventReport>(person)
        .filter(|(_, it)| it.noticed_by.is_some_and(|it| it.id() == person))
        .filter_map(|(record, _)| ask.sight().reads(record))
        .collect();
    told.reverse();
    html! {
        @if !told.is_empty() {
            h3 { "What you told" }
            ul.timeline { @for record in told.iter().take(3) { li { span { (words::record(ask, record)) " " span.chip { (record.stage().label) } } } } }
        }
    }
}

/// The short form of a report.
fn form(ask: &Ask) -> Result<Answer, Problem> {
    ask.must(Act::Create, On::Kind(EventReport::DEF))?;
    let mut form = Form::default();
    form.push("f.happened_on", ask.day().to_string());
    Ok(page(ask, &form, &Wrongs::new(), None).into())
}

/// Takes a report.
fn report(ask: &Ask) -> Result<Answer, Problem> {
    ask.must(Act::Create, On::Kind(EventReport::DEF))?;
    let read = widget::read(ask, fields())?;
    let mut wrongs = read.wrongs;
    if ask.form.said("f.title").is_none() {
        let message = "say in a few words what happened".to_owned();
        wrongs.insert("title".to_owned(), Wrong { message, ..Wrong::default() });
    }
    if !wrongs.is_empty() {
        return Ok(page(ask, &ask.form, &wrongs, None).into());
    }
    let mut fields: serde_json::Map<_, _> =
        read.fields.into_iter().filter(|it| !it.1.is_null()).collect();
    fields.insert("noticed_by".to_owned(), json!(ask.person().to_string()));
    if let Some(severity) = ask.form.said("f.severity").and_then(Severity::from_id) {
        fields.insert("severity".to_owned(), json!(severity.def().id));
    }
    let organization = &ask.place()?.organization;
    let (mut extras, mut files) = (Extras::default(), Vec::new());
    for upload in ask.uploads.iter().filter(|it| it.field == "file" && it.size > 0) {
        let (file, stored) =
            organization.store_file(&upload.name, upload.media, &mut upload.open()?)?;
        extras.attachments.push(file);
        files.push(stored);
    }
    let id = app::fresh_id();
    let step = Step::New(New {
        id,
        kind: EventReport::ID.to_owned(),
        fields,
        stage: None,
        provenance: Provenance::Person,
        extras,
    });
    match ask.execute_with(Command::one(step), files) {
        Ok(receipt) => {
            let name = receipt.isms.get(id).map(Record::name).unwrap_or_default();
            let said = format!("Thank you. It is on record as {name}, and will be looked at.");
            Ok(Answer::done(ask.to("/work"), said, None))
        }
        Err(Problem::Refused { refusal, sentence }) => {
            let mut wrongs = Wrongs::new();
            if let Refusal::Invalid { problems, .. } = &*refusal {
                for it in problems {
                    wrongs.insert(it.field.clone(), Wrong::new(it.message.clone()));
                }
            }
            let elsewhere = !wrongs.keys().any(|it| FIELDS.contains(&it.as_str()));
            let sentence = elsewhere.then(|| quoted(&sentence));
            Ok(page(ask, &ask.form, &wrongs, sentence.as_deref()).into())
        }
        Err(problem @ Problem::Wrong(_)) => {
            let sentence = problem.sentence();
            Ok(page(ask, &ask.form, &Wrongs::new(), Some(&sentence)).into())
        }
        Err(problem) => Err(problem),
    }
}

fn page(ask: &Ask, form: &Form, wrongs: &Wrongs, trouble: Option<&str>) -> Page {
    let severity = form.get("f.severity").unwrap_or_default();
    let bad = !wrongs.is_empty() || trouble.is_some();
    let body = html! {
        header {
            h1 { "Report something" }
            p.lead { "Better one report too many. A guess is enough everywhere." }
        }
        @if let Some(trouble) = trouble { div.trouble role="alert" { p { (sentence_of(trouble)) } } }
        unsaved-guard {
            form.form method="post" action=(ask.to("/report")) enctype="multipart/form-data" {
                (shell::token(ask))
                div.fields {
                    @for field in fields() { (widget::field(ask, field, form, wrongs.get(field.name))) }
                    fieldset.field {
                        legend { "How bad it seems" }
                        div.options.answers { @for it in Severity::ALL {
                            label title=(it.def().help) { input type="radio" name="f.severity" value=(it.def().id) checked[severity == it.def().id]; span { (it.def().label) } }
                        } }
                    }
                    div.field {
                        label for="file" { "A picture or a file" }
                        input #file type="file" name="file" multiple;
                    }
                }
                div.actions { button.btn.go.large { "Send it" } a.btn href=(ask.to("/work")) { "Leave it" } }
            }
        }
    };
    let status = match bad {
        true => axum::http::StatusCode::UNPROCESSABLE_ENTITY,
        false => axum::http::StatusCode::OK,
    };
    Page::new("Report something", body).at("/work").with_status(status)
}

fn fields() -> impl Iterator<Item = &'static FieldDef> {
    FIELDS.iter().filter_map(|it| EventReport::DEF.field(it)).map(|it| it.1)
}
