//! The scope: what the ISMS covers, and where its edges are.

use jiff::civil::Date;
use meta::{Choice, Kind, Markdown, Period, Problem, Ref, Row, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{
    asset::Asset, document::Document, interested_party::InterestedParty, shared::repeated,
    site::Site, supplier::Supplier, unit::Unit,
};

/// What your ISMS covers, where its edges are, and what crosses them.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "scope", prefix = "SCOPE", plural = "Scopes", clause = "4.3", controlled,
    stage = Lifecycle,
    also = "isms scope; scope statement; anwendungsbereich; geltungsbereich; domaine \
        d'application; périmètre")]
pub struct Scope {
    /// What people call this scope, such as `ISMS of the logistics business`.
    #[field(create, list, label = "Name", also = "title; bezeichnung; nom; intitulé")]
    pub title: String,
    /// The scope in the words that should stand on the certificate.
    #[field(
        leave,
        material,
        also = "scope; scope statement; description; anwendungsbereich; geltungsbereich; \
            beschreibung; domaine d'application; périmètre"
    )]
    pub statement: Option<Markdown>,
    /// The same statement in other languages.
    #[field(material, label = "Statement in other languages")]
    pub translations: Vec<Translation>,
    /// The units that belong to it.
    #[field(
        material,
        list,
        also = "departments; organizational units; abteilungen; organisationseinheiten; \
            départements; unités"
    )]
    pub units: Vec<Ref<Unit>>,
    /// The sites that belong to it.
    #[field(material, list, also = "locations; standorte; lieux; emplacements")]
    pub sites: Vec<Ref<Site>>,
    /// What is done within it, and for which product or service.
    #[field(
        material,
        also = "services; products; tätigkeiten; leistungen; activités; prestations"
    )]
    pub activities: Vec<Activity>,
    /// The systems and networks that belong to it.
    #[field(
        material,
        label = "Systems and networks",
        also = "assets; systems; networks; systeme; netzwerke; systèmes; réseaux"
    )]
    pub assets: Vec<Ref<Asset>>,
    /// What is shared with or done by somebody outside the scope: cloud services, the group,
    /// customers.
    #[field(
        leave,
        material,
        label = "Interfaces and dependencies",
        also = "interfaces; dependencies; schnittstellen; abhängigkeiten; dépendances"
    )]
    pub interfaces: Vec<Interface>,
    /// What is left out, why, and how the edge to it is handled.
    #[field(
        material,
        also = "exclusions; out of scope; ausschlüsse; nicht enthalten; exclusions du périmètre; \
            hors périmètre"
    )]
    pub left_out: Vec<LeftOut>,
    /// Whether and how people work away from your sites.
    #[field(material, also = "home office; teleworking; mobiles arbeiten; télétravail")]
    pub remote_work: Option<Markdown>,
    /// The position in the history up to which issues and requirements were considered.
    #[field(label = "Considered as of position")]
    pub considered: Option<i64>,
    /// The day from which this scope holds.
    #[field(list, also = "valid from; effective date; gültig ab; en vigueur depuis")]
    pub effective_from: Option<Date>,
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
}

/// The statement of the scope in another language.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Translation {
    /// The language, such as `German`.
    #[field(create)]
    pub language: String,
    /// The statement in that language.
    #[field(create)]
    pub statement: String,
}

/// Something done within the scope.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Activity {
    /// What is done, such as `operating the customer portal`.
    #[field(create)]
    pub activity: String,
    /// The product or service it is done for.
    #[field(label = "Product or service")]
    pub delivers: Option<String>,
}

/// Something that crosses the edge of the scope.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Interface {
    /// What is shared or depended upon, such as `payroll in the cloud`.
    #[field(create)]
    pub what: String,
    /// Who is on the other side.
    pub other_side: Option<Ref<(Supplier, Unit, InterestedParty)>>,
    /// What sort of relation it is.
    #[field(label = "Kind")]
    pub interface_kind: Option<InterfaceKind>,
    /// Which information goes across.
    pub information_exchanged: Option<String>,
    /// Who looks after which part of its security.
    pub who_controls_what: Option<String>,
    /// The agreement that says so.
    pub agreement: Option<Ref<Document>>,
}

/// Something left out of the scope.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct LeftOut {
    /// What is left out.
    #[field(create)]
    pub what: String,
    /// Why it is left out.
    pub why: Option<String>,
    /// How the edge to it is kept safe.
    #[field(label = "How the interface is handled")]
    pub handling: Option<String>,
}

/// What sort of relation crosses the edge of the scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum InterfaceKind {
    /// A service from the cloud.
    #[choice(also = "saas; iaas; paas; cloud service; cloud-dienst; nuage")]
    Cloud,
    /// Work that somebody else does for you.
    #[choice(also = "outsourcing; outsourced process; ausgelagert; externalisé; sous-traité")]
    Outsourced,
    /// Something the group does for you, or you for the group.
    #[choice(also = "parent company; konzern; groupe")]
    Group,
    /// Something you share with a customer.
    #[choice(also = "client; kunde; kunden; clients")]
    Customer,
    /// Something else.
    #[choice(also = "misc; sonstige; autre")]
    Other,
}

/// The life of the working copy of a scope; the edition in force stays while a new one is drafted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// It is being written.
    #[stage(to = "submitted, superseded")]
    Draft,
    /// It is with those who approve it.
    #[stage(to = "draft, superseded")]
    Submitted,
    /// It was approved and published as the edition in force.
    #[stage(to = "draft, superseded", edition)]
    Approved,
    /// Another scope took its place.
    #[stage(ended, reason)]
    Superseded,
}

impl Rules for Scope {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if let Some(language) = repeated(self.translations.iter().map(|it| it.language.as_str())) {
            let message = format!("the statement is there twice in `{language}`: keep one");
            problems.push(Problem::on("translations", message));
        }
        if self.considered.is_some_and(|it| it < 0) {
            problems.push(Problem::on("considered", "a position in the history is not below 0"));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_statement_in_each_language() {
        let scope: Scope = serde_json::from_value(serde_json::json!({
            "translations": [
                {"language": "German", "statement": "a"},
                {"language": "german ", "statement": "b"},
            ],
        }))
        .unwrap();
        assert_eq!(scope.check()[0].field, "translations");
    }
}
