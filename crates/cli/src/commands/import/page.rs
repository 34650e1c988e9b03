//! What an import would do, shown before it is done, and what it left to do.

use app::Receipt;
use domain::{View, text};
use exchange::{
    Value,
    import::{
        Alike, ColumnPlan, Match, OnConflict, Outcome, Plan, RatingPart, Remark, SheetPlan,
        Sureness, Target, contradictions,
    },
};
use meta::KindDef;
use serde_json::json;

use crate::{
    output::{Column, Ink, Out, Table},
    place::Desk,
    written::cut,
};

const SHOWN: usize = 6;
const CONTRADICTIONS: usize = 100;

/// Shows the plan sheet by sheet.
pub fn plan(desk: &Desk, plan: &Plan, on_conflict: OnConflict, out: &mut Out) {
    for (at, sheet) in plan.sheets.iter().enumerate() {
        if at > 0 {
            out.gap();
        }
        self::sheet(desk, sheet, on_conflict, out);
    }
    if let Some(method) = &plan.method {
        out.gap();
        out.line(out.paint("A draft of a risk method is proposed", Ink::Bold));
        out.wrapped(
            2,
            "It holds the scales and thresholds seen in the files. These questions are \
                        for you:",
        );
        method.questions.iter().for_each(|it| bullet(it, out));
    }
    out.gap();
}

/// Says what the records contradict after the import, and what to do next.
pub fn afterwards(desk: &Desk, plan: &Plan, alike: &[Alike], receipt: &Receipt, out: &mut Out) {
    // What contradicted itself before was told before.
    let before = contradictions(desk.past.view());
    let mut found = contradictions(View::new(&receipt.isms, desk.past.day));
    found.retain(|it| before.iter().all(|old| old.text != it.text));
    if !found.is_empty() {
        out.gap();
        out.line(out.paint("These contradict each other now", Ink::Bold));
        for it in found.iter().take(CONTRADICTIONS) {
            bullet(&it.text, out);
        }
        if found.len() > CONTRADICTIONS {
            let more = found.len() - CONTRADICTIONS;
            bullet(&format!("and {more} more: `{} --format json` lists all", again(plan)), out);
        }
    }
    let mut next = vec![("muniment check --stage 1".to_owned(), "what an auditor would raise")];
    if let Some(method) = &plan.method
        && let Some(record) = receipt.isms.get(method.record)
    {
        let name = record.name();
        next.insert(0, (format!("muniment show {name}"), "the draft of your risk method"));
    }
    same_names(alike, receipt, out);
    if plan.sheets.iter().flat_map(|it| &it.remarks).any(Remark::is_unlinked) {
        let what = "later: read again what names nothing yet";
        next.push((format!("{} --relink", again(plan)), what));
    }
    next.push((format!("muniment undo {}", receipt.seq), "take all of it back"));
    out.gap();
    out.line("Try next:");
    for (command, what) in next {
        out.line(format!("  {command:<34} {}", out.paint(what, Ink::Dim)));
    }
}

/// Names that look like the same role or person, each with the command that makes them one.
fn same_names(alike: &[Alike], receipt: &Receipt, out: &mut Out) {
    let named = |kind: &str, title: &str| {
        let mut rows = receipt.isms.rows(kind).filter(|it| it.is_live());
        rows.find(|it| it.title() == title).map(meta::Record::name)
    };
    let pairs: Vec<(&Alike, String, String)> = alike
        .iter()
        .filter_map(|it| Some((it, named(it.kind, &it.kept)?, named(it.kind, &it.dropped)?)))
        .collect();
    if pairs.is_empty() {
        return;
    }
    out.gap();
    out.line(
        out.paint("These names look like the same: make one of two where they are", Ink::Bold),
    );
    for (it, kept, dropped) in pairs.iter().take(SHOWN * 2) {
        let command = out.paint(&format!("muniment merge {kept} {dropped}"), Ink::Accent);
        out.line(format!("  {command}"));
        out.wrapped(4, &format!("“{}” is “{}”", it.dropped, it.kept));
    }
    if pairs.len() > SHOWN * 2 {
        bullet(&format!("and {} more", pairs.len() - SHOWN * 2), out);
    }
}

/// The command that imports the files again.
fn again(plan: &Plan) -> String {
    let told = |it: &&SheetPlan| it.sureness == Sureness::Told;
    match plan.sheets.iter().find(told).and_then(|it| it.kind) {
        Some(kind) => format!("muniment import {} FILE", kind.id),
        None => "muniment import FILE".to_owned(),
    }
}

/// The plan for programs; `entry` once it was carried out, and what contradicts itself in `view`.
pub fn json(plan: &Plan, entry: Option<u64>, view: View<'_>) -> serde_json::Value {
    let sheets = plan.sheets.iter().map(|it| {
        let columns = it.columns.iter().map(|it| {
            json!({
                "header": it.header, "means": target(it, None), "sample": it.sample,
            })
        });
        let rejected = it.rows.iter().filter_map(|row| match &row.outcome {
            Outcome::Rejected(why) => Some(json!({"line": row.line, "why": why})),
            _ => None,
        });
        let remarks = it.remarks.iter().map(|it| {
            json!({
                "line": it.line, "header": it.header, "cell": it.cell, "text": it.text,
            })
        });
        let conflicts = it.conflicts.iter().map(|it| {
            json!({
                "line": it.line, "record": it.record, "field": it.field, "was": it.was,
                "sheet": it.now, "ours": it.ours,
            })
        });
        let stubs = it.stubs.iter().map(|it| json!({"kind": it.kind, "title": it.title}));
        let sum = it.summary;
        json!({
            "file": it.source, "sheet": it.sheet, "kind": it.kind.map(|it| it.id),
            "sure": sure(it.sureness), "why": it.why, "header_line": it.header_line,
            "columns": columns.collect::<Vec<_>>(), "read": sum.read, "made": sum.made,
            "updated": sum.updated, "unchanged": sum.unchanged, "rejected": sum.rejected,
            "left_out": it.left_out, "rejects": rejected.collect::<Vec<_>>(),
            "stubs": stubs.collect::<Vec<_>>(), "conflicts": conflicts.collect::<Vec<_>>(),
            "formulas": it.formulas, "remarks": remarks.collect::<Vec<_>>(),
        })
    });
    json!({
        "entry": entry, "sheets": sheets.collect::<Vec<_>>(),
        "contradictions": contradictions(view).iter().map(|it| &it.text).collect::<Vec<_>>(),
        "questions": plan.method.as_ref().map(|it| &it.questions),
    })
}

fn sheet(desk: &Desk, sheet: &SheetPlan, on_conflict: OnConflict, out: &mut Out) {
    let name = match sheet.sheet == sheet.source {
        true => sheet.source.clone(),
        false => format!("{}, sheet {}", sheet.source, sheet.sheet),
    };
    let Some(kind) = sheet.kind else {
        out.line(format!("{}  not understood", out.paint(&name, Ink::Bold)));
        let (count, are) = (rows(sheet.left_out), if sheet.left_out == 1 { "is" } else { "are" });
        out.wrapped(2, &format!("{}; {count} {are} left out", sheet.why));
        return;
    };
    out.line(format!("{} → {}", out.paint(&name, Ink::Bold), kind.plural.to_lowercase()));
    let line = sheet.header_line;
    let why = match sheet.sureness {
        Sureness::Told => format!("{}; header on line {line}", sheet.why),
        sureness => format!("{}: {}; header on line {line}", sure(sureness), sheet.why),
    };
    out.wrapped(2, &why);
    out.gap();
    columns(kind, sheet, out);
    out.gap();
    let sum = sheet.summary;
    out.line(format!(
        "  {}: {} made, {} updated, {} unchanged, {} rejected",
        rows(sum.read),
        sum.made,
        sum.updated,
        sum.unchanged,
        sum.rejected
    ));
    rejected(sheet, out);
    let is_withdrawn = |id| desk.isms().get(id).is_some_and(|it| it.head.withdrawn);
    let withdrawn = sheet.rows.iter().filter(|it| it.record.is_some_and(is_withdrawn)).count();
    if withdrawn > 0 {
        let text = match withdrawn {
            1 => "1 row: its record was withdrawn here; add --again to make it anew".to_owned(),
            many => {
                format!(
                    "{many} rows: their records were withdrawn here; add --again to make them anew"
                )
            }
        };
        bullet(&text, out);
    }
    stubs(sheet, out);
    for it in sheet.conflicts.iter().take(SHOWN) {
        let record = desk.isms().get(it.record).map(text::called).unwrap_or_default();
        bullet(
            &format!(
                "line {}: {} of {record} changed in the sheet to `{}` and here to `{}`: {}",
                it.line,
                kind.field(&it.field).map_or(it.field.as_str(), |it| it.1.label),
                cut(&it.now, 60),
                cut(&it.ours, 60),
                match on_conflict {
                    OnConflict::Keep => "the record keeps its own (--take-sheet takes the sheet's)",
                    OnConflict::TakeSheet => "the sheet's is taken",
                }
            ),
            out,
        );
    }
    more(sheet.conflicts.len(), "conflicts", out);
    if !sheet.formulas.is_empty() {
        let cells: Vec<&str> = sheet.formulas.iter().map(String::as_str).take(10).collect();
        let more = if sheet.formulas.len() > 10 { ", …" } else { "" };
        let cells = cells.join(", ");
        bullet(
            &format!("formulas were not computed, their stored values read: {cells}{more}"),
            out,
        );
    }
    let remarks = sheet.remarks_counted();
    for (it, count) in remarks.iter().take(SHOWN * 2) {
        let place = match (it.line, &it.header, *count) {
            (_, Some(header), count) if count > 1 => format!("{header}, {count} times"),
            (Some(line), None, count) if count > 1 => format!("line {line} and {} more", count - 1),
            (Some(line), Some(header), _) => format!("line {line}, {header}"),
            (Some(line), None, _) => format!("line {line}"),
            (None, Some(header), _) => header.clone(),
            (None, None, _) => String::new(),
        };
        let cell = match (it.cell.as_str(), *count > 1) {
            ("", _) => String::new(),
            (cell, true) => format!(", such as `{}`", cut(cell, 40)),
            (cell, false) => format!(" `{}`", cut(cell, 40)),
        };
        let colon = if place.is_empty() { "" } else { ": " };
        bullet(&format!("{place}{cell}{colon}{}", it.text), out);
    }
    if remarks.len() > SHOWN * 2 {
        bullet(&format!("and {} more remarks", remarks.len() - SHOWN * 2), out);
    }
}

fn rows(count: usize) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

fn columns(kind: &'static KindDef, sheet: &SheetPlan, out: &mut Out) {
    let header = vec![
        Column::wrap("header", "Column"),
        Column::wrap("means", "Becomes").ink(Ink::Accent),
        Column::cut("sample", "For example").ink(Ink::Dim),
    ];
    let mut table = Table::new(header);
    for it in &sheet.columns {
        let about = match it.matched {
            Match::Close => " (a guess)",
            _ => "",
        };
        let row =
            [it.header.clone(), format!("{}{about}", target(it, Some(kind))), it.sample.clone()];
        table.row(row.map(Value::from_text).to_vec());
    }
    let text = table.text(out.width.saturating_sub(2), out.color);
    text.lines().for_each(|line| out.line(format!("  {line}")));
}

fn rejected(sheet: &SheetPlan, out: &mut Out) {
    for row in sheet.rows.iter().filter(|it| matches!(it.outcome, Outcome::Rejected(_))).take(SHOWN)
    {
        if let Outcome::Rejected(why) = &row.outcome {
            bullet(&format!("line {}: {why}", row.line), out);
        }
    }
    more(sheet.summary.rejected, "rejected rows", out);
}

fn stubs(sheet: &SheetPlan, out: &mut Out) {
    for def in kinds::KINDS {
        let named: Vec<&str> =
            sheet.stubs.iter().filter(|it| it.kind == def.id).map(|it| it.title.as_str()).collect();
        if named.is_empty() {
            continue;
        }
        let shown = named.iter().take(8).copied().collect::<Vec<_>>().join(", ");
        let more = if named.len() > 8 { ", …" } else { "" };
        let name = if named.len() == 1 { def.label } else { def.plural };
        let name = name.to_lowercase();
        bullet(&format!("{} {name} made because cells name them: {shown}{more}", named.len()), out);
    }
}

/// What a column becomes: by label for people, by name for programs.
fn target(column: &ColumnPlan, kind: Option<&'static KindDef>) -> String {
    let label = |name: &str| {
        let field = kind.and_then(|it| it.field(name));
        field.map_or_else(|| name.to_owned(), |it| it.1.label.to_owned())
    };
    match &column.target {
        Target::Field(name) => label(name),
        Target::Part(name, part) => format!("{}, {part}", label(name)),
        Target::Rating(name, part) => {
            let part = match part {
                RatingPart::Likelihood => "likelihood".to_owned(),
                RatingPart::Consequence(criterion) => format!("consequence {criterion}"),
                RatingPart::Worst => "worst consequence (compared, kept)".to_owned(),
                RatingPart::Score => "score (compared, kept)".to_owned(),
                RatingPart::Level => "level (compared, kept)".to_owned(),
            };
            format!("{}, {part}", label(name))
        }
        Target::Mark(name, option) => format!("{}, {option}", label(name)),
        Target::Given => "the first name, before the last".to_owned(),
        Target::Id => "the number it is known by".to_owned(),
        Target::Stage => "stage".to_owned(),
        Target::Extra => "kept beside the fields".to_owned(),
        Target::Empty => "nothing: the column is empty".to_owned(),
    }
}

fn sure(sureness: Sureness) -> &'static str {
    match sureness {
        Sureness::None => "not understood",
        Sureness::Low => "unsure",
        Sureness::High => "sure",
        Sureness::Told => "as you said",
    }
}

fn more(count: usize, what: &str, out: &mut Out) {
    if count > SHOWN {
        bullet(&format!("and {} more {what}", count - SHOWN), out);
    }
}

fn bullet(text: &str, out: &mut Out) {
    let wrapped = crate::output::paragraphs(text, out.width.saturating_sub(6));
    for (at, line) in wrapped.lines().enumerate() {
        out.line(format!("  {} {line}", if at == 0 { "·" } else { " " }));
    }
}
