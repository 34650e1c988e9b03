//! The result of a check for people.

use domain::{
    conformity::{AuditStage, Case, Grade, Judged, Report, Verdict},
    text,
};

use super::{mend, raised};
use crate::{
    output::{Ink, Out, paragraphs},
    place::Desk,
    written::cut,
};

/// How many records of a rule are shown before the rest is counted.
const SHOWN: usize = 5;

/// What is printed, and how.
pub struct Page<'a> {
    /// The organization.
    pub desk: &'a Desk,
    /// The run.
    pub report: &'a Report,
    /// The audit asked for.
    pub stage: Option<AuditStage>,
    /// Also what is in order, and every record.
    pub all: bool,
    /// Whether rules were asked for by name: then each answers, also where all is in order.
    pub named: bool,
}

impl Page<'_> {
    /// Prints results by clause, the clause with the worst finding first.
    pub fn print(&self, judged: &[&Judged], out: &mut Out) {
        let organization = self.desk.isms().all::<kinds::organization::Organization>().next();
        let name = organization.map_or(self.desk.organization.slug(), |it| it.0.title());
        let audit = self.stage.map_or_else(String::new, |it| match it {
            AuditStage::Surveillance => " · surveillance audit".to_owned(),
            stage => format!(" · audit stage {}", stage.id()),
        });
        out.line(out.paint(name, Ink::Bold));
        let at = format!(
            "{} · entry {} · rules {}{audit}",
            self.report.day, self.report.position, self.report.pack
        );
        out.line(out.paint(&at, Ink::Dim));
        let mut groups: Vec<(&str, Vec<&Judged>)> = Vec::new();
        let shown = judged.iter().filter(|it| self.is_shown(it));
        for it in shown {
            let clause = clause(it.rule.clause);
            match groups.iter_mut().find(|group| group.0 == clause) {
                Some(group) => group.1.push(it),
                None => groups.push((clause, vec![it])),
            }
        }
        for (_, group) in &mut groups {
            group.sort_by_key(|it| std::cmp::Reverse(weight(it)));
        }
        groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.first().map(|it| weight(it))));
        for (clause, group) in groups {
            let title = catalog::clause(clause).map_or("", |it| it.title);
            let heading = match clause {
                "A" => "Annex A  Controls".to_owned(),
                clause => format!("{clause}  {title}"),
            };
            out.gap();
            out.line(out.paint(heading.trim_end(), Ink::Bold));
            group.iter().for_each(|it| self.rule(it, out));
        }
        self.waiting(judged, out);
        self.summary(judged, out);
    }

    fn is_shown(&self, it: &Judged) -> bool {
        match it.outcome.verdict {
            Verdict::Fail => true,
            Verdict::Unknown => it.rule.judge.is_some(),
            Verdict::Pass | Verdict::NotApplicable => self.all || self.named,
        }
    }

    fn rule(&self, it: &Judged, out: &mut Out) {
        let (rule, outcome) = (it.rule, &it.outcome);
        let (sign, ink, what) = match (outcome.verdict, outcome.grade) {
            (Verdict::Fail, Some(grade)) => (sign(grade), ink(grade), raised(grade, self.stage)),
            (Verdict::Fail, None) => ("✗", Ink::Red, "not in order".to_owned()),
            (Verdict::Unknown, _) => ("?", Ink::Yellow, "cannot be told".to_owned()),
            (Verdict::Pass, _) => ("✓", Ink::Green, "in order".to_owned()),
            (Verdict::NotApplicable, _) => ("–", Ink::Dim, "not applicable".to_owned()),
        };
        out.gap();
        let title = format!("{}  {}", rule.id, rule.title);
        let wrapped = paragraphs(&title, out.width - 4);
        for (at, line) in wrapped.lines().enumerate() {
            let sign = if at == 0 { out.paint(sign, ink) } else { " ".to_owned() };
            out.line(format!("  {sign} {line}"));
        }
        let what = out.paint(&what, ink);
        let summary = paragraphs(&outcome.summary, out.width - 4);
        out.line(format!("    {what}"));
        summary.lines().for_each(|line| out.line(format!("    {line}")));
        self.cases(&outcome.fails, out);
        if self.all || outcome.fails.is_empty() {
            self.cases(&outcome.unknowns, out);
        } else if !outcome.unknowns.is_empty() {
            let count = outcome.unknowns.len();
            out.line(format!("    · and {count} more that cannot be told: --all shows them"));
        }
        if outcome.verdict != Verdict::Pass && outcome.verdict != Verdict::NotApplicable {
            let mend = paragraphs(&mend(self.desk, it), out.width - 6);
            for (at, line) in mend.lines().enumerate() {
                let arrow = if at == 0 { out.paint("→", Ink::Accent) } else { " ".to_owned() };
                out.line(format!("    {arrow} {line}"));
            }
        }
    }

    fn cases(&self, cases: &[Case], out: &mut Out) {
        let most = if self.all { usize::MAX } else { SHOWN };
        for it in cases.iter().take(most) {
            let record = it.record.and_then(|id| self.desk.isms().get(id));
            let room = out.width - 6;
            let line = match record {
                None => it.note.to_string(),
                Some(record) => {
                    let called = text::called(record);
                    let for_title = room.saturating_sub(it.note.chars().count() + 2).max(40);
                    format!("{}: {}", cut(&called, for_title), it.note)
                }
            };
            let wrapped = paragraphs(&line, room);
            for (at, line) in wrapped.lines().enumerate() {
                out.line(format!("    {} {line}", if at == 0 { "·" } else { " " }));
            }
        }
        if cases.len() > most {
            out.line(format!("    · and {} more: --all shows them", cases.len() - most));
        }
    }

    /// Rules whose register does not exist yet, gathered by what they wait for.
    fn waiting(&self, judged: &[&Judged], out: &mut Out) {
        let mut waits: Vec<(&str, Vec<&str>)> = Vec::new();
        for it in judged.iter().filter(|it| it.rule.judge.is_none()) {
            match waits.iter_mut().find(|group| group.0 == it.rule.waits_for) {
                Some(group) => group.1.push(it.rule.id),
                None => waits.push((it.rule.waits_for, vec![it.rule.id])),
            }
        }
        if waits.is_empty() {
            return;
        }
        out.gap();
        out.line(out.paint("Cannot be told, because there is no register for it yet", Ink::Bold));
        for (what, ids) in waits {
            out.wrapped(2, &format!("{what}: {}", ids.join(", ")));
        }
    }

    fn summary(&self, judged: &[&Judged], out: &mut Out) {
        let graded = |grade| judged.iter().filter(|it| it.outcome.grade == Some(grade)).count();
        let count = |verdict| judged.iter().filter(|it| it.outcome.verdict == verdict).count();
        let waiting = judged.iter().filter(|it| it.rule.judge.is_none()).count();
        out.gap();
        let rule = "─".repeat(out.width.min(72));
        out.line(out.paint(&rule, Ink::Dim));
        let is_one = self.stage == Some(AuditStage::One);
        let (major, minor) = match is_one {
            true => ("would be major at stage 2", "would be minor at stage 2"),
            false => ("major", "minor"),
        };
        let mut raised = vec![
            (graded(Grade::Major), major, Ink::Red),
            (graded(Grade::Minor), minor, Ink::Yellow),
            (graded(Grade::Opportunity), "to improve", Ink::Accent),
            (count(Verdict::Unknown) - waiting, "cannot be told", Ink::Yellow),
            (waiting, "without a register yet", Ink::Dim),
            (count(Verdict::Pass), "in order", Ink::Green),
            (count(Verdict::NotApplicable), "not applicable", Ink::Dim),
        ];
        raised.retain(|it| it.0 > 0);
        let heading = if is_one { "Areas of concern" } else { "An auditor would raise" };
        let found = graded(Grade::Major) + graded(Grade::Minor) + graded(Grade::Opportunity);
        match found {
            0 => out.line("No gap was detected by these rules on this day."),
            _ => out.line(format!("{heading}:")),
        }
        for (count, what, ink) in raised {
            out.line(format!("  {count:>4}  {}", out.paint(what, ink)));
        }
        out.gap();
        let hint = "Grades are suggestions; a human auditor decides. `muniment check --explain \
                    RULE` tells why a rule asks.";
        let hint = paragraphs(hint, out.width);
        hint.lines().for_each(|line| out.line(out.paint(line, Ink::Dim)));
    }
}

/// The clause that a rule is listed under: `6.1.3` for `6.1.3.d`, `A` for controls.
fn clause(id: &str) -> &str {
    if id.starts_with('A') {
        return "A";
    }
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let mut end = 0;
    for part in id.split('.') {
        if !is_number(part) {
            break;
        }
        end += part.len() + usize::from(end > 0);
    }
    if end == 0 { id } else { &id[..end] }
}

fn weight(it: &Judged) -> (Verdict, Option<Grade>) {
    (it.outcome.verdict, it.outcome.grade)
}

fn sign(grade: Grade) -> &'static str {
    match grade {
        Grade::Major => "✗",
        Grade::Minor => "!",
        Grade::Opportunity => "○",
    }
}

fn ink(grade: Grade) -> Ink {
    match grade {
        Grade::Major => Ink::Red,
        Grade::Minor => Ink::Yellow,
        Grade::Opportunity => Ink::Accent,
    }
}

#[cfg(test)]
mod tests {
    use super::clause;

    #[test]
    fn rules_are_listed_under_their_numbered_clause() {
        for (id, under) in
            [("6.1.3.d", "6.1.3"), ("6.1.3", "6.1.3"), ("10.2", "10.2"), ("A.5.1", "A"), ("X", "X")]
        {
            assert_eq!(clause(id), under);
        }
    }
}
