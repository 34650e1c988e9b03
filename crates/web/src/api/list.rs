//! Lists: the records of a kind that answer a query, page by page.

use std::borrow::Cow;

use axum::http::header;
use domain::query::{Among, Asker, Query};
use meta::{KindDef, Record};
use sha2::{Digest, Sha256};

use super::{
    Fault, Reply,
    endpoint::{AS_OF, Is, Parameter, number, text},
    write::Writer,
};
use crate::{Ask, ask::Sees, pages::records};

/// Parameters of lists.
pub(super) const LIST: &[Parameter] = &[
    text("q", "Words that a record must say somewhere, all of them."),
    Parameter {
        name: "f.",
        help: "What must hold for a column: `f.owner=ROLE-3`, or with a way to compare behind it: \
               `not`, `is` (`none`, `some`), `from`, `to`, `above`, `below`, `has`, as in \
               `f.next_review.to=today+30`. Several values of one column: any of them.",
        is: Is::Filter,
        needed: false,
    },
    Parameter {
        name: "sort",
        help: "The column to sort by, with `-` in front for the greatest first; by number otherwise.",
        is: Is::Sort,
        needed: false,
    },
    Parameter {
        name: "with",
        help: "`live` for records that count, `ended` for those whose life is over too, `all` for \
               withdrawn ones too.",
        is: Is::One(&["live", "ended", "all"]),
        needed: false,
    },
    text(
        "columns",
        "Names of columns, parted by commas: only these are in `fields` and `computed`.",
    ),
    number("limit", "How many records at once; 50 otherwise.", 1, LARGEST_PAGE),
    text("cursor", "Where to go on: from `next` of the page before."),
    AS_OF,
];

/// Parameters of whole registers as files.
pub(super) const EXPORT: &[Parameter] = &[
    text("q", "Words that a record must say somewhere, all of them."),
    Parameter {
        name: "f.",
        help: "What must hold for a column, as in lists.",
        is: Is::Filter,
        needed: false,
    },
    Parameter {
        name: "form",
        help: "The form of the file.",
        is: Is::One(&["json", "csv", "xlsx"]),
        needed: false,
    },
    AS_OF,
];

/// A page of a list has so many records unless more are asked for.
const PAGE: usize = 50;

/// The largest page of a list.
const LARGEST_PAGE: u64 = 500;

/// A page of the records that answer a query.
struct Found<'a> {
    rows: Vec<&'a Record>,
    total: usize,
    /// The place after the last one.
    upto: usize,
}

/// Where a list goes on: after how many records, as of which entry, for which query, and after
/// which numbers.
struct Cursor {
    offset: usize,
    position: u64,
    query: u32,
    last: Vec<u32>,
}

/// The records of a kind that answer a query, page by page.
pub(super) fn list(ask: &Ask) -> Result<Reply, Fault> {
    let def = ask.kind()?;
    let sees = ask.sees();
    let asker = asker(ask, def, &sees);
    let query = query(ask, def, &asker)?;
    let limit = ask.query.said("limit").and_then(|it| it.parse().ok()).unwrap_or(PAGE);
    let stamp = stamp(def, &query, ask.query.get("as_of"));
    let cursor = match ask.query.get("cursor") {
        None => None,
        Some(text) => {
            let cursor = Cursor::read(text).filter(|it| it.query == stamp);
            let why = "this is no cursor of this list: begin without one";
            Some(cursor.ok_or_else(|| Fault::query("cursor", why))?)
        }
    };
    let found = found(&query, &asker, cursor.as_ref(), limit);
    let position = ask.isms().position();
    let mut writer = Writer::of(ask, found.rows.len());
    writer.raw("{\"items\":[");
    for (at, record) in found.rows.iter().enumerate() {
        if at > 0 {
            writer.raw(",");
        }
        writer.record(record, &query.columns);
    }
    writer.raw("],\"total\":");
    writer.value(&found.total);
    writer.raw(",\"position\":");
    writer.value(&position);
    let next = (found.upto < found.total && !found.rows.is_empty()).then(|| {
        let numbers = found.rows.iter().rev().take(3).map(|it| it.head.number);
        let last: Vec<u32> = numbers.collect();
        let cursor = Cursor { offset: found.upto, position, query: stamp, last };
        let query = ask.query.with("cursor", Some(&cursor.to_string())).query();
        format!("{}?{query}", ask.path)
    });
    if let Some(next) = &next {
        writer.raw(",\"next\":");
        writer.value(next);
    }
    writer.raw("}");
    let reply = Reply::text(writer.finish());
    Ok(match next {
        Some(next) => reply.header(header::LINK, &format!("<{next}>; rel=\"next\"")),
        None => reply,
    })
}

/// Whether the answer to a list is known already: who asks for a page has asked for another before.
pub(super) fn is_known(ask: &Ask) -> bool {
    let Ok(def) = ask.kind() else { return true };
    let sees = ask.sees();
    let asker = asker(ask, def, &sees);
    query(ask, def, &asker).map_or(true, |it| it.is_known(&asker))
}

/// What a list is asked for.
pub(super) fn query(ask: &Ask, def: &'static KindDef, asker: &Asker<'_>) -> Result<Query, Fault> {
    let own = |it: &(&str, &str)| !["limit", "cursor", "as_of", "form"].contains(&it.0);
    let pairs = ask.query.pairs().filter(own);
    let pairs = pairs.map(|(name, it)| (Cow::from(name), Cow::from(it)));
    Query::from_pairs(asker, def, pairs).map_err(|it| Fault::query(it.parameter, it.why))
}

/// Who lists records of a kind: some read published editions in place of working copies.
pub(super) fn asker<'a>(ask: &'a Ask, def: &KindDef, sees: &'a Option<Sees<'a>>) -> Asker<'a> {
    let sight = ask.sight();
    let reads = records::reads_editions(sight, def).then_some(sight);
    Asker { reads, ..ask.asker(sees) }
}

fn found<'a>(query: &Query, asker: &Asker<'a>, cursor: Option<&Cursor>, limit: usize) -> Found<'a> {
    let found = query.run(asker);
    let from = cursor.map_or(0, |it| it.place(query, asker, found.numbers()));
    let rows: Vec<&Record> = found.page(from, limit).collect();
    let upto = from + rows.len();
    Found { rows, total: found.len(), upto }
}

/// What a cursor belongs to.
fn stamp(def: &KindDef, query: &Query, as_of: Option<&str>) -> u32 {
    let text = format!("{} {query} {}", def.id, as_of.unwrap_or_default());
    let hash = Sha256::digest(text.as_bytes());
    u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])
}

impl Cursor {
    /// Where the list goes on: right after the last record that was given out, wherever that stands
    /// now. One that has changed since may have moved; then the one before it tells.
    fn place(&self, query: &Query, asker: &Asker<'_>, numbers: &[u32]) -> usize {
        let isms = asker.view.isms;
        if query.sort.is_none() {
            let last = self.last.first().copied().unwrap_or(0);
            return numbers.partition_point(|it| *it <= last);
        }
        let stayed = |it: &&u32| {
            let record = isms.numbered(query.kind.id, **it);
            record.is_some_and(|it| it.head.changed <= self.position)
        };
        let Some((back, last)) = self.last.iter().enumerate().find(|it| stayed(&it.1)) else {
            return self.offset.min(numbers.len());
        };
        if back == 0 && self.offset > 0 && numbers.get(self.offset - 1) == Some(last) {
            return self.offset;
        }
        // In the order of all records of the kind it has a place even when it answers no longer.
        let all = Query {
            filters: Vec::new(),
            search: String::new(),
            among: Among::All,
            ..query.clone()
        };
        let all = all.run(asker);
        let mut places = vec![0u32; all.numbers().iter().max().map_or(0, |it| *it as usize) + 1];
        for (at, number) in all.numbers().iter().enumerate() {
            places[*number as usize] = at as u32;
        }
        let place = |it: u32| places.get(it as usize).copied().unwrap_or(0);
        numbers.partition_point(|it| place(*it) <= place(*last))
    }

    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let offset = parts.next()?.parse().ok()?;
        let position = parts.next()?.parse().ok()?;
        let query = u32::from_str_radix(parts.next()?, 16).ok()?;
        let last = parts.map(|it| it.parse().ok()).collect::<Option<Vec<u32>>>()?;
        (!last.is_empty() && last.len() <= 3).then_some(Self { offset, position, query, last })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{:x}", self.offset, self.position, self.query)?;
        self.last.iter().try_for_each(|it| write!(f, ".{it}"))
    }
}
