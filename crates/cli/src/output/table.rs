//! Lists: fitted to the terminal, or whole as JSON and CSV.

use comfy_table::{
    Cell, ColumnConstraint, ContentArrangement, Row, Table as Layout, Width, presets::NOTHING,
};
use exchange::{TableSheet, Value};
use serde_json::{Map, json};

use super::style::{Ink, on_cell};

/// How a column behaves where the terminal is narrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Never cut: numbers, days, states.
    Whole,
    /// Cut to one line with an ellipsis.
    Cut,
    /// Wrapped over several lines.
    Wrap,
}

/// A column of a list.
#[derive(Debug, Clone)]
pub struct Column {
    /// The key in JSON and the header of CSV.
    pub name: String,
    /// The header on the terminal.
    pub label: String,
    /// How it behaves where there is little room.
    pub fit: Fit,
    /// Whether it may be left out where there is no room at all.
    pub spare: bool,
    /// The color of its cells.
    pub ink: Option<Ink>,
}

/// A list.
#[derive(Debug, Clone, Default)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Value>>,
}

const GAP: usize = 2;
/// What a column needs at least, if it has as much to say.
const NARROWEST: usize = 14;
/// The same for the first of a list, which says what the row is.
const MAIN: usize = 28;

impl Column {
    /// A column that is never cut.
    pub fn whole(name: &str, label: &str) -> Self {
        Self::new(name, label, Fit::Whole)
    }

    /// A column that is cut where there is no room.
    pub fn cut(name: &str, label: &str) -> Self {
        Self::new(name, label, Fit::Cut)
    }

    /// A column that is wrapped where there is no room.
    pub fn wrap(name: &str, label: &str) -> Self {
        Self::new(name, label, Fit::Wrap)
    }

    /// The same column in a color.
    #[must_use]
    pub fn ink(mut self, ink: Ink) -> Self {
        self.ink = Some(ink);
        self
    }

    /// The same column, left out where there is no room.
    #[must_use]
    pub fn spare(mut self) -> Self {
        self.spare = true;
        self
    }

    fn new(name: &str, label: &str, fit: Fit) -> Self {
        Self { name: name.to_owned(), label: label.to_owned(), fit, spare: false, ink: None }
    }
}

impl Table {
    /// An empty list with these columns.
    pub fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row: a value for each column.
    pub fn row(&mut self, row: Vec<Value>) {
        self.rows.push(row);
    }

    /// The rows as objects.
    pub fn json(&self) -> serde_json::Value {
        let rows = self.rows.iter().map(|row| {
            let cells = self.columns.iter().zip(row);
            let cells = cells.map(|(column, cell)| (column.name.clone(), value(cell)));
            cells.collect::<Map<_, _>>().into()
        });
        serde_json::Value::Array(rows.collect())
    }

    /// The rows as CSV.
    pub fn csv(&self) -> Vec<u8> {
        let header = self.columns.iter().map(|it| it.name.clone()).collect();
        let sheet = TableSheet { name: String::new(), header, rows: self.rows.clone() };
        exchange::csv::write(&sheet, false)
    }

    /// The rows as text of at most this width.
    pub fn text(&self, width: usize, color: bool) -> String {
        let texts: Vec<Vec<String>> = self
            .rows
            .iter()
            .map(|row| row.iter().zip(&self.columns).map(|(it, at)| shown(it, at.fit)).collect())
            .collect();
        if texts.is_empty() && self.columns.iter().all(|it| it.label.is_empty()) {
            return String::new();
        }
        let (kept, widths) = self.fit(&texts, width);
        let mut layout = Layout::new();
        layout
            .load_style(NOTHING)
            .set_truncation_indicator("…")
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(width).unwrap_or(u16::MAX));
        if color {
            layout.enforce_styling();
        } else {
            layout.force_no_tty();
        }
        if self.columns.iter().any(|it| !it.label.is_empty()) {
            let header = kept.iter().map(|at| {
                let cell = Cell::new(&self.columns[*at].label);
                if color { on_cell(cell, Ink::Bold) } else { cell }
            });
            let mut header = Row::from(header.collect::<Vec<_>>());
            header.max_height(1);
            layout.set_header(header);
        }
        let wraps = kept.iter().any(|at| self.columns[*at].fit == Fit::Wrap);
        for row in &texts {
            let cells = kept.iter().zip(&widths).map(|(at, wide)| {
                let cell = match self.columns[*at].fit {
                    Fit::Cut => Cell::new(shortened(&row[*at], *wide)),
                    Fit::Whole | Fit::Wrap => Cell::new(&row[*at]),
                };
                match self.columns[*at].ink.filter(|_| color) {
                    Some(ink) => on_cell(cell, ink),
                    None => cell,
                }
            });
            let mut cells = Row::from(cells.collect::<Vec<_>>());
            if !wraps {
                cells.max_height(1);
            }
            layout.add_row(cells);
        }
        let last = kept.len().saturating_sub(1);
        for (at, wide) in widths.iter().enumerate() {
            let pad = if at == last { 0 } else { GAP };
            let column = layout.column_mut(at).expect("a column for each width");
            column.set_padding((0, pad as u16));
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed((wide + pad) as u16)));
        }
        layout.lines().map(|it| format!("{}\n", it.trim_end())).collect()
    }

    /// Which columns there is room for, and how wide each may be.
    fn fit(&self, texts: &[Vec<String>], width: usize) -> (Vec<usize>, Vec<usize>) {
        let natural: Vec<usize> = (0..self.columns.len())
            .map(|at| {
                let cells = texts.iter().flat_map(|row| row[at].lines()).map(measure);
                cells.chain([measure(&self.columns[at].label)]).max().unwrap_or(0).max(1)
            })
            .collect();
        // A spare column that says nothing takes no room from those that do.
        let says =
            |at: &usize| !self.columns[*at].spare || texts.iter().any(|it| !it[*at].is_empty());
        let mut kept: Vec<usize> = (0..self.columns.len()).filter(says).collect();
        loop {
            let room = width.saturating_sub(GAP * kept.len().saturating_sub(1));
            let is_whole = |at: usize| self.columns[at].fit == Fit::Whole;
            let whole: usize = kept.iter().filter(|at| is_whole(**at)).map(|at| natural[*at]).sum();
            let soft: Vec<usize> = kept.iter().copied().filter(|at| !is_whole(*at)).collect();
            let least = |at: &usize| {
                // The first says what the row is: others give way to it.
                let narrow = if Some(at) == soft.first() { MAIN } else { NARROWEST };
                natural[*at].min(narrow)
            };
            let needed: usize = soft.iter().map(least).sum();
            let spare = kept.iter().rposition(|at| self.columns[*at].spare);
            if whole + needed > room
                && let Some(spare) = spare
            {
                kept.remove(spare);
                continue;
            }
            // Each gets what it needs at least, then all share what is left.
            let left = room.saturating_sub(whole + needed);
            let more: Vec<usize> =
                (0..natural.len()).map(|at| natural[at].saturating_sub(least(&at))).collect();
            let shares = share(&soft, &more, left);
            let shares: Vec<usize> =
                soft.iter().zip(shares).map(|(at, more)| least(at) + more).collect();
            let wide = |at: &usize| {
                let shared = soft.iter().position(|it| it == at).map(|it| shares[it]);
                shared.unwrap_or(natural[*at]).clamp(1, width)
            };
            let widths = kept.iter().map(wide).collect();
            return (kept, widths);
        }
    }
}

/// Text wrapped to a width, paragraph by paragraph.
pub fn paragraphs(text: &str, width: usize) -> String {
    let mut table = Table::new(vec![Column::wrap("", "")]);
    table.row(vec![Value::Text(text.to_owned())]);
    table.text(width.max(20), false)
}

/// Divides room among columns: none gets more than it needs, the rest is shared evenly.
fn share(columns: &[usize], natural: &[usize], room: usize) -> Vec<usize> {
    let mut given = vec![0; columns.len()];
    let mut open: Vec<usize> = (0..columns.len()).collect();
    let mut left = room;
    while !open.is_empty() {
        let even = left / open.len();
        let (done, rest): (Vec<usize>, Vec<usize>) =
            open.iter().partition(|at| natural[columns[**at]] <= even);
        if done.is_empty() {
            for (at, it) in rest.iter().enumerate() {
                given[*it] = even + usize::from(at < left % rest.len());
            }
            break;
        }
        for it in done {
            given[it] = natural[columns[it]];
            left -= given[it];
        }
        open = rest;
    }
    given
}

/// Text cut to a width in the middle of a word: more of it can be read than when whole words go.
fn shortened(text: &str, width: usize) -> String {
    if measure(text) <= width {
        return text.to_owned();
    }
    let mut kept = text.to_owned();
    while measure(&kept) + 1 > width && kept.pop().is_some() {}
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

fn measure(text: &str) -> usize {
    let mut layout = Layout::new();
    if text.is_ascii() {
        return text.len();
    }
    layout.add_row([text]);
    layout.column_max_content_widths().first().map_or(0, |it| usize::from(*it))
}

fn shown(cell: &Value, fit: Fit) -> String {
    let text = match cell {
        Value::Bool(true) => "yes".into(),
        Value::Bool(false) => "no".into(),
        cell => cell.text(),
    };
    // Control characters would move the cursor of whoever reads the list.
    let clean = |c: char| if c.is_control() && c != '\n' { ' ' } else { c };
    let text: String = text.trim().chars().map(clean).collect();
    match fit {
        Fit::Wrap => text,
        _ => text.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

fn value(cell: &Value) -> serde_json::Value {
    match cell {
        Value::Empty => serde_json::Value::Null,
        Value::Integer(number) => json!(number),
        Value::Bool(is) => json!(is),
        cell => json!(cell.text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Table {
        let columns = vec![
            Column::whole("number", "Number"),
            Column::cut("title", "Title"),
            Column::whole("stage", "Stage").spare(),
        ];
        let mut table = Table::new(columns);
        let long = "a title that goes on and on and is much too long for a line of forty";
        for (number, title) in [("RISK-1", "Ransomware"), ("RISK-20", long)] {
            table.row([number, title, "Identified"].map(|it| Value::Text(it.to_owned())).to_vec());
        }
        table
    }

    #[test]
    fn a_list_fits_its_width_and_cuts_with_an_ellipsis() {
        for width in [40, 60, 80] {
            let text = list().text(width, false);
            assert!(text.lines().all(|it| it.chars().count() <= width), "{width}:\n{text}");
            assert_eq!(text.lines().count(), 3, "{text}");
        }
        let text = list().text(60, false);
        assert!(text.contains('…') && text.contains("RISK-20") && text.contains("Identified"));
        assert!(!text.contains('\u{1b}'));
    }

    #[test]
    fn a_spare_column_goes_where_there_is_no_room() {
        assert!(!list().text(30, false).contains("Stage"));
        let csv = String::from_utf8(list().csv()).unwrap();
        assert!(csv.starts_with("number,title,stage"));
        assert_eq!(list().json()[1]["stage"], "Identified");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let mut table = Table::new(vec![Column::cut("title", "Title")]);
        table.row(vec![Value::Text("red \u{1b}[31m alert\u{7}".to_owned())]);
        assert!(!table.text(80, false).contains(['\u{1b}', '\u{7}']));
    }
}
