//! In which order people of a language look for words.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use icu_collator::{
    CollatorBorrowed, CollatorPreferences, options::CollatorOptions,
    preferences::CollationNumericOrdering,
};
use icu_locale_core::LanguageIdentifier;
use kinds::organization::Organization;

use crate::{Isms, resolve::fold};

/// Puts texts in the order in which people of a language look for them.
pub struct Collation(CollatorBorrowed<'static>);

/// The language by whose order texts are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language(CollatorPreferences);

/// Texts are told apart by their beginning: who sorts by a long text looks for its first words.
const LETTERS: usize = 96;

/// Languages that have an order of their own, as they are called in English, in German and by those
/// who speak them. All others are told by their code, or have the common order.
const NAMES: &[(&str, &[&str])] = &[
    ("bs", &["bosnian", "bosnisch", "bosanski"]),
    ("ca", &["catalan", "katalanisch", "català"]),
    ("cs", &["czech", "tschechisch", "čeština", "česky"]),
    ("cy", &["welsh", "walisisch", "cymraeg"]),
    ("da", &["danish", "dänisch", "dansk"]),
    ("el", &["greek", "griechisch", "ελληνικά"]),
    ("es", &["spanish", "spanisch", "español", "castellano"]),
    ("et", &["estonian", "estnisch", "eesti"]),
    ("fi", &["finnish", "finnisch", "suomi"]),
    ("hr", &["croatian", "kroatisch", "hrvatski"]),
    ("hu", &["hungarian", "ungarisch", "magyar"]),
    ("is", &["icelandic", "isländisch", "íslenska"]),
    ("ja", &["japanese", "japanisch", "日本語"]),
    ("ko", &["korean", "koreanisch", "한국어"]),
    ("lt", &["lithuanian", "litauisch", "lietuvių"]),
    ("lv", &["latvian", "lettisch", "latviešu"]),
    ("nb", &["norwegian", "norwegisch", "norsk", "bokmål", "norsk bokmål"]),
    ("pl", &["polish", "polnisch", "polski"]),
    ("ro", &["romanian", "rumänisch", "română"]),
    ("ru", &["russian", "russisch", "русский"]),
    ("sk", &["slovak", "slowakisch", "slovenčina", "slovensky"]),
    ("sl", &["slovenian", "slovene", "slowenisch", "slovenščina"]),
    ("sq", &["albanian", "albanisch", "shqip"]),
    ("sr", &["serbian", "serbisch", "српски", "srpski"]),
    ("sv", &["swedish", "schwedisch", "svenska"]),
    ("tr", &["turkish", "türkisch", "türkçe"]),
    ("uk", &["ukrainian", "ukrainisch", "українська"]),
    ("zh", &["chinese", "chinesisch", "中文"]),
];

/// The code of each language in [`NAMES`], by its names in folded letters.
static CODES: LazyLock<HashMap<String, &str>> = LazyLock::new(|| {
    let named = |(code, names): &(&'static str, &[&str])| {
        names.iter().map(|it| (fold(it), *code)).collect::<Vec<_>>()
    };
    NAMES.iter().flat_map(named).collect()
});

impl Language {
    /// The first language that the organization names; the order that all share where that says
    /// nothing.
    pub fn of(isms: &Isms) -> Self {
        let mut named = isms.all::<Organization>().filter_map(|(_, it)| it.languages.first());
        Self::named(named.next().map_or("", String::as_str))
    }

    /// A language by its name or by its code, such as `cs` or `de-AT`.
    fn named(name: &str) -> Self {
        let code = CODES.get(&fold(name)).copied().unwrap_or(name.trim());
        let mut preferences = match LanguageIdentifier::try_from_str(code) {
            Ok(language) => CollatorPreferences::from(&language),
            Err(_) => CollatorPreferences::default(),
        };
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        Self(preferences)
    }
}

impl Collation {
    /// The order of a language; the one that all share where it has none of its own.
    pub fn new(language: Language) -> Self {
        let Language(preferences) = language;
        let mut shared = CollatorPreferences::default();
        shared.numeric_ordering = preferences.numeric_ordering;
        let own = CollatorBorrowed::try_new(preferences, CollatorOptions::default());
        Self(own.unwrap_or_else(|_| {
            CollatorBorrowed::try_new(shared, CollatorOptions::default())
                .expect("the root collation is part of the library")
        }))
    }

    /// A text in a form whose bytes are in order: `a` < `Ä` < `b`, `A.5.9` < `A.5.10`.
    pub fn key(&self, text: &str) -> Arc<[u8]> {
        let end = text.char_indices().nth(LETTERS).map_or(text.len(), |it| it.0);
        let mut key = Vec::with_capacity(2 * end);
        let Ok(()) = self.0.write_sort_key_to(&text[..end], &mut key);
        key.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(language: &str) -> Vec<&'static str> {
        let collation = Collation::new(Language::named(language));
        let mut words = vec!["zebra", "A.5.10", "A.5.9", "idea", "churn", "öl", "chalk", "cube"];
        words.sort_by_key(|it| collation.key(it));
        words
    }

    #[test]
    fn each_language_has_its_order() {
        let shared = ["A.5.9", "A.5.10", "chalk", "churn", "cube", "idea", "öl", "zebra"];
        let czech = ["A.5.9", "A.5.10", "cube", "chalk", "churn", "idea", "öl", "zebra"];
        let swedish = ["A.5.9", "A.5.10", "chalk", "churn", "cube", "idea", "zebra", "öl"];
        for language in ["", "German", "de-AT", "English", "whatever we speak", "\0"] {
            assert_eq!(sorted(language), shared, "{language}");
        }
        for language in ["Czech", "čeština", " Tschechisch ", "cs", "cs-CZ"] {
            assert_eq!(sorted(language), czech, "{language}");
        }
        assert_eq!(sorted("Svenska"), swedish);
    }
}
