//! The columns by which the rows of a sheet are known.

use meta::{FieldType, KindDef};

use super::{
    super::{
        Target, headers,
        outline::{Line, Outline},
    },
    NATURAL,
};
use crate::text::fold;

/// The columns by which rows are known.
pub(super) struct Columns {
    title: Option<usize>,
    pub(super) key: Option<usize>,
    used: usize,
    /// Whether rows of one title are parts of one record.
    pub(super) grouped: bool,
}

impl Columns {
    /// Finds them in a sheet.
    pub(super) fn of(outline: &Outline<'_>, kind: &KindDef) -> Self {
        let find = |target: Target| outline.columns.iter().position(|it| it.target == target);
        let field = |name: &'static str| find(Target::Field(name));
        let natural = || NATURAL.iter().find_map(|it| field(it));
        let key = match kind.id {
            "control" => field("reference").or_else(|| find(Target::Id)).or_else(|| field("title")),
            _ => find(Target::Id).or_else(natural),
        };
        let used = outline.columns.iter().filter(|it| it.target != Target::Empty).count();
        let tables = outline.columns.iter().any(|it| match it.target {
            Target::Part(..) => true,
            Target::Field(name) => {
                kind.field(name).is_some_and(|(_, it)| matches!(it.ty, FieldType::Rows(_)))
            }
            _ => false,
        });
        let grouped = key.is_none() && tables;
        let title = headers::title_column(kind, outline.columns.iter().map(|it| &it.target));
        Self { title, key, used, grouped }
    }

    /// The title of a row; empty when it has none.
    pub(super) fn title<'l>(&self, line: &'l Line<'_>) -> &'l str {
        self.title.map_or("", |at| &line.cells[at])
    }

    /// Why a row of the sheet is no entry.
    pub(super) fn not_a_row(
        &self,
        outline: &Outline<'_>,
        kind: &KindDef,
        line: &Line<'_>,
    ) -> Option<String> {
        let title = self.title(line);
        let key = self.key.map_or("", |at| &line.cells[at]);
        let again = outline.columns.iter().zip(&line.cells);
        if self.used > 1
            && again.filter(|(_, cell)| !cell.is_empty()).all(|(it, cell)| it.header == *cell)
        {
            return Some("it repeats the header: remove it".to_owned());
        }
        const SUMS: [&str; 8] =
            ["total", "totals", "sum", "summe", "gesamt", "gesamtsumme", "somme", "subtotal"];
        let is_sum = || {
            let first = line.cells.iter().find(|it| !it.is_empty()).map_or("", |it| &**it);
            SUMS.contains(&fold(first).split(' ').next().unwrap_or_default())
        };
        if line.filled < self.used && is_sum() {
            return Some("it is a sum and no entry".to_owned());
        }
        if line.filled <= 1
            && self.used >= 3
            && (line.apart || self.key.is_some() && key.is_empty())
        {
            return Some(
                "only one of its cells is filled, so that it looks like a heading or a remark"
                    .to_owned(),
            );
        }
        if kind.id == "control" {
            return self.not_a_control(line, title, key);
        }
        if title.is_empty() {
            let label = kind.fields[0].label;
            return Some(format!("there is nothing under `{label}`: fill it in"));
        }
        None
    }

    fn not_a_control(&self, line: &Line<'_>, title: &str, key: &str) -> Option<String> {
        let bare = key.trim_start_matches(['A', 'a', '.', ' ']);
        let successors = catalog::successors(key);
        if !successors.is_empty() {
            return Some(format!(
                "`{key}` is a control of the 2013 edition: it is now part of {}",
                successors.join(", ")
            ));
        }
        let section = !bare.is_empty() && bare.chars().all(|it| it.is_ascii_digit() || it == '.');
        if section && catalog::normalize(key).is_none() {
            return Some(match line.filled {
                0..=2 => format!("`{key}` is a heading and no control"),
                _ => format!("there is no control `{key}`: correct the number"),
            });
        }
        if key.is_empty() {
            return Some("there is no number of a control: fill it in".to_owned());
        }
        (title.is_empty() && catalog::normalize(key).is_none())
            .then(|| "there is no title: fill it in".to_owned())
    }
}
