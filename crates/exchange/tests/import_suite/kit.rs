//! The registers of a public starter kit.

use std::path::Path;

use domain::risk;
use exchange::{
    Workbook,
    import::{Options, Plan, SheetPlan, Sureness, contradictions},
};
use kinds::{control::Control, risk::Risk, risk_method::RiskMethod};
use serde_json::json;

use crate::world::{World, told};

/// The files of the kit; none when it is not there.
pub fn files() -> Vec<(String, Workbook)> {
    let kit = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/starter-kit"));
    let Ok(entries) = std::fs::read_dir(kit) else {
        eprintln!("skipped: no starter kit beside the sources");
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.map(|it| it.unwrap().path()).collect();
    paths.sort();
    let files = paths.iter().map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(path).unwrap();
        let book = exchange::read(&name, &bytes, &exchange::Limits::default()).unwrap();
        (name, book)
    });
    files.collect()
}

/// The kit imported at once; `None` when it is not there.
fn imported() -> Option<(World, Plan)> {
    let files = files();
    let books: Vec<(&str, &Workbook)> = files.iter().map(|(a, b)| (a.as_str(), b)).collect();
    let mut world = World::seeded();
    let plan = world.import(&books, &Options::default());
    world.assert_accounted(&plan, &books);
    (!files.is_empty()).then_some((world, plan))
}

fn sheet<'p>(plan: &'p Plan, name: &str) -> &'p SheetPlan {
    plan.sheets.iter().find(|it| it.source.starts_with(name)).unwrap()
}

#[test]
fn every_register_is_known_and_wholly_taken() {
    let Some((_, plan)) = imported() else { return };
    for (name, kind, rows) in [
        ("risk-register", "risk", 7),
        ("risk-treatment-plan", "action", 11),
        ("statement-of-applicability", "control", 93),
        ("asset-register", "asset", 18),
        ("supplier-register", "supplier", 12),
        ("legal-compliance-register", "obligation", 27),
        ("stakeholder-requirements", "requirement", 12),
        ("security-objectives-register", "objective", 10),
        ("document-control-register", "document", 26),
    ] {
        let sheet = sheet(&plan, name);
        assert_eq!(sheet.kind.map(|it| it.id), Some(kind), "{}", told(sheet));
        assert_eq!(sheet.sureness, Sureness::High, "{}", told(sheet));
        let summary = sheet.summary;
        assert_eq!((summary.read, summary.rejected), (rows, 0), "{}", told(sheet));
        assert_eq!(summary.made + summary.updated, rows, "{}", told(sheet));
    }
}

#[test]
fn registers_of_no_kind_are_left_alone() {
    let Some((_, plan)) = imported() else { return };
    for name in [
        "raci-matrix",
        "training-register",
        "incident-register",
        "change-log",
        "threat-register",
        "vulnerability-register",
        "cryptography-register",
        "deletion-evidence-log",
        "records-retention-schedule",
        "exceptions-register",
        "disaster-recovery-register",
    ] {
        let sheet = sheet(&plan, name);
        assert!(sheet.kind.is_none() && sheet.rows.is_empty(), "{}", told(sheet));
        assert!(sheet.left_out > 0 && !sheet.why.is_empty());
    }
}

#[test]
fn risks_keep_both_ratings_their_owner_assets_and_actions() {
    let Some((world, _)) = imported() else { return };
    let record = world.external("risk", "R-001");
    let body = world.body(record);
    assert_eq!(body["inherent"]["likelihood"], 4);
    assert_eq!(
        body["inherent"]["consequences"],
        json!([
            {"criterion": "Financial", "rank": 5},
            {"criterion": "Operational", "rank": 5},
            {"criterion": "Reputational", "rank": 5},
            {"criterion": "Legal/Regulatory", "rank": 4},
            {"criterion": "Health/Safety", "rank": 1},
        ])
    );
    let overall = json!({
        "likelihood": 2,
        "consequences": [{"criterion": "Overall", "rank": 4}],
    });
    assert_eq!(body["residual"], overall);
    assert_eq!(body["treatment"], json!(["modify"]));
    assert!(body["current"].is_null() && body["method"].is_null());
    assert_eq!(world.linked(record, "owner"), ["IT Operations Lead"]);
    assert_eq!(world.linked(record, "assets"), ["File server FS-01", "central SMB share"]);
    let extras = record.head.extras.clone().unwrap();
    assert_eq!(extras.columns.get("Inherent Risk Level"), Some("Critical"));
    let with_asset = world.linked(world.external("risk", "R-007"), "assets");
    assert_eq!(with_asset, ["ERP system"]);
    let action = world.external("action", "RTP-001");
    assert_eq!(world.linked(action, "serves"), [record.title()]);
    let controls = action.cell("controls").ids();
    let controls: Vec<&str> =
        controls.filter_map(|id| world.isms.typed::<Control>(id)?.reference.as_deref()).collect();
    assert_eq!(controls, ["A.5.17", "A.8.5"]);
    assert_eq!(world.body(action)["money_planned"], "8000");
    assert_eq!(world.body(action)["purpose"], "treat_risk");
    let recurring = world.external("action", "RTP-003").head.extras.clone().unwrap();
    assert_eq!(recurring.columns.get("Due Date"), Some("Recurring"));
}

#[test]
fn the_statement_of_applicability_lands_on_the_controls() {
    let Some((world, _)) = imported() else { return };
    assert_eq!(world.isms.count("control"), 93);
    let excluded = world.titled("control", "Outsourced development");
    let body = world.body(excluded);
    assert_eq!(body["applicability"], "excluded");
    assert_eq!(body["exclusion_reason"], "No outsourced development");
    assert!(body["justification"].is_null() && body["implementation"].is_null());
    let first = world.titled("control", "Policies for information security");
    assert_eq!(world.body(first)["implementation"], "implemented");
    assert_eq!(world.linked(first, "rules"), ["Information Security Policy"]);
}

#[test]
fn other_registers_link_to_each_other() {
    let Some((world, _)) = imported() else { return };
    let objective = world.external("objective", "OBJ-2026-02");
    assert_eq!(
        world.linked(objective, "takes_account_of"),
        ["Ransomware on file servers", "Phishing leading to credential compromise"]
    );
    assert_eq!(world.body(objective)["clauses"], json!(["6.2"]));
    let actions = world.linked(objective, "actions");
    assert_eq!(actions, [world.external("action", "RTP-001").title()]);
    let requirement = world.external("requirement", "SR-001");
    assert_eq!(world.linked(requirement, "party"), ["Customers"]);
    assert_eq!(world.linked(requirement, "met_by"), ["Cryptography Policy", "BCM Policy"]);
    let unquoted = world.body(world.external("requirement", "SR-006"));
    assert_eq!(unquoted["demand"], "RoPA, DPIA process, breach notification process");
    let supplier = world.body(world.external("supplier", "SUP-001"));
    assert_eq!(supplier["agreements"][0]["from"], "2023-01-01");
    assert_eq!(supplier["services"][0]["service_kind"], "cloud_infrastructure");
    assert_eq!(supplier["criticality"], "very_high");
    let role = world.body(world.titled("role", "IT Operations Lead"));
    assert!(role["competence"].as_array().unwrap().len() > 1, "{role}");
    let policies = world.isms.rows("document");
    let main = policies.filter(|it| world.body(it)["doc_type"] == "policy");
    assert_eq!(main.map(|it| it.title()).collect::<Vec<_>>(), ["Information Security Policy"]);
}

#[test]
fn a_draft_method_is_proposed_without_acceptance() {
    let Some((world, plan)) = imported() else { return };
    let draft = plan.method.unwrap();
    assert!(draft.questions[0].contains("live with"));
    let method = world.isms.typed::<RiskMethod>(draft.record).unwrap();
    assert!(method.acceptance.is_empty() && method.interval.is_none());
    let levels: Vec<&str> = method.levels.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(levels, ["Low", "Medium", "High", "Critical"]);
    assert_eq!((method.likelihoods.len(), method.criterion_names().len()), (5, 6));
    // The levels it gives are those of the file.
    for (record, risk) in world.isms.live::<Risk>() {
        let found = risk::method_of(world.view(), risk);
        let extras = record.head.extras.clone().unwrap();
        for (rating, column) in
            [(&risk.inherent, "Inherent Risk Level"), (&risk.residual, "Residual Risk Level")]
        {
            let level = risk::level(found, rating.as_deref()).unwrap();
            assert_eq!(method.level_name(level), extras.columns.get(column));
            assert!(method.is_on_scale(rating.as_deref().unwrap()));
        }
    }
    // Scores between the levels seen are left open and asked.
    assert_eq!(method.gaps(), [(1, 5), (2, 5), (5, 1), (5, 2)]);
}

#[test]
fn contradictions_between_the_registers_are_listed() {
    let Some((mut world, _)) = imported() else { return };
    let texts = |world: &World| -> Vec<String> {
        contradictions(world.view()).into_iter().map(|it| it.text).collect()
    };
    let has = |world: &World, parts: &[&str]| {
        texts(world).iter().any(|text| parts.iter().all(|it| text.contains(it)))
    };
    assert!(has(&world, &["Deploy phishing-resistant MFA", "was due on 2026-06-30"]));
    assert!(has(&world, &["A.5.17 is said to be implemented", "Roll out FIDO2"]));
    assert!(has(&world, &["Microsoft", "agreement ended on 2026-05-31"]));
    assert!(!has(&world, &["A.8.30 is excluded"]));
    let id = world.external("supplier", "SUP-008").head.id;
    let services = json!([{"service": "Writes our portal", "service_kind": "development"}]);
    world.edit(id, json!({"services": services}));
    assert!(has(&world, &["A.8.30 is excluded", "Splunk", "develops software"]));
    let risk = world.external("risk", "R-006").head.id;
    world.edit(
        risk,
        json!({
            "residual": {"likelihood": 1, "consequences": [{"criterion": "Overall", "rank": 1}]},
        }),
    );
    assert!(has(&world, &["Loss of historical marketing assets", "names a control"]));
}
