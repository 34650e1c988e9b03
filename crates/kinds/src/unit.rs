//! Units: the parts an organization is made of.

use meta::{Kind, Markdown, Ref, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{Holder, InScope};

/// A part of the organization, such as a department, a team or a daughter company.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "unit", prefix = "UNIT", plural = "Units", clause = "4.3", stage = Lifecycle,
    also = "organizational units; departments; business units; teams; abteilungen; \
        organisationseinheiten; bereiche; services; départements; unités")]
pub struct Unit {
    /// What people call it, such as `Sales` or `IT operations`.
    #[field(
        create,
        list,
        label = "Name",
        also = "unit; department; team; abteilung; bereich; einheit; organisationseinheit; \
            service; département; unité; nom"
    )]
    pub title: String,
    /// The unit it belongs to.
    #[field(list, filter, also = "parent unit; part of; übergeordnet; gehört zu; rattaché à")]
    pub parent: Option<Ref<Unit>>,
    /// Who leads it.
    #[field(
        leave,
        list,
        filter,
        also = "manager; head of unit; lead; leiter; leitung; abteilungsleiter; responsable; chef"
    )]
    pub head: Option<Holder>,
    /// What the unit does, in a sentence or two.
    #[field(also = "tasks; description; tätigkeiten; aufgaben; activités")]
    pub activities: Option<Markdown>,
    /// Whether the unit lies within the scope of the ISMS.
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
}

/// The life of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// The unit is at work.
    #[stage(to = "closed")]
    Active,
    /// The unit exists no more.
    #[stage(to = "active", ended)]
    Closed,
}

impl Rules for Unit {}
