//! What the acceptance criteria say about what remains of a risk: who decides where its owner may
//! not, and for how long at most (ISO/IEC 27001, 6.1.2 a 1).

use jiff::civil::Date;
use kinds::{
    risk::Risk,
    risk_method::{Acceptable, Acceptance, RiskMethod},
    role::{Carries, Role},
};
use meta::{Id, Link, Rating, Record};

use super::{Method, method_in_force, method_of};
use crate::{View, holder};

/// Who decides whether a risk may stay above the acceptance criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Above {
    /// Whoever holds the role that the method names for a level, and any role that may accept it.
    Role(Id, i64),
    /// Top management, where the method names nobody or says never.
    TopManagement,
}

/// Who decides about what remains of a risk, where that is above what its owner may accept; `None`
/// where it is not, or where that cannot be told.
pub fn above(view: View<'_>, risk: &Risk) -> Option<Above> {
    let (level, row) = row_of(method_of(view, risk)?, remaining(risk)?)?;
    match row.acceptable? {
        Acceptable::Yes => None,
        Acceptable::Never => Some(Above::TopManagement),
        Acceptable::ByAuthority => {
            Some(row.authority.map_or(Above::TopManagement, |it| Above::Role(it.id(), level)))
        }
    }
}

/// Whether this person holds a role that decides about risks above the acceptance criteria at all.
pub fn decides_above(view: View<'_>, person: Id) -> bool {
    let methods = view.isms.live::<RiskMethod>();
    // A risk may still be rated by an edition that is not in force any more.
    let editions = methods.flat_map(|(it, body)| {
        let earlier = view.isms.editions(it.head.id).filter_map(|it| it.record.typed());
        earlier.chain([body])
    });
    let named: Vec<Id> = editions
        .flat_map(|it: &RiskMethod| &it.acceptance)
        .filter_map(|it| Some(it.authority?.id()))
        .collect();
    holder::roles_of(view, person).any(|(record, role)| {
        role.may_accept.is_some()
            || role.carries.contains(&Carries::TopManagement)
            || named.contains(&record.head.id)
    })
}

/// The last day until which what remains of a risk may be accepted on the view's day, by the method
/// in force and the edition it is rated by; `None` where neither sets an end.
pub fn accepted_until(view: View<'_>, risk: &Risk) -> Option<Date> {
    let rating = remaining(risk)?;
    let in_force = method_in_force(view).filter(|it| it.body.is_on_scale(rating));
    let methods = [method_of(view, risk), in_force].into_iter().flatten();
    methods.filter_map(|it| row_of(it, rating)?.1.longest).map(|it| it.after(view.day)).min()
}

impl Above {
    /// Whether this person decides.
    pub fn includes(self, view: View<'_>, person: Id) -> bool {
        holder::roles_of(view, person).any(|(record, role)| match self {
            Self::Role(id, level) => {
                record.head.id == id || role.may_accept.is_some_and(|limit| limit >= level)
            }
            Self::TopManagement => role.carries.contains(&Carries::TopManagement),
        })
    }

    /// The role to ask.
    pub fn role(self, view: View<'_>) -> Option<&Record> {
        match self {
            Self::Role(id, _) => view.isms.get(id),
            Self::TopManagement => {
                let mut roles = view.isms.live::<Role>();
                roles.find(|it| it.1.carries.contains(&Carries::TopManagement)).map(|it| it.0)
            }
        }
    }

    /// Who decides, in words.
    pub fn describe(self, view: View<'_>) -> String {
        match self.role(view) {
            Some(role) => holder::describe(view, &Link::to(role.head.id).into()),
            None => "top management, and no role here carries that yet".to_owned(),
        }
    }
}

/// The rating that says what remains.
fn remaining(risk: &Risk) -> Option<&Rating> {
    risk.residual.as_deref().or(risk.current.as_deref())
}

fn row_of<'a>(method: Method<'a>, rating: &Rating) -> Option<(i64, &'a Acceptance)> {
    let level = method.body.rating_level(rating)?;
    Some((level, method.body.accepts(level)?))
}
