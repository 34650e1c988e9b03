//! Which rules are shown: by clause, verdict, grade, audit and owner.

use domain::conformity::{AuditStage, Grade, Judged, Report, Verdict};
use maud::{Markup, html};
use meta::{Id, Record};

use super::heading;
use crate::{Ask, Problem};

/// Which rules are shown.
#[derive(Default)]
pub(super) struct Filter {
    clause: Option<String>,
    verdict: Option<Verdict>,
    grade: Option<Grade>,
    audit: Option<AuditStage>,
    owner: Option<Id>,
}

const VERDICTS: [(&str, Verdict); 4] = [
    ("fail", Verdict::Fail),
    ("unknown", Verdict::Unknown),
    ("pass", Verdict::Pass),
    ("none", Verdict::NotApplicable),
];

const GRADES: [Grade; 3] = [Grade::Major, Grade::Minor, Grade::Opportunity];

const AUDITS: [AuditStage; 3] = [AuditStage::One, AuditStage::Two, AuditStage::Surveillance];

impl Filter {
    /// What the address says.
    ///
    /// # Errors
    /// When it names something there is none of.
    pub(super) fn read(ask: &Ask) -> Result<Self, Problem> {
        let wrong = |name: &str, text: &str| {
            Problem::Wrong(format!("there is no {name} `{text}`: choose one from the list"))
        };
        let said = |name: &str| ask.query.said(name);
        let verdict = said("verdict").map(|text| {
            let found = VERDICTS.iter().find(|it| it.0 == text);
            found.map(|it| it.1).ok_or_else(|| wrong("verdict", text))
        });
        let grade = said("grade").map(|text| {
            GRADES.into_iter().find(|it| it.id() == text).ok_or_else(|| wrong("grade", text))
        });
        let audit = said("audit").map(|text| {
            AUDITS.into_iter().find(|it| it.id() == text).ok_or_else(|| wrong("audit", text))
        });
        let owner = said("owner").map(|text| text.parse().map_err(|_| wrong("owner", text)));
        Ok(Self {
            clause: said("clause").map(str::to_owned),
            verdict: verdict.transpose()?,
            grade: grade.transpose()?,
            audit: audit.transpose()?,
            owner: owner.transpose()?,
        })
    }

    /// Whether a result is shown.
    pub(super) fn takes(&self, ask: &Ask, it: &Judged) -> bool {
        let (rule, outcome) = (it.rule, &it.outcome);
        let within = |above: &String| {
            let rest = rule.clause.strip_prefix(above.trim_end_matches('.'));
            rest.is_some_and(|it| it.is_empty() || it.starts_with('.'))
        };
        self.clause.as_ref().is_none_or(within)
            && self.verdict.is_none_or(|it| outcome.verdict == it)
            && self.grade.is_none_or(|it| outcome.grade == Some(it))
            && self.audit.is_none_or(|it| rule.stages.contains(&it))
            && self.owner.is_none_or(|owner| {
                let cases = outcome.fails.iter().chain(&outcome.unknowns);
                let records = cases.filter_map(|it| ask.isms().get(it.record?));
                records.into_iter().any(|it| is_owned(it, owner))
            })
    }

    /// Whether verdicts of one sort are asked for.
    pub(super) fn is_by_verdict(&self) -> bool {
        self.verdict.is_some()
    }

    /// The form to choose by, and the counts by verdict.
    pub(super) fn form(&self, ask: &Ask, report: &Report) -> Markup {
        let option = |value: &str, label: &str, is: bool| html! { option value=(value) selected[is] { (label) } };
        let numbers = ["4", "5", "6", "7", "8", "9", "10"];
        let is_heading = |it: &str| self.clause.as_deref() == Some(it);
        let other = self.clause.as_deref().filter(|it| !numbers.contains(it));
        html! {
            form.filters.narrow method="get" action=(ask.to("/conformity")) {
                label { "Clause " select name="clause" {
                    (option("", "all", self.clause.is_none()))
                    @for it in &numbers { (option(it, &heading(it), is_heading(it))) }
                    @if let Some(it) = other { (option(it, it, true)) }
                } }
                label { "Verdict " select name="verdict" {
                    (option("", "all", self.verdict.is_none()))
                    @for (id, it) in VERDICTS { (option(id, &format!("{} ({})", it.label(), report.count(it)), self.verdict == Some(it))) }
                } }
                label { "Grade " select name="grade" {
                    (option("", "all", self.grade.is_none()))
                    @for it in GRADES { (option(it.id(), &format!("{} ({})", it.label(), report.graded(it)), self.grade == Some(it))) }
                } }
                label { "Audit " select name="audit" {
                    (option("", "all", self.audit.is_none()))
                    @for (it, label) in AUDITS.into_iter().zip(["stage 1", "stage 2", "surveillance"]) { (option(it.id(), label, self.audit == Some(it))) }
                } }
                label { "Owner " select name="owner" {
                    (option("", "anybody", self.owner.is_none()))
                    @for it in owners(ask) { (option(&it.head.id.to_string(), it.title(), self.owner == Some(it.head.id))) }
                } }
                button.btn { "Show" }
                @if !ask.query.query().is_empty() { a href=(ask.to("/conformity")) { "Show all" } }
            }
        }
    }
}

/// Whether a record names this role or person as whoever answers for it.
pub(super) fn is_owned(record: &Record, owner: Id) -> bool {
    ["owner", "head", "lead", "handler"].iter().any(|name| {
        let mut found = false;
        record.cell(name).links(&mut |link| found |= link.id == owner);
        found
    })
}

/// Roles, and the persons that own something themselves: at most as many as a list bears.
fn owners(ask: &Ask) -> Vec<&Record> {
    let sight = ask.sight();
    let owns = |it: &&Record| {
        let mut links = ask.isms().links_to(it.head.id);
        links.any(|link| {
            let source = ask.isms().get(link.source);
            source.is_some_and(|it| it.def().fields[usize::from(link.field)].name == "owner")
        })
    };
    let all = sight.rows("role").chain(sight.rows("person"));
    all.filter(|it| it.is_live()).filter(owns).take(200).collect()
}
