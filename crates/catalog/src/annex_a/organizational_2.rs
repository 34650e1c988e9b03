//! A.5.19 to A.5.37: suppliers, incidents, continuity and compliance.

use crate::control::{
    Capability::*, Concept::*, Control, ControlType::*, Domain::*, Property::*,
    Theme::Organizational,
};

pub(super) static CONTROLS: &[Control] = &[
    Control {
        id: "A.5.19",
        title: "Information security in supplier relationships",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify],
        capabilities: &[SupplierRelationshipsSecurity],
        domains: &[GovernanceAndEcosystem, Protection],
        new_in_2022: false,
        was: &["A.15.1.1"],
        asks: "Before and throughout a relationship with a supplier, the organization knows what \
            risk the supplier's products and services bring, and applies measures graded by that \
            risk.",
        looked_at: "The supplier list held against accounts payable and the cloud bills, how a \
            supplier's criticality was rated, and what was done for two critical and two ordinary \
            ones from selection to exit.",
        evidence: "A supplier register with owner and criticality, due diligence questionnaires \
            and certificates judged by somebody, and the risks linked to suppliers.",
        documented: false,
    },
    Control {
        id: "A.5.20",
        title: "Addressing information security within supplier agreements",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify],
        capabilities: &[SupplierRelationshipsSecurity],
        domains: &[GovernanceAndEcosystem, Protection],
        new_in_2022: false,
        was: &["A.15.1.2"],
        asks: "Contracts state what security the supplier owes: protection, incident notice, right \
            to verify, subcontracting, return and deletion at the end, according to what the \
            relationship demands.",
        looked_at: "Signed contracts of the riskiest suppliers read for those terms, standard \
            terms accepted where nothing could be negotiated, and whether an old contract was \
            brought up to date after requirements changed.",
        evidence: "Executed agreements with security schedules, data processing agreements, a \
            clause checklist by supplier class, and recorded approvals of deviations.",
        documented: false,
    },
    Control {
        id: "A.5.21",
        title: "Managing information security in the ICT supply chain",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify],
        capabilities: &[SupplierRelationshipsSecurity],
        domains: &[GovernanceAndEcosystem, Protection],
        new_in_2022: false,
        was: &["A.15.1.3"],
        asks: "Risk is managed beyond the direct supplier: in the components, software libraries, \
            hardware and subcontractors from which technology products and services are made.",
        looked_at: "Two important products followed down their chain: known subcontractors and \
            components, how their origin and integrity are checked on arrival, what happens when a \
            component is compromised or no longer maintained.",
        evidence: "Software bills of materials, subprocessor lists, signature and hash checks of \
            deliveries, supplier statements on development practice, and plans for replacing \
            end-of-life components.",
        documented: false,
    },
    Control {
        id: "A.5.22",
        title: "Monitoring, review and change management of supplier services",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify],
        capabilities: &[SupplierRelationshipsSecurity, InformationSecurityAssurance],
        domains: &[GovernanceAndEcosystem, Protection, Defense],
        new_in_2022: false,
        was: &["A.15.2.1", "A.15.2.2"],
        asks: "What suppliers deliver is watched and reviewed against what was promised, and \
            changes on their side are noticed and judged for risk before they take effect.",
        looked_at: "For critical suppliers: the date and content of the latest review, what \
            followed from a missed service level, an outage or a lapsed certificate, and how news \
            of a new subprocessor or data center was handled.",
        evidence: "Service reports, review minutes with actions, fresh assurance reports with \
            notes on their exceptions, and assessments of announced changes.",
        documented: false,
    },
    Control {
        id: "A.5.23",
        title: "Information security for use of cloud services",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[SupplierRelationshipsSecurity],
        domains: &[GovernanceAndEcosystem, Protection],
        new_in_2022: true,
        was: &[],
        asks: "No cloud service comes into use, or is left, without a decision on what may be put \
            there, which protections are the provider's and which stay with the customer, and how \
            to get out again.",
        looked_at: "Cloud services found in expense reports, single sign-on logs or browsers but \
            not in the register; for one important service the split of responsibilities, its \
            settings, where the data lie, and a credible way out.",
        evidence: "A cloud service register, shared responsibility matrices, approvals before \
            first use, configuration baselines of tenants, and exit plans or export tests.",
        documented: false,
    },
    Control {
        id: "A.5.24",
        title: "Information security incident management planning and preparation",
        theme: Organizational,
        types: &[Corrective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Respond, Recover],
        capabilities: &[Governance, InformationSecurityEventManagement],
        domains: &[Defense],
        new_in_2022: false,
        was: &["A.16.1.1"],
        asks: "The organization is ready for incidents before one comes: roles, procedures, \
            severity scale, contacts, tools and trained people are in place.",
        looked_at: "Whether those named in the plan know their part and have deputies, whether it \
            works at night and without the company network, and what the latest exercise showed.",
        evidence: "The incident management plan, on-call roster, escalation and communication \
            matrix, training records of responders, and exercise reports with improvements made.",
        documented: false,
    },
    Control {
        id: "A.5.25",
        title: "Assessment and decision on information security events",
        theme: Organizational,
        types: &[Detective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Detect, Respond],
        capabilities: &[InformationSecurityEventManagement],
        domains: &[Defense],
        new_in_2022: false,
        was: &["A.16.1.4"],
        asks: "Reported and detected events are judged against agreed criteria, and someone \
            entitled to do so decides in time whether each is an incident and how urgent.",
        looked_at: "A run of events across several weeks, dismissed ones included: who decided, on \
            which criteria, how long it took, and whether two similar events were judged alike.",
        evidence: "Event log with category, priority and reason for the decision, classification \
            criteria, and handover notes from the help desk or monitoring center.",
        documented: false,
    },
    Control {
        id: "A.5.26",
        title: "Response to information security incidents",
        theme: Organizational,
        types: &[Corrective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Respond, Recover],
        capabilities: &[InformationSecurityEventManagement],
        domains: &[Defense],
        new_in_2022: false,
        was: &["A.16.1.5"],
        asks: "Incidents are contained, removed and recovered from by people with the skills, \
            following written procedures, with the necessary parties informed along the way.",
        looked_at: "Recent incidents traced minute by minute from detection to closure against the \
            procedure: containment, notices sent on time, approvals, lessons passed on, and any \
            step improvised because the text did not fit.",
        evidence: "Written response procedures or playbooks, incident records with timeline and \
            actions, notifications to customers and authorities, and closure approvals.",
        documented: true,
    },
    Control {
        id: "A.5.27",
        title: "Learning from information security incidents",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify, Protect],
        capabilities: &[InformationSecurityEventManagement],
        domains: &[Defense],
        new_in_2022: false,
        was: &["A.16.1.6"],
        asks: "What incidents teach is used: causes, patterns and costs are studied and lead to \
            stronger controls, better training and corrected risk ratings.",
        looked_at: "Whether serious incidents had a review after closure, whether its actions were \
            done, and whether the same kind of incident came back afterward.",
        evidence: "Post-incident reports, trend statistics by type and cost, actions linked to \
            them, and risks or training changed as a consequence.",
        documented: false,
    },
    Control {
        id: "A.5.28",
        title: "Collection of evidence",
        theme: Organizational,
        types: &[Corrective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Detect, Respond],
        capabilities: &[InformationSecurityEventManagement],
        domains: &[Defense],
        new_in_2022: false,
        was: &["A.16.1.7"],
        asks: "Traces that may serve in disciplinary or court proceedings are found, gathered and \
            kept in a manner that leaves their origin and integrity beyond doubt.",
        looked_at: "Who may decide to preserve evidence and who can do it, including for cloud \
            systems; how a seized laptop or log extract is hashed, stored and handed over; what \
            staff are told not to touch.",
        evidence: "An evidence handling procedure, chain of custody forms, hash values of images, \
            a retainer with a forensic firm, and secured storage records.",
        documented: false,
    },
    Control {
        id: "A.5.29",
        title: "Information security during disruption",
        theme: Organizational,
        types: &[Preventive, Corrective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect, Respond],
        capabilities: &[Continuity],
        domains: &[Protection, Resilience],
        new_in_2022: false,
        was: &["A.17.1.1", "A.17.1.2", "A.17.1.3"],
        asks: "Security does not lapse in a crisis: it is planned how information stays protected \
            while the organization works in emergency mode, and how normal protection is restored.",
        looked_at: "Continuity plans read for what happens to access, encryption, logging and \
            confidentiality at the fallback site or on emergency accounts, and whether an exercise \
            put that to the test.",
        evidence: "Continuity plans with security requirements, compensating measures for \
            emergency operation, exercise reports, and reviews after real disruptions.",
        documented: false,
    },
    Control {
        id: "A.5.30",
        title: "ICT readiness for business continuity",
        theme: Organizational,
        types: &[Corrective],
        properties: &[Availability],
        concepts: &[Respond],
        capabilities: &[Continuity],
        domains: &[Resilience],
        new_in_2022: true,
        was: &[],
        asks: "Technology can be brought back within the time and to the data age that the \
            business has said it needs, and this has been shown by test.",
        looked_at: "Recovery targets from the impact analysis held against measured results of the \
            latest tests, dependencies such as identity and DNS in the restart order, and what was \
            done about targets missed.",
        evidence: "Business impact analysis with recovery time and point objectives, technical \
            recovery plans, test reports with measured times, and follow-up actions.",
        documented: false,
    },
    Control {
        id: "A.5.31",
        title: "Legal, statutory, regulatory and contractual requirements",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify],
        capabilities: &[LegalAndCompliance],
        domains: &[GovernanceAndEcosystem, Protection],
        new_in_2022: false,
        was: &["A.18.1.1", "A.18.1.5"],
        asks: "The organization has written down which laws, regulations and contracts bind its \
            information security, how it meets each of them, and keeps that record current.",
        looked_at: "Whether the register fits the countries, industry and customers, who watches \
            for new law, rules on encryption across borders, and two obligations followed to the \
            control that fulfills them.",
        evidence: "A register of obligations with source, owner, approach and review date, \
            counsel's updates, extracts of customer security clauses, and compliance reviews.",
        documented: true,
    },
    Control {
        id: "A.5.32",
        title: "Intellectual property rights",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify],
        capabilities: &[LegalAndCompliance],
        domains: &[GovernanceAndEcosystem],
        new_in_2022: false,
        was: &["A.18.1.2"],
        asks: "The organization uses software, texts, images and data only as their owners permit, \
            and protects its own intellectual property as well.",
        looked_at: "Installed software counted against licenses held, open-source licenses in \
            products shipped, the origin of fonts and images on the website, and what is said \
            about copying material into AI services.",
        evidence: "License register and proofs of purchase, software inventory reconciliations, \
            open-source license scans, and an intellectual property policy.",
        documented: false,
    },
    Control {
        id: "A.5.33",
        title: "Protection of records",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify, Protect],
        capabilities: &[LegalAndCompliance, AssetManagement, InformationProtection],
        domains: &[Defense],
        new_in_2022: false,
        was: &["A.18.1.3"],
        asks: "Records stay complete, authentic, readable and out of the wrong hands for as long \
            as law, contract or business require, and no longer.",
        looked_at: "Records of several kinds requested on the spot, an old one among them: found \
            in reasonable time, readable, provably unaltered; records past their date that are \
            still around, and those under legal hold.",
        evidence: "A retention schedule by record type with legal basis, archive access rights, \
            integrity protection settings, and destruction records.",
        documented: false,
    },
    Control {
        id: "A.5.34",
        title: "Privacy and protection of PII",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify, Protect],
        capabilities: &[InformationProtection, LegalAndCompliance],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.18.1.4"],
        asks: "Personal data is handled as privacy law and contracts demand, with its whereabouts \
            known, duties assigned and the rights of the people concerned respected.",
        looked_at: "Processing activities compared with the systems really in use, a request for \
            access or erasure followed through with dates, and privacy considered in a recent new \
            processing.",
        evidence: "Record of processing activities, privacy notices, impact assessments, log of \
            data subject requests, breach register, and appointment of a privacy officer.",
        documented: false,
    },
    Control {
        id: "A.5.35",
        title: "Independent review of information security",
        theme: Organizational,
        types: &[Preventive, Corrective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify, Protect],
        capabilities: &[InformationSecurityAssurance],
        domains: &[GovernanceAndEcosystem],
        new_in_2022: false,
        was: &["A.18.2.1"],
        asks: "Somebody independent of the work looks at planned intervals, and after big change, \
            at whether the whole approach to security is suitable and effective.",
        looked_at: "The reviewer's independence and competence, whether the review reached people, \
            processes and technology rather than one of them, and what management decided about \
            its results.",
        evidence: "Review plan, report of an internal audit or outside reviewer, proof of their \
            independence and skill, and management's response with actions.",
        documented: false,
    },
    Control {
        id: "A.5.36",
        title: "Compliance with policies, rules and standards for information security",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify, Protect],
        capabilities: &[LegalAndCompliance, InformationSecurityAssurance],
        domains: &[GovernanceAndEcosystem],
        new_in_2022: false,
        was: &["A.18.2.2", "A.18.2.3"],
        asks: "Managers and owners of services check regularly that their areas really follow the \
            policies, rules and technical standards, and put right what does not.",
        looked_at: "How a department head verifies compliance without waiting for the auditor, the \
            latest technical compliance check, and a deviation followed to its cause and repair.",
        evidence: "Self-assessment checklists, technical compliance scans against baselines, \
            deviation lists with corrections, and exceptions approved with an end date.",
        documented: false,
    },
    Control {
        id: "A.5.37",
        title: "Documented operating procedures",
        theme: Organizational,
        types: &[Preventive, Corrective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect, Recover],
        capabilities: &[
            AssetManagement,
            PhysicalSecurity,
            SystemAndNetworkSecurity,
            ApplicationSecurity,
            SecureConfiguration,
            IdentityAndAccessManagement,
            ThreatAndVulnerabilityManagement,
            Continuity,
            InformationSecurityEventManagement,
        ],
        domains: &[GovernanceAndEcosystem, Protection, Defense],
        new_in_2022: false,
        was: &["A.12.1.1"],
        asks: "Whoever operates information processing has written instructions at hand for tasks \
            that are rare, critical, handed over or must always be done in the same way.",
        looked_at: "An operator carrying out a task such as a restore or a new user set-up with \
            the instruction beside them; whether text and screen agree, who approved it, and \
            whether a stand-in could follow it.",
        evidence: "Operating procedures with owner and edition, runbooks for backup, restart and \
            error handling, shift handover notes, and change history of the instructions.",
        documented: true,
    },
];
