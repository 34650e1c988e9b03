//! Requests that wait for the writer, and the threads that wait for their answers.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use domain::Change;
use ledger::Sealed;
use meta::Id;

use super::{Receipt, Request};
use crate::Error;

/// Requests that wait for the writer.
#[derive(Default)]
pub(crate) struct Queue {
    waiting: Mutex<Waiting>,
    /// Wakes the thread that leads and waits for requests.
    came: Condvar,
}

#[derive(Default)]
struct Waiting {
    jobs: Vec<Job>,
    /// Room for the next batch, kept from the last one.
    room: Batch,
    /// Whether a thread works for those who wait, or was asked to.
    led: bool,
    /// Whether it waits for requests.
    idle: bool,
}

/// Requests that are worked for together, and the commits that were made of them.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) jobs: Vec<Job>,
    pub(super) sealed: Vec<Sealed>,
}

pub(super) struct Job {
    pub(super) request: Request,
    /// The personal token by which it came.
    pub(super) token: Option<Id>,
    pub(super) decided: Option<Box<Decided>>,
    /// What is answered once the batch is durable.
    pub(super) outcome: Option<Result<Receipt, Error>>,
    answer: Arc<Answer>,
}

/// A decision made before the lock, good as long as the ledger has not moved.
pub(super) struct Decided {
    pub(super) change: Change,
    pub(super) position: u64,
}

#[derive(Default)]
pub(super) struct Answer {
    slot: Mutex<Option<Box<Result<Receipt, Error>>>>,
    ready: Condvar,
}

/// The lead among those who wait. A thread that panics with it leaves nobody waiting.
pub(super) struct Leading<'q>(pub(super) &'q Queue);

/// A batch holds at most this many requests.
const BATCH: usize = 512;

impl Queue {
    /// Lets a request wait; answers whether nobody leads, so that whoever brought it does.
    pub(super) fn push(&self, job: Job) -> bool {
        let mut waiting = self.waiting();
        waiting.jobs.push(job);
        if waiting.idle {
            self.came.notify_one();
        }
        !std::mem::replace(&mut waiting.led, true)
    }

    pub(super) fn len(&self) -> usize {
        self.waiting().jobs.len()
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().expect("no thread panics while it holds the queue")
    }
}

impl Leading<'_> {
    /// The next batch; where nobody comes for so long, the lead is given up.
    pub(super) fn gather(&self, patience: Duration) -> Option<Batch> {
        let mut waiting = self.0.waiting();
        if waiting.jobs.is_empty() && !patience.is_zero() {
            waiting.idle = true;
            let waits = |it: &mut Waiting| it.jobs.is_empty();
            let came = self.0.came.wait_timeout_while(waiting, patience, waits);
            waiting = came.expect("no thread panics while it holds the queue").0;
            waiting.idle = false;
        }
        if waiting.jobs.is_empty() {
            waiting.led = false;
            return None;
        }
        let mut batch = std::mem::take(&mut waiting.room);
        let count = waiting.jobs.len().min(BATCH);
        batch.jobs.extend(waiting.jobs.drain(..count));
        Some(batch)
    }

    /// Answers a batch that was worked for.
    pub(super) fn answer(&self, mut batch: Batch) {
        batch.jobs.clear();
        batch.sealed.clear();
        self.0.waiting().room = batch;
    }

    /// Whether somebody waits.
    pub(super) fn is_wanted(&self) -> bool {
        !self.0.waiting().jobs.is_empty()
    }
}

impl Job {
    pub(super) fn new(
        request: Request,
        token: Option<Id>,
        decided: Option<Box<Decided>>,
        answer: Arc<Answer>,
    ) -> Self {
        Self { request, token, decided, outcome: None, answer }
    }

    /// What was recorded, unless it was refused.
    pub(super) fn receipt(&self) -> Option<&Receipt> {
        self.outcome.as_ref()?.as_ref().ok()
    }
}

impl Answer {
    pub(super) fn wait(&self) -> Result<Receipt, Error> {
        let slot = self.slot.lock().expect("storing an answer does not panic");
        let mut slot = self
            .ready
            .wait_while(slot, |it| it.is_none())
            .expect("storing an answer does not panic");
        *slot.take().expect("it was waited for")
    }
}

impl Drop for Job {
    /// Answers. A request that nobody worked for gets an answer too: its thread waits for it.
    fn drop(&mut self) {
        let outcome = self.outcome.take().unwrap_or_else(|| {
            let lost = "the writer stopped: look in the ledger whether this was recorded";
            Err(Error::Wrong(lost.to_owned()))
        });
        let mut slot = self.answer.slot.lock().unwrap_or_else(PoisonError::into_inner);
        *slot = Some(Box::new(outcome));
        self.answer.ready.notify_one();
    }
}

impl Drop for Leading<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            let mut waiting = self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.led = false;
            waiting.jobs.clear();
        }
    }
}
