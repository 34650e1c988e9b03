//! Queries as the address of a page has them: `q=cloud&f.owner=ROLE-3&f.due.to=today&sort=-title`.
//!
//! A form without JavaScript sends it: empty parameters count for nothing, several of one name mean
//! any of them, and parameters of others (`page`, `as_of`) are passed over.

use std::{borrow::Cow, fmt};

use meta::KindDef;

use super::{Among, Asker, Column, Filter, Misread, Query, Sort, Test};

/// No search and no value of a filter is longer, in letters: whatever is asked is looked for in all
/// texts, and kept.
const LONGEST: usize = 200;

impl Query {
    /// Reads a query from the part of an address after the question mark.
    ///
    /// # Errors
    /// When a parameter cannot be understood.
    pub fn parse(asker: &Asker<'_>, kind: &'static KindDef, text: &str) -> Result<Self, Misread> {
        Self::from_pairs(asker, kind, form_urlencoded::parse(text.as_bytes()))
    }

    /// Reads a query from parameters and their values.
    ///
    /// # Errors
    /// When a parameter cannot be understood.
    pub fn from_pairs<'p>(
        asker: &Asker<'_>,
        kind: &'static KindDef,
        pairs: impl IntoIterator<Item = (Cow<'p, str>, Cow<'p, str>)>,
    ) -> Result<Self, Misread> {
        let mut query = Self::new(kind);
        for (name, text) in pairs {
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            if text.chars().nth(LONGEST).is_some() && (name == "q" || name.starts_with("f.")) {
                let why = format!("it is longer than {LONGEST} letters: look for less");
                return Err(Misread::new(name, why));
            }
            let column = |text| Column::find(kind, text).map_err(|why| Misread::new(&*name, why));
            match &*name {
                "q" => query.search = text.to_owned(),
                "sort" => {
                    let (text, down) =
                        text.strip_prefix('-').map_or((text, false), |it| (it, true));
                    query.sort = Some(Sort { column: column(text)?, down });
                }
                "with" => {
                    query.among = match text {
                        "live" => Among::Live,
                        "ended" => Among::Ended,
                        "all" => Among::All,
                        _ => {
                            let why = format!("`{text}` is none of live, ended, all");
                            return Err(Misread::new("with", why));
                        }
                    }
                }
                "columns" => {
                    for name in text.split(',').filter(|it| !it.trim().is_empty()) {
                        let column = column(name)?;
                        if !query.columns.contains(&column) {
                            query.columns.push(column);
                        }
                    }
                }
                _ => {
                    if let Some(name) = name.strip_prefix("f.") {
                        let (name, how) = name.split_once('.').unwrap_or((name, ""));
                        let filter = Filter::read(asker, kind, name, how, text);
                        query.add(filter.map_err(|it| Misread {
                            parameter: format!("f.{}", it.parameter),
                            ..it
                        })?);
                    }
                }
            }
        }
        Ok(query)
    }

    /// Adds a filter; values of one column that is to be any of them, or none, come together.
    pub fn add(&mut self, filter: Filter) {
        for known in self.filters.iter_mut().filter(|it| it.column == filter.column) {
            match (&mut known.test, &filter.test) {
                (Test::Any(known), Test::Any(more)) | (Test::Not(known), Test::Not(more)) => {
                    known.extend(
                        more.iter().filter(|it| !known.contains(it)).cloned().collect::<Vec<_>>(),
                    );
                    return;
                }
                (known, more) if known == more => return,
                _ => {}
            }
        }
        self.filters.push(filter);
    }

    /// It as parameters and their values: those that a form or an address needs to ask it again.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = self.condition_pairs();
        if let Some(sort) = self.sort {
            pairs.push(("sort".to_owned(), sort.to_string()));
        }
        if !self.columns.is_empty() {
            let names: Vec<&str> = self.columns.iter().map(|it| it.name()).collect();
            pairs.push(("columns".to_owned(), names.join(",")));
        }
        pairs
    }

    /// Which records it asks for, without their order and columns.
    pub(super) fn condition(&self) -> String {
        encoded(self.condition_pairs())
    }

    fn condition_pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        if !self.search.is_empty() {
            pairs.push(("q".to_owned(), self.search.clone()));
        }
        for filter in &self.filters {
            filter.each(|how, text| {
                let name = filter.column.name();
                let gap = if how.is_empty() { "" } else { "." };
                pairs.push((format!("f.{name}{gap}{how}"), text));
            });
        }
        match self.among {
            Among::Live => {}
            Among::Ended => pairs.push(("with".to_owned(), "ended".to_owned())),
            Among::All => pairs.push(("with".to_owned(), "all".to_owned())),
        }
        pairs
    }
}

/// The part of an address after the question mark.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encoded(self.pairs()))
    }
}

/// As in an address: `title`, `-title`.
impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.down { "-" } else { "" }, self.column.name())
    }
}

fn encoded(pairs: Vec<(String, String)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}
