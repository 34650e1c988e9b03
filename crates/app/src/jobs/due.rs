//! When a job is due.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, ToSpan, civil::Time, tz::TimeZone};

/// When a job is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// So long after it was done.
    Every(SignedDuration),
    /// Each day at this time, by the clock of this time zone. A day on which nobody was there to do
    /// it is made up for.
    At(Time, TimeZone),
}

impl From<SignedDuration> for Due {
    fn from(every: SignedDuration) -> Self {
        Self::Every(every)
    }
}

impl Due {
    /// The longest that lies between two times, if nothing goes wrong.
    pub fn apart(&self) -> SignedDuration {
        match self {
            Self::Every(every) => *every,
            // One hour more when clocks go back.
            Self::At(..) => SignedDuration::from_hours(25),
        }
    }

    /// What was done longer ago than this is due.
    pub(super) fn age(&self, now: Timestamp) -> Duration {
        let age = match self {
            Self::Every(every) => *every,
            Self::At(time, zone) => now.duration_since(last(*time, zone, now)),
        };
        Duration::try_from(age).unwrap_or_default()
    }

    /// How long to wait before looking again, when it was done or its turn is `later`.
    pub(super) fn wait(&self, later: Option<Duration>, look: Duration) -> Duration {
        match self {
            Self::Every(every) => later.unwrap_or(Duration::try_from(*every).unwrap_or_default()),
            // What is `later` by a past time of day says nothing about the next one.
            Self::At(..) => look,
        }
    }
}

/// The last time that a clock showed this.
fn last(time: Time, zone: &TimeZone, now: Timestamp) -> Timestamp {
    let today = now.to_zoned(zone.clone()).date();
    let days = [today.saturating_add(1.day()), today, today.saturating_sub(1.day())];
    let moments = days.iter().filter_map(|it| it.to_datetime(time).to_zoned(zone.clone()).ok());
    moments.map(|it| it.timestamp()).find(|it| *it <= now).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn a_time_of_day_is_due_once_it_was_there() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let at = |day: i8, hour: i8, minute: i8| {
            let moment = date(2026, 3, day).at(hour, minute, 0, 0);
            moment.to_zoned(zone.clone()).unwrap().timestamp()
        };
        let due = Due::At(time(2, 30, 0, 0), zone.clone());
        let minutes = |now| due.age(now).as_secs() / 60;
        assert_eq!(minutes(at(10, 2, 30)), 0);
        assert_eq!(minutes(at(10, 2, 29)), 24 * 60 - 1, "still that of yesterday");
        assert_eq!(minutes(at(10, 14, 30)), 12 * 60);
        // On the 29th clocks go from two to three: it is then done as soon as half past three.
        assert_eq!(minutes(at(29, 3, 29)), 23 * 60 + 59);
        assert_eq!(minutes(at(29, 3, 40)), 10);
        assert!(due.apart() > SignedDuration::from_hours(24));
        assert_eq!(Due::from(SignedDuration::from_mins(5)).age(at(1, 0, 0)).as_secs(), 300);
    }
}
