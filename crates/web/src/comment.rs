//! A comment, as it is made of what somebody says on a page or through the API.

use domain::command::New;
use kinds::comment::Comment;
use meta::{Extras, Kind, Provenance, Record};
use serde_json::{Map, Value, json};

use crate::{Ask, widget};

/// The longest comment, in letters.
const LONGEST: usize = 20_000;

/// The longest first line that stands for it, in letters.
const LINE: usize = 120;

/// How many signs `@` of a comment are looked at.
const MENTIONED: usize = 50;

/// What is said about a record; `@name` mentions a person.
///
/// # Errors
/// Why it cannot be said.
pub(crate) fn new(
    ask: &Ask,
    record: &Record,
    text: &str,
    provenance: Provenance,
) -> Result<New, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("write what you want to say".to_owned());
    }
    let count = text.chars().count();
    if count > LONGEST {
        return Err(format!(
            "your comment is {count} letters long and may have {LONGEST}: shorten it, or attach \
             it as a file"
        ));
    }
    let line = text.lines().next().unwrap_or_default().chars();
    let line: String = line.filter(|it| !it.is_control() && !domain::is_hidden(*it)).collect();
    let mut fields = Map::from_iter([
        ("title".to_owned(), line.chars().take(LINE).collect::<String>().into()),
        ("text".to_owned(), json!(text)),
        ("about".to_owned(), json!(record.head.id.to_string())),
    ]);
    let mentioned = mentions(ask, text);
    if !mentioned.is_empty() {
        fields.insert("mentions".to_owned(), Value::Array(mentioned));
    }
    Ok(New {
        id: app::fresh_id(),
        kind: Comment::ID.to_owned(),
        fields,
        stage: None,
        provenance,
        extras: Extras::default(),
    })
}

/// The persons that a text mentions: `@` and their name, e-mail or number.
fn mentions(ask: &Ask, text: &str) -> Vec<Value> {
    let sight = ask.sight();
    let mut found = Vec::new();
    for part in text.split('@').skip(1).take(MENTIONED) {
        let words: Vec<&str> = part.split_whitespace().take(4).collect();
        // The longest name wins: “Anna Maria Berg” before “Anna”.
        let named = (1..=words.len()).rev().find_map(|count| {
            let name = words[..count].join(" ");
            let name = name.trim_end_matches([',', '.', ';', ':', '!', '?', ')']);
            widget::pick(&sight, &["person"], name).ok()
        });
        if let Some(link) = named {
            let id = json!(link.id.to_string());
            if !found.contains(&id) {
                found.push(id);
            }
        }
    }
    found
}
