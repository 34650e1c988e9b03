//! What the program prints: data to standard output, messages to standard error.

mod style;
mod table;

use std::{
    cell::RefCell,
    io::{self, IsTerminal, Write},
};

pub use self::style::{Ink, paint};
pub use self::table::{Column, Fit, Table, paragraphs};

/// The form of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people, as wide as the terminal.
    Table,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// For code scanners (`check` only).
    #[value(hide = true)]
    Sarif,
}

/// What a command prints, gathered until it is done: a refusal prints nothing by half.
pub struct Out {
    /// The form of lists.
    pub format: Format,
    /// The width of the terminal in columns; 80 where there is none.
    pub width: usize,
    /// Whether colors are shown.
    pub color: bool,
    text: Vec<u8>,
    notes: RefCell<Vec<String>>,
}

impl Out {
    /// Output to the terminal or pipe the program was started with.
    pub fn new(format: Format) -> Self {
        let color = io::stdout().is_terminal() && style::is_wanted();
        let (text, notes) = (Vec::new(), RefCell::default());
        Self { format, width: width(), color, text, notes }
    }

    /// Adds a line.
    pub fn line(&mut self, line: impl AsRef<str>) {
        self.text.extend_from_slice(line.as_ref().trim_end().as_bytes());
        self.text.push(b'\n');
    }

    /// Adds an empty line.
    pub fn gap(&mut self) {
        self.text.push(b'\n');
    }

    /// Adds bytes as they are.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.text.extend_from_slice(bytes);
    }

    /// Adds text in a color, where colors are shown.
    pub fn paint(&self, text: &str, ink: Ink) -> String {
        if self.color { paint(text, ink) } else { text.to_owned() }
    }

    /// Adds a list in the form asked for.
    pub fn table(&mut self, table: &Table) {
        match self.format {
            Format::Json => self.json(&table.json()),
            Format::Csv => {
                let csv = table.csv();
                self.bytes(&csv);
            }
            Format::Table | Format::Sarif => {
                let text = table.text(self.width, self.color);
                self.bytes(text.as_bytes());
            }
        }
    }

    /// Adds a JSON value.
    pub fn json(&mut self, value: &serde_json::Value) {
        let text = serde_json::to_string_pretty(value).expect("a JSON value has text keys only");
        self.line(text);
    }

    /// Adds a text that is wrapped to the width, each line after so many blanks.
    pub fn wrapped(&mut self, indent: usize, text: &str) {
        let text = paragraphs(text, self.width.saturating_sub(indent));
        for line in text.lines() {
            self.line(format!("{:indent$}{line}", ""));
        }
    }

    /// Says something about the work on standard error, below what is printed.
    pub fn note(&self, message: impl Into<String>) {
        self.notes.borrow_mut().push(message.into());
    }

    /// Prints what was gathered. A reader that went away is no error.
    pub fn flush(&mut self) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        let printed = stdout.write_all(&self.text).and_then(|()| stdout.flush());
        self.text.clear();
        for note in self.notes.take() {
            // Whoever closed standard error does not want to know.
            writeln!(io::stderr(), "{note}").ok();
        }
        match printed {
            Err(err) if err.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            printed => printed,
        }
    }
}

fn width() -> usize {
    let own = std::env::var("COLUMNS").ok().and_then(|it| it.parse().ok());
    let terminal = || comfy_table::Table::new().width().map(usize::from);
    own.or_else(terminal).unwrap_or(80).clamp(40, 240)
}
