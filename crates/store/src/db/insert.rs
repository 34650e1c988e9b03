//! The text of an insertion of many rows.

use std::fmt::Write;

/// Where many rows go; all names are this program's own, never a user's.
#[derive(Debug, Clone, Copy)]
pub struct Insert<const N: usize> {
    /// The table.
    pub table: &'static str,
    /// Its columns, in the order of a row's values.
    pub columns: [&'static str; N],
    /// What happens when a row is there already.
    pub conflict: Conflict,
}

/// What happens when a row with the same key is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// The insertion fails.
    Fail,
    /// The row stays as it is.
    Keep,
    /// The row takes the new values.
    Replace {
        /// The columns of the key, separated by commas.
        key: &'static str,
        /// The columns that take new values.
        set: &'static [&'static str],
    },
}

impl<const N: usize> Insert<N> {
    pub(super) fn sql(&self, rows: usize) -> String {
        let mut sql = format!("insert into {} ({}) values ", self.table, self.columns.join(", "));
        for row in 0..rows {
            sql.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..N {
                let comma = if column == 0 { "" } else { ", " };
                write!(sql, "{comma}${}", row * N + column + 1).expect("a String takes all text");
            }
            sql.push(')');
        }
        match self.conflict {
            Conflict::Fail => {}
            Conflict::Keep => sql.push_str(" on conflict do nothing"),
            Conflict::Replace { key, set } => {
                let set: Vec<String> =
                    set.iter().map(|name| format!("{name} = excluded.{name}")).collect();
                write!(sql, " on conflict ({key}) do update set {}", set.join(", "))
                    .expect("a String takes all text");
            }
        }
        sql
    }

    pub(super) fn copy_sql(&self) -> String {
        format!("copy {} ({}) from stdin binary", self.table, self.columns.join(", "))
    }
}
