//! One question of the interview: what is asked, what the records say already, and the answer.
//! Every answer is a small commit of its own, so that several people can work at once.

mod screen;

use axum::http::StatusCode;
use domain::{
    Command, Step,
    access::{Act, On},
    command::{Edit, New},
};
use kinds::{Kind, gap_answer::GapAnswer};
use maud::html;
use meta::{Extras, FieldDef, Provenance, Record};
use serde_json::{Map, Value, json};

use self::screen::Screen;
use super::{Sheet, questions, questions::Question, said};
use crate::{Answer, Ask, Problem, form::Form, widget};

/// The fields of an answer that the interview asks for.
const FIELDS: [&str; 6] = ["answer", "note", "evidence", "recommendation", "effect", "effort"];

/// The question named in the path.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let sheet = Sheet::asked(ask)?;
    let question = asked(ask)?;
    let form = match sheet.on(question) {
        Some((record, _)) => widget::filled(&ask.sight(), GapAnswer::DEF, &body_of(record)),
        None => Form::default(),
    };
    Ok(Screen::of(&sheet, question, form).page(ask).into())
}

/// Keeps an answer.
pub(super) fn save(ask: &Ask) -> Result<Answer, Problem> {
    let sheet = Sheet::asked(ask)?;
    let question = asked(ask)?;
    if !sheet.is_open() {
        let why = "this gap analysis is closed: open it again to change answers";
        return Err(Problem::Wrong(why.to_owned()));
    }
    let on = sheet.on(question);
    match on {
        Some((record, _)) => ask.must(Act::Edit, On::Record(record))?,
        None => ask.must(Act::Create, On::Kind(GapAnswer::DEF))?,
    }
    let read = widget::read(ask, fields())?;
    let mut screen = Screen::of(&sheet, question, ask.form.clone());
    if !read.wrongs.is_empty() {
        screen.wrongs = read.wrongs;
        screen.status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(screen.page(ask).into());
    }
    let seen: u32 = ask.form.said("version").and_then(|it| it.parse().ok()).unwrap_or(0);
    if let Some((record, _)) = on.filter(|(it, _)| it.head.version != seen) {
        let mine = widget::written(read.fields.clone(), &body_of(record));
        if !mine.is_empty() {
            screen.conflict(record);
            return Ok(screen.page(ask).into());
        }
    }
    let (extras, mut files) = attached(ask, on.map(|it| it.0))?;
    files.extend(read.files.iter().cloned());
    let mut steps: Vec<Step> = read.made.iter().map(widget::Made::step).collect();
    let id = on.map_or_else(app::fresh_id, |it| it.0.head.id);
    match on {
        Some((record, _)) => {
            let fields = widget::written(read.fields, &body_of(record));
            if fields.is_empty() && extras.is_none() {
                return Ok(kept(ask, &sheet, question, Some(record), None));
            }
            let version = Some(record.head.version);
            let provenance = Provenance::Person;
            steps.push(Step::Edit(Edit { record: id, version, fields, extras, provenance }));
        }
        None => {
            let said = read.fields.into_iter().filter(|it| !it.1.is_null());
            let mut fields: Map<String, Value> = said.collect();
            if fields.is_empty() && extras.is_none() {
                return Ok(kept(ask, &sheet, question, None, None));
            }
            fields.insert("title".to_owned(), json!(question.title));
            fields.insert("subject".to_owned(), json!(question.id));
            fields.insert("assessment".to_owned(), json!(sheet.record.head.id.to_string()));
            steps.push(Step::New(New {
                id,
                kind: GapAnswer::ID.to_owned(),
                fields,
                stage: None,
                provenance: Provenance::Person,
                extras: extras.unwrap_or_default(),
            }));
        }
    }
    match ask.execute_with(Command { note: None, steps }, files) {
        Ok(receipt) => {
            let record = receipt.isms.get(id);
            Ok(kept(ask, &sheet, question, record, Some(receipt.seq)))
        }
        Err(problem) => {
            screen.take(problem)?;
            Ok(screen.page(ask).into())
        }
    }
}

/// What is said when an answer is kept: a line for the script, else the next page.
fn kept(
    ask: &Ask,
    sheet: &Sheet<'_>,
    question: &Question,
    record: Option<&Record>,
    entry: Option<u64>,
) -> Answer {
    let found = record.and_then(|it| it.typed::<GapAnswer>()).and_then(|it| it.answer);
    let version = record.map_or(0, |it| it.head.version);
    if ask.wants_part() {
        return Answer::Part(html! {
            span data-version=(version) data-square=(super::square(found)) {
                @match entry { Some(entry) => { "Kept, entry " (entry) "." } None => { "Nothing new to keep." } }
            }
        });
    }
    let all = questions::all();
    let at = questions::place(question.id).unwrap_or_default();
    let to = match ask.form.get("then") {
        Some("next") => all
            .get(at + 1)
            .map_or_else(|| sheet.path(ask), |next| format!("{}/on/{}", sheet.path(ask), next.id)),
        _ => format!("{}/on/{}", sheet.path(ask), question.id),
    };
    match entry {
        Some(_) => Answer::done(to, format!("{}: {}.", question.reference, said(found)), entry),
        None => Answer::go(to),
    }
}

/// Files that came along, beside those that are there.
fn attached(
    ask: &Ask,
    record: Option<&Record>,
) -> Result<(Option<Extras>, Vec<app::FileStored>), Problem> {
    let mut extras = record.and_then(|it| it.head.extras.as_deref().cloned()).unwrap_or_default();
    let mut files = Vec::new();
    let organization = &ask.place()?.organization;
    for upload in ask.uploads.iter().filter(|it| it.field == "file" && it.size > 0) {
        let (file, stored) =
            organization.store_file(&upload.name, upload.media, &mut upload.open()?)?;
        extras.attachments.push(file);
        files.push(stored);
    }
    Ok(((!files.is_empty()).then_some(extras), files))
}

fn asked(ask: &Ask) -> Result<&'static Question, Problem> {
    let at = questions::place(ask.param("subject")).ok_or(Problem::NotFound)?;
    Ok(&questions::all()[at])
}

fn fields() -> impl Iterator<Item = &'static FieldDef> {
    FIELDS.iter().filter_map(|it| GapAnswer::DEF.field(it)).map(|it| it.1)
}

fn body_of(record: &Record) -> Map<String, Value> {
    match record.body.json() {
        Value::Object(body) => body,
        _ => Map::new(),
    }
}
