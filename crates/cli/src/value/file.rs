//! Fields from a TOML or JSON file.

use std::{fs, io::Read, path::Path};

use anyhow::Context;
use serde_json::{Map, Value};

use crate::stop::refused;

/// A file of fields may be this large: 16 MB.
const LARGEST: u64 = 16_000_000;

/// The fields in a TOML or JSON file (`-` for standard input), told apart by their content.
///
/// # Errors
/// When the file cannot be read, or holds neither.
pub fn read_file(path: &Path) -> anyhow::Result<Map<String, Value>> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().take(LARGEST + 1).read_to_end(&mut bytes).context("reading the input")?;
    } else {
        let file = fs::File::open(path)
            .map_err(|err| refused(format!("`{name}` cannot be read: {err}")))?;
        let read = file.take(LARGEST + 1).read_to_end(&mut bytes);
        read.map_err(|err| refused(format!("`{name}` cannot be read: {err}")))?;
    }
    if bytes.len() as u64 > LARGEST {
        return Err(refused(format!(
            "`{name}` is larger than 16 MB: give the fields of one record"
        )));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| refused(format!("`{name}` is not text: give TOML or JSON in UTF-8")))?;
    parse(&name, &text)
}

/// The fields in a text that holds TOML or JSON.
///
/// # Errors
/// When it holds neither; with the line.
pub fn parse(name: &str, text: &str) -> anyhow::Result<Map<String, Value>> {
    if text.trim_start().starts_with('{') {
        let value: Value = serde_json::from_str(text)
            .map_err(|err| refused(format!("`{name}` is not JSON: {err}")))?;
        let Value::Object(mut map) = value else { unreachable!("it begins with a brace") };
        // What `show --format json` prints holds the fields inside.
        return Ok(match map.remove("fields") {
            Some(Value::Object(fields)) => fields,
            Some(other) => {
                map.insert("fields".to_owned(), other);
                map
            }
            None => map,
        });
    }
    let table: toml::Table = toml::from_str(text).map_err(|err| {
        let line = err.span().map_or(0, |it| text[..it.start].lines().count().max(1));
        refused(format!("`{name}` line {line} is not TOML: {}", err.message()))
    })?;
    let Value::Object(map) = exchange::typed::from_toml(toml::Value::Table(table)) else {
        unreachable!("a table becomes an object")
    };
    Ok(map)
}
