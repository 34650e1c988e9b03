//! `log`: who changed what, when and why.

use app::{Commit, Point};
use exchange::Value;
use ledger::Op;
use serde_json::json;

use crate::{
    Done,
    output::{Column, Format, Ink, Out, Table},
    place::{Desk, Place, kind},
    stop::refused,
};

/// Shows the entries of the ledger, newest first.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment log\n  \
    muniment log --record RISK-4\n  \
    muniment log --since 2026-06-01 --actor miriam.adler@orbena.example --kind risk")]
pub struct Log {
    /// At most so many entries; 0 for all.
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: usize,
    /// Only what this person did; `system` for jobs.
    #[arg(long, value_name = "PERSON")]
    actor: Option<String>,
    /// Only entries that touch this kind.
    #[arg(long)]
    kind: Option<String>,
    /// Only entries that touch this record.
    #[arg(long, value_name = "REF")]
    record: Option<String>,
    /// From this day or entry on.
    #[arg(long, value_name = "DATE|ENTRY")]
    since: Option<Point>,
    /// Up to this day or entry.
    #[arg(long, value_name = "DATE|ENTRY")]
    until: Option<Point>,
}

/// How many entries are read at once.
const CHUNK: u64 = 500;

impl Log {
    /// Prints the entries.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        let zone = domain::parameters::time_zone(desk.isms());
        let end = |point| match point {
            Point::Seq(seq) => seq,
            Point::Day(day) => desk.isms().position_on(day, &zone),
        };
        let last = self.until.map_or(u64::MAX, end).min(desk.isms().position());
        let first = match self.since {
            None => 1,
            Some(Point::Seq(seq)) => seq.max(1),
            Some(Point::Day(day)) => {
                day.yesterday().map_or(1, |it| desk.isms().position_on(it, &zone) + 1)
            }
        };
        if first > last && desk.isms().position() > 0 && matches!(self.since, Some(Point::Seq(_))) {
            let last = desk.isms().position();
            return Err(refused(format!("the ledger has entries 1 to {last}: none is in between")));
        }
        let commits = self.find(&desk, first, last)?;
        print(&desk, &commits, out);
        Ok(Done::Well)
    }

    fn find(&self, desk: &Desk, first: u64, last: u64) -> anyhow::Result<Vec<Commit>> {
        let actor = match self.actor.as_deref() {
            None => None,
            Some("system") => Some(None),
            Some(name) => Some(Some(desk.record(&["person"], name)?.head.id)),
        };
        let kind = match &self.kind {
            Some(name) => Some(kind(name)?.id),
            None => None,
        };
        let record = match &self.record {
            Some(name) => Some(desk.record(&[], name)?.head.id),
            None => None,
        };
        let takes = |it: &Commit| {
            actor.is_none_or(|actor| it.actor == actor)
                && kind.is_none_or(|kind| it.revisions.iter().any(|it| it.kind == kind))
                && record.is_none_or(|record| it.revisions.iter().any(|it| it.record == record))
        };
        let most = if self.limit == 0 { usize::MAX } else { self.limit };
        let (mut found, mut upto) = (Vec::new(), last);
        while upto >= first && upto > 0 && found.len() < most {
            let from = upto.saturating_sub(CHUNK - 1).max(first);
            let chunk = desk.organization.commits(from, upto)?;
            found.extend(chunk.into_iter().rev().filter(takes));
            upto = from - 1;
        }
        found.truncate(most);
        Ok(found)
    }
}

fn print(desk: &Desk, commits: &[Commit], out: &mut Out) {
    if out.format == Format::Json {
        let entries = commits.iter().map(|it| {
            let records = it.revisions.iter().map(|line| {
                json!({
                    "number": number(line), "id": line.record, "version": line.version,
                    "what": verb(line), "stage": line.stage,
                })
            });
            json!({
                "entry": it.entry.seq, "at": it.entry.at, "actor": it.entry.actor,
                "by": desk.name_of(it.actor), "via": it.entry.via,
                "why": it.entry.note.as_ref().map(|it| &it.text),
                "records": records.collect::<Vec<_>>(),
            })
        });
        return out.json(&entries.collect());
    }
    if out.format == Format::Csv {
        return out.table(&sheet(desk, commits));
    }
    if commits.is_empty() {
        return out.line("no entries");
    }
    let columns = vec![
        Column::whole("entry", "Entry").ink(Ink::Accent),
        Column::whole("at", "When"),
        Column::cut("by", "Who"),
        Column::wrap("what", "What"),
    ];
    let mut table = Table::new(columns);
    for it in commits {
        let what = what(desk, it);
        let why = it.entry.note.as_ref().map(|it| format!("“{}”", it.text));
        table.row(vec![
            number_of(it),
            Value::from_text(desk.moment(it.at)),
            Value::from_text(desk.name_of(it.actor)),
            Value::from_text(
                [Some(what), why].into_iter().flatten().collect::<Vec<_>>().join("\n"),
            ),
        ]);
    }
    out.table(&table);
}

/// The entries for a spreadsheet: a cell for each thing, in one line.
fn sheet(desk: &Desk, commits: &[Commit]) -> Table {
    let columns = ["entry", "at", "by", "via", "what", "why"];
    let mut table = Table::new(columns.map(|it| Column::whole(it, it)).to_vec());
    for it in commits {
        let entry = &it.entry;
        let why = entry.note.as_ref().map(|it| it.text.clone()).unwrap_or_default();
        let mut row = vec![number_of(it)];
        let what = what(desk, it).replace('\n', "; ");
        let rest = [entry.at.clone(), desk.name_of(it.actor), entry.via.clone(), what, why];
        row.extend(rest.map(Value::from_text));
        table.row(row);
    }
    table
}

fn number_of(commit: &Commit) -> Value {
    Value::Integer(i64::try_from(commit.entry.seq).unwrap_or(i64::MAX))
}

/// An entry in a few words.
fn what(desk: &Desk, commit: &Commit) -> String {
    let lines = &commit.revisions;
    let called = |line: &ledger::Revision| {
        let record = desk.isms().get(line.record);
        let called = record.map_or_else(|| number(line), domain::text::called);
        crate::written::cut(&called, 60)
    };
    if lines.len() <= 3 {
        let each = lines.iter().map(|it| format!("{} {}", verb(it), called(it)));
        return each.collect::<Vec<_>>().join("\n");
    }
    let mut counts: Vec<(&str, &'static str, usize)> = Vec::new();
    for line in lines {
        match counts.iter_mut().find(|it| it.0 == line.kind && it.1 == verb(line)) {
            Some(found) => found.2 += 1,
            None => counts.push((&line.kind, verb(line), 1)),
        }
    }
    let each = counts.into_iter().map(|(kind, verb, count)| {
        let def = kinds::kind(kind);
        let name = def.map_or(kind, |it| if count == 1 { it.label } else { it.plural });
        format!("{verb} {count} {}", name.to_lowercase())
    });
    each.collect::<Vec<_>>().join("\n")
}

fn number(line: &ledger::Revision) -> String {
    let prefix = kinds::kind(&line.kind).map_or(line.kind.as_str(), |it| it.prefix);
    format!("{prefix}-{}", line.number)
}

fn verb(line: &ledger::Revision) -> &'static str {
    match (line.op, line.version) {
        (Op::Erase, _) => "erased",
        (Op::Withdraw, _) => "withdrew",
        (Op::Put, 1) => "made",
        (Op::Put, _) => "changed",
    }
}
