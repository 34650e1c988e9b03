//! The clauses of the standard, and the files that hold what each requires.

mod clause_10;
mod clause_4;
mod clause_5;
mod clause_6_1;
mod clause_6_2;
mod clause_7;
mod clause_8;
mod clause_9_1;
mod clause_9_3;

use std::sync::LazyLock;

use crate::requirement::Requirement;

/// What a clause of the standard is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClauseLevel {
    /// Gathers the clauses below it and requires nothing itself.
    Heading,
    /// Holds requirements.
    Requirement,
}

/// A numbered clause of ISO/IEC 27001:2022, from 4 to 10.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its number, such as `6.1.3`.
    pub id: &'static str,
    /// Its short title.
    pub title: &'static str,
    /// Whether it requires something itself.
    pub level: ClauseLevel,
    /// What the edition of 2022 or its amendment changed in it.
    pub note: Option<&'static str>,
}

impl Clause {
    /// The requirements of this clause and of those below it, in order.
    pub fn requirements(&self) -> impl Iterator<Item = &'static Requirement> + use<> {
        let id = self.id;
        crate::requirements().iter().filter(move |requirement| within(requirement.clause, id))
    }
}

/// All clauses, headings among them, in the order of the standard.
pub fn clauses() -> &'static [Clause] {
    CLAUSES
}

/// The clause with this number, such as `6.1.3`.
pub fn clause(id: &str) -> Option<&'static Clause> {
    CLAUSES.iter().find(|clause| clause.id == id)
}

/// The requirements of all clauses, gathered once.
pub(crate) fn gathered() -> &'static [Requirement] {
    static ALL: LazyLock<Vec<Requirement>> = LazyLock::new(|| {
        [
            clause_4::REQUIREMENTS,
            clause_5::REQUIREMENTS,
            clause_6_1::REQUIREMENTS,
            clause_6_2::REQUIREMENTS,
            clause_7::REQUIREMENTS,
            clause_8::REQUIREMENTS,
            clause_9_1::REQUIREMENTS,
            clause_9_3::REQUIREMENTS,
            clause_10::REQUIREMENTS,
        ]
        .concat()
    });
    &ALL
}

fn within(clause: &str, above: &str) -> bool {
    clause.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

static CLAUSES: &[Clause] = &[
    Clause {
        id: "4",
        title: "Context of the organization",
        level: ClauseLevel::Heading,
        note: None,
    },
    Clause {
        id: "4.1",
        title: "Understanding the organization and its context",
        level: ClauseLevel::Requirement,
        note: Some(
            "Amendment 1:2024 adds the decision whether climate change is a relevant \
        issue.",
        ),
    },
    Clause {
        id: "4.2",
        title: "Understanding the needs and expectations of interested parties",
        level: ClauseLevel::Requirement,
        note: Some(
            "Amendment 1:2024 adds a note, which is no requirement: interested parties can \
        have requirements about climate change.",
        ),
    },
    Clause {
        id: "4.3",
        title: "Determining the scope of the information security management system",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause {
        id: "4.4",
        title: "Information security management system",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause { id: "5", title: "Leadership", level: ClauseLevel::Heading, note: None },
    Clause {
        id: "5.1",
        title: "Leadership and commitment",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause { id: "5.2", title: "Policy", level: ClauseLevel::Requirement, note: None },
    Clause {
        id: "5.3",
        title: "Organizational roles, responsibilities and authorities",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause { id: "6", title: "Planning", level: ClauseLevel::Heading, note: None },
    Clause {
        id: "6.1",
        title: "Actions to address risks and opportunities",
        level: ClauseLevel::Heading,
        note: None,
    },
    Clause { id: "6.1.1", title: "General", level: ClauseLevel::Requirement, note: None },
    Clause {
        id: "6.1.2",
        title: "Information security risk assessment",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause {
        id: "6.1.3",
        title: "Information security risk treatment",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause {
        id: "6.2",
        title: "Information security objectives and planning to achieve them",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause {
        id: "6.3",
        title: "Planning of changes",
        level: ClauseLevel::Requirement,
        note: Some("New in 2022."),
    },
    Clause { id: "7", title: "Support", level: ClauseLevel::Heading, note: None },
    Clause { id: "7.1", title: "Resources", level: ClauseLevel::Requirement, note: None },
    Clause { id: "7.2", title: "Competence", level: ClauseLevel::Requirement, note: None },
    Clause { id: "7.3", title: "Awareness", level: ClauseLevel::Requirement, note: None },
    Clause { id: "7.4", title: "Communication", level: ClauseLevel::Requirement, note: None },
    Clause { id: "7.5", title: "Documented information", level: ClauseLevel::Heading, note: None },
    Clause { id: "7.5.1", title: "General", level: ClauseLevel::Requirement, note: None },
    Clause {
        id: "7.5.2",
        title: "Creating and updating",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause {
        id: "7.5.3",
        title: "Control of documented information",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause { id: "8", title: "Operation", level: ClauseLevel::Heading, note: None },
    Clause {
        id: "8.1",
        title: "Operational planning and control",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause {
        id: "8.2",
        title: "Information security risk assessment",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause {
        id: "8.3",
        title: "Information security risk treatment",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause { id: "9", title: "Performance evaluation", level: ClauseLevel::Heading, note: None },
    Clause {
        id: "9.1",
        title: "Monitoring, measurement, analysis and evaluation",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause { id: "9.2", title: "Internal audit", level: ClauseLevel::Heading, note: None },
    Clause { id: "9.2.1", title: "General", level: ClauseLevel::Requirement, note: None },
    Clause {
        id: "9.2.2",
        title: "Internal audit programme",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause { id: "9.3", title: "Management review", level: ClauseLevel::Heading, note: None },
    Clause { id: "9.3.1", title: "General", level: ClauseLevel::Requirement, note: None },
    Clause {
        id: "9.3.2",
        title: "Management review inputs",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause {
        id: "9.3.3",
        title: "Management review results",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause {
        id: "10",
        title: "Improvement",
        level: ClauseLevel::Heading,
        note: Some("Its two parts have changed places since 2013."),
    },
    Clause {
        id: "10.1",
        title: "Continual improvement",
        level: ClauseLevel::Requirement,
        note: None,
    },
    Clause {
        id: "10.2",
        title: "Nonconformity and corrective action",
        level: ClauseLevel::Requirement,
        note: None,
    },
];
