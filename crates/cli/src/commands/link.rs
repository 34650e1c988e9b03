//! `link`: a way in for a person who has none.

use kinds::{Kind, person::Person};

use crate::{
    Done, door,
    output::{Format, Out},
    place::Place,
};

/// Makes a link that signs a person in once, within a day: for the first visit, or for who forgot
/// the password. Who holds the database may make one for anybody.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment link \"Miriam Adler\"\n  \
    muniment link PERSON-3 --organization orbena")]
pub struct Link {
    /// The person: number, e-mail address or name.
    person: String,
}

impl Link {
    /// Makes the link.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let app = place.app()?;
        let organization = app.organization(place.global().organization.as_deref())?;
        let desk = place.desk()?;
        let person = desk.record(&[Person::ID], &self.person)?;
        let link = door::link_for(&app, &organization, person)?;
        if out.format == Format::Json {
            out.json(&serde_json::json!({"person": person.name(), "path": link}));
            return Ok(Done::Well);
        }
        out.line(&link);
        out.note(format!(
            "put the address of your site before it; it signs in {} once, within a day",
            person.title()
        ));
        Ok(Done::Well)
    }
}
