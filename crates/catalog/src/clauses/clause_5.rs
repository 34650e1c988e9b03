//! Clause 5: leadership, policy, duties and powers.

use crate::requirement::Requirement;

pub(super) static REQUIREMENTS: &[Requirement] = &[
    Requirement {
        id: "5.1.a",
        clause: "5.1",
        title: "Direction: policy and objectives fit the strategy",
        asks: "Top management sees to it that there are a security policy and security \
            objectives, and that they serve where the business is heading.",
        looked_at: "Interview with top management: can they name the objectives, and say why \
            these follow from the business plan? Policy and objectives are read beside that \
            plan.",
        evidence: "Business plan or strategy paper with its tie to the objectives; board minutes \
            that adopt policy and objectives.",
        documented: None,
    },
    Requirement {
        id: "5.1.b",
        clause: "5.1",
        title: "Security built into business processes",
        asks: "Make the demands of the ISMS part of how the business already works, in \
            purchasing, projects, hiring and product development, and not a parallel world.",
        looked_at: "An ordinary purchase, project or hire is followed to see whether security \
            questions were asked as a matter of course and at the right moment.",
        evidence: "Purchasing, project and hiring procedures with security steps; filled-in \
            examples from the past months.",
        documented: None,
    },
    Requirement {
        id: "5.1.c",
        clause: "5.1",
        title: "Resources are given",
        asks: "Top management provides the people, money and tools the ISMS needs.",
        looked_at: "Whether requests were decided on, what became of those refused, and whether \
            overdue actions have lack of time as their common cause.",
        evidence: "Budget line for security; approved positions and purchases; decisions on \
            resources in review minutes.",
        documented: None,
    },
    Requirement {
        id: "5.1.d",
        clause: "5.1",
        title: "The importance is said out loud",
        asks: "Top management tells people why effective security management and keeping to its \
            rules matter.",
        looked_at: "What staff remember having heard from the top, when last, and whether leaders \
            follow the rules themselves.",
        evidence: "Messages to all staff, town-hall slides, intranet posts or newsletters signed \
            by top management, with dates.",
        documented: None,
    },
    Requirement {
        id: "5.1.e",
        clause: "5.1",
        title: "The ISMS delivers",
        asks: "Top management makes sure the ISMS reaches the results it was set up for, and \
            steps in when it does not.",
        looked_at: "What management did about a missed objective, a failed audit or a serious \
            incident, and how soon.",
        evidence: "Performance reports to top management, their decisions, and the follow-up of \
            each decision.",
        documented: None,
    },
    Requirement {
        id: "5.1.f",
        clause: "5.1",
        title: "People are directed and supported",
        asks: "Top management guides and backs those who make the ISMS work.",
        looked_at: "The security manager is asked how a conflict between delivery and security \
            was last settled, and by whom; process owners are asked for the help they got.",
        evidence: "Notes of regular meetings between management and the security lead; \
            escalations with their outcome; time set aside in role descriptions.",
        documented: None,
    },
    Requirement {
        id: "5.1.g",
        clause: "5.1",
        title: "Improvement is wanted",
        asks: "Top management encourages making the ISMS better, not merely keeping it alive.",
        looked_at: "Where improvement ideas come from, how many were taken up, and whether \
            reporting a weakness is thanked or punished.",
        evidence: "Improvement list with decisions by management; objectives that were raised \
            after being met.",
        documented: None,
    },
    Requirement {
        id: "5.1.h",
        clause: "5.1",
        title: "Other managers lead too",
        asks: "Top management lets department heads carry security in their own areas, and backs \
            them in doing so.",
        looked_at: "Heads of department are asked about the risks they own, the controls they run \
            and what they have been told they may decide.",
        evidence: "Risk and control ownership by department heads; delegation of authority; \
            security points on the agenda of department meetings.",
        documented: None,
    },
    Requirement {
        id: "5.2",
        clause: "5.2",
        title: "Policy set by top management",
        asks: "Top management itself establishes the information security policy.",
        looked_at: "Who approved the edition in force, whether that person was top management on \
            that day, and whether the present leadership stands by a text its predecessors \
            signed.",
        evidence: "Approval record of the policy with name, function and date.",
        documented: None,
    },
    Requirement {
        id: "5.2.a",
        clause: "5.2",
        title: "Fits the organization",
        asks: "The policy suits what this organization does and why it exists.",
        looked_at: "Whether the text could be handed to any other company unchanged; foreign \
            names and empty template fields are a bad sign.",
        evidence: "Policy text that names the business, its information and the scope.",
        documented: None,
    },
    Requirement {
        id: "5.2.b",
        clause: "5.2",
        title: "Holds objectives or a frame for setting them",
        asks: "The policy either states security objectives or says how they are set.",
        looked_at: "The present objectives are traced back to the sentence in the policy from \
            which they are derived.",
        evidence: "Section of the policy on objectives; list of objectives with the policy \
            statement each one serves.",
        documented: None,
    },
    Requirement {
        id: "5.2.c",
        clause: "5.2",
        title: "Promise to meet requirements",
        asks: "The policy commits the organization to satisfying the requirements on information \
            security that apply to it.",
        looked_at: "The sentence itself is looked for, and whether it reaches law and contracts \
            as well as the organization's own rules.",
        evidence: "Marked passage in the policy; reference from it to the register of legal and \
            contractual duties.",
        documented: None,
    },
    Requirement {
        id: "5.2.d",
        clause: "5.2",
        title: "Promise to keep improving",
        asks: "The policy commits the organization to improving its ISMS all the time.",
        looked_at: "Whether the commitment is there in so many words, and whether anything in the \
            improvement log shows that it is kept.",
        evidence: "Marked passage in the policy together with improvements carried out in the \
            period.",
        documented: None,
    },
    Requirement {
        id: "5.2.e",
        clause: "5.2",
        title: "Policy in writing",
        asks: "The policy exists as a controlled document.",
        looked_at: "Edition, approval, date and next review of the text in use; copies on walls, \
            intranet and in the onboarding kit are compared with it.",
        evidence: "Policy in force in the document register with its version history.",
        documented: Some("The information security policy"),
    },
    Requirement {
        id: "5.2.f",
        clause: "5.2",
        title: "Known inside",
        asks: "People within the organization have been told of the policy.",
        looked_at: "Staff picked at random, contractors and night shift among them, are asked \
            where the policy is and what it means for their job.",
        evidence: "Acknowledgements or reading records per edition; onboarding checklist; \
            announcement to all staff.",
        documented: None,
    },
    Requirement {
        id: "5.2.g",
        clause: "5.2",
        title: "Available outside, where fitting",
        asks: "Interested parties can have the policy where the organization finds that suitable.",
        looked_at: "Whether somebody decided which outsiders get it and in which form, and what \
            happens when a customer asks.",
        evidence: "Decision on availability; public version on the website; log of copies sent to \
            customers.",
        documented: None,
    },
    Requirement {
        id: "5.3",
        clause: "5.3",
        title: "Duties and powers handed out and made known",
        asks: "Top management assigns the duties and decision rights that security depends on, \
            and makes them known within the organization.",
        looked_at: "Role holders are asked what they may decide alone, others are asked whom they \
            would turn to, and leavers are searched for among the names.",
        evidence: "Role descriptions with duties and powers; organization chart; appointment \
            letters; announcement of the holders.",
        documented: None,
    },
    Requirement {
        id: "5.3.a",
        clause: "5.3",
        title: "Someone answers for conformity",
        asks: "Somebody is charged with seeing that the ISMS meets the standard, with the power \
            to do so.",
        looked_at: "Name, deputy, time available and access to management of that person, and who \
            takes over during a long absence.",
        evidence: "Appointment of the security manager with this duty spelt out; deputy \
            arrangement.",
        documented: None,
    },
    Requirement {
        id: "5.3.b",
        clause: "5.3",
        title: "Someone reports to the top",
        asks: "Somebody is charged with telling top management how the ISMS performs.",
        looked_at: "The last reports: whether they reached top management itself, at what rhythm, \
            and whether they also carried bad news.",
        evidence: "Reporting duty in the role description; dated performance reports with their \
            recipients.",
        documented: None,
    },
];
