//! Tests of the ledger from outside.

#![expect(clippy::unwrap_used, reason = "what a test builds on fails the test")]

mod agreement;
mod bundles;
mod canonical;
mod fixture;
mod form;
mod hostile;
mod keys;
mod proofs;
mod sealing;
mod tampering;
mod vectors;
mod verifying;
