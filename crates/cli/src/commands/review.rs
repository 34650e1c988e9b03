//! `review`: looked at again, and still true.

use app::fresh_id;
use domain::{
    Step,
    command::{Assent, Subject},
};
use jiff::civil::Date;
use kinds::approval::Purpose;

use crate::{Done, output::Out, place::Place, written};

/// Says that records were looked at and are still true; sets when to look again, edits nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  muniment review ISSUE-1 ISSUE-2 --next 2027-03-31")]
pub struct Review {
    /// The records.
    #[arg(value_name = "REF", required = true)]
    records: Vec<String>,
    /// When to look again; from the record's cadence when absent.
    #[arg(long, value_name = "DATE")]
    next: Option<Date>,
    /// Anything to add.
    #[arg(long)]
    comment: Option<String>,
}

impl Review {
    /// Records the reviews in one commit.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        let mut steps = Vec::new();
        for text in &self.records {
            let head = &desk.record(&[], text)?.head;
            steps.push(Step::Assent(Assent {
                version: Some(head.version),
                comment: self.comment.clone(),
                next_review: self.next,
                ..Assent::new(fresh_id(), Purpose::Review, Subject::Record(head.id))
            }));
        }
        let receipt = desk.execute(None, steps)?;
        written::tell(&desk, &receipt, out);
        Ok(Done::Well)
    }
}
