//! The SQL views that reporting tools read, one for each kind, from what the kinds say of
//! themselves.

mod column;

use std::fmt::Write;

use meta::{FieldDef, FieldType, KindDef};

use self::column::{columns, element};

/// The columns of every view of a kind. A field of one of these names has `field_` before it.
const ENVELOPE: &[&str] = &[
    "organization",
    "id",
    "ref",
    "number",
    "stage",
    "version",
    "provenance",
    "erased",
    "created_at",
    "changed_at",
    "changed_by",
];

/// One of the databases.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Sqlite,
    Postgres,
}

/// `crates/store/views/sqlite.sql`.
pub fn sqlite() -> String {
    views(Dialect::Sqlite)
}

/// `crates/store/views/postgres.sql`.
pub fn postgres() -> String {
    views(Dialect::Postgres)
}

fn views(dialect: Dialect) -> String {
    let mut text = String::from(
        "-- Written by `cargo xtask generate` from crates/kinds; do not edit.\n\
         -- What reporting tools read; docs/reporting.md says how.\n",
    );
    text.push_str(&shared(dialect));
    for def in kinds::KINDS {
        kind(&mut text, dialect, def);
    }
    text
}

/// What the views of kinds are made of, and those over all kinds.
fn shared(dialect: Dialect) -> String {
    let mut prefixes = String::new();
    for def in kinds::KINDS {
        let (id, prefix) = (def.id, def.prefix);
        write!(prefixes, "\n    when '{id}' then '{prefix}'").expect("a String takes all text");
    }
    let allowed = match dialect {
        // Whoever may read the tables may read everything; others what `reader` says.
        Dialect::Postgres => {
            "\nwhere has_table_privilege(session_user, 'revision'::regclass, 'select')\n    \
             or exists (select 1 from reader r where r.role = session_user\n        \
             and (r.organization = l.organization or length(r.organization) = 0))"
        }
        Dialect::Sqlite => "",
    };
    let (barrier, own, record) =
        (dialect.barrier(), dialect.id("d.id"), dialect.id("l.organization"));
    let title = dialect.text("content.content", "title");
    let actor = dialect.referred("e.organization", "e.actor");
    let erased = dialect.truth("content.content is null");
    let withdrawn = dialect.truth("content.op = 'withdraw'");
    let (at, changed) = (dialect.instant("e.at"), dialect.instant("e.at"));
    format!(
        "
create view report_organization{barrier} as
select l.organization, l.slug from ledger l{allowed};

create view report_reference as
select organization, id, case kind{prefixes}
    end || '-' || number as ref
from record;

create view report_record{barrier} as
select o.slug, d.organization, d.id, d.kind, d.number, d.version, newest.stage, newest.seq,
    content.op, content.provenance, content.content
from report_organization o
join record d on d.organization = o.organization
join revision newest on newest.organization = d.organization and newest.record = d.id
    and newest.version = d.version
join revision content on content.organization = d.organization and content.record = d.id
    and content.version = case when newest.op <> 'erase' then d.version else (
        select max(v.version) from revision v where v.organization = d.organization
        and v.record = d.id and v.op <> 'erase') end;

create view v_organizations{barrier} as
select l.slug as organization, {record} as id, l.seq as entries
from report_organization o join ledger l on l.organization = o.organization;

create view v_record{barrier} as
select content.slug as organization, {own} as id,
    p.ref, content.kind, content.number, {title} as title, content.stage, content.version,
    {withdrawn} as withdrawn, {erased} as erased, {changed} as changed_at
from report_record content
join report_reference p on p.organization = content.organization and p.id = content.id
left join entry e on e.organization = content.organization and e.seq = content.seq;

create view v_commit{barrier} as
select o.slug as organization, e.seq, {at} as at, {actor} as actor, e.via, e.note,
    e.count as changes
from report_organization o join entry e on e.organization = o.organization;
",
        own = own.replace("d.id", "content.id"),
    )
}

fn kind(to: &mut String, dialect: Dialect, def: &KindDef) {
    let mut columns_of_kind: Vec<(String, String)> = Vec::new();
    for field in def.fields {
        let name = named(field);
        for (suffix, expression) in columns(dialect, field) {
            columns_of_kind.push((format!("{name}{suffix}"), expression));
        }
    }
    let body: String =
        columns_of_kind.iter().map(|(name, sql)| format!(",\n    {sql} as \"{name}\"")).collect();
    let (id, barrier) = (def.id, dialect.barrier());
    let (own, actor) = (dialect.id("d.id"), dialect.referred("d.organization", "e.actor"));
    let (created, changed) = (dialect.instant("b.at"), dialect.instant("e.at"));
    let erased = dialect.truth("d.content is null");
    let lateral = dialect.lateral("d.content");
    write!(
        to,
        "
create view v_{id}{barrier} as
select d.slug as organization, {own} as id, '{prefix}-' || d.number as ref, d.number, d.stage,
    d.version, d.provenance, {erased} as erased, {created} as created_at,
    {changed} as changed_at, {actor} as changed_by{body}
from report_record d{lateral}
left join entry e on e.organization = d.organization and e.seq = d.seq
left join revision f on f.organization = d.organization and f.record = d.id and f.version = 1
left join entry b on b.organization = d.organization and b.seq = f.seq
where d.kind = '{id}' and d.op <> 'withdraw';
",
        prefix = def.prefix,
    )
    .expect("a String takes all text");
    for field in def.fields {
        children(to, dialect, def, field);
    }
}

/// A view with a row for each element of a field that holds several.
fn children(to: &mut String, dialect: Dialect, def: &KindDef, field: &FieldDef) {
    let elements = match field.ty {
        FieldType::Links(_) => {
            let text = dialect.item();
            vec![
                ("target".to_owned(), dialect.referred("d.organization", text)),
                ("target_id".to_owned(), dialect.target(text)),
            ]
        }
        FieldType::Rows(rows) => {
            let mut found = Vec::new();
            for inner in rows.fields {
                for (suffix, sql) in element(dialect, inner) {
                    let name = if ["organization", "id", "ref", "place"].contains(&inner.name) {
                        format!("field_{}", inner.name)
                    } else {
                        inner.name.to_owned()
                    };
                    found.push((format!("{name}{suffix}"), sql));
                }
            }
            found
        }
        _ => return,
    };
    let body: String =
        elements.iter().map(|(name, sql)| format!(",\n    {sql} as \"{name}\"")).collect();
    let (id, name, barrier) = (def.id, field.name, dialect.barrier());
    let (own, place, each) = (dialect.id("d.id"), dialect.place(), dialect.each("d.content", name));
    write!(
        to,
        "
create view v_{id}_{name}{barrier} as
select d.slug as organization, {own} as id, '{prefix}-' || d.number as ref,
    {place} as place{body}
from report_record d{each}
where d.kind = '{id}' and d.op <> 'withdraw';
",
        prefix = def.prefix,
    )
    .expect("a String takes all text");
}

fn named(field: &FieldDef) -> String {
    match ENVELOPE.contains(&field.name) {
        true => format!("field_{}", field.name),
        false => field.name.to_owned(),
    }
}

impl Dialect {
    /// A function of a reader's own must not see rows before they are sorted out.
    fn barrier(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " with (security_barrier = true)",
        }
    }

    /// The text of an id that is stored as bytes.
    fn id(self, column: &str) -> String {
        match self {
            Self::Postgres => format!("cast(encode({column}, 'hex') as uuid)"),
            Self::Sqlite => format!(
                "lower(substr(hex({column}), 1, 8) || '-' || substr(hex({column}), 9, 4) || '-' \
                 || substr(hex({column}), 13, 4) || '-' || substr(hex({column}), 17, 4) || '-' \
                 || substr(hex({column}), 21))"
            ),
        }
    }

    /// The reference of the record that a text names by its id, as `ROLE-3`.
    fn referred(self, organization: &str, text: &str) -> String {
        let id = match self {
            // An actor may be the system, which is no id.
            Self::Postgres => format!(
                "case when length({text}) >= 36 \
                 then decode(replace(left({text}, 36), '-', ''), 'hex') end"
            ),
            Self::Sqlite => format!("unhex(substr({text}, 1, 36), '-')"),
        };
        format!(
            "(select p.ref from report_reference p where p.organization = {organization} \
             and p.id = {id})"
        )
    }

    /// The id that a link names, without its edition.
    fn target(self, text: &str) -> String {
        match self {
            Self::Postgres => format!("cast(left({text}, 36) as uuid)"),
            Self::Sqlite => format!("substr({text}, 1, 36)"),
        }
    }

    fn truth(self, condition: &str) -> String {
        format!("({condition})")
    }

    fn instant(self, text: &str) -> String {
        match self {
            Self::Postgres => format!("cast({text} as timestamptz)"),
            Self::Sqlite => text.to_owned(),
        }
    }

    /// The text of a member of a body.
    fn text(self, content: &str, name: &str) -> String {
        match self {
            Self::Postgres => format!("(cast({content} as jsonb) -> 'body' ->> '{name}')"),
            Self::Sqlite => format!("json_extract({content}, '$.body.{name}')"),
        }
    }

    /// Reads the body of a record once.
    fn lateral(self, content: &str) -> String {
        match self {
            Self::Postgres => {
                format!(
                    "\ncross join lateral (select cast({content} as jsonb) -> 'body' as body) j"
                )
            }
            Self::Sqlite => String::new(),
        }
    }

    /// Joins the elements of a list in a body.
    fn each(self, content: &str, name: &str) -> String {
        match self {
            Self::Postgres => format!(
                "\ncross join lateral jsonb_array_elements(cast({content} as jsonb) -> 'body' \
                 -> '{name}') with ordinality as x (item, place)"
            ),
            Self::Sqlite => format!("\njoin json_each({content}, '$.body.{name}') x"),
        }
    }

    /// The element itself, as text.
    fn item(self) -> &'static str {
        match self {
            Self::Postgres => "(x.item #>> '{}')",
            Self::Sqlite => "x.value",
        }
    }

    /// The place of an element in its list, from 1.
    fn place(self) -> &'static str {
        match self {
            Self::Postgres => "x.place",
            Self::Sqlite => "x.key + 1",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_short_enough_and_there_once() {
        let text = postgres();
        let names: Vec<&str> = text
            .lines()
            .filter_map(|it| it.strip_prefix("create view ")?.split_whitespace().next())
            .collect();
        assert!(names.iter().all(|it| it.len() <= 63), "PostgreSQL cuts longer names off");
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        assert!(names.contains(&"v_risk") && names.contains(&"v_risk_assets"));
    }

    #[test]
    fn columns_are_there_once() {
        for def in kinds::KINDS {
            let mut seen: BTreeSet<String> = ENVELOPE.iter().map(|it| (*it).to_owned()).collect();
            for field in def.fields {
                for (suffix, _) in columns(Dialect::Postgres, field) {
                    let name = format!("{}{suffix}", named(field));
                    assert!(seen.insert(name.clone()), "{}: {name}", def.id);
                }
            }
        }
    }
}
