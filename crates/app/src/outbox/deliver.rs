//! Having letters carried, again and again until they arrive or are given up.

use std::{
    collections::{HashMap, HashSet},
    panic::resume_unwind,
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    vec::IntoIter,
};

use jiff::SignedDuration;
use meta::Id;
use store::outbox::{Letter, State};

use super::Outbox;
use crate::{App, Error};

/// Carries the letters of one channel.
pub trait Carrier: Send + Sync {
    /// The channel.
    fn channel(&self) -> &'static str;

    /// How many recipients are served beside each other; each gets its letters one after the other.
    fn beside(&self) -> usize {
        1
    }

    /// Carries a letter, and does not wait for long.
    ///
    /// # Errors
    /// When it did not arrive.
    fn carry(&self, app: &App, letter: &Letter) -> Result<Outcome, Fault>;
}

/// What became of a letter that is done with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was sent.
    Sent,
    /// There is nothing to be said any more, for this reason.
    Nothing(String),
}

/// Why a letter did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// In one sentence, without secrets: it is kept, and shown to administrators.
    pub message: String,
    /// Whether trying again would be of no use.
    pub for_good: bool,
    /// What cannot be reached just now: letters by the same way are not tried in this round.
    pub blocks: Option<Way>,
}

/// What may be out of reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// The whole channel.
    Channel,
    /// One recipient.
    Recipient(Id),
}

/// How long to wait after each try that failed, in minutes: all together three days.
const PAUSES: [i64; 11] = [1, 5, 15, 60, 180, 360, 720, 720, 720, 720, 720];

/// Nobody else tries a letter for so long after it was taken: longer than a try can last.
const CLAIMED: SignedDuration = SignedDuration::from_mins(5);

/// So many letters are tried in one round.
const ROUND: u32 = 100;

/// So many of them may go to one recipient.
const EACH: u32 = 20;

/// What goes to one recipient is left for the next round after so long: others do not wait for who
/// is slow.
const SPAN: SignedDuration = SignedDuration::from_secs(10);

/// A round on its way.
struct Round<'a> {
    carrier: &'a dyn Carrier,
    /// What is still to be carried: what stands together is carried one after the other.
    rest: Mutex<IntoIter<Vec<Letter>>>,
    blocked: Mutex<HashSet<Way>>,
}

impl Outbox<'_> {
    /// Has the letters of a channel carried that are due; answers how many were sent.
    ///
    /// # Errors
    /// When the database fails. A letter that does not arrive is no error here: it is kept with
    /// what went wrong.
    pub fn deliver(&self, carrier: &dyn Carrier) -> Result<u32, Error> {
        let due = self.rows().due(carrier.channel(), self.now(), ROUND, EACH)?;
        let parts = match carrier.beside() {
            0 | 1 => vec![due],
            _ => by_recipient(due),
        };
        let hands = parts.len().min(carrier.beside());
        let rest = Mutex::new(parts.into_iter());
        let round = Round { carrier, rest, blocked: Mutex::default() };
        if hands <= 1 {
            return self.carry(&round);
        }
        thread::scope(|scope| {
            let each: Vec<_> = (0..hands).map(|_| scope.spawn(|| self.carry(&round))).collect();
            let sent = each.into_iter().map(|it| it.join().unwrap_or_else(|it| resume_unwind(it)));
            sent.sum()
        })
    }

    /// Carries letters until none are left; answers how many were sent.
    fn carry(&self, round: &Round<'_>) -> Result<u32, Error> {
        let mut sent = 0;
        while let Some(part) = round.next() {
            let begun = self.app.clock.now();
            for letter in part {
                let is_late =
                    round.carrier.beside() > 1 && self.app.clock.now().duration_since(begun) > SPAN;
                if is_late || round.is_blocked(&letter) {
                    continue;
                }
                let until = self.now().saturating_add(as_ms(CLAIMED));
                if !self.rows().claim(&letter, until)? {
                    continue;
                }
                match round.carrier.carry(self.app, &letter) {
                    Ok(Outcome::Sent) => {
                        sent += 1;
                        self.rows().end(letter.id, State::Sent, self.now(), None)?;
                    }
                    Ok(Outcome::Nothing(why)) => {
                        self.rows().end(letter.id, State::Dropped, self.now(), Some(&why))?;
                    }
                    Err(fault) => {
                        self.failed(&letter, &fault)?;
                        round.blocked().extend(fault.blocks);
                    }
                }
            }
        }
        Ok(sent)
    }

    fn failed(&self, letter: &Letter, fault: &Fault) -> Result<(), Error> {
        let message: String = fault.message.chars().take(400).collect();
        let pause = PAUSES.get(letter.tries as usize).filter(|_| !fault.for_good);
        match pause {
            Some(minutes) => {
                let due = self.now().saturating_add(minutes * 60_000);
                self.rows().put_off(letter.id, due, &message)?;
            }
            None => self.rows().end(letter.id, State::Failed, self.now(), Some(&message))?,
        }
        Ok(())
    }
}

impl Round<'_> {
    /// What is carried next, one letter after the other.
    fn next(&self) -> Option<Vec<Letter>> {
        self.rest.lock().unwrap_or_else(PoisonError::into_inner).next()
    }

    fn is_blocked(&self, letter: &Letter) -> bool {
        let blocked = self.blocked();
        let ways = [Some(Way::Channel), letter.recipient.map(Way::Recipient)];
        ways.iter().flatten().any(|it| blocked.contains(it))
    }

    fn blocked(&self) -> MutexGuard<'_, HashSet<Way>> {
        self.blocked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What goes to one recipient stands together, in its order.
fn by_recipient(letters: Vec<Letter>) -> Vec<Vec<Letter>> {
    let mut places: HashMap<Option<Id>, usize> = HashMap::new();
    let mut parts: Vec<Vec<Letter>> = Vec::new();
    for letter in letters {
        let at = *places.entry(letter.recipient).or_insert(parts.len());
        if at == parts.len() {
            parts.push(Vec::new());
        }
        parts[at].push(letter);
    }
    parts
}

fn as_ms(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
