//! The writer: one per organization and process. It takes the organization's lock for a batch,
//! decides each request on the newest state, seals, writes, commits, publishes, answers.

use std::{
    collections::BTreeSet,
    sync::{Arc, Condvar, Mutex, PoisonError},
};

use domain::{
    Actor, Change, Command, Isms, Moment, Now, Refusal, Step, access::permit, decide, parameters,
};
use kinds::ledger_event::LedgerEvent;
use ledger::{
    Draft, DraftLine, Hash, Op, Revision, Salt, Sealed, Signer, StoredCheckpoint, Tail, seal,
};
use meta::Id;
use store::{Append, Edition, FileStored};

use crate::{
    Error, Organization,
    clock::{Salts, fresh_salt},
    load,
    organization::State,
};

/// A command and who asks for it.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who asks.
    pub actor: Actor,
    /// By which way: `cli`, `web`, `api`, `import`, `job`.
    pub via: &'static str,
    /// What for.
    pub command: Command,
    /// Files that the records of this command name; already stored.
    pub files: Vec<FileStored>,
    /// Whether the actor may do only what their memberships allow. Not so on the command line: who
    /// holds the file can claim to be anyone.
    pub bound: bool,
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

/// Requests that wait for the writer.
#[derive(Default)]
pub(crate) struct Queue {
    waiting: Vec<Job>,
    /// Whether a thread works for those who wait, or was asked to.
    led: bool,
}

struct Job {
    request: Request,
    decided: Option<Decided>,
    answer: Arc<Answer>,
}

/// A decision made before the lock, good as long as the ledger has not moved.
struct Decided {
    change: Change,
    position: u64,
}

#[derive(Default)]
struct Answer {
    slot: Mutex<Option<Turn>>,
    ready: Condvar,
}

/// What a thread that waits wakes up for.
enum Turn {
    /// Its request is done or refused.
    Answered(Box<Result<Receipt, Error>>),
    /// It works for the others now.
    Leads,
}

/// Leaves no thread waiting when the one that leads panics.
struct Stopped<'q>(&'q Mutex<Queue>);

/// Commands of more steps than this are decided before the lock is taken.
const LONG: usize = 64;

/// A batch holds at most this many requests.
const BATCH: usize = 512;

impl Organization {
    /// Decides a command on the newest state and makes it durable.
    ///
    /// # Errors
    /// [`Error::Refused`] with nothing changed; any other error when the machine failed.
    pub fn execute(&self, request: Request) -> Result<Receipt, Error> {
        let decided = match request.command.steps.len() > LONG {
            true => {
                let isms = self.current()?;
                let change = self.decide(&isms, &request)?;
                Some(Decided { change, position: isms.position() })
            }
            false => None,
        };
        let answer = Arc::new(Answer::default());
        let job = Job { request, decided, answer: answer.clone() };
        let leads = {
            let mut queue = self.queue.lock().expect("pushing does not panic");
            queue.waiting.push(job);
            !std::mem::replace(&mut queue.led, true)
        };
        if leads {
            self.lead();
        }
        loop {
            match answer.wait() {
                Turn::Answered(answer) => return *answer,
                Turn::Leads => self.lead(),
            }
        }
    }

    /// Works for all who wait, one batch, and hands the lead to one of those who came meanwhile.
    /// While a batch is on its way to the disk the next one gathers: that is what makes one fsync
    /// serve many.
    fn lead(&self) {
        let _stopped = Stopped(&self.queue);
        let batch = {
            let mut queue = self.queue.lock().expect("draining does not panic");
            let count = queue.waiting.len().min(BATCH);
            queue.waiting.drain(..count).collect()
        };
        self.work(batch);
        let mut queue = self.queue.lock().expect("handing over does not panic");
        match queue.waiting.first() {
            Some(job) => job.answer.give(Turn::Leads),
            None => queue.led = false,
        }
    }

    fn work(&self, mut batch: Vec<Job>) {
        // The turn keeps readers from catching up in the middle of a batch; it guards no data.
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(failed) = self.try_batch(&mut batch) {
            for job in &batch {
                job.answer.answer(Err(failed.clone()));
            }
        }
    }

    /// Writes a batch; an error is for all of its requests that have no answer yet.
    fn try_batch(&self, batch: &mut [Job]) -> Result<(), Error> {
        let mut writing = self.store.begin(self.id)?;
        let state = self.state();
        let mut isms = state.isms.clone();
        let row = writing.ledger().clone();
        self.catch_up(&writing, &mut isms, row.seq)?;
        let mut tail = load::tail(&row)?;

        let (mut sealed, mut receipts) = (Vec::new(), Vec::new());
        for job in batch {
            let change = match job.decided.take().filter(|it| it.position == isms.position()) {
                Some(decided) => Ok(decided.change),
                None => self.decide(&isms, &job.request),
            };
            match change {
                Err(refused) => job.answer.answer(Err(refused)),
                Ok(mut change) => {
                    let commit = self.seal(&mut change, &job.request, &tail)?;
                    isms = after(&change, &commit)?;
                    tail.advance(&commit);
                    let seq = tail.seq();
                    let change = Arc::new(change);
                    receipts.push((job, Receipt { seq, change, isms: isms.clone() }));
                    sealed.push(commit);
                }
            }
        }
        if sealed.is_empty() {
            return Ok(());
        }
        let signers = self.signers(&state.isms, &isms)?;
        let checkpoint = sign(&tail, &self.origin, &signers.iter().collect::<Vec<_>>())?;
        let gone = append(&mut writing, &sealed, &receipts, &checkpoint)?;
        self.settle(writing.commit(), &sealed)?;
        self.publish(State { isms, tail });
        if let Some(files) = gone {
            // The commit stands; what is left of erased bytes in the log and on disk goes now.
            for file in files {
                self.store.remove_file(self.id, &file)?;
            }
            self.store.scrub()?;
        }
        for (job, receipt) in receipts {
            job.answer.answer(Ok(receipt));
        }
        Ok(())
    }

    /// Who signs a batch: the key the ledger names at its end, and before it the key it rotates
    /// away from.
    fn signers(&self, before: &Isms, after: &Isms) -> Result<Vec<Signer>, Error> {
        let (old, new) = (key_events(before).last(), key_events(after).last());
        let Some(new) = new else {
            return Err(Error::NoKey { path: self.keys.path(self.id) });
        };
        let key = |it: &LedgerEvent| it.key.clone().unwrap_or_default();
        let mut signers = vec![self.keys.signer(self.id, &key(new))?];
        if let Some(old) = old.filter(|it| key(it) != key(new))
            && new.event.as_deref() == Some("rotate")
        {
            signers.insert(0, self.keys.signer(self.id, &key(old))?);
        }
        Ok(signers)
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

    pub(crate) fn decide(&self, isms: &Isms, request: &Request) -> Result<Change, Error> {
        let at = self.clock.now();
        let day = at.to_zoned(parameters::time_zone(isms)).date();
        if let Some(person) = request.actor.person().filter(|_| request.bound) {
            permit(isms, day, person, &request.command).map_err(forbidden)?;
        }
        let mut salts = Salts::default();
        let mut now = Now { at, day, salt: &mut || salts.next() };
        let mut command = request.command.clone();
        for step in &mut command.steps {
            if let Step::Erase { record, versions } = step
                && versions.is_empty()
            {
                *versions = self.erasable(isms, *record)?;
                if let Some(record) = isms.get(*record).filter(|_| versions.is_empty()) {
                    return Err(refused(isms, Refusal::Erased { record: record.name() }));
                }
            }
        }
        decide(isms, request.actor, command, &mut now).map_err(|it| refused(isms, it))
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

    fn seal(&self, change: &mut Change, request: &Request, tail: &Tail) -> Result<Sealed, Error> {
        let at = self.clock.now().as_millisecond();
        seal_change(change, request.actor, request.via, tail, at)
    }
}

impl Answer {
    fn answer(&self, answer: Result<Receipt, Error>) {
        self.give(Turn::Answered(Box::new(answer)));
    }

    fn give(&self, turn: Turn) {
        let mut slot = self.slot.lock().expect("storing an answer does not panic");
        if slot.is_none() {
            *slot = Some(turn);
            self.ready.notify_one();
        }
    }

    fn wait(&self) -> Turn {
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
        if std::thread::panicking() {
            let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            queue.led = false;
            queue.waiting.clear();
        }
    }
}

/// A refusal that names no record by its id: the person may not know that it is there.
fn forbidden(refusal: Refusal) -> Error {
    Error::Refused { sentence: refusal.to_string(), refusal: Box::new(refusal) }
}

fn refused(isms: &Isms, refusal: Refusal) -> Error {
    let sentence = domain::text::of_refusal(isms, &refusal);
    Error::Refused { refusal: Box::new(refusal), sentence }
}

/// The events that name a signing key, oldest first.
pub(crate) fn key_events(isms: &Isms) -> impl Iterator<Item = &LedgerEvent> {
    isms.all::<LedgerEvent>().map(|(_, it)| it).filter(|it| it.key.is_some())
}

/// Signs where a ledger stands.
pub(crate) fn sign(
    tail: &Tail,
    origin: &str,
    signers: &[&Signer],
) -> Result<StoredCheckpoint, Error> {
    let note = tail.checkpoint(origin).sign(signers)?;
    Ok(StoredCheckpoint { size: tail.seq(), note })
}

/// Makes a decided change the next commit. The texts move into it.
pub(crate) fn seal_change(
    change: &mut Change,
    actor: Actor,
    via: &str,
    tail: &Tail,
    at: i64,
) -> Result<Sealed, Error> {
    let texts = change.take_texts();
    let lines = change.operations().iter().zip(texts).map(|(it, text)| {
        let record = it.record();
        DraftLine {
            record: record.head.id,
            kind: record.def().id.to_owned(),
            number: record.head.number,
            version: record.head.version,
            op: it.op(),
            stage: record.stage().id.to_owned(),
            provenance: record.head.provenance.id().to_owned(),
            body_version: record.def().body_version,
            text,
        }
    });
    let actor = actor.person().map_or_else(|| "system".to_owned(), |it| it.to_string());
    let note = change.note().map(str::to_owned);
    // The reason takes the first salt, then each line its own, in the order of record ids: the
    // hashes that approvals name were made with the same salts.
    let mut salts: Vec<Salt> = note.iter().map(|_| fresh_salt()).collect();
    salts.extend(change.operations().iter().map(|it| it.salt()));
    let mut salts = salts.into_iter();
    let draft = Draft { actor, via: via.to_owned(), note, lines: lines.collect() };
    let mut next = || salts.next().expect("there is a salt for each text");
    Ok(seal(draft, tail, at, &mut next)?)
}

/// The records after a commit.
pub(crate) fn after(change: &Change, commit: &Sealed) -> Result<Isms, Error> {
    let mut isms = change.after().clone();
    let entry = commit.entry();
    let Moment { at, actor } = crate::apply::moment(&entry.at, &entry.actor)?;
    isms.advance(Moment { at, actor });
    Ok(isms)
}

/// Writes a batch; answers the files that go with what it erases, where it erases something.
fn append(
    writing: &mut store::Writing<'_>,
    sealed: &[Sealed],
    receipts: &[(&mut Job, Receipt)],
    checkpoint: &StoredCheckpoint,
) -> Result<Option<Vec<Hash>>, Error> {
    let (mut editions, mut erasures) = (Vec::new(), Vec::<(Id, Vec<u32>)>::new());
    for (_, receipt) in receipts {
        for it in receipt.change.operations() {
            let head = &it.record().head;
            if it.published().is_some() {
                editions.push(Edition { record: head.id, version: head.version, seq: receipt.seq });
            }
            if !it.erased().is_empty() {
                erasures.push((head.id, it.erased().to_vec()));
            }
        }
    }
    let files: Vec<FileStored> =
        receipts.iter().flat_map(|(job, _)| job.request.files.iter().copied()).collect();
    // What is erased may have been written by this very batch: it has to be there first.
    let mut batch = Append {
        sealed,
        editions: &editions,
        checkpoint: Some(checkpoint),
        files: &files,
        ..Append::default()
    };
    if erasures.is_empty() {
        writing.append(&batch)?;
        return Ok(None);
    }
    writing.append(&batch)?;
    let (notes, gone) = erased_beside(writing, &erasures)?;
    batch = Append {
        erasures: &erasures,
        erased_notes: &notes,
        files_gone: &gone,
        ..Append::default()
    };
    writing.append(&batch)?;
    Ok(Some(gone))
}

/// The commits whose reasons go with erased revisions, and the files that nothing else names.
fn erased_beside(
    writing: &store::Writing<'_>,
    erasures: &[(Id, Vec<u32>)],
) -> Result<(Vec<u64>, Vec<Hash>), Error> {
    let organization = writing.ledger().organization;
    let is_erased = |record: Id, version: u32| {
        erasures.iter().any(|(id, versions)| *id == record && versions.contains(&version))
    };
    let mut notes = BTreeSet::new();
    let mut text = String::new();
    for (record, _) in erasures {
        for revision in writing.revisions(organization, *record)? {
            if is_erased(*record, revision.version) {
                notes.insert(revision.seq);
                text.extend(revision.content.map(|it| it.text));
            }
        }
    }
    let mut gone: Vec<(Hash, String)> = writing
        .files(organization)?
        .into_iter()
        .map(|it| (it.sha256, ledger::hash::hex(&it.sha256)))
        .filter(|(_, name)| text.contains(name))
        .collect();
    if !gone.is_empty() {
        let last = writing.ledger().seq;
        writing.commits(organization, 1, last, |_, revisions| -> Result<(), Error> {
            for it in revisions.iter().filter(|it| !is_erased(it.record, it.version)) {
                let text = it.content.as_ref().map_or("", |it| it.text.as_str());
                gone.retain(|(_, name)| !text.contains(name));
            }
            Ok(())
        })?;
    }
    Ok((notes.into_iter().collect(), gone.into_iter().map(|it| it.0).collect()))
}
