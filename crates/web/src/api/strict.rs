//! JSON that says each thing once: of two members with one name, nobody could tell which was meant
//! (RFC 7493).

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Number, Value};

/// What stands in front of a text from some editors; it means nothing.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A value in which no object has two members of one name.
struct Strict(Value);

struct Any;

/// Reads JSON.
///
/// # Errors
/// When it is none, or an object names a member twice.
pub(super) fn read(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
    serde_json::from_slice::<Strict>(bytes).map(|it| it.0)
}

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Any).map(Self)
    }
}

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, it: bool) -> Result<Value, E> {
        Ok(Value::Bool(it))
    }

    fn visit_i64<E>(self, it: i64) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_u64<E>(self, it: u64) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_f64<E>(self, it: f64) -> Result<Value, E> {
        Ok(Number::from_f64(it).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, it: &str) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_string<E>(self, it: String) -> Result<Value, E> {
        Ok(Value::String(it))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(it)) = from.next_element()? {
            list.push(it);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = from.next_key::<String>()? {
            if map.contains_key(&name) {
                return Err(A::Error::custom(format_args!("`{name}` stands there twice")));
            }
            let Strict(value) = from.next_value()?;
            map.insert(name, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_is_said_once() {
        let text = r#" {"a": [1, -2, 2.5, null, true, {"b": "\u00fc"}], "b": {}} "#;
        assert_eq!(read(text.as_bytes()).unwrap(), text.parse::<Value>().unwrap());
        assert_eq!(read(b"\xef\xbb\xbf[]").unwrap(), Value::Array(Vec::new()));
        let wrong = |text: &str| read(text.as_bytes()).unwrap_err().to_string();
        assert!(wrong(r#"{"a": 1, "a": 1}"#).starts_with("`a` stands there twice"));
        assert!(wrong(r#"[{"x": {"b": 1, "b": 2}}]"#).starts_with("`b` stands there twice"));
        assert!(wrong(&"[".repeat(1_000)).contains("recursion"));
    }
}
