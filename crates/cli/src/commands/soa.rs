//! `soa`: the Statement of Applicability.

mod difference;
mod page;

use std::path::{Path, PathBuf};

use app::Point;
use clap::Subcommand;
use domain::{
    View,
    soa::{self, Soa},
};
use ledger::{Checkpoint, hash};

use super::bundle::write_new;
use crate::{
    Done,
    output::{Format, Out},
    place::{Desk, Place},
    progress::Busy,
    stop::refused,
};

/// Prints the Statement of Applicability, or tells what changed in it.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  \
    muniment soa\n  \
    muniment soa --output soa.pdf\n  \
    muniment soa --edition --output approved.pdf\n  \
    muniment soa --edition 2.0 --output second.pdf\n  \
    muniment soa --output soa.xlsx --as-of 2026-06-30\n  \
    muniment soa diff 2026-01-01 now\n\n\
    This prints the working copy; `muniment approve soa` makes it an edition."
)]
pub struct Statement {
    /// A new file; its ending says the form: pdf, xlsx or csv.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The edition in force as it was approved, or the one of this name, rather than the working
    /// copy.
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    edition: Option<String>,
    /// Everything about each control.
    #[arg(long)]
    full: bool,
    #[command(subcommand)]
    act: Option<Act>,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Tell which controls changed between two points, by whom and why.
    #[command(after_help = "Examples:\n  muniment soa diff 2026-01-01\n  muniment soa diff 12 40")]
    Diff {
        /// The earlier point: a day or the number of an entry.
        from: Point,
        /// The later point: a day, an entry, or `now`.
        #[arg(default_value = "now")]
        to: String,
    },
}

impl Statement {
    /// Whether it compares two points, which are named themselves.
    pub fn compares(&self) -> bool {
        self.act.is_some()
    }

    /// Prints or writes the statement.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        if let Some(Act::Diff { from, to }) = self.act {
            difference::print(&desk, from, &to, out)?;
            return Ok(Done::Well);
        }
        let view = desk.past.view();
        let in_force = soa::in_force(view);
        let statement = match &self.edition {
            None => statement(&desk)?,
            Some(name) => {
                let (position, edition) = chosen(view, name)?;
                let past = desk.organization.as_of(Some(Point::Seq(position)))?;
                let day = edition.in_force_from.map_or(past.day, |from| past.day.max(from));
                rooted(&desk, soa::statement(View::new(&past.isms, day)))?
            }
        };
        let beside = in_force.filter(|_| self.edition.is_none());
        match (&self.output, out.format) {
            (Some(path), _) => write(&statement, path, out)?,
            (None, Format::Csv) => out.bytes(&report::soa_csv(&statement)?),
            (None, Format::Json) => out.json(&page::json(&statement, beside.as_ref())),
            (None, _) => page::print(&statement, beside.as_ref(), self.full, out),
        }
        Ok(Done::Well)
    }
}

/// The edition in force, or the one that is called so, with the position of its approval.
fn chosen(view: View<'_>, name: &str) -> anyhow::Result<(u64, soa::Edition)> {
    if name.is_empty() {
        let in_force = soa::in_force(view).map(|it| (it.position, it.edition));
        return in_force.ok_or_else(|| {
            refused(
                "no edition is in force yet: `muniment approve soa` makes one of the working copy",
            )
        });
    }
    let all: Vec<(u64, soa::Edition)> = soa::editions(view).collect();
    let names: Vec<String> = all.iter().map(|it| format!("`{}`", it.1.number)).collect();
    let found = all.into_iter().rfind(|it| it.1.number == name);
    found.ok_or_else(|| {
        let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        refused(format!("there is no edition `{name}`: there is {known}"))
    })
}

/// The statement at the point asked for, with the root of the ledger there where it was signed.
pub fn statement(desk: &Desk) -> anyhow::Result<Soa> {
    rooted(desk, soa::statement(desk.past.view()))
}

/// The statement with the root of the ledger at its position, where that was signed.
fn rooted(desk: &Desk, mut statement: Soa) -> anyhow::Result<Soa> {
    let position = statement.position;
    let store = desk.organization.store();
    let signed = store.snapshot().and_then(|it| it.checkpoints(desk.organization.id()));
    let signed = signed.map_err(app::Error::from)?;
    let signed = signed.iter().find(|it| it.size == position);
    let signed = signed.and_then(|it| Checkpoint::parse(&it.note).ok());
    statement.root = statement.root.or(signed.map(|it| hash::encode(&it.0.root)));
    Ok(statement)
}

fn write(statement: &Soa, path: &Path, out: &Out) -> anyhow::Result<()> {
    write_quietly(statement, path)?;
    out.note(format!("written to {}", path.display()));
    Ok(())
}

/// Writes the statement in the form that the file's ending names.
///
/// # Errors
/// When the ending names none, or the file is there already.
pub fn write_quietly(statement: &Soa, path: &Path) -> anyhow::Result<()> {
    let ending = path.extension().map(|it| it.to_string_lossy().to_lowercase());
    let busy = Busy::with("printing the statement");
    let bytes = match ending.as_deref() {
        Some("pdf") => report::soa_pdf(statement)?,
        Some("xlsx") => report::soa_xlsx(statement)?,
        Some("csv") => report::soa_csv(statement)?,
        _ => {
            return Err(refused(format!(
                "`{}` says no form: name a file that ends in pdf, xlsx or csv",
                path.display()
            )));
        }
    };
    drop(busy);
    write_new(path, |file| Ok(std::io::Write::write_all(file, &bytes)?))
}
