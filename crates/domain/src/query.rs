//! Lists: which records of a kind, in what order, with what columns. Pages, the API, exports and
//! the command line share it.

mod column;
mod condition;
mod facet;
mod filter;
mod form;
mod order;
mod question;
mod saying;
mod value;

use std::{fmt, sync::Arc};

use meta::{Id, KindDef, Record};

use self::condition::Condition;
pub use self::{
    column::Column,
    facet::Facet,
    filter::{Filter, Test},
    value::Value,
};
pub(crate) use self::{order::Order, question::Question};
use crate::{Isms, View, access::Sight, cache::Cache};

/// Which records of a kind, in what order, with what columns.
#[derive(Debug, Clone)]
pub struct Query {
    /// The kind.
    pub kind: &'static KindDef,
    /// What must hold for a record: all of these.
    pub filters: Vec<Filter>,
    /// Words that a record must say somewhere, all of them; as typed.
    pub search: String,
    /// By what to sort; by number when absent.
    pub sort: Option<Sort>,
    /// Whether records count that do not count any more.
    pub among: Among,
    /// The columns to show; those that the kind proposes when there are none.
    pub columns: Vec<Column>,
}

/// By what to sort, and which way. What is empty comes last both ways, equals by number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sort {
    /// The column.
    pub column: Column,
    /// The greatest first.
    pub down: bool,
}

/// Which records are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Among {
    /// Those that count. Whoever filters by stage also sees stages that end a life.
    #[default]
    Live,
    /// Also those whose life is over.
    Ended,
    /// Also withdrawn ones.
    All,
}

/// Who asks, about which records, with what is kept for them.
#[derive(Clone, Copy)]
pub struct Asker<'a> {
    /// The records, and the day.
    pub view: View<'a>,
    /// What earlier questions left.
    pub cache: &'a Cache,
    /// The person who asks, for what is *mine*.
    pub me: Option<Id>,
    /// Which records they may see; `None` for all. What they may not see is not found, not counted
    /// and named in no message.
    pub sees: Option<&'a dyn Fn(&Record) -> bool>,
    /// By whose eyes records are read, where they read editions in place of working copies; `None`
    /// where records are read as they are. Whoever has eyes of their own says what they see, too.
    pub reads: Option<Sight<'a>>,
}

/// The records that answer a query, in order.
#[derive(Clone)]
pub struct Found<'a> {
    isms: &'a Isms,
    kind: &'static str,
    numbers: Arc<[u32]>,
    reads: Option<Sight<'a>>,
}

/// What a query says that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// The parameter: `f.owner`, `sort`.
    pub parameter: String,
    /// What is wrong with it, and what would be right.
    pub why: String,
}

impl Query {
    /// All records of a kind that count.
    pub fn new(kind: &'static KindDef) -> Self {
        Self {
            kind,
            filters: Vec::new(),
            search: String::new(),
            sort: None,
            among: Among::Live,
            columns: Vec::new(),
        }
    }

    /// The columns to show: those asked for, else those that the kind proposes.
    pub fn shown(&self) -> Vec<Column> {
        if self.columns.is_empty() { Column::proposed(self.kind) } else { self.columns.clone() }
    }

    /// Whether it also looks at records whose life is over: who asks for a stage means them, too.
    pub fn sees_ended(&self) -> bool {
        self.among != Among::Live || self.filters.iter().any(|it| it.column == Column::Stage)
    }

    /// The records that answer it, in order.
    pub fn run<'a>(&self, asker: &Asker<'a>) -> Found<'a> {
        let numbers = match asker.sees {
            None => {
                let question = Question::of_answer(self, asker);
                asker.cache.answers.answer(question, || self.numbers(asker))
            }
            Some(_) => self.numbers(asker),
        };
        Found { isms: asker.view.isms, kind: self.kind.id, numbers, reads: asker.reads }
    }

    /// Whether the answer is at hand: the same was asked a moment ago.
    pub fn is_known(&self, asker: &Asker<'_>) -> bool {
        asker.sees.is_none() && asker.cache.answers.has(&Question::of_answer(self, asker))
    }

    fn numbers(&self, asker: &Asker<'_>) -> Arc<[u32]> {
        let Some(sort) = self.sort else {
            return self.matching(asker, None).map(|it| it.head.number).collect();
        };
        if asker.reads.is_some() {
            return self.numbers_read(asker, sort);
        }
        let place = order::Place::new(asker, self.kind, sort.column);
        let key = |it: &Record| {
            let place = match (place.of(it), sort.down) {
                (None, _) => u64::MAX,
                (Some(place), false) => place,
                (Some(place), true) => u64::MAX - 1 - place,
            };
            (place, it.head.number)
        };
        let mut rows: Vec<(u64, u32)> = self.matching(asker, None).map(key).collect();
        rows.sort_unstable();
        rows.into_iter().map(|it| it.1).collect()
    }

    /// As the numbers of all, by what somebody reads: no order is kept for them.
    fn numbers_read(&self, asker: &Asker<'_>, sort: Sort) -> Arc<[u32]> {
        let mut keys = order::Keys::new(asker.view, sort.column);
        let rows = self.matching(asker, None).map(|it| (keys.key(it), it.head.number));
        let (mut rows, nothing): (Vec<_>, Vec<_>) =
            rows.partition(|it| it.0 != order::Key::Nothing);
        match sort.down {
            true => rows.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1))),
            false => rows.sort(),
        }
        rows.into_iter().chain(nothing).map(|it| it.1).collect()
    }

    /// The records that answer it in the order of numbers; filters by one column may be left out.
    fn matching<'a>(
        &self,
        asker: &Asker<'a>,
        without: Option<Column>,
    ) -> impl Iterator<Item = &'a Record> {
        let filters = self.filters.iter().filter(|it| Some(it.column) != without);
        let conditions: Vec<Condition<'a>> =
            filters.map(|it| it.condition(asker, self.kind)).collect();
        let says = saying::condition(asker, self.kind, &self.search);
        // A menu of stages offers those, too.
        let (withdrawn, ended) =
            (self.among == Among::All, self.sees_ended() || without == Some(Column::Stage));
        let (sees, asker) = (asker.sees, *asker);
        asker
            .view
            .isms
            .rows(self.kind.id)
            .filter_map(move |it| asker.read(it))
            .filter(move |it| withdrawn || !it.head.withdrawn)
            .filter(move |it| ended || !it.stage().ended)
            .filter(move |it| conditions.iter().all(|holds| holds(it)))
            .filter(move |it| says.as_ref().is_none_or(|says| says(it)))
            .filter(move |it| sees.is_none_or(|sees| sees(it)))
    }
}

impl<'a> Asker<'a> {
    /// Somebody who may see everything.
    pub fn all_seeing(view: View<'a>, cache: &'a Cache) -> Self {
        Self { view, cache, me: None, sees: None, reads: None }
    }

    /// Whether they may see a record.
    pub fn sees(&self, record: &Record) -> bool {
        self.sees.is_none_or(|sees| sees(record))
    }

    /// Whether they read editions of this kind where working copies stand.
    pub(crate) fn reads_editions(&self, kind: &KindDef) -> bool {
        self.reads.is_some_and(|it| it.reads_editions(kind))
    }
}

impl<'a> Asker<'a> {
    /// What they read where this record stands; `None` for nothing.
    pub(crate) fn read(&self, record: &'a Record) -> Option<&'a Record> {
        read(self.reads, record)
    }
}

impl<'a> Found<'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// All of them.
    pub fn rows(&self) -> impl Iterator<Item = &'a Record> {
        self.page(0, usize::MAX)
    }

    /// So many of them, after so many others.
    pub fn page(&self, after: usize, most: usize) -> impl Iterator<Item = &'a Record> {
        let (isms, kind, reads) = (self.isms, self.kind, self.reads);
        let numbers = self.numbers.iter().skip(after).take(most);
        numbers.filter_map(move |it| read(reads, isms.numbered(kind, *it)?))
    }

    /// Their numbers.
    pub fn numbers(&self) -> &[u32] {
        &self.numbers
    }
}

impl Misread {
    pub(crate) fn new(parameter: impl Into<String>, why: impl Into<String>) -> Self {
        Self { parameter: parameter.into(), why: why.into() }
    }
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.parameter, self.why)
    }
}

impl std::error::Error for Misread {}

fn read<'a>(reads: Option<Sight<'a>>, record: &'a Record) -> Option<&'a Record> {
    match reads {
        None => Some(record),
        Some(sight) => sight.reads(record),
    }
}

#[cfg(test)]
mod tests;
