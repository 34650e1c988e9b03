//! Two gap assessments side by side: what became better, and what did not.

use kinds::{
    Kind,
    gap_answer::{Answer as Found, GapAnswer},
    gap_assessment::GapAssessment,
};
use maud::html;
use meta::Record;

use super::{Sheet, mark, questions};
use crate::{Answer, Ask, Problem, answer::Page, words};

/// What differs between the assessment in the path and the one asked for by `with`.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let sheet = Sheet::asked(ask)?;
    let others: Vec<&Record> = ask
        .sight()
        .rows(GapAssessment::ID)
        .filter(|it| it.head.id != sheet.record.head.id && !it.head.withdrawn)
        .collect();
    let with = ask.query.said("with").and_then(|it| it.parse().ok());
    let number = with.or_else(|| others.last().map(|it| it.head.number));
    let other = number.map(|it| Sheet::numbered(ask, it)).transpose()?;
    let (earlier, later) = match &other {
        Some(other) if other.record.head.number > sheet.record.head.number => (Some(&sheet), other),
        other => (other.as_ref(), &sheet),
    };
    // What nobody looked at says nothing, whether somebody wrote that down or not.
    let said = |sheet: &Sheet<'_>, it| sheet.found(it).filter(|it| *it != Found::NotLookedAt);
    let pairs: Vec<_> = questions::all()
        .iter()
        .filter_map(|it| Some((it, said(earlier?, it), said(later, it))))
        .filter(|(_, before, after)| before != after)
        .collect();
    let (changes, open): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|it| it.2.is_some());
    let count = |is: &dyn Fn(u8, u8) -> bool| {
        let ranks = changes.iter().filter_map(|it| Some((rank(it.1)?, rank(it.2)?)));
        ranks.filter(|(before, after)| is(*before, *after)).count()
    };
    let (better, worse) = (count(&|a, b| b > a), count(&|a, b| b < a));
    let new = changes.iter().filter(|it| it.1.is_none()).count();
    let path = later.path(ask);
    let body = html! {
        header {
            h1 { "Compare gap analyses" }
            @if let Some(earlier) = earlier {
                p.lead {
                    (words::title(earlier.record)) " and " (words::title(later.record)) ": "
                    (words::count(better, "answer", "answers")) " better, " (words::count(worse, "answer", "answers")) " worse, "
                    (words::count(new, "question", "questions")) " looked at for the first time."
                    @if !open.is_empty() { " " (words::count(open.len(), "question is", "questions are")) " not looked at again yet." }
                }
            }
        }
        @if others.is_empty() {
            div.empty { p { "There is only this one so far. Begin another when some time has passed, and see here what became better." } }
        } @else {
            form.filters method="get" action={ (sheet.path(ask)) "/compare" } {
                label for="with" { "Compare " (sheet.record.name()) " with" }
                select #with name="with" { @for it in &others { option value=(it.head.number) selected[Some(it.head.number) == number] { (it.name()) " " (it.title()) } } }
                button.btn { "Show" }
            }
            @if changes.is_empty() { p { "No answer differs." } }
            @else {
                div.scroll { table.list {
                    thead { tr { th scope="col" { "Where" } th scope="col" { "Before" } th scope="col" { "After" } th scope="col" { "What was seen" } } }
                    tbody { @for (question, before, after) in &changes {
                        tr {
                            td { a.to href={ (path) "/on/" (question.id) } { (question.reference) } span.why { (question.title) } }
                            td { (mark(*before)) }
                            td { (mark(*after)) }
                            td { (note(later.on(question).map(|it| it.1))) }
                        }
                    } }
                } }
            }
        }
    };
    let page = Page::new("Compare", body).at("/gap");
    let page = page.below("Gap analysis", ask.to("/gap"));
    Ok(page.below(sheet.record.name(), sheet.path(ask)).into())
}

fn note(answer: Option<&GapAnswer>) -> maud::Markup {
    let note = answer.and_then(|it| it.note.as_ref());
    html! { @if let Some(note) = note { (words::markdown(&note.0)) } }
}

/// How good an answer is; `None` where it says nothing about that.
fn rank(found: Option<Found>) -> Option<u8> {
    match found? {
        Found::DoesNot => Some(0),
        Found::Partly => Some(1),
        Found::Conforms => Some(2),
        Found::NotApplicable | Found::NotLookedAt => None,
    }
}
