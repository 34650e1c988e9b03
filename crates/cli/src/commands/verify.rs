//! `verify`: proof that the ledger is whole and unaltered.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use app::{App, Organization};
use ledger::{Options, Report, Verifier, hash, verify::Outside};
use serde_json::json;

use crate::{
    Done,
    output::{Format, Ink, Out},
    place::Place,
    progress::Busy,
    stop::refused,
};

/// Computes the whole ledger again and compares it with what was signed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment verify\n  \
    muniment verify --checkpoint kept-by-the-auditor.txt\n  \
    muniment verify --as-of 2026-06-30\n  \
    muniment verify --bundle isms.bundle --checkpoint kept.txt\n\n\
    Says the first thing that is wrong, and ends with exit code 1.")]
pub struct Verify {
    /// A checkpoint that somebody kept: the ledger must contain what it states. May be repeated.
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// Verify a bundle instead of the database.
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,
    /// A key that somebody kept: the ledger must know it. May be repeated.
    #[arg(long, value_name = "VKEY")]
    key: Vec<String>,
    /// Check all signatures, not only those that matter.
    #[arg(long)]
    every_signature: bool,
}

impl Verify {
    /// Verifies the ledger.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let options = Options {
            outside: self.outside()?,
            trusted: self.trusted()?,
            every_signature: self.every_signature,
            threads: std::thread::available_parallelism().ok(),
        };
        let as_of = place.global().as_of;
        let mut busy = Busy::with("verifying");
        let mut asked = None;
        let report = match &self.bundle {
            Some(_) if as_of.is_some() => {
                return Err(refused(
                    "a bundle is verified whole: leave out --as-of, or make a bundle with it",
                ));
            }
            Some(path) => {
                let file = open(path)?;
                let size = fs::metadata(path).map_or(0, |it| it.len());
                let (bar, file) = Busy::reading("verifying", size, file);
                busy = bar;
                app::verify_bundle(file, &options).map_err(|err| in_file(path, err))?
            }
            None => {
                let app = place.app()?;
                match app.organization(place.global().organization.as_deref()) {
                    Ok(organization) => {
                        let verified = match as_of {
                            None => organization.verify(&options),
                            Some(point) => organization.locate(point).and_then(|(entry, _)| {
                                asked = Some(entry);
                                organization.verify_at(entry, &options)
                            }),
                        };
                        verified.map_err(|err| with_names(&organization, err))?
                    }
                    Err(err) => return Err(damage(&app, &options).unwrap_or(err).into()),
                }
            }
        };
        drop(busy);
        tell(&report, asked, &options, out);
        Ok(Done::Well)
    }

    fn outside(&self) -> anyhow::Result<Vec<Outside>> {
        let read = |path: &PathBuf| {
            let name = path.display().to_string();
            let mut note = String::new();
            let limit = ledger::note::MAX_LENGTH as u64 + 1;
            open(path)?
                .take(limit)
                .read_to_string(&mut note)
                .map_err(|err| refused(format!("`{name}` cannot be read: {err}")))?;
            // Mail and editors on their way may have put a mark before it, or ended lines anew.
            let note = note.trim_start_matches('\u{feff}').replace("\r\n", "\n");
            Ok(Outside { name, note })
        };
        self.checkpoint.iter().map(read).collect()
    }

    fn trusted(&self) -> anyhow::Result<Vec<Verifier>> {
        let read = |text: &String| {
            Verifier::parse(text.trim())
                .map_err(|err| refused(format!("{err}: `muniment key show` prints one")))
        };
        self.key.iter().map(read).collect()
    }
}

fn open(path: &Path) -> anyhow::Result<File> {
    let shown = path.display();
    if fs::metadata(path).is_ok_and(|it| it.is_dir()) {
        return Err(refused(format!("`{shown}` is a folder: name a file")));
    }
    File::open(path).map_err(|err| refused(format!("`{shown}` cannot be read: {err}")))
}

/// What is wrong with a file: its name comes first where the fault is of the file.
pub fn in_file(path: &Path, err: app::Error) -> anyhow::Error {
    if let app::Error::Ledger(fault) = &err
        && let ledger::Error::Bundle { line, reason } = &**fault
    {
        let shown = path.display();
        return match line {
            1 => refused(format!("`{shown}` is neither a bundle nor a backup: line 1: {reason}")),
            _ => refused(format!("`{shown}` is damaged: line {line}: {reason}: get it anew")),
        };
    }
    err.into()
}

/// What is wrong with a ledger, with the names of the records beside their ids.
fn with_names(organization: &Organization, err: app::Error) -> anyhow::Error {
    match (&err, organization.current()) {
        (app::Error::Ledger(fault), Ok(isms)) if matches!(**fault, ledger::Error::Fault(_)) => {
            let text = fault.to_string();
            let told = text.split('`').enumerate().map(|(at, part)| {
                let record = part.parse().ok().filter(|_| at % 2 == 1).and_then(|id| isms.get(id));
                match record {
                    Some(record) => format!("{part}` ({})`", record.name()),
                    None => part.to_owned(),
                }
            });
            let told = told.collect::<Vec<_>>().join("`");
            refused(told.replace(")``", ")"))
        }
        _ => err.into(),
    }
}

/// What is wrong with the rows, where the records in them cannot be read: the verifier tells more
/// than the reader.
fn damage(app: &App, options: &Options) -> Option<app::Error> {
    app.organizations().ok()?.into_iter().find_map(|row| {
        let mut source = app.store().stored_ledger(row.organization).ok()?;
        ledger::verify(&mut source, options).err().map(app::Error::from)
    })
}

fn tell(report: &Report, asked: Option<u64>, options: &Options, out: &mut Out) {
    if out.format == Format::Json {
        let remarks: Vec<String> = report.remarks.iter().map(ToString::to_string).collect();
        return out.json(&json!({
            "origin": report.origin, "organization": report.organization, "entries": report.size,
            "root": hash::encode(&report.root), "at": report.at, "revisions": report.revisions,
            "erased": report.erased, "hidden": report.hidden, "files": report.files,
            "checkpoints": report.checkpoints, "signatures": report.signatures,
            "keys": report.keys.iter().map(|it| it.key.to_string()).collect::<Vec<_>>(),
            "remarks": remarks,
        }));
    }
    let until = match asked {
        None => String::new(),
        Some(entry) if entry == report.size => format!(" up to entry {entry}"),
        // Entries are signed by the batch.
        Some(entry) => {
            format!(" up to entry {}, the first signed one from entry {entry} on", report.size)
        }
    };
    out.line(format!("{} the ledger is whole and unaltered{until}", out.paint("✓", Ink::Green)));
    out.gap();
    let mut line = |what: &str, value: String| out.line(format!("  {what:<12} {value}"));
    line("ledger", report.origin.clone());
    line("entries", format!("{}, the last of {}", report.size, report.at));
    line("root", hash::encode(&report.root));
    line(
        "revisions",
        match (report.erased, report.hidden) {
            (0, 0) => report.revisions.to_string(),
            (erased, 0) => format!("{}, {erased} of them erased", report.revisions),
            (erased, hidden) => {
                let kept = if asked.is_some() { "erased since then" } else { "not disclosed" };
                format!("{}, {erased} of them erased; {hidden} {kept}", report.revisions)
            }
        },
    );
    line("files", report.files.to_string());
    line(
        "signatures",
        format!("{} checked, {} checkpoints", report.signatures, report.checkpoints),
    );
    for key in &report.keys {
        line("key", key.key.to_string());
    }
    for it in &options.outside {
        line("contains", it.name.clone());
    }
    for remark in &report.remarks {
        out.gap();
        let text = format!("Note: {remark}");
        out.wrapped(2, &text);
    }
}
