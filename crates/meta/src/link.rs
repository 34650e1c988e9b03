//! Links from one record to another.

use std::{fmt, marker::PhantomData, num::NonZeroU32, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
pub use uuid::Uuid as Id;

use crate::Kind;

/// What a link names: a record, or one edition of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// The record.
    pub id: Id,
    /// The version that an edition published; absent for the record as it is.
    pub edition: Option<NonZeroU32>,
}

/// A link to a record of one of the kinds `T` names.
pub struct Ref<T> {
    link: Link,
    kind: PhantomData<fn() -> T>,
}

/// A record of any kind.
pub enum Any {}

/// The kinds that a link may point to: a kind, a pair or triple of kinds, or [`Any`].
pub trait Target: 'static {
    /// Their ids; empty for any.
    const KINDS: &'static [&'static str];
}

impl<K: Kind> Target for K {
    const KINDS: &'static [&'static str] = &[K::ID];
}
impl Target for Any {
    const KINDS: &'static [&'static str] = &[];
}
impl<A: Kind, B: Kind> Target for (A, B) {
    const KINDS: &'static [&'static str] = &[A::ID, B::ID];
}
impl<A: Kind, B: Kind, C: Kind> Target for (A, B, C) {
    const KINDS: &'static [&'static str] = &[A::ID, B::ID, C::ID];
}
impl<A: Kind, B: Kind, C: Kind, D: Kind> Target for (A, B, C, D) {
    const KINDS: &'static [&'static str] = &[A::ID, B::ID, C::ID, D::ID];
}
impl<A: Kind, B: Kind, C: Kind, D: Kind, E: Kind> Target for (A, B, C, D, E) {
    const KINDS: &'static [&'static str] = &[A::ID, B::ID, C::ID, D::ID, E::ID];
}

impl Link {
    /// A link to the record as it is.
    pub fn to(id: Id) -> Self {
        Self { id, edition: None }
    }
}

impl From<Id> for Link {
    fn from(id: Id) -> Self {
        Self::to(id)
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.edition {
            Some(edition) => write!(f, "{}@{edition}", self.id),
            None => write!(f, "{}", self.id),
        }
    }
}

impl FromStr for Link {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FORM: &str = "expected the id of a record, or `id@version` for an edition of it";
        let (id, edition) = match text.split_once('@') {
            Some((id, edition)) => (id, Some(edition.parse().map_err(|_| FORM)?)),
            None => (text, None),
        };
        let parsed = Id::try_parse(id).map_err(|_| FORM)?;
        // Only the hyphenated lower-case form: one record has one spelling in stored bytes.
        let mut buffer = [0; 36];
        if parsed.hyphenated().encode_lower(&mut buffer) != id {
            return Err(FORM);
        }
        Ok(Self { id: parsed, edition })
    }
}

impl Serialize for Link {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Link {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Link;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the id of a record")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Link, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Visitor).map_err(D::Error::custom)
    }
}

impl<T> Ref<T> {
    /// What it names.
    pub fn link(&self) -> Link {
        self.link
    }

    /// The record it names.
    pub fn id(&self) -> Id {
        self.link.id
    }
}

impl<T> From<Link> for Ref<T> {
    fn from(link: Link) -> Self {
        Self { link, kind: PhantomData }
    }
}

impl<T> From<Id> for Ref<T> {
    fn from(id: Id) -> Self {
        Link::to(id).into()
    }
}

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Ref<T> {}

impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.link == other.link
    }
}

impl<T> Eq for Ref<T> {}

impl<T> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.link.fmt(f)
    }
}

impl<T> Serialize for Ref<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.link.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Ref<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Link::deserialize(deserializer).map(Self::from)
    }
}
