//! Figures over time, made in the background: the ledger is walked once, oldest point first, and a
//! page shows what is ready.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use app::Organization;
use domain::{
    Isms, View,
    curves::{self, Figures},
    parameters,
};
use jiff::civil::Date;

/// So many points are kept: those of today, and of days that somebody looked from.
const KEPT: usize = 96;

/// The figures of one organization that were made so far.
#[derive(Default)]
pub(crate) struct Curves(Mutex<State>);

#[derive(Default)]
struct State {
    /// By day: a day that is over keeps its position.
    made: BTreeMap<Date, Arc<Figures>>,
    running: bool,
}

/// What is ready.
pub(crate) struct Ready {
    /// The figures that are ready, oldest first.
    pub(crate) figures: Vec<Arc<Figures>>,
    /// How many points there shall be.
    pub(crate) wanted: usize,
}

impl Curves {
    /// What is ready of the points up to a view's day; begins to make the rest.
    pub(crate) fn up_to(
        self: &Arc<Self>,
        organization: &Arc<Organization>,
        view: View<'_>,
    ) -> Ready {
        let wanted = points(view);
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_made = |state: &State, (day, position): (Date, u64)| {
            state.made.get(&day).is_some_and(|it| it.position == position)
        };
        let missing: Vec<_> = wanted.iter().copied().filter(|it| !is_made(&state, *it)).collect();
        // A figure of an earlier hour of today is better than none while a newer one is made.
        let figures = wanted.iter().filter_map(|it| state.made.get(&it.0).cloned()).collect();
        if !missing.is_empty() && !state.running {
            state.running = true;
            let (curves, organization) = (self.clone(), organization.clone());
            std::thread::spawn(move || curves.make(&organization, &missing));
        }
        Ready { figures, wanted: wanted.len() }
    }

    fn make(&self, organization: &Organization, missing: &[(Date, u64)]) {
        let _running = Running(self);
        let mut left = missing.iter();
        let walked = organization.walk(missing.iter().map(|it| it.1), |isms: &Isms| {
            if let Some((day, _)) = left.next() {
                let figures = Arc::new(curves::figures(View::new(isms, *day)));
                let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                state.made.insert(*day, figures);
                if state.made.len() > KEPT {
                    state.made.pop_first();
                }
            }
            true
        });
        if let Err(err) = walked {
            tracing::error!(%err, "the figures over time were not made");
        }
    }
}

/// The days to draw, each with the position of its end.
fn points(view: View<'_>) -> Vec<(Date, u64)> {
    let zone = parameters::time_zone(view.isms);
    let first = view.isms.moment(1).map_or(view.day, |it| it.at.to_zoned(zone.clone()).date());
    let days = curves::days(first.min(view.day), view.day).into_iter();
    days.map(|day| match day == view.day {
        true => (day, view.isms.position()),
        false => (day, view.isms.position_on(day, &zone)),
    })
    .collect()
}

/// Says that nothing goes on any more, also when a rule panics.
struct Running<'a>(&'a Curves);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).running = false;
    }
}
