//! Yes and no.

use crate::text::fold;

/// Whether a cell says yes or no, in English, German or French; `None` for anything else, also
/// for `n/a`, `-` and an empty cell.
pub fn boolean(text: &str) -> Option<bool> {
    match text.trim() {
        "✓" | "✔" | "☑" | "✅" => return Some(true),
        "✗" | "✘" | "☒" | "❌" | "☐" => return Some(false),
        _ => {}
    }
    match fold(text).as_str() {
        "yes" | "y" | "true" | "t" | "x" | "1" | "ja" | "j" | "wahr" | "oui" | "o" | "vrai" => {
            Some(true)
        }
        "no" | "n" | "false" | "f" | "0" | "nein" | "falsch" | "non" | "faux" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::boolean;

    #[test]
    fn reads_three_languages_and_no_more() {
        for yes in ["Yes", " JA ", "oui", "x", "X", "TRUE", "✓", "1"] {
            assert_eq!(boolean(yes), Some(true), "{yes}");
        }
        for no in ["No", "nein", "Non", "false", "0", "✗"] {
            assert_eq!(boolean(no), Some(false), "{no}");
        }
        for neither in ["n/a", "N/A", "", "-", "maybe", "Yes (vendor side)", "10"] {
            assert_eq!(boolean(neither), None, "{neither}");
        }
    }
}
