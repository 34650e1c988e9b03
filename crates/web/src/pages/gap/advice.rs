//! What a gap assessment recommends, in the order of what helps most for the least work, and how it
//! becomes actions.

use std::cmp::Reverse;

use domain::{
    Command, Step,
    access::{Act, On},
    command::{Edit, New},
};
use jiff::civil::Date;
use kinds::{
    Kind,
    action::{Action, Purpose},
    control::Control,
    gap_answer::{Answer as Found, Extent, GapAnswer},
};
use maud::{Markup, html};
use meta::{Choice, Extras, Id, Provenance, Record};
use serde_json::{Map, Value, json};

use super::{Sheet, mark, questions, questions::Question};
use crate::{Answer, Ask, Problem, answer::Page, shell, widget, words};

/// One recommendation.
struct Advice<'a> {
    question: &'static Question,
    record: &'a Record,
    answer: &'a GapAnswer,
    text: &'a str,
}

/// A gap found is called by at most this many characters of its recommendation.
const LONGEST_TITLE: usize = 140;

/// The recommendations, ranked, and those that nobody wrote yet.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let sheet = Sheet::asked(ask)?;
    Ok(page(ask, &sheet, None).into())
}

/// Makes actions of the chosen recommendations, in one commit, linked both ways.
pub(super) fn take(ask: &Ask) -> Result<Answer, Problem> {
    let sheet = Sheet::asked(ask)?;
    ask.must(Act::Create, On::Kind(Action::DEF))?;
    let chosen: Vec<Advice<'_>> = ranked(&sheet)
        .into_iter()
        .filter(|it| ask.form.all("answer").any(|name| name == it.record.name()))
        .collect();
    let again = |why: &str| Ok(page(ask, &sheet, Some(why)).into());
    if chosen.is_empty() {
        return again("choose the recommendations that shall become actions");
    }
    // A form that is sent twice makes its actions once.
    let (done, chosen): (Vec<_>, Vec<_>) =
        chosen.into_iter().partition(|it| !it.answer.became.is_empty());
    if chosen.is_empty() {
        let said = words::count(done.len(), "recommendation is", "recommendations are");
        let said = format!("{said} taken up already: see below.");
        return Ok(Answer::done(format!("{}/advice", sheet.path(ask)), said, None));
    }
    let owner = match ask.form.said("owner") {
        None => None,
        Some(typed) => match widget::pick(&ask.sight(), &["role", "person"], typed) {
            Ok(link) => Some(link),
            Err(_) => return again("there is no such role or person: write a number or a name"),
        },
    };
    let due: Option<Date> = match ask.form.said("due").map(str::parse) {
        None => None,
        Some(Ok(day)) => Some(day),
        Some(Err(_)) => return again("write the day like 2026-03-31"),
    };
    let mut steps = Vec::new();
    for advice in &chosen {
        ask.must(Act::Edit, On::Record(advice.record))?;
        let id = app::fresh_id();
        let mut fields = Map::from_iter([
            ("title".to_owned(), json!(title(advice.text))),
            ("purpose".to_owned(), json!(Purpose::Gap.def().id)),
            ("serves".to_owned(), json!([advice.record.head.id.to_string()])),
            ("details".to_owned(), json!(details(advice))),
        ]);
        if let Some(control) = control(ask, advice.question) {
            fields.insert("controls".to_owned(), json!([control.to_string()]));
        }
        if let Some(owner) = owner {
            fields.insert("owner".to_owned(), json!(owner.to_string()));
        }
        if let Some(due) = due {
            fields.insert("due".to_owned(), json!(due));
        }
        steps.push(Step::New(New {
            id,
            kind: Action::ID.to_owned(),
            fields,
            stage: None,
            provenance: Provenance::Person,
            extras: Extras::default(),
        }));
        let became = advice.answer.became.iter().map(|it| json!(it.id().to_string()));
        let became: Value = became.chain([json!(id.to_string())]).collect();
        steps.push(Step::Edit(Edit {
            record: advice.record.head.id,
            version: Some(advice.record.head.version),
            fields: Map::from_iter([("became".to_owned(), became)]),
            extras: None,
            provenance: Provenance::Person,
        }));
    }
    let note = format!("Recommendations of {}", sheet.record.name());
    let receipt = ask.execute(Command { note: Some(note), steps })?;
    let said = match chosen.len() {
        1 => "1 action is made.".to_owned(),
        count => format!("{count} actions are made."),
    };
    Ok(Answer::done(format!("{}/advice", sheet.path(ask)), said, Some(receipt.seq)))
}

fn page(ask: &Ask, sheet: &Sheet<'_>, trouble: Option<&str>) -> Page {
    let path = sheet.path(ask);
    let all = ranked(sheet);
    let (done, open): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|it| !it.answer.became.is_empty());
    let silent: Vec<_> = questions::all()
        .iter()
        .filter(|it| matches!(sheet.found(it), Some(Found::Partly | Found::DoesNot)))
        .filter(|it| sheet.on(it).is_some_and(|it| text(it.1).is_none()))
        .collect();
    let may = !ask.is_past() && ask.may_make(Action::ID);
    let body = html! {
        header {
            p.soft { "Gap analysis " span.ref { (sheet.record.name()) } }
            h1 { "Recommendations" }
            p.lead { "What helps most for the least work comes first. Choose what you will do: each becomes an action that knows where it came from." }
        }
        @if let Some(trouble) = trouble { div.trouble role="alert" { p { (crate::problem::sentence_of(trouble)) } } }
        @if open.is_empty() && done.is_empty() {
            div.empty {
                h2 { "No recommendations yet" }
                p { "Where something is missing, write in the interview what should be done, how much it would help and how much work it is." }
                @if let Some(next) = sheet.next_open(0) { a.btn.go href={ (path) "/on/" (next.id) } { "Go on with " (next.reference) } }
            }
        }
        @if !open.is_empty() {
            form.form method="post" action={ (path) "/advice" } {
                (shell::token(ask))
                div.scroll { table.list {
                    thead { tr { @if may { th { span.unseen { "Choose" } } } th scope="col" { "Where" } th scope="col" { "What should be done" } th scope="col" { "Found" } th scope="col" { "Effect" } th scope="col" { "Effort" } } }
                    tbody { @for advice in &open { (row(ask, &path, advice, may)) } }
                } }
                @if may {
                    section.card.form {
                        h2 { "Make the chosen ones actions" }
                        div.two {
                            div.field {
                                label for="owner" { "Who answers for them " span.need { "may wait" } }
                                pick-record data-from=(ask.to("/pick")) data-kinds="role,person" {
                                    input #owner type="text" name="owner" value=(ask.form.get("owner").unwrap_or_default()) placeholder="Number or name of a role or person" autocomplete="off";
                                }
                            }
                            div.field {
                                label for="due" { "By when " span.need { "may wait" } }
                                input #due type="date" name="due" value=(ask.form.get("due").unwrap_or_default());
                            }
                        }
                        div.row { button.btn.go { "Make actions" } }
                    }
                }
            }
        }
        @if !silent.is_empty() {
            section.card {
                h2 { "Gaps without a recommendation" small { (silent.len()) } }
                p.row { @for question in &silent { a.to href={ (path) "/on/" (question.id) } title=(question.title) { (question.reference) } } }
            }
        }
        @if !done.is_empty() {
            section.card {
                h2 { "Taken up" small { (done.len()) } }
                div.scroll { table.list {
                    thead { tr { th scope="col" { "Where" } th scope="col" { "What should be done" } th scope="col" { "Became" } } }
                    tbody { @for advice in &done {
                        tr {
                            td { a.to href={ (path) "/on/" (advice.question.id) } { (advice.question.reference) } }
                            td { (title(advice.text)) }
                            td { @for (at, it) in advice.answer.became.iter().enumerate() { @if at > 0 { ", " } (words::link(ask, it.link())) " " (stage(ask, it.id())) } }
                        }
                    } }
                } }
            }
        }
    };
    let status = match trouble {
        Some(_) => axum::http::StatusCode::UNPROCESSABLE_ENTITY,
        None => axum::http::StatusCode::OK,
    };
    Page::new("Recommendations", body)
        .at("/gap")
        .with_status(status)
        .below("Gap analysis", ask.to("/gap"))
        .below(sheet.record.name(), path)
}

fn row(ask: &Ask, path: &str, advice: &Advice<'_>, may: bool) -> Markup {
    let name = advice.record.name();
    let chosen = ask.form.all("answer").any(|it| it == name);
    html! {
        tr {
            @if may { td { input type="checkbox" name="answer" value=(name) checked[chosen] aria-label={ "Choose " (advice.question.reference) }; } }
            td { a.to href={ (path) "/on/" (advice.question.id) } { (advice.question.reference) } span.why { (advice.question.title) } }
            td { (words::markdown(advice.text)) }
            td { (mark(advice.answer.answer)) }
            td { (extent(advice.answer.effect)) }
            td { (extent(advice.answer.effort)) }
        }
    }
}

fn extent(extent: Option<Extent>) -> Markup {
    html! { @match extent { Some(it) => { (it.def().label) } None => { span.soft { "not said" } } } }
}

fn stage(ask: &Ask, id: Id) -> Markup {
    let stage = ask.sight().get(id).map(|it| it.stage().label.to_lowercase());
    html! { @if let Some(stage) = stage { span.soft { "(" (stage) ")" } } }
}

/// The recommendations: most effect for the least effort first; what nobody weighed comes last.
fn ranked<'a>(sheet: &Sheet<'a>) -> Vec<Advice<'a>> {
    let all = questions::all().iter().filter_map(|question| {
        let (record, answer) = sheet.on(question)?;
        Some(Advice { question, record, answer, text: text(answer)? })
    });
    let mut all: Vec<Advice<'a>> = all.collect();
    all.sort_by_key(|it| {
        let missing = it.answer.answer == Some(Found::DoesNot);
        (Reverse(worth(it.answer.effect, it.answer.effort)), Reverse(missing))
    });
    all
}

/// Effect for effort, in sixths; `None`, the least, where one of them is not known.
fn worth(effect: Option<Extent>, effort: Option<Extent>) -> Option<u32> {
    let steps = |it: Extent| match it {
        Extent::Low => 1,
        Extent::Medium => 2,
        Extent::High => 3,
    };
    Some(steps(effect?) * 6 / steps(effort?))
}

fn text(answer: &GapAnswer) -> Option<&str> {
    answer.recommendation.as_ref().map(|it| it.0.trim()).filter(|it| !it.is_empty())
}

/// The first line, without the signs of Markdown in front, cut where it is long.
fn title(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let line = line.trim_start_matches(['#', '-', '*', '>', ' ']).trim();
    let mut chars = line.chars();
    let start: String = chars.by_ref().take(LONGEST_TITLE).collect();
    if chars.next().is_some() { format!("{start}…") } else { start }
}

fn details(advice: &Advice<'_>) -> String {
    let Question { reference, title, .. } = advice.question;
    let mut details = format!("Found in the gap analysis at {reference} {title}.");
    if self::title(advice.text) != advice.text {
        details.push_str("\n\n");
        details.push_str(advice.text);
    }
    if let Some(note) = &advice.answer.note {
        details.push_str("\n\nWhat was seen: ");
        details.push_str(&note.0);
    }
    details
}

/// The record of the control that a question is about.
fn control(ask: &Ask, question: &Question) -> Option<Id> {
    let mut controls = ask.isms().live::<Control>();
    let found = controls
        .find(|(_, it)| question.is_control && it.annex_a().is_some_and(|it| it.id == question.id));
    found.map(|(record, _)| record.head.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_effect_for_the_least_effort_comes_first() {
        let [low, medium, high] = [Extent::Low, Extent::Medium, Extent::High].map(Some);
        assert!(worth(high, low) > worth(high, medium));
        assert!(worth(medium, low) > worth(high, medium));
        assert!(worth(low, high) > worth(high, None));
    }

    #[test]
    fn an_action_is_called_by_the_first_line() {
        assert_eq!(
            title("- Give every administrator a key.\n\nSoon."),
            "Give every administrator a key."
        );
        assert_eq!(title(&"x".repeat(200)).chars().count(), LONGEST_TITLE + 1);
    }
}
