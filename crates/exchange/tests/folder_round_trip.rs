//! The folder comes back as it was written, and what was edited in it is merged.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "export_random/records.rs"]
mod records;

use std::collections::BTreeMap;

use domain::{
    Actor, Command, Isms, Moment, Now, Step,
    command::{Edit, New},
    decide,
};
use exchange::folder::{File, FolderPlan, Here, manifest, plan, write};
use jiff::Timestamp;
use meta::{Extras, Id, KindDef, Provenance};
use proptest::prelude::*;
use records::{TODAY, id, isms};
use serde_json::{Map, Value, json};

const HERE: Here<'static> = Here { organization: "0199", origin: "muniment.example/isms" };

fn kind(id: &str) -> &'static KindDef {
    kinds::kind(id).unwrap()
}

fn planned(now: &Isms, base: &Isms, files: &[File]) -> Result<FolderPlan, exchange::Error> {
    let mut last = 0xff00_0000_u128;
    let mut ids = || {
        last += 1;
        Id::from_u128(last)
    };
    plan(now, base, &HERE, files, false, &mut ids)
}

fn refusal(now: &Isms, base: &Isms, files: &[File]) -> String {
    planned(now, base, files).unwrap_err().to_string()
}

fn lines(plan: &FolderPlan) -> Vec<String> {
    plan.lines.iter().map(ToString::to_string).collect()
}

fn file<'f>(files: &'f mut [File], path: &str) -> &'f mut Vec<u8> {
    let paths: Vec<String> = files.iter().map(|it| it.0.clone()).collect();
    let at = paths.iter().position(|it| it == path);
    &mut files[at.unwrap_or_else(|| panic!("no {path} among {paths:?}"))].1
}

fn replace(files: &mut [File], path: &str, from: &str, to: &str) {
    let bytes = file(files, path);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains(from), "no {from} in {text}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

/// Two roles, a control, a risk and a document, made by a command.
fn small() -> Isms {
    let mut isms = Isms::default();
    let role = |number, title: &str| ("role", number, json!({"title": title}));
    let risk = json!({
        "title": "Ransomware", "concerns": "information", "owner": id("role", 1).to_string(),
        "scenario": "First line.\nSecond line.", "harms": ["integrity", "availability"],
        "controls": [id("control", 1).to_string()],
    });
    let text = "# Purpose\n\nWhy we do it.\n\n+++\n\nThe end.";
    let document =
        json!({"title": "Policy", "identifier": "POL-1", "doc_type": "policy", "text": text});
    commit(
        &mut isms,
        [
            role(1, "Head of IT"),
            role(2, "Buyer"),
            ("control", 1, json!({"title": "Policies", "reference": "A.5.1"})),
            ("risk", 1, risk),
            ("document", 1, document),
        ]
        .into_iter()
        .map(|(kind, number, body)| {
            Step::New(New {
                id: id(kind, number),
                kind: kind.to_owned(),
                fields: object(body),
                stage: None,
                provenance: Provenance::Person,
                extras: Extras::default(),
            })
        }),
    );
    isms
}

fn object(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap()
}

fn commit(isms: &mut Isms, steps: impl IntoIterator<Item = Step>) {
    let command = Command { note: None, steps: steps.into_iter().collect() };
    let mut now = Now { at: Timestamp::UNIX_EPOCH, day: TODAY, salt: &mut || [0; 16] };
    let change =
        decide(isms, Actor::System, &command, &mut now).unwrap_or_else(|err| panic!("{err}"));
    *isms = change.after().clone();
    isms.advance(Moment { at: Timestamp::UNIX_EPOCH, actor: None });
}

fn edit(isms: &mut Isms, record: Id, fields: Value) {
    let fields = object(fields);
    let provenance = Provenance::Person;
    commit(isms, [Step::Edit(Edit { record, version: None, fields, extras: None, provenance })]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_record_comes_back_the_same(
        bytes in proptest::collection::vec(any::<u8>(), 0..6000),
        windows in any::<bool>(),
    ) {
        let isms = isms(&bytes);
        let mut files = write(&isms, &HERE);
        prop_assert_eq!(files.len(), isms.len() + 1);
        // A comment makes each file differ, so that each is read and compared part by part.
        for (path, bytes) in &mut files {
            let mut text = String::from_utf8(std::mem::take(bytes)).unwrap();
            match path.ends_with(".md") {
                true => text = text.replacen("+++\n", "+++\n# read me\n", 1),
                false => text.push_str("# read me\n"),
            }
            if windows {
                text = text.replace('\n', "\r\n");
            }
            *bytes = text.into_bytes();
        }
        let plan = planned(&isms, &isms, &files);
        let plan = plan.unwrap_or_else(|err| panic!("{err}"));
        prop_assert!(plan.command.steps.is_empty(), "{:#?}", plan.lines);
        // Even when everything was written to the ledger once more, or the names moved.
        let mut later = isms.clone();
        for record in isms.records().filter(|it| !it.is_erased()) {
            let text = domain::stored_text(record).unwrap();
            let mut head = record.head.clone();
            head.version += 1;
            later.put((record.def().parse)(head, &text).unwrap());
        }
        later.advance(Moment { at: Timestamp::UNIX_EPOCH, actor: None });
        let plan = planned(&later, &isms, &files).unwrap();
        prop_assert!(plan.command.steps.is_empty(), "{:#?}", plan.lines);
    }

    #[test]
    fn every_file_is_read_as_what_is_stored(
        bytes in proptest::collection::vec(any::<u8>(), 0..6000),
    ) {
        let isms = records::filled(&bytes);
        let bare = records::bare(&isms);
        let plan = planned(&bare, &bare, &write(&isms, &HERE)).unwrap();
        for step in &plan.command.steps {
            let Step::Edit(edit) = step else { panic!("{step:?}") };
            let (full, made) = (isms.get(edit.record).unwrap(), records::patched(&bare, edit));
            prop_assert_eq!(records::content(full), records::content(&made));
        }
        let edited = plan.command.steps.len() + plan.remarks.len();
        let differ = isms.records().filter(|it| {
            records::content(it) != records::content(bare.get(it.head.id).unwrap())
        });
        prop_assert_eq!(edited, differ.count());
    }

}

proptest! {
    #[test]
    fn damaged_files_never_panic(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        put in "[\\[\\]{}\"=.#+\\\\\na0\u{1}é]{0,3}",
    ) {
        let isms = small();
        let mut files = write(&isms, &HERE);
        let which = which.index(files.len());
        let text = String::from_utf8(files[which].1.clone()).unwrap();
        let at = text.char_indices().map(|it| it.0).nth(at.index(text.chars().count())).unwrap();
        files[which].1 = format!("{}{put}{}", &text[..at], &text[at + 1..]).into_bytes();
        if let Ok(plan) = planned(&isms, &isms, &files) {
            // What is planned can be decided or is refused, and never panics.
            let mut now = Now { at: Timestamp::UNIX_EPOCH, day: TODAY, salt: &mut || [0; 16] };
            let _ = decide(&isms, Actor::System, &plan.command, &mut now);
        }
    }

    #[test]
    fn foreign_files_never_panic(
        path in "(risk/|document/|\\.\\./|/)?[a-zA-Z./\\\\ -]{0,12}(\\.toml|\\.md)?",
        bytes in proptest::collection::vec(any::<u8>(), 0..80),
    ) {
        let isms = small();
        let mut files = write(&isms, &HERE);
        files.push((path, bytes));
        let _ = planned(&isms, &isms, &files);
    }
}

#[test]
fn a_record_reads_well() {
    let isms = small();
    let files: BTreeMap<String, Vec<u8>> = write(&isms, &HERE).into_iter().collect();
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let control = format!("control/{}-1.toml", kind("control").prefix);
    let paths: Vec<&str> = files.keys().map(String::as_str).collect();
    let wanted = [
        &*control,
        "document/DOC-1.md",
        "ledger.toml",
        "risk/RISK-1.toml",
        "role/ROLE-1.toml",
        "role/ROLE-2.toml",
    ];
    assert_eq!(paths, wanted);
    let risk = r#"[risk]
title = "Ransomware"
concerns = "information"
scenario = """
First line.
Second line."""
harms = [
    "integrity",
    "availability",
]
owner = "ROLE-1" # Head of IT
controls = [
    "A.5.1", # Policies
]

[muniment]
id = "ID"
number = "RISK-1"
version = 1

[envelope] # never read
stage = "identified"
provenance = "person"
created = "1970-01-01T00:00:00Z by the system, position 1"
changed = "1970-01-01T00:00:00Z by the system, position 1"
"#;
    assert_eq!(text("risk/RISK-1.toml"), risk.replace("ID\"", &format!("{}\"", id("risk", 1))));
    let document = text("document/DOC-1.md");
    assert!(
        document.starts_with("+++\n\n[document]\ntitle = \"Policy\"\n")
            || document.starts_with("+++\n[document]\n")
    );
    assert!(
        document.ends_with("\n+++\n\n# Purpose\n\nWhy we do it.\n\n+++\n\nThe end.\n"),
        "{document}"
    );
    let from = manifest(&write(&isms, &HERE)).unwrap();
    assert_eq!((from.position, from.origin.as_str()), (1, HERE.origin));
}

#[test]
fn one_edit_changes_one_place() {
    let before = small();
    let mut after = before.clone();
    edit(&mut after, id("risk", 1), json!({"harms": ["availability"]}));
    let (old, new) = (write(&before, &HERE), write(&after, &HERE));
    let mut changed = Vec::new();
    for ((path, old), (_, new)) in old.iter().zip(&new).filter(|(a, b)| a != b) {
        let lines = |bytes: &[u8]| -> Vec<String> {
            String::from_utf8(bytes.to_vec()).unwrap().lines().map(str::to_owned).collect()
        };
        let (old, new) = (lines(old), lines(new));
        let gone = old.iter().filter(|it| !new.contains(it)).map(|it| format!("-{path}: {it}"));
        changed.extend(gone);
        let come = new.iter().filter(|it| !old.contains(it)).map(|it| format!("+{path}: {it}"));
        changed.extend(come);
    }
    assert_eq!(
        changed,
        [
            "-ledger.toml: position = 1",
            "+ledger.toml: position = 2",
            "-risk/RISK-1.toml:     \"integrity\",",
            "-risk/RISK-1.toml: version = 1",
            "-risk/RISK-1.toml: changed = \"1970-01-01T00:00:00Z by the system, position 1\"",
            "+risk/RISK-1.toml: version = 2",
            "+risk/RISK-1.toml: changed = \"1970-01-01T00:00:00Z by the system, position 2\"",
        ]
    );
}

#[test]
fn what_changed_only_in_the_folder_is_applied() {
    let base = small();
    let mut files = write(&base, &HERE);
    replace(&mut files, "risk/RISK-1.toml", "owner = \"ROLE-1\"", "owner = \"Buyer\"");
    replace(
        &mut files,
        "risk/RISK-1.toml",
        "[muniment]",
        "[extras]\ntags = [\"new\"]\n\n[muniment]",
    );
    replace(&mut files, "document/DOC-1.md", "The end.", "The very end.");
    let mut now = base.clone();
    edit(&mut now, id("risk", 1), json!({"title": "Ransomware on servers"}));
    let plan = planned(&now, &base, &files).unwrap();
    let mut said = lines(&plan);
    said.sort();
    assert_eq!(
        said,
        [
            "document/DOC-1.md: change `text` of DOC-1 from `# Purpose Why we do it. +++ The end.` to \
         `# Purpose Why we do it. +++ The very end.`",
            "risk/RISK-1.toml: change `owner` of RISK-1 from `ROLE-1` to `Buyer`",
            "risk/RISK-1.toml: change `tags` of RISK-1 from empty to `new`",
        ]
    );
    commit(&mut now, plan.command.steps);
    let risk = now.get(id("risk", 1)).unwrap();
    assert_eq!(risk.title(), "Ransomware on servers");
    assert_eq!(risk.cell("owner").ids().collect::<Vec<_>>(), [id("role", 2)]);
    assert_eq!(risk.head.extras.as_ref().unwrap().tags, ["new"]);
    // Once more changes nothing.
    let plan = planned(&now, &base, &files).unwrap();
    assert!(plan.command.steps.is_empty(), "{:?}", lines(&plan));
}

#[test]
fn what_changed_on_both_sides_is_refused_field_by_field() {
    let base = small();
    let mut files = write(&base, &HERE);
    replace(&mut files, "risk/RISK-1.toml", "title = \"Ransomware\"", "title = \"Malware\"");
    replace(&mut files, "risk/RISK-1.toml", "    \"integrity\",\n", "");
    replace(&mut files, "document/DOC-1.md", "Policy", "Our policy");
    let mut now = base.clone();
    edit(&mut now, id("risk", 1), json!({"title": "Trojans", "harms": ["availability"]}));
    assert_eq!(
        refusal(&now, &base, &files),
        "risk/RISK-1.toml: `title` of RISK-1 was `Ransomware`; the file says `Malware`, the ledger \
         says `Trojans` meanwhile: put one of them right and repeat"
    );
}

#[test]
fn new_files_become_records_once_and_may_link_to_each_other() {
    let base = small();
    let mut files = write(&base, &HERE);
    files.push(("role/auditor.toml".into(), b"[role]\ntitle = \"Auditor\"\n".to_vec()));
    let risk = "[risk]\ntitle = \"Fire\"\nconcerns = \"information\"\nowner = \"role/auditor\"\n";
    files.push(("risk/fire.toml".into(), risk.into()));
    let mut poor = files.clone();
    poor.last_mut().unwrap().1 = b"[risk]\ntitle = \"Fire\"\n".to_vec();
    let text = refusal(&base, &base, &poor);
    assert!(text.contains("risk/fire.toml: `concerns` is missing"), "{text}");
    let mut now = base.clone();
    let plan = planned(&now, &base, &files).unwrap();
    let mut said = lines(&plan);
    said.sort();
    assert_eq!(said, ["risk/fire.toml: new risk `Fire`", "role/auditor.toml: new role `Auditor`"]);
    assert_eq!(plan.made.len(), 2);
    commit(&mut now, plan.command.steps);
    let risk = now.numbered("risk", 2).unwrap();
    let owner = risk.cell("owner").ids().next().unwrap();
    assert_eq!(now.get(owner).unwrap().name(), "ROLE-3");
    let plan = planned(&now, &base, &files).unwrap();
    assert!(plan.command.steps.is_empty(), "{:?}", lines(&plan));
    assert_eq!(plan.remarks.len(), 2);
    let made = now.numbered("risk", 2).unwrap().head.id;
    edit(&mut now, made, json!({"title": "Great fire"}));
    let text = refusal(&now, &base, &files);
    assert!(text.contains("risk/fire.toml: it was made into RISK-2 already"), "{text}");
}

#[test]
fn a_missing_file_means_nothing_unless_asked() {
    let base = small();
    let mut files = write(&base, &HERE);
    files.retain(|it| it.0 != "risk/RISK-1.toml" && it.0 != "role/ROLE-2.toml");
    assert!(planned(&base, &base, &files).unwrap().command.steps.is_empty());
    let mut ids = || Id::nil();
    let withdrawals = plan(&base, &base, &HERE, &files, true, &mut ids).unwrap();
    assert_eq!(
        lines(&withdrawals),
        ["role/ROLE-2.toml: withdraw ROLE-2", "risk/RISK-1.toml: withdraw RISK-1"]
    );
    let mut now = base.clone();
    commit(&mut now, withdrawals.command.steps);
    assert!(now.get(id("risk", 1)).unwrap().head.withdrawn);
    assert!(!write(&now, &HERE).iter().any(|it| it.0 == "risk/RISK-1.toml"));
    // What was edited in the ledger meanwhile is not withdrawn.
    let mut now = base.clone();
    edit(&mut now, id("risk", 1), json!({"title": "Trojans"}));
    let text = plan(&now, &base, &HERE, &files, true, &mut ids).unwrap_err().to_string();
    assert!(text.contains("`the whole record` of RISK-1 was version 1"), "{text}");
}

#[test]
fn what_cannot_be_taken_is_refused_with_file_and_line() {
    let base = small();
    let risk = "risk/RISK-1.toml";
    let role = id("role", 1).to_string();
    let own = id("risk", 1).to_string();
    for (from, to, message) in [
        ("owner = ", "ower = ", "risk/RISK-1.toml, line 11: a risk has no field `ower`"),
        (
            "\"ROLE-1\"",
            "\"Nobody\"",
            "risk/RISK-1.toml, line 11: `owner`: `Nobody` names no role or person",
        ),
        ("\"ROLE-1\"", "12", "line 11: `owner`: `12` is no text here: write it in quotes"),
        ("\"integrity\"", "\"luck\"", "line 7: `harms`: `luck` is none of the options"),
        ("harms = [", "harms = ", "risk/RISK-1.toml, line 8: this is no TOML"),
        ("\"RISK-1\"", "\"RISK-2\"", "`RISK-2` is not the number of this record, RISK-1"),
        (&own, &role, "the id is that of ROLE-1, and the file bears another name"),
        (&own, "0199", "`id` is no id of a record"),
        (&own, "01990000-0000-7000-8000-ffffffffffff", "no record has this id"),
        ("version = 1", "version = 7", "the file has version 7 of RISK-1"),
        ("[muniment]", "[other]", "there is no table `other` here"),
        ("id = ", "# ", "there is a number or a version without an id"),
        ("First", "Fir\\u0000st", "`scenario`: a text with the character U+0000"),
        ("First", "Fir\0st", "line 5: the character U+0000 cannot be kept"),
        ("[risk]", "title = 1\n[risk]", "line 1: `title` stands above the tables"),
    ] {
        let mut files = write(&base, &HERE);
        replace(&mut files, risk, from, to);
        let text = refusal(&base, &base, &files);
        assert!(text.contains(message), "{from} -> {to}: {text}");
    }
    for (path, bytes, message) in [
        ("../risk/a.toml", "", "the path leads out of the folder"),
        ("/etc/passwd", "", "the path leads out of the folder"),
        ("risk/../../a.toml", "", "the path leads out of the folder"),
        ("risk\\a.toml", "", "the name has characters"),
        ("risk/a -> b.toml", "", "the name has characters"),
        ("riks/a.toml", "", "there is no kind of record of that name"),
        ("document/a.toml", "", "are Markdown"),
        ("risk/a.md", "", "are TOML"),
        ("risk/risk-1.toml", "", "has the same name on some systems"),
        ("risk/a.toml", "[risk]\nx", "risk/a.toml, line 2: this is no TOML"),
        ("document/a.md", "text", "it does not begin with a line `+++`"),
    ] {
        let mut files = write(&base, &HERE);
        files.push((path.to_owned(), bytes.as_bytes().to_vec()));
        let text = refusal(&base, &base, &files);
        assert!(text.contains(message), "{path}: {text}");
    }
    let mut files = write(&base, &HERE);
    file(&mut files, risk).push(0xff);
    assert!(refusal(&base, &base, &files).contains("line 26: this is not UTF-8"));
    *file(&mut files, risk) = vec![b' '; 9 << 20];
    assert!(refusal(&base, &base, &files).contains("more than the 8388608 allowed"));
}

#[test]
fn a_folder_of_another_ledger_or_time_is_refused() {
    let base = small();
    let mut files = write(&base, &HERE);
    files.remove(0);
    assert!(refusal(&base, &base, &files).contains("ledger.toml: it is missing"));
    let files = write(&base, &Here { organization: "other", ..HERE });
    assert!(refusal(&base, &base, &files).contains("the folder belongs to the ledger"));
    let mut files = write(&base, &HERE);
    replace(&mut files, "ledger.toml", "position = 1", "position = 9");
    let text = refusal(&base, &base, &files);
    assert!(text.contains("written at position 9, and the ledger ends at 1"), "{text}");
    let mut files = write(&base, &HERE);
    replace(&mut files, "ledger.toml", "form = 1", "form = 2");
    assert!(refusal(&base, &base, &files).contains("this program knows form 1"));
}

#[test]
fn envelopes_and_other_files_are_never_read() {
    let base = small();
    let mut files = write(&base, &HERE);
    replace(&mut files, "risk/RISK-1.toml", "stage = \"identified\"", "stage = \"closed\"");
    files.push((".git/config".into(), b"[core]".to_vec()));
    files.push(("README.md".into(), b"Hello".to_vec()));
    let plan = planned(&base, &base, &files).unwrap();
    assert!(plan.command.steps.is_empty());
    let remarks: Vec<String> = plan.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(
        remarks,
        [
            ".git/config: not read: it is hidden",
            "README.md: not read: it is not in the folder of a kind",
            "risk/RISK-1.toml: the stage of RISK-1 is never read here: use `muniment move`",
        ]
    );
}
