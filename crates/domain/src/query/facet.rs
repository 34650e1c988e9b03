//! The values that a column takes, for the menus of filters.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use meta::{Body, Cell, FieldType, Id, Record};

use super::{
    Asker, Column, Query, Question, column, condition,
    order::{self, Collation, Language},
};
use crate::text::{self, Links};

/// A value that a column takes, and in how many records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// As in a query; `None` for records with nothing there, which `is=none` finds.
    pub value: Option<String>,
    /// As shown; empty for nothing.
    pub label: String,
    /// How many of the records that answer the rest of the query have it.
    pub count: usize,
}

/// More than so many linked records are no menu any more.
const MOST: usize = 500;

/// The records that have each value, in the order of a menu.
#[derive(Default)]
struct Tally {
    nothing: usize,
    places: BTreeMap<usize, usize>,
    records: HashMap<Id, usize, foldhash::fast::RandomState>,
    texts: BTreeMap<String, usize>,
}

impl Query {
    /// The values of a column among the records that answer the query without its filters by that
    /// column, in the order in which the column sorts, nothing at the end; of very many the most
    /// frequent. Text, numbers and days have too many values for a menu: they have none.
    pub fn facets(&self, asker: &Asker<'_>, column: Column) -> Arc<[Facet]> {
        match asker.sees {
            None => {
                let question = Question::of_facets(self, asker, column);
                asker.cache.facets.answer(question, || self.tally(asker, column).into())
            }
            Some(_) => self.tally(asker, column).into(),
        }
    }

    fn tally(&self, asker: &Asker<'_>, column: Column) -> Vec<Facet> {
        let mut tally = Tally::default();
        let rows = self.matching(asker, Some(column));
        match column {
            Column::Field(at, field) => {
                rows.for_each(|it| tally.cell(&field.ty, Body::cell(&it.body, at)));
                match field.ty {
                    FieldType::Choice(options) | FieldType::Choices(options) => {
                        tally.facets(|at| (options[at].id.to_owned(), options[at].label.to_owned()))
                    }
                    FieldType::Bool => tally.facets(|at| {
                        let text = if at == 0 { "no" } else { "yes" };
                        (text.to_owned(), text.to_owned())
                    }),
                    FieldType::Link(_) | FieldType::Links(_) => tally.links(asker),
                    FieldType::Words => tally.words(asker),
                    _ => Vec::new(),
                }
            }
            Column::Computed(_) if asker.reads.is_some() => {
                rows.for_each(|it| match column.text(asker.view, it, Links::Titles) {
                    text if text.is_empty() => tally.nothing += 1,
                    text => tally.text(&text),
                });
                tally.words(asker)
            }
            Column::Computed(_) => {
                let order = order::of(asker, self.kind, column);
                rows.for_each(|it| tally.place(order.place(it.head.number)));
                let names: Vec<&str> = order.named().map(|it| it.0).collect();
                tally.facets(|at| (names[at].to_owned(), names[at].to_owned()))
            }
            Column::Stage => {
                rows.for_each(|it| tally.place(Some(it.head.stage.into())));
                let stages = self.kind.stages;
                tally.facets(|at| (stages[at].id.to_owned(), stages[at].label.to_owned()))
            }
            Column::Provenance => {
                rows.for_each(|it| tally.text(it.head.provenance.id()));
                tally.words(asker)
            }
            Column::Tags => {
                rows.for_each(|it| {
                    let tags: Vec<&String> =
                        it.head.extras.iter().flat_map(|it| &it.tags).collect();
                    tags.iter().for_each(|it| tally.text(it));
                    tally.nothing += usize::from(tags.is_empty());
                });
                tally.words(asker)
            }
            Column::External => {
                rows.for_each(|it| match column::external_id(it) {
                    Some(text) => tally.text(text),
                    None => tally.nothing += 1,
                });
                tally.words(asker)
            }
            Column::Mine => {
                let is_mine = condition::mine(asker, self.kind);
                rows.for_each(|it| tally.place(Some(is_mine(it).into())));
                let mut facets = tally.facets(|at| {
                    let text = if at == 0 { "no" } else { "yes" };
                    (text.to_owned(), text.to_owned())
                });
                facets.reverse();
                facets
            }
            Column::Number | Column::Version | Column::Created | Column::Changed => Vec::new(),
        }
    }
}

impl Tally {
    fn cell(&mut self, ty: &FieldType, cell: Cell<'_>) {
        if cell.is_empty() {
            self.nothing += 1;
        }
        for cell in cell.each() {
            match cell {
                Cell::Bool(is) => self.place(Some(is.into())),
                Cell::Choice(choice) => {
                    if let FieldType::Choice(options) | FieldType::Choices(options) = ty {
                        self.place(options.iter().position(|it| it.id == choice.id));
                    }
                }
                Cell::Link(link) => *self.records.entry(link.id).or_default() += 1,
                Cell::Text(text) if matches!(ty, FieldType::Words) => self.text(text),
                _ => {}
            }
        }
    }

    fn place(&mut self, place: Option<usize>) {
        match place {
            Some(place) => *self.places.entry(place).or_default() += 1,
            None => self.nothing += 1,
        }
    }

    fn text(&mut self, text: &str) {
        match self.texts.get_mut(text) {
            Some(count) => *count += 1,
            None => drop(self.texts.insert(text.to_owned(), 1)),
        }
    }

    fn facets(self, named: impl Fn(usize) -> (String, String)) -> Vec<Facet> {
        let facets = self.places.iter().map(|(place, count)| {
            let (value, label) = named(*place);
            Facet { value: Some(value), label, count: *count }
        });
        facets.chain(self.none()).collect()
    }

    fn words(self, asker: &Asker<'_>) -> Vec<Facet> {
        let facets = self.texts.iter().map(|(text, count)| Facet {
            value: Some(text.clone()),
            label: text.clone(),
            count: *count,
        });
        collated(asker, facets.collect(), self.none())
    }

    /// What the asker may not see has no name in a menu.
    fn links(self, asker: &Asker<'_>) -> Vec<Facet> {
        let isms = asker.view.isms;
        let known = self.records.iter().filter_map(|(id, count)| Some((isms.get(*id)?, *count)));
        let mut known: Vec<(&Record, usize)> = known.filter(|(it, _)| asker.sees(it)).collect();
        if known.len() > MOST {
            let often = |(record, count): &(&Record, usize)| (Reverse(*count), record.head.id);
            known.select_nth_unstable_by_key(MOST, often);
            known.truncate(MOST);
        }
        let facets = known.into_iter().map(|(record, count)| {
            let label = text::of_link(isms, record.head.id.into(), Links::Titles);
            Facet { value: Some(record.name()), label, count }
        });
        collated(asker, facets.collect(), self.none())
    }

    fn none(&self) -> Option<Facet> {
        let nothing = Facet { value: None, label: String::new(), count: self.nothing };
        (self.nothing > 0).then_some(nothing)
    }
}

fn collated(asker: &Asker<'_>, mut facets: Vec<Facet>, none: Option<Facet>) -> Vec<Facet> {
    let collation = Collation::new(Language::of(asker.view.isms));
    facets.sort_by_cached_key(|it| (collation.key(&it.label), it.value.clone()));
    facets.extend(none);
    facets
}
