//! The database: reached, set up, and everything that its records need.

use std::{collections::BTreeSet, io::Read};

use app::{App, Clock, Keys, Organization};
use ledger::hash::{hex, sha256};

use super::finding::Finding;
use crate::{configuration::Backup, place::Place, stop};

/// More organizations than this are not loaded to look at them.
const MOST: usize = 50;
/// A file larger than this is not read to the end.
const LARGEST: u64 = 256 << 20;

/// The database, which was opened already: it is there, its tables are ours and of this version.
pub fn database(app: &App) -> Vec<Finding> {
    let about = "database";
    let address = app.store().address();
    let remarks = app.store().remarks();
    match remarks {
        Ok(remarks) if remarks.is_empty() => {
            vec![Finding::well(about, format!("{address}, its tables of this version"))]
        }
        Ok(remarks) => {
            let each =
                |it| Finding::warning(about, it, "have the database's administrator see to it");
            remarks.into_iter().map(each).collect()
        }
        Err(err) => vec![Finding::failed(about, err.to_string(), "see its log")],
    }
}

/// Each organization: it can be loaded, its key is the one that the ledger names, its files are
/// there and unaltered.
pub fn organizations(app: &App, keys: &Keys, sample: usize) -> Vec<Finding> {
    let about = "organizations";
    let known = match app.organizations() {
        Ok(known) => known,
        Err(err) => return vec![Finding::failed(about, err.to_string(), "see the database")],
    };
    if known.is_empty() {
        return vec![Finding::warning(
            about,
            "none yet",
            "begin in the browser, or `muniment init`",
        )];
    }
    let mut findings = Vec::new();
    for row in known.iter().take(MOST) {
        let loaded = app.organization(Some(&row.slug)).map_err(anyhow::Error::from);
        match loaded.and_then(|it| Ok((it.current()?, it))) {
            Ok((isms, organization)) => {
                let (slug, records, entry) = (&row.slug, isms.len(), isms.position());
                findings.push(Finding::well(
                    "records",
                    format!("`{slug}`: {records} records, {entry} entries in the ledger"),
                ));
                findings.push(key(&organization, keys));
                findings.push(files(&organization, sample));
            }
            Err(err) => findings.push(Finding::failed(
                "records",
                format!("`{}` cannot be loaded: {}", row.slug, stop::sentence(&err)),
                format!("muniment --organization {} verify", row.slug),
            )),
        }
    }
    if known.len() > MOST {
        let found = format!("{} more organizations were not looked at", known.len() - MOST);
        findings.push(Finding::well(about, found));
    }
    findings
}

/// The key that opens secrets in the database, where there are any.
pub fn sealing(app: &App) -> Option<Finding> {
    let about = "sealing key";
    match app.try_seal() {
        Ok(0) => None,
        Ok(_) => Some(Finding::well(about, "opens what was sealed with it")),
        Err(err) => {
            let what_to_do = match err {
                app::Error::KeyOpen { .. } => "close it to others: they may have read it",
                _ => {
                    "bring back the copy that you keep somewhere safe; without it no codes of apps \
                     can be checked and no webhooks be signed"
                }
            };
            Some(Finding::failed(about, stop::sentence(&err.into()), what_to_do))
        }
    }
}

/// What is done again and again.
pub fn jobs(app: &App) -> Vec<Finding> {
    let about = "jobs";
    let jobs = match app.jobs() {
        Ok(jobs) => jobs,
        Err(err) => return vec![Finding::failed(about, err.to_string(), "see the database")],
    };
    let failed = jobs.iter().filter_map(|it| Some((it.name.clone(), it.failed.clone()?)));
    let failed: Vec<_> = failed
        .map(|(name, (at, fault))| {
            let found = format!("`{name}` failed at {at:.0}: {fault}");
            Finding::warning(about, found, "it is tried again; if it stays, mend what it names")
        })
        .collect();
    if failed.is_empty() {
        let names: Vec<&str> = jobs.iter().map(|it| it.name.as_str()).collect();
        let found = match names.is_empty() {
            true => "none was begun yet: they run while `muniment serve` does".to_owned(),
            false => format!("none failed last: {}", names.join(", ")),
        };
        return vec![Finding::well(about, found)];
    }
    failed
}

/// The newest backup, beside how often one should be made.
pub fn backups(app: &App, place: &Place) -> Finding {
    let about = "backups";
    let every = match place.configuration().read::<Backup>() {
        Ok(backup) => backup.plan().map(|it| it.due.apart()),
        Err(err) => return Finding::failed(about, stop::sentence(&err), "correct [backup]"),
    };
    let newest = match app.backups() {
        Ok(backups) => backups.into_iter().next(),
        Err(err) => return Finding::failed(about, err.to_string(), "see the database"),
    };
    match (every, newest) {
        (None, _) => Finding::warning(
            about,
            "none are made on a schedule",
            "name a folder on another disk by `backup.to`, or see that `muniment backup` runs",
        ),
        (Some(_), None) => Finding::warning(
            about,
            "none was made yet",
            "wait for the first: it is made while `muniment serve` runs",
        ),
        (Some(every), Some(newest)) => {
            let age = Clock::system().now().duration_since(newest.made);
            let found = format!("`{}`, restored and verified, in {}", newest.name, newest.place);
            match age > every * 2 {
                true => Finding::failed(
                    about,
                    format!("the newest is {} hours old: {found}", age.as_hours()),
                    "see below why the job fails, and in the log",
                ),
                false => Finding::well(about, found),
            }
        }
    }
}

fn key(organization: &Organization, keys: &Keys) -> Finding {
    let (about, slug) = ("signing key", organization.slug());
    let named = organization.keys().map_err(|it| it.to_string());
    let named = named.and_then(|it| it.last().map(|it| it.1.clone()).ok_or("none".to_owned()));
    let signer = named.map(|it| keys.signer(organization.id(), &it).map(drop));
    let signer = signer
        .map_err(|it| (it, false))
        .and_then(|it| it.map_err(|it| (it.to_string(), matches!(it, app::Error::KeyOpen { .. }))));
    match signer {
        Err((err, true)) => Finding::failed(
            about,
            format!("`{slug}`: {err}"),
            "close it to others, and rotate it, since they may have read it: `muniment key rotate`",
        ),
        Ok(()) => Finding::well(about, format!("`{slug}`: the one that its ledger names")),
        Err((err, false)) => Finding::failed(
            about,
            format!("`{slug}`: {err}"),
            "bring back the copy that you keep somewhere safe; without it nothing can be written, \
             and `muniment key replace` makes a new one that every verifier will tell of",
        ),
    }
}

fn files(organization: &Organization, sample: usize) -> Finding {
    let (about, slug, store) = ("files", organization.slug(), organization.store());
    let id = organization.id();
    let named = match store.snapshot().and_then(|it| it.files(id)) {
        Ok(named) => named,
        Err(err) => return Finding::failed(about, format!("`{slug}`: {err}"), "see the database"),
    };
    let mut wrong = Vec::new();
    let step = named.len().div_ceil(sample.max(1)).max(1);
    for (at, file) in named.iter().enumerate() {
        let name = hex(&file.sha256);
        let read = at % step == 0 && sample > 0 && file.size <= LARGEST;
        match store.open_file(id, &file.sha256) {
            Err(err) => wrong.push(err.to_string()),
            Ok(mut bytes) if read => {
                let mut all = Vec::new();
                match bytes.read_to_end(&mut all) {
                    Err(err) => wrong.push(format!("`{name}` cannot be read: {err}")),
                    Ok(_) if sha256(&all) != file.sha256 => {
                        wrong.push(format!("`{name}` was altered"));
                    }
                    Ok(_) => {}
                }
            }
            Ok(_) => {}
        }
    }
    if let Some(first) = wrong.first() {
        let (count, all) = (wrong.len(), named.len());
        return Finding::failed(
            about,
            format!("`{slug}`: {count} of {all} files are missing or altered; the first: {first}"),
            "bring them back from a backup: the records that name them still stand",
        );
    }
    let known: BTreeSet<_> = named.iter().map(|it| it.sha256).collect();
    let lying = store.list_files(id).unwrap_or_default();
    let orphans = lying.iter().filter(|it| !known.contains(&it.file.sha256)).count();
    let beside = match orphans {
        0 => String::new(),
        orphans => format!(", {orphans} more that no record names"),
    };
    let looked = named.len().div_ceil(step);
    let found = format!("`{slug}`: {} there, {looked} read and unaltered{beside}", named.len());
    Finding::well(about, found)
}
