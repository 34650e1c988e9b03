//! Records and their cells as people read them on a page.

use std::borrow::Cow;

use domain::{
    Isms, Refusal,
    access::Sight,
    approvals::Place,
    text::{self, Links},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kinds::approval::Approval;
use maud::{Markup, PreEscaped, html};
use meta::{Cell, FieldType, Id, Link, Record};

use crate::Ask;

/// Why a command was refused, with records by their names and fields by their labels.
pub(crate) fn refusal(isms: &Isms, refusal: &Refusal) -> String {
    in_labels(refusal, text::of_refusal(isms, refusal))
}

/// The sentence of a refusal, with the labels of the fields, stages and options it names.
pub(crate) fn in_labels(refusal: &Refusal, sentence: String) -> String {
    match refusal.def() {
        Some(def) => text::in_labels(def, &sentence),
        None => sentence,
    }
}

/// A day: `31 March 2026`.
pub(crate) fn day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// A day in few letters: `31 Mar 2026`.
pub(crate) fn short_day(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// A text that is a day as pages write it; any other stays as it is.
pub(crate) fn whole_day(text: &str) -> Cow<'_, str> {
    text.parse().map_or(Cow::Borrowed(text), |day| Cow::Owned(short_day(day)))
}

/// A text of a rule, with its days as pages write them: `2026-03-31` is `31 Mar 2026`.
pub(crate) fn with_days(text: &str) -> String {
    const LENGTH: usize = "2026-03-31".len();
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let alone = |it: Option<char>| it.is_none_or(|it| !it.is_alphanumeric() && it != '-');
        let day = rest
            .get(..LENGTH)
            .filter(|_| first.is_ascii_digit())
            .filter(|_| alone(said.chars().next_back()) && alone(rest[LENGTH..].chars().next()));
        let step = match day.and_then(|it| it.parse().ok()) {
            Some(day) => {
                said.push_str(&short_day(day));
                LENGTH
            }
            None => {
                said.push(first);
                first.len_utf8()
            }
        };
        rest = &rest[step..];
    }
    said
}

/// A moment: `31 March 2026, 14:05`.
pub(crate) fn moment(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%-d %B %Y, %H:%M").to_string()
}

/// How far a day is from today: `in 5 days`, `yesterday`.
pub(crate) fn away(day: Date, today: Date) -> String {
    let days = today.until(day).map(|it| it.get_days()).unwrap_or_default();
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2.. => format!("in {days} days"),
        _ => format!("{} days ago", -days),
    }
}

/// How long ago a moment was, as people say it: `5 minutes ago`, `3 hours ago`; after a month the
/// day.
pub(crate) fn ago(at: Timestamp, now: Timestamp) -> String {
    let seconds = now.as_second() - at.as_second();
    let several = |count: i64, unit: &str| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {unit}{plural} ago")
    };
    match seconds {
        ..60 => "just now".to_owned(),
        60..3_600 => several(seconds / 60, "minute"),
        3_600..86_400 => several(seconds / 3_600, "hour"),
        86_400..2_678_400 => several(seconds / 86_400, "day"),
        _ => format!("on {}", day(at.to_zoned(TimeZone::UTC).date())),
    }
}

/// A label within a sentence: in small letters, but for words of capitals: `ISMS manager`.
pub(crate) fn small(label: &str) -> String {
    let lower = |word: &str| match word.chars().filter(|it| it.is_uppercase()).count() {
        0 | 1 => word.to_lowercase(),
        _ => word.to_owned(),
    };
    label.split(' ').map(lower).collect::<Vec<_>>().join(" ")
}

/// A number with its noun: `1 risk`, `3 risks`, `no risks`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

/// Markdown as HTML. Raw HTML in it is shown as text, and links lead to the web, mail or this site
/// only.
pub(crate) fn markdown(text: &str) -> Markup {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.render.escape = true;
    html! { div.prose { (PreEscaped(comrak::markdown_to_html(text, &options))) } }
}

/// What a person is called; for the system, that.
pub(crate) fn person(sight: &Sight<'_>, id: Option<Id>) -> String {
    match id.map(|it| sight.get(it)) {
        None => "the system".to_owned(),
        Some(Some(person)) if !person.title().is_empty() => person.title().to_owned(),
        Some(Some(person)) => person.name(),
        Some(None) => "somebody".to_owned(),
    }
}

/// A link to a record: its number and title; what may not be seen is no link and has no title.
pub(crate) fn link(ask: &Ask, link: Link) -> Markup {
    match ask.sight().get(link.id) {
        Some(record) => {
            let edition =
                link.edition.map(|it| format!(", edition {}", edition(ask, link.id, it.get())));
            html! {
                a.to href=(ask.to_record(record)) title=(text::called(record)) {
                    (short(record)) @if let Some(edition) = edition { (edition) }
                }
            }
        }
        None => html! { span.soft { "not shown" } },
    }
}

/// What an edition is called; the version it was made of where nobody named it.
fn edition(ask: &Ask, id: Id, version: u32) -> String {
    let mut editions = ask.isms().editions(id).filter(|it| it.record.head.version == version);
    let approval = editions.next().and_then(|it| ask.isms().typed::<Approval>(it.approval));
    approval.and_then(|it| it.edition.clone()).unwrap_or_else(|| format!("of version {version}"))
}

/// A record as a link with its number before its title.
pub(crate) fn record(ask: &Ask, record: &Record) -> Markup {
    html! {
        a.to href=(ask.to_record(record)) {
            span.ref { (record.name()) } " " (title(record))
        }
    }
}

/// The title of a record; what stands there when it was erased.
pub(crate) fn title(record: &Record) -> &str {
    match record.title() {
        "" if record.is_erased() => "(erased)",
        "" => "(no title)",
        title => title,
    }
}

/// What an organization is called: its short name while it has no other.
pub(crate) fn organization<'i>(isms: &'i Isms, slug: &'i str) -> &'i str {
    let mut rows = isms.rows("organization");
    rows.next().map(Record::title).filter(|it| !it.is_empty()).unwrap_or(slug)
}

/// A title as a link shows it: a control by its reference.
fn short(record: &Record) -> String {
    match record.cell("reference").text() {
        Some(reference) if record.def().id == "control" => {
            format!("{reference} {}", record.title())
        }
        _ => title(record).to_owned(),
    }
}

/// A cell as a page shows it in full.
pub(crate) fn cell(ask: &Ask, ty: &FieldType, cell: Cell<'_>) -> Markup {
    match cell {
        Cell::Empty => html! { span.soft { "—" } },
        Cell::Text(text) if matches!(ty, FieldType::Markdown) => markdown(text),
        Cell::Text(text) => html! { (text) },
        Cell::Bool(true) => html! { "yes" },
        Cell::Bool(false) => html! { "no" },
        Cell::Integer(_) | Cell::Decimal(_) | Cell::Period(_) | Cell::Choice(_) => {
            html! { (text::of(ask.isms(), cell, Links::Titles)) }
        }
        Cell::Day(it) => html! { time datetime=(it) { (day(it)) } },
        Cell::Instant(at) => html! { time datetime=(at) { (moment(at, &ask.zone())) } },
        Cell::Link(it) => link(ask, it),
        Cell::File(file) => html! {
            a.to href=(ask.to(&format!("/file/{}", file.sha256))) { (file.name) }
            " " span.soft { (size(file.size)) }
        },
        Cell::Rating(rating) => rating_of(ask, rating),
        Cell::Row(row) => html! {
            @for (at, field) in row.fields().iter().enumerate() {
                @if !row.cell(at).is_empty() { span.pair { span.soft { (field.label) ": " } (self::cell(ask, &field.ty, row.cell(at))) } " " }
            }
        },
        Cell::Many(_) => match ty {
            FieldType::Rows(def) => html! {
                div.scroll { table.rows {
                    thead { tr { @for field in def.fields { th scope="col" title=(field.help) { (field.label) } } } }
                    tbody { @for row in cell.each() { @if let Cell::Row(row) = row {
                        tr { @for (at, field) in row.fields().iter().enumerate() { td { (self::cell(ask, &field.ty, row.cell(at))) } } }
                    } } }
                } }
            },
            _ => {
                html! { ul.several { @for one in cell.each() { li { (self::cell(ask, ty, one)) } } } }
            }
        },
    }
}

/// A cell in one line, for lists; links lead to what they name.
pub(crate) fn brief(ask: &Ask, cell: Cell<'_>) -> Markup {
    match cell {
        Cell::Empty => html! {},
        Cell::Day(day) => html! { time datetime=(day) { (short_day(day)) } },
        Cell::Link(it) => link(ask, it),
        Cell::Many(_) => {
            let mut each = cell.each();
            let shown: Vec<Cell<'_>> = each.by_ref().take(3).collect();
            let more = each.count();
            html! {
                @for (at, one) in shown.iter().enumerate() { @if at > 0 { ", " } (brief(ask, *one)) }
                @if more > 0 { span.soft { " and " (more) " more" } }
            }
        }
        cell => {
            let text = ask.sight().text(cell, Links::Titles);
            let mut chars = text.chars();
            let start: String = chars.by_ref().take(120).collect();
            html! { (start) @if chars.next().is_some() { "…" } }
        }
    }
}

/// Where an edition stands among the others.
pub(crate) fn place(place: Place) -> Markup {
    match place {
        Place::InForce(None) => html! { span.st.good { "in force" } },
        Place::InForce(Some(next)) => html! {
            span.st.good { "in force" } span.soft { "the next from " (short_day(next)) }
        },
        Place::From(day) => html! { span.st.part { "from " (short_day(day)) } },
        Place::Replaced => html! { span.st.none { "replaced" } },
    }
}

/// A size in bytes, for people.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

fn rating_of(ask: &Ask, rating: &meta::Rating) -> Markup {
    html! {
        dl.rating {
            @if let Some(likelihood) = rating.likelihood { div { dt { "Likelihood" } dd { (likelihood) } } }
            @for one in &rating.consequences { div { dt { (one.criterion) } dd { (one.rank) } } }
            @if let Some(rationale) = &rating.rationale { div.long { dt { "Why" } dd { (rationale) } } }
            @if let Some(source) = &rating.source { div.long { dt { "Source" } dd { (source) } } }
            @if let Some(confidence) = &rating.confidence { div { dt { "Confidence" } dd { (confidence) } } }
            @if !rating.controls.is_empty() {
                div.long { dt { "Counts on" } dd { @for (at, it) in rating.controls.iter().enumerate() { @if at > 0 { ", " } (link(ask, *it)) } } }
            }
            @if let Some(by) = rating.by { div { dt { "By" } dd { (link(ask, by)) } } }
            @if let Some(on) = rating.on { div { dt { "On" } dd { (day(on)) } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_runs_nothing() {
        for text in [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "<img src=x onerror=alert(1)>",
            "![x](data:text/html;base64,PHNjcmlwdD4=)",
        ] {
            let html = markdown(text).into_string();
            assert!(!html.contains("<script") && !html.contains("javascript:"), "{html}");
            assert!(!html.contains("<img src=x") && !html.contains("data:text/html"), "{html}");
        }
        assert!(markdown("**a**").into_string().contains("<strong>a</strong>"));
    }

    #[test]
    fn days_and_counts_are_said_in_words() {
        let today = jiff::civil::date(2026, 3, 31);
        assert_eq!(day(today), "31 March 2026");
        assert_eq!(with_days("ran out on 2026-03-31: é"), "ran out on 31 Mar 2026: é");
        assert_eq!(
            with_days("1-2026-03-31, 2026-13-31, v2026-03-31"),
            "1-2026-03-31, 2026-13-31, v2026-03-31"
        );
        assert_eq!(away(today, today), "today");
        assert_eq!(away(jiff::civil::date(2026, 4, 5), today), "in 5 days");
        assert_eq!(away(jiff::civil::date(2026, 3, 1), today), "30 days ago");
        let at = |it: i64| Timestamp::from_second(it).unwrap();
        assert_eq!(ago(at(1_000), at(1_059)), "just now");
        assert_eq!(ago(at(0), at(7_300)), "2 hours ago");
        assert_eq!(ago(at(0), at(86_400)), "1 day ago");
        assert_eq!(ago(at(0), at(86_400 * 40)), "on 1 January 1970");
        assert_eq!(count(1, "risk", "risks"), "1 risk");
        assert_eq!(size(1_234_567), "1.2 MB");
    }
}
