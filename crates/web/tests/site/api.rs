//! The API: who gets in, records in and out, batches, pages of lists, faults.

mod assents;
mod client;
mod description;
mod matrix;
mod outside;
mod time_box;

use app::accounts::Scope;
use axum::http::Method;
use kinds::membership::Profile;
use serde_json::{Value, json};

use self::client::{ALL, Client};
use crate::fixture::Fixture;

const RISKS: &str = "/api/v1/o/acme/risk";

#[test]
fn only_a_token_opens_it() {
    let fixture = Fixture::new();
    let seen = Client::with("", &fixture).get(RISKS);
    assert_eq!((seen.status, seen.header("www-authenticate")), (401, "Bearer realm=\"Muniment\""));
    assert_eq!(Client::with("mun_0_x", &fixture).get(RISKS).status, 401);
    let mut browser = fixture.founder();
    assert_eq!(browser.ask(Method::GET, RISKS, "", Vec::new()).status, 401, "no session does");
    let client = Client::of(&fixture, Profile::IsmsManager, &ALL);
    assert_eq!(client.get(RISKS).status, 200);
    assert_eq!(client.get("/api/v1/o/elsewhere/risk").status, 404);
    assert_eq!(client.get("/api/v1/o/nowhere/risk").status, 404);
    assert_eq!(client.get("/api/v1/nothing").status, 404);
    let seen = client.ask(Method::PUT, RISKS, &[], "");
    assert_eq!((seen.status, seen.header("allow")), (405, "GET, HEAD, POST"));
    let me = client.get("/api/v1").json();
    assert_eq!(me["organizations"][0]["organization"], "acme");
    assert_eq!(me["token"]["scopes"], json!(["read", "write", "approve", "administer"]));
}

#[test]
fn a_revoked_token_and_an_ended_belonging_open_nothing_at_once() {
    let fixture = Fixture::new();
    let client = Client::of(&fixture, Profile::IsmsManager, &ALL);
    assert_eq!(client.get(RISKS).status, 200);
    let accounts = fixture.site.app.accounts();
    accounts.leave(client.account, fixture.organization.id()).unwrap();
    assert_eq!(client.get(RISKS).status, 404);
    let person = fixture.person(Profile::IsmsManager);
    assert_eq!(client.get("/api/v1").json()["organizations"], json!([]));
    accounts.belong(client.account, fixture.organization.id(), person).unwrap();
    assert_eq!(client.get(RISKS).status, 200);
    let number = fixture.isms().get(person).unwrap().name();
    let left = json!({"steps": [{"do": "move", "record": number, "to": "left"}]});
    let founder = Client::for_person(&fixture, "founder", fixture.founder, &ALL);
    let seen = founder.post("/api/v1/o/acme/commits", &left);
    assert_eq!(seen.status, 201, "{}", seen.text);
    assert_eq!(client.get(RISKS).status, 404);
    assert_eq!(client.get("/api/v1").json()["organizations"], json!([]), "what does not open");
    accounts.disable(client.account).unwrap();
    assert_eq!(client.get(RISKS).status, 401);
}

#[test]
fn scopes_allow_less_and_never_more() {
    let fixture = Fixture::new();
    let reads = Client::of(&fixture, Profile::IsmsManager, &[]);
    assert_eq!(reads.get(RISKS).status, 200);
    let seen = reads.post("/api/v1/o/acme/issue", &json!({"fields": {"title": "x"}}));
    assert_eq!(seen.status, 403, "{}", seen.text);
    assert!(seen.json()["detail"].as_str().unwrap().contains("`write`"), "{}", seen.text);

    let writes = Client::of(&fixture, Profile::IsmsManager, &[Scope::Write]);
    let assent = json!({"purpose": "review"});
    assert_eq!(writes.post(&format!("{RISKS}/1/assents"), &assent).status, 403);
    let step = json!({"steps": [{"do": "confirm", "record": "RISK-1"}]});
    let seen = writes.post("/api/v1/o/acme/commits", &step);
    assert_eq!((seen.status, &seen.json()["errors"][0]["pointer"]), (403, &json!("/steps/0")));

    let employee = Client::of(&fixture, Profile::Employee, &ALL);
    assert_eq!(employee.get(&format!("{RISKS}/1")).status, 404);
    let seen = employee.post("/api/v1/o/acme/risk", &json!({"fields": {"title": "x"}}));
    assert_eq!(seen.status, 403, "{}", seen.text);
}

#[test]
fn a_record_is_made_read_changed_and_withdrawn() {
    let fixture = Fixture::new();
    let client = Client::of(&fixture, Profile::IsmsManager, &ALL);
    let id = app::fresh_id().to_string();
    let new =
        json!({"id": id, "fields": {"title": "Mail server"}, "tags": ["it"], "note": "found"});
    let made = client.post("/api/v1/o/acme/asset", &new);
    assert_eq!(made.status, 201, "{}", made.text);
    let path = made.header("location").to_owned();
    assert_eq!((made.header("etag"), &made.json()["provenance"]), ("\"1\"", &json!("tool")));
    let again = client.post("/api/v1/o/acme/asset", &new);
    assert_eq!(again.status, 409, "made once: {}", again.text);

    let read = client.get(&path);
    assert_eq!(read.json(), made.json());
    let change = json!({"fields": {"title": "Mail gateway", "owner": "PERSON-1"}});
    assert_eq!(client.patch(&path, &[], &change).status, 428);
    let changed = client.patch(&path, &[("if-match", "W/\"1\"")], &change);
    assert_eq!(changed.status, 200, "{}", changed.text);
    let record = changed.json();
    let owner = record["fields"]["owner"].as_str().unwrap();
    assert_eq!(record["links"][owner]["ref"], "PERSON-1");
    let stale = client.patch(&path, &[("if-match", "\"1\"")], &change);
    assert_eq!((stale.status, stale.header("etag")), (412, "\"2\""), "{}", stale.text);
    assert_eq!(stale.json()["current"], 2);
    assert_eq!(client.ask(Method::DELETE, &path, &[], "").status, 204);
    let all = client.get("/api/v1/o/acme/asset").json();
    assert!(all["items"].as_array().unwrap().iter().all(|it| it["id"] != id.as_str()));

    let entry = client.get("/api/v1/o/acme/commits").json()["items"][0].clone();
    assert_eq!(
        (&entry["via"], &entry["token"]),
        (&json!("token"), &json!(client.token.to_string()))
    );
    let path = format!("/o/acme/history/{}", entry["entry"]);
    let page = fixture.founder().get(&path).text().to_owned();
    assert!(page.contains("through the token “test”"), "{page}");
}

#[test]
fn what_is_read_is_what_is_stored_and_goes_back_as_it_came() {
    let fixture = Fixture::new();
    let client = Client::for_person(&fixture, "founder", fixture.founder, &ALL);
    for def in kinds::KINDS {
        let isms = fixture.isms();
        let Some(record) = isms.numbered(def.id, 1) else { continue };
        let path = format!("/api/v1/o/acme/{}/1", def.id);
        let seen = client.get(&path);
        assert_eq!(seen.status, 200, "{path}: {}", seen.text);
        let mut body = record.body.json();
        strip(&mut body);
        assert_eq!(seen.json()["fields"], body, "{path}");
        // A seed that is sent back becomes the sender's own.
        let is_seed = record.head.provenance == meta::Provenance::Seed;
        let is_act = ["approval", "ledger_event"].contains(&def.id);
        if !is_act && !is_seed {
            let change = json!({"fields": seen.json()["fields"]});
            let etag = seen.header("etag").to_owned();
            let seen = client.patch(&path, &[("if-match", &etag)], &change);
            let said = seen.json()["detail"].clone();
            assert_eq!((seen.status, said), (422, json!("Nothing would change.")), "{path}");
        }
    }
}

#[test]
fn faults_say_where() {
    let fixture = Fixture::new();
    let client = Client::of(&fixture, Profile::IsmsManager, &ALL);
    let wrong = |body: Value| {
        let seen = client.post("/api/v1/o/acme/asset", &body);
        assert_eq!(seen.header("content-type"), "application/problem+json");
        let errors = seen.json()["errors"].clone();
        (seen.status, errors[0]["pointer"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(wrong(json!({"fields": {"title": "x", "wat": 1}})), (422, "/fields/wat".into()));
    assert_eq!(wrong(json!({"fields": {"title": 7}})), (422, "/fields/title".into()));
    assert_eq!(wrong(json!({"fields": {}})), (422, "/fields/title".into()));
    assert_eq!(wrong(json!({"fields": {"title": "x"}, "wat": 1})), (422, "/wat".into()));
    assert_eq!(
        wrong(json!({"fields": {"title": "x", "owner": "ROLE-99"}})),
        (422, "/fields/owner".into())
    );
    assert_eq!(wrong(json!({"fields": {"title": "a\u{0}b"}})).0, 422);
    assert_eq!(wrong(json!([])), (422, String::new()));
    let founder = Client::for_person(&fixture, "founder", fixture.founder, &ALL);
    let said = |path: &str, body: Value| {
        let errors =
            founder.post(&format!("/api/v1/o/acme/{path}"), &body).json()["errors"].clone();
        let errors = errors.as_array().into_iter().flatten().map(|it| it["detail"].clone());
        errors.map(|it| it.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(said("asset", json!({"fields": {"title": 7}})), ["`title` must be a text."]);
    assert_eq!(said("asset", Value::Null), ["The body must be an object."]);
    assert_eq!(said("commits", json!({})), ["`steps` is needed."]);
    let unknown = said("invitations", json!({"person": "PERSON-999"}));
    assert!(unknown.len() == 1 && unknown[0].starts_with("There is no person"), "{unknown:?}");
    let new = json!({"do": "create", "kind": "asset", "name": "a", "fields": {"title": "A"}});
    let edit = json!({"do": "edit", "record": "$a", "fields": {"title": "B"}});
    let of_new = said("commits", json!({"steps": [new, edit]}));
    assert!(of_new.len() == 1 && of_new[0].contains("cannot edit what it makes"), "{of_new:?}");
    let bare = client.post("/api/v1/o/acme/asset", &json!({"fields": {"title": "Bare"}}));
    let path = bare.header("location").to_owned();
    let clear = json!({"fields": {"title": null}});
    let cleared = client.patch(&path, &[("if-match", "\"1\"")], &clear).json();
    assert_eq!(cleared["errors"][0]["pointer"], "/fields/title", "{cleared}");
    for (query, name) in [
        ("wat=1", "wat"),
        ("limit=0", "limit"),
        ("limit=1&limit=2", "limit"),
        ("sort=wat", "sort"),
        ("f.wat=1", "f.wat"),
        ("cursor=x", "cursor"),
        ("as_of=x", "as_of"),
        ("as_of=2020-01-01&columns=wat", "columns"),
    ] {
        let seen = client.get(&format!("{RISKS}?{query}"));
        assert_eq!(seen.status, 400, "{query}: {}", seen.text);
        assert_eq!(seen.json()["errors"][0]["parameter"], name, "{query}");
    }
    // What is only space says nothing, and of two members with one name nobody knows which is meant.
    assert_eq!(wrong(json!({"fields": {"title": " \n "}})), (422, "/fields/title".into()));
    assert_eq!(
        wrong(json!({"id": meta::Id::nil(), "fields": {"title": "x"}})),
        (422, "/id".into())
    );
    let json = [("content-type", "application/json")];
    let twice = r#"{"fields": {"title": "a", "title": "b"}}"#;
    let seen = client.ask(Method::POST, "/api/v1/o/acme/asset", &json, twice);
    assert!(
        seen.status == 400 && seen.text.contains("`title` stands there twice"),
        "{}",
        seen.text
    );
    let seen = client.get("/api/v1/o/acme/risk/%ff");
    assert_eq!((seen.status, seen.header("content-type")), (404, "application/problem+json"));
    let media = [("content-type", "text/plain")];
    assert_eq!(client.ask(Method::POST, "/api/v1/o/acme/asset", &media, "{}").status, 415);
    assert_eq!(client.ask(Method::POST, "/api/v1/o/acme/asset", &json, "{").status, 400);
    let large = "x".repeat((16 << 20) + 1);
    assert_eq!(client.ask(Method::POST, "/api/v1/o/acme/asset", &json, &large).status, 413);
}

#[test]
fn a_batch_links_its_records_and_happens_whole_or_not_at_all() {
    let fixture = Fixture::new();
    let client = Client::of(&fixture, Profile::IsmsManager, &ALL);
    let mut steps: Vec<Value> = (0..1_000)
        .map(|at| json!({"do": "create", "kind": "asset", "fields": {"title": format!("A {at}"), "owner": "$ops"}}))
        .collect();
    steps[7]["external_id"] = json!("CMDB-7");
    steps.push(
        json!({"do": "create", "kind": "role", "name": "ops", "fields": {"title": "Operations"}}),
    );
    let seen = client.post("/api/v1/o/acme/commits", &json!({"note": "inventory", "steps": steps}));
    assert_eq!(seen.status, 201, "{}", seen.text);
    let records = seen.json()["records"].clone();
    let role = records[1_000]["id"].clone();
    let path = records[0]["ref"].as_str().unwrap().replace("ASSET-", "/api/v1/o/acme/asset/");
    assert_eq!(client.get(&path).json()["fields"]["owner"], role);

    let found = client.get("/api/v1/o/acme/asset?f.external_id=CMDB-7&limit=2").json();
    assert_eq!(
        (&found["total"], &found["items"][0]["fields"]["title"]),
        (&json!(1), &json!("A 7"))
    );

    let before = fixture.isms().position();
    steps[500]["fields"]["owner"] = json!("$nobody");
    let seen = client.post("/api/v1/o/acme/commits", &json!({"steps": steps}));
    assert_eq!(
        (seen.status, &seen.json()["errors"][0]["pointer"]),
        (422, &json!("/steps/500/fields/owner"))
    );
    steps[500]["fields"]["owner"] = json!("RISK-1");
    let seen = client.post("/api/v1/o/acme/commits", &json!({"steps": steps}));
    let pointer = seen.json()["errors"][0]["pointer"].as_str().unwrap().to_owned();
    assert_eq!((seen.status, pointer.as_str()), (422, "/steps/500/fields/owner"), "{}", seen.text);
    assert_eq!(fixture.isms().position(), before);

    let undone = client.post(&format!("/api/v1/o/acme/commits/{before}/undo"), &json!({}));
    assert_eq!(undone.status, 201, "{}", undone.text);
    let again = format!("/api/v1/o/acme/commits/{before}/undo");
    let again = client.post(&again, &json!({"skip_changed": true}));
    assert_eq!(again.status, 409, "{}", again.text);
    assert!(again.text.contains("would change nothing"), "{}", again.text);
}

#[test]
fn pages_go_on_where_they_were_whatever_is_written() {
    let fixture = Fixture::new();
    let client = Client::of(&fixture, Profile::IsmsManager, &ALL);
    let steps: Vec<Value> = (0..30)
        .map(|at| json!({"do": "create", "kind": "asset", "fields": {"title": format!("{:02}", 30 - at)}}))
        .collect();
    client.post("/api/v1/o/acme/commits", &json!({"steps": steps}));
    for sort in ["", "sort=title&", "sort=-title&"] {
        let mut next = format!("/api/v1/o/acme/asset?{sort}limit=7");
        let mut seen: Vec<u64> = Vec::new();
        let total = client.get(&next).json()["total"].as_u64().unwrap() as usize;
        for round in 0.. {
            let page = client.get(&next);
            let items = page.json()["items"].as_array().unwrap().clone();
            seen.extend(items.iter().map(|it| it["number"].as_u64().unwrap()));
            // What was given out is withdrawn, and something is made that sorts to the front.
            if round == 1 && sort.is_empty() {
                let last = items.last().unwrap()["number"].as_u64().unwrap();
                client.ask(Method::DELETE, &format!("/api/v1/o/acme/asset/{last}"), &[], "");
            } else if round == 1 {
                let title = if sort.contains('-') { "zz" } else { "00" };
                client.post("/api/v1/o/acme/asset", &json!({"fields": {"title": title}}));
            }
            match page.json()["next"].as_str() {
                Some(to) => next = to.to_owned(),
                None => break,
            }
            assert!(page.header("link").contains("rel=\"next\""));
        }
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!((count, seen.len()), (total, total), "{sort}");
    }
    let cursor =
        client.get("/api/v1/o/acme/asset?limit=1").json()["next"].as_str().unwrap().to_owned();
    let cursor = cursor.split_once("cursor=").unwrap().1.to_owned();
    let seen = client.get(&format!("/api/v1/o/acme/asset?sort=title&cursor={cursor}"));
    assert_eq!(seen.status, 400, "a cursor belongs to its query");
}

#[test]
fn what_was_is_read_and_what_was_written_is_waited_for() {
    let fixture = Fixture::new();
    let client = Client::of(&fixture, Profile::IsmsManager, &ALL);
    let before = fixture.isms().position();
    let made = client.post("/api/v1/o/acme/asset", &json!({"fields": {"title": "New one"}}));
    let position: u64 = made.header("muniment-position").parse().unwrap();
    assert_eq!(position, before + 1);
    let path = made.header("location").to_owned();
    assert_eq!(client.get(&format!("{path}?as_of={before}")).status, 404);
    let seen = client.ask(Method::GET, &path, &[("muniment-position", &position.to_string())], "");
    assert_eq!(
        (seen.status, seen.header("muniment-position")),
        (200, position.to_string().as_str())
    );
    let late = (position + 1).to_string();
    let seen = client.ask(Method::GET, &path, &[("muniment-position", &late)], "");
    assert_eq!((seen.status, seen.header("retry-after")), (503, "1"));
}

#[test]
fn files_and_sheets_come_in_and_go_out() {
    let fixture = Fixture::new();
    let client = Client::of(&fixture, Profile::IsmsManager, &ALL);
    let path = format!("{RISKS}/1/attachments?name=proof.txt");
    let seen = client.ask(Method::POST, &path, &[], "a proof");
    assert_eq!(seen.status, 200, "{}", seen.text);
    let digest = seen.json()["attachments"][0]["sha256"].as_str().unwrap().to_owned();
    assert_eq!(client.get(&format!("/api/v1/o/acme/files/{digest}")).text, "a proof");
    let again = client.ask(Method::POST, &path, &[], "a proof");
    assert_eq!((again.status, again.json()), (200, seen.json()), "sent again, it is there once");
    let wrong = format!("{path}&sha256={}", "0".repeat(64));
    assert_eq!(client.ask(Method::POST, &wrong, &[], "a proof").status, 400);

    let sheet = "Asset,Owner\nLaptop fleet,\nPrinter,\n";
    let import = "/api/v1/o/acme/import?name=assets.csv&kind=asset";
    let dry = client.ask(Method::POST, &format!("{import}&dry_run=true"), &[], sheet);
    assert_eq!((dry.status, &dry.json()["sheets"][0]["made"]), (200, &json!(2)), "{}", dry.text);
    let done = client.ask(Method::POST, import, &[], sheet);
    assert!(done.json()["entry"].is_u64(), "{}", done.text);
    let unclear = client.ask(Method::POST, "/api/v1/o/acme/import?name=x.csv", &[], "a,b\n1,2\n");
    assert_eq!((unclear.status, unclear.text.contains("say `kind`")), (422, true));
    let import = "/api/v1/o/acme/import?name=x.csv&kind=asset";
    let unfit = client.ask(Method::POST, import, &[], "a,b\n1,2\n");
    assert!(unfit.text.contains("is a field of the kind `asset`"), "{}", unfit.text);

    let folder = fixture.site.app.store().address().files().folder().unwrap().to_owned();
    let of_all = folder.join(fixture.organization.id().simple().to_string());
    std::fs::write(of_all.join(&digest[..2]).join(&digest), "a proxf").unwrap();
    let altered = client.get(&format!("/api/v1/o/acme/files/{digest}"));
    assert!(altered.status == 503 && altered.text.contains("a backup"), "{}", altered.text);
    let csv = client.get("/api/v1/o/acme/asset/export?form=csv&q=laptop");
    assert!(csv.text.contains("Laptop fleet") && !csv.text.contains("Printer"), "{}", csv.text);
}

/// Nothing, empty lists and empty objects are absent.
fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.values_mut().for_each(strip);
            map.retain(|_, it| match it {
                Value::Null => false,
                Value::Array(list) => !list.is_empty(),
                Value::Object(map) => !map.is_empty(),
                Value::String(text) => !text.is_empty(),
                _ => true,
            });
        }
        Value::Array(list) => list.iter_mut().for_each(strip),
        _ => {}
    }
}
