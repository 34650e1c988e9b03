use std::collections::BTreeSet;

use kinds::approval::Purpose;
use meta::Provenance;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::{conformity::fixture::Fixture, text::Links};

/// Assets `Ä`, `b`, … with owners, and risks about them.
struct Register {
    fixture: Fixture,
    cache: Cache,
    me: Id,
    bob: Id,
    officer: Id,
    method: Id,
}

impl Register {
    fn new() -> Self {
        let mut fixture = Fixture::new();
        let me = fixture.me();
        let bob = fixture.person("Bob");
        let officer = fixture.role("Officer", &[], me);
        let method = fixture.method();
        Self { fixture, cache: Cache::default(), me, bob, officer, method }
    }

    fn risk(&mut self, title: &str, owner: Id, fields: Json) -> Id {
        let fields = crate::conformity::fixture::merged(json!({ "title": title }), fields);
        self.fixture.risk(self.method, owner, fields)
    }

    fn asker(&self) -> Asker<'_> {
        Asker { me: Some(self.me), ..Asker::all_seeing(self.fixture.view(), &self.cache) }
    }

    /// The titles that a query gives.
    #[track_caller]
    fn titles(&self, kind: &str, query: &str) -> String {
        let def = kinds::kind(kind).unwrap();
        let query = match Query::parse(&self.asker(), def, query) {
            Ok(query) => query,
            Err(misread) => return misread.to_string(),
        };
        let found = query.run(&self.asker());
        let titles: Vec<&str> = found.rows().map(Record::title).collect();
        assert_eq!(titles.len(), found.len());
        titles.join(", ")
    }

    fn facets(&self, kind: &str, query: &str, column: &str) -> Vec<String> {
        let def = kinds::kind(kind).unwrap();
        let query = Query::parse(&self.asker(), def, query).unwrap();
        let column = Column::find(def, column).unwrap();
        let facets = query.facets(&self.asker(), column);
        let text = |it: &Facet| {
            format!("{} {} {}", it.value.as_deref().unwrap_or("none"), it.label, it.count)
        };
        facets.iter().map(text).collect()
    }
}

/// Three risks: `Cloud outage` is Bob's and low, `Ärger` my role's, `Zoll` mine and closed.
fn register() -> Register {
    let mut it = Register::new();
    let low = json!({"likelihood": 1, "consequences": [{"criterion": "money", "rank": 1}],
        "rationale": "As last year.", "on": "2026-11-01"});
    let payroll =
        it.fixture.new_record("asset", json!({"title": "Payroll", "asset_type": "software"}));
    let (me, bob, officer) = (it.me, it.bob, it.officer);
    it.risk(
        "Cloud outage",
        bob,
        json!({"current": low, "next_review": "2026-12-31",
        "came_from": null, "harms": ["availability", "integrity"], "assets": [payroll]}),
    );
    it.risk(
        "Ärger",
        officer,
        json!({"next_review": "2026-11-30", "treatment": ["avoid", "share"]}),
    );
    let closed = it.risk("Zoll", me, json!({}));
    it.fixture.go(closed, "closed");
    it
}

#[test]
fn a_query_finds_what_it_asks_for() {
    let it = register();
    let table = [
        ("", "Cloud outage, Ärger"),
        ("with=ended", "Cloud outage, Ärger, Zoll"),
        ("f.stage=closed", "Zoll"),
        ("f.stage=closed&f.stage=Treatment+planned", "Cloud outage, Ärger, Zoll"),
        ("f.stage.not=closed", "Cloud outage, Ärger"),
        ("f.owner=PERSON-2", "Cloud outage"),
        ("f.owner=Bob&f.owner=Officer&sort=title", "Ärger, Cloud outage"),
        ("f.owner.not=Bob", "Ärger"),
        ("f.owner=&q=&sort=&columns=&page=7", "Cloud outage, Ärger"),
        ("f.mine=yes", "Ärger"),
        ("f.mine=no", "Cloud outage"),
        ("f.mine=yes&with=all", "Ärger, Zoll"),
        ("f.next_review.from=2026-12-01", "Cloud outage"),
        ("f.next_review.to=2026-11-30", "Ärger"),
        ("f.next_review.to=today%2B30", "Ärger"),
        ("f.next_review.to=today+30", "Ärger"),
        ("f.next_review.below=2026-11-30", ""),
        ("f.next_review.above=2026-11-30", "Cloud outage"),
        ("f.next_review=2026-11-30", "Ärger"),
        ("f.next_review.is=none&with=all", "Zoll"),
        ("f.next_review.is=some&with=all", "Cloud outage, Ärger"),
        ("f.title.has=OUT", "Cloud outage"),
        ("f.title=arger", "Ärger"),
        ("f.harms=integrity", "Cloud outage"),
        ("f.treatment=share", "Ärger"),
        ("f.assets.has=pay", "Cloud outage"),
        ("f.level_current=low", "Cloud outage"),
        ("f.level_current.not=low", "Ärger"),
        ("f.level_current.from=high", "Ärger"),
        ("f.level_current.below=high", "Cloud outage"),
        ("f.level_current.from=2", "Ärger"),
        ("f.level_inherent.is=none&sort=-number", "Ärger, Cloud outage"),
        ("f.number.from=2", "Ärger"),
        ("f.number=RISK-1", "Cloud outage"),
        ("f.provenance=seed", ""),
        ("f.provenance=person&f.title.has=r", "Ärger"),
        ("f.changed=2026-11-22", "Cloud outage, Ärger"),
        ("f.changed.above=2026-11-22", ""),
        ("f.created.to=today-1", ""),
        ("q=cloud", "Cloud outage"),
        ("q=CLOUD+encrypts", "Cloud outage"),
        ("q=cloud+nonsense", ""),
        ("q=payroll", "Cloud outage"),
        ("q=payroll+loud", "Cloud outage"),
        ("q=officer", "Ärger"),
        ("q=risk-2", "Ärger"),
        ("q=%21", ""),
        ("sort=title", "Ärger, Cloud outage"),
        ("sort=-title&with=all", "Zoll, Cloud outage, Ärger"),
        ("sort=next_review&with=all", "Ärger, Cloud outage, Zoll"),
        ("sort=-next_review&with=all", "Cloud outage, Ärger, Zoll"),
        ("sort=owner", "Cloud outage, Ärger"),
        ("sort=-owner", "Ärger, Cloud outage"),
        ("sort=level_current", "Cloud outage, Ärger"),
        ("sort=-level_current", "Ärger, Cloud outage"),
        ("sort=-changed&with=all", "Zoll, Ärger, Cloud outage"),
        ("sort=-stage&with=all", "Zoll, Cloud outage, Ärger"),
    ];
    for (query, expected) in table {
        assert_eq!(it.titles("risk", query), expected, "{query}");
    }
}

#[test]
fn what_cannot_be_understood_is_said_in_one_sentence() {
    let it = register();
    let table = [
        ("f.owner=Carl", "`f.owner`: there is no role or person called `Carl`"),
        ("f.nope=1", "`f.nope`: a risk has no field `nope`: it has "),
        ("f.title.like=1", "`f.title.like`: `like` is no way to compare"),
        ("f.next_review.to=soon", "`f.next_review.to`: `soon` is not a day: write it like"),
        ("f.next_review.to=today%2B99999999999", "is not a day"),
        ("f.stage=limbo", "`f.stage`: `limbo` is not a stage: it is one of `identified`"),
        ("f.treatment=pray", "`f.treatment`: `pray` is not an option: it is one of `modify`"),
        ("f.provenance=dream", "`f.provenance`: `dream` is not where records come from"),
        ("f.owner.is=maybe", "`f.owner.is`: `maybe` is neither `none` nor `some`"),
        ("f.number=few", "`f.number`: `few` is not a whole number"),
        ("f.mine=perhaps", "`f.mine`: `perhaps` is neither yes nor no"),
        ("sort=nope", "`sort`: a risk has no field `nope`"),
        ("columns=title,nope", "`columns`: a risk has no field `nope`"),
        ("with=ghosts", "`with`: `ghosts` is none of live, ended, all"),
    ];
    let long = format!("f.title.has={}&q=a", "ä".repeat(201));
    assert!(it.titles("risk", &long).contains("`f.title.has`: it is longer than 200 letters"));
    for (query, expected) in table {
        let told = it.titles("risk", query);
        assert!(told.contains(expected), "{query}: {told}");
    }
}

#[test]
fn a_query_is_written_as_it_is_read() {
    let it = register();
    let table = [
        ("", ""),
        ("sort=-title&q=a+b", "q=a+b&sort=-title"),
        ("f.Owner=Bob&f.owner=officer", "f.owner=PERSON-2&f.owner=ROLE-1"),
        ("f.stage=Closed&with=live", "f.stage=closed"),
        ("f.next_review.to=today%2B30", "f.next_review.to=today%2B30"),
        ("f.title.has=%C3%A4%26b&f.title.is=some", "f.title.has=%C3%A4%26b&f.title.is=some"),
        (
            "columns=title&columns=owner,level_current&with=all",
            "with=all&columns=title%2Cowner%2Clevel_current",
        ),
        (
            "f.harms.not=integrity&f.harms.not=availability&f.harms.not=integrity",
            "f.harms.not=integrity&f.harms.not=availability",
        ),
        ("f.mine=true&f.level_current.from=high", "f.mine=yes&f.level_current.from=high"),
    ];
    let risk = kinds::kind("risk").unwrap();
    for (query, expected) in table {
        let first = Query::parse(&it.asker(), risk, query).unwrap();
        assert_eq!(first.to_string(), expected, "{query}");
        let again = Query::parse(&it.asker(), risk, expected).unwrap();
        assert_eq!((again.filters, again.columns), (first.filters, first.columns), "{query}");
        assert_eq!((again.search, again.sort), (first.search, first.sort), "{query}");
    }
}

#[test]
fn titles_are_in_the_order_of_people() {
    let mut it = Register::new();
    for title in ["b", "A.5.10", "Äb", "a", "A.5.9", "Zebra", "Ö", "o2", "o10", "Az", "B"] {
        it.fixture.new_record("asset", json!({ "title": title }));
    }
    assert_eq!(
        it.titles("asset", "sort=title"),
        "a, A.5.9, A.5.10, Äb, Az, b, B, Ö, o2, o10, Zebra"
    );
    assert_eq!(
        it.titles("asset", "sort=-title"),
        "Zebra, o10, o2, Ö, B, b, Az, Äb, A.5.10, A.5.9, a"
    );
}

#[test]
fn equals_are_in_the_order_of_numbers_both_ways() {
    let mut it = Register::new();
    for title in ["one", "two", "three"] {
        it.fixture.new_record("asset", json!({ "title": title, "asset_type": "software" }));
    }
    assert_eq!(it.titles("asset", "sort=asset_type"), "one, two, three");
    assert_eq!(it.titles("asset", "sort=-asset_type"), "one, two, three");
}

#[test]
fn what_may_not_be_seen_is_not_found_counted_or_named() {
    let it = register();
    let bob = it.bob;
    let sees = |record: &Record| record.head.id != bob && record.title() != "Ärger";
    let asker = Asker { sees: Some(&sees), ..it.asker() };
    let risk = kinds::kind("risk").unwrap();
    // Kept answers are those of somebody who sees everything.
    assert_eq!(it.titles("risk", "with=all"), "Cloud outage, Ärger, Zoll");
    let run = |query: &str| {
        let found = Query::parse(&asker, risk, query).unwrap().run(&asker);
        found.rows().map(Record::title).collect::<Vec<_>>()
    };
    assert_eq!(run("with=all"), ["Cloud outage", "Zoll"]);
    assert_eq!(run("q=bob"), Vec::<&str>::new());
    assert_eq!(run("f.owner.has=bob"), Vec::<&str>::new());
    let query = Query::parse(&asker, risk, "with=all").unwrap();
    let owner = Column::find(risk, "owner").unwrap();
    let labels: Vec<String> =
        query.facets(&asker, owner).iter().map(|it| it.label.clone()).collect();
    assert_eq!(labels, ["Ada"]);
    let told = Query::parse(&asker, risk, "f.owner=Bob").unwrap_err();
    let none = Query::parse(&asker, risk, "f.owner=Carl").unwrap_err();
    assert_eq!(told.to_string().replace("Bob", "Carl"), none.to_string());
}

#[test]
fn facets_count_what_the_rest_of_the_query_finds() {
    let it = register();
    assert_eq!(it.facets("risk", "", "owner"), ["PERSON-2 Bob 1", "ROLE-1 Officer 1"]);
    assert_eq!(
        it.facets("risk", "with=all&f.owner=Bob", "owner"),
        ["PERSON-1 Ada 1", "PERSON-2 Bob 1", "ROLE-1 Officer 1"]
    );
    assert_eq!(
        it.facets("risk", "f.owner=Bob", "stage"),
        ["treatment_planned Treatment planned 1"]
    );
    assert_eq!(
        it.facets("risk", "", "stage"),
        ["treatment_planned Treatment planned 2", "closed Closed 1"]
    );
    assert_eq!(it.facets("risk", "", "level_current"), ["low low 1", "high high 1"]);
    assert_eq!(
        it.facets("risk", "", "treatment"),
        ["modify Modify 1", "avoid Avoid 1", "share Share 1"]
    );
    assert_eq!(it.facets("risk", "", "came_from"), ["none  2"]);
    assert_eq!(it.facets("risk", "with=all", "mine"), ["yes yes 2", "no no 1"]);
    assert_eq!(it.facets("risk", "", "provenance"), ["person person 2"]);
    assert_eq!(it.facets("risk", "", "title"), Vec::<String>::new());
}

#[test]
fn every_column_of_every_kind_sorts_filters_and_shows() {
    let it = register();
    let asker = it.asker();
    for def in kinds::KINDS {
        let live = it.fixture.isms.rows(def.id).filter(|it| it.is_live()).count();
        for column in Column::all(def) {
            let name = format!("{}.{}", def.id, column.name());
            assert_eq!(Column::find(def, column.name()), Ok(column), "{name}");
            assert!(!column.label().is_empty() && !column.help().is_empty(), "{name}");
            for down in [false, true] {
                let mut query = Query::new(def);
                query.sort = Some(Sort { column, down });
                assert_eq!(query.run(&asker).len(), live, "{name}");
            }
            let halves = ["none", "some"].map(|how| {
                let mut query = Query::new(def);
                query.add(Filter::read(&asker, def, column.name(), "is", how).unwrap());
                query.run(&asker).len()
            });
            // Whoever asks for a stage also sees those that end a life.
            let is_apart = matches!(column, Column::Mine | Column::Stage);
            assert!(is_apart || halves.iter().sum::<usize>() == live, "{name}");
            Query::new(def).facets(&asker, column);
            it.fixture.isms.rows(def.id).for_each(|it| {
                column.text(asker.view, it, Links::Titles);
            });
        }
    }
}

/// Something that happens to a register.
#[derive(Debug, Clone)]
enum Event {
    Rename(usize, String),
    Own(usize, usize),
    Rate(usize, i64),
    Close(usize),
    Withdraw(usize),
    Add(String),
    RenameOwner(usize, String),
    Assent(usize),
    NextDay,
}

fn event() -> impl Strategy<Value = Event> {
    let title = || "[abÄöz. 0-9]{1,4}x";
    prop_oneof![
        (any::<usize>(), title()).prop_map(|(at, it)| Event::Rename(at, it)),
        (any::<usize>(), 0..3_usize).prop_map(|(at, it)| Event::Own(at, it)),
        (any::<usize>(), 1..3_i64).prop_map(|(at, it)| Event::Rate(at, it)),
        any::<usize>().prop_map(Event::Close),
        any::<usize>().prop_map(Event::Withdraw),
        title().prop_map(Event::Add),
        (0..3_usize, title()).prop_map(|(at, it)| Event::RenameOwner(at, it)),
        any::<usize>().prop_map(Event::Assent),
        Just(Event::NextDay),
    ]
}

fn play(it: &mut Register, event: &Event) {
    let owners = [it.me, it.bob, it.officer];
    let risks: Vec<Id> =
        it.fixture.isms.rows("risk").filter(|it| it.is_live()).map(|it| it.head.id).collect();
    let one = |at: &usize| risks.get(at % risks.len().max(1)).copied();
    match event {
        Event::Rename(at, title) => {
            if let Some(risk) = one(at) {
                edit(it, risk, json!({ "title": title }));
            }
        }
        Event::Own(at, owner) => {
            if let Some(risk) = one(at) {
                edit(it, risk, json!({ "owner": owners[*owner] }));
            }
        }
        Event::Rate(at, rank) => {
            let rating = json!({"likelihood": rank, "consequences": [{"criterion": "money",
                "rank": rank}], "rationale": "Why.", "on": "2026-11-01"});
            if let Some(risk) = one(at) {
                edit(it, risk, json!({ "current": rating }));
            }
        }
        Event::Close(at) => {
            if let Some(risk) = one(at) {
                it.fixture.go(risk, "closed");
            }
        }
        Event::Withdraw(at) => {
            if let Some(risk) = one(at) {
                let _ = it.fixture.try_run(crate::Step::Withdraw { record: risk, version: None });
            }
        }
        Event::Add(title) => {
            let owner = it.bob;
            it.risk(title, owner, json!({}));
        }
        Event::RenameOwner(at, title) => edit(it, owners[*at], json!({ "title": title })),
        Event::Assent(at) => {
            if let Some(risk) = one(at) {
                let owner = it.fixture.isms.get(risk).unwrap().cell("owner").ids().next();
                let owner = owner.filter(|owner| *owner == it.bob).unwrap_or(it.me);
                it.fixture.actor = crate::Actor::Person(owner);
                it.fixture.assent(risk, Purpose::AcceptResidual);
                it.fixture.actor = crate::Actor::Person(it.me);
            }
        }
        Event::NextDay => it.fixture.day = it.fixture.day.tomorrow().unwrap(),
    }
}

fn edit(it: &mut Register, record: Id, fields: Json) {
    let fields = fields.as_object().unwrap().clone();
    let edit = crate::command::Edit {
        record,
        version: None,
        fields,
        extras: None,
        provenance: Provenance::Person,
    };
    // What would change nothing is refused, and that is well.
    let _ = it.fixture.try_run(crate::Step::Edit(edit));
}

const ASKED: [&str; 14] = [
    "sort=title",
    "sort=-title&with=all",
    "sort=owner&with=ended",
    "sort=-level_current",
    "sort=evaluation",
    "sort=acceptance",
    "f.level_current=high&sort=owner",
    "f.acceptance.has=stale",
    "f.acceptance=valid",
    "f.mine=yes",
    "f.owner.has=a",
    "q=a",
    "q=x&with=all",
    "sort=-treatment",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_kept_answers_like_what_is_worked_out_anew(events in prop::collection::vec(event(), 1..24)) {
        let mut it = register();
        // So many that one change is put into the order there was, and several make it anew.
        for at in 0..24 {
            let owner = [it.bob, it.officer, it.me][at % 3];
            it.risk(&format!("b{}x", at % 5), owner, json!({}));
        }
        let risk = kinds::kind("risk").unwrap();
        let mut past = Vec::new();
        for event in &events {
            play(&mut it, event);
            past.push((it.fixture.isms.clone(), it.fixture.day));
            // The newest, and one of the past.
            for (isms, day) in [&past[past.len() - 1], &past[past.len() / 2]] {
                let view = View::new(isms, *day);
                let fresh = Cache::default();
                let ask = |cache| Asker { me: Some(it.me), ..Asker::all_seeing(view, cache) };
                for text in ASKED {
                    let query = Query::parse(&ask(&it.cache), risk, text).unwrap();
                    let kept = query.run(&ask(&it.cache));
                    let anew = query.run(&ask(&fresh));
                    prop_assert_eq!(kept.numbers(), anew.numbers(), "{} after {:?}", text, event);
                    let numbers: BTreeSet<&u32> = kept.numbers().iter().collect();
                    prop_assert_eq!(numbers.len(), kept.len());
                    let owner = Column::find(risk, "owner").unwrap();
                    let facets = |cache| query.facets(&ask(cache), owner);
                    prop_assert_eq!(facets(&it.cache), facets(&fresh));
                }
            }
        }
    }
}
