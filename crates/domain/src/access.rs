//! Who may do what to which record.
//!
//! A membership gives a person an access profile for a time. [`Access::may`] is the one function
//! that answers; the table behind it is `grants`. [`Sight`] is the records as a person sees them,
//! [`permit`] holds a command against the table.

mod grants;
mod permit;
mod profiles;
mod relation;
mod sight;

use jiff::civil::Date;
use kinds::{approval::Purpose, risk::Risk};
use meta::{Id, KindDef, Record};

use self::{
    grants::Breadth,
    relation::{Relation, edition_for},
};
pub use self::{
    permit::{is_judgment, permit, permit_located},
    profiles::{Looked, Profiles, has_administrator, with_profile},
    sight::Sight,
};
use crate::{View, risk};

/// What somebody may or may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Know that it is there, and read it.
    See,
    /// Read what it was before, and who changed it.
    SeeHistory,
    /// Read what is made of the registers alone: the risk matrix, the Statement of Applicability.
    SeeRegisters,
    /// Read what is made of all records: verdicts, the history of everything, counts.
    SeeEverything,
    /// Read how the program is set up: who has access, tokens, storage.
    SeeSettings,
    /// Make a new one.
    Create,
    /// Change what it says.
    Edit,
    /// Take it to another stage.
    Move,
    /// Say what it is worth: accept evidence, tell whether an event was an incident.
    Judge,
    /// Hide it from lists, or bring it back.
    Withdraw,
    /// Make two records one.
    Merge,
    /// Put back what it was before.
    Undo,
    /// Erase its content for good.
    Erase,
    /// Say something about it.
    Comment,
    /// Assent to it, or refuse.
    Approve(Purpose),
    /// Bring records in from files.
    Import,
    /// Take records out as files.
    Export,
    /// Decide who may do what, and how the program is set up.
    ManageAccess,
}

impl Act {
    /// Whether it changes nothing.
    pub fn is_reading(self) -> bool {
        matches!(
            self,
            Self::See
                | Self::SeeHistory
                | Self::SeeRegisters
                | Self::SeeEverything
                | Self::SeeSettings
                | Self::Export
        )
    }
}

/// What an act is done to.
#[derive(Clone, Copy)]
pub enum On<'a> {
    /// The organization's records as a whole, its papers among them.
    Everything,
    /// Some record of a kind, or a new one: whether there is any at all that allows it. Beyond
    /// this, single records are seen by whoever is asked to assent to them.
    Kind(&'static KindDef),
    /// This record.
    Record(&'a Record),
}

/// What one person may do, by their memberships of today, the roles they hold and what is asked of
/// them. Cheap to keep for as long as position and day are the same.
#[derive(Debug, Clone)]
pub struct Access {
    person: Id,
    profiles: Profiles,
    /// The times that an external auditor looks at.
    looked: Vec<Looked>,
    /// The person and the roles they hold: whom a holder may name to mean them.
    stands: Vec<Id>,
    /// Groups, roles and unit they belong to, folded: to whom documents are handed out.
    groups: Vec<String>,
    /// Whether a role of theirs handles incidents.
    handles_events: bool,
    /// What they are asked to assent to, sorted.
    asked: Vec<(Id, Purpose)>,
    /// What they are asked to say about papers.
    asked_of_papers: Vec<Purpose>,
}

impl Access {
    /// Whether the person may do this, on records as of the view's day.
    ///
    /// A record that may not be seen allows nothing. Whether an assent has the authority it needs
    /// beyond this is for `decide` to say.
    pub fn may(&self, view: View<'_>, act: Act, on: On<'_>) -> bool {
        let profiles = self.profiles_on(view.day);
        match on {
            On::Everything => {
                profiles.iter().any(|it| grants::on_everything(it, act))
                    || matches!(act, Act::Approve(it) if self.asked_of_papers.contains(&it)
                        && self.breadth(view.day) >= Breadth::Registers && it != Purpose::Publish)
            }
            On::Kind(def) => profiles.iter().any(|it| grants::on_kind(it, act, def)),
            On::Record(record) => {
                if !self.sees(view, record) {
                    return false;
                }
                let relation = self.relation(view, record, act);
                let gone = record.head.withdrawn || record.is_erased();
                let fits = !gone || grants::fits_what_is_gone(act);
                fits && profiles.iter().any(|it| grants::on_record(it, act, record.def(), relation))
            }
        }
    }

    /// Whether the person may know that this record is there.
    pub fn sees(&self, view: View<'_>, record: &Record) -> bool {
        let breadth = self.breadth(view.day);
        breadth == Breadth::Everything || self.sees_among(view, breadth, record, 8)
    }

    /// What the person reads where this record stands: the record, for a reader of documents its
    /// edition in force, or nothing.
    pub fn reads<'a>(&self, view: View<'a>, record: &'a Record) -> Option<&'a Record> {
        if !self.sees(view, record) {
            return None;
        }
        let asked = self.asked_for(record.head.id).any(|it| it != Purpose::Acknowledge);
        match self.reads_editions(view, record.def()) && !asked {
            true => edition_for(self, view, record),
            false => Some(record),
        }
    }

    /// Whether the person reads editions of this kind where working copies stand.
    fn reads_editions(&self, view: View<'_>, kind: &KindDef) -> bool {
        kind.id == "document" && self.breadth(view.day) == Breadth::Own
    }

    /// The person.
    pub fn person(&self) -> Id {
        self.person
    }

    /// The person and the roles they hold today: whom a holder may name to mean them.
    pub fn stands(&self) -> &[Id] {
        &self.stands
    }

    /// Whether a list of groups, roles and units names the person.
    pub fn is_among(&self, groups: &[String]) -> bool {
        // Whoever only looks, from outside, reads as part of that.
        !self.profiles.acting().is_empty() && self.gets(groups)
    }

    /// The profiles of today.
    pub fn profiles(&self) -> Profiles {
        self.profiles
    }

    /// The times that an external auditor looks at; empty for everybody else.
    pub fn looked(&self) -> &[Looked] {
        &self.looked
    }

    /// Whether the person may look at the records as of this day: any day, but for who is an
    /// external auditor and nothing else.
    pub fn may_look_on(&self, day: Date) -> bool {
        !self.profiles_on(day).is_empty()
    }

    /// The day to show first: today, else the last one before it that may be looked at.
    pub fn day_to_show(&self, today: Date) -> Option<Date> {
        let ends = self.looked.iter().filter_map(|it| it.until).filter(|it| *it < today);
        let mut days: Vec<Date> = ends.chain([today]).collect();
        days.sort();
        days.into_iter().rev().find(|it| self.may_look_on(*it))
    }

    fn profiles_on(&self, day: Date) -> Profiles {
        match self.looked.iter().any(|it| it.holds(day)) {
            true => self.profiles,
            false => self.profiles.acting(),
        }
    }

    fn breadth(&self, day: Date) -> Breadth {
        let each = self.profiles_on(day).iter().map(grants::breadth);
        each.max().unwrap_or(Breadth::Nothing)
    }

    fn sees_among(&self, view: View<'_>, breadth: Breadth, record: &Record, depth: u8) -> bool {
        let acts = !self.profiles.acting().is_empty();
        let gone = record.head.withdrawn || record.is_erased();
        if breadth == Breadth::Nothing || depth == 0 || gone && breadth < Breadth::ButReports {
            return false;
        }
        if acts && self.asked_for(record.head.id).next().is_some() {
            return true;
        }
        let relation = || self.relation(view, record, Act::See);
        let behind = |it: Option<Id>| {
            let target = it.and_then(|it| view.isms.get(it));
            target.is_some_and(|it| self.sees_among(view, breadth, it, depth - 1))
        };
        match record.def().id {
            "event_report" => {
                let relation = relation();
                acts && !gone && (relation.owner || relation.author || relation.told)
            }
            "membership" => {
                breadth >= Breadth::ButReports
                    || breadth == Breadth::Registers
                        && relation::names(record, "person", self.person)
            }
            "comment" if breadth == Breadth::Own => false,
            "comment" => relation().author && !gone || behind(relation::target(record, "about")),
            "approval" => {
                let mine = || {
                    let asked =
                        self.stands.iter().any(|it| relation::names(record, "asked_of", *it));
                    asked || relation::names(record, "by", self.person)
                };
                let subject = relation::target(record, "subject");
                mine() || breadth > Breadth::Own && (subject.is_none() || behind(subject))
            }
            _ if breadth > Breadth::Own => true,
            "document" => edition_for(self, view, record).is_some(),
            "person" => record.head.id == self.person,
            "action" | "evidence" => {
                let relation = relation();
                relation.owner || relation.assigned
            }
            _ => false,
        }
    }

    fn asked_for(&self, record: Id) -> impl Iterator<Item = Purpose> {
        let first = self.asked.partition_point(|it| it.0 < record);
        self.asked[first..].iter().take_while(move |it| it.0 == record).map(|it| it.1)
    }

    fn relation(&self, view: View<'_>, record: &Record, act: Act) -> Relation {
        let mut relation = Relation::of(self, view, record);
        relation.asked = match act {
            Act::Approve(purpose) => self.asked_for(record.head.id).any(|it| it == purpose),
            _ => false,
        };
        if let (Act::Approve(Purpose::GrantException), Some(risk)) = (act, record.typed::<Risk>()) {
            let above = risk::above(view, risk);
            relation.decides = above.is_some_and(|it| it.includes(view, self.person));
        }
        relation
    }
}

#[cfg(test)]
mod tests;
