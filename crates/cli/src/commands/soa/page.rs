//! The Statement of Applicability on a terminal.

use domain::soa::{Applicability, Implementation, InForce, Soa, SoaRow};
use exchange::Value;
use serde_json::json;

use crate::output::{Column, Ink, Out, Table, paragraphs};

/// How many rows that differ from the edition are named.
const NAMED: usize = 12;

/// Prints the statement: cover, figures, then a line for each control, or all about it; a working
/// copy with how it differs from the edition in force.
pub fn print(soa: &Soa, in_force: Option<&InForce>, full: bool, out: &mut Out) {
    let title = format!("{}: {}", soa.organization, soa.title);
    out.line(out.paint(&title, Ink::Bold));
    let edition = match &soa.edition {
        None => "working copy, not approved".to_owned(),
        Some(edition) => {
            let from = edition.in_force_from.map(|it| format!(", in force from {it}"));
            format!("edition {}{}", edition.number, from.unwrap_or_default())
        }
    };
    let at = format!("{edition} · {} · entry {}", soa.day, soa.position);
    out.line(out.paint(&at, Ink::Dim));
    if let (Some(by), Some(on)) = (&soa.approver, soa.approved_on) {
        out.line(out.paint(&format!("approved by {by} on {on}"), Ink::Dim));
    }
    if let Some(edition) = in_force.filter(|_| soa.edition.is_none()) {
        out.gap();
        out.wrapped(0, &beside(edition));
    }
    if let Some(scope) = &soa.scope {
        out.gap();
        out.wrapped(0, &format!("Scope: {scope}"));
    }
    figures(soa, out);
    if full {
        soa.rows.iter().for_each(|row| self::full(row, soa, out));
    } else {
        lines(soa, out);
    }
}

/// The statement for programs, with the edition in force beside a working copy.
pub fn json(soa: &Soa, in_force: Option<&InForce>) -> serde_json::Value {
    let rows = soa.rows.iter().map(|it| {
        json!({
            "reference": it.reference, "title": it.title, "theme": it.theme, "own": it.own,
            "applicability": applicability(it).0, "reasons": it.reasons,
            "justification": it.justification, "exclusion": it.exclusion,
            "implementation": implementation(it.implementation), "how": it.how,
            "owner": it.owner, "documents": it.documents, "proof_wanted": it.proof_wanted,
            "seed": it.seed,
            "drivers": it.drivers.iter().map(|it| json!({
                "kind": it.kind, "number": it.number, "title": it.title,
            })).collect::<Vec<_>>(),
            "evidence": it.evidence.iter().map(|it| json!({
                "number": it.number, "title": it.title, "day": it.day.to_string(),
                "until": it.until.map(|it| it.to_string()),
            })).collect::<Vec<_>>(),
        })
    });
    let counts = &soa.counts;
    json!({
        "organization": soa.organization, "title": soa.title, "entry": soa.position,
        "day": soa.day.to_string(), "root": soa.root, "scope": soa.scope,
        "edition": soa.edition.as_ref().map(|it| &it.number), "approver": soa.approver,
        "approved_on": soa.approved_on.map(|it| it.to_string()), "seeds": soa.seeds,
        "in_force": in_force.map(|it| json!({
            "edition": it.edition.number, "entry": it.position, "differs_in": it.changed,
            "approved_on": it.approved_on.map(|it| it.to_string()),
            "ended": it.ended.map(|it| it.to_string()),
        })),
        "counts": {
            "total": counts.total, "included": counts.included, "excluded": counts.excluded,
            "undecided": counts.undecided, "own": counts.own,
            "implemented": counts.implemented, "in_part": counts.in_part,
            "planned": counts.planned, "not_begun": counts.not_begun, "unknown": counts.unknown,
        },
        "rows": rows.collect::<Vec<_>>(),
    })
}

/// How the working copy differs from the edition in force.
fn beside(it: &InForce) -> String {
    let on = it.approved_on.map_or_else(String::new, |on| format!(" of {on}"));
    let edition = format!("edition {}{on}", it.edition.number);
    let entry = it.position;
    if let Some(ended) = it.ended {
        return format!(
            "The last {edition} held until {ended}: `muniment soa --edition` prints it."
        );
    }
    let named = it.changed.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = match it.changed.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let differs = match it.changed.len() {
        0 => return format!("In force: {edition}. `muniment soa --edition` prints it."),
        1 => "1 control".to_owned(),
        count => format!("{count} controls"),
    };
    format!(
        "In force: {edition}. This working copy differs from it in {differs}: {named}{more}. \
         `muniment soa --edition` prints the edition, `muniment soa diff {entry} now` what changed \
         since, by whom and why."
    )
}

fn figures(soa: &Soa, out: &mut Out) {
    let counts = &soa.counts;
    out.gap();
    let mut line = format!(
        "{} controls: {} included, {} excluded, {} not decided",
        counts.total, counts.included, counts.excluded, counts.undecided
    );
    if counts.own > 0 {
        line.push_str(&format!("; {} of them your own", counts.own));
    }
    out.wrapped(0, &line);
    if counts.included > 0 {
        out.wrapped(0, &format!(
            "Of those included: {} implemented, {} in part, {} planned, {} not begun, {} unknown",
            counts.implemented, counts.in_part, counts.planned, counts.not_begun, counts.unknown
        ));
    }
    if soa.seeds > 0 {
        let text = format!("{} rows are proposals or imports that nobody confirmed", soa.seeds);
        out.line(out.paint(&text, Ink::Yellow));
    }
}

fn lines(soa: &Soa, out: &mut Out) {
    let mut theme = None;
    let mut table = None;
    for row in &soa.rows {
        let group = if row.own { "Your own controls" } else { row.theme.as_str() };
        if theme != Some(group) {
            flush(table.take(), out);
            theme = Some(group);
            out.gap();
            out.line(out.paint(group, Ink::Bold));
        }
        let table = table.get_or_insert_with(|| {
            Table::new(vec![
                Column::whole("sign", ""),
                Column::whole("reference", "").ink(Ink::Accent),
                Column::wrap("title", ""),
                Column::whole("status", ""),
                Column::whole("drivers", "").ink(Ink::Dim),
            ])
        });
        let (word, sign) = applicability(row);
        let status = match row.applicability {
            Applicability::Included => implementation(row.implementation),
            _ => word,
        };
        let told = format!("{} for, {} proof", row.drivers.len(), row.evidence.len());
        let row = [sign, &row.reference, &row.title, status, &told];
        table.row(row.map(Value::from_text).to_vec());
    }
    flush(table, out);
    out.gap();
    let hint = "✓ included  ✗ excluded  ? not decided. The last column counts the records that \
                call for a control and the evidence held. --full tells why; --output soa.pdf \
                prints it.";
    let hint = paragraphs(hint, out.width);
    hint.lines().for_each(|it| out.line(out.paint(it, Ink::Dim)));
}

fn flush(table: Option<Table>, out: &mut Out) {
    if let Some(table) = table {
        out.table(&table);
    }
}

fn full(row: &SoaRow, soa: &Soa, out: &mut Out) {
    out.gap();
    let (word, sign) = applicability(row);
    let heading = format!("{sign} {}  {}", row.reference, row.title);
    out.line(out.paint(&heading, Ink::Bold));
    let columns = vec![Column::whole("what", "").ink(Ink::Dim), Column::wrap("value", "")];
    let mut table = Table::new(columns);
    let mut line = |what: &str, value: String| {
        if !value.is_empty() {
            table.row(vec![Value::from_text(format!("  {what}")), Value::from_text(value)]);
        }
    };
    line("applicability", word.to_owned());
    line("reasons", row.reasons.join(", "));
    line("because", row.justification.clone());
    line("excluded because", row.exclusion.clone());
    if row.applicability == Applicability::Included {
        line("status", implementation(row.implementation).to_owned());
    }
    line("how", row.how.clone());
    line("owner", row.owner.clone());
    let drivers = row.drivers.iter().map(|it| format!("{} {}", it.number, it.title));
    line("called for by", drivers.collect::<Vec<_>>().join("\n"));
    let evidence = row.evidence.iter().map(|it| {
        let expired = if it.holds_on(soa.day) { "" } else { " (expired)" };
        format!("{} {}, {}{expired}", it.number, it.title, it.day)
    });
    line("evidence", evidence.collect::<Vec<_>>().join("\n"));
    line("documents", row.documents.join("\n"));
    if row.seed {
        line("note", "a proposal that nobody confirmed".to_owned());
    }
    out.table(&table);
}

fn applicability(row: &SoaRow) -> (&'static str, &'static str) {
    match row.applicability {
        Applicability::Included => ("included", "✓"),
        Applicability::Excluded => ("excluded", "✗"),
        Applicability::Undecided => ("not decided", "?"),
    }
}

fn implementation(status: Implementation) -> &'static str {
    match status {
        Implementation::NotBegun => "not begun",
        Implementation::Planned => "planned",
        Implementation::InPart => "in part",
        Implementation::Implemented => "implemented",
        Implementation::Unknown => "unknown",
    }
}
