//! The file: TOML whose keys are all known.

use std::path::Path;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{From, SECTIONS, SectionDef, Value, section};
use crate::stop::refused;

/// The values of a file.
///
/// # Errors
/// When it is no TOML, or holds a key that there is not.
pub fn values(path: &Path, text: &str) -> anyhow::Result<Vec<(String, Value)>> {
    let table = DeTable::parse(text).map_err(|err| {
        let line = err.span().map_or(1, |it| line(text, it.start));
        refused(format!("`{}` line {line}: {}", path.display(), err.message()))
    })?;
    let mut reading = Reading { path, text, values: Vec::new() };
    reading.table("", table.get_ref())?;
    Ok(reading.values)
}

/// The known path that is most like this one: of a key, or of a section where no key is named. In
/// a section that there is, only the names of its keys are compared.
pub fn nearest(path: &str) -> Option<String> {
    let inside = path.rsplit_once('.').filter(|it| SECTIONS.iter().any(|def| def.path == it.0));
    let of_key = |def: &'static SectionDef| {
        def.keys.iter().map(move |key| format!("{}.{}", said(def), key.name))
    };
    let known: Vec<String> = match inside {
        _ if !path.contains('.') => SECTIONS.iter().map(|it| it.path.to_owned()).collect(),
        Some((section, _)) => {
            SECTIONS.iter().filter(|it| it.path == section).flat_map(|it| of_key(it)).collect()
        }
        None => SECTIONS.iter().flat_map(|it| of_key(it)).collect(),
    };
    let start = inside.map_or(0, |it| it.0.len());
    let known = known.into_iter().filter(|it| it != path);
    let scored = known.map(|it| (strsim::jaro_winkler(&it[start..], &path[start..]), it));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|it| it.0 > 0.8).map(|it| it.1)
}

/// The path of a section as a person writes it.
pub fn said(def: &SectionDef) -> String {
    if def.named { format!("{}.NAME", def.path) } else { def.path.to_owned() }
}

struct Reading<'a> {
    path: &'a Path,
    text: &'a str,
    values: Vec<(String, Value)>,
}

impl Reading<'_> {
    fn table(&mut self, outer: &str, table: &DeTable<'_>) -> anyhow::Result<()> {
        for (key, value) in table {
            let name = key.get_ref();
            let path = if outer.is_empty() { name.to_string() } else { format!("{outer}.{name}") };
            let line = line(self.text, key.span().start);
            match value.get_ref() {
                DeValue::Table(inner) if is_section(&path) => self.table(&path, inner)?,
                _ if section::find(&path).is_none() => return Err(self.unknown(&path, line)),
                value => {
                    let text = written(value).ok_or_else(|| self.no_value(&path, line))?;
                    let from = From::File(self.path.to_owned(), line);
                    self.values.push((path, Value { text, from }));
                }
            }
        }
        Ok(())
    }

    fn unknown(&self, path: &str, line: usize) -> anyhow::Error {
        let hint = match nearest(path) {
            Some(near) => format!("perhaps `{near}` is meant"),
            None => "`muniment config --sample` shows all keys".to_owned(),
        };
        refused(format!("`{}` line {line}: there is no key `{path}`: {hint}", self.path.display()))
    }

    fn no_value(&self, path: &str, line: usize) -> anyhow::Error {
        let expected = section::find(path).map_or("a value", |it| it.0.expected);
        let file = self.path.display();
        refused(format!("`{file}` line {line}: `{path}` is no section: write {expected}"))
    }
}

/// Whether a path leads to a section, or to names of one.
fn is_section(path: &str) -> bool {
    SECTIONS.iter().any(|it| {
        let leads = it.path == path || it.path.starts_with(&format!("{path}."));
        leads || it.named && path.rsplit_once('.').is_some_and(|(outer, _)| outer == it.path)
    })
}

/// A value as text; `None` for a table, or a list of anything but plain values.
fn written(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_owned()),
        DeValue::Boolean(it) => Some(it.to_string()),
        DeValue::Array(items) => {
            let texts = items.iter().map(Spanned::get_ref).map(written);
            texts.collect::<Option<Vec<_>>>().map(|it| it.join(","))
        }
        _ => None,
    }
}

fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|it| *it == b'\n').count() + 1
}
