//! One organization: its records in memory, kept in step with its ledger.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError, Weak, atomic::AtomicI64},
    time::Duration,
};

use domain::{Isms, View, parameters};
use jiff::civil::Date;
use ledger::Tail;
use meta::Id;
use store::Store;

use crate::{Clock, Error, Keys, Point, apply, load, writer::Queue};

/// How long a reader waits for the writer to publish before it looks again.
const PATIENCE: Duration = Duration::from_millis(5);

/// One organization of an installation. Shared by all threads.
pub struct Organization {
    pub(crate) id: Id,
    pub(crate) slug: String,
    pub(crate) origin: String,
    pub(crate) store: Arc<Store>,
    pub(crate) keys: Keys,
    pub(crate) clock: Clock,
    pub(crate) state: Mutex<Arc<State>>,
    pub(crate) published: Condvar,
    pub(crate) queue: Arc<Queue>,
    /// Itself, for the thread that writes.
    pub(crate) me: Weak<Self>,
    pub(crate) turn: Mutex<()>,
    /// When somebody last asked for it, in milliseconds since 1970.
    pub(crate) used: AtomicI64,
}

/// The records at the newest position this process has seen, and where the next commit goes.
pub(crate) struct State {
    pub(crate) isms: Isms,
    pub(crate) tail: Tail,
}

/// The records as of a point, and the day to look at them on.
pub struct Past {
    /// The records.
    pub isms: Isms,
    /// The day.
    pub day: Date,
}

/// So often it is looked whether an entry has come.
const GLANCE: Duration = Duration::from_millis(10);

impl Organization {
    pub(crate) fn load(
        store: Arc<Store>,
        keys: Keys,
        clock: Clock,
        row: store::Ledger,
    ) -> Result<Self, Error> {
        let reading = store.snapshot()?;
        let row = reading.tail(row.organization)?;
        let state =
            State { isms: load::isms(&reading, row.organization, None)?, tail: load::tail(&row)? };
        drop(reading);
        let used = AtomicI64::new(clock.now().as_millisecond());
        Ok(Self {
            used,
            id: row.organization,
            slug: row.slug,
            origin: row.origin,
            store,
            keys,
            clock,
            state: Mutex::new(Arc::new(state)),
            published: Condvar::new(),
            queue: Arc::default(),
            me: Weak::new(),
            turn: Mutex::new(()),
        })
    }

    /// Its identity.
    pub fn id(&self) -> Id {
        self.id
    }

    /// Its short name.
    pub fn slug(&self) -> &str {
        &self.slug
    }

    /// The name under which its checkpoints are signed.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The database it lives in.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The records as they are now, also what other processes have written.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub fn current(&self) -> Result<Isms, Error> {
        let state = self.state();
        let seq = match self.store.seq(self.id) {
            Ok(seq) => seq,
            // What was last known is better than nothing; whoever shows it says of when it is.
            Err(err) if err.is_outage() && self.store.cut_off().is_some() => {
                return Ok(state.isms.clone());
            }
            Err(err) => return Err(err.into()),
        };
        if seq == state.tail.seq() {
            return Ok(state.isms.clone());
        }
        let Some(_turn) = self.turn_unless_published(seq, &state) else {
            return Ok(self.state().isms.clone());
        };
        let mut isms = self.state().isms.clone();
        let reading = self.store.snapshot()?;
        let row = reading.tail(self.id)?;
        self.catch_up(&reading, &mut isms, row.seq)?;
        let tail = load::tail(&row)?;
        self.publish(State { isms: isms.clone(), tail });
        Ok(isms)
    }

    /// The records as they are now, where knowing that takes no waiting: nobody else has written to
    /// a database on this machine. Quick enough for a thread that serves many.
    pub fn at_hand(&self) -> Option<Isms> {
        let state = self.state();
        let is_current = self.store.is_local() && self.store.seq(self.id).ok()? == state.tail.seq();
        is_current.then(|| state.isms.clone())
    }

    /// Waits until this process knows the entry at a position, at most so long; answers whether it
    /// does.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub fn await_entry(&self, seq: u64, patience: Duration) -> Result<bool, Error> {
        let mut left = patience;
        while self.current()?.position() < seq {
            if left.is_zero() {
                return Ok(false);
            }
            let nap = left.min(GLANCE);
            std::thread::sleep(nap);
            left -= nap;
        }
        Ok(true)
    }

    /// Today in the organization's time zone.
    pub fn today(&self, isms: &Isms) -> Date {
        self.clock.now().to_zoned(parameters::time_zone(isms)).date()
    }

    /// The records as of a point (now when `None`), and the day to look at them on.
    ///
    /// # Errors
    /// When the point lies outside the ledger.
    pub fn as_of(&self, point: Option<Point>) -> Result<Past, Error> {
        let now = self.current()?;
        let Some(point) = point else {
            let day = self.today(&now);
            return Ok(Past { isms: now, day });
        };
        let (position, day) = self.located(&now, point)?;
        if position == now.position() {
            return Ok(Past { isms: now, day });
        }
        let isms = load::isms(&self.store.snapshot()?, self.id, Some(position))?;
        Ok(Past { isms, day })
    }

    /// The position that a point means, and the day to look at it on.
    ///
    /// # Errors
    /// When the point lies outside the ledger.
    pub fn locate(&self, point: Point) -> Result<(u64, Date), Error> {
        self.located(&self.current()?, point)
    }

    fn located(&self, now: &Isms, point: Point) -> Result<(u64, Date), Error> {
        let zone = parameters::time_zone(now);
        match point {
            Point::Day(day) if day > self.today(now) => Err(Error::Wrong(format!(
                "{day} has not come yet: name a day until {}",
                self.today(now)
            ))),
            Point::Day(day) => Ok((now.position_on(day, &zone), day)),
            Point::Seq(seq) => match now.moment(seq) {
                Some(moment) => Ok((seq, moment.at.to_zoned(zone).date())),
                None => {
                    let last = now.position();
                    Err(Error::Wrong(format!(
                        "there is no entry {seq}: the ledger has entries 1 to {last}"
                    )))
                }
            },
        }
    }

    pub(crate) fn state(&self) -> Arc<State> {
        self.state.lock().expect("no thread panics while it publishes").clone()
    }

    pub(crate) fn publish(&self, state: State) {
        *self.state.lock().expect("no thread panics while it publishes") = Arc::new(state);
        self.published.notify_all();
    }

    /// The right to catch up to an entry, or nothing once the writer of this process, which mostly
    /// made it a moment ago, has published it. Waiting for the lock alone could take many commits:
    /// a busy writer takes it again at once.
    fn turn_unless_published(&self, seq: u64, known: &State) -> Option<MutexGuard<'_, ()>> {
        // A backup was restored under our feet: nothing will be published for it.
        if seq < known.tail.seq() {
            return Some(self.turn.lock().unwrap_or_else(PoisonError::into_inner));
        }
        loop {
            match self.turn.try_lock() {
                Ok(turn) => return Some(turn),
                Err(TryLockError::Poisoned(turn)) => return Some(turn.into_inner()),
                Err(TryLockError::WouldBlock) => {}
            }
            let state = self.state.lock().expect("no thread panics while it publishes");
            let is_old = |it: &mut Arc<State>| it.tail.seq() < seq;
            let waited = self.published.wait_timeout_while(state, PATIENCE, is_old);
            let waited = waited.expect("no thread panics while it publishes");
            if !waited.1.timed_out() {
                return None;
            }
        }
    }

    /// Applies the entries after the position of `isms` up to `upto`.
    pub(crate) fn catch_up(
        &self,
        reading: &store::Reading<'_>,
        isms: &mut Isms,
        upto: u64,
    ) -> Result<(), Error> {
        if upto < isms.position() {
            // A backup was restored under our feet: begin again.
            *isms = load::isms(reading, self.id, None)?;
            return Ok(());
        }
        if upto == isms.position() {
            return Ok(());
        }
        reading.commits(self.id, isms.position() + 1, upto, |entry, revisions| {
            apply::commit(isms, &entry, &revisions)
        })
    }
}

impl Past {
    /// These records on this day.
    pub fn view(&self) -> View<'_> {
        View::new(&self.isms, self.day)
    }
}
