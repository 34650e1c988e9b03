//! What must hold across records for a change to be taken. What should hold, but may not yet, is a
//! rule of `conformity` instead.

use jiff::civil::Date;
use kinds::{
    control::Control, gap_answer::GapAnswer, organization::Organization, risk::Risk, role::Role,
};
use meta::{Problem, Provenance, Record};

use crate::{Isms, View, parameters, risk};

/// What is wrong with a record among the others on a day.
pub fn check(work: &Isms, before: Option<&Record>, record: &Record, day: Date) -> Vec<Problem> {
    let mut problems = Vec::new();
    if record.head.withdrawn {
        return problems;
    }
    if let Some(control) = record.typed::<Control>() {
        let old = before.and_then(|it| it.typed::<Control>()).map(|it| &it.reference);
        if old != Some(&control.reference)
            && let Some((other, _)) = work.all::<Control>().find(|(it, other)| {
                it.head.id != record.head.id && other.reference == control.reference
            })
        {
            let name = control.reference.as_deref().unwrap_or_default();
            let message = format!("`{name}` is {} already: edit that", other.name());
            problems.push(Problem::on("reference", message));
        }
    }
    if let Some(answer) = record.typed::<GapAnswer>()
        && let Some(assessment) = answer.assessment
        && let Some((other, _)) = work
            .sources::<GapAnswer>(assessment.id())
            .find(|(it, other)| it.head.id != record.head.id && other.subject == answer.subject)
    {
        let name = answer.subject.as_deref().unwrap_or_default();
        let message = format!("`{name}` has an answer already, {}: edit that", other.name());
        problems.push(Problem::on("subject", message));
    }
    if let Some(role) = record.typed::<Role>()
        && role.reports_to.is_some_and(|it| it.id() == record.head.id)
    {
        problems.push(Problem::on("reports_to", "a role cannot report to itself"));
    }
    // What stands in a register is taken as it is.
    if record.head.provenance != Provenance::Import
        && let Some(zone) = record.typed::<Organization>().and_then(|it| it.time_zone.as_deref())
    {
        let was = before.and_then(|it| it.typed::<Organization>()?.time_zone.as_deref());
        if was != Some(zone) && !parameters::is_time_zone(zone) {
            let message = format!("there is no time zone `{zone}`: name one like Europe/Berlin");
            problems.push(Problem::on("time_zone", message));
        }
    }
    if let Some(risk) = record.typed::<Risk>() {
        let before = before.and_then(|it| it.typed::<Risk>());
        off_scale(View::new(work, day), before, risk, &mut problems);
    }
    problems
}

/// Ratings of a risk, as far as they are new, that the method in force has no step for: they would
/// be shown with a level that nobody defined (6.1.2 a 2).
fn off_scale(view: View<'_>, before: Option<&Risk>, risk: &Risk, problems: &mut Vec<Problem>) {
    let old = before.map(|it| [&it.inherent, &it.current, &it.residual]);
    let ratings = [&risk.inherent, &risk.current, &risk.residual];
    let names = ["inherent", "current", "residual"];
    let changed = (0..ratings.len()).filter(|at| old.is_none_or(|it| it[*at] != ratings[*at]));
    let changed: Vec<usize> = changed.filter(|at| ratings[*at].is_some()).collect();
    if changed.is_empty() {
        return;
    }
    let Some(method) = risk::method_of(view, risk).filter(|it| it.in_force) else { return };
    for at in changed {
        let why = ratings[at].as_deref().and_then(|it| method.body.off_scale(it));
        problems.extend(why.map(|it| Problem::on(names[at], it)));
    }
}

#[cfg(test)]
mod tests {
    use meta::Provenance;
    use serde_json::json;

    use crate::{Step, command::Edit, conformity::fixture::Fixture};

    #[test]
    fn a_rating_off_the_scale_is_refused() {
        let mut fixture = Fixture::new();
        let (method, me) = (fixture.method(), fixture.me());
        let risk = fixture.risk(method, me, json!({}));
        let rate = |fixture: &Fixture, field: &str, likelihood: i64, criterion: &str| {
            let consequences = json!([{"criterion": criterion, "rank": 2}]);
            let rating = json!({"likelihood": likelihood, "consequences": consequences});
            let mut fields = serde_json::Map::new();
            fields.insert(field.to_owned(), rating);
            let (version, extras, provenance) = (None, None, Provenance::Person);
            let edit = Edit { record: risk, version, fields, extras, provenance };
            fixture.clone().try_run(Step::Edit(edit)).map_err(|it| it.to_string())
        };
        assert_eq!(rate(&fixture, "current", 1, "Money"), Ok(()));
        for (field, likelihood, criterion, said) in [
            ("current", 3, "money", "it has 1 seldom, 2 often"),
            ("residual", 1, "fame", "no criterion `fame`: it has `money`"),
            ("inherent", 7, "money", "7 is not on the scale of likelihood"),
        ] {
            let why = rate(&fixture, field, likelihood, criterion).unwrap_err();
            assert!(why.contains(said), "{why}");
        }
        // What was rated by an older scale stays as it is.
        fixture.edit(
            method,
            json!({"likelihoods": [{"rank": 1, "name": "seldom",
            "definition": "Less than yearly."}], "matrix": [
            {"likelihood": 1, "consequence": 1, "level": 1},
            {"likelihood": 1, "consequence": 2, "level": 2}]}),
        );
        fixture.publish(method);
        fixture.edit(risk, json!({"title": "Ransomware in the office"}));
        assert!(rate(&fixture, "current", 2, "money").is_err());
    }
}
