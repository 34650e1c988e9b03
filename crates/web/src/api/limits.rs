//! How much one program may ask for, so that all others are answered too.
//!
//! There is no count of requests for each minute: who is answered in a tenth of a millisecond may
//! ask ten thousand times a second. What is limited is how much is under way for one token at one
//! moment, and how often an address shows tokens that open nothing.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use app::accounts::network;
use jiff::Timestamp;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Fault;

/// So many requests of one token are answered at the same time: more than a program can make use
/// of on any machine, and few enough that one leaves threads and memory to the others.
pub const AT_ONCE: usize = 32;

/// So many of them may be such as compute or write for long.
pub const LONG_AT_ONCE: usize = 4;

/// So many tokens that open nothing an address may show within a minute: each costs a look into the
/// database. Who mistypes one stays far below.
pub const WRONG_A_MINUTE: u32 = 30;

/// At most so many addresses are remembered.
const MOST: usize = 10_000;

const MINUTE: i64 = 60;

/// What one token has under way.
#[derive(Clone)]
pub(super) struct Turns {
    all: Arc<Semaphore>,
    long: Arc<Semaphore>,
}

/// A turn at being answered, given back when it is dropped.
#[derive(Default)]
pub(super) struct Turn {
    _one: Option<OwnedSemaphorePermit>,
    _long: Option<OwnedSemaphorePermit>,
}

/// Addresses that showed tokens which open nothing: the minute, and how often in it.
#[derive(Default)]
pub(super) struct Guesses(Mutex<HashMap<IpAddr, (i64, u32)>>);

impl Default for Turns {
    fn default() -> Self {
        let (all, long) = (Semaphore::new(AT_ONCE), Semaphore::new(LONG_AT_ONCE));
        Self { all: Arc::new(all), long: Arc::new(long) }
    }
}

impl Turns {
    /// A turn, where one is free.
    ///
    /// # Errors
    /// 429 when none is.
    pub(super) fn take(&self, long: bool) -> Result<Turn, Fault> {
        let take = |turns: &Arc<Semaphore>| turns.clone().try_acquire_owned().ok();
        let too_many = |most: usize, what: &str| {
            let detail = format!(
                "this token has {most} {what} under way already: send the next one when one of \
                 them is answered"
            );
            Fault::too_often(detail, 1)
        };
        let one = take(&self.all).ok_or_else(|| too_many(AT_ONCE, "requests"))?;
        let long = match long {
            true => Some(
                take(&self.long)
                    .ok_or_else(|| too_many(LONG_AT_ONCE, "requests of this long sort"))?,
            ),
            false => None,
        };
        Ok(Turn { _one: Some(one), _long: long })
    }
}

impl Guesses {
    /// Lets an address show a token that nobody knows here.
    ///
    /// # Errors
    /// 429 when too many that it showed in this minute opened nothing.
    pub(super) fn may(&self, address: IpAddr, now: Timestamp) -> Result<(), Fault> {
        let (minute, rest) = (now.as_second() / MINUTE, MINUTE - now.as_second() % MINUTE);
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get(&network(address)) {
            Some((at, count)) if *at == minute && *count >= WRONG_A_MINUTE => {
                let detail = format!(
                    "too many tokens from your address opened nothing: look which one your \
                     program shows, and wait {rest} seconds"
                );
                Err(Fault::too_often(detail, rest.unsigned_abs()))
            }
            _ => Ok(()),
        }
    }

    /// Notes that an address showed a token that opens nothing.
    pub(super) fn wrong(&self, address: IpAddr, now: Timestamp) {
        let minute = now.as_second() / MINUTE;
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.retain(|_, it| it.0 == minute);
        }
        if all.len() >= MOST {
            all.clear();
        }
        let kept = all.entry(network(address)).or_insert((minute, 0));
        *kept = if kept.0 == minute { (minute, kept.1 + 1) } else { (minute, 1) };
    }
}
