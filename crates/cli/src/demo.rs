//! The demonstration organization: fourteen months of an ISMS, written as scenes and played through
//! the same decisions as everybody's commands.

mod scene;
mod stage;
mod value;

use std::{collections::BTreeMap, sync::Arc};

use anyhow::{Context, Result};
use app::{App, Beginning, Clock, Keys, Organization};
use jiff::{Timestamp, tz::TimeZone};

pub use self::value::working_day;
use self::{scene::Scene, stage::Stage};

/// The time zone of the demonstration organization.
const TIME_ZONE: &str = "Europe/Vienna";

/// A demonstration ISMS that was built.
pub struct Demo {
    /// The organization. Its clock stands still at the last scene: open the database anew to work.
    pub organization: Arc<Organization>,
    /// The name of each record the scenes speak of, by its handle there: `RISK-4`, `SCOPE-1`.
    pub names: BTreeMap<String, String>,
}

/// Builds the demonstration ISMS in a new database, as if its people had worked until the day before
/// `now`. `tell` hears after each scene how many of all have been played.
///
/// # Errors
/// When the database exists or cannot be written.
pub fn build(
    url: &str,
    keys: Keys,
    now: Timestamp,
    tell: &mut dyn FnMut(usize, usize),
) -> Result<Demo> {
    let zone = TimeZone::get(TIME_ZONE).context("the time zone of the demonstration")?;
    let today = now.to_zoned(zone.clone()).date();
    let scenes = scene::all()?;
    let times = stage::times(&scenes, today, &zone);
    let hand = stage::Hand::at(times.first().copied().unwrap_or(now));
    let shown = hand.clone();
    let app = App::create(url, keys, Clock::new(move || shown.tick()))?;
    let (organization, person) = app.begin(&Beginning {
        slug: "orbena".to_owned(),
        name: "Orbena Clinic Software GmbH".to_owned(),
        time_zone: TIME_ZONE.to_owned(),
        origin: None,
        person: "Miriam Adler".to_owned(),
        email: Some("miriam.adler@orbena.example".to_owned()),
    })?;
    let mut stage = Stage::set(organization.clone(), person, today)?;
    let count = scenes.len();
    for (at, (scene, time)) in scenes.into_iter().zip(times).enumerate() {
        let Scene { day, ref by, ref why, .. } = scene;
        let told = format!("the scene of day {day}, in which {by} acts: {why}");
        hand.put(time);
        stage.play(scene).context(told)?;
        tell(at + 1, count);
    }
    let names = stage.names()?;
    Ok(Demo { organization, names })
}

#[cfg(test)]
mod tests;
