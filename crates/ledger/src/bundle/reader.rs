//! Reading a bundle, whoever wrote it.

use std::io::{BufRead, Read as _};

use crate::Error;
use crate::bundle::form::LineForm;
use crate::bundle::{FORM, Header, Item, MAX_LINE, Progress};

/// Reads a bundle item by item; never holds more than one line.
#[derive(Debug)]
pub struct Reader<R> {
    input: R,
    header: Header,
    progress: Progress,
    line: u64,
    buffer: Vec<u8>,
    ended: bool,
    /// Nothing may follow the end.
    alone: bool,
}

impl<R: BufRead> Reader<R> {
    /// Reads the header of a bundle that is the whole input.
    pub fn new(input: R) -> Result<Self, Error> {
        let mut reader = Self::part(input)?;
        reader.alone = true;
        Ok(reader)
    }

    /// Reads the header of a bundle that others may follow, as in a backup of several organizations.
    pub fn part(input: R) -> Result<Self, Error> {
        let header = Header { v: FORM, organization: uuid::Uuid::nil() };
        let mut reader = Self {
            input,
            header,
            progress: Progress::default(),
            line: 0,
            buffer: Vec::new(),
            ended: false,
            alone: false,
        };
        match reader.next_line()? {
            Some(LineForm::MunimentBundle(header)) if header.v == FORM => reader.header = header,
            Some(LineForm::MunimentBundle(header)) => {
                return Err(reader.wrong(format!(
                    "version {} of the form: expected version {FORM}; take a newer muniment",
                    header.v
                )));
            }
            _ => return Err(reader.wrong("not a bundle: expected a header".to_owned())),
        }
        Ok(reader)
    }

    /// The header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The line read last, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The next item, or `None` after an end whose counts fit.
    pub fn next_item(&mut self) -> Result<Option<Item>, Error> {
        if self.ended {
            return Ok(None);
        }
        let line = match self.next_line()? {
            None => return Err(self.wrong("the bundle was cut off: expected its end".to_owned())),
            Some(line) => line,
        };
        if let LineForm::End(counts) = line {
            let found = self.progress.end().map_err(|reason| self.wrong(reason.to_owned()))?;
            if counts != found {
                return Err(self.wrong(format!("the end counts {counts:?}, found {found:?}")));
            }
            if self.alone && self.next_line()?.is_some() {
                return Err(self.wrong("something after the end".to_owned()));
            }
            self.ended = true;
            return Ok(None);
        }
        let item = line.into_item().map_err(|reason| self.wrong(reason))?;
        self.progress.step(&item).map_err(|reason| self.wrong(reason.to_owned()))?;
        Ok(Some(item))
    }

    fn next_line(&mut self) -> Result<Option<LineForm>, Error> {
        self.buffer.clear();
        self.line += 1;
        let mut limited = (&mut self.input).take(MAX_LINE + 1);
        if limited.read_until(b'\n', &mut self.buffer)? == 0 {
            return Ok(None);
        }
        if self.buffer.len() as u64 > MAX_LINE {
            return Err(self.wrong("longer than 64 MiB".to_owned()));
        }
        if self.buffer.last() != Some(&b'\n') {
            return Err(self.wrong("the bundle was cut off within this line".to_owned()));
        }
        match serde_json::from_slice(&self.buffer) {
            Ok(line) => Ok(Some(line)),
            Err(error) => Err(self.wrong(format!("not a line of a bundle: {error}"))),
        }
    }

    fn wrong(&self, reason: String) -> Error {
        Error::Bundle { line: self.line, reason }
    }
}
