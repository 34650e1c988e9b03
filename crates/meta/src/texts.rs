//! Texts by header, packed: a large import keeps every row it came from.

use std::{fmt, iter::FusedIterator, sync::Arc};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeSeed, Error, MapAccess, Visitor},
};

/// Texts by header, in the order of headers and each header once, in one piece of memory that all
/// copies share.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// Headers and texts, one after the other.
    all: Arc<str>,
    /// Where each of them ends.
    ends: Arc<[u32]>,
}

/// Gives headers with their texts.
#[derive(Clone)]
pub struct Iter<'t> {
    texts: &'t Texts,
    at: usize,
}

impl Texts {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len() / 2
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text with this header.
    pub fn get(&self, header: &str) -> Option<&str> {
        self.place(header).ok().map(|at| self.part(2 * at + 1))
    }

    /// Headers and texts, in the order of headers.
    pub fn iter(&self) -> Iter<'_> {
        Iter { texts: self, at: 0 }
    }

    /// The headers, in order.
    pub fn headers(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|it| it.0)
    }

    /// Puts a text in the place of the one with this header. Everything is copied.
    pub fn insert(&mut self, header: &str, text: &str) {
        *self = self.iter().chain([(header, text)]).collect();
    }

    /// Takes the text with this header out. Everything is copied.
    pub fn remove(&mut self, header: &str) {
        if self.get(header).is_some() {
            *self = self.iter().filter(|it| it.0 != header).collect();
        }
    }

    fn place(&self, header: &str) -> Result<usize, usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = (low + high) / 2;
            match self.part(2 * middle).cmp(header) {
                std::cmp::Ordering::Equal => return Ok(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Err(low)
    }

    fn part(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start as usize..self.ends[at] as usize]
    }

    /// Packs texts that come in order, each header once.
    fn pack(texts: &[(&str, &str)]) -> Self {
        if texts.is_empty() {
            return Self::default();
        }
        let length = texts.iter().map(|(header, text)| header.len() + text.len()).sum();
        let mut all = String::with_capacity(length);
        let mut ends = Vec::with_capacity(2 * texts.len());
        for part in texts.iter().flat_map(|(header, text)| [header, text]) {
            all.push_str(part);
            ends.push(u32::try_from(all.len()).expect("a row is far below 4 GB"));
        }
        Self { all: all.into(), ends: ends.into() }
    }
}

impl<'t> FromIterator<(&'t str, &'t str)> for Texts {
    /// Of several texts with one header the last one stays.
    fn from_iter<I: IntoIterator<Item = (&'t str, &'t str)>>(texts: I) -> Self {
        let mut texts: Vec<(&str, &str)> = texts.into_iter().collect();
        if !texts.is_sorted_by(|one, other| one.0 < other.0) {
            texts.sort_by_key(|it| it.0);
            texts.dedup_by(|later, kept| {
                let same = later.0 == kept.0;
                if same {
                    *kept = *later;
                }
                same
            });
        }
        Self::pack(&texts)
    }
}

impl<'t> IntoIterator for &'t Texts {
    type Item = (&'t str, &'t str);
    type IntoIter = Iter<'t>;

    fn into_iter(self) -> Iter<'t> {
        self.iter()
    }
}

impl<'t> Iterator for Iter<'t> {
    type Item = (&'t str, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        if self.at == self.texts.len() {
            return None;
        }
        self.at += 1;
        Some((self.texts.part(2 * self.at - 2), self.texts.part(2 * self.at - 1)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.texts.len() - self.at;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Iter<'_> {}
impl FusedIterator for Iter<'_> {}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl Serialize for Texts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader)
    }
}

struct Reader;

/// Appends a text without making a `String` of it.
struct Append<'a>(&'a mut String);

impl<'de> Visitor<'de> for Reader {
    type Value = Texts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("texts by header")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Texts, A::Error> {
        let (mut all, mut ends) = (String::with_capacity(512), Vec::with_capacity(32));
        let end = |all: &String| u32::try_from(all.len()).map_err(A::Error::custom);
        while map.next_key_seed(Append(&mut all))?.is_some() {
            ends.push(end(&all)?);
            map.next_value_seed(Append(&mut all))?;
            ends.push(end(&all)?);
        }
        let texts = Texts { all: all.into(), ends: ends.into() };
        let sorted = texts.headers().is_sorted_by(|one, other| one < other);
        Ok(if sorted { texts } else { texts.iter().collect() })
    }
}

impl<'de> DeserializeSeed<'de> for Append<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Append<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0.push_str(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(parts: &[(&'static str, &'static str)]) -> Texts {
        parts.iter().copied().collect()
    }

    #[test]
    fn headers_come_in_order_and_once() {
        let texts = texts(&[("b", "2"), ("a", "1"), ("", "0"), ("b", "3"), ("é", "")]);
        assert_eq!(
            texts.iter().collect::<Vec<_>>(),
            [("", "0"), ("a", "1"), ("b", "3"), ("é", "")]
        );
        assert_eq!(texts.get("b"), Some("3"));
        assert_eq!(texts.get("c"), None);
        assert_eq!(texts.get(""), Some("0"));
        assert_eq!((texts.len(), texts.is_empty()), (4, false));
    }

    #[test]
    fn texts_are_put_in_and_taken_out() {
        let mut it = texts(&[("a", "1")]);
        it.insert("c", "3");
        it.insert("b", "2");
        it.insert("a", "one");
        it.remove("d");
        it.remove("c");
        assert_eq!(it, texts(&[("a", "one"), ("b", "2")]));
        it.remove("a");
        it.remove("b");
        assert_eq!(it, Texts::default());
    }

    #[test]
    fn they_are_read_as_the_map_they_are_written_as() {
        let all = texts(&[("a\n", "\"1\""), ("z", "")]);
        let text = serde_json::to_string(&all).unwrap();
        assert_eq!(text, r#"{"a\n":"\"1\"","z":""}"#);
        assert_eq!(serde_json::from_str::<Texts>(&text).unwrap(), all);
        let mixed = serde_json::from_str::<Texts>(r#"{"z":"0","a\n":"\"1\"","z":""}"#).unwrap();
        assert_eq!(mixed, all);
        assert_eq!(serde_json::from_str::<Texts>("{}").unwrap(), Texts::default());
        for wrong in [r#"{"a":1}"#, r#"{"a":null}"#, "[]", r#""a""#] {
            assert!(serde_json::from_str::<Texts>(wrong).is_err(), "{wrong}");
        }
    }
}
