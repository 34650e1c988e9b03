//! Several processes on one PostgreSQL database and one bucket.
//!
//! Tested where `MUNIMENT_TEST_POSTGRES` and `MUNIMENT_TEST_S3` name both; `cargo xtask test` sets
//! them. Time passes here: what is tried are seconds without an answer.

#![expect(clippy::unwrap_used, reason = "clippy knows only `#[test]` functions as tests")]

mod browser;
mod installation;
mod proxy;
mod reporting;
mod together;
