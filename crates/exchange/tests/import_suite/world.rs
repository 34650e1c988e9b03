//! An organization to import into, and how a test looks at what came of it.

use std::collections::BTreeMap;

use domain::{
    Actor, Command, Isms, Moment, Now, Refusal, Step, View, command::New, decide, stored_text,
};
use exchange::{
    Cell, Limits, Row, Sheet, Workbook,
    import::{self, Options, Outcome, Plan, SheetPlan, Source, Target},
};
use jiff::{Timestamp, civil::date};
use meta::{Extras, Id, Provenance, Record, Texts};
use serde_json::{Map, Value, json};

/// An organization, and where its ids come from.
#[derive(Clone, Default)]
pub struct World {
    pub isms: Isms,
    last: u128,
}

impl World {
    /// An organization with the controls of Annex A as seeds.
    pub fn seeded() -> Self {
        let mut world = Self::default();
        let steps = catalog::controls().iter().zip(1..);
        let steps = steps.map(|(control, at)| {
            Step::New(New {
                id: Id::from_u128(at << 64),
                kind: "control".to_owned(),
                fields: fields(json!({"title": control.title, "reference": control.id})),
                stage: None,
                provenance: Provenance::Seed,
                extras: Extras::default(),
            })
        });
        world.commit(Command { note: None, steps: steps.collect() }).unwrap();
        world
    }

    /// What it looks like on the day of the tests.
    pub fn view(&self) -> View<'_> {
        View::new(&self.isms, date(2026, 11, 22))
    }

    /// Decides and keeps a command.
    pub fn commit(&mut self, command: Command) -> Result<(), Refusal> {
        let mut salt = || [7; 16];
        let at: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let mut now = Now { at, day: date(2026, 11, 22), salt: &mut salt };
        let change = decide(&self.isms, Actor::System, &command, &mut now)?;
        self.isms = change.after().clone();
        self.isms.advance(Moment { at, actor: None });
        Ok(())
    }

    /// Plans an import.
    pub fn plan(&mut self, books: &[(&str, &Workbook)], options: &Options) -> Plan {
        let sources: Vec<Source<'_>> =
            books.iter().map(|(name, workbook)| Source { name, workbook }).collect();
        let mut last = self.last;
        let mut ids = || {
            last += 1;
            Id::from_u128(last)
        };
        let plan = import::plan(self.view(), &sources, options, &mut ids).unwrap();
        self.last = last;
        for sheet in &plan.sheets {
            assert!(sheet.summary.adds_up(), "{}: {:?}", sheet.sheet, sheet.summary);
        }
        plan
    }

    /// Plans an import and does it.
    pub fn import(&mut self, books: &[(&str, &Workbook)], options: &Options) -> Plan {
        let plan = self.plan(books, options);
        if !plan.command.steps.is_empty()
            && let Err(refusal) = self.commit(plan.command.clone())
        {
            panic!("{refusal}");
        }
        plan
    }

    /// Imports text as CSV.
    pub fn import_csv(&mut self, name: &str, text: &str) -> Plan {
        let book = csv(name, text);
        self.import(&[(name, &book)], &Options::default())
    }

    /// Changes fields of a record as a person would.
    pub fn edit(&mut self, record: Id, fields: Value) {
        let edit = domain::command::Edit {
            record,
            version: None,
            fields: self::fields(fields),
            extras: None,
            provenance: Provenance::Person,
        };
        self.commit(Command::one(Step::Edit(edit))).unwrap();
    }

    /// The record of a kind that bears this number in its register.
    pub fn external(&self, kind: &str, number: &str) -> &Record {
        let extras = |it: &&Record| it.head.extras.as_ref()?.external_id.clone();
        let found = self.isms.rows(kind).find(|it| extras(it).as_deref() == Some(number));
        found.unwrap_or_else(|| panic!("there is no {kind} {number}"))
    }

    /// The record of a kind with this title.
    pub fn titled(&self, kind: &str, title: &str) -> &Record {
        let found = self.isms.rows(kind).find(|it| it.title() == title);
        found.unwrap_or_else(|| {
            let titles: Vec<&str> = self.isms.rows(kind).map(Record::title).collect();
            panic!("there is no {kind} `{title}` among {titles:?}")
        })
    }

    /// The fields of a record.
    pub fn body(&self, record: &Record) -> Value {
        let text: Value = serde_json::from_str(&stored_text(record).unwrap()).unwrap();
        text["body"].clone()
    }

    /// The titles of the records that a field links to.
    pub fn linked(&self, record: &Record, field: &str) -> Vec<String> {
        let ids = record.cell(field).ids();
        ids.map(|id| self.isms.get(id).unwrap().title().to_owned()).collect()
    }

    /// Every stored text, by id: equal before and after when nothing changed.
    pub fn texts(&self) -> BTreeMap<Id, (String, u32)> {
        let each = self.isms.records();
        each.map(|it| (it.head.id, (stored_text(it).unwrap(), it.head.version))).collect()
    }

    /// Asserts that every cell of every row that was taken is found again with its record.
    pub fn assert_accounted(&self, plan: &Plan, books: &[(&str, &Workbook)]) {
        let sheets = books.iter().flat_map(|(_, book)| &book.sheets);
        for (sheet, plan) in sheets.zip(&plan.sheets) {
            for row in &plan.rows {
                let line = sheet.rows.iter().find(|it| it.line == row.line).unwrap();
                if let Outcome::Rejected(reason) = &row.outcome {
                    assert!(!reason.is_empty());
                    for (cell, kept) in line.cells.iter().zip(&row.cells) {
                        assert_eq!(cell.text().trim(), kept);
                    }
                    continue;
                }
                let record = self.isms.get(row.record.unwrap()).unwrap();
                self.assert_cells(plan, line, record);
            }
        }
    }

    fn assert_cells(&self, plan: &SheetPlan, line: &Row, record: &Record) {
        let extras = record.head.extras.as_deref().unwrap();
        let body = self.body(record);
        let conflict = plan.conflicts.iter().any(|it| it.line == line.line);
        let holds = |row: &Texts| {
            let texts: Vec<String> = line.cells.iter().map(|it| it.text().trim().into()).collect();
            texts
                .iter()
                .all(|cell| row.iter().any(|(_, it)| it.contains(cell.as_str())) || cell.is_empty())
        };
        let row = extras.imported.iter().find(|it| holds(&it.row)).map(|it| &it.row);
        let Some(row) = row else {
            assert!(
                conflict,
                "{}: line {} is nowhere in {:?}",
                plan.sheet, line.line, extras.imported
            );
            return;
        };
        for column in &plan.columns {
            let Some(text) = row.get(&column.header) else { continue };
            let kept = extras.columns.get(&column.header);
            let kept = kept.is_some_and(|it| it.split('\n').any(|it| it == text));
            let has = |field: &str| !body[field].is_null();
            let found = match &column.target {
                Target::Empty => false,
                Target::Extra => kept,
                Target::Field("takes_account_of") => {
                    kept || has("takes_account_of") || has("clauses")
                }
                Target::Field("justification") => has("justification") || has("exclusion_reason"),
                Target::Field(field) | Target::Part(field, _) => kept || has(field),
                Target::Mark(field, _) => kept || has(field),
                Target::Given => has("title"),
                Target::Rating(field, _) => kept || has(field),
                Target::Id => extras.external_id.as_deref() == Some(text),
                Target::Stage => kept || record.stage().label.eq_ignore_ascii_case(text),
            };
            assert!(
                found || conflict,
                "{}: line {}, {} `{text}` is nowhere in the record: {body}",
                plan.sheet,
                line.line,
                column.header
            );
        }
    }
}

/// A map of fields.
pub fn fields(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap()
}

/// Text as a workbook.
pub fn csv(name: &str, text: &str) -> Workbook {
    exchange::read(name, text.as_bytes(), &Limits::default()).unwrap()
}

/// Rows of texts as a workbook.
pub fn book(name: &str, rows: &[Vec<&str>]) -> Workbook {
    let rows = rows.iter().zip(1..).map(|(cells, line)| {
        let cells = cells.iter().map(|it| Cell::from(exchange::Value::from_text(*it)));
        Row { line, cells: cells.collect() }
    });
    let sheet = Sheet { name: name.to_owned(), rows: rows.collect(), ..Sheet::default() };
    Workbook { sheets: vec![sheet] }
}

/// How a plan reads, for a test that failed.
pub fn told(plan: &SheetPlan) -> String {
    let columns = plan.columns.iter().map(|it| format!("{} → {:?}", it.header, it.target));
    let remarks = plan.remarks_counted().into_iter().map(|(it, count)| {
        format!("{count} × line {:?} {:?} `{}`: {}", it.line, it.header, it.cell, it.text)
    });
    let rejected = plan.rows.iter().filter(|it| matches!(it.outcome, Outcome::Rejected(_)));
    format!(
        "{} is {:?} ({:?}: {}) {:?}\n  {}\n  remarks {}\n  stubs {:?}\n  rejected {:?}",
        plan.sheet,
        plan.kind.map(|it| it.id),
        plan.sureness,
        plan.why,
        plan.summary,
        columns.collect::<Vec<_>>().join("\n  "),
        remarks.collect::<Vec<_>>().join("\n    "),
        plan.stubs.iter().map(|it| format!("{} {}", it.kind, it.title)).collect::<Vec<_>>(),
        rejected.collect::<Vec<_>>(),
    )
}
