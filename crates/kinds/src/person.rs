//! Persons: the least data that serves.

use jiff::civil::Date;
use meta::{Choice, Kind, Problem, Ref, Row, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{InScope, evidence::Evidence, shared::ends_before, site::Site, unit::Unit};

/// Somebody who works under the organization's control or has a duty in the ISMS. Write no more
/// about them than you need.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "person", prefix = "PERSON", plural = "Persons", clause = "7.2", stage = Lifecycle,
    also = "people; staff; employees; users; staff list; mitarbeiter; mitarbeitende; personen; \
        personal; personnes; employés; personnel; collaborateurs")]
pub struct Person {
    /// The person's name, as colleagues use it.
    #[field(
        create,
        list,
        label = "Name",
        also = "person; full name; employee; mitarbeiter; vollständiger name; nom; nom complet; \
            employé"
    )]
    pub title: String,
    /// The address at work, such as `a.weber@example.com`.
    #[field(
        list,
        label = "E-mail",
        also = "email; mail; email address; e-mail-adresse; courriel; adresse électronique"
    )]
    pub email: Option<String>,
    /// How the person is bound to the organization.
    #[field(
        leave,
        list,
        filter,
        label = "Kind",
        also = "type; engagement; employment type; contract type; art; beschäftigungsart; type de \
            contrat; statut"
    )]
    pub engagement: Option<Engagement>,
    /// The unit the person works in.
    #[field(
        list,
        filter,
        also = "department; team; abteilung; bereich; organisationseinheit; service; département; \
            unité; équipe"
    )]
    pub unit: Option<Ref<Unit>>,
    /// The site the person usually works at.
    #[field(filter, also = "location; office; standort; büro; lieu; bureau")]
    pub site: Option<Ref<Site>>,
    /// Whether the person mostly works away from your sites.
    #[field(
        filter,
        label = "Works remotely",
        also = "remote; home office; mobil; télétravail; à distance"
    )]
    pub remote: Option<bool>,
    /// Whom the person answers to.
    #[field(
        filter,
        also = "supervisor; line manager; reports to; vorgesetzter; vorgesetzte; führungskraft; \
            supérieur; responsable"
    )]
    pub manager: Option<Ref<Person>>,
    /// The first day.
    #[field(
        list,
        also = "joined; start date; entry date; hire date; eintritt; eintrittsdatum; date \
            d'entrée; entré le"
    )]
    pub joined_on: Option<Date>,
    /// The last day.
    #[field(
        list,
        also = "left; end date; exit date; leaving date; austritt; austrittsdatum; date de sortie; \
            sorti le"
    )]
    pub left_on: Option<Date>,
    /// Whether the person's work lies within the scope of the ISMS.
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
    /// The language the person reads best.
    #[field(filter, also = "sprache; langue")]
    pub language: Option<String>,
    /// Groups for handing out documents and training, such as `developers` or `drivers`.
    #[field(
        filter,
        also = "group; distribution groups; gruppe; gruppen; verteiler; groupe; groupes"
    )]
    pub groups: Vec<String>,
    /// What had to be done on joining and leaving, and when it was: dates only, never contents.
    #[field(also = "formal steps; joining and leaving; formalitäten; formalités")]
    pub formalities: Vec<Formality>,
}

/// A formal step on joining or leaving.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Formality {
    /// Which step it is.
    #[field(create)]
    pub step: Option<Step>,
    /// The day it was done.
    pub done_on: Option<Date>,
    /// What shows it.
    pub evidence: Option<Ref<Evidence>>,
}

/// A formal step on joining or leaving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Step {
    /// The person's background was looked at before they began.
    #[choice(also = "background check; überprüfung; vérification")]
    Screening,
    /// The terms of work with their security duties were signed.
    #[choice(also = "contract signed; vertrag unterschrieben; contrat signé")]
    AgreementSigned,
    /// The promise to keep things confidential was signed.
    #[choice(also = "nda; nda signed; verschwiegenheitserklärung; accord de confidentialité")]
    ConfidentialitySigned,
    /// Everything lent was given back.
    #[choice(also = "return of assets; rückgabe; restitution")]
    AssetsReturned,
}

/// How a person is bound to the organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Engagement {
    /// Employed by you.
    #[choice(also = "internal; permanent; staff; angestellt; mitarbeiter; intern; salarié; cdi")]
    Employee,
    /// Works for you on a contract of their own.
    #[choice(also = "external; freelancer; consultant; extern; freiberufler; externe; indépendant")]
    Contractor,
    /// Works for you for a while: temps, interns, working students.
    #[choice(
        also = "temp; intern student; trainee; zeitarbeit; praktikant; werkstudent; intérimaire; \
            stagiaire"
    )]
    Temporary,
    /// Sits on the board or owns the organization.
    #[choice(also = "director; board member; vorstand; aufsichtsrat; administrateur; conseil")]
    Board,
    /// Works for one of your suppliers.
    #[choice(
        label = "Supplier's staff",
        also = "vendor staff; dienstleister; fremdpersonal; prestataire"
    )]
    SupplierStaff,
    /// Audits you from outside.
    #[choice(also = "auditor; externer auditor; auditeur externe")]
    ExternalAuditor,
}

/// The life of a person's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Will join, or was only named somewhere so far.
    #[stage(to = "active, left")]
    Expected,
    /// Works with you.
    #[stage(to = "away, left")]
    Active,
    /// Is away for long and holds no duty meanwhile.
    #[stage(to = "active, left")]
    Away,
    /// Works with you no more.
    #[stage(to = "active", ended)]
    Left,
}

impl Person {
    /// Whether the person had joined and not left on this day; an unknown day counts as fine.
    pub fn is_here_on(&self, day: Date) -> bool {
        self.joined_on.is_none_or(|it| it <= day) && self.left_on.is_none_or(|it| it >= day)
    }
}

impl Rules for Person {
    fn check(&self) -> Vec<Problem> {
        let mut problems: Vec<Problem> =
            ends_before(self.joined_on, "left_on", self.left_on).into_iter().collect();
        if let Some(email) = &self.email {
            let (name, host) = email.split_once('@').unwrap_or_default();
            if name.is_empty() || host.is_empty() || email.contains(char::is_whitespace) {
                let message =
                    format!("`{email}` is no e-mail address: write it like a@example.com");
                problems.push(Problem::on("email", message));
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_person_is_here_from_the_first_to_the_last_day() {
        let (joined_on, left_on) = (Some(date(2026, 1, 1)), Some(date(2026, 6, 30)));
        let person = Person { joined_on, left_on, ..Person::default() };
        assert!(person.is_here_on(date(2026, 1, 1)) && person.is_here_on(date(2026, 6, 30)));
        assert!(!person.is_here_on(date(2025, 12, 31)) && !person.is_here_on(date(2026, 7, 1)));
        assert!(Person::default().is_here_on(date(2026, 7, 1)));
        assert!(person.check().is_empty());
    }

    #[test]
    fn contradictions_are_told() {
        let person = Person {
            joined_on: Some(date(2026, 2, 1)),
            left_on: Some(date(2026, 1, 31)),
            email: Some("weber at example.com".into()),
            ..Person::default()
        };
        let fields: Vec<String> = person.check().into_iter().map(|it| it.field).collect();
        assert_eq!(fields, ["left_on", "email"]);
    }
}
