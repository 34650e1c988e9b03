//! How the owner of something stands on a day.

use kinds::{
    Holder,
    person::Person,
    role::{Carries, Role},
};
use meta::Record;

use crate::{View, holder};

/// How the owner of something stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// There is none.
    Nobody,
    /// Somebody who is here and has the authority on record.
    Fit,
    /// Somebody who is here; that they may decide is nowhere on record.
    NoAuthority,
    /// It cannot be told, for this reason.
    Doubt(String),
    /// Nobody who is here, for this reason.
    Unfit(String),
}

impl Owner {
    /// How a holder stands on the view's day.
    pub fn of(view: View<'_>, owner: &Holder) -> Self {
        let Some(record) = view.isms.get(owner.id()).filter(|it| !it.head.withdrawn) else {
            return Self::Unfit("its owner is no longer on record".to_owned());
        };
        if !record.is_own() {
            return Self::Doubt(format!("its owner {} is a proposal", record.title()));
        }
        if let Some(person) = record.typed::<Person>() {
            return person_state(view, record, person);
        }
        match record.typed::<Role>() {
            Some(role) => role_state(view, record, role),
            None => Self::Doubt("the record of its owner was erased".to_owned()),
        }
    }
}

fn person_state(view: View<'_>, record: &Record, person: &Person) -> Owner {
    if let Some(why) = gone(view, record, person) {
        return Owner::Unfit(format!("its owner {why}"));
    }
    if record.stage().id == "expected" {
        return Owner::Doubt(format!("nobody has confirmed that {} works here", record.title()));
    }
    let decides = |role: &Role| may_decide(role);
    match holder::roles_of(view, record.head.id).any(|(it, role)| it.is_own() && decides(role)) {
        true => Owner::Fit,
        false => Owner::NoAuthority,
    }
}

fn role_state(view: View<'_>, record: &Record, role: &Role) -> Owner {
    let name = record.title();
    if !record.is_live() {
        return Owner::Unfit(format!("its owner, the role {name}, was retired"));
    }
    let held = role.holdings_on(view.day).filter_map(|it| it.person);
    let (mut here, mut doubt, mut left) = (false, false, None);
    for person in held {
        let Some(record) = view.isms.get(person.id()).filter(|it| !it.head.withdrawn) else {
            continue;
        };
        let Some(person) = record.typed::<Person>() else { continue };
        match gone(view, record, person) {
            Some(why) => left = Some(why),
            None if record.stage().id == "expected" || !record.is_own() => doubt = true,
            None => here = true,
        }
    }
    match (here, doubt, left) {
        (true, ..) if may_decide(role) => Owner::Fit,
        (true, ..) => Owner::NoAuthority,
        (_, true, _) => Owner::Doubt(format!("nobody has confirmed who holds the role {name}")),
        (_, _, Some(why)) => Owner::Unfit(format!("the role {name} is vacant: {why}")),
        _ => Owner::Unfit(format!("nobody holds the role {name}")),
    }
}

/// Why a person is not here any more.
fn gone(view: View<'_>, record: &Record, person: &Person) -> Option<String> {
    let name = record.title();
    match person.left_on {
        Some(day) if day < view.day => Some(format!("{name} left on {day}")),
        _ if !record.is_live() => Some(format!("{name} has left")),
        _ => None,
    }
}

/// Whether a role says that it may decide about risks.
fn may_decide(role: &Role) -> bool {
    role.carries(Carries::OwnsRisks)
        || role.carries(Carries::TopManagement)
        || role.may_accept.is_some()
        || role.authorities.as_ref().is_some_and(|it| !it.0.trim().is_empty())
}
