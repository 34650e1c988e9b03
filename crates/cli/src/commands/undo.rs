//! `undo`: compensates an entry of the ledger.

use domain::{command, text};

use crate::{Done, output::Out, place::Place, stop::refused, written};

/// Makes each record what it was before an entry, in a new entry.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  muniment undo 42 --reason \"The wrong risk\"\n  \
    muniment undo 40 --skip-changed --reason \"Entered twice\"\n\n\
    What takes back a decision of somebody else needs a reason, and they are told.")]
pub struct Undo {
    /// The entry: `muniment log` shows them.
    entry: u64,
    /// Leave records alone that were changed again since, and what they name.
    #[arg(long)]
    skip_changed: bool,
    /// Why.
    #[arg(long)]
    reason: Option<String>,
}

impl Undo {
    /// Compensates the entry.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        let undo = desk.organization.undo(self.entry)?;
        let names: Vec<String> =
            undo.left.iter().filter_map(|it| desk.isms().get(it.0)).map(text::called).collect();
        if !names.is_empty() && !self.skip_changed {
            let some = names.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
            let more = names.len().saturating_sub(3);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            return Err(refused(format!(
                "{some}{more} changed again since entry {}, or what stays names them: add \
                 --skip-changed to leave such records as they are",
                self.entry
            )));
        }
        let mut command = undo.command;
        command.note = Some(command::undo_note(self.entry, self.reason.as_deref()));
        let receipt = desk.execute_with(command, Vec::new())?;
        for name in names {
            out.note(format!("left as it is: {name}"));
        }
        written::tell(&desk, &receipt, out);
        Ok(Done::Well)
    }
}
