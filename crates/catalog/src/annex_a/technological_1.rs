//! A.8.1 to A.8.17: devices, access, operation and watching.

use crate::control::{
    Capability::*, Concept::*, Control, ControlType::*, Domain::*, Property::*,
    Theme::Technological,
};

pub(super) static CONTROLS: &[Control] = &[
    Control {
        id: "A.8.1",
        title: "User end point devices",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[AssetManagement, InformationProtection],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.6.2.1", "A.11.2.8"],
        asks: "A laptop or phone that is lost, infected or carelessly used does not open the way \
            to the organization's information. Central settings and instructed users see to that, \
            on private devices too where these are allowed.",
        looked_at: "Device management list held against the inventory: encryption, patch level, \
            lock, protection software and last contact; a few devices taken in hand; how private \
            devices are kept apart from company data.",
        evidence: "Endpoint policy, device management compliance export, encryption key escrow, \
            agreements for private devices, and lost device tickets.",
        documented: false,
    },
    Control {
        id: "A.8.2",
        title: "Privileged access rights",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[IdentityAndAccessManagement],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.9.2.3"],
        asks: "Powerful rights are few, granted for a reason and a time to named people, used only \
            when the task needs them, and watched more closely than others.",
        looked_at: "All holders of administrator rights in directory, cloud, databases and network \
            compared with approvals; daily work done with admin accounts; emergency accounts, \
            their sealing and last use; multifactor on every one.",
        evidence: "List of privileged accounts with owner and justification, approvals with \
            expiry, recertification records, session logs, and emergency access records.",
        documented: false,
    },
    Control {
        id: "A.8.3",
        title: "Information access restriction",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[IdentityAndAccessManagement],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.9.4.1"],
        asks: "Systems enforce the access rules: each user and program sees and does only what the \
            rule for that information permits, and sensitive content stays closed to the \
            anonymous.",
        looked_at: "Effective permissions on some shares, applications and cloud buckets against \
            the owner's list; links open to everyone; a test user trying to reach records outside \
            their role.",
        evidence: "Permission exports per application, role configuration, reports of shared links \
            and public storage, and access test results.",
        documented: false,
    },
    Control {
        id: "A.8.4",
        title: "Access to source code",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[IdentityAndAccessManagement, ApplicationSecurity, SecureConfiguration],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.9.4.5"],
        asks: "Only those who need it can read the source code, fewer can change it or the tools \
            and packages that build it, and no change gets in unseen.",
        looked_at: "Repository members compared with the team list, branch protection and who can \
            bypass it, tokens and deploy keys with their age, leavers and contractors in the code \
            host.",
        evidence: "Repository permission export, branch protection settings, review history of \
            merges, token inventory, and audit log of the code host.",
        documented: false,
    },
    Control {
        id: "A.8.5",
        title: "Secure authentication",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[IdentityAndAccessManagement],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.9.4.2"],
        asks: "Logging in proves who is there as strongly as the sensitivity of the target \
            demands, and the login procedure gives attackers little to work with.",
        looked_at: "Login to systems facing the internet and to administrative ones watched: \
            multifactor without gaps, lockout or throttling, error texts, legacy protocols, \
            session expiry, and the accounts exempted.",
        evidence: "Authentication standard by sensitivity, multifactor coverage report with \
            exceptions, conditional access settings, and logs of failed attempts.",
        documented: false,
    },
    Control {
        id: "A.8.6",
        title: "Capacity management",
        theme: Technological,
        types: &[Preventive, Detective],
        properties: &[Integrity, Availability],
        concepts: &[Identify, Protect, Detect],
        capabilities: &[Continuity],
        domains: &[GovernanceAndEcosystem, Protection],
        new_in_2022: false,
        was: &["A.12.1.3"],
        asks: "Use of computing, storage, network, people and facilities is watched and projected, \
            so that demand is met before something runs full or slow.",
        looked_at: "Current loads and the trend behind the latest purchase or scaling limit, a \
            threshold alarm and the reaction to it, and past outages that had lack of capacity as \
            their cause.",
        evidence: "Utilization dashboards, alert thresholds, capacity plan for critical systems, \
            autoscaling settings with cost limits, and decommissioned systems.",
        documented: false,
    },
    Control {
        id: "A.8.7",
        title: "Protection against malware",
        theme: Technological,
        types: &[Preventive, Detective, Corrective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect, Detect],
        capabilities: &[SystemAndNetworkSecurity, InformationProtection],
        domains: &[Protection, Defense],
        new_in_2022: false,
        was: &["A.12.2.1"],
        asks: "Malicious code is kept out, found and removed on all systems that can suffer from \
            it, by technology and by users who know how to behave.",
        looked_at: "Coverage report against the list of machines, servers and exotic systems \
            included; devices with old signatures or a silent agent; a detection followed from \
            alarm to clean-up; who may switch protection off.",
        evidence: "Protection console exports, mail and web scanning settings, alert tickets, \
            approved exclusions with reasons, and user guidance.",
        documented: false,
    },
    Control {
        id: "A.8.8",
        title: "Management of technical vulnerabilities",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Identify, Protect],
        capabilities: &[ThreatAndVulnerabilityManagement],
        domains: &[GovernanceAndEcosystem, Protection, Defense],
        new_in_2022: false,
        was: &["A.12.6.1", "A.18.2.3"],
        asks: "The organization learns of weaknesses in its technology before attackers use them, \
            judges how exposed it really is, and fixes or otherwise treats them within deadlines \
            it has set itself.",
        looked_at: "Scan coverage against the inventory, oldest open critical findings and their \
            reasons, a recent headline vulnerability traced from notice to last patched machine, \
            and how outsiders can report one.",
        evidence: "Vulnerability scan and penetration test reports, patch statistics against own \
            deadlines, accepted exceptions with end date, and a disclosure contact.",
        documented: false,
    },
    Control {
        id: "A.8.9",
        title: "Configuration management",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[SecureConfiguration],
        domains: &[Protection],
        new_in_2022: true,
        was: &[],
        asks: "It is written down how each sort of device, platform and service must be set up to \
            be secure; the real settings follow, and drift from them is noticed and corrected.",
        looked_at: "One server, one laptop, one firewall and one cloud account compared setting by \
            setting with the baseline; default passwords and needless services; how drift is \
            detected and deviations approved.",
        evidence: "Documented baselines and hardening guides, configuration repositories or \
            templates, drift and compliance reports, and approved deviations.",
        documented: true,
    },
    Control {
        id: "A.8.10",
        title: "Information deletion",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality],
        concepts: &[Protect],
        capabilities: &[InformationProtection, LegalAndCompliance],
        domains: &[Protection],
        new_in_2022: true,
        was: &[],
        asks: "What no longer serves a purpose is erased for good, in live systems, in copies and \
            at suppliers alike, by a method fit for its sensitivity.",
        looked_at: "Data of former customers, employees or projects searched for past the \
            retention date in databases, backups and cloud services, and a deletion order followed \
            to proof.",
        evidence: "Deletion rules by data type, job logs, deletion confirmations from cloud \
            providers, and the deletion evidence log with method and date.",
        documented: false,
    },
    Control {
        id: "A.8.11",
        title: "Data masking",
        theme: Technological,
        types: &[Preventive],
        properties: &[Confidentiality],
        concepts: &[Protect],
        capabilities: &[InformationProtection],
        domains: &[Protection],
        new_in_2022: true,
        was: &[],
        asks: "Where people or systems do not need real personal or sensitive values, they see \
            masked, pseudonymized or anonymized ones, as rules and law provide.",
        looked_at: "Screens and exports of support and analytics staff, the method and who holds \
            the key to reverse it, and whether combining fields would reveal the person again.",
        evidence: "Masking rules by data field, database or application masking settings, samples \
            of pseudonymized sets, and re-identification risk assessments.",
        documented: false,
    },
    Control {
        id: "A.8.12",
        title: "Data leakage prevention",
        theme: Technological,
        types: &[Preventive, Detective],
        properties: &[Confidentiality],
        concepts: &[Protect, Detect],
        capabilities: &[InformationProtection],
        domains: &[Protection, Defense],
        new_in_2022: true,
        was: &[],
        asks: "The ways by which sensitive information could slip out, by carelessness or intent, \
            are known, and those that matter are watched or blocked.",
        looked_at: "Channels that matter here, such as mail, cloud upload, USB, printing and \
            screen capture, each with its measure; alerts of the past month and what came of them; \
            legal basis for monitoring employees.",
        evidence: "Leakage prevention rules and their scope, alert and case records, blocked \
            transfer reports, and works council or privacy agreement.",
        documented: false,
    },
    Control {
        id: "A.8.13",
        title: "Information backup",
        theme: Technological,
        types: &[Corrective],
        properties: &[Integrity, Availability],
        concepts: &[Recover],
        capabilities: &[Continuity],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.12.3.1"],
        asks: "After loss, error or encryption by an attacker, data and the systems around it can \
            be brought back from copies that are made by a plan and whose return has been tried.",
        looked_at: "Backup jobs compared with the list of critical systems, software-as-a-service \
            data included; failed jobs and the reaction; a copy out of reach of ransomware; a \
            restore witnessed or its record with time taken.",
        evidence: "Backup plan with frequency and retention, job reports, restore test records, \
            offline or immutable copy settings, and encryption keys kept apart.",
        documented: false,
    },
    Control {
        id: "A.8.14",
        title: "Redundancy of information processing facilities",
        theme: Technological,
        types: &[Preventive],
        properties: &[Availability],
        concepts: &[Protect],
        capabilities: &[Continuity, AssetManagement],
        domains: &[Protection, Resilience],
        new_in_2022: false,
        was: &["A.17.2.1"],
        asks: "The failure of one component does not end a service that was promised to stay up: \
            enough stands ready beside it, and the switch works.",
        looked_at: "Single points of failure in the diagram of a critical service, the latest \
            failover test under load, whether the second leg shares building, power, provider or \
            administrator with the first.",
        evidence: "Architecture diagrams showing redundancy, failover test reports, availability \
            figures against target, and multi-zone settings at the cloud provider.",
        documented: false,
    },
    Control {
        id: "A.8.15",
        title: "Logging",
        theme: Technological,
        types: &[Detective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Detect],
        capabilities: &[InformationSecurityEventManagement],
        domains: &[Protection, Defense],
        new_in_2022: false,
        was: &["A.12.4.1", "A.12.4.2", "A.12.4.3"],
        asks: "Events that matter for security, from users, administrators, faults and systems, \
            are recorded, kept safe from tampering for a set time, and can be searched.",
        looked_at: "Whether actions of administrators land where those administrators cannot erase \
            them, sources that went silent, retention against the rule, and a login of the \
            auditor's choice found in the log.",
        evidence: "Logging standard with events and retention by system, source list of the \
            central log, its access rights, and write-once settings.",
        documented: false,
    },
    Control {
        id: "A.8.16",
        title: "Monitoring activities",
        theme: Technological,
        types: &[Detective, Corrective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Detect, Respond],
        capabilities: &[InformationSecurityEventManagement],
        domains: &[Defense],
        new_in_2022: true,
        was: &[],
        asks: "Somebody or something watches for behavior out of the ordinary in what the \
            organization runs, knows what ordinary looks like, and looks into what stands out.",
        looked_at: "Use cases and their link to the real threats, a handful of alerts from trigger \
            to verdict with times, nights and weekends, noise that was switched off and by whose \
            decision.",
        evidence: "Detection rule list, alert queue statistics, analyst notes, contract and \
            reports of an outside monitoring service, and tuning records.",
        documented: false,
    },
    Control {
        id: "A.8.17",
        title: "Clock synchronization",
        theme: Technological,
        types: &[Detective],
        properties: &[Integrity],
        concepts: &[Protect, Detect],
        capabilities: &[InformationSecurityEventManagement],
        domains: &[Protection, Defense],
        new_in_2022: false,
        was: &["A.12.4.4"],
        asks: "All relevant systems take their time from the same approved source, so that traces \
            from different places can be put in order.",
        looked_at: "The offset on servers, network devices, cloud hosts, cameras and door systems \
            read out and compared; which source they use and what alarms when it is lost.",
        evidence: "Time standard naming the reference source, NTP configuration exports, drift \
            monitoring, and screenshots of offsets on sampled systems.",
        documented: false,
    },
];
