//! A record as JSON, written straight from its cells: the one form in which the API gives and takes
//! records.
//!
//! `fields` is the body as the ledger keeps it: what is absent has no value, a link is the id of a
//! record (`id@version` for an edition), a period is ISO 8601, a decimal number a text. `links`
//! names the records that `fields` link to, as far as they may be seen; `computed` is what follows
//! from other records. Links to what may not be seen are there for whoever may change the record
//! only.

use domain::{
    access::{Act, On, Sight},
    columns,
    query::Column,
};
use meta::{Cell, FileRef, Link, Record};
use serde::Serialize;

use super::kept::Kept;
use crate::Ask;

/// Writes records for one person.
pub(super) struct Writer<'a> {
    sight: Sight<'a>,
    /// Whether links to what may not be seen are written too: whoever may send fields back must not
    /// lose them.
    all_links: bool,
    /// What was written before, when it is the same for this person.
    kept: Option<&'a Kept>,
    out: Vec<u8>,
}

/// Which columns are written; all when there are none.
pub(super) type Columns<'c> = &'c [Column];

impl<'a> Writer<'a> {
    /// For what this person sees.
    pub(super) fn new(sight: Sight<'a>) -> Self {
        Self { sight, all_links: true, kept: None, out: Vec::with_capacity(4_096) }
    }

    /// For the newest records in the eyes of who asks; what was written before is written again.
    pub(super) fn of(ask: &'a Ask, records: usize) -> Self {
        let (sight, place) = (ask.sight(), ask.here());
        let same = place.as_of.is_none() && sight.sees_every_record();
        let kept = same.then_some(&place.beside.kept);
        Self { kept, out: Vec::with_capacity(records * 4_096), ..Self::new(sight) }
    }

    /// What was written.
    pub(super) fn finish(self) -> Vec<u8> {
        self.out
    }

    /// Text that is JSON already.
    pub(super) fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Any value.
    pub(super) fn value<T: Serialize + ?Sized>(&mut self, value: &T) {
        serde_json::to_writer(&mut self.out, value).expect("texts and numbers can be written");
    }

    /// A record with what all kinds share, its fields, the names of what it links to, and what is
    /// computed.
    pub(super) fn record(&mut self, record: &Record, columns: Columns<'_>) {
        let Some(kept) = self.kept.filter(|_| columns.is_empty()) else {
            return self.anew(record, columns);
        };
        let of = (self.sight.view.isms.position(), self.sight.view.day);
        if !kept.copy(of, record.head.id, &mut self.out) {
            let begin = self.out.len();
            self.anew(record, columns);
            kept.keep(of, record.head.id, &self.out[begin..]);
        }
    }

    fn anew(&mut self, record: &Record, columns: Columns<'_>) {
        let head = &record.head;
        self.raw("{\"id\":");
        self.shown(&head.id);
        self.raw(",\"ref\":\"");
        self.raw(record.def().prefix);
        self.raw("-");
        self.value(&head.number);
        self.raw("\",\"kind\":");
        self.value(record.def().id);
        self.raw(",\"number\":");
        self.value(&head.number);
        self.raw(",\"version\":");
        self.value(&head.version);
        self.raw(",\"stage\":");
        self.value(record.stage().id);
        self.raw(",\"provenance\":");
        self.value(head.provenance.id());
        self.raw(",\"withdrawn\":");
        self.value(&head.withdrawn);
        self.raw(",\"erased\":");
        self.value(&record.is_erased());
        self.raw(",\"created\":");
        self.entry(head.created);
        self.raw(",\"changed\":");
        self.entry(head.changed);
        self.fields(record, columns);
        self.extras(record);
        self.links(record, columns);
        self.computed(record, columns);
        self.raw("}");
    }

    fn entry(&mut self, position: u64) {
        self.raw("{\"entry\":");
        self.value(&position);
        if let Some(moment) = self.sight.view.isms.moment(position) {
            self.raw(",\"at\":");
            self.shown(&moment.at);
        }
        self.raw("}");
    }

    fn fields(&mut self, record: &Record, columns: Columns<'_>) {
        self.raw(",\"fields\":{");
        self.all_links =
            self.sight.sees_every_record() || self.sight.may(Act::Edit, On::Record(record));
        let mut first = true;
        for (at, field) in record.def().fields.iter().enumerate() {
            let is_asked = |it: &Column| matches!(it, Column::Field(place, _) if *place == at);
            let cell = record.body.cell(at);
            if cell.is_empty() || !columns.is_empty() && !columns.iter().any(is_asked) {
                continue;
            }
            if self.is_hidden(cell) {
                continue;
            }
            self.name(field.name, &mut first);
            self.cell(cell);
        }
        self.raw("}");
    }

    fn cell(&mut self, cell: Cell<'_>) {
        match cell {
            Cell::Empty => self.raw("null"),
            Cell::Text(text) => self.value(text),
            Cell::Bool(truth) => self.value(&truth),
            Cell::Integer(number) => self.value(&number),
            Cell::Decimal(number) => self.shown(&number),
            Cell::Day(day) => self.shown(&day),
            Cell::Instant(at) => self.shown(&at),
            Cell::Period(period) => self.shown(&period),
            Cell::Choice(choice) => self.value(choice.id),
            Cell::Link(link) => self.shown(&link),
            Cell::File(file) => self.file(file),
            Cell::Rating(rating) => self.value(rating),
            Cell::Row(row) => {
                self.raw("{");
                let mut first = true;
                for (at, field) in row.fields().iter().enumerate() {
                    let cell = row.cell(at);
                    if !cell.is_empty() && !self.is_hidden(cell) {
                        self.name(field.name, &mut first);
                        self.cell(cell);
                    }
                }
                self.raw("}");
            }
            Cell::Many(list) => {
                self.raw("[");
                let mut first = true;
                for cell in (0..).map_while(|at| list.get(at)) {
                    if self.is_hidden(cell) {
                        continue;
                    }
                    if !std::mem::take(&mut first) {
                        self.raw(",");
                    }
                    match cell {
                        // An empty text keeps its place in a list.
                        Cell::Empty => self.raw("\"\""),
                        cell => self.cell(cell),
                    }
                }
                self.raw("]");
            }
        }
    }

    /// Whether it is a link to what may not be seen, or a list of nothing else.
    fn is_hidden(&self, cell: Cell<'_>) -> bool {
        let hidden = |link: Link| self.sight.get(link.id).is_none();
        match cell {
            _ if self.all_links => false,
            Cell::Link(link) => hidden(link),
            Cell::Many(_) => {
                let mut all = true;
                cell.each().for_each(|it| all &= matches!(it, Cell::Link(link) if hidden(link)));
                all
            }
            _ => false,
        }
    }

    fn file(&mut self, file: &FileRef) {
        self.raw("{\"name\":");
        self.value(&file.name);
        self.raw(",\"sha256\":");
        self.value(&file.sha256);
        self.raw(",\"size\":");
        self.value(&file.size);
        self.raw(",\"media\":");
        self.value(&file.media);
        self.raw("}");
    }

    fn extras(&mut self, record: &Record) {
        let Some(extras) = &record.head.extras else { return };
        if !extras.tags.is_empty() {
            self.raw(",\"tags\":");
            self.value(&extras.tags);
        }
        if let Some(external) = &extras.external_id {
            self.raw(",\"external_id\":");
            self.value(external);
        }
        if let Some(confirmed) = &extras.confirmed {
            self.raw(",\"confirmed\":{\"by\":");
            self.shown(&confirmed.by);
            self.raw(",\"on\":");
            self.shown(&confirmed.on);
            self.raw("}");
        }
        if !extras.attachments.is_empty() {
            self.raw(",\"attachments\":[");
            for (at, file) in extras.attachments.iter().enumerate() {
                if at > 0 {
                    self.raw(",");
                }
                self.file(file);
            }
            self.raw("]");
        }
        let mut columns = extras.columns.iter().peekable();
        if columns.peek().is_some() {
            self.raw(",\"imported\":{");
            let mut first = true;
            for (header, text) in columns {
                self.name(header, &mut first);
                self.value(text);
            }
            self.raw("}");
        }
    }

    /// The records that fields link to, by id, as far as they may be seen.
    fn links(&mut self, record: &Record, columns: Columns<'_>) {
        let mut links: Vec<Link> = Vec::new();
        record.links(&mut |at, link| {
            let is_asked = |it: &Column| matches!(it, Column::Field(place, _) if *place == at);
            let is_new = links.iter().all(|it| it.id != link.id);
            if is_new && (columns.is_empty() || columns.iter().any(is_asked)) {
                links.push(link);
            }
        });
        self.raw(",\"links\":{");
        let mut first = true;
        for link in links {
            let Some(target) = self.sight.get(link.id) else { continue };
            if !std::mem::take(&mut first) {
                self.raw(",");
            }
            self.shown(&link.id);
            self.raw(":");
            self.called(target);
        }
        self.raw("}");
    }

    /// What a record is called, to be looked up by `ref`.
    pub(super) fn called(&mut self, record: &Record) {
        self.raw("{\"ref\":\"");
        self.raw(record.def().prefix);
        self.raw("-");
        self.value(&record.head.number);
        self.raw("\",\"kind\":");
        self.value(record.def().id);
        self.raw(",\"title\":");
        self.value(record.title());
        self.raw("}");
    }

    fn computed(&mut self, record: &Record, columns: Columns<'_>) {
        self.raw(",\"computed\":{");
        let mut first = true;
        for column in columns::columns(record.def().id) {
            let is_asked =
                |it: &Column| matches!(it, Column::Computed(it) if it.name == column.name);
            if !columns.is_empty() && !columns.iter().any(is_asked) {
                continue;
            }
            let text = (column.text)(self.sight.view, record);
            if !text.is_empty() {
                self.name(column.name, &mut first);
                self.value(&text);
            }
        }
        self.raw("}");
    }

    pub(super) fn name(&mut self, name: &str, first: &mut bool) {
        if !std::mem::take(first) {
            self.raw(",");
        }
        self.value(name);
        self.raw(":");
    }

    /// A text that needs no escaping.
    pub(super) fn shown(&mut self, it: &impl std::fmt::Display) {
        use std::io::Write as _;
        write!(self.out, "\"{it}\"").expect("writing to memory does not fail");
    }
}
