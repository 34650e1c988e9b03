//! Acts are made by doing them: an approval by whoever may decide, an event of the ledger by the
//! program. Nobody writes them as they would write any other record.

use kinds::approval::Approval;
use meta::{KindDef, Problem, Provenance, Record};
use serde_json::{Map, Value};

use crate::{
    Actor, Refusal,
    command::{Former, New},
    decide::draft::called,
};

const APPROVAL: &str = "approval";

/// What may be written by hand: whom to ask, for what, and by when.
const ASKING: [&str; 8] =
    ["title", "purpose", "subject", "paper", "asked_of", "asked_by", "asked_on", "answer_by"];

/// Whether people write this field of a kind; what belongs to a decision comes about by deciding.
pub fn is_written_by_hand(def: &KindDef, field: &str) -> bool {
    match def.id {
        ledger::EVENT_KIND => false,
        APPROVAL => ASKING.contains(&field),
        _ => true,
    }
}

/// Refuses to make an act as if it were a record.
pub(super) fn may_create(new: &New, def: &KindDef) -> Result<(), Refusal> {
    match def.id {
        ledger::EVENT_KIND if new.provenance != Provenance::Tool => Err(event("a new event")),
        APPROVAL => {
            let is_asked = new.stage.as_deref().is_none_or(|it| it == "asked");
            let problems = beyond_asking(&new.fields);
            match (is_asked, problems.is_empty()) {
                (true, true) => Ok(()),
                (_, false) => {
                    let record = called(None, def);
                    Err(Refusal::Invalid { kind: def.id, record, problems })
                }
                (false, true) => Err(decided("a new approval")),
            }
        }
        _ => Ok(()),
    }
}

/// Refuses to change what an act says.
pub(super) fn may_edit(record: &Record, fields: &Map<String, Value>) -> Result<(), Refusal> {
    match record.def().id {
        ledger::EVENT_KIND => Err(event(&record.name())),
        APPROVAL if record.stage().id != "asked" => Err(decided(&record.name())),
        APPROVAL => match beyond_asking(fields) {
            problems if problems.is_empty() => Ok(()),
            problems => Err(Refusal::Invalid { kind: APPROVAL, record: record.name(), problems }),
        },
        _ => Ok(()),
    }
}

/// Refuses to move an act anywhere but to where it was taken back.
pub(super) fn may_go(record: &Record, to: &str) -> Result<(), Refusal> {
    match record.def().id {
        ledger::EVENT_KIND => Err(event(&record.name())),
        APPROVAL if matches!(to, "given" | "refused") => Err(decided(&record.name())),
        _ => Ok(()),
    }
}

/// Refuses to hide, bring back or put back events of the ledger.
pub(super) fn may_hide(record: &Record) -> Result<(), Refusal> {
    match record.def().id {
        ledger::EVENT_KIND => Err(event(&record.name())),
        _ => Ok(()),
    }
}

/// Refuses to hide a decision that stands without the reason that taking it back needs.
pub(super) fn may_withdraw(record: &Record, note: Option<&str>) -> Result<(), Refusal> {
    let stands = record.def().id == APPROVAL && record.stage().id == "given";
    match stands && note.is_none_or(|it| it.trim().is_empty()) {
        true => Err(Refusal::NeedsReason { kind: APPROVAL, record: record.name(), to: "revoked" }),
        false => Ok(()),
    }
}

/// Whether a record that becomes what it was takes back a decision that stands, of somebody else than
/// who acts.
pub fn takes_back(record: &Record, to: Option<&Former>, actor: Actor) -> bool {
    let Some(approval) = record.typed::<Approval>() else { return false };
    let stays = to.is_some_and(|it| it.stage == "given" && !it.withdrawn);
    record.is_live()
        && record.stage().id == "given"
        && !stays
        && approval.by.map(|it| it.id()) != actor.person()
}

fn beyond_asking(fields: &Map<String, Value>) -> Vec<Problem> {
    let given = fields.iter().filter(|(_, it)| !it.is_null());
    let beyond = given.filter(|(name, _)| !ASKING.contains(&name.as_str()));
    let what = "is written when somebody decides, and not by hand";
    beyond.map(|(name, _)| Problem::on(name, what)).collect()
}

fn decided(record: &str) -> Refusal {
    Refusal::Act {
        record: record.to_owned(),
        why: "a decision is made by whoever may make it, on the record it is about, and stays as \
              it was; one that no longer holds is moved to `revoked`",
    }
}

fn event(record: &str) -> Refusal {
    Refusal::Act {
        record: record.to_owned(),
        why: "events of the ledger are written by the program alone",
    }
}

#[cfg(test)]
mod tests {
    use kinds::approval::Purpose;
    use meta::{Id, Provenance};
    use serde_json::json;

    use crate::{
        Refusal, Step,
        command::{Edit, New},
        conformity::fixture::Fixture,
    };

    fn new(id: u128, kind: &str, fields: serde_json::Value, provenance: Provenance) -> Step {
        Step::New(New {
            id: Id::from_u128(id),
            kind: kind.to_owned(),
            fields: fields.as_object().unwrap().clone(),
            stage: None,
            provenance,
            extras: meta::Extras::default(),
        })
    }

    fn edit(record: Id, fields: serde_json::Value) -> Step {
        let fields = fields.as_object().unwrap().clone();
        let provenance = Provenance::Person;
        Step::Edit(Edit { record, version: None, fields, extras: None, provenance })
    }

    fn refused(fixture: &Fixture, step: Step) -> Refusal {
        fixture.clone().try_run(step).unwrap_err()
    }

    #[test]
    fn nobody_writes_the_decision_of_another() {
        let mut fixture = Fixture::new();
        let ada = fixture.me();
        let given = json!({"title": "Yes", "purpose": "accept_residual", "subject": ada,
            "decision": "given", "by": ada, "decided_on": "2026-03-01"});
        let why = refused(&fixture, new(700, "approval", given, Provenance::Person)).to_string();
        assert!(why.contains("`by`") && why.contains("somebody decides"), "{why}");

        let asked = json!({"title": "Please", "purpose": "accept_role", "subject": ada});
        let asked = fixture.new_record("approval", asked);
        fixture.edit(asked, json!({"title": "Please do", "answer_by": "2026-12-01"}));
        let why = refused(&fixture, edit(asked, json!({"by": ada}))).to_string();
        assert!(why.contains("`by`"), "{why}");
        let given = Step::Move { record: asked, version: None, to: "given".into(), reason: None };
        assert!(matches!(refused(&fixture, given), Refusal::Act { .. }));

        let control = fixture.included("A.5.1", json!({}));
        let act = fixture.assent(control, Purpose::Approve);
        let why = refused(&fixture, edit(act, json!({"title": "No"})));
        assert!(matches!(why, Refusal::Act { .. }), "{why}");
        fixture.go(act, "revoked");
    }

    #[test]
    fn events_of_the_ledger_are_not_for_people() {
        let mut fixture = Fixture::new();
        let event = json!({"title": "Begins", "event": "begin", "origin": "x/y", "key": "k"});
        let why = refused(&fixture, new(700, "ledger_event", event.clone(), Provenance::Person));
        assert!(matches!(why, Refusal::Act { .. }), "{why}");
        fixture.run(new(701, "ledger_event", event, Provenance::Tool));
        let record = Id::from_u128(701);
        for step in [
            edit(record, json!({"title": "Other"})),
            Step::Withdraw { record, version: None },
            Step::Revert { record, version: None, to: None },
        ] {
            let why = refused(&fixture, step);
            assert!(matches!(why, Refusal::Act { .. }), "{why}");
        }
    }
}
