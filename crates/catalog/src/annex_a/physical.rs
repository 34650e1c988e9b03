//! A.7.1 to A.7.14: sites, rooms, equipment and media.

use crate::control::{
    Capability::*, Concept::*, Control, ControlType::*, Domain::*, Property::*, Theme::Physical,
};

pub(super) static CONTROLS: &[Control] = &[
    Control {
        id: "A.7.1",
        title: "Physical security perimeters",
        theme: Physical,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[PhysicalSecurity],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.11.1.1"],
        asks: "Areas holding sensitive information or systems have boundaries chosen for what lies \
            inside, solid enough and without gaps.",
        looked_at: "A walk around the line: doors, windows, ceilings, loading side, shared \
            stairwells and the neighbor's side; emergency exits tested for alarm; whether the \
            drawing matches the building.",
        evidence: "Floor plans with security zones, perimeter risk assessment, construction or \
            lease documents, and inspection records of doors and alarms.",
        documented: false,
    },
    Control {
        id: "A.7.2",
        title: "Physical entry",
        theme: Physical,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[PhysicalSecurity, IdentityAndAccessManagement],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.11.1.2", "A.11.1.6"],
        asks: "Only authorized people get into protected areas, visitors and deliveries are \
            controlled, and it can be said later who was inside.",
        looked_at: "Arrival as a visitor without announcement, tailgating, door log of the server \
            room compared with the approved list, badges of leavers and lost badges, deliveries \
            separated from the inside.",
        evidence: "Entry rights lists with approvals and periodic review, visitor log, badge issue \
            and revocation records, and door access logs.",
        documented: false,
    },
    Control {
        id: "A.7.3",
        title: "Securing offices, rooms and facilities",
        theme: Physical,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[PhysicalSecurity, AssetManagement],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.11.1.3"],
        asks: "Offices, rooms and facilities are laid out and locked so that outsiders do not \
            learn from signs, screens or voices what is done there, nor walk in.",
        looked_at: "Meeting rooms, executive offices and printer corners visited during work and \
            after hours: view from outside, conversations audible in corridors, key cabinets, \
            signs and directories that give away too much.",
        evidence: "Room protection concept, key and lock register, privacy film or soundproofing \
            orders, and walkthrough reports.",
        documented: false,
    },
    Control {
        id: "A.7.4",
        title: "Physical security monitoring",
        theme: Physical,
        types: &[Preventive, Detective],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect, Detect],
        capabilities: &[PhysicalSecurity],
        domains: &[Protection, Defense],
        new_in_2022: true,
        was: &[],
        asks: "Premises are watched around the clock in proportion to risk, so that intrusion is \
            noticed and somebody responds.",
        looked_at: "Camera and detector coverage compared with the zone plan, an alarm traced to \
            the response and its time, who may view recordings and for how long they are kept, and \
            whether employees and visitors were informed as law demands.",
        evidence: "Plan of cameras and sensors, alarm and patrol logs, test and maintenance \
            records of the alarm system, contract with the monitoring service, and privacy \
            assessment of video.",
        documented: false,
    },
    Control {
        id: "A.7.5",
        title: "Protecting against physical and environmental threats",
        theme: Physical,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[PhysicalSecurity],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.11.1.4"],
        asks: "Sites are protected against fire, water, storm, earthquake, explosion, unrest and \
            other harm from nature or people, as far as their location makes it likely.",
        looked_at: "Hazard assessment of each site held against what is seen: detectors, \
            extinguishers, water pipes above racks, height above flood level, neighbors with \
            dangerous goods; whether a changing climate was considered.",
        evidence: "Site hazard assessments, fire safety inspections, leak and smoke detector \
            tests, insurance surveys, and evacuation drill records.",
        documented: false,
    },
    Control {
        id: "A.7.6",
        title: "Working in secure areas",
        theme: Physical,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[PhysicalSecurity],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.11.1.5"],
        asks: "Inside secure areas special conduct applies: work is known only to those who need \
            it, supervised where necessary, and recording devices stay outside.",
        looked_at: "People at work in the server room or vault, a technician from outside among \
            them: escort, phones and cameras, doors propped open, empty rooms locked, what the \
            posted rules say.",
        evidence: "Rules for secure areas, escort and work logs, signed instructions of external \
            technicians, and inspection notes for vacant rooms.",
        documented: false,
    },
    Control {
        id: "A.7.7",
        title: "Clear desk and clear screen",
        theme: Physical,
        types: &[Preventive],
        properties: &[Confidentiality],
        concepts: &[Protect],
        capabilities: &[PhysicalSecurity],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.11.2.9"],
        asks: "Papers, media and screens left alone give nothing away: desks are cleared, printers \
            emptied and sessions locked, by rule and by setting.",
        looked_at: "An evening walk past desks, whiteboards, printers and waste bins; unattended \
            screens at lunch; the lock time set centrally and whether users can change it.",
        evidence: "The clear desk and screen rule, screen lock policy export, secure print \
            settings, lockable storage, and results of spot checks with follow-up.",
        documented: false,
    },
    Control {
        id: "A.7.8",
        title: "Equipment siting and protection",
        theme: Physical,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[PhysicalSecurity, AssetManagement],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.11.2.1"],
        asks: "Equipment stands where theft, damage, prying eyes and interference are unlikely, \
            and the conditions it needs are kept.",
        looked_at: "Server and network cabinets, branch office equipment under desks, screens \
            facing windows, food and drink near racks, temperature and humidity readings with \
            their alarm limits.",
        evidence: "Siting plans, environment sensor readings and alarms, lightning and surge \
            protection certificates, and rack locking records.",
        documented: false,
    },
    Control {
        id: "A.7.9",
        title: "Security of assets off-premises",
        theme: Physical,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[PhysicalSecurity, AssetManagement],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.11.2.6"],
        asks: "Devices and media used outside the premises are authorized, traceable and protected \
            against the risks of being there, including equipment permanently installed in the \
            field.",
        looked_at: "Laptops, phones, field devices and loan items drawn from the inventory and \
            located; how losses were reported, blocked and learned from; what travelers are told \
            before leaving for risky countries.",
        evidence: "Issue and loan records, full disk encryption and tracking reports, loss and \
            theft tickets, travel guidance, and inspections of outdoor installations.",
        documented: false,
    },
    Control {
        id: "A.7.10",
        title: "Storage media",
        theme: Physical,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[PhysicalSecurity, AssetManagement],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.8.3.1", "A.8.3.2", "A.8.3.3", "A.11.2.5"],
        asks: "Tapes, disks, sticks and paper are under control from the day they are bought: who \
            may use them, how they travel and how they end depend on what is on them.",
        looked_at: "Removable media ports tried on several machines, registered media located, \
            tapes followed on their way to the vault, and a disposal traced to a certificate that \
            names serial numbers.",
        evidence: "Media rules and register, device control settings, transport logs with seals, \
            and destruction certificates by serial number.",
        documented: false,
    },
    Control {
        id: "A.7.11",
        title: "Supporting utilities",
        theme: Physical,
        types: &[Preventive, Detective],
        properties: &[Integrity, Availability],
        concepts: &[Protect, Detect],
        capabilities: &[PhysicalSecurity],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.11.2.2"],
        asks: "Failure of power, cooling, telecommunications, water or gas does not bring down or \
            damage information processing beyond what has been accepted.",
        looked_at: "Battery and generator load tests with their date and result, separate routes \
            of supply, alarms that reach somebody at night, and whether capacity kept pace with \
            added equipment.",
        evidence: "Maintenance contracts, UPS and generator test logs, alarm records, a \
            single-point-of-failure analysis of utilities, and emergency shut-off plans.",
        documented: false,
    },
    Control {
        id: "A.7.12",
        title: "Cabling security",
        theme: Physical,
        types: &[Preventive],
        properties: &[Confidentiality, Availability],
        concepts: &[Protect],
        capabilities: &[PhysicalSecurity],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.11.2.3"],
        asks: "Nobody can tap, cut or disturb the power and data lines unnoticed, and lines can be \
            told apart when a fault must be found.",
        looked_at: "Distribution rooms, patch panels and public areas: open network sockets in \
            reception and meeting rooms, locked cabinets, labels that match the plan, power kept \
            away from data lines.",
        evidence: "Cabling plans, labeled patch documentation, switch port status reports, access \
            lists for distribution rooms, and inspection records.",
        documented: false,
    },
    Control {
        id: "A.7.13",
        title: "Equipment maintenance",
        theme: Physical,
        types: &[Preventive],
        properties: &[Confidentiality, Integrity, Availability],
        concepts: &[Protect],
        capabilities: &[PhysicalSecurity, AssetManagement],
        domains: &[Protection, Resilience],
        new_in_2022: false,
        was: &["A.11.2.4"],
        asks: "Equipment is serviced as its maker and the risks require, by authorized people, \
            without exposing the information on it.",
        looked_at: "Service intervals of selected servers, UPS units, air conditioners and safes \
            against the log; how a repair outside the house or by remote session was approved, \
            watched and followed by a check.",
        evidence: "Maintenance schedule and logs, contracts with service providers, supervised \
            remote maintenance records, and checks before equipment returns to use.",
        documented: false,
    },
    Control {
        id: "A.7.14",
        title: "Secure disposal or re-use of equipment",
        theme: Physical,
        types: &[Preventive],
        properties: &[Confidentiality],
        concepts: &[Protect],
        capabilities: &[PhysicalSecurity, AssetManagement],
        domains: &[Protection],
        new_in_2022: false,
        was: &["A.11.2.7"],
        asks: "Nothing with memory leaves the premises, is sold or passes to the next user before \
            someone has made sure that no data and no licensed software can be recovered from it.",
        looked_at: "Devices retired this year traced to proof of wiping or destruction, odd ones \
            such as copiers, phones, network gear and leased equipment included; a device waiting \
            in the storeroom tried for leftover data.",
        evidence: "Disposal procedure, wipe reports by serial number, destruction certificates, \
            lease return records, and asset entries closed with a date.",
        documented: false,
    },
];
