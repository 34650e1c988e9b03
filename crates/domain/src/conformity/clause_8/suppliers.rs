//! How suppliers are judged.

use kinds::{
    InScope, PersonalData, YesNo,
    supplier::{Lifecycle, ServiceKind, Supplier},
};
use meta::Record;

use crate::{
    conformity::{Chain, Grade, Outcome, answers, due, outcome::Each},
    parameters,
};

pub(super) fn controlled(chain: &Chain<'_>) -> Outcome {
    let day = chain.view.day;
    let default = parameters::period(chain.view.isms, "supplier.review");
    let mut each = Each::new();
    for (record, it) in chain.own::<Supplier>() {
        if it.in_scope == Some(InScope::No) || !is_used(record) || !is_relevant(it) {
            continue;
        }
        let terms = it.agreements_on(day).map(|it| it.security_terms.unwrap_or(YesNo::Unknown));
        let terms: Vec<YesNo> = terms.collect();
        let watched = answers::says(it.monitoring.as_ref());
        let cadence = Some(it.cadence.unwrap_or(default));
        let due = due::review(chain, record, it.last_reviewed, cadence);
        if terms.is_empty() {
            each.fail(record, "no agreement in force");
        } else if terms.iter().all(|it| *it == YesNo::No) {
            each.fail(record, "its agreement holds no security terms");
        } else if !watched {
            each.fail(record, "no word on how you watch it");
        } else if let Some(due) = due.filter(|it| *it < day) {
            each.fail(record, format!("was to be looked at by {due}"));
        } else if !terms.contains(&YesNo::Yes) {
            each.unknown(record, "nobody knows whether its agreement holds security terms");
        } else if due.is_none() {
            each.unknown(record, "never looked at since it is in use");
        } else {
            each.pass(record);
        }
    }
    let grade = if each.is_widespread() { Grade::Major } else { Grade::Minor };
    each.outcome(grade, "suppliers that matter", || {
        match answers::deliberately_empty(chain, "supplier") {
            Some(_) => Outcome::not_applicable("it was decided that there is no supplier"),
            None => Outcome::unknown("no supplier that matters is in use"),
        }
    })
}

fn is_used(record: &Record) -> bool {
    let used = [Lifecycle::Approved, Lifecycle::InUse, Lifecycle::Suspended, Lifecycle::Leaving];
    used.iter().any(|it| record.head.stage == *it as u8)
}

/// Whether your information or your work depends on it; so as long as nobody said otherwise.
fn is_relevant(supplier: &Supplier) -> bool {
    supplier.services.is_empty()
        || supplier.services.iter().any(|it| {
            let harmless =
                matches!(it.service_kind, Some(ServiceKind::Goods | ServiceKind::Advice));
            let has_data = !it.data_classes.is_empty()
                || matches!(it.personal_data, Some(PersonalData::Ordinary | PersonalData::Special));
            !harmless || has_data
        })
}
