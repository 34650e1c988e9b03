//! The tables and choices in the organization's record.

use jiff::civil::Date;
use meta::{Choice, Ref, Row};
use serde::{Deserialize, Serialize};

use crate::{YesNo, determination::Determination, document::Document};

/// One thing the ISMS is meant to bring about.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Outcome {
    /// The outcome in a short sentence, such as `orders are delivered even during an attack`.
    #[field(create)]
    pub outcome: String,
    /// Who wants it and why, if that needs saying.
    pub note: Option<String>,
}

/// How many people do one kind of work.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct HeadCount {
    /// The unit or the kind of work, such as `warehouse` or `software development`.
    #[field(create, label = "Unit or activity", also = "unit; activity")]
    pub activity: String,
    /// How many people do it within the scope.
    #[field(label = "Persons in scope", also = "persons; headcount; anzahl; nombre")]
    pub persons: Option<i64>,
    /// Whether they all do the same simple work, such as driving or picking.
    #[field(label = "Identical simple activity")]
    pub identical: Option<bool>,
    /// How much of the work is done away from your sites, in percent.
    #[field(label = "Remote share in percent")]
    pub remote_share: Option<i64>,
    /// How many shifts they work in a day.
    pub shifts: Option<i64>,
    /// The day of the count.
    pub as_of: Option<Date>,
}

/// One fact about how the organization works.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Answer {
    /// What is asked.
    #[field(create)]
    pub question: Option<Fact>,
    /// Yes, no, or not known yet.
    pub answer: Option<YesNo>,
    /// Anything that explains the answer.
    pub note: Option<String>,
}

/// One interval or limit the organization has set itself.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Parameter {
    /// What is set, such as `context.review`.
    #[field(create)]
    pub key: String,
    /// The value, such as `P1Y` for one year, or a number.
    #[field(create)]
    pub value: String,
    /// What the number counts, such as `days` or `percent`.
    pub unit: Option<String>,
    /// The document or decision that says so.
    pub decided_in: Option<Ref<(Document, Determination)>>,
}

/// One class of information and how it is handled.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct InformationClass {
    /// What people write on it, such as `internal` or `confidential`.
    #[field(create)]
    pub name: String,
    /// Its place, 1 for the class that needs the least care.
    #[field(create)]
    pub rank: Option<i64>,
    /// Which information belongs to it.
    pub meaning: Option<String>,
    /// Where and how it may be stored.
    pub store: Option<String>,
    /// How it may be sent.
    pub send: Option<String>,
    /// Whether and how it may be printed.
    pub print: Option<String>,
    /// With whom it may be shared.
    pub share: Option<String>,
    /// How it is deleted or destroyed.
    pub delete: Option<String>,
}

/// What the organization wants from its ISMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Goal {
    /// Work by the standard, without a certificate.
    #[choice(also = "comply; konform sein; être conforme")]
    Conform,
    /// Get certified for the first time.
    #[choice(also = "certification; zertifizierung; zertifizieren; certifier")]
    Certify,
    /// Keep the certificate there is.
    #[choice(also = "maintain; surveillance; behalten; aufrechterhalten; maintenir")]
    Keep,
    /// Widen the certified scope.
    #[choice(also = "extension; erweitern; élargir; étendre")]
    Extend,
}

/// A question of fact about the organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Fact {
    /// Do other companies do work or deliver goods that touch your information?
    #[choice(also = "lieferanten; fournisseurs")]
    Suppliers,
    /// Do you use services from the cloud, such as mail, files or servers?
    #[choice(also = "cloud services; cloud-dienste; nuage")]
    Cloud,
    /// Do you write software yourselves?
    #[choice(also = "software development; eigene entwicklung; développement interne")]
    OwnDevelopment,
    /// Do others write software for you?
    #[choice(also = "externe entwicklung; développement externalisé")]
    OutsourcedDevelopment,
    /// Do you have rooms of your own, rented ones included?
    #[choice(also = "offices; eigene räume; locaux")]
    OwnPremises,
    /// Do people work from home or on the road?
    #[choice(also = "home office; mobiles arbeiten; télétravail")]
    RemoteWork,
    /// Do you handle data about people, such as customers or staff?
    #[choice(also = "personenbezogene daten; données personnelles")]
    PersonalData,
    /// Do you handle data about people that need special care, such as health data?
    #[choice(also = "besondere kategorien; données sensibles")]
    SpecialPersonalData,
    /// Do you handle payment card numbers?
    #[choice(also = "kartendaten; données de carte")]
    CardholderData,
    /// Do you run machines or plants that computers control?
    #[choice(also = "ot; industrial control; produktionsanlagen; systèmes industriels")]
    OperationalTechnology,
    /// Do you work for public bodies?
    #[choice(also = "public sector; öffentliche auftraggeber; secteur public")]
    PublicSectorCustomers,
}
