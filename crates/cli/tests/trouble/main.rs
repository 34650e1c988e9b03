//! The real program under attack and in trouble: clear answers, nothing half-written, and it lives.

#![expect(clippy::unwrap_used, reason = "clippy knows only `#[test]` functions as tests")]

mod attack;
mod doctor;
mod doors;
mod outage;
mod proxy;
mod server;
mod slow;
mod stop;
mod telling;
