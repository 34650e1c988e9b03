use jiff::civil::date;
use kinds::approval::Purpose;
use meta::Id;
use serde_json::{Value, json};

use crate::{
    command::Subject,
    conformity::{
        Grade::{Major, Minor, Opportunity},
        Verdict::{Fail, NotApplicable, Pass, Unknown},
        fixture::{Fixture, merged, risk_fields},
    },
};

const PAPER: Subject = Subject::StatementOfApplicability;

/// An ISMS with this control included.
fn including(reference: &str, fields: Value) -> (Fixture, Id) {
    let mut fixture = Fixture::new();
    let base = json!({"title": "Control", "reference": reference, "applicability": "included",
        "reasons": ["risk"], "justification": "A risk needs it.",
        "implementation": "implemented", "how": "With our own tools.",
        "proof_wanted": [{"what": "Report", "cadence": "P1Y"}]});
    let id = fixture.force("control", "decided", merged(base, fields));
    (fixture, id)
}

/// An ISMS with this control excluded for this reason.
fn excluding(reference: &str, reason: &str) -> Fixture {
    let mut fixture = Fixture::new();
    fixture.excluded(reference, json!({"exclusion_reason": reason}));
    fixture
}

#[test]
fn nothing_passes_on_an_empty_statement_or_on_seeds() {
    let mut seeds = Fixture::new();
    seeds.seed(
        "control",
        json!({"title": "Backup", "reference": "A.8.9", "applicability": "included",
            "implementation": "implemented", "justification": "Yes."}),
    );
    for rule in ["03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "15", "16", "17"] {
        Fixture::new().expect(&format!("SOA-{rule}"), Unknown);
        seeds.expect(&format!("SOA-{rule}"), Unknown);
    }
    Fixture::new().expect("SOA-14", Unknown);
    assert!(crate::conformity::rule("SOA-13").is_some_and(|it| it.judge.is_none()));
}

#[test]
fn a_statement_is_published_and_identified() {
    let (mut fixture, _) = including("A.5.1", json!({}));
    fixture.expect_fail("SOA-01", Major, "never published");
    fixture.assent_to(PAPER, Purpose::Publish, |_| ());
    fixture.expect("SOA-01", Pass);
    fixture.expect_fail("SOA-12", Minor, "no version");
    let act = fixture.assent_to(PAPER, Purpose::Publish, |it| it.edition = Some("1.0".into()));
    fixture.expect("SOA-12", Pass);
    fixture.go(act, "revoked");
    fixture.expect_fail("SOA-12", Minor, "no version");
    let (mut later, _) = including("A.5.1", json!({}));
    let from = Some(date(2027, 1, 1));
    later.assent_to(PAPER, Purpose::Publish, |it| it.effective_from = from);
    later.expect("SOA-01", Fail);
    later.day = date(2027, 1, 1);
    later.expect("SOA-01", Pass);
}

#[test]
fn all_93_controls_are_decided() {
    Fixture::new().expect_fail("SOA-02", Major, "A.5.1 ");
    let mut fixture = Fixture::new();
    for (at, it) in catalog::controls().iter().enumerate() {
        if at % 2 == 0 {
            fixture.included(it.id, json!({}));
        } else {
            fixture.excluded(it.id, json!({}));
        }
    }
    fixture.expect("SOA-02", Pass);
    fixture.expect("SOA-15", Pass);
    let mut open = fixture.clone();
    let first = open.isms.rows("control").next().unwrap().head.id;
    open.edit(first, json!({"applicability": "undecided"}));
    open.expect_fail("SOA-02", Minor, "A.5.1 is not decided");
    let twice = json!({"title": "Again", "reference": "5.1", "applicability": "included"});
    fixture.force("control", "decided", twice);
    fixture.expect_fail("SOA-02", Minor, "twice");
    fixture.expect_fail("SOA-15", Minor, "cover");
    let mut seed = Fixture::new();
    seed.seed(
        "control",
        json!({"title": "Policies", "reference": "A.5.1",
        "applicability": "included"}),
    );
    seed.expect_fail("SOA-02", Major, "proposal");
}

#[test]
fn rows_say_why_and_how_far() {
    including("A.5.1", json!({})).0.expect("SOA-03", Pass);
    let bare = json!({"reasons": null, "justification": null});
    including("A.5.1", bare).0.expect_fail("SOA-03", Minor, "why");

    including("A.5.1", json!({})).0.expect("SOA-04", NotApplicable);
    excluding("A.5.1", "Because.").expect("SOA-04", Pass);
    excluding("A.5.1", " ").expect_fail("SOA-04", Minor, "why");
    let mut many = excluding("A.5.1", " ");
    many.excluded("A.5.2", json!({"exclusion_reason": null}));
    many.excluded("A.5.3", json!({"exclusion_reason": null}));
    many.expect_fail("SOA-04", Major, "why");

    including("A.5.1", json!({})).0.expect("SOA-05", Pass);
    for status in [json!(null), json!("unknown")] {
        let (fixture, _) = including("A.5.1", json!({"implementation": status}));
        fixture.expect_fail("SOA-05", Minor, "implemented");
    }
}

#[test]
fn necessary_controls_are_included_and_included_ones_called_for() {
    let (mut fixture, control) = including("A.8.13", json!({}));
    fixture.expect_fail("SOA-07", Minor, "no risk names it");
    let (ada, method) = (fixture.me(), fixture.method());
    let seed = merged(risk_fields(method, ada), json!({"controls": [control]}));
    fixture.seed("risk", seed);
    fixture.expect("SOA-07", Fail);
    fixture.risk(method, ada, json!({"controls": [control]}));
    fixture.expect("SOA-07", Pass);
    fixture.expect("SOA-06", Pass);
    fixture.go(control, "undecided");
    fixture.edit(control, json!({"applicability": "excluded", "reasons": null}));
    fixture.expect_fail("SOA-06", Minor, "excluded");
    let own = json!({"reasons": ["own_decision"]});
    including("A.8.13", own).0.expect_fail("SOA-07", Opportunity, "decision of your own");
    let two = json!({"reasons": ["law", "own_decision"]});
    including("A.8.13", two).0.expect_fail("SOA-07", Opportunity, "a law is given as a reason");

    let (mut law, control) = including("A.8.13", json!({"reasons": ["law"]}));
    law.expect_fail("SOA-07", Minor, "no obligation");
    law.new_record("obligation", json!({"title": "A law", "met_by": [control]}));
    law.expect("SOA-07", Pass);
}

#[test]
fn exclusions_stand_against_the_facts() {
    let cloud = |fixture: &mut Fixture| {
        fixture.force(
            "supplier",
            "in_use",
            json!({"title": "Host", "in_scope": "yes",
                "services": [{"service": "Mail", "service_kind": "cloud_software"}]}),
        );
    };
    including("A.5.1", json!({})).0.expect("SOA-08", NotApplicable);
    excluding("A.5.7", "We read none.").expect("SOA-08", Pass);
    let mut silent = excluding("A.5.23", "It does not fit.");
    silent.expect("SOA-08", Unknown);
    let facts = json!([{"question": "cloud", "answer": "no"}]);
    silent.new_record("organization", json!({"title": "Us", "facts": facts}));
    silent.expect("SOA-08", Pass);
    cloud(&mut silent);
    silent.expect("SOA-08", Unknown);

    let mut denied = excluding("A.5.23", "We use no cloud services.");
    cloud(&mut denied);
    denied.expect_fail("SOA-08", Minor, "SUP");

    let mut family = Fixture::new();
    for id in ["A.5.19", "A.5.20", "A.5.21", "A.5.22"] {
        family.excluded(id, json!({"exclusion_reason": "We have no suppliers."}));
    }
    cloud(&mut family);
    family.expect_fail("SOA-08", Major, "works for you");

    let mut answered = excluding("A.5.23", "It does not fit.");
    cloud(&mut answered);
    answered.expect("SOA-08", Unknown);
    let ada = answered.me();
    answered.new_at(
        "determination",
        "decided",
        json!({"title": "No cloud control", "question": "controls_not_needed",
            "controls": ["A.5.23"], "answer": "yes", "rationale": "The group runs it.",
            "by": ada, "decided_on": "2026-11-01"}),
    );
    answered.expect("SOA-08", Pass);
}

#[test]
fn every_family_is_seen_in_facts_or_records() {
    let facts = |question: &str| {
        let facts = json!([{"question": question, "answer": "yes"}]);
        ("organization", "active", json!({"title": "Us", "facts": facts}))
    };
    let yes = "yes";
    let cases = [
        ("A.5.19", facts("suppliers")),
        ("A.5.23", facts("cloud")),
        ("A.5.34", facts("special_personal_data")),
        ("A.5.34", ("asset", "in_use", json!({"title": "Files", "personal_data": "ordinary"}))),
        ("A.6.1", ("person", "active", json!({"title": "Bob", "in_scope": yes}))),
        ("A.6.7", ("person", "active", json!({"title": "Bob", "remote": true}))),
        ("A.6.7", ("site", "active", json!({"title": "Homes", "site_type": "home_working"}))),
        ("A.8.28", facts("own_development")),
        ("A.8.30", facts("outsourced_development")),
        (
            "A.7.1",
            (
                "site",
                "active",
                json!({"title": "Office", "site_type": "office",
            "in_scope": yes}),
            ),
        ),
        (
            "A.8.13",
            (
                "asset",
                "in_use",
                json!({"title": "ERP", "asset_type": "software",
            "in_scope": yes}),
            ),
        ),
    ];
    for (control, (kind, stage, fields)) in cases {
        let mut fixture = excluding(control, "It does not fit.");
        fixture.force(kind, stage, fields);
        let outcome = fixture.judge("SOA-08");
        assert_eq!(outcome.verdict, Unknown, "{control} {kind}");
        assert!(outcome.unknowns[0].note.contains("is that right"), "{control}: {outcome:?}");
    }
}

#[test]
fn declared_is_not_evidenced() {
    let (mut fixture, control) = including("A.8.13", json!({}));
    fixture.expect("SOA-09", Unknown);
    fixture.expect("SOA-17", Unknown);
    let old = fixture.evidence(control, "2025-06-01", json!({}));
    fixture.expect_fail("SOA-09", Minor, "ran out on 2026-06-01");
    fixture.expect_fail("SOA-17", Minor, "was due on 2026-06-01");
    let mut gone = fixture.clone();
    gone.go(old, "withdrawn");
    gone.expect("SOA-09", Fail);
    gone.expect("SOA-17", Fail);
    let new = fixture.evidence(control, "2026-06-01", json!({}));
    fixture.expect("SOA-09", Pass);
    fixture.expect("SOA-17", Pass);
    let mut failed = fixture.clone();
    failed.edit(control, json!({"last_test_result": "failed", "last_test_on": "2026-07-01"}));
    failed.expect_fail("SOA-09", Minor, "2026-07-01 failed");
    fixture.edit(new, json!({"judged": "not_enough"}));
    fixture.expect("SOA-09", Fail);

    let (mut unjudged, control) = including("A.8.13", json!({}));
    let fields = json!({"judged": null, "title": "Report"});
    let id = unjudged.evidence(control, "2026-06-01", fields);
    unjudged.expect("SOA-09", Pass);
    unjudged.go(id, "collected");
    unjudged.expect("SOA-09", Unknown);

    let two = json!([{"what": "Report", "cadence": "P1Y"}, {"what": "Restore", "cadence": "P3M"}]);
    let (mut rows, control) = including("A.8.13", json!({"proof_wanted": two}));
    rows.evidence(control, "2026-06-01", json!({"proof": "report"}));
    rows.expect("SOA-09", Pass);
    rows.expect("SOA-17", Unknown);
    rows.evidence(control, "2026-06-01", json!({"proof": "Restore"}));
    rows.expect_fail("SOA-17", Minor, "“Restore” was due on 2026-09-01");
    let (planned, _) = including("A.8.13", json!({"implementation": "planned"}));
    planned.expect("SOA-09", Unknown);
}

#[test]
fn what_is_not_implemented_is_planned() {
    including("A.8.13", json!({})).0.expect("SOA-10", NotApplicable);
    let (mut fixture, control) = including("A.8.13", json!({"implementation": "planned"}));
    fixture.expect_fail("SOA-10", Minor, "no action");
    let ada = fixture.me();
    let action = json!({"title": "Do it", "purpose": "gap", "controls": [control]});
    let action = fixture.new_record("action", action);
    fixture.expect_fail("SOA-10", Minor, "lacks");
    fixture.edit(action, json!({"owner": ada, "due": "2027-01-01"}));
    fixture.expect("SOA-10", Pass);
    let mut done = fixture.clone();
    done.edit(action, json!({"serves": [control], "effect_judged_how": "A test."}));
    done.go(action, "done");
    done.expect_fail("SOA-10", Minor, "are done");
    including("A.8.13", json!({"implementation": null})).0.expect("SOA-10", Unknown);
}

#[test]
fn the_edition_knows_the_latest_decisions() {
    let (mut fixture, control) = including("A.8.13", json!({}));
    let (ada, method) = (fixture.me(), fixture.method());
    let risk = fixture.risk(method, ada, json!({"controls": [control]}));
    fixture.expect("SOA-11", Unknown);
    fixture.assent_to(PAPER, Purpose::Publish, |_| ());
    fixture.expect("SOA-11", Pass);
    fixture.edit(control, json!({"justification": "Another."}));
    fixture.expect("SOA-11", Pass);
    fixture.assent(risk, Purpose::ApproveTreatment);
    fixture.expect_fail("SOA-11", Minor, "decided anew");
    fixture.assent_to(PAPER, Purpose::Publish, |_| ());
    fixture.expect("SOA-11", Pass);
}

#[test]
fn descriptions_are_our_own() {
    including("A.8.13", json!({})).0.expect("SOA-14", Pass);
    including("A.8.13", json!({"how": null})).0.expect("SOA-14", Unknown);
    let blank = json!({"how": "{{company}} keeps backups."});
    including("A.8.13", blank).0.expect_fail("SOA-14", Opportunity, "blanks");
    let repeated = json!({"how": catalog::control("A.8.13").unwrap().asks});
    including("A.8.13", repeated).0.expect_fail("SOA-14", Opportunity, "repeats");
    let mut seed = Fixture::new();
    let fields = json!({"title": "Backup", "reference": "A.8.13", "applicability": "included",
        "how": "We keep backups."});
    seed.seed("control", fields);
    seed.expect_fail("SOA-14", Opportunity, "proposal");
}

#[test]
fn controls_that_ask_for_a_document_have_one() {
    including("A.8.13", json!({})).0.expect("SOA-16", NotApplicable);
    let (mut fixture, control) = including("A.5.37", json!({}));
    fixture.expect_fail("SOA-16", Minor, "no document serves it");
    let ada = fixture.me();
    let role = fixture.role("Chief executive", &["top_management"], ada);
    let document = fixture.new_record(
        "document",
        json!({"title": "Procedures", "identifier": "P-1", "doc_type": "procedure",
            "serves_records": [control], "owner": ada, "approver": role, "text": "So.",
            "change_summary": "First."}),
    );
    fixture.expect_fail("SOA-16", Minor, "in force");
    fixture.publish(document);
    fixture.expect("SOA-16", Pass);
    let (open, _) = including("A.5.37", json!({"applicability": "undecided"}));
    open.expect("SOA-16", Unknown);
}
