//! Notes pinned to cells: the parser of cells does not read them.

use std::collections::{BTreeMap, HashMap};

use roxmltree::{Document, Node};

use crate::{Error, Note};

/// The parts of a workbook that tell of notes, by name.
type Parts = BTreeMap<String, String>;

/// The notes of each sheet, by its name.
///
/// # Errors
/// When a part that holds notes is malformed.
pub(super) fn notes(parts: &Parts) -> Result<HashMap<String, Vec<Note>>, Error> {
    let mut notes = HashMap::new();
    if !parts.keys().any(|it| it.to_ascii_lowercase().contains("comments")) {
        return Ok(notes);
    }
    let sheets = relations(parts, "xl/workbook.xml")?;
    for node in parse(parts, "xl/workbook.xml")?.iter().flat_map(|it| it.root().descendants()) {
        let is_sheet = node.tag_name().name() == "sheet";
        let Some(name) = node.attribute("name").filter(|_| is_sheet) else { continue };
        let id = node.attributes().find(|it| it.name() == "id" && it.namespace().is_some());
        let part = id.and_then(|id| sheets.iter().find(|it| it.id == id.value()));
        let Some(part) = part else { continue };
        let mut found = Vec::new();
        for it in relations(parts, &part.target)?.iter().filter(|it| it.holds_notes) {
            for comment in parse(parts, &it.target)?.iter().flat_map(|it| it.root().descendants()) {
                if comment.tag_name().name() == "comment" {
                    found.extend(note(&comment));
                }
            }
        }
        notes.insert(name.to_owned(), found);
    }
    Ok(notes)
}

/// A part that another one relates to.
struct Relation {
    id: String,
    target: String,
    holds_notes: bool,
}

fn note(comment: &Node<'_, '_>) -> Option<Note> {
    let (line, column) = place(comment.attribute("ref")?)?;
    let texts = comment.descendants().filter(|it| it.tag_name().name() == "t");
    let text: String = texts.filter_map(|it| it.text()).collect();
    // A conversation is also stored as a note, behind a sentence about the program.
    let told = text.split_once("Comment:").filter(|_| text.starts_with("[Threaded comment]"));
    let text = told.map_or(text.as_str(), |(_, it)| it).trim();
    (!text.is_empty()).then(|| Note { line, column, text: text.to_owned() })
}

/// What a part relates to.
fn relations(parts: &Parts, part: &str) -> Result<Vec<Relation>, Error> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let Some(document) = parse(parts, &format!("{folder}/_rels/{file}.rels"))? else {
        return Ok(Vec::new());
    };
    let nodes = document.root().descendants();
    let relations = nodes.filter_map(|it| {
        let target = it.attribute("Target")?;
        Some(Relation {
            id: it.attribute("Id")?.to_owned(),
            target: joined(folder, target),
            holds_notes: it.attribute("Type")?.ends_with("/comments"),
        })
    });
    Ok(relations.collect())
}

/// A name as it is seen from a folder: `../comments1.xml` from `xl/worksheets`.
fn joined(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').collect(),
    };
    for step in target.split('/').filter(|it| !it.is_empty()) {
        match step {
            ".." => drop(steps.pop()),
            "." => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn parse<'p>(parts: &'p Parts, name: &str) -> Result<Option<Document<'p>>, Error> {
    let part = parts.iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
    let document = part.map(|(_, text)| Document::parse(text)).transpose();
    document.map_err(|error| Error::Workbook {
        place: format!("part `{name}`"),
        reason: error.to_string().chars().take(300).collect(),
    })
}

/// The line from 1 and the column from 0 of a cell such as `D5`.
fn place(reference: &str) -> Option<(u32, usize)> {
    let digits = reference.find(|it: char| it.is_ascii_digit())?;
    let (letters, line) = reference.split_at(digits);
    let column = letters.bytes().try_fold(0_usize, |column, it| {
        let letter = it.to_ascii_uppercase().checked_sub(b'A').filter(|it| *it < 26)?;
        column.checked_mul(26)?.checked_add(usize::from(letter) + 1)
    })?;
    Some((line.parse().ok().filter(|it| *it > 0)?, column.checked_sub(1)?))
}
