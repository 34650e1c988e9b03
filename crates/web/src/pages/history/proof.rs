//! Proof that the history is whole: verification in the page, and what an outsider takes away.

use domain::access::{Act, On};
use ledger::{Options, Report, Revision, hash, verify::Outside};
use maud::{Markup, html};

use crate::{Answer, Ask, Problem, answer::Page, problem::sentence_of, shell, words};

/// What can be proven, below the list.
pub(super) fn card(ask: &Ask) -> Markup {
    let export = ask.may(Act::Export, On::Everything);
    html! {
        section.card #verify {
            h2 { "Proof" }
            p.soft { "Each entry is sealed with all before it, and signed. A checkpoint states how long the ledger was and what it held: whoever keeps one can tell later whether anything before it was changed." }
            form.form method="post" action=(ask.to("/history/verify")) {
                (shell::token(ask))
                details.fold { summary { "With a checkpoint that somebody kept" }
                    div.field { label for="kept" { "The checkpoint" } p.help id="kept-help" { "Paste the whole text, with its lines as they are." } textarea #kept name="checkpoint" rows="5" aria-describedby="kept-help" {} }
                }
                div.row {
                    button.btn { "Verify the ledger" }
                    a href=(ask.to("/history/checkpoint")) download { "Checkpoint" }
                    a href=(ask.to("/history/key")) download { "Public key" }
                    @if export { a href=(ask.to("/history/bundle")) download { "Everything as a bundle, to be verified elsewhere" } }
                }
            }
        }
    }
}

/// Computes the whole ledger again, and says what was looked at and what came of it.
pub(super) fn verify(ask: &Ask) -> Result<Answer, Problem> {
    let kept = ask.form.said("checkpoint");
    let outside = kept.map(|text| Outside {
        name: "the checkpoint you gave".to_owned(),
        note: format!("{}\n", text.trim_start_matches('\u{feff}').trim_end()),
    });
    let options = Options {
        outside: outside.into_iter().collect(),
        trusted: Vec::new(),
        every_signature: false,
        threads: std::thread::available_parallelism().ok(),
    };
    let body = match ask.place()?.organization.verify(&options) {
        Ok(report) => whole(ask, &report, kept.is_some()),
        Err(err) if matches!(err, app::Error::Store(_)) => return Err(err.into()),
        Err(err) => html! {
            header { h1 { span.st.bad { "The ledger does not verify" } } }
            div.trouble role="alert" { p { (sentence_of(&err.to_string())) } }
            p { "This is the first thing that is wrong; there may be more. Keep the database as it is, note the time, and compare with a backup before anybody writes again." }
        },
    };
    let page = Page::new("Verification", body).at("/history");
    Ok(page.below("History", ask.to("/history")).into())
}

fn whole(ask: &Ask, report: &Report, kept: bool) -> Markup {
    let revisions = match report.erased {
        0 => report.revisions.to_string(),
        erased => format!(
            "{}, the content of {erased} of them erased and covered by a later entry",
            report.revisions
        ),
    };
    html! {
        header {
            h1 { span.st.good { "The ledger is whole and unaltered" } }
            p.lead { "Every entry was computed again from the stored rows and compared with what was signed." }
        }
        section.card { h2 { "What was looked at" } dl.facts {
            dt { "Ledger" } dd { (report.origin) }
            dt { "Entries" } dd { (report.size) ", the last of " (report.at) }
            dt { "Root" } dd.ref { (hash::encode(&report.root)) }
            dt { "Revisions" } dd { (revisions) }
            dt { "Files" } dd { (report.files) " fit their hash" }
            dt { "Signatures" } dd { (report.signatures) " checked, " (report.checkpoints) " checkpoints" }
            @for key in &report.keys { dt { "Key" } dd.ref { (key.key.to_string()) } }
            @if kept { dt { "Checkpoint you gave" } dd { span.st.good { "the ledger contains it" } } }
        } }
        @for remark in &report.remarks { p.note { (sentence_of(&remark.to_string())) } }
        p { "Proof for a stranger: let them keep a checkpoint of their own, and verify a bundle with the program on their own machine." }
        p.row { a.btn href=(ask.to("/history/checkpoint")) download { "Checkpoint" } a.btn href=(ask.to("/history")) { "Back to the history" } span.soft { "Verified " (words::moment(ask.now, &ask.zone())) } }
    }
}

/// The newest signed checkpoint.
pub(super) fn checkpoint(ask: &Ask) -> Result<Answer, Problem> {
    let organization = &ask.place()?.organization;
    let note = organization.checkpoint()?;
    let size = organization.current()?.position();
    let name = format!("{}-checkpoint-{size}.txt", organization.slug());
    Ok(Answer::file(name, "text/plain; charset=utf-8", note.into_bytes()))
}

/// The public keys of the ledger, oldest first, one a line.
pub(super) fn key(ask: &Ask) -> Result<Answer, Problem> {
    let organization = &ask.place()?.organization;
    let keys = organization.keys()?;
    let text: String = keys.iter().map(|(_, key)| format!("{key}\n")).collect();
    let name = format!("{}-key.txt", organization.slug());
    Ok(Answer::file(name, "text/plain; charset=utf-8", text.into_bytes()))
}

/// What an outsider needs to verify the ledger up to the point looked at.
pub(super) fn bundle(ask: &Ask) -> Result<Answer, Problem> {
    let name = format!("{}-{}.bundle", ask.place()?.organization.slug(), ask.isms().position());
    Ok(Answer::file(name, "application/octet-stream", bundled(ask)?))
}

/// The ledger up to the point looked at; what whoever asks may not see is in it by its hash only,
/// and so are entries before the time that an external auditor looks at.
pub(crate) fn bundled(ask: &Ask) -> Result<Vec<u8>, Problem> {
    let (organization, isms, sight) = (&ask.place()?.organization, ask.isms(), ask.sight());
    let shows = |it: &Revision| {
        isms.get(it.record).is_some_and(|record| sight.sees(record)) && sight.reads_entry(it.seq)
    };
    Ok(match ask.is_past() {
        true => organization.bundle_at(isms.position(), Vec::new(), &shows)?,
        false => organization.bundle(Vec::new(), &shows)?,
    })
}
