//! What a folder would change: every file against what was written and what is now.

mod judge;
mod new;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{Command, Isms, Step, command::Edit};
use meta::{Id, KindDef, Link, Provenance, Record};

use self::{
    judge::{numbered, stranger},
    new::made_before,
};
use super::{
    File, Here,
    file::{self, Contents},
    manifest,
    merge::{self, Sides},
    path::{self, Path},
    record,
};
use crate::{
    Error,
    export::{
        ACTS, Conflict, Fault, Names, PlanLine,
        said::{self, in_words},
        value::Resolve,
    },
};

/// What a folder would change.
#[derive(Debug)]
pub struct FolderPlan {
    /// What to do; without steps when nothing would change.
    pub command: Command,
    /// The same in words.
    pub lines: Vec<PlanLine>,
    /// What was not read, or read and left, and why.
    pub remarks: Vec<PlanLine>,
    /// The files that new records are made from: best removed once they are in the ledger, when
    /// the folder is written again.
    pub made: Vec<(String, Id)>,
}

struct Planning<'a> {
    now: &'a Isms,
    base: &'a Isms,
    base_names: Names<'a>,
    now_names: Names<'a>,
    /// Records that were made from files when the folder was applied before.
    before: HashMap<&'a str, &'a Record>,
    /// New files by their path without the ending.
    new: HashMap<String, (Id, &'static KindDef)>,
    steps: Vec<Step>,
    lines: Vec<PlanLine>,
    remarks: Vec<PlanLine>,
    made: Vec<(String, Id)>,
    faults: Vec<Fault>,
    conflicts: Vec<Conflict>,
}

/// A file of the folder that stands for a record.
struct Source<'a> {
    path: &'a str,
    def: &'static KindDef,
    stem: &'a str,
    bytes: &'a [u8],
}

/// Plans what the folder changes in `now`; `base` is the same organization as of the position in
/// the folder's [`Manifest`](super::Manifest). What changed only in the folder becomes an edit, a
/// file without an id a new record, and with `withdraw` a missing file a withdrawal.
///
/// # Errors
/// Everything that cannot be read, with file and line; else every field that the folder and the
/// ledger changed differently. Then there is nothing to do.
pub fn plan(
    now: &Isms,
    base: &Isms,
    here: &Here<'_>,
    files: &[File],
    withdraw: bool,
    ids: &mut dyn FnMut() -> Id,
) -> Result<FolderPlan, Error> {
    let from = manifest(files)?;
    if let Some(message) = stranger(now, base, here, &from) {
        return Err(Error::Faults(vec![Fault::at(manifest::MANIFEST, message)]));
    }
    let mut planning = Planning {
        now,
        base,
        base_names: Names::new(base),
        now_names: Names::new(now),
        before: made_before(now, base.position()),
        new: HashMap::new(),
        steps: Vec::new(),
        lines: Vec::new(),
        remarks: Vec::new(),
        made: Vec::new(),
        faults: Vec::new(),
        conflicts: Vec::new(),
    };
    let sources = planning.sources(files);
    planning.changed(sources, ids);
    if withdraw {
        planning.missing(files);
    }
    match (planning.faults.is_empty(), planning.conflicts.is_empty()) {
        (false, _) => Err(Error::Faults(planning.faults)),
        (true, false) => Err(Error::Conflicts(planning.conflicts)),
        (true, true) => Ok(FolderPlan {
            command: Command { note: None, steps: planning.steps },
            lines: planning.lines,
            remarks: planning.remarks,
            made: planning.made,
        }),
    }
}

impl<'a> Planning<'a> {
    /// The files that stand for records.
    fn sources(&mut self, files: &'a [File]) -> Vec<Source<'a>> {
        let mut sources = Vec::new();
        let mut seen = BTreeMap::new();
        for (path, bytes) in files {
            if let Some(other) = seen.insert(path.to_lowercase(), path) {
                let message = format!("`{other}` has the same name on some systems: rename one");
                self.faults.push(Fault::at(path.escape_debug().to_string(), message));
                continue;
            }
            match path::read(path) {
                Ok(Path::Manifest) => {}
                Ok(Path::Other(why)) => self.remark(path, format!("not read: {why}")),
                Ok(Path::Record(def, stem)) => sources.push(Source { path, def, stem, bytes }),
                Err(fault) => self.faults.push(fault),
            }
        }
        sources
    }

    /// Everything that differs from what was written.
    fn changed(&mut self, sources: Vec<Source<'a>>, ids: &mut dyn FnMut() -> Id) {
        let mut edits = Vec::new();
        let mut news = Vec::new();
        for source in sources {
            let written = numbered(self.base, source.def, source.stem);
            let written = written.filter(|it| !it.head.withdrawn);
            let as_written = written.map(|it| record::write(&self.base_names, it));
            if as_written.as_ref().is_some_and(|it| it.as_bytes() == source.bytes) {
                continue;
            }
            if ACTS.contains(&source.def.id) {
                // Line ends of another system are no change.
                let text = file::text(source.path, source.bytes);
                if !text.is_ok_and(|it| as_written.is_some_and(|was| was == it)) {
                    self.remark(source.path, "changed, and never read".to_owned());
                }
                continue;
            }
            let read = file::text(source.path, source.bytes)
                .and_then(|text| file::read(source.path, source.def, &text))
                .and_then(|contents| Ok((self.judge(&source, &contents)?, contents)));
            match read {
                Ok((Some(record), contents)) => edits.push((source, record, contents)),
                Ok((None, contents)) => news.push((source, contents)),
                Err(fault) => self.faults.push(fault),
            }
        }
        let news = self.name(news, ids);
        for (source, id, contents) in news {
            self.make(&source, id, &contents);
        }
        for (source, record, contents) in edits {
            self.edit(&source, record, &contents);
        }
    }

    fn edit(&mut self, source: &Source<'_>, record: &'a Record, contents: &Contents) {
        let name = record.name();
        if record.is_erased() {
            return self.remark(source.path, format!("not read: the content of {name} was erased"));
        }
        let parse = |names: &Names<'_>, it: &Record| {
            file::read(source.path, source.def, &record::write(names, it))
        };
        let written = match parse(&self.base_names, record) {
            Ok(written) => written,
            Err(fault) => return self.faults.push(fault),
        };
        if contents.stage.is_some() && contents.stage != written.stage {
            let message = format!("the stage of {name} is never read here: use `muniment move`");
            self.remark(source.path, message);
        }
        let now = self.now.get(record.head.id);
        let gone = now.is_none_or(|it| it.head.withdrawn || it.is_erased());
        let changed = now.filter(|it| !gone && it.head.version != record.head.version);
        let current = match changed.map(|it| parse(&self.now_names, it)).transpose() {
            Ok(current) => current,
            Err(fault) => return self.faults.push(fault),
        };
        let base: Resolve<'_> = &|kinds, text| self.base_names.resolve(kinds, text);
        let names: Resolve<'_> = &|kinds, text| self.now_names.resolve(kinds, text);
        let folder: Resolve<'_> = &|kinds, text| self.resolve(kinds, text);
        let sides = Sides { base, now: names, folder };
        let merged =
            merge::merge(source.path, record, &written, contents, current.as_ref(), &sides);
        self.faults.extend(merged.faults);
        self.conflicts.extend(merged.conflicts);
        if merged.deltas.is_empty() {
            return;
        }
        let Some(now) = now.filter(|_| !gone) else {
            let message = format!(
                "{name} was withdrawn or erased after the folder was written: undo the change here"
            );
            return self.faults.push(Fault::at(source.path, message));
        };
        for it in &merged.deltas {
            let label = it.part.label(source.def);
            let (from, to) = (in_words(&it.from), in_words(&it.to));
            self.line(source.path, format!("change `{label}` of {name} from {from} to {to}"));
        }
        let (fields, extras) = said::patch(source.def, now.head.extras.as_deref(), &merged.deltas);
        self.steps.push(Step::Edit(Edit {
            record: record.head.id,
            version: Some(now.head.version),
            fields,
            extras,
            provenance: Provenance::Person,
        }));
    }

    /// Withdraws the records whose files are gone.
    fn missing(&mut self, files: &[File]) {
        let there: BTreeSet<&str> = files.iter().map(|it| it.0.as_str()).collect();
        let base = self.base;
        for record in base.records().filter(|it| !it.head.withdrawn && !it.is_erased()) {
            let path = path::of(record);
            if there.contains(path.as_str()) || ACTS.contains(&record.def().id) {
                continue;
            }
            let (id, name) = (record.head.id, record.name());
            let Some(now) = self.now.get(id).filter(|it| !it.head.withdrawn && !it.is_erased())
            else {
                continue;
            };
            if now.head.version != record.head.version {
                self.conflicts.push(Conflict {
                    place: path,
                    record: name,
                    field: "the whole record".to_owned(),
                    before: format!("version {}", record.head.version),
                    theirs: "that it is gone".to_owned(),
                    ours: format!("version {}", now.head.version),
                });
                continue;
            }
            self.line(&path, format!("withdraw {name}"));
            self.steps.push(Step::Withdraw { record: id, version: Some(now.head.version) });
        }
    }

    /// The record that a text in the folder means: as it was when the folder was written, then as
    /// it is now, then among its new files.
    fn resolve(&self, kinds: &[&str], text: &str) -> Result<Link, String> {
        if let Some((id, def)) = self.new.get(text.trim()) {
            return match kinds.is_empty() || kinds.contains(&def.id) {
                true => Ok(Link::to(*id)),
                false => Err(format!("`{text}` is a {}, which cannot stand here", def.label)),
            };
        }
        let base = self.base_names.resolve(kinds, text);
        base.or_else(|_| self.now_names.resolve(kinds, text))
    }

    fn line(&mut self, place: &str, text: String) {
        self.lines.push(PlanLine { place: place.to_owned(), text });
    }

    fn remark(&mut self, place: &str, text: String) {
        self.remarks.push(PlanLine { place: place.escape_debug().to_string(), text });
    }
}
