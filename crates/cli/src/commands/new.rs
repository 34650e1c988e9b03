//! `new`: makes a record.

use app::fresh_id;
use domain::{Step, command};
use meta::{Extras, Need, Provenance};

use crate::{
    Done,
    output::{Format, Ink, Out},
    place::{Place, kind},
    value::{Assign, Reader, assign},
    written,
};

/// Makes a record of a kind.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment new role --set title=\"Head of IT\"\n  \
    muniment new risk --set title=Ransomware --set concerns=information \\\n    \
      --set owner=\"Head of engineering\" --set current.likelihood=3 --set current.money=4\n  \
    muniment new person --from person.toml\n\n\
    Links take a number, a name or a reference; lists take `;` or a repeated --set;\n\
    rows take {name = \"value\", …}. `muniment new KIND` alone shows the fields.")]
pub struct New {
    /// The kind: `muniment list` shows them.
    kind: String,
    /// The fields.
    #[command(flatten)]
    fields: Assign,
    /// The stage to begin in; the first when absent.
    #[arg(long)]
    stage: Option<String>,
    /// Why.
    #[arg(long, value_name = "REASON")]
    reason: Option<String>,
}

impl New {
    /// Makes the record; shows the fields of the kind where none is given.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let def = kind(&self.kind)?;
        if self.fields.set.is_empty() && self.fields.from.is_none() {
            super::list::fields(def, out);
            if out.format != Format::Table {
                return Ok(Done::Well);
            }
            out.gap();
            let needed = def.fields.iter().filter(|it| it.need == Need::Create);
            let sets = needed.map(|it| format!(" --set {}=\"…\"", it.name)).collect::<String>();
            let hint = format!("muniment new {}{sets}", def.id);
            out.line(format!("Make one: {}", out.paint(&hint, Ink::Accent)));
            return Ok(Done::Well);
        }
        let desk = place.desk()?;
        let mut reader = Reader::new(&desk);
        let fields = assign(&mut reader, def, None, &self.fields)?;
        let extras = Extras { tags: self.fields.tags.clone(), ..Extras::default() };
        let step = Step::New(command::New {
            id: fresh_id(),
            kind: def.id.to_owned(),
            fields: fields.into_iter().filter(|it| !it.1.is_null()).collect(),
            stage: self.stage.as_deref().map(|it| super::stage::id(def, it)),
            provenance: Provenance::Person,
            extras,
        });
        let command = domain::Command { note: self.reason.clone(), steps: vec![step] };
        let receipt = desk.execute_with(command, reader.files)?;
        written::tell(&desk, &receipt, out);
        Ok(Done::Well)
    }
}
