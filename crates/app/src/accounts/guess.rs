//! Whether a password is easy to guess: what is left of it once the words and patterns are taken
//! out that everybody tries.
//!
//! A list of leaked passwords long enough to be of use would be larger than the program; nearly all
//! that are twelve characters or more are made of a few words, years, repetitions and walks over
//! the keyboard. So a password is cut into such pieces, the cheapest way there is: a piece counts
//! little, a character in no piece counts for itself, and the sum must reach [`ENOUGH`].

use unicode_normalization::UnicodeNormalization as _;

use self::words::COMMON;

mod words;

/// What makes a password easy to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weakness {
    /// Words that everybody tries.
    Common,
    /// Words that are known of its owner.
    Known,
    /// Repetition, the alphabet, the keyboard.
    Pattern,
}

/// The least sum: four common words, or six characters in no pattern.
const ENOUGH: u32 = 12;

const CHARACTER: u32 = 2;
const WORD: u32 = 3;
const PATTERN: u32 = 2;

/// The shortest word, and the shortest repetition or walk, in characters.
const SHORTEST: usize = 3;

/// Rows of keyboards, and other orders in which fingers walk.
const WALKS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "qwertzuiopü",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujm",
    "!@#$%^&*()",
    "!\"§$%&/()=",
];

/// The cheapest way to cut the characters up to some place into pieces.
#[derive(Clone, Copy)]
struct Cut {
    sum: u32,
    words: bool,
    known: bool,
}

/// What makes a password easy to guess for somebody who knows these names; `None` when it is not.
pub(super) fn weakness(password: &str, known: &[&str]) -> Option<Weakness> {
    let characters: Vec<char> = joined(password).collect();
    let known = words_of(known);
    let cut = cheapest(&characters, &known);
    if cut.sum >= ENOUGH {
        return None;
    }
    Some(match cut {
        Cut { known: true, .. } => Weakness::Known,
        Cut { words: true, .. } => Weakness::Common,
        _ => Weakness::Pattern,
    })
}

fn cheapest(characters: &[char], known: &[Vec<char>]) -> Cut {
    let none = Cut { sum: u32::MAX, words: false, known: false };
    let mut cuts = vec![none; characters.len() + 1];
    cuts[0].sum = 0;
    for at in 0..characters.len() {
        let (from, rest) = (cuts[at], &characters[at..]);
        let mut offer = |length: usize, cost: u32, words: bool, known: bool| {
            let to = &mut cuts[at + length];
            let sum = from.sum + cost;
            if sum < to.sum {
                *to = Cut { sum, words: from.words || words, known: from.known || known };
            }
        };
        offer(1, CHARACTER, false, false);
        for word in known.iter().filter(|it| begins(rest, it.iter().copied())) {
            offer(word.len(), WORD, false, true);
        }
        for word in COMMON.iter().filter(|it| begins(rest, it.chars())) {
            offer(word.chars().count(), WORD, true, false);
        }
        if is_year(rest) {
            offer(4, PATTERN, false, false);
        }
        let same = rest.iter().take_while(|it| **it == rest[0]).count();
        (2..=same).for_each(|length| offer(length, PATTERN, false, false));
        let longest = walk(rest).max(repetition(characters, at));
        (SHORTEST..=longest).for_each(|length| offer(length, PATTERN, false, false));
    }
    cuts[characters.len()]
}

/// The names in these texts: word by word, and each text as a whole in the ways it may be typed.
fn words_of(texts: &[&str]) -> Vec<Vec<char>> {
    let mut words = Vec::new();
    for text in texts {
        let folded: String = fold(text).collect();
        words.extend(folded.split(|it: char| !it.is_alphanumeric()).map(|it| it.chars().collect()));
        words.push(folded.chars().filter(|it| it.is_alphanumeric()).collect());
        words.push(joined(text).collect());
    }
    words.retain(|it: &Vec<char>| it.len() >= SHORTEST);
    words
}

/// Whether characters begin with a word, also with digits and signs in the place of letters.
fn begins(characters: &[char], word: impl Iterator<Item = char>) -> bool {
    let mut characters = characters.iter();
    let mut word = word;
    word.all(|letter| {
        characters.next().is_some_and(|&it| it == letter || stands_for(it).contains(letter))
    })
}

/// The letters that a digit or a sign is used for.
fn stands_for(character: char) -> &'static str {
    match character {
        '0' => "o",
        '1' | '!' | '|' => "il",
        '3' => "e",
        '4' | '@' => "a",
        '5' | '$' => "s",
        '6' | '9' => "g",
        '7' | '+' => "t",
        '8' => "b",
        _ => "",
    }
}

fn is_year(characters: &[char]) -> bool {
    let digits = characters.len() >= 4 && characters[..4].iter().all(char::is_ascii_digit);
    digits && matches!(characters[..2], ['1', '9'] | ['2', '0'])
}

/// The length of the longest walk at the beginning, in either direction.
fn walk(characters: &[char]) -> usize {
    let length = |order: &[char]| {
        let starts = (0..order.len()).filter(|it| order[*it] == characters[0]);
        let lengths = starts
            .map(|start| order[start..].iter().zip(characters).take_while(|(a, b)| a == b).count());
        lengths.max().unwrap_or_default()
    };
    let both = WALKS.iter().flat_map(|walk| {
        let order: Vec<char> = walk.chars().collect();
        let back: Vec<char> = order.iter().rev().copied().collect();
        [length(&order), length(&back)]
    });
    both.max().unwrap_or_default()
}

/// The length of the longest piece that begins here and was there before.
fn repetition(characters: &[char], at: usize) -> usize {
    let earlier = (0..at).map(|start| {
        let pairs = characters[start..].iter().zip(&characters[at..]);
        pairs.take_while(|(a, b)| a == b).count()
    });
    earlier.max().unwrap_or_default()
}

/// A text without what separates words: whether they are written apart tells little.
fn joined(text: &str) -> impl Iterator<Item = char> {
    fold(text).filter(|it| !it.is_whitespace() && !"-_.,".contains(*it))
}

fn fold(text: &str) -> impl Iterator<Item = char> {
    text.nfc().flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] =
        &["ada.lind@acme-clinics.example", "Ada Lind", "acme", "Acme Clinics GmbH"];

    #[test]
    fn what_everybody_tries_is_weak() {
        for password in [
            "Password2026!",
            "P@ssw0rd1234",
            "passwordpassword",
            "Welcome12345",
            "letmein123456",
            "Summer2026!!",
            "correct horse battery staple",
            "Muniment2026!",
            "administrator1",
            "iloveyou1234",
            "Sommer-2026-!",
            "sunshine7391",
        ] {
            assert_eq!(weakness(password, &[]), Some(Weakness::Common), "{password}");
        }
    }

    #[test]
    fn repetition_and_walks_are_weak() {
        for password in [
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "123456789012",
            "qwertyuiop12",
            "qwertzuiopasdf",
            "1q2w3e4r5t6y",
            "zyxwvutsrqpo",
            "            ",
            "xk7xk7xk7xk7",
        ] {
            assert_eq!(weakness(password, &[]), Some(Weakness::Pattern), "{password}");
        }
    }

    #[test]
    fn what_is_known_of_somebody_is_weak_for_them() {
        for password in
            ["ada.lind@acme-clinics.example", "AdaLind-2026", "acmeclinics1!", "L1nd4cme2026"]
        {
            assert_eq!(weakness(password, KNOWN), Some(Weakness::Known), "{password}");
        }
        assert_eq!(weakness("hollerbusch am teich", KNOWN), None);
    }

    #[test]
    fn what_nobody_tries_is_not_weak() {
        for password in [
            "purple kettle on the roof",
            "dieWiesehinterdemHaus",
            "k3Vq-9Zt2-Lm7x",
            "839201748365",
            "Ωμέγα και άλφα",
            "守口如瓶防意如城三思后行",
            "my dragon hates football on mondays",
        ] {
            assert_eq!(weakness(password, &[]), None, "{password}");
        }
    }

    #[test]
    fn the_words_are_written_as_they_are_compared() {
        for word in COMMON {
            assert!(word.chars().count() >= SHORTEST, "{word}");
            assert_eq!(fold(word).collect::<String>(), *word);
            assert_eq!(COMMON.iter().filter(|it| *it == word).count(), 1, "{word}");
        }
    }
}
