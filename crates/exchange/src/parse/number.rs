//! Numbers as people write them.

use crate::Value;

/// Which character stands before the decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1,234.5`.
    #[default]
    Point,
    /// `1.234,5`.
    Comma,
}

impl DecimalMark {
    /// What all values of one column prove together; a point when nothing proves a comma.
    pub fn guess<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut points, mut commas) = (0, 0);
        for value in values {
            match certain_mark(bare(value).1) {
                Some('.') => points += 1,
                Some(',') => commas += 1,
                _ => {}
            }
        }
        if commas > points { Self::Comma } else { Self::Point }
    }
}

/// The number a text is, as [`Value::Integer`] or [`Value::Decimal`].
///
/// Groups of three digits may be parted by points, commas, blanks or apostrophes, and a currency
/// may stand beside it. `mark` decides only where `1.234` or `1,234` could be either. Percents,
/// exponents and numbers with other words are `None`.
pub fn number(text: &str, mark: DecimalMark) -> Option<Value> {
    let (negative, digits) = bare(text);
    if digits.is_empty() || digits.len() > 60 {
        return None;
    }
    let mark = certain_mark(digits).or_else(|| ambiguous(digits).filter(|&c| c == mark.char()));
    let (whole, decimals) = match mark.and_then(|mark| digits.rsplit_once(mark)) {
        Some((whole, decimals)) => (whole, decimals),
        None => (digits, ""),
    };
    if !decimals.bytes().all(|b| b.is_ascii_digit()) || mark.is_some() && decimals.is_empty() {
        return None;
    }
    let whole = ungrouped(whole)?;
    let whole = whole.trim_start_matches('0');
    let decimals = decimals.trim_end_matches('0');
    let sign = if negative && !(whole.is_empty() && decimals.is_empty()) { "-" } else { "" };
    let whole = if whole.is_empty() { "0" } else { whole };
    if decimals.is_empty()
        && let Ok(integer) = format!("{sign}{whole}").parse()
    {
        return Some(Value::Integer(integer));
    }
    let point = if decimals.is_empty() { "" } else { "." };
    Some(Value::Decimal(format!("{sign}{whole}{point}{decimals}")))
}

impl DecimalMark {
    fn char(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// Whether a text is negative, and what is left without sign, currency and blanks around it.
fn bare(text: &str) -> (bool, &str) {
    let text = without_currency(text.trim());
    match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, without_currency(rest.trim_start())),
        None => (false, without_currency(text.strip_prefix('+').unwrap_or(text).trim_start())),
    }
}

fn without_currency(text: &str) -> &str {
    const SIGNS: [&str; 9] = ["€", "$", "£", "CHF", "EUR", "USD", "GBP", "Fr.", "Euro"];
    for sign in SIGNS {
        if let Some(rest) = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)) {
            return rest.trim();
        }
    }
    text
}

/// The decimal mark where the text itself leaves no doubt.
fn certain_mark(digits: &str) -> Option<char> {
    let last = digits.rfind(['.', ','])?;
    let mark = char::from(digits.as_bytes()[last]);
    let other = if mark == '.' { ',' } else { '.' };
    let repeats = digits.matches(mark).count() > 1;
    (!repeats && (digits.contains(other) || ambiguous(digits).is_none())).then_some(mark)
}

/// The only mark of a text like `1.234`, which may part a group or the decimals.
fn ambiguous(digits: &str) -> Option<char> {
    let at = digits.find(['.', ','])?;
    let (whole, rest) = digits.split_at(at);
    let group = rest.len() == 4 && rest[1..].bytes().all(|b| b.is_ascii_digit());
    let head = (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    (group && head).then(|| char::from(rest.as_bytes()[0]))
}

/// The digits of a whole number without the characters between groups of three.
fn ungrouped(text: &str) -> Option<String> {
    let is_separator = |c: char| matches!(c, '.' | ',' | ' ' | '\'' | '’' | '\u{a0}' | '\u{202f}');
    let Some(separator) = text.chars().find(|&c| is_separator(c)) else {
        return text.bytes().all(|b| b.is_ascii_digit()).then(|| text.to_owned());
    };
    let mut groups = text.split(separator);
    let first = groups.next()?;
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let fits = (1..=3).contains(&first.len())
        && digits(first)
        && groups.clone().all(|group| group.len() == 3 && digits(group));
    fits.then(|| std::iter::once(first).chain(groups).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, mark: DecimalMark) -> String {
        match number(text, mark) {
            Some(value) => value.text().into_owned(),
            None => "-".to_owned(),
        }
    }

    #[test]
    fn reads_numbers() {
        for (text, expected) in [
            ("8000", "8000"),
            ("-5", "-5"),
            ("−5", "-5"),
            ("37.0", "37"),
            ("0,08", "0.08"),
            ("1.5", "1.5"),
            ("1,5", "1.5"),
            ("1,234.50", "1234.5"),
            ("1.234,50", "1234.5"),
            ("1.234.567", "1234567"),
            ("1 234,5", "1234.5"),
            ("1\u{202f}234", "1234"),
            ("12'000.50", "12000.5"),
            ("€ 1.000,00", "1000"),
            ("-€5", "-5"),
            ("12000 EUR", "12000"),
            ("007", "7"),
            ("-0.0", "0"),
            (".5", "0.5"),
            ("0.125", "0.125"),
            ("99999999999999999999", "99999999999999999999"),
        ] {
            assert_eq!(read(text, DecimalMark::Point), expected, "{text}");
        }
        assert_eq!(read("1.234", DecimalMark::Point), "1.234");
        assert_eq!(read("1.234", DecimalMark::Comma), "1234");
        assert_eq!(read("1,234", DecimalMark::Point), "1234");
        assert_eq!(read("1,234", DecimalMark::Comma), "1.234");
    }

    #[test]
    fn reads_no_number_into_other_texts() {
        for text in [
            "", "-", "5%", "4h", "R-001", "1-5", "1e5", "12 34", "1.", "5.17.1", "4,2%", "<5",
            "1,23,456", "€", "٣",
        ] {
            assert_eq!(read(text, DecimalMark::Point), "-", "{text}");
        }
    }

    #[test]
    fn a_column_decides_the_mark() {
        assert_eq!(DecimalMark::guess(["1.234", "1,5"]), DecimalMark::Comma);
        assert_eq!(DecimalMark::guess(["1,234", "1.5"]), DecimalMark::Point);
        assert_eq!(DecimalMark::guess(["1.234", "n/a"]), DecimalMark::Point);
    }
}
