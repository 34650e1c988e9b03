//! What a list can show, filter and sort by.

use meta::{Body, FieldDef, FieldType, KindDef, Record};

use crate::{
    View, columns, parameters,
    resolve::fold,
    text::{self, Links},
};

/// What a list can show, filter and sort by.
#[derive(Debug, Clone, Copy)]
pub enum Column {
    /// The number.
    Number,
    /// A field, and its place in the kind.
    Field(usize, &'static FieldDef),
    /// What is computed from other records.
    Computed(&'static columns::Column),
    /// The stage.
    Stage,
    /// Free labels.
    Tags,
    /// What another system calls it.
    External,
    /// Where the content comes from.
    Provenance,
    /// The version.
    Version,
    /// The day it was made.
    Created,
    /// The day it last changed.
    Changed,
    /// Whether it is for the person who asks.
    Mine,
}

/// The columns that every kind has.
const SHARED: [Column; 9] = [
    Column::Number,
    Column::Stage,
    Column::Tags,
    Column::External,
    Column::Provenance,
    Column::Version,
    Column::Created,
    Column::Changed,
    Column::Mine,
];

impl Column {
    /// The column that a text means: by name, else by label.
    ///
    /// # Errors
    /// A sentence that lists the columns there are.
    pub fn find(kind: &'static KindDef, text: &str) -> Result<Self, String> {
        let text = text.trim();
        let folded = fold(text);
        let columns: Vec<Self> = Self::all(kind).collect();
        let is_named = |it: &&Self| it.name() == text;
        let is_called = |it: &&Self| fold(it.name()) == folded || fold(it.label()) == folded;
        let also = || (folded == "tag").then_some(&Self::Tags);
        let found = columns.iter().find(is_named).or_else(|| columns.iter().find(is_called));
        found.or_else(also).copied().ok_or_else(|| {
            let known: Vec<&str> = columns.iter().map(|it| it.name()).collect();
            let a_kind = text::a(&kind.label.to_lowercase());
            format!("{a_kind} has no field `{text}`: it has {}", text::quoted(&known))
        })
    }

    /// All columns of a kind: its fields, what is computed, what every kind has.
    pub fn all(kind: &'static KindDef) -> impl Iterator<Item = Self> {
        let fields = kind.fields.iter().enumerate().map(|(at, it)| Self::Field(at, it));
        let computed = columns::columns(kind.id).iter().map(Self::Computed);
        // An approval has a version of its own: the one that was seen.
        let shared = SHARED.into_iter().filter(|it| kind.field(it.name()).is_none());
        fields.chain(computed).chain(shared)
    }

    /// The columns that a kind proposes. A rating says little in a list; the level computed from it
    /// says what it means.
    pub fn proposed(kind: &'static KindDef) -> Vec<Self> {
        let shown = |(at, field): (usize, &'static FieldDef)| match field.ty {
            FieldType::Rating => {
                let level = columns::column(kind.id, &format!("level_{}", field.name));
                level.map_or(Self::Field(at, field), Self::Computed)
            }
            _ => Self::Field(at, field),
        };
        let fields = kind.fields.iter().enumerate().filter(|it| it.1.list).map(shown);
        [Self::Number].into_iter().chain(fields).chain([Self::Stage]).collect()
    }

    /// The columns that a kind offers as filters.
    pub fn filters(kind: &'static KindDef) -> impl Iterator<Item = Self> {
        let is_offered = |it: &Self| match it {
            Self::Field(_, field) => field.filter,
            Self::Computed(column) => column.rank.is_some(),
            Self::Stage | Self::Tags | Self::Provenance | Self::Mine => true,
            Self::Number | Self::External | Self::Version | Self::Created | Self::Changed => false,
        };
        Self::all(kind).filter(is_offered)
    }

    /// Its name, as in queries and exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Field(_, field) => field.name,
            Self::Computed(column) => column.name,
            Self::Stage => "stage",
            Self::Tags => "tags",
            Self::External => "external_id",
            Self::Provenance => "provenance",
            Self::Version => "version",
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Mine => "mine",
        }
    }

    /// Its heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::Number => "Number",
            Self::Field(_, field) => field.label,
            Self::Computed(column) => column.label,
            Self::Stage => "Stage",
            Self::Tags => "Tags",
            Self::External => "External id",
            Self::Provenance => "From",
            Self::Version => "Version",
            Self::Created => "Created",
            Self::Changed => "Changed",
            Self::Mine => "Mine",
        }
    }

    /// What it shows.
    pub fn help(self) -> &'static str {
        match self {
            Self::Number => "What the record is called by.",
            Self::Field(_, field) => field.help,
            Self::Computed(column) => column.help,
            Self::Stage => "Where it is in its life.",
            Self::Tags => "Labels that somebody gave it.",
            Self::External => "What the system that it came from calls it.",
            Self::Provenance => "Whether a person, an import, a program or a seed wrote it.",
            Self::Version => "How often it was written.",
            Self::Created => "The day it was recorded.",
            Self::Changed => "The day it was last changed.",
            Self::Mine => "Whether you or a role you hold answer for it.",
        }
    }

    /// Its text for a record; *mine* has none.
    pub fn text(self, view: View<'_>, record: &Record, links: Links) -> String {
        match self {
            Self::Number => record.name(),
            Self::Field(at, _) => text::of(view.isms, Body::cell(&record.body, at), links),
            Self::Computed(column) => (column.text)(view, record),
            Self::Stage if record.head.withdrawn => "withdrawn".to_owned(),
            Self::Stage if links == Links::Titles => record.stage().label.to_owned(),
            Self::Stage => record.stage().id.to_owned(),
            Self::Tags => {
                record.head.extras.as_ref().map_or_else(String::new, |it| it.tags.join("; "))
            }
            Self::External => external_id(record).unwrap_or_default().to_owned(),
            Self::Provenance => record.head.provenance.id().to_owned(),
            Self::Version => record.head.version.to_string(),
            Self::Created => day(view, record.head.created),
            Self::Changed => day(view, record.head.changed),
            Self::Mine => String::new(),
        }
    }
}

impl PartialEq for Column {
    fn eq(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other) && self.name() == other.name()
    }
}

/// What another system calls a record.
pub(super) fn external_id(record: &Record) -> Option<&str> {
    record.head.extras.as_ref()?.external_id.as_deref()
}

/// The day of a commit in the organization's time zone.
fn day(view: View<'_>, position: u64) -> String {
    let zone = parameters::time_zone(view.isms);
    let moment = view.isms.moment(position);
    moment.map_or_else(String::new, |it| it.at.to_zoned(zone).date().to_string())
}
