//! Backup and restore: every ledger as a bundle with nothing left out, read in one snapshot; it moves
//! between SQLite and PostgreSQL. Signing keys are in no backup,
//! nor are sessions and links; the hashes of passwords are.

use std::{
    fs,
    io::{BufRead, BufReader, Seek, SeekFrom, Write},
    path::Path,
};

use domain::{Actor, Command};
use kinds::Kind;
use ledger::{
    Edge, Hash, Op, Options, Report, Revision,
    bundle::{BundleSource, Item, Reader, Writer},
    line::entry_hash,
    seal::Rows,
    verify,
};
use meta::Id;
use serde_json::{Value, json};
use store::{Address, Edition, FileStored, Replay};

use crate::{
    App, Clock, Error, KeyChange, Keys, Request,
    accounts::Carried,
    init::check_slug,
    proof::{self, named::Naming},
};

/// The name of the row that holds what the ledger itself does not say.
const ABOUT: &str = "ledger";

/// So many commits are put back at a time.
const CHUNK: usize = 1_000;

/// The largest file that is put back.
const FILE_LIMIT: u64 = 1 << 40;

/// What a restore brought back, for one organization.
#[derive(Debug, Clone)]
pub struct Restored {
    /// Its short name.
    pub slug: String,
    /// What its verification found.
    pub report: Report,
    /// Whether the signing key was missing, so that a new one had to take its place.
    pub new_key: bool,
    /// What the backup names and does not hold, in words: files that were lost before it was made.
    pub missing: Vec<String>,
}

impl App {
    /// Writes everything but the keys, as of one moment, while others go on working. Answers where it
    /// was written, and the files that are not in it because they are missing.
    ///
    /// # Errors
    /// When the database or `out` fails, or a file was altered.
    pub fn backup<W: Write>(&self, mut out: W) -> Result<(W, Vec<Hash>), Error> {
        let mut missing = Vec::new();
        let reading = self.store.snapshot()?;
        // They belong to no ledger, and go with the first.
        let mut accounts = Some(Carried::read(&reading)?);
        for row in reading.organizations()? {
            let id = row.organization;
            let mut writer = Writer::new(out, id)?;
            reading.commits(id, 1, row.seq, |entry, revisions| -> Result<(), Error> {
                writer.entry(&entry)?;
                revisions.iter().try_for_each(|it| Ok(writer.revision(it)?))
            })?;
            for checkpoint in reading.checkpoints(id)? {
                writer.checkpoint(&checkpoint)?;
            }
            for file in reading.files(id)? {
                // One file that is lost must not keep all others from being kept.
                match self.store.open_file(id, &file.sha256) {
                    Ok(mut bytes) => writer.file(file.sha256, file.size, &mut bytes)?,
                    Err(store::Error::FileMissing { .. }) => missing.push(file.sha256),
                    Err(err) => return Err(err.into()),
                }
            }
            writer.extra(ABOUT, json!({"slug": row.slug, "origin": row.origin}))?;
            if let Some(accounts) = accounts.take() {
                accounts.rows(|name, row| Ok(writer.extra(name, row)?))?;
            }
            out = writer.finish()?.0;
        }
        Ok((out, missing))
    }

    /// Makes a new database from a backup, after verifying all of it. Each ledger gets an entry that
    /// says so; where the signing key is missing, a new one takes its place.
    ///
    /// # Errors
    /// When the backup is not sound, or there is a database already; then there is none afterwards
    /// that was not there before.
    pub fn restore(
        url: &str,
        keys: Keys,
        clock: Clock,
        backup: &Path,
    ) -> Result<(Self, Vec<Restored>), Error> {
        Self::restore_at(&Address::parse(url)?, keys, clock, backup)
    }

    /// As [`App::restore`], into an address that was read before.
    ///
    /// # Errors
    /// As [`App::restore`].
    pub fn restore_at(
        at: &Address,
        keys: Keys,
        clock: Clock,
        backup: &Path,
    ) -> Result<(Self, Vec<Restored>), Error> {
        let failed = |err: std::io::Error| {
            Error::Wrong(format!("the backup `{}` cannot be read: {err}", backup.display()))
        };
        let mut file = fs::File::open(backup).map_err(failed)?;
        let (checked, accounts) = check(&mut BufReader::new(&file))?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        let app = Self::create_at(at, keys, clock)?;
        let mut input = BufReader::new(&file);
        let mut restored = Vec::new();
        for (about, report, missing) in checked {
            app.store.create_ledger(report.organization, &about.slug, &about.origin)?;
            app.put_back(&mut input, report.organization)?;
            let organization = app.organization(Some(&about.slug))?;
            let present = organization.keys()?.pop().map(|it| it.1).unwrap_or_default();
            let new_key = app.keys.signer(report.organization, &present).is_err();
            if new_key {
                let note = Some("the key was not there when the backup was restored".to_owned());
                organization.change_key(Actor::System, KeyChange::Replace, note)?;
            }
            let command = Command { note: None, steps: vec![proof::restored(None)] };
            let request = Request {
                actor: Actor::System,
                via: "cli",
                command,
                files: Vec::new(),
                bound: false,
            };
            organization.execute(request)?;
            restored.push(Restored { slug: about.slug, report, new_key, missing });
        }
        accounts.put_back(&app.store)?;
        Ok((app, restored))
    }

    fn put_back(&self, input: &mut impl BufRead, id: Id) -> Result<(), Error> {
        let mut reader = Reader::part(input)?;
        let mut writing = self.store.begin(id)?;
        let mut edge = Edge::default();
        let (mut rows, mut editions) = (Vec::<Rows>::new(), Vec::new());
        let (mut checkpoints, mut files) = (Vec::new(), Vec::new());
        let mut next = reader.next_item()?;
        while let Some(item) = next.take() {
            next = reader.next_item()?;
            match item {
                Item::Entry(entry) => {
                    let mut nodes = Vec::new();
                    edge.append(entry_hash(id, &entry), &mut nodes);
                    rows.push(Rows { entry, revisions: Vec::new(), nodes });
                }
                Item::Revision(revision) => {
                    editions.extend(published(&revision));
                    let commit = rows.last_mut().ok_or_else(hidden)?;
                    commit.revisions.push(*revision);
                }
                Item::Hidden(_) => return Err(hidden()),
                Item::Checkpoint(checkpoint) => checkpoints.push(checkpoint),
                Item::File { hash, size } => {
                    let mut bytes = Vec::new();
                    while let Some(Item::Chunk(chunk)) = &next {
                        bytes.extend_from_slice(chunk);
                        next = reader.next_item()?;
                    }
                    files.push(self.put_file_back(id, hash, size, &bytes)?);
                }
                Item::Chunk(_) | Item::Extra { .. } => {}
            }
            if rows.len() >= CHUNK && matches!(next, Some(Item::Entry(_))) {
                let replay = Replay { rows: &rows, edge: edge.clone(), ..Replay::default() };
                writing.replay(&replay)?;
                rows.clear();
            }
        }
        writing.replay(&Replay {
            rows: &rows,
            edge,
            editions: &editions,
            checkpoints: &checkpoints,
            files: &files,
        })?;
        Ok(writing.commit()?)
    }

    fn put_file_back(
        &self,
        id: Id,
        hash: Hash,
        size: u64,
        mut bytes: &[u8],
    ) -> Result<FileStored, Error> {
        let stored = self.store.put_file(id, &mut bytes, FILE_LIMIT)?;
        match stored.sha256 == hash && stored.size == size {
            true => Ok(stored),
            false => Err(Error::Wrong("a file in the backup is not what its name says".to_owned())),
        }
    }
}

/// One organization of a backup: what it is called, what verification found, and what it names and
/// does not hold.
type Checked = (About, Report, Vec<String>);

struct About {
    slug: String,
    origin: String,
}

/// Verifies every bundle of a backup before anything is made.
fn check(input: &mut impl BufRead) -> Result<(Vec<Checked>, Carried), Error> {
    let (mut found, mut accounts) = (Vec::new(), Carried::default());
    loop {
        let rest = input.fill_buf().map_err(|err| Error::Wrong(err.to_string()))?;
        if rest.is_empty() {
            break;
        }
        let mut source = Naming::new(BundleSource::part(&mut *input)?);
        let report = verify(&mut source, &Options::default())?;
        let (mut about, mut taken) = (None, Ok(()));
        source.bundle.extras(&mut |name, row| {
            let text = |key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
            if name == ABOUT {
                about = text("slug").zip(text("origin"));
            } else if taken.is_ok() {
                taken = accounts.take(name, row);
            }
            Ok(())
        })?;
        taken?;
        let Some((slug, origin)) = about.filter(|_| report.hidden == 0) else {
            return Err(Error::Wrong(
                "this is a bundle for an auditor, not a backup: verify it with `muniment verify \
                 --bundle`"
                    .to_owned(),
            ));
        };
        check_slug(&slug)?;
        found.push((About { slug, origin }, report, source.missing()));
    }
    match found.is_empty() {
        true => Err(Error::Wrong("the backup is empty".to_owned())),
        false => Ok((found, accounts)),
    }
}

/// The edition that a stored approval published.
fn published(revision: &Revision) -> Option<Edition> {
    if revision.kind != kinds::approval::Approval::ID || revision.op != Op::Put {
        return None;
    }
    let content: Value = serde_json::from_str(&revision.content.as_ref()?.text).ok()?;
    let body = content.get("body")?;
    let text = |key: &str| body.get(key).and_then(Value::as_str);
    let given = revision.version == 1 && text("decision") != Some("refused");
    if text("purpose") != Some("publish") || !given {
        return None;
    }
    Some(Edition {
        record: text("subject")?.parse::<meta::Link>().ok()?.id,
        version: body.get("version")?.as_u64()?.try_into().ok()?,
        seq: revision.seq,
    })
}

fn hidden() -> Error {
    Error::Wrong("the backup leaves records out: it is a bundle for an auditor".to_owned())
}
