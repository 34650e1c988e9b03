//! Functions measured by themselves, on a hundredth to a fifth of the organization.

use std::sync::{Arc, LazyLock};

use divan::{Bencher, black_box};
use domain::{
    Cache, Isms, Moment, View,
    query::{Asker, Query},
    search,
};
use jiff::{Timestamp, civil::Date};
use ledger::{Draft, DraftLine, Hashed, Op, Tail, canonical};
use meta::{Cell, Id, Record};
use muniment_bench::{Size, dice::Dice, organization, stepping};
use serde_json::Value;

/// 20,000 risks and what they link to.
const RISKS: Size = Size { assets: 2_000, risks: 20_000, actions: 0, evidence: 0 };

/// The day of the figures.
const DAY: Date = jiff::civil::date(2026, 11, 22);

static ISMS: LazyLock<Isms> = LazyLock::new(|| opened(RISKS));

/// All 100,000 records.
static WHOLE: LazyLock<Isms> = LazyLock::new(|| opened(Size::FULL));

fn main() {
    LazyLock::force(&ISMS);
    divan::main();
}

fn opened(size: Size) -> Isms {
    let folder = std::env::temp_dir().join("muniment-bench");
    let home = organization(&folder, size).expect("the disk takes it");
    let (_app, organization) = home.open(stepping(1_795_348_800_000, 1)).expect("it was just made");
    organization.current().expect("it was just opened")
}

fn risks() -> Vec<&'static Record> {
    ISMS.rows("risk").collect()
}

#[divan::bench]
fn sort_20000_risks_by_title(bencher: Bencher<'_, '_>) {
    let risks = risks();
    let at = field("risk", "title");
    bencher.with_inputs(|| risks.clone()).bench_local_values(|mut rows| {
        rows.sort_by(|a, b| a.body.cell(at).order(b.body.cell(at)));
        rows
    });
}

#[divan::bench]
fn sort_20000_risks_by_rating(bencher: Bencher<'_, '_>) {
    let risks = risks();
    let at = field("risk", "current");
    bencher.with_inputs(|| risks.clone()).bench_local_values(|mut rows| {
        rows.sort_by(|a, b| a.body.cell(at).order(b.body.cell(at)));
        rows
    });
}

#[divan::bench]
fn filter_20000_risks_by_owner(bencher: Bencher<'_, '_>) {
    let at = field("risk", "owner");
    let owner = risks()[1].body.cell(at).ids().next();
    bencher.bench_local(|| {
        let rows = black_box(&*ISMS).rows("risk");
        rows.filter(|it| it.body.cell(at).ids().next() == owner).count()
    });
}

#[divan::bench]
fn search_20000_risks_for_a_word(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| {
        let rows = black_box(&*ISMS).rows("risk");
        rows.filter(|it| it.title().contains("payroll")).count()
    });
}

#[divan::bench]
fn list_20000_risks_filtered_and_sorted(bencher: Bencher<'_, '_>) {
    list(bencher, "f.level_current=high&f.next_review.is=some&sort=-title", false);
}

#[divan::bench]
fn list_20000_risks_once_more(bencher: Bencher<'_, '_>) {
    list(bencher, "f.level_current=high&f.next_review.is=some&sort=-title", true);
}

#[divan::bench]
fn list_20000_risks_that_say_two_words(bencher: Bencher<'_, '_>) {
    list(bencher, "q=payroll+hamburg", false);
}

/// A page of 50. Answers are kept for whoever sees everything: others have theirs worked out.
fn list(bencher: Bencher<'_, '_>, address: &str, kept: bool) {
    let cache = Cache::default();
    let each = |_: &Record| true;
    let sees: Option<&dyn Fn(&Record) -> bool> = if kept { None } else { Some(&each) };
    let asker = Asker { sees, ..Asker::all_seeing(View::new(&ISMS, DAY), &cache) };
    let risk = kinds::kind("risk").expect("the kind exists");
    let query = Query::parse(&asker, risk, address).expect("it is a query");
    bencher.bench_local(|| black_box(&query).run(&asker).page(100, 50).count());
}

#[divan::bench]
fn jump_among_100000_by_title(bencher: Bencher<'_, '_>) {
    jump(bencher, "payroll ham");
}

#[divan::bench]
fn jump_among_100000_by_scattered_letters(bencher: Bencher<'_, '_>) {
    jump(bencher, "rnsmw payrl");
}

#[divan::bench]
fn jump_among_100000_by_text(bencher: Bencher<'_, '_>) {
    jump(bencher, "a rota covers the nights");
}

fn jump(bencher: Bencher<'_, '_>, typed: &str) {
    let cache = Cache::default();
    cache.warm(&WHOLE);
    let asker = Asker::all_seeing(View::new(&WHOLE, DAY), &cache);
    bencher.bench_local(|| search::jump(&asker, black_box(typed), 20).len());
}

#[divan::bench]
fn clone_an_isms(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| black_box(&*ISMS).clone());
}

#[divan::bench]
fn put_one_record_into_a_clone(bencher: Bencher<'_, '_>) {
    let record: Arc<Record> = ISMS.shared(risks()[9_000].head.id).expect("it is there");
    bencher.bench_local(|| {
        let mut isms = ISMS.clone();
        isms.put(record.clone());
        isms.advance(Moment { at: Timestamp::UNIX_EPOCH, actor: None });
        isms
    });
}

#[divan::bench]
fn read_a_cell_by_name(bencher: Bencher<'_, '_>) {
    let risk = risks()[9_000];
    bencher.bench_local(|| matches!(black_box(risk).cell("owner"), Cell::Empty));
}

#[divan::bench]
fn write_canonical_json(bencher: Bencher<'_, '_>) {
    let value: Value = body();
    bencher.bench_local(|| canonical::write(black_box(&value)));
}

#[divan::bench]
fn read_a_stored_record(bencher: Bencher<'_, '_>) {
    let risk = risks()[9_000];
    let text = domain::stored_text(risk).expect("it is not erased");
    bencher.bench_local(|| (risk.def().parse)(risk.head.clone(), black_box(&text)));
}

#[divan::bench]
fn seal_a_commit_of_one_line(bencher: Bencher<'_, '_>) {
    seal(bencher, 1);
}

#[divan::bench]
fn seal_a_commit_of_1000_lines(bencher: Bencher<'_, '_>) {
    seal(bencher, 1_000);
}

fn seal(bencher: Bencher<'_, '_>, lines: usize) {
    let text = canonical::write(&body()).expect("it was stored");
    let mut dice = Dice::new(1);
    let lines: Vec<DraftLine> = (0..lines)
        .map(|at| DraftLine {
            record: dice.id(at as u64),
            kind: "risk".to_owned(),
            number: at as u32 + 1,
            version: 1,
            op: Op::Put,
            stage: "monitored".to_owned(),
            provenance: "person".to_owned(),
            body_version: 1,
            content: Hashed::new([7; 16], text.clone()),
        })
        .collect();
    let tail = Tail::empty(Id::from_u128(1));
    let draft = || Draft {
        actor: "system".to_owned(),
        via: "job".to_owned(),
        note: None,
        lines: lines.clone(),
    };
    bencher.with_inputs(draft).bench_local_values(|draft| ledger::seal(draft, &tail, 0));
}

fn body() -> Value {
    let text = domain::stored_text(risks()[9_000]).expect("it is not erased");
    serde_json::from_str(&text).expect("it was stored")
}

fn field(kind: &str, name: &str) -> usize {
    let def = kinds::kind(kind).expect("the kind exists");
    def.field(name).expect("the field exists").0
}
