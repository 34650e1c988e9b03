//! The agenda: what has a day, by week.

use domain::duties::{Duty, What};
use jiff::{ToSpan, civil::Date};
use maud::{Markup, html};

use crate::{Ask, words};

/// How many weeks after the next one are shown each on its own.
const WEEKS: i32 = 6;

/// At most so many things of a week are shown.
const SHOWN: usize = 12;

/// What has a day, by week.
pub(super) fn agenda(ask: &Ask, duties: &[Duty<'_>]) -> Markup {
    let today = ask.day();
    let mut dated: Vec<(Date, &Duty<'_>)> =
        duties.iter().filter_map(|it| Some((it.day?, it))).collect();
    dated.sort_by_key(|it| (it.0, it.1.record.head.number));
    let monday = today.saturating_sub(i32::from(today.weekday().to_monday_zero_offset()).days());
    let week = |at: i32| {
        (monday.saturating_add((at * 7).days()), monday.saturating_add((at * 7 + 6).days()))
    };
    let last = week(WEEKS).1;
    let of = |from: Date, until: Date| -> Vec<&(Date, &Duty<'_>)> {
        dated.iter().filter(|it| it.0 >= from && it.0 <= until).collect()
    };
    let mut weeks: Vec<(String, Vec<&(Date, &Duty<'_>)>)> =
        vec![("Late".to_owned(), dated.iter().filter(|it| it.0 < today).collect())];
    for at in 0..=WEEKS {
        let (from, until) = week(at);
        let name = match at {
            0 => "This week".to_owned(),
            1 => "Next week".to_owned(),
            _ => format!("Week of {}", words::short_day(from)),
        };
        weeks.push((name, of(from.max(today), until)));
    }
    weeks.push(("Later".to_owned(), dated.iter().filter(|it| it.0 > last).collect()));
    html! {
        section.card {
            h2 { "Agenda" }
            @if dated.is_empty() { p.soft { "Nothing of yours has a day." } }
            @if !ask.is_past() { p.soft { a.to href=(ask.to("/calendar")) { "See it in your own calendar" } } }
            @for (name, items) in weeks.iter().filter(|it| !it.1.is_empty()) {
                h3 { (name) }
                ul.timeline { @for (day, duty) in items.iter().take(SHOWN) {
                    li { span { time.ref datetime=(day) { (words::short_day(*day)) } " " a.to href=(path(ask, duty)) { (words::title(duty.record)) } } small { (verb(duty.what)) } }
                } }
                @if items.len() > SHOWN { p.soft { "and " (items.len() - SHOWN) " more" } }
            }
        }
    }
}

fn path(ask: &Ask, duty: &Duty<'_>) -> String {
    ask.to_record(
        super::subject(ask, duty.record)
            .filter(|_| duty.what == What::Answer)
            .unwrap_or(duty.record),
    )
}

fn verb(what: What) -> &'static str {
    match what {
        What::Answer => "answer",
        What::ApproveTreatment => "approve the treatment",
        What::AcceptResidual => "accept what remains",
        What::AcceptAbove => "accept it above the criteria",
        What::Handle => "look into it",
        What::Act => "to be done",
        What::Prove => "bring the proof",
        What::Read => "read it",
        What::Review => "look at it again",
        What::Mention => "you are mentioned",
        What::Seed => "make it yours",
    }
}
