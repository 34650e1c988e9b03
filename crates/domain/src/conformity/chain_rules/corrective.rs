//! Corrective actions and their effect.

use kinds::action::{Action, Effective, Lifecycle, Purpose};
use meta::Record;

use crate::{
    conformity::{Case, Chain, Grade, Outcome, answers, outcome::Each},
    parameters,
};

pub(super) fn judged(chain: &Chain<'_>) -> Outcome {
    let within = parameters::period(chain.view.isms, "action.effect");
    let corrective = [Purpose::Corrective, Purpose::Audit, Purpose::Incident];
    let mut each = Each::new();
    for (record, it) in chain.own::<Action>() {
        if !it.purpose.is_some_and(|it| corrective.contains(&it)) {
            continue;
        }
        let stage = record.head.stage;
        match (it.effective, it.done_on) {
            (Some(Effective::Yes), _) => each.pass(record),
            (Some(Effective::No), _) if !has_successor(chain, record) => {
                each.fail(record, "had no effect, and nothing came after it");
            }
            (Some(Effective::No), _) => each.pass(record),
            _ if stage == Lifecycle::Verified as u8 => {
                each.fail(record, "verified, but its effect was not judged");
            }
            (_, Some(done)) if is_done(stage) && within.after(done) < chain.view.day => {
                each.fail(record, format!("done on {done}, its effect not judged since"));
            }
            _ => each.unknown(record, "its effect cannot be judged yet"),
        }
    }
    if each.failed() == 0 {
        let missing = vec![Case::absent("no register of findings yet")];
        let summary = "no register of findings yet: what led to no action cannot be told";
        return Outcome::unknown(summary).with_unknowns(missing);
    }
    let grade = if each.is_widespread() { Grade::Major } else { Grade::Minor };
    each.outcome(grade, "corrective actions", || Outcome::unknown("no corrective action"))
}

fn is_done(stage: u8) -> bool {
    [Lifecycle::Done as u8, Lifecycle::Verified as u8].contains(&stage)
}

/// Whether a later action serves an action that had no effect, or it says what came of it.
fn has_successor(chain: &Chain<'_>, record: &Record) -> bool {
    let mut later = chain.view.isms.sources::<Action>(record.head.id);
    later.any(|(it, _)| it.is_live() && it.is_own())
        || record.typed::<Action>().is_some_and(|it| answers::says(it.effect_seen.as_ref()))
}
