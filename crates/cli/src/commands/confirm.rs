//! `confirm`: what was proposed or imported becomes one's own.

use domain::Step;

use crate::{Done, output::Out, place::Place, written};

/// Says that proposed or imported text is true here: from then on it counts.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  muniment confirm A.5.1 A.5.2 A.5.3")]
pub struct Confirm {
    /// The records.
    #[arg(value_name = "REF", required = true)]
    records: Vec<String>,
    /// Why.
    #[arg(long)]
    reason: Option<String>,
}

impl Confirm {
    /// Confirms the records in one commit.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        let mut steps = Vec::new();
        for text in &self.records {
            steps.push(Step::Confirm { record: desk.record(&[], text)?.head.id });
        }
        let receipt = desk.execute(self.reason.as_deref(), steps)?;
        written::tell(&desk, &receipt, out);
        Ok(Done::Well)
    }
}
