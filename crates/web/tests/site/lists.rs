//! Lists: what is found, in what order, as a file; one act on many records; jumping.

use axum::http::Method;
use kinds::membership::Profile;

use crate::fixture::{Browser, Fixture};

/// Three assets: the file server, which a risk names, and two more.
fn with_assets() -> (Fixture, Browser) {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    for (title, kind) in [("Notebooks", "hardware"), ("Cloud <tenant>", "service")] {
        browser.post("/o/acme/asset/new", &[("f.title", title), ("f.asset_type", kind)]).is(200);
    }
    (fixture, browser)
}

/// The titles of a list, in its order.
fn titles(body: &str) -> Vec<String> {
    let cells = body.split("<th class=\"title\"").skip(1);
    let title = |it: &str| it.split_once("\">").unwrap().1.split_once("</a>").unwrap().0.to_owned();
    cells.map(title).map(|it| it.rsplit('>').next().unwrap().to_owned()).collect()
}

#[test]
fn a_list_finds_sorts_and_goes_out_as_it_is_shown() {
    let (_fixture, mut browser) = with_assets();
    let seen = browser.get("/o/acme/asset?sort=title").is(200).says("of 3 assets");
    assert_eq!(titles(&seen.body), ["Cloud &lt;tenant&gt;", "File server", "Notebooks"]);
    let seen = browser.get("/o/acme/asset?sort=-number&f.asset_type.is=some").is(200);
    assert_eq!(titles(&seen.body), ["Cloud &lt;tenant&gt;", "Notebooks"]);
    let seen = browser.get("/o/acme/asset?q=noteb").is(200).says("1 asset");
    assert_eq!(titles(&seen.body), ["Notebooks"]);
    browser.get("/o/acme/asset?q=nowhere").is(200).says("No assets like that.");
    let seen = browser.get("/o/acme/asset?f.asset_type=castle&sort=title").is(200);
    assert_eq!(titles(&seen.says("“castle” is not an option").body).len(), 3);

    let query = "sort=title&columns=number,title&f.asset_type.is=some";
    let seen = browser.get(&format!("/o/acme/asset/export/csv?{query}")).is(200);
    let lines: Vec<&str> = seen.body.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines, ["Number,Name", "ASSET-3,Cloud <tenant>", "ASSET-2,Notebooks"]);
    let seen = browser.ask(Method::GET, "/o/acme/asset/export/xlsx", "", Vec::new()).is(200);
    assert!(seen.header("content-disposition").contains("asset-2026-03-31.xlsx"));
    browser.get("/o/acme/asset/export/xlsx?sort=nothing").is(400);
}

#[test]
fn one_act_changes_all_that_are_ticked_or_none_and_says_what_stands_in_the_way() {
    let (fixture, mut browser) = with_assets();
    let bulk = "/o/acme/asset/bulk";
    browser.post(bulk, &[("do", "withdraw")]).is(422).says("Tick some records first.");
    let before = fixture.isms().position();
    let all = [("all", "1"), ("query", ""), ("do", "withdraw")];
    let seen = browser.post(bulk, &all).is(422).says("1 of 3 assets cannot go along");
    assert_eq!(fixture.isms().position(), before);
    let rest = seen.form(bulk);
    let rest: Vec<(&str, &str)> = rest.iter().map(|it| (&*it.0, &*it.1)).collect();
    browser.post(bulk, &rest).is(200).says("2 assets are withdrawn.");
    assert_eq!(fixture.isms().position(), before + 1);
    assert!(fixture.record("ASSET-3").head.withdrawn && !fixture.record("ASSET-1").head.withdrawn);
    let seen = browser.get("/o/acme/asset").is(200).says("1–1 of 1 asset");
    assert!(seen.body.contains("Assets<span>1</span>"), "the menu counts what its list shows");
}

#[test]
fn stages_tags_and_fields_of_many_are_set_at_once() {
    let (fixture, mut browser) = with_assets();
    let bulk = "/o/acme/asset/bulk";
    let ticked = [("record", "2.1"), ("record", "3.1"), ("query", "sort=title")];
    let with = |more: &[(&'static str, &'static str)]| [&ticked[..], more].concat();
    let seen = browser.post(bulk, &with(&[("do", "tag"), ("tag", "audit 2026")])).is(200);
    assert_eq!(seen.says("2 assets are now tagged “audit 2026”.").path, "/o/acme/asset?sort=title");
    // What is missing is asked for, and the ticks stay.
    for (act, asked) in [("move", "Choose the stage"), ("set", "Choose the field"), ("tag", "Type")]
    {
        let seen = browser.post(bulk, &with(&[("do", act)])).is(422).says(asked).form(bulk);
        assert!(
            ticked.iter().all(|it| seen.iter().any(|(name, value)| (&**name, &**value) == *it))
        );
    }
    // What was seen is not there any more.
    browser.post(bulk, &with(&[("do", "move"), ("to", "in_use")])).is(422);
    let now = [("all", "1"), ("query", "f.tags=audit+2026")];
    let now = |more: &[(&'static str, &'static str)]| [&now[..], more].concat();
    let refused = browser.post(bulk, &now(&[("do", "move"), ("to", "in_use")])).is(422);
    refused.says("2 of 2 assets").says("“Owner”: is needed").keeps_quiet_about("`");
    let seen = browser.post(bulk, &now(&[("do", "set"), ("field", "owner")])).is(200);
    seen.says("Owner of 2 assets");
    let set = [("do", "set"), ("field", "owner"), ("shown", "owner"), ("f.owner", "")];
    browser.post(bulk, &now(&set)).is(422).says("Say what it shall be");
    let set = [("do", "set"), ("field", "owner"), ("shown", "owner"), ("f.owner", "nobody")];
    browser.post(bulk, &now(&set)).is(422).says("nobody");
    let set = [("do", "set"), ("field", "owner"), ("shown", "owner"), ("f.owner", "ROLE-1")];
    browser.post(bulk, &now(&set)).is(200).says("2 assets are set: owner.");
    for (field, value) in [("class", "internal"), ("in_scope", "yes")] {
        let name = if field == "class" { "f.class" } else { "f.in_scope" };
        let set = [("do", "set"), ("field", field), ("shown", field), (name, value)];
        browser.post(bulk, &now(&set)).is(200).says("2 assets are set");
    }
    browser.post(bulk, &now(&[("do", "move"), ("to", "in_use")])).is(200).says("now: in use");
    let role = fixture.record("ROLE-1").head.id.to_string();
    for name in ["ASSET-2", "ASSET-3"] {
        let record = fixture.record(name);
        assert_eq!(record.body.json()["owner"], role);
        assert_eq!(record.stage().id, "in_use");
        assert_eq!(record.head.extras.as_ref().unwrap().tags, ["audit 2026"]);
    }
    let parted = [("do", "tag"), ("tag", "a, b;audit 2026")];
    browser.post(bulk, &now(&parted)).is(200).says("2 assets are now tagged");
    assert_eq!(fixture.record("ASSET-2").head.extras.as_ref().unwrap().tags.len(), 3);
    let long = "x".repeat(300);
    let tagged = [("all", "1"), ("do", "tag"), ("tag", long.as_str())];
    browser.post(bulk, &tagged).is(422).says("shorten it");
    let empty = |field| [("do", "empty"), ("field", field), ("shown", field)];
    browser.post(bulk, &now(&empty("title"))).is(400);
    browser.post(bulk, &now(&empty("class"))).is(422).says("is needed to go on");
    let name = ("f.description", "Old");
    let set = [("do", "set"), ("field", "description"), ("shown", "description"), name];
    browser.post(bulk, &now(&set)).is(200).says("2 assets are set: description.");
    let emptied = browser.post(bulk, &now(&empty("description"))).is(200);
    emptied.says("2 assets are changed: description is empty now.");
    assert!(fixture.record("ASSET-2").body.json()["description"].is_null());
}

#[test]
fn a_view_is_kept_opened_with_and_removed() {
    let (_fixture, mut browser) = with_assets();
    let views = "/o/acme/asset/views";
    let kept = [("do", "save"), ("name", "By name"), ("query", "sort=-title"), ("default", "yes")];
    for name in [" ", "a\0b"] {
        let sent = [("do", "save"), ("name", name), ("query", "sort=-title")];
        let seen = browser.post(views, &sent).is(422).says("Give the view a name");
        assert!(seen.form(views).contains(&("query".to_owned(), sent[2].1.to_owned())));
    }
    browser.post(views, &kept).is(200).says("The view “By name” is kept.");
    let seen = browser.get("/o/acme/asset").is(200);
    assert_eq!(seen.path, "/o/acme/asset?sort=-title&view=By+name");
    assert_eq!(titles(&seen.body)[0], "Notebooks");
    assert_eq!(browser.get("/o/acme/asset?view=").is(200).path, "/o/acme/asset?view=");
    browser.post(views, &[("do", "remove"), ("old", "By name")]).is(200);
    assert_eq!(browser.get("/o/acme/asset").is(200).path, "/o/acme/asset");
}

#[test]
fn who_sees_little_finds_counts_and_takes_out_no_more() {
    let fixture = Fixture::new();
    let mut browser = fixture.browser(Profile::Employee);
    let own = fixture.isms().get(fixture.person(Profile::Employee)).unwrap().name();
    browser.get("/o/acme/person").is(200).says("1 person").says(&own).keeps_quiet_about("Fay");
    browser.get("/o/acme/person?q=Fay").is(200).keeps_quiet_about("Fay Founder");
    browser.get("/o/acme/risk").is(200).keeps_quiet_about("Ransomware");
    browser.get("/o/acme/risk/export/csv").is(403);
    browser.get("/o/acme/risk?f.owner=PERSON-1").is(200).keeps_quiet_about("Fay Founder");
    let tick = [("record", "1.1"), ("do", "withdraw")];
    browser.post("/o/acme/risk/bulk", &tick).is(404);
}

#[test]
fn jumping_finds_records_pages_and_things_to_do_and_nothing_that_is_not_shown() {
    let fixture = Fixture::new();
    let mut founder = fixture.founder();
    founder.get("/o/acme/jump?q=ransom").is(200).says("RISK-1 Ransomware");
    founder.get("/o/acme/jump?q=new+risk").is(200).says("New risk");
    founder.get("/o/acme/jump?q=as+of+2026-03-30").says("Everything as of 30 March 2026");
    founder.headers.push(("x-part", "1"));
    let seen = founder.get("/o/acme/jump?q=A.5.9").is(200);
    assert!(seen.body.starts_with("<a href=\"/o/acme/"), "{}", seen.body);
    let seen = founder.get("/o/acme/pick?kinds=asset,risk&q=serv").is(200);
    assert!(seen.body.contains("data-value=\"ASSET-1 File server\""), "{}", seen.body);
    assert!(!founder.get("/o/acme/pick?kinds=asset&q=ransom").body.contains("Ransomware"));

    let mut employee = fixture.browser(Profile::Employee);
    employee.get("/o/acme/jump?q=RISK-1").is(200).keeps_quiet_about("Ransomware");
    employee.get("/o/acme/jump?q=new+risk").is(200).keeps_quiet_about("New risk");
    let seen = employee.get("/o/acme/pick?q=ransom").is(200);
    assert!(!seen.body.contains("Ransomware"), "{}", seen.body);
}
