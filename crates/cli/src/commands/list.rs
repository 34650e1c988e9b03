//! `list`: kinds, and the records of a kind.

mod filter;

use std::cmp::Ordering;

use domain::{
    Isms, View,
    columns::{self, Column as Computed},
    resolve::fold,
    text::{self, Links},
};
use exchange::Value;
use meta::{Body, Cell, FieldDef, FieldType, KindDef, Need, Record};

use self::filter::Filter;
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

/// What a column of a list shows.
#[derive(Clone, Copy)]
enum Shown {
    Field(usize, &'static FieldDef),
    Computed(&'static Computed),
    Stage,
    Tags,
    Provenance,
    Version,
}

impl List {
    /// Lists what was asked for.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let Some(name) = &self.kind else { return kinds(place, out) };
        let def = kind(name)?;
        let desk = place.desk()?;
        let columns = self.chosen(def)?;
        let filters = self.filter.iter().map(|it| Filter::parse(&desk, def, it));
        let filters = filters.collect::<anyhow::Result<Vec<_>>>()?;
        let wants_ended = self.all || filters.iter().any(Filter::is_about_stage);
        let isms = desk.isms();
        let needle = self.search.as_deref().map(fold);
        let mut rows: Vec<&Record> = isms
            .rows(def.id)
            .filter(|it| self.all || !it.head.withdrawn)
            .filter(|it| wants_ended || !it.stage().ended)
            .filter(|it| filters.iter().all(|filter| filter.takes(desk.past.view(), it)))
            .filter(|it| needle.as_ref().is_none_or(|needle| says(isms, it, needle)))
            .collect();
        if let Some(sort) = &self.sort {
            self::sort(desk.past.view(), def, &mut rows, sort)?;
        }
        let found = rows.len();
        rows.truncate(self.limit.unwrap_or(usize::MAX));
        let mut table = Table::new(header(&columns, !self.columns.is_empty()));
        for record in &rows {
            table.row(row(desk.past.view(), record, &columns, out.format));
        }
        if out.format != Format::Table || found > 0 {
            out.table(&table);
        }
        if out.format == Format::Table {
            let ended =
                isms.rows(def.id).count() - isms.rows(def.id).filter(|it| it.is_live()).count();
            out.note(footer(def, rows.len(), found, if wants_ended { 0 } else { ended }));
        }
        Ok(Done::Well)
    }

    fn chosen(&self, def: &'static KindDef) -> anyhow::Result<Vec<Shown>> {
        let fields = || def.fields.iter().enumerate();
        if self.columns.is_empty() {
            // A rating says little in a list; the level computed from it says what it means.
            let shown = |(at, field): (usize, &'static FieldDef)| match field.ty {
                FieldType::Rating => {
                    let level = columns::column(def.id, &format!("level_{}", field.name));
                    level.map_or(Shown::Field(at, field), Shown::Computed)
                }
                _ => Shown::Field(at, field),
            };
            let mut columns: Vec<Shown> = fields().filter(|it| it.1.list).map(shown).collect();
            columns.push(Shown::Stage);
            return Ok(columns);
        }
        let named = |name: &String| match name.trim() {
            "stage" => Ok(Shown::Stage),
            "tags" | "tag" => Ok(Shown::Tags),
            "provenance" => Ok(Shown::Provenance),
            "version" => Ok(Shown::Version),
            name => match columns::column(def.id, name) {
                Some(column) => Ok(Shown::Computed(column)),
                None => place_of(def, name).map(|at| Shown::Field(at, &def.fields[at])),
            },
        };
        self.columns.iter().filter(|it| *it != "number").map(named).collect()
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
                }
                made
            }
            Shown::Computed(column) if !chosen && column.name.starts_with("level_") => {
                Column::whole(column.name, column.label.trim_end_matches(" level"))
            }
            Shown::Computed(column) => Column::cut(column.name, column.label),
            Shown::Stage => Column::whole("stage", "Stage"),
            Shown::Tags => Column::cut("tags", "Tags"),
            Shown::Provenance => Column::whole("provenance", "From"),
            Shown::Version => Column::whole("version", "Version"),
        };
        // The level of a risk says more than who owns it.
        let stays = matches!(column, Shown::Stage | Shown::Computed(_));
        header.push(if at > 0 && !chosen && !stays { made.spare() } else { made });
    }
    header
}

fn row(view: View<'_>, record: &Record, columns: &[Shown], format: Format) -> Vec<Value> {
    let isms = view.isms;
    let links = if format == Format::Table { Links::Titles } else { Links::Numbers };
    let mut row = vec![Value::Text(record.name())];
    row.extend(columns.iter().map(|it| match it {
        Shown::Field(0, _) if record.is_erased() => Value::from_text("(erased)"),
        Shown::Field(at, _) => match Body::cell(&record.body, *at) {
            Cell::Integer(number) => Value::Integer(number),
            Cell::Bool(is) => Value::Bool(is),
            Cell::Day(day) => Value::Day(day),
            cell => Value::from_text(text::of(isms, cell, links)),
        },
        Shown::Computed(column) => Value::from_text((column.text)(view, record)),
        Shown::Stage if record.head.withdrawn => Value::from_text("withdrawn"),
        Shown::Stage if format == Format::Table => Value::from_text(record.stage().label),
        Shown::Stage => Value::from_text(record.stage().id),
        Shown::Tags => {
            let tags = record.head.extras.as_ref().map(|it| it.tags.join("; "));
            Value::from_text(tags.unwrap_or_default())
        }
        Shown::Provenance => Value::from_text(record.head.provenance.id()),
        Shown::Version => Value::Integer(record.head.version.into()),
    }));
    row
}

fn sort(view: View<'_>, def: &KindDef, rows: &mut [&Record], by: &str) -> anyhow::Result<()> {
    let (name, down) = by.strip_prefix('-').map_or((by, false), |it| (it, true));
    let isms = view.isms;
    let turn = |order: Ordering| if down { order.reverse() } else { order };
    match name {
        "number" => rows.sort_by(|a, b| turn(a.head.number.cmp(&b.head.number))),
        "stage" => rows.sort_by(|a, b| turn(a.head.stage.cmp(&b.head.stage))),
        "changed" => rows.sort_by(|a, b| turn(a.head.changed.cmp(&b.head.changed))),
        name if columns::column(def.id, name).is_some() => {
            let column = columns::column(def.id, name).expect("it was found just now");
            let text = |it: &Record| (column.text)(view, it);
            rows.sort_by_cached_key(|it| {
                let text = text(it);
                (text.is_empty(), text)
            });
            if down {
                let filled = rows.iter().take_while(|it| !text(it).is_empty()).count();
                rows[..filled].reverse();
            }
        }
        name => {
            let at = place_of(def, name)?;
            let worded = |it: &Record| match Body::cell(&it.body, at) {
                cell @ (Cell::Text(_) | Cell::Link(_) | Cell::Many(_)) => {
                    Some(fold(&text::of(isms, cell, Links::Titles)))
                }
                _ => None,
            };
            rows.sort_by(|a, b| {
                let (one, other) = (Body::cell(&a.body, at), Body::cell(&b.body, at));
                match (one.is_empty(), other.is_empty()) {
                    // What is empty comes last, whichever way.
                    (false, false) => turn(match (worded(a), worded(b)) {
                        (Some(a), Some(b)) => a.cmp(&b),
                        _ => one.order(other),
                    }),
                    (one, other) => one.cmp(&other),
                }
            });
        }
    }
    Ok(())
}

/// The place of the field that a text means.
fn place_of(def: &KindDef, name: &str) -> anyhow::Result<usize> {
    let folded = fold(name);
    let is = |it: &FieldDef| it.name == name || fold(it.name) == folded || fold(it.label) == folded;
    def.fields.iter().position(is).ok_or_else(|| {
        let computed = columns::columns(def.id).iter().map(|it| it.name);
        let known: Vec<&str> = def.fields.iter().map(|it| it.name).chain(computed).collect();
        let a_kind = text::a(&def.label.to_lowercase());
        refused(format!("{a_kind} has no field `{name}`: it has {}", known.join(", ")))
    })
}

/// Whether a record says something anywhere.
fn says(isms: &Isms, record: &Record, needle: &str) -> bool {
    let cells = 0..record.def().fields.len();
    fold(&record.name()).contains(needle)
        || cells.into_iter().any(|at| {
            fold(&text::of(isms, Body::cell(&record.body, at), Links::Titles)).contains(needle)
        })
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
