//! What is computed about controls: what calls for them, and what proves them.

use kinds::{
    Kind,
    control::Control,
    evidence::Evidence,
    obligation::Obligation,
    requirement::{Addressed, Requirement},
    risk::Risk,
};
use meta::{Id, Record};

use super::Column;
use crate::{View, conformity::Proof, parameters};

pub(super) static COLUMNS: &[Column] = &[
    Column {
        name: "drivers",
        label: "Drivers",
        help: "The risks, obligations and requirements that call for the control.",
        reads: &["obligation", "requirement", "risk"],
        rank: None,
        text: drivers,
    },
    Column {
        name: "proof_held",
        label: "Proof held",
        help: "The newest accepted evidence for the control, and whether it has run out.",
        reads: &["evidence", "organization"],
        rank: None,
        text: proof_held,
    },
    Column {
        name: "proof_age",
        label: "Age of proof",
        help: "How many days ago the newest accepted evidence spoke for the control.",
        reads: &["evidence", "organization"],
        rank: None,
        text: proof_age,
    },
];

fn drivers(view: View<'_>, record: &Record) -> String {
    let risks = callers::<Risk>(view, record, |it, id| it.controls.iter().any(|it| it.id() == id));
    let obligations =
        callers::<Obligation>(view, record, |it, id| it.met_by.iter().any(|it| it.id() == id));
    let requirements = callers::<Requirement>(view, record, |it, id| {
        it.addressed != Some(Addressed::No) && it.met_by.iter().any(|it| it.id() == id)
    });
    risks.chain(obligations).chain(requirements).collect::<Vec<_>>().join("; ")
}

/// The names of the records of a kind that call for a control.
fn callers<'a, K: Kind>(
    view: View<'a>,
    control: &Record,
    calls: fn(&K, Id) -> bool,
) -> impl Iterator<Item = String> + use<'a, K> {
    let id = control.head.id;
    let sources = view.isms.sources::<K>(id);
    sources
        .filter(move |(it, body)| it.is_live() && it.is_own() && calls(body, id))
        .map(|(it, _)| it.name())
}

fn proof_held(view: View<'_>, record: &Record) -> String {
    let Some(proof) = newest(view, record) else { return String::new() };
    let wanted = record
        .typed::<Control>()
        .and_then(|it| it.proof_wanted.iter().filter_map(|it| it.cadence).max());
    let cadence = wanted.unwrap_or_else(|| parameters::period(view.isms, "evidence.cadence"));
    let name = format!("{} {}", proof.record.name(), proof.record.title());
    match proof.until(cadence).filter(|it| *it < view.day) {
        Some(until) => format!("{name} (ran out on {until})"),
        None => name,
    }
}

fn proof_age(view: View<'_>, record: &Record) -> String {
    let day = newest(view, record).and_then(|it| it.day());
    let Some(age) = day.and_then(|it| it.until(view.day).ok()) else { return String::new() };
    match age.get_days() {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

/// The newest evidence for a control that counts.
fn newest<'a>(view: View<'a>, record: &Record) -> Option<Proof<'a>> {
    let proofs = view.isms.sources::<Evidence>(record.head.id);
    proofs
        .filter_map(|(it, evidence)| Proof::of(it, evidence))
        .filter(|it| it.counts && it.evidence.shows.iter().any(|it| it.id() == record.head.id))
        .max_by_key(Proof::day)
}
