//! Reading a document: the edition in force, what changed since the reader last signed, and “I have
//! read it”.

mod changes;

use domain::{
    Step,
    access::{Act, On},
    approvals::{self, State},
    command::{Assent, Subject},
};
use kinds::{
    approval::{Approval, Purpose},
    document::Document,
};
use maud::{Markup, html};
use meta::Record;

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    problem::sentence_of,
    routes::{Needs, Route, get, post},
    shell, words,
};

/// The routes of reading.
pub(crate) const ROUTES: &[Route] = &[
    get("/o/{place}/read/{number}", Needs::Member, show),
    post("/o/{place}/read/{number}", Needs::Member, sign),
];

/// A document as a reader has it before them.
struct Reading<'a> {
    /// The working copy: what links and approvals name.
    working: &'a Record,
    /// The edition that is read.
    edition: &'a Record,
    document: &'a Document,
    /// The approval that published it.
    published: Option<&'a Approval>,
    /// Whether it is the one in force, rather than an earlier one.
    is_in_force: bool,
    /// What the reader signed last, and whether that still stands.
    signed: Option<(&'a Approval, State)>,
}

impl<'a> Reading<'a> {
    fn of(ask: &'a Ask) -> Result<Self, Problem> {
        let number = ask.param("number").parse().map_err(|_| Problem::NotFound)?;
        let view = ask.view();
        let working = view.isms.numbered("document", number).ok_or(Problem::NotFound)?;
        if !ask.sight().sees(working) {
            return Err(Problem::NotFound);
        }
        let in_force = view.isms.in_force(working.head.id, view.day).ok_or(Problem::NotFound)?;
        let wanted: Option<u32> = ask.query.said("edition").and_then(|it| it.parse().ok());
        let edition = match wanted {
            // Earlier editions are for those who see the history.
            Some(version) if ask.may(Act::SeeHistory, On::Record(working)) => {
                view.isms.edition(working.head.id, version).ok_or(Problem::NotFound)?
            }
            _ => in_force,
        };
        Ok(Self {
            working,
            edition: &edition.record,
            document: edition.record.typed().ok_or(Problem::NotFound)?,
            published: view.isms.typed(edition.approval),
            is_in_force: edition.record.head.version == in_force.record.head.version,
            signed: signed(ask, working),
        })
    }

    fn stands(&self) -> bool {
        self.signed.as_ref().is_some_and(|it| it.1 == State::Valid)
    }

    fn label(&self) -> String {
        let named = self.published.and_then(|it| it.edition.clone());
        named.unwrap_or_else(|| format!("version {}", self.edition.head.version))
    }

    /// The text that the reader signed last, where it is another one.
    fn before(&self, ask: &'a Ask) -> Option<&'a Document> {
        let (approval, _) = self.signed.as_ref()?;
        let version = u32::try_from(approval.version?).ok()?;
        let old = ask.isms().edition(self.working.head.id, version)?;
        (version != self.edition.head.version).then(|| old.record.typed()).flatten()
    }
}

/// What the reader signed last of a document.
fn signed<'a>(ask: &'a Ask, working: &Record) -> Option<(&'a Approval, State)> {
    let view = ask.view();
    let mine = view.isms.sources::<Approval>(working.head.id).filter(|(record, it)| {
        it.purpose == Some(Purpose::Acknowledge)
            && it.by.is_some_and(|it| it.id() == ask.person())
            && record.stage().id == "given"
    });
    let (record, approval) = mine.max_by_key(|it| it.0.head.created)?;
    Some((approval, approvals::state(view, record, approval)))
}

/// The page of a document for reading.
fn show(ask: &Ask) -> Result<Answer, Problem> {
    let reading = match Reading::of(ask) {
        Err(Problem::NotFound) => return without_edition(ask),
        reading => reading?,
    };
    Ok(page(ask, &reading, None).into())
}

/// The reader says that they have read it.
fn sign(ask: &Ask) -> Result<Answer, Problem> {
    let reading = Reading::of(ask)?;
    let purpose = Purpose::Acknowledge;
    ask.must(Act::Approve(purpose), On::Record(reading.working))?;
    let seen: Option<u32> = ask.form.said("edition").and_then(|it| it.parse().ok());
    if seen != Some(reading.edition.head.version) || !reading.is_in_force {
        let why = "another edition came into force while you read: this is it, please look again";
        return Ok(page(ask, &reading, Some(why)).into());
    }
    // A form that is sent twice says the same once.
    if let (true, Some((last, _))) = (reading.stands(), &reading.signed) {
        let on = last.decided_on.map_or_else(String::new, |it| format!(", on {}", words::day(it)));
        let said = format!("You have read “{}” already{on}.", reading.edition.title());
        return Ok(Answer::done(ask.to("/work"), said, None));
    }
    // The edition is what was read, whatever the working copy says meanwhile.
    let subject = Subject::Record(reading.working.head.id);
    let assent = Assent::new(app::fresh_id(), purpose, subject);
    let receipt = ask.step(Step::Assent(assent))?;
    let said = format!("Thank you. You have read “{}”.", reading.edition.title());
    Ok(Answer::done(ask.to("/work"), said, Some(receipt.seq)))
}

fn page(ask: &Ask, reading: &Reading<'_>, trouble: Option<&str>) -> Page {
    let (working, document) = (reading.working, reading.document);
    let may = reading.is_in_force
        && !reading.stands()
        && ask.may(Act::Approve(Purpose::Acknowledge), On::Record(working));
    let since = reading.published.and_then(|it| it.effective_from.or(it.decided_on));
    let before = reading.before(ask);
    let body = html! {
        article.reading {
            header {
                p.soft { @if let Some(it) = &document.identifier { span.ref { (it) } " " } "Edition " (reading.label()) @if let Some(day) = since { ", in force since " (words::day(day)) } }
                h1 { (words::title(reading.edition)) }
                @if !reading.is_in_force { p.note { "This is an earlier edition. " a.to href=(ask.to(&format!("/read/{}", working.head.number))) { "Read the one in force" } } }
            }
            @if let Some(trouble) = trouble { div.trouble role="alert" { p { (sentence_of(trouble)) } } }
            (new(reading, before))
            (content(ask, working, document, words::title(reading.edition)))
            (signature(ask, reading, may))
            footer.row.soft {
                @if let Some(by) = reading.published.and_then(|it| it.by).filter(|it| ask.sight().get(it.id()).is_some()) { span { "Approved by " (words::person(&ask.sight(), Some(by.id()))) } }
                @if ask.may(Act::SeeHistory, On::Record(working)) {
                    a.to href=(ask.to_record(working)) { (working.name()) " with its history" }
                }
            }
        }
    };
    let status = match trouble {
        Some(_) => axum::http::StatusCode::CONFLICT,
        None => axum::http::StatusCode::OK,
    };
    Page::new(words::title(reading.edition), body).at("/work").with_status(status)
}

/// What is new in this edition, to whoever read an earlier one.
fn new(reading: &Reading<'_>, before: Option<&Document>) -> Markup {
    let text = |it: &Document| it.text.as_ref().map(|it| it.0.clone()).unwrap_or_default();
    let summary = &reading.document.change_summary;
    html! {
        @if let Some(old) = before {
            section.card {
                h2 { "What changed since you last read it" }
                @if let Some(summary) = summary { (words::markdown(&summary.0)) }
                (changes::between(&text(old), &text(reading.document)))
            }
        } @else if let Some(summary) = summary.as_ref().filter(|_| reading.signed.is_none()) {
            details.card { summary { "What is new in this edition" } (words::markdown(&summary.0)) }
        }
    }
}

fn content(ask: &Ask, working: &Record, document: &Document, title: &str) -> Markup {
    html! {
        @if let Some(text) = &document.text { (words::markdown(without_title(&text.0, title))) }
        @if let Some(file) = &document.file {
            p { a.btn href={ (ask.to(&format!("/file/{}", file.sha256))) "?of=" (working.head.id) } { "Open " (file.name) } " " span.soft { (words::size(file.size)) } }
        }
        @if document.paper.is_some() { p { a.btn href=(ask.to("/soa")) { "Open the Statement of Applicability" } } }
        @if let Some(place) = &document.elsewhere {
            p { "It is kept here: " @if place.starts_with("https://") || place.starts_with("http://") { a.to href=(place) rel="noreferrer" { (place) } } @else { (place) } }
        }
        @if !document.has_content() { p.soft { "This edition holds no text." } }
    }
}

/// The text without its first heading, where that is the title, which stands above it already.
fn without_title<'t>(text: &'t str, title: &str) -> &'t str {
    let text = text.trim_start();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.strip_prefix("# ").map(str::trim) {
        Some(heading) if heading.eq_ignore_ascii_case(title.trim()) => rest,
        _ => text,
    }
}

fn signature(ask: &Ask, reading: &Reading<'_>, may: bool) -> Markup {
    html! {
        @if may {
            form.row method="post" action=(ask.to(&format!("/read/{}", reading.working.head.number))) {
                (shell::token(ask))
                input type="hidden" name="edition" value=(reading.edition.head.version);
                button.btn.go.large { "I have read it" }
                @if reading.signed.is_some() { span.soft { "You read an earlier edition." } }
            }
        } @else if let (true, Some((approval, _))) = (reading.stands(), &reading.signed) {
            p { span.st.good { "You have read it" @if let Some(day) = approval.decided_on { ", on " (words::day(day)) } } }
        }
    }
}

/// A document that has no edition in force: who may see its working copy is led there.
fn without_edition(ask: &Ask) -> Result<Answer, Problem> {
    let number = ask.param("number").parse().map_err(|_| Problem::NotFound)?;
    let record = ask.sight().numbered("document", number).ok_or(Problem::NotFound)?;
    let body = html! {
        header { h1 { (words::title(record)) } }
        div.empty {
            p { "No edition of this document is in force yet. It is being written." }
            a.btn href=(ask.to_record(record)) { "See the working copy" }
        }
    };
    Ok(Page::new(words::title(record), body).at("/work").into())
}

#[cfg(test)]
mod tests {
    use super::without_title;

    #[test]
    fn a_title_is_not_said_twice() {
        assert_eq!(without_title("\n# Backup\n\nCopy.", "Backup"), "\nCopy.");
        assert_eq!(without_title("# Rules\nCopy.", "Backup"), "# Rules\nCopy.");
        assert_eq!(without_title("", "Backup"), "");
    }
}
