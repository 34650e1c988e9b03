//! The form of a record: new, edit, what was wrong, and what to do when somebody else saved first.

use axum::http::StatusCode;
use domain::{
    Command, Refusal, Step,
    access::{Act, On},
    command::{Edit, New},
};
use maud::{Markup, html};
use meta::{Extras, FieldDef, KindDef, Need, Provenance, Record};
use serde_json::{Map, Value};

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    form::Form,
    problem::sentence_of,
    shell, widget,
    widget::{Read, Wrong, Wrongs},
};

/// A form as it is shown: empty, of a record, or again with what was wrong.
struct Sheet<'a> {
    def: &'static KindDef,
    record: Option<&'a Record>,
    form: Form,
    wrongs: Wrongs,
    /// What is wrong with the whole.
    trouble: Option<String>,
    /// What somebody else changed meanwhile: the field, what they wrote.
    theirs: Vec<(&'static FieldDef, Form)>,
    /// The version to save over.
    version: Option<u32>,
    status: StatusCode,
}

/// The form of a new record; the query may fill fields: `?f.title=…`.
pub(super) fn new(ask: &Ask) -> Result<Answer, Problem> {
    let def = ask.kind()?;
    ask.must(Act::Create, On::Kind(def))?;
    let sheet = Sheet { form: ask.query.clone(), ..Sheet::of(def, None) };
    Ok(sheet.page(ask).into())
}

/// Makes a record.
pub(super) fn create(ask: &Ask) -> Result<Answer, Problem> {
    let def = ask.kind()?;
    ask.must(Act::Create, On::Kind(def))?;
    let read = widget::read(ask, shown(def, None))?;
    let mut sheet = Sheet { form: ask.form.clone(), ..Sheet::of(def, None) };
    if !read.wrongs.is_empty() {
        return Ok(sheet.refused(read.wrongs).page(ask).into());
    }
    let id = app::fresh_id();
    let fields = read.fields.iter().filter(|it| !it.1.is_null());
    let new = New {
        id,
        kind: def.id.to_owned(),
        fields: fields.map(|(name, it)| (name.clone(), it.clone())).collect(),
        stage: None,
        provenance: Provenance::Person,
        extras: Extras { tags: tags(&ask.form), ..Extras::default() },
    };
    match send(ask, &read, Step::New(new)) {
        Ok(receipt) => {
            let record = receipt.isms.get(id).ok_or(Problem::NotFound)?;
            let to = match ask.form.has("again") {
                true => ask.to(&format!("/{}/new", def.id)),
                false => ask.to_record(record),
            };
            let said = format!("{} is made.", domain::text::called(record));
            Ok(Answer::done(to, said, Some(receipt.seq)))
        }
        Err(problem) => {
            sheet.take(problem)?;
            Ok(sheet.page(ask).into())
        }
    }
}

/// The form of a record.
pub(super) fn edit(ask: &Ask) -> Result<Answer, Problem> {
    let record = ask.record()?;
    ask.must(Act::Edit, On::Record(record))?;
    let body = body_of(record);
    let mut form = widget::filled(&ask.sight(), record.def(), &body);
    let extras = record.head.extras.as_ref();
    form.push("tags", extras.map(|it| it.tags.join(", ")).unwrap_or_default());
    let sheet = Sheet { form, ..Sheet::of(record.def(), Some(record)) };
    Ok(sheet.page(ask).into())
}

/// Changes a record: only the fields that differ are written.
pub(super) fn update(ask: &Ask) -> Result<Answer, Problem> {
    let record = ask.record()?;
    ask.must(Act::Edit, On::Record(record))?;
    let def = record.def();
    let seen = ask.form.said("version").and_then(|it| it.parse().ok());
    let read = widget::read(ask, shown(def, Some(record)))?;
    let mut sheet = Sheet { form: ask.form.clone(), ..Sheet::of(def, Some(record)) };
    sheet.version = seen.or(sheet.version);
    if !read.wrongs.is_empty() {
        return Ok(sheet.refused(read.wrongs).page(ask).into());
    }
    let stale = seen.filter(|it| *it != record.head.version);
    let before = match stale {
        Some(version) => past_body(ask, record, version)?,
        None => body_of(record),
    };
    let mine = widget::written(read.fields.clone(), &before);
    if stale.is_some() {
        let theirs = widget::written(body_with_nulls(record), &before);
        let both: Vec<&'static FieldDef> = def
            .fields
            .iter()
            .filter(|it| mine.contains_key(it.name) && theirs.contains_key(it.name))
            .filter(|it| mine.get(it.name) != theirs.get(it.name))
            .collect();
        if !both.is_empty() {
            return Ok(sheet.conflict(ask, record, &both, &theirs, &mine).page(ask).into());
        }
    }
    let new_tags = ask.form.has("tags").then(|| tags(&ask.form));
    let old_tags = record.head.extras.as_ref().map(|it| it.tags.clone()).unwrap_or_default();
    let extras = new_tags.filter(|it| *it != old_tags).map(|tags| {
        let extras = record.head.extras.as_deref().cloned().unwrap_or_default();
        Extras { tags, ..extras }
    });
    if mine.is_empty() && extras.is_none() {
        return Ok(Answer::done(ask.to_record(record), "Nothing was changed.", None));
    }
    let edit = Edit {
        record: record.head.id,
        version: Some(record.head.version),
        fields: mine,
        extras,
        provenance: Provenance::Person,
    };
    match send(ask, &read, Step::Edit(edit)) {
        Ok(receipt) => {
            let mut said = format!("{} is saved.", domain::text::called(record));
            if stale.is_some() {
                said.push_str(" Somebody else had saved other fields meanwhile; both are kept.");
            }
            Ok(Answer::done(ask.to_record(record), said, Some(receipt.seq)))
        }
        Err(problem) => {
            sheet.take(problem)?;
            Ok(sheet.page(ask).into())
        }
    }
}

fn send(ask: &Ask, read: &Read, step: Step) -> Result<app::Receipt, Problem> {
    let mut steps: Vec<Step> = read.made.iter().map(widget::Made::step).collect();
    steps.push(step);
    let note = ask.form.said("note").map(str::to_owned);
    ask.execute_with(Command { note, steps }, read.files.clone())
}

/// The fields of a form: all but those that only acts may write.
fn shown(
    def: &'static KindDef,
    _record: Option<&Record>,
) -> impl Iterator<Item = &'static FieldDef> {
    def.fields.iter()
}

fn tags(form: &Form) -> Vec<String> {
    let all = form.get("tags").unwrap_or_default().split([',', ';']).map(str::trim);
    all.filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

fn body_of(record: &Record) -> Map<String, Value> {
    match record.body.json() {
        Value::Object(body) => body
            .into_iter()
            .filter(|(_, it)| !it.is_null() && *it != Value::Array(Vec::new()))
            .collect(),
        _ => Map::new(),
    }
}

fn body_with_nulls(record: &Record) -> Map<String, Value> {
    let body = body_of(record);
    let fields = record.def().fields.iter();
    fields.map(|it| (it.name.to_owned(), body.get(it.name).cloned().unwrap_or_default())).collect()
}

/// The body of an earlier version, as its form saw it.
fn past_body(ask: &Ask, record: &Record, version: u32) -> Result<Map<String, Value>, Problem> {
    let revisions = ask.place()?.organization.revisions(record.head.id)?;
    let found = revisions.into_iter().find(|it| it.version == version).and_then(|it| it.content);
    let text = found.ok_or(Problem::NotFound)?.text;
    let mut stored: Value = serde_json::from_str(&text).unwrap_or_default();
    match stored.get_mut("body").map(Value::take) {
        Some(Value::Object(body)) => Ok(body),
        _ => Ok(Map::new()),
    }
}

impl<'a> Sheet<'a> {
    fn of(def: &'static KindDef, record: Option<&'a Record>) -> Self {
        Self {
            def,
            record,
            form: Form::default(),
            wrongs: Wrongs::new(),
            trouble: None,
            theirs: Vec::new(),
            version: record.map(|it| it.head.version),
            status: StatusCode::OK,
        }
    }

    fn refused(mut self, wrongs: Wrongs) -> Self {
        self.wrongs = wrongs;
        self.status = StatusCode::UNPROCESSABLE_ENTITY;
        self
    }

    /// Shows a refusal where it was typed; what is no refusal goes on.
    fn take(&mut self, problem: Problem) -> Result<(), Problem> {
        self.status = problem.status();
        match problem {
            Problem::Refused { refusal, sentence } => {
                match *refusal {
                    Refusal::Invalid { problems, .. } => {
                        for it in problems {
                            // `rows[2].name` belongs to the field `rows`.
                            let name = it.field.split(['.', '[']).next().unwrap_or_default();
                            if self.def.field(name).is_some() {
                                let wrong = self.wrongs.entry(name.to_owned()).or_default();
                                let gap = if wrong.message.is_empty() { "" } else { "; " };
                                wrong.message.push_str(gap);
                                wrong.message.push_str(&it.message);
                            } else {
                                self.trouble = Some(it.message);
                            }
                        }
                    }
                    _ => self.trouble = Some(sentence),
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

    /// Somebody else saved first: theirs beside mine, field by field; nothing is lost, and saving
    /// again saves over theirs knowingly.
    fn conflict(
        mut self,
        ask: &Ask,
        record: &Record,
        both: &[&'static FieldDef],
        theirs: &Map<String, Value>,
        mine: &Map<String, Value>,
    ) -> Self {
        for field in both {
            let mut form = Form::default();
            widget::filled_field(&ask.sight(), field, theirs.get(field.name), &mut form);
            self.theirs.push((field, form));
            self.wrongs.insert(
                field.name.to_owned(),
                Wrong {
                    message: "somebody else wrote this meanwhile".to_owned(),
                    ..Wrong::default()
                },
            );
        }
        // Fields that only they changed show what they wrote.
        let now = widget::filled(&ask.sight(), record.def(), &body_of(record));
        for field in record.def().fields.iter().filter(|it| !mine.contains_key(it.name)) {
            let name = format!("{}{}", widget::PREFIX, field.name);
            let is_of = |it: &str| {
                it.strip_prefix(&name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            self.form = self.form.without(is_of);
            for (name, value) in now.pairs().filter(|it| is_of(it.0)) {
                self.form.push(name, value);
            }
        }
        self.version = Some(record.head.version);
        self.status = StatusCode::CONFLICT;
        self.trouble = Some(format!(
            "{} was changed by somebody else while you wrote; compare the marked fields, and save \
             again to keep what stands in the form",
            record.name()
        ));
        self
    }

    fn page(self, ask: &Ask) -> Page {
        let (title, action, back) = match self.record {
            Some(record) => {
                let path = ask.to_record(record);
                (format!("Edit {}", record.name()), format!("{path}/edit"), path)
            }
            None => {
                let label = self.def.label.to_lowercase();
                let list = ask.to(&format!("/{}", self.def.id));
                (format!("New {label}"), format!("{list}/new"), list)
            }
        };
        let body = html! {
            header {
                h1 { (title) @if let Some(record) = self.record { " " span.soft { (record.title()) } } }
                @if self.record.is_none() { p.lead { (self.def.help) } }
            }
            (self.troubles())
            unsaved-guard {
                form.form method="post" action=(action) enctype="multipart/form-data" {
                    (shell::token(ask))
                    @if let Some(version) = self.version { input type="hidden" name="version" value=(version); }
                    (self.fields(ask))
                    div.field {
                        label for="tags" { "Tags" }
                        input #tags type="text" name="tags" value=(self.form.get("tags").unwrap_or_default()) placeholder="parted by commas";
                    }
                    div.field {
                        label for="note" { "Why " span.need { "kept in the history" } }
                        input #note type="text" name="note" value=(self.form.get("note").unwrap_or_default());
                    }
                    div.actions {
                        button.btn.go { "Save" }
                        @if self.record.is_none() { button.btn name="again" value="1" { "Save and make another" } }
                        a.btn href=(back) { "Leave" }
                    }
                }
            }
        };
        let page = Page::new(title, body).with_status(self.status).at(self.def.id);
        let page = page.below(self.def.plural, ask.to(&format!("/{}", self.def.id)));
        match self.record {
            Some(record) => page.below(record.name(), ask.to_record(record)),
            None => page,
        }
    }

    /// What is needed first; what may wait is folded away for a new record.
    fn fields(&self, ask: &Ask) -> Markup {
        let one = |field: &'static FieldDef| {
            let theirs = self.theirs.iter().find(|it| std::ptr::eq(it.0, field));
            html! {
                (widget::field(ask, field, &self.form, self.wrongs.get(field.name)))
                @if let Some((_, form)) = theirs {
                    details.note open { summary { "What they wrote" }
                        @for (_, value) in form.pairs() { p { (value) } }
                        @if form.pairs().next().is_none() { p.soft { "They emptied it." } }
                    }
                }
            }
        };
        let (first, rest): (Vec<_>, Vec<_>) = shown(self.def, self.record)
            .partition(|it| self.record.is_some() || it.need != Need::Optional);
        let is_open = rest.iter().any(|it| self.wrongs.contains_key(it.name));
        html! {
            div.fields { @for field in first { (one(field)) } }
            @if !rest.is_empty() {
                details open[is_open] { summary.btn { "More fields (" (rest.len()) ")" } div.fields { @for field in rest { (one(field)) } } }
            }
        }
    }

    fn troubles(&self) -> Markup {
        let named = |name: &str| self.def.field(name).map_or(name, |it| it.1.label).to_owned();
        html! {
            @if self.trouble.is_some() || !self.wrongs.is_empty() {
                div.trouble role="alert" {
                    @if let Some(trouble) = &self.trouble { p { (sentence_of(trouble)) } }
                    @if !self.wrongs.is_empty() {
                        p { "Nothing was saved yet. Please look at:" }
                        ul { @for (name, wrong) in &self.wrongs { li { a href={ "#" (name) } { (named(name)) } ": " (wrong.message) } } }
                    }
                }
            }
        }
    }
}
