//! Sites: the places where work is done.

use meta::{Choice, Kind, Markdown, Problem, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::InScope;

/// A place where people work or where equipment stands.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "site", prefix = "SITE", plural = "Sites", clause = "4.3", stage = Lifecycle,
    also = "locations; offices; premises; standorte; niederlassungen; emplacements; lieux; \
        locaux")]
pub struct Site {
    /// What people call the place, such as `Head office Hamburg`.
    #[field(
        create,
        list,
        label = "Name",
        also = "site; location; office; standort; ort; niederlassung; lieu; emplacement; nom"
    )]
    pub title: String,
    /// What sort of place it is.
    #[field(list, filter, label = "Type", also = "kind; site kind; art; standorttyp; genre")]
    pub site_type: Option<SiteType>,
    /// The postal address.
    #[field(list, also = "anschrift; adresse")]
    pub address: Option<Markdown>,
    /// How many people usually work there.
    #[field(list, also = "headcount; employees; personen; mitarbeiter; effectif; personnes")]
    pub persons: Option<i64>,
    /// What is done there.
    #[field(also = "tasks; description; tätigkeiten; activités")]
    pub activities: Option<Markdown>,
    /// Who decides who may enter, such as `we do` or `the landlord's front desk`.
    #[field(
        label = "Who controls physical access",
        also = "physical access; access control; zutrittskontrolle; contrôle d'accès physique"
    )]
    pub access_controlled_by: Option<String>,
    /// Whether the site lies within the scope of the ISMS.
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
    /// Whether the ISMS is steered from here for all other sites.
    #[field(also = "headquarters; zentrale; zentralfunktion; fonction centrale; siège")]
    pub central_function: Option<bool>,
}

/// What sort of place a site is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum SiteType {
    /// Rooms with desks that you own or rent.
    #[choice(also = "büro; bureau; headquarters; hq; branch")]
    Office,
    /// Rooms built for servers, yours or a provider's.
    #[choice(also = "datacenter; dc; server room; rechenzentrum; serverraum; centre de données")]
    DataCenter,
    /// Desks in rooms shared with strangers.
    #[choice(also = "coworking; shared office; gemeinschaftsbüro; espace partagé")]
    CoWorking,
    /// People work from where they live.
    #[choice(also = "home office; remote; heimarbeit; télétravail")]
    HomeWorking,
    /// Rooms of a customer in which your people work.
    #[choice(also = "customer site; on-site at customer; beim kunden; chez le client")]
    Customer,
    /// Something else, such as a workshop, a plant or a warehouse.
    #[choice(also = "warehouse; plant; lager; werk; sonstige; entrepôt; usine; autre")]
    Other,
}

/// The life of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// The site is in use.
    #[stage(to = "closed")]
    Active,
    /// The site was given up.
    #[stage(to = "active", ended)]
    Closed,
}

impl Rules for Site {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.persons.is_some_and(|it| it < 0) {
            problems.push(Problem::on("persons", "the number of people cannot be below 0"));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_the_least_there_can_be() {
        assert!(Site { persons: Some(0), ..Site::default() }.check().is_empty());
        assert_eq!(Site { persons: Some(-1), ..Site::default() }.check()[0].field, "persons");
    }
}
