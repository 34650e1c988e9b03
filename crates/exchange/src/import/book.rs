//! Who and what the cells may mean: records there are, records of this import, and stubs.

use std::collections::{HashMap, HashSet};

use domain::{
    Isms,
    resolve::{Names, Unresolved, by_name},
};
use kinds::{Kind, document::DocumentType, role::Role};
use meta::{Choice, Id};
use serde_json::{Map, Value as Json, json};

use super::{cells, headers::without_brackets};
use crate::{parse, text::fold};

/// What can be named in a cell.
pub(super) struct Book<'a> {
    isms: &'a Isms,
    /// The kinds that a cell may name; all of them when empty.
    kinds: Vec<&'static str>,
    names: Names,
    planned: HashMap<String, Vec<Entry>>,
    /// Titles without what stands in brackets, asked last.
    loose: HashMap<String, Vec<Entry>>,
    /// Texts that fill a cell alone somewhere: where they are part of another, that one is a list.
    whole: HashSet<String>,
    /// Texts that somewhere stand where a person alone can stand: elsewhere they are no role.
    people: HashSet<String>,
    stubs: Vec<Draft>,
}

type Entry = (Id, &'static str);

/// A record that is made only because a cell names it.
pub(super) struct Draft {
    pub(super) id: Id,
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) fields: Map<String, Json>,
    pub(super) external: Option<String>,
    pub(super) sheet: usize,
    pub(super) line: u32,
}

/// What a text means.
pub(super) enum Found {
    One(Id),
    Many,
    None,
}

/// Looks up what the cells of one row name.
pub(super) enum Clerk<'c, 'a> {
    /// Makes a stub of what is not there yet.
    Maker {
        book: &'c mut Book<'a>,
        /// Where stubs get their ids.
        ids: &'c mut dyn FnMut() -> Id,
        /// The sheet and the line that names them.
        sheet: usize,
        line: u32,
    },
    /// Makes nothing.
    Reader {
        book: &'c Book<'a>,
        /// Whether a stub might have been made.
        missed: bool,
    },
}

impl<'a> Book<'a> {
    /// What the records there are of these kinds (all when none are given) can be called.
    pub(super) fn new(isms: &'a Isms, kinds: Vec<&'static str>) -> Self {
        let mut book = Self {
            isms,
            names: Names::new(isms, &kinds),
            kinds,
            planned: HashMap::new(),
            loose: HashMap::new(),
            whole: HashSet::new(),
            people: HashSet::new(),
            stubs: Vec::new(),
        };
        for def in kinds::KINDS {
            if !book.may_name(def.id) {
                continue;
            }
            for record in isms.rows(def.id).filter(|it| !it.head.withdrawn) {
                book.add_loose((record.head.id, def.id), record.title());
            }
        }
        book
    }

    /// Whether a cell may name a record of this kind.
    pub(super) fn may_name(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// Takes note of a name of a record that this import makes or knows.
    pub(super) fn add(&mut self, id: Id, kind: &'static str, name: &str) {
        let key = fold(name);
        if key.is_empty() {
            return;
        }
        let entries = self.planned.entry(key).or_default();
        if !entries.contains(&(id, kind)) {
            entries.push((id, kind));
        }
    }

    /// Takes note of the title of such a record, also as it is called in short.
    pub(super) fn add_title(&mut self, id: Id, kind: &'static str, title: &str) {
        self.add(id, kind, title);
        self.add_loose((id, kind), title);
    }

    /// Takes note of a text that fills a cell alone.
    pub(super) fn add_whole(&mut self, text: &str) {
        if text.len() <= 80 {
            self.whole.insert(fold(text));
        }
    }

    /// Takes note of whom a cell names where a link goes to one of `kinds`, if that tells a person
    /// from a role: whatever file comes first, the name then means the same everywhere.
    pub(super) fn add_people(&mut self, kinds: &[&str], text: &str) {
        let persons = kinds == ["person"];
        if !(persons || kinds.contains(&"person") && text.contains('@')) {
            return;
        }
        for part in std::iter::once(text).chain(cells::parts(text).into_iter().flatten()) {
            match addressed(part) {
                Some((name, _)) => drop(self.people.insert(fold(name))),
                None if persons && is_person_like(part) => drop(self.people.insert(fold(part))),
                None => {}
            }
        }
    }

    /// Whether a text fills a cell alone somewhere.
    pub(super) fn is_whole(&self, text: &str) -> bool {
        self.whole.contains(&fold(text))
    }

    /// The record of these kinds that a text means.
    pub(super) fn find(&self, kinds: &[&str], text: &str) -> Found {
        if text.len() > 300 {
            return Found::None;
        }
        let fits = |kind: &str| kinds.is_empty() || kinds.contains(&kind);
        let among = |map: &HashMap<String, Vec<Entry>>, key: &str| -> Vec<Id> {
            let entries = map.get(key).into_iter().flatten();
            entries.filter(|(_, kind)| fits(kind)).map(|(id, _)| *id).collect()
        };
        let mut found = among(&self.planned, &fold(text));
        let look = |text: &str| match self.names.find(kinds, text) {
            Ok(id) => vec![id],
            Err(Unresolved::Ambiguous(ids)) => ids,
            Err(Unresolved::Unknown) => Vec::new(),
        };
        found.extend(look(text));
        if found.is_empty()
            && fits("control")
            && parse::references(text).len() < 2
            && let Some(control) = catalog::normalize(text)
        {
            found.extend(look(control.id));
            found.extend(among(&self.planned, &fold(control.id)));
        }
        if found.is_empty() {
            found.extend(numbered(self.isms, kinds, text));
        }
        if found.is_empty() {
            found = among(&self.loose, &fold(text));
        }
        if found.is_empty() && fits("person") {
            for name in names_in(text) {
                found.extend(look(&name));
                found.extend(among(&self.planned, &fold(&name)));
            }
        }
        found.sort_unstable();
        found.dedup();
        match found.as_slice() {
            [] => Found::None,
            [id] => Found::One(*id),
            _ => Found::Many,
        }
    }

    /// The record whose title a text begins with: `Access policy section 7`.
    pub(super) fn find_beginning(&self, kinds: &[&str], text: &str) -> Option<Id> {
        let ends: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
        ends.iter().rev().take_while(|at| text[..**at].contains(' ')).find_map(|at| {
            match self.find(kinds, &text[..*at]) {
                Found::One(id) => Some(id),
                _ => None,
            }
        })
    }

    /// Makes a stub of one of these kinds; `None` where a name alone makes no record of them.
    fn stub(
        &mut self,
        kinds: &[&'static str],
        text: &str,
        ids: &mut dyn FnMut() -> Id,
        (sheet, line): (usize, u32),
    ) -> Option<Id> {
        let mut kind = stub_kind(kinds)?;
        if text.chars().count() > 80 || text.contains('\n') || cells::is_blank_sign(text) {
            return None;
        }
        let mut fields = Map::new();
        fields.insert("title".to_owned(), text.into());
        let mut text = text;
        let addressed = if is_address(text) { Some((text, text)) } else { addressed(text) };
        if let Some((name, address)) = addressed.filter(|_| kinds.contains(&"person")) {
            (kind, text) = ("person", name);
            fields.insert("title".to_owned(), name.into());
            fields.insert("email".to_owned(), address.into());
        }
        if kind == "role" && kinds.contains(&"person") && self.people.contains(&fold(text)) {
            kind = "person";
        }
        match kind {
            "document" => {
                fields.insert("identifier".to_owned(), text.into());
                fields.insert("doc_type".to_owned(), json!(document_type(text)?.def().id));
            }
            "person" if !is_person_like(text) && addressed.is_none() => return None,
            // The number of a role that is not there is no role's name.
            "role" if parse::is_reference(text) => return None,
            _ => {}
        }
        let id = ids();
        self.add_title(id, kind, text);
        let external = parse::is_reference(text).then(|| text.to_owned());
        let title = text.to_owned();
        self.stubs.push(Draft { id, kind, title, fields, external, sheet, line });
        Some(id)
    }

    /// Whether a stub of one of these kinds could be made for a text.
    pub(super) fn can_stub(&self, kinds: &[&'static str]) -> bool {
        stub_kind(kinds).is_some()
    }

    /// The stubs made so far.
    pub(super) fn into_stubs(self) -> Vec<Draft> {
        self.stubs
    }

    fn add_loose(&mut self, entry: Entry, title: &str) {
        if !title.contains('(') {
            return;
        }
        let bare = fold(&without_brackets(title));
        if !bare.is_empty() {
            self.loose.entry(bare).or_default().push(entry);
        }
        if entry.1 == Role::ID {
            // `Information security officer (ISO)` says that ISO means this role.
            let inner = title.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
            if let Some((inner, _)) = inner.filter(|(it, _)| !it.trim().is_empty()) {
                self.loose.entry(fold(inner)).or_default().push(entry);
            }
        }
    }
}

impl<'a> Clerk<'_, 'a> {
    /// Where to look.
    pub(super) fn book(&self) -> &Book<'a> {
        match self {
            Self::Maker { book, .. } => book,
            Self::Reader { book, .. } => book,
        }
    }

    /// The same book, and nothing is made.
    pub(super) fn reader(&self) -> Clerk<'_, 'a> {
        Clerk::Reader { book: self.book(), missed: false }
    }

    /// Makes a stub of one of these kinds, where it may and a name alone makes a record of them.
    pub(super) fn stub(&mut self, kinds: &[&'static str], text: &str) -> Option<Id> {
        match self {
            Self::Maker { book, ids, sheet, line } => book.stub(kinds, text, ids, (*sheet, *line)),
            Self::Reader { book, missed } => {
                *missed |= book.can_stub(kinds);
                None
            }
        }
    }
}

/// The record that a text names by our own number.
pub(super) fn numbered(isms: &Isms, kinds: &[&str], text: &str) -> Option<Id> {
    // Numbers are plain, and other texts need no look.
    if !text.is_ascii() {
        return None;
    }
    let link = by_name(isms, kinds, text)?;
    isms.get(link.id).filter(|it| !it.head.withdrawn).map(|it| it.head.id)
}

/// The type of document that its title tells: `policy`, `plan`, `register` and the like.
pub(super) fn document_type(title: &str) -> Option<DocumentType> {
    let folded = fold(title);
    let words = folded.split(' ').rev();
    let found = words.into_iter().find_map(|word| {
        DocumentType::ALL.iter().copied().find(|it| {
            let def = it.def();
            fold(def.label) == word || def.also.iter().any(|it| fold(it) == word)
        })
    })?;
    Some(match found {
        DocumentType::Policy if !is_main_policy(title) => DocumentType::TopicPolicy,
        other => other,
    })
}

/// Whether a title is that of the one policy of 5.2 and not of a rule about one topic.
pub(super) fn is_main_policy(title: &str) -> bool {
    let folded = fold(title);
    [
        "information security policy",
        "isms policy",
        "informationssicherheitsleitlinie",
        "leitlinie zur informationssicherheit",
        "politique de securite de l information",
    ]
    .iter()
    .any(|it| folded.contains(it))
}

/// The kind of stub for a link to one of these kinds.
fn stub_kind(kinds: &[&'static str]) -> Option<&'static str> {
    match kinds {
        [] => None,
        [one] if ["asset", "supplier", "interested_party", "person"].contains(one) => Some(one),
        many if many.contains(&"role") => Some("role"),
        many if many.contains(&"document") && !many.contains(&"unit") => Some("document"),
        _ => None,
    }
}

/// Whether a text is an e-mail address: it names a person and no role.
fn is_address(text: &str) -> bool {
    let host = text.split_once('@').map(|(name, host)| (!name.is_empty()).then_some(host));
    !text.contains(char::is_whitespace)
        && host.flatten().is_some_and(|it| !it.contains('@') && it.contains('.'))
}

/// The name and the address in `Ada Lind <ada@example.org>`.
fn addressed(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once(['<', '('])?;
    let (name, address) = (name.trim(), rest.trim_end_matches(['>', ')', ' ']).trim());
    (!name.is_empty() && is_address(address)).then_some((name, address))
}

/// What somebody may be called in a text that says more, or says it the other way around:
/// `Lind, Ada`, `Ada Lind <ada@example.org>`, `Ada Lind (IT)`.
fn names_in(text: &str) -> Vec<String> {
    if let Some((name, address)) = addressed(text) {
        return vec![address.to_owned(), name.to_owned()];
    }
    if let Some((name, _)) = text.split_once('(').filter(|_| text.ends_with(')')) {
        return vec![name.trim().to_owned()];
    }
    match text.split_once(',') {
        Some((last, first)) if !first.contains(',') => {
            let turned = format!("{} {}", first.trim(), last.trim());
            if is_person_like(&turned) { vec![turned] } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

/// Whether a text looks like the name of a person: two to four words that begin with a capital.
pub(super) fn is_person_like(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_name = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|it| it.is_alphabetic() || "-.'’".contains(it))
    };
    (2..=4).contains(&words.len()) && words.iter().all(is_name)
}
