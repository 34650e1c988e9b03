//! What the clauses expressly call for as documented information.

use crate::requirement::{Requirement, requirement};

/// Whether documented information tells what shall be, or shows what was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Says what is to be done, and has editions.
    Document,
    /// Shows what was done, and is kept as it was.
    Record,
    /// Both, or either as the organization decides.
    Both,
}

/// From when on documented information can be expected to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// From the first audit stage on.
    Always,
    /// Once the ISMS has been running, so from audit stage 2 on.
    InOperation,
    /// Only as far as the organization found it necessary.
    IfDetermined,
    /// Only once there has been a nonconformity.
    IfNonconformity,
}

/// A row of the list of mandatory documented information of clauses 4 to 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentedInformation {
    /// Its place in the list, from 1 to 19.
    pub row: u8,
    /// The ids of the requirements that call for it.
    pub requirements: &'static [&'static str],
    /// What it is.
    pub what: &'static str,
    /// Whether it is a document or a record.
    pub form: Form,
    /// From when on it can be expected.
    pub need: Need,
    /// What it holds at the least.
    pub holds: &'static str,
}

impl DocumentedInformation {
    /// How the requirements that call for it are quoted, such as `6.1.3 e), 6.1.3 f)`.
    pub fn reference(&self) -> String {
        let quoted = self.requirements.iter().filter_map(|id| requirement(id));
        quoted.map(Requirement::reference).collect::<Vec<_>>().join(", ")
    }
}

/// The 19 rows of mandatory documented information, in the order of the clauses.
///
/// Controls of Annex A that call for something documented are marked
/// [`Control::documented`](crate::Control::documented).
pub fn documented_information() -> &'static [DocumentedInformation] {
    ROWS
}

static ROWS: &[DocumentedInformation] = &[
    DocumentedInformation {
        row: 1,
        requirements: &["4.3.di"],
        what: "Scope of the ISMS",
        form: Form::Document,
        need: Need::Always,
        holds: "Boundaries and applicability, and how issues, requirements, interfaces and \
            dependencies were considered.",
    },
    DocumentedInformation {
        row: 2,
        requirements: &["5.2.e"],
        what: "Information security policy",
        form: Form::Document,
        need: Need::Always,
        holds: "Purpose, objectives or the frame for them, and the two commitments.",
    },
    DocumentedInformation {
        row: 3,
        requirements: &["6.1.2.di"],
        what: "Risk assessment process",
        form: Form::Document,
        need: Need::Always,
        holds: "Criteria for accepting and assessing risk, and how risks are identified, analyzed \
            and evaluated.",
    },
    DocumentedInformation {
        row: 4,
        requirements: &["6.1.3.di"],
        what: "Risk treatment process",
        form: Form::Document,
        need: Need::Always,
        holds: "How options and controls are chosen and compared with Annex A, and how the plan \
            and what remains are approved.",
    },
    DocumentedInformation {
        row: 5,
        requirements: &["6.1.3.d"],
        what: "Statement of Applicability",
        form: Form::Document,
        need: Need::Always,
        holds: "Necessary controls, why each is included, whether it is implemented, and why \
            Annex A controls are left out.",
    },
    DocumentedInformation {
        row: 6,
        requirements: &["6.1.3.e", "6.1.3.f"],
        what: "Risk treatment plan with the owners' approvals",
        form: Form::Both,
        need: Need::Always,
        holds: "Actions by risk, and who approved which version and accepted what remains, and \
            when.",
    },
    DocumentedInformation {
        row: 7,
        requirements: &["6.2.g", "6.2.di"],
        what: "Information security objectives",
        form: Form::Both,
        need: Need::Always,
        holds: "Objectives with measure, and the plan: what, with what, who, by when, how judged.",
    },
    DocumentedInformation {
        row: 8,
        requirements: &["7.2.d"],
        what: "Evidence of competence",
        form: Form::Record,
        need: Need::Always,
        holds: "Person, role, what the role needs, and the education, training or experience that \
            meets it.",
    },
    DocumentedInformation {
        row: 9,
        requirements: &["7.5.1.b"],
        what: "What the organization decided it needs",
        form: Form::Both,
        need: Need::IfDetermined,
        holds: "The organization's own list of documents and the documents on it.",
    },
    DocumentedInformation {
        row: 10,
        requirements: &["7.5.3.external"],
        what: "Documents of external origin",
        form: Form::Document,
        need: Need::IfDetermined,
        holds: "List with source, edition and owner.",
    },
    DocumentedInformation {
        row: 11,
        requirements: &["8.1.di"],
        what: "Evidence that processes ran as planned",
        form: Form::Record,
        need: Need::InOperation,
        holds: "Criteria of the processes and proof of runs that kept to them.",
    },
    DocumentedInformation {
        row: 12,
        requirements: &["8.2.di"],
        what: "Results of risk assessments",
        form: Form::Record,
        need: Need::InOperation,
        holds: "The register as it stood at each assessment, unchangeable since.",
    },
    DocumentedInformation {
        row: 13,
        requirements: &["8.3.di"],
        what: "Results of risk treatment",
        form: Form::Record,
        need: Need::InOperation,
        holds: "State and date of actions, and the level of risk afterward.",
    },
    DocumentedInformation {
        row: 14,
        requirements: &["9.1.di"],
        what: "Results of monitoring and measurement",
        form: Form::Record,
        need: Need::InOperation,
        holds: "Readings with their analysis and evaluation.",
    },
    DocumentedInformation {
        row: 15,
        requirements: &["9.2.2.di"],
        what: "Implementation of the audit program",
        form: Form::Record,
        need: Need::Always,
        holds: "Program, plans and dates on which audits took place.",
    },
    DocumentedInformation {
        row: 16,
        requirements: &["9.2.2.di"],
        what: "Audit results",
        form: Form::Record,
        need: Need::Always,
        holds: "Reports and findings.",
    },
    DocumentedInformation {
        row: 17,
        requirements: &["9.3.3.di"],
        what: "Results of management reviews",
        form: Form::Record,
        need: Need::Always,
        holds: "Inputs covered and decisions taken.",
    },
    DocumentedInformation {
        row: 18,
        requirements: &["10.2.f"],
        what: "Nature of nonconformities and actions taken",
        form: Form::Record,
        need: Need::IfNonconformity,
        holds: "What did not conform, its cause and extent, and what was done.",
    },
    DocumentedInformation {
        row: 19,
        requirements: &["10.2.g"],
        what: "Results of corrective actions",
        form: Form::Record,
        need: Need::IfNonconformity,
        holds: "Whether the action had its effect, with proof.",
    },
];
