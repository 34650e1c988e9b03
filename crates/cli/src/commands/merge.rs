//! `merge`: two records become one.

use domain::{Step, text, unmergeable};
use meta::Record;

use crate::{
    Done,
    output::{Column, Out, Table},
    place::{Desk, Place},
    stop::refused,
    written,
};

/// Makes two records one: every link to the second points to the first afterwards.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  muniment merge ROLE-2 ROLE-9 --dry-run")]
pub struct Merge {
    /// The record that stays.
    keep: String,
    /// The record that is withdrawn.
    drop: String,
    /// Only show what would be changed.
    #[arg(long)]
    dry_run: bool,
    /// Why.
    #[arg(long)]
    reason: Option<String>,
}

impl Merge {
    /// Merges the records, or shows what that would change.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        let (kept, dropped) = (desk.record(&[], &self.keep)?, desk.record(&[], &self.drop)?);
        if self.dry_run {
            if let Some(why) = unmergeable(kept, dropped) {
                let (kept, dropped) = (kept.name(), dropped.name());
                return Err(refused(format!("{dropped} cannot become part of {kept}: {why}")));
            }
            show(&desk, kept, dropped, out);
            return Ok(Done::Well);
        }
        let step = Step::Merge { kept: kept.head.id, dropped: dropped.head.id };
        let note = format!("{} is the same as {}", text::called(dropped), kept.name());
        let receipt = desk.execute(Some(&self.reason.unwrap_or(note)), vec![step])?;
        written::tell(&desk, &receipt, out);
        Ok(Done::Well)
    }
}

fn show(desk: &Desk, kept: &Record, dropped: &Record, out: &mut Out) {
    let columns = vec![
        Column::whole("number", "Number"),
        Column::wrap("title", "Title"),
        Column::cut("field", "Field that would name it anew"),
    ];
    let mut table = Table::new(columns);
    let mut count = 0;
    for link in desk.isms().links_to(dropped.head.id) {
        let Some(source) = desk.isms().get(link.source).filter(|it| it.def().id != "approval")
        else {
            continue;
        };
        let field = source.def().fields[usize::from(link.field)].label;
        let row = [source.name(), source.title().to_owned(), field.to_owned()];
        table.row(row.map(exchange::Value::from_text).to_vec());
        count += 1;
    }
    out.note(format!(
        "{} would become part of {}; {count} links would point there. Nothing was changed.",
        text::called(dropped),
        text::called(kept)
    ));
    out.table(&table);
}
