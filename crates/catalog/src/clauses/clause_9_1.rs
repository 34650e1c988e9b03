//! Clauses 9.1 and 9.2: measuring and internal audit.

use crate::requirement::Requirement;

pub(super) static REQUIREMENTS: &[Requirement] = &[
    Requirement {
        id: "9.1",
        clause: "9.1",
        title: "Performance and effectiveness are evaluated",
        asks: "Judge from the results how security performs and whether the ISMS has the effect \
            it should.",
        looked_at: "Whether anybody drew a conclusion: charts without a verdict are data, and \
            patch counts alone say nothing about the ISMS.",
        evidence: "Evaluation report with conclusions on performance and effectiveness; decisions \
            that came of it.",
        documented: None,
    },
    Requirement {
        id: "9.1.a",
        clause: "9.1",
        title: "The measures chosen",
        asks: "Choose what to keep an eye on and put into figures, security processes and \
            controls among it.",
        looked_at: "Whether the choice follows risks and objectives or whatever the tools happen \
            to count.",
        evidence: "List of measures with the process, control or objective each one tells about.",
        documented: None,
    },
    Requirement {
        id: "9.1.b",
        clause: "9.1",
        title: "The methods",
        asks: "Settle how each value is obtained and interpreted, so that it holds water; done \
            again, it should come out the same.",
        looked_at: "A figure is recomputed from its source: population, formula and date must \
            lead to the same value.",
        evidence: "Definition sheet per measure with formula, source and population.",
        documented: None,
    },
    Requirement {
        id: "9.1.c",
        clause: "9.1",
        title: "When readings are taken",
        asks: "Settle on which days or how often readings are taken.",
        looked_at: "Missing periods in the series, and values entered long afterward in one go.",
        evidence: "Frequency per measure; readings with the time at which they were recorded.",
        documented: None,
    },
    Requirement {
        id: "9.1.d",
        clause: "9.1",
        title: "Who takes the readings",
        asks: "Settle who takes the readings, and who steps in for them.",
        looked_at: "The person named is asked to show how the last value was taken, and who does \
            it during vacations.",
        evidence: "Name or role per measure, with a deputy for the critical ones.",
        documented: None,
    },
    Requirement {
        id: "9.1.e",
        clause: "9.1",
        title: "When readings are judged",
        asks: "Settle by when the readings are looked through and judged.",
        looked_at: "Time between reading and verdict, and whether the verdicts were there before \
            the management review needed them.",
        evidence: "Calendar of evaluations; dated analyses per period.",
        documented: None,
    },
    Requirement {
        id: "9.1.f",
        clause: "9.1",
        title: "Who judges the readings",
        asks: "Settle who makes sense of the readings and passes judgment on them.",
        looked_at: "Whether those who judge understand the figures and can speak freely about \
            poor ones.",
        evidence: "Duty of analysis in role descriptions; signed or named analyses.",
        documented: None,
    },
    Requirement {
        id: "9.1.di",
        clause: "9.1",
        title: "Results are kept",
        asks: "Keep the readings and what was concluded from them, as proof that measuring took \
            place.",
        looked_at: "Raw readings behind a figure in the last report, and whether they could be \
            altered afterward.",
        evidence: "Measurement series, exports and reports, stored by period.",
        documented: Some("Evidence of monitoring and measurement results"),
    },
    Requirement {
        id: "9.2.1",
        clause: "9.2.1",
        title: "Audits at planned intervals",
        asks: "Audit the ISMS internally at intervals set by the organization.",
        looked_at: "Audits planned against audits held, and the reason recorded wherever one was \
            skipped or moved.",
        evidence: "Audit calendar with planned and actual dates.",
        documented: None,
    },
    Requirement {
        id: "9.2.1.a.1",
        clause: "9.2.1",
        title: "Does it meet the own requirements",
        asks: "Find out by audits whether the ISMS keeps to what the organization itself demands \
            of it.",
        looked_at: "Whether audit criteria include own policies, procedures and contract \
            promises, and not the standard alone.",
        evidence: "Audit checklists that quote own rules; findings raised against them.",
        documented: None,
    },
    Requirement {
        id: "9.2.1.a.2",
        clause: "9.2.1",
        title: "Does it meet the standard",
        asks: "Find out by audits whether the ISMS meets the requirements of ISO/IEC 27001.",
        looked_at: "Coverage of clauses 4 to 10 and of the included controls over the cycle, \
            sites among it; holes are marked.",
        evidence: "Coverage matrix of clauses, controls and sites by audit.",
        documented: None,
    },
    Requirement {
        id: "9.2.1.b",
        clause: "9.2.1",
        title: "Is it put into practice and kept up",
        asks: "Find out by audits whether the ISMS is really lived and maintained.",
        looked_at: "Whether the internal auditors looked at samples and talked to people, or only \
            read documents.",
        evidence: "Working papers with samples, interviews and observations.",
        documented: None,
    },
    Requirement {
        id: "9.2.2",
        clause: "9.2.2",
        title: "Audit program",
        asks: "Keep a program of audits going that settles how often they take place, how they \
            are done, by whom, with what preparation, and how their results are passed on.",
        looked_at: "Each of those elements in the approved program, and what was changed in it \
            during the year.",
        evidence: "Approved audit program for the cycle with rhythm, methods, duties and rules \
            for reporting.",
        documented: None,
    },
    Requirement {
        id: "9.2.2.importance",
        clause: "9.2.2",
        title: "Program follows importance and past results",
        asks: "Let the weight of the processes and the results of earlier audits shape the \
            program.",
        looked_at: "Why an area with many findings is not visited sooner than one without any.",
        evidence: "Reasoning in the program, such as a ranking of areas by risk and past findings.",
        documented: None,
    },
    Requirement {
        id: "9.2.2.a",
        clause: "9.2.2",
        title: "Criteria and scope per audit",
        asks: "Lay down for each audit what it is measured against and what it covers.",
        looked_at: "Audit plans that say “ISO 27001” and nothing more, and reports that cover \
            less than the plan.",
        evidence: "Plan of each audit with criteria, areas, sites, period and sample.",
        documented: None,
    },
    Requirement {
        id: "9.2.2.b",
        clause: "9.2.2",
        title: "Objective, impartial auditors",
        asks: "Let nobody judge their own work: pick auditors, and let them work, so that \
            findings depend on facts alone.",
        looked_at: "Auditors who run, or wrote, what they audited; their training; who picked \
            them.",
        evidence: "Assignment of auditors per area with a check for conflicts; competence proof; \
            contract of an outside auditor.",
        documented: None,
    },
    Requirement {
        id: "9.2.2.c",
        clause: "9.2.2",
        title: "Results reach the managers concerned",
        asks: "Tell the managers whose area was audited what was found.",
        looked_at: "When the head of the area learned of the findings, and what the same person \
            did next.",
        evidence: "Audit reports with recipients and date; closing meeting notes; forwarded \
            findings.",
        documented: None,
    },
    Requirement {
        id: "9.2.2.di",
        clause: "9.2.2",
        title: "Program and results are kept",
        asks: "Keep proof that the program was carried out and what the audits found.",
        looked_at: "The chain from program to plan, working paper, report and follow-up for an \
            audit of the auditor's choice.",
        evidence: "Program, plans, working papers and reports, kept together by audit.",
        documented: Some("Evidence of the audit program's implementation and of audit results"),
    },
];
