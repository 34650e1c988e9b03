//! What the rows come to: read ahead on other cores where they are many, and taken in order.

use std::collections::HashMap;

use domain::{View, ahead};
use meta::Id;

use super::{
    Options, Outcome,
    book::{Book, Clerk},
    convert::Sheet,
    identify::{Identity, Row},
    outline::{Line, Outline},
    write::{self, Written},
};

/// What each row of each sheet comes to.
pub(super) type Read = Vec<Vec<(Outcome, Written)>>;

/// A row that cannot be a record after all: its sheet, its place there, and why.
pub(super) type Rejected = (usize, usize, String);

/// All that rows are read with.
#[derive(Clone, Copy)]
pub(super) struct Reading<'r> {
    pub(super) view: View<'r>,
    pub(super) outlines: &'r [Outline<'r>],
    pub(super) sheets: &'r [Option<Sheet<'r>>],
    pub(super) rows: &'r [Vec<Row>],
    pub(super) options: &'r Options,
}

/// What was taken so far.
#[derive(Default)]
struct Taken {
    all: Read,
    rejected: Vec<Rejected>,
    /// Where the step of a record is, and the line of its row: a record has one step in a run.
    places: HashMap<Id, (usize, usize, u32)>,
}

/// So many rows are read one by one before others are read ahead: the first rows of a register
/// name most of what is not there yet.
const FIRST: usize = 256;

/// The most rows that are read one by one before reading ahead is tried again.
const MOST: usize = 4096;

impl<'r> Reading<'r> {
    /// Reads every row; beside what they come to, those that cannot be records after all.
    pub(super) fn read(
        self,
        book: &mut Book<'_>,
        ids: &mut dyn FnMut() -> Id,
    ) -> (Read, Vec<Rejected>) {
        let mut taken = Taken::default();
        for (at, outline) in self.outlines.iter().enumerate() {
            let count = outline.lines.len();
            taken.all.push(Vec::with_capacity(count));
            taken.places.reserve(count);
            let Some(sheet) = &self.sheets[at] else { continue };
            let (mut place, mut turn) = (0, FIRST);
            while place < count {
                let end = count.min(place + turn);
                for row in place..end {
                    let line = outline.lines[row].line;
                    let mut clerk = Clerk::Maker { book, ids, sheet: at, line };
                    let result = self.row(sheet, (at, row), &mut taken, &mut clerk);
                    self.take((at, row), result, &mut taken);
                }
                place = self.ahead(sheet, (at, end), book, &mut taken);
                turn = MOST.min(2 * turn);
            }
        }
        (taken.all, taken.rejected)
    }

    /// Takes rows that make nothing for others to find; answers the place of the first that does.
    fn ahead(
        self,
        sheet: &Sheet<'_>,
        (at, from): (usize, usize),
        book: &Book<'_>,
        taken: &mut Taken,
    ) -> usize {
        let lines = &self.outlines[at].lines[from..];
        let read = |row: usize, _: &Line<'_>| {
            let mut clerk = Clerk::Reader { book, missed: false };
            let result = self.alone(sheet, (at, from + row), &mut clerk)?;
            matches!(clerk, Clerk::Reader { missed: false, .. }).then_some(result)
        };
        let stopped = ahead(lines, read, |row, _, result| {
            let result = result.ok_or(from + row)?;
            self.take((at, from + row), result, taken);
            Ok(())
        });
        stopped.err().unwrap_or(from + lines.len())
    }

    fn row(
        self,
        sheet: &Sheet<'_>,
        (at, row): (usize, usize),
        taken: &mut Taken,
        clerk: &mut Clerk<'_, '_>,
    ) -> Result<(Outcome, Written), String> {
        if let Some(result) = self.alone(sheet, (at, row), clerk) {
            return result;
        }
        let (line, found) = (&self.outlines[at].lines[row], &self.rows[at][row]);
        let id = found.identity.record().expect("a row that stands not alone has a record");
        let above = taken.places.get(&id).copied();
        let step = above.and_then(|(sheet, row, _)| taken.all[sheet][row].1.steps.first_mut());
        write::add(self.view.isms, sheet, line, &found.key, id, step, self.options, clerk)
    }

    /// Reads a row that does not add to what a row above makes.
    fn alone(
        self,
        sheet: &Sheet<'_>,
        (at, row): (usize, usize),
        clerk: &mut Clerk<'_, '_>,
    ) -> Option<Result<(Outcome, Written), String>> {
        let (line, found) = (&self.outlines[at].lines[row], &self.rows[at][row]);
        Some(match &found.identity {
            Identity::New(id) => write::make(sheet, line, &found.key, *id, self.options, clerk),
            Identity::Known(id) => {
                let record = self.view.isms.get(*id).expect("what is known is there");
                let keys = (found.key.as_str(), found.base.as_deref());
                write::update(self.view.isms, sheet, line, keys, record, self.options, clerk)
            }
            Identity::More(_) => return None,
            Identity::Withdrawn(_) => Ok((Outcome::Unchanged, Written::default())),
            Identity::Rejected(reason) => {
                Ok((Outcome::Rejected(reason.clone()), Written::default()))
            }
        })
    }

    fn take(
        self,
        (at, row): (usize, usize),
        result: Result<(Outcome, Written), String>,
        taken: &mut Taken,
    ) {
        let (line, found) = (&self.outlines[at].lines[row], &self.rows[at][row]);
        let above = found.identity.record().and_then(|it| taken.places.get(&it));
        let result = match (result, &found.identity, above) {
            (Ok((Outcome::Updated(_), _)), Identity::Known(id), Some((_, _, line))) => {
                let name = self.view.isms.get(*id).map_or_else(String::new, meta::Record::name);
                Err(format!(
                    "it changes {name}, as line {line} does: import the file once more to take \
                     this row as well"
                ))
            }
            (result, ..) => result,
        };
        match result {
            Ok(it) => {
                if let (Some(id), false) = (found.identity.record(), it.1.steps.is_empty()) {
                    taken.places.insert(id, (at, row, line.line));
                }
                taken.all[at].push(it);
            }
            Err(reason) => {
                let rejected = Outcome::Rejected(reason.clone());
                taken.all[at].push((rejected, Written::default()));
                taken.rejected.push((at, row, reason));
            }
        }
    }
}
