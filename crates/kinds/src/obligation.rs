//! Obligations: laws, contracts and other rules that bind the organization.

use jiff::civil::Date;
use meta::{Choice, Kind, Markdown, Period, Problem, Ref, Row, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{
    Holder, asset::Asset, control::Control, document::Document, evidence::Evidence,
    interested_party::InterestedParty, person::Person, shared::ends_before, site::Site, unit::Unit,
};

/// A law, a contract or another rule that binds you, and how you meet it.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "obligation", prefix = "OBL", plural = "Obligations", clause = "A.5.31",
    stage = Lifecycle,
    also = "legal register; legal compliance register; compliance register; laws and regulations; \
        rechtskataster; rechtsregister; gesetze; verpflichtungen; registre légal; veille \
        réglementaire; obligations légales")]
pub struct Obligation {
    /// The law, contract or rule, as people cite it.
    #[field(
        create,
        list,
        label = "Instrument",
        also = "name; title; law; regulation; law or regulation; act; contract; gesetz; \
            verordnung; vorschrift; rechtsvorschrift; vertrag; loi; règlement; texte"
    )]
    pub title: String,
    /// The article or section that matters.
    #[field(
        list,
        also = "article; section; article / section; paragraph; clause; artikel; paragraf; \
            abschnitt; disposition"
    )]
    pub provision: Option<String>,
    /// The edition you mean, or its date.
    #[field(also = "version; date of issue; edition or date; ausgabe; stand; édition")]
    pub edition: Option<String>,
    /// What sort of rule it is.
    #[field(
        leave,
        list,
        filter,
        label = "Type",
        also = "obligation type; kind; category; art; typ; kategorie; genre; catégorie"
    )]
    pub obligation_type: Option<ObligationType>,
    /// The country or region whose law it is.
    #[field(filter, also = "country; land; rechtsraum; pays; juridiction")]
    pub jurisdiction: Option<String>,
    /// Who can hold you to it.
    #[field(
        filter,
        also = "contract partner; authority; interested party; vertragspartner; behörde; \
            cocontractant; autorité"
    )]
    pub counterparty: Option<Ref<InterestedParty>>,
    /// Why it applies to you.
    #[field(
        leave,
        also = "applicability; applicable because; relevance; anwendbarkeit; gilt weil; relevanz; \
            applicabilité"
    )]
    pub applies_because: Option<Markdown>,
    /// The units, sites and assets it applies to.
    #[field(also = "affected; scope; gilt für; betrifft; concerne")]
    pub applies_to: Vec<Ref<(Unit, Site, Asset)>>,
    /// What it demands of you, in your own words.
    #[field(
        leave,
        material,
        label = "What it demands of us",
        also = "requirement; requirements; demand; obligation; description; anforderung; \
            anforderungen; pflicht; beschreibung; exigence; exigences"
    )]
    pub demand: Option<Markdown>,
    /// How you meet it: who does what.
    #[field(
        leave,
        material,
        label = "How we meet it",
        also = "how met; compliance approach; approach; implementation; measures taken; umsetzung; \
            erfüllung; mise en œuvre"
    )]
    pub how_met: Option<Markdown>,
    /// The controls and documents by which you meet it.
    #[field(
        label = "Met by",
        also = "by; controls; documents; related controls; erfüllt durch; maßnahmen; dokumente; \
            mesures; couvert par"
    )]
    pub met_by: Vec<Ref<(Control, Document)>>,
    /// What must be told to whom, and how fast, when something happens.
    #[field(also = "deadlines; reporting duties; meldefristen; fristen; meldepflichten; délais")]
    pub clocks: Vec<Clock>,
    /// The certificate or report that it asks you for.
    #[field(
        filter,
        label = "Asks for a certificate or report",
        also = "certificate; proof required; zertifikat; nachweis gefordert; certificat"
    )]
    pub asks_for: Option<AskedProof>,
    /// By when that certificate or report must be there.
    #[field(label = "Certificate or report by")]
    pub asked_by: Option<Date>,
    /// Who sees to it that it is met.
    #[field(
        leave,
        list,
        filter,
        also = "responsible; accountable; verantwortlich; zuständig; eigentümer; responsable; \
            propriétaire"
    )]
    pub owner: Option<Holder>,
    /// Where its text can be read.
    #[field(label = "Source link", also = "link; url; source; quelle; lien")]
    pub source_link: Option<String>,
    /// Who watches for changes at the source.
    #[field(
        label = "Who watches for changes",
        also = "watched by; monitored by; beobachtet durch; suivi par"
    )]
    pub watched_by: Option<Holder>,
    /// The first day on which it binds you.
    #[field(
        also = "valid from; effective from; effective date; gültig ab; in kraft seit; en vigueur \
            depuis"
    )]
    pub in_force_from: Option<Date>,
    /// The last day on which it binds you.
    #[field(also = "valid until; expires; gültig bis; en vigueur jusqu'au")]
    pub in_force_until: Option<Date>,
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
    /// Whether you meet it today, as somebody found who looked.
    #[field(
        list,
        filter,
        label = "State of fulfilment",
        also = "status; compliance status; compliance; compliant; fulfilment; erfüllungsgrad; \
            erfüllt; état; conformité"
    )]
    pub fulfilment: Option<Fulfilment>,
    /// Who looked.
    #[field(also = "checked by; bewertet durch; geprüft durch; évalué par")]
    pub assessed_by: Option<Ref<Person>>,
    /// When they looked.
    #[field(also = "last assessed; checked on; bewertet am; geprüft am; évalué le")]
    pub assessed_on: Option<Date>,
    /// What shows that it is met.
    #[field(also = "proof; nachweis; nachweise; preuve; preuves")]
    pub evidence: Vec<Ref<Evidence>>,
}

/// Something that must be told in time.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Clock {
    /// What starts the clock, such as `a breach of personal data becomes known`.
    #[field(create)]
    pub event: String,
    /// How much time there is, such as `72 hours`.
    #[field(create)]
    pub within: Option<Period>,
    /// Who must be told.
    pub to_whom: Option<String>,
    /// By which way, such as a form or a telephone number.
    pub how: Option<String>,
}

/// What sort of rule an obligation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum ObligationType {
    /// A law.
    #[choice(also = "legal; law; statute; gesetz; gesetzlich; loi; légal")]
    Statutory,
    /// A rule of an authority.
    #[choice(also = "regulation; verordnung; aufsichtsrechtlich; règlement; réglementaire")]
    Regulatory,
    /// A contract you signed.
    #[choice(also = "contract; vertrag; vertraglich; contrat; contractuelle; contractuel")]
    Contractual,
    /// Rights of others in software, texts, pictures or names.
    #[choice(
        also = "ip; licence; license; copyright; urheberrecht; lizenz; propriété intellectuelle"
    )]
    IntellectualProperty,
    /// A standard you promised to follow.
    #[choice(also = "norm; norms; industry standard; norme")]
    Standard,
    /// A rule of the group you belong to.
    #[choice(also = "corporate; group policy; internal; konzernvorgabe; règle de groupe")]
    GroupRule,
}

/// A certificate or report that somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum AskedProof {
    /// It asks for none.
    #[choice(also = "no; nein; keines; non; aucun")]
    None,
    /// A certificate by ISO/IEC 27001.
    #[choice(label = "ISO/IEC 27001", also = "27001; iso 27001")]
    Iso27001,
    /// A SOC 2 report.
    #[choice(label = "SOC 2", also = "soc; soc2 type ii")]
    Soc2,
    /// A TISAX label.
    #[choice(label = "TISAX label", also = "tisax; vda isa")]
    Tisax,
    /// Something else, named among the demands.
    #[choice(also = "sonstiges; andere; autre")]
    Other,
}

/// Whether an obligation is met today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Fulfilment {
    /// All of it is met.
    #[choice(also = "compliant; fulfilled; yes; erfüllt; konform; conforme; rempli")]
    Met,
    /// A part of it is met.
    #[choice(
        also = "partly; partial; partially; partially compliant; in progress; teilweise; teilweise \
            erfüllt; partiellement conforme; partiel"
    )]
    InPart,
    /// It is not met.
    #[choice(also = "non-compliant; not compliant; no; nicht erfüllt; nicht konform; non conforme")]
    NotMet,
    /// Nobody has looked yet.
    #[choice(also = "unknown; open; tbd; nicht bewertet; offen; non évalué; inconnu")]
    NotAssessed,
}

/// The life of an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// It is new or has changed at its source, and is still to be looked at.
    #[stage(to = "in_force, ended")]
    Proposed,
    /// It binds you.
    #[stage(to = "proposed, ended")]
    InForce,
    /// It binds you no longer.
    #[stage(to = "in_force", ended, reason)]
    Ended,
}

impl Rules for Obligation {
    fn check(&self) -> Vec<Problem> {
        let mut problems: Vec<Problem> =
            ends_before(self.in_force_from, "in_force_until", self.in_force_until)
                .into_iter()
                .collect();
        if self.asks_for == Some(AskedProof::None) && self.asked_by.is_some() {
            let message = "there is a date although it asks for no certificate: clear one of them";
            problems.push(Problem::on("asked_by", message));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn contradictions_are_told() {
        let mut obligation = Obligation {
            in_force_from: Some(date(2026, 1, 1)),
            in_force_until: Some(date(2026, 1, 1)),
            asks_for: Some(AskedProof::Soc2),
            asked_by: Some(date(2027, 1, 1)),
            ..Obligation::default()
        };
        assert!(obligation.check().is_empty());
        obligation.in_force_until = Some(date(2025, 12, 31));
        obligation.asks_for = Some(AskedProof::None);
        let fields: Vec<String> = obligation.check().into_iter().map(|it| it.field).collect();
        assert_eq!(fields, ["in_force_until", "asked_by"]);
    }
}
