//! Fields and the closed set of their types.

use jiff::{Timestamp, civil::Date};

use crate::{Cell, ChoiceDef, Decimal, FileRef, Markdown, Period, Rating, Ref, Target};

/// One field of a kind or of a row.
#[derive(Debug)]
pub struct FieldDef {
    /// As stored, in snake case.
    pub name: &'static str,
    /// As shown.
    pub label: &'static str,
    /// Help text: the doc comment of the field.
    pub help: &'static str,
    /// What it may hold.
    pub ty: FieldType,
    /// When it must be filled.
    pub need: Need,
    /// Changing it makes approvals of the record stale.
    pub material: bool,
    /// Shown in lists unless the reader chooses columns.
    pub list: bool,
    /// Offered as a filter.
    pub filter: bool,
    /// Other headers people give this column (English, German, French).
    pub also: &'static [&'static str],
}

/// When a field must be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// To create the record.
    Create,
    /// To leave the first stage; until then the record is a sketch.
    Leave,
    /// Never.
    Optional,
}

/// The closed set of field types. Every consumer matches it exhaustively.
#[derive(Debug, Clone, Copy)]
pub enum FieldType {
    /// One line.
    Text,
    /// Text in Markdown.
    Markdown,
    /// Yes or no; absent is unknown.
    Bool,
    /// A whole number within ±2^53.
    Integer,
    /// A decimal number, kept exactly.
    Decimal,
    /// A calendar day.
    Day,
    /// A moment in UTC.
    Instant,
    /// A length of calendar time, such as three months.
    Period,
    /// One of the options.
    Choice(&'static [ChoiceDef]),
    /// Any of the options.
    Choices(&'static [ChoiceDef]),
    /// A list of short texts.
    Words,
    /// One record of these kinds (none named: of any kind).
    Link(&'static [&'static str]),
    /// Records of these kinds (none named: of any kind).
    Links(&'static [&'static str]),
    /// A file, named by its hash.
    File,
    /// A level per dimension of a scale, with its reasons.
    Rating,
    /// A list of flat rows.
    Rows(&'static RowDef),
}

/// The form of the rows in a field of type [`FieldType::Rows`].
#[derive(Debug)]
pub struct RowDef {
    /// The columns.
    pub fields: &'static [FieldDef],
}

/// A Rust type that may be a field.
pub trait FieldValue {
    /// The field type it stands for.
    const TYPE: FieldType;
    /// The field type of a list of it, where a list of it may be a field.
    const LIST: Option<FieldType> = None;

    /// The value as a cell.
    fn cell(&self) -> Cell<'_>;
}

impl FieldType {
    /// The kinds a link may point to; `None` for other types, empty for any kind.
    pub fn targets(&self) -> Option<&'static [&'static str]> {
        match self {
            Self::Link(targets) | Self::Links(targets) => Some(targets),
            _ => None,
        }
    }

    /// Whether values of this type can hold links to records.
    pub fn has_links(&self) -> bool {
        match self {
            Self::Link(_) | Self::Links(_) | Self::Rating => true,
            Self::Rows(def) => def.fields.iter().any(|it| it.ty.has_links()),
            _ => false,
        }
    }

    /// Whether a field of this type is stored as a JSON list.
    pub fn is_list(&self) -> bool {
        matches!(self, Self::Choices(_) | Self::Words | Self::Links(_) | Self::Rows(_))
    }
}

impl FieldValue for String {
    const TYPE: FieldType = FieldType::Text;
    const LIST: Option<FieldType> = Some(FieldType::Words);
    fn cell(&self) -> Cell<'_> {
        if self.is_empty() { Cell::Empty } else { Cell::Text(self) }
    }
}

impl FieldValue for Markdown {
    const TYPE: FieldType = FieldType::Markdown;
    fn cell(&self) -> Cell<'_> {
        self.0.cell()
    }
}

impl FieldValue for bool {
    const TYPE: FieldType = FieldType::Bool;
    fn cell(&self) -> Cell<'_> {
        Cell::Bool(*self)
    }
}

impl FieldValue for i64 {
    const TYPE: FieldType = FieldType::Integer;
    fn cell(&self) -> Cell<'_> {
        Cell::Integer(*self)
    }
}

impl FieldValue for Decimal {
    const TYPE: FieldType = FieldType::Decimal;
    fn cell(&self) -> Cell<'_> {
        Cell::Decimal(*self)
    }
}

impl FieldValue for Date {
    const TYPE: FieldType = FieldType::Day;
    fn cell(&self) -> Cell<'_> {
        Cell::Day(*self)
    }
}

impl FieldValue for Timestamp {
    const TYPE: FieldType = FieldType::Instant;
    fn cell(&self) -> Cell<'_> {
        Cell::Instant(*self)
    }
}

impl FieldValue for Period {
    const TYPE: FieldType = FieldType::Period;
    fn cell(&self) -> Cell<'_> {
        Cell::Period(*self)
    }
}

impl FieldValue for FileRef {
    const TYPE: FieldType = FieldType::File;
    fn cell(&self) -> Cell<'_> {
        Cell::File(self)
    }
}

impl FieldValue for Rating {
    const TYPE: FieldType = FieldType::Rating;
    fn cell(&self) -> Cell<'_> {
        Cell::Rating(self)
    }
}

impl<T: Target> FieldValue for Ref<T> {
    const TYPE: FieldType = FieldType::Link(T::KINDS);
    const LIST: Option<FieldType> = Some(FieldType::Links(T::KINDS));
    fn cell(&self) -> Cell<'_> {
        Cell::Link(self.link())
    }
}

impl<T: FieldValue> FieldValue for Option<T> {
    const TYPE: FieldType = T::TYPE;
    fn cell(&self) -> Cell<'_> {
        self.as_ref().map_or(Cell::Empty, T::cell)
    }
}

impl<T: FieldValue> FieldValue for Box<T> {
    const TYPE: FieldType = T::TYPE;
    fn cell(&self) -> Cell<'_> {
        T::cell(self)
    }
}

impl<T: FieldValue> FieldValue for Vec<T> {
    const TYPE: FieldType = match T::LIST {
        Some(ty) => ty,
        None => panic!("a list of this type cannot be a field"),
    };
    fn cell(&self) -> Cell<'_> {
        if self.is_empty() { Cell::Empty } else { Cell::Many(self) }
    }
}
