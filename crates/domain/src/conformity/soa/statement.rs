//! The statement as a paper: published, complete, up to date, identified, and adding up.

use std::collections::HashSet;

use kinds::{
    action::Purpose,
    approval::Decision,
    assessment_round::{AssessmentRound, Lifecycle},
    control::Control,
};
use meta::{Id, Record};

use crate::{
    approvals::{self, State},
    conformity::{
        AuditStage, Basis, CallerKind, Case, Chain, Grade, Outcome, Rule, answers::names,
        outcome::Each,
    },
};

pub(super) const APPROVED: Rule = Rule {
    id: "SOA-01",
    clause: "6.1.3.d",
    title: "A Statement of Applicability is approved",
    explanation: "The statement must exist as documented information. A publication given by a person \
                  must be in force; the working copy alone does not count.",
    mend: "Read it (`muniment soa`) and publish it: `muniment approve soa --purpose publish`.",
    basis: Basis::Shall,
    isolated: Grade::Major,
    systemic: Grade::Major,
    stages: &[AuditStage::One],
    reads: &["control", "approval"],
    judge: Some(approved),
    waits_for: "",
};

pub(super) const COMPLETE: Rule = Rule {
    id: "SOA-06",
    clause: "6.1.3.d",
    title: "Every necessary control is in the statement",
    explanation: "A control that a risk or an action of the treatment plan needs, of Annex A or your \
                  own, must be included in the statement. Three or more that are not, and more than \
                  one in ten, is major.",
    mend: "Include these controls, or take them out of the treatment of the risks that name them.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Major,
    stages: &[AuditStage::One],
    reads: &["control", "risk", "action"],
    judge: Some(complete),
    waits_for: "",
};

pub(super) const UP_TO_DATE: Rule = Rule {
    id: "SOA-11",
    clause: "6.1.3.d",
    title: "The approved statement knows the latest decisions",
    explanation: "A treatment that was approved, or a round of assessment that was closed, after the \
                  statement was published may have changed a necessary control. It fails where the \
                  row of such a control differs from the edition in force. Drafting the next edition \
                  alone changes nothing.",
    mend: "See what differs (`muniment soa`) and publish the next edition: `muniment approve soa`.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::One, AuditStage::Surveillance],
    reads: &["control", "approval", "risk", "assessment_round"],
    judge: Some(up_to_date),
    waits_for: "",
};

pub(super) const IDENTIFIED: Rule = Rule {
    id: "SOA-12",
    clause: "7.5.2.a",
    title: "The approved statement bears version, date and approver",
    explanation: "Documented information is identified. The edition in force must have a name of its \
                  own, the day of its approval and the person who approved it; a certificate will \
                  cite them.",
    mend: "Publish the next edition with a name: `muniment approve soa --purpose publish --edition \
           2.0`.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::One],
    reads: &["control", "approval"],
    judge: Some(identified),
    waits_for: "",
};

pub(super) const CERTIFIED: Rule = Rule {
    id: "SOA-13",
    clause: "6.1.3.d",
    title: "The certificate cites a published statement",
    explanation: "A certificate names the version of the statement it rests on. That version must be \
                  one that was published, and a change in which controls are covered must have been \
                  told to the certification body.",
    mend: "Tell the certification body of the change.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::Surveillance],
    reads: &[],
    judge: None,
    waits_for: "certificates",
};

pub(super) const COUNTED: Rule = Rule {
    id: "SOA-15",
    clause: "6.1.3.d",
    title: "The figures on the cover equal the rows",
    explanation: "The cover is counted from the rows it stands before, and compared here with a count \
                  of the records themselves. A difference is a fault of this program or a control \
                  that is there twice, and a paper is not printed with it.",
    mend: "Look for two records of one control and merge them: `muniment merge`.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::One],
    reads: &["control"],
    judge: Some(counted),
    waits_for: "",
};

fn approved(chain: &Chain<'_>) -> Outcome {
    match &chain.statement {
        Some((record, _, State::Expired(until))) => {
            let case = Case::on(record, format!("it held until {until}"));
            Outcome::fail(Grade::Major, "the approval of the statement has run out", vec![case])
        }
        Some((record, it, _)) if it.decision != Some(Decision::Refused) => {
            let summary = "a Statement of Applicability is in force";
            Outcome::pass(summary, vec![record.head.id])
        }
        _ => {
            let case = Case::absent("the statement was never published");
            Outcome::fail(Grade::Major, "no Statement of Applicability is in force", vec![case])
        }
    }
}

fn complete(chain: &Chain<'_>) -> Outcome {
    let mut necessary: HashSet<Id> = HashSet::new();
    for it in &chain.risks {
        necessary.extend(it.risk.controls.iter().map(|it| it.id()));
        let plan = it.actions.iter().filter(|it| it.1.purpose == Some(Purpose::TreatRisk));
        necessary.extend(plan.flat_map(|it| it.1.controls.iter().map(|it| it.id())));
    }
    let mut each = Each::new();
    let records = chain.view.isms.rows("control");
    for record in records.filter(|it| necessary.contains(&it.head.id)) {
        match chain.control(record.head.id) {
            Some(it) if it.is_included() => each.pass(record),
            Some(it) if it.is_excluded() => {
                each.fail(record, "a risk needs it, and it is excluded");
            }
            Some(_) => each.fail(record, "a risk needs it, and it is not decided"),
            None => each.fail(record, "a risk needs it, and it was given up"),
        }
    }
    let grade = if each.is_widespread() { Grade::Major } else { Grade::Minor };
    each.outcome(grade, "necessary controls", || {
        Outcome::unknown("no risk names a necessary control yet")
    })
}

fn up_to_date(chain: &Chain<'_>) -> Outcome {
    let Some((statement, _, state)) = &chain.statement else { return none_in_force() };
    let changed: HashSet<&str> = match state {
        State::Stale(rows) => rows.iter().map(String::as_str).collect(),
        State::Unknown => {
            return Outcome::unknown("what the statement was approved with can no longer be told");
        }
        _ => HashSet::new(),
    };
    let isms = chain.view.isms;
    let since = approvals::decided_at(statement);
    let is_later = |it: &Record| approvals::decided_at(it) > since;
    let is_closed = |id: Id| {
        isms.get(id).is_some_and(|record| {
            record.typed::<AssessmentRound>().is_some()
                && record.is_own()
                && record.head.stage == Lifecycle::Closed as u8
                && record.head.changed > since
        })
    };
    let mut decided: HashSet<Id> = HashSet::new();
    for it in &chain.risks {
        let approved = it.plan.is_some_and(|(it, _)| it.stage().id == "given" && is_later(it));
        if approved || it.risk.round.is_some_and(|it| is_closed(it.id())) {
            decided.extend(it.risk.controls.iter().map(|it| it.id()));
        }
    }
    let mut each = Each::new();
    for it in &chain.controls {
        let is_necessary = it.callers.iter().any(|it| it.kind == CallerKind::Risk);
        let is_decided = is_necessary && decided.contains(&it.record.head.id);
        if is_decided && changed.contains(it.reference().as_str()) {
            each.fail(it.record, "decided anew since the statement was published");
        }
    }
    each.pass(statement);
    each.outcome(Grade::Minor, "rows and editions", none_in_force)
}

fn identified(chain: &Chain<'_>) -> Outcome {
    let Some((record, approval, _)) = &chain.statement else { return none_in_force() };
    let parts = [
        (names(approval.edition.as_ref()), "it has no version of its own"),
        (approval.decided_on.is_some(), "it has no date"),
        (approval.by.is_some(), "it does not say who approved it"),
    ];
    let missing: Vec<Case> =
        parts.iter().filter(|it| !it.0).map(|it| Case::on(record, it.1)).collect();
    if missing.is_empty() {
        let summary = "the statement bears version, date and approver";
        return Outcome::pass(summary, vec![record.head.id]);
    }
    Outcome::fail(Grade::Minor, "the approved statement is not fully identified", missing)
}

fn counted(chain: &Chain<'_>) -> Outcome {
    let rows = crate::soa::counts(chain);
    let (mut included, mut excluded, mut own) = (0_u32, 0_u32, 0_u32);
    let mut passes = Vec::new();
    for (record, control) in chain.view.isms.live::<Control>() {
        own += u32::from(control.annex_a().is_none());
        if record.is_own() {
            included += u32::from(control.is_included());
            excluded += u32::from(control.is_excluded());
            passes.push(record.head.id);
        }
    }
    if passes.is_empty() {
        return Outcome::unknown("no control is decided yet: see SOA-02");
    }
    let total = catalog::controls().len() as u32 + own;
    let figures = [
        ("rows", rows.total, total),
        ("included", rows.included, included),
        ("excluded", rows.excluded, excluded),
        ("own", rows.own, own),
    ];
    let wrong: Vec<Case> = figures
        .iter()
        .filter(|it| it.1 != it.2)
        .map(|it| Case::absent(format!("{}: {} on the cover, {} on record", it.0, it.1, it.2)))
        .collect();
    match wrong.is_empty() {
        true => Outcome::pass("the figures on the cover equal the rows", passes),
        false => Outcome::fail(Grade::Minor, "the cover would contradict the rows", wrong),
    }
}

fn none_in_force() -> Outcome {
    Outcome::unknown("no Statement of Applicability is in force: see SOA-01")
}
