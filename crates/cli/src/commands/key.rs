//! `key`: the key that signs the ledger.

use app::KeyChange;
use clap::Subcommand;
use exchange::Value;

use crate::{
    Done,
    output::{Column, Out, Table},
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
    Show,
    /// Make a new key, vouched for by the present one.
    Rotate {
        /// Why.
        #[arg(long)]
        reason: Option<String>,
    },
    /// Make a new key in place of one that was lost or stolen: every verifier will say so.
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
                let columns = vec![Column::whole("since", "Since"), Column::wrap("key", "Key")];
                let mut table = Table::new(columns);
                for (event, key) in desk.organization.keys()? {
                    table.row([event, key].map(Value::from_text).to_vec());
                }
                out.table(&table);
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
