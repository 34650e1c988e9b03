//! What an import brought, what contradicts itself now, and what to do next.

use std::collections::{BTreeMap, BTreeSet};

use exchange::import::contradictions;
use maud::html;
use meta::{Id, KindDef, Record};

use super::rejects;
use crate::{Answer, Ask, Problem, answer::Page, problem::sentence_of, shell, words};

/// At most so many contradictions are listed.
const MOST: usize = 60;

/// What the entry brought.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let seq: u64 = ask.param("entry").parse().map_err(|_| Problem::NotFound)?;
    if seq == 0 || seq > ask.isms().position() {
        return Err(Problem::NotFound);
    }
    let commit = ask.place()?.organization.commit(seq)?;
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut touched: BTreeSet<Id> = BTreeSet::new();
    for revision in &commit.revisions {
        let count = counts.entry(revision.kind.as_str()).or_default();
        if revision.version == 1 {
            count.0 += 1
        } else {
            count.1 += 1
        }
        touched.insert(revision.record);
    }
    let undone_by = ask.place()?.organization.undone_by(&commit)?;
    let is_undone = undone_by.is_some();
    let sight = ask.sight();
    let kinds: Vec<(&KindDef, usize, usize)> = kinds::KINDS
        .iter()
        .filter_map(|def| counts.get(def.id).map(|it| (*def, it.0, it.1)))
        .collect();
    let all = contradictions(ask.view());
    let (ours, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|it| it.records.iter().any(|it| touched.contains(it)));
    let method = commit.revisions.iter().find(|it| it.kind == "risk_method");
    let method: Option<&Record> = method.and_then(|it| sight.get(it.record));
    let rejects = rejects::kept(ask, seq)?;
    let body = html! {
        header {
            h1 { @if is_undone { "Taken in, and undone" } @else { "Taken in" } }
            p.lead { "Entry " (seq) " of the ledger. " @if let Some(note) = &commit.entry.note { (short(&note.text)) } }
            @if let Some(by) = undone_by { p.lead { a href=(ask.to(&format!("/history/{by}"))) { "Entry " (by) } " undid it. The same files can come in again." } }
        }
        div.row.acts {
            a.btn.go href=(ask.base()) { "Go home: see where you stand" }
            a.btn href=(ask.to("/import")) { @if is_undone { "Import again" } @else { "Import more" } }
            @if !ask.is_past() && !is_undone {
                form.push method="post" action=(ask.to(&format!("/history/{seq}/undo"))) { (shell::token(ask)) button.btn.danger { "Undo all of it" } }
            }
        }
        @if let Some(until) = rejects.first().map(|it| it.until) {
            div.note { p {
                "Rows that could not be taken, with the reason in front: "
                @for (at, it) in rejects.iter().enumerate() { @if at > 0 { ", " } a href=(ask.to(&format!("/import/{seq}/rejects/{}", it.sheet))) { (it.name) } }
                ". They wait here until " (words::moment(until, &ask.zone())) ": mend them there and bring that file."
            } }
        }
        div.grid {
            section.card.c6 {
                h2 { @if is_undone { "What it had brought" } @else { "What it brought" } }
                table.list {
                    thead { tr { th scope="col" { "Register" } th.num scope="col" { "New" } th.num scope="col" { "Changed" } } }
                    tbody { @for (def, made, changed) in &kinds { tr { td { a.to href=(ask.to(&format!("/{}", def.id))) { (def.plural) } } td.num { (made) } td.num { (changed) } } } }
                }
            }
            section.card.c6 {
                h2 { "What to do next" }
                ul.timeline {
                    @if let Some(method) = method { li { (words::record(ask, method)) small { "The draft of your risk method: say which risks you can live with, and publish it." } } }
                    li { a.to href=(ask.to("/conformity")) { "What an auditor would raise" } small { "The checks read what you brought." } }
                    li { a.to href=(ask.to("/gap")) { "Gap analysis" } small { "Where you stand with everything the standard asks for." } }
                    li { a.to href=(ask.to(&format!("/history/{seq}"))) { "Every field that changed" } small { "In the history." } }
                }
            }
        }
        @if !ours.is_empty() {
            section.card {
                h2 { "What contradicts itself now" small { (ours.len()) } }
                ul.timeline { @for it in ours.iter().take(MOST) {
                    li {
                        span { (sentence_of(&it.text)) }
                        small { @for (at, id) in it.records.iter().enumerate() { @if let Some(record) = sight.get(*id) { @if at > 0 { " · " } a.ref href=(ask.to_record(record)) { (record.name()) } } } }
                    }
                } }
                @if ours.len() > MOST { p.soft { "and " (ours.len() - MOST) " more" } }
            }
        }
        @if !others.is_empty() { p.soft { "There are " (others.len()) " more contradictions among other records." } }
    };
    Ok(Page::new("Taken in", body).at("/import").below("Import", ask.to("/import")).into())
}

/// A note that names many files, cut.
fn short(note: &str) -> String {
    let mut chars = note.chars();
    let start: String = chars.by_ref().take(160).collect();
    if chars.next().is_some() { format!("{start}…") } else { start }
}
