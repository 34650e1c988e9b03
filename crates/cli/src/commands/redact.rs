//! `redact`: erases contents for good.

use std::io::{IsTerminal, Write, stderr, stdin};

use domain::{Isms, Step, resolve::by_name, text};
use kinds::comment::Comment;
use meta::{Id, Record};

use crate::{Done, output::Out, place::Place, stop::refused, written};

/// Erases what a record says, in all its versions or in some. Cannot be undone.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  muniment redact PERSON-7 --reason \"asked to be forgotten\"\n\n\
    The ledger keeps the hashes and still verifies. Backups and exports made before\n\
    keep what they had. A person who is erased can sign in no more; comments on what\n\
    is erased stay, and are named."
)]
pub struct Redact {
    /// The record.
    #[arg(value_name = "REF")]
    record: String,
    /// Which versions; all when absent. Several by commas.
    #[arg(long, value_name = "N", value_delimiter = ',')]
    versions: Vec<u32>,
    /// Why. Do not repeat here what is to be forgotten.
    #[arg(long)]
    reason: String,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
}

impl Redact {
    /// Erases the contents after asking.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        let named = by_name(desk.isms(), &[], &self.record).and_then(|it| desk.isms().get(it.id));
        let record = match named {
            Some(record) => record,
            None => desk.record(&[], &self.record)?,
        };
        if !self.yes {
            confirm(&text::called(record), self.versions.is_empty())?;
        }
        let id = record.head.id;
        let step = Step::Erase { record: id, versions: self.versions };
        let receipt = desk.execute(Some(&self.reason), vec![step])?;
        written::tell(&desk, &receipt, out);
        let left: Vec<String> = comments_on(&receipt.isms, id).map(Record::name).collect();
        if !left.is_empty() {
            out.note(format!(
                "what was said about it stays: look at {}, and erase what must go as well",
                left.join(", ")
            ));
        }
        Ok(Done::Well)
    }
}

/// The comments on a record that still say something.
fn comments_on(isms: &Isms, record: Id) -> impl Iterator<Item = &Record> {
    let comments = isms.all::<Comment>();
    let on = comments.filter(move |(_, it)| it.about.is_some_and(|it| it.id() == record));
    on.map(|it| it.0)
}

fn confirm(called: &str, all: bool) -> anyhow::Result<()> {
    if !stdin().is_terminal() || !stderr().is_terminal() {
        return Err(refused("erasing cannot be undone: add --yes if you mean it"));
    }
    let what = if all { "everything" } else { "those versions of what" };
    write!(stderr(), "Erase {what} {called} says, for good? Type yes: ")?;
    stderr().flush()?;
    let mut line = String::new();
    stdin().read_line(&mut line)?;
    match line.trim() {
        "yes" => Ok(()),
        _ => Err(refused("nothing was erased")),
    }
}
