//! All registers with what they hold.

use domain::query::Query;
use maud::html;

use crate::{Answer, Ask, Problem, answer::Page};

/// All registers with what they hold.
pub(in crate::pages::records) fn registers(ask: &Ask) -> Result<Answer, Problem> {
    let sees = ask.sees();
    let asker = ask.asker(&sees);
    let count = |def| Query::new(def).run(&asker).len();
    let body = html! {
        header { h1 { "All registers" } p.lead { "Everything that is kept here, one register for each kind of record. What is over or withdrawn is not counted." } }
        section.card.flush { div.scroll { table.list {
            thead { tr { th scope="col" { "Register" } th.num scope="col" { "Records" } th scope="col" { "What is in it" } th scope="col" { "Asked for by" } } }
            tbody { @for def in ask.sight().kinds() {
                tr {
                    th scope="row" { a.to href=(ask.to(&format!("/{}", def.id))) { @if def.sole { (def.label) } @else { (def.plural) } } }
                    td.num { (count(def)) }
                    td.soft { (def.help) }
                    td { span.ref { (def.clause) } }
                }
            } }
        } } }
    };
    Ok(Page::new("All registers", body).at("/registers").into())
}
