//! Canonical JSON (RFC 8785) without floats, nulls and empty lists: equal content, equal bytes.

use std::fmt;

use serde::Serialize;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::Error;

/// How deep lists and objects may nest; what `serde_json` reads.
pub const MAX_DEPTH: usize = 127;

/// The largest integer that every JSON reader keeps exactly: 2^53 − 1.
pub const MAX_INTEGER: i64 = 9_007_199_254_740_991;

const FLOAT: &str = "a number with a fraction or an exponent; write it as a string";
const RANGE: &str = "an integer beyond ±(2^53 − 1); write it as a string";
const NUL: &str = "a text with the character U+0000; remove it";
const HOLE: &str = "a list with null or an empty list in it; leave it out";
const DEPTH: &str = "nested deeper than 127 levels";

/// A value made of pieces that stand elsewhere: what is written often needs no value of its own.
#[derive(Debug)]
pub enum Piece<'p> {
    /// A value.
    Value(&'p Value),
    /// An object of values.
    Map(&'p Map<String, Value>),
    /// A text.
    Text(&'p str),
    /// A list.
    List(Vec<Piece<'p>>),
    /// An object, its fields in any order, each key once.
    Object(Vec<(&'p str, Piece<'p>)>),
}

/// The canonical text of anything that serializes; errors as [`write()`].
pub fn of<T: Serialize>(value: &T) -> Result<String, Error> {
    write(&serde_json::to_value(value).map_err(|error| Error::Json(error.to_string()))?)
}

/// The canonical text of a value.
///
/// Fields that are null, an empty list or an empty object are left out; an empty object inside a
/// list stays. Refuses floats, integers beyond ±(2^53 − 1), U+0000, null or an empty list inside a
/// list, and nesting deeper than [`MAX_DEPTH`].
pub fn write(value: &Value) -> Result<String, Error> {
    let mut out = String::with_capacity(256);
    write_into(value, &mut out)?;
    Ok(out)
}

/// Appends the canonical text of a value in pieces to `out`: the same as that of the value they
/// make. On an error `out` holds a part of it.
///
/// # Errors
/// As [`write()`].
pub fn push_pieces(pieces: &Piece<'_>, out: &mut String) -> Result<(), Error> {
    finish(push_piece(pieces, out, 0), out)
}

/// Appends the canonical text of a value to `out`; on an error `out` holds a part of it.
pub fn write_into(value: &Value, out: &mut String) -> Result<(), Error> {
    finish(push_value(value, out, 0), out)
}

fn finish(written: Result<Presence, Trouble>, out: &mut String) -> Result<(), Error> {
    match written {
        Ok(Presence::Absent) => {
            out.push_str("null");
            Ok(())
        }
        Ok(_) => Ok(()),
        Err(Trouble { mut path, reason }) => {
            path.reverse();
            Err(Error::Canonical { pointer: path.concat(), reason })
        }
    }
}

/// Reads JSON strictly: refuses what [`write()`] refuses (holes in lists apart) and duplicate keys.
pub fn parse(text: &str) -> Result<Value, Error> {
    match serde_json::from_str::<Strict>(text) {
        Ok(Strict(value)) => Ok(value),
        Err(error) => Err(Error::Json(error.to_string())),
    }
}

/// Appends a JSON string with RFC 8785 escapes; says whether it held U+0000.
pub(crate) fn push_string(text: &str, out: &mut String) -> bool {
    let mut nul = false;
    let mut rest = text;
    out.push('"');
    while let Some(at) = rest.bytes().position(|byte| byte < 0x20 || byte == b'"' || byte == b'\\')
    {
        let byte = rest.as_bytes()[at];
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            0x08 => out.push_str("\\b"),
            b'\t' => out.push_str("\\t"),
            b'\n' => out.push_str("\\n"),
            0x0c => out.push_str("\\f"),
            b'\r' => out.push_str("\\r"),
            _ => {
                nul |= byte == 0;
                out.push_str("\\u00");
                out.push(char::from(b'0' + (byte >> 4)));
                out.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
            }
        }
    }
    out.push_str(rest);
    out.push('"');
    nul
}

/// What was written.
#[derive(PartialEq)]
enum Presence {
    /// Something.
    Present,
    /// `{}`: absent as a field, present in a list.
    Empty,
    /// Nothing at all.
    Absent,
}

/// A reason with the path to it, innermost part first.
struct Trouble {
    path: Vec<String>,
    reason: &'static str,
}

impl Trouble {
    fn new(reason: &'static str) -> Self {
        Self { path: Vec::new(), reason }
    }

    fn under(mut self, part: impl fmt::Display) -> Self {
        self.path.push(format!("/{part}"));
        self
    }
}

fn push_value(value: &Value, out: &mut String, depth: usize) -> Result<Presence, Trouble> {
    match value {
        Value::Null => return Ok(Presence::Absent),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => match number.as_i64() {
            Some(integer) if integer.unsigned_abs() <= MAX_INTEGER.unsigned_abs() => {
                let mut buffer = [0; 20];
                out.push_str(decimal(integer, &mut buffer));
            }
            Some(_) => return Err(Trouble::new(RANGE)),
            None if number.is_u64() => return Err(Trouble::new(RANGE)),
            None => return Err(Trouble::new(FLOAT)),
        },
        Value::String(text) => return push_text(text, out),
        Value::Array(items) => return push_list(items, push_value, out, depth + 1),
        Value::Object(fields) => return push_map(fields, out, depth + 1),
    }
    Ok(Presence::Present)
}

fn push_piece(piece: &Piece<'_>, out: &mut String, depth: usize) -> Result<Presence, Trouble> {
    match piece {
        Piece::Value(value) => push_value(value, out, depth),
        Piece::Map(fields) => push_map(fields, out, depth + 1),
        Piece::Text(text) => push_text(text, out),
        Piece::List(items) => push_list(items, push_piece, out, depth + 1),
        Piece::Object(fields) => {
            let fields = fields.iter().map(|(key, it)| (*key, it));
            push_object(fields, push_piece, out, depth + 1)
        }
    }
}

fn push_text(text: &str, out: &mut String) -> Result<Presence, Trouble> {
    match push_string(text, out) {
        true => Err(Trouble::new(NUL)),
        false => Ok(Presence::Present),
    }
}

fn push_map(
    fields: &Map<String, Value>,
    out: &mut String,
    depth: usize,
) -> Result<Presence, Trouble> {
    push_object(fields.iter().map(|(key, it)| (key.as_str(), it)), push_value, out, depth)
}

fn push_list<T>(
    items: &[T],
    push: fn(&T, &mut String, usize) -> Result<Presence, Trouble>,
    out: &mut String,
    depth: usize,
) -> Result<Presence, Trouble> {
    if depth > MAX_DEPTH {
        return Err(Trouble::new(DEPTH));
    }
    if items.is_empty() {
        return Ok(Presence::Absent);
    }
    for (index, item) in items.iter().enumerate() {
        out.push(if index == 0 { '[' } else { ',' });
        match push(item, out, depth) {
            Ok(Presence::Absent) => return Err(Trouble::new(HOLE).under(index)),
            Ok(_) => {}
            Err(trouble) => return Err(trouble.under(index)),
        }
    }
    out.push(']');
    Ok(Presence::Present)
}

fn push_object<'f, T: 'f>(
    fields: impl Iterator<Item = (&'f str, &'f T)> + Clone,
    push: fn(&T, &mut String, usize) -> Result<Presence, Trouble>,
    out: &mut String,
    depth: usize,
) -> Result<Presence, Trouble> {
    if depth > MAX_DEPTH {
        return Err(Trouble::new(DEPTH));
    }
    out.push('{');
    let mut first = true;
    let mut field = |(key, value): (&str, &T)| -> Result<(), Trouble> {
        let before = out.len();
        if !first {
            out.push(',');
        }
        if push_string(key, out) {
            return Err(Trouble::new(NUL));
        }
        out.push(':');
        match push(value, out, depth) {
            Ok(Presence::Present) => first = false,
            Ok(_) => out.truncate(before),
            Err(trouble) => {
                return Err(trouble.under(key.replace('~', "~0").replace('/', "~1")));
            }
        }
        Ok(())
    };
    if in_order(fields.clone().map(|it| it.0)) {
        fields.into_iter().try_for_each(&mut field)?;
    } else {
        let mut sorted: Vec<_> = fields.collect();
        sorted.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
        sorted.into_iter().try_for_each(&mut field)?;
    }
    out.push('}');
    Ok(if first { Presence::Empty } else { Presence::Present })
}

/// Whether the keys come in the order of their UTF-16 code units.
///
/// Bytes and code units order alike unless a key holds U+E000 or more, whose UTF-8 starts at 0xEE.
fn in_order<'k>(mut keys: impl Iterator<Item = &'k str>) -> bool {
    let mut last = "";
    keys.all(|key| {
        let fits = last <= key && key.bytes().all(|byte| byte < 0xee);
        last = key;
        fits
    })
}

fn decimal(integer: i64, buffer: &mut [u8; 20]) -> &str {
    let mut rest = integer.unsigned_abs();
    let mut at = buffer.len();
    loop {
        at -= 1;
        buffer[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if integer < 0 {
        at -= 1;
        buffer[at] = b'-';
    }
    std::str::from_utf8(&buffer[at..]).expect("digits are ASCII")
}

/// A value read without duplicate keys, floats, wide integers and U+0000.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        if value.unsigned_abs() > MAX_INTEGER.unsigned_abs() {
            return Err(E::custom(RANGE));
        }
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        if value > MAX_INTEGER.unsigned_abs() {
            return Err(E::custom(RANGE));
        }
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Err(E::custom(if value.abs() > MAX_INTEGER as f64 { RANGE } else { FLOAT }))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Value, E> {
        if value.as_bytes().contains(&0) {
            return Err(E::custom(NUL));
        }
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = fields.next_key::<String>()? {
            if key.as_bytes().contains(&0) {
                return Err(de::Error::custom(NUL));
            }
            if object.contains_key(&key) {
                return Err(de::Error::custom(format!("the key `{key}` comes twice")));
            }
            let Strict(value) = fields.next_value()?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}
