//! The columns that a field becomes, by its type.

use meta::{FieldDef, FieldType};

use super::Dialect;

/// The columns of a field of a record: what follows the field's name, and the expression.
pub(super) fn columns(dialect: Dialect, field: &FieldDef) -> Vec<(&'static str, String)> {
    let at = At::Body;
    of(dialect, field, at)
}

/// The columns of a field of a row in a list.
pub(super) fn element(dialect: Dialect, field: &FieldDef) -> Vec<(&'static str, String)> {
    of(dialect, field, At::Item)
}

/// Where a field stands.
#[derive(Clone, Copy)]
enum At {
    Body,
    Item,
}

fn of(dialect: Dialect, field: &FieldDef, at: At) -> Vec<(&'static str, String)> {
    let name = field.name;
    let text = at.text(dialect, name);
    let inside = |inner: &str| at.inner(dialect, name, inner);
    let whole = |text: String| dialect.cast(&text, "bigint");
    match field.ty {
        FieldType::Text | FieldType::Markdown | FieldType::Period | FieldType::Choice(_) => {
            vec![("", text)]
        }
        FieldType::Bool => vec![("", dialect.cast(&text, "boolean"))],
        FieldType::Integer => vec![("", whole(text))],
        FieldType::Decimal => vec![("", format!("cast({text} as numeric)"))],
        FieldType::Day => vec![("", dialect.cast(&text, "date"))],
        FieldType::Instant => vec![("", dialect.cast(&text, "timestamptz"))],
        FieldType::Choices(_) | FieldType::Words => {
            vec![("", at.joined(dialect, name, |item| item.to_owned()))]
        }
        FieldType::Link(_) => {
            let target = dialect.target(&text);
            vec![("", dialect.referred("d.organization", &text)), ("_id", target)]
        }
        FieldType::Links(_) => {
            let referred = |item: &str| dialect.referred("d.organization", item);
            vec![("", at.joined(dialect, name, referred))]
        }
        FieldType::File => vec![
            ("", inside("name")),
            ("_sha256", inside("sha256")),
            ("_size", whole(inside("size"))),
        ],
        FieldType::Rating => vec![
            ("_likelihood", whole(inside("likelihood"))),
            ("_consequence", at.highest(dialect, name)),
            ("_rationale", inside("rationale")),
            ("_on", dialect.cast(&inside("on"), "date")),
        ],
        // As JSON; there is a view with a row for each of them.
        FieldType::Rows(_) => vec![("", text)],
    }
}

impl At {
    /// A member as text.
    fn text(self, dialect: Dialect, name: &str) -> String {
        match (dialect, self) {
            (Dialect::Postgres, Self::Body) => format!("(j.body ->> '{name}')"),
            (Dialect::Postgres, Self::Item) => format!("(x.item ->> '{name}')"),
            (Dialect::Sqlite, Self::Body) => format!("json_extract(d.content, '$.body.{name}')"),
            (Dialect::Sqlite, Self::Item) => format!("json_extract(x.value, '$.{name}')"),
        }
    }

    /// A member of a member as text.
    fn inner(self, dialect: Dialect, name: &str, inner: &str) -> String {
        match dialect {
            Dialect::Postgres => format!("({} ->> '{inner}')", self.json(name)),
            Dialect::Sqlite => self.text(dialect, &format!("{name}.{inner}")),
        }
    }

    /// The elements of a list in one text.
    fn joined(self, dialect: Dialect, name: &str, read: impl Fn(&str) -> String) -> String {
        match dialect {
            Dialect::Postgres => format!(
                "(select string_agg({}, '; ' order by y.place) from \
                 jsonb_array_elements_text({}) with ordinality as y (item, place))",
                read("y.item"),
                self.json(name)
            ),
            Dialect::Sqlite => format!(
                "(select group_concat({}, '; ') from json_each({}) y)",
                read("y.value"),
                self.path(name)
            ),
        }
    }

    /// The highest rank of a rating's consequences.
    fn highest(self, dialect: Dialect, name: &str) -> String {
        match dialect {
            Dialect::Postgres => format!(
                "(select max(cast(y.item ->> 'rank' as bigint)) from \
                 jsonb_array_elements({} -> 'consequences') as y (item))",
                self.json(name)
            ),
            Dialect::Sqlite => format!(
                "(select max(json_extract(y.value, '$.rank')) from json_each({}) y)",
                self.path(&format!("{name}.consequences"))
            ),
        }
    }

    /// A member as JSON, in PostgreSQL.
    fn json(self, name: &str) -> String {
        match self {
            Self::Body => format!("(j.body -> '{name}')"),
            Self::Item => format!("(x.item -> '{name}')"),
        }
    }

    /// What `json_each` of SQLite takes.
    fn path(self, name: &str) -> String {
        match self {
            Self::Body => format!("d.content, '$.body.{name}'"),
            Self::Item => format!("x.value, '$.{name}'"),
        }
    }
}

impl Dialect {
    /// A value of a type of its own in PostgreSQL; SQLite has what JSON has.
    fn cast(self, text: &str, ty: &str) -> String {
        match self {
            Self::Postgres => format!("cast({text} as {ty})"),
            Self::Sqlite => text.to_owned(),
        }
    }
}
