//! Sheets with all that people do to them: nothing of it may be lost in silence.

use exchange::{
    Note, Value,
    import::{Options, Outcome, Target},
};
use serde_json::{Value as Json, json};

use crate::world::{World, book, csv, told};

fn extra<'w>(world: &'w World, kind: &str, title: &str, header: &str) -> Option<&'w str> {
    world.titled(kind, title).head.extras.as_ref()?.columns.get(header)
}

fn control(world: &World, number: &str) -> Json {
    let mut controls = world.isms.rows("control");
    let found = controls.find(|it| it.cell("reference").text() == Some(number));
    world.body(found.unwrap_or_else(|| panic!("there is no {number}")))
}

#[test]
fn the_holder_of_a_role_becomes_a_row_of_its_table() {
    let mut world = World::default();
    let plan = world.import_csv(
        "roles.csv",
        "Role,Responsibilities,Holder,Deputy\nCISO,Runs the ISMS,Jane Roe; Ann Lee,John Doe\n\
         DPO,Privacy,ext. law firm,\n",
    );
    let told = told(&plan.sheets[0]);
    let held = world.body(world.titled("role", "CISO"))["held_by"].clone();
    let persons = [world.titled("person", "Jane Roe"), world.titled("person", "Ann Lee")];
    let expected: Vec<Json> =
        persons.iter().map(|it| json!({"person": it.head.id.to_string()})).collect();
    let persons: Vec<Json> =
        held.as_array().expect(&told).iter().map(|it| json!({"person": it["person"]})).collect();
    assert_eq!(persons, expected, "{told}");
    assert_eq!(extra(&world, "role", "DPO", "Holder"), Some("ext. law firm"), "{told}");
    assert!(told.contains("it names no person there is"), "{told}");
}

#[test]
fn a_holder_that_is_there_later_is_linked_when_read_again() {
    let mut world = World::default();
    let text = "Role,Responsibilities,Holder\nDPO,Privacy,Jane Roe; DataCare\n";
    world.import_csv("roles.csv", text);
    assert_eq!(extra(&world, "role", "DPO", "Holder"), Some("Jane Roe; DataCare"));
    world.import_csv("persons.csv", "Person,E-mail\nDataCare,d@example.org\n");
    let book = csv("roles.csv", text);
    let options = Options { relink: true, ..Options::default() };
    let plan = world.import(&[("roles.csv", &book)], &options);
    let held = world.body(world.titled("role", "DPO"))["held_by"].clone();
    assert_eq!(held.as_array().unwrap().len(), 2, "{}", told(&plan.sheets[0]));
    assert_eq!(extra(&world, "role", "DPO", "Holder"), None);
    assert!(world.import(&[("roles.csv", &book)], &options).command.steps.is_empty());
}

#[test]
fn what_stands_beside_the_holders_goes_to_each_of_them() {
    for header in ["Rolle;Inhaber;Seit", "Seit;Rolle;Inhaber"] {
        let mut world = World::default();
        let row = match header.starts_with("Seit") {
            true => "2023-05-01;DSB;Eva Klein, Max Huber",
            false => "DSB;Eva Klein, Max Huber;2023-05-01",
        };
        world.import_csv("rollen.csv", &format!("{header}\n{row}\n"));
        let held = world.body(world.titled("role", "DSB"))["held_by"].clone();
        let held = held.as_array().unwrap();
        assert_eq!(held.len(), 2);
        assert!(held.iter().all(|it| it["from"] == "2023-05-01" && it["person"].is_string()));
    }
}

#[test]
fn a_table_that_one_cell_cannot_fill_keeps_the_cell() {
    let mut world = World::default();
    let text = "Method,Risk matrix\nOurs,see page 4\n";
    let book = csv("method.csv", text);
    let options = Options {
        kind: kinds::kind("risk_method"),
        map: vec![
            ("Method".to_owned(), "title".to_owned()),
            ("Risk matrix".to_owned(), "matrix".to_owned()),
        ],
        ..Options::default()
    };
    let plan = world.import(&[("method.csv", &book)], &options);
    assert_eq!(extra(&world, "risk_method", "Ours", "Risk matrix"), Some("see page 4"));
    assert!(told(&plan.sheets[0]).contains("one cell says too little"));
}

#[test]
fn rows_of_one_title_lose_none_of_their_cells() {
    let mut world = World::default();
    let text = "Role,Responsibilities,Holder,Department\n\
                Clerk,Writes,Jane Roe,Office\nClerk,Files,Ann Lee,Office\nClerk,,Eve Poe,\n\
                Guard,Doors,Ben Low,Berlin\nGuard,Gates,Kim Day,Hamburg\n";
    let plan = world.import_csv("roles.csv", text);
    let told = told(&plan.sheets[0]);
    let clerk = world.body(world.titled("role", "Clerk"));
    assert_eq!(clerk["held_by"].as_array().unwrap().len(), 3, "{told}");
    assert_eq!(clerk["responsibilities"], "Writes");
    assert_eq!(extra(&world, "role", "Clerk", "Responsibilities"), Some("Files"), "{told}");
    assert!(told.contains("tells something else of the same record"), "{told}");
    let guards = world.isms.rows("role").filter(|it| it.title() == "Guard").count();
    assert_eq!(guards, 2, "other duties and another place: {told}");
    assert!(told.contains("they are taken for two records"), "{told}");
    assert!(world.import_csv("roles.csv", text).command.steps.is_empty());
}

#[test]
fn merged_headings_become_no_records_and_teach_no_scale() {
    let mut book = book(
        "Risks",
        &[
            vec!["ID", "Risk", "Owner", "Likelihood", "Impact"],
            vec!["1. Technology"; 5],
            vec!["R1", "Fire", "Clerk", "2", "3"],
            vec!["2. People"; 5],
            vec!["R2", "Theft", "Clerk", "3", "1"],
        ],
    );
    for row in [1, 3] {
        book.sheets[0].rows[row].cells[1..].iter_mut().for_each(|it| it.merged = true);
    }
    let mut world = World::default();
    let plan = world.import(&[("risks.xlsx", &book)], &Options::default());
    let sheet = &plan.sheets[0];
    assert_eq!((sheet.summary.made, sheet.summary.rejected), (2, 2), "{}", told(sheet));
    let rejected = |at: usize| match &sheet.rows[at].outcome {
        Outcome::Rejected(why) => why.contains("goes over the whole row"),
        _ => false,
    };
    assert!(rejected(0) && rejected(2), "{}", told(sheet));
    assert_eq!(world.body(world.external("risk", "R1"))["current"]["likelihood"], 2);
    assert_eq!(world.isms.count("risk"), 2);
}

#[test]
fn merged_headings_are_no_controls_of_ones_own() {
    let mut book = book(
        "SoA",
        &[
            vec!["Control", "Title", "Applicable"],
            vec!["5 Organizational controls"; 3],
            vec!["A.5.1", "Policies", "Yes"],
        ],
    );
    book.sheets[0].rows[1].cells[1..].iter_mut().for_each(|it| it.merged = true);
    let mut world = World::seeded();
    let plan = world.import(&[("soa.xlsx", &book)], &Options::default());
    assert_eq!(world.isms.count("control"), 93, "{}", told(&plan.sheets[0]));
}

#[test]
fn a_title_may_begin_with_the_word_for_a_sum() {
    let mut world = World::default();
    let plan = world.import_csv(
        "risks.csv",
        "Risk,Owner,Likelihood,Impact,Score\nTotal loss of the data center,Clerk,1,5,5\n\
         Sum insured is too low,Clerk,,,\nTotal,,,,5\nGesamt:,,,,\"1.000,00 €\"\n",
    );
    let sheet = &plan.sheets[0];
    assert_eq!((sheet.summary.made, sheet.summary.rejected), (2, 2), "{}", told(sheet));
    world.titled("risk", "Total loss of the data center");
}

#[test]
fn the_word_of_a_degree_wins_over_its_number_and_tiers_count_down() {
    let mut world = World::default();
    world.import_csv(
        "assets.csv",
        "ID,Asset Name,Owner,Confidentiality\n1,Mail,IT,1 - High\n2,Web,IT,3 (Low)\n3,Fax,IT,2\n",
    );
    let degree =
        |number: &str| world.body(world.external("asset", number))["confidentiality"].clone();
    assert_eq!([degree("1"), degree("2"), degree("3")], ["high", "low", "medium"]);
    let mut world = World::default();
    let text =
        "Supplier,Country,Supplier tier\nAcme,DE,1\nBetona,DE,Tier 3\nCeda,DE,High\nDuo,DE,T4\n";
    world.import_csv("suppliers.csv", text);
    let degree = |title: &str| world.body(world.titled("supplier", title))["criticality"].clone();
    assert_eq!(
        ["Acme", "Betona", "Ceda", "Duo"].map(degree),
        ["very_high", "medium", "high", "low"]
    );
    assert_eq!(extra(&world, "supplier", "Acme", "Supplier tier"), Some("1"));
}

#[test]
fn a_scale_whose_one_is_the_highest_is_turned_around() {
    let mut world = World::default();
    let text = "ID,Risk,Owner,Likelihood,Impact\nR1,Fire,IT,1 - Very high,4 - Low\n\
                R2,Flood,IT,3 - Medium,2 - High\nR3,Theft,IT,2 - High,1 - Very high\n\
                R4,Fraud,IT,4 - Low,3 - Medium\n";
    let plan = world.import_csv("risks.csv", text);
    let body = world.body(world.external("risk", "R1"));
    assert_eq!(body["current"]["likelihood"], 4, "{}", told(&plan.sheets[0]));
    assert_eq!(body["current"]["consequences"][0]["rank"], 1);
    let questions = plan.method.unwrap().questions;
    assert!(questions.iter().any(|it| it.contains("turned around")), "{questions:?}");
    // The method made of it reads the same words the same way.
    world.import_csv("more.csv", &text.replace("\nR", "\nQ"));
    let body = world.body(world.external("risk", "Q1"));
    assert_eq!(body["current"]["likelihood"], 4);
}

#[test]
fn a_second_header_further_down_is_no_record() {
    let mut world = World::default();
    let plan = world.import_csv(
        "assets.csv",
        "ID,Asset Name,Owner,Location\n1,Mail,IT,Berlin\nID,Asset name,Owner,Site\n2,Web,IT,Bonn\n",
    );
    let sheet = &plan.sheets[0];
    assert_eq!((sheet.summary.made, sheet.summary.rejected), (2, 1), "{}", told(sheet));
    assert!(told(sheet).contains("a header of its own"), "{}", told(sheet));
}

#[test]
fn numbers_of_controls_get_the_zero_back_that_a_spreadsheet_took() {
    let mut world = World::seeded();
    let mut text = "Control,Title,Applicable\n".to_owned();
    for control in (1..=37).map(|it| format!("5.{it}")).chain((1..=34).map(|it| format!("8.{it}")))
    {
        let stored = control.strip_suffix('0').unwrap_or(&control);
        text.push_str(&format!("{stored},Title of {control},Yes\n"));
    }
    let plan = world.import_csv("soa.csv", &text);
    let sheet = &plan.sheets[0];
    assert_eq!((sheet.summary.updated, sheet.summary.rejected), (71, 0), "{}", told(sheet));
    for number in ["A.5.10", "A.5.20", "A.5.30", "A.8.10", "A.8.30", "A.5.1", "A.5.2"] {
        let control = control(&world, number);
        assert_eq!(control["applicability"], "included", "{number}");
    }
    let taken = sheet.remarks.iter().filter(|it| it.text.contains("took a zero"));
    assert_eq!(taken.count(), 6, "{}", told(sheet));
    assert!(world.import_csv("soa.csv", &text).command.steps.is_empty());
}

#[test]
fn numbers_of_controls_are_read_as_the_workbook_shows_them() {
    let rows = [
        vec!["Control", "Title", "Applicable"],
        vec!["", "One of them", "Yes"],
        vec!["", "Another one", "Yes"],
    ];
    let mut book = book("SoA", &rows);
    for (row, decimals) in [(1, None), (2, Some(2))] {
        let cell = &mut book.sheets[0].rows[row].cells[0];
        (cell.value, cell.decimals) = (Value::Decimal("5.1".to_owned()), decimals);
    }
    let mut world = World::seeded();
    let plan = world.import(&[("soa.xlsx", &book)], &Options::default());
    assert_eq!(plan.sheets[0].summary.updated, 2, "{}", told(&plan.sheets[0]));
    assert_eq!(control(&world, "A.5.10")["applicability"], "included");
    // Nothing tells which is which: the second is not taken, and the reason says what it may be.
    book.sheets[0].rows[2].cells[0].decimals = None;
    let plan = World::seeded().plan(&[("soa.xlsx", &book)], &Options::default());
    assert!(told(&plan.sheets[0]).contains("it may be `A.5.10`"), "{}", told(&plan.sheets[0]));
    // Their titles would.
    book.sheets[0].rows[1].cells[1].value = Value::Text("Acceptable use of assets".to_owned());
    let mut world = World::seeded();
    let plan = world.import(&[("soa.xlsx", &book)], &Options::default());
    let first = plan.sheets[0].rows[0].record.map(|it| world.isms.get(it).unwrap().title());
    assert_eq!(first, catalog::control("A.5.10").map(|it| it.title), "{}", told(&plan.sheets[0]));
}

#[test]
fn failed_formulas_say_nothing_and_are_named() {
    let mut world = World::default();
    let text = |owner: &str, third: &str| {
        format!("ID,Asset Name,Owner\n1,Mail,{owner}\n2,#REF!,IT\n3,{third},IT\n")
    };
    let plan = world.import_csv("assets.csv", &text("#N/A", "Web"));
    let said = told(&plan.sheets[0]);
    assert!(said.contains("formulas that failed") && said.contains("C2, B3;"), "{said}");
    assert_eq!((plan.sheets[0].summary.made, plan.sheets[0].summary.rejected), (2, 1), "{said}");
    assert_eq!(extra(&world, "asset", "Mail", "Owner"), Some("#N/A"));
    assert!(world.isms.rows("role").all(|it| it.title() == "IT"), "{said}");
    // Once it is mended, the cell counts; where it fails again, what it said stays.
    world.import_csv("assets.csv", &text("Clerk", "Web"));
    assert_eq!(world.linked(world.external("asset", "1"), "owner"), ["Clerk"]);
    assert_eq!(extra(&world, "asset", "Mail", "Owner"), None);
    world.import_csv("assets.csv", &text("#N/A", "#NAME?"));
    assert_eq!(world.linked(world.external("asset", "1"), "owner"), ["Clerk"]);
    assert_eq!(extra(&world, "asset", "Mail", "Owner"), Some("#N/A"));
    assert!(world.import_csv("assets.csv", &text("#N/A", "#NAME?")).command.steps.is_empty());
    world.import_csv("assets.csv", &text("Guard", "Web"));
    assert_eq!(world.linked(world.external("asset", "1"), "owner"), ["Guard"]);
}

#[test]
fn a_header_without_rows_is_called_that() {
    for kind in [None, kinds::kind("asset")] {
        let book = csv("assets.csv", "ID,Asset Name,Owner\n");
        let options = Options { kind, ..Options::default() };
        let plan = World::default().plan(&[("assets.csv", &book)], &options);
        assert_eq!(plan.sheets[0].why, "it has a header and no rows");
        assert_eq!((plan.sheets[0].header_line, plan.sheets[0].left_out), (1, 0));
    }
}

#[test]
fn marks_under_yes_and_no_and_under_reasons_are_read() {
    let mut book = book(
        "SoA",
        &[
            vec![
                "Control",
                "Control",
                "Applicable?",
                "Applicable?",
                "Why not",
                "Reasons",
                "Reasons",
                "Reasons",
                "Reasons",
                "Status",
            ],
            vec!["No.", "Title", "YES", "NO", "Why not", "LR", "CO", "BR/BP", "RRA", "Status"],
            vec!["5.1", "Policies", "x", "", "", "x", "", "x", "", "implemented"],
            vec!["5.2", "Roles", "x", "", "", "", "X", "", "✓", "planned"],
            vec!["8.30", "Outsourcing", "", "x", "We do not", "", "", "", "", ""],
            vec!["5.3", "Duties", "x", "", "", "GDPR Art. 32", "", "x", "", ""],
        ],
    );
    for at in [1, 3, 6, 7, 8] {
        book.sheets[0].rows[0].cells[at].merged = true;
    }
    for at in [4, 9] {
        book.sheets[0].rows[1].cells[at].merged = true;
    }
    let mut world = World::seeded();
    let plan = world.import(&[("soa.xlsx", &book)], &Options::default());
    let told = told(&plan.sheets[0]);
    assert_eq!(plan.sheets[0].summary.updated, 4, "{told}");
    let excluded = Target::Mark("applicability", "excluded");
    assert_eq!(plan.sheets[0].columns[3].target, excluded, "{told}");
    let [policies, roles, outsourcing, duties] =
        ["A.5.1", "A.5.2", "A.8.30", "A.5.3"].map(|it| control(&world, it));
    assert_eq!(policies["applicability"], "included", "{told}");
    assert_eq!(policies["reasons"], json!(["law", "own_decision"]), "{told}");
    assert_eq!(roles["reasons"], json!(["contract", "risk"]), "{told}");
    assert_eq!(roles["implementation"], "planned");
    assert_eq!(outsourcing["applicability"], "excluded", "{told}");
    assert_eq!(duties["reasons"], json!(["law", "own_decision"]), "{told}");
    let kept = extra(&world, "control", "Segregation of duties", "Reasons LR");
    assert_eq!(kept, Some("GDPR Art. 32"), "{told}");
}

#[test]
fn marks_below_a_header_without_merged_cells_are_read() {
    let rows = [
        vec!["Clause", "Control", "Applicable", "", "Reason for selection", "", "Implemented", ""],
        vec!["", "", "Yes", "No", "LR", "RRA", "Yes", "No"],
        vec!["A.5.1", "Policies", "X", "", "X", "X", "", "X"],
        vec!["A.5.2", "Roles", "X", "", "", "X", "X", ""],
        vec!["A.8.30", "Outsourcing", "", "X", "", "", "", ""],
    ];
    let book = book("SoA", &rows);
    let mut world = World::seeded();
    let plan = world.import(&[("soa.xlsx", &book)], &Options::default());
    let told = told(&plan.sheets[0]);
    let [policies, roles, outsourcing] = ["A.5.1", "A.5.2", "A.8.30"].map(|it| control(&world, it));
    assert_eq!(policies["reasons"], json!(["law", "risk"]), "{told}");
    assert_eq!(policies["implementation"], "not_begun", "{told}");
    assert_eq!(roles["implementation"], "implemented");
    assert_eq!(outsourcing["applicability"], "excluded");
}

#[test]
fn yes_beside_no_is_no_number() {
    for yes in ["YES", "Applicable? YES", "Anwendbar Ja"] {
        let mut world = World::seeded();
        let no = if yes.ends_with("Ja") { "Anwendbar Nein" } else { "NO" };
        let text =
            format!("Control,Title,{yes},{no},Status\n5.1,Policies,x,,planned\n8.30,Out,,x,\n");
        let plan = world.import_csv("soa.csv", &text);
        let told = told(&plan.sheets[0]);
        let excluded = Target::Mark("applicability", "excluded");
        assert_eq!(plan.sheets[0].columns[3].target, excluded, "{told}");
        assert_eq!(control(&world, "A.5.1")["applicability"], "included");
        assert_eq!(control(&world, "A.8.30")["applicability"], "excluded");
    }
}

#[test]
fn first_and_last_names_are_one_name() {
    for header in ["Name,Vorname", "Nachname,Vorname", "Last name,First name", "Nom,Prénom"] {
        let mut world = World::default();
        let text =
            format!("{header},E-Mail\nMüller,Anna,a@example.org\nDa Silva,José,j@example.org\n");
        let plan = world.import_csv("Personen.csv", &text);
        let told = told(&plan.sheets[0]);
        assert_eq!(plan.sheets[0].kind.map(|it| it.id), Some("person"), "{told}");
        let person = world.titled("person", "Anna Müller");
        assert!(person.head.extras.as_ref().unwrap().columns.is_empty(), "{told}");
        world.titled("person", "José Da Silva");
        assert!(world.import_csv("Personen.csv", &text).command.steps.is_empty());
    }
    let mut world = World::default();
    let text = "First name,Last name,E-Mail\nAnna,Müller,a@example.org\n";
    world.import_csv("persons.csv", text);
    world.titled("person", "Anna Müller");
}

#[test]
fn a_statement_of_2013_becomes_one_of_2022() {
    let mut world = World::seeded();
    let mut text = "Control;Titel;Anwendbar;Begründung;Umsetzungsstand\n".to_owned();
    for (control, at) in catalog::controls_2013().iter().zip(0..) {
        // The two controls that became A.5.1 agree; those that became A.5.15 do not.
        let status = match control.id {
            "A.9.1.2" => "geplant",
            _ => "umgesetzt",
        };
        text.push_str(&format!("{};{};Ja;Grund {at};{status}\n", control.id, control.title));
    }
    let plan = world.import_csv("soa.csv", &text);
    let sheet = &plan.sheets[0];
    let said = told(sheet);
    assert_eq!((sheet.summary.read, sheet.summary.updated), (114, 114), "{said}");
    let once = sheet.remarks.iter().filter(|it| it.text.contains("of the 2013 edition"));
    assert_eq!(once.count(), 1, "{said}");
    assert_eq!(world.isms.count("control"), 93);
    let policies = control(&world, "A.5.1");
    assert_eq!(
        (&policies["applicability"], &policies["implementation"]),
        (&json!("included"), &json!("implemented"))
    );
    let access = control(&world, "A.5.15");
    assert_eq!(
        (&access["applicability"], &access["implementation"]),
        (&json!("included"), &Json::Null)
    );
    let title = catalog::control("A.5.15").unwrap().title;
    let kept = extra(&world, "control", title, "Umsetzungsstand").unwrap();
    assert!(kept.contains("A.9.1.1: umgesetzt") && kept.contains("A.9.1.2: geplant"), "{kept}");
    assert!(world.import_csv("soa.csv", &text).command.steps.is_empty());
}

#[test]
fn numbers_of_2013_are_known_beside_a_title_with_and_without_their_letter() {
    for letter in ["A.", ""] {
        let mut world = World::seeded();
        let text = format!(
            "Control,Title,Applicable\n{letter}9.1.1,x,Y\n{letter}9.1.2,y,N\n{letter}18.2.3,z,Y\n"
        );
        let plan = world.import_csv("soa.csv", &text);
        assert_eq!(plan.sheets[0].summary.updated, 3, "{}", told(&plan.sheets[0]));
        assert_eq!(world.isms.count("control"), 93);
    }
}

#[test]
fn headings_of_2013_that_look_like_controls_of_2022_are_none() {
    let mut world = World::seeded();
    let old = csv(
        "soa 2013.csv",
        "Section,Control,Applicable\nA.5.1,Direction,\nA.5.1.1,Policies,Yes\nA.8.1,Responsibility,\n\
         A.8.1.1,Inventory,Yes\nA.8.1.2,Ownership,No\nA.8.1.3,Use,Yes\n",
    );
    let new = csv("soa.csv", "Control,Title,Applicable\nA.5.9,Inventory,Yes\nA.5.7,Threats,Yes\n");
    let books = [("soa 2013.csv", &old), ("soa.csv", &new)];
    let plan = world.import(&books, &Options::default());
    let [first, second] = [0, 1].map(|it| told(&plan.sheets[it]));
    let sums = plan.sheets.iter().map(|it| (it.summary.updated, it.summary.rejected));
    assert_eq!(sums.collect::<Vec<_>>(), [(4, 2), (1, 1)], "{first}\n{second}");
    assert!(first.contains("`A.5.1` is a heading of the 2013 edition"), "{first}");
    assert!(second.contains("another sheet of this import tells of `A.5.9` already"), "{second}");
    // The two that became A.5.9 contradict each other: neither is taken.
    assert!(control(&world, "A.5.9")["applicability"].is_null());
    assert_eq!(control(&world, "A.5.10")["applicability"], "included");
}

#[test]
fn scales_that_begin_with_0_make_a_method_that_reads_them() {
    let text = "ID,Risk,Owner,Likelihood,Impact,Score,Risk Level\n\
                R1,Fire,IT,0,4,0,Low\nR2,Flood,IT,4,4,16,High\nR3,Theft,IT,2,3,6,Medium\n\
                R4,Fraud,IT,1,2,2,Low\nR5,Leak,IT,3,3,9,Medium\n";
    let mut world = World::default();
    let plan = world.import_csv("risks.csv", text);
    let said = told(&plan.sheets[0]);
    assert!(!said.contains("contradicts") && !said.contains("scale"), "{said}");
    let method = world.body(world.isms.rows("risk_method").next().unwrap());
    let names = |list: &Json| -> Vec<(Json, Json)> {
        let list = list.as_array().unwrap();
        list.iter().map(|it| (it["rank"].clone(), it["name"].clone())).collect()
    };
    let expected: Vec<(Json, Json)> =
        (1..=5).map(|it| (json!(it), json!((it - 1).to_string()))).collect();
    assert_eq!(names(&method["likelihoods"]), expected);
    assert_eq!(names(&method["criteria"]), expected);
    let cells = method["matrix"].as_array().unwrap();
    let level = |l: i64, c: i64| {
        let found = cells.iter().find(|it| it["likelihood"] == l && it["consequence"] == c);
        found.map(|it| it["level"].clone())
    };
    // 0 × anything is 0, the lowest; 4 × 4 the highest.
    assert_eq!(
        [level(1, 5), level(5, 5), level(3, 4)],
        [Some(json!(1)), Some(json!(3)), Some(json!(2))]
    );
    let ranks = |number: &str| {
        let body = world.body(world.external("risk", number));
        (body["current"]["likelihood"].clone(), body["current"]["consequences"][0]["rank"].clone())
    };
    assert_eq!(ranks("R1"), (json!(1), json!(5)));
    assert_eq!(ranks("R2"), (json!(5), json!(5)));
    // The next file is read by that method, and means the same by its figures.
    world.import_csv("more.csv", &text.replace("\nR", "\nQ"));
    let body = world.body(world.external("risk", "Q1"));
    assert_eq!(body["current"], world.body(world.external("risk", "R1"))["current"]);
}

#[test]
fn a_draft_of_an_earlier_import_is_named_and_what_is_beyond_it_kept() {
    let mut world = World::default();
    let risks = |front: &str, high: &str| {
        format!(
            "ID,Risk,Owner,Likelihood,Impact\n{front}1,{front} fire,IT,1,3\n{front}2,{front} flood,\
             IT,{high},2\n{front}3,{front} theft,IT,2,1\n"
        )
    };
    world.import_csv("a.csv", &risks("A", "3"));
    let plan = world.import_csv("b.csv", &risks("B", "5"));
    let said = told(&plan.sheets[0]);
    assert!(said.contains("the draft that an earlier import made, with 3 steps"), "{said}");
    assert!(said.contains("this sheet has 5 and"), "{said}");
    assert!(said.contains("it is not on the scale of `Risk method"), "{said}");
    assert_eq!(extra(&world, "risk", "B flood", "Likelihood"), Some("5"));
    // Once the method has the step, reading anew takes the rating.
    let method = world.isms.rows("risk_method").next().unwrap();
    let (id, mut ranks) = (method.head.id, world.body(method)["likelihoods"].clone());
    for rank in [4, 5] {
        ranks.as_array_mut().unwrap().push(json!({"rank": rank, "name": rank.to_string()}));
    }
    world.edit(id, json!({"likelihoods": ranks}));
    let book = csv("b.csv", &risks("B", "5"));
    let options = Options { relink: true, ..Options::default() };
    world.import(&[("b.csv", &book)], &options);
    let body = world.body(world.external("risk", "B2"));
    assert_eq!(body["current"]["likelihood"], 5);
    assert_eq!(body["current"]["consequences"][0]["rank"], 2);
    assert_eq!(extra(&world, "risk", "B flood", "Likelihood"), None);
    assert!(world.import(&[("b.csv", &book)], &options).command.steps.is_empty());
}

#[test]
fn comments_are_kept_beside_the_cell_they_are_on() {
    let rows =
        [vec!["ID", "Asset Name", "Owner"], vec!["1", "Mail", "Clerk"], vec!["2", "Web", "Clerk"]];
    let mut book = book("Assets", &rows);
    let note = |line, column, text: &str| Note { line, column, text: text.to_owned() };
    book.sheets[0].notes = vec![note(3, 2, "Ask her again"), note(1, 1, "As in the inventory")];
    let mut world = World::default();
    let plan = world.import(&[("assets.xlsx", &book)], &Options::default());
    let told = told(&plan.sheets[0]);
    assert_eq!(extra(&world, "asset", "Web", "Comment on Owner"), Some("Ask her again"), "{told}");
    assert!(told.contains("a comment on B1, which is in no row"), "{told}");
    assert!(world.import(&[("assets.xlsx", &book)], &Options::default()).command.steps.is_empty());
}
