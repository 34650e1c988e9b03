//! Clause 4.2: interested parties and what they require.

use std::collections::HashSet;

use kinds::{
    control::Control,
    determination::Question,
    interested_party::{ClimateAnswer, InterestedParty, Lifecycle, PartyType},
    objective::Objective,
    obligation::Obligation,
    requirement::{self, Addressed, Nature, Requirement},
};
use meta::{Choice, Id, Record};

use crate::conformity::{
    AuditStage, Basis, Case, Chain, Grade, Outcome, Rule, answers, outcome::Each,
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "4.2-01",
        clause: "4.2.a",
        title: "Interested parties are known",
        explanation: "An auditor expects customers, authorities, owners, employees and suppliers \
                      to have been thought of. No party at all is a major gap; a type that is \
                      neither there nor recorded as considered and absent is only something to \
                      improve.",
        mend: "Record each party with `muniment new interested_party` and move it to `current`; \
               where a type has none, say so with `muniment new determination` (question \
               `no_party_of_type`).",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Major,
        stages: &[AuditStage::One],
        reads: &["interested_party", "determination", "approval"],
        judge: Some(parties),
        waits_for: "",
    },
    Rule {
        id: "4.2-02",
        clause: "4.2.b",
        title: "Every party has a requirement",
        explanation: "A party is on the list because it expects something. Each current party \
                      needs at least one requirement that holds; requirements only proposed leave \
                      the answer open.",
        mend: "Record what the party requires with `muniment new requirement`, or retire the \
               party if it requires nothing.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["interested_party", "requirement"],
        judge: Some(required),
        waits_for: "",
    },
    Rule {
        id: "4.2-03",
        clause: "4.2.c",
        title: "Every requirement is decided on: met through the ISMS or not",
        explanation: "Since 2022 it must be decided which requirements are addressed through the \
                      ISMS. Each needs an answer, yes, in part or no, and a word on how or why \
                      not. A requirement still proposed leaves the answer open.",
        mend: "Edit the requirement: set `addressed` and say how it is met, or why it is not.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["requirement"],
        judge: Some(addressed),
        waits_for: "",
    },
    Rule {
        id: "4.2-04",
        clause: "4.2.c",
        title: "What is met through the ISMS names by what",
        explanation: "An addressed requirement must lead to something that meets it: a control, \
                      objective, document or supplier, an obligation that does, or an objective \
                      that takes it into account. It is systemic where three or more, and more \
                      than one in ten, lead nowhere.",
        mend: "Edit the requirement and name in `met_by` the controls or documents that meet it.",
        basis: Basis::Shall,
        isolated: Grade::Opportunity,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        reads: &["requirement", "control", "objective", "document", "supplier", "obligation"],
        judge: Some(met),
        waits_for: "",
    },
    Rule {
        id: "4.2-05",
        clause: "4.2.b",
        title: "Binding requirements are in the register of obligations",
        explanation: "Laws, rules of authorities and contracts that a party can hold you to belong \
                      into the register that control A.5.31 asks for. Each such requirement must \
                      name its entry there; the other direction is not asked. Where A.5.31 is \
                      excluded it does not apply.",
        mend: "Make the entry with `muniment new obligation` and name it in the requirement's \
               `obligations`.",
        basis: Basis::AnnexA,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        reads: &["requirement", "obligation", "control"],
        judge: Some(registered),
        waits_for: "",
    },
    Rule {
        id: "4.2-06",
        clause: "4.2.b",
        title: "Parties were asked about climate change",
        explanation: "A note of the amendment of 2024 reminds that parties can have requirements \
                      about climate change. A note is no requirement, so this is never more than \
                      something to improve. One party with an answer is enough to show that the \
                      question was asked.",
        mend: "Edit the parties for whom it may matter and set `climate`: they expect something, \
               or nothing.",
        basis: Basis::Practice,
        isolated: Grade::Opportunity,
        systemic: Grade::Opportunity,
        stages: &[AuditStage::One],
        reads: &["interested_party"],
        judge: Some(climate),
        waits_for: "",
    },
];

/// The types of party that nearly every organization has.
const USUAL: [PartyType; 5] = [
    PartyType::Customer,
    PartyType::Authority,
    PartyType::Employees,
    PartyType::OwnerOrParent,
    PartyType::Supplier,
];

fn parties(chain: &Chain<'_>) -> Outcome {
    let mut passes: Vec<Id> = current(chain).map(|(it, _)| it.head.id).collect();
    if passes.is_empty() {
        let proposed = chain.own::<InterestedParty>().map(|it| Case::on(it.0, "only proposed yet"));
        let proposed: Vec<Case> = proposed.collect();
        if proposed.is_empty() {
            let fails = vec![Case::absent("no interested party")];
            return Outcome::fail(Grade::Major, "no interested party is known", fails);
        }
        return Outcome::unknown("interested parties are only proposed").with_unknowns(proposed);
    }
    let mut fails = Vec::new();
    for wanted in USUAL {
        if current(chain).any(|(_, it)| it.party_type == Some(wanted)) {
            continue;
        }
        let is_meant = |it: &kinds::determination::Determination| {
            it.party_type == Some(wanted) && it.answer == Some(kinds::determination::Answer::Yes)
        };
        match answers::answer(chain, Question::NoPartyOfType, is_meant) {
            Some((record, _)) => passes.push(record.head.id),
            None => {
                let label = wanted.def().label.to_lowercase();
                fails.push(Case::absent(format!("no party of the type {label}, and no word why")));
            }
        }
    }
    match fails.is_empty() {
        true => Outcome::pass("interested parties of every usual type were considered", passes),
        false => {
            Outcome::fail(Grade::Opportunity, "some types of party were not considered", fails)
        }
    }
}

fn required(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for (record, _) in current(chain) {
        let id = record.head.id;
        let mut found = chain
            .view
            .isms
            .sources::<Requirement>(id)
            .filter(|(it, _)| it.is_live() && it.is_own())
            .filter(|(_, it)| it.party.is_some_and(|it| it.id() == id))
            .map(|(it, _)| is_settled(it))
            .peekable();
        match (found.peek().is_some(), found.any(|it| it)) {
            (_, true) => each.pass(record),
            (true, false) => each.unknown(record, "its requirements are only proposed yet"),
            (false, false) => each.fail(record, "no requirement of it is recorded"),
        }
    }
    each.outcome(Grade::Minor, "interested parties", || {
        Outcome::unknown("there is no interested party to look at")
    })
}

fn addressed(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for (record, it) in holding(chain) {
        let how = answers::says(it.addressed_how.as_ref());
        let lacks = match it.addressed.unwrap_or(Addressed::Undecided) {
            Addressed::Undecided => "not decided",
            Addressed::No if !how => "not met, and no word why",
            Addressed::Yes | Addressed::InPart if !how => "no word on how",
            _ => {
                each.pass(record);
                continue;
            }
        };
        match is_settled(record) {
            true => each.fail(record, lacks),
            false => each.unknown(record, "only proposed yet"),
        }
    }
    each.outcome(Grade::Minor, "requirements", no_requirement)
}

fn met(chain: &Chain<'_>) -> Outcome {
    let isms = chain.view.isms;
    let counts = |id| isms.get(id).is_some_and(|it| it.is_live() && it.is_own());
    let mut each = Each::new();
    let met = [Some(Addressed::Yes), Some(Addressed::InPart)];
    for (record, it) in holding(chain).filter(|(_, it)| met.contains(&it.addressed)) {
        let direct = it.met_by.iter().any(|it| counts(it.id()));
        let by_obligation = || {
            let named = it.obligations.iter().filter(|it| counts(it.id()));
            let mut named = named.filter_map(|it| isms.follow(it));
            named.any(|it| it.met_by.iter().any(|it| counts(it.id())))
        };
        let by_objective = || {
            let mut sources = isms.sources::<Objective>(record.head.id);
            sources.any(|(it, _)| it.is_live() && it.is_own())
        };
        let is_met = direct || by_obligation() || by_objective();
        match (is_met, is_settled(record)) {
            (true, _) => each.pass(record),
            (false, true) => each.fail(record, "names nothing that meets it"),
            (false, false) => each.unknown(record, "only proposed yet"),
        }
    }
    let grade = if each.is_widespread() { Grade::Minor } else { Grade::Opportunity };
    each.outcome(grade, "requirements met through the ISMS", || {
        Outcome::unknown("no requirement is said to be met through the ISMS")
    })
}

fn registered(chain: &Chain<'_>) -> Outcome {
    let mut controls = chain.own::<Control>();
    let register = controls.find(|(_, it)| it.reference.as_deref() == Some("A.5.31"));
    if register.is_some_and(|(_, it)| it.is_excluded()) {
        return Outcome::not_applicable("control A.5.31 is excluded");
    }
    let entries: HashSet<Id> = chain.own::<Obligation>().map(|(it, _)| it.head.id).collect();
    let binding = [Some(Nature::Law), Some(Nature::Regulation), Some(Nature::Contract)];
    let mut each = Each::new();
    for (record, it) in holding(chain) {
        let listed = it.obligations.iter().any(|it| entries.contains(&it.id()));
        match it.nature {
            None => each.unknown(record, "nobody said what makes it binding"),
            _ if !binding.contains(&it.nature) => {}
            Some(_) if listed => each.pass(record),
            Some(_) if is_settled(record) => {
                each.fail(record, "binding, but not in the register of obligations");
            }
            Some(_) => each.unknown(record, "only proposed yet"),
        }
    }
    each.outcome(Grade::Minor, "binding requirements", || {
        Outcome::unknown("no requirement by law or contract is recorded")
    })
}

fn climate(chain: &Chain<'_>) -> Outcome {
    let (mut passes, mut fails) = (Vec::new(), Vec::new());
    for (record, it) in current(chain) {
        match it.climate {
            Some(ClimateAnswer::Expects | ClimateAnswer::None) => passes.push(record.head.id),
            _ => fails.push(Case::on(record, "not asked about climate change")),
        }
    }
    match (passes.is_empty(), fails.is_empty()) {
        (false, _) => Outcome::pass("parties were considered for climate change", passes),
        (true, false) => {
            Outcome::fail(Grade::Opportunity, "no party was asked about climate change", fails)
        }
        (true, true) => Outcome::unknown("there is no interested party to look at"),
    }
}

fn current<'a>(chain: &Chain<'a>) -> impl Iterator<Item = (&'a Record, &'a InterestedParty)> {
    chain.own::<InterestedParty>().filter(|(it, _)| it.head.stage == Lifecycle::Current as u8)
}

/// Requirements whose time has not passed.
fn holding<'a>(chain: &Chain<'a>) -> impl Iterator<Item = (&'a Record, &'a Requirement)> {
    let day = chain.view.day;
    chain.own::<Requirement>().filter(move |(_, it)| it.until.is_none_or(|it| it >= day))
}

fn is_settled(record: &Record) -> bool {
    record.head.stage == requirement::Lifecycle::Current as u8
}

fn no_requirement() -> Outcome {
    Outcome::unknown("there is no requirement to look at")
}

#[cfg(test)]
mod tests;
