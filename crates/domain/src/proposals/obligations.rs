//! What binds the organization (A.5.31). Which law it is in a country, and whether it applies, is
//! for a person to say: the titles name the field of law, the texts what to look up.

use kinds::organization::Fact;

use super::{Proposal, When};

pub(super) static OBLIGATIONS: &[Proposal] = &[
    Proposal {
        id: "obligation.data-protection",
        kind: "obligation",
        title: "Data protection law",
        because: "You said that you handle data about people. In the European Union that is the \
            General Data Protection Regulation and the law of your country beside it.",
        when: When::Any(&[Fact::PersonalData, Fact::SpecialPersonalData]),
        fields: &[
            ("obligation_type", "statutory"),
            ("applies_because", "We handle data about people."),
            (
                "demand",
                "Use such data for a stated purpose only, protect them, answer those they are about, and report breaches in time.",
            ),
        ],
    },
    Proposal {
        id: "obligation.special-data",
        kind: "obligation",
        title: "Law on sensitive data about people",
        because: "You said that you handle data that need special care, such as health data: \
            stricter conditions apply, and often a duty of secrecy.",
        when: When::Any(&[Fact::SpecialPersonalData]),
        fields: &[
            ("obligation_type", "statutory"),
            ("applies_because", "We handle data about people that need special care."),
            (
                "demand",
                "Have a ground for every use, weigh the risks for those concerned beforehand, and keep the circle of those who see the data small.",
            ),
        ],
    },
    Proposal {
        id: "obligation.network-security",
        kind: "obligation",
        title: "Law on the security of networks and information systems",
        because: "In the European Union the NIS 2 directive reaches many lines of business, and \
            their suppliers. Whether it reaches you is a question to answer and write down.",
        when: When::Any(&[
            Fact::Cloud,
            Fact::OwnDevelopment,
            Fact::OperationalTechnology,
            Fact::PublicSectorCustomers,
        ]),
        fields: &[
            ("obligation_type", "statutory"),
            ("applies_because", "To be decided: it depends on the line of business and the size."),
            (
                "demand",
                "Manage the risks to networks and systems, report serious incidents quickly, and have management answer for both.",
            ),
        ],
    },
    Proposal {
        id: "obligation.card-data",
        kind: "obligation",
        title: "Security standard for payment cards (PCI DSS)",
        because: "You said that you handle payment card numbers: your contract with the bank binds \
            you to that standard.",
        when: When::Any(&[Fact::CardholderData]),
        fields: &[
            ("obligation_type", "contractual"),
            ("applies_because", "We handle payment card numbers."),
            (
                "demand",
                "Keep card numbers out of systems that do not need them, protect the others as the standard says, and prove it every year.",
            ),
        ],
    },
    Proposal {
        id: "obligation.customers",
        kind: "obligation",
        title: "Security clauses in contracts with customers",
        because: "Most customers ask for something: confidentiality, notice of incidents, audits. \
            Gather those clauses from your largest contracts.",
        when: When::Always,
        fields: &[
            ("obligation_type", "contractual"),
            ("applies_because", "We signed contracts with customers."),
            (
                "demand",
                "Keep their information confidential, tell them of incidents in the time agreed, and allow the audits agreed.",
            ),
        ],
    },
    Proposal {
        id: "obligation.retention",
        kind: "obligation",
        title: "Law on keeping business records",
        because: "Every country says how long accounts, invoices and letters must be kept, and some \
            in which form.",
        when: When::Always,
        fields: &[
            ("obligation_type", "statutory"),
            ("applies_because", "We keep books and business letters."),
            (
                "demand",
                "Keep them readable and unchanged for the time the law says, and delete them afterwards.",
            ),
        ],
    },
    Proposal {
        id: "obligation.licences",
        kind: "obligation",
        title: "Licenses of the software we use",
        because: "Everybody uses software of others, and its licenses say who may use it how often.",
        when: When::Always,
        fields: &[
            ("obligation_type", "intellectual_property"),
            ("applies_because", "We use software that others wrote."),
            (
                "demand",
                "Use it as the license allows, count what we use, and keep the proof of purchase.",
            ),
        ],
    },
    Proposal {
        id: "obligation.open-source",
        kind: "obligation",
        title: "Licenses of open source in our software",
        because: "You said that software is written by you or for you: what is built into it brings \
            its own conditions.",
        when: When::Any(&[Fact::OwnDevelopment, Fact::OutsourcedDevelopment]),
        fields: &[
            ("obligation_type", "intellectual_property"),
            ("applies_because", "Our software contains open source."),
            (
                "demand",
                "Know what is built in, name its authors, and pass on sources where the license asks for it.",
            ),
        ],
    },
    Proposal {
        id: "obligation.products",
        kind: "obligation",
        title: "Law on the security of products with software",
        because: "You said that you write software. In the European Union the Cyber Resilience Act \
            asks makers of products with digital parts for updates and for reports of weaknesses.",
        when: When::Any(&[Fact::OwnDevelopment, Fact::OperationalTechnology]),
        fields: &[
            ("obligation_type", "statutory"),
            ("applies_because", "To be decided: it depends on what we bring to market."),
            (
                "demand",
                "Build products securely, mend weaknesses while they are supported, and report those that are exploited.",
            ),
        ],
    },
    Proposal {
        id: "obligation.public-sector",
        kind: "obligation",
        title: "Rules of public customers on classified and sensitive information",
        because: "You said that you work for public bodies: their rules on classes of information \
            come with the contract.",
        when: When::Any(&[Fact::PublicSectorCustomers]),
        fields: &[
            ("obligation_type", "contractual"),
            ("applies_because", "We work for public bodies."),
            (
                "demand",
                "Mark and handle their information as their classes say, with people who may see it.",
            ),
        ],
    },
];
