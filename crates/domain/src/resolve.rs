//! From what people write to the record they mean.

use std::collections::HashMap;

use kinds::{control::Control, role::Role};
use meta::{Id, Link, Record};

use crate::Isms;

/// The signs of an id without its hyphens.
const SHORTEST_ID: usize = 32;

/// Why a text names no single record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unresolved {
    /// No record is called so.
    Unknown,
    /// Several are: their ids.
    Ambiguous(Vec<Id>),
}

/// What records are called, to look up many texts at once.
pub struct Names {
    titles: HashMap<String, Vec<(Id, &'static str)>>,
}

/// The record that a text names by number (`RISK-12`), reference (`A.5.1`), id or title, among
/// these kinds (all when none are given). Withdrawn records answer to their number and id only.
///
/// # Errors
/// When none or several are meant.
pub fn resolve(isms: &Isms, kinds: &[&str], text: &str) -> Result<Link, Unresolved> {
    if let Some(link) = by_name(isms, kinds, text) {
        return Ok(link);
    }
    Names::new(isms, kinds).find(kinds, text).map(Link::to)
}

/// The record that a text names by number, with an edition (`METHOD-1@3`) or without, or by id.
pub fn by_name(isms: &Isms, kinds: &[&str], text: &str) -> Option<Link> {
    let text = text.trim();
    let fits = |it: &&Record| kinds.is_empty() || kinds.contains(&it.def().id);
    let (name, edition) = match text.rsplit_once('@') {
        Some((name, edition)) => (name, Some(edition.parse().ok()?)),
        None => (text, None),
    };
    // Most texts are too short for an id, and looked up by the hundred thousand.
    if name.len() >= SHORTEST_ID
        && let Ok(id) = name.parse::<Id>()
    {
        return isms.get(id).filter(fits).map(|it| Link { id: it.head.id, edition });
    }
    let number = name.trim_start_matches(|it: char| !it.is_ascii_digit());
    let prefix = &name[..name.len() - number.len()];
    let prefix = prefix.trim_end_matches(['-', ' ', '_', '#']);
    let def = kinds::KINDS.iter().find(|it| it.prefix.eq_ignore_ascii_case(prefix))?;
    let record = isms.numbered(def.id, number.parse().ok()?).filter(fits)?;
    Some(Link { id: record.head.id, edition })
}

/// A text made comparable: lower case, letters and digits only, single spaces.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_onto(&mut out, text);
    out
}

/// As [`fold`], put at the end of another text.
pub(crate) fn fold_onto(out: &mut String, text: &str) {
    let start = out.len();
    let mut gap = false;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            if std::mem::take(&mut gap) && out.len() > start {
                out.push(' ');
            }
            out.push(c.to_ascii_lowercase());
        } else if c.is_ascii() {
            gap = true;
        } else {
            for c in c.to_lowercase() {
                if !c.is_alphanumeric() {
                    gap = true;
                    continue;
                }
                if std::mem::take(&mut gap) && out.len() > start {
                    out.push(' ');
                }
                match c {
                    'ß' => out.push_str("ss"),
                    'ä' | 'à' | 'â' | 'á' => out.push('a'),
                    'ö' | 'ô' | 'ó' => out.push('o'),
                    'ü' | 'û' | 'ù' | 'ú' => out.push('u'),
                    'é' | 'è' | 'ê' | 'ë' => out.push('e'),
                    'î' | 'ï' | 'í' => out.push('i'),
                    'ç' => out.push('c'),
                    c => out.push(c),
                }
            }
        }
    }
}

impl Names {
    /// What the records of these kinds are called (of all kinds when none are given).
    pub fn new(isms: &Isms, kinds: &[&str]) -> Self {
        let mut names = Self { titles: HashMap::new() };
        for def in kinds::KINDS {
            if kinds.is_empty() || kinds.contains(&def.id) {
                isms.rows(def.id).filter(|it| !it.head.withdrawn).for_each(|it| names.add(it));
            }
        }
        names
    }

    /// Takes note of what a record is called.
    pub fn add(&mut self, record: &Record) {
        let entry = (record.head.id, record.def().id);
        let mut add = |text: &str| {
            let names = self.titles.entry(fold(text)).or_default();
            if !text.is_empty() && !names.contains(&entry) {
                names.push(entry);
            }
        };
        add(record.title());
        if let Some(role) = record.typed::<Role>() {
            role.also_known.iter().for_each(|it| add(it));
        }
        if let Some(control) = record.typed::<Control>() {
            control.reference.iter().for_each(|it| add(it));
        }
        for field in ["identifier", "email"] {
            record.cell(field).text().into_iter().for_each(&mut add);
        }
        let extras = record.head.extras.iter();
        extras.filter_map(|it| it.external_id.as_deref()).for_each(add);
    }

    /// The one record of these kinds that is called so.
    ///
    /// # Errors
    /// When none or several are.
    pub fn find(&self, kinds: &[&str], text: &str) -> Result<Id, Unresolved> {
        let fits = |kind: &&str| kinds.is_empty() || kinds.contains(kind);
        let among = |key: &str| -> Vec<Id> {
            let found = self.titles.get(key).into_iter().flatten();
            found.filter(|(_, kind)| fits(kind)).map(|(id, _)| *id).collect()
        };
        let mut found = among(&fold(text));
        if found.is_empty()
            && fits(&"control")
            && let Some(control) = catalog::control(text)
        {
            found = among(&fold(control.id));
        }
        match found.as_slice() {
            [] => Err(Unresolved::Unknown),
            [id] => Ok(*id),
            _ => Err(Unresolved::Ambiguous(found)),
        }
    }
}
