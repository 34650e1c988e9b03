use super::check;
use super::columns::COLUMNS;
use crate::words::say;
use crate::{Error, Soa};

/// The rows of the statement as CSV: UTF-8 with a byte order mark, commas, one line per control.
///
/// Several values in a cell are parted by `; `. A cell that a spreadsheet could run as a formula
/// (and one that begins with an apostrophe) gets an apostrophe in front.
///
/// # Errors
///
/// [`Error::Counts`] if the figures of the cover do not equal the rows (SOA-15).
pub fn soa_csv(soa: &Soa) -> Result<Vec<u8>, Error> {
    check(soa)?;
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(COLUMNS.iter().map(|column| say(column.name)))?;
    for row in &soa.rows {
        writer.write_record(COLUMNS.iter().map(|column| defused((column.text)(soa, row, "; "))))?;
    }
    writer.into_inner().map_err(|fault| csv::Error::from(fault.into_error()).into())
}

fn defused(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) { format!("'{text}") } else { text }
}
