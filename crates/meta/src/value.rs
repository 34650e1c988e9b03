//! Values that fields hold beside text, numbers and days.

use std::{cmp::Ordering, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Text in Markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Markdown(pub String);

/// A file kept with the records, named by its digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRef {
    /// The name it was given.
    pub name: String,
    /// SHA-256 of its bytes, 64 hex digits.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its media type.
    pub media: String,
}

/// A decimal number, kept exactly: up to 18 digits, stored as text in canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    digits: i64,
    scale: u8,
}

/// A length of calendar time, such as three months; stored as ISO 8601 (`P3M`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// How many units, at least 1.
    pub count: u32,
    /// Of what length.
    pub unit: Unit,
}

/// The unit of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Calendar days.
    Day,
    /// Weeks.
    Week,
    /// Calendar months.
    Month,
    /// Years.
    Year,
}

/// Text that is not the value it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// Not a decimal number.
    #[error("`{0}` is not a decimal number of at most 18 digits: write it like 12.5")]
    Decimal(String),
    /// Not a period.
    #[error("`{0}` is not a length of time: write it like `3 months`, `1 year` or `P3M`")]
    Period(String),
}

impl Decimal {
    /// The number as a float, for charts and comparisons that need no exactness.
    pub fn to_f64(self) -> f64 {
        self.digits as f64 / 10f64.powi(self.scale.into())
    }
}

impl From<i64> for Decimal {
    fn from(digits: i64) -> Self {
        Self { digits, scale: 0 }
    }
}

impl FromStr for Decimal {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let wrong = || ValueError::Decimal(text.to_owned());
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, fraction) = rest.split_once('.').unwrap_or((rest, "0"));
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
        if !is_number(whole) || !is_number(fraction) {
            return Err(wrong());
        }
        let fraction = fraction.trim_end_matches('0');
        if whole.len() + fraction.len() > 18 {
            return Err(wrong());
        }
        let digits: i64 = format!("{whole}{fraction}").parse().map_err(|_| wrong())?;
        Ok(Self { digits: sign * digits, scale: fraction.len() as u8 })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.digits);
        }
        let scale = usize::from(self.scale);
        let digits = format!("{:0>width$}", self.digits.unsigned_abs(), width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        write!(f, "{}{whole}.{fraction}", if self.digits < 0 { "-" } else { "" })
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let widen = |it: &Self, scale: u8| {
            i128::from(it.digits) * 10i128.pow(u32::from(scale.saturating_sub(it.scale)))
        };
        widen(self, other.scale).cmp(&widen(other, self.scale))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Period {
    /// A period of so many units.
    pub fn new(count: u32, unit: Unit) -> Self {
        Self { count: count.max(1), unit }
    }

    /// The day this long after `day`; the last day there is, where it would lie beyond.
    /// Hours and minutes count as the same day.
    pub fn after(self, day: jiff::civil::Date) -> jiff::civil::Date {
        day.checked_add(self.span()).unwrap_or(jiff::civil::Date::MAX)
    }

    /// The day this long before `day`; the first day there is, where it would lie beyond.
    pub fn before(self, day: jiff::civil::Date) -> jiff::civil::Date {
        day.checked_sub(self.span()).unwrap_or(jiff::civil::Date::MIN)
    }

    /// Its length in days, months as 30 and years as 365 days: to compare, not to calculate dates.
    pub fn days(self) -> f64 {
        let unit = match self.unit {
            Unit::Minute => 1.0 / 1440.0,
            Unit::Hour => 1.0 / 24.0,
            Unit::Day => 1.0,
            Unit::Week => 7.0,
            Unit::Month => 30.0,
            Unit::Year => 365.0,
        };
        f64::from(self.count) * unit
    }

    fn span(self) -> jiff::Span {
        let count = i64::from(self.count.min(10_000));
        match self.unit {
            Unit::Minute | Unit::Hour => jiff::Span::new(),
            Unit::Day => jiff::Span::new().days(count),
            Unit::Week => jiff::Span::new().weeks(count),
            Unit::Month => jiff::Span::new().months(count),
            Unit::Year => jiff::Span::new().years(count.min(9_000)),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mark, unit) = match self.unit {
            Unit::Minute => ("PT", 'M'),
            Unit::Hour => ("PT", 'H'),
            Unit::Day => ("P", 'D'),
            Unit::Week => ("P", 'W'),
            Unit::Month => ("P", 'M'),
            Unit::Year => ("P", 'Y'),
        };
        write!(f, "{mark}{}{unit}", self.count)
    }
}

impl Period {
    /// In words: `3 months`.
    pub fn words(self) -> String {
        let unit = match self.unit {
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        format!("{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

impl FromStr for Period {
    type Err = ValueError;

    /// Reads `P3M`, `PT4H`, `3 months`, `every 3 months` and words such as `quarterly`.
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let wrong = || ValueError::Period(text.to_owned());
        let lower = text.trim().to_ascii_lowercase();
        let words = lower.strip_prefix("every ").unwrap_or(&lower).trim();
        let named = match words {
            "daily" | "day" => Some((1, Unit::Day)),
            "weekly" | "week" => Some((1, Unit::Week)),
            "monthly" | "month" => Some((1, Unit::Month)),
            "quarterly" | "quarter" => Some((3, Unit::Month)),
            "half-yearly" | "semi-annually" | "biannually" => Some((6, Unit::Month)),
            "yearly" | "annually" | "annual" | "year" => Some((1, Unit::Year)),
            _ => None,
        };
        if let Some((count, unit)) = named {
            return Ok(Self::new(count, unit));
        }
        let (timed, rest) = match (words.strip_prefix("pt"), words.strip_prefix('p')) {
            (Some(rest), _) => (Some(true), rest),
            (None, Some(rest)) => (Some(false), rest),
            (None, None) => (None, words),
        };
        let split = rest.find(|it: char| !it.is_ascii_digit()).ok_or_else(wrong)?;
        let (count, unit) = (&rest[..split], rest[split..].trim());
        let unit = match (timed, unit) {
            (Some(true), "m") | (None, "minute" | "minutes" | "min") => Unit::Minute,
            (Some(true), "h") | (None, "hour" | "hours" | "h") => Unit::Hour,
            (Some(false), "d") | (None, "day" | "days" | "d") => Unit::Day,
            (Some(false), "w") | (None, "week" | "weeks" | "w") => Unit::Week,
            (Some(false), "m") | (None, "month" | "months" | "m") => Unit::Month,
            (Some(false), "y") | (None, "year" | "years" | "y") => Unit::Year,
            _ => return Err(wrong()),
        };
        let count: u32 = count.parse().map_err(|_| wrong())?;
        if count == 0 {
            return Err(wrong());
        }
        Ok(Self { count, unit })
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> Ordering {
        self.days().total_cmp(&other.days())
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

macro_rules! as_text {
    ($($ty:ty),*) => {$(
        impl Serialize for $ty {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $ty {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    )*};
}
as_text!(Decimal, Period);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_canonical_and_ordered() {
        for (text, canonical) in
            [("1", "1"), ("1.50", "1.5"), ("-0.05", "-0.05"), ("007", "7"), ("-0", "0")]
        {
            let decimal: Decimal = text.parse().unwrap();
            assert_eq!(decimal.to_string(), canonical);
            assert_eq!(canonical.parse::<Decimal>().unwrap(), decimal);
        }
        let parse = |text: &str| text.parse::<Decimal>().unwrap();
        assert!(parse("1.5") < parse("1.51") && parse("-2") < parse("-1.9"));
        for text in ["", ".", "1.", ".5", "1e3", "1,5", "١", "9999999999999999999"] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }

    #[test]
    fn periods_are_read_in_words_and_reach_their_day() {
        for (text, canonical) in [
            ("P3M", "P3M"),
            ("every 3 months", "P3M"),
            ("quarterly", "P3M"),
            ("PT4H", "PT4H"),
            ("4 h", "PT4H"),
            ("1 year", "P1Y"),
        ] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), canonical);
        }
        let day = jiff::civil::date(2026, 1, 31);
        assert_eq!(Period::new(1, Unit::Month).after(day), jiff::civil::date(2026, 2, 28));
        assert_eq!(Period::new(u32::MAX, Unit::Year).after(day), jiff::civil::Date::MAX);
        for text in ["", "P", "0 days", "3", "months", "99999999999 days"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }
}
