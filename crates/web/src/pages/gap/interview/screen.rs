//! The page of a question: what is asked, what the records say already, and room for the answer.

use axum::http::StatusCode;
use domain::{
    Refusal,
    access::{Act, On},
};
use kinds::{
    Kind,
    gap_answer::{Answer as Found, GapAnswer},
};
use maud::{Markup, html};
use meta::{Choice, Record};

use super::{
    super::{Sheet, key, mark, questions, questions::Question, said, squares},
    FIELDS,
};
use crate::{
    Ask, Problem,
    answer::Page,
    form::Form,
    pages::spine::about::About,
    problem::sentence_of,
    shell, widget,
    widget::{Wrong, Wrongs},
    words,
};

/// The keys of the answers, in the order of the options.
const KEYS: [(Found, &str); 5] = [
    (Found::Conforms, "1"),
    (Found::Partly, "2"),
    (Found::DoesNot, "3"),
    (Found::NotLookedAt, "0"),
    (Found::NotApplicable, "9"),
];

/// A question as it is shown: as it stands, or again with what was wrong.
pub(super) struct Screen<'a> {
    sheet: &'a Sheet<'a>,
    question: &'static Question,
    form: Form,
    pub(super) wrongs: Wrongs,
    trouble: Option<String>,
    /// Whether somebody else's answer is to be shown beside what was typed.
    theirs: bool,
    pub(super) status: StatusCode,
}

impl<'a> Screen<'a> {
    pub(super) fn of(sheet: &'a Sheet<'a>, question: &'static Question, form: Form) -> Self {
        Self {
            sheet,
            question,
            form,
            wrongs: Wrongs::new(),
            trouble: None,
            theirs: false,
            status: StatusCode::OK,
        }
    }

    pub(super) fn conflict(&mut self, record: &Record) {
        self.status = StatusCode::CONFLICT;
        self.theirs = true;
        self.trouble = Some(format!(
            "somebody else answered this meanwhile, in {}: compare, and save again to keep yours",
            record.name()
        ));
    }

    /// Shows a refusal where it was typed; what is no refusal goes on.
    pub(super) fn take(&mut self, problem: Problem) -> Result<(), Problem> {
        self.status = problem.status();
        match problem {
            Problem::Refused { refusal, sentence } => match *refusal {
                Refusal::Invalid { problems, .. } => {
                    for it in problems {
                        match FIELDS.contains(&it.field.as_str()) {
                            true => {
                                let wrong = Wrong { message: it.message, ..Wrong::default() };
                                self.wrongs.insert(it.field, wrong);
                            }
                            false => self.trouble = Some(it.message),
                        }
                    }
                }
                _ => self.trouble = Some(sentence),
            },
            Problem::Wrong(sentence) => self.trouble = Some(sentence),
            problem => return Err(problem),
        }
        Ok(())
    }

    pub(super) fn page(&self, ask: &Ask) -> Page {
        let (sheet, question) = (self.sheet, self.question);
        let path = sheet.path(ask);
        let all = questions::all();
        let at = questions::place(question.id).unwrap_or_default();
        let (before, after) = (at.checked_sub(1).map(|at| &all[at]), all.get(at + 1));
        let may = sheet.is_open()
            && !ask.is_past()
            && match sheet.on(question) {
                Some((record, _)) => ask.may(Act::Edit, On::Record(record)),
                None => ask.may_make(GapAnswer::ID),
            };
        let body = html! {
            header {
                p.soft { "Question " (at + 1) " of " (all.len()) " · " (section(question)) }
                h1 { (question.reference) " " (question.title) }
            }
            nav.row.acts aria-label="Questions" {
                @match before { Some(it) => { a.btn rel="prev" data-go="p" href={ (path) "/on/" (it.id) } { "← " (it.reference) } } None => {} }
                @match after { Some(it) => { a.btn rel="next" data-go="n" href={ (path) "/on/" (it.id) } { (it.reference) " →" } } None => {} }
                @match sheet.next_open(at + 1) { Some(it) => { a.btn data-go="u" href={ (path) "/on/" (it.id) } { "Next not looked at: " (it.reference) } } None => {} }
                a.btn.push href=(path) { "All questions" }
            }
            div.grid {
                div.c8.side {
                    section.card {
                        h2 { "What it asks" }
                        p.prose { (question.asks) }
                        div.asks {
                            div { h3 { "What an auditor looks at" } p { (question.looked_at) } }
                            div { h3 { "What typically shows it" } p { (question.evidence) } }
                        }
                    }
                    @if may { (self.form(ask, &path)) } @else { (self.stored(ask)) }
                }
                div.c4.side { (known(ask, question)) }
            }
            details.card { summary { h2 { "All questions at a glance" } } (squares(sheet, &path, Some(question.id))) (key()) }
        };
        Page::new(question.reference.clone(), body)
            .at("/gap")
            .wide()
            .with_status(self.status)
            .below("Gap analysis", ask.to("/gap"))
            .below(sheet.record.name(), path)
    }

    fn form(&self, ask: &Ask, path: &str) -> Markup {
        let question = self.question;
        let fits = |it: &&(Found, &str)| it.0 != Found::NotApplicable || question.is_control;
        let shown = KEYS.iter().filter(fits);
        let on = self.sheet.on(question);
        let version = on.map_or(0, |it| it.0.head.version);
        let field = |name: &str| {
            let def = GapAnswer::DEF.field(name).map(|it| it.1);
            html! { @if let Some(def) = def { (widget::field(ask, def, &self.form, self.wrongs.get(name))) } }
        };
        html! {
            @if self.trouble.is_some() || self.theirs {
                div.trouble role="alert" {
                    @if let Some(trouble) = &self.trouble { p { (sentence_of(trouble)) } }
                    @if let (true, Some((record, answer))) = (self.theirs, on) {
                        p { "They wrote: " (mark(answer.answer)) }
                        @if let Some(note) = &answer.note { (words::markdown(&note.0)) }
                        @if let Some(advice) = &answer.recommendation { (words::markdown(&advice.0)) }
                        p { a.to href=(ask.to_record(record)) { (record.name()) } }
                    }
                }
            }
            gap-question {
                form.card.form method="post" action={ (path) "/on/" (question.id) } enctype="multipart/form-data" {
                    (shell::token(ask))
                    input type="hidden" name="version" value=(version);
                    fieldset.field #answer {
                        legend { "Where you stand" }
                        div.options.answers { @for (found, key) in shown.clone() {
                            @let def = found.def();
                            label title=(def.help) {
                                input type="radio" name="f.answer" value=(def.id) data-answer=(key) checked[self.form.get("f.answer") == Some(def.id)];
                                span { (said(Some(*found))) } kbd { (key) }
                            }
                        } }
                        @if let Some(wrong) = self.wrongs.get("answer") { p.wrong { (sentence_of(&wrong.message)) } }
                    }
                    (field("note"))
                    (field("recommendation"))
                    div.two { (field("effect")) (field("effort")) }
                    details open[self.form.has("f.evidence")] {
                        summary.btn { "Evidence and files" }
                        div.fields {
                            (field("evidence"))
                            div.field {
                                label for="file" { "Files" }
                                p.help { "What you were shown. They are kept with this answer." }
                                (files(ask, on.map(|it| it.0)))
                                input #file type="file" name="file" multiple;
                            }
                        }
                    }
                    div.actions {
                        button.btn.go name="then" value="next" { "Save and go on" }
                        button.btn name="then" value="stay" { "Save" }
                        span.soft.kept role="status" {}
                        span.soft.push.keys { @for (_, key) in shown { kbd { (key) } " " } "answer · " kbd { "n" } " next · " kbd { "p" } " back · " kbd { "u" } " next open · " kbd { "c" } " note" }
                    }
                }
            }
        }
    }

    /// The answer as it stands, for who may not change it.
    fn stored(&self, ask: &Ask) -> Markup {
        let on = self.sheet.on(self.question);
        html! {
            section.card {
                h2 { "What was found" }
                @match on {
                    None => { p { (mark(None)) } }
                    Some((record, answer)) => {
                        p.row { (mark(answer.answer)) a.to href=(ask.to_record(record)) { span.ref { (record.name()) } } }
                        @if let Some(note) = &answer.note { (words::markdown(&note.0)) }
                        @if let Some(advice) = &answer.recommendation { h3 { "What should be done" } (words::markdown(&advice.0)) }
                        (files(ask, Some(record)))
                    }
                }
                @if !self.sheet.is_open() { p.soft { "This gap analysis is closed." } }
            }
        }
    }
}

fn files(ask: &Ask, record: Option<&Record>) -> Markup {
    let Some(record) = record else { return html! {} };
    html! {
        ul.several { @for file in record.head.extras.iter().flat_map(|it| &it.attachments) {
            li { a.to href={ (ask.to(&format!("/file/{}", file.sha256))) "?of=" (record.head.id) } { (file.name) } " " span.soft { (words::size(file.size)) } }
        } }
    }
}

/// What the records say already about what is asked.
fn known(ask: &Ask, question: &Question) -> Markup {
    let report = ask.verdicts();
    let about = About::of(ask, &report, question.id);
    html! {
        section.card {
            h2 { "What your records say" small { "entry " (report.position) } }
            (about.control(ask))
            (about.verdicts(ask, 3))
            (about.documents(ask))
            (about.proofs(ask, 5))
            @if about.is_empty() { p.soft { "Nothing yet." } }
            p { a.to href=(ask.to(&format!("/spine/{}", about.page()))) { "Everything about " (about.page()) } }
        }
    }
}

fn section(question: &Question) -> String {
    let found = questions::sections().iter().find(|it| it.id == question.section);
    found.map(|it| format!("{} {}", it.id, it.title)).unwrap_or_default()
}

/// Every option has a key, and the keys are apart.
const _: () = assert!(KEYS.len() == Found::ALL.len());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_has_a_key_of_its_own() {
        for found in Found::ALL {
            assert_eq!(KEYS.iter().filter(|it| it.0 == *found).count(), 1);
        }
    }
}
