//! Several values in one cell.

/// What parts the values of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// A line end; signs of a bulleted list are taken off.
    Line,
    /// `;`
    Semicolon,
    /// `|`
    Bar,
    /// `,`
    Comma,
    /// ` + `
    Plus,
    /// ` & `
    Ampersand,
    /// The word *and*, *und* or *et*.
    And,
    /// `/`
    Slash,
    /// A blank between references, such as `A 5.17 A 8.5`.
    Blank,
}

/// One way to part a cell into values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split<'a> {
    /// What parts them.
    pub separator: Separator,
    /// The values, trimmed, none empty; two at least.
    pub parts: Vec<&'a str>,
}

/// All ways to part a cell into two or more values, the likeliest first; none when the cell is
/// one value. What stands in brackets is never parted.
///
/// Whoever knows the possible values should try the whole cell first: `File, print and mail
/// server` may be one name.
pub fn list(text: &str) -> Vec<Split<'_>> {
    const ORDER: [Separator; 8] = [
        Separator::Line,
        Separator::Semicolon,
        Separator::Bar,
        Separator::Comma,
        Separator::Plus,
        Separator::Ampersand,
        Separator::And,
        Separator::Slash,
    ];
    let mut splits = Vec::new();
    for separator in ORDER {
        let parts = split(text, separator);
        if parts.len() > 1 {
            splits.push(Split { separator, parts });
        }
    }
    let parts = references(text);
    let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    if parts.len() > 1 && parts.iter().map(|part| solid(part)).sum::<usize>() == solid(text) {
        splits.push(Split { separator: Separator::Blank, parts });
    }
    splits
}

/// The references in a text, in its order: `AST-001`, `CAPA-2026-003`, `A.5.17`, `A 8.5`, `6.1.3`.
pub fn references(text: &str) -> Vec<&str> {
    let is_edge = |c: char| c.is_whitespace() || ",;|+()[]&".contains(c);
    let mut words = Vec::new();
    let mut begin = None;
    for (at, c) in text.char_indices() {
        match (begin, is_edge(c)) {
            (None, false) => begin = Some(at),
            (Some(start), true) => {
                words.push((start, at));
                begin = None;
            }
            _ => {}
        }
    }
    words.extend(begin.map(|start| (start, text.len())));
    let mut found = Vec::new();
    let mut index = 0;
    while let Some(&(start, end)) = words.get(index) {
        index += 1;
        let word = text[start..end].trim_end_matches(['.', ':']);
        if word.eq_ignore_ascii_case("a")
            && let Some(&(next, end)) = words.get(index)
            && &text[start + 1..next] == " "
            && is_clause(text[next..end].trim_end_matches(['.', ':']))
        {
            let end = next + text[next..end].trim_end_matches(['.', ':']).len();
            found.push(&text[start..end]);
            index += 1;
        } else if is_reference(word) {
            found.push(word);
        }
    }
    found
}

/// Whether a text is one reference: letters and a number (`R-001`, `RISK-7`, `CAPA-2026-003`) or
/// the number of a control or clause (`A.5.17`, `A 5.17`, `6.1.3`).
pub fn is_reference(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix(['A', 'a']) {
        let rest = rest.strip_prefix(['.', ' ']).unwrap_or(rest);
        if is_clause(rest) {
            return true;
        }
    }
    if is_clause(text) {
        return true;
    }
    let mut parts = text.split('-');
    let letters = parts.next().unwrap_or_default();
    let mut numbers = 0;
    let named = (1..=8).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase());
    named
        && parts.all(|part| {
            let digits = part.bytes().all(|b| b.is_ascii_digit());
            numbers += usize::from(digits);
            !part.is_empty() && part.len() <= 8 && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
        && numbers > 0
        && text.ends_with(|c: char| c.is_ascii_digit())
}

fn is_clause(text: &str) -> bool {
    let mut parts = text.split('.');
    let short =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    (2..=4).contains(&text.split('.').count()) && parts.all(short)
}

fn split(text: &str, separator: Separator) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut begin, mut skip) = (0_u32, 0, 0);
    for (at, c) in text.char_indices() {
        if at < skip {
            continue;
        }
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 && separator != Separator::Line {
            continue;
        }
        if let Some(length) = separator.length_at(&text[at..]) {
            parts.push(&text[begin..at]);
            begin = at + length;
            skip = begin;
        }
    }
    parts.push(&text[begin..]);
    let bullet =
        |part: &str| separator == Separator::Line && part.starts_with(['-', '•', '*', '–']);
    parts
        .into_iter()
        .map(str::trim)
        .map(|part| match part.chars().next() {
            Some(c) if bullet(part) && part[c.len_utf8()..].starts_with(' ') => {
                part[c.len_utf8()..].trim()
            }
            _ => part,
        })
        .filter(|part| !part.is_empty())
        .collect()
}

impl Separator {
    /// Length of the separator that the text begins with.
    fn length_at(self, text: &str) -> Option<usize> {
        let first = |signs: &[&str]| {
            signs.iter().find(|sign| text.starts_with(**sign)).map(|sign| sign.len())
        };
        match self {
            Self::Line => first(&["\r\n", "\n", "\r"]),
            Self::Semicolon => first(&[";"]),
            Self::Bar => first(&["|"]),
            // A comma between digits is part of a number.
            Self::Comma => {
                let after = text.as_bytes().get(1);
                first(&[","]).filter(|_| !after.is_some_and(u8::is_ascii_digit))
            }
            Self::Plus => first(&[" + "]),
            Self::Ampersand => first(&[" & "]),
            Self::And => first(&[" and ", " und ", " et ", " AND ", " UND ", " ET "]),
            Self::Slash => first(&["/"]),
            Self::Blank => None,
        }
    }
}

#[cfg(test)]
mod tests;
