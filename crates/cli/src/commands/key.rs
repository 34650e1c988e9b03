//! `key`: the key that signs the ledger.

use app::KeyChange;
use clap::Subcommand;
use exchange::Value;

use crate::{
    Done,
    output::{Column, Format, Out, Table},
    place::Place,
    written,
};

/// Shows or changes the key that signs the ledger.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  muniment key show\n  muniment key rotate --reason \"yearly\"")]
pub struct Key {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Show the keys of the ledger, oldest first: public parts, to give away.
    #[command(after_help = "Example:\n  muniment key show")]
    Show,
    /// Make a new key, vouched for by the present one.
    #[command(after_help = "Example:\n  muniment key rotate --reason \"yearly\"")]
    Rotate {
        /// Why.
        #[arg(long)]
        reason: Option<String>,
    },
    /// Make a new key in place of one that was lost or stolen: every verifier will say so.
    #[command(after_help = "Example:\n  muniment key replace --reason \"the laptop was stolen\"")]
    Replace {
        /// Why.
        #[arg(long)]
        reason: String,
    },
}

impl Key {
    /// Shows or changes the key.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        let (change, reason) = match self.act {
            Act::Show => {
                let columns = vec![Column::whole("since", "Since"), Column::whole("key", "Key")];
                let mut table = Table::new(columns);
                for (event, key) in desk.organization.keys()? {
                    // A key is copied: it stays in one piece, however narrow the terminal.
                    if out.format == Format::Table {
                        out.line(format!("{event:<8} {key}"));
                    }
                    table.row([event, key].map(Value::from_text).to_vec());
                }
                if out.format != Format::Table {
                    out.table(&table);
                }
                return Ok(Done::Well);
            }
            Act::Rotate { reason } => (KeyChange::Rotate, reason),
            Act::Replace { reason } => (KeyChange::Replace, Some(reason)),
        };
        let receipt = desk.organization.change_key(desk.actor()?, change, reason)?;
        written::tell(&desk, &receipt, out);
        let keys = place.keys()?;
        let path = keys.path(desk.organization.id());
        out.note(format!("the new key is in {}: keep a copy somewhere safe", path.display()));
        Ok(Done::Well)
    }
}
