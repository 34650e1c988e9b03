//! Clause 6.1: risks and opportunities, risk assessment and risk treatment.

use crate::requirement::Requirement;

pub(super) static REQUIREMENTS: &[Requirement] = &[
    Requirement {
        id: "6.1.1",
        clause: "6.1.1",
        title: "Planning starts from context and parties",
        asks: "Plan the ISMS with the issues of 4.1 and the requirements of 4.2 in hand, and work \
            out which risks and opportunities the ISMS itself faces.",
        looked_at: "Whether an issue or requirement marked important can be followed to a risk, \
            an opportunity or a stated reason for doing nothing.",
        evidence: "Register of risks and opportunities of the ISMS, each linked to the issue or \
            requirement behind it.",
        documented: None,
    },
    Requirement {
        id: "6.1.1.a",
        clause: "6.1.1",
        title: "So that the ISMS reaches its results",
        asks: "Find what could keep the ISMS from delivering, such as a key person leaving, \
            budget cuts or missing support, and what could help it.",
        looked_at: "Whether there are entries about the management system as such, or the \
            register knows only servers and laptops.",
        evidence: "Risks and opportunities at the level of the ISMS with their owner.",
        documented: None,
    },
    Requirement {
        id: "6.1.1.b",
        clause: "6.1.1",
        title: "So that unwanted effects stay away or small",
        asks: "Find what harm could follow from the ISMS or its surroundings and keep it from \
            happening, or keep it small.",
        looked_at: "Side effects people complain about, such as workarounds, slow approvals or \
            rules nobody can follow, and whether anyone considered them.",
        evidence: "Entries on unwanted effects with the decision taken; feedback from users of \
            the rules.",
        documented: None,
    },
    Requirement {
        id: "6.1.1.c",
        clause: "6.1.1",
        title: "So that improvement goes on",
        asks: "Find which risks and opportunities decide whether the ISMS gets better over time.",
        looked_at: "Whether opportunities exist at all, for instance a new tool, a merger of \
            audits or shared services, and who weighs them.",
        evidence: "Opportunities with benefit, decision and owner; ideas from audits and reviews \
            taken into planning.",
        documented: None,
    },
    Requirement {
        id: "6.1.1.d",
        clause: "6.1.1",
        title: "Actions are planned",
        asks: "For the risks and opportunities so found, plan what will be done.",
        looked_at: "A handful of entries are picked: each should have an action with a person in \
            charge and a date, or a reason why nothing is needed.",
        evidence: "Action plan whose items point to the risk or opportunity they answer.",
        documented: None,
    },
    Requirement {
        id: "6.1.1.e.1",
        clause: "6.1.1",
        title: "Actions become part of the processes",
        asks: "Plan how each action is built into the ISMS processes and carried out there.",
        looked_at: "Whether finished actions changed a procedure, a checklist or a system, or \
            lived on in a slide deck only.",
        evidence: "Procedures, tickets or configurations changed by the action, with dates.",
        documented: None,
    },
    Requirement {
        id: "6.1.1.e.2",
        clause: "6.1.1",
        title: "Actions are judged by their effect",
        asks: "Plan how to tell whether each action worked.",
        looked_at: "Whether a yardstick was set before the action began and looked at after it \
            ended.",
        evidence: "Criterion of success with each action and the result of checking it.",
        documented: None,
    },
    Requirement {
        id: "6.1.2",
        clause: "6.1.2",
        title: "A risk assessment process exists and is followed",
        asks: "Define a way of assessing information security risk, and use it as defined.",
        looked_at: "Two or three assessments are re-performed with the method in hand; other \
            scales, half points and missing rationale show that it is not followed, the most \
            common serious finding.",
        evidence: "Approved method; assessments made by it, with reasoning that a third person \
            can follow.",
        documented: None,
    },
    Requirement {
        id: "6.1.2.a.1",
        clause: "6.1.2",
        title: "Risk acceptance criteria",
        asks: "State in advance which risks the organization is willing to bear and who may \
            accept them.",
        looked_at: "Whether the threshold is clear enough to sort every risk, who set it, and \
            whether accepted risks really lie within it.",
        evidence: "Acceptance criteria in the method, approved by top management, with authority \
            by level of risk.",
        documented: None,
    },
    Requirement {
        id: "6.1.2.a.2",
        clause: "6.1.2",
        title: "Criteria for carrying out assessments",
        asks: "State when and how assessments are made: triggers, rhythm, participants, scales.",
        looked_at: "Which events should have triggered an assessment in the past year, and \
            whether they did.",
        evidence: "Method section on triggers, interval and scales; calendar of assessments held.",
        documented: None,
    },
    Requirement {
        id: "6.1.2.b",
        clause: "6.1.2",
        title: "Results can be repeated and compared",
        asks: "Shape the process so that two teams, or the same team a year later, would reach \
            the same sound answer about the same risk.",
        looked_at: "Whether the levels are defined apart from one another, and whether last \
            year's figures can be set beside this year's after a change of method.",
        evidence: "Scale definitions with examples; calibration notes; conversion note where the \
            method changed.",
        documented: None,
    },
    Requirement {
        id: "6.1.2.c.1",
        clause: "6.1.2",
        title: "Risks to confidentiality, integrity and availability are found",
        asks: "Search the whole scope for ways in which information could become known to the \
            wrong people, be falsified, or be missing when needed.",
        looked_at: "Parts of the scope without any risk, risks without a named loss, and known \
            incidents or supplier failures that nobody turned into a risk.",
        evidence: "Risk register with the property concerned and the information, process or \
            asset at stake; record of the workshops.",
        documented: None,
    },
    Requirement {
        id: "6.1.2.c.2",
        clause: "6.1.2",
        title: "Each risk has an owner",
        asks: "Name for each risk somebody who is answerable for it and has the authority to \
            decide on it.",
        looked_at: "Owners are asked whether they know that the risk is theirs and what they may \
            spend on it; owners who have left are searched for.",
        evidence: "Owner per risk, in person or by role; proof that owners took part in assessing.",
        documented: None,
    },
    Requirement {
        id: "6.1.2.d.1",
        clause: "6.1.2",
        title: "Consequences are estimated",
        asks: "Estimate what would follow if the risk came true.",
        looked_at: "How the chosen level was reached: money, customers, law, people; and whether \
            the business, not IT alone, judged it.",
        evidence: "Consequence level with its reasons, and business impact data where there is \
            any.",
        documented: None,
    },
    Requirement {
        id: "6.1.2.d.2",
        clause: "6.1.2",
        title: "Likelihood is estimated realistically",
        asks: "Estimate how likely it really is that the risk comes true.",
        looked_at: "What the figure rests on, such as own incidents, threat reports or \
            vulnerability data, and whether existing controls counted as working do work.",
        evidence: "Likelihood level with reasons and sources; list of controls taken into account.",
        documented: None,
    },
    Requirement {
        id: "6.1.2.d.3",
        clause: "6.1.2",
        title: "Levels of risk are determined",
        asks: "Derive the level of each risk from the estimates as the method says.",
        looked_at: "A few levels are computed again with the method's matrix or formula; hand-set \
            values stand out.",
        evidence: "Register with both estimates and the level that follows from them.",
        documented: None,
    },
    Requirement {
        id: "6.1.2.e.1",
        clause: "6.1.2",
        title: "Risks are held against the criteria",
        asks: "Hold each analyzed risk against the criteria, so that it is plain which may stay \
            as they are.",
        looked_at: "Whether each risk shows on which side of the line it falls, and whether risks \
            above it were quietly left without a decision.",
        evidence: "Evaluation result per risk with the criterion used.",
        documented: None,
    },
    Requirement {
        id: "6.1.2.e.2",
        clause: "6.1.2",
        title: "Risks are put in order for treatment",
        asks: "Decide which of the analyzed risks are to be treated first.",
        looked_at: "Whether the order in which work was done follows the priorities, or the \
            convenience of those who did it.",
        evidence: "Priority or ranking in the register; treatment dates in line with it.",
        documented: None,
    },
    Requirement {
        id: "6.1.2.di",
        clause: "6.1.2",
        title: "Assessment process in writing",
        asks: "Describe in writing how risks are assessed, so that another person could do it the \
            same way.",
        looked_at: "Whether the text holds criteria, scales, steps and duties, whether it is \
            approved, and whether it is the text people in fact work by.",
        evidence: "Risk assessment method in its approved edition.",
        documented: Some("The information security risk assessment process"),
    },
    Requirement {
        id: "6.1.3",
        clause: "6.1.3",
        title: "A risk treatment process exists and is followed",
        asks: "Define a way of treating information security risk, and use it as defined.",
        looked_at: "A risk is followed from assessment through decision, controls and plan to the \
            owner's acceptance, looking for the step that is missing.",
        evidence: "Treatment procedure or chapter of the method; complete trail for sampled risks.",
        documented: None,
    },
    Requirement {
        id: "6.1.3.a",
        clause: "6.1.3",
        title: "Treatment options are chosen",
        asks: "Choose, in view of the assessment, what to do with each risk: change it, bear it, \
            avoid it or share it.",
        looked_at: "Risks above the threshold that were simply kept, shared risks without \
            contract or insurance, and avoided risks whose activity still runs.",
        evidence: "Option per risk with reason; insurance policy, contract or decision to stop \
            that stands behind it.",
        documented: None,
    },
    Requirement {
        id: "6.1.3.b",
        clause: "6.1.3",
        title: "Needed controls are determined",
        asks: "Work out all controls needed to carry out the chosen options, designed by the \
            organization or taken from any source.",
        looked_at: "Whether the controls named for a risk would really lower it, and whether \
            sector rules or customers' demands brought in controls beyond Annex A.",
        evidence: "Controls linked to each risk, own and foreign ones included, with what each is \
            meant to achieve.",
        documented: None,
    },
    Requirement {
        id: "6.1.3.c",
        clause: "6.1.3",
        title: "Comparison with Annex A",
        asks: "Hold the controls so determined against Annex A to be sure that nothing needed was \
            forgotten.",
        looked_at: "Whether the comparison was done after the controls were chosen and again when \
            they changed, or whether Annex A was ticked off from the top.",
        evidence: "Dated record of the comparison, with controls added because of it.",
        documented: None,
    },
    Requirement {
        id: "6.1.3.d",
        clause: "6.1.3",
        title: "Statement of Applicability",
        asks: "Draw up a statement of all necessary controls, why each is in, whether it is in \
            operation yet, and for Annex A controls left out, why.",
        looked_at: "All 93 rows are there; exclusions are tested against facts, such as cloud use \
            or remote work; a sample of “implemented” rows is checked where the work is done; \
            version and date match the certificate.",
        evidence: "Statement of Applicability in its approved version with a reason and state for \
            each control; links to risks, duties and proof.",
        documented: Some("The Statement of Applicability"),
    },
    Requirement {
        id: "6.1.3.e",
        clause: "6.1.3",
        title: "Risk treatment plan",
        asks: "Write a plan that says how the risks will be treated, by whom and by when.",
        looked_at: "Overdue items without new date, controls marked as not yet implemented but \
            absent from the plan, and items nobody feels in charge of.",
        evidence: "Treatment plan with actions, persons in charge, dates, state and the risk each \
            one serves.",
        documented: Some("The risk treatment plan"),
    },
    Requirement {
        id: "6.1.3.f",
        clause: "6.1.3",
        title: "Owners approve the plan and accept what remains",
        asks: "Get the risk owners to approve the treatment plan and to accept the risks that \
            remain.",
        looked_at: "Whether the owner and not the security manager accepted, what exactly was \
            shown on that day, and whether the acceptance still fits after level, treatment or \
            owner changed.",
        evidence: "Dated approvals by each owner for plan and residual risk, tied to the version \
            seen.",
        documented: Some("Risk owners' approval of the plan and acceptance of residual risk"),
    },
    Requirement {
        id: "6.1.3.di",
        clause: "6.1.3",
        title: "Treatment process in writing",
        asks: "Describe in writing how risks are treated, from the choice of an option to the \
            owner's acceptance.",
        looked_at: "Whether it covers choice of options, finding controls, comparison with Annex \
            A, Statement of Applicability, plan and acceptance, and who does which.",
        evidence: "Risk treatment procedure, on its own or within the risk method, in its \
            approved edition.",
        documented: Some("The information security risk treatment process"),
    },
];
