//! How likely a title or label is what somebody means by a few letters.

use memchr::memmem::Finder;
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::resolve::fold;

/// It is just this.
pub const EXACT: u32 = 5_000;
/// It begins so.
const BEGINS: u32 = 4_000;
/// Words in it begin so.
const WORDS: u32 = 3_000;
/// It has this somewhere.
pub const PART: u32 = 2_000;
/// It has these letters in this order.
pub const SCATTERED: u32 = 1_000;
/// It is said elsewhere in the record.
pub const TEXT: u32 = 500;

/// Letters that are too few to look for them scattered over a title.
const FEW: usize = 3;

/// Ranks titles and labels by how likely somebody means them.
pub struct Ranker {
    needle: String,
    whole: Finder<'static>,
    words: Vec<Finder<'static>>,
    matcher: Matcher,
    letters: Vec<char>,
    title: Vec<char>,
    /// What a match of scattered letters must score to be one.
    least: u16,
}

impl Ranker {
    /// A ranker for what somebody typed.
    pub fn new(typed: &str) -> Self {
        let needle = fold(typed);
        // Both sides are folded already.
        let mut config = Config::DEFAULT;
        config.ignore_case = false;
        config.normalize = false;
        let letters: Vec<char> = needle.chars().collect();
        // A letter scores 16, less a little for each gap before it; at the beginning of a word more.
        let least = u16::try_from(letters.len()).unwrap_or(u16::MAX).saturating_mul(14);
        let finder = |it: &str| Finder::new(it).into_owned();
        let (whole, words) = (finder(&needle), needle.split(' ').map(finder).collect());
        let matcher = Matcher::new(config);
        Self { needle, whole, words, matcher, letters, title: Vec::new(), least }
    }

    /// How likely a label is meant, the higher, the likelier; `None` where it is not.
    pub fn rank(&mut self, label: &str) -> Option<u32> {
        let label = fold(label);
        self.rank_said(&label).or_else(|| self.rank_scattered(&label))
    }

    /// What was typed, folded.
    pub(super) fn needle(&self) -> &str {
        &self.needle
    }

    /// The longest of the words that were typed.
    pub(super) fn longest_word(&self) -> &str {
        self.needle.split(' ').max_by_key(|it| it.len()).unwrap_or_default()
    }

    /// The rank of a folded title that says what was typed.
    pub(super) fn rank_said(&self, title: &str) -> Option<u32> {
        if self.needle.is_empty() {
            return None;
        }
        if let Some(rest) = title.strip_prefix(&self.needle) {
            return Some(match rest.as_bytes().first() {
                None => EXACT,
                Some(b' ') => BEGINS + 1,
                Some(_) => BEGINS,
            });
        }
        let title = title.as_bytes();
        let begins =
            |word: &Finder<'_>| word.find_iter(title).any(|at| at == 0 || title[at - 1] == b' ');
        if begins(&self.whole) {
            return Some(WORDS + 1);
        }
        if self.words.iter().all(begins) {
            return Some(WORDS);
        }
        self.words.iter().all(|it| it.find(title).is_some()).then_some(PART)
    }

    /// The rank of a folded title that has the letters typed, close enough together.
    pub(super) fn rank_scattered(&mut self, title: &str) -> Option<u32> {
        if self.letters.len() < FEW {
            return None;
        }
        let needle = if self.needle.is_ascii() {
            Utf32Str::Ascii(self.needle.as_bytes())
        } else {
            Utf32Str::Unicode(&self.letters)
        };
        let score = self.matcher.fuzzy_match(Utf32Str::new(title, &mut self.title), needle)?;
        (score >= self.least).then(|| SCATTERED + u32::from(score).min(PART - SCATTERED - 1))
    }
}
