//! Closed lists of options.

/// One option of a choice.
#[derive(Debug, PartialEq, Eq)]
pub struct ChoiceDef {
    /// As stored, in snake case.
    pub id: &'static str,
    /// As shown.
    pub label: &'static str,
    /// What choosing it means.
    pub help: &'static str,
    /// Other words for it, as people write them in spreadsheets (English, German, French).
    pub also: &'static [&'static str],
}

/// An enum without data whose variants are options. Derived.
pub trait Choice: Copy + Eq + 'static {
    /// The options, in the order of the variants.
    const CHOICES: &'static [ChoiceDef];
    /// The variants, in the same order.
    const ALL: &'static [Self];

    /// The option this value is.
    fn def(self) -> &'static ChoiceDef;

    /// The variant with this id.
    fn from_id(id: &str) -> Option<Self> {
        let at = Self::CHOICES.iter().position(|it| it.id == id)?;
        Self::ALL.get(at).copied()
    }
}
