//! Clause 9.3: management review.

use crate::requirement::Requirement;

pub(super) static REQUIREMENTS: &[Requirement] = &[
    Requirement {
        id: "9.3.1",
        clause: "9.3.1",
        title: "Reviews by top management at set intervals",
        asks: "Top management reviews the ISMS at intervals it has set, to see that it still \
            fits, suffices and works.",
        looked_at: "Who sat at the table, whether any of them is top management, and how the date \
            relates to the own interval and to the internal audit.",
        evidence: "Review calendar; invitation, participants and minutes of the last review.",
        documented: None,
    },
    Requirement {
        id: "9.3.2.a",
        clause: "9.3.2",
        title: "State of earlier decisions",
        asks: "The review looks at what became of the actions from earlier reviews.",
        looked_at: "Each action of the previous minutes is searched for in these: done, carried \
            forward or lost.",
        evidence: "Open-action list presented at the review.",
        documented: None,
    },
    Requirement {
        id: "9.3.2.b",
        clause: "9.3.2",
        title: "Changed issues",
        asks: "The review looks at how external and internal issues that bear on the ISMS have \
            changed.",
        looked_at: "New laws, reorganizations and threats of the past year that everybody knows \
            of but the minutes do not mention.",
        evidence: "Updated list of issues with its changes marked, among the papers of the review.",
        documented: None,
    },
    Requirement {
        id: "9.3.2.c",
        clause: "9.3.2",
        title: "Changed needs of interested parties",
        asks: "The review looks at how needs and expectations of interested parties have changed; \
            this input came in 2022 and is easily forgotten.",
        looked_at: "New customer contracts and regulator letters since the last review, against \
            what was presented.",
        evidence: "Summary of changed or new requirements since the last meeting.",
        documented: None,
    },
    Requirement {
        id: "9.3.2.d.1",
        clause: "9.3.2",
        title: "Performance: nonconformities and corrective actions",
        asks: "The review looks at the trend of nonconformities and of the actions against their \
            causes.",
        looked_at: "Whether more is shown than a count: age, recurrence, overdue actions, areas \
            that stand out.",
        evidence: "Chart or table of nonconformities over several periods, with the age of open \
            ones.",
        documented: None,
    },
    Requirement {
        id: "9.3.2.d.2",
        clause: "9.3.2",
        title: "Performance: monitoring and measurement",
        asks: "The review looks at the trend of what is monitored and measured.",
        looked_at: "Whether the figures presented are those of the measurement plan, over time \
            and with a verdict.",
        evidence: "Dashboard or report of measures with earlier values beside them.",
        documented: None,
    },
    Requirement {
        id: "9.3.2.d.3",
        clause: "9.3.2",
        title: "Performance: audit results",
        asks: "The review looks at the trend of audit results, internal and external.",
        looked_at: "Whether customers' audits and the certification body's report were on the \
            table beside the internal ones.",
        evidence: "Summary of all audits since the last review with grade and state of findings.",
        documented: None,
    },
    Requirement {
        id: "9.3.2.d.4",
        clause: "9.3.2",
        title: "Performance: objectives",
        asks: "The review looks at the trend in meeting the security objectives.",
        looked_at: "What management said about the objectives that were missed, and whether new \
            ones were set knowingly.",
        evidence: "Achievement per objective against target, with that of the previous period.",
        documented: None,
    },
    Requirement {
        id: "9.3.2.e",
        clause: "9.3.2",
        title: "Feedback from interested parties",
        asks: "The review looks at what interested parties have said.",
        looked_at: "Complaints, questionnaires, praise and warnings from customers, staff, \
            authorities and suppliers, and how they were gathered.",
        evidence: "Collected feedback with its source; complaint statistics; survey results.",
        documented: None,
    },
    Requirement {
        id: "9.3.2.f",
        clause: "9.3.2",
        title: "Risk results and treatment plan",
        asks: "The review looks at the results of risk assessment and at how far the treatment \
            plan has come.",
        looked_at: "Whether top management saw the highest risks and the overdue actions by name.",
        evidence: "Top risks and their movement; progress of the treatment plan with delays \
            explained.",
        documented: None,
    },
    Requirement {
        id: "9.3.2.g",
        clause: "9.3.2",
        title: "Chances to improve",
        asks: "The review looks at opportunities for improving the ISMS further.",
        looked_at: "Whether proposals were put forward and weighed, or the agenda item was passed \
            over.",
        evidence: "List of proposals with expected benefit and effort, as put before the review.",
        documented: None,
    },
    Requirement {
        id: "9.3.3",
        clause: "9.3.3",
        title: "Decisions on improvement and change",
        asks: "The review ends in decisions: which improvements to make, and whether the ISMS \
            needs to change; “nothing needed” is a decision if somebody took it.",
        looked_at: "Decisions are told from mere notes; each has somebody in charge and a date, \
            and some are followed to the end.",
        evidence: "Decisions in the minutes, moved to the action list with owner and due date.",
        documented: None,
    },
    Requirement {
        id: "9.3.3.di",
        clause: "9.3.3",
        title: "Review results are kept",
        asks: "Keep proof of what the management reviews resulted in.",
        looked_at: "Minutes that show all inputs, who took part and what was decided, for each \
            review of the cycle.",
        evidence: "Approved or otherwise fixed minutes with the papers presented.",
        documented: Some("Evidence of management review results"),
    },
];
