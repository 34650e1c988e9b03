//! `check --explain`: what a rule asks for and how it judges.

use domain::conformity::{AuditStage, Rule};
use exchange::Value;

use crate::output::{Column, Format, Ink, Out, Table};

/// Prints a rule.
pub fn explain(rule: &Rule, out: &mut Out) {
    let for_people = out.format == Format::Table;
    if for_people {
        let heading = format!("{}  {}", rule.id, rule.title);
        out.line(out.paint(&heading, Ink::Bold));
        out.gap();
        out.wrapped(0, rule.explanation);
        out.gap();
    }
    let columns = vec![Column::whole("what", "").ink(Ink::Dim), Column::wrap("value", "")];
    let mut table = Table::new(columns);
    let mut row = |what: &str, value: String| {
        table.row(vec![Value::from_text(what), Value::from_text(value)]);
    };
    if !for_people {
        row("Rule", rule.id.to_owned());
        row("Title", rule.title.to_owned());
        row("Explanation", rule.explanation.to_owned());
    }
    let clause = catalog::reference(rule.clause).unwrap_or_else(|| rule.clause.to_owned());
    row("Clause", clause);
    row("Ground", rule.basis.label().to_owned());
    row(
        "Grade",
        match rule.isolated == rule.systemic {
            true => rule.isolated.label().to_owned(),
            false => format!("{}; {} where systemic", rule.isolated.label(), rule.systemic.label()),
        },
    );
    let audit = |it: &AuditStage| match it {
        AuditStage::Surveillance => "surveillance".to_owned(),
        stage => format!("stage {}", stage.id()),
    };
    row("Bites at", rule.stages.iter().map(audit).collect::<Vec<_>>().join(", "));
    if !rule.reads.is_empty() {
        row("Reads", rule.reads.join(", "));
    }
    match rule.judge {
        Some(_) => row("To do", rule.mend.to_owned()),
        None => row("Waits for", format!("a register of {}", rule.waits_for)),
    }
    out.table(&table);
}
