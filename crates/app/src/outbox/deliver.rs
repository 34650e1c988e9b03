//! Having letters carried, again and again until they arrive or are given up.

use std::collections::HashSet;

use jiff::SignedDuration;
use meta::Id;
use store::outbox::{Letter, State};

use super::Outbox;
use crate::{App, Error};

/// Carries the letters of one channel.
pub trait Carrier: Send + Sync {
    /// The channel.
    fn channel(&self) -> &'static str;

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

impl Outbox<'_> {
    /// Has the letters of a channel carried that are due; answers how many were sent.
    ///
    /// # Errors
    /// When the database fails. A letter that does not arrive is no error here: it is kept with
    /// what went wrong.
    pub fn deliver(&self, carrier: &dyn Carrier) -> Result<u32, Error> {
        let mut blocked: HashSet<Way> = HashSet::new();
        let mut sent = 0;
        for letter in self.rows().due(carrier.channel(), self.now(), ROUND)? {
            let ways = [Some(Way::Channel), letter.recipient.map(Way::Recipient)];
            if ways.iter().flatten().any(|it| blocked.contains(it)) {
                continue;
            }
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
                    self.failed(&letter, &fault)?;
                    blocked.extend(fault.blocks);
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

fn as_ms(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
