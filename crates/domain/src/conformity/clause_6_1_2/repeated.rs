//! What makes assessments comparable: one method in a round, honest residuals, controls that exist,
//! every risk looked at.

use std::cmp::Ordering;

use kinds::{
    approval::{Approval, Purpose},
    assessment_round::{AssessmentRound, Lifecycle, TakesIn},
    control::Implementation,
    risk::Treatment,
};
use meta::{Id, Record};

use super::no_risk;
use crate::{
    conformity::{
        AuditStage, Basis, Chain, Grade, Outcome, RiskState, Rule, answers::says, outcome::Each,
    },
    parameters,
};

pub(super) const COMPARABLE: Rule = Rule {
    id: "6.1.2-14",
    clause: "6.1.2.b",
    title: "Within a round, risks are rated by one edition of the method",
    explanation: "Results must be comparable. A risk confirmed in a round is rated by the edition of \
                  the method the round followed, unless the newer of the two says how old levels are \
                  read. Risks in no round cannot be told.",
    mend: "Rate these risks by the edition of their round, or write the conversion into the method.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::Surveillance],
    reads: &["risk", "risk_method", "approval", "assessment_round"],
    judge: Some(comparable),
    waits_for: "",
};

pub(super) const RESIDUAL: Rule = Rule {
    id: "6.1.2-15",
    clause: "6.1.3.b",
    title: "What remains of a risk follows from its treatment",
    explanation: "A lower residual level needs something that lowers it: for a modified risk a \
                  control that is not at work already or an action, otherwise the mechanism or the \
                  reason. A residual that is higher than today is a question, for a control may be \
                  about to go.",
    mend: "Name the controls or actions the residual rating counts on, or correct it.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::Two],
    reads: &["risk", "risk_method", "approval", "action"],
    judge: Some(residual),
    waits_for: "",
};

pub(super) const IN_PLACE: Rule = Rule {
    id: "6.1.2-16",
    clause: "6.1.2.d.2",
    title: "Controls counted as existing exist",
    explanation: "A rating of today may count only on controls that were implemented when it was \
                  made. Implemented in part, or not known, cannot be told.",
    mend: "Correct the status of the control, or rate the risk without it.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::Two],
    reads: &["risk", "control"],
    judge: Some(in_place),
    waits_for: "",
};

pub(super) const CONFIRMED: Rule = Rule {
    id: "6.1.2-18",
    clause: "6.1.2.b",
    title: "Every risk was confirmed in the latest round",
    explanation: "A round that is closed covers the risks it took in: each was rated or reviewed \
                  within its days, or names that round or a later one. Risks made after the round are \
                  left out. Without a closed round it cannot be told.",
    mend: "Look at these risks again: rate them, or say that they are still true with `muniment \
           review RISK-1`.",
    basis: Basis::Shall,
    isolated: Grade::Minor,
    systemic: Grade::Minor,
    stages: &[AuditStage::Two, AuditStage::Surveillance],
    reads: &["risk", "assessment_round", "approval", "organization"],
    judge: Some(confirmed),
    waits_for: "",
};

fn comparable(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in chain.risks.iter().filter(|it| it.risk.is_rated()) {
        let round = it.risk.round.and_then(|round| chain.view.isms.get(round.id()));
        let round = round.filter(|it| it.is_own()).and_then(|it| it.typed::<AssessmentRound>());
        let Some(round) = round else {
            each.unknown(it.record, "it was confirmed in no round");
            continue;
        };
        let followed = round.method.and_then(|it| edition_of(chain, it.link()));
        let Some((own, followed)) = it.method.zip(followed) else {
            each.unknown(it.record, "its edition of the method, or that of its round, is open");
            continue;
        };
        let place = |it: &Record| (it.head.id, it.head.version);
        let newer = match place(own.record).1.cmp(&place(followed.0).1) {
            Ordering::Greater => own.body,
            _ => followed.1,
        };
        let same = place(own.record) == place(followed.0);
        let note = "it is rated by another edition than its round, without a conversion";
        each.judge(it.record, same || !newer.conversion.is_empty(), note);
    }
    each.outcome(Grade::Minor, "rated risks", || Outcome::unknown("no risk is rated yet"))
}

fn edition_of<'a>(
    chain: &Chain<'a>,
    link: meta::Link,
) -> Option<(&'a Record, &'a kinds::risk_method::RiskMethod)> {
    let isms = chain.view.isms;
    let edition = match link.edition {
        Some(version) => isms.edition(link.id, version.get()),
        None => isms.in_force(link.id, chain.view.day),
    };
    let record = &*edition?.record;
    Some((record, record.typed()?))
}

fn residual(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for it in &chain.risks {
        let Some((current, residual)) = it.current.zip(it.residual) else {
            each.unknown(it.record, "it has no level for today and for what remains");
            continue;
        };
        match residual.cmp(&current) {
            Ordering::Equal => each.pass(it.record),
            Ordering::Greater => {
                each.unknown(it.record, "more remains than there is today: is that meant?");
            }
            Ordering::Less => match why_lower(it) {
                Ok(()) => each.pass(it.record),
                Err(note) => each.fail(it.record, note),
            },
        }
    }
    each.outcome(Grade::Minor, "risks", no_risk)
}

/// What brings a risk down, or why nothing does.
fn why_lower(it: &RiskState<'_>) -> Result<(), &'static str> {
    let risk = it.risk;
    if risk.is_treated_by(Treatment::Modify) {
        let residual = risk.residual.as_deref().map_or(&[][..], |it| &it.controls);
        let mut counted =
            residual.iter().map(|it| it.id).chain(risk.controls.iter().map(|it| it.id()));
        let is_new = |id: &Id| !risk.controls_in_place.iter().any(|it| it.id() == *id);
        let lowers = counted.any(|it| is_new(&it)) || !it.actions.is_empty();
        return lowers.then_some(()).ok_or("nothing is added that could bring it down");
    }
    let told = says(risk.mechanism.as_ref()) || says(risk.treatment_reason.as_ref());
    told.then_some(()).ok_or("less remains than there is today, and nothing says why")
}

fn in_place(chain: &Chain<'_>) -> Outcome {
    if chain.risks.is_empty() {
        return no_risk();
    }
    let mut each = Each::new();
    for it in &chain.risks {
        let rating = it.risk.current.as_deref();
        let rated = rating.and_then(|it| it.on);
        let assumed = rating.map_or(&[][..], |it| &it.controls).iter().map(|it| it.id);
        let named = it.risk.controls_in_place.iter().map(|it| it.id());
        let (mut fail, mut doubt, mut seen) = (None, None, false);
        for id in named.chain(assumed) {
            seen = true;
            let Some(control) = chain.control(id).filter(|it| it.record.is_own()) else {
                doubt = Some("a control it counts on is not decided".to_owned());
                continue;
            };
            let name = control.reference();
            let since = control.control.since.zip(rated).filter(|(since, rated)| since > rated);
            match control.control.implementation {
                _ if control.is_excluded() => fail = Some(format!("{name} is excluded")),
                Some(Implementation::Implemented) => {
                    if let Some((since, _)) = since {
                        fail = Some(format!("{name} is in place only since {since}"));
                    }
                }
                Some(Implementation::NotBegun | Implementation::Planned) => {
                    fail = Some(format!("{name} is not implemented yet"));
                }
                Some(Implementation::InPart) => {
                    doubt = Some(format!("{name} is implemented in part only"));
                }
                Some(Implementation::Unknown) | None => {
                    doubt = Some(format!("whether {name} is implemented is open"));
                }
            }
        }
        match (fail, doubt, seen) {
            (Some(note), ..) => each.fail(it.record, note),
            (_, Some(note), _) => each.unknown(it.record, note),
            (_, _, true) => each.pass(it.record),
            _ => {}
        }
    }
    let none = || Outcome::not_applicable("no risk counts on controls that exist already");
    each.outcome(Grade::Minor, "risks that count on controls", none)
}

fn confirmed(chain: &Chain<'_>) -> Outcome {
    let rounds = chain.own::<AssessmentRound>();
    let closed = rounds
        .filter(|(record, _)| record.head.stage == Lifecycle::Closed as u8)
        .max_by_key(|(record, it)| (it.period_until.or(it.period_from), record.head.number));
    let Some((latest, round)) = closed else {
        return Outcome::unknown("no round of assessment is closed yet: `muniment new round`");
    };
    let is_after = |id: Id| {
        let other = chain.view.isms.get(id).filter(|it| it.is_own());
        let from = other.and_then(|it| it.typed::<AssessmentRound>()).and_then(|it| it.period_from);
        from.is_some_and(|from| from <= chain.view.day && Some(from) > round.period_from)
    };
    let zone = parameters::time_zone(chain.view.isms);
    let mut each = Each::new();
    for it in &chain.risks {
        let id = it.record.head.id;
        let moment = chain.view.isms.moment(it.record.head.created);
        let made = moment.map(|it| it.at.to_zoned(zone.clone()).date());
        let is_later = made.zip(round.period_until).is_some_and(|(made, end)| made > end);
        let left_out =
            round.takes_in == Some(TakesIn::Named) && !round.risks.iter().any(|it| it.id() == id);
        if is_later || left_out {
            continue;
        }
        // Whoever is rated in the next round already is no longer named by this one.
        let named = it.risk.round.is_some_and(|it| it.id() == latest.head.id || is_after(it.id()));
        let rated = it.risk.current.as_deref().and_then(|it| it.on);
        let is_confirmed =
            named || rated.is_some_and(|day| round.covers(day)) || was_reviewed(chain, id, round);
        each.judge(it.record, is_confirmed, "nobody looked at it in the latest round");
    }
    each.outcome(Grade::Minor, "risks", no_risk)
}

fn was_reviewed(chain: &Chain<'_>, risk: Id, round: &AssessmentRound) -> bool {
    chain.view.isms.sources::<Approval>(risk).any(|(record, it)| {
        it.purpose == Some(Purpose::Review)
            && record.is_own()
            && record.stage().id == "given"
            && it.decided_on.is_some_and(|day| round.covers(day))
    })
}
