use kinds::approval::Purpose as Assent;
use serde_json::json;

use super::*;
use crate::{access::Access, conformity::fixture::Fixture};

/// What waits for a person, and about which record.
fn waiting(f: &Fixture, person: Id) -> Vec<(What, String)> {
    let access = Access::of(&f.isms, person, f.day);
    let sight = Sight::new(View::new(&f.isms, f.day), &access);
    of(sight).into_iter().map(|it| (it.what, it.record.name())).collect()
}

fn admit(f: &mut Fixture, person: Id) {
    for profile in ["administrator", "isms_manager", "risk_owner"] {
        let fields = json!({"title": profile, "person": person, "profile": profile});
        f.new_record("membership", fields);
    }
}

#[test]
fn a_risk_waits_for_its_owner_until_they_decide_and_again_when_it_changes() {
    let mut f = Fixture::new();
    let me = f.me();
    admit(&mut f, me);
    let method = f.method();
    let risk = f.risk(method, me, json!({}));
    let named = |what: What| (what, "RISK-1".to_owned());
    let both = [named(What::ApproveTreatment), named(What::AcceptResidual)];
    assert_eq!(waiting(&f, me), both);
    f.assent(risk, Assent::ApproveTreatment);
    f.assent(risk, Assent::AcceptResidual);
    assert_eq!(waiting(&f, me), []);
    f.edit(risk, json!({"scenario": "It got worse."}));
    assert_eq!(waiting(&f, me), [named(What::AcceptResidual)], "the scenario is what was accepted");
    let other = f.person("Bea");
    admit(&mut f, other);
    assert_eq!(waiting(&f, other), [], "it is not hers");
}

#[test]
fn actions_and_reviews_wait_while_they_are_open() {
    let mut f = Fixture::new();
    let me = f.me();
    admit(&mut f, me);
    let fields = json!({"title": "Lock", "purpose": "improve", "owner": me, "due": "2026-12-24"});
    let action = f.new_record("action", fields);
    let asset = json!({"title": "Mail", "asset_type": "software", "owner": me, "next_review": "2026-12-06"});
    f.new_record("asset", asset);
    let later =
        json!({"title": "Web", "asset_type": "software", "owner": me, "next_review": "2026-12-07"});
    f.new_record("asset", later);
    let expected = [(What::Act, "ACTION-1".to_owned()), (What::Review, "ASSET-1".to_owned())];
    assert_eq!(waiting(&f, me), expected, "a review comes up two weeks ahead");
    f.edit(action, json!({"done_on": "2026-11-22"}));
    assert_eq!(waiting(&f, me).len(), 1);
}

#[test]
fn a_report_waits_for_all_who_judge_reports_until_somebody_looks_into_it() {
    let mut f = Fixture::new();
    let me = f.me();
    admit(&mut f, me);
    let other = f.person("Bea");
    let fields = json!({"title": "Bea", "person": other, "profile": "risk_owner"});
    f.new_record("membership", fields);
    let report =
        f.new_record("event_report", json!({"title": "A strange mail", "noticed_by": other}));
    let waits = [(What::Handle, "EVENT-1".to_owned())];
    assert_eq!((waiting(&f, me), waiting(&f, other)), (waits.to_vec(), vec![]));
    f.edit(report, json!({"handler": other}));
    assert_eq!((waiting(&f, me), waiting(&f, other)), (vec![], waits.to_vec()));
    f.go(report, "triaged");
    assert_eq!(waiting(&f, other), waits);
    f.go(report, "event");
    assert_eq!(waiting(&f, other), []);
}
