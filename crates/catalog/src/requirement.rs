//! The single requirements of clauses 4 to 10, and how they are numbered and quoted.

use crate::clauses::{clause, gathered};
use crate::control;

/// One thing the standard requires: a lettered item, or a clause that has none.
///
/// The id is the number of the clause, then the letter, then the number within it: `4.4`,
/// `6.1.3.d`, `9.3.2.d.1`. What a clause with letters requires in its unlettered words has the
/// bare number (`6.1.2`: there is a process, and it is followed), or the number and a word of
/// ours, longer than a letter: `di` where documented information has to be kept, `climate`,
/// `changes`, `external` and `importance` for sentences that stand alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Its id, such as `6.1.3.d`.
    pub id: &'static str,
    /// The clause it stands in, such as `6.1.3`.
    pub clause: &'static str,
    /// A short title in our own words.
    pub title: &'static str,
    /// What must be achieved.
    pub asks: &'static str,
    /// What an auditor looks at, samples and asks people.
    pub looked_at: &'static str,
    /// What typically proves it.
    pub evidence: &'static str,
    /// What must exist as documented information because of it; see
    /// [`documented_information`](crate::documented_information).
    pub documented: Option<&'static str>,
}

impl Requirement {
    /// How the requirement is quoted: `6.1.3 d)`, `9.3.2 d) 1)`, `4.1 (climate change)`.
    pub fn reference(&self) -> String {
        let mut quoted = String::from(self.clause);
        for part in self.id[self.clause.len()..].split('.').filter(|part| !part.is_empty()) {
            match spelled_out(part) {
                Some(words) => quoted.push_str(&format!(" ({words})")),
                None => quoted.push_str(&format!(" {part})")),
            }
        }
        quoted
    }
}

/// All requirements of clauses 4 to 10, in the order of the standard.
pub fn requirements() -> &'static [Requirement] {
    gathered()
}

/// The requirement with this id, also as people quote it: `6.1.3.d`, `6.1.3 d)`, `9.3.2 d1`.
///
/// None for a clause all of whose requirements have letters, such as `4.2`; see
/// [`Clause::requirements`](crate::Clause::requirements).
pub fn requirement(id: &str) -> Option<&'static Requirement> {
    let find = |id: &str| requirements().iter().find(|requirement| requirement.id == id);
    find(id).or_else(|| find(&dotted(id)))
}

/// How a requirement, clause or control is quoted in print: `6.1.3 d)`, `4.2`, `A.5.1`.
pub fn reference(id: &str) -> Option<String> {
    requirement(id)
        .map(Requirement::reference)
        .or_else(|| clause(id).map(|clause| clause.id.into()))
        .or_else(|| control(id).map(|control| control.id.into()))
}

fn spelled_out(part: &str) -> Option<&'static str> {
    Some(match part {
        "di" => "documented information",
        "climate" => "climate change",
        "changes" => "changes",
        "external" => "external origin",
        "importance" => "importance and previous results",
        _ => return None,
    })
}

/// Writes a quoted number with dots alone: `9.3.2 d) 1)` becomes `9.3.2.d.1`.
fn dotted(quoted: &str) -> String {
    let mut id = String::with_capacity(quoted.len() + 4);
    for c in quoted.trim().chars().flat_map(char::to_lowercase) {
        let last = id.chars().last().unwrap_or('.');
        if c.is_alphanumeric() {
            if last != '.' && last.is_ascii_digit() != c.is_ascii_digit() {
                id.push('.');
            }
            id.push(c);
        } else if last != '.' {
            id.push('.');
        }
    }
    id.truncate(id.trim_end_matches('.').len());
    id
}
