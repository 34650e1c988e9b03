//! Files that people bring, from the upload to what they became.

use std::{fs, path::Path};

use crate::fixture::{Browser, Fixture};

const ASSETS: &[u8] = b"Name,Owner,Odd\nLaptop,IT Head,x\nServer,Head of IT,y\n,Nobody,z\n";

/// The keys of the files that wait, as the form carries them.
fn keys(seen: &crate::fixture::Seen) -> Vec<(String, String)> {
    seen.form("/import").into_iter().filter(|it| it.0 == "file").collect()
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect()
}

#[test]
fn a_file_is_understood_corrected_and_taken_in_as_one_entry() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    browser.get("/o/acme/import").is(200);
    let before = fixture.isms().position();
    let seen =
        browser.post_files("/o/acme/import", &[], &[("files", "things.csv", ASSETS)]).is(200);
    let seen = seen.says("What was understood");
    assert_eq!(fixture.isms().position(), before, "nothing is written before it is agreed");

    let mut fields = keys(&seen);
    fields.push(("kind.0".into(), "asset".into()));
    let seen = browser.post("/o/acme/import", &pairs(&fields)).is(200);
    let seen = seen.says("as you said").says("2 new").says("1 not taken");
    let seen = seen.says("Names that look like the same").says("“IT Head” is “Head of IT”");
    fields.push(("was.0".into(), "asset".into()));
    fields.push(("map.0.Odd".into(), "description".into()));
    fields.push(("unite".into(), "role\u{1f}Head of IT\u{1f}IT Head".into()));
    drop(seen);

    let mut rejects = fields.clone();
    rejects.push(("do".into(), "rejects.0".into()));
    let file = browser.send("/o/acme/import", &pairs(&rejects)).is(200);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.body.contains("Nobody") && !file.body.contains("Laptop"), "{}", file.body);

    fields.push(("do".into(), "apply".into()));
    let seen = browser.post("/o/acme/import", &pairs(&fields)).is(200);
    let seen = seen.says("2 rows taken in: 2 new, 0 changed, 1 not taken.");
    seen.says("things.rejects.csv").says("They wait here until");
    let kept = format!("/o/acme/import/{}/rejects/0", before + 1);
    assert_eq!(browser.get(&kept).is(200).body, file.body);
    browser.get(&format!("/o/acme/import/{before}/rejects/0")).is(404);
    // The page of the entry leads there as well, also later.
    let seen = browser.get(&format!("/o/acme/import/{}", before + 1)).is(200);
    assert!(seen.body.contains(&kept), "{}", seen.body);
    assert_eq!(fixture.isms().position(), before + 1);
    let role = fixture.record("ROLE-1");
    let laptop =
        fixture.isms().rows("asset").find(|it| it.title() == "Laptop").unwrap().body.json();
    assert_eq!(laptop["owner"], role.head.id.to_string(), "IT Head is the Head of IT there was");
    let seen = browser.post("/o/acme/import", &pairs(&fields)).is(200);
    seen.says("Nothing would change");

    let entry = before + 1;
    browser.post(&format!("/o/acme/history/{entry}/undo"), &[]).is(200);
    let seen = browser.get(&format!("/o/acme/import/{entry}")).is(200);
    seen.says("Taken in, and undone").keeps_quiet_about("Undo all of it");
    browser.post("/o/acme/import", &pairs(&fields)).is(200).says("2 rows taken in: 2 new");

    // One that only changes what there is says so, too.
    let edited = b"Name,Owner,Odd\nLaptop,IT Head,new words\nServer,Head of IT,y\n";
    let files = [("files", "things.csv", edited.as_slice())];
    let seen = browser.post_files("/o/acme/import", &[("kind", "asset")], &files).is(200);
    let mut fields = keys(&seen);
    for (name, value) in [("kind.0", "asset"), ("was.0", "asset"), ("map.0.Odd", "description")] {
        fields.push((name.into(), value.into()));
    }
    fields.push(("do".into(), "apply".into()));
    browser.post("/o/acme/import", &pairs(&fields)).is(200).says("0 new, 1 changed");
    let entry = fixture.isms().position();
    browser.post(&format!("/o/acme/history/{entry}/undo"), &[]).is(200);
    let seen = browser.get(&format!("/o/acme/import/{entry}")).is(200);
    seen.says("Taken in, and undone").says(&format!("Entry {}", entry + 1));
}

#[test]
fn each_cell_that_changed_on_both_sides_has_its_own_choice() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    browser.get("/o/acme/import").is(200);
    let brings = |browser: &mut Browser, sheet: &str| {
        let files = [("files", "things.csv", sheet.as_bytes())];
        let seen = browser.post_files("/o/acme/import", &[("kind", "asset")], &files).is(200);
        seen.form("/import")
    };
    let goes_on = |browser: &mut Browser, fields: &[(String, String)], what: &str| {
        let mut fields = fields.to_vec();
        fields.push(("do".into(), what.into()));
        browser.post("/o/acme/import", &pairs(&fields)).is(200)
    };
    let first = "Name,ID,Description,Location\nLaptop,A-1,old words,\nServer,A-2,old words,\n";
    let fields = brings(&mut browser, first);
    goes_on(&mut browser, &fields, "apply").says("2 new");
    for title in ["Laptop", "Server"] {
        let isms = fixture.isms();
        let record = isms.rows("asset").find(|it| it.title() == title).unwrap();
        let page = format!("/o/acme/asset/{}/edit", record.head.number);
        let mut form = browser.get(&page).is(200).form(&page);
        form.iter_mut().find(|it| it.0 == "f.description").unwrap().1 = "words of ours".to_owned();
        browser.post(&page, &pairs(&form)).is(200);
    }
    let edited = first.replace("old words", "words of theirs");
    let fields = brings(&mut browser, &edited);
    assert!(!fields.iter().any(|it| it.0 == "take"), "what stands here stays: {fields:?}");
    let seen = goes_on(&mut browser, &fields, "take_all").says("Changed here and in the sheet");
    let seen = seen.says("Description: “words of theirs” instead of “words of ours”");
    let mut fields = seen.form("/import");
    let all: Vec<_> = fields.iter().filter(|it| it.0 == "take").cloned().collect();
    assert_eq!(all.len(), 2);
    let none = goes_on(&mut browser, &fields, "take_none").form("/import");
    assert!(!none.iter().any(|it| it.0 == "take"));
    fields.retain(|it| *it != all[0]);
    let seen = goes_on(&mut browser, &fields, "look");
    assert_eq!(seen.form("/import").iter().filter(|it| it.0 == "take").count(), 1);
    goes_on(&mut browser, &fields, "apply").says("0 new, 1 changed");
    let isms = fixture.isms();
    let said = |title: &str| {
        let record = isms.rows("asset").find(|it| it.title() == title).unwrap();
        record.body.json()["description"].as_str().unwrap().to_owned()
    };
    assert_eq!(said("Laptop"), "words of ours");
    assert_eq!(said("Server"), "words of theirs");
}

#[test]
fn who_comes_from_a_list_says_what_the_rows_of_a_single_sheet_are() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let list = browser.get("/o/acme/supplier").is(200);
    assert!(list.body.contains("/o/acme/import?kind=supplier"), "{}", list.body);
    let seen = browser.get("/o/acme/import?kind=supplier").is(200).says("Import suppliers");
    assert_eq!(seen.form("/import").iter().find(|it| it.0 == "kind").unwrap().1, "supplier");
    let file = [("files", "odd.csv", b"Name,Odd\nAcme Cloud,x\n".as_slice())];
    let seen = browser.post_files("/o/acme/import", &[("kind", "supplier")], &file).is(200);
    let mut fields = seen.says("as you said").form("/import");
    // What was said stays said, and can be taken back.
    let kept = fields.iter_mut().find(|it| it.0 == "kind.0").unwrap();
    assert_eq!(std::mem::take(&mut kept.1), "supplier");
    let seen = browser.post("/o/acme/import", &pairs(&fields)).is(200);
    assert!(!seen.body.contains("as you said"), "{}", seen.body);
}

#[test]
fn the_line_of_the_headers_is_moved_by_hand() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    browser.get("/o/acme/import").is(200);
    let sheet = b"Name,Kind,Place\nOur things,in short,2026\nName,Remark,Owner\nLaptop,x,\n";
    let file = [("files", "things.csv", sheet.as_slice())];
    let seen = browser.post_files("/o/acme/import", &[("kind", "asset")], &file).is(200);
    let mut fields = seen.says("The header is on line 1.").form("/import");
    fields.iter_mut().find(|it| it.0 == "header.0").unwrap().1 = "3".to_owned();
    let seen = browser.post("/o/acme/import", &pairs(&fields)).is(200);
    let seen = seen.says("The header is on line 3.").says("1 row: 1 new").says("Remark");
    let kept = seen.form("/import");
    assert_eq!(kept.iter().find(|it| it.0 == "header.0").unwrap().1, "3");
}

#[test]
fn the_risk_register_of_the_starter_kit_brings_a_draft_of_a_method_with_its_questions() {
    let kit = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/starter-kit"));
    let Ok(bytes) = fs::read(kit.join("risk-register.csv")) else {
        eprintln!("skipped: no starter kit beside the repository");
        return;
    };
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    browser.get("/o/acme/import").is(200);
    let risks = fixture.isms().count("risk");
    let files =
        [("files", "risk-register.csv", bytes.as_slice()), ("files", "odd.pdf", b"%PDF-1.7\0")];
    let seen = browser.post_files("/o/acme/import", &[], &files).is(200);
    let seen = seen.says("Risks").says("`odd.pdf` was left out");
    let mut fields = seen.form("/import");
    fields.push(("do".into(), "apply".into()));
    browser.post("/o/acme/import", &pairs(&fields)).is(200).says("Taken in");
    assert!(fixture.isms().count("risk") > risks);
}

#[test]
fn what_is_no_table_is_refused_in_a_sentence() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    browser.get("/o/acme/import").is(200);
    for bytes in [&b"PK\x03\x04broken"[..], b"[1, 2"] {
        browser.post_files("/o/acme/import", &[], &[("files", "a.bin", bytes)]).is(400);
    }
    let files = [("files", "a.bin", &b"\0\x01\x02"[..])];
    browser.post_files("/o/acme/import", &[], &files).is(200).says("Nothing would change.");
    browser.post("/o/acme/import", &[("file", "gone")]).is(400).says("bring it again");
    browser.post("/o/acme/import", &[]).is(400).says("Choose the files first");
}
