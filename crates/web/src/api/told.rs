//! The members of a JSON object that a program sent, read one by one; what nobody reads is refused
//! by name.

use std::cell::RefCell;

use axum::body::Bytes;
use jiff::civil::Date;
use meta::{Choice, Id};
use serde_json::{Map, Value};

use super::{
    Fault,
    fault::{Wrong, escaped},
    fields::{day, whole},
    strict,
};

/// The members of an object.
pub(super) struct Told<'v> {
    /// Its members.
    pub(super) members: &'v Map<String, Value>,
    /// Where it stands: a JSON pointer.
    pub(super) at: String,
    known: RefCell<Vec<&'static str>>,
    wrongs: RefCell<Vec<Wrong>>,
}

/// What a program sent as JSON; nothing sent is an empty object.
///
/// # Errors
/// When it is no JSON.
pub(super) fn parse(body: &Bytes) -> Result<Value, Fault> {
    if body.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    strict::read(body).map_err(|err| Fault::malformed(format!("this is no JSON: {err}")))
}

impl<'v> Told<'v> {
    /// The members of a value at a pointer.
    ///
    /// # Errors
    /// When it is no object.
    pub(super) fn of(value: &'v Value, at: impl Into<String>) -> Result<Self, Fault> {
        let at = at.into();
        match value {
            Value::Object(members) => {
                Ok(Self { members, at, known: RefCell::default(), wrongs: RefCell::default() })
            }
            _ => Err(Fault::body(vec![Wrong::must_be(at, "an object")])),
        }
    }

    /// The member of this name; `None` when it is absent.
    pub(super) fn get(&self, name: &'static str) -> Option<&'v Value> {
        self.known.borrow_mut().push(name);
        self.members.get(name)
    }

    /// A text.
    pub(super) fn text(&self, name: &'static str) -> Option<&'v str> {
        let value = self.get(name)?;
        let text = value.as_str();
        if text.is_none() {
            self.must_be(name, "a text");
        }
        text
    }

    /// A text that must be there.
    pub(super) fn needed(&self, name: &'static str) -> &'v str {
        let text = self.text(name);
        if self.members.get(name).is_none() {
            self.needs(name);
        }
        text.unwrap_or_default()
    }

    /// A whole number that counts something.
    pub(super) fn number(&self, name: &'static str) -> Option<u32> {
        let value = self.get(name)?;
        let number = whole(value).and_then(|it| u32::try_from(it).ok()).filter(|it| *it > 0);
        if number.is_none() {
            self.must_be(name, "a whole number from 1");
        }
        number
    }

    /// Yes or no; no when it is absent.
    pub(super) fn truth(&self, name: &'static str) -> bool {
        let Some(value) = self.get(name) else { return false };
        if !value.is_boolean() {
            self.must_be(name, "`true` or `false`");
        }
        value.as_bool().unwrap_or_default()
    }

    /// A day.
    pub(super) fn day(&self, name: &'static str) -> Option<Date> {
        let text = self.text(name)?;
        let day = day(text);
        if day.is_none() {
            self.must_be(name, "a day, such as `2026-03-31`");
        }
        day
    }

    /// The id of a record.
    pub(super) fn id(&self, name: &'static str) -> Option<Id> {
        let text = self.text(name)?;
        let id =
            (text.len() == 36).then(|| text.parse().ok()).flatten().filter(|it: &Id| !it.is_nil());
        if id.is_none() {
            self.must_be(name, "an id, such as `0198f0c2-5b1e-7c3a-9f00-3a54a1c2d4e5`");
        }
        id
    }

    /// One of the options of a choice.
    pub(super) fn choice<C: Choice>(&self, name: &'static str) -> Option<C> {
        let text = self.text(name)?;
        let choice = C::from_id(text);
        if choice.is_none() {
            let known: Vec<&str> = C::CHOICES.iter().map(|it| it.id).collect();
            self.must_be(name, &format!("one of {}", known.join(", ")));
        }
        choice
    }

    /// A list.
    pub(super) fn list(&self, name: &'static str) -> Option<&'v Vec<Value>> {
        let value = self.get(name)?;
        let list = value.as_array();
        if list.is_none() {
            self.must_be(name, "a list");
        }
        list
    }

    /// A list of texts.
    pub(super) fn texts(&self, name: &'static str) -> Option<Vec<String>> {
        let list = self.list(name)?;
        let texts: Vec<String> =
            list.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect();
        if texts.len() < list.len() {
            self.must_be(name, "a list of texts");
        }
        Some(texts)
    }

    /// An object.
    pub(super) fn object(&self, name: &'static str) -> Option<&'v Map<String, Value>> {
        let value = self.get(name)?;
        let object = value.as_object();
        if object.is_none() {
            self.must_be(name, "an object");
        }
        object
    }

    /// Where a member stands.
    pub(super) fn pointer(&self, name: &str) -> String {
        format!("{}/{}", self.at, escaped(name))
    }

    /// Notes that a member is wrong.
    pub(super) fn wrong(&self, name: &str, what: impl Into<String>) {
        self.wrongs.borrow_mut().push(Wrong::body(self.pointer(name), what));
    }

    /// Notes that a member is not what it must be.
    pub(super) fn must_be(&self, name: &str, what: &str) {
        self.wrongs.borrow_mut().push(Wrong::must_be(self.pointer(name), what));
    }

    /// Notes that a member is absent.
    pub(super) fn needs(&self, name: &str) {
        self.wrong(name, format!("`{name}` is needed"));
    }

    /// Takes note of members that are read only when nothing else is wrong.
    pub(super) fn knows(&self, names: &[&'static str]) {
        self.known.borrow_mut().extend(names);
    }

    /// All that was wrong, members that nobody asked for among it.
    pub(super) fn wrongs(&self) -> Vec<Wrong> {
        let known = self.known.borrow();
        let mut wrongs = self.wrongs.borrow().clone();
        for name in self.members.keys().filter(|it| !known.contains(&it.as_str())) {
            let known = known.join(", ");
            let what = format!("there is no member `{name}`: it is one of {known}");
            wrongs.push(Wrong::body(self.pointer(name), what));
        }
        wrongs
    }

    /// That nothing was wrong.
    ///
    /// # Errors
    /// What was.
    pub(super) fn done(&self) -> Result<(), Fault> {
        match self.wrongs() {
            wrongs if wrongs.is_empty() => Ok(()),
            wrongs => Err(Fault::body(wrongs)),
        }
    }
}
