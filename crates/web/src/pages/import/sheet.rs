//! One sheet: what its rows are, what its columns become, and what becomes of each row.

use std::collections::BTreeMap;

use domain::Step;
use exchange::import::{ColumnPlan, Match, Outcome, Plan, RatingPart, SheetPlan, Sureness, Target};
use maud::{Markup, html};
use meta::{FieldType, Id, KindDef};

use super::said::{self, LEFT_OUT, Said, TAKE_ALL, TAKE_NONE};
use crate::{Ask, words};

/// How a sheet is shown.
pub(super) struct Shown<'a> {
    /// The whole plan.
    pub(super) plan: &'a Plan,
    /// What the person said.
    pub(super) said: &'a Said,
    /// Whether it can be corrected right here.
    pub(super) open: bool,
    /// Whether the next page begins where this one was left: one that says what went wrong begins
    /// with that.
    pub(super) still: bool,
}

/// At most so many examples, rejects and conflicts are shown.
const SHOWN: usize = 6;

/// The card of a sheet.
pub(super) fn card(ask: &Ask, at: usize, sheet: &SheetPlan, shown: &Shown<'_>) -> Markup {
    let name = match sheet.sheet == sheet.source {
        true => sheet.source.clone(),
        false => format!("{}, sheet {}", sheet.source, sheet.sheet),
    };
    html! {
        section.card.form id=[shown.still.then(|| place(at))] {
            h2 { (name) small { (rows(sheet)) } }
            p.row {
                @match sheet.kind {
                    Some(kind) => { strong { (kind.plural) } (sure(sheet.sureness)) span.soft { (crate::problem::sentence_of(&sheet.why)) " The header is on line " (sheet.header_line) "." } }
                    None => { (sure(sheet.sureness)) span.soft { (crate::problem::sentence_of(&sheet.why)) } }
                }
            }
            @if shown.open { (corrections(ask, at, sheet, shown)) } @else { (kept(ask, at)) }
            @if sheet.kind.is_some() {
                (examples(sheet, shown))
                (not_taken(at, sheet))
                (changed_on_both_sides(ask, at, sheet, shown))
                (noticed(sheet))
            }
        }
    }
}

fn rows(sheet: &SheetPlan) -> String {
    let sum = sheet.summary;
    match sheet.kind {
        None => format!("{} left out", words::count(sheet.left_out, "row", "rows")),
        Some(_) => format!(
            "{}: {} new, {} changed, {} unchanged, {} not taken",
            words::count(sum.read, "row", "rows"),
            sum.made,
            sum.updated,
            sum.unchanged,
            sum.rejected
        ),
    }
}

fn sure(sureness: Sureness) -> Markup {
    match sureness {
        Sureness::None => html! { span.st.none { "left out" } },
        Sureness::Low => html! { span.st.part { "a guess" } },
        Sureness::High => html! { span.st.good { "sure" } },
        Sureness::Told => html! { span.st.good { "as you said" } },
    }
}

/// What the rows are and what each column becomes, to be corrected.
fn corrections(ask: &Ask, at: usize, sheet: &SheetPlan, shown: &Shown<'_>) -> Markup {
    let told = said::told(ask, at, shown.plan.sheets.len());
    let (kind, header) = (said::kind_field(at), said::header_field(at));
    // The line found is a hint only: said, it would hold although the file changes.
    let line = (sheet.header_line > 0).then_some(sheet.header_line);
    html! {
        // What was opened stays open.
        input type="hidden" name="open" value=(at);
        div.two {
            div.field {
                label for=(kind) { "What its rows are" }
                select id=(kind) name=(kind) {
                    option value="" selected[told.is_none()] { "Find out by the headers" }
                    option value=(LEFT_OUT) selected[told == Some(LEFT_OUT)] { "Leave this sheet out" }
                    @for it in said::kinds() { option value=(it.id) selected[told == Some(it.id)] { (it.plural) } }
                }
            }
            div.field {
                label for=(header) { "The headers are on line" }
                input id=(header) type="number" name=(header) min="1" step="1" value=(ask.form.get(&header).unwrap_or_default()) placeholder=[line];
            }
        }
        @if let Some(def) = sheet.kind {
            input type="hidden" name=(said::was_field(at)) value=(def.id);
            div.scroll { table.list {
                thead { tr { th scope="col" { "Column" } th scope="col" { "For example" } th scope="col" { "Becomes" } } }
                tbody { @for column in &sheet.columns { (column_row(ask, at, def, column)) } }
            } }
            div.row { (again(ask, at, "look", "Look again")) }
        }
    }
}

/// What a sheet is called in the address of the page.
fn place(at: usize) -> String {
    format!("sheet-{at}")
}

/// A button that shows the page again, from this sheet on.
fn again(ask: &Ask, at: usize, what: &str, text: &str) -> Markup {
    let to = format!("{}#{}", ask.to("/import"), place(at));
    html! { button.btn.small name="do" value=(what) formaction=(to) { (text) } }
}

fn column_row(ask: &Ask, at: usize, def: &'static KindDef, column: &ColumnPlan) -> Markup {
    let field = said::map_field(at, &column.header);
    let told = ask.form.said(&field).filter(|_| column.matched == Match::Told);
    let guess = if column.matched == Match::Close { " (a guess)" } else { "" };
    let found = match told {
        Some(_) => "As the header says".to_owned(),
        None => format!("{}{guess}", target(&column.target, def)),
    };
    let mut sample: String = column.sample.chars().take(80).collect();
    if sample.len() < column.sample.len() {
        sample.push('…');
    }
    html! {
        tr {
            td { (column.header) }
            td { span.soft { (sample) } }
            td {
                select.cell name=(field) aria-label={ "What “" (column.header) "” becomes" } {
                    option value="" selected[told.is_none()] { (found) }
                    @for (value, label) in targets(def) { option value=(value) selected[told == Some(value.as_str())] { (label) } }
                }
            }
        }
    }
}

/// What a column can become, as the plan is told and as people read it.
fn targets(def: &'static KindDef) -> Vec<(String, String)> {
    let mut targets = vec![
        ("-".to_owned(), "kept beside the fields".to_owned()),
        ("id".to_owned(), "the number it is known by".to_owned()),
        ("stage".to_owned(), "Stage".to_owned()),
    ];
    for field in def.fields {
        let (name, label) = (field.name, field.label);
        match field.ty {
            FieldType::File => {}
            FieldType::Rating => {
                for part in ["likelihood", "consequence", "score", "level"] {
                    targets.push((format!("{name}.{part}"), format!("{label}: {part}")));
                }
            }
            FieldType::Rows(row) => {
                for column in row.fields {
                    let value = format!("{name}.{}", column.name);
                    targets.push((value, format!("{label}: {}", column.label.to_lowercase())));
                }
            }
            _ => targets.push((name.to_owned(), label.to_owned())),
        }
    }
    targets
}

/// What was said before about a sheet that is not open, carried along; and the way to open it.
fn kept(ask: &Ask, at: usize) -> Markup {
    let (kind, was, map) = (said::kind_field(at), said::was_field(at), said::map_field(at, ""));
    let header = said::header_field(at);
    let is_of =
        |name: &str| name == kind || name == was || name == header || name.starts_with(&map);
    html! {
        @for (name, value) in ask.form.pairs().filter(|it| is_of(it.0)) { input type="hidden" name=(name) value=(value); }
        div.row { button.btn.small name="open" value=(at) formaction={ (ask.to("/import")) "#" (place(at)) } { "See the columns and correct them" } }
    }
}

/// A few titles of what would be made.
fn examples(sheet: &SheetPlan, shown: &Shown<'_>) -> Markup {
    let titles: BTreeMap<Id, &str> = shown
        .plan
        .command
        .steps
        .iter()
        .filter_map(|it| match it {
            Step::New(new) => Some((new.id, new.fields.get("title")?.as_str()?)),
            _ => None,
        })
        .collect();
    let made = sheet.rows.iter().filter(|it| it.outcome == Outcome::Made);
    let named: Vec<&str> =
        made.filter_map(|it| titles.get(&it.record?).copied()).take(SHOWN).collect();
    html! {
        @if !named.is_empty() {
            p { "New: " (named.join(" · ")) @if sheet.summary.made > named.len() { span.soft { " and " (sheet.summary.made - named.len()) " more" } } }
        }
        @for def in kinds::KINDS {
            @let stubs: Vec<&str> = sheet.stubs.iter().filter(|it| it.kind == def.id).map(|it| it.title.as_str()).collect();
            @if !stubs.is_empty() {
                p { (words::count(stubs.len(), &def.label.to_lowercase(), &def.plural.to_lowercase())) " made because cells name them: " (stubs.iter().take(SHOWN * 2).copied().collect::<Vec<_>>().join(" · ")) @if stubs.len() > SHOWN * 2 { span.soft { " and " (stubs.len() - SHOWN * 2) " more" } } }
            }
        }
    }
}

/// The rows that could not be taken.
fn not_taken(at: usize, sheet: &SheetPlan) -> Markup {
    let rejected = sheet.rows.iter().filter_map(|it| match &it.outcome {
        Outcome::Rejected(why) => Some((it.line, why)),
        _ => None,
    });
    let count = sheet.summary.rejected;
    html! {
        @if count > 0 {
            h3 { "Not taken" }
            ul.timeline { @for (line, why) in rejected.take(SHOWN) { li { span { span.soft { "Line " (line) ": " } (why) } } } }
            @if count > SHOWN { p.soft { "and " (count - SHOWN) " more" } }
            div.row { button.btn.small name="do" value={ "rejects." (at) } { "Download these rows" } span.soft { "Mend them there and bring that file." } }
        }
    }
}

/// The cells that changed on both sides, each with its choice.
fn changed_on_both_sides(ask: &Ask, at: usize, sheet: &SheetPlan, shown: &Shown<'_>) -> Markup {
    html! {
        @if !sheet.conflicts.is_empty() {
            h3 { "Changed here and in the sheet" }
            p.soft { "What stands here stays. Tick where the sheet's is right." }
            @if sheet.conflicts.len() > 1 { div.row { (again(ask, at, TAKE_ALL, "The sheet's everywhere")) (again(ask, at, TAKE_NONE, "Ours everywhere")) } }
            ul.timeline { @for it in &sheet.conflicts {
                @let record = ask.isms().get(it.record);
                li {
                    label.make {
                        input type="checkbox" name="take" value=(said::cell_of(it)) checked[shown.said.takes(it)];
                        span { (label(sheet, &it.field)) ": “" (it.now) "” instead of “" (it.ours) "”" }
                    }
                    small { @if let Some(record) = record { (words::record(ask, record)) ", " } "line " (it.line) }
                }
            } }
        }
    }
}

/// What a field is called where it changed: by its label, a column without a field by its header.
fn label<'a>(sheet: &SheetPlan, field: &'a str) -> &'a str {
    let label = sheet.kind.and_then(|it| it.field(field)).map(|it| it.1.label);
    label.unwrap_or(if field == "stage" { "Stage" } else { field })
}

/// What else to know.
fn noticed(sheet: &SheetPlan) -> Markup {
    let remarks = sheet.remarks_counted();
    html! {
        @if !remarks.is_empty() || !sheet.formulas.is_empty() {
            details {
                summary { "Also noticed (" (remarks.len() + usize::from(!sheet.formulas.is_empty())) ")" }
                ul.timeline {
                    @for (it, count) in &remarks { li { span {
                        @if let Some(header) = &it.header { strong { (header) } " " }
                        @if let Some(line) = it.line { span.soft { "line " (line) @if *count > 1 { " and " (count - 1) " more" } " " } }
                        @if !it.cell.is_empty() { "“" (it.cell.chars().take(60).collect::<String>()) "” " }
                        (it.text)
                    } } }
                    @if !sheet.formulas.is_empty() { li { "Formulas were not computed; the values stored with them were read: " (sheet.formulas.iter().take(10).cloned().collect::<Vec<_>>().join(", ")) } }
                }
            }
        }
    }
}

/// What a column becomes, in words.
fn target(target: &Target, def: &'static KindDef) -> String {
    let label = |name: &'static str| def.field(name).map_or(name, |it| it.1.label);
    match target {
        Target::Field(name) => label(name).to_owned(),
        Target::Part(name, part) => {
            let row = def.field(name).map(|it| it.1.ty);
            let part = match row {
                Some(FieldType::Rows(row)) => row
                    .fields
                    .iter()
                    .find(|it| it.name == *part)
                    .map_or((*part).to_owned(), |it| it.label.to_lowercase()),
                _ => (*part).to_owned(),
            };
            format!("{}: {part}", label(name))
        }
        Target::Rating(name, part) => {
            let part = match part {
                RatingPart::Likelihood => "likelihood".to_owned(),
                RatingPart::Consequence(criterion) => format!("consequence ({criterion})"),
                RatingPart::Worst => "worst consequence, compared and kept".to_owned(),
                RatingPart::Score => "score, compared and kept".to_owned(),
                RatingPart::Level => "level, compared and kept".to_owned(),
            };
            format!("{}: {part}", label(name))
        }
        Target::Mark(name, option) => {
            let choice = def.field(name).map(|it| it.1.ty);
            let option = match choice {
                Some(FieldType::Choice(defs) | FieldType::Choices(defs)) => {
                    defs.iter().find(|it| it.id == *option).map_or(*option, |it| it.label)
                }
                _ => option,
            };
            format!("{}: {option}", label(name))
        }
        Target::Given => "the first name, before the last".to_owned(),
        Target::Id => "the number it is known by".to_owned(),
        Target::Stage => "Stage".to_owned(),
        Target::Extra => "kept beside the fields".to_owned(),
        Target::Empty => "nothing: the column is empty".to_owned(),
    }
}
