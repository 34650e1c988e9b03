//! What the organization is heading for, and how far away that is.

use domain::{
    Isms,
    conformity::{AuditStage, Grade, Report, Verdict},
};
use jiff::civil::Date;
use kinds::organization::{Goal, Organization};

use crate::words;

/// What the organization is heading for.
pub(super) struct Aim {
    /// The audit that comes next.
    pub(super) audit: AuditStage,
    goal: Option<Goal>,
    /// The wished day of that audit, where it lies ahead.
    wished: Option<Date>,
    today: Date,
}

impl Aim {
    /// By the goal and the wished days in the organization's record.
    pub(super) fn of(isms: &Isms, today: Date) -> Self {
        let organization = isms.all::<Organization>().next().map(|it| it.1);
        let goal = organization.and_then(|it| it.goal);
        let ahead = |day: Option<Date>| day.filter(|it| *it >= today);
        let first = organization.and_then(|it| it.wished_stage_1);
        let second = ahead(organization.and_then(|it| it.wished_stage_2));
        let (audit, wished) = match goal {
            Some(Goal::Keep | Goal::Extend) => (AuditStage::Surveillance, None),
            _ if first.is_some_and(|it| it < today) => (AuditStage::Two, second),
            _ => (AuditStage::One, ahead(first)),
        };
        Self { audit, goal, wished, today }
    }

    /// The question that the page answers.
    pub(super) fn title(&self) -> String {
        match (self.goal, self.wished) {
            (Some(Goal::Conform), _) => "Where your ISMS stands".to_owned(),
            (Some(Goal::Extend), _) => "Ready for the wider scope?".to_owned(),
            (_, Some(day)) => {
                format!("Ready for {} {}?", self.called(), words::away(day, self.today))
            }
            (None, None) => "Where your ISMS stands".to_owned(),
            (_, None) => format!("Ready for {}?", self.called()),
        }
    }

    /// The answer in one or two sentences: never that all is well, only what is open.
    pub(super) fn lead(&self, report: &Report) -> String {
        let open = |grade: Grade| {
            report.at(self.audit).filter(|it| it.outcome.grade == Some(grade)).count()
        };
        let unknown = report.at(self.audit);
        let unknown = unknown.filter(|it| it.outcome.verdict == Verdict::Unknown).count();
        let (major, minor) = (open(Grade::Major), open(Grade::Minor));
        let who = format!("An auditor at {}", self.called());
        let gaps = words::count(minor, "minor nonconformity", "minor nonconformities");
        let more = match unknown {
            0 => String::new(),
            1 => " One thing could not be told.".to_owned(),
            many => format!(" {many} things could not be told."),
        };
        match (self.audit, major, minor) {
            (_, 0, 0) => format!("The rules find nothing that {} would raise.{more}", lower(&who)),
            (AuditStage::One, 0, minor) => {
                let areas = words::count(minor, "area of concern", "areas of concern");
                format!("{who} would raise {areas}, none of them grave.{more}")
            }
            (AuditStage::One, major, _) => {
                let areas = words::count(major, "area of concern", "areas of concern");
                format!(
                    "{who} would raise {areas} that could become major nonconformities. Begin with these."
                )
            }
            (_, 0, _) => format!("{who} would raise {gaps}, and none that is major.{more}"),
            (_, major, _) => {
                let grave = words::count(major, "major nonconformity", "major nonconformities");
                format!("{who} would raise {grave} and {gaps}. Begin with the major ones.")
            }
        }
    }

    fn called(&self) -> &'static str {
        match self.audit {
            AuditStage::One => "stage 1",
            AuditStage::Two => "stage 2",
            AuditStage::Surveillance => "the surveillance audit",
        }
    }
}

fn lower(text: &str) -> String {
    text.replacen("An ", "an ", 1)
}
