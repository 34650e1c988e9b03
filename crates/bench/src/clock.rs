//! A clock that moves when it is read: the same history each time.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use app::Clock;
use jiff::Timestamp;

/// A clock that begins at `start` (milliseconds since 1970) and moves on by `step` milliseconds
/// each time somebody reads it.
pub fn stepping(start: i64, step: i64) -> Clock {
    let now = Arc::new(AtomicI64::new(start));
    Clock::new(move || {
        let at = now.fetch_add(step, Ordering::Relaxed);
        Timestamp::from_millisecond(at).expect("a clock that begins today ends in this era")
    })
}
