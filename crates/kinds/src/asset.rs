//! Assets: information, and what stores, carries or handles it.

use jiff::civil::Date;
use meta::{Kind, Markdown, Period, Problem, Ref, Rules, Stage};
use serde::{Deserialize, Serialize};

mod rows;

pub use rows::{AssetType, Environment, Exposure, Override, Standing};

use crate::{
    Cia, Degree, Holder, InScope, PersonalData, evidence::Evidence, person::Person, site::Site,
    supplier::Supplier, unit::Unit,
};

/// Something worth protecting: information, and whatever stores, carries or handles it.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "asset", prefix = "ASSET", plural = "Assets", clause = "A.5.9", stage = Lifecycle,
    also = "asset register; asset inventory; inventory; cmdb; assetregister; inventar; \
        inventarverzeichnis; werte; actifs; inventaire; inventaire des actifs; registre des \
        actifs")]
pub struct Asset {
    /// What people call it, such as `customer database` or `laptops of the sales team`.
    #[field(
        create,
        list,
        label = "Name",
        also = "asset; asset name; title; system; hostname; bezeichnung; asset-name; wert; actif; nom; nom \
            de l'actif; intitulé"
    )]
    pub title: String,
    /// What sort of thing it is.
    #[field(
        leave,
        list,
        filter,
        label = "Type",
        also = "asset type; kind; category; asset category; asset class type; art; asset-typ; typ; kategorie; \
            genre; type d'actif; catégorie"
    )]
    pub asset_type: Option<AssetType>,
    /// What it is and what it is used for.
    #[field(also = "details; notes; beschreibung; erläuterung; détails")]
    pub description: Option<Markdown>,
    /// Whether it matters for its own sake or because something else rests on it.
    #[field(
        filter,
        label = "Primary or supporting",
        also = "primary/supporting; primär/unterstützend; primaire/support"
    )]
    pub standing: Option<Standing>,
    /// Who answers for it.
    #[field(
        leave,
        list,
        filter,
        also = "asset owner; responsible; accountable; verantwortlich; verantwortlicher; zuständig; eigentümer; \
            asset-eigentümer; propriétaire; responsable"
    )]
    pub owner: Option<Holder>,
    /// Who looks after it from day to day.
    #[field(
        list,
        filter,
        also = "administrator; operator; maintained by; betreuer; betrieb; verwalter; \
            administrateur; gestionnaire; dépositaire"
    )]
    pub custodian: Option<Holder>,
    /// The unit it belongs to.
    #[field(
        filter,
        also = "department; team; abteilung; bereich; organisationseinheit; service; département; \
            unité"
    )]
    pub unit: Option<Ref<Unit>>,
    /// Where it stands or is kept.
    #[field(filter, also = "location; place; standort; ort; lieu; emplacement")]
    pub site: Option<Ref<Site>>,
    /// Who delivers or runs it for you.
    #[field(
        filter,
        also = "vendor; provider; manufacturer; lieferant; anbieter; hersteller; fournisseur; \
            prestataire"
    )]
    pub supplier: Option<Ref<Supplier>>,
    /// The larger assets it is a part of.
    #[field(also = "parent; parent asset; belongs to; teil von; gehört zu; fait partie de")]
    pub part_of: Vec<Ref<Asset>>,
    /// The assets without which it does not work.
    #[field(also = "dependencies; requires; abhängig von; abhängigkeiten; dépend de; dépendances")]
    pub depends_on: Vec<Ref<Asset>>,
    /// Its information class, by the name the organization gave it, such as `confidential`.
    #[field(
        leave,
        material,
        list,
        filter,
        label = "Class",
        also = "classification; information class; information classification; klassifizierung; \
            klassifikation; vertraulichkeitsstufe; classe; niveau de classification"
    )]
    pub class: Option<String>,
    /// How much it matters that only the right people know it.
    #[field(
        material,
        list,
        filter,
        also = "c; confidentiality need; vertraulichkeit; schutzbedarf vertraulichkeit; \
            confidentialité"
    )]
    pub confidentiality: Option<Degree>,
    /// How much it matters that it is right and complete.
    #[field(
        material,
        list,
        filter,
        also = "i; integrity need; integrität; schutzbedarf integrität; intégrité"
    )]
    pub integrity: Option<Degree>,
    /// How much it matters that it is there when needed.
    #[field(
        material,
        list,
        filter,
        also = "a; availability need; verfügbarkeit; schutzbedarf verfügbarkeit; disponibilité"
    )]
    pub availability: Option<Degree>,
    /// Why it needs this much protection.
    #[field(
        material,
        label = "Reason for the protection need",
        also = "protection need reason; schutzbedarf begründung; justification du besoin"
    )]
    pub protection_reason: Option<Markdown>,
    /// Where you deliberately set another need than the one passed on by what rests on it.
    #[field(material, label = "Protection need set by hand")]
    pub overrides: Vec<Override>,
    /// Whether it holds data about people.
    #[field(
        list,
        filter,
        also = "pii; gdpr; contains personal data; personenbezogene daten; dsgvo; données \
            personnelles; rgpd"
    )]
    pub personal_data: Option<PersonalData>,
    /// Whether it lies within the scope of the ISMS.
    #[field(
        leave,
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
    /// Whether it does real work or serves for tests.
    #[field(filter, also = "env; umgebung; environnement")]
    pub environment: Option<Environment>,
    /// From where it can be reached.
    #[field(
        filter,
        also = "reachable from; network exposure; erreichbar aus; exponiert; exposition"
    )]
    pub exposure: Option<Exposure>,
    /// The last day on which its maker mends faults in it.
    #[field(
        also = "end of life; eol; end of support; support bis; supportende; fin de support; fin de \
            vie"
    )]
    pub supported_until: Option<Date>,
    /// How many of them there are.
    #[field(also = "count; number; amount; anzahl; menge; stückzahl; nombre; quantité")]
    pub quantity: Option<i64>,
    /// How soon it must work again after a failure, such as `4 hours`.
    #[field(
        label = "Recovery time",
        also = "rto; recovery time objective; wiederanlaufzeit; délai de reprise"
    )]
    pub rto: Option<Period>,
    /// How much of the latest work may be lost, as a length of time such as `1 hour`.
    #[field(
        label = "Recovery point",
        also = "rpo; recovery point objective; maximaler datenverlust; perte de données maximale"
    )]
    pub rpo: Option<Period>,
    /// Who judged how much protection it needs.
    #[field(also = "assessed by; bewertet von; évalué par")]
    pub valued_by: Option<Ref<Person>>,
    /// When they judged it.
    #[field(also = "assessed on; bewertet am; évalué le")]
    pub valued_on: Option<Date>,
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
    /// When it was thrown away, given back or erased.
    #[field(also = "disposal date; entsorgt am; éliminé le")]
    pub disposed_on: Option<Date>,
    /// How its information was destroyed.
    #[field(also = "disposed how; method of disposal; entsorgungsart; méthode d'élimination")]
    pub disposal_method: Option<String>,
    /// What shows that it was destroyed, such as a certificate.
    #[field(also = "certificate of destruction; entsorgungsnachweis; certificat de destruction")]
    pub disposal_evidence: Option<Ref<Evidence>>,
}

/// The life of an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// It is to come, or was only named somewhere so far.
    #[stage(to = "in_use, retired, disposed")]
    Planned,
    /// It is in use.
    #[stage(to = "retired, disposed")]
    InUse,
    /// It is no longer used, but still there.
    #[stage(to = "in_use, disposed")]
    Retired,
    /// It is gone, and so is the information on it.
    #[stage(ended)]
    Disposed,
}

impl Asset {
    /// The protection need somebody stated for the asset itself, before anything is inherited.
    pub fn own_need(&self, property: Cia) -> Option<Degree> {
        match property {
            Cia::Confidentiality => self.confidentiality,
            Cia::Integrity => self.integrity,
            Cia::Availability => self.availability,
        }
    }

    /// The need set by hand, which counts instead of the inherited one.
    pub fn override_of(&self, property: Cia) -> Option<&Override> {
        self.overrides.iter().find(|it| it.property == Some(property))
    }
}

impl Rules for Asset {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.quantity.is_some_and(|it| it < 0) {
            problems.push(Problem::on("quantity", "the number of them cannot be below 0"));
        }
        let set: Vec<Cia> = self.overrides.iter().filter_map(|it| it.property).collect();
        if set.iter().enumerate().any(|(at, it)| set[..at].contains(it)) {
            let message = "one protection need is set by hand twice: keep one";
            problems.push(Problem::on("overrides", message));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_are_told_by_property_and_ordered() {
        let asset: Asset = serde_json::from_value(serde_json::json!({
            "confidentiality": "high",
            "overrides": [{"property": "integrity", "degree": "low", "reason": "a copy"}],
        }))
        .unwrap();
        assert_eq!(asset.own_need(Cia::Confidentiality), Some(Degree::High));
        assert_eq!(asset.own_need(Cia::Integrity), None);
        assert_eq!(asset.override_of(Cia::Integrity).unwrap().degree, Some(Degree::Low));
        assert!(asset.override_of(Cia::Availability).is_none());
        assert!(Degree::Low < Degree::Medium && Degree::High < Degree::VeryHigh);
        assert!(asset.check().is_empty());
    }

    #[test]
    fn contradictions_are_told() {
        let asset: Asset = serde_json::from_value(serde_json::json!({
            "quantity": -1,
            "overrides": [
                {"property": "integrity", "degree": "low"},
                {"property": "integrity", "degree": "high"},
            ],
        }))
        .unwrap();
        let fields: Vec<String> = asset.check().into_iter().map(|it| it.field).collect();
        assert_eq!(fields, ["quantity", "overrides"]);
    }
}
