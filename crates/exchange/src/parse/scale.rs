//! Levels of a scale, written as a number, a word or both.

use crate::text::fold;

/// What a cell says about a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale<'a> {
    /// The level's number.
    pub number: Option<u32>,
    /// The highest number of the scale, where the cell says it: 5 in `4/5`.
    pub of: Option<u32>,
    /// The level's word as written.
    pub label: Option<&'a str>,
    /// Where that word usually stands.
    pub band: Option<Band>,
}

/// Where a word stands among the five usual steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Such as *negligible*, *rare*, *sehr gering*, *très faible*.
    VeryLow,
    /// Such as *low*, *minor*, *unlikely*, *niedrig*, *faible*.
    Low,
    /// Such as *medium*, *possible*, *mittel*, *moyen*.
    Medium,
    /// Such as *high*, *major*, *likely*, *hoch*, *élevé*.
    High,
    /// Such as *critical*, *almost certain*, *sehr hoch*, *très élevé*.
    VeryHigh,
}

/// The level a cell names: `4`, `4/5`, `4 of 5`, `4 - likely`, `Likely (4)`, `high`, `hoch`.
///
/// A word alone is a level only when it is a usual one; words of an organization's own scale are
/// for the caller to know. `1-5` is a [`range`] and no level.
pub fn scale(text: &str) -> Option<Scale<'_>> {
    let text = text.trim();
    if text.is_empty() || text.len() > 80 {
        return None;
    }
    if let Some((number, of)) = level(text) {
        return Some(Scale { number: Some(number), of, label: None, band: None });
    }
    if let Some(scale) = leading(text).or_else(|| trailing(text)) {
        return Some(scale);
    }
    let band = band(text)?;
    Some(Scale { number: None, of: None, label: Some(text), band: Some(band) })
}

/// The lowest and highest level in a text such as `Likelihood (1-5)`, `1–5` or `1 to 5`.
pub fn range(text: &str) -> Option<(u32, u32)> {
    let mut numbers: Vec<(u32, usize, usize)> = Vec::new();
    let mut begin = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (begin, c.is_ascii_digit()) {
            (None, true) => begin = Some(at),
            (Some(start), false) => {
                numbers.push((small(&text[start..at])?, start, at));
                begin = None;
            }
            _ => {}
        }
    }
    let [(low, _, end), (high, start, _)] = numbers[..] else { return None };
    let between = text[end..start].trim();
    let joined = matches!(between, "-" | "–" | "—" | ".." | "…" | "to" | "bis" | "à");
    (joined && low < high && low <= 1 && high <= 10).then_some((low, high))
}

/// `4`, `4.0`, `4/5` or `4 of 5`.
fn level(text: &str) -> Option<(u32, Option<u32>)> {
    if let Some(number) = small(text.strip_suffix(".0").unwrap_or(text)) {
        return Some((number, None));
    }
    for between in ["/", " out of ", " of ", " von ", " sur "] {
        if let Some((number, of)) = text.split_once(between) {
            let (number, of) = (small(number.trim())?, small(of.trim())?);
            return (number <= of).then_some((number, Some(of)));
        }
    }
    None
}

/// `4 - likely`, `4: likely`, `4 (likely)`, `4 likely`.
fn leading(text: &str) -> Option<Scale<'_>> {
    // `G4 - critique`: a letter before the number says which scale it is of.
    let lettered = text.strip_prefix(|c: char| c.is_ascii_alphabetic());
    let text = lettered.filter(|it| it.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(text);
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let number = small(&text[..digits])?;
    let rest = &text[digits..];
    let bare = rest.trim_start_matches([' ', '-', '–', '—', ':', '=', '.', '(', '[', '\u{a0}']);
    let label = bare.trim_end_matches([' ', ')', ']']);
    // `3rd party` and `24h` begin with a number too.
    let parted = bare.len() < rest.len();
    let word = label.chars().next().is_some_and(char::is_alphabetic);
    let spaced =
        rest.starts_with(' ') && !rest.trim_start().starts_with(|c: char| !c.is_alphabetic());
    let band = band(label);
    (parted && word && (band.is_some() || !spaced)).then_some(Scale {
        number: Some(number),
        of: None,
        label: Some(label),
        band,
    })
}

/// `Likely (4)`, `Likely - 4`, `Likely: 4/5`.
fn trailing(text: &str) -> Option<Scale<'_>> {
    let body = text.trim_end_matches([')', ']', ' ']);
    let start = body
        .rfind(|c: char| !c.is_ascii_digit() && c != '/')
        .map(|at| at + body[at..].chars().next().map_or(1, char::len_utf8))?;
    let (number, of) = level(&body[start..])?;
    let head = &body[..start];
    let label = head.trim_end_matches([' ', '-', '–', '—', ':', '=', '(', '[', '\u{a0}']);
    let word = !label.is_empty()
        && label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '/' | '\''));
    let band = band(label);
    let bracketed = head.trim_end().ends_with(['(', '[']);
    (word && label.len() < head.len() && (bracketed || band.is_some())).then_some(Scale {
        number: Some(number),
        of,
        label: Some(label),
        band,
    })
}

fn small(text: &str) -> Option<u32> {
    let digits = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

fn band(text: &str) -> Option<Band> {
    Some(match fold(text).as_str() {
        "very low"
        | "vl"
        | "lowest"
        | "negligible"
        | "insignificant"
        | "minimal"
        | "trivial"
        | "rare"
        | "remote"
        | "very unlikely"
        | "highly unlikely"
        | "sehr gering"
        | "sehr niedrig"
        | "vernachlassigbar"
        | "unbedeutend"
        | "selten"
        | "sehr selten"
        | "sehr unwahrscheinlich"
        | "tres faible"
        | "tres bas"
        | "negligeable"
        | "insignifiant"
        | "minime"
        | "tres rare"
        | "tres improbable"
        | "tres peu probable" => Band::VeryLow,
        "low" | "l" | "minor" | "unlikely" | "small" | "limited" | "gering" | "niedrig"
        | "klein" | "unwahrscheinlich" | "begrenzt" | "geringfugig" | "faible" | "bas"
        | "basse" | "mineur" | "mineure" | "limite" | "limitee" | "improbable" | "peu probable" => {
            Band::Low
        }
        "medium" | "m" | "moderate" | "med" | "middle" | "average" | "possible" | "occasional"
        | "mittel" | "moderat" | "massig" | "moglich" | "gelegentlich" | "moyen" | "moyenne"
        | "modere" | "moderee" | "occasionnel" => Band::Medium,
        "high" | "h" | "major" | "likely" | "probable" | "serious" | "hoch" | "gross"
        | "wahrscheinlich" | "betrachtlich" | "erheblich" | "haufig" | "eleve" | "elevee"
        | "haut" | "haute" | "fort" | "forte" | "majeur" | "majeure" | "important"
        | "importante" => Band::High,
        "very high"
        | "vh"
        | "highest"
        | "critical"
        | "severe"
        | "extreme"
        | "catastrophic"
        | "almost certain"
        | "certain"
        | "very likely"
        | "highly likely"
        | "sehr hoch"
        | "kritisch"
        | "extrem"
        | "katastrophal"
        | "existenzbedrohend"
        | "existenzgefahrdend"
        | "sehr wahrscheinlich"
        | "fast sicher"
        | "nahezu sicher"
        | "sehr haufig"
        | "tres eleve"
        | "tres elevee"
        | "tres haut"
        | "critique"
        | "catastrophique"
        | "presque certain"
        | "quasi certain"
        | "tres probable" => Band::VeryHigh,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
