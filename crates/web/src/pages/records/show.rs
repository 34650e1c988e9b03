//! The page of a record: what it holds, who points to it, what the checks say, who assented, what
//! was said about it, and its history.

mod acts;
mod history;
mod talk;

use std::io::Read;

use axum::http::{HeaderValue, header};
use domain::{
    access::{Act, On},
    approvals::{self, State},
    columns,
    conformity::Verdict,
};
use kinds::approval::Approval;
use maud::{Markup, html};
use meta::{Choice, FieldType, Provenance, Record};

pub(crate) use self::history::differences;
use crate::{Answer, Ask, Problem, answer::Page, words};

/// The page of a record.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let record = ask.record()?;
    let def = record.def();
    let body = html! {
        header {
            p.soft { (def.label) " " span.ref { (record.name()) } }
            h1 { (words::title(record)) }
            (standing(ask, record))
        }
        (acts::bar(ask, record))
        div.grid {
            section.card.c8 { h2 { "What it says" } (facts(ask, record)) }
            div.c4.side {
                (checks(ask, record))
                (approvals_of(ask, record))
                (talk::attachments(ask, record))
                (backlinks(ask, record))
            }
        }
        (talk::comments(ask, record))
        (history::history(ask, record)?)
    };
    let page = Page::new(record.name(), body).at(def.id).wide();
    Ok(page.below(def.plural, ask.to(&format!("/{}", def.id))).into())
}

/// A file that some record names, which whoever asks may see: to be saved, never run.
pub(super) fn file(ask: &Ask) -> Result<Answer, Problem> {
    let wanted = ask.param("sha256");
    let found = ask.query.said("of").and_then(|it| it.parse().ok()).and_then(|id| {
        let record = ask.sight().get(id)?;
        talk::files_of(record).into_iter().find(|it| it.sha256 == wanted)
    });
    let found = match found {
        Some(found) => found,
        None => {
            let sight = ask.sight();
            let rows = kinds::KINDS.iter().flat_map(|it| sight.rows(it.id));
            let mut files = rows.flat_map(talk::files_of);
            files.find(|it| it.sha256 == wanted).ok_or(Problem::NotFound)?
        }
    };
    let mut bytes = Vec::new();
    ask.place()?.organization.open_file(&found)?.read_to_end(&mut bytes)?;
    let is_picture =
        matches!(found.media.as_str(), "image/png" | "image/jpeg" | "image/gif" | "image/webp");
    let answer = Answer::Bytes {
        media: if is_picture { found.media.clone() } else { "application/octet-stream".to_owned() },
        name: (!is_picture).then(|| found.name.clone()),
        bytes,
    };
    let mut response = answer.into_response(ask);
    let kept = HeaderValue::from_static("private, no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    Ok(Answer::Raw(Box::new(response)))
}

/// Stage, where it comes from, who changed it last and when.
fn standing(ask: &Ask, record: &Record) -> Markup {
    let (isms, zone) = (ask.isms(), ask.zone());
    let changed = isms.moment(record.head.changed);
    html! {
        p.row {
            @if record.head.withdrawn { span.chip.bad { "withdrawn" } }
            @else { span.chip title=(record.stage().help) { (record.stage().label) } }
            @match record.head.provenance {
                Provenance::Seed if !record.is_own() => { span.chip.seed { "proposed, nobody made it theirs yet" } }
                Provenance::Import => { span.chip.seed { "imported" } }
                Provenance::Tool => { span.chip.seed { "made by a program" } }
                _ => {}
            }
            @for tag in record.head.extras.iter().flat_map(|it| &it.tags) { span.chip { (tag) } }
            @if let Some(moment) = changed {
                span.soft { "version " (record.head.version) ", changed " (words::moment(moment.at, &zone)) " by " (words::person(&ask.sight(), moment.actor)) }
            }
        }
    }
}

/// The fields: what is filled, then what is computed; what is empty and needed is named.
fn facts(ask: &Ask, record: &Record) -> Markup {
    if record.is_erased() {
        return html! { p.soft { "The content was erased for good. The ledger still proves that it was there." } };
    }
    let def = record.def();
    let fields = def.fields.iter().enumerate().skip(1);
    let filled = fields.filter(|(at, _)| !meta::Body::cell(&record.body, *at).is_empty());
    let computed = columns::columns(def.id).iter().filter_map(|it| {
        let text = (it.text)(ask.view(), record);
        (!text.is_empty()).then_some((it, text))
    });
    let missing = domain::missing_to_leave(record);
    let label = |name: &str| def.field(name).map_or(name, |it| it.1.label).to_owned();
    html! {
        dl.facts {
            @for (at, field) in filled {
                dt title=(field.help) { (field.label) }
                dd.rows[matches!(field.ty, FieldType::Rows(_))] { (words::cell(ask, &field.ty, meta::Body::cell(&record.body, at))) }
            }
            @for (column, text) in computed { dt title=(column.help) { (column.label) } dd { (text) } }
            @for (name, text) in record.head.extras.iter().flat_map(|it| &it.columns) { dt { (name) " " small { "(imported)" } } dd { (text) } }
        }
        @if !missing.is_empty() && record.head.stage == 0 {
            p.note { "To go on, it still needs: " @for (at, it) in missing.iter().enumerate() { @if at > 0 { ", " } (label(&it.field)) } "." }
        }
    }
}

/// What the checks say about this record; only for who may see everything.
fn checks(ask: &Ask, record: &Record) -> Markup {
    if !ask.may(Act::SeeEverything, On::Everything) {
        return html! {};
    }
    let report = ask.verdicts();
    let mut lines = Vec::new();
    for judged in &report.results {
        let is_fail = judged.outcome.verdict == Verdict::Fail;
        let cases = [(&judged.outcome.fails, is_fail), (&judged.outcome.unknowns, false)];
        for (cases, fails) in cases {
            for case in cases.iter().filter(|it| it.record == Some(record.head.id)) {
                lines.push((judged, case, fails));
            }
        }
    }
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
                    span { (case.note) small { a href=(ask.to(&format!("/conformity/{}", judged.rule.id))) { (judged.rule.id) } " · " (judged.rule.mend) } }
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
fn approvals_of(ask: &Ask, record: &Record) -> Markup {
    let view = ask.view();
    let sight = ask.sight();
    let mut found: Vec<(&Record, &Approval)> = ask
        .isms()
        .sources::<Approval>(record.head.id)
        .filter(|(_, it)| it.subject.is_some_and(|it| it.id() == record.head.id))
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
                    span.row { (state_mark(record, &state)) a.to href=(ask.to_record(row)) { (approval.purpose.map_or("", |it| it.def().label)) } }
                    small {
                        (words::person(&sight, approval.by.map(|it| it.id())))
                        @if let Some(role) = approval.acting_as { " as " (words::link(ask, role.link())) }
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

fn state_mark(record: &Record, state: &State) -> Markup {
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
fn backlinks(ask: &Ask, record: &Record) -> Markup {
    let sight = ask.sight();
    let mut rows: Vec<(&Record, &'static str)> = ask
        .isms()
        .links_to(record.head.id)
        .filter_map(|it| {
            let source = sight.get(it.source)?;
            Some((source, source.def().fields[usize::from(it.field)].label))
        })
        .filter(|(it, _)| !it.head.withdrawn && it.head.id != record.head.id)
        .filter(|(it, _)| !matches!(it.def().id, "approval" | "comment"))
        .collect();
    rows.sort_by_key(|(it, field)| (it.def().plural, it.head.number, *field));
    rows.dedup_by_key(|(it, field)| (it.head.id, *field));
    if rows.is_empty() {
        return html! {};
    }
    html! {
        section.card {
            h2 { "Named by" small { (rows.len()) } }
            ul.timeline { @for (source, field) in rows.iter().take(30) {
                li { (words::record(ask, source)) small { (source.def().label) " · " (field.to_lowercase()) } }
            } }
            @if rows.len() > 30 { p.soft { "and " (rows.len() - 30) " more" } }
        }
    }
}
