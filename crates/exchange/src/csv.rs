//! Comma-separated files: any delimiter, any usual encoding, ragged rows kept.
//!
//! What [`write`] makes, [`read`] gives back to the letter; a spreadsheet program that opens it
//! runs nothing.

mod decode;
mod guard;
mod sniff;

use std::borrow::Cow;

use csv_core::ReadRecordResult;

use crate::{Cell, Error, Limits, Row, Sheet, TableSheet, Value};

/// A CSV file that was read, with what was found out about its form.
#[derive(Clone, Debug, PartialEq)]
pub struct Csv {
    /// The rows; the name is empty.
    pub sheet: Sheet,
    /// The character between two cells.
    pub delimiter: char,
    /// The encoding's name: `UTF-8`, `UTF-16LE`, `UTF-16BE` or `windows-1252`.
    pub encoding: &'static str,
}

/// Reads a CSV file; the delimiter is guessed unless given.
///
/// A first line `sep=;` names the delimiter and is not a row. Lines without any character are
/// no rows. An apostrophe that [`write`] put before a dangerous text is taken off again.
///
/// # Errors
/// When the file is not text, a quoted cell is never closed, or a limit is crossed.
pub fn read(bytes: &[u8], limits: &Limits, delimiter: Option<u8>) -> Result<Csv, Error> {
    if bytes.len() > limits.bytes {
        return Err(Error::TooLarge { bytes: bytes.len(), limit: limits.bytes });
    }
    let (text, encoding) = decode::decode(bytes)?;
    let named = sniff::named_delimiter(&text);
    let (start, line) = named.map_or((0, 1), |(_, length)| (length, 2));
    let delimiter = delimiter
        .or(named.map(|(delimiter, _)| delimiter))
        .unwrap_or_else(|| sniff::delimiter(text.as_bytes()));
    let rows = Rows::new(&text.as_bytes()[start..], line, delimiter, limits).read_all()?;
    let sheet = Sheet { rows, ..Sheet::default() };
    Ok(Csv { sheet, delimiter: char::from(delimiter), encoding })
}

/// Writes a table as CSV: UTF-8, commas, lines ended by CR LF (RFC 4180).
///
/// `bom` puts a byte order mark first, which spreadsheet programs need to see UTF-8. Texts that
/// begin with `=`, `+`, `-`, `@`, a tab, a line end or an apostrophe get an apostrophe in front.
pub fn write(table: &TableSheet, bom: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(64 * (table.rows.len() + 1));
    if bom {
        out.extend_from_slice("\u{feff}".as_bytes());
    }
    if !table.header.is_empty() {
        write_row(&mut out, table.header.iter().map(|name| guard::shield(name)));
    }
    for row in &table.rows {
        write_row(
            &mut out,
            row.iter().map(|value| match value {
                Value::Text(text) | Value::Error(text) => guard::shield(text),
                other => other.text(),
            }),
        );
    }
    out
}

fn write_row<'a>(out: &mut Vec<u8>, cells: impl Iterator<Item = Cow<'a, str>>) {
    let begin = out.len();
    for (column, text) in cells.enumerate() {
        if column > 0 {
            out.push(b',');
        }
        // Also the other delimiters: whoever guesses ours must not be misled by a text.
        let quoted = text.contains(['"', '\r', '\n', ',', ';', '\t', '|', '\u{feff}']);
        if quoted {
            out.push(b'"');
            out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        } else {
            out.extend_from_slice(text.as_bytes());
        }
    }
    if out.len() == begin {
        // An empty line would be no row at all.
        out.extend_from_slice(b"\"\"");
    }
    out.extend_from_slice(b"\r\n");
}

struct Rows<'a> {
    input: &'a [u8],
    at: usize,
    line: u32,
    delimiter: u8,
    limits: &'a Limits,
    core: csv_core::Reader,
    output: Vec<u8>,
    ends: Vec<usize>,
    cells: usize,
}

impl<'a> Rows<'a> {
    fn new(input: &'a [u8], line: u32, delimiter: u8, limits: &'a Limits) -> Self {
        let core = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        let ends = vec![0; limits.columns + 1];
        Self { input, at: 0, line, delimiter, limits, core, output: vec![0; 4096], ends, cells: 0 }
    }

    fn read_all(mut self) -> Result<Vec<Row>, Error> {
        let mut rows = Vec::new();
        loop {
            self.skip_blank_lines();
            let begin = self.at;
            let Some(columns) = self.record()? else { return Ok(rows) };
            if rows.len() >= self.limits.rows as usize {
                return Err(Error::TooManyRows { place: self.place(), limit: self.limits.rows });
            }
            self.cells += columns;
            if self.cells > self.limits.cells {
                return Err(Error::TooManyCells { place: self.place(), limit: self.limits.cells });
            }
            let is_delimiter = |byte| byte == self.delimiter;
            if self.at == self.input.len() && sniff::ends_quoted(&self.input[begin..], is_delimiter)
            {
                return Err(Error::UnclosedQuote { line: self.line });
            }
            rows.push(Row { line: self.line, cells: self.take(columns)? });
            self.line += self.line_ends(begin, self.at);
        }
    }

    /// Reads one record into the buffers and says how many cells it has.
    fn record(&mut self) -> Result<Option<usize>, Error> {
        let (mut written, mut ended) = (0, 0);
        loop {
            let (result, read, wrote, ends) = self.core.read_record(
                &self.input[self.at..],
                &mut self.output[written..],
                &mut self.ends[ended..],
            );
            self.at += read;
            written += wrote;
            ended += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => {
                    let begun = ended.checked_sub(1).map_or(0, |last| self.ends[last]);
                    if written - begun > self.limits.cell_bytes {
                        return Err(self.too_long(ended));
                    }
                    self.output.resize(self.output.len() * 2, 0);
                }
                ReadRecordResult::OutputEndsFull => return Err(self.too_wide()),
                ReadRecordResult::Record if ended > self.limits.columns => {
                    return Err(self.too_wide());
                }
                ReadRecordResult::Record => return Ok(Some(ended)),
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    fn take(&self, columns: usize) -> Result<Vec<Cell>, Error> {
        let mut begin = 0;
        let mut cells = Vec::with_capacity(columns);
        for (column, &end) in self.ends[..columns].iter().enumerate() {
            if end - begin > self.limits.cell_bytes {
                return Err(self.too_long(column));
            }
            let text = std::str::from_utf8(&self.output[begin..end])
                .expect("a piece of valid text cut at ASCII characters is valid");
            cells.push(Cell::from(Value::from_text(guard::unshield(text))));
            begin = end;
        }
        Ok(cells)
    }

    fn skip_blank_lines(&mut self) {
        let begin = self.at;
        while matches!(self.input.get(self.at), Some(b'\r' | b'\n')) {
            self.at += 1;
        }
        self.line += self.line_ends(begin, self.at);
    }

    fn line_ends(&self, begin: usize, end: usize) -> u32 {
        let ends = (begin..end).filter(|&at| match self.input[at] {
            b'\n' => true,
            b'\r' => self.input.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        u32::try_from(ends.count()).unwrap_or(u32::MAX)
    }

    fn place(&self) -> String {
        format!("line {}", self.line)
    }

    fn too_wide(&self) -> Error {
        Error::TooManyColumns { place: self.place(), limit: self.limits.columns }
    }

    fn too_long(&self, column: usize) -> Error {
        let place = format!("line {}, column {}", self.line, column + 1);
        Error::CellTooLong {
            place,
            limit: format!("{} bytes", self.limits.cell_bytes),
            remedy: "shorten it, or close a quote before it",
        }
    }
}

#[cfg(test)]
mod tests;
