//! Markdown with TOML in front, for kinds that have one main text.

use meta::{FieldType, KindDef};

const FENCE: &str = "+++\n";

/// The place of a kind's main text: its Markdown field named `text`.
pub(super) fn main_text(def: &KindDef) -> Option<usize> {
    let (at, field) = def.field("text")?;
    matches!(field.ty, FieldType::Markdown).then_some(at)
}

/// Whether a text can stand below the front matter and be read back as it was: line ends may be
/// changed on the way through git.
pub(super) fn fits(text: &str) -> bool {
    !text.contains(['\r', '\u{feff}'])
}

/// The front matter and the text below it.
pub(super) fn join(front: &str, text: Option<&str>) -> String {
    match text {
        Some(text) => format!("{FENCE}{front}{FENCE}\n{text}\n"),
        None => format!("{FENCE}{front}{FENCE}"),
    }
}

/// Parts a file into front matter and text.
///
/// # Errors
/// One sentence when there is no front matter.
pub(super) fn split(file: &str) -> Result<(&str, Option<&str>), String> {
    let none = "it does not begin with a line `+++`: put the record's fields between two of them";
    let rest = file.strip_prefix(FENCE).ok_or(none)?;
    let (front, below) = if let Some(below) = rest.strip_prefix(FENCE) {
        ("", below)
    } else if let Some(at) = rest.find("\n+++\n") {
        (&rest[..=at], &rest[at + 5..])
    } else if let Some(front) = rest.strip_suffix("\n+++") {
        (front, "")
    } else {
        return Err("the line `+++` that ends the front matter is missing: add it".to_owned());
    };
    // One empty line parts both, and one line end closes the file.
    let text = below.strip_prefix('\n').unwrap_or(below);
    let text = text.strip_suffix('\n').unwrap_or(text);
    Ok((front, Some(text).filter(|it| !it.is_empty())))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_come_back(text in "[a+\\n #]{1,12}") {
            let file = join("a = 1\n", Some(&text));
            prop_assert_eq!(split(&file).unwrap(), ("a = 1\n", Some(text.as_str())));
        }
    }

    #[test]
    fn editors_may_drop_the_last_line_end() {
        assert_eq!(split("+++\na = 1\n+++").unwrap(), ("a = 1", None));
        assert_eq!(split("+++\na = 1\n+++\ntext").unwrap(), ("a = 1\n", Some("text")));
        assert_eq!(split("+++\n+++\n\ntext\n").unwrap(), ("", Some("text")));
        assert!(split("text").is_err() && split("+++\na = 1\n").is_err());
    }
}
