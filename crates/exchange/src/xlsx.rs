//! XLSX workbooks: read without evaluating anything, written to the same bytes every time.

mod merge;
mod notes;
mod package;
mod read;
mod write;

pub use read::read;
pub use write::write;

#[cfg(test)]
mod tests;
