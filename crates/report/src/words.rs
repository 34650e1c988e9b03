//! The one place where words meant for readers pass, so that another language is a file.

use jiff::civil::Date;

/// The words for `english` in the language of the paper, which is English today.
pub(crate) fn say(english: &'static str) -> &'static str {
    english
}

/// A day in full, as on a cover: `2 September 2026`.
pub(crate) fn long_day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// A day for dense tables: `2 Sep 2026`.
pub(crate) fn short_day(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// A count with its thousands set apart: `12 034`, by a no-break space.
pub(crate) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// A count and its noun: `1 row`, `12 rows`.
pub(crate) fn counted(count: u64, one: &'static str, many: &'static str) -> String {
    format!("{} {}", grouped(count), say(if count == 1 { one } else { many }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_and_counts_read_as_people_write_them() {
        assert_eq!(long_day(date(2026, 9, 2)), "2 September 2026");
        assert_eq!(short_day(date(2026, 9, 2)), "2 Sep 2026");
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(counted(1, "row", "rows"), "1 row");
        assert_eq!(counted(1200, "row", "rows"), "1\u{202f}200 rows");
    }
}
