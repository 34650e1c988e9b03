//! The matrix of a risk method as a grid: one level for each pair of likelihood and consequence, by
//! the scales that stand in the same form.

use std::collections::{BTreeMap, HashMap};

use maud::{Markup, html};
use meta::RowDef;
use serde_json::{Value, json};

use super::rows;
use crate::form::Form;

/// The levels of a scale, by rank: what each is called, where it has one name.
type Scale = BTreeMap<i64, String>;

/// A scale with more levels is not drawn.
const MOST: usize = 12;

/// What rows are that a grid can stand for.
const COLUMNS: [&str; 3] = ["likelihood", "consequence", "level"];

/// Whether rows are the pairs of a matrix.
pub(super) fn is_of(def: &RowDef) -> bool {
    def.fields.iter().map(|it| it.name).eq(COLUMNS)
}

/// The grid, a select in each cell; `None` while the form names no scales to draw it by.
pub(super) fn input(name: &str, form: &Form) -> Option<Markup> {
    let beside = |list: &str| format!("{}{list}", name.strip_suffix("matrix").unwrap_or_default());
    let scale = |list: &str| scale(&beside(list), form);
    let (likelihoods, consequences) = (scale("likelihoods")?, scale("criteria")?);
    let levels = scale("levels")?;
    let chosen = chosen(name, form);
    let highest = levels.keys().max().copied().unwrap_or(1).max(2);
    // Five shades, however many levels a method has.
    let shade = |level: Option<&i64>| match level {
        Some(level) => format!("l{}", 1 + (level - 1).clamp(0, highest - 1) * 4 / (highest - 1)),
        None => "open".to_owned(),
    };
    Some(html! {
        div.scroll { table.risks.levels {
            caption.unseen { "The level of each pair of likelihood and consequence" }
            tbody { @for (likelihood, called) in likelihoods.iter().rev() { tr {
                th scope="row" { span.ref { (likelihood) } " " (called) }
                @for consequence in consequences.keys() {
                    @let level = chosen.get(&(*likelihood, *consequence));
                    td.(shade(level)) {
                        select name={ (name) ".cell" } aria-label={ "Level of likelihood " (likelihood) ", consequence " (consequence) } {
                            option value="" selected[level.is_none()] { "none yet" }
                            @for (rank, called) in &levels { option value={ (likelihood) "." (consequence) "." (rank) } selected[level == Some(rank)] { (rank) " " (called) } }
                        }
                    }
                }
            } } }
            tfoot { tr { td {} @for (rank, called) in &consequences { th scope="col" { span.ref { (rank) } " " (called) } } } }
        } }
        p.key { span { "Up: likelihood. To the right: consequence." } }
        p.row { button.btn.small name=(rows::MORE) value=(name) formnovalidate { "Draw it by the levels above" } span.help { "After you added or took out some." } }
    })
}

/// The pairs that a form with a grid holds, as rows.
pub(super) fn rows(name: &str, form: &Form) -> Option<Vec<Value>> {
    let field = format!("{name}.cell");
    form.has(&field).then(|| {
        let mut cells: Vec<_> = form.all(&field).filter_map(cell).collect();
        cells.sort_unstable();
        let row = |(likelihood, consequence, level)| {
            json!({"likelihood": likelihood, "consequence": consequence, "level": level})
        };
        cells.into_iter().map(row).collect()
    })
}

/// Puts the pairs of a matrix into the order of the grid, in which they say the same.
pub(super) fn sort(rows: &mut [Value]) {
    let pair = |it: &Value| COLUMNS.map(|column| it.get(column).and_then(Value::as_i64));
    let is_cell = |it: &Value| {
        it.as_object().is_some_and(|it| it.len() == COLUMNS.len())
            && pair(it).iter().all(Option::is_some)
    };
    if rows.iter().all(is_cell) {
        rows.sort_by_key(pair);
    }
}

/// The level of each pair: as chosen in the grid, else as the rows say.
fn chosen(name: &str, form: &Form) -> HashMap<(i64, i64), i64> {
    let field = format!("{name}.cell");
    if form.has(&field) {
        return form.all(&field).filter_map(cell).map(|it| ((it.0, it.1), it.2)).collect();
    }
    let places = rows::places(name, form).into_iter();
    let pairs = places.filter_map(|at| {
        let [likelihood, consequence, level] =
            COLUMNS.map(|it| form.get(&format!("{name}.{at}.{it}")).and_then(rank));
        Some(((likelihood?, consequence?), level?))
    });
    pairs.collect()
}

/// `3.2.4`: likelihood, consequence and the level they give.
fn cell(text: &str) -> Option<(i64, i64, i64)> {
    let mut parts = text.split('.').map(rank);
    let cell = (parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(cell)
}

/// The ranks that the rows of a list name; `None` for none, or more than can be drawn.
fn scale(list: &str, form: &Form) -> Option<Scale> {
    let mut scale = Scale::new();
    for at in rows::places(list, form) {
        let said = |column: &str| form.said(&format!("{list}.{at}.{column}"));
        let Some(rank) = said("rank").and_then(rank) else { continue };
        let name = said("name").unwrap_or_default();
        let called = scale.entry(rank).or_insert_with(|| name.to_owned());
        // Where each kind of harm has its own word, the rank says it alone.
        if called != name {
            called.clear();
        }
    }
    (1..=MOST).contains(&scale.len()).then_some(scale)
}

fn rank(text: &str) -> Option<i64> {
    text.trim().parse().ok().filter(|it| (1..1_000).contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_is_drawn_by_the_scales_of_the_form_and_read_as_rows() {
        let mut form: Form = [
            ("f.likelihoods.0.rank", "1"),
            ("f.likelihoods.0.name", "rare"),
            ("f.likelihoods.1.rank", "2"),
            ("f.criteria.0.rank", "1"),
            ("f.criteria.0.name", "low"),
            ("f.criteria.1.rank", "1"),
            ("f.criteria.1.name", "little"),
            ("f.matrix.0.likelihood", "2"),
            ("f.matrix.0.consequence", "1"),
            ("f.matrix.0.level", "3"),
        ]
        .into_iter()
        .collect();
        assert!(input("f.matrix", &form).is_none(), "there are no levels to choose from");
        form.push("f.levels.0.rank", "3");
        form.push("f.levels.0.name", "high");
        let drawn = input("f.matrix", &form).unwrap().into_string();
        assert!(drawn.contains("<option value=\"2.1.3\" selected>3 high</option>"), "{drawn}");
        assert!(!drawn.contains("little"), "two words for one rank are no name");
        assert_eq!(rows("f.matrix", &form), None);
        form.push("f.matrix.cell", "");
        form.push("f.matrix.cell", "1.1.3");
        form.push("f.matrix.cell", "1.1.x");
        let row = json!({"likelihood": 1, "consequence": 1, "level": 3});
        assert_eq!(rows("f.matrix", &form), Some(vec![row]));
        assert_eq!(chosen("f.matrix", &form).len(), 1);
    }
}
