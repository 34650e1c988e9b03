//! A.6.1 to A.6.8: people before, during and after their work for the organization.

use crate::control::{
    Capability::*, Concept::*, Control, ControlType::*, Domain::*, Property::*, Theme::People,
};

pub(super) static CONTROLS: &[Control] = &[
    Control {
        id: "A.6.1",
        title: "Screening",
        theme: People,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[HumanResourceSecurity],
        domains: &[GovernanceAndEcosystem],
        new_in_2022: false,
        was: &["A.7.1.1"],
        asks: "The organization knows whom it lets in: backgrounds are checked as far as the law \
            allows and the trust placed in the post demands, and again later where that is \
            warranted.",
        looked_at: "A sample of joiners across job types, contractors and agency staff included: \
            checks done before first access, gaps explained, and who decided when a result was \
            late or unfavorable.",
        evidence: "Screening rules by role, completed check records or agency confirmations, \
            notice to the candidate or consent, and approvals for starting before the result.",
        documented: false,
    },
    Control {
        id: "A.6.2",
        title: "Terms and conditions of employment",
        theme: People,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[HumanResourceSecurity],
        domains: &[GovernanceAndEcosystem],
        new_in_2022: false,
        was: &["A.7.1.2"],
        asks: "Before access is given, people have agreed by contract to what security expects of \
            them and know what the employer owes in return; the same holds for those who come \
            through an agency.",
        looked_at: "Signed contracts of recent and long-serving staff compared for the security \
            clauses, how people with old contracts were brought up to date, and what binds \
            freelancers.",
        evidence: "Contract templates with security terms, signed copies or addenda, code of \
            conduct with signatures, and matching clauses in agency contracts.",
        documented: false,
    },
    Control {
        id: "A.6.3",
        title: "Information security awareness, education and training",
        theme: People,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[HumanResourceSecurity],
        domains: &[GovernanceAndEcosystem],
        new_in_2022: false,
        was: &["A.7.2.2"],
        asks: "Everyone, contractors included, learns and is regularly reminded of what security \
            means for their own job, and those with special duties get deeper training.",
        looked_at: "People at reception, in sales and in development asked how they would report a \
            suspicious mail and what rule is new; joiners without training in their first weeks; \
            what was done for those who failed a phishing test.",
        evidence: "Training program by role, attendance and test results, campaign material, \
            simulated phishing statistics, and developer or administrator course certificates.",
        documented: false,
    },
    Control {
        id: "A.6.4",
        title: "Disciplinary process",
        theme: People,
        types: &[Preventive, Corrective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect, Respond],
        capabilities: &[HumanResourceSecurity],
        domains: &[GovernanceAndEcosystem],
        new_in_2022: false,
        was: &["A.7.2.3"],
        asks: "People know in advance what happens if they break the security rules; a formal, \
            fair and graded process deals with violations once they have been established.",
        looked_at: "Whether the process is known to staff and agreed with personnel and employee \
            representatives, and, where cases exist, whether facts were verified first and like \
            was treated alike; anonymized cases suffice.",
        evidence: "The disciplinary procedure, its announcement to staff, anonymized case records, \
            and the link from incident handling to personnel.",
        documented: false,
    },
    Control {
        id: "A.6.5",
        title: "Responsibilities after termination or change of employment",
        theme: People,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[HumanResourceSecurity, AssetManagement],
        domains: &[GovernanceAndEcosystem],
        new_in_2022: false,
        was: &["A.7.3.1"],
        asks: "Those who leave or move know which duties follow them, secrecy above all, and are \
            held to them; the security tasks they had pass to somebody else.",
        looked_at: "Exit interviews of recent leavers and internal movers, whether customers and \
            suppliers learned of the new contact, and whether responsibilities of the departed \
            were reassigned in registers and systems.",
        evidence: "Exit checklists with a reminder of continuing duties, signed leaver statements, \
            handover records, and notices to outside parties.",
        documented: false,
    },
    Control {
        id: "A.6.6",
        title: "Confidentiality or non-disclosure agreements",
        theme: People,
        types: &[Preventive],
        properties: &[Confidentiality],
        concepts: &[Protect],
        capabilities: &[
            HumanResourceSecurity,
            InformationProtection,
            SupplierRelationshipsSecurity,
        ],
        domains: &[GovernanceAndEcosystem],
        new_in_2022: false,
        was: &["A.13.2.4"],
        asks: "The organization knows what secrecy it needs, has it in written agreements that are \
            kept up to date, and gets them signed by staff and outsiders before they see anything.",
        looked_at: "Signatures dated before first access for a sample of employees, consultants, \
            visitors to sensitive areas and suppliers; whether term, scope and surviving duties \
            fit today's needs and law.",
        evidence: "Approved agreement templates with their review dates, a register of signed \
            agreements with expiry, and the signed papers themselves.",
        documented: true,
    },
    Control {
        id: "A.6.7",
        title: "Remote working",
        theme: People,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[
            AssetManagement,
            InformationProtection,
            PhysicalSecurity,
            SystemAndNetworkSecurity,
        ],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.6.2.2"],
        asks: "Work from home, from trains or from abroad is governed by rules and technical \
            measures that make up for the missing walls and colleagues of the office.",
        looked_at: "Remote workers interviewed about family, visitors, printing, private networks \
            and lost devices; connection settings and device state of some of them; whether \
            working from other countries is allowed and checked.",
        evidence: "Remote work policy and individual agreements, VPN or zero-trust settings, \
            device compliance reports, and guidance for home offices.",
        documented: false,
    },
    Control {
        id: "A.6.8",
        title: "Information security event reporting",
        theme: People,
        types: &[Detective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Detect],
        capabilities: &[InformationSecurityEventManagement],
        domains: &[Defense],
        new_in_2022: false,
        was: &["A.16.1.2", "A.16.1.3"],
        asks: "Anyone can report something suspicious quickly, by a channel they know, without \
            fear, and does so even when unsure whether it matters.",
        looked_at: "Random people asked what they would report, to whom and how fast; reports of \
            the past months by source, where silence from whole departments is itself a sign; how \
            the person who reported heard back.",
        evidence: "Reporting instructions and contact points, tickets showing who reported and \
            when, awareness material, and the count of events reported by users.",
        documented: false,
    },
];
