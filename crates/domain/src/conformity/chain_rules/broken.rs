//! Where the chain from requirement or risk through control to proof breaks.

use std::collections::HashMap;

use kinds::{
    control::{Implementation, ProofWanted},
    obligation::Obligation,
    requirement::{Addressed, Requirement},
    risk::Treatment,
};
use meta::{Id, Period, Record};

use crate::{
    conformity::{
        Chain, Grade, Outcome,
        chain::{ControlState, Proof, ProofState},
        outcome::Each,
        proof,
    },
    parameters,
};

/// How far the chain holds from a control on; `{}` in a note stands for the control.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Link {
    Whole,
    Open(&'static str),
    Broken(&'static str),
}

type Links = HashMap<Id, Link, foldhash::fast::RandomState>;

pub(super) fn requirements(chain: &Chain<'_>) -> Outcome {
    let links = links(chain);
    let mut each = Each::new();
    let addressed = [Some(Addressed::Yes), Some(Addressed::InPart)];
    for (record, it) in chain.own::<Requirement>() {
        if !addressed.contains(&it.addressed) || it.until.is_some_and(|it| it < chain.view.day) {
            continue;
        }
        let own = it.met_by.iter().map(|it| it.id());
        let obligations = it.obligations.iter().filter_map(|it| chain.view.isms.follow(it));
        let more = obligations.flat_map(|it| &it.met_by).map(|it| it.id());
        follow(chain, &mut each, &links, record, own.chain(more));
    }
    for (record, it) in chain.own::<Obligation>() {
        if it.in_force_until.is_none_or(|it| it >= chain.view.day) {
            follow(chain, &mut each, &links, record, it.met_by.iter().map(|it| it.id()));
        }
    }
    each.outcome(Grade::Minor, "requirements and obligations", || {
        Outcome::unknown("there is no addressed requirement or obligation to follow")
    })
}

pub(super) fn risks(chain: &Chain<'_>) -> Outcome {
    let links = links(chain);
    let mut each = Each::new();
    for state in &chain.risks {
        if !state.risk.is_treated_by(Treatment::Modify) {
            continue;
        }
        let found = state.risk.controls.iter().map(|it| (link(&links, it.id()), it.id())).max();
        match found {
            Some((Link::Whole, _)) => each.pass(state.record),
            Some((Link::Open(note), id)) => each.unknown(state.record, about(chain, note, id)),
            Some((Link::Broken(note), id)) => each.fail(state.record, about(chain, note, id)),
            None if state.is_sketch() => each.unknown(state.record, "names no control yet"),
            None => each.fail(state.record, "modified, but names no control"),
        }
    }
    let grade = if each.is_widespread() { Grade::Major } else { Grade::Minor };
    each.outcome(grade, "modified risks", || Outcome::unknown("no risk is modified by controls"))
}

pub(super) fn gaps(chain: &Chain<'_>) -> Outcome {
    let (isms, day) = (chain.view.isms, chain.view.day);
    let default = parameters::period(isms, "evidence.cadence");
    let period = parameters::period(isms, "audit.period").before(day);
    let mut each = Each::new();
    let running = [Some(Implementation::Implemented), Some(Implementation::InPart)];
    for state in &chain.controls {
        let control = state.control;
        if !state.is_included() || !running.contains(&control.implementation) {
            continue;
        }
        let from = control.since.map(|it| it.max(period));
        for wanted in &control.proof_wanted {
            let cadence = wanted.cadence.unwrap_or(default);
            let what = &wanted.what;
            let brought = || state.proofs.iter().copied().filter(|it| answers(wanted, it));
            let mut dated = brought().filter(|it| it.day().is_some()).peekable();
            if dated.peek().is_none() {
                each.unknown(state.record, format!("no proof with a day held: {what}"));
                continue;
            }
            // What was brought and does not count leaves open what nothing at all leaves empty.
            if let Some(since) = proof::gap(dated, cadence, from, day) {
                each.fail(state.record, format!("a gap after {since}: {what}"));
                continue;
            }
            let mut counting = brought().filter(|it| it.counts && it.day().is_some()).peekable();
            let is_accepted = counting.peek().is_some();
            match proof::gap(counting, cadence, from, day) {
                None if is_accepted => each.pass(state.record),
                _ => each.unknown(state.record, format!("proof not accepted yet: {what}")),
            }
        }
    }
    each.outcome(Grade::Minor, "proofs wanted", || {
        Outcome::unknown("no implemented control says what would prove it")
    })
}

fn follow(
    chain: &Chain<'_>,
    each: &mut Each,
    links: &Links,
    record: &Record,
    met_by: impl Iterator<Item = Id>,
) {
    let cadence = parameters::period(chain.view.isms, "evidence.cadence");
    let shown = proof::shown(chain, record.head.id);
    let shown = Proof::together(shown.into_iter(), cadence, chain.view.day);
    if matches!(shown, ProofState::Current(_)) {
        return each.pass(record);
    }
    let mut by_others = false;
    let mut found: Option<(Link, Id)> = None;
    for id in met_by {
        let Some(target) = chain.view.isms.get(id) else { continue };
        match target.def().id {
            "control" => found = found.max(Some((link(links, id), id))),
            _ => by_others |= target.is_live() && target.is_own(),
        }
    }
    match (found, shown) {
        (Some((Link::Whole, _)), _) => each.pass(record),
        (Some((Link::Open(note), id)), _) => each.unknown(record, about(chain, note, id)),
        (Some((Link::Broken(note), id)), _) => each.fail(record, about(chain, note, id)),
        (None, ProofState::Expired(_, until)) => {
            each.fail(record, format!("its proof ran out on {until}"));
        }
        (None, _) if by_others => each.unknown(record, "met without a control, and no proof held"),
        (None, _) if record.head.stage == 0 => each.unknown(record, "nothing meets it yet"),
        (None, _) => each.fail(record, "nothing meets it"),
    }
}

/// The note with the control it is about.
fn about(chain: &Chain<'_>, note: &str, control: Id) -> String {
    let number = || chain.view.isms.get(control).map_or_else(|| "a control".into(), Record::name);
    let reference = chain.control(control).map_or_else(number, ControlState::reference);
    note.replace("{}", &reference)
}

fn links(chain: &Chain<'_>) -> Links {
    let default = parameters::period(chain.view.isms, "evidence.cadence");
    let of = |it: &ControlState<'_>| (it.record.head.id, state(chain, it, default));
    chain.controls.iter().map(of).collect()
}

fn link(links: &Links, control: Id) -> Link {
    links.get(&control).copied().unwrap_or(Link::Broken("it names {}, which was retired"))
}

fn state(chain: &Chain<'_>, it: &ControlState<'_>, default: Period) -> Link {
    if it.is_excluded() {
        return Link::Broken("it names {}, which is excluded");
    }
    if !it.is_included() {
        return Link::Broken("it names {}, which nobody has decided on");
    }
    let cadence = it.control.proof_wanted.iter().filter_map(|it| it.cadence);
    let longest = cadence.max_by(|a, b| a.days().total_cmp(&b.days())).unwrap_or(default);
    match Proof::together(it.proofs.iter().copied(), longest, chain.view.day) {
        ProofState::Current(_) => Link::Whole,
        ProofState::Expired(..) => Link::Broken("the proof of {} ran out"),
        ProofState::Undated(_) => Link::Open("the proof of {} has no day"),
        ProofState::NotAccepted(_) => Link::Open("the proof of {} is not accepted"),
        ProofState::Missing => Link::Open("no proof is held of {}"),
    }
}

/// Whether a proof is the one wanted; one that names none may be any.
fn answers(wanted: &ProofWanted, it: &Proof<'_>) -> bool {
    let named = it.evidence.proof.as_deref().unwrap_or_default().trim();
    let folded = |text: &'_ str| text.chars().flat_map(char::to_lowercase).collect::<Vec<_>>();
    named.is_empty()
        || named.eq_ignore_ascii_case(wanted.what.trim())
        || !named.is_ascii() && folded(named) == folded(wanted.what.trim())
}
