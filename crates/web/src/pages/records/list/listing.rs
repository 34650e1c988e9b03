//! What was asked for, and what was found.

use std::borrow::Cow;

use domain::{
    access::Sight,
    query::{Among, Asker, Column, Found, Misread, Query, Sort},
};
use meta::{KindDef, Record};

use super::PAGE;
use crate::{Ask, form::Form};

/// What was asked for, and what was found.
pub(super) struct Listing<'a> {
    /// The kind.
    pub(super) def: &'static KindDef,
    /// Who asks.
    pub(super) asker: Asker<'a>,
    /// What was asked for, as far as it makes sense.
    pub(super) query: Query,
    /// What makes no sense.
    pub(super) misread: Vec<Misread>,
    /// What was found.
    pub(super) rows: Found<'a>,
    /// The page that is shown, from 1.
    pub(super) page: usize,
    /// The saved view it began with.
    pub(super) view: Option<String>,
}

impl<'a> Listing<'a> {
    /// Reads what was asked for, and finds it.
    pub(super) fn read(ask: &'a Ask, def: &'static KindDef, form: &Form, asker: Asker<'a>) -> Self {
        let sight = ask.sight();
        let asker = Asker { reads: reads_editions(sight, def).then_some(sight), ..asker };
        let mut misread: Vec<Misread> = Vec::new();
        let query = loop {
            let is_read = |name: &str| !misread.iter().any(|it| it.parameter == name);
            let pairs = form.pairs().filter(|it| is_read(it.0));
            let pairs = pairs.map(|(name, it)| (Cow::from(name), Cow::from(it)));
            match Query::from_pairs(&asker, def, pairs) {
                Ok(query) => break query,
                // What names no parameter of the form would be left out in vain.
                Err(it) if form.has(&it.parameter) && is_read(&it.parameter) => misread.push(it),
                Err(it) => {
                    misread.push(it);
                    break Query::new(def);
                }
            }
        };
        let rows = query.run(&asker);
        let page = form.said("page").and_then(|it| it.parse().ok()).unwrap_or(1);
        let view = form.said("view").map(str::to_owned);
        let mut listing = Self { def, asker, query, misread, rows, page, view };
        listing.page = listing.page.clamp(1, listing.last_page());
        listing
    }

    /// The records of the page.
    pub(super) fn shown(&self) -> Vec<&'a Record> {
        let after = (self.page - 1) * PAGE;
        self.rows.page(after, PAGE).collect()
    }

    /// All records found.
    pub(super) fn all(&self) -> Vec<&'a Record> {
        self.rows.rows().collect()
    }

    /// The number of the last page; the first when nothing was found.
    pub(super) fn last_page(&self) -> usize {
        self.rows.len().div_ceil(PAGE).max(1)
    }

    /// Whether there is nothing of this kind to find, however it is asked for.
    pub(super) fn nothing_at_all(&self) -> bool {
        let all = || Query { among: Among::All, ..Query::new(self.def) };
        self.rows.is_empty() && !self.is_narrowed() && all().run(&self.asker).is_empty()
    }

    /// Whether only some records are asked for.
    pub(super) fn is_narrowed(&self) -> bool {
        !self.query.filters.is_empty() || !self.query.search.is_empty()
    }

    /// Whether somebody reads editions here, which nobody changes from a list.
    pub(super) fn is_of_editions(&self) -> bool {
        self.asker.reads.is_some()
    }

    /// The same list with some parameters of its address set otherwise; an empty value takes one
    /// out. The page begins anew.
    pub(super) fn address(&self, ask: &Ask, otherwise: &[(&str, &str)]) -> String {
        let is_other = |name: &str| otherwise.iter().any(|it| it.0 == name);
        let mut pairs = self.query.pairs();
        pairs.retain(|it| !is_other(&it.0));
        let said = otherwise.iter().filter(|it| !it.1.is_empty());
        pairs.extend(said.map(|(name, it)| ((*name).to_owned(), (*it).to_owned())));
        if let Some(view) = self.view.as_ref().filter(|_| !is_other("view")) {
            pairs.push(("view".to_owned(), view.clone()));
        }
        at(ask, self.def, pairs)
    }

    /// The same list without one value of one parameter.
    pub(super) fn address_without(&self, ask: &Ask, name: &str, value: &str) -> String {
        let mut pairs = self.query.pairs();
        pairs.retain(|it| it.0 != name || it.1 != value);
        at(ask, self.def, pairs)
    }

    /// Which way it is sorted by a column; true for the greatest first.
    pub(super) fn sorted(&self, column: Column) -> Option<bool> {
        match self.query.sort {
            Some(Sort { column: by, down }) => (by == column).then_some(down),
            None => matches!(column, Column::Number).then_some(false),
        }
    }
}

/// The address of a list.
pub(super) fn at(
    ask: &Ask,
    def: &KindDef,
    pairs: impl IntoIterator<Item = (String, String)>,
) -> String {
    let query = pairs.into_iter().collect::<Form>().query();
    let gap = if query.is_empty() { "" } else { "?" };
    ask.to(&format!("/{}{gap}{query}", def.id))
}

/// Whether somebody gets published editions of a kind in place of working copies.
pub(crate) fn reads_editions(sight: Sight<'_>, def: &KindDef) -> bool {
    let is_edition = |it: &Record| {
        let working = sight.view.isms.get(it.head.id);
        working.is_none_or(|working| !std::ptr::eq(working, it))
    };
    !sight.sees_everything() && def.controlled && sight.rows(def.id).any(is_edition)
}
