//! Verdicts of the rules, made in the background: a page shows the last finished ones with their
//! position and never waits for a run, except for the very first.

use std::sync::{Arc, Mutex, PoisonError};

use domain::{
    Isms, View,
    conformity::{self, Report},
};
use jiff::civil::Date;

/// The last finished verdicts of one organization.
#[derive(Default)]
pub(crate) struct Verdicts {
    state: Mutex<State>,
    /// Held by the one thread that makes the first report.
    first: Mutex<()>,
}

#[derive(Default)]
struct State {
    newest: Option<Arc<Report>>,
    running: bool,
    /// Reports of earlier points.
    past: Vec<Arc<Report>>,
}

impl Verdicts {
    /// The last finished verdicts of the present; begins to make newer ones when these are old.
    pub(crate) fn present(self: &Arc<Self>, isms: &Isms, day: Date) -> Arc<Report> {
        let known = {
            let mut state = self.lock();
            let known = state.newest.clone();
            let is_new =
                known.as_ref().is_some_and(|it| it.position == isms.position() && it.day == day);
            if known.is_some() && !is_new && !state.running {
                state.running = true;
                let (verdicts, isms) = (self.clone(), isms.clone());
                std::thread::spawn(move || verdicts.make(&isms, day));
            }
            known
        };
        known.unwrap_or_else(|| {
            let _first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
            let made = self.lock().newest.clone();
            made.unwrap_or_else(|| {
                let report = Arc::new(conformity::run(View::new(isms, day)));
                self.lock().newest = Some(report.clone());
                report
            })
        })
    }

    /// The verdicts as of an earlier point.
    pub(crate) fn past(&self, view: View<'_>) -> Arc<Report> {
        let is = |it: &&Arc<Report>| it.position == view.isms.position() && it.day == view.day;
        if let Some(found) = self.lock().past.iter().find(is) {
            return found.clone();
        }
        let report = Arc::new(conformity::run(view));
        let mut state = self.lock();
        state.past.push(report.clone());
        if state.past.len() > 8 {
            state.past.remove(0);
        }
        report
    }

    fn make(&self, isms: &Isms, day: Date) {
        let _running = Running(self);
        let report = conformity::run(View::new(isms, day));
        self.lock().newest = Some(Arc::new(report));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says that no run goes on any more, also when a rule panics.
struct Running<'a>(&'a Verdicts);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.lock().running = false;
    }
}
