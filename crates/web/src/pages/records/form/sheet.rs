//! A form as it is shown: empty, of a record, or again with what was wrong and with what somebody
//! else saved first.

use axum::http::StatusCode;
use domain::Refusal;
use maud::{Markup, html};
use meta::{FieldDef, KindDef, Need, Record};
use serde_json::{Map, Value};

use super::{
    super::groups::{Group, groups},
    Wrong, body_of, tags_of, written,
};
use crate::{
    Ask, Problem,
    answer::Page,
    carry,
    form::Form,
    problem::{quoted, sentence_of},
    shell, widget,
    widget::{Wrongs, grid},
    words,
};

/// The input that carries the id of the record that a form makes.
pub(super) const MAKES: &str = "makes";

/// A form as it is shown.
pub(super) struct Sheet<'a> {
    def: &'static KindDef,
    record: Option<&'a Record>,
    form: Form,
    wrongs: Wrongs,
    /// What is wrong with the whole.
    trouble: Option<String>,
    /// The fields that somebody else wrote meanwhile.
    theirs: Vec<&'static FieldDef>,
    /// The version to save over.
    pub(super) version: Option<u32>,
    status: StatusCode,
}

impl<'a> Sheet<'a> {
    pub(super) fn of(def: &'static KindDef, record: Option<&'a Record>, form: Form) -> Self {
        Self {
            def,
            record,
            form,
            wrongs: Wrongs::new(),
            trouble: None,
            theirs: Vec::new(),
            version: record.map(|it| it.head.version),
            status: StatusCode::OK,
        }
    }

    /// The same form with what is wrong in it.
    pub(super) fn refused(mut self, wrongs: Wrongs) -> Self {
        self.wrongs = wrongs;
        self.status = StatusCode::UNPROCESSABLE_ENTITY;
        self
    }

    /// The same form, which made a record already: sent once more, it makes another.
    pub(super) fn sent_before(mut self, made: &Record) -> Self {
        self.form = self.form.without(|it| it == MAKES);
        self.status = StatusCode::CONFLICT;
        let made = made.name();
        self.trouble =
            Some(format!("this was saved already, as {made}: save again only to make another"));
        self
    }

    /// Shows a refusal where it was typed; what is no refusal goes on.
    pub(super) fn take(&mut self, problem: Problem) -> Result<(), Problem> {
        self.status = problem.status();
        match problem {
            Problem::Refused { refusal, sentence } => {
                let Refusal::Invalid { problems, .. } = *refusal else {
                    self.trouble = Some(sentence);
                    return Ok(());
                };
                for it in problems {
                    let (name, message) = self.placed(&it.field, &it.message);
                    match name {
                        Some(name) => {
                            let wrong = self.wrongs.entry(name).or_default();
                            let gap = if wrong.message.is_empty() { "" } else { "; " };
                            wrong.message.push_str(gap);
                            wrong.message.push_str(&message);
                        }
                        None => self.trouble = Some(message),
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

    /// The field that a path like `rows[2].name` belongs to, and the message with the row it is in.
    fn placed(&self, path: &str, message: &str) -> (Option<String>, String) {
        let name = path.split(['.', '[']).next().unwrap_or_default();
        if matches!(name, "note" | "tags") {
            return (Some(name.to_owned()), message.to_owned());
        }
        let Some((_, field)) = self.def.field(name) else { return (None, message.to_owned()) };
        let row = path.split_once('[').and_then(|it| it.1.split_once(']'));
        let row = row.and_then(|(at, rest)| Some((at.parse::<usize>().ok()?, rest)));
        let message = match (row, field.ty) {
            (Some((at, rest)), meta::FieldType::Rows(def)) => {
                let cell = def.fields.iter().find(|it| rest.strip_prefix('.') == Some(it.name));
                let cell = cell.map(|it| format!(", {}", it.label)).unwrap_or_default();
                format!("row {}{cell}: {message}", at + 1)
            }
            _ => message.to_owned(),
        };
        (Some(name.to_owned()), message)
    }

    /// Somebody else saved first: theirs beside mine, field by field, with the choice of whose is
    /// kept. Nothing typed is lost, and saving again saves over theirs knowingly.
    pub(super) fn conflict(
        mut self,
        ask: &Ask,
        record: &Record,
        both: &[&'static FieldDef],
        mine: &Map<String, Value>,
    ) -> Self {
        self.theirs = both.to_vec();
        for field in both {
            let wrong = Wrong::new("somebody else wrote this meanwhile");
            self.wrongs.insert(field.name.to_owned(), wrong);
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
            "{} was changed by somebody else while you wrote: choose at the marked fields whose \
             words to keep, and save again",
            record.name()
        ));
        self
    }

    pub(super) fn page(self, ask: &Ask) -> Result<Page, Problem> {
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
        let named = self.form.said("back").or(ask.query.said("back"));
        let named = named.filter(|it| carry::is_local(it)).map(str::to_owned);
        let fields: Vec<&FieldDef> = written(ask, self.def, self.record).collect();
        let shown: Vec<&str> = fields.iter().map(|it| it.name).collect();
        let mut groups = groups(self.def);
        for group in &mut groups {
            group.fields.retain(|it| shown.contains(&it.1.name));
        }
        groups.retain(|it| !it.fields.is_empty());
        let waiting = carry::wait(ask)?;
        let body = html! {
            header {
                h1 { (title) @if let Some(record) = self.record { " " span.soft { (words::title(record)) } } }
                @if self.record.is_none() { p.lead { (self.def.help) } }
            }
            (self.troubles())
            unsaved-guard {
                form.form.record method="post" action=(action) enctype="multipart/form-data" {
                    (shell::token(ask))
                    // Enter in a field saves, whichever button stands first on the page.
                    button.first-choice tabindex="-1" aria-hidden="true" { "Save" }
                    @if let Some(version) = self.version { input type="hidden" name="version" value=(version); }
                    @if self.record.is_none() { input type="hidden" name=(MAKES) value=(self.makes()); }
                    @if let Some(back) = &named { input type="hidden" name="back" value=(back); }
                    input type="hidden" name=(widget::SHOWN) value=(shown.join(" "));
                    (waiting)
                    @if groups.len() > 2 {
                        nav.parts aria-label="Parts of this form" { @for it in &groups { a.chip href={ "#" (it.id) } { (it.heading) } } }
                    }
                    @for group in &groups { (self.group(ask, group)) }
                    (self.beside())
                    div.actions {
                        button.btn.go { "Save" }
                        @if self.record.is_none() { button.btn name="again" value="1" { "Save and make another" } }
                        a.btn href=(named.as_deref().unwrap_or(&back)) { "Leave" }
                    }
                }
            }
        };
        let page = Page::new(title, body).with_status(self.status).at(self.def.id);
        let page = page.below(self.def.plural, ask.to(&format!("/{}", self.def.id)));
        Ok(match self.record {
            Some(record) => page.below(record.name(), ask.to_record(record)),
            None => page,
        })
    }

    fn makes(&self) -> String {
        self.form.said(MAKES).map_or_else(|| app::fresh_id().to_string(), str::to_owned)
    }

    /// A group of fields; what may wait is folded away for a new record.
    fn group(&self, ask: &Ask, group: &Group) -> Markup {
        let holds = |it: &FieldDef| {
            let name = format!("{}{}", widget::PREFIX, it.name);
            let is_of = |it: &str| {
                it.strip_prefix(&name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            self.wrongs.contains_key(it.name)
                || self.form.pairs().any(|(it, value)| is_of(it) && !value.is_empty())
        };
        let is_open = self.record.is_some()
            || group
                .fields
                .iter()
                .any(|(at, it)| *at == 0 || it.need != Need::Optional || holds(it));
        html! {
            details.card.part id=(group.id) open[is_open] {
                summary { h2 { (group.heading) } }
                div.fields { @for (at, field) in &group.fields { (self.field(ask, *at, field)) } }
            }
        }
    }

    fn field(&self, ask: &Ask, at: usize, field: &'static FieldDef) -> Markup {
        let theirs = self.theirs.iter().any(|it| std::ptr::eq(*it, field));
        let beside = self.record.filter(|_| theirs).map(|record| {
            let keep = format!("keep.{}", field.name);
            html! {
                div.theirs {
                    p.label { "What they wrote" }
                    div { (grid::of(record, at).unwrap_or_else(|| words::cell(ask, &field.ty, record.body.cell(at)))) }
                    div.options {
                        label { input type="radio" name=(keep) value="mine" checked; span { "Keep mine" } }
                        label { input type="radio" name=(keep) value="theirs"; span { "Take theirs" } }
                    }
                }
            }
        });
        widget::field_beside(ask, field, &self.form, self.wrongs.get(field.name), beside)
    }

    /// What stands beside the fields: tags, and why.
    fn beside(&self) -> Markup {
        let tags = self.record.map(tags_of).unwrap_or_default().join(", ");
        let seen = self.form.get("tags.seen").map_or(tags, str::to_owned);
        let wrong = |name: &str| {
            html! {
                @if let Some(wrong) = self.wrongs.get(name) { p.wrong id={ (name) "-wrong" } { span { (sentence_of(&quoted(&wrong.message))) } } }
            }
        };
        let described =
            |name: &str| self.wrongs.contains_key(name).then(|| format!("{name}-wrong"));
        html! {
            div.fields.last {
                div.field.half #at-tags {
                    label for="tags" { "Tags" }
                    p.help { "Words to find it by, parted by commas." }
                    input type="hidden" name="tags.seen" value=(seen);
                    input #tags type="text" name="tags" value=(self.form.get("tags").unwrap_or_default()) aria-describedby=[described("tags")];
                    (wrong("tags"))
                }
                div.field.half #at-note {
                    label for="note" { "Why" }
                    p.help { "Kept in the history with this change." }
                    input #note type="text" name="note" value=(self.form.get("note").unwrap_or_default()) aria-describedby=[described("note")];
                    (wrong("note"))
                }
            }
        }
    }

    /// What is wrong, all of it, with links to where.
    fn troubles(&self) -> Markup {
        let named = |name: &str| match name {
            "note" => "Why".to_owned(),
            "tags" => "Tags".to_owned(),
            name => self.def.field(name).map_or(name, |it| it.1.label).to_owned(),
        };
        // In the order of the form, not of the alphabet.
        let mut wrongs: Vec<(&String, &Wrong)> = self.wrongs.iter().collect();
        wrongs.sort_by_key(|it| self.def.field(it.0).map_or(usize::MAX, |it| it.0));
        html! {
            @if self.trouble.is_some() || !wrongs.is_empty() {
                div.trouble #trouble role="alert" tabindex="-1" {
                    @if let Some(trouble) = &self.trouble { p { (sentence_of(&quoted(trouble))) } }
                    @else { p { "Nothing was saved yet. Please look at:" } }
                    @if !wrongs.is_empty() {
                        ul { @for (name, wrong) in wrongs { li { a href={ "#at-" (name) } { (named(name)) } ": " (quoted(&wrong.message)) } } }
                    }
                }
            }
        }
    }
}
