//! `show`: one record with all it holds and all that points to it.

mod history;
mod links;

pub use self::history::change;

use domain::{
    View, approvals, columns,
    resolve::by_name,
    text::{self, Links},
};
use exchange::Value;
use kinds::approval::Approval;
use meta::{Body, Cell, Choice, Provenance, Record};
use serde_json::{Map, Value as Json, json};

use crate::{
    Done,
    output::{Column, Format, Ink, Out, Table, paragraphs},
    place::{Desk, Place},
    value::record_json,
};

/// Shows a record with its links, approvals and history.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment show RISK-4\n  \
    muniment show A.8.7 --history\n  \
    muniment show RISK-4 --as-of 2026-06-30 --format json")]
pub struct Show {
    /// The record: its number, reference or title.
    #[arg(value_name = "REF")]
    record: String,
    /// What changed with each version, by whom and why.
    #[arg(long)]
    history: bool,
    /// The record as it was at this version.
    #[arg(long, value_name = "N", conflicts_with = "history")]
    version: Option<u32>,
}

impl Show {
    /// Shows the record.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        let named = by_name(desk.isms(), &[], &self.record).and_then(|it| desk.isms().get(it.id));
        let record = match named {
            Some(record) => record,
            None => desk.record(&[], &self.record)?,
        };
        if self.history {
            history::show(&desk, record, out)?;
            return Ok(Done::Well);
        }
        let former;
        let record = match self.version {
            Some(version) => {
                former = history::version(&desk, record, version)?;
                &*former
            }
            None => record,
        };
        match out.format {
            Format::Json => out.json(&json(&desk, record)),
            Format::Csv => out.table(&fields(&desk, record, Links::Numbers)),
            _ => page(&desk, record, out),
        }
        Ok(Done::Well)
    }
}

/// The record, what is computed of it, and who decided what about it.
fn json(desk: &Desk, record: &Record) -> Json {
    let view = desk.past.view();
    let mut value = record_json(desk.isms(), record);
    let computed = columns::columns(record.def().id).iter();
    let computed: Map<String, Json> = computed
        .map(|it| (it.name.to_owned(), (it.text)(view, record)))
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| (name, text.into()))
        .collect();
    let approvals = acts(desk, record).into_iter().map(|(act, approval)| {
        json!({
            "number": act.name(), "purpose": approval.purpose.map(|it| it.def().id),
            "decision": approval.decision.map(|it| it.def().id),
            "by": approval.by.and_then(|it| desk.isms().get(it.id())).map(Record::name),
            "decided_on": approval.decided_on,
            "state": state(record, &approvals::state(view, act, approval)),
        })
    });
    value["computed"] = computed.into();
    value["approvals"] = approvals.collect();
    value
}

fn page(desk: &Desk, record: &Record, out: &mut Out) {
    let title = if record.is_erased() { "(erased)" } else { record.title() };
    let heading = format!("{}  {title}", record.name());
    out.line(out.paint(&heading, Ink::Bold));
    let standing = paragraphs(&standing(desk, record), out.width);
    standing.lines().for_each(|it| out.line(out.paint(it, Ink::Dim)));
    out.gap();
    let mut table = fields(desk, record, Links::Titles);
    computed(desk, record, &mut table);
    let is_told = columns::column(record.def().id, "review_due").is_some();
    if let Some(day) = approvals::next_review(desk.past.view(), record).filter(|_| !is_told) {
        table.row(vec![Value::from_text("Look again"), Value::from_text(day.to_string())]);
    }
    out.table(&table);
    let missing = domain::missing_to_leave(record);
    if !missing.is_empty() && !record.is_erased() {
        let label = |name: &str| {
            let field = record.def().field(name).map(|it| it.1.label);
            let field = field.filter(|it| it.to_lowercase() != name);
            field.map_or_else(|| name.to_owned(), |it| format!("{it} ({name})"))
        };
        let names: Vec<String> = missing.iter().map(|it| label(&it.field)).collect();
        out.gap();
        let text = format!("Still to fill, to go on: {}", names.join(", "));
        let text = paragraphs(&text, out.width);
        text.lines().for_each(|it| out.line(out.paint(it, Ink::Yellow)));
    }
    let next: Vec<&str> = record.stage().next.to_vec();
    if !next.is_empty() && !record.head.withdrawn {
        out.gap();
        out.wrapped(0, &format!("Can become: {}", next.join(", ")));
    }
    extras(record, out);
    approvals_of(desk, record, out);
    links::show(desk, record, out);
}

/// One line: kind, stage, version, who made and changed it and when.
fn standing(desk: &Desk, record: &Record) -> String {
    let head = &record.head;
    let stage = if head.withdrawn { "withdrawn" } else { record.stage().label };
    let moment = |position| {
        let moment = desk.isms().moment(position);
        moment.map(|it| format!("{} by {}", desk.moment(it.at), desk.name_of(it.actor)))
    };
    let mut parts =
        vec![record.def().label.to_owned(), stage.to_owned(), format!("version {}", head.version)];
    match head.provenance {
        Provenance::Seed if !record.is_own() => {
            parts.push("proposed, nobody confirmed it yet".to_owned());
        }
        Provenance::Import => parts.push("imported".to_owned()),
        Provenance::Tool => parts.push("made by a program".to_owned()),
        _ => {}
    }
    parts.extend(moment(head.changed).map(|it| format!("changed {it}")));
    parts.join(" · ")
}

/// The filled fields.
fn fields(desk: &Desk, record: &Record, links: Links) -> Table {
    let columns = match links {
        Links::Titles => {
            vec![Column::whole("field", "").ink(Ink::Dim), Column::wrap("value", "")]
        }
        Links::Numbers => vec![Column::whole("field", "field"), Column::wrap("value", "value")],
    };
    let mut table = Table::new(columns);
    if links == Links::Numbers {
        let stage = if record.head.withdrawn { "withdrawn" } else { record.stage().id };
        let head = [
            ("kind", record.def().id.to_owned()),
            ("number", record.name()),
            ("version", record.head.version.to_string()),
            ("stage", stage.to_owned()),
            (record.def().fields[0].name, record.title().to_owned()),
        ];
        for (name, value) in head {
            table.row(vec![Value::from_text(name), Value::from_text(value)]);
        }
    }
    for (at, field) in record.def().fields.iter().enumerate().skip(1) {
        let cell = Body::cell(&record.body, at);
        if cell.is_empty() {
            continue;
        }
        let (name, value) = match links {
            Links::Titles => (field.label, worded(desk, cell)),
            Links::Numbers => (field.name, text::of(desk.isms(), cell, links)),
        };
        table.row(vec![Value::from_text(name), Value::from_text(value)]);
    }
    table
}

/// A cell for people: members of lists and rows on lines of their own.
fn worded(desk: &Desk, cell: Cell<'_>) -> String {
    let isms = desk.isms();
    match cell {
        Cell::Link(link) => isms.get(link.id).map_or_else(
            || link.to_string(),
            |it| match link.edition {
                Some(edition) => format!("{}, version {edition}", text::called(it)),
                None => text::called(it),
            },
        ),
        Cell::Row(row) => {
            let cells = row.fields().iter().enumerate().filter_map(|(at, field)| {
                let cell = row.cell(at);
                let value = text::of(isms, cell, Links::Titles);
                (!cell.is_empty()).then(|| match at {
                    0 => value,
                    _ => format!("{} {value}", field.label.to_lowercase()),
                })
            });
            format!("· {}", cells.collect::<Vec<_>>().join("; "))
        }
        Cell::Rating(rating) => {
            let mut lines = vec![text::of_rating(rating)];
            lines.extend(rating.rationale.clone());
            lines.extend(rating.source.as_ref().map(|it| format!("Source: {it}")));
            lines.extend(rating.confidence.as_ref().map(|it| format!("Confidence: {it}")));
            if !rating.controls.is_empty() {
                let names =
                    rating.controls.iter().map(|it| text::of_link(isms, *it, Links::Titles));
                lines.push(format!("Assumes: {}", names.collect::<Vec<_>>().join(", ")));
            }
            lines.retain(|it| !it.is_empty());
            lines.join("\n")
        }
        Cell::Many(_) => {
            let members: Vec<String> = cell.each().map(|it| worded(desk, it)).collect();
            let short = members.iter().all(|it| it.chars().count() < 24 && !it.starts_with('·'));
            members.join(if short { ", " } else { "\n" })
        }
        cell => text::of(isms, cell, Links::Titles),
    }
}

/// What is computed from other records.
fn computed(desk: &Desk, record: &Record, table: &mut Table) {
    for column in columns::columns(record.def().id) {
        let text = (column.text)(desk.past.view(), record);
        if !text.is_empty() {
            table.row(vec![Value::from_text(column.label), Value::from_text(text)]);
        }
    }
}

fn extras(record: &Record, out: &mut Out) {
    let Some(extras) = &record.head.extras else { return };
    let columns = vec![Column::whole("field", "").ink(Ink::Dim), Column::wrap("value", "")];
    let mut table = Table::new(columns);
    let mut row = |name: &str, value: String| {
        table.row(vec![Value::from_text(name), Value::from_text(value)]);
    };
    if !extras.tags.is_empty() {
        row("Tags", extras.tags.join(", "));
    }
    extras.external_id.iter().for_each(|it| row("Known elsewhere as", it.clone()));
    for file in &extras.attachments {
        row("File", format!("{} ({} bytes)", file.name, file.size));
    }
    for (column, value) in &extras.columns {
        row(column, value.to_owned());
    }
    let is_empty = extras.tags.is_empty()
        && extras.external_id.is_none()
        && extras.attachments.is_empty()
        && extras.columns.is_empty();
    if !is_empty {
        out.gap();
        out.line(out.paint("Beside its fields", Ink::Bold));
        out.table(&table);
    }
}

/// The acts of assent to a record, newest first.
fn acts<'d>(desk: &'d Desk, record: &Record) -> Vec<(&'d Record, &'d Approval)> {
    let acts = desk.isms().sources::<Approval>(record.head.id);
    let about = |it: &Approval| it.subject.is_some_and(|it| it.id() == record.head.id);
    let mut acts: Vec<(&Record, &Approval)> = acts.filter(|(_, it)| about(it)).collect();
    acts.sort_by_key(|it| std::cmp::Reverse(it.0.head.created));
    acts
}

/// Shows the acts of assent, each with whether it still stands.
fn approvals_of(desk: &Desk, record: &Record, out: &mut Out) {
    let view: View<'_> = desk.past.view();
    let acts = acts(desk, record);
    if acts.is_empty() {
        return;
    }
    let columns = vec![
        Column::whole("number", "").ink(Ink::Accent),
        Column::whole("day", ""),
        Column::wrap("act", ""),
        Column::wrap("state", ""),
    ];
    let mut table = Table::new(columns);
    for (act, approval) in acts {
        let by = desk.name_of(approval.by.map(|it| it.id()));
        let purpose = approval.purpose.map_or("", |it| it.def().label);
        let row = [
            act.name(),
            approval.decided_on.map_or_else(String::new, |it| it.to_string()),
            format!("{purpose} by {by}"),
            match approvals::place(view, act) {
                Some(place) => placed(place),
                None => state(record, &approvals::state(view, act, approval)),
            },
        ];
        table.row(row.map(Value::from_text).to_vec());
    }
    out.gap();
    out.line(out.paint("Approvals", Ink::Bold));
    out.table(&table);
}

fn placed(place: approvals::Place) -> String {
    match place {
        approvals::Place::InForce(None) => "in force".to_owned(),
        approvals::Place::InForce(Some(next)) => format!("in force, the next from {next}"),
        approvals::Place::From(day) => format!("from {day}"),
        approvals::Place::Replaced => "replaced".to_owned(),
    }
}

fn state(subject: &Record, state: &approvals::State) -> String {
    match state {
        approvals::State::Waiting => "waits for an answer".to_owned(),
        approvals::State::Valid => "stands".to_owned(),
        approvals::State::Stale(fields) => {
            let label = |it: &String| {
                subject.def().field(it).map_or_else(|| it.clone(), |it| it.1.label.to_owned())
            };
            let fields: Vec<String> = fields.iter().map(label).collect();
            format!("stale: {} changed since", fields.join(", "))
        }
        approvals::State::Expired(day) => format!("expired on {day}"),
        approvals::State::Refused => "refused".to_owned(),
        approvals::State::Revoked => "revoked".to_owned(),
        approvals::State::Unknown => "cannot be told: what was seen is gone".to_owned(),
    }
}
