//! Where an organization stands: what pages say about all of its records at once. Made in one pass
//! together with the verdicts, so that no page walks over everything.

mod annex_a;
mod due;
mod matrix;
mod steps;

use std::collections::HashMap;

use catalog::DocumentedInformation;
use kinds::document::Document;
use meta::{Id, Record};

pub use self::{
    annex_a::{Square, SquareState},
    due::{Due, DueItem, DueWhat, SOON},
    matrix::{Cell, Level, Matrix},
    steps::{Progress, Step},
};
use crate::conformity::{self, Case, Chain, ControlState, Judged, Report, Verdict};

/// Where an organization stands at the position and on the day of a report.
pub struct Standing {
    /// The eight steps from the gap analysis to the certificate.
    pub steps: Vec<Step>,
    /// The 93 controls of Annex A, in its order.
    pub annex_a: Vec<Square>,
    /// The risks on the matrix of the method, after treatment; `None` without a matrix.
    pub matrix: Option<Matrix>,
    /// What is due, or past due.
    pub due: Due,
    /// The 19 things that the clauses want documented, each with a record that stands for it.
    pub documented: Vec<(&'static DocumentedInformation, Option<Id>)>,
    /// The controls of Annex A that themselves ask for something documented.
    pub documented_controls: Vec<DocumentedControl>,
    /// How many live records of each kind are proposals that nobody made theirs; none without any.
    pub seeds: Vec<(&'static str, usize)>,
    /// How many records there are.
    pub records: usize,
    cases: HashMap<Id, Vec<Place>, foldhash::fast::RandomState>,
}

/// A control of Annex A that asks for something documented, and what describes it.
pub struct DocumentedControl {
    /// The control.
    pub control: &'static catalog::Control,
    /// Its record.
    pub record: Option<Id>,
    /// Whether somebody decided that it is needed; `None` while nobody decided.
    pub included: Option<bool>,
    /// The documents that describe it.
    pub documents: Vec<Id>,
}

/// Where in a report a record is spoken of.
#[derive(Clone, Copy)]
struct Place {
    result: u32,
    case: u32,
    fails: bool,
}

impl Standing {
    /// Where the organization stands, by the indexes and verdicts of the same view.
    pub fn of(chain: &Chain<'_>, report: &Report) -> Self {
        let documented = conformity::documented(chain);
        Self {
            steps: steps::all(chain, report, &documented),
            annex_a: annex_a::squares(chain),
            matrix: matrix::of(chain),
            due: due::of(chain),
            documented,
            documented_controls: documented_controls(chain),
            seeds: seeds(chain),
            records: chain.view.isms.len(),
            cases: cases(report),
        }
    }

    /// What the rules say about one record, failures first; the report must be the one this was
    /// made with.
    pub fn about<'r>(
        &self,
        report: &'r Report,
        record: Id,
    ) -> impl Iterator<Item = (&'r Judged, &'r Case, bool)> {
        self.cases.get(&record).into_iter().flatten().filter_map(|it| {
            let judged = report.results.get(it.result as usize)?;
            let outcome = &judged.outcome;
            let cases = if it.fails { &outcome.fails } else { &outcome.unknowns };
            Some((judged, cases.get(it.case as usize)?, it.fails))
        })
    }
}

fn documented_controls(chain: &Chain<'_>) -> Vec<DocumentedControl> {
    let asking = chain.annex_a().filter(|(control, _)| control.documented);
    asking
        .map(|(control, state)| DocumentedControl {
            control,
            record: state.map(|it| it.record.head.id),
            included: state
                .and_then(|it: &ControlState<'_>| it.is_decided().then_some(it.is_included())),
            documents: state.map_or_else(Vec::new, |it| {
                let is_document = |it: &&(&Record, &Document)| it.0.is_live();
                it.documents.iter().filter(is_document).map(|it| it.0.head.id).collect()
            }),
        })
        .collect()
}

fn seeds(chain: &Chain<'_>) -> Vec<(&'static str, usize)> {
    let isms = chain.view.isms;
    let each = kinds::KINDS.iter().map(|def| {
        let is_seed = |it: &&Record| it.is_live() && !it.is_own() && !it.is_erased();
        (def.id, isms.rows(def.id).filter(is_seed).count())
    });
    each.filter(|it| it.1 > 0).collect()
}

fn cases(report: &Report) -> HashMap<Id, Vec<Place>, foldhash::fast::RandomState> {
    let mut found: HashMap<Id, Vec<Place>, foldhash::fast::RandomState> = HashMap::default();
    for (result, judged) in report.results.iter().enumerate() {
        let outcome = &judged.outcome;
        let fails = outcome.verdict == Verdict::Fail;
        for (cases, fails) in [(&outcome.fails, fails), (&outcome.unknowns, false)] {
            for (case, it) in cases.iter().enumerate() {
                if let Some(id) = it.record {
                    let place = Place { result: result as u32, case: case as u32, fails };
                    found.entry(id).or_default().push(place);
                }
            }
        }
    }
    found.values_mut().for_each(|it| it.sort_by_key(|it| !it.fails));
    found
}

#[cfg(test)]
mod tests;
