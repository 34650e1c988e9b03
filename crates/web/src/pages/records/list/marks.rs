//! What the checks say about single records, in one mark each: gathered once for each report.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    access::{Act, On},
    conformity::{Grade, Report, Verdict},
};
use maud::{Markup, html};
use meta::Id;

use crate::{Ask, pages::records::grade_class};

/// What the checks say about one record.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mark {
    worst: Option<Grade>,
    fails: u32,
    unknowns: u32,
    passes: u32,
}

/// The marks of all records, by the report they come from.
#[derive(Default)]
pub(crate) struct Marks(Mutex<Vec<(Arc<Report>, Arc<Marked>)>>);

pub(super) type Marked = HashMap<Id, Mark>;

/// So many reports are kept: of today and of some days of the past.
const MOST: usize = 4;

impl Marks {
    fn of(&self, report: Arc<Report>) -> Arc<Marked> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, marked)) = kept.iter().find(|it| Arc::ptr_eq(&it.0, &report)) {
            return marked.clone();
        }
        let marked = Arc::new(gather(&report));
        kept.insert(0, (report, marked.clone()));
        kept.truncate(MOST);
        marked
    }
}

/// The marks of the last report; `None` for who may not see what the checks say.
pub(super) fn of(ask: &Ask) -> Option<Arc<Marked>> {
    let sees = ask.may(Act::SeeEverything, On::Everything);
    sees.then(|| ask.here().beside.marks.of(ask.verdicts()))
}

impl Mark {
    /// As a shape and a word.
    pub(super) fn show(self) -> Markup {
        let several = |count: u32, what: &str| match count {
            1 => format!("1 check {what}"),
            count => format!("{count} checks {what}"),
        };
        let word = match self.worst {
            Some(Grade::Major) => "major",
            Some(Grade::Minor) => "minor",
            _ => "advice",
        };
        html! {
            @if self.fails > 0 { span.st.(grade_class(self.worst)) title=(several(self.fails, "would object")) { (word) } }
            @else if self.unknowns > 0 { span.st.none title=(several(self.unknowns, "cannot tell")) { "cannot tell" } }
            @else if self.passes > 0 { span.st.good title=(several(self.passes, "in order")) { "in order" } }
        }
    }
}

fn gather(report: &Report) -> Marked {
    let mut marked = Marked::new();
    for judged in &report.results {
        let outcome = &judged.outcome;
        let fails = outcome.verdict == Verdict::Fail;
        for case in outcome.fails.iter().filter_map(|it| it.record) {
            let mark = marked.entry(case).or_default();
            if fails {
                mark.fails += 1;
                mark.worst = mark.worst.max(outcome.grade);
            } else {
                mark.unknowns += 1;
            }
        }
        for case in outcome.unknowns.iter().filter_map(|it| it.record) {
            marked.entry(case).or_default().unknowns += 1;
        }
        for id in &outcome.passes {
            marked.entry(*id).or_default().passes += 1;
        }
    }
    marked
}
