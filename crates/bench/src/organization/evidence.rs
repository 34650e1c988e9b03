//! Made-up evidence.

use meta::Id;
use serde_json::{Value, json};

use super::{Founding, phrases};
use crate::dice::Dice;

/// The stage and fields of one.
pub(super) fn fields(
    dice: &mut Dice,
    founding: &Founding,
    actions: &[Id],
) -> (&'static str, Value) {
    let mut shows = vec![dice.pick(&founding.controls).to_string()];
    if dice.chance(30) {
        shows.push(dice.pick(actions).to_string());
    }
    let collected = phrases::past(dice);
    let by = dice.pick(&founding.persons).to_string();
    let mut fields = json!({
        "title": format!("{} in {}", dice.pick(phrases::MEASURES), dice.pick(phrases::PLACES)),
        "shows": shows,
        "proof": "the signed record of the work",
        "form": dice.pick(&["link", "observation", "interview", "attestation"]),
        "link": format!("https://files.example.com/evidence/{:08x}", dice.below(1 << 32)),
        "period_from": "2026-01-01",
        "period_until": collected,
        "collected_on": collected,
        "collected_by": by,
        "how": phrases::text(dice, 1),
        "good_until": "2027-06-30",
        "class": "internal",
        "personal_data": "none",
    });
    if dice.chance(75) {
        fields["judged"] = "accepted".into();
        fields["judged_by"] = dice.pick(&founding.persons).to_string().into();
        fields["judged_on"] = collected.into();
        return ("accepted", fields);
    }
    ("collected", fields)
}
