//! Names of people that stand in two columns, the first name and the last.

use meta::KindDef;

use super::super::{Match, Target};
use crate::text::fold;

const FIRST: [&str; 9] = [
    "first name",
    "firstname",
    "given name",
    "forename",
    "vorname",
    "vornamen",
    "prenom",
    "prenoms",
    "rufname",
];

const LAST: [&str; 13] = [
    "last name",
    "lastname",
    "surname",
    "family name",
    "nachname",
    "familienname",
    "zuname",
    "nom de famille",
    "nom",
    "name",
    "employee name",
    "mitarbeitername",
    "person",
];

/// Takes both columns for the name of a person, where none holds all of it.
pub(super) fn assign(
    kind: &KindDef,
    headers: &[String],
    samples: &[Vec<&str>],
    matches: &mut [(Target, Match)],
) {
    if kind.id != "person" {
        return;
    }
    let find = |names: &[&str]| {
        names.iter().find_map(|name| {
            (0..headers.len()).find(|at| !samples[*at].is_empty() && fold(&headers[*at]) == *name)
        })
    };
    if let (Some(first), Some(last)) = (find(&FIRST), find(&LAST)) {
        matches[first] = (Target::Given, Match::Exact);
        matches[last] = (Target::Field(kind.fields[0].name), Match::Exact);
    }
}
