//! Roles: functions that own, approve and answer, and who holds them when.

use jiff::civil::Date;
use meta::{Choice, Kind, Markdown, Period, Problem, Ref, Row, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{Holder, evidence::Evidence, person::Person, shared::ends_before, unit::Unit};

/// A function in the organization, such as “information security officer”, whoever holds it.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "role", prefix = "ROLE", plural = "Roles", clause = "5.3", stage = Lifecycle,
    also = "functions; roles and responsibilities; competence matrix; raci matrix; raci; rollen; \
        funktionen; rollen und verantwortlichkeiten; rôles; fonctions; rôles et responsabilités")]
pub struct Role {
    /// What the role is called, such as `Information security officer`.
    #[field(
        create,
        list,
        label = "Name",
        also = "role; role name; function; position; job title; rolle; funktion; stelle; rôle; \
            fonction; poste; nom"
    )]
    pub title: String,
    /// Other names for it, such as `ISO` or `CISO`.
    #[field(
        list,
        label = "Other names",
        also = "also known as; abbreviation; aliases; abkürzung; kürzel; abréviation"
    )]
    pub also_known: Vec<String>,
    /// What the role has to see to.
    #[field(
        leave,
        material,
        also = "responsibility; duties; tasks; verantwortung; verantwortlichkeiten; aufgaben; \
            responsabilités; tâches"
    )]
    pub responsibilities: Option<Markdown>,
    /// What the role may decide and demand.
    #[field(
        leave,
        material,
        also = "authority; powers; befugnisse; kompetenz; autorités; pouvoirs"
    )]
    pub authorities: Option<Markdown>,
    /// The duties every ISMS has to give to somebody, as far as this role has them.
    #[field(material, list, filter, label = "Carries", also = "isms duties; isms-aufgaben")]
    pub carries: Vec<Carries>,
    /// The highest level of risk this role may accept, as its rank in the risk method in force.
    #[field(
        material,
        list,
        label = "May accept risk up to",
        also = "risk acceptance limit; risikoakzeptanz bis; acceptation du risque jusqu'à"
    )]
    pub may_accept: Option<i64>,
    /// Under which conditions the role may accept it.
    #[field(material, label = "Conditions of acceptance")]
    pub acceptance_conditions: Option<Markdown>,
    /// The role it answers to.
    #[field(
        filter,
        also = "manager; superior; supervisor; berichtet an; vorgesetzter; rattaché à; supérieur"
    )]
    pub reports_to: Option<Ref<Role>>,
    /// The unit it belongs to.
    #[field(
        filter,
        also = "department; team; abteilung; bereich; organisationseinheit; service; département; \
            unité"
    )]
    pub unit: Option<Ref<Unit>>,
    /// Who steps in when nobody is there.
    #[field(
        also = "substitute; stellvertreter; stellvertretung; vertretung; suppléant; remplaçant"
    )]
    pub deputy: Option<Holder>,
    /// The roles that the same person must not hold together with this one.
    #[field(
        label = "Not together with",
        also = "incompatible with; segregation of duties; unvereinbar mit; incompatible avec"
    )]
    pub not_with: Vec<Ref<Role>>,
    /// What somebody must know and be able to do to hold it.
    #[field(
        leave,
        label = "Competence needed",
        also = "competences; required competence; skills; kompetenzen; qualifikation; compétences; \
            qualifications"
    )]
    pub competence: Vec<Competence>,
    /// Who holds it, and since when.
    #[field(
        list,
        also = "holder; held by person; assigned to; assignee; inhaber; besetzt durch; titulaire; \
            occupé par"
    )]
    pub held_by: Vec<Holding>,
    /// How long the role may stay without anybody in it, such as `30 days`.
    #[field(label = "Limit of vacancy")]
    pub vacancy_limit: Option<Period>,
}

/// Something the holder of a role must know or be able to do.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Competence {
    /// What it is, such as `assess risks`.
    #[field(create, also = "required competence; skill; kompetenz; compétence")]
    pub competence: String,
    /// How one comes by it.
    #[field(also = "source; acquired by; quelle; source de compétence")]
    pub basis: Option<CompetenceBasis>,
    /// How well, such as `advanced`.
    #[field(also = "proficiency level; proficiency; stufe; niveau")]
    pub level: Option<String>,
    /// Whether the role cannot be held without it.
    #[field(also = "required; pflicht; obligatoire")]
    pub mandatory: Option<bool>,
    /// After how long it must be refreshed, such as `1 year`.
    #[field(also = "refresh interval; refresh; auffrischung; recyclage")]
    pub refresh_after: Option<Period>,
}

/// A person holding a role for some time.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Holding {
    /// Who holds it.
    #[field(create, also = "name; holder; inhaber; titulaire")]
    pub person: Option<Ref<Person>>,
    /// The first day; empty if it was always so.
    #[field(also = "since; seit; ab; depuis")]
    pub from: Option<Date>,
    /// The last day; empty while it lasts.
    #[field(also = "to; bis; jusqu'au")]
    pub until: Option<Date>,
    /// Whether they only step in for the holder.
    #[field(label = "As deputy")]
    pub deputy: Option<bool>,
    /// When they were told.
    pub told_on: Option<Date>,
    /// When they agreed, if you want that.
    pub accepted_on: Option<Date>,
    /// What shows it, such as a signed letter.
    pub evidence: Option<Ref<Evidence>>,
}

/// How somebody comes by a competence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum CompetenceBasis {
    /// School, studies or an apprenticeship.
    #[choice(also = "degree; diploma; ausbildung; studium; formation initiale; diplôme")]
    Education,
    /// A course, a drill or a certificate.
    #[choice(also = "course; certification; external training; internal training; external \
            certification; schulung; zertifizierung; formation; certificat")]
    Training,
    /// Having done it.
    #[choice(also = "practice; work experience; erfahrung; berufserfahrung; expérience")]
    Experience,
}

/// A duty that an ISMS has to give to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Carries {
    /// Belongs to those who lead the organization.
    #[choice(also = "management; ceo; executive; geschäftsführung; oberste leitung; direction")]
    TopManagement,
    /// Sees to it that the ISMS does what the standard asks.
    #[choice(
        label = "Makes the ISMS conform",
        also = "conformity; isms conformity; konformität; conformité"
    )]
    Conformity,
    /// Tells top management how well the ISMS works.
    #[choice(
        label = "Reports performance to top management",
        also = "reporting; performance; berichterstattung; reporting à la direction"
    )]
    ReportsPerformance,
    /// Answers for risks and decides about them.
    #[choice(also = "risk owner; risikoeigner; risikoeigentümer; propriétaire de risques")]
    OwnsRisks,
    /// Approves documents.
    #[choice(also = "approver; document approval; freigabe; approbation")]
    ApprovesDocuments,
    /// Audits the ISMS from within.
    #[choice(also = "auditor; interner auditor; auditeur interne")]
    InternalAuditor,
    /// Looks after data about people.
    #[choice(
        also = "dpo; privacy; datenschutz; datenschutzbeauftragter; dsb; protection des données"
    )]
    DataProtection,
    /// Leads when something has happened.
    #[choice(
        also = "incident response; incident manager; vorfallbehandlung; gestion des incidents"
    )]
    HandlesIncidents,
}

/// The life of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// It is being described.
    #[stage(to = "active, retired")]
    Planned,
    /// It exists, whether or not somebody holds it.
    #[stage(to = "planned, retired")]
    Active,
    /// It exists no more.
    #[stage(to = "active", ended, reason)]
    Retired,
}

impl Role {
    /// Who holds the role on this day, deputies aside.
    pub fn holders_on(&self, day: Date) -> impl Iterator<Item = Ref<Person>> + '_ {
        self.holdings_on(day).filter(|it| it.deputy != Some(true)).filter_map(|it| it.person)
    }

    /// Who may step in on this day: those named as deputies in the table of holders.
    pub fn deputies_on(&self, day: Date) -> impl Iterator<Item = Ref<Person>> + '_ {
        self.holdings_on(day).filter(|it| it.deputy == Some(true)).filter_map(|it| it.person)
    }

    /// The rows that hold on this day, those of deputies among them.
    pub fn holdings_on(&self, day: Date) -> impl Iterator<Item = &Holding> + '_ {
        self.held_by.iter().filter(move |it| it.holds_on(day))
    }

    /// The last day on which somebody held it before `day`; `None` while held or never held.
    pub fn vacant_since(&self, day: Date) -> Option<Date> {
        if self.holders_on(day).next().is_some() {
            return None;
        }
        let own = self.held_by.iter().filter(|it| it.deputy != Some(true));
        own.filter_map(|it| it.until).filter(|it| *it < day).max()
    }

    /// Whether the role has this duty.
    pub fn carries(&self, duty: Carries) -> bool {
        self.carries.contains(&duty)
    }
}

impl Holding {
    /// Whether it holds on this day, its first and last day included.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|it| it <= day) && self.until.is_none_or(|it| it >= day)
    }
}

impl Rules for Role {
    fn check(&self) -> Vec<Problem> {
        let mut problems: Vec<Problem> = self
            .held_by
            .iter()
            .filter_map(|it| ends_before(it.from, "held_by", it.until))
            .collect();
        if self.may_accept.is_some_and(|it| it < 1) {
            let message = "a level of risk is named by its rank, from 1";
            problems.push(Problem::on("may_accept", message));
        }
        problems
    }
}

#[cfg(test)]
mod tests;
