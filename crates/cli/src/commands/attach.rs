//! `attach`: keeps a file with a record.

use std::path::PathBuf;

use domain::{Step, command};
use serde_json::Map;

use crate::{Done, output::Out, place::Place, stop::refused, value::Reader, written};

/// Keeps files with a record, beside its fields.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  muniment attach EVID-4 restore-test.pdf")]
pub struct Attach {
    /// The record.
    #[arg(value_name = "REF")]
    record: String,
    /// The files, each of at most 1 GB.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Why.
    #[arg(long)]
    reason: Option<String>,
}

impl Attach {
    /// Stores the files and records their names and hashes.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        let record = desk.record(&[], &self.record)?;
        let mut extras = record.head.extras.as_deref().cloned().unwrap_or_default();
        let mut reader = Reader::new(&desk);
        for path in &self.files {
            let file = reader.keep_file(path).map_err(refused)?;
            extras.attachments.retain(|it| it.name != file.name);
            extras.attachments.push(file);
        }
        let step = Step::Edit(command::Edit {
            record: record.head.id,
            version: Some(record.head.version),
            fields: Map::new(),
            extras: Some(extras),
            provenance: record.head.provenance,
        });
        let command = domain::Command { note: self.reason.clone(), steps: vec![step] };
        let receipt = desk.execute_with(command, reader.files)?;
        written::tell(&desk, &receipt, out);
        Ok(Done::Well)
    }
}
