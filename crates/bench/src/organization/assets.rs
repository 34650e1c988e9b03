//! Made-up assets.

use serde_json::{Value, json};

use super::{Founding, phrases};
use crate::dice::Dice;

const DEGREES: &[&str] = &["low", "medium", "high", "very_high"];
const TYPES: &[&str] = &["information", "software", "service", "hardware", "network", "paper"];
const CLASSES: &[&str] = &["public", "internal", "internal", "confidential", "secret"];

/// The stage and fields of one.
pub(super) fn fields(dice: &mut Dice, founding: &Founding) -> (&'static str, Value) {
    let thing = dice.pick(phrases::THINGS);
    let place = dice.pick(phrases::PLACES);
    let sentences = 1 + dice.below(4);
    let mut fields = json!({
        "title": format!("{} {} {:04}", capital(thing), place, dice.below(10_000)),
        "asset_type": dice.pick(TYPES),
        "description": phrases::text(dice, sentences),
        "standing": dice.pick(&["primary", "supporting"]),
        "owner": dice.pick(&founding.roles).to_string(),
        "custodian": dice.pick(&founding.persons).to_string(),
        "class": dice.pick(CLASSES),
        "confidentiality": dice.pick(DEGREES),
        "integrity": dice.pick(DEGREES),
        "availability": dice.pick(DEGREES),
        "personal_data": dice.pick(&["none", "ordinary", "special", "unknown"]),
        "in_scope": if dice.chance(90) { "yes" } else { "no" },
        "environment": dice.pick(&["production", "staging", "development"]),
        "valued_on": phrases::past(dice),
        "next_review": phrases::soon(dice),
    });
    if fields["in_scope"] == "no" {
        fields["out_of_scope_reason"] = "It serves the sister company alone.".into();
    }
    let stage = if dice.chance(95) { "in_use" } else { "planned" };
    (stage, fields)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
