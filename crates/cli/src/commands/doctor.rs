//! `doctor`: what is well with an installation, what is not, and what to do.

mod doors;
mod finding;
mod machine;
mod records;

use exchange::Value;

use self::finding::{Finding, Grade};
use crate::{
    Done,
    configuration::Flags,
    output::{Column, Format, Ink, Out, Table},
    place::Place,
    stop,
};

/// Looks at configuration, database, records, keys, files, clock, disk, mail, certificate and jobs,
/// and says what to do. Changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment doctor\n  \
    muniment doctor --config /etc/muniment/muniment.toml --format json\n\n\
    Run it as the user that serves, with the same configuration. It ends with 0 when all is well, \
    with 1 when something needs a look, with 2 when something failed.")]
pub struct Doctor {
    /// How many files of each organization are read and compared with their digests.
    #[arg(long, value_name = "N", default_value_t = 20)]
    sample: usize,
    #[command(flatten)]
    pub(crate) flags: Flags,
}

impl Doctor {
    /// Looks.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let mut findings = vec![machine::configuration(place)];
        match place.app() {
            Ok(app) => {
                findings.extend(records::database(&app));
                findings.extend(records::organizations(&app, &place.keys()?, self.sample));
                findings.extend(records::sealing(&app));
                findings.push(machine::clock(&app));
                findings.push(records::backups(&app, place));
                findings.extend(records::jobs(&app));
            }
            Err(err) => findings.push(Finding::failed(
                "database",
                stop::sentence(&err),
                "mend this first: without the database nothing else of it can be told",
            )),
        }
        findings.push(machine::keys(place));
        findings.extend(machine::disk(place));
        findings.extend(doors::look(place));
        findings.push(doors::mail(place));
        Ok(tell(&findings, out))
    }
}

/// What is told when the configuration itself cannot be read.
pub fn misconfigured(err: &anyhow::Error, out: &mut Out) -> Done {
    let finding = Finding::failed("configuration", stop::sentence(err), "correct what it names");
    tell(&[finding], out)
}

fn tell(findings: &[Finding], out: &mut Out) -> Done {
    if out.format == Format::Table {
        page(findings, out);
    } else {
        let columns = ["about", "state", "found", "advice"].map(|it| Column::wrap(it, it));
        let mut table = Table::new(columns.to_vec());
        for Finding { about, grade, found, advice } in findings {
            let cells = [*about, grade.word(), found.as_str(), advice.as_str()];
            table.row(cells.map(Value::from_text).to_vec());
        }
        out.table(&table);
    }
    match findings.iter().map(|it| it.grade).max() {
        Some(Grade::Failed) => Done::Failed,
        Some(Grade::Warning) => Done::Found,
        _ => Done::Well,
    }
}

fn page(findings: &[Finding], out: &mut Out) {
    for Finding { about, grade, found, advice } in findings {
        let ink = match grade {
            Grade::Well => Ink::Green,
            Grade::Warning => Ink::Yellow,
            Grade::Failed => Ink::Red,
        };
        let state = out.paint(&format!("{:<8}", grade.word()), ink);
        out.line(format!("{state} {}", out.paint(about, Ink::Bold)));
        out.wrapped(9, found);
        if !advice.is_empty() {
            out.wrapped(9, &format!("To do: {advice}."));
        }
    }
}
