//! Requests that wait for the writer, and the threads that wait for their answers.

use std::{
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
};

use domain::Change;
use meta::Id;

use super::{Receipt, Request};
use crate::Error;

/// Requests that wait for the writer.
#[derive(Default)]
pub(crate) struct Queue {
    pub(super) waiting: Vec<Job>,
    /// Whether a thread works for those who wait, or was asked to.
    pub(super) led: bool,
}

pub(super) struct Job {
    pub(super) request: Request,
    /// The personal token by which it came.
    pub(super) token: Option<Id>,
    pub(super) decided: Option<Decided>,
    pub(super) answer: Arc<Answer>,
}

/// A decision made before the lock, good as long as the ledger has not moved.
pub(super) struct Decided {
    pub(super) change: Change,
    pub(super) position: u64,
}

#[derive(Default)]
pub(super) struct Answer {
    slot: Mutex<Option<Turn>>,
    ready: Condvar,
}

/// What a thread that waits wakes up for.
pub(super) enum Turn {
    /// Its request is done or refused.
    Answered(Box<Result<Receipt, Error>>),
    /// It works for the others now.
    Leads,
}

/// Leaves no thread waiting when the one that leads panics.
pub(super) struct Stopped<'q>(pub(super) &'q Mutex<Queue>);

impl Answer {
    pub(super) fn answer(&self, answer: Result<Receipt, Error>) {
        self.give(Turn::Answered(Box::new(answer)));
    }

    pub(super) fn give(&self, turn: Turn) {
        let mut slot = self.slot.lock().expect("storing an answer does not panic");
        if slot.is_none() {
            *slot = Some(turn);
            self.ready.notify_one();
        }
    }

    pub(super) fn wait(&self) -> Turn {
        let slot = self.slot.lock().expect("taking an answer does not panic");
        let mut slot = self
            .ready
            .wait_while(slot, |it| it.is_none())
            .expect("storing an answer does not panic");
        slot.take().expect("it was waited for")
    }
}

impl Drop for Job {
    /// A request that is let go of without an answer gets one: its thread waits for it.
    fn drop(&mut self) {
        let lost = "the writer stopped: look in the ledger whether this was recorded";
        self.answer.answer(Err(Error::Wrong(lost.to_owned())));
    }
}

impl Drop for Stopped<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            queue.led = false;
            queue.waiting.clear();
        }
    }
}
