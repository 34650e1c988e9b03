//! The writer: one per organization and process. It takes the organization's lock for a batch,
//! decides each request on the newest state, seals, writes, commits, publishes, answers.

mod append;
mod forget;
mod queue;
mod sealing;

use std::{
    borrow::Cow,
    sync::{Arc, PoisonError},
    thread,
    time::Duration,
};

use domain::{
    Actor, Change, Command, Isms, Located, Now, Refusal, Step, access::permit_located,
    decide_located, parameters,
};
use ledger::{Op, Revision, Sealed};
use meta::Id;
use store::FileStored;

pub(crate) use self::{queue::Queue, sealing::key_events};
use self::{
    queue::{Answer, Batch, Decided, Job, Leading},
    sealing::{after, sign},
};
use crate::{Error, Organization, clock::Salts, load, organization::State};

/// A command and who asks for it.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who asks.
    pub actor: Actor,
    /// By which way: `cli`, `web`, `import`, `job`; commits by a token name that instead.
    pub via: &'static str,
    /// What for.
    pub command: Command,
    /// Files that the records of this command name; already stored.
    pub files: Vec<FileStored>,
    /// Whether the actor may do only what their memberships allow. Not so on the command line: who
    /// holds the file can claim to be anyone.
    pub bound: bool,
}

/// The personal token that the way of a commit names, where it does.
pub fn token_of(via: &str) -> Option<Id> {
    via.strip_prefix(TOKEN)?.parse().ok()
}

/// What was recorded.
#[derive(Clone)]
pub struct Receipt {
    /// The position of the commit.
    pub seq: u64,
    /// The change.
    pub change: Arc<Change>,
    /// The records right after it.
    pub isms: Isms,
}

/// Commands of more steps than this are decided before the lock is taken.
const LONG: usize = 64;

/// How the way of a commit begins that came by a personal token; its id follows. Its name may speak
/// of people and stays outside of ledgers, which forget nothing.
const TOKEN: &str = "token ";

/// The thread of its own ends after so long without a request.
const LINGER: Duration = Duration::from_millis(50);

impl Organization {
    /// Decides a command on the newest state and makes it durable.
    ///
    /// # Errors
    /// [`Error::Refused`] with nothing changed; any other error when the machine failed.
    pub fn execute(&self, request: Request) -> Result<Receipt, Error> {
        self.execute_through(request, None)
    }

    /// How many requests wait for the writer.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// As [`Organization::execute`], by a personal token: the ledger names its id.
    ///
    /// # Errors
    /// As [`Organization::execute`].
    pub fn execute_through(&self, request: Request, token: Option<Id>) -> Result<Receipt, Error> {
        let decided = match request.command.steps.len() > LONG {
            true => {
                let isms = self.current()?;
                let change = self.decide(&isms, &request, &mut Salts::default())?;
                Some(Box::new(Decided { change, position: isms.position() }))
            }
            false => None,
        };
        let answer = Arc::new(Answer::default());
        if self.queue.push(Job::new(request, token, decided, answer.clone())) {
            self.lead();
        }
        answer.wait()
    }

    /// Works for all who wait. Where more come meanwhile, a thread of its own goes on: whoever
    /// asked is not kept longer than for what they asked, and one thread uses the memory again
    /// that it let go of.
    fn lead(&self) {
        let leading = Leading(&self.queue);
        while let Some(mut batch) = leading.gather(Duration::ZERO) {
            self.work(&mut batch);
            leading.answer(batch);
            if !leading.is_wanted() {
                continue;
            }
            let (queue, me) = (self.queue.clone(), self.me.clone());
            let go_on = move || {
                let leading = Leading(&queue);
                while let Some(mut batch) = leading.gather(LINGER) {
                    // Who waits for an answer holds the organization; nobody else shall need to.
                    me.upgrade().into_iter().for_each(|it| it.work(&mut batch));
                    leading.answer(batch);
                }
            };
            if thread::Builder::new().name("writer".to_owned()).spawn(go_on).is_ok() {
                return;
            }
        }
    }

    fn work(&self, batch: &mut Batch) {
        // The turn keeps readers from catching up in the middle of a batch; it guards no data.
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(failed) = self.try_batch(batch) {
            for job in batch.jobs.iter_mut().filter(|it| !matches!(it.outcome, Some(Err(_)))) {
                job.outcome = Some(Err(failed.clone()));
            }
        }
    }

    /// Writes a batch and says what came of each request; an error is for all that were not
    /// refused.
    fn try_batch(&self, batch: &mut Batch) -> Result<(), Error> {
        let mut writing = self.store.begin(self.id)?;
        let state = self.state();
        let mut isms = state.isms.clone();
        let row = writing.ledger().clone();
        self.catch_up(&writing, &mut isms, row.seq)?;
        let mut tail = load::tail(&row)?;

        let Batch { jobs, sealed } = batch;
        let mut salts = Salts::default();
        let mut done: Vec<Command> = Vec::new();
        for job in &mut *jobs {
            if let Err(gone) = self.check_files(&job.request.files) {
                job.outcome = Some(Err(gone));
                continue;
            }
            let change = match job.decided.take().filter(|it| it.position == isms.position()) {
                Some(decided) => Ok(decided.change),
                None => self.decide(&isms, &job.request, &mut salts),
            };
            job.outcome = Some(match change {
                Err(refused) => Err(refused),
                Ok(mut change) => {
                    let commit = self.seal(&mut change, job, &tail)?;
                    isms = after(&change, &commit)?;
                    tail.advance(&commit);
                    let seq = tail.seq();
                    let change = Arc::new(change);
                    if job.request.command.steps.len() > LONG {
                        done.push(std::mem::take(&mut job.request.command));
                    }
                    sealed.push(commit);
                    Ok(Receipt { seq, change, isms: isms.clone() })
                }
            });
        }
        if sealed.is_empty() {
            return Ok(());
        }
        let signers = self.signers(&state.isms, &isms)?;
        let checkpoint = sign(&tail, &self.origin, &signers.iter().collect::<Vec<_>>())?;
        let gone = thread::scope(|scope| {
            // Letting go of a large command takes as long as writing a part of it.
            if !done.is_empty() {
                scope.spawn(|| drop(done));
            }
            append::append(&mut writing, sealed, jobs, &checkpoint)
        })?;
        self.settle(writing.commit(), sealed)?;
        self.publish(State { isms, tail });
        if let Some(files) = gone {
            // The commit stands; what is left of erased bytes beside it, in the log and on disk
            // goes now.
            self.forget_accounts(jobs)?;
            for file in files {
                self.store.remove_file(self.id, &file)?;
            }
            self.store.scrub()?;
        }
        Ok(())
    }

    /// A connection lost during COMMIT is settled by looking for the entry.
    fn settle(&self, committed: Result<(), store::Error>, sealed: &[Sealed]) -> Result<(), Error> {
        let Err(err @ store::Error::Unsure { .. }) = committed else { return Ok(committed?) };
        let last = sealed.last().expect("a batch that commits has a commit").entry();
        let found = self.store.snapshot()?.entry(self.id, last.seq)?;
        match found.is_some_and(|it| it.root == last.root && it.at == last.at) {
            true => Ok(()),
            false => Err(err.into()),
        }
    }

    /// Whether files to be named are still there: what nobody names goes after a day.
    fn check_files(&self, files: &[FileStored]) -> Result<(), Error> {
        for file in files {
            if !self.store.has_file(self.id, &file.sha256)? {
                let what = "a file that was sent with this is no longer there: send it again";
                return Err(Error::Wrong(what.to_owned()));
            }
        }
        Ok(())
    }

    pub(crate) fn decide(
        &self,
        isms: &Isms,
        request: &Request,
        salts: &mut Salts,
    ) -> Result<Change, Error> {
        let at = self.clock.now();
        let day = at.to_zoned(parameters::time_zone(isms)).date();
        if let Some(person) = request.actor.person().filter(|_| request.bound) {
            permit_located(isms, day, person, &request.command).map_err(forbidden)?;
        }
        let mut now = Now { at, day, salt: &mut || salts.next() };
        let command = self.naming_versions(isms, &request.command)?;
        decide_located(isms, request.actor, &command, &mut now).map_err(|it| refused(isms, it))
    }

    /// The command with the versions that are to be erased where it means all.
    fn naming_versions<'c>(
        &self,
        isms: &Isms,
        command: &'c Command,
    ) -> Result<Cow<'c, Command>, Error> {
        let means_all =
            |it: &Step| matches!(it, Step::Erase { versions, .. } if versions.is_empty());
        if !command.steps.iter().any(means_all) {
            return Ok(Cow::Borrowed(command));
        }
        let mut command = command.clone();
        for step in command.steps.iter_mut().filter(|it| means_all(it)) {
            let Step::Erase { record, versions } = step else { continue };
            *versions = self.erasable(isms, *record)?;
            if let Some(record) = isms.get(*record).filter(|_| versions.is_empty()) {
                let refusal = Refusal::Erased { record: record.name() };
                return Err(refused(isms, Located { step: None, refusal }));
            }
        }
        Ok(Cow::Owned(command))
    }

    /// The versions of a record that still hold content; the erasing lines stay.
    fn erasable(&self, isms: &Isms, record: Id) -> Result<Vec<u32>, Error> {
        let stored = self.revisions(record)?;
        let last = stored.last().map_or(0, |it| it.version);
        let unwritten = last + 1..=isms.get(record).map_or(0, |it| it.head.version);
        let holds = |it: &&Revision| it.op != Op::Erase && it.content.is_some();
        let stored = stored.iter().filter(holds).map(|it| it.version);
        Ok(stored.chain(unwritten).collect())
    }
}

/// A refusal that names no record by its id: the person may not know that it is there.
fn forbidden(Located { step, refusal }: Located) -> Error {
    Error::Refused { sentence: refusal.to_string(), refusal: Box::new(refusal), step }
}

fn refused(isms: &Isms, Located { step, refusal }: Located) -> Error {
    let sentence = domain::text::of_refusal(isms, &refusal);
    Error::Refused { refusal: Box::new(refusal), sentence, step }
}
