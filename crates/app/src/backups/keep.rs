//! Which backups stay: the last ones, and one of each of so many days, weeks and months.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::DateTime};

const BEGINS: &str = "muniment-";
const ENDS: &str = ".backup";
const FORM: &str = "%Y-%m-%dT%H%M%SZ";

/// How many backups stay, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// The newest ones, however often they are made. At least one stays.
    pub last: usize,
    /// The newest of each of so many days.
    pub daily: usize,
    /// The newest of each of so many weeks.
    pub weekly: usize,
    /// The newest of each of so many months.
    pub monthly: usize,
}

/// The name of a backup of this moment.
pub(super) fn name(made: Timestamp) -> String {
    format!("{BEGINS}{}{ENDS}", made.strftime(FORM))
}

/// The moment that a name tells; `None` when it is none of ours, which is left alone.
pub(super) fn time(name: &str) -> Option<DateTime> {
    let stamp = name.strip_prefix(BEGINS)?.strip_suffix(ENDS)?;
    DateTime::strptime(FORM, stamp).ok()
}

/// Of these names, those that need not stay.
pub(super) fn superfluous(names: &[String], keep: &Keep) -> Vec<String> {
    let mut newest: Vec<(DateTime, &String)> =
        names.iter().filter_map(|it| Some((time(it)?, it))).collect();
    newest.sort_unstable_by(|a, b| b.cmp(a));
    let mut stay: BTreeSet<&String> = newest.iter().take(keep.last.max(1)).map(|it| it.1).collect();
    let day = |it: DateTime| it.date().to_string();
    let week = |it: DateTime| {
        let week = it.date().iso_week_date();
        format!("{}-{}", week.year(), week.week())
    };
    let month = |it: DateTime| it.strftime("%Y-%m").to_string();
    let periods: [(usize, &dyn Fn(DateTime) -> String); 3] =
        [(keep.daily, &day), (keep.weekly, &week), (keep.monthly, &month)];
    for (count, period) in periods {
        let mut seen = BTreeSet::new();
        for (at, name) in &newest {
            if seen.len() < count && seen.insert(period(*at)) {
                stay.insert(name);
            }
        }
    }
    newest.into_iter().map(|it| it.1).filter(|it| !stay.contains(it)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn names(stamps: &[&str]) -> Vec<String> {
        stamps.iter().map(|it| format!("muniment-{it}Z.backup")).collect()
    }

    #[test]
    fn keeps_one_of_each_period() {
        let all = names(&[
            "2026-11-22T020000",
            "2026-11-21T140000",
            "2026-11-21T020000",
            "2026-11-20T020000",
            "2026-11-13T020000",
            "2026-10-30T020000",
            "2026-09-30T020000",
        ]);
        let gone = |keep: Keep| superfluous(&all, &keep);
        let keep = Keep { last: 1, daily: 2, weekly: 0, monthly: 0 };
        assert_eq!(
            gone(keep),
            names(&[
                "2026-11-21T020000",
                "2026-11-20T020000",
                "2026-11-13T020000",
                "2026-10-30T020000",
                "2026-09-30T020000",
            ])
        );
        let keep = Keep { last: 0, daily: 0, weekly: 0, monthly: 2 };
        assert_eq!(
            gone(keep),
            names(&[
                "2026-11-21T140000",
                "2026-11-21T020000",
                "2026-11-20T020000",
                "2026-11-13T020000",
                "2026-09-30T020000",
            ])
        );
        let keep = Keep { last: 1, daily: 1, weekly: 2, monthly: 0 };
        assert_eq!(
            gone(keep),
            names(&[
                "2026-11-21T140000",
                "2026-11-21T020000",
                "2026-11-20T020000",
                "2026-10-30T020000",
                "2026-09-30T020000",
            ])
        );
        let keep = Keep { last: 0, daily: 0, weekly: 0, monthly: 0 };
        assert_eq!(gone(keep).len(), all.len() - 1, "the newest always stays");
    }

    #[test]
    fn leaves_alone_what_is_not_ours() {
        let made: Timestamp = "2026-11-22T02:00:00Z".parse().unwrap();
        assert_eq!(name(made), "muniment-2026-11-22T020000Z.backup");
        assert_eq!(time(&name(made)), Some(made.to_zoned(TimeZone::UTC).datetime()));
        assert_eq!(time("muniment-2026-11-22T020000Z.backup.part"), None);
        assert_eq!(time("photos.zip"), None);
        let keep = Keep { last: 0, daily: 0, weekly: 0, monthly: 0 };
        assert_eq!(superfluous(&["photos.zip".to_owned()], &keep), [] as [String; 0]);
    }
}
