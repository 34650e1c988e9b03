//! What those who left still own.

use kinds::{
    action::{self, Action},
    person::{Lifecycle, Person},
};
use meta::Record;

use crate::{
    Backlink,
    conformity::{Chain, Grade, Outcome, outcome::Each},
};

/// Every kind with a field of [`OWNING`].
pub(super) const READS: &[&str] = &[
    "person",
    "unit",
    "issue",
    "interested_party",
    "obligation",
    "opportunity",
    "role",
    "asset",
    "supplier",
    "risk",
    "control",
    "action",
    "objective",
    "document",
    "approval",
];

/// Fields that make somebody answer for a record.
pub(super) const OWNING: &[&str] = &[
    "owner",
    "operator",
    "custodian",
    "head",
    "deputy",
    "watched_by",
    "elsewhere_controlled_by",
    "own_rules",
    "asked_of",
];

pub(super) fn owning(chain: &Chain<'_>) -> Outcome {
    let isms = chain.view.isms;
    let mut each = Each::new();
    let mut any = false;
    for (person, body) in isms.all::<Person>().filter(|(it, _)| it.is_own()) {
        any = true;
        let left = body.left_on.filter(|it| *it < chain.view.day);
        if left.is_none() && person.head.stage != Lifecycle::Left as u8 {
            continue;
        }
        let open = isms.links_to(person.head.id).filter_map(|it| held(chain, it));
        let mut found = false;
        let name = person.title();
        for (record, field) in open {
            found = true;
            let note = match left {
                Some(left) => format!("{field}: {name} left on {left}"),
                None => format!("{field}: {name} has left"),
            };
            each.fail(record, note);
        }
        if !found {
            each.pass(person);
        }
    }
    each.outcome(Grade::Minor, "records of those who left", || match any {
        true => Outcome::not_applicable("nobody on record has left"),
        false => Outcome::unknown("no person is recorded"),
    })
}

/// The open record that a link makes somebody answer for, and the label of the field.
fn held<'a>(chain: &Chain<'a>, link: &Backlink) -> Option<(&'a Record, &'static str)> {
    let record = chain.view.isms.get(link.source)?;
    let field = record.def().fields.get(usize::from(link.field))?;
    let kind = record.def().id;
    let is_counted = READS.contains(&kind) && OWNING.contains(&field.name);
    let is_open = match kind {
        "action" => {
            let closed = [action::Lifecycle::Done as u8, action::Lifecycle::Verified as u8];
            record.typed::<Action>().is_some() && !closed.contains(&record.head.stage)
        }
        "approval" => record.stage().id == "asked",
        _ => true,
    };
    (is_counted && is_open && record.is_live() && record.is_own()).then_some((record, field.label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_that_a_person_can_own_is_read() {
        // Evidence that is only asked for is left out: taking it away must not better a verdict.
        for def in kinds::KINDS.iter().filter(|it| it.id != "evidence") {
            let owns = def.fields.iter().any(|it| OWNING.contains(&it.name) && it.ty.has_links());
            assert!(!owns || READS.contains(&def.id), "{} is missing", def.id);
        }
    }
}
