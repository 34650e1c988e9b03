//! What to do about what a rule found: the sentence of the rule with links in place of commands,
//! and the one button that leads to where it is mended.

use domain::{
    access::{Act, On},
    conformity::{Case, Judged, Rule},
};
use kinds::approval::Purpose;
use maud::{Markup, html};
use meta::{Choice, FieldDef, FieldType, KindDef, Record};

use crate::{Ask, problem::sentence_of, words};

/// Where something is mended.
pub(super) struct Way {
    /// What the button says.
    pub(super) label: String,
    /// Where it leads.
    pub(super) path: String,
}

/// What to do about a rule, in a sentence: what is typed on a command line is a link here, and
/// names of fields are what forms call them.
pub(super) fn sentence(ask: &Ask, rule: &Rule) -> Markup {
    in_words(ask, rule, rule.mend)
}

/// A text of a rule, with what stands in backticks as [`sentence`] shows it.
pub(super) fn in_words(ask: &Ask, rule: &Rule, text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 0 { (words::with_days(part)) }
            @else if let Some(command) = part.strip_prefix("muniment ") { (of_command(ask, command)) }
            @else { em { (called(rule, part)) } }
        }
    }
}

/// What a rule found, as a sentence.
pub(super) fn said(ask: &Ask, rule: &Rule, text: &str) -> Markup {
    in_words(ask, rule, &sentence_of(text))
}

/// The button that leads to where a rule's findings are mended: the one record, a new one where
/// something is missing altogether, else the page of the rule, which lists them.
pub(super) fn way(ask: &Ask, judged: &Judged) -> Way {
    let outcome = &judged.outcome;
    if judged.rule.clause == "7.5.1.a" {
        return Way { label: "See what is missing".to_owned(), path: ask.to("/documented") };
    }
    let cases = if outcome.fails.is_empty() { &outcome.unknowns } else { &outcome.fails };
    match cases.as_slice() {
        [] => absent(ask, judged.rule)
            .unwrap_or_else(|| explain(ask, judged.rule, "See why".to_owned())),
        [one] => way_of(ask, judged.rule, one),
        many if many.iter().all(|it| it.record.is_none()) => absent(ask, judged.rule)
            .unwrap_or_else(|| explain(ask, judged.rule, format!("See all {}", many.len()))),
        many => explain(ask, judged.rule, format!("See all {}", many.len())),
    }
}

/// The button for one case.
pub(super) fn way_of(ask: &Ask, rule: &Rule, case: &Case) -> Way {
    let record = case.record.and_then(|it| ask.sight().get(it));
    match record {
        Some(record) => of_finding(ask, rule, record),
        None => absent(ask, rule).unwrap_or_else(|| explain(ask, rule, "See why".to_owned())),
    }
}

/// The button for what a rule found at a record: to edit it, or to decide about it on its page.
pub(super) fn of_finding(ask: &Ask, rule: &Rule, record: &Record) -> Way {
    match rule.mend.contains("`muniment approve ") {
        true => Way { label: format!("Open {}", name(record)), path: ask.to_record(record) },
        false => of_record(ask, record),
    }
}

fn explain(ask: &Ask, rule: &Rule, label: String) -> Way {
    Way { label, path: ask.to(&format!("/conformity/{}", rule.id)) }
}

/// The button that leads to a record, to edit it where that is allowed.
pub(super) fn of_record(ask: &Ask, record: &Record) -> Way {
    let path = ask.to_record(record);
    match ask.may(Act::Edit, On::Record(record)) && !record.head.withdrawn {
        true => Way { label: format!("Edit {}", name(record)), path: format!("{path}/edit") },
        false => Way { label: format!("Open {}", name(record)), path },
    }
}

/// The reference of a control, the number of everything else.
pub(super) fn name(record: &Record) -> String {
    let reference = record.cell("reference");
    let reference = reference.text().filter(|_| record.def().id == "control");
    reference.map_or_else(|| record.name(), str::to_owned)
}

/// The form of the record that a rule asks for, where its sentence names one; the record itself of
/// a kind of which there is only one.
fn absent(ask: &Ask, rule: &Rule) -> Option<Way> {
    let parts = rule.mend.split('`').skip(1).step_by(2);
    let mut named = parts.filter_map(|it| it.strip_prefix("muniment new "));
    let def = match named.next() {
        Some(text) => kinds::kind(text.split_whitespace().next()?)?,
        None => of_reads(rule).next()?,
    };
    if let Some(record) = ask
        .sight()
        .rows(def.id)
        .find(|it| it.is_live())
        .filter(|_| def.sole || def.controlled && ask.isms().count(def.id) == 1)
    {
        return Some(of_record(ask, record));
    }
    let path = ask.to(&format!("/{}/new", def.id));
    ask.may_make(def.id).then(|| Way { label: new(def), path })
}

fn new(def: &KindDef) -> String {
    format!("New {}", def.label.to_lowercase())
}

/// A command as a link or, where it leads nowhere on its own, as what its button is called.
fn of_command(ask: &Ask, command: &str) -> Markup {
    let mut parts = command.split_whitespace();
    let (verb, about) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    match (verb, kinds::kind(about)) {
        ("new", Some(def)) if ask.may_make(def.id) => {
            html! { a href=(ask.to(&format!("/{}/new", def.id))) { (new(def)) } }
        }
        ("new", Some(def)) => html! { (new(def)) },
        ("review", _) => html! { em { "Reviewed, still true" } },
        ("approve", _) if about == "soa" => {
            html! { a href=(ask.to("/soa")) { "Publish the statement" } }
        }
        ("approve", _) => {
            // Without a purpose it publishes what has editions.
            let purpose = command.split_once("--purpose ");
            let purpose = purpose.and_then(|it| Purpose::from_id(it.1.trim()));
            html! { em { (purpose.map_or("Publish", |it| it.def().label)) } }
        }
        ("merge", _) => html! { em { "Merge" } },
        ("verify", _) => html! { a href=(ask.to("/history#verify")) { "Verify the ledger" } },
        ("import", _) => html! { a href=(ask.to("/import")) { "Import" } },
        ("edit", _) => match of_name(ask, about) {
            Some(record) => html! { (words::link(ask, meta::Link::to(record.head.id))) },
            None => html! { em { "Edit" } },
        },
        (verb, _) => html! { em { (capital(verb)) } },
    }
}

/// The record that a command names: of a kind of which there is but one, for all others are
/// examples.
fn of_name<'a>(ask: &'a Ask, name: &str) -> Option<&'a Record> {
    let (prefix, number) = name.rsplit_once('-')?;
    let def = kinds::KINDS.iter().find(|it| it.prefix == prefix && it.sole)?;
    ask.sight().numbered(def.id, number.parse().ok()?)
}

/// What forms call a field, an option or a stage that a rule names as it is stored.
fn called(rule: &Rule, name: &str) -> String {
    if let Some((field, option)) = name.split_once(": ") {
        return format!("{}: {}", called(rule, field), called(rule, option).to_lowercase());
    }
    // A parameter or an example in figures is typed as it stands.
    if name.contains(['.', ' ', '-']) || name.chars().any(char::is_uppercase) {
        return name.to_owned();
    }
    let fields = || of_reads(rule).flat_map(|it| it.fields).flat_map(with_columns);
    let label = fields().find(|it| it.name == name).map(|it| it.label);
    let stage =
        || of_reads(rule).flat_map(|it| it.stages).find(|it| it.id == name).map(|it| it.label);
    let option = || {
        fields().find_map(|it| match it.ty {
            FieldType::Choice(options) | FieldType::Choices(options) => {
                options.iter().find(|it| it.id == name).map(|it| it.label)
            }
            _ => None,
        })
    };
    let label = label.or_else(stage).or_else(option);
    label.map_or_else(|| capital(&name.replace('_', " ")), str::to_owned)
}

fn of_reads(rule: &Rule) -> impl Iterator<Item = &'static KindDef> {
    let defs = rule.reads.iter().filter_map(|it| kinds::kind(it));
    defs.filter(|it| !matches!(it.id, "approval" | "ledger_event"))
}

/// A field, and the columns of its rows.
fn with_columns(field: &'static FieldDef) -> impl Iterator<Item = &'static FieldDef> {
    let columns: &[FieldDef] = match field.ty {
        FieldType::Rows(def) => def.fields,
        _ => &[],
    };
    std::iter::once(field).chain(columns)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |it| it.to_uppercase().chain(chars).collect())
}
