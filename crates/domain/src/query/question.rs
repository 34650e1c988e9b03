//! What an answer was worked out from: as long as it is the same, so is the answer.

use jiff::civil::Date;
use meta::{FieldType, Id, KindDef};

use super::{Asker, Column, Filter, Query, Test, order::Language};
use crate::Isms;

/// What an answer was worked out from: as long as it is the same, so is the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What is asked, in words of our own.
    what: String,
    /// By whose order texts are sorted.
    language: Language,
    /// The newest change of the kinds that were read.
    stamp: u64,
    day: Date,
    me: Option<Id>,
}

/// The kinds that are read beside the one that is listed.
enum Reads {
    These(Vec<&'static str>),
    Everything,
}

impl Question {
    /// What the answer to a query depends on.
    pub fn of_answer(query: &Query, asker: &Asker<'_>) -> Self {
        let sort = query.sort.map_or_else(String::new, |it| format!("{it} "));
        Self::of_query(query, asker, sort, query.sort.map(|it| it.column))
    }

    /// What the facets of a column depend on.
    pub fn of_facets(query: &Query, asker: &Asker<'_>, column: Column) -> Self {
        Self::of_query(query, asker, format!("{} ", column.name()), Some(column))
    }

    /// What the order of a kind by a column depends on.
    pub fn of_order(asker: &Asker<'_>, kind: &'static KindDef, column: Column) -> Self {
        let mut reads = Reads::own(kind);
        reads.column(column);
        let what = format!("{}.{}", kind.id, column.name());
        let (isms, day) = (asker.view.isms, asker.view.day);
        Self { what, language: Language::of(isms), stamp: reads.stamp(isms), day, me: None }
    }

    /// Whether it is the same question at another time.
    pub fn is_like(&self, other: &Self) -> bool {
        self.what == other.what && self.language == other.language
    }

    fn of_query(
        query: &Query,
        asker: &Asker<'_>,
        mut what: String,
        column: Option<Column>,
    ) -> Self {
        let mut reads = Reads::own(query.kind);
        column.into_iter().for_each(|it| reads.column(it));
        query.filters.iter().for_each(|it| reads.filter(it));
        if !query.search.trim().is_empty() {
            Column::all(query.kind)
                .filter(|it| matches!(it, Column::Field(..)))
                .for_each(|it| reads.column(it));
        }
        let is_mine = query.filters.iter().any(|it| it.column == Column::Mine);
        what.push_str(query.kind.id);
        what.push('?');
        what.push_str(&query.condition());
        Self {
            what,
            language: Language::of(asker.view.isms),
            stamp: reads.stamp(asker.view.isms),
            day: asker.view.day,
            me: asker.me.filter(|_| is_mine),
        }
    }
}

impl Reads {
    fn own(kind: &KindDef) -> Self {
        Self::These(vec![kind.id])
    }

    fn filter(&mut self, filter: &Filter) {
        let by_id = matches!(filter.test, Test::Any(_) | Test::Not(_) | Test::Empty | Test::Filled);
        // Whether a link leads to a record does not depend on what that record says.
        if !(by_id && matches!(filter.column, Column::Field(..))) {
            self.column(filter.column);
        }
    }

    fn column(&mut self, column: Column) {
        match column {
            Column::Field(_, field) => self.links_in(&field.ty),
            Column::Computed(column) => self.kinds(column.reads),
            Column::Created | Column::Changed => self.kinds(&["organization"]),
            Column::Mine => self.kinds(&["person", "role"]),
            Column::Number
            | Column::Stage
            | Column::Tags
            | Column::External
            | Column::Provenance
            | Column::Version => {}
        }
    }

    fn links_in(&mut self, ty: &FieldType) {
        match ty {
            FieldType::Link(targets) | FieldType::Links(targets) if targets.is_empty() => {
                *self = Self::Everything;
            }
            FieldType::Link(targets) | FieldType::Links(targets) => self.kinds(targets),
            FieldType::Rating => self.kinds(&["control", "person", "role"]),
            FieldType::Rows(def) => def.fields.iter().for_each(|it| self.links_in(&it.ty)),
            _ => {}
        }
    }

    fn kinds(&mut self, kinds: &[&'static str]) {
        if let Self::These(these) = self {
            these.extend_from_slice(kinds);
        }
    }

    fn stamp(&self, isms: &Isms) -> u64 {
        match self {
            Self::These(kinds) => isms.changed(kinds),
            Self::Everything => isms.position(),
        }
    }
}
