//! How much a foreign file may make us do.

/// The most that a reader takes from one file before it refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub bytes: usize,
    /// Rows of one sheet, also the highest row number.
    pub rows: u32,
    /// Columns of one sheet.
    pub columns: usize,
    /// Cells of the whole file, gaps before a filled cell counted.
    pub cells: usize,
    /// Bytes of one cell's text.
    pub cell_bytes: usize,
    /// Bytes of all parts of an XLSX file once inflated; also of all cell texts together.
    pub inflated: usize,
    /// How many times larger than packed a part above 8 MiB may be.
    pub ratio: usize,
    /// Parts inside an XLSX file.
    pub parts: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            rows: 1_048_576,
            columns: 1_024,
            cells: 8_000_000,
            cell_bytes: 1 << 20,
            inflated: 256 << 20,
            ratio: 200,
            parts: 10_000,
        }
    }
}
