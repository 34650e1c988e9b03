//! The versions of a record: what changed in each, by whom and why, and the way back.

use app::Version;
use domain::{
    access::{Act, On},
    diff::{self, FieldChange},
};
use ledger::Op;
use maud::{Markup, html};
use meta::Record;

use crate::{Ask, Problem, shell, words};

/// At most so many versions are shown at once.
const SHOWN: usize = 20;

/// What a version holds at most that is shown unfolded.
const SHORT: usize = 8;

/// The history of a record, newest first.
pub(super) fn history(ask: &Ask, record: &Record) -> Result<Markup, Problem> {
    let place = ask.place()?;
    let upto = ask.isms().position();
    let mut revisions = place.organization.revisions(record.head.id)?;
    revisions.retain(|it| it.seq <= upto);
    let (isms, zone, sight) = (ask.isms(), ask.zone(), ask.sight());
    // Older ones by the version to begin below.
    let below = ask.query.get("below").and_then(|it| it.parse::<u32>().ok()).unwrap_or(u32::MAX);
    let open: Vec<usize> =
        (0..revisions.len()).filter(|at| sight.reads_version(record, revisions[*at].seq)).collect();
    let older = open.iter().filter(|at| revisions[**at].version < below).count();
    let shown = open[older.saturating_sub(SHOWN)..older].iter().rev();
    let shown =
        shown.map(|&at| Ok((at, place.organization.version(record, revisions[at].clone())?)));
    let shown: Vec<(usize, Version)> = shown.collect::<Result<_, Problem>>()?;
    let opens = ask.may(Act::SeeHistory, On::Everything);
    let may = ask.may(Act::Undo, On::Record(record)) && !record.is_erased();
    Ok(html! {
        section.card #history {
            h2 { "History" small { (words::count(open.len(), "version", "versions")) } }
            ol.timeline {
                @for (at, version) in &shown {
                    @let before = at.checked_sub(1).map(|it| app::version_of(record, &revisions[it]));
                    @let known = |it: &Record| !it.is_erased();
                    @let changes = match &before {
                        _ if version.revision.op == Op::Erase || !known(&version.record) => Vec::new(),
                        Some(before) if !known(before) => Vec::new(),
                        before => diff::fields(isms, before.as_deref(), isms, &version.record),
                    };
                    li {
                        span.row {
                            strong { "Version " (version.revision.version) }
                            span.soft { (words::moment(version.at, &zone)) " by " (words::person(&sight, version.actor)) }
                            @if opens { a.ref href=(ask.to(&format!("/history/{}", version.revision.seq))) { "entry " (version.revision.seq) } }
                            @else { span.ref { "entry " (version.revision.seq) } }
                            @if may && at + 1 < revisions.len() && known(&version.record) {
                                form.push method="post" action={ (ask.to_record(record)) "/restore" } {
                                    (shell::token(ask))
                                    input type="hidden" name="to" value=(version.revision.version);
                                    input type="hidden" name="version" value=(record.head.version);
                                    button.btn.small { "Go back to this" }
                                }
                            }
                        }
                        @if let Some(note) = &version.note { span { "“" (note) "”" } }
                        @if changes.is_empty() { small { (what(version)) } }
                        @else if changes.len() > SHORT { details { summary.soft { "▸ " (words::count(changes.len(), "field", "fields")) @if before.is_none() { " at the beginning" } } (differences(&changes)) } }
                        @else { (differences(&changes)) }
                    }
                }
            }
            @if older > SHOWN || older < open.len() {
                p.row {
                    @if older < open.len() { a href={ (ask.to_record(record)) "#history" } { "Newest versions" } }
                    @if older > SHOWN { a href={ (ask.to_record(record)) "?below=" (revisions[open[older - SHOWN]].version) "#history" } { "Older versions" } }
                }
            }
        }
    })
}

/// Fields before and after.
pub(crate) fn differences(changes: &[FieldChange]) -> Markup {
    let words = |it: &FieldChange, text: &str| match it.table {
        true => words::with_days(text),
        false => words::whole_day(text).into_owned(),
    };
    html! {
        div.diff { @for it in changes {
            span.soft { (it.label) }
            span {
                @if !it.before.is_empty() { del { (words(it, &it.before)) } " " }
                @if !it.after.is_empty() { ins { (words(it, &it.after)) } }
            }
        } }
    }
}

fn what(version: &Version) -> &'static str {
    match version.revision.op {
        Op::Erase => "contents were erased",
        Op::Withdraw => "withdrawn",
        Op::Put if version.record.is_erased() => "its content was erased later",
        Op::Put => "saved without a change of its fields",
    }
}
