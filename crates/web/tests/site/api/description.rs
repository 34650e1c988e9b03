//! The description: whole in itself, and true, by schemathesis where `cargo xtask test` brings it.

use std::{collections::BTreeSet, env, fs, net::TcpListener, process::Command, thread};

use kinds::membership::Profile;
use serde_json::Value;

use super::client::{ALL, Client};
use crate::fixture::Fixture;

/// Where the program is.
const VARIABLE: &str = "MUNIMENT_TEST_SCHEMATHESIS";

/// What is asked for: everything that is described once, and a few kinds for all of them.
const PATHS: &str = r"^/api/v1(/openapi\.json|/tokens.*|/o/acme(/(\{kind\}|kinds|commits|search|my-work|agenda|conformity|soa|files|checkpoint|keys|bundle|verification|import|webhooks|calendars|invitations|risk|document|approval|risk_method|membership|evidence|control)(/.*)?)?)?$";

/// What is looked at in each answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance,negative_data_rejection,\
    unsupported_method,ignored_auth";

#[test]
fn the_description_is_whole() {
    let document: Value = serde_json::from_str(web::api::description()).unwrap();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let mut named = BTreeSet::new();
    references(&document, &mut named);
    for name in &named {
        let found = document.pointer(&name[1..]);
        assert!(found.is_some(), "nothing describes {name}");
    }
    for name in schemas.keys() {
        let name = format!("#/components/schemas/{name}");
        assert!(named.contains(&name), "nothing asks for or answers {name}");
    }
    for def in kinds::KINDS {
        let path = format!("/api/v1/o/{{org}}/{}/{{number}}", def.id);
        assert!(document["paths"][&path]["get"].is_object(), "{path}");
    }
}

#[test]
fn schemathesis_finds_nothing() {
    let Ok(program) = env::var(VARIABLE) else {
        eprintln!("skipped: {VARIABLE} names no schemathesis");
        return;
    };
    let fixture = Fixture::new();
    let client = Client::of(&fixture, Profile::IsmsManager, &ALL);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let listening = web::serve(fixture.site.clone(), listener);
    thread::spawn(move || listening.run());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("openapi.json");
    fs::write(&file, about_acme().to_string()).unwrap();
    let output = Command::new(program)
        .current_dir(folder.path())
        .arg("run")
        .arg(&file)
        .args(["--url", &origin])
        .args(["--header", &format!("Authorization: Bearer {}", client.text)])
        .args(["--include-path-regex", PATHS])
        .args(["--phases", "examples,coverage,fuzzing", "--max-examples", "12"])
        .args(["--checks", CHECKS])
        .args(["--suppress-health-check", "all", "--generation-deterministic", "--no-color"])
        .args(["--workers", "2", "--request-timeout", "10"])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_examples_of_the_manual_work() {
    let manual = include_str!("../../../../../docs/api.md");
    let fixture = Fixture::new();
    let client = Client::for_person(&fixture, "founder", fixture.founder, &ALL);
    let blocks: Vec<&str> = manual.split("```http\n").skip(1).collect();
    assert!(blocks.len() >= 5);
    for block in blocks {
        let (request, body) = block.split("```").next().unwrap().split_once("\n\n").unwrap();
        let path = request.strip_prefix("POST ").unwrap();
        let seen = client.post(path, &serde_json::from_str(body).unwrap());
        assert_eq!(seen.status, 201, "{body}\n{}", seen.text);
    }
}

/// The description for one organization and a number that is there, so that what is tried gets
/// further than to what is missing.
fn about_acme() -> Value {
    let mut document: Value = serde_json::from_str(web::api::description()).unwrap();
    let paths = document["paths"].as_object_mut().unwrap();
    for (path, mut item) in std::mem::take(paths) {
        for operation in item.as_object_mut().unwrap().values_mut() {
            let parameters = operation["parameters"].as_array_mut().unwrap();
            parameters.retain(|it| it["name"] != "org");
            for it in parameters.iter_mut().filter(|it| it["name"] == "number") {
                it["example"] = 1.into();
            }
        }
        paths.insert(path.replace("{org}", "acme"), item);
    }
    document
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            if let Some(name) = map.get("$ref").and_then(Value::as_str) {
                found.insert(name.to_owned());
            }
            map.values().for_each(|it| references(it, found));
        }
        Value::Array(list) => list.iter().for_each(|it| references(it, found)),
        _ => {}
    }
}
