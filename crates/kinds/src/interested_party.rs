//! Interested parties: who expects something of the organization's information security.

use jiff::civil::Date;
use meta::{Choice, Kind, Markdown, Period, Problem, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{Holder, Side};

/// Somebody who expects something of your information security, or whom it affects.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "interested_party", prefix = "PARTY", plural = "Interested parties", clause = "4.2",
    stage = Lifecycle,
    also = "stakeholders; stakeholder; stakeholder register; stakeholder communication; \
        interessierte parteien; anspruchsgruppen; parties intéressées; parties prenantes")]
pub struct InterestedParty {
    /// Who it is, such as `customers` or the name of an authority.
    #[field(
        create,
        list,
        label = "Name",
        also = "interested party; stakeholder; stakeholder name; party; interessierte partei; \
            partei; anspruchsgruppe; partie intéressée; partie prenante; nom"
    )]
    pub title: String,
    /// What they are to you.
    #[field(
        leave,
        list,
        filter,
        label = "Type",
        also = "party type; kind; group; stakeholder type; art; gruppe; groupe; genre"
    )]
    pub party_type: Option<PartyType>,
    /// Whether they belong to the organization or stand outside.
    #[field(
        list,
        filter,
        label = "Internal or external",
        also = "side; category; internal/external; intern/extern; kategorie; interne/externe; \
            catégorie"
    )]
    pub side: Option<Side>,
    /// Why they matter for your information security.
    #[field(
        leave,
        label = "Why relevant",
        also = "relevance; interest; interest in isms; relevanz; interesse; intérêt; pertinence"
    )]
    pub relevance: Option<Markdown>,
    /// Who looks after the relation.
    #[field(
        list,
        filter,
        label = "Responsible",
        also = "owner; accountable; verantwortlich; zuständig; eigentümer; responsable; \
            propriétaire"
    )]
    pub owner: Option<Holder>,
    /// Whom to write to or call there.
    #[field(also = "contact person; ansprechpartner; kontakt; interlocuteur")]
    pub contact: Option<String>,
    /// How you hear what they think, such as a yearly survey or the support desk.
    #[field(
        label = "How they give feedback",
        also = "feedback channel; channel; rückmeldung; kanal; retour; canal"
    )]
    pub feedback: Option<Markdown>,
    /// Whether they expect anything of you because of climate change.
    #[field(
        filter,
        label = "Climate change",
        also = "climate; climate change; klima; klimawandel; climat"
    )]
    pub climate: Option<ClimateAnswer>,
    /// What they expect because of climate change, such as a report on energy use.
    #[field(label = "Climate expectations in words")]
    pub climate_expectations: Option<Markdown>,
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

/// What an interested party is to the organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum PartyType {
    /// They buy from you or use what you make.
    #[choice(also = "customers; client; clients; users; kunde; kunden; data subjects")]
    Customer,
    /// They make or watch over rules you must follow.
    #[choice(
        also = "regulator; regulators; authorities; government; behörde; behörden; autorité; \
            régulateur"
    )]
    Authority,
    /// They own you or steer you.
    #[choice(
        label = "Owner or parent",
        also = "owner; owners; shareholders; parent company; board; top management; eigentümer; \
            gesellschafter; konzernmutter; propriétaire; actionnaires; maison mère"
    )]
    OwnerOrParent,
    /// They work for you, or speak for those who do.
    #[choice(
        also = "employee; staff; works council; mitarbeiter; beschäftigte; betriebsrat; salariés; \
            personnel"
    )]
    Employees,
    /// They deliver to you.
    #[choice(
        also = "suppliers; vendor; vendors; lieferant; lieferanten; fournisseur; fournisseurs"
    )]
    Supplier,
    /// They work with you towards something shared.
    #[choice(also = "partners; partner; kooperationspartner; partenaire; partenaires")]
    Partner,
    /// They insure you.
    #[choice(also = "insurance; insurers; versicherer; versicherung; assureur; assurance")]
    Insurer,
    /// They audit and certify you.
    #[choice(also = "auditor; registrar; zertifizierungsstelle; organisme de certification")]
    CertificationBody,
    /// Neighbors, the press and everybody else.
    #[choice(also = "media; press; society; öffentlichkeit; medien; le public; presse")]
    Public,
    /// Somebody else.
    #[choice(also = "misc; sonstige; andere; autre")]
    Other,
}

/// What is known of a party's expectations about climate change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum ClimateAnswer {
    /// They expect something, told in words beside it.
    #[choice(also = "yes; ja; oui")]
    Expects,
    /// Asked, and they expect nothing.
    #[choice(also = "no; nein; keine; non; aucune")]
    None,
    /// Nobody has asked or thought about it yet.
    #[choice(also = "unknown; tbd; nicht gefragt; unbekannt; non demandé; inconnu")]
    NotAsked,
}

/// The life of an interested party's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Somebody put it forward; it is still to be looked at.
    #[stage(to = "current, retired")]
    Proposed,
    /// It matters, and its requirements are kept in view.
    #[stage(to = "proposed, retired")]
    Current,
    /// It matters no longer.
    #[stage(to = "current", ended, reason)]
    Retired,
}

impl Rules for InterestedParty {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.climate == Some(ClimateAnswer::None) && self.climate_expectations.is_some() {
            let message = "expectations are written down although the answer is none: keep one";
            problems.push(Problem::on("climate_expectations", message));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_not_said_beside_expectations() {
        let mut party = InterestedParty {
            climate: Some(ClimateAnswer::Expects),
            climate_expectations: Some(Markdown("a yearly report".into())),
            ..InterestedParty::default()
        };
        assert!(party.check().is_empty());
        party.climate = Some(ClimateAnswer::None);
        assert_eq!(party.check()[0].field, "climate_expectations");
    }
}
