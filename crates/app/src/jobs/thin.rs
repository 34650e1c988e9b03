//! Thinning of checkpoints: every batch of commits is signed, and of those older than a day one an
//! hour is enough. What it takes to verify any entry stays: the tree is stored whole.

use jiff::SignedDuration;
use meta::Id;

use super::Turn;
use crate::{App, Error};

/// Younger checkpoints all stay.
const YOUNG: SignedDuration = SignedDuration::from_hours(24);
/// So much of `2026-11-22T18:30:00.000Z` names the hour.
const HOUR: usize = "2026-11-22T18".len();
/// So many go in one transaction: whoever wants to write meanwhile waits for it.
const BATCH: usize = 1_000;

impl App {
    /// Removes checkpoints older than a day but the last of each hour, and those on both sides of
    /// a change of key. Answers how many went.
    ///
    /// # Errors
    /// When the database fails, or another process took over.
    pub fn thin_checkpoints(&self, turn: &Turn<'_>) -> Result<u64, Error> {
        let young = self.clock.now() - YOUNG;
        let young = young.strftime("%Y-%m-%dT%H:%M:%S").to_string();
        let mut gone = 0;
        for row in self.organizations()? {
            turn.hold()?;
            let sizes = self.superfluous(row.organization, &young)?;
            for some in sizes.chunks(BATCH) {
                let mut writing = self.store.begin(row.organization)?;
                writing.thin(some)?;
                writing.commit()?;
                gone += some.len() as u64;
            }
        }
        Ok(gone)
    }

    fn superfluous(&self, organization: Id, young: &str) -> Result<Vec<u64>, Error> {
        let reading = self.store.snapshot()?;
        let (signed, events) = (reading.signed(organization)?, reading.events(organization)?);
        Ok(superfluous(&signed, &events, young))
    }
}

/// Of signed sizes with their times, smallest first, those that are not needed.
fn superfluous(signed: &[(u64, String)], events: &[u64], young: &str) -> Vec<u64> {
    let mut gone = Vec::new();
    let mut previous = 0;
    for pair in signed.windows(2) {
        let [(size, at), (next, later)] = pair else { continue };
        let is_last_of_hour = at.get(..HOUR) != later.get(..HOUR);
        // The last one signed by a key, and the first one signed by the next, prove both keys.
        let is_beside_event = events.iter().any(|it| (previous + 1..=*next).contains(it));
        previous = *size;
        if at.as_str() < young && !is_last_of_hour && !is_beside_event {
            gone.push(*size);
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_last_of_an_hour_the_young_and_both_sides_of_a_key() {
        let at =
            |minute: u64| format!("2026-11-20T{:02}:{:02}:00.000Z", 8 + minute / 60, minute % 60);
        let signed: Vec<(u64, String)> = (1..=12).map(|it| (it, at(it * 10))).collect();
        // Hours: 1–5 (08), 6–11 (09), 12 (10).
        assert_eq!(superfluous(&signed, &[1], "2026-11-21"), [2, 3, 4, 6, 7, 8, 9, 10]);
        assert_eq!(superfluous(&signed, &[1, 8], "2026-11-21"), [2, 3, 4, 6, 9, 10]);
        assert_eq!(superfluous(&signed, &[1], "2026-11-20T09"), [2, 3, 4]);
        assert_eq!(superfluous(&signed, &[1], "2026-11-20T08"), [] as [u64; 0]);
        assert_eq!(superfluous(&signed[..1], &[1], "2026-11-21"), [] as [u64; 0]);
    }
}
