//! Made-up risks.

use meta::Id;
use serde_json::{Value, json};

use super::{Founding, phrases};
use crate::dice::Dice;

/// Each so manieth risk is owned by the role that the founder holds.
pub(super) const FOUNDERS: usize = 40;

/// The stage and fields of the risk at this place.
pub(super) fn fields(
    dice: &mut Dice,
    founding: &Founding,
    assets: &[Id],
    at: usize,
) -> (&'static str, Value) {
    let owner = match at % FOUNDERS {
        0 => founding.roles[0],
        _ => dice.pick(&founding.roles[1..]),
    };
    let thing = dice.pick(phrases::THINGS);
    let event = dice.pick(phrases::EVENTS);
    let hit: Vec<String> = (0..=dice.below(2)).map(|_| dice.pick(assets).to_string()).collect();
    let controls: Vec<String> =
        (0..2 + dice.below(3)).map(|_| dice.pick(&founding.controls).to_string()).collect();
    let current = (1 + dice.below(5), 1 + dice.below(5));
    let residual = (1 + dice.below(current.0), 1 + dice.below(current.1));
    let mut fields = json!({
        "title": format!("{event} the {thing} in {}", dice.pick(phrases::PLACES)),
        "concerns": if dice.chance(98) { "information" } else { "isms" },
        "scenario": format!("{event} the {thing}. {}", phrases::text(dice, 1)),
        "approach": dice.pick(&["event", "asset"]),
        "assets": hit,
        "harms": [dice.pick(&["confidentiality", "integrity", "availability"])],
        "owner": owner.to_string(),
        "method": founding.method,
        "came_from": dice.pick(&["gap", "audit", "workshop", "incident", "change"]),
        "identified_on": phrases::past(dice),
        "next_review": phrases::soon(dice),
    });
    if dice.chance(10) && !at.is_multiple_of(FOUNDERS) {
        return ("identified", fields);
    }
    fields["current"] = rating(dice, current);
    fields["residual"] = rating(dice, residual);
    fields["residual"]["controls"] = json!(controls);
    fields["treatment"] = json!(["modify"]);
    fields["treatment_reason"] = "It costs less than what it prevents.".into();
    fields["controls"] = json!(controls);
    (if dice.chance(85) { "monitored" } else { "treatment_planned" }, fields)
}

fn rating(dice: &mut Dice, (likelihood, consequence): (usize, usize)) -> Value {
    let criterion = dice.pick(&["Money", "Service", "People"]);
    json!({
        "likelihood": likelihood,
        "consequences": [{"criterion": criterion, "rank": consequence}],
        "rationale": "As in the years before, and others report the same.",
        "on": phrases::past(dice),
    })
}
