//! The matrix of a risk method as a grid: one level for each pair of likelihood and consequence, by
//! the scales that stand in the same form.

use std::collections::{BTreeMap, HashMap};

use maud::{Markup, html};
use meta::{FieldType, Record, RowDef};
use serde_json::{Value, json};

use super::rows;
use crate::form::Form;

/// The levels of a scale, by rank: what each is called, where it has one name.
type Scale = BTreeMap<i64, String>;

/// What is drawn: three scales, and the level of each pair of likelihood and consequence.
struct Grid {
    likelihoods: Scale,
    consequences: Scale,
    levels: Scale,
    chosen: HashMap<(i64, i64), i64>,
}

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
    let grid = Grid::new(|list| typed(&beside(list), form), chosen(name, form))?;
    let levels = &grid.levels;
    let select = |likelihood: i64, consequence: i64, level: Option<i64>| {
        html! {
            select name={ (name) ".cell" } aria-label={ "Level of likelihood " (likelihood) ", consequence " (consequence) } {
                option value="" selected[level.is_none()] { "none yet" }
                @for (rank, called) in levels { option value={ (likelihood) "." (consequence) "." (rank) } selected[level == Some(*rank)] { (rank) " " (called) } }
            }
        }
    };
    Some(html! {
        (grid.drawn(select))
        p.row { button.btn.small name=(rows::MORE) value=(name) formnovalidate { "Draw it by the levels above" } span.help { "After you added or took out some." } }
    })
}

/// A matrix that a record holds, as a grid to read; `None` where the field is none, or where the
/// record has no scales to draw it by.
pub(crate) fn of(record: &Record, at: usize) -> Option<Markup> {
    let field = record.def().fields.get(at)?;
    let FieldType::Rows(def) = &field.ty else { return None };
    let body = record.body.json();
    let list = |name: &str| body.get(name).and_then(Value::as_array).into_iter().flatten();
    let scale = |name: &str| {
        let level = |it: &Value| Some((it["rank"].as_i64()?, it["name"].as_str()?.to_owned()));
        list(name).filter_map(level).collect()
    };
    let pairs = list(field.name).filter_map(|it| {
        let [likelihood, consequence, level] = COLUMNS.map(|column| it[column].as_i64());
        Some(((likelihood?, consequence?), level?))
    });
    let grid = is_of(def).then(|| Grid::new(scale, pairs.collect())).flatten()?;
    let level = |_, _, level: Option<i64>| {
        let called = level.and_then(|it| grid.levels.get(&it)).map_or("", String::as_str);
        html! { span { @match level { Some(level) => { strong { (level) } small { (called) } }, None => small { "none" } } } }
    };
    Some(grid.drawn(level))
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

impl Grid {
    /// The grid of these scales and levels; `None` while there is a scale with nothing on it, or with
    /// too much.
    fn new(
        list: impl Fn(&str) -> Vec<(i64, String)>,
        chosen: HashMap<(i64, i64), i64>,
    ) -> Option<Self> {
        let scale = |name: &str| scale(list(name));
        let (likelihoods, consequences) = (scale("likelihoods")?, scale("criteria")?);
        Some(Self { likelihoods, consequences, levels: scale("levels")?, chosen })
    }

    /// The grid, with this in the cell of a likelihood, a consequence and their level.
    fn drawn(&self, cell: impl Fn(i64, i64, Option<i64>) -> Markup) -> Markup {
        html! {
            div.scroll { table.risks.levels {
                caption.unseen { "The level of each pair of likelihood and consequence" }
                tbody { @for (likelihood, called) in self.likelihoods.iter().rev() { tr {
                    th scope="row" { span.ref { (likelihood) } " " (called) }
                    @for consequence in self.consequences.keys() {
                        @let level = self.chosen.get(&(*likelihood, *consequence)).copied();
                        td.(self.shade(level)) { (cell(*likelihood, *consequence, level)) }
                    }
                } } }
                tfoot { tr { td {} @for (rank, called) in &self.consequences { th scope="col" { span.ref { (rank) } " " (called) } } } }
            } }
            p.key { span { "Up: likelihood. To the right: consequence." } }
        }
    }

    /// Five shades, however many levels a method has.
    fn shade(&self, level: Option<i64>) -> String {
        let highest = self.levels.keys().max().copied().unwrap_or(1).max(2);
        match level {
            Some(level) => {
                format!("l{}", 1 + (level - 1).clamp(0, highest - 1) * 4 / (highest - 1))
            }
            None => "open".to_owned(),
        }
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

/// The levels that the rows of a form name, with what they are called.
fn typed(list: &str, form: &Form) -> Vec<(i64, String)> {
    let levels = rows::places(list, form).into_iter().filter_map(|at| {
        let said = |column: &str| form.said(&format!("{list}.{at}.{column}"));
        Some((said("rank").and_then(rank)?, said("name").unwrap_or_default().to_owned()))
    });
    levels.collect()
}

/// What a scale has at each rank; `None` for nothing, or more than can be drawn.
fn scale(levels: Vec<(i64, String)>) -> Option<Scale> {
    let mut scale = Scale::new();
    for (rank, name) in levels {
        let called = scale.entry(rank).or_insert_with(|| name.clone());
        // Where each kind of harm has its own word, the rank says it alone.
        if *called != name {
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
