//! What is exported comes back to the same records, and edits in it become edits.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "export_random/records.rs"]
mod records;

use domain::{
    Actor, Isms, Moment, Now, Step, View,
    command::{Edit, New},
    decide,
};
use exchange::{
    Limits,
    export::{self, Options, ReadBack, read_back, read_back_json},
    read,
};
use jiff::{Timestamp, civil::datetime};
use meta::{Id, KindDef};
use proptest::prelude::*;
use records::{TODAY, id, isms};
use serde_json::{Value, json};

fn fresh() -> impl FnMut() -> Id {
    let mut last = 0xff00_0000_u128;
    move || {
        last += 1;
        Id::from_u128(last)
    }
}

fn all() -> Options<'static> {
    Options { withdrawn: true, ..Options::default() }
}

fn kind(id: &str) -> &'static KindDef {
    kinds::kind(id).unwrap()
}

fn back(isms: &Isms, name: &str, bytes: &[u8]) -> Result<ReadBack, exchange::Error> {
    let workbook = read(name, bytes, &Limits::default()).unwrap();
    read_back(View::new(isms, TODAY), &workbook, &mut fresh())
}

fn assert_nothing(taken: &ReadBack) {
    assert!(taken.command.steps.is_empty(), "{:#?}", taken.lines);
    assert_eq!(taken.rows, taken.unchanged);
}

/// An ISMS whose records keep the rules: two roles, two controls and a risk.
fn small() -> Isms {
    let role = |number, title: &str| ("role", number, json!({"title": title}));
    let control = |number, reference: &str| {
        ("control", number, json!({"title": format!("Control {number}"), "reference": reference}))
    };
    let risk = json!({
        "title": "Ransomware", "concerns": "information", "owner": id("role", 1).to_string(),
        "harms": ["availability"], "controls": [id("control", 1).to_string()],
    });
    let mut isms = Isms::default();
    isms.advance(Moment { at: Timestamp::UNIX_EPOCH, actor: None });
    for (name, number, body) in [
        role(1, "Head of IT"),
        role(2, "Buyer"),
        control(1, "A.5.1"),
        control(2, "A.5.2"),
        ("risk", 1, risk),
    ] {
        isms.put(records::record(kind(name), number, &body, &Value::Null));
    }
    isms
}

fn decided(isms: &Isms, taken: ReadBack) -> Isms {
    let mut now = Now { at: Timestamp::UNIX_EPOCH, day: TODAY, salt: &mut || [0; 16] };
    decide(isms, Actor::System, &taken.command, &mut now).unwrap().after().clone()
}

/// The exported risks as text, edited.
fn edited(isms: &Isms, from: &str, to: &str) -> Vec<u8> {
    let options = Options::default();
    let text = String::from_utf8(export::csv(View::new(isms, TODAY), kind("risk"), &options));
    let text = text.unwrap();
    assert!(text.contains(from), "{text}");
    text.replacen(from, to, 1).into_bytes()
}

fn refusal(isms: &Isms, from: &str, to: &str) -> String {
    back(isms, "risks.csv", &edited(isms, from, to)).unwrap_err().to_string()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_kind_comes_back_the_same(bytes in proptest::collection::vec(any::<u8>(), 0..6000)) {
        let isms = isms(&bytes);
        let view = View::new(&isms, TODAY);
        for def in kinds::KINDS {
            assert_nothing(&back(&isms, "a.csv", &export::csv(view, def, &all())).unwrap());
            let json = export::json(view, def, &all());
            assert_nothing(&read_back_json(view, &json, &mut fresh()).unwrap());
        }
        let made = datetime(2026, 1, 1, 0, 0, 0, 0);
        let book = export::xlsx(view, kinds::KINDS, &all(), made).unwrap();
        let taken = back(&isms, "a.xlsx", &book).unwrap();
        assert_nothing(&taken);
        prop_assert_eq!(taken.rows, isms.len());
    }

    #[test]
    fn every_cell_is_read_as_what_is_stored(
        bytes in proptest::collection::vec(any::<u8>(), 0..6000),
    ) {
        let isms = records::filled(&bytes);
        let bare = records::bare(&isms);
        let (view, lost) = (View::new(&isms, TODAY), View::new(&bare, TODAY));
        for def in kinds::KINDS.iter().filter(|it| !["approval", "ledger_event"].contains(&it.id)) {
            let csv = back(&bare, "a.csv", &export::csv(view, def, &all())).unwrap();
            let json = export::json(view, def, &all());
            let json = read_back_json(lost, &json, &mut fresh()).unwrap();
            let made = datetime(2026, 1, 1, 0, 0, 0, 0);
            let book = export::xlsx(view, &[def], &all(), made).unwrap();
            let book = back(&bare, "a.xlsx", &book).unwrap();
            for taken in [csv, json, book] {
                prop_assert_eq!(taken.rows, records::EACH as usize);
                for step in &taken.command.steps {
                    let Step::Edit(edit) = step else { panic!("{step:?}") };
                    let (full, made) = (isms.get(edit.record).unwrap(), records::patched(&bare, edit));
                    prop_assert_eq!(records::content(full), records::content(&made));
                }
            }
        }
    }

}

proptest! {
    #[test]
    fn foreign_json_never_panics(text in "[\\[\\]{}\",:a-z0-9]{0,60}") {
        let isms = small();
        let _ = read_back_json(View::new(&isms, TODAY), text.as_bytes(), &mut fresh());
    }

    #[test]
    fn damaged_exports_never_panic(at in any::<prop::sample::Index>(), put in any::<u8>()) {
        let isms = small();
        let view = View::new(&isms, TODAY);
        let mut csv = export::csv(view, kind("risk"), &all());
        let at = at.index(csv.len());
        csv[at] = put;
        if let Ok(workbook) = read("a.csv", &csv, &Limits::default()) {
            let _ = read_back(view, &workbook, &mut fresh());
        }
        let mut json = export::json(view, kind("risk"), &all());
        let at = at % json.len();
        json[at] = put;
        let _ = read_back_json(view, &json, &mut fresh());
    }
}

#[test]
fn edited_cells_become_edits() {
    let isms = small();
    let taken = back(&isms, "risks.csv", &edited(&isms, "ROLE-1", "Buyer")).unwrap();
    let lines: Vec<String> = taken.lines.iter().map(ToString::to_string).collect();
    assert_eq!(lines, ["risks.csv, line 2: change `owner` of RISK-1 from `ROLE-1` to `Buyer`"]);
    let [Step::Edit(Edit { fields, version: Some(2), extras: None, .. })] =
        taken.command.steps.as_slice()
    else {
        panic!("{:?}", taken.command.steps);
    };
    assert_eq!(Value::Object(fields.clone()), json!({"owner": id("role", 2).to_string()}));
    let after = decided(&isms, taken);
    let risk = after.get(id("risk", 1)).unwrap();
    assert_eq!(risk.cell("owner").ids().collect::<Vec<_>>(), [id("role", 2)]);
}

#[test]
fn controls_are_named_by_reference_and_lists_by_semicolon() {
    let isms = small();
    let both = format!("\"A.5.1; {}-2\"", kind("control").prefix);
    let taken = back(&isms, "risks.csv", &edited(&isms, "A.5.1", &both)).unwrap();
    let after = decided(&isms, taken);
    let risk = after.get(id("risk", 1)).unwrap();
    let controls: Vec<Id> = risk.cell("controls").ids().collect();
    assert_eq!(controls, [id("control", 1), id("control", 2)]);
}

#[test]
fn a_row_without_a_number_is_a_new_record() {
    let isms = small();
    let view = View::new(&isms, TODAY);
    let mut table = export::table(view, kind("role"), &Options::default());
    let label = kind("role").fields[0].label;
    let title = table.header.iter().position(|it| it == label).unwrap();
    let mut row = vec![exchange::Value::Empty; table.header.len()];
    row[title] = exchange::Value::Text("=Auditor".to_owned());
    table.rows.push(row);
    let file = exchange::csv::write(&table, true);
    let taken = back(&isms, "r.csv", &file).unwrap();
    let [Step::New(New { kind, fields, .. })] = taken.command.steps.as_slice() else {
        panic!("{:?}", taken.command.steps);
    };
    assert_eq!((kind.as_str(), &fields["title"]), ("role", &json!("=Auditor")));
    assert_eq!((taken.rows, taken.unchanged), (3, 2));
    let after = decided(&isms, taken);
    assert_eq!(after.count("role"), 3);
    // The same file once more makes it no second time.
    let again = back(&after, "r.csv", &file).unwrap();
    assert!(again.command.steps.is_empty());
    assert_eq!(again.unchanged, 3);
}

#[test]
fn formulas_are_never_written() {
    let mut isms = small();
    let body = json!({"title": "=cmd|' /C calc'!A0", "threat": "@SUM(A1)"});
    isms.put(records::record(kind("risk"), 2, &body, &Value::Null));
    let csv = export::csv(View::new(&isms, TODAY), kind("risk"), &Options::default());
    let text = String::from_utf8(csv.clone()).unwrap();
    assert!(text.contains("'=cmd") && text.contains("'@SUM"), "{text}");
    assert_nothing(&back(&isms, "r.csv", &csv).unwrap());
}

#[test]
fn long_texts_go_on_in_further_columns() {
    let mut isms = small();
    let text = "é = long\n".repeat(9_000);
    let body = json!({"title": "Policy", "text": text});
    isms.put(records::record(kind("document"), 1, &body, &Value::Null));
    let view = View::new(&isms, TODAY);
    let made = datetime(2026, 1, 1, 0, 0, 0, 0);
    let book = export::xlsx(view, &[kind("document")], &Options::default(), made).unwrap();
    assert_nothing(&back(&isms, "d.xlsx", &book).unwrap());
}

#[test]
fn what_cannot_be_taken_is_refused_with_its_line() {
    let isms = small();
    for (from, to, message) in [
        ("RISK-1", "RISK-9", "risks.csv, line 2: `RISK-9` is no risk here"),
        ("ROLE-1", "Nobody", "line 2: `owner`: `Nobody` names no role or person"),
        ("Title", "Titel", "line 1: the column `Titel` is no field of a risk"),
        ("availability", "luck", "line 2: `harms`: `luck` is none of the options"),
        ("availability", "\"\"\"a\"", "a quoted part of the list is never closed"),
        ("analysed", "gone", "line 2: `gone` is not a stage"),
        ("muniment:version", "Title", "line 1: the column `Title` is there twice"),
        (",2,", ",1,", ""),
    ] {
        if message.is_empty() {
            assert_nothing(&back(&isms, "risks.csv", &edited(&isms, from, to)).unwrap());
            continue;
        }
        let text = refusal(&isms, from, to);
        assert!(text.contains(message), "{text}");
    }
    // An edit of an older version is refused, and so is a row that comes twice.
    let csv = String::from_utf8(edited(&isms, ",2,", ",1,")).unwrap();
    let text = back(&isms, "r.csv", csv.replace("ROLE-1", "ROLE-2").as_bytes()).unwrap_err();
    assert!(text.to_string().contains("RISK-1 changed since the file was written"), "{text}");
    let row = csv.lines().nth(1).unwrap();
    let text = back(&isms, "r.csv", format!("{csv}{row}\r\n").as_bytes()).unwrap_err().to_string();
    assert!(text.contains("r.csv, line 3: RISK-1 stands at r.csv, line 2 already"), "{text}");
}

#[test]
fn acts_are_shown_and_never_taken() {
    let mut isms = small();
    let body = json!({"title": "Publish: RISK-1", "subject": id("risk", 1).to_string()});
    isms.put(records::record(kind("approval"), 1, &body, &Value::Null));
    let csv = export::csv(View::new(&isms, TODAY), kind("approval"), &Options::default());
    let text = String::from_utf8(csv).unwrap().replace("Publish:", "Review:");
    let text = back(&isms, "a.csv", text.as_bytes()).unwrap_err().to_string();
    assert!(text.contains("APPR-1 is an act and stays as it was recorded"), "{text}");
}
