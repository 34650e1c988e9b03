//! `move`: to another stage of a record's life.

use domain::{Step, resolve::fold};
use meta::KindDef;

use crate::{Done, output::Out, place::Place, written};

/// Moves a record to another stage.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  muniment move ACTION-3 done --reason \"tested on 12 May\"\n\n\
    `muniment show REF` says where a record can go.")]
pub struct Move {
    /// The record: its number, reference or title.
    #[arg(value_name = "REF")]
    record: String,
    /// The stage.
    stage: String,
    /// Why; some stages ask for it.
    #[arg(long)]
    reason: Option<String>,
}

impl Move {
    /// Moves the record.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        let record = desk.record(&[], &self.record)?;
        let step = Step::Move {
            record: record.head.id,
            version: Some(record.head.version),
            to: id(record.def(), &self.stage),
            reason: self.reason,
        };
        let receipt = desk.execute(None, vec![step])?;
        written::tell(&desk, &receipt, out);
        Ok(Done::Well)
    }
}

/// The id of the stage that a text means; the text itself where the kind has no such stage.
pub fn id(def: &KindDef, text: &str) -> String {
    let folded = fold(text);
    let found = def.stages.iter().find(|it| fold(it.id) == folded || fold(it.label) == folded);
    found.map_or(text, |it| it.id).to_owned()
}
