//! How editions are judged.

use kinds::{
    Kind,
    approval::{Approval, Purpose},
    document::Document,
    risk_method::RiskMethod,
    scope::Scope,
};
use meta::{Id, Markdown};

use crate::{
    conformity::{
        Chain, Grade, Outcome, answers,
        in_force::{self, InForce},
        outcome::Each,
    },
    parameters,
};

/// What templates leave behind, in lower case.
const PLACEHOLDERS: [&str; 11] = [
    "{{",
    "<<",
    "[insert",
    "<insert",
    "[company",
    "<company",
    "[organi",
    "<organi",
    "[your ",
    "lorem ipsum",
    "[date]",
];

pub(super) fn identified(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in in_force::own::<Document>(chain) {
        let now = it.present;
        let parts = [
            (answers::names(now.identifier.as_ref()), "an identifier"),
            (it.since().is_some() || now.effective_from.is_some(), "a day"),
            (now.owner.is_some() || !now.authors.is_empty(), "an author or owner"),
        ];
        if parts.iter().all(|it| it.0) {
            each.pass(it.working);
            continue;
        }
        let missing: Vec<&str> = parts.iter().filter(|it| !it.0).map(|it| it.1).collect();
        each.fail(it.working, format!("lacks {}", missing.join(", ")));
    }
    each.outcome(Grade::Minor, "documents", none)
}

pub(super) fn approved(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in in_force::own::<Document>(chain) {
        if let Some(note) = too_late(&it) {
            each.fail(it.working, note);
            continue;
        }
        match it.body.approver {
            None => each.unknown(it.working, "names no role that approves it"),
            Some(role) => {
                let held = it.approval.roles_held.iter().any(|held| held.id() == role.id());
                each.judge(it.working, held, "whoever approved it did not hold the role that day");
            }
        }
    }
    let mut look = |note: Option<String>, record| match note {
        Some(note) => each.fail(record, note),
        None => each.pass(record),
    };
    in_force::own::<Scope>(chain).for_each(|it| look(too_late(&it), it.working));
    in_force::own::<RiskMethod>(chain).for_each(|it| look(too_late(&it), it.working));
    each.outcome(Grade::Minor, "editions", none)
}

pub(super) fn four_eyes(chain: &Chain<'_>) -> Outcome {
    let always = parameters::is_set(chain.view.isms, "four_eyes.publish");
    let mut each = Each::new();
    let mut any = false;
    for it in in_force::own::<Document>(chain) {
        any = true;
        if !always && it.present.four_eyes != Some(true) {
            continue;
        }
        let by = it.approval.by.map(|it| it.id());
        let named: Vec<Id> = it.body.authors.iter().map(|it| it.id()).collect();
        let (hands, alone) = match named.is_empty() {
            false => (named, "published by its sole author"),
            true => (it.hands(chain), "published by the only one who changed it"),
        };
        if is_excepted(chain, it.id()) || hands.iter().any(|it| Some(*it) != by) {
            each.pass(it.working);
        } else if hands.is_empty() || by.is_none() {
            each.unknown(it.working, "names no author");
        } else {
            each.fail(it.working, alone);
        }
    }
    each.outcome(Grade::Minor, "documents with four eyes", || match any {
        true => Outcome::not_applicable("no document asks for a second pair of eyes"),
        false => none(),
    })
}

pub(super) fn unchanged(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    in_force::all::<Scope>(chain).for_each(|it| compare(&mut each, &it));
    in_force::all::<RiskMethod>(chain).for_each(|it| compare(&mut each, &it));
    for it in in_force::all::<Document>(chain) {
        let document = it.body;
        let elsewhere = document.elsewhere.is_some()
            && document.elsewhere_digest.is_none()
            && document.text.is_none()
            && document.file.is_none();
        if elsewhere && it.is_as_approved() == Some(true) {
            each.unknown(it.working, "kept elsewhere without a digest");
        } else {
            compare(&mut each, &it);
        }
    }
    each.outcome(Grade::Major, "editions", none)
}

pub(super) fn no_template(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    let mut leftover = false;
    for it in in_force::all::<Document>(chain) {
        leftover |= words(&mut each, &it, it.body.text.as_ref());
    }
    for it in in_force::all::<Scope>(chain) {
        leftover |= words(&mut each, &it, it.body.statement.as_ref());
    }
    for it in in_force::all::<RiskMethod>(chain) {
        leftover |= words(&mut each, &it, it.body.appetite.as_ref());
    }
    let grade = if leftover { Grade::Minor } else { Grade::Opportunity };
    each.outcome(grade, "published texts", || Outcome::unknown("no text in force is kept here"))
}

fn too_late<K: Kind>(it: &InForce<'_, K>) -> Option<String> {
    match (it.approval.by, it.approval.decided_on, it.since()) {
        (None, _, _) => Some("nobody is named who approved it".to_owned()),
        (_, Some(on), Some(since)) if since < on => {
            Some(format!("holds since {since}, approved only on {on}"))
        }
        (_, None, _) => Some("the approval has no day".to_owned()),
        _ => None,
    }
}

fn is_excepted(chain: &Chain<'_>, id: Id) -> bool {
    let mut approvals = chain.view.isms.sources::<Approval>(id);
    approvals.any(|(record, it)| {
        record.stage().id == "given"
            && it.purpose == Some(Purpose::GrantException)
            && it.subject.is_some_and(|it| it.id() == id)
            && it.good_until.is_none_or(|until| until >= chain.view.day)
    })
}

fn compare<K: Kind>(each: &mut Each, it: &InForce<'_, K>) {
    match it.is_as_approved() {
        Some(true) => each.pass(it.working),
        Some(false) => each.fail(it.working, "the digest is not the one that was approved"),
        None => each.unknown(it.working, "its text was erased"),
    }
}

/// Judges a published text; whether it holds a placeholder.
fn words<K: Kind>(each: &mut Each, it: &InForce<'_, K>, text: Option<&Markdown>) -> bool {
    let lower = text.map(|it| it.0.to_lowercase()).unwrap_or_default();
    let found = PLACEHOLDERS.iter().find(|it| lower.contains(**it));
    match found {
        Some(found) => each.fail(it.working, format!("still holds the placeholder `{found}`")),
        None if !it.is_own() => each.fail(it.working, "a seed published as it was proposed"),
        None if text.is_some() => each.pass(it.working),
        None => {}
    }
    found.is_some()
}

fn none() -> Outcome {
    Outcome::unknown("no edition is in force")
}
