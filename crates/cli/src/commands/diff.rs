//! `diff`: what changed between two points, in words.

mod touches;

pub use self::touches::Touches;

use app::Point;
use domain::diff::{RecordChange, What, between};
use exchange::Value;
use serde_json::json;

use crate::{
    Done,
    commands::show::change,
    output::{Column, Format, Ink, Out, Table},
    place::{Desk, Place},
    progress::Busy,
    stop::refused,
};

/// Tells what changed between two points of the ledger, record by record and field by field.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment diff 2026-01-01 2026-06-30\n  \
    muniment diff 40 now --record RISK-4")]
pub struct Diff {
    /// The earlier point: a day or the number of an entry.
    #[arg(value_name = "FROM")]
    from: Point,
    /// The later point: a day, an entry, or `now`.
    #[arg(value_name = "TO", default_value = "now")]
    to: String,
    /// Only this record.
    #[arg(long, value_name = "REF")]
    record: Option<String>,
}

impl Diff {
    /// Prints the changes.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        let to: Option<Point> = match self.to.as_str() {
            "now" => None,
            text => Some(text.parse().map_err(refused)?),
        };
        let busy = Busy::with("comparing");
        let before = desk.organization.as_of(Some(self.from))?;
        let after = desk.organization.as_of(to)?;
        let (first, last) = (before.isms.position(), after.isms.position());
        if first > last {
            return Err(refused(format!(
                "entry {first} lies after entry {last}: name the earlier point first"
            )));
        }
        let mut changes = between(&before.isms, &after.isms);
        if let Some(name) = &self.record {
            let id = desk.record(&[], name)?.head.id;
            changes.retain(|it| it.record.head.id == id);
        }
        let touches = Touches::between(&desk, first + 1, last)?;
        drop(busy);
        match out.format {
            Format::Table => {
                words(&desk, &changes, &touches, out);
                let count = changes.len();
                let records =
                    if count == 1 { "1 record".to_owned() } else { format!("{count} records") };
                out.note(format!("{records} changed from entry {first} to entry {last}"));
            }
            Format::Json => out.json(&values(&desk, &changes, &touches)),
            _ => out.table(&rows(&desk, &changes, &touches)),
        }
        Ok(Done::Well)
    }
}

fn words(desk: &Desk, changes: &[RecordChange], touches: &Touches, out: &mut Out) {
    for (at, it) in changes.iter().enumerate() {
        if at > 0 {
            out.gap();
        }
        let (ink, what) = match it.what {
            What::Made => (Ink::Green, "made"),
            What::Changed => (Ink::Accent, "changed"),
            What::Withdrawn => (Ink::Red, "withdrawn"),
            What::Reinstated => (Ink::Green, "reinstated"),
            What::Erased => (Ink::Red, "erased"),
        };
        let called = crate::written::cut(&it.called, out.width.saturating_sub(12));
        out.line(format!("{}  {}", out.paint(&called, Ink::Bold), out.paint(what, ink)));
        touches.tell(desk, [it.record.head.id], out);
        let columns = vec![Column::cut("field", "").ink(Ink::Dim), Column::wrap("change", "")];
        let mut table = Table::new(columns);
        for field in &it.fields {
            let label = format!("· {}", field.label);
            let change = change(&field.before, &field.after);
            table.row([label, change].map(Value::from_text).to_vec());
        }
        if !it.fields.is_empty() {
            let text = table.text(out.width.saturating_sub(4), out.color);
            text.lines().for_each(|line| out.line(format!("    {line}")));
        }
    }
}

fn values(desk: &Desk, changes: &[RecordChange], touches: &Touches) -> serde_json::Value {
    let each = changes.iter().map(|it| {
        let fields = it
            .fields
            .iter()
            .map(|it| json!({"field": it.label, "before": it.before, "after": it.after}));
        json!({
            "number": it.record.name(), "id": it.record.head.id, "called": it.called,
            "what": what(it.what), "fields": fields.collect::<Vec<_>>(),
            "entries": touches.json(desk, Some(it.record.head.id)),
        })
    });
    each.collect()
}

fn rows(desk: &Desk, changes: &[RecordChange], touches: &Touches) -> Table {
    let names = ["number", "called", "what", "field", "before", "after", "by", "at", "why"];
    let mut table = Table::new(names.iter().map(|it| Column::cut(it, it)).collect());
    for it in changes {
        let [by, at, why] = touches.last(desk, Some(it.record.head.id));
        let nothing = [("", "", "")];
        let fields: Vec<(&str, &str, &str)> =
            it.fields.iter().map(|it| (it.label, it.before.as_str(), it.after.as_str())).collect();
        for (field, before, after) in if fields.is_empty() { &nothing[..] } else { &fields } {
            let row = [
                it.record.name(),
                it.called.clone(),
                what(it.what).to_owned(),
                (*field).to_owned(),
                (*before).to_owned(),
                (*after).to_owned(),
                by.clone(),
                at.clone(),
                why.clone(),
            ];
            table.row(row.map(Value::from_text).to_vec());
        }
    }
    table
}

fn what(what: What) -> &'static str {
    match what {
        What::Made => "made",
        What::Changed => "changed",
        What::Withdrawn => "withdrawn",
        What::Reinstated => "reinstated",
        What::Erased => "erased",
    }
}
