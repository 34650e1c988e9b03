//! A gap assessment as a paper: every question with what was found, to be printed and read alone.

use maud::{Markup, html};

use super::{Sheet, mark, questions, questions::Question, tally};
use crate::{Answer, Ask, Problem, answer::Page, pages::spine::paper, words};

/// The whole assessment.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let sheet = Sheet::asked(ask)?;
    let body = html! {
        (paper::head(ask))
        header {
            h1 { (words::title(sheet.record)) }
            p.lead { "Gap analysis " (sheet.record.name()) " by ISO/IEC 27001:2022, " (sheet.record.stage().label.to_lowercase()) ". " (tally(&sheet, questions::all())) "." }
            @if let Some(note) = &sheet.body.scope_note { (words::markdown(&note.0)) }
        }
        @for section in questions::sections() {
            section.card {
                h2 { (section.id) " " (section.title) small { (tally(&sheet, questions::of(section))) } }
                div.scroll { table.list {
                    thead { tr { th scope="col" { "Where" } th scope="col" { "Found" } th scope="col" { "What was seen, and what should be done" } } }
                    tbody { @for question in questions::of(section) { (row(&sheet, question)) } }
                } }
            }
        }
    };
    let page = Page::new(format!("{} to print", sheet.record.name()), body).at("/gap");
    let page = page.below("Gap analysis", ask.to("/gap"));
    Ok(page.below(sheet.record.name(), sheet.path(ask)).into())
}

fn row(sheet: &Sheet<'_>, question: &Question) -> Markup {
    let on = sheet.on(question).map(|it| it.1);
    html! {
        tr {
            td { (question.reference) span.why { (question.title) } }
            td { (mark(sheet.found(question))) }
            td {
                @if let Some(note) = on.and_then(|it| it.note.as_ref()) { (words::markdown(&note.0)) }
                @if let Some(advice) = on.and_then(|it| it.recommendation.as_ref()) { strong { "To do: " } (words::markdown(&advice.0)) }
            }
        }
    }
}
