//! Clause 4: context, interested parties, scope and the ISMS as a whole.

use crate::requirement::Requirement;

pub(super) static REQUIREMENTS: &[Requirement] = &[
    Requirement {
        id: "4.1",
        clause: "4.1",
        title: "External and internal issues",
        asks: "Know what inside and outside the organization, such as ownership, markets, law, \
            technology, culture and staffing, helps or hinders the ISMS in doing what it is \
            there for.",
        looked_at: "Whether the issues are this organization's and not a textbook's, whether each \
            says what it does to information security, and whether they turn up again in the \
            scope, the risks and the management review.",
        evidence: "List of issues with their effect, owner and date of last look; minutes of the \
            workshop that found them; the risks or decisions that came of them.",
        documented: None,
    },
    Requirement {
        id: "4.1.climate",
        clause: "4.1",
        title: "Relevance of climate change",
        asks: "Decide, for this organization, whether climate change is one of the issues that \
            matter to its ISMS (Amendment 1:2024); either answer is fine, no answer is not.",
        looked_at: "A dated decision with its reasons, made by somebody who can explain it: heat \
            or flood at data centers, energy supply, customers' demands, new reporting law. If \
            the answer is yes, where it went from there.",
        evidence: "Recorded decision with reasons, date and name; where relevant, the linked \
            issue, risk, requirement or continuity measure.",
        documented: None,
    },
    Requirement {
        id: "4.2.a",
        clause: "4.2",
        title: "Who the interested parties are",
        asks: "Know who has a stake in how the organization protects information: customers, \
            regulators, owners, staff, suppliers, partners, insurers, the public.",
        looked_at: "Whether obvious parties are missing, above all regulators, data protection \
            authorities, the parent company and the largest customers, and whether the list was \
            looked at after new business or law.",
        evidence: "Register of interested parties with type, reason for their interest, contact \
            within the organization and review date.",
        documented: None,
    },
    Requirement {
        id: "4.2.b",
        clause: "4.2",
        title: "What they require",
        asks: "For each party, know which of its needs and expectations bear on information \
            security, be they law, contract, promise or plain expectation.",
        looked_at: "Two or three contracts and a statute of the auditor's choice are held against \
            the list: their security clauses must be there, precise enough to act on, with their \
            source.",
        evidence: "Requirements by party with the clause or article they come from; extracts of \
            customer contracts; the register of legal duties.",
        documented: None,
    },
    Requirement {
        id: "4.2.c",
        clause: "4.2",
        title: "Which of them the ISMS takes on",
        asks: "Decide for each of those requirements whether the ISMS takes care of it, and how; \
            the rest are then known to be handled elsewhere.",
        looked_at: "Whether every requirement carries a decision, because this step was added in \
            2022 and is often skipped, and whether a “yes” leads to a control, policy, objective \
            or contract.",
        evidence: "Column “addressed by the ISMS, and by what” in the register, with links to \
            controls and documents; reasons where the answer is no.",
        documented: None,
    },
    Requirement {
        id: "4.3",
        clause: "4.3",
        title: "Where the ISMS begins and ends",
        asks: "Draw the boundary of the ISMS, in sites, units, services, information and systems, \
            so that anyone can tell whether a given thing is inside.",
        looked_at: "Points at the edge are tried out: a branch office, home workers, a cloud \
            tenant, a development team abroad. The wording is compared with the certificate, the \
            website and what is sold to customers.",
        evidence: "Scope statement with sites, units and services; organization chart and network \
            diagram marked with the boundary; list of what is outside and why.",
        documented: None,
    },
    Requirement {
        id: "4.3.a",
        clause: "4.3",
        title: "Scope takes the issues into account",
        asks: "Let the external and internal issues shape the boundary, so that it is not drawn \
            around what happens to be easy.",
        looked_at: "Whether an issue of weight, such as a merger, a regulated service or an \
            outsourced data center, falls outside the boundary without anybody having thought \
            about it.",
        evidence: "Passage in the scope paper, or minutes of its making, that goes through the \
            issues and says what followed from each.",
        documented: None,
    },
    Requirement {
        id: "4.3.b",
        clause: "4.3",
        title: "Scope takes the parties' requirements into account",
        asks: "Let what interested parties call for shape the boundary, so that the service they \
            rely on is inside.",
        looked_at: "Whether the service for which customers or regulators demand certification is \
            wholly covered, with its support, hosting and administration, and not just its \
            office.",
        evidence: "Comparison of contract demands and legal duties with the scope; correspondence \
            with customers about what the certificate must cover.",
        documented: None,
    },
    Requirement {
        id: "4.3.c",
        clause: "4.3",
        title: "Interfaces and dependencies",
        asks: "Know where the organization's own activities meet those of others, group \
            companies, landlords, cloud and outsourcing providers, and what depends on what.",
        looked_at: "Whether each outsourced or shared service that the scope leans on is shown as \
            an interface with an owner and an agreement; shared IT of a parent company is the \
            usual gap.",
        evidence: "List or diagram of interfaces with what crosses each one, who answers for \
            either side and which agreement governs it.",
        documented: None,
    },
    Requirement {
        id: "4.3.di",
        clause: "4.3",
        title: "Scope in writing",
        asks: "Keep the scope as a controlled document that people can get at.",
        looked_at: "The edition in force, who approved it and when, and whether the same words \
            stand in the policy, the Statement of Applicability and the certificate.",
        evidence: "Approved scope document with version, date and approver.",
        documented: Some("The scope of the ISMS"),
    },
    Requirement {
        id: "4.4",
        clause: "4.4",
        title: "A system of processes that work together",
        asks: "Run the ISMS as a set of connected processes that are set up, kept going and made \
            better over time, and know which processes those are and how they feed each other.",
        looked_at: "Whether risk assessment, incidents, audits, reviews and improvements visibly \
            hand their results to one another, and whether each process has somebody who answers \
            for it.",
        evidence: "Process map with owners, inputs and outputs; yearly ISMS calendar; a result \
            followed from one process into the next.",
        documented: None,
    },
];
