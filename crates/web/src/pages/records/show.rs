//! The page of a record: what it holds, who points to it, what the checks say, who assented, what
//! was said about it, and its history.

mod acts;
mod around;
mod facts;
mod history;
mod risk;
mod talk;

use std::io::Read;

use axum::http::{HeaderValue, header};
use domain::access::{Act, On};
use maud::html;
use meta::Record;

pub(crate) use self::{around::grade_class, history::differences};
use crate::{Answer, Ask, Problem, answer::Page, words};

/// The page of a record.
pub(super) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let record = ask.record()?;
    Ok(page(ask, record, None)?.into())
}

/// The page of a record after something done on it was refused: with why, and with what was typed.
pub(super) fn again(ask: &Ask, problem: &Problem) -> Result<Answer, Problem> {
    let record = ask.record()?;
    let page = page(ask, record, Some(&problem.sentence()))?;
    Ok(page.with_status(problem.status()).into())
}

fn page(ask: &Ask, record: &Record, trouble: Option<&str>) -> Result<Page, Problem> {
    // Readers see the edition in force, not the draft of what comes next.
    let record = ask.sight().reads(record).ok_or(Problem::NotFound)?;
    let def = record.def();
    let body = html! {
        header {
            p.row.soft { (def.label) " " span.ref { (record.name()) } record-walk.walk.push data-list=(ask.to(&format!("/{}", def.id))) {} }
            h1 { (words::title(record)) }
            (facts::standing(ask, record))
            (facts::glance(ask, record))
        }
        @if let Some(trouble) = trouble { div.trouble #trouble role="alert" tabindex="-1" { p { (trouble) } } }
        (acts::bar(ask, record))
        (risk::panel(ask, record))
        div.grid {
            section.card.c8 { (facts::facts(ask, record)) }
            div.c4.side {
                (around::checks(ask, record))
                (around::approvals_of(ask, record))
                (talk::attachments(ask, record))
                (around::backlinks(ask, record))
            }
        }
        (talk::comments(ask, record))
        @if ask.may(Act::SeeHistory, On::Record(record)) { (history::history(ask, record)?) }
    };
    let page = Page::new(record.name(), body).at(def.id).wide();
    Ok(page.below(def.plural, ask.to(&format!("/{}", def.id))))
}

/// A file that some record names, which whoever asks may see: to be saved, never run.
pub(super) fn file(ask: &Ask) -> Result<Answer, Problem> {
    let wanted = ask.param("sha256");
    let found = ask.query.said("of").and_then(|it| it.parse().ok()).and_then(|id| {
        let record = ask.sight().get(id)?;
        talk::files_of(record).into_iter().find(|it| it.sha256 == wanted)
    });
    let found = match found {
        Some(found) => found,
        None => {
            let sight = ask.sight();
            let rows = kinds::KINDS.iter().flat_map(|it| sight.rows(it.id));
            let mut files = rows.flat_map(talk::files_of);
            files.find(|it| it.sha256 == wanted).ok_or(Problem::NotFound)?
        }
    };
    let mut bytes = Vec::new();
    ask.place()?.organization.open_file(&found)?.read_to_end(&mut bytes)?;
    let is_picture =
        matches!(found.media.as_str(), "image/png" | "image/jpeg" | "image/gif" | "image/webp");
    let answer = Answer::Bytes {
        media: if is_picture { found.media.clone() } else { "application/octet-stream".to_owned() },
        name: (!is_picture).then(|| found.name.clone()),
        bytes,
    };
    let mut response = answer.into_response(ask);
    let kept = HeaderValue::from_static("private, no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    Ok(Answer::Raw(Box::new(response)))
}
