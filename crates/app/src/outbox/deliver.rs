//! Having letters carried, again and again until they arrive or are given up.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::mpsc::channel,
    thread,
    time::Duration,
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
    /// Whether other letters would not arrive either just now: those to the same recipient where
    /// recipients are served beside each other, else all.
    pub blocks: bool,
}

/// How long to wait after each try that failed, in minutes: all together three days.
const PAUSES: [i64; 11] = [1, 5, 15, 60, 180, 360, 720, 720, 720, 720, 720];

/// Nobody else tries a letter for so long after it was taken: longer than a try can last.
const CLAIMED: SignedDuration = SignedDuration::from_mins(5);

/// What waits for somebody who cannot be reached is given up after so long, once it was tried.
const OLDEST: SignedDuration = SignedDuration::from_hours(3 * 24);

/// So many letters are looked at together.
const ROUND: u32 = 100;

/// So many of them may go to one recipient.
const EACH: u32 = 20;

/// What goes to one recipient is left for later after so long, so that others have their turn.
const SPAN: SignedDuration = SignedDuration::from_secs(10);

/// How often it is looked whether something else is due while somebody is being served.
const LOOK: Duration = Duration::from_secs(1);

/// A round takes up nothing new after so long, so that it is seen to end.
const LONGEST: SignedDuration = SignedDuration::from_mins(5);

impl Outbox<'_> {
    /// Has the letters of a channel carried that are due, and those that become due while somebody
    /// is being served; answers how many were sent. `hold` is asked before each.
    ///
    /// # Errors
    /// When the database fails, or `hold` does. A letter that does not arrive is no error here: it
    /// is kept with what went wrong.
    pub fn deliver(
        &self,
        carrier: &dyn Carrier,
        hold: impl Fn() -> Result<(), Error> + Sync,
    ) -> Result<u32, Error> {
        let due = || self.rows().due(carrier.channel(), self.now(), ROUND, EACH);
        if carrier.beside() <= 1 {
            return self.carry(carrier, due()?, &hold);
        }
        let begun = self.app.clock.now();
        let (mut sent, mut served) = (0, HashSet::new());
        let mut rest = VecDeque::new();
        let (done, finished) = channel();
        thread::scope(|scope| {
            loop {
                let is_long = self.app.clock.now().duration_since(begun) > LONGEST;
                if rest.is_empty() && !is_long {
                    hold()?;
                    rest.extend(by_recipient(due()?));
                    rest.retain(|(recipient, _)| !served.contains(recipient));
                }
                while served.len() < carrier.beside()
                    && let Some((recipient, part)) = rest.pop_front()
                {
                    served.insert(recipient);
                    let (done, hold) = (done.clone(), &hold);
                    scope.spawn(move || {
                        let carry = AssertUnwindSafe(|| self.carry(carrier, part, hold));
                        done.send((recipient, catch_unwind(carry))).ok();
                    });
                }
                if served.is_empty() {
                    return Ok(sent);
                }
                if let Ok((recipient, carried)) = finished.recv_timeout(LOOK) {
                    served.remove(&recipient);
                    sent += carried.unwrap_or_else(|it| resume_unwind(it))?;
                }
            }
        })
    }

    /// Carries letters, one after the other; answers how many were sent.
    fn carry(
        &self,
        carrier: &dyn Carrier,
        letters: Vec<Letter>,
        hold: &impl Fn() -> Result<(), Error>,
    ) -> Result<u32, Error> {
        let (begun, mut sent) = (self.app.clock.now(), 0);
        let has_others = carrier.beside() > 1;
        for letter in letters {
            if has_others && self.app.clock.now().duration_since(begun) > SPAN {
                break;
            }
            hold()?;
            let until = self.now().saturating_add(as_ms(CLAIMED));
            if !self.rows().claim(&letter, until)? {
                continue;
            }
            match carrier.carry(self.app, &letter) {
                Ok(Outcome::Sent) => {
                    sent += 1;
                    self.rows().end(letter.id, State::Sent, self.now(), None)?;
                }
                Ok(Outcome::Nothing(why)) => {
                    self.rows().end(letter.id, State::Dropped, self.now(), Some(&why))?;
                }
                Err(fault) => {
                    self.failed(&letter, &fault, has_others)?;
                    if fault.blocks {
                        break;
                    }
                }
            }
        }
        Ok(sent)
    }

    fn failed(&self, letter: &Letter, fault: &Fault, has_others: bool) -> Result<(), Error> {
        let message: String = fault.message.chars().take(400).collect();
        let (now, pause) = (self.now(), PAUSES.get(letter.tries as usize));
        let due = now.saturating_add(pause.unwrap_or(&PAUSES[0]) * 60_000);
        match pause.filter(|_| !fault.for_good) {
            Some(_) => self.rows().put_off(letter.id, due, &message)?,
            None => self.rows().end(letter.id, State::Failed, now, Some(&message))?,
        }
        if fault.blocks && has_others {
            self.rows().put_off_all(letter, due, &message)?;
            let oldest = now.saturating_sub(as_ms(OLDEST));
            self.rows().give_up(letter, oldest, now, &message)?;
        }
        Ok(())
    }
}

/// What goes to one recipient stands together, in its order.
fn by_recipient(letters: Vec<Letter>) -> Vec<(Option<Id>, Vec<Letter>)> {
    let mut places: HashMap<Option<Id>, usize> = HashMap::new();
    let mut parts: Vec<(Option<Id>, Vec<Letter>)> = Vec::new();
    for letter in letters {
        let at = *places.entry(letter.recipient).or_insert(parts.len());
        if at == parts.len() {
            parts.push((letter.recipient, Vec::new()));
        }
        parts[at].1.push(letter);
    }
    parts
}

fn as_ms(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
