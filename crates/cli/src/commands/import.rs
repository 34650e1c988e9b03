//! `import`: the spreadsheets people have, and what was exported and edited.

mod back;
mod page;

use std::{
    fs,
    path::{Path, PathBuf},
};

use app::{Receipt, Request, fresh_id};
use domain::View;
use exchange::{
    Limits, Workbook,
    import::{self, OnConflict, Options, Plan, Source},
};
use meta::KindDef;

use crate::{
    Done,
    output::{Format, Out},
    place::{Desk, Place},
    progress::Busy,
    stop::refused,
    written,
};

/// Reads CSV and XLSX files, shows what each column means, and makes or updates records.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment import risk risk-register.csv --dry-run\n  \
    muniment import risk risk-register.csv --map \"Impact area=threat\"\n  \
    muniment import *.xlsx\n\n\
    Without a kind, the kind of each sheet is guessed. Importing the same file again changes\n\
    nothing; an edited copy applies the cells that changed in it. `muniment undo` takes a whole\n\
    import back.")]
pub struct Import {
    /// The kind of the rows (may be left out), then the files.
    #[arg(value_name = "[KIND] FILE", required = true)]
    what: Vec<String>,
    /// Only show what would be done.
    #[arg(long)]
    dry_run: bool,
    /// What a column means: `Header=field`; `Header=-` keeps it beside the fields.
    #[arg(long, value_name = "HEADER=FIELD")]
    map: Vec<String>,
    /// Only this sheet of a workbook.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Where a cell changed in the sheet and in the record, take the sheet's.
    #[arg(long)]
    take_sheet: bool,
    /// Make rows anew whose records were withdrawn.
    #[arg(long)]
    again: bool,
    /// Read cells again that named no record, or no step of a scale, when they were imported.
    #[arg(long)]
    relink: bool,
    /// Where to write rows that could not be taken; beside the records, named like the file.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
}

/// A file that was read.
struct Read {
    name: String,
    book: Workbook,
}

impl Import {
    /// Plans, shows, and imports in one commit.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let (kind, files) = self.split()?;
        let options = self.options(kind)?;
        let limits = Limits::default();
        let busy = Busy::steps("reading the files", files.len() + 1);
        let alone = |name: &str| {
            refused(format!("`{name}` was exported from here: import it alone, and without --map"))
        };
        let mut books = Vec::new();
        for file in &files {
            let bytes = read(Path::new(file), &limits)?;
            busy.step("reading the files");
            if back::is_json(&bytes) {
                if files.len() > 1 || !self.map.is_empty() {
                    return Err(alone(file));
                }
                drop(busy);
                return back::json(&place.desk()?, file, &bytes, self.dry_run, out);
            }
            let name = name_of(file);
            let book = exchange::read(&name, &bytes, &limits)
                .map_err(|err| refused(format!("`{file}`: {}", told(&err))))?;
            books.push(Read { name, book });
        }
        let desk = place.desk()?;
        if let [one] = books.as_slice()
            && back::is_ours(&one.book)
            && self.map.is_empty()
        {
            drop(busy);
            return back::workbook(&desk, &one.name, &one.book, self.dry_run, out);
        }
        if let Some(ours) = books.iter().find(|it| back::is_ours(&it.book)) {
            return Err(alone(&ours.name));
        }
        let sources: Vec<Source<'_>> =
            books.iter().map(|it| Source { name: &it.name, workbook: &it.book }).collect();
        let plan = import::plan(desk.past.view(), &sources, &options, &mut fresh_id)?;
        busy.step("understood");
        drop(busy);
        // The plan holds what it needs of them.
        drop(books);
        if plan.sheets.iter().all(|it| it.kind.is_none()) {
            let why = plan.sheets.iter().map(|it| format!("`{}`: {}", it.source, it.why));
            let mut why: Vec<String> = why.take(5).collect();
            if kind.is_none() && plan.sheets.iter().any(|it| it.left_out > 0) {
                why.push("name the kind, like `muniment import risk FILE`".to_owned());
            }
            return Err(refused(why.join("; ")));
        }
        self.carry_out(&desk, plan, out)
    }

    fn carry_out(&self, desk: &Desk, mut plan: Plan, out: &mut Out) -> anyhow::Result<Done> {
        let is_table = out.format == Format::Table;
        if is_table {
            page::plan(desk, &plan, self.on_conflict(), out);
        }
        let is_nothing = plan.command.steps.is_empty();
        if self.dry_run || is_nothing {
            if !is_table {
                out.json(&page::json(&plan, None, desk.past.view()));
            } else if is_nothing {
                out.line("Nothing would change.");
            }
            if self.dry_run {
                out.note("nothing was changed: leave out --dry-run to import");
            } else {
                self.rejects(&plan, out)?;
            }
            return Ok(Done::Well);
        }
        if is_table {
            out.flush()?;
            super::init::agree("Import this?", self.yes)?;
        }
        let alike = import::alike(desk.past.view(), &plan);
        let busy = Busy::with("importing");
        let request = Request {
            actor: desk.actor()?,
            via: "import",
            command: std::mem::take(&mut plan.command),
            files: Vec::new(),
            bound: false,
        };
        let receipt: Receipt = desk.organization.execute(request)?;
        drop(busy);
        self.rejects(&plan, out)?;
        if !is_table {
            let view = View::new(&receipt.isms, desk.past.day);
            out.json(&page::json(&plan, Some(receipt.seq), view));
            return Ok(Done::Well);
        }
        written::tell_short(&receipt, out);
        page::afterwards(desk, &plan, &alike, &receipt, out);
        Ok(Done::Well)
    }

    /// The kind, when the first word is one and no file is called so, and the files.
    fn split(&self) -> anyhow::Result<(Option<&'static KindDef>, Vec<String>)> {
        let (first, rest) = self.what.split_first().expect("clap asks for one");
        let kind = kinds::kind(first).filter(|_| !Path::new(first).is_file());
        match (kind, rest) {
            (Some(_), []) => {
                Err(refused(format!("name the files, like `muniment import {first} FILE`")))
            }
            (Some(kind), files) => Ok((Some(kind), files.to_vec())),
            (None, _) if !Path::new(first).exists() && !rest.is_empty() && !first.contains('.') => {
                Err(refused(format!(
                    "`{first}` is neither a kind of record nor a file: `muniment list` shows kinds"
                )))
            }
            (None, _) => Ok((None, self.what.clone())),
        }
    }

    fn options(&self, kind: Option<&'static KindDef>) -> anyhow::Result<Options> {
        let pair = |text: &String| {
            let parts = text.rsplit_once('=').filter(|it| !it.0.trim().is_empty());
            parts.map(|(header, field)| (header.to_owned(), field.trim().to_owned())).ok_or_else(
                || refused(format!("`{text}` maps nothing: write it like \"Header=field\"")),
            )
        };
        let map = self.map.iter().map(pair).collect::<anyhow::Result<Vec<_>>>()?;
        let (sheet, on_conflict) = (self.sheet.clone(), self.on_conflict());
        let (again, relink) = (self.again, self.relink);
        Ok(Options { kind, map, sheet, on_conflict, again, relink, ..Options::default() })
    }

    fn on_conflict(&self) -> OnConflict {
        if self.take_sheet { OnConflict::TakeSheet } else { OnConflict::Keep }
    }

    /// Writes the rows that could not be taken, one file for each sheet that has some.
    fn rejects(&self, plan: &Plan, out: &Out) -> anyhow::Result<()> {
        let with: Vec<_> = plan.sheets.iter().filter(|it| it.summary.rejected > 0).collect();
        for sheet in &with {
            let own = || {
                let stem = Path::new(&sheet.source).file_stem().unwrap_or_default();
                let stem = stem.to_string_lossy();
                let part = |it: char| if it.is_alphanumeric() { it } else { '-' };
                let name: String = sheet.sheet.chars().map(part).take(40).collect();
                match plan.sheets.len() {
                    1 => format!("{stem}.rejects.csv"),
                    _ => format!("{stem}.{name}.rejects.csv"),
                }
            };
            let path = match &self.rejects {
                Some(path) if with.len() == 1 => path.clone(),
                Some(path) => path.with_extension(format!("{}.csv", own().replace(".csv", ""))),
                None => PathBuf::from(own()),
            };
            let bytes = import::rejects_csv(sheet);
            let path = if self.rejects.is_some() { path } else { free(path, &bytes) };
            fs::write(&path, bytes)
                .map_err(|err| refused(format!("`{}` cannot be written: {err}", path.display())))?;
            let count = sheet.summary.rejected;
            let (rows, them) = if count == 1 { ("row", "it") } else { ("rows", "them") };
            let kind = sheet.kind.map_or("KIND", |it| it.id);
            out.note(format!(
                "{count} {rows} that could not be taken: see {}, mend {them} there, then: \
                 muniment import {kind} {}",
                path.display(),
                path.display()
            ));
        }
        Ok(())
    }
}

/// A path at which no other file is lost: rejects that somebody mends stay as they are.
fn free(path: PathBuf, bytes: &[u8]) -> PathBuf {
    let is_free = |it: &PathBuf| fs::read(it).map_or(true, |there| there == bytes);
    let other = (2..1000).map(|at| path.with_extension(format!("{at}.csv")));
    let mut paths = std::iter::once(path.clone()).chain(other);
    paths.find(is_free).unwrap_or(path)
}

/// The bytes of a file that is small enough to be read at all.
fn read(path: &Path, limits: &Limits) -> anyhow::Result<Vec<u8>> {
    let shown = path.display();
    let failed = |err: std::io::Error| match err.kind() {
        std::io::ErrorKind::NotFound => refused(format!("there is no file `{shown}`")),
        _ => refused(format!("`{shown}` cannot be read: {err}")),
    };
    let about = fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        return Err(refused(format!("`{shown}` is not a file: name CSV or XLSX files")));
    }
    if about.len() > limits.bytes as u64 {
        return Err(refused(format!(
            "`{shown}` has {} bytes, more than the {} allowed: split it into smaller files",
            about.len(),
            limits.bytes
        )));
    }
    fs::read(path).map_err(failed)
}

fn name_of(file: &str) -> String {
    let name = Path::new(file).file_name();
    name.map_or_else(|| file.to_owned(), |it| it.to_string_lossy().into_owned())
}

fn told(err: &exchange::Error) -> String {
    let cause = std::error::Error::source(err).map(|it| format!(": {it}"));
    format!("{err}{}", cause.unwrap_or_default())
}
