//! The command line: what can be typed.

use std::path::PathBuf;

use app::Point;
use clap::{Parser, Subcommand};

use crate::{commands, configuration::Flags, output::Format};

/// The system of record for an information security management system.
///
/// Keeps scope, risks, controls, documents and evidence, tells what an auditor would raise, prints
/// the Statement of Applicability and proves its own history.
#[derive(Debug, Parser)]
#[command(
    name = "muniment",
    version,
    disable_help_subcommand = true,
    after_help = "Begin with `muniment init`, or look around with `muniment demo`.\n\
        Each command shows an example: `muniment help new`."
)]
pub struct Args {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// Options of every command.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// The database: `sqlite:path` or `postgres://…` (also MUNIMENT_DATABASE, or the
    /// configuration); `sqlite:muniment.db` where none is named.
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
    /// The configuration (also MUNIMENT_CONFIG); else `muniment.toml` here, else
    /// `/etc/muniment/muniment.toml`.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Which organization, where the database holds several.
    #[arg(
        long,
        global = true,
        env = "MUNIMENT_ORGANIZATION",
        hide_env_values = true,
        value_name = "NAME"
    )]
    pub organization: Option<String>,
    /// Who acts: a person by number, e-mail or name; the first person when absent.
    #[arg(
        long = "as",
        global = true,
        env = "MUNIMENT_AS",
        hide_env_values = true,
        value_name = "PERSON"
    )]
    pub actor: Option<String>,
    /// The form of what is printed.
    #[arg(long, global = true, value_enum, default_value_t = Format::Table, value_name = "FORM")]
    pub format: Format,
    /// Look at the records as they were at the end of a day, or after an entry of the ledger.
    #[arg(long = "as-of", global = true, value_name = "DATE|ENTRY")]
    pub as_of: Option<Point>,
    /// The folder of signing keys (also MUNIMENT_KEYS, or the configuration).
    #[arg(long, global = true, hide = true, value_name = "DIR")]
    pub keys: Option<String>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Begin: make the database, the organization, you, and the controls of Annex A.
    Init(commands::init::Init),
    /// Build a demonstration ISMS, check it and print its Statement of Applicability.
    Demo(commands::demo::Demo),
    /// Serve the pages to browsers.
    Serve(commands::serve::Serve),
    /// Show the configuration, where each value was said, or a commented sample.
    Config(commands::config::Config),
    /// Tell what is well with the installation, what is not, and what to do.
    Doctor(commands::doctor::Doctor),
    /// Ask a running server whether it is ready.
    Health(commands::health::Health),
    /// Make a link that signs a person in once.
    Link(commands::link::Link),
    /// Make, list and revoke tokens by which programs act for a person.
    Token(commands::token::Token),
    /// Try whether mail arrives.
    Mail(commands::mail::Mail),
    /// List kinds of records, or the records of a kind.
    List(commands::list::List),
    /// Show a record with its links, approvals and history.
    Show(commands::show::Show),
    /// Make a record.
    New(commands::new::New),
    /// Change fields of a record.
    Edit(commands::edit::Edit),
    /// Move a record to another stage of its life.
    Move(commands::stage::Move),
    /// Hide records that should not have been made.
    Withdraw(commands::withdraw::Withdraw),
    /// Bring withdrawn records back.
    Reinstate(commands::withdraw::Reinstate),
    /// Make two records one.
    Merge(commands::merge::Merge),
    /// Compensate an entry of the ledger by another one.
    Undo(commands::undo::Undo),
    /// Say that records were looked at and are still true.
    Review(commands::review::Review),
    /// Approve, publish, accept, attest or acknowledge; or refuse to.
    Approve(commands::approve::Approve),
    /// Make seeded or imported records your own.
    Confirm(commands::confirm::Confirm),
    /// Erase the contents of a record for good; the ledger still verifies.
    Redact(commands::redact::Redact),
    /// Keep a file with a record.
    Attach(commands::attach::Attach),
    /// Show the ledger: who changed what, when and why.
    Log(commands::log::Log),
    /// Tell what changed between two points of the ledger.
    Diff(commands::diff::Diff),
    /// Tell what a certification auditor would raise.
    Check(commands::check::Check),
    /// Print the Statement of Applicability, or tell what changed in it.
    Soa(commands::soa::Statement),
    /// Read the spreadsheets you have, or exported files that you edited.
    Import(commands::import::Import),
    /// Write records as CSV, XLSX or JSON, or the whole ISMS as a folder of plain text.
    Export(commands::export::Export),
    /// Merge an edited folder back into the ledger.
    Apply(commands::apply::Apply),
    /// Prove that the ledger is whole and unaltered.
    Verify(commands::verify::Verify),
    /// Print the signed checkpoint that an auditor keeps.
    Checkpoint(commands::checkpoint::Checkpoint),
    /// Write what an outsider needs to verify the ledger without database or secret.
    Bundle(commands::bundle::Bundle),
    /// Show or change the key that signs the ledger.
    Key(commands::key::Key),
    /// Write everything but the signing keys into a file.
    Backup(commands::backup::Backup),
    /// Make a new database from a backup.
    Restore(commands::backup::Restore),
    /// Show where attachments and evidence are kept, or copy them elsewhere.
    Files(commands::files::Files),
    /// Show who may read the records as tables, or let a reporting tool do so.
    Reporting(commands::reporting::Reporting),
    /// Print completions for a shell.
    Completions(commands::completions::Completions),
    /// Print the reference of all commands in Markdown.
    #[command(hide = true)]
    Manual(commands::manual::Manual),
}

impl Verb {
    /// The keys of the configuration that were said behind the command.
    pub fn flags(&self) -> Flags {
        match self {
            Self::Serve(it) => it.flags.clone(),
            Self::Config(it) => it.flags.clone(),
            Self::Doctor(it) => it.flags.clone(),
            Self::Health(it) => it.flags.clone(),
            _ => Flags::default(),
        }
    }

    /// Whether the command can look at an earlier point of the ledger.
    pub fn looks_back(&self) -> bool {
        if let Self::Soa(it) = self {
            return !it.compares();
        }
        matches!(
            self,
            Self::List(_)
                | Self::Show(_)
                | Self::Check(_)
                | Self::Log(_)
                | Self::Export(_)
                | Self::Verify(_)
                | Self::Checkpoint(_)
                | Self::Bundle(_)
        )
    }

    /// Whether the command can answer in this form.
    pub fn speaks(&self, form: Format) -> bool {
        match (self, form) {
            (_, Format::Table) => true,
            (it, Format::Sarif) => matches!(it, Self::Check(_)),
            (
                Self::Serve(_)
                | Self::Mail(_)
                | Self::Completions(_)
                | Self::Health(_)
                | Self::Checkpoint(_)
                | Self::Backup(_)
                | Self::Restore(_)
                | Self::Bundle(_)
                | Self::Files(_),
                _,
            ) => false,
            (
                Self::Init(_) | Self::Demo(_) | Self::Link(_) | Self::Verify(_) | Self::Import(_),
                _,
            ) => form == Format::Json,
            _ => true,
        }
    }
}
