//! Which entries are shown: by person, kind and day, so many at once.

use app::{Organization, Outline};
use jiff::civil::Date;
use maud::{Markup, html};
use meta::{Id, KindDef};

use super::sees_kind;
use crate::{Ask, Problem};

/// How many entries a page shows.
const SHOWN: usize = 50;

/// How many entries are looked through at once, and for one page at most, where a kind is wanted.
const CHUNK: u64 = 200;
const FURTHEST: u64 = 4_000;

/// Which entries are wanted.
pub(super) struct Wanted {
    person: Option<Id>,
    kind: Option<&'static KindDef>,
    from: Option<Date>,
    until: Option<Date>,
    before: Option<u64>,
}

/// The entries of a page, newest first, and before which entry to look for more.
pub(super) struct Found {
    pub(super) outlines: Vec<Outline>,
    pub(super) next: Option<u64>,
}

impl Wanted {
    /// What the address says.
    ///
    /// # Errors
    /// When it cannot be understood.
    pub(super) fn read(ask: &Ask) -> Result<Self, Problem> {
        let said = |name: &str| ask.query.said(name);
        let day = |name: &str| -> Result<Option<Date>, Problem> {
            let wrong =
                |it: &str| Problem::Wrong(format!("`{it}` is not a day: write it like 2026-03-31"));
            said(name).map(|it| it.parse().map_err(|_| wrong(it))).transpose()
        };
        let kind = said("kind").map(|it| kinds::kind(it).ok_or(Problem::NotFound)).transpose()?;
        let known = kind.is_none_or(|it| sees_kind(ask, it.id));
        let wrong =
            || Problem::Wrong("there is no such person: choose one from the list".to_owned());
        let person = said("person").map(|it| it.parse().map_err(|_| wrong())).transpose()?;
        if !known {
            return Err(Problem::NotFound);
        }
        Ok(Self {
            person,
            kind,
            from: day("from")?,
            until: day("until")?,
            before: said("before").and_then(|it| it.parse().ok()),
        })
    }

    /// The entries of the page.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) fn find(&self, ask: &Ask) -> Result<Found, Problem> {
        let (isms, zone) = (ask.isms(), ask.zone());
        let organization = &ask.place()?.organization;
        let last = self.until.map_or(u64::MAX, |it| isms.position_on(it, &zone));
        let last =
            last.min(isms.position()).min(self.before.map_or(u64::MAX, |it| it.saturating_sub(1)));
        let day_before = self.from.and_then(|it| it.yesterday().ok());
        let first = day_before.map_or(1, |it| isms.position_on(it, &zone) + 1);
        // Who looks at a time only finds nothing before it.
        let is_open = |seq: &u64| ask.sight().reads_entry(*seq);
        let first = (first..=last).find(is_open).unwrap_or(first.max(last + 1));
        let mut found = match (self.kind, self.person) {
            (Some(kind), _) => self.by_kind(organization, kind, first, last),
            (None, Some(person)) => {
                let is_theirs =
                    |seq: &u64| isms.moment(*seq).is_some_and(|it| it.actor == Some(person));
                let mut seqs = (first..=last).rev().filter(is_theirs);
                let page: Vec<u64> = seqs.by_ref().take(SHOWN).collect();
                let more = seqs.next().is_some();
                let mut outlines = Vec::new();
                for seq in &page {
                    outlines.extend(organization.outlines(*seq, *seq)?);
                }
                Ok(Found { outlines, next: page.last().copied().filter(|_| more) })
            }
            (None, None) if first > last => Ok(Found { outlines: Vec::new(), next: None }),
            (None, None) => {
                let from = last.saturating_sub(SHOWN as u64 - 1).max(first);
                let mut outlines = organization.outlines(from, last)?;
                outlines.reverse();
                Ok(Found { outlines, next: (from > first).then_some(from) })
            }
        }?;
        found.outlines.retain(|it| is_open(&it.entry.seq));
        Ok(found)
    }

    fn by_kind(
        &self,
        organization: &Organization,
        kind: &KindDef,
        first: u64,
        last: u64,
    ) -> Result<Found, Problem> {
        let (mut outlines, mut upto) = (Vec::new(), last);
        let furthest = last.saturating_sub(FURTHEST);
        while upto >= first && upto > furthest && outlines.len() < SHOWN {
            let from = upto.saturating_sub(CHUNK - 1).max(first);
            let chunk = organization.outlines(from, upto)?;
            let takes = |it: &Outline| {
                it.tallies.iter().any(|it| it.kind == kind.id)
                    && self.person.is_none_or(|person| it.actor == Some(person))
            };
            for it in chunk.into_iter().rev().filter(takes) {
                outlines.push(it);
                if outlines.len() == SHOWN {
                    break;
                }
            }
            upto = from.saturating_sub(1);
        }
        let full = outlines.len() == SHOWN;
        let reached = if full { outlines.last().map_or(1, |it| it.entry.seq) } else { upto + 1 };
        Ok(Found { outlines, next: (reached > first).then_some(reached) })
    }

    /// Where older entries are.
    pub(super) fn older(&self, ask: &Ask, before: u64) -> String {
        let query = ask.query.with("before", Some(&before.to_string())).query();
        ask.to(&format!("/history?{query}"))
    }

    /// The form to choose by.
    pub(super) fn form(&self, ask: &Ask) -> Markup {
        let sight = ask.sight();
        let people = sight.rows("person").filter(|it| !it.head.withdrawn).take(300);
        let day = |it: Option<Date>| it.map(|it| it.to_string()).unwrap_or_default();
        html! {
            form.filters.narrow method="get" action=(ask.to("/history")) {
                label { "By " select name="person" {
                    option value="" { "anybody" }
                    @for it in people { option value=(it.head.id) selected[self.person == Some(it.head.id)] { (it.title()) } }
                } }
                label { "About " select name="kind" {
                    option value="" { "anything" }
                    @for it in ask.isms().kinds().filter(|it| sees_kind(ask, it.id)) { option value=(it.id) selected[self.kind.is_some_and(|kind| kind.id == it.id)] { (it.plural.to_lowercase()) } }
                } }
                label { "From " input type="date" name="from" value=(day(self.from)); }
                label { "until " input type="date" name="until" value=(day(self.until)); }
                button.btn { "Show" }
                @if !ask.query.query().is_empty() { a href=(ask.to("/history")) { "Show all" } }
            }
        }
    }
}
