//! What an outsider can check: signing keys, checkpoints, verification, bundles.

mod as_of;
pub(crate) mod named;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read, Write},
};

use domain::{Actor, Command, Step, approvals, command::New};
use kinds::{
    Kind,
    approval::{Approval, Decision, Purpose},
    ledger_event::LedgerEvent,
};
use ledger::{
    Op, Options, Report, Revision, Signer, StoredCheckpoint,
    bundle::{BundleSource, Writer},
    hash, verify,
};
use meta::{Extras, Provenance, Record};
use serde_json::{Value, json};
use store::Reading;

use self::named::{Naming, files_of};
use crate::{Error, Organization, Receipt, Request, files, fresh_id, load, writer::key_events};

/// What a new signing key means for those who verify.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyChange {
    /// The key before vouches for the new one.
    Rotate,
    /// The key before is lost or stolen: nobody vouches, and every verifier says so.
    Replace,
}

impl Organization {
    /// The keys of the ledger as C2SP verifier keys, oldest first, each with what made it the key.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keys(&self) -> Result<Vec<(String, String)>, Error> {
        let isms = self.current()?;
        let told = |it: &LedgerEvent| {
            (it.event.clone().unwrap_or_default(), it.key.clone().unwrap_or_default())
        };
        Ok(key_events(&isms).map(told).collect())
    }

    /// Makes a new signing key and records it.
    ///
    /// # Errors
    /// When the key file cannot be written, or, for a rotation, the present key is missing.
    pub fn change_key(
        &self,
        actor: Actor,
        change: KeyChange,
        note: Option<String>,
    ) -> Result<Receipt, Error> {
        if change == KeyChange::Rotate {
            let isms = self.current()?;
            let present = key_events(&isms).last().and_then(|it| it.key.clone());
            self.keys.signer(self.id, &present.unwrap_or_default())?;
        }
        let signer: Signer = self.keys.prepare(self.id, &self.origin)?;
        let (event, title) = match change {
            KeyChange::Rotate => ("rotate", "A new signing key, vouched for by the one before"),
            KeyChange::Replace => ("replace", "A new signing key in place of one lost"),
        };
        let body = json!({"title": title, "event": event, "key": signer.verifier().to_string()});
        let command = Command { note, steps: vec![event_step(body)] };
        let receipt =
            self.execute(Request { actor, via: "cli", command, files: Vec::new(), bound: false })?;
        self.keys.promote(self.id)?;
        Ok(receipt)
    }

    /// The newest signed checkpoint; what an auditor keeps.
    ///
    /// # Errors
    /// When the database fails.
    pub fn checkpoint(&self) -> Result<String, Error> {
        let found = self.store.snapshot()?.checkpoint(self.id)?;
        found.map(|it| it.note).ok_or_else(|| Error::Wrong("the ledger is empty".to_owned()))
    }

    /// Verifies the whole ledger with its derived rows and files.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn verify(&self, options: &Options) -> Result<Report, Error> {
        let mut source = self.store.stored_ledger(self.id)?;
        let report = verify(&mut source, options)?;
        drop(source);
        self.verify_derived(&report)?;
        Ok(report)
    }

    /// Checks what is kept beside the ledger for quick reading against what the ledger says: its
    /// name, the editions, and that every file a record names is there.
    fn verify_derived(&self, report: &Report) -> Result<(), Error> {
        let wrong = |what: String| Err(Error::Wrong(what));
        let reading = self.store.snapshot()?;
        let row = reading.tail(self.id)?;
        if row.origin != report.origin {
            let (found, told) = (row.origin, &report.origin);
            return wrong(format!(
                "the ledger's row names the origin `{found}`, expected `{told}`"
            ));
        }
        // An origin that was made from the short name says what that was.
        let id = self.id.simple().to_string();
        let told = row.origin.strip_prefix("muniment/").and_then(|it| it.strip_suffix(&id[24..]));
        if let Some(told) = told.and_then(|it| it.strip_suffix('-')).filter(|it| *it != row.slug) {
            let found = row.slug;
            return wrong(format!("the ledger's row names it `{found}`, expected `{told}`"));
        }
        if let Some(strays) = reading.strays(self.id, row.seq)? {
            return wrong(format!("the database holds {strays}"));
        }
        let isms = load::isms(&reading, self.id, None)?;
        let mut expected = BTreeMap::<_, BTreeSet<u64>>::new();
        // Also those that were withdrawn: they published then.
        let approvals =
            isms.rows(Approval::ID).filter_map(|it| Some((it, it.typed::<Approval>()?)));
        for (record, approval) in approvals {
            let subject = approval.subject.map(|it| it.id());
            let version = approval.version.and_then(|it| u32::try_from(it).ok());
            if let (Some(Purpose::Publish), Some(subject), Some(version)) =
                (approval.purpose, subject, version)
                && approval.decision != Some(Decision::Refused)
            {
                let acts = expected.entry((subject, version)).or_default();
                acts.insert(approvals::decided_at(record));
            }
        }
        let mut surplus = None;
        reading.editions(self.id, None, |edition, row| -> Result<(), Error> {
            let acts = expected.get_mut(&(edition.record, edition.version));
            let known = acts.is_some_and(|it| it.remove(&edition.seq));
            // The approval of an edition may have been erased; the edition itself is then no proof.
            if !known && !isms.rows(Approval::ID).any(Record::is_erased) {
                let name = isms
                    .get(edition.record)
                    .map_or_else(|| format!("{} {}", row.kind, row.number), Record::name);
                surplus.get_or_insert(format!("version {} of {name}", edition.version));
            }
            Ok(())
        })?;
        if let Some(edition) = surplus {
            return wrong(format!("{edition} is kept as an edition, but nobody published it then"));
        }
        let acts =
            expected.into_iter().flat_map(|(at, acts)| acts.into_iter().map(move |it| (at, it)));
        for ((record, version), seq) in acts {
            // An act beside which nothing was written made no edition: it was about one that was.
            if !reading.revisions(self.id, record)?.iter().any(|it| it.seq == seq) {
                continue;
            }
            let name = isms.get(record).map_or_else(|| record.to_string(), Record::name);
            return wrong(format!(
                "version {version} of {name} was published by commit {seq}, but is not kept as an \
                 edition"
            ));
        }
        let kept: BTreeSet<String> =
            reading.files(self.id)?.iter().map(|it| hash::hex(&it.sha256)).collect();
        for record in isms.records() {
            let mut missing = None;
            files::named_files(record, &mut |file| {
                if !kept.contains(&file.sha256) {
                    missing = Some(file.name.clone());
                }
            });
            if let Some(file) = missing {
                let name = record.name();
                return wrong(format!("{name} names the file `{file}`, which is not kept"));
            }
        }
        Ok(())
    }

    /// Writes what an outsider needs to verify the ledger without database or secret. Lines for
    /// which `shows` says no are given by their hashes only.
    ///
    /// # Errors
    /// When the database or `out` fails.
    pub fn bundle<W: Write>(&self, out: W, shows: &dyn Fn(&Revision) -> bool) -> Result<W, Error> {
        let reading = self.store.snapshot()?;
        let last = reading.seq(self.id)?;
        let checkpoints = reading.checkpoints(self.id)?;
        self.write_bundle(&reading, out, (last, &checkpoints), shows)
    }

    /// Writes a bundle that ends with an entry and its checkpoint.
    fn write_bundle<W: Write>(
        &self,
        reading: &Reading<'_>,
        out: W,
        (last, checkpoints): (u64, &[StoredCheckpoint]),
        shows: &dyn Fn(&Revision) -> bool,
    ) -> Result<W, Error> {
        let mut writer = Writer::new(out, self.id)?;
        let (mut hidden, mut open) = (BTreeSet::new(), BTreeSet::new());
        reading.commits(self.id, 1, last, |mut entry, revisions| -> Result<(), Error> {
            let shown = |it: &Revision| it.kind == ledger::EVENT_KIND || shows(it);
            // A reason may speak of what is not shown.
            if revisions.iter().any(|it| !shown(it)) {
                entry.note = None;
            }
            writer.entry(&entry)?;
            for revision in revisions.iter() {
                match shown(revision) || revision.op == Op::Erase {
                    true => {
                        open.extend(files_of(revision).into_iter().map(|it| it.sha256));
                        writer.revision(revision)?;
                    }
                    false => {
                        hidden.extend(files_of(revision).into_iter().map(|it| it.sha256));
                        writer.hide(revision)?;
                    }
                }
            }
            Ok(())
        })?;
        for checkpoint in checkpoints {
            writer.checkpoint(checkpoint)?;
        }
        // The files of what is not shown are not shown either, nor are those of later entries.
        let is_whole = last == reading.seq(self.id)?;
        let wanted = |name: &String| open.contains(name) || is_whole && !hidden.contains(name);
        let files = reading.files(self.id)?;
        for file in files.iter().filter(|it| wanted(&hash::hex(&it.sha256))) {
            let mut bytes = self.store.open_file(self.id, &file.sha256)?;
            writer.file(file.sha256, file.size, &mut bytes)?;
        }
        Ok(writer.finish()?.0)
    }
}

/// Verifies a bundle, without database or secret.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify_bundle(input: impl Read, options: &Options) -> Result<Report, Error> {
    let mut source = Naming::new(BundleSource::new(std::io::BufReader::new(input))?);
    let report = verify(&mut source, options)?;
    source.bundle.extras(&mut |_, _| Ok(()))?;
    match source.missing().as_slice() {
        [] => Ok(report),
        [first, ..] => Err(Error::Wrong(format!("{first}, which is not in the bundle"))),
    }
}

/// The event that says a ledger was restored from a backup, and what it had lost where known.
pub(crate) fn restored(lost: Option<(u64, ledger::Hash)>) -> Step {
    let mut body = json!({"title": "Restored from a backup", "event": "restored"});
    if let Some((size, root)) = lost {
        body["lost_size"] = size.into();
        body["lost_root"] = hash::encode(&root).into();
    }
    event_step(body)
}

fn event_step(body: Value) -> Step {
    let fields = match body {
        Value::Object(fields) => fields,
        _ => unreachable!("an event is an object"),
    };
    Step::New(New {
        id: fresh_id(),
        kind: ledger::EVENT_KIND.to_owned(),
        fields,
        stage: None,
        provenance: Provenance::Tool,
        extras: Extras::default(),
    })
}
