//! Requests that wait for the writer, and the threads that wait for their answers.

use std::{
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
};

use domain::Change;
use ledger::Sealed;
use meta::Id;

use super::{Receipt, Request};
use crate::Error;

/// Requests that wait for the writer.
#[derive(Default)]
pub(crate) struct Queue {
    pub(super) waiting: Vec<Job>,
    /// Room for the next batch, kept from the last one.
    pub(super) room: Batch,
    /// Whether a thread works for those who wait, or was asked to.
    pub(super) led: bool,
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
    pub(super) receipt: Option<Receipt>,
    answer: Arc<Answer>,
    answered: bool,
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

impl Job {
    pub(super) fn new(
        request: Request,
        token: Option<Id>,
        decided: Option<Box<Decided>>,
        answer: Arc<Answer>,
    ) -> Self {
        Self { request, token, decided, receipt: None, answer, answered: false }
    }

    pub(super) fn answer(&mut self, answer: Result<Receipt, Error>) {
        self.answered = true;
        self.answer.give(Turn::Answered(Box::new(answer)));
    }

    /// Lets the thread that waits for this work for all.
    pub(super) fn lead(&self) {
        self.answer.give(Turn::Leads);
    }
}

impl Answer {
    fn give(&self, turn: Turn) {
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
        if !self.answered {
            let lost = "the writer stopped: look in the ledger whether this was recorded";
            self.answer(Err(Error::Wrong(lost.to_owned())));
        }
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
