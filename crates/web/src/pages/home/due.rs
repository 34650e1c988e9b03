//! What is due in the organization, and what is still a proposal.

use domain::standing::{DueItem, DueWhat, Standing};
use kinds::event_report::EventReport;
use maud::{Markup, html};

use crate::{Ask, words};

/// How much is shown of what is late, and of what is due soon.
const LATE: usize = 3;
const SOON: usize = 7;

/// What is late, and what is due within two weeks.
pub(super) fn due(ask: &Ask, standing: &Standing) -> Markup {
    let due = &standing.due;
    let late: Vec<String> = due
        .late_counts
        .iter()
        .map(|(what, count)| words::count(*count, one(*what), many(*what)))
        .collect();
    let total: usize = due.late_counts.iter().map(|it| it.1).sum();
    let soon = domain::standing::SOON;
    let reports = ask.sight().all::<EventReport>();
    let reports =
        reports.filter(|(it, body)| it.stage().id == "new" && body.handler.is_none()).count();
    html! {
        section.card {
            h2 { "What is due" small { "within " (soon) " days" } }
            @if reports > 0 { p { span.st.part { (words::count(reports, "report waits", "reports wait")) " for somebody to look into " (if reports == 1 { "it" } else { "them" }) } " " a.to href=(ask.to("/event_report?f.stage=new")) { "Look" } } }
            @if due.soon.is_empty() && late.is_empty() { p.soft { "Nothing is late, and nothing is due within " (soon) " days." } }
            @if !late.is_empty() { p { span.st.bad { "Late: " (late.join(", ")) } } }
            ul.todo {
                @for it in due.late.iter().take(LATE) { (item(ask, it, true)) }
                @for it in due.soon.iter().take(SOON) { (item(ask, it, false)) }
            }
            @if due.late.len() > LATE {
                details.fold {
                    summary { (total - LATE) " more that are late" }
                    ul.todo { @for it in due.late.iter().skip(LATE) { (item(ask, it, true)) } }
                    @if total > due.late.len() { p.soft { "and " (total - due.late.len()) " more, when these are done" } }
                }
            }
            @if due.soon_count > SOON { p.soft { "and " (due.soon_count - SOON) " more within " (soon) " days" } }
        }
    }
}

fn item(ask: &Ask, it: &DueItem, late: bool) -> Markup {
    let Some(record) = ask.sight().get(it.record) else { return html! {} };
    html! {
        li {
            @if late { span.st.bad { span.unseen { "late" } } } @else { span.st.none { span.unseen { "due" } } }
            span { (words::record(ask, record)) small { (verb(it.what)) } }
            time.soft datetime=(it.day) title=(words::day(it.day)) { (words::short_day(it.day)) small { (words::away(it.day, ask.day())) } }
        }
    }
}

/// What is still a proposal: it counts for nothing until somebody makes it theirs.
pub(super) fn seeds(ask: &Ask, standing: &Standing) -> Markup {
    if standing.seeds.is_empty() {
        return html! {};
    }
    html! {
        section.card {
            h2 { "Proposals" small { "count for nothing yet" } }
            p.soft { "Nobody has made these theirs. Look through them, then say so on each." }
            ul.timeline { @for (kind, count) in &standing.seeds {
                @if let Some(def) = kinds::kind(kind) {
                    li { a.to href=(ask.to(&format!("/{kind}?f.provenance=seed"))) { (words::count(*count, &def.label.to_lowercase(), &def.plural.to_lowercase())) } }
                }
            } }
        }
    }
}

fn one(what: DueWhat) -> &'static str {
    match what {
        DueWhat::Review => "review",
        DueWhat::Action => "action",
        DueWhat::Answer => "answer",
        DueWhat::Proof => "proof",
        DueWhat::Acceptance => "acceptance",
    }
}

fn many(what: DueWhat) -> &'static str {
    match what {
        DueWhat::Review => "reviews",
        DueWhat::Action => "actions",
        DueWhat::Answer => "answers",
        DueWhat::Proof => "proofs",
        DueWhat::Acceptance => "acceptances",
    }
}

fn verb(what: DueWhat) -> &'static str {
    match what {
        DueWhat::Review => "look at it again",
        DueWhat::Action => "to be done",
        DueWhat::Answer => "wants an answer",
        DueWhat::Proof => "proof is wanted",
        DueWhat::Acceptance => "what was accepted runs out",
    }
}
