//! Sheets as people make them: other languages, titles above, merged cells, odd values, sums.

use exchange::{
    Limits, TableSheet, Value, Workbook,
    import::{self, Match, Options, Outcome, RatingPart, Source, Sureness, Target, rejects_csv},
    xlsx,
};
use meta::Id;
use serde_json::json;

use crate::world::{World, book, csv, told};

fn errors(book: &Workbook, options: &Options) -> String {
    let world = World::seeded();
    let mut ids = || Id::from_u128(1);
    let sources = [Source { name: "file", workbook: book }];
    import::plan(world.view(), &sources, options, &mut ids).unwrap_err().to_string()
}

fn rejected(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Rejected(reason) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn german_risks_are_read() {
    let mut world = World::seeded();
    let plan = world.import_csv(
        "Risikoregister.csv",
        "Nr.;Risiko;Beschreibung;Risikoeigner;Eintrittswahrscheinlichkeit;Schadenshöhe;\
         Risikobehandlung;Restwahrscheinlichkeit;Restschaden;Maßnahmen;Nächste Überprüfung\n\
         1;Brand;Feuer im Serverraum;IT-Leitung;mittel;hoch;mindern;gering;hoch;A.7.5, A.8.13;31.01.2027\n\
         2;Ausfall;Strom fällt aus;IT-Leitung;gering;mittel;akzeptieren;gering;gering;;15.02.2027\n",
    );
    let sheet = &plan.sheets[0];
    assert_eq!(sheet.kind.map(|it| it.id), Some("risk"), "{}", told(sheet));
    let record = world.external("risk", "1");
    let body = world.body(record);
    assert_eq!(body["current"]["likelihood"], 2, "{}", told(sheet));
    assert_eq!(body["current"]["consequences"], json!([{"criterion": "Overall", "rank": 3}]));
    assert_eq!(body["residual"]["likelihood"], 1);
    assert_eq!(body["treatment"], json!(["modify"]));
    assert_eq!(body["next_review"], "2027-01-31");
    assert_eq!(world.linked(record, "controls").len(), 2);
    assert_eq!(world.linked(record, "owner"), ["IT-Leitung"]);
}

#[test]
fn french_assets_are_read() {
    let mut world = World::seeded();
    let plan = world.import_csv(
        "inventaire des actifs.csv",
        "N°;Nom de l'actif;Type d'actif;Propriétaire;Confidentialité;Données personnelles;Fréquence\n\
         7;Base clients;Base de données;DSI;élevé;oui;annuel\n",
    );
    let sheet = &plan.sheets[0];
    assert_eq!(sheet.kind.map(|it| it.id), Some("asset"), "{}", told(sheet));
    let body = world.body(world.external("asset", "7"));
    assert_eq!(body["asset_type"], "information");
    assert_eq!(body["confidentiality"], "high");
    assert_eq!(body["personal_data"], "ordinary");
    assert_eq!(body["cadence"], "P1Y");
}

#[test]
fn titles_above_blank_columns_and_sums_do_no_harm() {
    let rows = [
        vec!["Asset inventory 2026", "", "", "", ""],
        vec!["Version 3, approved", "", "", "", ""],
        vec!["", "", "", "", ""],
        vec!["ID", "Asset Name", "", "Owner", "Classification"],
        vec!["A-1", "Mail", "", "Clerk", "Internal"],
        vec!["", "", "", "", ""],
        vec!["A-2", "Archive", "", "Clerk", "Secret"],
        vec!["ID", "Asset Name", "", "Owner", "Classification"],
        vec!["A-3", "", "", "Clerk", "Internal"],
        vec!["Total", "2 assets", "", "", ""],
        vec!["", "Legend: classes see policy", "", "", ""],
    ];
    let book = book("Assets", &rows);
    let mut world = World::seeded();
    let plan = world.import(&[("file.xlsx", &book)], &Options::default());
    let sheet = &plan.sheets[0];
    assert_eq!((sheet.header_line, sheet.kind.map(|it| it.id)), (4, Some("asset")));
    let summary = sheet.summary;
    assert_eq!((summary.read, summary.made, summary.rejected), (6, 2, 4), "{}", told(sheet));
    assert!(rejected(&sheet.rows[2].outcome).contains("repeats the header"));
    assert!(rejected(&sheet.rows[3].outcome).contains("`Name`"));
    assert!(rejected(&sheet.rows[4].outcome).contains("sum"));
    assert_eq!(sheet.columns[2].target, Target::Empty);
    let rejects = String::from_utf8(rejects_csv(sheet)).unwrap();
    assert!(
        rejects.starts_with("Line in the file,Why it was not taken,ID,Asset Name"),
        "{rejects}"
    );
    assert_eq!(rejects.lines().count(), 5);
    // A mended file of rejects is read like any other.
    let mended = rejects.replace("A-3,,", "A-3,Phones,");
    let plan = world.import_csv("assets-rejects.csv", &mended);
    let made = plan.sheets[0].rows.iter().filter(|it| it.outcome == Outcome::Made);
    assert_eq!(made.count(), 1, "{}", told(&plan.sheets[0]));
    assert!(world.external("asset", "A-3").head.extras.as_ref().unwrap().columns.is_empty());
}

#[test]
fn workbooks_hold_several_registers() {
    let text = |it: &str| Value::from_text(it);
    let sheet = |name: &str, rows: &[&[Value]]| TableSheet {
        name: name.to_owned(),
        header: rows[0].iter().map(|it| it.text().into_owned()).collect(),
        rows: rows[1..].iter().map(|it| it.to_vec()).collect(),
    };
    let risks = sheet(
        "Risks",
        &[
            &["Risk ID", "Risk", "Asset", "Probability", "Impact", "Risk owner", "Next review"]
                .map(text),
            &[
                text("R1"),
                text("Fire"),
                text("Archive"),
                Value::Integer(2),
                Value::Decimal("2.5".to_owned()),
                text("Clerk"),
                Value::Day(jiff::civil::date(2027, 1, 31)),
            ],
            &[
                text("R2"),
                text("Flood"),
                text("Archive"),
                Value::Integer(1),
                Value::Integer(4),
                text("Clerk"),
                Value::Empty,
            ],
        ],
    );
    let assets = sheet("Assets", &[&["Asset", "Owner"].map(text), &["Archive", "Clerk"].map(text)]);
    let notes = sheet("Notes", &[&["Who", "What"].map(text), &["Me", "=Remember"].map(text)]);
    let bytes = xlsx::write(&[risks, assets, notes], jiff::civil::datetime(2026, 1, 1, 0, 0, 0, 0));
    let book = exchange::read("book", &bytes.unwrap(), &Limits::default()).unwrap();
    let mut world = World::seeded();
    let plan = world.import(&[("isms.xlsx", &book)], &Options::default());
    let kinds: Vec<_> = plan.sheets.iter().map(|it| it.kind.map(|it| it.id)).collect();
    assert_eq!(kinds, [Some("risk"), Some("asset"), None], "{}", told(&plan.sheets[1]));
    let risk = world.external("risk", "R1");
    assert_eq!(world.linked(risk, "assets"), ["Archive"]);
    assert_eq!(world.isms.count("asset"), 1);
    let body = world.body(risk);
    assert_eq!(
        (&body["next_review"], &body["current"]["likelihood"]),
        (&json!("2027-01-31"), &json!(2))
    );
    assert!(body["current"]["consequences"].is_null());
    assert_eq!(risk.head.extras.as_ref().unwrap().columns.get("Impact"), Some("2.5"));
    assert!(plan.sheets[0].remarks.iter().any(|it| it.cell == "2.5" && it.text.contains("scale")));
    let again = world.import(&[("isms.xlsx", &book)], &Options::default());
    assert!(again.command.steps.is_empty());
}

#[test]
fn formulas_are_named_and_merged_cells_fill_their_rows() {
    let mut book = book(
        "Suppliers",
        &[
            vec!["Supplier", "Country", "Criticality", "Owner"],
            vec!["Acme", "DE", "High", "Clerk"],
            vec!["Betona", "DE", "Low", "Clerk"],
        ],
    );
    book.sheets[0].rows[1].cells[2].formula = Some("IF(A2=1,1,2)".to_owned());
    book.sheets[0].rows[2].cells[1].merged = true;
    let mut world = World::seeded();
    let plan = world.import(&[("file", &book)], &Options::default());
    assert_eq!(plan.sheets[0].formulas, ["C2"]);
    assert_eq!(world.body(world.titled("supplier", "Betona"))["country"], "DE");
}

#[test]
fn the_person_decides_what_a_header_means() {
    let book = csv("list.csv", "Thing,Boss,Notes\nMail,Clerk,Old\n");
    let map = |pairs: &[(&str, &str)]| Options {
        kind: kinds::kind("asset"),
        map: pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
        ..Options::default()
    };
    let mut world = World::seeded();
    let without = world.plan(&[("list.csv", &book)], &map(&[]));
    assert!(without.sheets[0].kind.is_none());
    assert!(without.sheets[0].why.contains("say which one means"), "{}", without.sheets[0].why);
    let options = map(&[("thing", "title"), ("Boss", "owner"), ("Notes", "-")]);
    let plan = world.import(&[("list.csv", &book)], &options);
    let sheet = &plan.sheets[0];
    assert_eq!(sheet.sureness, Sureness::Told);
    assert!(sheet.columns.iter().all(|it| it.matched == Match::Told));
    assert_eq!(world.linked(world.titled("asset", "Mail"), "owner"), ["Clerk"]);
    let extras = world.titled("asset", "Mail").head.extras.clone().unwrap();
    assert_eq!(extras.columns.get("Notes"), Some("Old"));

    let message = errors(&book, &map(&[("Thing", "title"), ("Chef", "owner")]));
    assert_eq!(message, "no column is called `Chef`: there are `Thing`, `Boss`, `Notes`");
    let message = errors(&book, &map(&[("Thing", "title"), ("Boss", "chef")]));
    assert!(
        message.starts_with("a Asset has no field `chef`") || message.contains("no field `chef`")
    );
    let message = errors(&book, &Options { sheet: Some("Risks".to_owned()), ..Options::default() });
    assert_eq!(message, "there is no sheet `Risks`: there are `list.csv`");
    let message = errors(&book, &Options { kind: kinds::kind("approval"), ..Options::default() });
    assert!(message.starts_with("Approvals cannot be imported"), "{message}");
}

#[test]
fn numbers_that_come_twice_are_not_taken_twice() {
    let mut world = World::seeded();
    let text =
        "ID,Asset Name,Owner\nA-1,Mail,Clerk\nA-2,Files,Clerk\nA-3,Web,Clerk\na-1,Phones,Clerk\n";
    let plan = world.import_csv("assets.csv", text);
    let reason = rejected(&plan.sheets[0].rows[3].outcome);
    assert!(reason.contains("`a-1` stands in `assets.csv`, line 2 already"), "{reason}");
    assert_eq!(world.isms.count("asset"), 3);
}

#[test]
fn controls_that_are_none_are_told_apart() {
    let mut world = World::seeded();
    let plan = world.import_csv(
        "soa.csv",
        "Control,Title,Applicable,Status,Justification\n\
         5,Organizational controls,,,\n\
         5.1,Policies,ja,umgesetzt,Gesetz\n\
         A.9.2.1,User registration,Yes,Implemented,Old\n\
         A.5.99,Nothing,Yes,Implemented,None\n\
         OWN-1,Visitor badges,Yes,Partially implemented,Ours\n",
    );
    let rows = &plan.sheets[0].rows;
    assert!(rejected(&rows[0].outcome).contains("heading"), "{}", told(&plan.sheets[0]));
    assert!(matches!(rows[1].outcome, Outcome::Updated(_)));
    assert!(rejected(&rows[2].outcome).contains("2013"));
    assert!(rejected(&rows[3].outcome).contains("no control `A.5.99`"));
    assert_eq!(rows[4].outcome, Outcome::Made);
    assert_eq!(world.isms.count("control"), 94);
    let control = world.titled("control", "Policies for information security");
    assert_eq!(world.body(control)["implementation"], "implemented");
    assert_eq!(control.head.extras.as_ref().unwrap().columns.get("Title"), Some("Policies"));
}

#[test]
fn a_row_that_cannot_be_a_record_takes_no_other_with_it() {
    let mut world = World::seeded();
    let needs = csv(
        "stakeholder-requirements.csv",
        "ID,Stakeholder,Need,Derived Requirement\nS-1,,Silence,x\nS-2,Press,Facts,y\n",
    );
    let goals = csv(
        "security-objectives.csv",
        "ID,Objective,Linked Requirement,Owner\nO-1,Be quiet,S-1,Clerk\nO-2,Talk,S-2,Clerk\n",
    );
    let plan = world.import(
        &[("security-objectives.csv", &goals), ("stakeholder-requirements.csv", &needs)],
        &Options::default(),
    );
    assert!(rejected(&plan.sheets[1].rows[0].outcome).contains("`Interested party` is missing"));
    assert!(world.linked(world.external("objective", "O-1"), "takes_account_of").is_empty());
    assert_eq!(world.linked(world.external("objective", "O-2"), "takes_account_of"), ["Facts"]);
}

#[test]
fn odd_cells_stay_extras() {
    let mut world = World::seeded();
    let text = "\
ID,Action,Risk ID,Owner,Due Date,Budget (EUR),Annex A Control
P-1,=SUM(A1),R-404,Head of Sales & Marketing,soon,\"8.000,50\",A.5.1 and A.5.99
P-2,Plan,,Anna Weber,03/04/2026,n/a,5.2
";
    let plan = world.import_csv("action-plan.csv", text);
    let record = world.external("action", "P-1");
    let body = world.body(record);
    assert_eq!(record.title(), "=SUM(A1)");
    assert_eq!(body["money_planned"], "8000.5");
    assert_eq!(world.linked(record, "owner"), ["Head of Sales & Marketing"]);
    assert_eq!(world.linked(record, "controls"), ["Policies for information security"]);
    let columns = &record.head.extras.as_ref().unwrap().columns;
    let found = (columns.get("Risk ID"), columns.get("Due Date"));
    assert_eq!(found, (Some("R-404"), Some("soon")));
    assert_eq!(columns.get("Annex A Control"), Some("A.5.1 and A.5.99"));
    let second = world.external("action", "P-2");
    assert_eq!(world.body(second)["due"], "2026-04-03");
    assert!(plan.sheets[0].remarks.iter().any(|it| it.text.contains("day first")));
    assert_eq!(second.head.extras.as_ref().unwrap().columns.get("Budget (EUR)"), Some("n/a"));
}

#[test]
fn a_register_without_titles_takes_them_from_its_descriptions() {
    let mut world = World::seeded();
    let text = "\
Risk ID,Risk Description,Category,Likelihood,Impact,Risk Score,Risk Level,Risk Owner,Response,Status
R1,A supplier of ours fails for a week and nobody is able to deliver anything to any customer in the meantime,\
IT,Likely,Major,16,High,Clerk,Mitigate,Open
R2,Fire,Site,Rare,Minor,2,Low,Clerk,Accept,Closed
R3,Theft,Site,Possible,Moderate,10,Medium,Clerk,Accept,Open
";
    let plan = world.import_csv("register.csv", text);
    let sheet = &plan.sheets[0];
    assert_eq!(sheet.kind.map(|it| it.id), Some("risk"), "{}", told(sheet));
    assert_eq!(sheet.summary.made, 3, "{}", told(sheet));
    let record = world.external("risk", "R1");
    assert!(record.title().starts_with("A supplier of ours") && record.title().ends_with(" …"));
    let body = world.body(record);
    assert_eq!(body["current"]["likelihood"], 4, "{}", told(sheet));
    assert!(body["scenario"].as_str().unwrap().ends_with("meantime"));
    assert_eq!(world.external("risk", "R2").stage().id, "closed");
    let contradicted = sheet.remarks.iter().filter(|it| it.text.contains("contradicts"));
    assert_eq!(contradicted.map(|it| it.line).collect::<Vec<_>>(), [Some(4)]);
    assert!(world.import_csv("register.csv", text).command.steps.is_empty());
}

#[test]
fn columns_of_numbers_are_known_in_three_languages() {
    for header in ["Risiko-Nr.", "Risikonummer", "Risk No.", "#", "Lfd. Nr.", "N° du risque"] {
        let mut world = World::seeded();
        let text = format!("{header};Risk title;Description\nR-1;Fire;It burns\nR-2;Flood;Wet\n");
        let plan = world.import_csv("risks.csv", &text);
        assert_eq!(plan.sheets[0].columns[0].target, Target::Id, "{header}");
    }
    let mut world = World::seeded();
    let text = "Asset ID;Risk title;Threat\nA-1;Fire;Lightning\nA-2;Flood;Rain\n";
    let plan = world.import_csv("risks.csv", text);
    assert_ne!(plan.sheets[0].columns[0].target, Target::Id);
}

#[test]
fn numbers_that_repeat_are_no_numbers_and_the_plan_says_so() {
    let mut world = World::seeded();
    let plan = world.import_csv("assets.csv", "ID,Asset Name,Owner\n1,Mail,Clerk\n1,Web,Clerk\n");
    assert_eq!(plan.sheets[0].summary.made, 2);
    assert!(told(&plan.sheets[0]).contains("its numbers repeat"), "{}", told(&plan.sheets[0]));
}

#[test]
fn formulas_without_a_value_are_named_apart() {
    let rows = [vec!["Supplier", "Country"], vec!["Acme", ""], vec!["Betona", "DE"]];
    let mut book = book("Suppliers", &rows);
    book.sheets[0].rows[1].cells[1].formula = Some("B9".to_owned());
    book.sheets[0].rows[2].cells[1].formula = Some("B8".to_owned());
    let plan = World::seeded().plan(&[("file", &book)], &Options::default());
    assert_eq!(plan.sheets[0].formulas, ["B3"]);
    let told = told(&plan.sheets[0]);
    assert!(told.contains("without a stored value, read as blank: B2;"), "{told}");
}

#[test]
fn a_stage_out_of_reach_names_the_fields_it_waits_for() {
    let mut world = World::seeded();
    let text = "ID,Asset Name,Owner,Status\nA-1,Mail,Clerk,Active\nA-2,Web,Clerk,Active\n";
    let plan = world.import_csv("assets.csv", text);
    let told = told(&plan.sheets[0]);
    assert!(told.contains("until it has Type, "), "{told}");
}

#[test]
fn letters_of_ratings_and_groups_above_headers_are_understood() {
    let mut book = book(
        "Register",
        &[
            vec!["Confidential"],
            vec!["Identification", "Identification", "Identification", "Today", "Today", "Today"],
            vec!["Risk No.", "Risk description", "Risk owner", "L", "I", "Risk"],
            vec!["1", "Fire", "Clerk", "3", "4", "12"],
            vec!["2", "Flood", "Clerk", "5", "2", "10"],
        ],
    );
    [1, 2, 4, 5].into_iter().for_each(|at| book.sheets[0].rows[1].cells[at].merged = true);
    let mut world = World::seeded();
    let plan = world.import(&[("risks.xlsx", &book)], &Options::default());
    assert_eq!(plan.sheets[0].kind.map(|it| it.id), Some("risk"), "{}", told(&plan.sheets[0]));
    let body = world.body(world.external("risk", "1"));
    assert_eq!(body["current"]["likelihood"], 3, "{}", told(&plan.sheets[0]));
    assert_eq!(body["current"]["consequences"], json!([{"criterion": "Overall", "rank": 4}]));
    let score = Target::Rating("current", RatingPart::Score);
    assert_eq!(plan.sheets[0].columns[5].target, score);
    assert_eq!(body["title"], "Fire");
}

#[test]
fn one_column_of_levels_beside_a_rating_is_that_of_the_risk() {
    let target = |header: &str| {
        let mut world = World::seeded();
        let text = format!("N°;Risque;Vraisemblance;Impact;{header}\n1;Feu;2;4;Élevé;Bas\n");
        let plan = world.import_csv("registre.csv", &text);
        plan.sheets[0].columns[4].target.clone()
    };
    assert_eq!(target("Niveau"), Target::Rating("current", RatingPart::Level));
    // Of two, nobody knows whose each is.
    assert_eq!(target("Niveau;Niveau"), Target::Extra);
}

#[test]
fn addresses_of_owners_become_persons() {
    let mut world = World::seeded();
    world.import_csv("assets.csv", "ID,Asset Name,Owner\nA-1,Mail,bob@example.com\n");
    let person = world.titled("person", "bob@example.com");
    assert_eq!(world.body(person)["email"], "bob@example.com");
    let id = person.head.id;
    world.import_csv("persons.csv", "Name,E-mail\nBob Ray,bob@example.com\n");
    assert_eq!(world.titled("person", "Bob Ray").head.id, id);
    assert_eq!(world.isms.count("role"), 0);
}

#[test]
fn a_sentence_under_the_reasons_justifies_the_control() {
    let mut world = World::seeded();
    let text = "Ref,Control,Applicable?,Reason,Status\n\
                5.1,Policies,Yes,Best practice,Implemented\n\
                5.2,Roles,Yes,Somebody has to answer,Implemented\n\
                8.30,Outsourced development,No,We do not outsource,\n";
    let plan = world.import_csv("soa.csv", text);
    assert!(plan.sheets[0].remarks.is_empty(), "{}", told(&plan.sheets[0]));
    let body = |number: &str| {
        let mut controls = world.isms.rows("control");
        let found = controls.find(|it| it.cell("reference").text() == Some(number)).unwrap();
        world.body(found)
    };
    assert_eq!(body("A.5.1")["reasons"], json!(["own_decision"]));
    assert_eq!(body("A.5.2")["justification"], "Somebody has to answer");
    assert_eq!(body("A.8.30")["exclusion_reason"], "We do not outsource");
    assert!(world.import_csv("soa.csv", text).command.steps.is_empty());
    world.import_csv("soa.csv", &text.replace(",No,We", ",Yes,We"));
    let controls: Vec<_> = world.isms.rows("control").collect();
    let found = controls.iter().find(|it| it.cell("reference").text() == Some("A.8.30")).unwrap();
    assert_eq!(world.body(found)["justification"], "We do not outsource");
}

#[test]
fn what_is_said_about_one_sheet_holds_for_that_sheet_alone() {
    let mut world = World::seeded();
    let one = csv("a.csv", "Name;Owner;Class\nLaptop;IT Head;A\nServer;Head of IT;A\n");
    let two = csv("b.csv", "Name;Owner\nPhone;IT Head\n");
    let of = |source, left_out| import::OfSheet {
        source,
        left_out,
        kind: kinds::kind("asset"),
        map: vec![
            ("Class".to_owned(), "title".to_owned()),
            ("Gone".to_owned(), "owner".to_owned()),
        ],
        ..import::OfSheet::default()
    };
    let options = Options { each: vec![of(0, false), of(1, true)], ..Options::default() };
    let plan = world.plan(&[("a.csv", &one), ("b.csv", &two)], &options);
    assert_eq!(plan.sheets[0].columns[2].target, Target::Field("title"));
    assert_eq!(plan.sheets[0].columns[2].matched, Match::Told);
    assert!(plan.sheets[1].kind.is_none() && plan.sheets[1].left_out == 1);
}

#[test]
fn two_names_of_one_role_become_one_before_anything_is_written() {
    let mut world = World::seeded();
    let book =
        csv("assets.csv", "Asset;Owner\nLaptop;IT Head\nServer;Head of IT\nDoor;Facilities\n");
    let options = Options { kind: kinds::kind("asset"), ..Options::default() };
    let mut plan = world.plan(&[("assets.csv", &book)], &options);
    let found = import::alike(world.view(), &plan);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].kept.as_str(), found[0].dropped.as_str()), ("Head of IT", "IT Head"));
    assert!(import::unite(world.view(), &mut plan, &found[0]));
    assert!(!import::unite(world.view(), &mut plan, &found[0]), "it is done");
    world.commit(plan.command).unwrap();
    let roles: Vec<&str> = world.isms.rows("role").map(|it| it.title()).collect();
    assert_eq!(roles, ["Head of IT", "Facilities"]);
    let role = world.isms.numbered("role", 1).unwrap();
    assert_eq!(role.body.json()["also_known"], json!(["IT Head"]));
    assert_eq!(world.isms.links_to(role.head.id).count(), 2);
}

#[test]
fn scales_of_letters_and_of_four_words_are_read() {
    let mut world = World::seeded();
    let plan = world.import_csv(
        "risks.csv",
        "ID,Risk,Owner,Likelihood,Impact,Risk Rating\nR1,Fire,IT,L,H,Low\nR2,Theft,IT,M,VH,Medium\n\
         R3,Flood,IT,VL,M,High\nR4,Fraud,IT,VH,L,Extreme\n",
    );
    let body = world.body(world.external("risk", "R2"));
    assert_eq!(body["current"]["likelihood"], 3, "{}", told(&plan.sheets[0]));
    assert_eq!(body["current"]["consequences"][0]["rank"], 5);
    let method = world.view().isms.rows("risk_method").next().unwrap();
    assert_eq!(world.body(method)["levels"].as_array().unwrap().len(), 4);

    let mut world = World::seeded();
    world.import_csv(
        "Risiken.csv",
        "Nr;Risiko;Risikoeigner;Eintrittswahrscheinlichkeit;Auswirkung\n\
         1;Brand;IT;selten;vernachlässigbar\n2;Diebstahl;IT;mittel;begrenzt\n\
         3;Flut;IT;häufig;beträchtlich\n4;Betrug;IT;sehr häufig;existenzbedrohend\n",
    );
    for number in 1..=4 {
        let body = world.body(world.external("risk", &number.to_string()));
        assert_eq!(body["current"]["likelihood"], number);
        assert_eq!(body["current"]["consequences"][0]["rank"], number);
    }
    let method = world.body(world.view().isms.rows("risk_method").next().unwrap());
    assert_eq!(method["likelihoods"].as_array().unwrap().len(), 4, "{method}");
}

#[test]
fn people_are_known_however_they_are_written() {
    let mut world = World::seeded();
    world.import_csv("persons.csv", "Person,E-mail\nJürgen Müller,j.m@example.org\n");
    world.import_csv(
        "assets.csv",
        "ID,Asset Name,Owner\n1,Mail,\"Müller, Jürgen\"\n2,Web,Jürgen Müller <j.m@example.org>\n\
         3,Files,Jürgen Müller (HR)\n4,Phones,Ada Smith <ada.smith@example.org>\n5,Fax,ROLE-999\n",
    );
    for number in ["1", "2", "3"] {
        let asset = world.external("asset", number);
        assert_eq!(world.linked(asset, "owner"), ["Jürgen Müller"], "{number}");
    }
    assert_eq!(world.linked(world.external("asset", "4"), "owner"), ["Ada Smith"]);
    assert_eq!(world.body(world.titled("person", "Ada Smith"))["email"], "ada.smith@example.org");
    assert!(world.linked(world.external("asset", "5"), "owner").is_empty());
    assert!(world.view().isms.rows("role").all(|it| it.title() != "ROLE-999"));
}

#[test]
fn controls_are_found_in_each_part_of_a_list() {
    let mut world = World::seeded();
    world.import_csv(
        "risks.csv",
        "ID,Risk,Owner,Likelihood,Impact,Controls\nR1,Fire,IT,2,3,\"Maßnahmen: A.7.9, A.8.1 und A.8.24\"\n",
    );
    assert_eq!(world.linked(world.external("risk", "R1"), "controls").len(), 3);
}

#[test]
fn signs_that_nobody_sees_are_left_out_and_their_cells_are_named() {
    let mut world = World::seeded();
    let plan = world.import_csv(
        "risks.csv",
        "ID,Risk,Own\u{200b}er\n1,Loss of \u{200b}data,\u{202e}Clerk\n2,A bell\u{7} rings,Clerk\n",
    );
    let sheet = &plan.sheets[0];
    assert_eq!(world.body(world.external("risk", "1"))["title"], "Loss of data");
    assert_eq!(world.body(world.external("risk", "2"))["title"], "A bell rings");
    for number in ["1", "2"] {
        let risk = world.external("risk", number);
        assert_eq!(world.linked(risk, "owner"), ["Clerk"], "{}", told(sheet));
    }
    let remarks: Vec<&str> = sheet.remarks.iter().map(|it| it.text.as_str()).collect();
    let wanted = "cells with signs that nobody sees: B2, C2, B3; they were read without them";
    assert!(remarks.contains(&wanted), "{remarks:?}");
}
