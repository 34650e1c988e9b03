//! A.8.18 to A.8.34: software in use, networks, cryptography and development.

use crate::control::{
    Capability::*, Concept::*, Control, ControlType::*, Domain::*, Property::*,
    Theme::Technological,
};

pub(super) static CONTROLS: &[Control] = &[
    Control {
        id: "A.8.18",
        title: "Use of privileged utility programs",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[SystemAndNetworkSecurity, SecureConfiguration, ApplicationSecurity],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.9.4.4"],
        asks: "Programs able to bypass system and application protections are known, kept to the \
            few who need them, and their use is traced.",
        looked_at: "What can be run by a normal user on a sampled machine, who has disk editors, \
            debuggers, database consoles or remote admin tools, and whether needless ones were \
            removed.",
        evidence: "List of approved utilities with authorized users, application control settings, \
            use logs, and removal records.",
        documented: false,
    },
    Control {
        id: "A.8.19",
        title: "Installation of software on operational systems",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[SecureConfiguration, ApplicationSecurity],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.12.5.1", "A.12.6.2"],
        asks: "What gets installed on production systems and user machines is controlled: \
            approved, tested, from trusted sources, by entitled people, with a way back.",
        looked_at: "Software found on several machines held against the approved list, users with \
            local administrator rights, unsupported versions, and the trail of a recent \
            installation including its rollback plan.",
        evidence: "Approved software list, installation rights settings, deployment tickets with \
            tests, store or package source restrictions, and old versions kept for return.",
        documented: false,
    },
    Control {
        id: "A.8.20",
        title: "Networks security",
        theme: Technological,
        types: &[Preventive, Detective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect, Detect],
        capabilities: &[SystemAndNetworkSecurity],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.13.1.1"],
        asks: "Networks have owners who know what is connected, harden and supervise the devices, \
            and let through only what is needed, so that traffic and attached systems are safe.",
        looked_at: "The network diagram checked against reality, management interfaces and \
            firmware of some devices, a firewall rule chosen at random with its reason and owner, \
            rogue devices and wireless access.",
        evidence: "Current network diagrams, firewall rule reviews, device configuration backups, \
            administrator list for network gear, and wireless settings.",
        documented: false,
    },
    Control {
        id: "A.8.21",
        title: "Security of network services",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[SystemAndNetworkSecurity],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.13.1.2"],
        asks: "Whoever provides a network service, an outside firm or the own team, has promised \
            how it is secured and how well it runs, and somebody checks that the promise is kept.",
        looked_at: "Contracts for internet lines, managed firewalls, VPN and DNS: what security \
            they promise and how the promise is monitored; which services users may use and by \
            what means.",
        evidence: "Network service catalog, provider agreements with security levels, monitoring \
            reports, right-to-audit results, and rules for using network services.",
        documented: false,
    },
    Control {
        id: "A.8.22",
        title: "Segregation of networks",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[SystemAndNetworkSecurity],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.13.1.3"],
        asks: "The network is divided so that a guest or a compromised device does not reach \
            everything: what differs in trust lies in different zones, with traffic between them \
            only where intended.",
        looked_at: "Attempts to reach servers from guest wireless and from a user segment, rules \
            that allow everything between zones, where production machines, cameras and building \
            technology sit.",
        evidence: "Zone concept, VLAN and security group configuration, boundary rule sets with \
            owners, and segmentation test results.",
        documented: false,
    },
    Control {
        id: "A.8.23",
        title: "Web filtering",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[SystemAndNetworkSecurity],
        domains: &[Protection],
        new_in_2022: true,
        was: &[],
        asks: "Staff are kept from websites that infect, deceive or offend against law and policy, \
            by filtering what can be opened from the organization's devices.",
        looked_at: "Harmless test pages called from office, home and phone to see whether the \
            filter works off-site; who can grant exceptions; how users learn the rules and report \
            a wrong block.",
        evidence: "Filter categories and their approval, filter or DNS service settings, block \
            statistics, exception list with dates, and user information.",
        documented: false,
    },
    Control {
        id: "A.8.24",
        title: "Use of cryptography",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[SecureConfiguration],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.10.1.1", "A.10.1.2"],
        asks: "Rules decide where and how encryption, signatures and hashing are used, and keys \
            are managed from generation to destruction.",
        looked_at: "Protocols and ciphers offered by public services, encryption of laptops, \
            backups and databases, certificates about to expire, one important key followed: who \
            made it, who holds it, when it is replaced.",
        evidence: "Cryptography policy with approved algorithms, key and certificate register, TLS \
            scan results, key vault access lists, and rotation logs.",
        documented: false,
    },
    Control {
        id: "A.8.25",
        title: "Secure development life cycle",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[ApplicationSecurity, SystemAndNetworkSecurity],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.14.2.1"],
        asks: "Software and systems are developed by rules that build security in at every phase, \
            from idea to retirement.",
        looked_at: "One feature and one larger release taken through all phases: requirements, \
            threat modeling, review, test, release approval; whether small teams and scripts are \
            exempt in practice.",
        evidence: "Development policy, phase gates in the ticket system, threat models, pipeline \
            definitions with security steps, and training of developers.",
        documented: false,
    },
    Control {
        id: "A.8.26",
        title: "Application security requirements",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[ApplicationSecurity, SystemAndNetworkSecurity],
        domains: &[Protection, Defense],
        new_in_2022: false,
        was: &["A.14.1.2", "A.14.1.3"],
        asks: "Before an application is built or bought it is clear what security it must provide, \
            and someone with authority has agreed to that; transactions and services open to the \
            public get special care.",
        looked_at: "Requirements of a recent purchase and a recent development: where they came \
            from, who approved them, how their fulfillment was shown; payment, login and data \
            entry functions in particular.",
        evidence: "Requirement catalogs by application type, requests for proposal with security \
            criteria, approved specifications, and traceability to tests.",
        documented: false,
    },
    Control {
        id: "A.8.27",
        title: "Secure system architecture and engineering principles",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[ApplicationSecurity, SystemAndNetworkSecurity],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.14.2.5"],
        asks: "Architects and developers design by written security principles, such as least \
            privilege, layered defense and distrust of input, which are kept up to date and used \
            every time.",
        looked_at: "An architect explaining which principles shaped a recent design and where it \
            departs from them; whether the principles cover today's platforms and have been \
            revised since they were adopted.",
        evidence: "The principles document with edition and owner, architecture decision records, \
            design review minutes, and reference architectures.",
        documented: true,
    },
    Control {
        id: "A.8.28",
        title: "Secure coding",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[ApplicationSecurity, SystemAndNetworkSecurity],
        domains: &[Protection],
        new_in_2022: true,
        was: &[],
        asks: "Code is written so that known classes of weakness do not get in, by rules for each \
            language, review, tools and care for third-party code.",
        looked_at: "Recent merges looked at for review comments on security, findings of static \
            analysis left open, secrets in the repository history, and how dependencies are chosen \
            and updated.",
        evidence: "Coding standards by language, pull request reviews, static analysis and \
            dependency scan reports, secret scanner results, and developers' course records.",
        documented: false,
    },
    Control {
        id: "A.8.29",
        title: "Security testing in development and acceptance",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify],
        capabilities: &[
            ApplicationSecurity,
            InformationSecurityAssurance,
            SystemAndNetworkSecurity,
        ],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.14.2.8", "A.14.2.9"],
        asks: "Security tests are planned and carried out during development and before \
            acceptance, and what they find is dealt with before go-live.",
        looked_at: "Releases of the past months with their test results, open high findings and \
            who let them through, whether purchased systems were tested at all, and scope and \
            retest of penetration tests.",
        evidence: "Test plans with security cases, automated scan results per build, penetration \
            test and retest reports, and signed acceptance protocols.",
        documented: false,
    },
    Control {
        id: "A.8.30",
        title: "Outsourced development",
        theme: Technological,
        types: &[Preventive, Detective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify, Protect, Detect],
        capabilities: &[
            SystemAndNetworkSecurity,
            ApplicationSecurity,
            SupplierRelationshipsSecurity,
        ],
        domains: &[GovernanceAndEcosystem, Protection],
        new_in_2022: false,
        was: &["A.14.2.7"],
        asks: "Code written by others meets the same bar as the organization's own: what is \
            expected is agreed, progress is followed, and the result is verified before it is \
            accepted.",
        looked_at: "A contract and a delivery of an outside developer: agreed practices, code \
            ownership, access to repositories, acceptance tests, escrow, and who on the inside \
            reviewed the code.",
        evidence: "Development contracts with security terms, review and test reports of \
            deliveries, access lists for outside developers, and meeting minutes on progress and \
            defects.",
        documented: false,
    },
    Control {
        id: "A.8.31",
        title: "Separation of development, test and production environments",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[ApplicationSecurity, SystemAndNetworkSecurity],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.12.1.4", "A.14.2.6"],
        asks: "An experiment or a careless developer cannot harm live operation or live data, \
            because the environments are kept apart in accounts, networks and rights.",
        looked_at: "Accounts, networks and secrets shared between environments, developers with \
            write access to production, how a change travels from one to the next, and debugging \
            done on live systems.",
        evidence: "Environment diagram, access matrix by environment, deployment pipeline \
            settings, separate cloud accounts or subscriptions, and approvals for exceptional \
            production access.",
        documented: false,
    },
    Control {
        id: "A.8.32",
        title: "Change management",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[ApplicationSecurity, SystemAndNetworkSecurity],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.12.1.2", "A.14.2.2", "A.14.2.3", "A.14.2.4"],
        asks: "Nothing in production changes by surprise: changes are assessed, approved, tested \
            and given a fallback, and emergency changes are put on record afterward.",
        looked_at: "Changes seen in logs and deployments matched to tickets, not only the other \
            way round; security impact stated; approver different from implementer; a failed \
            change and its rollback; share of emergency changes.",
        evidence: "Change procedure, change records with risk, test, approval and fallback, change \
            board minutes, and reviews after failed or urgent changes.",
        documented: false,
    },
    Control {
        id: "A.8.33",
        title: "Test information",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity],
        concepts: &[Protect],
        capabilities: &[InformationProtection],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.14.3.1"],
        asks: "Testing does not expose real data: invented or masked data comes first, live data \
            enters only with permission, and what was used is protected and removed afterward.",
        looked_at: "Test databases searched for real names or account numbers, the permission for \
            the latest copy of production data, who can reach it, and whether it was deleted when \
            the test ended.",
        evidence: "Test data rules, approvals for each copy from production, masking or synthetic \
            data scripts, access lists of test systems, and deletion logs.",
        documented: false,
    },
    Control {
        id: "A.8.34",
        title: "Protection of information systems during audit testing",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[SystemAndNetworkSecurity, InformationProtection],
        domains: &[GovernanceAndEcosystem, Protection],
        new_in_2022: false,
        was: &["A.12.7.1"],
        asks: "Audits, scans and penetration tests on live systems are agreed with management \
            beforehand, so that they neither disturb operation nor become an opening themselves.",
        looked_at: "The arrangement for the latest technical test: scope, time window, read-only \
            access, accounts removed after, tools and results kept safe; how the present audit \
            itself was cleared with system owners.",
        evidence: "Signed test authorizations with rules of engagement, schedules agreed with \
            operations, logs of tester accounts, and proof that their access was withdrawn.",
        documented: false,
    },
];
