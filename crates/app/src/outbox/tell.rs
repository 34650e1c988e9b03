//! From what people should be told to letters: one for each thing, or one for a day or a week.

use meta::Id;
use store::outbox::{Letter, Notice as Row};

use super::{Content, Item, MAIL, Outbox, choice};
use crate::{Error, accounts::Pace};
use domain::notices::Occasion;

/// More things than this at once come in one letter.
const SINGLE: usize = 3;

/// A letter names at most so many things; of the others it says how many there are.
const NAMED: usize = 40;

impl Outbox<'_> {
    /// Makes letters of what people are to be told by now.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tell(&self) -> Result<(), Error> {
        let now = self.now();
        for (organization, person) in self.rows().ready(now)? {
            let mut rows = self.rows().untold(organization, person)?;
            rows.retain(|it| it.ready <= now);
            let letters = self.letters_of(organization, person, &rows)?;
            self.rows().tell(&rows, &letters, now)?;
        }
        Ok(())
    }

    fn letters_of(&self, organization: Id, person: Id, rows: &[Row]) -> Result<Vec<Letter>, Error> {
        let accounts = self.app.accounts();
        let account = accounts.who_is(organization, person)?;
        // Whoever has no account any more, or one that is disabled, is told nothing.
        let Some(account) = account.filter(|it| it.is_enabled()) else { return Ok(Vec::new()) };
        let paces = accounts.paces(account.id)?;
        let wants = |row: &&Row| {
            let chosen = Occasion::from_id(&row.occasion).map(choice);
            paces.iter().any(|it| Some(it.0) == chosen && it.1 != Pace::Never)
        };
        let (alone, gathered): (Vec<&Row>, Vec<&Row>) =
            rows.iter().filter(wants).partition(|it| it.alone);
        let mut letters = Vec::new();
        let mut write = |rows: &[&Row], gathered: bool| {
            let items: Vec<Item> = rows.iter().take(NAMED).map(|it| item(it)).collect();
            let more = rows.len() - items.len();
            let content = Content::Notices { items, more, gathered };
            letters.push(self.letter(MAIL, Some(organization), Some(person), &content));
        };
        match alone.len() {
            0..=SINGLE => alone.iter().for_each(|it| write(&[it], false)),
            _ => write(&alone, false),
        }
        if !gathered.is_empty() {
            write(&gathered, true);
        }
        Ok(letters)
    }
}

fn item(row: &Row) -> Item {
    Item {
        occasion: row.occasion.clone(),
        record: row.record,
        mark: row.mark.clone(),
        seq: row.seq,
    }
}
