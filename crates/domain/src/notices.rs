//! What somebody should be told: found by comparing the records before and after a commit, and by
//! looking at what is due on a day.

use std::collections::BTreeSet;

use jiff::{ToSpan, civil::Date};
use kinds::{
    Holder, Kind,
    approval::{Approval, Purpose},
    comment::Comment,
    document::Document,
    event_report::EventReport,
    evidence::Evidence,
    risk::Risk,
};
use meta::{Id, Provenance, Record};

use crate::{
    Isms, View,
    access::{Access, Act, On, Sight},
    duties::{self, What},
    holder,
};

/// So many days before something is due its owner is told.
pub const AHEAD: i32 = 7;

/// Something that somebody should be told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    /// Whom.
    pub person: Id,
    /// What happened.
    pub occasion: Occasion,
    /// To which record.
    pub record: Id,
    /// Tells it from another of its sort about the same record: a version, or a day.
    pub mark: String,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    /// Somebody asks them: the record is the approval that asks, the proof that is wanted,
    /// or the risk that is to be decided about.
    Asked,
    /// Somebody answers what they asked: the record is the approval. Or takes back what they decided:
    /// the record is what they decided about.
    Answered,
    /// A record became theirs.
    Given,
    /// A comment mentions or answers them: the record is the comment.
    Mentioned,
    /// A document that they read has a new edition.
    Edition,
    /// An event that they handle was reported.
    Event,
    /// Something of theirs is due soon.
    Soon,
    /// Something of theirs should have been done by now.
    Late,
}

impl Occasion {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Asked,
        Self::Answered,
        Self::Given,
        Self::Mentioned,
        Self::Edition,
        Self::Event,
        Self::Soon,
        Self::Late,
    ];

    /// Its name where it is stored.
    pub fn id(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Answered => "answered",
            Self::Given => "given",
            Self::Mentioned => "mentioned",
            Self::Edition => "edition",
            Self::Event => "event",
            Self::Soon => "soon",
            Self::Late => "late",
        }
    }

    /// The occasion of this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }
}

/// Fields that name whoever is to do something about a record.
const GIVING: [&str; 5] = ["owner", "head", "lead", "handler", "others"];

/// A commit, as who is told of it looks at it.
pub struct Commit<'a> {
    /// The records before it.
    pub before: &'a Isms,
    /// The records after it.
    pub after: &'a Isms,
    /// The records that it touched.
    pub touched: &'a [Id],
    /// Who made it: they need not be told.
    pub actor: Option<Id>,
    /// The day it was made.
    pub day: Date,
}

/// What a commit gives reason to tell these persons, each thing once.
pub fn of_commit(commit: &Commit<'_>, members: &[Id]) -> Vec<Notice> {
    let mut found = BTreeSet::new();
    for id in commit.touched {
        let Some(now) = commit.after.get(*id).filter(|it| !it.is_erased()) else { continue };
        let was = commit.before.get(*id);
        let mark = now.head.version.to_string();
        let mut tell = |person: Id, occasion: Occasion, record: Id| {
            if Some(person) != commit.actor && members.contains(&person) {
                found.insert(Notice { person, occasion, record, mark: mark.clone() });
            }
        };
        if let Some(approval) = was.and_then(|it| taken_back(it, now)) {
            let about = approval.subject.map_or(now.head.id, |it| it.id());
            approval.by.into_iter().for_each(|by| tell(by.id(), Occasion::Answered, about));
        }
        if now.head.withdrawn || now.head.provenance == Provenance::Seed {
            continue;
        }
        match now.def().id {
            Approval::ID => approval(commit, members, was, now, &mut tell),
            Comment::ID => comment(commit.after, was, now, &mut tell),
            Evidence::ID => evidence(commit, was, now, &mut tell),
            Risk::ID => decisions(commit, members, was, now, &mut tell),
            EventReport::ID if was.is_none() => event(commit, members, now, &mut tell),
            _ => {}
        }
        if now.is_live() {
            let before = was.map(|it| giving(commit, it)).unwrap_or_default();
            for person in giving(commit, now).difference(&before) {
                tell(*person, Occasion::Given, now.head.id);
            }
        }
    }
    found.into_iter().collect()
}

/// What is due soon or late for the person whose sight this is, on its day.
pub fn of_day(sight: Sight<'_>) -> Vec<Notice> {
    let today = sight.view.day;
    let soon = today.saturating_add(AHEAD.days());
    let person = sight.access().person();
    let mut found: Vec<Notice> = duties::of(sight)
        .into_iter()
        .filter(|it| !matches!(it.what, What::Mention | What::Seed))
        .filter_map(|it| {
            let day = it.day.filter(|day| *day <= soon)?;
            let occasion = if day < today { Occasion::Late } else { Occasion::Soon };
            let record = it.record.head.id;
            Some(Notice { person, occasion, record, mark: day.to_string() })
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

type Tell<'t> = dyn FnMut(Id, Occasion, Id) + 't;

fn approval(
    commit: &Commit<'_>,
    members: &[Id],
    was: Option<&Record>,
    now: &Record,
    tell: &mut Tell<'_>,
) {
    let Some(approval) = now.typed::<Approval>() else { return };
    let stage_before = was.map(|it| it.stage().id);
    match now.stage().id {
        "asked" => {
            let asked_before = was.and_then(|it| it.typed::<Approval>()?.asked_of);
            for person in newly(commit, asked_before, approval.asked_of) {
                tell(person, Occasion::Asked, now.head.id);
            }
        }
        "given" | "refused" if stage_before == Some("asked") => {
            if let Some(by) = approval.asked_by {
                tell(by.id(), Occasion::Answered, now.head.id);
            }
        }
        _ => {}
    }
    let published = now.stage().id == "given" && stage_before != Some("given");
    let subject = approval.subject.filter(|_| approval.purpose == Some(Purpose::Publish));
    if let Some(record) = subject.filter(|_| published).and_then(|it| commit.after.get(it.id()))
        && let Some(document) = record.typed::<Document>()
        && !document.acknowledged_by.is_empty()
    {
        for person in members {
            let access = Access::of(commit.after, *person, commit.day);
            if access.is_among(&document.acknowledged_by) {
                tell(*person, Occasion::Edition, record.head.id);
            }
        }
    }
}

/// The decision that stood before a commit and does not after it.
fn taken_back<'a>(was: &'a Record, now: &Record) -> Option<&'a Approval> {
    let stands = |it: &Record| it.is_live() && it.stage().id == "given";
    was.typed::<Approval>().filter(|_| stands(was) && !stands(now))
}

fn comment(isms: &Isms, was: Option<&Record>, now: &Record, tell: &mut Tell<'_>) {
    let Some(comment) = now.typed::<Comment>() else { return };
    let known: Vec<Id> = was
        .and_then(|it| it.typed::<Comment>())
        .map(|it| it.mentions.iter().map(|it| it.id()).collect())
        .unwrap_or_default();
    for person in comment.mentions.iter().map(|it| it.id()).filter(|it| !known.contains(it)) {
        tell(person, Occasion::Mentioned, now.head.id);
    }
    let answered = comment.answers.filter(|_| was.is_none()).and_then(|it| isms.get(it.id()));
    let author = answered.and_then(|it| isms.moment(it.head.created)?.actor);
    if let Some(author) = author {
        tell(author, Occasion::Mentioned, now.head.id);
    }
}

fn evidence(commit: &Commit<'_>, was: Option<&Record>, now: &Record, tell: &mut Tell<'_>) {
    let Some(evidence) = now.typed::<Evidence>() else { return };
    let wanted = |it: &&Record| matches!(it.stage().id, "wanted" | "returned");
    if wanted(&now) {
        let same = was.filter(|it| it.stage().id == now.stage().id);
        let before = same.and_then(|it| it.typed::<Evidence>()?.asked_of);
        for person in newly(commit, before, evidence.asked_of) {
            tell(person, Occasion::Asked, now.head.id);
        }
    }
}

/// Whoever owns a risk is asked when there is something new to decide about it (6.1.3 f).
fn decisions(
    commit: &Commit<'_>,
    members: &[Id],
    was: Option<&Record>,
    now: &Record,
    tell: &mut Tell<'_>,
) {
    let to_decide = |isms: &Isms, record: &Record, person: Id| {
        let access = Access::of(isms, person, commit.day);
        duties::to_decide(Sight::new(View::new(isms, commit.day), &access), record)
    };
    let owner = now.typed::<Risk>().and_then(|it| it.owner);
    for person in newly(commit, None, owner).into_iter().filter(|it| members.contains(it)) {
        let new = to_decide(commit.after, now, person);
        if new.is_empty() {
            continue;
        }
        let old = was.map(|it| to_decide(commit.before, it, person)).unwrap_or_default();
        if new.iter().any(|it| !old.contains(it)) {
            tell(person, Occasion::Asked, now.head.id);
        }
    }
}

fn event(commit: &Commit<'_>, members: &[Id], now: &Record, tell: &mut Tell<'_>) {
    let view = View::new(commit.after, commit.day);
    for person in members {
        let access = Access::of(commit.after, *person, commit.day);
        if access.may(view, Act::Judge, On::Record(now)) {
            tell(*person, Occasion::Event, now.head.id);
        }
    }
}

/// The persons behind a holder who were not behind the one before.
fn newly(commit: &Commit<'_>, before: Option<Holder>, now: Option<Holder>) -> Vec<Id> {
    let people = |isms: &Isms, holder: Option<Holder>| {
        holder.map(|it| holder::people(View::new(isms, commit.day), &it)).unwrap_or_default()
    };
    let known = people(commit.before, before);
    let mut new = people(commit.after, now);
    new.retain(|it| !known.contains(it));
    new
}

/// The persons to whom a record is given, by themselves or by the roles they hold. Roles are looked
/// up after the commit for both sides: who takes a role on is not told of all that hangs on it.
fn giving(commit: &Commit<'_>, record: &Record) -> BTreeSet<Id> {
    let mut people = BTreeSet::new();
    let fields = record.def().fields;
    let view = View::new(commit.after, commit.day);
    record.links(&mut |field, link| {
        if fields.get(field).is_some_and(|it| GIVING.contains(&it.name)) {
            people.extend(holder::people(view, &Holder::from(link.id)));
        }
    });
    people
}

#[cfg(test)]
mod tests;
