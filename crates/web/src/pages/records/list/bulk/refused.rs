//! Why it did not happen: each record that stands in the way, and the way round it.

use axum::http::StatusCode;
use domain::{Actor, Command, Now, Step, access, decide};
use maud::html;
use meta::{Id, Record};

use super::{Job, back};
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    problem::{quoted, sentence_of},
    shell, words,
};

/// So many reasons are shown.
const SHOWN: usize = 100;

/// The records that stand in the way, and a button for the others.
pub(super) fn page(ask: &Ask, job: &Job<'_>, sentence: &str) -> Result<Answer, Problem> {
    let reasons: Vec<(&Record, String)> = job
        .steps
        .iter()
        .filter_map(|(record, step)| Some((*record, reason(ask, job, step)?)))
        .collect();
    let in_the_way: Vec<Id> = reasons.iter().map(|it| it.0.head.id).collect();
    let others: Vec<_> =
        job.chosen.iter().filter(|it| !in_the_way.contains(&it.0.head.id)).collect();
    let (one, many) = (words::small(job.def.label), words::small(job.def.plural));
    let repeated = |name: &str| !matches!(name, "token" | "record" | "all");
    let body = html! {
        header {
            h1 { "Nothing was changed" }
            p.lead {
                @if reasons.is_empty() { (sentence_of(&quoted(sentence))) }
                @else { (reasons.len()) " of " (words::count(job.chosen.len(), &one, &many)) " cannot go along, so none did." }
            }
        }
        @if !reasons.is_empty() {
            section.card {
                h2 { "What stands in the way" }
                ul.timeline { @for (record, why) in reasons.iter().take(SHOWN) {
                    li { (words::record(ask, record)) small { (sentence_of(&quoted(why))) } }
                } }
                @if reasons.len() > SHOWN { p.soft { "and " (reasons.len() - SHOWN) " more" } }
            }
        }
        div.row {
            @if !reasons.is_empty() && !others.is_empty() {
                form method="post" action=(ask.to(&format!("/{}/bulk", job.def.id))) {
                    (shell::token(ask))
                    @for (name, value) in ask.form.pairs().filter(|it| repeated(it.0)) { input type="hidden" name=(name) value=(value); }
                    @for (record, version) in &others {
                        @let version = version.map_or_else(String::new, |it| format!(".{it}"));
                        input type="hidden" name="record" value={ (record.head.number) (version) };
                    }
                    button.btn.go { "Do it with the other " (others.len()) }
                }
            }
            a.btn href=(back(ask, job.def)) { "Back to the list" }
        }
    };
    let page = Page::new("Nothing was changed", body).at(job.def.id);
    let page = page.below(job.def.plural, ask.to(&format!("/{}", job.def.id)));
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into())
}

/// Why this step alone would be refused; it is decided, and what comes of it thrown away.
fn reason(ask: &Ask, job: &Job<'_>, step: &Step) -> Option<String> {
    let (isms, day, person) = (ask.isms(), ask.day(), ask.person());
    let command = Command { note: None, steps: job.first.iter().chain([step]).cloned().collect() };
    let permitted = access::permit(isms, day, person, &command);
    let mut salt = || [0; 16];
    let mut now = Now { at: ask.now, day, salt: &mut salt };
    let decided =
        permitted.and_then(|()| decide(isms, Actor::Person(person), &command, &mut now).map(drop));
    decided.err().map(|it| words::refusal(isms, &it))
}
