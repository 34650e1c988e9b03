//! Where words may break that no column can hold.

/// `text` with break opportunities in words that no column can hold.
pub(crate) fn breakable(text: &str) -> String {
    const LONGEST: usize = 18;
    const STEP: usize = 9;
    if text.split_whitespace().all(|word| word.chars().count() <= LONGEST) {
        return text.to_owned();
    }
    text.split_inclusive(char::is_whitespace)
        .map(|word| {
            let count = word.trim_end().chars().count();
            if count <= LONGEST {
                return word.to_owned();
            }
            let mut broken = String::with_capacity(word.len() + 12);
            let mut run = 0;
            for (place, character) in word.chars().enumerate() {
                broken.push(character);
                run += 1;
                let near_end = count.saturating_sub(place + 1) < 4;
                if near_end {
                    continue;
                }
                if "/._-=&?@,;:|\\".contains(character) {
                    broken.push('\u{200b}');
                    run = 0;
                } else if run >= STEP {
                    // A letter run is a word and shows its hyphen, anything else is a code.
                    broken.push(if character.is_alphabetic() { '\u{ad}' } else { '\u{200b}' });
                    run = 0;
                }
            }
            broken
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_can_break_and_short_ones_stay_as_they_are() {
        assert_eq!(breakable("Umlaute über Öl"), "Umlaute über Öl");
        let word = breakable("Informationssicherheitsbeauftragter");
        assert!(word.contains('\u{ad}'));
        assert_eq!(word.replace('\u{ad}', ""), "Informationssicherheitsbeauftragter");
        let link = breakable("see https://example.org/a/long/path.html\nnext");
        assert!(link.contains("/\u{200b}"));
        assert_eq!(
            link.replace(['\u{200b}', '\u{ad}'], ""),
            "see https://example.org/a/long/path.html\nnext"
        );
    }
}
