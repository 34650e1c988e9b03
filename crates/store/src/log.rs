//! SQLite's write-ahead log, moved into the file on a thread of its own: a writer that did it
//! would have made its commit visible, and would be a long while from saying so.

use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use crate::Address;
use crate::db::Connection;

/// The log is moved each time it has grown by so many pages of 4 KiB.
const LARGE: i32 = 1_000;

/// Beyond so many pages a writer moves it after all: under load that never ends, the thread never
/// reaches the end of the log, which is where it can begin anew.
const LARGEST: i32 = 16_000;

/// The thread that moves the log of one database.
pub(crate) struct Keeper {
    told: Option<Growth>,
    moving: Arc<Mutex<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Where a connection tells how large the log is after its commits.
#[derive(Clone)]
pub(crate) struct Growth {
    moved: Arc<AtomicI32>,
    sender: SyncSender<()>,
}

impl Keeper {
    pub(crate) fn new(address: Address) -> Self {
        // One that waits is enough, however often it is told.
        let (sender, receiver) = sync_channel(1);
        let moving = Arc::<Mutex<()>>::default();
        let thread = thread::spawn({
            let moving = moving.clone();
            move || keep(&address, &receiver, &moving)
        });
        let told = Growth { moved: Arc::default(), sender };
        Self { told: Some(told), moving, thread: Some(thread) }
    }

    /// Keeps the thread still as long as the answer is held: SQLite lets only one move the log,
    /// and whoever comes second does not wait.
    pub(crate) fn still(&self) -> MutexGuard<'_, ()> {
        self.moving.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn growth(&self) -> Growth {
        self.told.clone().expect("it is taken by drop only")
    }
}

impl Growth {
    /// Says that the log has so many pages; answers whether the writer moves it. A single large
    /// commit is left to the thread.
    pub(crate) fn is(&self, pages: i32) -> bool {
        let moved = self.moved.load(Ordering::Relaxed);
        if pages < moved {
            // It has begun anew.
            self.moved.store(0, Ordering::Relaxed);
        } else if pages - moved >= LARGE {
            self.moved.store(pages, Ordering::Relaxed);
            self.sender.try_send(()).ok();
        }
        pages >= moved && moved >= LARGEST - LARGE
    }
}

impl Drop for Keeper {
    /// Waits for the thread: the last connection that is closed takes the log with it.
    fn drop(&mut self) {
        self.told = None;
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn keep(address: &Address, told: &Receiver<()>, moving: &Mutex<()>) {
    let mut connection = None;
    while told.recv().is_ok() {
        let _moving = moving.lock().unwrap_or_else(PoisonError::into_inner);
        if connection.is_none() {
            connection = Connection::open(address).ok();
        }
        // What fails is tried again after some more pages, in the end by a writer, who says so.
        if let Some(connection) = &connection {
            connection.first("pragma wal_checkpoint(passive)", &[], |_| Ok(())).ok();
        }
    }
}
