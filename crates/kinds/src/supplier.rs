//! Suppliers: who delivers goods or does work that touches the organization's information.

use jiff::civil::Date;
use meta::{Kind, Markdown, Period, Problem, Ref, Rules, Stage};
use serde::{Deserialize, Serialize};

mod rows;

pub use rows::{Agreement, Certificate, Service, ServiceKind};

use crate::{Degree, Holder, InScope, YesNo, evidence::Evidence, shared::ends_before};

/// Somebody outside who delivers to you or works for you, and can touch your information by it.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "supplier", prefix = "SUPPLIER", plural = "Suppliers", clause = "A.5.19",
    stage = Lifecycle,
    also = "supplier register; vendors; vendor list; third parties; service providers; \
        lieferanten; lieferantenregister; dienstleister; dienstleisterverzeichnis; fournisseurs; \
        registre des fournisseurs; prestataires; sous-traitants")]
pub struct Supplier {
    /// The supplier's full legal name.
    #[field(
        create,
        list,
        label = "Legal name",
        also = "name; supplier; supplier name; vendor; company; provider; lieferant; firma; \
            dienstleister; anbieter; fournisseur; prestataire; nom; raison sociale"
    )]
    pub title: String,
    /// The country it sits in.
    #[field(list, filter, also = "registered in; land; sitz; pays")]
    pub country: Option<String>,
    /// Whom to call or write to about security.
    #[field(
        label = "Contact for security",
        also = "contact; security contact; contact person; ansprechpartner; kontakt; interlocuteur"
    )]
    pub security_contact: Option<String>,
    /// What it does or delivers for you.
    #[field(
        leave,
        also = "service; services provided; leistung; leistungen; dienstleistung; prestation; \
            prestations"
    )]
    pub services: Vec<Service>,
    /// How badly you would be hit if it failed or were attacked.
    #[field(
        leave,
        material,
        list,
        filter,
        also = "critical; importance; supplier tier; tier; kritikalität; wichtigkeit; criticité"
    )]
    pub criticality: Option<Degree>,
    /// Why it matters this much.
    #[field(
        material,
        label = "Reason of criticality",
        also = "criticality reason; begründung kritikalität; justification criticité"
    )]
    pub criticality_reason: Option<Markdown>,
    /// Whether somebody else could take its place.
    #[field(filter, also = "replaceable; ersetzbar; substituierbar; remplaçable")]
    pub substitutable: Option<YesNo>,
    /// How long it would take to replace it, such as `3 months`.
    #[field(label = "Time to replace")]
    pub replacement_time: Option<Period>,
    /// Who looks after the relation.
    #[field(
        leave,
        list,
        filter,
        also = "responsible; accountable; contract owner; relationship owner; verantwortlich; \
        verantwortlicher; \
            zuständig; eigentümer; responsable; propriétaire; pilote"
    )]
    pub owner: Option<Holder>,
    /// Whether it matters for the scope of the ISMS.
    #[field(
        leave,
        list,
        filter,
        also = "scope; geltungsbereich; im geltungsbereich; périmètre; dans le périmètre"
    )]
    pub in_scope: Option<InScope>,
    /// Why it is left out of the scope.
    #[field(
        label = "Reason if not in scope",
        also = "exclusion reason; ausschlussgrund; motif d'exclusion"
    )]
    pub out_of_scope_reason: Option<String>,
    /// The contracts with it, and what they say about security.
    #[field(also = "contract; contracts; agreement; vertrag; verträge; contrat; contrats")]
    pub agreements: Vec<Agreement>,
    /// The certificates and reports it has shown you.
    #[field(also = "certifications; certification; certificate; zertifikate; zertifizierungen; \
            certificats")]
    pub certificates: Vec<Certificate>,
    /// What you watch, such as outages, reports or news of attacks.
    #[field(label = "What is watched", also = "monitoring; überwachung; suivi; surveillance")]
    pub monitoring: Option<Markdown>,
    /// How often it is looked at again, such as `1 year`.
    #[field(
        label = "Review every",
        also = "cadence; review interval; review frequency; frequency; turnus; prüfintervall; \
            überprüfungsintervall; fréquence; fréquence de revue; périodicité"
    )]
    pub cadence: Option<Period>,
    /// What else calls for another look, such as `a new law` or `an incident`.
    #[field(label = "Review on events", also = "review triggers; triggers; anlässe; déclencheurs")]
    pub review_on: Vec<String>,
    /// When it was last looked at.
    #[field(
        also = "last review; reviewed on; last review date; letzte prüfung; letzte überprüfung; \
            zuletzt geprüft; dernière revue"
    )]
    pub last_reviewed: Option<Date>,
    /// When it is to be looked at next.
    #[field(
        list,
        filter,
        also = "review date; next review date; review due; nächste prüfung; nächste überprüfung; \
            wiedervorlage; prochaine revue"
    )]
    pub next_review: Option<Date>,
    /// How you would move away from it without losing data or days.
    #[field(
        also = "exit strategy; exit; ausstiegsplan; exit-strategie; plan de sortie; réversibilité"
    )]
    pub exit_plan: Option<Markdown>,
    /// When that plan was last tried.
    #[field(label = "Exit plan tested on")]
    pub exit_tested_on: Option<Date>,
    /// When its access to your systems and rooms was closed.
    pub access_closed_on: Option<Date>,
    /// When your data there were given back or deleted.
    pub data_closed_on: Option<Date>,
    /// What shows that access and data were closed.
    pub closing_evidence: Vec<Ref<Evidence>>,
}

/// The life of a relation with a supplier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// You think of working with it.
    #[stage(to = "assessed, in_use, ended")]
    Considered,
    /// You looked at how safe it is.
    #[stage(to = "considered, approved, ended")]
    Assessed,
    /// You may work with it.
    #[stage(to = "assessed, in_use, suspended, ended")]
    Approved,
    /// It works for you.
    #[stage(to = "assessed, leaving, suspended, ended")]
    InUse,
    /// You work with it no more for now.
    #[stage(to = "assessed, in_use, leaving, ended", reason)]
    Suspended,
    /// You are moving away from it.
    #[stage(to = "in_use, ended")]
    Leaving,
    /// It is over, and access and data are closed.
    #[stage(to = "considered", ended, reason)]
    Ended,
}

impl Supplier {
    /// The agreements that hold on this day.
    pub fn agreements_on(&self, day: Date) -> impl Iterator<Item = &Agreement> + '_ {
        self.agreements.iter().filter(move |it| {
            it.from.is_none_or(|it| it <= day) && it.until.is_none_or(|it| it >= day)
        })
    }

    /// Whether one of its services comes from the cloud or is work handed over to it.
    pub fn is_dependency(&self) -> bool {
        self.services.iter().any(|it| it.service_kind.is_some_and(ServiceKind::is_dependency))
    }
}

impl Rules for Supplier {
    fn check(&self) -> Vec<Problem> {
        let rows = self.agreements.iter();
        rows.filter_map(|it| ends_before(it.from, "agreements", it.until)).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn supplier() -> Supplier {
        serde_json::from_value(serde_json::json!({
            "services": [{"service": "cleaning", "service_kind": "goods"}],
            "agreements": [{"name": "Master agreement", "from": "2026-01-01", "until": "2026-12-31"}],
        }))
        .unwrap()
    }

    #[test]
    fn agreements_hold_from_their_first_to_their_last_day() {
        let supplier = supplier();
        assert_eq!(supplier.agreements_on(date(2026, 12, 31)).count(), 1);
        assert_eq!(supplier.agreements_on(date(2027, 1, 1)).count(), 0);
        assert_eq!(supplier.agreements_on(date(2025, 12, 31)).count(), 0);
        assert!(supplier.check().is_empty());
    }

    #[test]
    fn cloud_and_outsourcing_are_dependencies() {
        let mut supplier = supplier();
        assert!(!supplier.is_dependency());
        supplier.services[0].service_kind = Some(ServiceKind::CloudPlatform);
        assert!(supplier.is_dependency());
    }

    #[test]
    fn an_agreement_does_not_end_before_it_begins() {
        let mut supplier = supplier();
        supplier.agreements[0].until = Some(date(2025, 12, 31));
        assert_eq!(supplier.check()[0].field, "agreements");
    }
}
