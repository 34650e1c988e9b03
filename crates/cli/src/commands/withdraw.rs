//! `withdraw` and `reinstate`: hiding what should not have been made.

use domain::{Step, resolve::by_name};

use crate::{Done, output::Out, place::Place, stop::refused, written};

/// Hides records from lists; refused while others link to them. Can be undone.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  muniment withdraw ASSET-15 --reason \"made twice\"")]
pub struct Withdraw {
    /// The records.
    #[arg(value_name = "REF", required = true)]
    records: Vec<String>,
    /// Why.
    #[arg(long)]
    reason: Option<String>,
}

/// Brings withdrawn records back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  muniment withdraw ASSET-15\n  muniment reinstate ASSET-15")]
pub struct Reinstate {
    /// The records, by number.
    #[arg(value_name = "REF", required = true)]
    records: Vec<String>,
    /// Why.
    #[arg(long)]
    reason: Option<String>,
}

impl Withdraw {
    /// Withdraws the records in one commit.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        let mut steps = Vec::new();
        for text in &self.records {
            let head = &desk.record(&[], text)?.head;
            steps.push(Step::Withdraw { record: head.id, version: Some(head.version) });
        }
        let receipt = desk.execute(self.reason.as_deref(), steps)?;
        written::tell(&desk, &receipt, out);
        Ok(Done::Well)
    }
}

impl Reinstate {
    /// Brings the records back in one commit.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        let mut steps = Vec::new();
        for text in &self.records {
            let found = by_name(desk.isms(), &[], text).and_then(|it| desk.isms().get(it.id));
            let Some(record) = found else {
                return Err(refused(format!(
                    "there is no record `{text}`: name a withdrawn record by its number"
                )));
            };
            if !record.head.withdrawn {
                return Err(refused(format!("{} is not withdrawn", record.name())));
            }
            steps.push(Step::Reinstate { record: record.head.id });
        }
        let receipt = desk.execute(self.reason.as_deref(), steps)?;
        written::tell(&desk, &receipt, out);
        Ok(Done::Well)
    }
}
