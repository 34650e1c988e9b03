//! Every page and every form: the one table of what can be asked for, and by whom.

use axum::http::Method;
use domain::access::Act;

use crate::{Answer, Ask, Problem, pages};

/// One thing that can be asked for.
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, with names in braces.
    pub path: &'static str,
    /// What whoever asks must be, before the handler looks closer.
    pub needs: Needs,
    /// Answers.
    pub run: fn(&Ask) -> Result<Answer, Problem>,
}

/// What whoever asks must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Anybody, also signed out.
    Nothing,
    /// Signed in.
    Account,
    /// A member of the organization; the handler shows what they may see.
    Member,
    /// A member who may do this to everything.
    May(Act),
}

/// All tables together: each page's own stands beside its handlers.
pub fn routes() -> impl Iterator<Item = &'static Route> {
    pages::TABLES.iter().flat_map(|it| it.iter())
}

/// A page or part that is read.
pub(crate) const fn get(
    path: &'static str,
    needs: Needs,
    run: fn(&Ask) -> Result<Answer, Problem>,
) -> Route {
    Route { method: Method::GET, path, needs, run }
}

/// A form that is sent.
pub(crate) const fn post(
    path: &'static str,
    needs: Needs,
    run: fn(&Ask) -> Result<Answer, Problem>,
) -> Route {
    Route { method: Method::POST, path, needs, run }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_routes_are_the_same_and_no_kind_hides_a_page() {
        let mut seen = BTreeSet::new();
        for route in routes() {
            assert!(seen.insert((route.method.as_str(), route.path)), "{} twice", route.path);
            let segment = route.path.strip_prefix("/o/{place}/").unwrap_or_default();
            let segment = segment.split('/').next().unwrap_or_default();
            assert!(
                kinds::KINDS.iter().all(|it| it.id != segment),
                "the page {} hides a kind",
                route.path
            );
        }
    }

    #[test]
    fn what_is_below_an_organization_needs_a_member() {
        for route in routes() {
            let inside = route.path.starts_with("/o/{place}");
            let needs = matches!(route.needs, Needs::Member | Needs::May(_));
            assert_eq!(inside, needs, "{} {}", route.method, route.path);
        }
    }
}
