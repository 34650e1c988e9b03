//! Types of values: how each is written.

use std::{net::IpAddr, path::PathBuf};

use jiff::{SignedDuration, civil::Time};

/// A type of value that can be written in the configuration.
pub trait Setting: Sized {
    /// What may be written, as the end of a sentence that begins with “write”.
    const EXPECTED: &'static str;
    /// Whether it holds a secret.
    const SECRET: bool = false;
    /// Whether it stands in a file without quotation marks.
    const BARE: bool = false;
    /// Whether it is a list.
    const LIST: bool = false;

    /// The value that a text is.
    fn parse(text: &str) -> Option<Self>;

    /// A value as anybody may see it.
    fn shown(text: &str) -> String {
        text.to_owned()
    }
}

/// A text that nobody is shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// A value that is more than nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Positive<T>(pub T);

/// A number of bytes, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size(pub u64);

impl Secret {
    /// The text.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl Setting for String {
    const EXPECTED: &'static str = "a text";

    fn parse(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Setting for Secret {
    const EXPECTED: &'static str = "a text";
    const SECRET: bool = true;

    fn parse(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    fn shown(text: &str) -> String {
        if text.is_empty() { String::new() } else { "(not shown)".to_owned() }
    }
}

impl Setting for PathBuf {
    const EXPECTED: &'static str = "the path of a file or folder";

    fn parse(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self::from(text))
    }
}

impl Setting for bool {
    const EXPECTED: &'static str = "true or false";
    const BARE: bool = true;

    fn parse(text: &str) -> Option<Self> {
        match text {
            "true" | "yes" | "1" => Some(true),
            "false" | "no" | "0" => Some(false),
            _ => None,
        }
    }
}

impl Setting for u16 {
    const EXPECTED: &'static str = "a whole number from 0 to 65535";
    const BARE: bool = true;

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for usize {
    const EXPECTED: &'static str = "a whole number, like 3";
    const BARE: bool = true;

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for IpAddr {
    const EXPECTED: &'static str = "an address, like 192.0.2.7";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for SignedDuration {
    const EXPECTED: &'static str = "a length of time, like 30s, 10m or 24h";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok().filter(|it: &Self| !it.is_negative())
    }
}

impl Setting for Positive<usize> {
    const EXPECTED: &'static str = "a whole number from 1";
    const BARE: bool = true;

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok().filter(|it| *it > 0).map(Self)
    }
}

impl Setting for Positive<SignedDuration> {
    const EXPECTED: &'static str = "a length of time from 1s, like 30s or 10m";

    fn parse(text: &str) -> Option<Self> {
        let span = <SignedDuration as Setting>::parse(text)?;
        (span >= SignedDuration::from_secs(1)).then_some(Self(span))
    }
}

impl Setting for Time {
    const EXPECTED: &'static str = "a time of day, like 02:30";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Setting for Size {
    const EXPECTED: &'static str = "a size from 1 B, like 200 MB";

    fn parse(text: &str) -> Option<Self> {
        let digits = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
        let (number, unit) = text.split_at(digits);
        let factor = match unit.trim() {
            "" | "B" => 1,
            "kB" | "KB" => 1_000,
            "MB" => 1_000_000,
            "GB" => 1_000_000_000,
            _ => return None,
        };
        number.parse::<u64>().ok()?.checked_mul(factor).filter(|it| *it > 0).map(Self)
    }
}

/// Nothing where nothing is written.
impl<T: Setting> Setting for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    const SECRET: bool = T::SECRET;
    const BARE: bool = T::BARE;
    const LIST: bool = T::LIST;

    fn parse(text: &str) -> Option<Self> {
        if text.is_empty() { Some(None) } else { T::parse(text).map(Some) }
    }

    fn shown(text: &str) -> String {
        T::shown(text)
    }
}

/// As a list in the file, with commas between the items elsewhere.
impl<T: Setting> Setting for Vec<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    const SECRET: bool = T::SECRET;
    const BARE: bool = T::BARE;
    const LIST: bool = true;

    fn parse(text: &str) -> Option<Self> {
        let items = text.split(',').map(str::trim).filter(|it| !it.is_empty());
        items.map(T::parse).collect()
    }
}
