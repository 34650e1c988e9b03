//! What the person said about the sheets: the form, read.

use exchange::import::{Alike, Conflict, OfSheet, OnConflict, Options, Source};
use meta::KindDef;

use crate::Ask;

/// What the person said.
pub(super) struct Said {
    /// For the plan.
    pub(super) options: Options,
    /// The names that shall become one, as [`name_of`] writes them.
    unite: Vec<String>,
    /// Why it could not be followed.
    pub(super) trouble: Option<String>,
}

/// Nothing is taken from the sheet.
pub(super) const LEFT_OUT: &str = "-";

/// The kinds that rows may become, in the order of menus.
pub(super) fn kinds() -> impl Iterator<Item = &'static KindDef> {
    let acts = ["approval", "ledger_event", "membership", "comment"];
    kinds::KINDS.iter().copied().filter(move |it| !acts.contains(&it.id))
}

/// The field of the form that says what the rows of a sheet are.
pub(super) fn kind_field(at: usize) -> String {
    format!("kind.{at}")
}

/// The field of the form that says which line has the headers.
pub(super) fn header_field(at: usize) -> String {
    format!("header.{at}")
}

/// The field of the form that keeps what they were taken for when the columns were shown.
pub(super) fn was_field(at: usize) -> String {
    format!("was.{at}")
}

/// The field of the form that says what a column means.
pub(super) fn map_field(at: usize, header: &str) -> String {
    format!("map.{at}.{header}")
}

/// What the button says that takes the sheet's for every cell that changed on both sides.
pub(super) const TAKE_ALL: &str = "take_all";

/// What the button says that leaves all of them as they are here.
pub(super) const TAKE_NONE: &str = "take_none";

/// Between the parts of what a box of the form stands for.
const PART: char = '\u{1f}';

/// Two names that are one, as the form says them.
pub(super) fn name_of(alike: &Alike) -> String {
    format!("{}{PART}{}{PART}{}", alike.kind, alike.kept, alike.dropped)
}

/// A cell that changed on both sides, as the form says that the sheet's is taken.
pub(super) fn cell_of(conflict: &Conflict) -> String {
    format!("{}{PART}{}", conflict.record, conflict.field)
}

/// What the person said that the rows of a sheet are: the id of a kind or [`LEFT_OUT`]. Who came
/// from the list of a kind and brought a single sheet said so by that.
pub(super) fn told(ask: &Ask, at: usize, sheets: usize) -> Option<&str> {
    let field = kind_field(at);
    match ask.form.has(&field) {
        true => ask.form.said(&field),
        false => ask.form.said("kind").filter(|_| sheets == 1),
    }
}

impl Said {
    /// Reads the form.
    pub(super) fn of(ask: &Ask, sources: &[Source<'_>]) -> Self {
        let form = &ask.form;
        let places = sources.iter().enumerate().flat_map(|(source, it)| {
            (0..it.workbook.sheets.len()).map(move |sheet| (source, sheet))
        });
        let sheets = sources.iter().map(|it| it.workbook.sheets.len()).sum();
        let each = places.enumerate().filter_map(|(at, (source, sheet))| {
            let told = told(ask, at, sheets);
            let kind = told.and_then(kinds::kind);
            // What columns mean was said about the kind that was shown: another kind begins anew.
            let was = form.said(&was_field(at));
            let same = told.is_none() || told == was;
            let start = map_field(at, "");
            let map: Vec<(String, String)> = form
                .pairs()
                .filter_map(|(name, field)| Some((name.strip_prefix(&start)?, field.trim())))
                .filter(|it| same && !it.1.is_empty())
                .map(|(header, field)| (header.to_owned(), field.to_owned()))
                .collect();
            // A sheet that was understood by itself stays what it was once columns were corrected.
            let kind = kind.or_else(|| was.filter(|_| !map.is_empty()).and_then(kinds::kind));
            let left_out = told == Some(LEFT_OUT);
            let header = form.said(&header_field(at)).and_then(|it| it.parse().ok());
            let says = left_out || kind.is_some() || header.is_some() || !map.is_empty();
            says.then_some(OfSheet { source, sheet, left_out, header, kind, map })
        });
        let on_conflict = match form.said("do") {
            Some(TAKE_ALL) => OnConflict::TakeSheet,
            _ => OnConflict::Keep,
        };
        let take = form.all("take").filter(|_| form.said("do") != Some(TAKE_NONE));
        let take = take.filter_map(|it| {
            let (record, field) = it.split_once(PART)?;
            Some((record.parse().ok()?, field.to_owned()))
        });
        Self {
            options: Options {
                each: each.collect(),
                on_conflict,
                take: take.collect(),
                again: form.has("again"),
                relink: form.has("relink"),
                ..Options::default()
            },
            unite: form.all("unite").map(str::to_owned).collect(),
            trouble: None,
        }
    }

    /// Whether the sheet's is taken for a cell that changed on both sides.
    pub(super) fn takes(&self, it: &Conflict) -> bool {
        self.options.takes_sheet(it.record, &it.field)
    }

    /// The names that shall become one, among those that look alike.
    pub(super) fn united<'a>(&self, alike: &'a [Alike]) -> impl Iterator<Item = &'a Alike> {
        alike.iter().filter(|it| self.unites(it))
    }

    /// Whether these two names shall become one.
    pub(super) fn unites(&self, alike: &Alike) -> bool {
        self.unite.contains(&name_of(alike))
    }
}
