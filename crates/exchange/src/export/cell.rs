//! A value in one cell of a sheet, and back.
//!
//! Lists are parted by `; `; a member that holds a semicolon, a quote at its start, or blanks at
//! its ends stands in double quotes, and a quote inside it is doubled. Files, ratings and rows are
//! JSON text.

use meta::FieldType;
use serde_json::Value as Json;

use super::Node;
use crate::Value;

/// The cell that holds a value.
pub(crate) fn write(node: &Node) -> Value {
    match node {
        Node::Text(text) => Value::from_text(text.as_str()),
        Node::Bool(truth) => Value::from_text(if *truth { "yes" } else { "no" }),
        Node::Integer(number) => Value::Integer(*number),
        Node::Decimal(digits) => match digits.parse() {
            Ok(number) => Value::Integer(number),
            Err(_) => Value::Decimal(digits.clone()),
        },
        Node::Day(day) => Value::Day(*day),
        Node::Instant(at) => Value::Text(at.to_string()),
        Node::Name { name, .. } => Value::from_text(name.as_str()),
        Node::List(list) => match list.iter().map(word).collect::<Option<Vec<_>>>() {
            Some(words) => Value::from_text(join(&words)),
            None => json(node),
        },
        Node::Table(_) => json(node),
    }
}

/// What a cell's text says about a field of this type, with names in place of links.
///
/// # Errors
/// One sentence when a list or JSON text is damaged.
pub(crate) fn read(ty: &FieldType, text: &str) -> Result<Json, String> {
    if text.is_empty() {
        return Ok(Json::Null);
    }
    match ty {
        FieldType::Choices(_) | FieldType::Words | FieldType::Links(_) => {
            split(text).map(Json::from)
        }
        FieldType::File | FieldType::Rating | FieldType::Rows(_) => serde_json::from_str(text)
            .map_err(|err| format!("this is no JSON text ({err}): correct it, or export again")),
        FieldType::Text
        | FieldType::Markdown
        | FieldType::Bool
        | FieldType::Integer
        | FieldType::Decimal
        | FieldType::Day
        | FieldType::Instant
        | FieldType::Period
        | FieldType::Choice(_)
        | FieldType::Link(_) => Ok(Json::from(text)),
    }
}

fn word(node: &Node) -> Option<&str> {
    match node {
        Node::Text(text) => Some(text),
        Node::Name { name, .. } => Some(name),
        _ => None,
    }
}

fn json(node: &Node) -> Value {
    let mut out = String::new();
    node.print(&mut out, None);
    Value::Text(out)
}

fn join(words: &[&str]) -> String {
    let quoted = words.iter().map(|word| {
        let needs =
            word.is_empty() || word.contains(';') || word.starts_with('"') || word.trim() != *word;
        if needs { format!("\"{}\"", word.replace('"', "\"\"")) } else { (*word).to_owned() }
    });
    quoted.collect::<Vec<_>>().join("; ")
}

fn split(text: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let Some(mut quoted) = rest.strip_prefix('"') else {
            let (word, after) = rest.split_once(';').unwrap_or((rest, ""));
            words.extend(Some(word.trim().to_owned()).filter(|it| !it.is_empty()));
            rest = after.trim_start();
            continue;
        };
        let mut word = String::new();
        loop {
            let Some((part, after)) = quoted.split_once('"') else {
                return Err("a quoted part of the list is never closed: add a `\"`".to_owned());
            };
            word.push_str(part);
            match after.strip_prefix('"') {
                Some(more) => {
                    word.push('"');
                    quoted = more;
                }
                None => {
                    rest = after.trim_start();
                    break;
                }
            }
        }
        words.push(word);
        rest = match (rest.strip_prefix(';'), rest) {
            (Some(after), _) => after.trim_start(),
            (None, "") => "",
            (None, _) => {
                return Err("text follows a closed quote in the list: add a `;`".to_owned());
            }
        };
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lists_come_back(words in proptest::collection::vec("[a;\" \\n'=]{0,5}", 1..5)) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            prop_assert_eq!(split(&join(&words)).unwrap(), words);
        }
    }

    #[test]
    fn people_may_write_lists_by_hand() {
        assert_eq!(split("a;b ;  c").unwrap(), ["a", "b", "c"]);
        assert_eq!(split("a; \"b; c\";").unwrap(), ["a", "b; c"]);
        assert!(split("\"a").is_err());
        assert!(split("\"a\" b").is_err());
    }
}
