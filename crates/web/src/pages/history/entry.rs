//! One entry of the ledger: who, when, why, and what changed in each record.

use app::version_of;
use domain::{
    access::{Act, On},
    diff,
};
use ledger::{Op, Revision};
use maud::{Markup, html};

use super::{is_open, sees_kind, who};
use crate::{Answer, Ask, Problem, answer::Page, pages::records::differences, words};

/// How many records are shown at once.
const SHOWN: u64 = 50;

/// The page of an entry.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let seq: u64 = ask.param("seq").parse().map_err(|_| Problem::NotFound)?;
    let newest = ask.isms().position();
    let reads = |seq: u64| (1..=newest).contains(&seq) && ask.sight().reads_entry(seq);
    if !reads(seq) {
        return Err(Problem::NotFound);
    }
    let organization = &ask.place()?.organization;
    let outline = organization.outlines(seq, seq)?.pop().ok_or(Problem::NotFound)?;
    let after: u64 = ask.query.said("after").and_then(|it| it.parse().ok()).unwrap_or(0);
    let lines = organization.lines(seq, after, SHOWN)?;
    let count = u64::from(outline.entry.count);
    let others = count.saturating_sub(after + lines.len() as u64);
    let zone = ask.zone();
    let path = |seq: u64| ask.to(&format!("/history/{seq}"));
    let parts: Vec<Markup> = lines.iter().map(|it| line(ask, it)).collect::<Result<_, _>>()?;
    let body = html! {
        header {
            p.soft { "Entry of the ledger" }
            h1 { "Entry " (seq) }
            p.row { span { (words::moment(outline.at, &zone)) } span { "by " (who(ask, &outline)) } span.soft { (words::count(usize::try_from(count).unwrap_or(usize::MAX), "record", "records")) } }
            @if let Some(note) = outline.entry.note.as_ref().filter(|_| is_open(ask, &outline)) { p.lead { "“" (note.text) "”" } }
            @else if outline.entry.note_hash.is_some() && is_open(ask, &outline) { p.soft { "A reason was given and erased since." } }
        }
        p.row.acts {
            @if ask.may(Act::Undo, On::Everything) { a.btn href=(ask.to(&format!("/history/{seq}/undo"))) { "Undo this" } }
            @if reads(seq - 1) { a href=(path(seq - 1)) rel="prev" { "Entry " (seq - 1) } }
            @if reads(seq + 1) { a href=(path(seq + 1)) rel="next" { "Entry " (seq + 1) } }
            a href=(ask.to(&format!("?as_of={seq}"))) { "Everything as it was then" }
        }
        section.card {
            h2 { "What it did" @if after > 0 { small { "from the " (after + 1) ". record on" } } }
            ul.timeline { @for part in &parts { (part) } }
            @if others > 0 { p { a.btn href=(ask.to(&format!("/history/{seq}?after={}", after + SHOWN))) { (others) " more" } } }
        }
        details.fold { summary { "As sealed" } dl.facts {
            dt { "Hash of the changes" } dd.ref { (ledger::hash::encode(&outline.entry.root)) }
            dt { "Recorded" } dd.ref { (outline.entry.at) }
            dt { "Way" } dd { (outline.entry.via) }
        } }
    };
    let page = Page::new(format!("Entry {seq}"), body).at("/history").wide();
    Ok(page.below("History", ask.to("/history")).into())
}

fn line(ask: &Ask, line: &Revision) -> Result<Markup, Problem> {
    let now = ask.isms().get(line.record);
    let Some(now) = now.filter(|it| ask.sight().sees(it) && sees_kind(ask, &line.kind)) else {
        return Ok(html! { li { span.soft { "A record that is not shown to you." } } });
    };
    let is = version_of(now, line);
    let before = match line.version {
        1 => None,
        version => {
            let all = ask.place()?.organization.revisions(line.record)?;
            all.iter().find(|it| it.version + 1 == version).cloned()
        }
    };
    let was = before.as_ref().map(|it| version_of(now, it));
    let (class, word) = match (line.op, line.version, before.as_ref().map(|it| it.op)) {
        (Op::Erase, ..) => ("bad", "content erased"),
        (Op::Withdraw, ..) => ("bad", "withdrawn"),
        (Op::Put, 1, _) => ("good", "made"),
        (Op::Put, _, Some(Op::Withdraw)) => ("good", "brought back"),
        (Op::Put, ..) => ("none", "changed"),
    };
    let gone = is.is_erased() && line.op != Op::Erase;
    let isms = ask.isms();
    let changes = match (&was, line.op) {
        (_, Op::Erase) => Vec::new(),
        _ if gone => Vec::new(),
        (Some(was), _) if was.is_erased() => Vec::new(),
        (was, _) => diff::fields(isms, was.as_deref(), isms, &is),
    };
    Ok(html! {
        li {
            span.row { (words::record(ask, now)) span.st.(class) { (word) } span.soft { "version " (line.version) } }
            @if gone { small { "Its content was erased later." } }
            @else if !changes.is_empty() { (differences(&changes)) }
            @else if line.op == Op::Put { small { "Saved without a change of its fields." } }
        }
    })
}
