//! Functions measured by themselves, on a hundredth to a fifth of the organization.

use std::sync::{Arc, LazyLock};

use divan::{Bencher, black_box};
use domain::{Isms, Moment};
use jiff::Timestamp;
use ledger::{Draft, DraftLine, Op, Tail, canonical};
use meta::{Cell, Id, Record};
use muniment_bench::{Size, dice::Dice, organization, stepping};
use serde_json::Value;

/// 20,000 risks and what they link to.
const RISKS: Size = Size { assets: 2_000, risks: 20_000, actions: 0, evidence: 0 };

static ISMS: LazyLock<Isms> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join("muniment-bench");
    let home = organization(&folder, RISKS).expect("the disk takes it");
    let (_app, organization) = home.open(stepping(1_795_348_800_000, 1)).expect("it was just made");
    organization.current().expect("it was just opened")
});

fn main() {
    LazyLock::force(&ISMS);
    divan::main();
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
            text: text.clone(),
        })
        .collect();
    let tail = Tail::empty(Id::from_u128(1));
    let draft = || Draft {
        actor: "system".to_owned(),
        via: "job".to_owned(),
        note: None,
        lines: lines.clone(),
    };
    bencher
        .with_inputs(draft)
        .bench_local_values(|draft| ledger::seal(draft, &tail, 0, &mut || [7; 16]));
}

fn body() -> Value {
    let text = domain::stored_text(risks()[9_000]).expect("it is not erased");
    serde_json::from_str(&text).expect("it was stored")
}

fn field(kind: &str, name: &str) -> usize {
    let def = kinds::kind(kind).expect("the kind exists");
    def.field(name).expect("the field exists").0
}
