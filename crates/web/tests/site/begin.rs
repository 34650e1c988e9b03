//! The first hour.

use domain::Step;
use meta::Provenance;

use crate::fixture::Fixture;

#[test]
fn facts_propose_and_what_is_taken_stays_a_proposal() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    browser.get("/o/acme/begin").is(200).says("Bring my spreadsheets").says("Ask me");
    let seen = browser.get("/o/acme/begin/proposals").is(200);
    seen.says("Certification body").keeps_quiet_about("Bank and card schemes");
    let facts = [("cardholder_data", "yes"), ("cloud", "no")];
    let seen = browser.post("/o/acme/begin/facts", &facts).is(200);
    seen.says("Your answers are kept").says("Bank and card schemes");
    let facts = fixture.record("ORG-1").body.json();
    assert_eq!(facts["facts"].as_array().unwrap().len(), 2);
    let before = fixture.isms().position();
    browser.post("/o/acme/begin/facts", &[("cloud", "no")]).is(200);
    assert_eq!(fixture.isms().position(), before, "the same answers change nothing");

    let seen = browser.post("/o/acme/begin/proposals", &[("take", "party.card-schemes")]).is(200);
    seen.says("“Bank and card schemes” is in your register.");
    let isms = fixture.isms();
    let party = isms.rows("interested_party").last().unwrap();
    assert_eq!((party.head.provenance, party.is_own()), (Provenance::Seed, false));
    let again = browser.post("/o/acme/begin/proposals", &[("take", "party.card-schemes")]);
    again.is(200).says("is there already");
    browser.post("/o/acme/begin/proposals", &[("take", "no such")]).is(400);

    let withdraw = Step::Withdraw { record: party.head.id, version: None };
    fixture.run(vec![withdraw]);
    let seen = browser.get("/o/acme/begin/proposals").is(200);
    seen.keeps_quiet_about("Bank and card schemes");
}
