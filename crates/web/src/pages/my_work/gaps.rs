//! What the checks find open in what somebody owns.

use domain::{
    conformity::{Grade, Rule},
    duties,
};
use maud::{Markup, html};
use meta::Record;

use crate::{
    Ask,
    pages::{conformity, mend},
    words,
};

/// At most so many are shown.
const SHOWN: usize = 8;

/// One thing that is open in a record.
pub(super) struct Gap<'a> {
    record: &'a Record,
    grade: Option<Grade>,
    note: String,
    rule: &'static Rule,
}

/// What fails in what whoever asks owns, the graver first.
pub(super) fn of(ask: &Ask) -> Vec<Gap<'_>> {
    let found = ask.found();
    let mut gaps = Vec::new();
    for record in duties::owned(ask.sight()) {
        for (judged, case, fails) in found.standing.about(&found.report, record.head.id) {
            if fails {
                let (rule, note) = (judged.rule, case.note.to_string());
                gaps.push(Gap { record, grade: judged.outcome.grade, note, rule });
            }
        }
    }
    gaps.sort_by_key(|it| (std::cmp::Reverse(it.grade), it.record.head.number));
    gaps
}

/// They as a section; nothing without any.
pub(super) fn section(ask: &Ask, gaps: &[Gap<'_>]) -> Markup {
    if gaps.is_empty() {
        return html! {};
    }
    let all = ask.sight().sees_everything();
    html! {
        section.card {
            h2 { "Open in what you own" small { (gaps.len()) } }
            p.soft { "An auditor who looks at these would ask you about them." }
            ul.todo { @for it in gaps.iter().take(SHOWN) {
                li {
                    span.st.(conformity::mark(it.grade)) { span.unseen { (it.grade.map_or("", Grade::id)) } }
                    span { (words::record(ask, it.record)) ": " (mend::said(ask, it.rule, &it.note))
                        small { @if all { a href=(ask.to(&format!("/conformity/{}", it.rule.id))) { (it.rule.title) } } @else { (it.rule.title) } }
                    }
                    @if !ask.is_past() { @let way = mend::of_finding(ask, it.rule, it.record); a.btn href=(way.path) { (way.label) } }
                }
            } }
            @if gaps.len() > SHOWN { p.soft { "and " (gaps.len() - SHOWN) " more" } }
        }
    }
}
