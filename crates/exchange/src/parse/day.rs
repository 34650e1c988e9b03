//! Days, moments and periods in the forms people write them.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Time};

use crate::text::fold;

/// Which comes first in `03/04/2026`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayOrder {
    /// Nothing decides; read as [`DayOrder::DayFirst`], and worth telling the person.
    #[default]
    Unsure,
    /// 3 April.
    DayFirst,
    /// March 4.
    MonthFirst,
}

impl DayOrder {
    /// What all values of one column prove together; contradicting values prove nothing.
    pub fn guess<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut day_first, mut month_first) = (false, false);
        for value in values {
            let (date, _) = split_time(value).unwrap_or((value, Time::midnight()));
            let Some(tokens) = tokens(date) else { continue };
            let [Token::Number(first), Token::Number(second), Token::Number(year)] = tokens[..]
            else {
                continue;
            };
            if first.digits > 2 || second.digits > 2 || year.digits == 1 || first.follows == '.' {
                continue;
            }
            day_first |= (13..=31).contains(&first.value) && second.value <= 12;
            month_first |= (13..=31).contains(&second.value) && first.value <= 12;
        }
        match (day_first, month_first) {
            (true, false) => Self::DayFirst,
            (false, true) => Self::MonthFirst,
            _ => Self::Unsure,
        }
    }
}

/// The day that a text names.
///
/// Reads `2026-01-15`, `15.01.2026`, `15/01/2026` and `01/15/2026` by `order`, `20260115`,
/// `15 Jan 2026`, `January 15th, 2026`, `15. Januar 2026`, `1er février 2026`, a serial number of
/// a spreadsheet (`46037`), and any of these with a time of midnight. A month or a quarter is no
/// day: see [`period`].
pub fn day(text: &str, order: DayOrder) -> Option<Date> {
    if let Some((date, time)) = split_time(text) {
        return if time == Time::midnight() { day_alone(date, order) } else { None };
    }
    day_alone(text, order)
}

/// The day and time that a text names, as written: a stated zone is not applied.
pub fn instant(text: &str, order: DayOrder) -> Option<DateTime> {
    let (date, time) = split_time(text)?;
    Some(day_alone(date, order)?.to_datetime(time))
}

/// The first and last day of the month, quarter, half or year that a text names.
///
/// Reads `Jan 2026`, `2026-01`, `01/2026`, `2026-Q1`, `Q1 2026`, `1. Quartal 2026`, `T1 2026`,
/// `H2 2026` and `2026`.
pub fn period(text: &str) -> Option<(Date, Date)> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let (year, months) = match words[..] {
        [one] => (year(one)?, (1, 12)),
        [a, b] => match (year(a), year(b)) {
            (Some(year), None) => (year, part_of_year(b)?),
            (None, Some(year)) => (year, part_of_year(a)?),
            _ => return None,
        },
        [number, "quartal" | "quarter" | "trimestre", of] => {
            let number = number.trim_end_matches(|c: char| c.is_alphabetic());
            (year(of)?, part_of_year(&format!("q{number}"))?)
        }
        _ => return None,
    };
    let first = Date::new(year, months.0, 1).ok()?;
    Some((first, Date::new(year, months.1, 1).ok()?.last_of_month()))
}

#[derive(Clone, Copy)]
struct Number {
    value: u32,
    digits: usize,
    /// The separator after it, a space at the end.
    follows: char,
}

enum Token {
    Number(Number),
    Month(i8),
}

fn day_alone(text: &str, order: DayOrder) -> Option<Date> {
    let text = text.trim();
    if text.len() > 40 {
        return None;
    }
    match tokens(text)?[..] {
        [Token::Number(all)] if all.digits == text.len() => match all.digits {
            5 => serial(all.value),
            8 => date(all.value / 10_000, all.value / 100 % 100, all.value % 100),
            _ => None,
        },
        [Token::Number(year), Token::Number(month), Token::Number(day)] if year.digits == 4 => {
            (year.follows == month.follows && day.digits <= 2)
                .then(|| date(year.value, month.value, day.value))?
        }
        [Token::Number(first), Token::Number(second), Token::Number(last)] => {
            if first.follows != second.follows || first.digits > 2 || second.digits > 2 {
                return None;
            }
            let year = full_year(last)?;
            let month_first = first.follows != '.' && order == DayOrder::MonthFirst;
            // A value that fits one order only is read by that one.
            if month_first && second.value <= 31 && first.value <= 12 || second.value > 12 {
                date(year, first.value, second.value)
            } else {
                date(year, second.value, first.value)
            }
        }
        [Token::Number(year), Token::Month(month), Token::Number(day)] if year.digits == 4 => {
            date(year.value, month.unsigned_abs().into(), day.value)
        }
        [Token::Number(day), Token::Month(month), Token::Number(year)]
        | [Token::Month(month), Token::Number(day), Token::Number(year)] => {
            date(full_year(year)?, month.unsigned_abs().into(), day.value)
        }
        _ => None,
    }
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = text.trim();
    while let Some(c) = rest.chars().next() {
        let run = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
        if c.is_ascii_digit() {
            let (digits, after) = rest.split_at(run(|c| c.is_ascii_digit()));
            let follows = after.chars().next().filter(|c| "./-".contains(*c)).unwrap_or(' ');
            let number = Number { value: digits.parse().ok()?, digits: digits.len(), follows };
            tokens.push(Token::Number(number));
            rest = after;
        } else if c.is_alphabetic() {
            let (word, after) =
                rest.split_at(run(|c| c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)));
            match month(&fold(word)) {
                Some(month) => tokens.push(Token::Month(month)),
                None if is_filler(&fold(word)) => {}
                None => return None,
            }
            rest = after;
        } else if " .,/-\u{a0}\u{202f}º°".contains(c) {
            rest = &rest[c.len_utf8()..];
        } else {
            return None;
        }
        if tokens.len() > 3 {
            return None;
        }
    }
    Some(tokens)
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    if !(1900..=2200).contains(&year) {
        return None;
    }
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn full_year(number: Number) -> Option<u32> {
    match number.digits {
        4 => Some(number.value),
        2 if number.value < 70 => Some(2000 + number.value),
        2 => Some(1900 + number.value),
        _ => None,
    }
}

/// Serial numbers from 1954 to 2119: others are more likely to be something else.
fn serial(number: u32) -> Option<Date> {
    if !(20_000..=80_000).contains(&number) {
        return None;
    }
    Date::constant(1899, 12, 30).checked_add(i64::from(number).days()).ok()
}

/// Parts a text into its date and its time, where it has a time.
fn split_time(text: &str) -> Option<(&str, Time)> {
    let text = text.trim();
    if text.len() > 60 {
        return None;
    }
    let colon = text.find(':')?;
    let hour_at = text[..colon].rfind(|c: char| !c.is_ascii_digit())?;
    let separator = text[hour_at..].chars().next()?;
    let hour: i8 = text[hour_at + separator.len_utf8()..colon].parse().ok()?;
    let date = text[..hour_at].trim_end_matches([' ', ',', '\u{a0}']);
    if !(separator == 'T' || separator.is_whitespace()) || date.is_empty() {
        return None;
    }
    let rest = &text[colon + 1..];
    let (minute, rest) = two_digits(rest)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => two_digits(rest)?,
        None => (0, rest),
    };
    let rest = match rest.strip_prefix('.') {
        Some(rest) => rest.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let hour = match (rest.trim().to_ascii_lowercase().as_str(), hour) {
        ("am" | "a.m.", 12) => 0,
        ("am" | "a.m.", 1..=11) => hour,
        ("pm" | "p.m.", 12) => 12,
        ("pm" | "p.m.", 1..=11) => hour + 12,
        ("" | "z" | "utc" | "gmt" | "uhr", _) => hour,
        (zone, _) if zone.starts_with(['+', '-']) && is_offset(&zone[1..]) => hour,
        _ => return None,
    };
    Some((date, Time::new(hour, minute, second, 0).ok()?))
}

fn two_digits(text: &str) -> Option<(i8, &str)> {
    let digits = text.get(..2).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    Some((digits.parse().ok()?, &text[2..]))
}

fn is_offset(text: &str) -> bool {
    matches!(text.len(), 2 | 4 | 5) && text.bytes().all(|b| b.is_ascii_digit() || b == b':')
}

fn year(word: &str) -> Option<i16> {
    if word.len() != 4 {
        return None;
    }
    word.parse().ok().filter(|year| (1900..=2200).contains(year))
}

fn part_of_year(word: &str) -> Option<(i8, i8)> {
    if let Some(month) = month(word) {
        return Some((month, month));
    }
    let number = |text: &str| text.parse::<i8>().ok();
    if let Some(quarter) = word.strip_prefix(['q', 't']).and_then(number) {
        return (1..=4).contains(&quarter).then(|| (quarter * 3 - 2, quarter * 3));
    }
    if let Some(half) = word.strip_prefix(['h', 's']).and_then(number) {
        return (1..=2).contains(&half).then(|| (half * 6 - 5, half * 6));
    }
    number(word).filter(|month| (1..=12).contains(month)).map(|month| (month, month))
}

fn month(word: &str) -> Option<i8> {
    Some(match word {
        "jan" | "january" | "januar" | "janner" | "janv" | "janvier" => 1,
        "feb" | "february" | "februar" | "fev" | "fevr" | "fevrier" => 2,
        "mar" | "march" | "marz" | "mrz" | "maerz" | "mars" => 3,
        "apr" | "april" | "avr" | "avril" => 4,
        "may" | "mai" => 5,
        "jun" | "june" | "juni" | "juin" => 6,
        "jul" | "july" | "juli" | "juil" | "juillet" => 7,
        "aug" | "august" | "aout" => 8,
        "sep" | "sept" | "september" | "septembre" => 9,
        "oct" | "october" | "okt" | "oktober" | "octobre" => 10,
        "nov" | "november" | "novembre" => 11,
        "dec" | "december" | "dez" | "dezember" | "decembre" => 12,
        _ => return None,
    })
}

/// Weekdays, the ends of ordinals and small words between the parts of a date.
fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "st" | "nd"
            | "rd"
            | "th"
            | "er"
            | "e"
            | "of"
            | "the"
            | "der"
            | "den"
            | "de"
            | "le"
            | "mon"
            | "tue"
            | "wed"
            | "thu"
            | "fri"
            | "sat"
            | "sun"
            | "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "mo"
            | "di"
            | "mi"
            | "do"
            | "fr"
            | "sa"
            | "so"
            | "montag"
            | "dienstag"
            | "mittwoch"
            | "donnerstag"
            | "freitag"
            | "samstag"
            | "sonntag"
            | "lundi"
            | "mardi"
            | "mercredi"
            | "jeudi"
            | "vendredi"
            | "samedi"
            | "dimanche"
    )
}

#[cfg(test)]
mod tests;
