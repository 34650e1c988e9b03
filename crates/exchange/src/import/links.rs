//! From names in cells to the records they mean.

use meta::Id;

use super::{
    book::{Book, Clerk, Found, document_type, is_person_like},
    cells::is_blank_sign,
};
use crate::{
    parse::{self, Separator},
    text::fold,
};

/// What a cell of names says.
#[derive(Default)]
pub(super) struct Named {
    /// The records, each once.
    pub(super) ids: Vec<Id>,
    /// Clauses and controls that are named where the field links to neither.
    pub(super) clauses: Vec<String>,
    /// Whether there is more in the cell than that.
    pub(super) more: bool,
    /// What could not be found, in a sentence.
    pub(super) trouble: Option<String>,
}

/// What a link field takes.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    /// The kinds it may point to; any when empty.
    pub(super) kinds: &'static [&'static str],
    /// Whether it takes one only.
    pub(super) single: bool,
    /// Whether the kind has another field for clauses.
    pub(super) clauses: bool,
}

enum Piece {
    Record(Id),
    Clause(String),
    Many,
    Unknown,
}

/// Reads a cell of names.
pub(super) fn read(clerk: &mut Clerk<'_, '_>, wanted: Wanted, text: &str) -> Named {
    let mut named = Named::default();
    if is_blank_sign(text) {
        named.more = true;
        return named;
    }
    let whole = piece(clerk.book(), wanted, text);
    if named.take(whole) {
        return named;
    }
    if matches!(piece(clerk.book(), wanted, text), Piece::Many) {
        named.more = true;
        named.trouble =
            Some("it may mean several records, and is kept beside the fields".to_owned());
        return named;
    }
    if let Some(parts) = chosen_split(clerk.book(), wanted, text) {
        let mut left = Vec::new();
        for part in parts {
            let found = piece(clerk.book(), wanted, part);
            if named.take(found) {
                continue;
            }
            let mut mentions = false;
            for reference in parse::references(part) {
                let found = piece(clerk.book(), wanted, reference);
                mentions |= named.take(found);
            }
            if mentions {
                named.more = true;
                continue;
            }
            match clerk.stub(wanted.kinds, part) {
                Some(id) => named.put(id),
                None => left.push(part),
            }
        }
        if !left.is_empty() {
            named.more = true;
            named.trouble = Some(unknown(wanted, left[0]));
        }
        return named.limited(wanted.single);
    }
    for reference in parse::references(text) {
        let found = piece(clerk.book(), wanted, reference);
        named.more |= named.take(found);
    }
    if named.more {
        return named.limited(wanted.single);
    }
    if wanted.kinds.contains(&"document")
        && let Some(id) = clerk.book().find_beginning(&["document"], text)
    {
        named.put(id);
        named.more = true;
        return named;
    }
    if let Some(id) = clerk.stub(wanted.kinds, text) {
        named.put(id);
        return named;
    }
    named.more = true;
    named.trouble = Some(unknown(wanted, text));
    named
}

/// The way to part a cell: where every part is known, else where a sign or a known part shows that
/// it is a list.
fn chosen_split<'t>(book: &Book<'_>, wanted: Wanted, text: &'t str) -> Option<Vec<&'t str>> {
    let mut best: Option<(usize, Vec<&str>)> = None;
    for split in parse::list(text) {
        let known = |part: &&&str| {
            matches!(piece(book, wanted, part), Piece::Record(_) | Piece::Clause(_))
                || book.can_stub(wanted.kinds)
                    && (book.is_whole(part)
                        || wanted.kinds == ["person"] && is_person_like(part)
                        || wanted.kinds.contains(&"document") && document_type(part).is_some())
        };
        let known = split.parts.iter().filter(known).count();
        if known == split.parts.len() {
            return Some(split.parts);
        }
        let sure =
            matches!(split.separator, Separator::Line | Separator::Semicolon | Separator::Bar);
        if (known > 0 || sure) && best.as_ref().is_none_or(|(most, _)| known > *most) {
            best = Some((known, split.parts));
        }
    }
    best.map(|(_, parts)| parts)
}

fn piece(book: &Book<'_>, wanted: Wanted, text: &str) -> Piece {
    match book.find(wanted.kinds, text) {
        Found::One(id) => return Piece::Record(id),
        Found::Many => return Piece::Many,
        Found::None => {}
    }
    match clause(text).filter(|_| wanted.clauses) {
        Some(clause) => Piece::Clause(clause),
        None => Piece::Unknown,
    }
}

/// The clause or control of the standard that a text names: `ISO 6.2`, `A.6.3`, `Clause 9.2`.
fn clause(text: &str) -> Option<String> {
    let mut bare = text.trim();
    for front in ["ISO/IEC 27001", "ISO 27001", "ISO/IEC", "ISO", "Clause", "Kapitel", "§"] {
        bare = bare.strip_prefix(front).unwrap_or(bare).trim_start_matches([' ', ':']);
    }
    if let Some(clause) = catalog::clause(bare) {
        return Some(clause.id.to_owned());
    }
    if catalog::requirement(bare).is_some() {
        return Some(bare.to_owned());
    }
    catalog::control(bare).map(|it| it.id.to_owned())
}

/// How a sentence begins about a cell that names what is not there.
pub(super) const NAMES_NO: &str = "it names no ";

fn unknown(wanted: Wanted, text: &str) -> String {
    let successors = catalog::successors(text);
    if wanted.kinds.contains(&"control") && !successors.is_empty() {
        let now = successors.join(", ");
        return format!(
            "it is a control of the 2013 edition, today {now}, and is kept beside the fields"
        );
    }
    let labels = wanted.kinds.iter().filter_map(|it| kinds::kind(it));
    let labels: Vec<String> = labels.map(|it| it.label.to_lowercase()).collect();
    match labels.as_slice() {
        [] => format!("{NAMES_NO}record there is, and is kept beside the fields"),
        _ => format!("{NAMES_NO}{} there is, and is kept beside the fields", labels.join(" or ")),
    }
}

impl Named {
    /// Takes what was found; whether it was something.
    fn take(&mut self, piece: Piece) -> bool {
        match piece {
            Piece::Record(id) => self.put(id),
            Piece::Clause(clause) => self.clauses.push(clause),
            Piece::Many | Piece::Unknown => return false,
        }
        true
    }

    fn put(&mut self, id: Id) {
        if !self.ids.contains(&id) {
            self.ids.push(id);
        }
    }

    /// Keeps the first record only, where the field takes no more.
    fn limited(mut self, single: bool) -> Self {
        if single && self.ids.len() > 1 {
            self.ids.truncate(1);
            self.more = true;
            let text = "several are named, and the field takes one: the first is taken";
            self.trouble.get_or_insert_with(|| text.to_owned());
        }
        self
    }
}

/// Whether two texts are the same name.
pub(super) fn same(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}
