//! Requirements: what an interested party expects, one record each so that controls can point to it.

use jiff::civil::Date;
use meta::{Choice, Kind, Markdown, Period, Problem, Ref, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{
    control::Control, document::Document, interested_party::InterestedParty, objective::Objective,
    obligation::Obligation, shared::ends_before, supplier::Supplier,
};

/// One thing an interested party requires of your information security.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "requirement", prefix = "REQ", plural = "Requirements", clause = "4.2",
    stage = Lifecycle,
    also = "stakeholder requirements; needs and expectations; requirements of interested parties; \
        anforderungen; anforderungen interessierter parteien; erwartungen; exigences; exigences \
        des parties intéressées; attentes")]
pub struct Requirement {
    /// The requirement in a few words, such as `notice of a breach within a day`.
    #[field(
        create,
        list,
        label = "Requirement",
        also = "name; title; need; need or expectation; expectation; anforderung; bedürfnis; \
            erwartung; exigence; besoin; attente"
    )]
    pub title: String,
    /// Who requires it.
    #[field(
        create,
        list,
        filter,
        label = "Interested party",
        also = "party; stakeholder; required by; interessierte partei; anspruchsgruppe; gefordert \
            von; partie intéressée; partie prenante"
    )]
    pub party: Option<Ref<InterestedParty>>,
    /// What exactly they require, in your own words.
    #[field(
        leave,
        material,
        label = "What they require",
        also = "derived requirement; requirement text; description; details; abgeleitete \
            anforderung; beschreibung; anforderungstext; exigence dérivée; détails"
    )]
    pub demand: Option<Markdown>,
    /// What makes it binding, or whether it is only a wish.
    #[field(leave, list, filter, also = "type; kind; binding; art; verbindlichkeit; genre")]
    pub nature: Option<Nature>,
    /// The entries in the register of obligations that say the same, where it is binding.
    #[field(also = "legal basis; obligation; rechtsgrundlage; verpflichtungen; base légale")]
    pub obligations: Vec<Ref<Obligation>>,
    /// Whether you meet it by means of the ISMS.
    #[field(
        leave,
        material,
        list,
        filter,
        label = "Addressed through the ISMS",
        also = "addressed; status; coverage; covered; abdeckung; abgedeckt; couverture; couvert"
    )]
    pub addressed: Option<Addressed>,
    /// How you meet it, or why you do not.
    #[field(
        material,
        label = "How, or why not",
        also = "how addressed; response; umsetzung; réponse"
    )]
    pub addressed_how: Option<Markdown>,
    /// The controls, objectives, documents and suppliers by which you meet it.
    #[field(
        label = "Met by",
        also = "by; covered by; addressed by; controls; erfüllt durch; abgedeckt durch; maßnahmen; \
            couvert par; mesures"
    )]
    pub met_by: Vec<Ref<(Control, Objective, Document, Supplier)>>,
    /// The first day on which it holds.
    #[field(also = "valid from; from; gültig ab; seit; depuis")]
    pub since: Option<Date>,
    /// The last day on which it holds.
    #[field(also = "valid until; to; gültig bis; bis; jusqu'au")]
    pub until: Option<Date>,
    /// Where it is written, such as a contract and its section.
    #[field(label = "Source document", also = "source; reference; quelle; herkunft; référence")]
    pub source: Option<String>,
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

/// What makes a requirement binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Nature {
    /// A law.
    #[choice(also = "legal; statutory; gesetz; gesetzlich; loi; légal")]
    Law,
    /// A rule of an authority.
    #[choice(also = "regulatory; verordnung; aufsichtsrecht; règlement; réglementaire")]
    Regulation,
    /// A contract you signed.
    #[choice(also = "contractual; vertrag; vertraglich; contrat; contractuel")]
    Contract,
    /// A standard you chose to follow.
    #[choice(also = "norm; industry standard; standards; norme")]
    Standard,
    /// A wish that binds you to nothing.
    #[choice(also = "need; wish; voluntary; erwartung; freiwillig; attente; volontaire")]
    Expectation,
    /// A rule of the group you belong to.
    #[choice(also = "corporate; group policy; konzernvorgabe; règle de groupe")]
    GroupRule,
}

/// Whether a requirement is met by means of the ISMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Addressed {
    /// The ISMS takes care of it.
    #[choice(also = "covered; addressed; y; ja; abgedeckt; erfüllt; oui; couvert")]
    Yes,
    /// The ISMS takes care of a part; the rest is met otherwise or still open.
    #[choice(also = "partly; partially; partially covered; partial; teilweise; partiellement")]
    InPart,
    /// It is not met by means of the ISMS; the reason stands beside it.
    #[choice(also = "not covered; n; nein; nicht abgedeckt; non; non couvert")]
    No,
    /// Nobody has decided yet.
    #[choice(also = "open; tbd; offen; ouvert; à décider")]
    Undecided,
}

/// The life of a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Somebody put it forward; it is still to be looked at.
    #[stage(to = "current, ended")]
    Proposed,
    /// It holds.
    #[stage(to = "proposed, ended")]
    Current,
    /// Nobody requires it any more.
    #[stage(to = "current", ended, reason)]
    Ended,
}

impl Rules for Requirement {
    fn check(&self) -> Vec<Problem> {
        ends_before(self.since, "until", self.until).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_requirement_does_not_end_before_it_begins() {
        let mut requirement = Requirement { until: Some(date(2026, 1, 1)), ..Default::default() };
        assert!(requirement.check().is_empty());
        requirement.since = Some(date(2026, 1, 2));
        assert_eq!(requirement.check()[0].field, "until");
    }
}
