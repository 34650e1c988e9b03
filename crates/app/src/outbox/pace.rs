//! When people are told what there is to tell, as each has chosen.

use domain::{notices::Occasion, parameters};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use meta::Id;

use super::{Outbox, choice};
use crate::{
    Error,
    accounts::{Account, Pace},
};

impl Outbox<'_> {
    /// Has what waits to be told to an account come when it wants that by now. What it wants to be
    /// told never is left out when its time comes.
    ///
    /// # Errors
    /// When the database fails.
    pub fn reschedule(&self, account: Id) -> Result<(), Error> {
        let Some(account) = self.app.accounts().by_id(account)? else { return Ok(()) };
        for belonging in self.app.accounts().belongings(account.id)? {
            let mut rows = self.rows().untold(belonging.organization, belonging.person)?;
            if rows.is_empty() {
                continue;
            }
            let known = self.app.organizations()?.into_iter();
            let mut known = known.filter(|it| it.organization == belonging.organization);
            let Some(row) = known.next() else { continue };
            let isms = self.app.organization(Some(&row.slug))?.current()?;
            let zone = parameters::time_zone(&isms);
            for it in &mut rows {
                let Some(occasion) = Occasion::from_id(&it.occasion) else { continue };
                if let Some((ready, alone)) = self.schedule(&account, occasion, &zone)? {
                    (it.ready, it.alone) = (ready.as_millisecond(), alone);
                }
            }
            self.rows().reschedule(&rows)?;
        }
        Ok(())
    }

    /// When somebody is told, and whether of this alone; `None` for never.
    pub(super) fn schedule(
        &self,
        account: &Account,
        occasion: Occasion,
        zone: &TimeZone,
    ) -> Result<Option<(Timestamp, bool)>, Error> {
        let accounts = self.app.accounts();
        let pace = accounts.pace(account.id, choice(occasion))?;
        let hour = accounts.hour(account.id)?;
        let now = self.app.clock.now();
        let today = now.to_zoned(zone.clone()).date();
        Ok(match pace {
            Pace::Never => None,
            // What a day brings is told in the morning, and not right after midnight.
            Pace::AtOnce if matches!(occasion, Occasion::Soon | Occasion::Late) => {
                Some((begins(today, hour, zone).max(now), true))
            }
            Pace::AtOnce => Some((now, true)),
            Pace::Daily => Some((next(today, hour, zone, now, |_| true), false)),
            Pace::Weekly => {
                let monday = |it: Date| it.weekday() == Weekday::Monday;
                Some((next(today, hour, zone, now, monday), false))
            }
        })
    }
}

/// The next such hour of a day that fits.
fn next(
    today: Date,
    hour: i8,
    zone: &TimeZone,
    now: Timestamp,
    fits: impl Fn(Date) -> bool,
) -> Timestamp {
    let days = (0..=8).map(|it: i32| today.saturating_add(it.days()));
    let mut times = days.filter(|it| fits(*it)).map(|it| begins(it, hour, zone));
    times.find(|it| *it > now).unwrap_or(now)
}

/// An hour of a day in a time zone.
pub(super) fn begins(day: Date, hour: i8, zone: &TimeZone) -> Timestamp {
    let moment = day.at(hour.clamp(0, 23), 0, 0, 0).to_zoned(zone.clone());
    moment.map_or(Timestamp::MAX, |it| it.timestamp())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn letters_that_are_gathered_go_at_the_hour_that_was_chosen() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let at = |day: Date, hour: i8| begins(day, hour, &zone);
        let sunday = date(2026, 11, 22);
        let now = at(sunday, 9);
        assert_eq!(next(sunday, 10, &zone, now, |_| true), at(sunday, 10), "still to come");
        assert_eq!(next(sunday, 8, &zone, now, |_| true), at(date(2026, 11, 23), 8), "tomorrow");
        let monday = |it: Date| it.weekday() == Weekday::Monday;
        assert_eq!(next(sunday, 8, &zone, now, monday), at(date(2026, 11, 23), 8));
        let late = at(date(2026, 11, 23), 8);
        assert_eq!(next(date(2026, 11, 23), 8, &zone, late, monday), at(date(2026, 11, 30), 8));
    }
}
