//! The eight steps from the gap analysis to the certificate. A step is done only by what records
//! prove; what has no register yet has not begun.

use catalog::DocumentedInformation;
use kinds::{action::Action, asset::Asset, gap_assessment::GapAssessment};
use meta::Id;

use crate::conformity::{Chain, Judged, Report, Verdict};

/// One of the eight steps.
pub struct Step {
    /// What it is called.
    pub name: &'static str,
    /// How far it is.
    pub progress: Progress,
    /// What the records say about it, in a few words.
    pub says: String,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Nothing in the records speaks of it.
    NotBegun,
    /// Some of it is there.
    Begun,
    /// The records prove it.
    Done,
}

use Progress::{Begun, Done, NotBegun};

/// What must pass for risks to be in order.
const RISK: &[&str] =
    &["6.1.2-01", "6.1.2-17", "6.1.2-11", "6.1.3-02", "6.1.3-13", "6.1.3-14", "SOA-01"];

/// What must pass for documents to be in order, beside those that the clauses want.
const DOCUMENTS: &[&str] = &["4.3-01", "5.2-01", "5.2-02", "7.5.1-02"];

const AUDIT: &[&str] = &["9.2-01", "9.2-03", "9.2-06", "9.2-07"];

const REVIEW: &[&str] = &["9.3-01", "9.3-03", "9.3-07"];

/// Rows of what the clauses want documented that must be there before the first audit.
const FIRST_ROWS: u8 = 7;

/// The steps, in their order.
pub(super) fn all(
    chain: &Chain<'_>,
    report: &Report,
    documented: &[(&'static DocumentedInformation, Option<Id>)],
) -> Vec<Step> {
    let step = |name, (progress, says): (Progress, String)| Step { name, progress, says };
    let risks = chain.method.is_some() || !chain.risks.is_empty();
    vec![
        step("Gap analysis", gap(chain)),
        step("Priorities", priorities(chain)),
        step("Assets", assets(chain)),
        step("Risk", by_rules(report, RISK, risks)),
        step("Documents", documents(chain, report, documented)),
        step("Internal audit", by_rules(report, AUDIT, false)),
        step("Management review", by_rules(report, REVIEW, false)),
        step("Certification", (NotBegun, "there is no register of certificates yet".to_owned())),
    ]
}

fn gap(chain: &Chain<'_>) -> (Progress, String) {
    let all = chain.view.isms.all::<GapAssessment>().filter(|it| it.0.is_own());
    let (mut open, mut closed) = (None, None);
    for (record, assessment) in all {
        match record.stage().ended {
            true => closed = closed.max(Some(assessment.closed_on)),
            false => open = Some(record.name()),
        }
    }
    match (closed, open) {
        (Some(Some(day)), _) => (Done, format!("closed on {day}")),
        (Some(None), _) => (Done, "closed".to_owned()),
        (None, Some(name)) => (Begun, format!("{name} is open")),
        (None, None) => (NotBegun, "nobody has compared you with the standard yet".to_owned()),
    }
}

fn priorities(chain: &Chain<'_>) -> (Progress, String) {
    let (mut all, mut lacking) = (0, 0);
    for (_, action) in chain.own::<Action>() {
        all += 1;
        lacking += usize::from(action.owner.is_none() || action.due.is_none());
    }
    match (all, lacking) {
        (0, _) => (NotBegun, "no action says what is done first".to_owned()),
        (all, 0) => (Done, format!("each of {all} actions has an owner and a day")),
        (all, lacking) => (Begun, format!("{lacking} of {all} actions lack an owner or a day")),
    }
}

fn assets(chain: &Chain<'_>) -> (Progress, String) {
    let (mut all, mut lacking) = (0, 0);
    for (_, asset) in chain.own::<Asset>() {
        all += 1;
        lacking += usize::from(asset.owner.is_none());
    }
    match (all, lacking) {
        (0, _) => (NotBegun, "there is no asset yet".to_owned()),
        (all, 0) => (Done, format!("each of {all} assets has an owner")),
        (all, lacking) => (Begun, format!("{lacking} of {all} assets have no owner")),
    }
}

fn documents(
    chain: &Chain<'_>,
    report: &Report,
    documented: &[(&'static DocumentedInformation, Option<Id>)],
) -> (Progress, String) {
    let first = documented.iter().filter(|it| it.0.row <= FIRST_ROWS);
    let missing = first.filter(|it| it.1.is_none()).map(|it| it.0.what).next();
    let begun = chain.own::<kinds::document::Document>().next().is_some();
    match (by_rules(report, DOCUMENTS, begun), missing) {
        ((Done, _), Some(what)) => (Begun, format!("missing: {what}")),
        (found, _) => found,
    }
}

/// Done when all these rules pass, begun when one does, or `begun` says so.
fn by_rules(report: &Report, rules: &[&str], begun: bool) -> (Progress, String) {
    let found: Vec<&Judged> =
        report.results.iter().filter(|it| rules.contains(&it.rule.id)).collect();
    let passes = |it: &Judged| matches!(it.outcome.verdict, Verdict::Pass | Verdict::NotApplicable);
    let any = found.iter().any(|it| it.outcome.verdict == Verdict::Pass);
    let Some(open) = found.iter().find(|it| !passes(it)) else {
        return (Done, "the records prove it".to_owned());
    };
    let says = match open.rule.judge {
        Some(_) => format!("still open: “{}”", open.rule.title),
        None => format!("there is no register of {} yet", open.rule.waits_for),
    };
    (if any || begun { Begun } else { NotBegun }, says)
}
