//! Who has a stake in how the organization protects information (4.2).

use kinds::organization::Fact;

use super::{Proposal, When};

pub(super) static PARTIES: &[Proposal] = &[
    Proposal {
        id: "party.customers",
        kind: "interested_party",
        title: "Customers",
        because: "They trust you with their orders and data, and their contracts often say how you \
            must look after them.",
        when: When::Always,
        fields: &[
            ("party_type", "customer"),
            ("side", "external"),
            ("relevance", "They hand us information and rely on our services being there."),
        ],
    },
    Proposal {
        id: "party.staff",
        kind: "interested_party",
        title: "Staff",
        because: "They work with the information every day, and you hold data about them.",
        when: When::Always,
        fields: &[
            ("party_type", "employees"),
            ("side", "internal"),
            (
                "relevance",
                "They need clear rules and working tools, and expect their own data to be safe.",
            ),
        ],
    },
    Proposal {
        id: "party.owners",
        kind: "interested_party",
        title: "Owners",
        because: "They bear the loss when something goes wrong and decide what is spent against it.",
        when: When::Always,
        fields: &[
            ("party_type", "owner_or_parent"),
            ("side", "internal"),
            ("relevance", "They want the business to go on and its name to stay good."),
        ],
    },
    Proposal {
        id: "party.suppliers",
        kind: "interested_party",
        title: "Suppliers",
        because: "You said that other companies do work or deliver goods that touch your \
            information.",
        when: When::Any(&[Fact::Suppliers, Fact::Cloud, Fact::OutsourcedDevelopment]),
        fields: &[
            ("party_type", "supplier"),
            ("side", "external"),
            (
                "relevance",
                "They reach our information or systems, and need to know what we expect.",
            ),
        ],
    },
    Proposal {
        id: "party.cloud",
        kind: "interested_party",
        title: "Cloud providers",
        because: "You said that you use services from the cloud: who looks after what must be \
            settled with them.",
        when: When::Any(&[Fact::Cloud]),
        fields: &[
            ("party_type", "supplier"),
            ("side", "external"),
            (
                "relevance",
                "They run systems we depend on, under terms that leave a part of the security to us.",
            ),
        ],
    },
    Proposal {
        id: "party.data-protection",
        kind: "interested_party",
        title: "Data protection authority",
        because: "You said that you handle data about people: the authority may ask, and must be \
            told of breaches.",
        when: When::Any(&[Fact::PersonalData, Fact::SpecialPersonalData]),
        fields: &[
            ("party_type", "authority"),
            ("side", "external"),
            ("relevance", "It watches over the data of people and must hear of breaches in time."),
        ],
    },
    Proposal {
        id: "party.people",
        kind: "interested_party",
        title: "People whose data we hold",
        because: "You said that you handle data about people: they have rights that you must be \
            able to meet.",
        when: When::Any(&[Fact::PersonalData, Fact::SpecialPersonalData]),
        fields: &[
            ("party_type", "public"),
            ("side", "external"),
            (
                "relevance",
                "They expect that their data are used as promised, and can ask to see or delete them.",
            ),
        ],
    },
    Proposal {
        id: "party.card-schemes",
        kind: "interested_party",
        title: "Bank and card schemes",
        because: "You said that you handle payment card numbers: your bank passes the rules of the \
            card schemes on to you.",
        when: When::Any(&[Fact::CardholderData]),
        fields: &[
            ("party_type", "partner"),
            ("side", "external"),
            (
                "relevance",
                "They set rules for card numbers and can ask for proof that we keep them.",
            ),
        ],
    },
    Proposal {
        id: "party.public-bodies",
        kind: "interested_party",
        title: "Public bodies as customers",
        because: "You said that you work for public bodies: they often bring security rules of \
            their own.",
        when: When::Any(&[Fact::PublicSectorCustomers]),
        fields: &[
            ("party_type", "customer"),
            ("side", "external"),
            ("relevance", "Their tenders and contracts name standards and classes of information."),
        ],
    },
    Proposal {
        id: "party.landlord",
        kind: "interested_party",
        title: "Landlord and neighbors",
        because: "You said that you have rooms of your own: who else has keys, and who shares the \
            building?",
        when: When::Any(&[Fact::OwnPremises]),
        fields: &[
            ("party_type", "other"),
            ("side", "external"),
            ("relevance", "They share doors, power and alarms with us."),
        ],
    },
    Proposal {
        id: "party.certifier",
        kind: "interested_party",
        title: "Certification body",
        because: "If you want a certificate, its auditors will look at everything you keep here.",
        when: When::Always,
        fields: &[
            ("party_type", "certification_body"),
            ("side", "external"),
            ("relevance", "It judges whether our ISMS does what the standard asks."),
        ],
    },
];
