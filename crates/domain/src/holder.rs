//! Who holds a role on a day, and who stands behind an owner.

use jiff::civil::Date;
use kinds::{Holder, person::Person, role::Role};
use meta::{Id, Provenance, Record};

use crate::{View, parameters};

/// The persons behind a holder on the view's day: the person itself, or whoever holds the role then,
/// deputies last. Persons who have left are not among them.
pub fn people(view: View<'_>, holder: &Holder) -> Vec<Id> {
    match view.isms.get(holder.id()) {
        Some(record) if record.typed::<Person>().is_some() => {
            if is_here(view, record) {
                vec![record.head.id]
            } else {
                Vec::new()
            }
        }
        Some(record) => record.typed::<Role>().map_or_else(Vec::new, |role| {
            if record.is_live() { holders(view, role) } else { Vec::new() }
        }),
        None => Vec::new(),
    }
}

/// The persons who hold a role on the view's day, deputies last.
pub fn holders(view: View<'_>, role: &Role) -> Vec<Id> {
    let holding = role.holders_on(view.day).chain(role.deputies_on(view.day));
    holding
        .map(|it| it.id())
        .filter(|id| view.isms.get(*id).is_some_and(|it| is_here(view, it)))
        .collect()
}

/// The roles a person holds on the view's day.
pub fn roles_of<'a>(view: View<'a>, person: Id) -> impl Iterator<Item = (&'a Record, &'a Role)> {
    view.isms.sources::<Role>(person).filter(move |(record, role)| {
        record.is_live()
            && role.holdings_on(view.day).any(|it| it.person.is_some_and(|it| it.id() == person))
    })
}

/// Whether a person is behind a holder on the view's day.
pub fn is_behind(view: View<'_>, person: Id, holder: &Holder) -> bool {
    people(view, holder).contains(&person)
}

/// The names of the persons behind a holder, or what is wrong with it.
pub fn describe(view: View<'_>, holder: &Holder) -> String {
    let Some(record) = view.isms.get(holder.id()) else { return "nobody".to_owned() };
    let names: Vec<&str> = people(view, holder)
        .into_iter()
        .filter(|id| *id != record.head.id)
        .filter_map(|id| Some(view.isms.get(id)?.title()))
        .collect();
    match (names.is_empty(), record.typed::<Role>().is_some()) {
        (false, _) => format!("{} ({})", record.title(), names.join(", ")),
        (true, true) => format!("{} (nobody holds it)", record.title()),
        (true, false) => record.title().to_owned(),
    }
}

/// Whether a person works here on the view's day, by stage and by the days of joining and leaving.
pub fn is_here(view: View<'_>, record: &Record) -> bool {
    is_active(record) && record.typed::<Person>().is_some_and(|it| it.is_here_on(view.day))
}

/// Since when somebody can be held to what is handed out: the day they joined, else the day they were
/// first recorded. `None` where neither tells, as of who was imported.
pub fn reachable_since(view: View<'_>, record: &Record) -> Option<Date> {
    let recorded = || {
        let moment = view.isms.moment(record.head.created)?;
        Some(moment.at.to_zoned(parameters::time_zone(view.isms)).date())
    };
    let was_here_before = record.head.provenance == Provenance::Import;
    let joined = record.typed::<Person>().and_then(|it| it.joined_on);
    joined.or_else(|| if was_here_before { None } else { recorded() })
}

/// Whether a person's record says that they work here now.
pub fn is_active(record: &Record) -> bool {
    record.is_live() && record.stage().id != "expected"
}
