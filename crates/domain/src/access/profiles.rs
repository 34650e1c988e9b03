//! Who has which access profile on a day.

use jiff::civil::Date;
use kinds::{
    Kind,
    approval::Approval,
    membership::{Membership, Profile},
    person::Person,
    role::Carries,
    unit::Unit,
};
use meta::{Id, Record};

use super::Access;
use crate::{Isms, View, holder};

/// A set of access profiles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Profiles(u16);

/// A time that an external auditor looks at: days on which records may be looked at as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    /// The first day; `None` from the beginning.
    pub from: Option<Date>,
    /// The last day; `None` while the membership lasts. Without a first one too, no day at all:
    /// nobody has said yet what they look at.
    pub until: Option<Date>,
}

impl Profiles {
    /// Every profile, the most powerful first.
    pub const ALL: [Profile; 9] = [
        Profile::Administrator,
        Profile::IsmsManager,
        Profile::TopManagement,
        Profile::RiskOwner,
        Profile::ControlOwner,
        Profile::Contributor,
        Profile::InternalAuditor,
        Profile::ExternalAuditor,
        Profile::Employee,
    ];

    /// Whether this profile is among them.
    pub fn has(self, profile: Profile) -> bool {
        self.0 & bit(profile) != 0
    }

    /// Whether there is none: the person has no access.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Each of them, the most powerful first.
    pub fn iter(self) -> impl Iterator<Item = Profile> {
        Self::ALL.into_iter().filter(move |it| self.has(*it))
    }

    /// Those that do more than look: all but the external auditor.
    pub fn acting(self) -> Self {
        Self(self.0 & !bit(Profile::ExternalAuditor))
    }
}

impl FromIterator<Profile> for Profiles {
    fn from_iter<T: IntoIterator<Item = Profile>>(profiles: T) -> Self {
        Self(profiles.into_iter().fold(0, |all, it| all | bit(it)))
    }
}

impl Looked {
    /// Whether the records may be looked at as of this day.
    pub fn holds(self, day: Date) -> bool {
        let is_given = self.from.or(self.until).is_some();
        is_given && self.from.is_none_or(|it| it <= day) && self.until.is_none_or(|it| it >= day)
    }
}

impl Access {
    /// What a person may do, by the records of now and on this day.
    ///
    /// Who has left, or has no membership, may do nothing. In a ledger that has never had an
    /// administrator, because it is older than memberships, the person who made the first commit
    /// counts as one.
    pub fn of(isms: &Isms, person: Id, day: Date) -> Self {
        let view = View::new(isms, day);
        let mut access = Self {
            person,
            profiles: Profiles::default(),
            looked: Vec::new(),
            stands: Vec::new(),
            groups: Vec::new(),
            handles_events: false,
            asked: Vec::new(),
            asked_of_papers: Vec::new(),
        };
        let Some(record) = isms.get(person).filter(|it| holder::is_here(view, it)) else {
            return access;
        };
        let mine = isms.sources::<Membership>(person).filter(|(record, it)| {
            holds(record, it, day) && it.person.is_some_and(|it| it.id() == person)
        });
        let mut profiles: Vec<Profile> = Vec::new();
        for (_, it) in mine {
            profiles.extend(it.profile);
            if it.profile == Some(Profile::ExternalAuditor) {
                access.looked.push(Looked { from: it.period_from, until: it.period_until });
            }
        }
        if first_person(isms) == Some(person) {
            profiles.push(Profile::Administrator);
        }
        access.profiles = profiles.into_iter().collect();
        if access.profiles.is_empty() {
            return access;
        }
        access.stands.push(person);
        for (record, role) in holder::roles_of(view, person) {
            access.stands.push(record.head.id);
            access.groups.push(folded(record.title()));
            access.handles_events |= role.carries.contains(&Carries::HandlesIncidents);
        }
        if let Some(body) = record.typed::<Person>() {
            access.groups.extend(body.groups.iter().map(|it| folded(it)));
            let unit = body.unit.as_ref().and_then(|it| isms.follow::<Unit>(it));
            access.groups.extend(unit.map(|it| folded(&it.title)));
        }
        access.ask(isms);
        access
    }

    /// Takes note of what the person is asked to assent to.
    fn ask(&mut self, isms: &Isms) {
        for stand in &self.stands {
            let asked = |it: &Approval| it.asked_of.is_some_and(|it| it.id() == *stand);
            let asking = isms.sources::<Approval>(*stand).filter(|(_, it)| asked(it));
            for (record, approval) in asking.filter(|(it, _)| it.is_live()) {
                let open = record.stage().id == "asked";
                match (approval.subject, approval.purpose.filter(|_| open)) {
                    (Some(subject), Some(purpose)) => self.asked.push((subject.id(), purpose)),
                    (None, Some(purpose)) => self.asked_of_papers.push(purpose),
                    (_, None) => {}
                }
            }
        }
        self.asked.sort_by_key(|it| it.0);
    }

    pub(super) fn gets(&self, distribution: &[String]) -> bool {
        const EVERYBODY: [&str; 12] = [
            "everybody",
            "everyone",
            "all",
            "all staff",
            "all employees",
            "alle",
            "alle mitarbeiter",
            "alle mitarbeitenden",
            "jeder",
            "tous",
            "tout le monde",
            "public",
        ];
        let mut lists = distribution.iter().map(|it| folded(it)).filter(|it| !it.is_empty());
        lists.any(|it| EVERYBODY.contains(&it.as_str()) || self.groups.contains(&it))
    }
}

/// Whether somebody can decide on this day who may do what.
pub fn has_administrator(view: View<'_>) -> bool {
    with_profile(view, Profile::Administrator).next().is_some()
        || first_person(view.isms)
            .and_then(|it| view.isms.get(it))
            .is_some_and(|it| holder::is_here(view, it))
}

/// The persons who have this profile on the view's day by a membership.
pub fn with_profile(view: View<'_>, profile: Profile) -> impl Iterator<Item = &Record> {
    view.isms
        .live::<Membership>()
        .filter(move |(record, it)| it.profile == Some(profile) && holds(record, it, view.day))
        .filter_map(move |(_, it)| view.isms.get(it.person?.id()))
        .filter(move |it| holder::is_here(view, it))
}

/// The person who made the first commit, while nobody was ever given a profile. Who had one and gave
/// it away does not get it back so.
fn first_person(isms: &Isms) -> Option<Id> {
    let first = isms.moment(1)?.actor?;
    isms.rows(Membership::ID).next().is_none().then_some(first)
}

fn holds(record: &Record, membership: &Membership, day: Date) -> bool {
    record.is_live() && membership.holds_on(day)
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

fn bit(profile: Profile) -> u16 {
    1 << profile as u16
}
