//! The manual of kinds, from the same words that forms and the API show.

use std::fmt::Write;

use meta::{ChoiceDef, FieldDef, FieldType, KindDef, Need};

const OPENING: &str = "\
<!-- Written by `cargo xtask generate` from crates/kinds; do not edit. -->

# The kinds of records

Everything in an ISMS is a record of one of these kinds. Beside its fields every record has an
identity, a number, a stage, a version and a note of where it came from. No field has a good answer
by default: what nobody filled in is unknown.

How to read the tables:

- **needed** says when a field must be filled: *to create* the record, or *to go on* from its first
  stage. Until then the record is a sketch, and checks answer *unknown* rather than *pass*.
- **material** fields matter to those who approved: changing one makes approvals of the record
  stale. Changing any other field never does.
- **also read as** are column headers that an import understands, in English, German and French,
  beside the field's own name. Upper and lower case do not matter.
";

/// `docs/kinds.md`.
pub fn kinds() -> String {
    let mut text = OPENING.to_owned();
    contents(&mut text);
    for def in kinds::KINDS {
        kind(&mut text, def);
    }
    text
}

fn contents(to: &mut String) {
    to.push_str("\n| kind | number | clause | what it is |\n| --- | --- | --- | --- |\n");
    for def in kinds::KINDS {
        let (id, anchor, help) = (def.id, anchor(def.plural), cell(def.help));
        line(
            to,
            format_args!("| [{id}](#{anchor}) | {}-1 | {} | {help} |", def.prefix, def.clause),
        );
    }
}

fn kind(to: &mut String, def: &KindDef) {
    line(to, format_args!("\n## {}\n\n{}\n", def.plural, def.help.replace('\n', "\n\n")));
    line(to, format_args!("- On the command line: `{}`; numbers: `{}-1`", def.id, def.prefix));
    line(to, format_args!("- Asked for by: {}", def.clause));
    if !def.also.is_empty() {
        line(to, format_args!("- Sheets also read as this kind: {}", def.also.join(", ")));
    }
    if def.controlled {
        line(to, format_args!("- Has a working copy and at most one edition in force"));
    }
    if def.sole {
        line(to, format_args!("- There is exactly one in an organization"));
    }
    fields(to, def.fields);
    for field in def.fields {
        details(to, field);
    }
    stages(to, def);
}

fn fields(to: &mut String, fields: &[FieldDef]) {
    to.push_str("\n| field | holds | needed | what it says | also read as |\n");
    to.push_str("| --- | --- | --- | --- | --- |\n");
    for field in fields {
        let material = if field.material { ", material" } else { "" };
        let (name, holds) = (field.name, holds(&field.ty));
        let (needed, help) = (needed(field.need), cell(field.help));
        let also = cell(&field.also.join(", "));
        line(to, format_args!("| `{name}` | {holds}{material} | {needed} | {help} | {also} |"));
    }
}

/// What does not fit into the row of a field: its options, its columns.
fn details(to: &mut String, field: &FieldDef) {
    match &field.ty {
        FieldType::Choice(options) | FieldType::Choices(options) => {
            line(to, format_args!("\nOptions of `{}`:\n", field.name));
            choices(to, options);
        }
        FieldType::Rows(rows) => {
            line(to, format_args!("\nColumns of `{}`:", field.name));
            fields(to, rows.fields);
            for column in rows.fields {
                details(to, column);
            }
        }
        _ => {}
    }
}

fn choices(to: &mut String, options: &[ChoiceDef]) {
    for option in options {
        let also = match option.also {
            [] => String::new(),
            also => format!(" Also read as: {}.", also.join(", ")),
        };
        line(to, format_args!("- `{}` ({}): {}{also}", option.id, option.label, option.help));
    }
}

fn stages(to: &mut String, def: &KindDef) {
    to.push_str("\n| stage | may go to | what it means |\n| --- | --- | --- |\n");
    for stage in def.stages {
        let mut help = cell(stage.help);
        for (said, words) in [
            (stage.edition, " Reached by publishing an edition."),
            (stage.reason, " Needs a reason."),
            (stage.ended, " The record no longer counts."),
        ] {
            help.push_str(if said { words } else { "" });
        }
        line(to, format_args!("| `{}` | {} | {help} |", stage.id, stage.next.join(", ")));
    }
}

fn holds(ty: &FieldType) -> String {
    let kinds = |targets: &[&str]| match targets {
        [] => "any kind".to_owned(),
        targets => targets.join(" or "),
    };
    match ty {
        FieldType::Text => "a line of text".to_owned(),
        FieldType::Markdown => "text (Markdown)".to_owned(),
        FieldType::Bool => "yes or no".to_owned(),
        FieldType::Integer => "a whole number".to_owned(),
        FieldType::Decimal => "a decimal number".to_owned(),
        FieldType::Day => "a day".to_owned(),
        FieldType::Instant => "a moment".to_owned(),
        FieldType::Period => "a length of time".to_owned(),
        FieldType::Choice(_) => "one option".to_owned(),
        FieldType::Choices(_) => "any of the options".to_owned(),
        FieldType::Words => "a list of words".to_owned(),
        FieldType::Link(targets) => format!("a link: {}", kinds(targets)),
        FieldType::Links(targets) => format!("links: {}", kinds(targets)),
        FieldType::File => "a file".to_owned(),
        FieldType::Rating => "a rating".to_owned(),
        FieldType::Rows(_) => "a table".to_owned(),
    }
}

fn needed(need: Need) -> &'static str {
    match need {
        Need::Create => "to create",
        Need::Leave => "to go on",
        Need::Optional => "",
    }
}

/// Text for one cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// Where a heading can be linked to.
fn anchor(heading: &str) -> String {
    heading.to_lowercase().replace(' ', "-")
}

fn line(to: &mut String, words: std::fmt::Arguments<'_>) {
    writeln!(to, "{words}").expect("a String takes everything");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_every_field_of_every_kind() {
        let manual = kinds();
        for def in kinds::KINDS {
            assert!(manual.contains(&format!("\n## {}\n", def.plural)), "{}", def.id);
            for field in def.fields {
                assert!(manual.contains(&format!("| `{}` | ", field.name)), "{}", field.name);
            }
        }
    }

    #[test]
    fn tables_keep_their_columns() {
        assert_eq!(cell("a | b\nc"), "a \\| b c");
        assert_eq!(anchor("Interested parties"), "interested-parties");
    }
}
