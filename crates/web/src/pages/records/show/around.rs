//! What stands around a record: what the checks say, who assented, who points to it.

use std::collections::BTreeMap;

use domain::{
    access::{Act, On},
    approvals::{self, State},
};
use kinds::approval::Approval;
use maud::{Markup, html};
use meta::{Choice, Record};

use crate::{Ask, pages::mend, words};

/// Of one kind, so many are shown at once; more are folded away.
const SHOWN: usize = 8;

/// At most so many of one kind.
const MOST: usize = 100;

/// What the checks say about this record; for who may see everything, and who works on the record.
pub(super) fn checks(ask: &Ask, record: &Record) -> Markup {
    let all = ask.may(Act::SeeEverything, On::Everything);
    let (access, view) = (&ask.here().access, ask.view());
    let works = || {
        access.may(view, Act::SeeRegisters, On::Everything)
            && access.may(view, Act::Edit, On::Record(record))
    };
    if !all && !works() {
        return html! {};
    }
    let found = ask.found();
    let report = &found.report;
    let lines: Vec<_> = found.standing.about(report, record.head.id).collect();
    let passes = report.results.iter().filter(|it| it.outcome.passes.contains(&record.head.id));
    let passes = passes.count();
    html! {
        section.card {
            h2 { "What the checks say" small { "entry " (report.position) } }
            @if lines.is_empty() {
                p.soft { @if passes > 0 { (words::count(passes, "check finds", "checks find")) " it in order." } @else { "No check looks at it yet." } }
            }
            ul.todo { @for (judged, case, fails) in &lines {
                li {
                    @if *fails { span.st.(grade_class(judged.outcome.grade)) {} } @else { span.st.none {} }
                    span { (mend::said(ask, judged.rule, &case.note)) small { @if all { a href=(ask.to(&format!("/conformity/{}", judged.rule.id))) { (judged.rule.id) } } @else { (judged.rule.id) } " · " (mend::sentence(ask, judged.rule)) } }
                }
            } }
        }
    }
}

/// The class of a grade: its color and shape.
pub(crate) fn grade_class(grade: Option<domain::conformity::Grade>) -> &'static str {
    match grade {
        Some(domain::conformity::Grade::Major) => "bad",
        Some(domain::conformity::Grade::Minor) => "part",
        _ => "none",
    }
}

/// Who assented to it, the stale ones marked with what changed.
pub(super) fn approvals_of(ask: &Ask, record: &Record) -> Markup {
    let view = ask.view();
    let sight = ask.sight();
    let mut found: Vec<(&Record, &Approval)> = ask
        .isms()
        .sources::<Approval>(record.head.id)
        .filter(|(row, it)| {
            sight.sees(row) && it.subject.is_some_and(|it| it.id() == record.head.id)
        })
        .collect();
    found.sort_by_key(|it| std::cmp::Reverse(it.0.head.created));
    if found.is_empty() {
        return html! {};
    }
    html! {
        section.card {
            h2 { "Approvals" small { (found.len()) } }
            ul.timeline { @for (row, approval) in found.iter().take(20) {
                @let state = approvals::state(view, row, approval);
                li {
                    span.row { @match approvals::place(view, row) { Some(place) => { (words::place(place)) } None => { (state_mark(record, &state)) } } a.to href=(ask.to_record(row)) { (approval.purpose.map_or("", |it| it.def().label)) } }
                    small {
                        @if let Some(by) = approval.by { (words::person(&sight, Some(by.id()))) }
                        @if let Some(role) = approval.acting_as { " as " (words::link(ask, role.link())) }
                        @if let (State::Waiting, Some(asked)) = (&state, approval.asked_of) { "asked of " (words::link(ask, asked.link())) @if let Some(by) = approval.answer_by { ", by " (words::short_day(by)) } }
                        @if let Some(on) = approval.decided_on { " · " (words::short_day(on)) }
                        @if let Some(until) = approval.good_until { " · good until " (words::short_day(until)) }
                        @if let Some(edition) = &approval.edition { " · edition " (edition) }
                    }
                    @if let Some(conditions) = &approval.conditions { small { "On condition: " (conditions.0) } }
                    @if let Some(comment) = &approval.comment { small { "“" (comment.0) "”" } }
                }
            } }
        }
    }
}

pub(super) fn state_mark(record: &Record, state: &State) -> Markup {
    let label = |name: &String| {
        record.def().field(name).map_or(name.clone(), |it| it.1.label.to_lowercase())
    };
    match state {
        State::Waiting => html! { span.st.part { "waiting" } },
        State::Valid => html! { span.st.good { "stands" } },
        State::Stale(fields) => html! {
            span.st.bad { "stale: " (fields.iter().map(label).collect::<Vec<_>>().join(", ")) " changed" }
        },
        State::Expired(day) => html! { span.st.bad { "expired " (words::short_day(*day)) } },
        State::Refused => html! { span.st.bad { "refused" } },
        State::Revoked => html! { span.st.none { "revoked" } },
        State::Unknown => html! { span.st.none { "cannot be told" } },
    }
}

/// The records that name this one, by kind and field.
pub(super) fn backlinks(ask: &Ask, record: &Record) -> Markup {
    let sight = ask.sight();
    let sources = sight.links_to(record.head.id).filter_map(|it| {
        let source = sight.get(it.source)?;
        Some((source, source.def().fields.get(usize::from(it.field))?.label))
    });
    let mut by_kind: BTreeMap<&str, Vec<(&Record, &str)>> = BTreeMap::new();
    let all = sources
        .filter(|(it, _)| !it.head.withdrawn && it.head.id != record.head.id)
        .filter(|(it, _)| !matches!(it.def().id, "approval" | "comment"));
    all.for_each(|it| by_kind.entry(it.0.def().plural).or_default().push(it));
    html! {
        @if !by_kind.is_empty() {
            section.card {
                h2 { "Named by" }
                @for (plural, mut rows) in by_kind {
                    @let count = { rows.sort_by_key(|it| (it.0.head.number, it.1)); rows.dedup_by_key(|it| (it.0.head.id, it.1)); rows.len() };
                    details.kin open[count <= SHOWN] {
                        summary { h3 { (plural) " " small { (count) } } }
                        ul.timeline { @for (source, field) in rows.iter().take(MOST) { li { (words::record(ask, source)) small { (field.to_lowercase()) } } } }
                        @if count > MOST { p.soft { "and " (count - MOST) " more" } }
                    }
                }
            }
        }
    }
}
