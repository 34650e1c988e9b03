//! What is wrong in a file, and what two sides changed differently.

use std::fmt;

/// One thing in a file that cannot be taken as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, sheet, line or cell.
    pub place: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// One field that was changed differently in a file and in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The file.
    pub place: String,
    /// The record's number.
    pub record: String,
    /// The field's label.
    pub field: String,
    /// What stood there when the file was written.
    pub before: String,
    /// What the file says.
    pub theirs: String,
    /// What the ledger says now.
    pub ours: String,
}

/// One thing that taking a file in would do, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLine {
    /// The file, sheet, line or cell it comes from.
    pub place: String,
    /// What would be done.
    pub text: String,
}

impl Fault {
    /// Something wrong at a place.
    pub(crate) fn at(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: `{}` of {} was {}; the file says {}, the ledger says {} meanwhile: put one of \
             them right and repeat",
            self.place, self.field, self.record, self.before, self.theirs, self.ours
        )
    }
}

impl fmt::Display for PlanLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.text)
    }
}

/// All of them, one a line.
pub(crate) fn lines<T: fmt::Display>(each: &[T]) -> String {
    each.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
