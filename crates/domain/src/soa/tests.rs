use kinds::approval::Purpose;
use serde_json::json;

use super::*;
use crate::{View, command::Subject, conformity::fixture::Fixture};

fn publish(fixture: &mut Fixture, name: &str) {
    let paper = Subject::StatementOfApplicability;
    fixture.assent_to(paper, Purpose::Publish, |it| it.edition = Some(name.to_owned()));
}

#[test]
fn every_control_of_annex_a_has_a_row_and_the_cover_equals_the_rows() {
    let mut fixture = Fixture::new();
    let soa = statement(fixture.view());
    assert_eq!(soa.rows.len(), 93);
    assert_eq!(soa.counts.undecided, 93);
    assert_eq!((soa.edition, soa.seeds), (None, 0));

    fixture.included("OWN-2", json!({"implementation": "in_part"}));
    fixture.included("A.5.2", json!({}));
    fixture.excluded("A.5.1", json!({}));
    fixture.seed(
        "control",
        json!({"title": "Backup", "reference": "A.8.13", "applicability": "included"}),
    );
    let soa = statement(fixture.view());
    assert_eq!(soa.rows.len(), 94);
    let references: Vec<&str> = soa.rows.iter().map(|it| it.reference.as_str()).collect();
    assert_eq!(references[..3], ["A.5.1", "A.5.2", "A.5.3"]);
    assert_eq!(references[93], "OWN-2");
    assert_eq!((soa.counts.included, soa.counts.excluded, soa.counts.undecided), (2, 1, 91));
    assert_eq!((soa.counts.own, soa.counts.implemented, soa.counts.in_part), (1, 1, 1));
    assert_eq!(soa.seeds, 1);
    assert_eq!(soa.counts, Counts::of(&soa.rows));
    assert_eq!(soa.counts, counts(&crate::conformity::Chain::build(fixture.view())));
    let backup = soa.rows.iter().find(|it| it.reference == "A.8.13").unwrap();
    assert!(backup.seed && backup.applicability == Applicability::Undecided);
}

#[test]
fn a_row_names_its_drivers_and_its_evidence() {
    let mut fixture = Fixture::new();
    let (ada, method) = (fixture.me(), fixture.method());
    let control = fixture.included("A.8.13", json!({}));
    fixture.new_record(
        "obligation",
        json!({"title": "Master agreement", "obligation_type": "contractual",
            "met_by": [control]}),
    );
    fixture.risk(method, ada, json!({"controls": [control]}));
    fixture.evidence(control, "2026-06-01", json!({}));
    let back = fixture.evidence(control, "2026-07-01", json!({}));
    fixture.edit(back, json!({"judged": "not_enough"}));
    let soa = statement(fixture.view());
    let row = soa.rows.iter().find(|it| it.reference == "A.8.13").unwrap();
    let drivers: Vec<_> = row.drivers.iter().map(|it| (&*it.kind, &*it.number)).collect();
    assert_eq!(drivers, [("risk", "RISK-1"), ("contract", "OBL-1")]);
    assert_eq!(row.evidence.len(), 1);
    assert_eq!(row.evidence[0].until.unwrap().to_string(), "2027-06-01");
    assert_eq!((&*row.owner, row.proof_wanted), ("Ada", 1));
    assert_eq!((&*row.theme, &row.reasons), ("Technological", &vec!["risk".to_owned()]));
}

#[test]
fn an_edition_is_named_until_a_row_differs() {
    let mut fixture = Fixture::new();
    let control = fixture.included("A.8.13", json!({}));
    publish(&mut fixture, "2.1");
    let soa = statement(fixture.view());
    assert_eq!(soa.edition.unwrap().number, "2.1");
    assert_eq!(soa.approver.as_deref(), Some("Ada"));
    assert_eq!(soa.approved_on, Some(fixture.day));
    fixture.edit(control, json!({"how": "In another way."}));
    assert!(statement(fixture.view()).edition.is_some(), "how it is done is not approved");
    fixture.edit(control, json!({"justification": "Another."}));
    let soa = statement(fixture.view());
    assert_eq!((soa.edition, soa.approver, soa.approved_on), (None, None, None));
    let beside = in_force(fixture.view()).unwrap();
    assert_eq!((&*beside.edition.number, beside.ended), ("2.1", None));
    assert_eq!(beside.changed, ["A.8.13"]);
    assert_eq!(in_force(Fixture::new().view()), None);
}

#[test]
fn an_edition_asked_for_early_and_given_late_is_the_latest() {
    let mut fixture = Fixture::new();
    let control = fixture.included("A.8.13", json!({}));
    let asked = fixture.new_record(
        "approval",
        json!({"title": "Publish", "purpose": "publish", "asked_of": fixture.me(),
            "paper": crate::approvals::STATEMENT_OF_APPLICABILITY}),
    );
    publish(&mut fixture, "1");
    fixture.edit(control, json!({"justification": "Another."}));
    let paper = Subject::StatementOfApplicability;
    fixture.assent_to(paper, Purpose::Publish, |it| {
        it.id = asked;
        it.edition = Some("2".to_owned());
    });
    let found = in_force(fixture.view()).unwrap();
    assert_eq!((&*found.edition.number, found.changed.len()), ("2", 0));
    assert_eq!(found.position, fixture.isms.position(), "that of the answer");
}

#[test]
fn a_difference_names_each_part_that_changed() {
    let mut fixture = Fixture::new();
    let (ada, method) = (fixture.me(), fixture.method());
    let control = fixture.included("A.8.13", json!({"implementation": "planned"}));
    let own = fixture.included("OWN-1", json!({}));
    let before = fixture.isms.clone();
    assert_eq!(diff(View::new(&before, fixture.day), fixture.view()), []);
    fixture.edit(control, json!({"implementation": "implemented", "justification": "Another."}));
    fixture.risk(method, ada, json!({"controls": [control]}));
    fixture.go(own, "retired");
    fixture.excluded("A.5.1", json!({}));
    let changes = diff(View::new(&before, fixture.day), fixture.view());
    let found: Vec<_> = changes
        .iter()
        .flat_map(|it| it.parts.iter().map(|part| (&*it.reference, part.part, &*part.after)))
        .collect();
    let expected = [
        ("A.5.1", Part::Applicability, "excluded"),
        ("A.5.1", Part::Exclusion, "It does not fit how we work."),
        ("A.8.13", Part::Status, "implemented"),
        ("A.8.13", Part::Justification, "Another."),
        ("A.8.13", Part::Drivers, "RISK-1 Ransomware"),
        ("OWN-1", Part::Row, ""),
    ];
    assert_eq!(found, expected);
    assert_eq!(changes[1].record, Some(control));
}
