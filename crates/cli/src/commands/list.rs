//! `list`: kinds, and the records of a kind.

mod filter;

use domain::{
    Cache, View, columns,
    query::{Among, Asker, Column as Shown, Query, Sort},
    text::{self, Links},
};
use exchange::Value;
use meta::{Body, Cell, FieldType, KindDef, Need, Record};

use crate::{
    Done,
    output::{Column, Fit, Format, Ink, Out, Table},
    place::{Place, kind},
    stop::refused,
};

/// Lists kinds of records, or the records of a kind.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment list\n  \
    muniment list risk --sort=-title --columns title,owner\n  \
    muniment list control --filter applicability=included --filter owner=\n  \
    muniment list action --filter 'due<2026-12-31' --as-of 2026-06-30\n\n\
    Filters: field=value, field!=value, field~text, field<value, field>=value;\n\
    field= finds what is empty, field!= what is filled; stage, tag and provenance are fields.")]
pub struct List {
    /// The kind; all kinds with their numbers when absent.
    kind: Option<String>,
    /// Only records for which this holds; may be repeated.
    #[arg(long, value_name = "FIELD=VALUE")]
    filter: Vec<String>,
    /// Only records that say this somewhere.
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Sort by a field; `--sort=-field` turns the order around.
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    sort: Option<String>,
    /// The fields to show, parted by commas.
    #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
    columns: Vec<String>,
    /// Also withdrawn records and those whose life is over.
    #[arg(long)]
    all: bool,
    /// At most so many.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

impl List {
    /// Lists what was asked for.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let Some(name) = &self.kind else { return kinds(place, out) };
        let def = kind(name)?;
        let desk = place.desk()?;
        let view = desk.past.view();
        let cache = Cache::default();
        let me = desk.actor().ok().and_then(|it| it.person());
        let asker = Asker { me, ..Asker::all_seeing(view, &cache) };
        let query = self.query(&asker, def)?;
        let found = query.run(&asker);
        let columns: Vec<Shown> =
            query.shown().into_iter().filter(|it| *it != Shown::Number).collect();
        let mut table = Table::new(header(&columns, !self.columns.is_empty()));
        let most = self.limit.unwrap_or(usize::MAX);
        for record in found.page(0, most) {
            table.row(row(view, record, &columns, out.format));
        }
        if out.format != Format::Table || !found.is_empty() {
            out.table(&table);
        }
        if out.format == Format::Table {
            let rows = || desk.isms().rows(def.id);
            let ended = match query.sees_ended() {
                true => 0,
                false => rows().filter(|it| !it.is_live()).count(),
            };
            out.note(footer(def, found.len().min(most), found.len(), ended));
        }
        Ok(Done::Well)
    }

    fn query(&self, asker: &Asker<'_>, def: &'static KindDef) -> anyhow::Result<Query> {
        let column = |name: &str| Shown::find(def, name).map_err(refused);
        let mut query = Query::new(def);
        for text in &self.filter {
            query.filters.push(filter::parse(asker, def, text)?);
        }
        query.search = self.search.clone().unwrap_or_default();
        query.among = if self.all { Among::All } else { Among::Live };
        if let Some(by) = &self.sort {
            let (name, down) = by.strip_prefix('-').map_or((by.as_str(), false), |it| (it, true));
            query.sort = Some(Sort { column: column(name)?, down });
        }
        let columns = self.columns.iter().map(|it| column(it));
        query.columns = columns.collect::<anyhow::Result<_>>()?;
        Ok(query)
    }
}

/// The fields of a kind, for people who want to fill them.
pub fn fields(def: &'static KindDef, out: &mut Out) {
    out.line(out.paint(def.label, Ink::Bold));
    out.wrapped(0, def.help);
    out.gap();
    let columns = vec![
        Column::whole("name", "Field").ink(Ink::Accent),
        Column::whole("type", "Holds"),
        Column::whole("needed", "Needed"),
        Column::wrap("help", "What for"),
    ];
    let mut table = Table::new(columns);
    for field in def.fields {
        let needed = match field.need {
            Need::Create => "to begin",
            Need::Leave => "to go on",
            Need::Optional => "",
        };
        let mut help = field.help.to_owned();
        if let FieldType::Choice(options) | FieldType::Choices(options) = field.ty {
            let ids: Vec<&str> = options.iter().map(|it| it.id).collect();
            help = format!("{help} One of: {}.", ids.join(", "));
        }
        if let FieldType::Rows(def) = field.ty {
            let names: Vec<&str> = def.fields.iter().map(|it| it.name).collect();
            help = format!("{help} Each row: {}.", names.join(", "));
        }
        let row = [field.name.to_owned(), holds(&field.ty), needed.to_owned(), help];
        table.row(row.map(Value::from_text).to_vec());
    }
    out.table(&table);
    if out.format != Format::Table {
        return;
    }
    let computed = columns::columns(def.id);
    if !computed.is_empty() {
        let names: Vec<&str> = computed.iter().map(|it| it.name).collect();
        out.gap();
        out.wrapped(0, &format!("Computed, for lists: {}", names.join(", ")));
    }
    out.gap();
    let stages: Vec<&str> = def.stages.iter().map(|it| it.id).collect();
    out.wrapped(0, &format!("Stages: {}", stages.join(", ")));
}

fn kinds(place: &Place, out: &mut Out) -> anyhow::Result<Done> {
    let desk = place.desk()?;
    let columns = vec![
        Column::whole("kind", "Kind").ink(Ink::Accent),
        Column::whole("records", "Records"),
        Column::whole("clause", "Clause").spare(),
        Column::cut("help", "What they are"),
    ];
    let mut table = Table::new(columns);
    for def in kinds::KINDS {
        let live = desk.isms().rows(def.id).filter(|it| it.is_live()).count();
        let help = def.help.split_once(". ").map_or(def.help, |it| it.0);
        table.row(vec![
            Value::from_text(def.id),
            Value::Integer(live as i64),
            Value::from_text(def.clause),
            Value::from_text(help.trim_end_matches('.')),
        ]);
    }
    out.table(&table);
    Ok(Done::Well)
}

fn header(columns: &[Shown], chosen: bool) -> Vec<Column> {
    let mut header = vec![Column::whole("number", "Number").ink(Ink::Accent)];
    for (at, column) in columns.iter().enumerate() {
        let made = match column {
            Shown::Field(_, field) => {
                let mut made = Column::cut(field.name, field.label);
                if matches!(field.ty, FieldType::Day | FieldType::Integer | FieldType::Bool) {
                    made.fit = Fit::Whole;
                } else if at == 0 {
                    // What the row is, stands there whole.
                    made.fit = Fit::Wrap;
                }
                made
            }
            Shown::Computed(column) if !chosen && column.name.starts_with("level_") => {
                Column::whole(column.name, column.label.trim_end_matches(" level"))
            }
            Shown::Computed(_) | Shown::Tags => Column::cut(column.name(), column.label()),
            _ => Column::whole(column.name(), column.label()),
        };
        // The level of a risk says more than who owns it.
        let stays = matches!(column, Shown::Stage | Shown::Computed(_));
        header.push(if at > 0 && !chosen && !stays { made.spare() } else { made });
    }
    header
}

fn row(view: View<'_>, record: &Record, columns: &[Shown], format: Format) -> Vec<Value> {
    let links = if format == Format::Table { Links::Titles } else { Links::Numbers };
    let mut row = vec![Value::Text(record.name())];
    row.extend(columns.iter().map(|it| match it {
        Shown::Field(0, _) if record.is_erased() => Value::from_text("(erased)"),
        Shown::Field(at, _) => match Body::cell(&record.body, *at) {
            Cell::Integer(number) => Value::Integer(number),
            Cell::Bool(is) => Value::Bool(is),
            Cell::Day(day) => Value::Day(day),
            cell => Value::from_text(text::of(view.isms, cell, links)),
        },
        Shown::Version => Value::Integer(record.head.version.into()),
        column => Value::from_text(column.text(view, record, links)),
    }));
    row
}

fn footer(def: &KindDef, shown: usize, found: usize, ended: usize) -> String {
    let (one, many) = (def.label.to_lowercase(), def.plural.to_lowercase());
    let count = match (shown, found) {
        (_, 0) => format!("no {many}"),
        (_, 1) => format!("1 {one}"),
        (shown, found) if shown < found => format!("{shown} of {found} {many}"),
        (_, found) => format!("{found} {many}"),
    };
    match ended {
        0 => count,
        ended => format!("{count}; {ended} ended or withdrawn: --all shows them"),
    }
}

fn holds(ty: &FieldType) -> String {
    let kinds =
        |kinds: &[&str]| if kinds.is_empty() { "any record".to_owned() } else { kinds.join("/") };
    match ty {
        FieldType::Text => "text".to_owned(),
        FieldType::Markdown => "long text".to_owned(),
        FieldType::Bool => "yes/no".to_owned(),
        FieldType::Integer | FieldType::Decimal => "number".to_owned(),
        FieldType::Day => "day".to_owned(),
        FieldType::Instant => "moment".to_owned(),
        FieldType::Period => "period".to_owned(),
        FieldType::Choice(_) => "option".to_owned(),
        FieldType::Choices(_) => "options".to_owned(),
        FieldType::Words => "words".to_owned(),
        FieldType::Link(targets) => format!("→ {}", kinds(targets)),
        FieldType::Links(targets) => format!("→ {} *", kinds(targets)),
        FieldType::File => "file".to_owned(),
        FieldType::Rating => "rating".to_owned(),
        FieldType::Rows(_) => "rows".to_owned(),
    }
}
