//! How the policy is judged.

use std::collections::HashSet;

use kinds::{
    InScope,
    approval::Purpose,
    determination::Question,
    document::{Claim, Document, DocumentType},
    evidence::Evidence,
    person::Person,
};
use meta::{Id, Record};

use crate::{
    conformity::{
        Case, Chain, Grade, Outcome, answers, due,
        in_force::{self, InForce},
        outcome::Each,
    },
    holder, parameters,
};

/// What a policy must hold, and words by which a row of its claims is known to be about it.
const ELEMENTS: [(&str, &[&str]); 4] = [
    ("it suits the purpose", &["5.2 a", "5.2.a", "purpose", "appropriate", "zweck", "finalité"]),
    ("objectives or a frame for them", &["5.2 b", "5.2.b", "objective", "ziel", "objectif"]),
    ("meeting requirements", &["5.2 c", "5.2.c", "requirement", "anforderung", "exigence"]),
    ("continual improvement", &["5.2 d", "5.2.d", "improve", "verbesser", "amélior"]),
];

pub(super) fn published(chain: &Chain<'_>) -> Outcome {
    let passes: Vec<Id> = policies(chain).map(|it| it.id()).collect();
    if !passes.is_empty() {
        return Outcome::pass("the policy is in force", passes);
    }
    let mut fails: Vec<Case> = chain
        .view
        .isms
        .live::<Document>()
        .filter(|(_, it)| it.doc_type == Some(DocumentType::Policy))
        .map(|(record, _)| match record.is_own() {
            true => Case::on(record, "no edition with content is in force"),
            false => Case::on(record, "a seed nobody has confirmed"),
        })
        .collect();
    if fails.is_empty() {
        fails.push(Case::absent("no document of the type policy"));
    }
    Outcome::fail(Grade::Major, "no information security policy is in force", fails)
}

pub(super) fn by_top_management(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in policies(chain) {
        let mut approvals = it.assents(chain, Purpose::Approve);
        match it.approval.top_management {
            Some(true) => each.pass(it.working),
            _ if approvals.any(|(_, it)| it.top_management == Some(true)) => each.pass(it.working),
            Some(false) => each.fail(it.working, "whoever approved it was not top management"),
            None => each.unknown(it.working, "the approval does not tell the role of that day"),
        }
    }
    each.outcome(Grade::Minor, "policies", no_policy)
}

pub(super) fn elements(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in policies(chain) {
        let (mut missing, mut open) = (Vec::new(), Vec::new());
        for (element, words) in ELEMENTS {
            let is_about = |claim: &&Claim| {
                let needed = claim.needed.to_lowercase();
                words.iter().any(|it| needed.contains(it))
            };
            let claims = it.present.claims.iter().filter(is_about);
            match claims.map(standing).max() {
                Some(Standing::Attested) => {}
                Some(Standing::Open) => open.push(element),
                Some(Standing::Nowhere) | None => missing.push(element),
            }
        }
        match (missing.is_empty(), open.is_empty()) {
            (true, true) => each.pass(it.working),
            (true, false) => {
                each.unknown(it.working, format!("not confirmed by a person: {}", open.join(", ")));
            }
            (false, _) => {
                each.fail(it.working, format!("no passage named for: {}", missing.join(", ")));
            }
        }
    }
    each.outcome(Grade::Minor, "policies", no_policy)
}

pub(super) fn communicated(chain: &Chain<'_>) -> Outcome {
    let day = chain.view.day;
    let default = parameters::period(chain.view.isms, "policy.communicated");
    let people: Vec<(&Record, &Person)> = chain
        .own::<Person>()
        .filter(|(record, _)| holder::is_active(record))
        .filter(|(_, it)| it.in_scope == Some(InScope::Yes) && it.is_here_on(day))
        .collect();
    if people.is_empty() {
        return Outcome::unknown("no person in scope is recorded");
    }
    let mut each = Each::new();
    let (mut any, mut told) = (false, HashSet::new());
    for it in policies(chain) {
        any = true;
        let Some(since) = it.since() else { continue };
        let within = it.present.acknowledged_within.unwrap_or(default);
        let confirmed = it.assents(chain, Purpose::Acknowledge);
        let confirmed: HashSet<Id> = confirmed.filter_map(|(_, it)| Some(it.by?.id())).collect();
        let sent = is_sent(chain, &it, since);
        for (record, person) in &people {
            let reachable = holder::reachable_since(chain.view, record);
            let start = reachable.map_or(since, |it| it.max(since));
            let due = within.after(start);
            let joined_later = person.joined_on.is_some_and(|it| it > since);
            if confirmed.contains(&record.head.id) || sent && !joined_later {
                if told.insert(record.head.id) {
                    each.pass(record);
                }
            } else if due < day {
                each.fail(record, format!("has not confirmed {} since {start}", it.working.name()));
            }
        }
    }
    each.outcome(Grade::Minor, "persons in scope", || match any {
        true => Outcome::unknown("nobody had to confirm the policy yet"),
        false => no_policy(),
    })
}

pub(super) fn outsiders(chain: &Chain<'_>) -> Outcome {
    let decided = answers::answer(chain, Question::PolicyForOutsiders, |_| true);
    let mut each = Each::new();
    for it in policies(chain) {
        match (it.present.outsiders, decided) {
            (Some(_), _) => each.pass(it.working),
            (None, Some((record, _))) => each.pass(record),
            (None, None) => each.fail(it.working, "nobody decided whether outsiders can have it"),
        }
    }
    each.outcome(Grade::Opportunity, "policies", no_policy)
}

pub(super) fn reviewed(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in policies(chain) {
        let last = it.present.last_reviewed.max(it.since());
        match due::review(chain, it.working, last, it.present.cadence) {
            Some(due) if due < chain.view.day => {
                each.fail(it.working, format!("review was due on {due}"));
            }
            Some(_) => each.pass(it.working),
            None => each.unknown(it.working, "has neither a review day nor an interval"),
        }
    }
    each.outcome(Grade::Minor, "policies", no_policy)
}

/// How well a claim is founded.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Nowhere,
    Open,
    Attested,
}

fn standing(claim: &Claim) -> Standing {
    match (answers::names(claim.passage.as_ref()), claim.attested_by, claim.attested_on) {
        (true, Some(_), Some(_)) => Standing::Attested,
        (true, _, _) => Standing::Open,
        (false, _, _) => Standing::Nowhere,
    }
}

/// Information security policies with content in force, seeds aside.
fn policies<'a>(chain: &Chain<'a>) -> impl Iterator<Item = InForce<'a, Document>> {
    in_force::own::<Document>(chain)
        .filter(|it| it.body.doc_type == Some(DocumentType::Policy) && it.body.has_content())
}

/// Whether accepted evidence shows that the edition was sent to everybody.
fn is_sent(chain: &Chain<'_>, it: &InForce<'_, Document>, since: jiff::civil::Date) -> bool {
    let mut shown = chain.view.isms.sources::<Evidence>(it.id());
    shown.any(|(record, evidence)| {
        record.is_live()
            && record.is_own()
            && evidence.is_accepted()
            && evidence.shows.iter().any(|shown| shown.id() == it.id())
            && evidence.collected_on.is_some_and(|on| on >= since)
    })
}

fn no_policy() -> Outcome {
    Outcome::unknown("no information security policy is in force")
}
