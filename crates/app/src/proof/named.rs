//! The files that a bundle's contents name, beside those it holds.

use std::collections::{BTreeMap, BTreeSet};

use ledger::{
    Op, Revision, StoredCheckpoint, hash,
    verify::{Commit, Line, Source, StoredFile},
};
use meta::Id;
use serde_json::Value;

/// A bundle on its way through verification, which takes note of the files that the newest version
/// of each record names.
pub(crate) struct Naming<S> {
    /// The bundle.
    pub(crate) bundle: S,
    named: BTreeMap<Id, (String, Vec<Named>)>,
    kept: BTreeSet<String>,
}

/// A file as a stored content names it.
pub(crate) struct Named {
    /// Its hash in hexadecimal.
    pub(crate) sha256: String,
    /// What it is called.
    pub(crate) name: String,
}

impl<S> Naming<S> {
    pub(crate) fn new(bundle: S) -> Self {
        Self { bundle, named: BTreeMap::new(), kept: BTreeSet::new() }
    }

    /// What is named and not there, in words.
    pub(crate) fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        for (record, files) in self.named.values() {
            let lost = files.iter().filter(|it| !self.kept.contains(&it.sha256));
            missing.extend(lost.map(|it| format!("{record} names the file `{}`", it.name)));
        }
        missing
    }

    fn note(&mut self, revision: &Revision) {
        if revision.op == Op::Erase {
            return;
        }
        let prefix = kinds::kind(&revision.kind).map_or(revision.kind.as_str(), |it| it.prefix);
        let name = format!("{prefix}-{}", revision.number);
        self.named.insert(revision.record, (name, files_of(revision)));
    }
}

impl<S: Source> Source for Naming<S> {
    fn organization(&self) -> Id {
        self.bundle.organization()
    }

    fn next_commit(&mut self) -> Result<Option<Commit>, ledger::Error> {
        let commit = self.bundle.next_commit()?;
        for line in commit.iter().flat_map(|it| &it.lines) {
            if let Line::Shown(revision) = line {
                self.note(revision);
            }
        }
        Ok(commit)
    }

    fn checkpoints(&mut self) -> Result<Vec<StoredCheckpoint>, ledger::Error> {
        self.bundle.checkpoints()
    }

    fn next_file(
        &mut self,
        chunk: &mut dyn FnMut(&[u8]),
    ) -> Result<Option<StoredFile>, ledger::Error> {
        let file = self.bundle.next_file(chunk)?;
        self.kept.extend(file.iter().map(|it| hash::hex(&it.hash)));
        Ok(file)
    }
}

/// The files that a stored revision names.
pub(crate) fn files_of(revision: &Revision) -> Vec<Named> {
    fn visit(value: &Value, found: &mut Vec<Named>) {
        match value {
            Value::Object(map) => {
                let text = |key: &str| map.get(key).and_then(Value::as_str).map(str::to_owned);
                if let Some(sha256) = text("sha256") {
                    found.push(Named { sha256, name: text("name").unwrap_or_default() });
                }
                map.values().for_each(|it| visit(it, found));
            }
            Value::Array(list) => list.iter().for_each(|it| visit(it, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    if let Some(content) = revision.content.as_ref().filter(|it| it.text.contains("sha256")) {
        visit(&serde_json::from_str(&content.text).unwrap_or_default(), &mut found);
    }
    found
}
