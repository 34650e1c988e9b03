//! Work that is done again and again beside what people do: once, however many processes share the
//! database.

mod due;
mod orphans;
mod thin;

use std::{
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use store::{Asked, Lease};

pub use self::due::Due;

use crate::{App, Error, fresh_id};

/// A process that stops answering for so long loses what it was doing to another one.
const LIFE: Duration = Duration::from_secs(6);
/// How often a process says that it is still at it.
const RENEW: Duration = Duration::from_secs(2);
/// How long nobody tries again what has failed, if it is not due before.
const PAUSE: Duration = Duration::from_secs(60);
/// How long at most nobody looks whether something is due: another process may have been stopped
/// in the middle of it.
const LOOK: Duration = Duration::from_secs(30);

/// How often it is looked for organizations to let go of, and which: those that nobody has asked
/// for in so long.
const FORGET: Duration = Duration::from_secs(60);
const UNUSED: SignedDuration = SignedDuration::from_hours(1);

/// What a job does. It must be safe to begin it again where another process was stopped.
pub type Run = dyn Fn(&App, &Turn<'_>) -> Result<(), Error> + Send + Sync;

/// Work that is done again and again, by one process at a time.
pub struct Job {
    /// Its name, the same in all processes and versions.
    pub name: &'static str,
    /// When it is due.
    pub due: Due,
    /// What it does.
    pub run: Box<Run>,
}

/// The turn of this process at a job. It is renewed in the background while the job runs.
pub struct Turn<'a> {
    lease: &'a Lease<'a>,
    lost: &'a AtomicBool,
    stop: &'a Stop,
}

/// Asks those who work to stop.
#[derive(Clone, Default)]
pub struct Stop(Arc<Signal>);

#[derive(Default)]
struct Signal {
    given: Mutex<bool>,
    wake: Condvar,
}

/// What came of one look at a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worked {
    /// It was done.
    Done,
    /// It is not due, or another process is at it; worth another look after so long.
    Later(Duration),
    /// This process was paused or cut off for so long that another one took over.
    TakenOver,
}

/// How it stands with a job, by the clock of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobState {
    /// Its name.
    pub name: String,
    /// When it was last done; `None` for never.
    pub done: Option<Timestamp>,
    /// When it last failed, if it was not done since, and why.
    pub failed: Option<(Timestamp, String)>,
}

impl Job {
    /// A job of this name that is due then.
    pub fn new(
        name: &'static str,
        due: impl Into<Due>,
        run: impl Fn(&App, &Turn<'_>) -> Result<(), Error> + Send + Sync + 'static,
    ) -> Self {
        Self { name, due: due.into(), run: Box::new(run) }
    }

    /// The jobs that every installation needs.
    pub fn housekeeping() -> Vec<Self> {
        let hour = SignedDuration::from_hours(1);
        vec![
            Self::new("sweep", hour, |app, _| {
                app.accounts().sweep()?;
                app.outbox().sweep().map(drop)
            }),
            Self::new("orphans", 24 * hour, |app, turn| app.remove_orphans(turn).map(drop)),
            Self::new("thin", 24 * hour, |app, turn| app.thin_checkpoints(turn).map(drop)),
        ]
    }

    /// How long nobody tries again what has failed.
    fn pause(&self) -> Duration {
        PAUSE.min(Duration::try_from(self.due.apart()).unwrap_or_default())
    }
}

impl App {
    /// Does the jobs whenever they are due, each on a thread of its own, so that a long one holds
    /// up none. Answers when `stop` is given and what was begun has come to its end.
    pub fn work(&self, jobs: &[Job], stop: &Stop) {
        thread::scope(|scope| {
            for job in jobs {
                scope.spawn(|| self.keep_doing(job, stop));
            }
            // Every process for itself.
            while !stop.wait(FORGET) {
                self.forget_unused(UNUSED);
            }
        });
    }

    /// Does a job, if it is due and no other process is at it.
    ///
    /// # Errors
    /// What the job answers, or the database; the failure is kept for [`App::jobs`].
    pub fn work_once(&self, job: &Job, stop: &Stop) -> Result<Worked, Error> {
        let age = job.due.age(self.clock.now());
        let lease = match self.store.lease(job.name, fresh_id(), age, LIFE)? {
            Asked::Taken(lease) => lease,
            Asked::Later(later) => return Ok(Worked::Later(later)),
        };
        let (lost, over) = (AtomicBool::new(false), Stop::default());
        let ran = thread::scope(|scope| {
            scope.spawn(|| keep(&lease, &lost, &over));
            // Also when the job panics: else the scope would wait for the thread for ever.
            let _over = Over(&over);
            (job.run)(self, &Turn { lease: &lease, lost: &lost, stop })
        });
        let ours = match &ran {
            Ok(()) => lease.done()?,
            // It was stopped, or lost its turn: whoever is next begins again.
            Err(_) if stop.is_given() || lost.load(Ordering::Relaxed) => lease.give_back()?,
            Err(err) => lease.failed(&err.to_string(), job.pause())?,
        };
        match ran {
            Ok(()) if ours => Ok(Worked::Done),
            Err(err) if ours => Err(err),
            _ => Ok(Worked::TakenOver),
        }
    }

    /// How it stands with the jobs that were ever begun, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn jobs(&self) -> Result<Vec<JobState>, Error> {
        let time = |at| Timestamp::from_millisecond(at).unwrap_or(Timestamp::MAX);
        let rows = self.store.leases()?.into_iter();
        let state = |it: store::Leased| JobState {
            name: it.name,
            done: (it.done > 0).then(|| time(it.done)),
            failed: it.failed.map(|at| (time(at), it.fault.unwrap_or_default())),
        };
        Ok(rows.map(state).collect())
    }

    fn keep_doing(&self, job: &Job, stop: &Stop) {
        loop {
            let wait = match self.work_once(job, stop) {
                Ok(Worked::Done) => job.due.wait(None, LOOK),
                Ok(Worked::Later(later)) => job.due.wait(Some(later), LOOK),
                Ok(Worked::TakenOver) => {
                    tracing::warn!(job = job.name, "another process took over a job");
                    job.due.wait(None, LOOK)
                }
                Err(Error::Stopped) => Duration::ZERO,
                Err(err) => {
                    tracing::error!(job = job.name, %err, "a job failed");
                    job.pause()
                }
            };
            if stop.wait(wait.clamp(Duration::from_millis(10), LOOK)) {
                return;
            }
        }
    }
}

impl Turn<'_> {
    /// Goes on holding the turn; to be asked between the pieces of a long job, before each effect
    /// that shall not happen twice.
    ///
    /// # Errors
    /// [`Error::Stopped`] when another process took over, or this one is to stop.
    pub fn hold(&self) -> Result<(), Error> {
        let lost = self.lost.load(Ordering::Relaxed);
        match !lost && !self.stop.is_given() && self.lease.renew(LIFE)? {
            true => Ok(()),
            false => Err(Error::Stopped),
        }
    }

    /// The lease, for writes that check it in their own transaction.
    pub fn lease(&self) -> &Lease<'_> {
        self.lease
    }
}

impl Stop {
    /// Gives the sign, to everybody who has a copy of this.
    pub fn give(&self) {
        *self.0.given.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.wake.notify_all();
    }

    /// Whether the sign was given.
    pub fn is_given(&self) -> bool {
        *self.0.given.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for up to `patience` for the sign; answers whether it was given.
    pub fn wait(&self, patience: Duration) -> bool {
        let given = self.0.given.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.0.wake.wait_timeout_while(given, patience, |given| !*given);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// Ends the renewing of a lease when it is let go of.
struct Over<'a>(&'a Stop);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.give();
    }
}

/// Renews a lease until what it is for is over.
fn keep(lease: &Lease<'_>, lost: &AtomicBool, over: &Stop) {
    while !over.wait(RENEW) {
        // While the database does not answer, nobody else can take the lease either.
        if lease.renew(LIFE).is_ok_and(|ours| !ours) {
            lost.store(true, Ordering::Relaxed);
            return;
        }
    }
}
