//! What a text may hold: no signs that nobody sees, and no more than somebody reads. Imports are
//! not held to it: what stands in a register is taken as it is.

use kinds::{Kind, approval::Approval};
use meta::{Extras, FieldType, KindDef, Problem};
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
        refuse("", "the reason", judge("note", false, text))?;
    }
    Ok(())
}

/// Refuses fields that hold what cannot be kept.
pub(super) fn check_fields(
    record: &str,
    def: &KindDef,
    fields: &Map<String, Value>,
) -> Result<(), Refusal> {
    let mut problems = Vec::new();
    for (name, value) in fields {
        look(name, def.field(name).map(|(_, it)| it.ty), value, &mut problems);
    }
    refuse(def.id, record, problems)
}

/// Refuses tags that cannot be kept.
pub(super) fn check_extras(record: &str, def: &KindDef, extras: &Extras) -> Result<(), Refusal> {
    refuse(def.id, record, extras.tags.iter().flat_map(|it| judge("tags", true, it)).collect())
}

/// Refuses an assent whose words cannot be kept.
pub(super) fn check_assent(act: &Assent) -> Result<(), Refusal> {
    let texts =
        [("conditions", &act.conditions), ("comment", &act.comment), ("edition", &act.edition)];
    let problems = texts.into_iter().flat_map(|(name, text)| {
        text.iter().flat_map(move |it| judge(name, name == "edition", it)).collect::<Vec<_>>()
    });
    refuse(Approval::ID, "the approval", problems.collect())
}

fn refuse(kind: &'static str, record: &str, problems: Vec<Problem>) -> Result<(), Refusal> {
    match problems.is_empty() {
        true => Ok(()),
        false => Err(Refusal::Invalid { kind, record: record.to_owned(), problems }),
    }
}

fn look(path: &str, ty: Option<FieldType>, value: &Value, problems: &mut Vec<Problem>) {
    match value {
        Value::String(text) => {
            let is_line = matches!(ty, Some(FieldType::Text | FieldType::Words));
            problems.extend(judge(path, is_line, text));
        }
        Value::Array(list) => {
            for (at, it) in list.iter().enumerate() {
                look(&format!("{path}[{at}]"), ty, it, problems);
            }
        }
        Value::Object(map) => map.iter().for_each(|(name, it)| {
            let ty = match ty {
                Some(FieldType::Rows(row)) => row.fields.iter().find(|it| it.name == name),
                _ => None,
            };
            look(&format!("{path}.{name}"), ty.map(|it| it.ty), it, problems);
        }),
        _ => {}
    }
}

fn judge(path: &str, is_line: bool, text: &str) -> Vec<Problem> {
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
    if is_plain(text) {
        return problems;
    }
    if is_line && text.contains(['\n', '\r', '\t', '\u{2028}', '\u{2029}']) {
        let message = "holds the end of a line or a tab, and is one line only: use blanks";
        problems.push(Problem::on(path, message));
    }
    if let Some(sign) = text.chars().find(|it| is_hidden(*it)) {
        let message = format!(
            "holds a sign that nobody can see (U+{:04X}): delete it, or type the text again",
            u32::from(sign)
        );
        problems.push(Problem::on(path, message));
    }
    problems
}

/// Whether nobody sees a sign, or what it does to those around it. Joiners, which scripts need, are
/// none of them, nor are tabs and the ends of lines.
pub fn is_hidden(sign: char) -> bool {
    match sign {
        '\n' | '\r' | '\t' => false,
        '\u{200b}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => sign.is_control(),
    }
}

/// Whether a text holds a sign that nobody sees.
pub fn hides_signs(text: &str) -> bool {
    !is_plain(text) && text.contains(is_hidden)
}

/// Whether all of a text is printable ASCII in one line, as most is: told without a branch per sign.
fn is_plain(text: &str) -> bool {
    text.bytes().fold(true, |all, it| all & (b' '..=b'~').contains(&it))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(fields: Value) -> String {
        let (def, fields) = (kinds::kind("action").unwrap(), fields.as_object().unwrap());
        check_fields("RISK-1", def, fields).err().map(|it| it.to_string()).unwrap_or_default()
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
        for sign in ["\u{200b}", "\u{202e}", "\u{2066}", "\u{feff}"] {
            assert!(said(json!({"title": sign})).contains("`title`: holds a sign"), "{sign:?}");
        }
        assert!(said(json!({"text": "a\u{202e}b"})).contains("(U+202E)"));
        assert!(said(json!({"words": ["\u{85}"]})).contains("`words[0]`"));
    }

    #[test]
    fn what_is_one_line_has_no_second() {
        for sign in ["\n", "\t", "\r", "\u{2028}", "\u{2029}"] {
            assert!(said(json!({"title": sign})).contains("`title`: holds the end"), "{sign:?}");
            let row = json!({"progress": [{"text": sign}]});
            assert!(said(row).contains("`progress[0].text`: holds the end"), "{sign:?}");
            assert_eq!(said(json!({"details": sign})), "", "{sign:?}");
        }
    }

    #[test]
    fn a_title_is_no_book() {
        assert_eq!(said(json!({"title": "ä".repeat(1_000), "text": "ä".repeat(2_000_000)})), "");
        assert!(said(json!({"title": "ä".repeat(1_001)})).contains("1001 characters"));
        assert!(said(json!({"text": "ä".repeat(2_000_001)})).contains("shorten it"));
    }
}
