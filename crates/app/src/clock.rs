//! The clock and randomness: the one place where the program asks for either.

use std::sync::Arc;

use jiff::Timestamp;
use ledger::Salt;
use meta::Id;

/// Tells the time. Another clock than the machine's is for building histories and for tests.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        #[expect(clippy::disallowed_methods, reason = "this is the one place with a clock")]
        Self(Arc::new(Timestamp::now))
    }

    /// A clock of the caller's.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The time, in whole milliseconds.
    pub fn now(&self) -> Timestamp {
        let at = (self.0)();
        Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
    }
}

/// An id for a new record, in the order of creation.
pub fn fresh_id() -> Id {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that makes ids")]
    Id::now_v7()
}

/// A salt never used before.
///
/// # Panics
/// When the operating system gives no randomness: nothing can be recorded safely then.
pub fn fresh_salt() -> Salt {
    random()
}

/// Salts drawn from the operating system many at a time: an import needs one for each record.
#[derive(Default)]
pub(crate) struct Salts(Vec<Salt>);

impl Salts {
    /// A salt never used before.
    pub(crate) fn next(&mut self) -> Salt {
        if self.0.is_empty() {
            let bytes: [u8; 256] = random();
            let (salts, _) = bytes.as_chunks();
            self.0.extend_from_slice(salts);
        }
        self.0.pop().expect("it was just filled")
    }
}

/// Random bytes.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes randomness")]
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}
