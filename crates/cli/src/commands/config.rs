//! `config`: what the configuration is, and where each value was said.

use exchange::Value;

use crate::{
    Done,
    configuration::{Configuration, Flags, Key, SECTIONS, SectionDef, sample},
    output::{Column, Out, Table},
    place::Place,
};

/// Shows the configuration that holds, and where each value was said. Secrets are not shown.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment config\n  \
    muniment config --sample > muniment.toml")]
pub struct Config {
    /// Print a commented sample with every key instead.
    #[arg(long)]
    sample: bool,
    #[command(flatten)]
    pub(crate) flags: Flags,
}

impl Config {
    /// Shows it.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        if self.sample {
            out.bytes(sample().as_bytes());
            return Ok(Done::Well);
        }
        let columns = vec![
            Column::whole("key", "Key"),
            Column::wrap("value", "Value"),
            Column::wrap("from", "Said by"),
        ];
        let mut table = Table::new(columns);
        for row in SECTIONS.iter().flat_map(|it| rows(place.configuration(), it)) {
            table.row(row.map(Value::from_text).to_vec());
        }
        out.table(&table);
        if let Some(file) = place.configuration().file() {
            out.note(format!("read from {}", file.display()));
        }
        Ok(Done::Well)
    }
}

fn rows(configuration: &Configuration, def: &SectionDef) -> Vec<[String; 3]> {
    let sections = match def.named {
        false => vec![def.path.to_owned()],
        true => {
            let names = configuration.names(def).into_iter();
            names.map(|it| format!("{}.{it}", def.path)).collect()
        }
    };
    let each = |section: &String| {
        let row = |key: &Key| row(configuration, format!("{section}.{}", key.name), key);
        def.keys.iter().map(row).collect::<Vec<_>>()
    };
    sections.iter().flat_map(each).collect()
}

fn row(configuration: &Configuration, path: String, key: &Key) -> [String; 3] {
    let file = configuration.value(&format!("{path}_file"));
    match (configuration.value(&path), file) {
        (Some(value), _) => {
            let from = value.from.to_string().replace('`', "");
            [path, (key.shown)(&value.text), from]
        }
        (None, Some(file)) => {
            let from = file.from.to_string().replace('`', "");
            [path, format!("(in {})", file.text), from]
        }
        (None, None) => [path, (key.shown)(key.default), "default".to_owned()],
    }
}
