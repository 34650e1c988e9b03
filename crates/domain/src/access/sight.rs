//! The records as one person sees them. What they may not see is not there.

use kinds::Kind;
use meta::{Cell, Id, KindDef, Link, Record};

use super::{Access, Act, On, grants::Breadth};
use crate::{
    Backlink, View, parameters,
    text::{self, Links},
};

/// The records as one person sees them: what pages, papers and exports read. What may not be seen
/// is not found, not listed and not counted.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    /// All records, on the day they are looked at. For rules and papers about everything, which are
    /// for those who [may see everything](Sight::sees_everything).
    pub view: View<'a>,
    access: &'a Access,
}

/// What stands where a link leads to a record that may not be seen.
const NOT_SHOWN: &str = "not shown";

impl<'a> Sight<'a> {
    /// These records, as this person sees them.
    pub fn new(view: View<'a>, access: &'a Access) -> Self {
        Self { view, access }
    }

    /// What the person may do.
    pub fn access(self) -> &'a Access {
        self.access
    }

    /// The record with this id.
    pub fn get(self, id: Id) -> Option<&'a Record> {
        self.reads(self.view.isms.get(id)?)
    }

    /// The body of the record with this id, when it is of kind `K`.
    pub fn typed<K: Kind>(self, id: Id) -> Option<&'a K> {
        self.get(id)?.typed()
    }

    /// The record of this kind with this number.
    pub fn numbered(self, kind: &str, number: u32) -> Option<&'a Record> {
        self.reads(self.view.isms.numbered(kind, number)?)
    }

    /// Every record of a kind that may be seen, in the order of numbers; withdrawn and erased ones
    /// only for who sees everything.
    pub fn rows(self, kind: &'a str) -> impl DoubleEndedIterator<Item = &'a Record> {
        let sight = self;
        self.view.isms.rows(kind).filter_map(move |it| sight.reads(it))
    }

    /// Every record of kind `K` that may be seen and is neither withdrawn nor erased.
    pub fn all<K: Kind>(self) -> impl Iterator<Item = (&'a Record, &'a K)> {
        self.rows(K::ID).filter(|it| !it.head.withdrawn).filter_map(|it| Some((it, it.typed()?)))
    }

    /// How many records of a kind may be seen, withdrawn and erased ones among them for who sees
    /// everything.
    pub fn count(self, kind: &'a str) -> usize {
        match self.access.breadth(self.view.day) {
            Breadth::Everything => self.view.isms.count(kind),
            _ => self.rows(kind).count(),
        }
    }

    /// The kinds of which the person may see records, in the order of menus.
    pub fn kinds(self) -> impl Iterator<Item = &'static KindDef> {
        let sight = self;
        kinds::KINDS.iter().copied().filter(move |it| sight.may(Act::See, On::Kind(it)))
    }

    /// The links that point to a record, from records that may be seen.
    pub fn links_to(self, target: Id) -> impl Iterator<Item = &'a Backlink> {
        let sight = self;
        self.view.isms.links_to(target).filter(move |it| {
            let Some(source) = sight.view.isms.get(it.source) else { return false };
            // What a reader gets of a document is its edition: that may link elsewhere.
            sight.reads(source).is_some_and(|read| {
                let mut found = false;
                read.links(&mut |_, link| found |= link.id == target);
                found
            })
        })
    }

    /// What is read where this record stands: the record, its edition in force, or nothing.
    pub fn reads(self, record: &'a Record) -> Option<&'a Record> {
        self.access.reads(self.view, record)
    }

    /// Whether this person reads editions of this kind where working copies stand, but for what
    /// they are asked to assent to.
    pub fn reads_editions(self, kind: &KindDef) -> bool {
        self.access.reads_editions(self.view, kind)
    }

    /// Whether the record may be seen.
    pub fn sees(self, record: &Record) -> bool {
        self.access.sees(self.view, record)
    }

    /// Whether verdicts, the history of everything and counts over everything are for this person.
    pub fn sees_everything(self) -> bool {
        self.may(Act::SeeEverything, On::Everything)
    }

    /// The same records, as whoever looks at a time only may see them on the day of an entry: not at
    /// all where that day lies outside of it. For everybody else nothing changes.
    #[must_use]
    pub fn at_entry(self, seq: u64) -> Self {
        if self.access.looked().is_empty() {
            return self;
        }
        let isms = self.view.isms;
        let day = isms.moment(seq).map(|it| it.at.to_zoned(parameters::time_zone(isms)).date());
        Self { view: View::new(isms, day.unwrap_or(jiff::civil::Date::MIN)), ..self }
    }

    /// Whether this entry of the ledger, and what it did, is for this person.
    pub fn reads_entry(self, seq: u64) -> bool {
        self.at_entry(seq).may(Act::SeeHistory, On::Everything)
    }

    /// Whether what this entry made of a record is for this person.
    pub fn reads_version(self, record: &Record, seq: u64) -> bool {
        self.at_entry(seq).may(Act::SeeHistory, On::Record(record))
    }

    /// Whether there is no record at all that this person may not see.
    pub fn sees_every_record(self) -> bool {
        self.access.breadth(self.view.day) == Breadth::Everything
    }

    /// Whether the person may do this.
    pub fn may(self, act: Act, on: On<'_>) -> bool {
        self.access.may(self.view, act, on)
    }

    /// A cell in one line, as [`text::of`] writes it; a link to what may not be seen is
    /// `not shown`.
    pub fn text(self, cell: Cell<'_>, links: Links) -> String {
        text::with(cell, links, &|link| self.link(link, links))
    }

    /// A link in text; `not shown` where it leads to what may not be seen.
    pub fn link(self, link: Link, links: Links) -> String {
        match self.view.isms.get(link.id).is_some_and(|it| self.sees(it)) {
            true => text::of_link(self.view.isms, link, links),
            false => NOT_SHOWN.to_owned(),
        }
    }
}
