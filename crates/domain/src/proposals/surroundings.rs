//! What goes on in and around the organization (4.1), and what its scope must say (4.3).

use kinds::organization::Fact;

use super::{Proposal, When};

pub(super) static ISSUES: &[Proposal] = &[
    Proposal {
        id: "issue.attacks",
        kind: "issue",
        title: "Extortion by attackers who encrypt and steal data",
        because: "It meets organizations of every size and line of business.",
        when: When::Always,
        fields: &[
            ("side", "external"),
            ("topic", "technology"),
            (
                "description",
                "Attackers get in by stolen passwords, mail and open services, and demand money for data and silence.",
            ),
        ],
    },
    Proposal {
        id: "issue.people",
        kind: "issue",
        title: "Few people know the important systems",
        because: "In most organizations the knowledge of a system sits in one or two heads.",
        when: When::Always,
        fields: &[
            ("side", "internal"),
            ("topic", "people"),
            ("description", "When one of them is away or leaves, changes and repairs stand still."),
        ],
    },
    Proposal {
        id: "issue.cloud",
        kind: "issue",
        title: "Dependence on a few cloud services",
        because: "You said that you use services from the cloud.",
        when: When::Any(&[Fact::Cloud]),
        fields: &[
            ("side", "external"),
            ("topic", "supply"),
            (
                "description",
                "When one of them fails, changes its terms or loses data, much of our work stops.",
            ),
        ],
    },
    Proposal {
        id: "issue.remote",
        kind: "issue",
        title: "Work away from our sites",
        because: "You said that people work from home or on the road.",
        when: When::Any(&[Fact::RemoteWork]),
        fields: &[
            ("side", "internal"),
            ("topic", "structure"),
            (
                "description",
                "Information is used in homes, trains and hotels, on networks that are not ours.",
            ),
        ],
    },
    Proposal {
        id: "issue.plants",
        kind: "issue",
        title: "Machines that are controlled by computers and live long",
        because: "You said that you run machines or plants that computers control.",
        when: When::Any(&[Fact::OperationalTechnology]),
        fields: &[
            ("side", "internal"),
            ("topic", "technology"),
            (
                "description",
                "They cannot be updated at will, and an outage is seen at once on the shop floor.",
            ),
        ],
    },
    Proposal {
        id: "issue.law",
        kind: "issue",
        title: "New laws on security and data",
        because: "Laws on networks, products and data are changing in many countries.",
        when: When::Always,
        fields: &[
            ("side", "external"),
            ("topic", "legal"),
            (
                "description",
                "Customers pass their new duties on to us, and some reach us ourselves.",
            ),
        ],
    },
    Proposal {
        id: "issue.climate",
        kind: "issue",
        title: "Heat, flood and power cuts",
        because: "The standard asks you to decide whether climate change matters here. Either \
            answer is fine; this is a place to write it down.",
        when: When::Always,
        fields: &[
            ("side", "external"),
            ("topic", "climate"),
            (
                "description",
                "They can take sites, lines and data centers out, ours or those of suppliers.",
            ),
        ],
    },
];

pub(super) static SCOPE: &[Proposal] = &[Proposal {
    id: "scope",
    kind: "scope",
    title: "Scope of the ISMS",
    because: "Without a scope nobody can tell what is inside. It is easiest to begin with the whole \
        organization and to leave out only what somebody else runs on their own.",
    when: When::Always,
    fields: &[(
        "statement",
        "The ISMS covers the whole organization: all its people, sites, systems and services, and \
         the information they use for customers and for themselves.",
    )],
}];
