//! From commits, and from days that begin, to what people should be told.

use std::sync::{Arc, PoisonError};

use domain::{
    Isms, View,
    access::{Access, Sight},
    notices, parameters,
};
use jiff::{ToSpan, tz::TimeZone};
use meta::Id;
use store::{
    Ledger,
    outbox::{Followed, Letter, Notice as Row},
};

use super::{Content, HOOK, Outbox, pace::begins};
use crate::{Error, Organization, accounts::Account, apply, load};

/// So many commits are looked at in one transaction.
const WINDOW: u64 = 200;

/// A day, in milliseconds.
const DAY: i64 = 86_400_000;

/// Somebody who may be told something.
struct Member {
    person: Id,
    account: Account,
}

/// What was found in a window of commits.
#[derive(Default)]
struct Found {
    notices: Vec<Row>,
    letters: Vec<Letter>,
}

impl Outbox<'_> {
    /// Looks at what was committed since the last time, and at what is due where a day has begun.
    /// Without `mail` nobody is told anything, and what happens meanwhile is not told later.
    ///
    /// # Errors
    /// The first that an organization gives; the others are looked at in spite of it.
    pub fn follow(&self, mail: bool) -> Result<(), Error> {
        let mut first = Ok(());
        // Only those with news: most organizations have none most of the time.
        for row in self.rows().news(self.now())? {
            let done = self.follow_one(&row, mail);
            if first.is_ok() {
                first = done;
            }
        }
        first
    }

    fn follow_one(&self, row: &Ledger, mail: bool) -> Result<(), Error> {
        let (id, now) = (row.organization, self.now());
        let Some(mut known) = self.rows().followed(id)? else {
            // What happened before anybody was to be told is not news.
            let begun = Followed { seq: row.seq, due: now };
            self.rows().follow(id, None, begun, &[], &[])?;
            return Ok(());
        };
        while known.seq != row.seq || known.due <= now {
            let members = if mail { self.members(id)? } else { Vec::new() };
            let hooks = self.app.store.hooks().active(id)?;
            let upto = match members.is_empty() && hooks.is_empty() {
                true => row.seq,
                false => row.seq.min(known.seq.saturating_add(WINDOW)),
            };
            let mut found = Found::default();
            for hook in &hooks {
                for seq in known.seq + 1..=upto {
                    let content = Content::Commit { seq };
                    found.letters.push(self.letter(HOOK, Some(id), Some(hook.id), &content));
                }
            }
            let mut due = known.due;
            if members.is_empty() {
                // Nobody to tell: not worth loading it for.
                due = if due <= now { now.saturating_add(DAY) } else { due };
            } else {
                let organization = self.app.organization(Some(&row.slug))?;
                if known.seq < upto {
                    found.notices = self.told_of(&organization, &members, known.seq, upto)?;
                }
                if due <= now {
                    due = self.next_day(&organization, &members, &mut found)?;
                }
            }
            let after = Followed { seq: upto, due };
            if !self.rows().follow(id, Some(known), after, &found.notices, &found.letters)? {
                return Ok(());
            }
            known = after;
        }
        Ok(())
    }

    /// What the commits after a position give reason to tell.
    fn told_of(
        &self,
        organization: &Organization,
        members: &[Member],
        seq: u64,
        upto: u64,
    ) -> Result<Vec<Row>, Error> {
        let id = organization.id();
        let people: Vec<Id> = members.iter().map(|it| it.person).collect();
        let reading = self.app.store.snapshot()?;
        let mut isms = match self.seen(id, None).filter(|it| it.position() == seq) {
            Some(isms) => isms,
            None => load::isms(&reading, id, Some(seq))?,
        };
        let mut rows = Vec::new();
        reading.commits(id, seq + 1, upto, |entry, revisions| -> Result<(), Error> {
            let before = isms.clone();
            apply::commit(&mut isms, &entry, &revisions)?;
            let moment = apply::moment(&entry.at, &entry.actor)?;
            let touched: Vec<Id> = revisions.iter().map(|it| it.record).collect();
            let zone = parameters::time_zone(&isms);
            let commit = notices::Commit {
                before: &before,
                after: &isms,
                touched: &touched,
                actor: moment.actor,
                day: moment.at.to_zoned(zone.clone()).date(),
            };
            for notice in notices::of_commit(&commit, &people) {
                rows.extend(self.row(id, members, notice, entry.seq, &zone)?);
            }
            Ok(())
        })?;
        self.seen(id, Some(isms));
        Ok(rows)
    }

    /// What is due on the day that has begun; answers when the next one does.
    fn next_day(
        &self,
        organization: &Organization,
        members: &[Member],
        found: &mut Found,
    ) -> Result<i64, Error> {
        let isms = organization.current()?;
        let (zone, day) = (parameters::time_zone(&isms), organization.today(&isms));
        for member in members {
            let access = Access::of(&isms, member.person, day);
            for notice in notices::of_day(Sight::new(View::new(&isms, day), &access)) {
                let seq = isms.position();
                found.notices.extend(self.row(organization.id(), members, notice, seq, &zone)?);
            }
        }
        Ok(begins(day.saturating_add(1.day()), 0, &zone).as_millisecond())
    }

    fn row(
        &self,
        organization: Id,
        members: &[Member],
        notice: notices::Notice,
        seq: u64,
        zone: &TimeZone,
    ) -> Result<Option<Row>, Error> {
        let Some(member) = members.iter().find(|it| it.person == notice.person) else {
            return Ok(None);
        };
        let Some((ready, alone)) = self.schedule(&member.account, notice.occasion, zone)? else {
            return Ok(None);
        };
        Ok(Some(Row {
            organization,
            person: notice.person,
            occasion: notice.occasion.id().to_owned(),
            record: notice.record,
            mark: notice.mark,
            seq,
            alone,
            made: self.now(),
            ready: ready.as_millisecond(),
            told: None,
        }))
    }

    fn members(&self, organization: Id) -> Result<Vec<Member>, Error> {
        let members = self.app.accounts().members(organization)?.into_iter();
        let enabled = members.filter(|it| it.0.is_enabled());
        Ok(enabled.map(|it| Member { person: it.1.person, account: it.0 }).collect())
    }

    /// The records as they were when this process looked last; taken, or kept for the next time.
    fn seen(&self, organization: Id, keep: Option<Isms>) -> Option<Isms> {
        let mut seen = self.app.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match keep {
            Some(isms) => seen.insert(organization, Arc::new(isms)),
            None => seen.remove(&organization),
        }
        .map(|it| (*it).clone())
    }
}
