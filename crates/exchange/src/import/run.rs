//! One run over all sheets: who is who first, then what each row says.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use domain::{Step, View, command::New, risk};
use kinds::{risk_method::RiskMethod, role::Role};
use meta::{Extras, FieldType, Id, KindDef};

use super::{
    Options, Outcome, Plan, Remark, RowPlan, SheetPlan, Stub, Summary, Target,
    book::Book,
    cells,
    convert::{self, Sheet},
    identify::{Identity, Memory, Row},
    method,
    outline::Outline,
    rows::Reading,
    write::Written,
};

/// Plans all sheets together, so that each may name what stands in another.
pub(super) fn run(
    view: View<'_>,
    outlines: Vec<Outline<'_>>,
    options: &Options,
    ids: &mut dyn FnMut() -> Id,
) -> Plan {
    let mut rows = identify(view, &outlines, options, ids);
    let found = risk::method(view);
    let sheets: Vec<Option<Sheet<'_>>> =
        outlines.iter().map(|it| Some(Sheet::new(it, it.kind?, found))).collect();
    // A row found wanting takes its record away from every cell that names it, so that the cells
    // are read again: each turn rejects at least one row more.
    let (written, book) = loop {
        let mut book = book(view, &outlines, &rows);
        let reading = Reading { view, outlines: &outlines, sheets: &sheets, rows: &rows, options };
        let (written, rejected) = reading.read(&mut book, ids);
        if rejected.is_empty() {
            break (written, book);
        }
        for (sheet, row, reason) in rejected {
            rows[sheet][row].identity = Identity::Rejected(reason);
        }
    };
    let mut plan = Plan::default();
    let stubs = book.into_stubs();
    let used = if stubs.is_empty() { HashSet::new() } else { used_stubs(&written) };
    plan.command.steps.reserve(stubs.len() + written.iter().map(Vec::len).sum::<usize>());
    for stub in stubs.iter().filter(|it| used.contains(&it.id)) {
        plan.command.steps.push(Step::New(New {
            id: stub.id,
            kind: stub.kind.to_owned(),
            fields: stub.fields.clone(),
            stage: None,
            provenance: options.provenance,
            extras: Extras {
                stub: Some(true),
                external_id: stub.external.clone(),
                ..Extras::default()
            },
        }));
    }
    for (at, (mut sheet, written)) in outlines.iter().map(shell).zip(written).enumerate() {
        let lines = &outlines[at].lines;
        let own = stubs.iter().filter(|it| it.sheet == at && used.contains(&it.id));
        sheet.stubs = own
            .map(|it| Stub { record: it.id, kind: it.kind, title: it.title.clone(), line: it.line })
            .collect();
        match sheet.kind {
            None => sheet.left_out = lines.len(),
            Some(_) => {
                for ((line, row), (outcome, written)) in lines.iter().zip(&rows[at]).zip(written) {
                    let rejected = matches!(outcome, Outcome::Rejected(_));
                    if matches!(row.identity, Identity::Withdrawn(_)) {
                        let text =
                            "its record was withdrawn, and stays so unless you take it again";
                        sheet.remarks.push(Remark {
                            line: Some(line.line),
                            header: None,
                            cell: String::new(),
                            text: text.to_owned(),
                        });
                    }
                    if let Some(text) = row.apart.clone() {
                        let (line, cell) = (Some(line.line), String::new());
                        sheet.remarks.push(Remark { line, header: None, cell, text });
                    }
                    sheet.rows.push(RowPlan {
                        line: line.line,
                        outcome,
                        record: row.identity.record(),
                        cells: if rejected { owned(&line.cells) } else { Vec::new() },
                    });
                    sheet.conflicts.extend(written.conflicts);
                    sheet.remarks.extend(written.remarks);
                    plan.command.steps.extend(written.steps);
                }
            }
        }
        sheet.summary = Summary::of(&sheet.rows);
        let bound = || method::bound(sheets[at].as_ref()?, found?);
        if sheet.summary.made + sheet.summary.updated > 0
            && let Some(text) = bound()
        {
            sheet.remarks.push(Remark { line: None, header: None, cell: String::new(), text });
        }
        plan.sheets.push(sheet);
    }
    if found.is_none() && view.isms.live::<RiskMethod>().next().is_none() {
        let made = |at: usize, row: usize| plan.sheets[at].rows[row].outcome == Outcome::Made;
        if let Some((draft, step)) = method::draft(&sheets, &made, options, ids) {
            plan.command.steps.push(step);
            plan.method = Some(draft);
        }
    }
    plan
}

fn identify(
    view: View<'_>,
    outlines: &[Outline<'_>],
    options: &Options,
    ids: &mut dyn FnMut() -> Id,
) -> Vec<Vec<Row>> {
    let mut kinds: Vec<&'static KindDef> = outlines.iter().filter_map(|it| it.kind).collect();
    kinds.sort_by_key(|it| it.id);
    kinds.dedup_by_key(|it| it.id);
    let mut memory = Memory::new(view.isms, &kinds, options);
    outlines
        .iter()
        .map(|it| it.kind.map_or_else(Vec::new, |kind| memory.identify(it, kind, ids)))
        .collect()
}

/// What the records there are and those to be made can be called.
fn book<'a>(view: View<'a>, outlines: &[Outline<'_>], rows: &[Vec<Row>]) -> Book<'a> {
    let mut book = Book::new(view.isms, nameable(outlines));
    for (outline, rows) in outlines.iter().zip(rows) {
        let Some(kind) = outline.kind else { continue };
        let names: Vec<(usize, bool)> = outline
            .columns
            .iter()
            .enumerate()
            .filter_map(|(at, it)| match it.target {
                Target::Id | Target::Field("reference" | "identifier" | "email") => {
                    Some((at, false))
                }
                Target::Field(name) if name == kind.fields[0].name => Some((at, true)),
                _ => None,
            })
            .collect();
        let also = outline.columns.iter().position(|it| it.target == Target::Field("also_known"));
        let links: Vec<usize> = outline
            .columns
            .iter()
            .enumerate()
            .filter(|(_, it)| is_link(kind, &it.target))
            .map(|(at, _)| at)
            .collect();
        for (line, row) in outline.lines.iter().zip(rows) {
            if let Identity::New(id) | Identity::Known(id) = row.identity
                && book.may_name(kind.id)
            {
                for (at, title) in &names {
                    match title {
                        true => book.add_title(id, kind.id, line.said(*at)),
                        false => book.add(id, kind.id, line.said(*at)),
                    }
                }
                if kind.id == "control" {
                    book.add(id, kind.id, &row.key);
                }
                let others = also.map(|at| &*line.cells[at]).filter(|it| !it.is_empty());
                if let Some(others) = others.filter(|_| kind.id == <Role as meta::Kind>::ID) {
                    let each = cells::parts(others).unwrap_or_else(|| vec![others]);
                    each.into_iter().for_each(|it| book.add(id, kind.id, it));
                }
            }
            for at in &links {
                if !line.cells[*at].is_empty() {
                    book.add_whole(&line.cells[*at]);
                    book.add_people(linked(kind, &outline.columns[*at].target), &line.cells[*at]);
                }
            }
        }
    }
    book
}

/// The stubs that a step really links to.
fn used_stubs(written: &[Vec<(Outcome, Written)>]) -> HashSet<Id> {
    let mut used = HashSet::new();
    let mut seen: HashMap<String, Option<Id>> = HashMap::new();
    let steps = written.iter().flatten().flat_map(|(_, it)| &it.steps);
    for step in steps {
        let fields = match step {
            Step::New(new) => &new.fields,
            Step::Edit(edit) => &edit.fields,
            _ => continue,
        };
        fields.values().for_each(|it| visit(it, &mut seen, &mut used));
    }
    used
}

fn visit(
    value: &serde_json::Value,
    seen: &mut HashMap<String, Option<Id>>,
    used: &mut HashSet<Id>,
) {
    match value {
        serde_json::Value::String(text) if text.len() == 36 => {
            if let Some(id) = seen.entry(text.clone()).or_insert_with(|| text.parse().ok()) {
                used.insert(*id);
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|it| visit(it, seen, used)),
        serde_json::Value::Object(map) => map.values().for_each(|it| visit(it, seen, used)),
        _ => {}
    }
}

fn owned(cells: &[Cow<'_, str>]) -> Vec<String> {
    cells.iter().map(|it| it.clone().into_owned()).collect()
}

fn shell(outline: &Outline<'_>) -> SheetPlan {
    SheetPlan {
        source: outline.source.clone(),
        sheet: outline.sheet.clone(),
        kind: outline.kind,
        sureness: outline.sureness,
        why: outline.why.clone(),
        header_line: outline.header_line,
        columns: outline.columns.clone(),
        rows: Vec::new(),
        summary: Summary::default(),
        left_out: 0,
        stubs: Vec::new(),
        conflicts: Vec::new(),
        formulas: outline.formulas.clone(),
        remarks: outline.remarks.clone(),
    }
}

fn is_link(kind: &KindDef, target: &Target) -> bool {
    let ty = convert::type_of(kind, target).filter(|_| matches!(target, Target::Field(_)));
    matches!(ty, Some(FieldType::Link(_) | FieldType::Links(_)))
}

/// The kinds that a column of links may name; none where it may name any.
fn linked(kind: &KindDef, target: &Target) -> &'static [&'static str] {
    match convert::type_of(kind, target) {
        Some(FieldType::Link(kinds) | FieldType::Links(kinds)) => kinds,
        _ => &[],
    }
}

/// The kinds that the cells of some column may name; none where one may name any.
fn nameable(outlines: &[Outline<'_>]) -> Vec<&'static str> {
    let mut kinds = Vec::new();
    for outline in outlines {
        let Some(kind) = outline.kind else { continue };
        for ty in outline.columns.iter().filter_map(|it| convert::type_of(kind, &it.target)) {
            match ty {
                FieldType::Link([]) | FieldType::Links([]) => return Vec::new(),
                FieldType::Link(targets) | FieldType::Links(targets) => kinds.extend(targets),
                _ => {}
            }
        }
    }
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}
