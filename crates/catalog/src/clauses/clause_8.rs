//! Clause 8: running the processes, assessments and treatment that were planned.

use crate::requirement::Requirement;

pub(super) static REQUIREMENTS: &[Requirement] = &[
    Requirement {
        id: "8.1",
        clause: "8.1",
        title: "Processes run to set criteria",
        asks: "Run the processes that security depends on, and the actions decided in planning, \
            by criteria set for them, and stay within these.",
        looked_at: "For several processes, patching, access or onboarding for example, the \
            auditor asks what counts as done right and who checks it, then reads the last runs.",
        evidence: "Procedures with criteria such as deadlines and approval steps; run records and \
            control checks against them.",
        documented: None,
    },
    Requirement {
        id: "8.1.di",
        clause: "8.1",
        title: "Proof that work went as planned",
        asks: "Record enough of the work to convince a doubter that it was done as laid down.",
        looked_at: "Tickets, logs and checklists of a sampled period are read for gaps, weeks \
            without entry above all.",
        evidence: "Completed checklists, tickets, job logs and reports over the period.",
        documented: Some("Evidence that processes were carried out as planned"),
    },
    Requirement {
        id: "8.1.changes",
        clause: "8.1",
        title: "Planned and unintended changes",
        asks: "Let no process change uncontrolled; where one did by accident, look at what that \
            did and contain the damage.",
        looked_at: "A change taken from the live system, not from the change list, is traced back \
            to its approval; so is the aftermath of one that went wrong.",
        evidence: "Change records with security assessment; reviews after failed or unplanned \
            changes with the measures taken.",
        documented: None,
    },
    Requirement {
        id: "8.1.external",
        clause: "8.1",
        title: "What others provide",
        asks: "Stay in charge of what comes from outside: bought processes, products and services \
            on which the ISMS depends.",
        looked_at: "The most critical providers are picked: what was agreed on security, how it \
            is watched, and what was done about the last bad result.",
        evidence: "Supplier register with criticality; agreements with security terms; assessment \
            results, service reports and certificates reviewed.",
        documented: None,
    },
    Requirement {
        id: "8.2",
        clause: "8.2",
        title: "Assessments in rhythm and on change",
        asks: "Assess risks anew in the rhythm the organization has given itself, and out of turn \
            when something important changes or is about to.",
        looked_at: "Date of the last assessment against the own interval; acquisitions, moves to \
            the cloud and new products since then, and whether they led to one.",
        evidence: "Dated assessment rounds; assessments triggered by named changes, or the note \
            why none was needed.",
        documented: None,
    },
    Requirement {
        id: "8.2.di",
        clause: "8.2",
        title: "Assessment results are kept",
        asks: "Keep what each assessment found, in a form that shows it as it was on the day.",
        looked_at: "Whether the results of the round before can be shown as they were then, not \
            as the register looks today.",
        evidence: "Dated snapshot of the register for each round, with sign-off.",
        documented: Some("Results of risk assessments"),
    },
    Requirement {
        id: "8.3",
        clause: "8.3",
        title: "The treatment plan is carried out",
        asks: "Do what the risk treatment plan says, in the order and by the dates it gives.",
        looked_at: "Finished actions are verified where they should have taken effect; a plan \
            that has not moved since certification speaks for itself.",
        evidence: "Plan with progress; tickets, purchase orders or configurations that implement \
            its actions.",
        documented: None,
    },
    Requirement {
        id: "8.3.di",
        clause: "8.3",
        title: "Treatment results are kept",
        asks: "Keep what treatment brought about: what was done, and where the risk has stood \
            since.",
        looked_at: "Whether, after the actions, somebody looked at the risk again and noted what \
            level remains.",
        evidence: "Closed actions with proof of what was done and the new level of the risk; \
            progress reports by date.",
        documented: Some("Results of risk treatment"),
    },
];
