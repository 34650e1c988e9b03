//! The fields of a kind in groups with headings, for its form and its page: where a heading begins,
//! for the kinds that have many fields. All others have one group, and what is about looking at a
//! record again.

use meta::{FieldDef, KindDef};

/// Fields that belong together.
pub(super) struct Group {
    /// What their heading is called in an address.
    pub(super) id: String,
    /// Their heading.
    pub(super) heading: &'static str,
    /// The fields with their places in the kind.
    pub(super) fields: Vec<(usize, &'static FieldDef)>,
}

/// The heading above what is about looking at a record again.
const AGAIN: &str = "Looking at it again";

/// By kind: the field that a group begins with, and its heading.
const HEADINGS: &[(&str, &[(&str, &str)])] = &[
    (
        "organization",
        &[
            ("title", "The organization"),
            ("sectors", "Where and in what it works"),
            ("purpose", "What it wants"),
            ("head_counts", "People and facts"),
            ("parameters", "Its own rules"),
        ],
    ),
    (
        "issue",
        &[
            ("title", "The issue"),
            ("effects", "What it means"),
            ("answered_by", "What is done about it"),
            ("owner", AGAIN),
        ],
    ),
    (
        "interested_party",
        &[
            ("title", "Who they are"),
            ("owner", "How you keep in touch"),
            ("climate", "Climate change"),
        ],
    ),
    (
        "requirement",
        &[("title", "What they require"), ("addressed", "How it is met"), ("since", "From when")],
    ),
    (
        "obligation",
        &[
            ("title", "The rule"),
            ("applies_because", "What it asks of you"),
            ("how_met", "How it is met"),
            ("owner", "Who keeps watch"),
            ("fulfilment", "Where you stand"),
        ],
    ),
    (
        "role",
        &[
            ("title", "The role"),
            ("may_accept", "Accepting risks"),
            ("reports_to", "Where it stands"),
            ("competence", "Competence"),
            ("held_by", "Who holds it"),
        ],
    ),
    (
        "asset",
        &[
            ("title", "The asset"),
            ("owner", "Who answers for it"),
            ("part_of", "What it hangs on"),
            ("class", "How much protection it needs"),
            ("in_scope", "Scope and use"),
            ("disposed_on", "Its end"),
        ],
    ),
    (
        "supplier",
        &[
            ("title", "The supplier"),
            ("owner", "Who answers for it"),
            ("agreements", "Agreements and certificates"),
            ("exit_plan", "Leaving it"),
        ],
    ),
    (
        "risk_method",
        &[
            ("title", "The method"),
            ("criteria", "Scales"),
            ("acceptance", "What you can live with"),
            ("interval", "How risks are assessed"),
            ("covers_treatment", "How risks are treated"),
            ("conversion", "After a change of the method"),
        ],
    ),
    (
        "risk",
        &[
            ("title", "What could happen"),
            ("owner", "Who answers for it"),
            ("existing_measures", "What works against it already"),
            ("inherent", "How bad it is"),
            ("treatment", "What is done about it"),
            ("came_from", "Where it came from"),
        ],
    ),
    (
        "control",
        &[
            ("title", "The control"),
            ("applicability", "Whether you need it"),
            ("implementation", "How far it is"),
            ("owner", "Who answers for it"),
            ("proof_wanted", "Proof"),
            ("maturity_now", "Maturity"),
            ("needs_changes", "Changes and tests"),
        ],
    ),
    (
        "document",
        &[
            ("title", "The document"),
            ("owner", "Who writes and approves it"),
            ("text", "What it says"),
            ("edition_label", "This edition"),
            ("class", "Who reads it"),
            ("keep_for", "Keeping it"),
            ("issuer", "When it comes from outside"),
            ("claims", "What it promises"),
        ],
    ),
    (
        "action",
        &[
            ("title", "What is to be done"),
            ("owner", "Who, and by when"),
            ("money_planned", "What it takes"),
            ("wanted_effect", "What it shall bring"),
            ("done_on", "How it ended"),
        ],
    ),
    (
        "evidence",
        &[
            ("title", "What it proves"),
            ("form", "The proof"),
            ("period_from", "How it was taken"),
            ("judged", "Whether it counts"),
            ("class", "Keeping it"),
            ("asked_of", "Asking for it"),
        ],
    ),
    (
        "approval",
        &[
            ("title", "What is asked"),
            ("version", "What was seen"),
            ("asked_of", "Who was asked"),
            ("decision", "The decision"),
        ],
    ),
];

/// The groups of a kind, in the order of its fields.
pub(super) fn groups(def: &'static KindDef) -> Vec<Group> {
    let headings = HEADINGS.iter().find(|it| it.0 == def.id).map_or(&[][..], |it| it.1);
    let mut groups: Vec<Group> = Vec::new();
    for (at, field) in def.fields.iter().enumerate() {
        let heading = match headings.iter().find(|it| it.0 == field.name) {
            Some((_, heading)) => Some(*heading),
            None if field.name == "cadence" => Some(AGAIN),
            None if groups.is_empty() => Some("In short"),
            None => None,
        };
        match (heading, groups.last_mut()) {
            (None, Some(group)) => group.fields.push((at, field)),
            (Some(heading), Some(group)) if group.heading == heading => {
                group.fields.push((at, field))
            }
            (heading, _) => groups.push(Group {
                id: format!("part-{}", field.name),
                heading: heading.unwrap_or("In short"),
                fields: vec![(at, field)],
            }),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_every_kind_is_in_one_group() {
        for def in kinds::KINDS {
            let all: Vec<usize> =
                groups(def).iter().flat_map(|it| &it.fields).map(|it| it.0).collect();
            assert_eq!(all, (0..def.fields.len()).collect::<Vec<_>>(), "{}", def.id);
        }
    }

    #[test]
    fn headings_stand_before_fields_that_there_are() {
        for (kind, headings) in HEADINGS {
            let def = kinds::kind(kind).unwrap();
            let places: Vec<usize> = headings
                .iter()
                .map(|it| def.field(it.0).unwrap_or_else(|| panic!("{kind}.{}", it.0)).0)
                .collect();
            assert!(places.is_sorted() && places[0] == 0, "{kind}: {places:?}");
        }
    }
}
