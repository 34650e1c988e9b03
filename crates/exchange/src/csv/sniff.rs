//! Which character stands between two cells.

const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
const SAMPLE_BYTES: usize = 1 << 20;
const SAMPLE_RECORDS: usize = 300;

/// The delimiter that a first line `sep=…` names, and the length of that line.
pub(super) fn named_delimiter(text: &str) -> Option<(u8, usize)> {
    let bytes = text.as_bytes();
    let start = bytes.get(..4)?;
    let delimiter = *bytes.get(4)?;
    let usable = delimiter == b'\t' || delimiter == b' ' || delimiter.is_ascii_punctuation();
    if !start.eq_ignore_ascii_case(b"sep=") || !usable || delimiter == b'"' {
        return None;
    }
    match bytes.get(5..)? {
        [] => Some((delimiter, 5)),
        [b'\r', b'\n', ..] => Some((delimiter, 7)),
        [b'\r' | b'\n', ..] => Some((delimiter, 6)),
        _ => None,
    }
}

/// The most likely delimiter: the one that cuts the most lines into the same number of cells.
pub(super) fn delimiter(bytes: &[u8]) -> u8 {
    let records = sample(bytes);
    let mut best = (b',', 0.0);
    for (index, candidate) in CANDIDATES.into_iter().enumerate() {
        let score = score(records.iter().map(|counts| counts[index]));
        if score > best.1 {
            best = (candidate, score);
        }
    }
    best.0
}

/// Whether the bytes of one record end inside a quoted cell.
pub(super) fn ends_quoted(record: &[u8], is_delimiter: impl Fn(u8) -> bool) -> bool {
    let state =
        record.iter().fold(State::Start, |state, &byte| state.after(byte, is_delimiter(byte)));
    state == State::Quoted
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Start,
    Plain,
    Quoted,
    /// After a quote inside quotes, which either closes the cell or stands for itself.
    Quote,
}

impl State {
    fn after(self, byte: u8, is_delimiter: bool) -> Self {
        match (self, byte) {
            (Self::Quoted, b'"') => Self::Quote,
            (Self::Quoted, _) | (Self::Quote | Self::Start, b'"') => Self::Quoted,
            (_, b'\r' | b'\n') => Self::Start,
            _ if is_delimiter => Self::Start,
            _ => Self::Plain,
        }
    }
}

fn sample(bytes: &[u8]) -> Vec<[u32; 4]> {
    let mut records = Vec::new();
    let mut counts = [0; 4];
    let mut state = State::Start;
    let mut blank = true;
    for &byte in &bytes[..bytes.len().min(SAMPLE_BYTES)] {
        let quoted = state == State::Quoted;
        let candidate = CANDIDATES.iter().position(|&candidate| candidate == byte);
        state = state.after(byte, candidate.is_some());
        match candidate {
            _ if quoted => blank = false,
            Some(index) => (counts[index], blank) = (counts[index] + 1, false),
            None if byte != b'\r' && byte != b'\n' => blank = false,
            None if !blank => {
                records.push(counts);
                (counts, blank) = ([0; 4], true);
                if records.len() == SAMPLE_RECORDS {
                    return records;
                }
            }
            None => {}
        }
    }
    if !blank {
        records.push(counts);
    }
    records
}

fn score(counts: impl Iterator<Item = u32> + Clone) -> f64 {
    let all = counts.clone().count();
    let mut filled: Vec<u32> = counts.filter(|&count| count > 0).collect();
    filled.sort_unstable();
    let Some((same, count)) =
        filled.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0])).max_by_key(|run| run.0)
    else {
        return 0.0;
    };
    let share = |part: usize| part as f64 / all as f64;
    (0.6 * share(same) + 0.4 * share(filled.len())) * (1.0 + f64::from(count).ln())
}
