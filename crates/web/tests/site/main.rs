//! The site through its router, as a browser sees it: one program, so that it is linked once. A
//! test builds a [`fixture::Fixture`], signs somebody in and looks at what comes back.

#![expect(clippy::unwrap_used, reason = "clippy knows only `#[test]` functions as tests")]

mod accounts;
mod api;
mod bad_input;
mod begin;
mod breaking_in;
mod calendar;
mod factors;
mod files;
mod fixture;
mod forms;
mod gap;
mod guard;
mod hooks;
mod import;
mod lists;
mod mail;
mod reading;
mod records;
mod risks;
mod routes;
mod sessions;
mod standing;
mod statement;
