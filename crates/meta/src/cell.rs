//! A field's value, borrowed: lists, filters, sorting, CSV, diff and search read this.

use std::cmp::Ordering;

use jiff::{Timestamp, civil::Date};

use crate::{ChoiceDef, Decimal, FieldDef, FieldValue, FileRef, Id, Link, Period, Rating};

/// A field's value, borrowed from its record.
#[derive(Clone, Copy)]
pub enum Cell<'a> {
    /// Nothing: absent, null and the empty list are one.
    Empty,
    /// Text or Markdown.
    Text(&'a str),
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// A calendar day.
    Day(Date),
    /// A moment.
    Instant(Timestamp),
    /// A length of calendar time.
    Period(Period),
    /// An option.
    Choice(&'static ChoiceDef),
    /// A record, perhaps one edition of it.
    Link(Link),
    /// A file.
    File(&'a FileRef),
    /// Levels with their reasons.
    Rating(&'a Rating),
    /// One row of a table.
    Row(&'a dyn RowCells),
    /// Several of one type.
    Many(&'a dyn Cells),
}

/// A list of cells.
pub trait Cells {
    /// The cell at this place, from 0.
    fn get(&self, at: usize) -> Option<Cell<'_>>;
}

/// One row of a field of type rows. Derived.
pub trait RowCells {
    /// The columns.
    fn fields(&self) -> &'static [FieldDef];
    /// The cell of a column.
    fn cell(&self, field: usize) -> Cell<'_>;
}

impl<T: FieldValue> Cells for Vec<T> {
    fn get(&self, at: usize) -> Option<Cell<'_>> {
        <[T]>::get(self, at).map(T::cell)
    }
}

impl<'a> Cell<'a> {
    /// Whether there is nothing here.
    pub fn is_empty(self) -> bool {
        matches!(self, Cell::Empty)
    }

    /// The single cells in it: the members of a list, none of nothing, else itself.
    pub fn each(self) -> impl Iterator<Item = Cell<'a>> {
        (0..).map_while(move |at| match self {
            Cell::Many(list) => list.get(at),
            Cell::Empty => None,
            one => (at == 0).then_some(one),
        })
    }

    /// Calls `visit` for every link in it, also inside rows and ratings.
    pub fn links(self, visit: &mut dyn FnMut(Link)) {
        match self {
            Cell::Link(link) => visit(link),
            Cell::Rating(rating) => rating.links(visit),
            Cell::Row(row) => {
                for (at, field) in row.fields().iter().enumerate() {
                    if field.ty.has_links() {
                        row.cell(at).links(visit);
                    }
                }
            }
            Cell::Many(list) => {
                for at in 0.. {
                    let Some(cell) = list.get(at) else { break };
                    cell.links(visit);
                }
            }
            _ => {}
        }
    }

    /// The ids of the records a link field names.
    pub fn ids(self) -> impl Iterator<Item = Id> {
        self.each().filter_map(|it| if let Cell::Link(link) = it { Some(link.id) } else { None })
    }

    /// The text of a text cell.
    pub fn text(self) -> Option<&'a str> {
        if let Cell::Text(text) = self { Some(text) } else { None }
    }

    /// The order of two cells of one field; empty comes last. Text is compared by code point:
    /// lists that people read use a collator on top.
    pub fn order(self, other: Self) -> Ordering {
        match (self, other) {
            (Cell::Text(a), Cell::Text(b)) => a.cmp(b),
            (Cell::Bool(a), Cell::Bool(b)) => a.cmp(&b),
            (Cell::Integer(a), Cell::Integer(b)) => a.cmp(&b),
            (Cell::Decimal(a), Cell::Decimal(b)) => a.cmp(&b),
            (Cell::Day(a), Cell::Day(b)) => a.cmp(&b),
            (Cell::Instant(a), Cell::Instant(b)) => a.cmp(&b),
            (Cell::Period(a), Cell::Period(b)) => a.cmp(&b),
            (Cell::Choice(a), Cell::Choice(b)) => a.id.cmp(b.id),
            (Cell::Link(a), Cell::Link(b)) => a.cmp(&b),
            (Cell::File(a), Cell::File(b)) => a.name.cmp(&b.name),
            (Cell::Rating(a), Cell::Rating(b)) => a.order(b),
            (Cell::Many(a), Cell::Many(b)) => order_lists(a, b),
            (a, b) => a.is_empty().cmp(&b.is_empty()),
        }
    }
}

fn order_lists(a: &dyn Cells, b: &dyn Cells) -> Ordering {
    for at in 0.. {
        let order = match (a.get(at), b.get(at)) {
            (None, None) => return Ordering::Equal,
            (a, b) if a.is_none() || b.is_none() => return a.is_some().cmp(&b.is_some()),
            (Some(a), Some(b)) => a.order(b),
            _ => Ordering::Equal,
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}
