//! What must hold across records for a change to be taken. What should hold, but may not yet, is a
//! rule of `conformity` instead.

use kinds::{control::Control, gap_answer::GapAnswer, role::Role};
use meta::{Problem, Record};

use crate::Isms;

/// What is wrong with a record among the others.
pub fn check(work: &Isms, before: Option<&Record>, record: &Record) -> Vec<Problem> {
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
    problems
}
