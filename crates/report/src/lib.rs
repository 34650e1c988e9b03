//! The papers: what the records say, as PDF, workbook and CSV.
//!
//! This crate turns a finished projection (for the Statement of Applicability a [`Soa`]) into
//! bytes. It must not know storage or HTTP, reads no file and no clock, and decides nothing: a
//! word on a paper comes from the projection or from a template. The same input gives the same
//! bytes, so a paper can be made again from a ledger position and compared.
//!
//! Start at [`soa_pdf`], then `templates/soa.typ` for how it looks and [`pdf`] for how a
//! template becomes a document. A new paper is a template beside it and a module like [`soa`].

pub mod soa;

mod breaks;
mod error;
mod typeset;
mod words;

pub use crate::error::Error;
pub use crate::soa::{soa_csv, soa_pdf, soa_xlsx};
pub use crate::typeset::pdf;
pub use domain::soa::Soa;
