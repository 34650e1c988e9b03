//! The tables and choices in a supplier's record.

use jiff::civil::Date;
use meta::{Choice, Period, Ref, Row};
use serde::{Deserialize, Serialize};

use crate::{PersonalData, YesNo, asset::Asset, document::Document, evidence::Evidence};

/// Something a supplier does or delivers.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Service {
    /// What it is, such as `hosting of the web shop`.
    #[field(create, also = "service provided; leistung; dienstleistung; prestation")]
    pub service: String,
    /// What sort of service it is.
    #[field(label = "Kind", also = "category; type; kategorie; art; catégorie; genre")]
    pub service_kind: Option<ServiceKind>,
    /// The classes of information it can see or hold.
    #[field(
        also = "data; data accessed; data types; daten; datenarten; données; données traitées"
    )]
    pub data_classes: Vec<String>,
    /// Whether it handles data about people for you.
    #[field(also = "pii; personenbezogene daten; données personnelles")]
    pub personal_data: Option<PersonalData>,
    /// The places and countries where the work is done.
    #[field(
        label = "Where processed",
        also = "location; data location; region; standort; ort; lieu; lieu de traitement"
    )]
    pub processed_where: Option<String>,
    /// Those whom the supplier uses in turn.
    #[field(also = "sub-processors; subprocessors; unterauftragnehmer; sous-traitants ultérieurs")]
    pub subcontractors: Vec<String>,
    /// Your assets it runs or can reach.
    #[field(also = "assets; systems; systeme; actifs")]
    pub our_assets: Vec<Ref<Asset>>,
    /// Who of you both does what for security.
    #[field(also = "shared responsibility; verantwortungsteilung; responsabilité partagée")]
    pub who_does_what: Option<String>,
}

/// A contract with a supplier, and what it says about security.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Agreement {
    /// What people call the contract, such as `Master agreement 2024`.
    #[field(create, also = "contract; agreement; vertrag; contrat")]
    pub name: String,
    /// The contract itself, if it is kept here.
    pub document: Option<Ref<Document>>,
    /// The first day.
    #[field(also = "contract start; start; vertragsbeginn; début du contrat")]
    pub from: Option<Date>,
    /// The last day.
    #[field(also = "contract end; end; vertragsende; fin du contrat")]
    pub until: Option<Date>,
    /// How long before the end it must be given notice.
    #[field(also = "notice period; kündigungsfrist; préavis")]
    pub notice: Option<Period>,
    /// Does it say how your information must be protected?
    #[field(also = "security clauses; sicherheitsklauseln; clauses de sécurité")]
    pub security_terms: Option<YesNo>,
    /// How soon the supplier must tell you of an incident.
    #[field(also = "incident notification; meldefrist; délai de notification")]
    pub incident_notice_within: Option<Period>,
    /// Does it say whom the supplier may use in turn?
    #[field(label = "Subcontractors settled")]
    pub subcontractors_settled: Option<YesNo>,
    /// May you look for yourself how it works?
    #[field(also = "right to audit; auditrecht; droit d'audit")]
    pub audit_right: Option<YesNo>,
    /// Does it oblige the supplier to keep things confidential?
    #[field(also = "nda; nda signed; vertraulichkeit; confidentialité")]
    pub confidentiality: Option<YesNo>,
    /// Does it say how data about people are handled?
    #[field(
        label = "Personal data settled",
        also = "dpa; dpa signed; data processing agreement; av-vertrag; avv; accord de traitement"
    )]
    pub personal_data_settled: Option<YesNo>,
    /// Does it say that your data are given back or deleted in the end?
    #[field(label = "Return or deletion settled")]
    pub return_or_delete: Option<YesNo>,
    /// Does it say how the work goes on in a crisis?
    #[field(label = "Continuity settled")]
    pub continuity: Option<YesNo>,
}

/// A certificate or report that a supplier has shown.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Certificate {
    /// By which scheme, such as `ISO/IEC 27001` or `SOC 2`.
    #[field(create, also = "certifications; certification; certificate; zertifikat; certificat")]
    pub scheme: String,
    /// Does it cover the service you use?
    #[field(label = "Scope fits our service")]
    pub fits: Option<YesNo>,
    /// The last day on which it holds.
    #[field(also = "certificate valid until; zertifikat gültig bis; valable jusqu'au")]
    pub until: Option<Date>,
    /// The certificate or report itself.
    pub evidence: Option<Ref<Evidence>>,
}

/// What sort of service a supplier gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum ServiceKind {
    /// Servers, storage and networks from the cloud.
    #[choice(also = "iaas; hosting; infrastructure; infrastruktur")]
    CloudInfrastructure,
    /// A platform from the cloud on which you run your own programs.
    #[choice(also = "paas; platform; plattform; plateforme")]
    CloudPlatform,
    /// Finished programs from the cloud.
    #[choice(also = "saas; software as a service; cloud; cloud-software; logiciel en nuage")]
    CloudSoftware,
    /// Work you would else do yourself, such as payroll or running your systems.
    #[choice(
        also = "outsourcing; service; managed service; msp; ausgelagerter prozess; dienstleistung; \
            infogérance; processus externalisé"
    )]
    OutsourcedProcess,
    /// Software written for you.
    #[choice(also = "software development; entwicklung; développement")]
    Development,
    /// Advice, audits and training.
    #[choice(also = "consulting; consultancy; audit; training; beratung; schulung; conseil")]
    Advice,
    /// Things you buy.
    #[choice(also = "hardware; hardware/support; products; material; waren; geräte; matériel; \
            fournitures")]
    Goods,
}

impl ServiceKind {
    /// Whether your own work depends on it day by day: the cloud and work handed over.
    pub fn is_dependency(self) -> bool {
        match self {
            Self::CloudInfrastructure
            | Self::CloudPlatform
            | Self::CloudSoftware
            | Self::OutsourcedProcess
            | Self::Development => true,
            Self::Advice | Self::Goods => false,
        }
    }
}
