//! The columns by which the rows of a sheet are known.

use meta::{FieldType, KindDef};

use super::{
    super::{
        Target,
        cells::is_failed,
        headers,
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
    /// The headers, folded.
    names: Vec<String>,
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
        let names = outline.columns.iter().map(|it| fold(&it.header)).collect();
        Self { title, key, used, names, grouped }
    }

    /// The title of a row; empty when it has none.
    pub(super) fn title<'l>(&self, line: &'l Line<'_>) -> &'l str {
        self.title.map_or("", |at| line.said(at))
    }

    /// Why two rows of one title are two records: more than one of their cells contradict each
    /// other, and none says the same. `None` when they may be parts of one.
    pub(super) fn differ(
        &self,
        outline: &Outline<'_>,
        kind: &KindDef,
        one: &Line<'_>,
        two: &Line<'_>,
    ) -> Option<String> {
        let mut different = Vec::new();
        for (at, column) in outline.columns.iter().enumerate() {
            let Target::Field(name) = column.target else { continue };
            let many = kind.field(name).is_none_or(|(_, it)| {
                matches!(
                    it.ty,
                    FieldType::Rows(_)
                        | FieldType::Links(_)
                        | FieldType::Choices(_)
                        | FieldType::Words
                )
            });
            let (here, there) = (fold(one.said(at)), fold(two.said(at)));
            if many || Some(at) == self.title || here.is_empty() || there.is_empty() {
                continue;
            }
            if here == there {
                return None;
            }
            different.push(format!("`{}`", column.header));
        }
        (different.len() > 1).then(|| {
            format!(
                "its title stands in line {} as well, with another {}: they are taken for two \
                 records",
                one.line,
                different.join(" and another ")
            )
        })
    }

    /// Why a row of the sheet is no entry.
    pub(super) fn not_a_row(
        &self,
        outline: &Outline<'_>,
        kind: &KindDef,
        line: &Line<'_>,
    ) -> Option<String> {
        let title = self.title(line);
        let key = self.key.map_or("", |at| line.said(at));
        match self.repeats_header(line).filter(|_| self.used > 1) {
            Some(true) => return Some("it repeats the header: remove it".to_owned()),
            Some(false) => {
                return Some(
                    "it looks like a header of its own: the rows below are read by the first \
                     header, so give them a sheet of their own where they are of another sort"
                        .to_owned(),
                );
            }
            None => {}
        }
        if line.heading && self.used > 1 {
            return Some(
                "one text goes over the whole row, so that it looks like a heading or a remark"
                    .to_owned(),
            );
        }
        if line.filled < self.used && is_sum(line) {
            return Some("it is a sum and no entry".to_owned());
        }
        if line.filled <= 1
            && self.used >= 3
            && (line.apart
                || self.key.is_some() && key.is_empty()
                || kind.id == "control" && catalog::control(key).is_none())
        {
            return Some(
                "only one of its cells is filled, so that it looks like a heading or a remark"
                    .to_owned(),
            );
        }
        if kind.id == "control" {
            return self.not_a_control(outline, line, title, key);
        }
        if title.is_empty() {
            let label = kind.fields[0].label;
            return Some(format!("there is nothing under `{label}`: fill it in"));
        }
        None
    }

    /// Whether most of what stands in a row are names of the columns, and then whether all of it is.
    fn repeats_header(&self, line: &Line<'_>) -> Option<bool> {
        let cells = line.cells.iter().zip(&self.names).filter(|(cell, _)| !cell.is_empty());
        let (filled, mut equal, mut other) = (cells.clone().count(), 0, 0);
        for (cell, name) in cells {
            let cell = if cell.len() > 80 { String::new() } else { fold(cell) };
            // Of a header in two lines, one of them stands here.
            let part = || {
                name.strip_prefix(&*cell).is_some_and(|it| it.starts_with(' '))
                    || name.strip_suffix(&*cell).is_some_and(|it| it.ends_with(' '))
            };
            match !cell.is_empty() && (*name == cell || part()) {
                true => equal += 1,
                false => other += 1,
            }
            if other * 2 >= filled {
                return None;
            }
        }
        (equal > 1 || equal == 1 && filled == 1).then_some(equal == filled)
    }

    fn not_a_control(
        &self,
        outline: &Outline<'_>,
        line: &Line<'_>,
        title: &str,
        key: &str,
    ) -> Option<String> {
        let bare = key.trim_start_matches(['A', 'a', '.', ' ']);
        let successors = catalog::successors(key);
        if outline.edition.is_some() {
            if !successors.is_empty() {
                return None;
            }
            // What is a control of today was the heading of some in 2013.
            if catalog::normalize(key).is_some() {
                return Some(format!("`{key}` is a heading of the 2013 edition and no control"));
            }
        }
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

/// Whether a row begins with the word for a sum, and nothing but figures stands in the rest.
fn is_sum(line: &Line<'_>) -> bool {
    const SUMS: [&str; 13] = [
        "total",
        "totals",
        "sum",
        "summe",
        "gesamt",
        "gesamtsumme",
        "somme",
        "subtotal",
        "sub total",
        "grand total",
        "zwischensumme",
        "insgesamt",
        "total general",
    ];
    let mut cells = line.cells.iter().filter(|it| !it.is_empty());
    let first = cells.next().map_or("", |it| &**it);
    let is_figure = |text: &str| {
        let bare = text.trim_start_matches(|it: char| !it.is_alphanumeric());
        let bare = bare.trim_start_matches("EUR").trim_start_matches("CHF").trim_start();
        bare.is_empty() || bare.starts_with(|it: char| it.is_ascii_digit()) || is_failed(text)
    };
    SUMS.contains(&fold(first).as_str()) && cells.all(|it| is_figure(it))
}
