//! The API: what the pages can do, as JSON for programs. Each module here has a table of what can be
//! asked for, with all that its description needs, and the handlers below it. [`endpoints`] are all
//! tables together.
//!
//! A program shows a personal token and acts in its owner's name, within the token's scopes. A
//! session of a browser opens nothing here, so that no other site can.

mod acts;
mod bearer;
mod calendars;
mod commits;
mod endpoint;
mod enter;
mod fault;
mod fields;
mod kept;
mod limits;
mod list;
pub(crate) mod openapi;
mod people;
mod proof;
mod records;
mod reply;
mod reports;
mod start;
mod statement;
mod steps;
mod strict;
mod told;
mod transfer;
mod webhooks;
mod write;

use self::reply::etag;
pub(crate) use self::{bearer::Bearers, enter::router, kept::Kept};
pub use self::{
    endpoint::{Endpoint, Gives, Is, Parameter, Takes},
    fault::Fault,
    limits::{AT_ONCE, LONG_AT_ONCE, WRONG_A_MINUTE},
    reply::Reply,
};

/// Everything that a program can ask for.
pub fn endpoints() -> impl Iterator<Item = &'static Endpoint> {
    TABLES.iter().flat_map(|it| it.iter())
}

/// The description of all of it, as OpenAPI 3.1 in JSON.
pub fn description() -> &'static str {
    openapi::text()
}

/// The tables, by what they are about; the reference page has a chapter for each.
pub(crate) const TABLES: &[&[Endpoint]] = &[
    start::TABLE,
    records::TABLE,
    acts::TABLE,
    commits::TABLE,
    reports::TABLE,
    statement::TABLE,
    proof::TABLE,
    webhooks::TABLE,
    calendars::TABLE,
    people::TABLE,
];

/// The names of the tables, as chapters.
pub(crate) const CHAPTERS: [&str; 10] = [
    "First steps",
    "Records",
    "What is done with a record",
    "Commits",
    "What follows from records",
    "The Statement of Applicability",
    "Proof",
    "Webhooks",
    "Calendars",
    "People and tokens",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use app::accounts::Scope;
    use axum::http::Method;

    use super::*;

    #[test]
    fn every_endpoint_is_described_and_no_kind_hides_one() {
        let (mut names, mut paths) = (BTreeSet::new(), BTreeSet::new());
        for it in endpoints() {
            assert!(names.insert(it.name), "{} twice", it.name);
            assert!(paths.insert((it.path, it.method.as_str())), "{} twice", it.path);
            assert!(it.says.ends_with('.'), "{} says nothing", it.name);
            assert_eq!(it.method == Method::GET, it.scope == Scope::Read && it.name != "verify");
            let inside = it.path.strip_prefix("/api/v1/o/{org}/").unwrap_or_default();
            let segment = inside.split('/').next().unwrap_or_default();
            assert!(kinds::KINDS.iter().all(|it| it.id != segment), "{} hides a kind", it.path);
        }
    }
}
