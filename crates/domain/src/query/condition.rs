//! Filters made ready to look at many records.

use std::cmp::Ordering;

use kinds::{Kind, person::Person, role::Role};
use meta::{Body, Cell, FieldType, Id, KindDef, Record};

use super::{Asker, Column, Filter, Test, Value, column::external_id, order};
use crate::{
    cache::Bits,
    holder, parameters,
    resolve::{fold, fold_onto},
    text::{self, Links},
};

/// A filter made ready to look at many records.
pub type Condition<'a> = Box<dyn Fn(&Record) -> bool + 'a>;

/// One value that is compared with another, or with nothing.
#[derive(Clone, Copy)]
enum How {
    Equal,
    From,
    To,
    Above,
    Below,
}

impl Filter {
    /// Makes it ready to look at records of a kind.
    pub(super) fn condition<'a>(&self, asker: &Asker<'a>, kind: &'static KindDef) -> Condition<'a> {
        match (self.column, &self.test) {
            // The titles are folded already.
            (Column::Field(0, _), Test::Has(text))
                if asker.reads.is_none() && kind.id != "control" && !fold(text).is_empty() =>
            {
                let titles = asker.cache.titles.of(asker.view.isms, kind.id);
                let found: Bits = titles.that_say(&fold(text)).map(|it| it.number).collect();
                return Box::new(move |it| found.has(it.head.number));
            }
            _ => {}
        }
        match self.column {
            Column::Field(at, field) => self.test.on_field(*asker, at, &field.ty),
            Column::Computed(_) if asker.reads.is_some() => {
                self.test.on_computed_read(*asker, self.column)
            }
            Column::Computed(_) => self.test.on_computed(asker, kind, self.column),
            Column::Stage => self.test.on_number(|it| Some(i64::from(it.head.stage))),
            Column::Number => self.test.on_number(|it| Some(i64::from(it.head.number))),
            Column::Version => self.test.on_number(|it| Some(i64::from(it.head.version))),
            Column::Created => self.test.on_commit(asker, |it| it.head.created),
            Column::Changed => self.test.on_commit(asker, |it| it.head.changed),
            Column::Provenance => self.test.on_words(|it| vec![it.head.provenance.id()]),
            Column::Tags => self.test.on_words(|it| {
                it.head.extras.iter().flat_map(|it| &it.tags).map(String::as_str).collect()
            }),
            Column::External => self.test.on_words(|it| external_id(it).into_iter().collect()),
            Column::Mine => {
                let is_mine = mine(asker, kind);
                let wants = match &self.test {
                    Test::Any(values) => values.iter().any(Value::is_yes),
                    Test::Not(values) => !values.iter().any(Value::is_yes),
                    _ => true,
                };
                Box::new(move |it| is_mine(it) == wants)
            }
        }
    }
}

impl Test {
    /// What is compared one by one, whether one that passes is wanted, and how.
    fn parts(&self) -> Option<(&[Value], How)> {
        match self {
            Self::Any(values) | Self::Not(values) => Some((values, How::Equal)),
            Self::From(value) => Some((std::slice::from_ref(value), How::From)),
            Self::To(value) => Some((std::slice::from_ref(value), How::To)),
            Self::Above(value) => Some((std::slice::from_ref(value), How::Above)),
            Self::Below(value) => Some((std::slice::from_ref(value), How::Below)),
            Self::Empty | Self::Filled | Self::Has(_) => None,
        }
    }

    fn on_field<'a>(&self, asker: Asker<'a>, at: usize, ty: &FieldType) -> Condition<'a> {
        let cell =
            move |it: &Record, test: &dyn Fn(Cell<'_>) -> bool| test(Body::cell(&it.body, at));
        let wants = !matches!(self, Self::Not(_));
        let Some((values, how)) = self.parts() else {
            return match self {
                Self::Filled => Box::new(move |it| !Body::cell(&it.body, at).is_empty()),
                Self::Has(text) => {
                    let needle = fold(text);
                    Box::new(move |it| {
                        cell(it, &|cell| cell.each().any(|it| words(&asker, it).contains(&needle)))
                    })
                }
                _ => Box::new(move |it| Body::cell(&it.body, at).is_empty()),
            };
        };
        if ty.targets().is_some() {
            let ids: Vec<Id> = values.iter().filter_map(Value::record).collect();
            return Box::new(move |it| {
                cell(it, &|cell| cell.ids().any(|it| ids.contains(&it))) == wants
            });
        }
        let values = values.to_vec();
        if values.iter().any(|it| it.folded().is_some()) {
            return Box::new(move |it| {
                cell(it, &|cell| {
                    cell.each().any(|it| {
                        let text = words(&asker, it);
                        let mut wanted = values.iter().filter_map(Value::folded);
                        wanted.any(|it| how.fits(text.as_str().cmp(it)))
                    })
                }) == wants
            });
        }
        Box::new(move |it| {
            cell(it, &|cell| {
                cell.each().any(|cell| {
                    values.iter().any(|it| it.order(cell).is_some_and(|it| how.fits(it)))
                })
            }) == wants
        })
    }

    /// What is computed is compared once for each text it takes, not once for each record.
    fn on_computed<'a>(
        &self,
        asker: &Asker<'a>,
        kind: &'static KindDef,
        column: Column,
    ) -> Condition<'a> {
        let order = order::of(asker, kind, column);
        let wants = !matches!(self, Self::Not(_));
        let rank_of = |wanted: &str| order.rank_of(wanted);
        let passing: Vec<bool> =
            order.named().map(|(text, rank)| self.passes(text, rank, &rank_of) == wants).collect();
        let nothing = self.passes("", None, &rank_of) == wants;
        Box::new(move |it| match order.place(it.head.number) {
            Some(place) => passing.get(place).copied().unwrap_or_default(),
            None => nothing,
        })
    }

    /// What is computed of an edition is computed when it is looked at: there are few.
    fn on_computed_read<'a>(&self, asker: Asker<'a>, column: Column) -> Condition<'a> {
        let test = self.clone();
        let wants = !matches!(self, Self::Not(_));
        Box::new(move |it| {
            let text = column.text(asker.view, it, Links::Titles);
            test.passes(&text, None, &|_| None) == wants
        })
    }

    /// Whether a computed text passes, by its rank where both it and what is wanted have one.
    fn passes(&self, text: &str, rank: Option<i64>, rank_of: &dyn Fn(&str) -> Option<i64>) -> bool {
        match self {
            Self::Empty => text.is_empty(),
            Self::Filled => !text.is_empty(),
            Self::Has(needle) => fold(text).contains(&fold(needle)),
            test => test.parts().is_some_and(|(values, how)| {
                let folded = fold(text);
                values.iter().filter_map(Value::folded).any(|wanted| {
                    let by_rank = rank.zip(rank_of(wanted));
                    how.fits(match by_rank {
                        Some((rank, wanted)) => rank.cmp(&wanted),
                        None => folded.as_str().cmp(wanted),
                    }) && !text.is_empty()
                })
            }),
        }
    }

    fn on_number<'a>(&self, number: fn(&Record) -> Option<i64>) -> Condition<'a> {
        let wants = !matches!(self, Self::Not(_));
        let Some((values, how)) = self.parts() else {
            let holds = matches!(self, Self::Filled);
            return Box::new(move |_| holds);
        };
        let place = |it: &Value| it.integer().or(it.place().map(|it| it as i64));
        let values: Vec<i64> = values.iter().filter_map(place).collect();
        Box::new(move |it| {
            let number = number(it);
            values.iter().any(|it| number.is_some_and(|number| how.fits(number.cmp(it)))) == wants
        })
    }

    /// Days are days in the organization's time zone: they are put into positions once.
    fn on_commit<'a>(&self, asker: &Asker<'a>, position: fn(&Record) -> u64) -> Condition<'a> {
        let wants = !matches!(self, Self::Not(_));
        let Some((values, how)) = self.parts() else {
            let holds = matches!(self, Self::Filled);
            return Box::new(move |_| holds);
        };
        let isms = asker.view.isms;
        let zone = parameters::time_zone(isms);
        let days = values.iter().filter_map(Value::day).map(|day| {
            let before = day.yesterday().map_or(0, |it| isms.position_on(it, &zone));
            (before, isms.position_on(day, &zone))
        });
        let days: Vec<(u64, u64)> = days.collect();
        Box::new(move |it| {
            let at = position(it);
            let fits = |&(before, last): &(u64, u64)| match how {
                How::Equal => before < at && at <= last,
                How::From => before < at,
                How::To => at <= last,
                How::Above => last < at,
                How::Below => at <= before,
            };
            days.iter().any(fits) == wants
        })
    }

    fn on_words<'a>(&self, words: fn(&Record) -> Vec<&str>) -> Condition<'a> {
        let test = self.clone();
        let needle = if let Self::Has(text) = self { Some(fold(text)) } else { None };
        let wants = !matches!(self, Self::Not(_) | Self::Empty);
        let passes = move |text: &str| match (&needle, test.parts()) {
            (Some(needle), _) => fold(text).contains(needle),
            (_, Some((values, how))) => {
                let text = fold(text);
                values.iter().filter_map(Value::folded).any(|it| how.fits(text.as_str().cmp(it)))
            }
            _ => !text.is_empty(),
        };
        Box::new(move |it| words(it).into_iter().any(&passes) == wants)
    }
}

impl How {
    fn fits(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::From => order.is_ge(),
            Self::To => order.is_le(),
            Self::Above => order.is_gt(),
            Self::Below => order.is_lt(),
        }
    }
}

/// Whether a record is for the person who asks: its owner, or who else stands for it where it has
/// no owner, is that person or a role they hold.
pub(super) fn mine<'a>(asker: &Asker<'a>, kind: &KindDef) -> Condition<'a> {
    let Some(me) = asker.me else { return Box::new(|_| false) };
    let roles = holder::roles_of(asker.view, me).map(|(it, _)| it.head.id);
    let me: Vec<Id> = [me].into_iter().chain(roles).collect();
    let is_holder = |ty: &FieldType| {
        ty.targets().is_some_and(|it| {
            !it.is_empty() && it.iter().all(|it| [Person::ID, Role::ID].contains(it))
        })
    };
    let fields: Vec<usize> = match kind.field("owner") {
        Some((at, _)) => vec![at],
        None => (0..kind.fields.len()).filter(|it| is_holder(&kind.fields[*it].ty)).collect(),
    };
    Box::new(move |it| {
        fields.iter().any(|at| Body::cell(&it.body, *at).ids().any(|it| me.contains(&it)))
    })
}

/// What a cell says, folded; a link that the asker may not follow says nothing.
pub(super) fn words(asker: &Asker<'_>, cell: Cell<'_>) -> String {
    let mut out = String::new();
    match cell {
        Cell::Text(text) => fold_onto(&mut out, text),
        Cell::Link(link) => {
            if asker.view.isms.get(link.id).is_some_and(|it| asker.sees(it)) {
                fold_onto(&mut out, &text::of_link(asker.view.isms, link, Links::Titles));
            }
        }
        cell => fold_onto(&mut out, &text::of(asker.view.isms, cell, Links::Titles)),
    }
    out
}
