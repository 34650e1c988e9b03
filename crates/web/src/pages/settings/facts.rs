//! Settings that are facts: where the records lie, what this program is.

use domain::{
    access::{Act, On},
    conformity,
};
use maud::{Markup, html};

use super::page;
use crate::{Answer, Ask, Problem, words};

/// Where the records lie.
pub(super) fn storage(ask: &Ask) -> Result<Answer, Problem> {
    let organization = &ask.place()?.organization;
    let storage = organization.storage()?;
    let keys = organization.keys()?;
    let checkpoint = organization.checkpoint()?;
    let manages = ask.may(Act::ManageAccess, On::Everything);
    let body = html! {
        section.card { h2 { "Records and files" } dl.facts {
            @if manages {
                dt { "Database" } dd { code { (storage.database) } }
                dt { "Files in" } dd { code { (storage.folder) } }
            }
            dt { "Ledger" } dd { (words::count(usize::try_from(storage.entries).unwrap_or(usize::MAX), "entry", "entries")) }
            dt { "Files" } dd { (words::count(storage.files, "file", "files")) @if storage.files > 0 { ", " (words::size(storage.bytes)) } }
            dt { "Backup" } dd { code { "muniment backup" } " writes everything to one file, while people work." }
        } }
        @if manages { (backups(ask)?) }
        section.card { h2 { "What an outsider can check" } dl.facts {
            dt { "Origin" } dd { code { (organization.origin()) } }
            dt { "Signing key" } dd { @match keys.last() { Some((_, key)) => { code { (key) } } None => { "none" } } @if keys.len() > 1 { span.soft { " and " (keys.len() - 1) " before it" } } }
            dt { "Last checkpoint" } dd { pre.mono { (checkpoint) } }
        }
        p.after { a.btn href=(ask.to("/history")) { "Verify the ledger" } }
        }
    };
    Ok(page(ask, "/settings/storage", &body).into())
}

/// The backups that were made on schedule: of the whole installation, so for who manages access.
fn backups(ask: &Ask) -> Result<Markup, Problem> {
    let app = &ask.site.app;
    let made = app.backups()?;
    let failed = app.jobs()?.into_iter().find(|it| it.name == "backup").and_then(|it| it.failed);
    Ok(html! {
        section.card { h2 { "Backups on schedule" } dl.facts {
            dt { "Last good one" } dd { @match made.first() {
                Some(it) => {
                    (words::ago(it.made, ask.now)) ": " code { (it.name) } " in " (it.place) ", "
                    (words::size(it.size)) ", restored and verified"
                }
                None => { "none yet: name a folder or a bucket in the section " code { "[backup]" } " of the configuration" }
            } }
            @if let Some((at, why)) = failed {
                dt { "Failed" } dd { strong { (words::ago(at, ask.now)) } ": " (why) }
            }
            @if made.len() > 1 { dt { "Kept" } dd { (words::count(made.len(), "backup", "backups")) } }
        } }
    })
}

/// What this program is.
pub(super) fn about(ask: &Ask) -> Result<Answer, Problem> {
    let rules = conformity::rules().count();
    let body = html! {
        section.card { h2 { "Muniment" } dl.facts {
            dt { "Version" } dd { (env!("CARGO_PKG_VERSION")) }
            dt { "License" } dd { (env!("CARGO_PKG_LICENSE")) }
            dt { "Rule pack" } dd { (conformity::PACK) ", " (words::count(rules, "rule", "rules")) }
            dt { "Catalog" } dd { "ISO/IEC 27001:2022, " (words::count(catalog::controls().len(), "control", "controls")) ", by number and short title. The standard's text is not included: buy it from ISO or your national body." }
            dt { "Fonts" } dd { "None are loaded: pages use those of your device." }
            dt { "Other hosts" } dd { "None are asked: everything comes from this server." }
        } }
    };
    Ok(page(ask, "/settings/about", &body).into())
}
