//! What a text may hold: no signs that nobody sees, and no more than somebody reads. Imports are
//! not held to it: what stands in a register is taken as it is.

use meta::{Extras, Problem};
use serde_json::{Map, Value};

use crate::{Command, Refusal, Step, command::Assent};

/// The longest title, in characters.
const LONGEST_TITLE: usize = 1_000;

/// The longest tag, in characters: it stands in one line with others.
const LONGEST_TAG: usize = 120;

/// The longest text of any other field, in characters: a book.
const LONGEST_TEXT: usize = 2_000_000;

/// Refuses a reason that cannot be kept.
pub(super) fn check_note(command: &Command) -> Result<(), Refusal> {
    let reasons = command.steps.iter().filter_map(|it| match it {
        Step::Move { reason, .. } => reason.as_deref(),
        _ => None,
    });
    for text in command.note.as_deref().into_iter().chain(reasons) {
        refuse("the reason", judge("note", text))?;
    }
    Ok(())
}

/// Refuses fields that hold what cannot be kept.
pub(super) fn check_fields(record: &str, fields: &Map<String, Value>) -> Result<(), Refusal> {
    let mut problems = Vec::new();
    for (name, value) in fields {
        look(name, value, &mut problems);
    }
    refuse(record, problems)
}

/// Refuses tags that cannot be kept.
pub(super) fn check_extras(record: &str, extras: &Extras) -> Result<(), Refusal> {
    refuse(record, extras.tags.iter().flat_map(|it| judge("tags", it)).collect())
}

/// Refuses an assent whose words cannot be kept.
pub(super) fn check_assent(act: &Assent) -> Result<(), Refusal> {
    let texts =
        [("conditions", &act.conditions), ("comment", &act.comment), ("edition", &act.edition)];
    let problems = texts.into_iter().flat_map(|(name, text)| {
        text.iter().flat_map(move |it| judge(name, it)).collect::<Vec<_>>()
    });
    refuse("the approval", problems.collect())
}

fn refuse(record: &str, problems: Vec<Problem>) -> Result<(), Refusal> {
    match problems.is_empty() {
        true => Ok(()),
        false => Err(Refusal::Invalid { record: record.to_owned(), problems }),
    }
}

fn look(path: &str, value: &Value, problems: &mut Vec<Problem>) {
    match value {
        Value::String(text) => problems.extend(judge(path, text)),
        Value::Array(list) => {
            for (at, it) in list.iter().enumerate() {
                look(&format!("{path}[{at}]"), it, problems);
            }
        }
        Value::Object(map) => {
            map.iter().for_each(|(name, it)| look(&format!("{path}.{name}"), it, problems));
        }
        _ => {}
    }
}

fn judge(path: &str, text: &str) -> Vec<Problem> {
    let longest = match path {
        "title" => LONGEST_TITLE,
        "tags" => LONGEST_TAG,
        _ => LONGEST_TEXT,
    };
    let mut problems = Vec::new();
    // A text has at least as many bytes as characters: most are never counted.
    if text.len() > longest {
        let count = text.chars().count();
        if count > longest {
            let message = format!("is {count} characters long and may have {longest}: shorten it");
            problems.push(Problem::on(path, message));
        }
    }
    let is_line = ["title", "tags"].contains(&path);
    if let Some(sign) = text.chars().find(|it| is_hidden(*it, is_line)) {
        let message = format!(
            "holds a sign that nobody can see (U+{:04X}): delete it, or type the text again",
            u32::from(sign)
        );
        problems.push(Problem::on(path, message));
    }
    problems
}

/// Whether nobody sees a sign, or what it does to those around it. Joiners, which scripts need, are
/// none of them; the ends of lines and tabs are where there is one line only.
fn is_hidden(sign: char, is_line: bool) -> bool {
    match sign {
        '\n' | '\r' | '\t' => is_line,
        '\u{200b}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => sign.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(fields: Value) -> String {
        let fields = fields.as_object().unwrap();
        check_fields("RISK-1", fields).err().map(|it| it.to_string()).unwrap_or_default()
    }

    #[test]
    fn signs_that_nobody_sees_are_refused_where_they_stand() {
        assert_eq!(
            said(json!({"title": "Größe 🙂 👩\u{200d}💻 می\u{200c}خواهم", "text": "a\tb\r\nc"})),
            ""
        );
        assert!(said(json!({"title": "a\0b"})).contains("`title`: holds a sign"));
        assert!(
            said(json!({"rows": [{"name": "a"}, {"name": "\u{1b}[2J"}]}))
                .contains("`rows[1].name`: holds a sign that nobody can see (U+001B)")
        );
        for sign in ["\n", "\t", "\u{200b}", "\u{202e}", "\u{2066}", "\u{feff}"] {
            assert!(said(json!({"title": sign})).contains("`title`: holds a sign"), "{sign:?}");
        }
        assert!(said(json!({"text": "a\u{202e}b"})).contains("(U+202E)"));
        assert!(said(json!({"words": ["\u{85}"]})).contains("`words[0]`"));
    }

    #[test]
    fn a_title_is_no_book() {
        assert_eq!(said(json!({"title": "ä".repeat(1_000), "text": "ä".repeat(2_000_000)})), "");
        assert!(said(json!({"title": "ä".repeat(1_001)})).contains("1001 characters"));
        assert!(said(json!({"text": "ä".repeat(2_000_001)})).contains("shorten it"));
    }
}
