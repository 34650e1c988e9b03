//! The tables and choices in an asset's record.

use meta::{Choice, Row};
use serde::{Deserialize, Serialize};

use crate::{Cia, Degree};

/// A protection need set by hand.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Row)]
#[serde(default, deny_unknown_fields)]
pub struct Override {
    /// Which need it is.
    #[field(create)]
    pub property: Option<Cia>,
    /// How much protection it needs.
    #[field(create)]
    pub degree: Option<Degree>,
    /// Why it differs from the one passed on.
    #[field(create)]
    pub reason: String,
}

/// What sort of thing an asset is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum AssetType {
    /// Data, whatever they are stored on.
    #[choice(also = "data; database; file; daten; datenbank; information asset; données; base de \
            données")]
    Information,
    /// A way of working, such as payroll.
    #[choice(also = "business process; prozess; geschäftsprozess; processus")]
    Process,
    /// A program, yours or bought.
    #[choice(also = "application; app; system; anwendung; programm; logiciel; applicatif")]
    Software,
    /// Something others run for you, such as a cloud service.
    #[choice(also = "saas; cloud; cloud service; it service; dienst; dienstleistung; prestation")]
    Service,
    /// A machine: server, laptop, telephone, storage.
    #[choice(also = "device; server; endpoint; laptop; equipment; gerät; matériel; équipement")]
    Hardware,
    /// Lines, switches, radio and firewalls.
    #[choice(also = "network equipment; lan; wan; netzwerk; netz; réseau")]
    Network,
    /// Buildings, rooms and what supplies them.
    #[choice(
        also = "building; room; site; premises; gebäude; raum; bâtiment; locaux; infrastructure"
    )]
    Facility,
    /// People whose knowledge is hard to replace.
    #[choice(also = "person; staff; personal; mitarbeiter; personnel; personnes")]
    People,
    /// Files and letters on paper.
    #[choice(also = "physical document; hard copy; papier; akten; documents papier")]
    Paper,
}

/// Whether an asset matters for its own sake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Standing {
    /// It matters for its own sake: information and the work done with it.
    #[choice(also = "business asset; primär; primaire; essentiel")]
    Primary,
    /// It matters because something else rests on it.
    #[choice(also = "secondary; support; unterstützend; sekundär; en support")]
    Supporting,
}

/// What an asset is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Environment {
    /// Real work is done on it.
    #[choice(also = "prod; live; produktion; produktiv")]
    Production,
    /// It is a last trial before real work.
    #[choice(also = "test; testing; qa; pre-production; preprod; abnahme; recette; préproduction")]
    Staging,
    /// Software is written on it.
    #[choice(also = "dev; entwicklung; développement")]
    Development,
    /// Something else, such as training.
    #[choice(also = "training; sonstige; autre")]
    Other,
}

/// From where an asset can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Exposure {
    /// Anybody on the internet can reach it.
    #[choice(also = "public; external; online; öffentlich; extern; publique; externe")]
    Internet,
    /// Partners or customers can reach it.
    #[choice(also = "partners; extranet; partner network; partnernetz; partenaire")]
    Partner,
    /// Only your own people can reach it.
    #[choice(also = "intranet; private; intern; interne; privé")]
    Internal,
}
