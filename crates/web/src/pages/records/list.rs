//! The list of a kind.

use maud::html;

use crate::{Answer, Ask, Problem, answer::Page, words};

/// All registers with what they hold.
pub(super) fn registers(ask: &Ask) -> Result<Answer, Problem> {
    let sight = ask.sight();
    let body = html! {
        header { h1 { "All registers" } }
        div.scroll { table.list {
            thead { tr { th { "Register" } th.num { "Records" } th { "What they are" } th { "Asked for by" } } }
            tbody { @for def in kinds::KINDS {
                tr {
                    td { a.to href=(ask.to(&format!("/{}", def.id))) { (def.plural) } }
                    td.num { (sight.rows(def.id).filter(|it| it.is_live()).count()) }
                    td { (def.help) }
                    td { (def.clause) }
                }
            } }
        } }
    };
    Ok(Page::new("All registers", body).at("/registers").into())
}

/// The records of a kind.
pub(super) fn list(ask: &Ask) -> Result<Answer, Problem> {
    let def = ask.kind()?;
    let body = html! {
        header { h1 { (def.plural) } p.lead { (def.help) } }
        div.scroll { table.list {
            thead { tr { th { "Number" } th { "Title" } th { "Stage" } } }
            tbody { @for record in ask.sight().rows(def.id).filter(|it| it.is_live()).take(50) {
                tr { td { span.ref { (record.name()) } } td { (words::record(ask, record)) } td { (record.stage().label) } }
            } }
        } }
    };
    Ok(Page::new(def.plural, body).at(def.id).wide().into())
}
