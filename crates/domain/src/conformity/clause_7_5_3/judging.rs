//! How the control of documents is judged.

use std::collections::HashMap;

use kinds::{
    control::Control,
    determination::{Answer, Question},
    document::Document,
};
use meta::{Id, Record};

use crate::conformity::{
    Case, Chain, Grade, Outcome, answers, due,
    in_force::{self, InForce},
    outcome::Each,
};

pub(super) fn reviewed(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in in_force::own::<Document>(chain) {
        let last = it.present.last_reviewed.max(it.since());
        match due::review(chain, it.working, last, it.present.cadence) {
            Some(due) if due < chain.view.day => {
                each.fail(it.working, format!("review was due on {due}"));
            }
            Some(_) => each.pass(it.working),
            None => each.unknown(it.working, "has neither a review day nor an interval"),
        }
    }
    each.outcome(Grade::Minor, "documents", none)
}

pub(super) fn one_version(chain: &Chain<'_>) -> Outcome {
    let all: Vec<InForce<'_, Document>> = in_force::own::<Document>(chain).collect();
    let name = |it: &InForce<'_, Document>| {
        let identifier = it.present.identifier.as_deref().unwrap_or_default().trim();
        let known = if identifier.is_empty() { it.body.title.trim() } else { identifier };
        known.to_lowercase()
    };
    let mut known: HashMap<String, &Record> = HashMap::new();
    let mut each = Each::new();
    for it in &all {
        match known.get(&name(it)) {
            Some(other) => {
                each.fail(it.working, format!("in force beside {} of that name", other.name()));
            }
            None => {
                known.insert(name(it), it.working);
                each.pass(it.working);
            }
        }
    }
    let current: HashMap<Id, u32> =
        all.iter().map(|it| (it.id(), it.edition.record.head.version)).collect();
    for (record, control) in chain.own::<Control>().filter(|(_, it)| it.is_included()) {
        let mut named = control.rules.iter().map(|it| it.link());
        let is_old = named.any(|it| {
            let edition = it.edition.map(|it| it.get());
            edition.is_some_and(|edition| current.get(&it.id).is_some_and(|now| *now != edition))
        });
        if is_old {
            each.fail(record, "names an edition that no longer holds");
        }
    }
    each.outcome(Grade::Minor, "documents", none)
}

pub(super) fn access(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    let mut open = false;
    for it in in_force::own::<Document>(chain) {
        let now = it.present;
        let has_access = answers::names(now.class.as_ref()) || !now.distribution.is_empty();
        match (has_access, now.keep_for.is_some()) {
            (true, true) => each.pass(it.working),
            (true, false) => each.fail(it.working, "does not say how long it is kept"),
            (false, _) => {
                open = true;
                each.fail(it.working, "has neither a class nor a distribution");
            }
        }
    }
    let grade = if open { Grade::Minor } else { Grade::Opportunity };
    each.outcome(grade, "documents", none)
}

pub(super) fn external(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for (record, it) in chain.own::<Document>().filter(|(_, it)| it.is_external()) {
        let parts = [
            (answers::names(it.issuer.as_ref()), "its issuer"),
            (answers::names(it.issuer_edition.as_ref()), "its edition"),
            (it.watched_by.is_some() || it.owner.is_some(), "who watches it"),
        ];
        if parts.iter().all(|it| it.0) {
            each.pass(record);
            continue;
        }
        let missing: Vec<&str> = parts.iter().filter(|it| !it.0).map(|it| it.1).collect();
        each.fail(record, format!("lacks {}", missing.join(", ")));
    }
    let decided = answers::answer(chain, Question::ExternalDocumentsNeeded, |_| true);
    each.outcome(Grade::Minor, "documents from outside", || match decided {
        Some((_, it)) if it.answer == Some(Answer::No) => {
            Outcome::not_applicable("it was decided that no documents from outside are needed")
        }
        Some((record, _)) => {
            let fails = vec![Case::on(record, "needed, but none is on the list")];
            Outcome::fail(Grade::Minor, "no document from outside is on the list", fails)
        }
        None => Outcome::unknown("no document from outside, and no word that none is needed"),
    })
}

pub(super) fn translations(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    let mut any = false;
    for it in in_force::own::<Document>(chain) {
        any = true;
        let Some(link) = it.present.translation_of.map(|it| it.link()) else { continue };
        let Some(now) = chain.view.isms.in_force(link.id, chain.view.day) else {
            each.fail(it.working, "its original has no edition in force");
            continue;
        };
        let approval = chain.view.isms.typed::<kinds::approval::Approval>(now.approval);
        let original = approval.and_then(|it| it.effective_from.or(it.decided_on));
        let is_behind = match link.edition {
            Some(edition) => edition.get() != now.record.head.version,
            None => it.since() < original,
        };
        each.judge(it.working, !is_behind, "translates an edition that no longer holds");
    }
    let grade = if each.is_widespread() { Grade::Minor } else { Grade::Opportunity };
    each.outcome(grade, "translations", || match any {
        true => Outcome::not_applicable("no document is a translation"),
        false => none(),
    })
}

fn none() -> Outcome {
    Outcome::unknown("no document is in force")
}
