//! From the text of one cell to the value of one field.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use meta::{ChoiceDef, Decimal, FieldType, Period, Unit};
use serde_json::Value as Json;

use crate::{
    Value,
    parse::{self, DayOrder, DecimalMark, Separator},
    text::{fold, squeeze},
};

/// What a cell says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    /// All of it is this value.
    All(Json),
    /// This value is in it, and more: the text is kept beside it.
    Part(Json),
    /// Nothing the field can hold, and why; the text is kept.
    Nothing(&'static str),
    /// A sign that there is nothing to say, such as `n/a`; the text is kept.
    Blank,
}

/// How the cells of a column are read, from the evidence of all of them.
pub(super) struct Reader {
    ty: FieldType,
    order: DayOrder,
    mark: DecimalMark,
    unit: Option<Unit>,
    choices: HashMap<String, &'static str>,
    /// Whether the header speaks of tiers, so that 1 is the highest.
    tiers: bool,
}

impl Reader {
    /// How to read a column of this type with this header.
    pub(super) fn new<'t>(
        ty: FieldType,
        header: &str,
        texts: impl Iterator<Item = &'t str> + Clone,
    ) -> Self {
        let choices = match ty {
            FieldType::Choice(defs) | FieldType::Choices(defs) => words(defs),
            _ => HashMap::new(),
        };
        let order = match ty {
            FieldType::Day | FieldType::Instant => DayOrder::guess(texts.clone()),
            _ => DayOrder::Unsure,
        };
        let mark = match ty {
            FieldType::Integer | FieldType::Decimal => DecimalMark::guess(texts),
            _ => DecimalMark::Point,
        };
        let tiers = fold(header).split(' ').any(|it| it == "tier");
        Self { ty, order, mark, unit: unit(header), choices, tiers }
    }

    /// Whether the order of day and month was decided by nothing.
    pub(super) fn is_unsure_of(&self, text: &str) -> bool {
        matches!(self.ty, FieldType::Day)
            && self.order == DayOrder::Unsure
            && parse::day(text, DayOrder::DayFirst) != parse::day(text, DayOrder::MonthFirst)
    }

    /// What a cell says; links, ratings and tables are read elsewhere.
    pub(super) fn read(&self, text: &str) -> Said {
        if is_blank_sign(text) && !matches!(self.ty, FieldType::Choice(_) | FieldType::Choices(_)) {
            return Said::Blank;
        }
        match self.ty {
            FieldType::Text => match text.contains(['\n', '\r']) {
                true => Said::All(squeeze(text).into()),
                false => Said::All(text.into()),
            },
            FieldType::Markdown => Said::All(text.into()),
            FieldType::Bool => {
                let whole = parse::boolean(text).map(|it| Said::All(it.into()));
                let part = || parse::boolean(core(text)?).map(|it| Said::Part(it.into()));
                let no = Said::Nothing("it is neither yes nor no, and is kept beside the fields");
                whole.or_else(part).unwrap_or(no)
            }
            FieldType::Integer => self.integer(text),
            FieldType::Decimal => self.decimal(text),
            FieldType::Day => self.day(text),
            FieldType::Instant => self.instant(text),
            FieldType::Period => match self.period(text) {
                Some(period) => Said::All(period.to_string().into()),
                None => Said::Nothing("it is not a length of time, and is kept beside the fields"),
            },
            FieldType::Choice(_) => self.choice(text),
            FieldType::Choices(_) => self.choices(text),
            FieldType::Words => {
                let words: Vec<&str> = parts(text).unwrap_or_else(|| vec![text]);
                Said::All(words.into())
            }
            FieldType::Link(_)
            | FieldType::Links(_)
            | FieldType::File
            | FieldType::Rating
            | FieldType::Rows(_) => {
                Said::Nothing("it cannot be read from a cell, and is kept beside the fields")
            }
        }
    }

    fn integer(&self, text: &str) -> Said {
        match parse::number(text, self.mark) {
            Some(Value::Integer(number)) if number.abs() < 1 << 53 => Said::All(number.into()),
            _ => Said::Nothing("it is not a whole number, and is kept beside the fields"),
        }
    }

    fn decimal(&self, text: &str) -> Said {
        let number = parse::number(text, self.mark).map(|it| it.text().into_owned());
        match number.and_then(|it| it.parse::<Decimal>().ok()) {
            Some(number) => Said::All(number.to_string().into()),
            None => Said::Nothing("it is not a number, and is kept beside the fields"),
        }
    }

    fn day(&self, text: &str) -> Said {
        if let Some(day) = parse::day(text, self.order) {
            return Said::All(day.to_string().into());
        }
        match parse::instant(text, self.order) {
            Some(at) => Said::Part(at.date().to_string().into()),
            None => Said::Nothing("it is not a day, and is kept beside the fields"),
        }
    }

    fn instant(&self, text: &str) -> Said {
        if let Ok(at) = text.parse::<jiff::Timestamp>() {
            return Said::All(at.to_string().into());
        }
        let at = parse::instant(text, self.order)
            .or_else(|| Some(parse::day(text, self.order)?.to_datetime(jiff::civil::Time::MIN)));
        match at.and_then(|it| it.to_zoned(TimeZone::UTC).ok()) {
            Some(at) => Said::Part(at.timestamp().to_string().into()),
            None => Said::Nothing("it is not a moment, and is kept beside the fields"),
        }
    }

    fn period(&self, text: &str) -> Option<Period> {
        if let Ok(count) = text.parse::<u32>() {
            return self.unit.filter(|_| count > 0).map(|it| Period::new(count, it));
        }
        if let Ok(period) = text.parse::<Period>() {
            return Some(period);
        }
        let folded = fold(text);
        let words = ["every ", "alle ", "tous les ", "toutes les "];
        let bare = words.iter().find_map(|it| folded.strip_prefix(it)).unwrap_or(&folded);
        Some(match bare {
            "taglich" | "quotidien" | "journalier" => Period::new(1, Unit::Day),
            "wochentlich" | "hebdomadaire" => Period::new(1, Unit::Week),
            "monatlich" | "mensuel" | "mensuelle" => Period::new(1, Unit::Month),
            "vierteljahrlich" | "quartalsweise" | "trimestriel" | "trimestrielle" => {
                Period::new(3, Unit::Month)
            }
            "halbjahrlich" | "semestriel" | "semestrielle" | "semi annual" | "biannual"
            | "half yearly" | "semi annually" | "twice a year" => Period::new(6, Unit::Month),
            "jahrlich" | "annuel" | "annuelle" | "per year" | "once a year" | "einmal jahrlich" => {
                Period::new(1, Unit::Year)
            }
            _ => {
                let (count, word) = bare.split_once(' ')?;
                Period::new(count.parse().ok().filter(|it| *it > 0)?, named_unit(word)?)
            }
        })
    }

    fn choice(&self, text: &str) -> Said {
        if let Some(id) = self.tier(text) {
            return Said::Part(id.into());
        }
        if let Some(id) = self.choices.get(&fold(text)) {
            return Said::All((*id).into());
        }
        if is_blank_sign(text) {
            return Said::Blank;
        }
        match self.option_in(text) {
            Some(id) => Said::Part(id.into()),
            None => Said::Nothing("it is not one of the options, and is kept beside the fields"),
        }
    }

    /// The option in a text that says more: of `1 - High`, the word counts and not the number.
    fn option_in(&self, text: &str) -> Option<&'static str> {
        let word = parse::scale(text).and_then(|it| it.label);
        let parts = [word, core(text)].into_iter().flatten();
        parts.into_iter().find_map(|it| self.choices.get(&fold(it)).copied())
    }

    /// The option of a tier: tier 1 is the most critical one.
    fn tier(&self, text: &str) -> Option<&'static str> {
        let folded = fold(text);
        let named = folded.strip_prefix("tier").map(str::trim);
        let short = || folded.strip_prefix('t').filter(|_| self.tiers);
        let number = named.or_else(short).or(Some(&*folded).filter(|_| self.tiers))?.trim();
        let below = number.parse::<usize>().ok()?.checked_sub(1)?;
        match self.ty {
            FieldType::Choice(defs) if is_degree(defs) => {
                defs.len().checked_sub(below + 1).map(|at| defs[at].id)
            }
            _ => None,
        }
    }

    fn choices(&self, text: &str) -> Said {
        if let Some(id) = self.choices.get(&fold(text)) {
            return Said::All(vec![*id].into());
        }
        if is_blank_sign(text) {
            return Said::Blank;
        }
        let mut best: Vec<&str> = Vec::new();
        for split in parse::list(text) {
            let known = split.parts.iter().filter_map(|it| self.choices.get(&fold(it)).copied());
            let known: Vec<&str> = known.collect();
            if known.len() == split.parts.len() {
                return Said::All(known.into());
            }
            if known.len() > best.len() {
                best = known;
            }
        }
        let letters = text.chars().filter(|it| it.is_alphanumeric());
        let initials: Option<Vec<&str>> =
            letters.map(|it| self.choices.get(&it.to_lowercase().to_string()).copied()).collect();
        if let Some(initials) = initials.filter(|it| it.len() > 1) {
            return Said::All(initials.into());
        }
        if best.is_empty() {
            best.extend(self.option_in(text));
        }
        match best.is_empty() {
            true => Said::Nothing("it is not one of the options, and is kept beside the fields"),
            false => Said::Part(best.into()),
        }
    }
}

/// Several values of a cell where a sign parts them that hardly stands inside of one.
pub(super) fn parts(text: &str) -> Option<Vec<&str>> {
    let split = parse::list(text).into_iter().find(|it| {
        matches!(
            it.separator,
            Separator::Line
                | Separator::Semicolon
                | Separator::Bar
                | Separator::Comma
                | Separator::Plus
        )
    });
    split.map(|it| it.parts)
}

/// Whether a text says that there is nothing to say.
pub(super) fn is_blank_sign(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    bare.is_empty()
        || ["n/a", "na", "n.a", "none", "tbd", "keine", "keiner", "entfällt", "aucun", "s.o", "?"]
            .contains(&bare.to_lowercase().as_str())
}

/// Whether a text is what a formula that failed leaves in its cell, in English, German or French.
pub(super) fn is_failed(text: &str) -> bool {
    const CODES: [&str; 19] = [
        "#REF!",
        "#N/A",
        "#DIV/0!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#VALUE!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#GETTING_DATA",
        "#BEZUG!",
        "#NV",
        "#WERT!",
        "#ZAHL!",
        "#VALEUR!",
        "#NOM?",
        "#NOMBRE!",
        "#NUL!",
    ];
    text.starts_with('#') && CODES.contains(&text.trim())
}

/// Whether a text is a mark in a column that stands for an option: an x or a tick, or a no; `None`
/// when it says more.
pub(super) fn marked(text: &str) -> Option<bool> {
    match text.trim() {
        "☒" | "•" | "●" | "■" | "✕" | "✖" | "×" | "+" => Some(true),
        "-" | "–" | "—" | "○" | "□" => Some(false),
        text => parse::boolean(text),
    }
}

/// The part of a text before a bracket, dash or comma: `No` in `No (contract only)`.
fn core(text: &str) -> Option<&str> {
    let ends = [" (", " – ", " — ", " - ", ", ", ": ", " ["];
    let end = ends.iter().filter_map(|it| text.find(it)).min()?;
    Some(text[..end].trim()).filter(|it| !it.is_empty())
}

/// The beginning of a text, for a sentence.
pub(super) fn short(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    squeeze(&short)
}

/// Whether options go from little to much.
fn is_degree(defs: &[ChoiceDef]) -> bool {
    defs.first().is_some_and(|it| it.id == "low")
        && defs.last().is_some_and(|it| it.id.contains("high"))
}

fn words(defs: &'static [ChoiceDef]) -> HashMap<String, &'static str> {
    let mut words = HashMap::new();
    // What an option is called counts before what another is also called.
    for def in defs {
        words.insert(fold(def.label), def.id);
        words.insert(fold(def.id), def.id);
    }
    for def in defs {
        for also in def.also {
            words.entry(fold(also)).or_insert(def.id);
        }
    }
    words.remove("");
    words
}

/// The unit of time a header names: `Refresh Interval (months)`.
fn unit(header: &str) -> Option<Unit> {
    fold(header).split(' ').find_map(named_unit)
}

fn named_unit(word: &str) -> Option<Unit> {
    Some(match word {
        "minute" | "minutes" | "min" | "minuten" => Unit::Minute,
        "hour" | "hours" | "h" | "stunde" | "stunden" | "heure" | "heures" => Unit::Hour,
        "day" | "days" | "tag" | "tage" | "tagen" | "jour" | "jours" => Unit::Day,
        "week" | "weeks" | "woche" | "wochen" | "semaine" | "semaines" => Unit::Week,
        "month" | "months" | "monat" | "monate" | "monaten" | "mois" => Unit::Month,
        "year" | "years" | "jahr" | "jahre" | "jahren" | "an" | "ans" | "annees" => Unit::Year,
        _ => return None,
    })
}
