//! Undoing an entry: first what that would do, then the entry that does it.

use app::{Left, Undo, version_of};
use axum::http::StatusCode;
use domain::{Actor, Step, access, command::undo_note, diff, takes_back};
use maud::{Markup, html};
use meta::{Id, Record};

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    pages::records::differences,
    problem::{quoted, sentence_of},
    shell, words,
};

/// At most so many records are shown.
const SHOWN: usize = 50;

/// What undoing an entry would do.
pub(super) fn preview(ask: &Ask) -> Result<Answer, Problem> {
    let seq = seq(ask)?;
    if ask.is_past() {
        return Err(Problem::ReadOnly);
    }
    let undo = ask.place()?.organization.undo(seq)?;
    page(ask, seq, &undo, None).map(Answer::from)
}

/// Undoes an entry.
pub(super) fn undo(ask: &Ask) -> Result<Answer, Problem> {
    let seq = seq(ask)?;
    if ask.is_past() {
        return Err(Problem::ReadOnly);
    }
    let undo = ask.place()?.organization.undo(seq)?;
    let agreed = ask.form.said("skip").is_some();
    if undo.command.steps.is_empty() || !undo.left.is_empty() && !agreed {
        let why = "Some of it was changed again since: look at what would be undone.";
        let page = page(ask, seq, &undo, Some(why.to_owned()))?;
        return Ok(page.with_status(StatusCode::CONFLICT).into());
    }
    let mut command = undo.command.clone();
    command.note = Some(undo_note(seq, ask.form.said("reason")));
    let single = match command.steps.as_slice() {
        [Step::Revert { record, .. }] => Some(*record),
        _ => None,
    };
    match ask.execute(command) {
        Ok(receipt) => {
            let record = single.and_then(|id| ask.sight().get(id));
            let to = match record {
                Some(record) => ask.to_record(record),
                None => ask.to(&format!("/history/{}", receipt.seq)),
            };
            Ok(Answer::done(to, format!("Entry {seq} is undone."), Some(receipt.seq)))
        }
        Err(Problem::Refused { sentence, refusal }) => {
            let status = Problem::Refused { sentence: String::new(), refusal }.status();
            let page = page(ask, seq, &undo, Some(sentence_of(&quoted(&sentence))))?;
            Ok(page.with_status(status).into())
        }
        Err(other) => Err(other),
    }
}

fn seq(ask: &Ask) -> Result<u64, Problem> {
    ask.param("seq").parse().map_err(|_| Problem::NotFound)
}

fn page(ask: &Ask, seq: u64, undo: &Undo, trouble: Option<String>) -> Result<Page, Problem> {
    let refused = access::permit(ask.isms(), ask.day(), ask.person(), &undo.command);
    let refused = refused.err().map(|it| sentence_of(&quoted(&words::refusal(ask.isms(), &it))));
    let trouble = trouble.or(refused.clone());
    // Whoever may not undo it need not learn what it was before.
    let shown = if refused.is_some() { &[] } else { undo.command.steps.as_slice() };
    let steps: Vec<Markup> =
        shown.iter().take(SHOWN).map(|it| step(ask, it)).collect::<Result<_, _>>()?;
    let count = undo.command.steps.len();
    let actor = Actor::Person(ask.person());
    let needs_why = undo.command.steps.iter().any(|it| match it {
        Step::Revert { record, to, .. } => {
            ask.isms().get(*record).is_some_and(|it| takes_back(it, to.as_ref(), actor))
        }
        _ => false,
    });
    let body = html! {
        header {
            h1 { "Undo entry " (seq) "?" }
            p.lead { "Nothing is taken out of the ledger: a new entry makes each record what it was before. It can be undone in turn." }
        }
        @if let Some(trouble) = &trouble { div.trouble role="alert" { p { (trouble) } } }
        @if !undo.left.is_empty() {
            section.card {
                h2 { "Left as it is" small { (undo.left.len()) } }
                (left(ask, undo, Left::Changed, &format!("Somebody changed these again since entry {seq}. They keep what they say now.")))
                (left(ask, undo, Left::Named, "Something that stays names these, so they stay, too."))
            }
        }
        @if refused.is_none() { section.card {
            h2 { "What becomes of each" small { (words::count(count, "record", "records")) } }
            @if count == 0 { p.soft { "Nothing is left to undo." } }
            ul.timeline { @for it in &steps { (it) } }
            @if count > SHOWN { p.soft { "and " (count - SHOWN) " more" } }
        } }
        @if count > 0 && refused.is_none() {
            form.form method="post" action=(ask.to(&format!("/history/{seq}/undo"))) {
                (shell::token(ask))
                @if !undo.left.is_empty() { input type="hidden" name="skip" value="1"; }
                div.field { label for="reason" { "Why" } @if needs_why { p.help #reason-help { "This takes back what somebody else decided: they are told." } } input #reason type="text" name="reason" required[needs_why] aria-describedby=[needs_why.then_some("reason-help")] value=(ask.form.get("reason").unwrap_or_default()); }
                div.row { button.btn.go { "Undo it" } a href=(ask.to(&format!("/history/{seq}"))) { "Leave it" } }
            }
        }
    };
    let page = Page::new(format!("Undo entry {seq}"), body).at("/history");
    let page = page.below("History", ask.to("/history"));
    Ok(page.below(format!("Entry {seq}"), ask.to(&format!("/history/{seq}"))))
}

/// The records that are left for one reason.
fn left(ask: &Ask, undo: &Undo, why: Left, sentence: &str) -> Markup {
    let these: Vec<Id> = undo.left.iter().filter(|it| it.1 == why).map(|it| it.0).collect();
    html! {
        @if !these.is_empty() {
            p.soft { (sentence) }
            ul.several { @for it in these.iter().take(SHOWN) { li { (called(ask, *it)) } } }
            @if these.len() > SHOWN { p.soft { "and " (these.len() - SHOWN) " more" } }
        }
    }
}

fn called(ask: &Ask, id: Id) -> Markup {
    match ask.sight().get(id) {
        Some(record) => words::record(ask, record),
        None => html! { span.soft { "A record that is not shown to you" } },
    }
}

/// What becomes of one record.
fn step(ask: &Ask, step: &Step) -> Result<Markup, Problem> {
    let Step::Revert { record: id, version, to } = step else { return Ok(html! {}) };
    let Some(now) = ask.sight().get(*id) else {
        return Ok(html! { li { (called(ask, *id)) } });
    };
    let before = version.and_then(|it| it.checked_sub(1)).filter(|it| *it > 0);
    let changes = match before.filter(|_| to.is_some()) {
        Some(before) => {
            let all = ask.place()?.organization.revisions(*id)?;
            let found = all.iter().find(|it| it.version == before);
            let was = found.map(|it| version_of(now, it)).filter(|it| !it.is_erased());
            was.map_or_else(Vec::new, |it: std::sync::Arc<Record>| {
                diff::fields(ask.isms(), Some(now), ask.isms(), &it)
            })
        }
        None => Vec::new(),
    };
    let (class, word) = match to {
        None => ("bad", "was made by this entry, and is withdrawn"),
        Some(it) if it.withdrawn && !now.head.withdrawn => ("bad", "is withdrawn again"),
        Some(it) if !it.withdrawn && now.head.withdrawn => ("good", "is brought back"),
        Some(_) => ("none", "becomes what it was"),
    };
    Ok(
        html! { li { span.row { (words::record(ask, now)) span.st.(class) { (word) } } (differences(&changes)) } },
    )
}
