//! The order of a kind by a column, worked out once for each change and shared by all requests.

mod collation;
mod key;

use std::sync::Arc;

use imbl::Vector;
use jiff::civil::Date;
use meta::{KindDef, Record};

pub use self::{
    collation::{Collation, Language},
    key::{Key, Keys},
};
use super::{Asker, Column, Question};
use crate::{View, cache::Bits, resolve::fold};

/// The order of a kind by a column.
#[derive(Default)]
pub struct Order {
    /// By number: the rank, from 0; equals share one. [`NOWHERE`] where there is nothing.
    ranks: Vec<u32>,
    /// What each rank shows, and its place by [`crate::columns::Column::rank`]: for computed columns
    /// only.
    names: Vec<(Arc<str>, Option<i64>)>,
    /// The numbers in order.
    sequence: Vec<u32>,
    /// By number: the version that the key was made of; 0 where there is none.
    versions: Vec<u32>,
    /// By number: what it is sorted by. For the order that follows.
    keys: Vector<Key>,
    /// What the keys were made of beside the records themselves.
    basis: Option<Basis>,
}

/// Where records stand in a list.
pub enum Place {
    /// As the envelope says.
    Head(fn(&Record) -> u64),
    /// As worked out.
    Ranked(Arc<Order>),
}

const NOWHERE: u32 = u32::MAX;

/// What keys are made of beside the records themselves: the newest change of the kinds read, and the
/// day where it matters.
type Basis = (u64, Option<Date>);

/// The order of a kind by a column.
pub fn of(asker: &Asker<'_>, kind: &'static KindDef, column: Column) -> Arc<Order> {
    let orders = &asker.cache.orders;
    let question = Question::of_order(asker, kind, column);
    let asked = question.clone();
    orders.answer(question, || {
        let before = orders.newest(|it| it.is_like(&asked));
        Arc::new(Order::new(asker.view, kind, column, before.as_deref()))
    })
}

impl Place {
    /// Where the records of a kind stand by a column.
    pub fn new(asker: &Asker<'_>, kind: &'static KindDef, column: Column) -> Self {
        match column {
            Column::Number | Column::Mine => Self::Head(|it| it.head.number.into()),
            Column::Stage => Self::Head(|it| it.head.stage.into()),
            Column::Provenance => Self::Head(|it| it.head.provenance as u64),
            Column::Version => Self::Head(|it| it.head.version.into()),
            Column::Created => Self::Head(|it| it.head.created),
            Column::Changed => Self::Head(|it| it.head.changed),
            Column::Field(..) | Column::Computed(_) | Column::Tags | Column::External => {
                Self::Ranked(of(asker, kind, column))
            }
        }
    }

    /// The place of a record; `None` where it has nothing to be sorted by.
    pub fn of(&self, record: &Record) -> Option<u64> {
        match self {
            Self::Head(place) => Some(place(record)),
            Self::Ranked(order) => order.place(record.head.number).map(|it| it as u64),
        }
    }
}

impl Order {
    /// Works out an order. What an earlier one knows of records that did not change is taken over.
    fn new(view: View<'_>, kind: &KindDef, column: Column, before: Option<&Self>) -> Self {
        let basis = basis(view, kind, column);
        let mut maker = Keys::new(view, column);
        let mut order = Self { basis, ..Self::default() };
        let mut changed = Vec::new();
        let before = before.filter(|it| basis.is_some() && it.basis == basis);
        if let Some(before) = before {
            order.keys = before.keys.clone();
        }
        for record in view.isms.rows(kind.id) {
            let (number, version) = (record.head.number as usize, record.head.version);
            order.versions.resize(number, 0);
            order.versions.push(version);
            let was = before.and_then(|it| it.versions.get(number)).copied().unwrap_or(0);
            if was != version || record.is_erased() {
                while order.keys.len() <= number {
                    order.keys.push_back(Key::Nothing);
                }
                order.keys.set(number, maker.key(record));
                changed.push(record.head.number);
            }
        }
        order.ranks = vec![NOWHERE; order.versions.len()];
        match before {
            Some(before) if changed.len() < before.sequence.len() / 8 => {
                order.merge(before, changed);
            }
            _ => order.sort(
                changed
                    .into_iter()
                    .chain(before.into_iter().flat_map(|it| it.sequence.iter().copied())),
            ),
        }
        order
    }

    /// Puts all numbers in order.
    fn sort(&mut self, numbers: impl Iterator<Item = u32>) {
        let mut keyed: Vec<(Key, u32)> = Vec::new();
        let mut known = vec![false; self.versions.len()];
        for number in numbers {
            let at = number as usize;
            if self.versions.get(at).is_some_and(|it| *it > 0)
                && !std::mem::replace(&mut known[at], true)
            {
                keyed.push((self.keys[at].clone(), number));
            }
        }
        keyed.retain(|it| it.0 != Key::Nothing);
        keyed.sort_unstable();
        let mut rank = 0;
        for (at, (key, number)) in keyed.iter().enumerate() {
            let is_new = at == 0 || keyed[at - 1].0 != *key;
            rank += u32::from(at > 0 && is_new);
            if is_new {
                self.name(key);
            }
            self.ranks[*number as usize] = rank;
        }
        self.sequence = keyed.into_iter().map(|it| it.1).collect();
    }

    /// Puts a few numbers into the order there was before: only they are compared by their keys.
    fn merge(&mut self, before: &Self, changed: Vec<u32>) {
        let moved: Bits = changed.iter().copied().collect();
        let stays =
            |it: &u32| !moved.has(*it) && self.versions.get(*it as usize).is_some_and(|it| *it > 0);
        let staying: Vec<u32> = before.sequence.iter().copied().filter(stays).collect();
        let keys = &self.keys;
        let key = |number: &u32| &keys[*number as usize];
        let mut coming: Vec<u32> =
            changed.into_iter().filter(|it| *key(it) != Key::Nothing).collect();
        coming.sort_by(|a, b| key(a).cmp(key(b)).then(a.cmp(b)));
        let mut sequence = Vec::with_capacity(staying.len() + coming.len());
        let mut from = 0;
        for number in &coming {
            let before = |it: &u32| key(it).cmp(key(number)).then(it.cmp(number)).is_lt();
            let until = from + staying[from..].partition_point(before);
            sequence.extend_from_slice(&staying[from..until]);
            sequence.push(*number);
            from = until;
        }
        sequence.extend_from_slice(&staying[from..]);
        let mut rank = 0;
        let mut names = Vec::new();
        for (at, number) in sequence.iter().enumerate() {
            let is_new = at == 0 || {
                let last = sequence[at - 1];
                match moved.has(last) || moved.has(*number) {
                    true => key(&last) != key(number),
                    false => before.place(last) != before.place(*number),
                }
            };
            rank += u32::from(at > 0 && is_new);
            if is_new {
                names.push(*number);
            }
            self.ranks[*number as usize] = rank;
        }
        if matches!(names.first().map(key), Some(Key::Computed(..))) {
            let keys = keys.clone();
            names.iter().for_each(|it| self.name(&keys[*it as usize]));
        }
        self.sequence = sequence;
    }

    fn name(&mut self, key: &Key) {
        if let Key::Computed(unranked, place, _, text) = key {
            self.names.push((text.clone(), (!unranked).then_some(*place)));
        }
    }

    /// The rank of the record with this number; `None` where there is nothing.
    pub fn place(&self, number: u32) -> Option<usize> {
        let rank = *self.ranks.get(number as usize)?;
        (rank != NOWHERE).then_some(rank as usize)
    }

    /// For a computed column: what each rank shows, and its place among ranks that mean something.
    pub fn named(&self) -> impl Iterator<Item = (&str, Option<i64>)> {
        self.names.iter().map(|(text, rank)| (&**text, *rank))
    }

    /// For a computed column: the meaning of a folded text or of a number as a rank.
    pub fn rank_of(&self, folded: &str) -> Option<i64> {
        let named = self.named().find(|it| fold(it.0) == folded);
        named.and_then(|it| it.1).or_else(|| folded.parse().ok())
    }
}

/// What keys are made of beside the records themselves. `None` where that is too much to tell.
fn basis(view: View<'_>, kind: &KindDef, column: Column) -> Option<Basis> {
    let stamp = |kinds: &[&str]| (!kinds.contains(&kind.id)).then(|| view.isms.changed(kinds));
    match column {
        Column::Computed(column) => Some((stamp(column.reads)?, Some(view.day))),
        Column::Field(_, field) => match field.ty.targets() {
            Some([]) => None,
            Some(kinds) => Some((stamp(kinds)?, None)),
            None if field.ty.has_links() => None,
            None => Some((0, None)),
        },
        _ => Some((0, None)),
    }
}
