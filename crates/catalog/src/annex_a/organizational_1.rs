//! A.5.1 to A.5.18: policies, duties, assets and access.

use crate::control::{
    Capability::*, Concept::*, Control, ControlType::*, Domain::*, Property::*,
    Theme::Organizational,
};

pub(super) static CONTROLS: &[Control] = &[
    Control {
        id: "A.5.1",
        title: "Policies for information security",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify],
        capabilities: &[Governance],
        domains: &[GovernanceAndEcosystem, Resilience],
        new_in_2022: false,
        was: &["A.5.1.1", "A.5.1.2"],
        asks: "Top management sets the direction in a security policy, and narrower policies give \
            the rules for topics that need their own. Those who must follow them receive and \
            acknowledge them, and each is looked at again on schedule and after significant \
            change.",
        looked_at: "Approver, date and next review of every policy in force; whether a narrower \
            policy contradicts the main one or describes tools long gone; whether employees picked \
            at random can find the policies and name a rule that touches their work.",
        evidence: "Approved policies with edition and review date, acknowledgement records, and \
            review notes that say what changed and why.",
        documented: false,
    },
    Control {
        id: "A.5.2",
        title: "Information security roles and responsibilities",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify],
        capabilities: &[Governance],
        domains: &[GovernanceAndEcosystem, Protection, Resilience],
        new_in_2022: false,
        was: &["A.6.1.1"],
        asks: "Each security duty has a holder who knows it and has the authority for it, in a \
            structure that fits the size and risks of the organization.",
        looked_at: "Whether role descriptions, organization chart and the holders' own words in \
            interview agree, who stands in during absence, and whether a duty still sits with \
            somebody who has left.",
        evidence: "Role descriptions with duties and authority, letters of appointment, a \
            responsibility matrix, and the deputy list.",
        documented: false,
    },
    Control {
        id: "A.5.3",
        title: "Segregation of duties",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[Governance, IdentityAndAccessManagement],
        domains: &[GovernanceAndEcosystem],
        new_in_2022: false,
        was: &["A.6.1.2"],
        asks: "No one person can start, approve and hide the same sensitive action: conflicting \
            duties are identified and kept apart. Where the team is too small for that, something \
            compensates, such as a second look at the logs.",
        looked_at: "Conflict pairs (request and approve, develop and deploy, pay and reconcile) \
            traced through actual access in the systems, plus how the rule holds when the usual \
            approver is on vacation.",
        evidence: "A matrix of conflicting duties, role definitions in the main systems, conflict \
            reports, and signed compensating reviews.",
        documented: false,
    },
    Control {
        id: "A.5.4",
        title: "Management responsibilities",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify],
        capabilities: &[Governance],
        domains: &[GovernanceAndEcosystem],
        new_in_2022: false,
        was: &["A.7.2.1"],
        asks: "Line managers require their people, contractors included, to work by the security \
            rules, and give them the briefing, time and example to do so.",
        looked_at: "Interviews with managers outside IT: what they tell a newcomer, what they did \
            about the last breach of a rule, whether security appears in their team meetings and \
            goals.",
        evidence: "Managers' briefings to their teams, security goals in appraisals, onboarding \
            sign-offs by the line manager, and a confidential channel for reporting violations.",
        documented: false,
    },
    Control {
        id: "A.5.5",
        title: "Contact with authorities",
        theme: Organizational,
        types: &[Preventive, Corrective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify, Protect, Respond, Recover],
        capabilities: &[Governance],
        domains: &[Defense, Resilience],
        new_in_2022: false,
        was: &["A.6.1.3"],
        asks: "It is settled in advance which authorities must or may be called, by whom, when and \
            how, so that nobody searches for a phone number or argues about deadlines during an \
            incident.",
        looked_at: "Whether the list covers data protection, sector regulator, national incident \
            response team, police and fire service; whether its numbers work and its owner can \
            state the reporting deadlines that bind the organization.",
        evidence: "A contact list of authorities with owner and date last verified, notification \
            procedures with deadlines, and past correspondence or registrations with reporting \
            portals.",
        documented: false,
    },
    Control {
        id: "A.5.6",
        title: "Contact with special interest groups",
        theme: Organizational,
        types: &[Preventive, Corrective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect, Respond, Recover],
        capabilities: &[Governance],
        domains: &[Defense],
        new_in_2022: false,
        was: &["A.6.1.4"],
        asks: "Security staff keep up with the field through professional forums, associations or \
            peer groups, and bring early warnings and good practice back into the organization.",
        looked_at: "Which memberships and mailing lists are really read, one recent item followed \
            from receipt to a decision, and what may be disclosed to outsiders in such exchanges.",
        evidence: "Memberships, subscriptions to advisory lists, notes from conferences or working \
            groups, and tickets raised from something learned there.",
        documented: false,
    },
    Control {
        id: "A.5.7",
        title: "Threat intelligence",
        theme: Organizational,
        types: &[Preventive, Detective, Corrective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify, Detect, Respond],
        capabilities: &[ThreatAndVulnerabilityManagement],
        domains: &[Defense, Resilience],
        new_in_2022: true,
        was: &[],
        asks: "The organization gathers news of attackers, their methods and their targets, judges \
            what it means for itself, and acts on the result in defenses and in the risk \
            assessment.",
        looked_at: "Two or three recent threat reports followed to a decision: who judged them, \
            how soon, what was blocked, patched or rated anew, including when the answer was that \
            nothing was needed.",
        evidence: "A list of sources with their purpose, periodic threat summaries, tickets or \
            detection rules that cite a source, and risk reviews triggered by them.",
        documented: false,
    },
    Control {
        id: "A.5.8",
        title: "Information security in project management",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify, Protect],
        capabilities: &[Governance],
        domains: &[GovernanceAndEcosystem, Protection],
        new_in_2022: false,
        was: &["A.6.1.5", "A.14.1.1"],
        asks: "Every project, whatever its subject, finds its security risks and requirements \
            early and follows them until it closes; IT projects are not the only ones.",
        looked_at: "A sample of current and finished projects, one of them without IT such as an \
            office move: when security was first consulted, which requirements came of it, who \
            accepted open risks before go-live.",
        evidence: "Project templates with security gates, risk lists kept by projects, requirement \
            documents, and go-live approvals naming what remained open.",
        documented: false,
    },
    Control {
        id: "A.5.9",
        title: "Inventory of information and other associated assets",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify],
        capabilities: &[AssetManagement],
        domains: &[GovernanceAndEcosystem, Protection],
        new_in_2022: false,
        was: &["A.8.1.1", "A.8.1.2"],
        asks: "There is a current inventory of information and of everything that stores, \
            processes or supports it, and each entry has an owner who answers for it through its \
            life.",
        looked_at: "Both directions: items seen on desks, on the network and in the cloud accounts \
            looked up in the inventory, and inventory entries located in reality; owners asked \
            whether they know they are the owner.",
        evidence: "Asset registers with owner, location and classification, discovery or device \
            management exports reconciled with them, and records of the latest stocktaking.",
        documented: false,
    },
    Control {
        id: "A.5.10",
        title: "Acceptable use of information and other associated assets",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[AssetManagement, InformationProtection],
        domains: &[GovernanceAndEcosystem, Protection],
        new_in_2022: false,
        was: &["A.8.1.3", "A.8.2.3"],
        asks: "Written rules tell people what they may and may not do with information and \
            equipment, including how each class of information is handled from creation to \
            destruction.",
        looked_at: "Whether the rules answer everyday questions such as private use, personal \
            devices, cloud storage and public AI services, and whether users, temporary staff too, \
            describe the same handling that the text requires.",
        evidence: "The acceptable use rules in force, the handling table by classification, signed \
            acceptances, and records of misuse dealt with.",
        documented: true,
    },
    Control {
        id: "A.5.11",
        title: "Return of assets",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[AssetManagement],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.8.1.4"],
        asks: "Whoever leaves, changes role or ends a contract gives back what belongs to the \
            organization, and its information on privately owned devices is handed over and wiped.",
        looked_at: "Leavers from the personnel list matched against what the inventory says they \
            held; laptops, tokens, keys and paper still open weeks after the last day; know-how \
            that only the leaver had.",
        evidence: "Signed return checklists, updated asset assignments, remote wipe confirmations, \
            and reminders sent for items still outstanding.",
        documented: false,
    },
    Control {
        id: "A.5.12",
        title: "Classification of information",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify],
        capabilities: &[InformationProtection],
        domains: &[Protection, Defense],
        new_in_2022: false,
        was: &["A.8.2.1"],
        asks: "Information is sorted into a few classes by what its disclosure, falsification or \
            loss would cost, so that protection follows value and is the same across departments.",
        looked_at: "Pairs of similar documents from different teams compared for class, criteria \
            asked of the people who classify, and whether anything has ever been moved to a lower \
            or higher class.",
        evidence: "The classification scheme with criteria and examples, asset entries showing \
            their class, and dated reclassification decisions.",
        documented: false,
    },
    Control {
        id: "A.5.13",
        title: "Labelling of information",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[InformationProtection],
        domains: &[Defense, Protection],
        new_in_2022: false,
        was: &["A.8.2.2"],
        asks: "People and systems can recognize the class of what they hold, because it is marked \
            in the agreed manner on documents, files, messages and media.",
        looked_at: "Documents from several shares, printouts and removable media checked for the \
            mark; whether labels set by software match the content; what the rule says where a \
            label is impractical or would attract thieves.",
        evidence: "The labeling procedure, templates with preset marks, sensitivity label settings \
            and reports, and photographs of marked media.",
        documented: false,
    },
    Control {
        id: "A.5.14",
        title: "Information transfer",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[AssetManagement, InformationProtection],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.13.2.1", "A.13.2.2", "A.13.2.3"],
        asks: "Information that moves, by wire, on media or in conversation, is protected in the \
            way its class demands, under rules for insiders and agreements with outside \
            recipients.",
        looked_at: "Actual exchanges of sensitive data with customers and suppliers: channel, \
            encryption, proof of receipt and the agreement behind them; whether people fall back \
            on private messengers or mail when the approved channel is slow.",
        evidence: "Transfer rules for each channel, agreements with exchange partners, \
            configuration of mail encryption and file exchange, and courier or delivery receipts.",
        documented: false,
    },
    Control {
        id: "A.5.15",
        title: "Access control",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[IdentityAndAccessManagement],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.9.1.1", "A.9.1.2"],
        asks: "Rules decided by the business say who may reach which information and premises and \
            on what grounds, and they rest on need rather than on habit or convenience.",
        looked_at: "Whether asset owners can explain the rule for their asset, whether logical and \
            physical access follow the same principle, and whether roles in the systems still \
            reflect what the rule says.",
        evidence: "The access control policy, role and permission matrices approved by owners, and \
            default-deny settings in the main systems.",
        documented: false,
    },
    Control {
        id: "A.5.16",
        title: "Identity management",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[IdentityAndAccessManagement],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.9.2.1"],
        asks: "Each person, device and service acts under an identity of its own that is issued, \
            changed and removed in a controlled way, so that every action leads back to somebody.",
        looked_at: "Accounts compared with the personnel and contractor lists: unexplained, \
            duplicate, shared and orphaned ones; who answers for each service account; how quickly \
            the identity of a leaver was disabled.",
        evidence: "Directory exports reconciled with personnel data, joiner, mover and leaver \
            tickets, a register of approved shared and service identities with owners.",
        documented: false,
    },
    Control {
        id: "A.5.17",
        title: "Authentication information",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[IdentityAndAccessManagement],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.9.2.4", "A.9.3.1", "A.9.4.3"],
        asks: "Passwords, keys, tokens and recovery codes are issued, kept, used and reset so that \
            nobody but their holder learns them, and holders know how to treat them.",
        looked_at: "A reset at the help desk walked through to see how the caller is identified, \
            first passwords and vendor defaults, how secrets of scripts and administrators are \
            stored, and whether policy and system settings agree.",
        evidence: "Password and authenticator rules, issue and reset procedure, password vault \
            reports, exports of directory settings, and user instructions acknowledged.",
        documented: false,
    },
    Control {
        id: "A.5.18",
        title: "Access rights",
        theme: Organizational,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[IdentityAndAccessManagement],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.9.2.2", "A.9.2.5", "A.9.2.6"],
        asks: "Access is granted on approval, adjusted when a job changes, confirmed from time to \
            time by the owner of the asset, and withdrawn without delay when its reason ends.",
        looked_at: "Joiners, movers and leavers sampled against the dates in the systems; the \
            newest review checked for rights that were really taken away rather than confirmed in \
            bulk; movers who kept their old rights.",
        evidence: "Access requests with approvals, review records with decisions per right, \
            revocation logs with timestamps, and lists of temporary rights with end dates.",
        documented: false,
    },
];
