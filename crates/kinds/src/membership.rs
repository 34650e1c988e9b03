//! Memberships: who may do what with the records.

use jiff::civil::Date;
use meta::{Choice, Kind, Markdown, Problem, Ref, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{person::Person, shared::ends_before};

/// What a person may see and do in Muniment, from when and until when. A role says what somebody
/// answers for in the organization; this says what the program lets them do.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "membership", prefix = "MEMBER", plural = "Memberships", clause = "A.5.18",
    stage = Lifecycle,
    also = "access profiles; user accounts; zugriffsprofile; benutzerkonten; profils d'accès; \
        comptes utilisateurs")]
pub struct Membership {
    /// What it is for, in a few words, for example “Risk owner in operations”. Leave the name out: it
    /// stands beside it, and can be erased there.
    #[field(create, list, label = "In short", also = "title; name; bezeichnung; intitulé")]
    pub title: String,
    /// The person.
    #[field(create, list, filter, also = "user; account; benutzer; konto; utilisateur; compte")]
    pub person: Option<Ref<Person>>,
    /// What they may see and do. Somebody who needs more than one profile gets a membership for
    /// each.
    #[field(
        create,
        list,
        filter,
        label = "Access profile",
        also = "access; permission; permissions; zugriff; berechtigung; berechtigungen; accès; \
            droits"
    )]
    pub profile: Option<Profile>,
    /// The first day; empty if it was always so.
    #[field(list, also = "since; valid from; seit; ab; gültig ab; depuis; valable dès")]
    pub from: Option<Date>,
    /// The last day; empty while it lasts. An external auditor always needs one.
    #[field(list, filter, also = "to; valid until; bis; gültig bis; jusqu'au; valable jusqu'au")]
    pub until: Option<Date>,
    /// For an external auditor: the first day of the time they look at. Without a first or a last
    /// day they see nothing.
    #[field(label = "Looks at: from", also = "period from; zeitraum von; période du")]
    pub period_from: Option<Date>,
    /// For an external auditor: the last day of the time they look at; they see your records as
    /// they were on days up to this one.
    #[field(label = "Looks at: until", also = "period until; zeitraum bis; période au")]
    pub period_until: Option<Date>,
    /// Why they need it.
    #[field(also = "reason; justification; purpose; begründung; grund; zweck; motif")]
    pub reason: Option<Markdown>,
}

/// What a person may see and do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Profile {
    /// Sees everything, decides who may do what, and keeps the records like the ISMS manager, but
    /// approves nothing for others.
    #[choice(also = "admin; system administrator; verwalter; administratorin; administrateur")]
    Administrator,
    /// Runs the ISMS: sees everything and keeps all records.
    #[choice(
        label = "ISMS manager",
        also = "isms; ciso; iso; information security officer; informationssicherheitsbeauftragter; \
            isb; responsable smsi; rssi"
    )]
    IsmsManager,
    /// Leads the organization: sees everything, approves, and says what it thinks.
    #[choice(also = "management; board; executive; geschäftsführung; leitung; direction")]
    TopManagement,
    /// Answers for risks: keeps those it owns, and plans what is done about them.
    #[choice(also = "risikoeigner; risikoeigentümer; propriétaire de risques")]
    RiskOwner,
    /// Answers for controls: keeps those it owns, and brings the proof.
    #[choice(also = "maßnahmenverantwortlicher; propriétaire de mesures")]
    ControlOwner,
    /// Helps to keep the records: writes drafts, keeps what is their own.
    #[choice(also = "editor; author; mitwirkender; bearbeiter; contributeur; rédacteur")]
    Contributor,
    /// Audits from within: sees everything with its history, writes down what they find.
    #[choice(also = "auditor; interner auditor; auditeur interne")]
    InternalAuditor,
    /// Audits from outside: reads, changes nothing, for a time that you set.
    #[choice(also = "certification auditor; externer auditor; zertifizierer; auditeur externe")]
    ExternalAuditor,
    /// Works here: reads the documents in force, does what is asked of them, reports what happens.
    #[choice(also = "staff; user; reader; mitarbeiter; mitarbeiterin; leser; collaborateur")]
    Employee,
}

/// The life of a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// It holds, between its first and its last day.
    #[stage(to = "ended")]
    Active,
    /// It was taken away.
    #[stage(to = "active", ended)]
    Ended,
}

impl Membership {
    /// Whether it holds on this day, by its first and last day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|it| it <= day) && self.until.is_none_or(|it| it >= day)
    }
}

impl Rules for Membership {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        problems.extend(ends_before(self.from, "until", self.until));
        problems.extend(ends_before(self.period_from, "period_until", self.period_until));
        if self.profile == Some(Profile::ExternalAuditor) {
            if self.until.is_none() {
                let message = "an external auditor has access for a time: say until when";
                problems.push(Problem::on("until", message));
            }
            if self.period_from.or(self.period_until).is_none() {
                let message = "an external auditor looks at a time: say its first day, its last \
                    day or both";
                problems.push(Problem::on("period_from", message));
            }
        } else if self.period_from.or(self.period_until).is_some() {
            let at = if self.period_from.is_some() { "period_from" } else { "period_until" };
            let message = "only an external auditor looks at a period: leave this empty";
            problems.push(Problem::on(at, message));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_membership_holds_from_its_first_to_its_last_day() {
        let (from, until) = (Some(date(2026, 1, 1)), Some(date(2026, 6, 30)));
        let membership = Membership { from, until, ..Membership::default() };
        assert!(membership.holds_on(date(2026, 1, 1)) && membership.holds_on(date(2026, 6, 30)));
        assert!(!membership.holds_on(date(2025, 12, 31)) && !membership.holds_on(date(2026, 7, 1)));
        assert!(Membership::default().holds_on(date(2026, 7, 1)));
    }

    #[test]
    fn an_external_auditor_has_access_for_a_time() {
        let mut membership =
            Membership { profile: Some(Profile::ExternalAuditor), ..Membership::default() };
        let fields = |it: &Membership| -> Vec<String> {
            it.check().into_iter().map(|it| it.field).collect()
        };
        assert_eq!(fields(&membership), ["until", "period_from"]);
        membership.until = Some(date(2026, 6, 30));
        assert_eq!(fields(&membership), ["period_from"]);
        membership.period_from = Some(date(2026, 3, 1));
        membership.period_until = Some(date(2026, 2, 1));
        assert_eq!(fields(&membership), ["period_until"]);
        membership.period_until = Some(date(2026, 3, 31));
        assert!(membership.check().is_empty());
        membership.profile = Some(Profile::InternalAuditor);
        assert_eq!(fields(&membership), ["period_from"]);
    }
}
