//! What is due as iCalendar (RFC 5545).

use domain::{access::Sight, agenda::Dated, duties::What};
use jiff::{Timestamp, ToSpan};
use kinds::approval::Approval;
use meta::Record;

use crate::words;

/// The longest line in octets, without its end.
const LONGEST: usize = 75;

/// The calendar of what has a day; `base` is the address of the organization.
pub(super) fn calendar(sight: Sight<'_>, dated: &[Dated], base: &str, slug: &str) -> String {
    let mut text = String::new();
    let mut line = |it: &str| fold(&mut text, it);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Muniment//Muniment//EN");
    line("CALSCALE:GREGORIAN");
    line(&format!("X-WR-CALNAME:{}", escaped(&format!("Muniment {slug}"))));
    line("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    line("X-PUBLISHED-TTL:PT1H");
    for it in dated {
        let Some(record) = sight.get(it.record) else { continue };
        let about = about(sight, record);
        let changed = sight.view.isms.moment(record.head.changed);
        let changed = stamp(changed.map_or(Timestamp::UNIX_EPOCH, |it| it.at));
        let end = it.day.saturating_add(1.day());
        let summary = format!("{} {}: {}", about.name(), words::title(about), to_do(it.what));
        let path = match it.what {
            What::Read => format!("/read/{}", about.head.number),
            _ => format!("/{}/{}", about.def().id, about.head.number),
        };
        line("BEGIN:VEVENT");
        line(&format!("UID:{}-{}@{slug}.muniment", record.head.id, name(it.what)));
        line(&format!("DTSTAMP:{changed}"));
        line(&format!("LAST-MODIFIED:{changed}"));
        line(&format!("DTSTART;VALUE=DATE:{}", it.day.strftime("%Y%m%d")));
        line(&format!("DTEND;VALUE=DATE:{}", end.strftime("%Y%m%d")));
        line(&format!("SUMMARY:{}", escaped(&summary)));
        line(&format!("URL:{base}{path}"));
        // A day on which something is due is not a day on which somebody is away.
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    text
}

/// What a request is about; of everything else the record itself.
fn about<'a>(sight: Sight<'a>, record: &'a Record) -> &'a Record {
    let subject = record.typed::<Approval>().and_then(|it| it.subject);
    subject.and_then(|it| sight.get(it.id())).unwrap_or(record)
}

fn to_do(what: What) -> &'static str {
    match what {
        What::Answer => "answer",
        What::ApproveTreatment => "approve how it is treated",
        What::AcceptResidual => "accept what remains",
        What::AcceptAbove => "accept it above the criteria",
        What::Handle => "look into it",
        What::Act => "to be done",
        What::Prove => "bring the proof",
        What::Read => "read it",
        What::Review => "look at it again",
        What::Mention => "reply",
        What::Seed => "make it yours",
    }
}

/// Names what is due about a record in its UID: it never changes.
fn name(what: What) -> &'static str {
    match what {
        What::Answer => "answer",
        What::ApproveTreatment => "treatment",
        What::AcceptResidual => "residual",
        What::AcceptAbove => "above",
        What::Handle => "report",
        What::Act => "action",
        What::Prove => "proof",
        What::Read => "read",
        What::Review => "review",
        What::Mention => "mention",
        What::Seed => "seed",
    }
}

fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as a value (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '\\' | ';' | ',' => value.extend(['\\', it]),
            '\n' => value.push_str("\\n"),
            it if it.is_control() => {}
            it => value.push(it),
        }
    }
    value
}

/// Adds a line, in pieces of at most 75 octets that part no character (RFC 5545, 3.1).
fn fold(text: &mut String, line: &str) {
    let mut room = LONGEST;
    for it in line.chars() {
        if it.len_utf8() > room {
            text.push_str("\r\n ");
            room = LONGEST - 1;
        }
        text.push(it);
        room -= it.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters_and_read_back_as_they_were() {
        let line = format!("SUMMARY:{}", "Rückübertragung überprüfen ".repeat(9));
        let mut text = String::new();
        fold(&mut text, &line);
        assert!(text.split("\r\n").all(|it| it.len() <= LONGEST), "{text}");
        assert!(text.ends_with("\r\n"));
        assert_eq!(text.trim_end_matches("\r\n").replace("\r\n ", ""), line);
    }

    #[test]
    fn what_parts_values_is_escaped() {
        assert_eq!(escaped("a,b;c\\d\r\ne\u{7}"), "a\\,b\\;c\\\\d\\ne");
    }
}
