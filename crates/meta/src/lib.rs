//! What a kind of record is, as data: fields, stages, links and cells.
//!
//! Must not know any kind, and does no I/O. Kinds are open (add a file to the crate `kinds`),
//! field types are closed (a new one is a new arm in every consumer).
//! Start reading at [`KindDef`] and [`FieldType`], then [`Record`] and [`Cell`].

mod cell;
mod choice;
mod extras;
mod field;
mod kind;
mod link;
mod rating;
mod record;
mod texts;
mod value;

pub use cell::{Cell, Cells, RowCells};
pub use choice::{Choice, ChoiceDef};
pub use extras::{Confirmed, Extras, Imported};
pub use field::{FieldDef, FieldType, FieldValue, Need, RowDef};
pub use kind::{Kind, KindDef, Problem, Rules, Stage, StageDef};
pub use link::{Any, Id, Link, Ref, Target};
pub use meta_derive::{Choice, Kind, Row, Stage};
pub use rating::{Consequence, Rating};
pub use record::{Body, Envelope, Erased, Provenance, Record, parse};
pub use texts::Texts;
pub use value::{Decimal, FileRef, Markdown, Period, Unit, ValueError};
