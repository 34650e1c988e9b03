//! Verdicts of the rules, made in the background: a page shows the last finished ones with their
//! position and never waits for a run, except for the very first.

use std::{
    mem,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use domain::{
    Isms, View,
    conformity::{self, Chain, Report},
    standing::Standing,
};
use jiff::civil::Date;

/// How long after a run in the background the next may begin.
const REST: Duration = Duration::from_millis(300);

/// A finished run: what the rules found, and where the organization stands by that.
pub(crate) struct Found {
    /// What the rules found.
    pub(crate) report: Arc<Report>,
    /// Where the organization stands at the same position, on the same day.
    pub(crate) standing: Standing,
}

/// The last finished verdicts of one organization.
#[derive(Default)]
pub(crate) struct Verdicts {
    state: Mutex<State>,
    /// Held by the one thread that makes the first report.
    first: Mutex<()>,
}

#[derive(Default)]
struct State {
    newest: Option<Arc<Found>>,
    running: bool,
    /// Runs at earlier points.
    past: Vec<Arc<Found>>,
}

impl Verdicts {
    /// The last finished verdicts of the present; begins to make newer ones when these are old.
    pub(crate) fn present(self: &Arc<Self>, isms: &Isms, day: Date) -> Arc<Found> {
        let known = {
            let mut state = self.lock();
            let known = state.newest.clone();
            let is_new = known.as_ref().is_some_and(|it| is_of(it, View::new(isms, day)));
            if known.is_some() && !is_new && !state.running {
                state.running = true;
                let (verdicts, isms) = (self.clone(), isms.clone());
                thread::spawn(move || verdicts.make(&isms, day));
            }
            known
        };
        known.unwrap_or_else(|| {
            let _first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
            let made = self.lock().newest.clone();
            made.unwrap_or_else(|| {
                let found = Arc::new(Found::make(View::new(isms, day)));
                self.lock().newest = Some(found.clone());
                found
            })
        })
    }

    /// The verdicts as of an earlier point.
    pub(crate) fn past(&self, view: View<'_>) -> Arc<Found> {
        if let Some(found) = self.lock().past.iter().find(|it| is_of(it, view)) {
            return found.clone();
        }
        let found = Arc::new(Found::make(view));
        let mut state = self.lock();
        state.past.push(found.clone());
        if state.past.len() > 8 {
            state.past.remove(0);
        }
        found
    }

    fn make(&self, isms: &Isms, day: Date) {
        let _running = Running(self);
        let found = Some(Arc::new(Found::make(View::new(isms, day))));
        // Letting go of the old ones takes a while, in which nobody should have to wait.
        let before = mem::replace(&mut self.lock().newest, found);
        drop(before);
        // While others write, a run that follows on the heels of the last takes a core from pages.
        thread::sleep(REST);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Found {
    fn make(view: View<'_>) -> Self {
        let chain = Chain::build(view);
        let report = Arc::new(conformity::run_on(&chain));
        let standing = Standing::of(&chain, &report);
        Self { report, standing }
    }
}

fn is_of(found: &Found, view: View<'_>) -> bool {
    found.report.position == view.isms.position() && found.report.day == view.day
}

/// Says that no run goes on any more, also when a rule panics.
struct Running<'a>(&'a Verdicts);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.lock().running = false;
    }
}
