//! Clauses 6.2 and 6.3: objectives, and changes of the ISMS.

use crate::requirement::Requirement;

pub(super) static REQUIREMENTS: &[Requirement] = &[
    Requirement {
        id: "6.2",
        clause: "6.2",
        title: "Objectives at the right functions and levels",
        asks: "Set security objectives where they make a difference, for functions and levels \
            that matter and not only for the security team.",
        looked_at: "Whether operations, development, sales support or management have objectives \
            of their own, and how last year's differ from this year's.",
        evidence: "Objectives with the unit or level they belong to.",
        documented: None,
    },
    Requirement {
        id: "6.2.a",
        clause: "6.2",
        title: "In line with the policy",
        asks: "Objectives serve what the policy promises and contradict none of it.",
        looked_at: "Each objective is held against the policy to see which statement it serves, \
            and whether any works against one.",
        evidence: "Reference from each objective to the policy.",
        documented: None,
    },
    Requirement {
        id: "6.2.b",
        clause: "6.2",
        title: "Measurable where that can be done",
        asks: "Progress can be read off in figures, or it has been said why no figure makes sense.",
        looked_at: "“Improve awareness” without a figure, and measurable ones whose figure nobody \
            can produce.",
        evidence: "Measure and target per objective; reason where none is possible.",
        documented: None,
    },
    Requirement {
        id: "6.2.c",
        clause: "6.2",
        title: "Drawn from requirements and risk results",
        asks: "Objectives take up the security requirements that apply, and what assessment and \
            treatment of risk have shown.",
        looked_at: "Whether the largest risks and the hardest customer demands are behind any of \
            the objectives.",
        evidence: "Link from each objective to a risk, a requirement or a treatment result.",
        documented: None,
    },
    Requirement {
        id: "6.2.d",
        clause: "6.2",
        title: "Watched over time",
        asks: "Somebody watches how far along the objectives are, while there is still time to \
            act.",
        looked_at: "Date and value of the last measurement, and what happened when it pointed the \
            wrong way.",
        evidence: "Series of measurements per objective, with the remarks made on them.",
        documented: None,
    },
    Requirement {
        id: "6.2.e",
        clause: "6.2",
        title: "Known to those who must reach them",
        asks: "Those who have to reach an objective have been told of it, and others as far as it \
            concerns them.",
        looked_at: "People in the unit concerned are asked for their objective and how far along \
            it is.",
        evidence: "Team meeting notes, dashboards or target agreements that show the objectives.",
        documented: None,
    },
    Requirement {
        id: "6.2.f",
        clause: "6.2",
        title: "Kept up to date",
        asks: "Objectives follow events: they are revised when reached, overtaken or proven wrong.",
        looked_at: "Objectives reached long ago, or overtaken by a reorganization, that still \
            stand unchanged.",
        evidence: "Change history of the objectives; review decision for each period.",
        documented: None,
    },
    Requirement {
        id: "6.2.g",
        clause: "6.2",
        title: "On hand in writing",
        asks: "Objectives exist in a documented form that can be consulted.",
        looked_at: "Whether the list in use is the approved one and the people who need it can \
            open it.",
        evidence: "Current list of objectives in the document register.",
        documented: Some("The information security objectives, at hand"),
    },
    Requirement {
        id: "6.2.di",
        clause: "6.2",
        title: "Objectives are kept on record",
        asks: "Keep information about the objectives, past ones too, so that their course can be \
            followed.",
        looked_at: "Whether objectives and results of the previous period can still be produced.",
        evidence: "Archived objectives with their results by period.",
        documented: Some("Retained information about the objectives"),
    },
    Requirement {
        id: "6.2.h",
        clause: "6.2",
        title: "Plan: the steps",
        asks: "For each objective, plan the steps that lead to it.",
        looked_at: "Whether the steps named would bring about the target, or are everyday work \
            under a new heading.",
        evidence: "Steps or project tasks under each objective.",
        documented: None,
    },
    Requirement {
        id: "6.2.i",
        clause: "6.2",
        title: "Plan: the means",
        asks: "For each objective, estimate and secure the money, people and tools it takes.",
        looked_at: "Whether the means were granted, and what became of the objective where they \
            were not.",
        evidence: "Estimate of effort and budget per objective, with its approval.",
        documented: None,
    },
    Requirement {
        id: "6.2.j",
        clause: "6.2",
        title: "Plan: the person in charge",
        asks: "For each objective, name one person or role that answers for reaching it.",
        looked_at: "The person named knows it, still holds the role, and can influence the result.",
        evidence: "Name or role beside each objective, confirmed by its holder.",
        documented: None,
    },
    Requirement {
        id: "6.2.k",
        clause: "6.2",
        title: "Plan: the date",
        asks: "For each objective, set the day by which it is to be reached, with stages where it \
            is far off.",
        looked_at: "Dates passed in silence, and dates that move each year by a year.",
        evidence: "Due date and milestones per objective; record of each shift with its reason.",
        documented: None,
    },
    Requirement {
        id: "6.2.l",
        clause: "6.2",
        title: "Plan: the verdict",
        asks: "For each objective, settle beforehand how it will be told whether it was reached.",
        looked_at: "Whether two people would come to the same verdict from the rule written down.",
        evidence: "Rule of evaluation per objective and the verdict reached by it.",
        documented: None,
    },
    Requirement {
        id: "6.3",
        clause: "6.3",
        title: "Changes of the ISMS are planned",
        asks: "When the ISMS itself has to change, make the change in a planned way.",
        looked_at: "A recent change of scope, organization, method or tool is followed to see who \
            thought about consequences, means and duties before it took effect.",
        evidence: "Change record with purpose, effects, resources and approval, dated before the \
            change; project plan of a larger one.",
        documented: None,
    },
];
