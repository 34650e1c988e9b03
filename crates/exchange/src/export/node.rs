//! A record's values as a tree in which links are names: what every written form is made of.

use domain::Isms;
use jiff::{Timestamp, civil::Date};
use meta::{Cell, FileRef, Link, Rating};
use serde_json::{Map, Value};

use super::Names;

/// A value to be written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// Text, also the id of a choice and a period in words.
    Text(String),
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A decimal number, as its digits.
    Decimal(String),
    /// A calendar day.
    Day(Date),
    /// A moment.
    Instant(Timestamp),
    /// The record a link names.
    Name {
        /// Its number or reference.
        name: String,
        /// Its title, for people; empty when there is none.
        title: String,
    },
    /// Several of one sort.
    List(Vec<Node>),
    /// Named values in order.
    Table(Vec<(String, Node)>),
}

impl Node {
    /// What a cell holds; `None` for nothing.
    pub(crate) fn of(names: &Names<'_>, cell: Cell<'_>) -> Option<Self> {
        Some(match cell {
            Cell::Empty => return None,
            Cell::Text(text) => Self::Text(text.to_owned()),
            Cell::Bool(truth) => Self::Bool(truth),
            Cell::Integer(number) => Self::Integer(number),
            Cell::Decimal(number) => Self::Decimal(number.to_string()),
            Cell::Day(day) => Self::Day(day),
            Cell::Instant(at) => Self::Instant(at),
            Cell::Period(period) => Self::Text(period.words()),
            Cell::Choice(choice) => Self::Text(choice.id.to_owned()),
            Cell::Link(link) => Self::link(names, link),
            Cell::File(file) => Self::file(file),
            Cell::Rating(rating) => return Self::rating(names, rating),
            Cell::Row(row) => {
                let cells = row.fields().iter().enumerate();
                let cells = cells.filter_map(|(at, it)| {
                    Some((it.name.to_owned(), Self::of(names, row.cell(at))?))
                });
                Self::Table(cells.collect())
            }
            Cell::Many(_) => {
                // An empty text keeps its place in a list.
                let member = |it| Self::of(names, it).unwrap_or_else(|| Self::Text(String::new()));
                Self::List(cell.each().map(member).collect())
            }
        })
    }

    /// Named values in this order.
    pub(crate) fn table<'k>(each: impl IntoIterator<Item = (&'k str, Self)>) -> Self {
        Self::Table(each.into_iter().map(|(key, it)| (key.to_owned(), it)).collect())
    }

    /// A file by its digest.
    pub(crate) fn file(file: &FileRef) -> Self {
        Self::table([
            ("name", Self::Text(file.name.clone())),
            ("sha256", Self::Text(file.sha256.clone())),
            ("size", Self::Integer(i64::try_from(file.size).unwrap_or(i64::MAX))),
            ("media", Self::Text(file.media.clone())),
        ])
    }

    /// The same as JSON.
    pub(crate) fn json(&self) -> Value {
        match self {
            Self::Text(text) | Self::Decimal(text) => Value::from(text.as_str()),
            Self::Bool(truth) => Value::from(*truth),
            Self::Integer(number) => Value::from(*number),
            Self::Day(day) => Value::from(day.to_string()),
            Self::Instant(at) => Value::from(at.to_string()),
            Self::Name { name, .. } => Value::from(name.as_str()),
            Self::List(list) => list.iter().map(Self::json).collect(),
            Self::Table(table) => Value::Object(
                table.iter().map(|(key, it)| (key.clone(), it.json())).collect::<Map<_, _>>(),
            ),
        }
    }

    /// Writes it as JSON in the order it has: on one line, or one value a line from this
    /// indentation on.
    pub(crate) fn print(&self, out: &mut String, indent: Option<usize>) {
        match self {
            Self::List(list) => {
                let each = list.iter().map(|it| (None, it));
                print_all(out, indent, ['[', ']'], each);
            }
            Self::Table(table) => {
                let each = table.iter().map(|(key, it)| (Some(key.as_str()), it));
                print_all(out, indent, ['{', '}'], each);
            }
            scalar => out.push_str(&scalar.json().to_string()),
        }
    }

    fn link(names: &Names<'_>, link: Link) -> Self {
        Self::Name { name: names.name(link), title: title(names.isms(), link) }
    }

    fn rating(names: &Names<'_>, rating: &Rating) -> Option<Self> {
        let mut table = Vec::new();
        let mut put = |key, node: Option<Self>| table.extend(node.map(|it| (key, it)));
        let text = |it: &Option<String>| it.clone().map(Self::Text);
        put("likelihood", rating.likelihood.map(Self::Integer));
        let consequences = rating.consequences.iter().map(|it| {
            let rank = ("rank", Self::Integer(it.rank));
            Self::table([("criterion", Self::Text(it.criterion.clone())), rank])
        });
        put("consequences", filled(consequences.collect()));
        put("rationale", text(&rating.rationale));
        put("source", text(&rating.source));
        put("confidence", text(&rating.confidence));
        put("controls", filled(rating.controls.iter().map(|it| Self::link(names, *it)).collect()));
        put("by", rating.by.map(|it| Self::link(names, it)));
        put("on", rating.on.map(Self::Day));
        (!table.is_empty()).then(|| Self::table(table))
    }
}

fn filled(list: Vec<Node>) -> Option<Node> {
    (!list.is_empty()).then_some(Node::List(list))
}

fn title(isms: &Isms, link: Link) -> String {
    isms.get(link.id).map(|it| it.title().to_owned()).unwrap_or_default()
}

fn print_all<'a>(
    out: &mut String,
    indent: Option<usize>,
    [open, close]: [char; 2],
    each: impl Iterator<Item = (Option<&'a str>, &'a Node)>,
) {
    let inner = indent.map(|it| it + 2);
    let begin_line = |out: &mut String, indent: Option<usize>| {
        if let Some(indent) = indent {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
        }
    };
    out.push(open);
    let mut count = 0;
    for (key, node) in each {
        if count > 0 {
            out.push(',');
        }
        count += 1;
        begin_line(out, inner);
        if let Some(key) = key {
            out.push_str(&Value::from(key).to_string());
            out.push_str(if indent.is_some() { ": " } else { ":" });
        }
        node.print(out, inner);
    }
    if count > 0 {
        begin_line(out, indent);
    }
    out.push(close);
}
