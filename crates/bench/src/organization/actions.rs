//! Made-up actions.

use meta::Id;
use serde_json::{Value, json};

use super::{Founding, phrases};
use crate::dice::Dice;

/// The stage and fields of one.
pub(super) fn fields(dice: &mut Dice, founding: &Founding, risks: &[Id]) -> (&'static str, Value) {
    let measure = dice.pick(phrases::MEASURES);
    let sentences = 1 + dice.below(3);
    let mut fields = json!({
        "title": format!("{measure}: {}", dice.pick(phrases::THINGS)),
        "purpose": "treat_risk",
        "serves": [dice.pick(risks).to_string()],
        "details": phrases::text(dice, sentences),
        "controls": [dice.pick(&founding.controls).to_string()],
        "owner": dice.pick(&founding.persons).to_string(),
        "start": phrases::past(dice),
        "due": phrases::soon(dice),
        "days_planned": (1 + dice.below(40)).to_string(),
        "wanted_effect": "It happens less often, and we notice sooner.",
        "effect_judged_how": "A test in the quarter after it is done, by somebody else.",
    });
    if dice.chance(40) {
        fields["done_on"] = phrases::past(dice).into();
        fields["done_by"] = fields["owner"].clone();
        return ("done", fields);
    }
    (if dice.chance(50) { "under_way" } else { "agreed" }, fields)
}
