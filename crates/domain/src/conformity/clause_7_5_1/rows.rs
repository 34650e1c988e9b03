//! The 19 rows of what the clauses want documented, one by one.

use std::collections::HashMap;

use catalog::{DocumentedInformation, Need, documented_information};
use kinds::{
    action::{Action, Lifecycle, Purpose as Why},
    approval::{Approval, Purpose},
    assessment_round::{self, AssessmentRound},
    document::{Document, DocumentType},
    evidence::Evidence,
    objective::{self, Objective},
    scope::Scope,
};
use meta::Id;

use crate::{
    approvals::{self, STATEMENT_OF_APPLICABILITY, State},
    conformity::{
        Case, Chain, Grade, Outcome, answers,
        in_force::{self, InForce},
    },
    risk,
};

/// The 19 things that the clauses want documented, each with the first record that stands for it
/// (7.5.1 a).
pub fn documented(chain: &Chain<'_>) -> Vec<(&'static DocumentedInformation, Option<Id>)> {
    let named = Named::of(chain);
    documented_information().iter().map(|it| (it, find(chain, &named, it))).collect()
}

pub(super) fn judge(chain: &Chain<'_>) -> Outcome {
    let (mut fails, mut unknowns, mut passes) = (Vec::new(), Vec::new(), Vec::new());
    for (row, found) in documented(chain) {
        match found {
            Some(id) => passes.push(id),
            None => {
                let note = || format!("{} ({})", row.what, row.reference());
                match row.need {
                    Need::Always if row.row <= 7 => fails.push(Case::absent(note())),
                    Need::Always | Need::InOperation => unknowns.push(Case::absent(note())),
                    Need::IfDetermined | Need::IfNonconformity => {}
                }
            }
        }
    }
    match (fails.is_empty(), unknowns.is_empty()) {
        (true, true) => Outcome::pass("what must be documented is there", passes),
        (true, false) => {
            let summary =
                format!("not shown yet for {} records of the running ISMS", unknowns.len());
            Outcome::unknown(summary).with_unknowns(unknowns)
        }
        (false, _) => {
            let summary = format!("{} things that must be documented are missing", fails.len());
            Outcome::fail(Grade::Major, summary, fails).with_unknowns(unknowns)
        }
    }
}

/// What names the clause it stands for, collected once: evidence may be tens of thousands.
struct Named<'a> {
    /// Documents in force.
    documents: ByClause<'a>,
    /// Accepted evidence that still counts.
    evidence: ByClause<'a>,
}

/// The first record that names a clause or requirement, under each name as it was written.
#[derive(Default)]
struct ByClause<'a>(HashMap<&'a str, Id, foldhash::fast::RandomState>);

impl<'a> Named<'a> {
    fn of(chain: &Chain<'a>) -> Self {
        let (mut documents, mut evidence) = (ByClause::default(), ByClause::default());
        for it in self::documents(chain).filter(|it| it.body.has_content()) {
            documents.add(it.id(), &it.present.serves_clauses);
        }
        for (record, it) in chain.own::<Evidence>() {
            if it.is_accepted() && !it.is_expired(chain.view.day) {
                evidence.add(record.head.id, &it.shows_clauses);
            }
        }
        Self { documents, evidence }
    }
}

impl<'a> ByClause<'a> {
    fn add(&mut self, id: Id, names: &'a [String]) {
        for name in names {
            self.0.entry(name.trim()).or_insert(id);
        }
    }

    /// The first that names one of the row's requirements, or its clause.
    fn get(&self, row: &DocumentedInformation) -> Option<Id> {
        let wanted: Vec<_> =
            row.requirements.iter().filter_map(|it| catalog::requirement(it)).collect();
        let is_meant = |name: &str| {
            let meant = catalog::requirement(name).map(|it| it.id);
            wanted.iter().any(|it| it.clause == name || meant == Some(it.id))
        };
        self.0.iter().filter(|it| is_meant(it.0)).map(|it| *it.1).min()
    }
}

/// What stands for a row, if anything does.
fn find(chain: &Chain<'_>, named: &Named<'_>, row: &DocumentedInformation) -> Option<Id> {
    let view = chain.view;
    match row.row {
        1 => in_force::own::<Scope>(chain).next().map(|it| it.id()),
        2 => documents(chain).find(is_policy).map(|it| it.id()),
        3 => method(chain, |_| true).or_else(|| named.documents.get(row)),
        4 => method(chain, |it| it.covers_treatment == Some(true))
            .or_else(|| named.documents.get(row)),
        5 => approvals::soa_edition(view)
            .filter(|it| it.2 != State::Revoked)
            .map(|it| it.0.head.id)
            .or_else(|| documents(chain).find(is_statement).map(|it| it.id())),
        6 => treatment_plan(chain),
        7 => {
            let mut all = chain.own::<Objective>();
            let is_set = |it: u8| it != objective::Lifecycle::Draft as u8;
            all.find(|(it, _)| is_set(it.head.stage)).map(|it| it.0.head.id)
        }
        9 => named.documents.get(row).or_else(|| beyond_the_policy(chain)),
        12 => assessed(chain).or_else(|| named.evidence.get(row)),
        13 => treated(chain).or_else(|| named.evidence.get(row)),
        14 => read(chain).or_else(|| named.evidence.get(row)),
        _ => named.evidence.get(row).or_else(|| named.documents.get(row)),
    }
}

/// A document in force that the clauses do not ask for by themselves: the organization decided that
/// it needs it.
fn beyond_the_policy(chain: &Chain<'_>) -> Option<Id> {
    let policy = documents(chain).find(is_policy).map(|it| it.id());
    let mut others = documents(chain).filter(|it| it.body.has_content() && !is_statement(it));
    others.find(|it| Some(it.id()) != policy).map(|it| it.id())
}

fn method(chain: &Chain<'_>, is: impl Fn(&kinds::risk_method::RiskMethod) -> bool) -> Option<Id> {
    let method = risk::method_in_force(chain.view)?;
    (method.record.is_own() && is(method.body)).then_some(method.record.head.id)
}

/// An approval of how a risk is treated, still valid.
fn treatment_plan(chain: &Chain<'_>) -> Option<Id> {
    let mut all = chain.view.isms.live::<Approval>().filter(|(record, it)| {
        it.purpose == Some(Purpose::ApproveTreatment) && record.stage().id == "given"
    });
    let is_own = |it: &Approval| {
        let subject = it.subject.and_then(|it| chain.view.isms.get(it.id()));
        subject.is_some_and(|it| it.is_live() && it.is_own())
    };
    let found = all.find(|(record, it)| {
        is_own(it) && approvals::state(chain.view, record, it) == State::Valid
    });
    found.map(|it| it.0.head.id)
}

fn assessed(chain: &Chain<'_>) -> Option<Id> {
    let closed = assessment_round::Lifecycle::Closed as u8;
    let mut rounds = chain.own::<AssessmentRound>();
    let found = rounds.find(|(it, round)| it.head.stage == closed && round.position.is_some());
    found.map(|it| it.0.head.id)
}

fn treated(chain: &Chain<'_>) -> Option<Id> {
    let mut actions = chain.own::<Action>();
    let found = actions.find(|(record, it)| {
        let is_done =
            [Lifecycle::Done as u8, Lifecycle::Verified as u8].contains(&record.head.stage);
        it.purpose == Some(Why::TreatRisk) && is_done && it.done_on.is_some()
    });
    found.map(|it| it.0.head.id)
}

fn read(chain: &Chain<'_>) -> Option<Id> {
    let mut objectives = chain.own::<Objective>();
    let found =
        objectives.find(|(_, it)| it.readings.iter().any(|it| answers::names(it.value.as_ref())));
    found.map(|it| it.0.head.id)
}

fn documents<'a>(chain: &Chain<'a>) -> impl Iterator<Item = InForce<'a, Document>> {
    in_force::own::<Document>(chain)
}

fn is_policy(it: &InForce<'_, Document>) -> bool {
    it.body.doc_type == Some(DocumentType::Policy) && it.body.has_content()
}

fn is_statement(it: &InForce<'_, Document>) -> bool {
    it.body.paper.as_deref() == Some(STATEMENT_OF_APPLICABILITY)
}
