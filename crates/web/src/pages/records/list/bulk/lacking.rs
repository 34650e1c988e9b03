//! What an act on many records still needs: asked for on a page of its own, where the ticks stay.

use axum::http::StatusCode;
use maud::{Markup, html};

use super::{Job, back, set};
use crate::{Answer, Ask, answer::Page, problem::sentence_of, shell, widget, words};

/// The page that asks for what is missing; `None` when nothing is.
pub(super) fn page(ask: &Ask, job: &Job<'_>) -> Option<Answer> {
    let def = job.def;
    let lacks = |name: &str| ask.form.said(name).is_none();
    let (heading, sentence, asked) = match ask.form.said("do")? {
        "move" if lacks("to") => ("Move on", "choose the stage to go to", super::moving(def)),
        "tag" | "untag" if super::tags(ask).is_empty() => {
            ("Tags", "type the tag first", super::tagging())
        }
        "set" if lacks("field") && !ask.form.has(widget::SHOWN) => {
            ("Set a field", "choose the field to set", set::which(def))
        }
        _ => return None,
    };
    let count = words::count(job.chosen.len(), &words::small(def.label), &words::small(def.plural));
    let body: Markup = html! {
        header { h1 { (heading) ": " (count) } }
        form.card method="post" action=(ask.to(&format!("/{}/bulk", def.id))) {
            (shell::token(ask))
            @for (name, value) in ask.form.pairs().filter(|it| matches!(it.0, "query" | "record" | "all")) {
                input type="hidden" name=(name) value=(value);
            }
            p.wrong role="alert" { span { (sentence_of(sentence)) } }
            div.fields { (asked) }
            div.row.after { a.btn href=(back(ask, def)) { "Leave it" } }
        }
    };
    let page = Page::new(heading, body).at(def.id);
    let page = page.below(def.plural, ask.to(&format!("/{}", def.id)));
    Some(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into())
}
