//! One field of many records: first which, then what it shall say.

use axum::http::StatusCode;
use domain::{Step, command::Edit};
use maud::{Markup, html};
use meta::{FieldDef, FieldType, KindDef, Need, Provenance};
use serde_json::{Map, Value};

use super::{Job, back};
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    shell,
    widget::{self, Read, Wrong},
    words,
};

/// The fields that may be the same in several records.
pub(super) fn fields(def: &KindDef) -> impl Iterator<Item = &'static FieldDef> {
    let is_shared =
        |it: &&FieldDef| !matches!(it.ty, FieldType::File | FieldType::Rows(_) | FieldType::Rating);
    def.fields.iter().skip(1).filter(is_shared)
}

/// Asks which field.
pub(super) fn which(def: &KindDef) -> Markup {
    html! {
        label { "Which" select name="field" { option value="" { "choose" } @for field in fields(def) { option value=(field.name) { (field.label) } } } }
        button.btn.go name="do" value="set" { "Go on" }
    }
}

/// The page that asks what the field shall say; `None` when that was said, and the job has it.
pub(super) fn ask_or_take(ask: &Ask, job: &mut Job<'_>) -> Result<Option<Answer>, Problem> {
    let named = ask.form.said("field").unwrap_or_default();
    let field = fields(job.def).find(|it| it.name == named);
    let field = field.ok_or_else(|| Problem::Wrong("choose the field to set".to_owned()))?;
    if !ask.form.has(widget::SHOWN) || ask.form.has(widget::MORE) {
        return Ok(Some(page(ask, job, field, None)));
    }
    let empties = ask.form.said("do") == Some("empty");
    let mut read = match empties {
        true => Read::default(),
        false => widget::read(ask, [field])?,
    };
    if !empties && widget::bare(&read.fields.get(field.name).cloned().unwrap_or_default()).is_null()
    {
        // Nobody wipes a whole register by leaving a field alone.
        let message = match may_be_empty(field) {
            true => "say what it shall be; to empty it, there is a button of its own",
            false => "say what it shall be",
        };
        read.wrongs.entry(field.name.to_owned()).or_insert_with(|| Wrong::new(message));
    }
    if empties && !may_be_empty(field) {
        read.wrongs.insert(field.name.to_owned(), Wrong::new("it cannot be empty"));
    }
    if let Some(wrong) = read.wrongs.remove(field.name) {
        return Ok(Some(page(ask, job, field, Some(&wrong))));
    }
    if empties {
        read.fields.insert(field.name.to_owned(), Value::Null);
    }
    job.first = read.made.iter().map(widget::Made::step).collect();
    job.files = read.files;
    let fields = read.fields;
    job.each(|record, version| {
        let Value::Object(body) = record.body.json() else { return None };
        let fields: Map<String, Value> = widget::written(fields.clone(), &body);
        let record = record.head.id;
        let edit = Edit { record, version, fields, extras: None, provenance: Provenance::Person };
        (!edit.fields.is_empty()).then_some(Step::Edit(edit))
    });
    let label = words::small(field.label);
    job.said = match empties {
        true => format!("changed: {label} is empty now"),
        false => format!("set: {label}"),
    };
    Ok(None)
}

/// Whether some record may do without it; those that may not are named when it is tried.
fn may_be_empty(field: &FieldDef) -> bool {
    field.need != Need::Create
}

fn page(ask: &Ask, job: &Job<'_>, field: &FieldDef, wrong: Option<&Wrong>) -> Answer {
    let def = job.def;
    let count = words::count(job.chosen.len(), &words::small(def.label), &words::small(def.plural));
    let is_kept = |name: &str| matches!(name, "query" | "record" | "all" | "field");
    let body = html! {
        header {
            h1 { (field.label) " of " (count) }
            p.lead { "It will say the same in all of them. What stands there now goes; one undo brings it back." }
        }
        form.card method="post" action=(ask.to(&format!("/{}/bulk", def.id))) {
            (shell::token(ask))
            @for (name, value) in ask.form.pairs().filter(|it| is_kept(it.0)) { input type="hidden" name=(name) value=(value); }
            input type="hidden" name=(widget::SHOWN) value=(field.name);
            div.fields { (widget::field(ask, field, &ask.form, wrong)) }
            div.row.after {
                button.btn.go name="do" value="set" { "Set it in " (count) }
                @if may_be_empty(field) { button.btn.danger name="do" value="empty" formnovalidate { "Empty it in " (count) } }
                a.btn href=(back(ask, def)) { "Leave it" }
            }
        }
    };
    let page = Page::new(field.label, body).at(def.id);
    let page = page.below(def.plural, ask.to(&format!("/{}", def.id)));
    match wrong {
        Some(_) => page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into(),
        None => page.into(),
    }
}
