//! What records are called in files, and which record a name in a file means.

use std::{cell::OnceCell, collections::HashMap};

use domain::{
    Isms,
    resolve::{self, Unresolved, by_name},
};
use kinds::control::Control;
use meta::{Id, Kind, Link, Record};

/// What records are called in files: by number (`RISK-12`), a control by its reference (`A.5.1`)
/// where no other control has the same; one edition as `METHOD-1@3`.
pub(crate) struct Names<'a> {
    isms: &'a Isms,
    references: HashMap<Id, String>,
    controls: HashMap<String, Id>,
    titles: OnceCell<resolve::Names>,
}

impl<'a> Names<'a> {
    /// The names at this point of the ledger.
    pub(crate) fn new(isms: &'a Isms) -> Self {
        let mut controls: HashMap<String, Vec<Id>> = HashMap::new();
        for record in isms.rows(Control::ID) {
            if let Some(reference) = record.cell("reference").text().filter(|it| is_plain(isms, it))
            {
                controls.entry(reference.to_owned()).or_default().push(record.head.id);
            }
        }
        controls.retain(|_, ids| ids.len() == 1);
        let controls: HashMap<String, Id> =
            controls.into_iter().map(|(reference, ids)| (reference, ids[0])).collect();
        let references = controls.iter().map(|(reference, id)| (*id, reference.clone())).collect();
        Self { isms, references, controls, titles: OnceCell::new() }
    }

    /// The records it names.
    pub(crate) fn isms(&self) -> &'a Isms {
        self.isms
    }

    /// How files name what a link points to; its id when there is no such record.
    pub(crate) fn name(&self, link: Link) -> String {
        let name = match (self.references.get(&link.id), self.isms.get(link.id)) {
            (Some(reference), _) => reference.clone(),
            (None, Some(record)) => record.name(),
            (None, None) => link.id.to_string(),
        };
        match link.edition {
            Some(edition) => format!("{name}@{edition}"),
            None => name,
        }
    }

    /// The record among these kinds (all when none are given) that a text means: by number,
    /// reference, id, or by a title that only one has.
    ///
    /// # Errors
    /// One sentence when none or several are meant.
    pub(crate) fn resolve(&self, kinds: &[&str], text: &str) -> Result<Link, String> {
        let text = text.trim();
        let (name, edition) = match text.rsplit_once('@') {
            Some((name, edition)) => (name, edition.parse().ok()),
            None => (text, None),
        };
        let fits = |it: &Record| kinds.is_empty() || kinds.contains(&it.def().id);
        if let Some(id) = self.controls.get(name)
            && self.isms.get(*id).is_some_and(fits)
            && edition.is_some() == text.contains('@')
        {
            return Ok(Link { id: *id, edition });
        }
        if let Some(link) = by_number(self.isms, kinds, text) {
            return Ok(link);
        }
        let titles = self.titles.get_or_init(|| resolve::Names::new(self.isms, &[]));
        match titles.find(kinds, text) {
            Ok(id) => Ok(Link::to(id)),
            Err(Unresolved::Unknown) => {
                let wanted = match kinds {
                    [] => "record".to_owned(),
                    kinds => {
                        kinds.iter().map(|it| it.replace('_', " ")).collect::<Vec<_>>().join(" or ")
                    }
                };
                Err(format!("`{text}` names no {wanted}: write its number, or make it first"))
            }
            Err(Unresolved::Ambiguous(ids)) => {
                let names =
                    ids.iter().take(3).filter_map(|it| self.isms.get(*it)).map(Record::name);
                let names: Vec<String> = names.collect();
                Err(format!("`{text}` may be {}: write the number", names.join(" or ")))
            }
        }
    }
}

/// The record that a text names by number or id, which are ASCII; titles may be anything.
pub(crate) fn by_number(isms: &Isms, kinds: &[&str], text: &str) -> Option<Link> {
    if text.is_ascii() { by_name(isms, kinds, text) } else { None }
}

/// Whether a reference can stand for its control and be taken for nothing else.
fn is_plain(isms: &Isms, reference: &str) -> bool {
    !reference.is_empty()
        && reference.trim() == reference
        && !reference.contains(['@', '/'])
        && by_number(isms, &[], reference).is_none()
}
