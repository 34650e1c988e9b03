//! Importing registers: every cell accounted for, nothing twice, nothing lost.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod again;
mod fuzz;
mod kit;
mod large;
mod rough;
mod sheets;
mod world;
