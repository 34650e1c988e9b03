//! `checkpoint`: what an auditor keeps.

use std::path::PathBuf;

use super::bundle::write_new;
use crate::{Done, output::Out, place::Place};

/// Prints the newest signed checkpoint: size and root of the ledger.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment checkpoint --output checkpoint.txt\n  \
    muniment checkpoint --as-of 2026-06-30\n\n\
    Give it to your auditor: nothing before it can be changed unnoticed.")]
pub struct Checkpoint {
    /// Write it to a new file.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Checkpoint {
    /// Prints or writes the checkpoint.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        let note = match place.global().as_of {
            Some(_) => desk.organization.checkpoint_at(desk.isms().position())?,
            None => desk.organization.checkpoint()?,
        };
        match &self.output {
            None => out.bytes(note.as_bytes()),
            Some(path) => {
                write_new(path, |file| Ok(std::io::Write::write_all(file, note.as_bytes())?))?;
                out.note(format!("written to {}", path.display()));
            }
        }
        Ok(Done::Well)
    }
}
