//! Values that go into statements and rows that come out of queries.

use std::error::Error as StdError;

use ledger::{Hash, Salt};
use rusqlite::types::{ToSqlOutput, ValueRef};
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type};
use uuid::Uuid;

use crate::Error;

/// A value of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// A whole number.
    Int(i64),
    /// A text.
    Text(&'a str),
    /// Bytes; ids and hashes too.
    Bytes(&'a [u8]),
}

/// A row of a query, alive until the next one.
pub struct Row<'a> {
    at: &'a str,
    cells: Cells<'a>,
}

enum Cells<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

impl<'a> Row<'a> {
    pub(super) fn sqlite(at: &'a str, row: &'a rusqlite::Row<'a>) -> Self {
        Self { at, cells: Cells::Sqlite(row) }
    }

    pub(super) fn postgres(at: &'a str, row: &'a tokio_postgres::Row) -> Self {
        Self { at, cells: Cells::Postgres(row) }
    }

    /// The whole number in a column, counted from 0.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the column holds something else; so do all other readers.
    pub fn int(&self, column: usize) -> Result<i64, Error> {
        match self.value(column) {
            Some(Value::Int(value)) => Ok(value),
            _ => Err(self.corrupt(column, "a whole number")),
        }
    }

    /// The whole number in a column that may be empty.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the column holds something else.
    pub fn int_if_any(&self, column: usize) -> Result<Option<i64>, Error> {
        match self.value(column) {
            Some(Value::Null) => Ok(None),
            _ => self.int(column).map(Some),
        }
    }

    /// A count or a position: a whole number that is not negative.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the column holds something else.
    pub fn count<T: TryFrom<i64>>(&self, column: usize) -> Result<T, Error> {
        T::try_from(self.int(column)?).map_err(|_| self.corrupt(column, "a number in range"))
    }

    /// The text in a column.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the column holds something else.
    pub fn text(&self, column: usize) -> Result<&str, Error> {
        self.text_if_any(column)?.ok_or_else(|| self.corrupt(column, "a text"))
    }

    /// The text in a column that may be empty.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the column holds something else.
    pub fn text_if_any(&self, column: usize) -> Result<Option<&str>, Error> {
        match self.value(column) {
            Some(Value::Text(value)) => Ok(Some(value)),
            Some(Value::Null) => Ok(None),
            _ => Err(self.corrupt(column, "a text")),
        }
    }

    /// The bytes in a column.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the column holds something else.
    pub fn bytes(&self, column: usize) -> Result<&[u8], Error> {
        match self.value(column) {
            Some(Value::Bytes(value)) => Ok(value),
            _ => Err(self.corrupt(column, "bytes")),
        }
    }

    /// The id in a column.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the column holds something else.
    pub fn uuid(&self, column: usize) -> Result<Uuid, Error> {
        Uuid::from_slice(self.bytes(column)?).map_err(|_| self.corrupt(column, "an id"))
    }

    /// The id in a column that may be empty.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the column holds something else.
    pub fn uuid_if_any(&self, column: usize) -> Result<Option<Uuid>, Error> {
        match self.value(column) {
            Some(Value::Null) => Ok(None),
            _ => self.uuid(column).map(Some),
        }
    }

    /// The hash in a column.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the column holds something else.
    pub fn hash(&self, column: usize) -> Result<Hash, Error> {
        self.bytes(column)?.try_into().map_err(|_| self.corrupt(column, "a hash"))
    }

    /// The hash in a column that may be empty.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the column holds something else.
    pub fn hash_if_any(&self, column: usize) -> Result<Option<Hash>, Error> {
        match self.value(column) {
            Some(Value::Null) => Ok(None),
            _ => self.hash(column).map(Some),
        }
    }

    /// The salt in a column that may be empty.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the column holds something else.
    pub fn salt_if_any(&self, column: usize) -> Result<Option<Salt>, Error> {
        match self.value(column) {
            Some(Value::Null) => Ok(None),
            _ => match self.bytes(column)?.try_into() {
                Ok(salt) => Ok(Some(salt)),
                Err(_) => Err(self.corrupt(column, "a salt")),
            },
        }
    }

    /// The error that says a column does not hold what was expected.
    pub fn corrupt(&self, column: usize, expected: &'static str) -> Error {
        let name = match &self.cells {
            Cells::Sqlite(row) => row.as_ref().column_name(column).ok().map(str::to_owned),
            Cells::Postgres(row) => row.columns().get(column).map(|it| it.name().to_owned()),
        }
        .unwrap_or_else(|| column.to_string());
        let kind = match self.value(column) {
            Some(Value::Null) => "nothing".to_owned(),
            Some(Value::Int(value)) => format!("the number {value}"),
            Some(Value::Text(value)) if value.len() <= 40 => format!("the text `{value}`"),
            Some(Value::Text(value)) => format!("a text of {} bytes", value.len()),
            Some(Value::Bytes(value)) => format!("{} bytes", value.len()),
            None => "an unreadable value".to_owned(),
        };
        Error::Corrupt { at: self.at.to_owned(), found: format!("{kind} in `{name}`"), expected }
    }

    fn value(&self, column: usize) -> Option<Value<'_>> {
        match &self.cells {
            Cells::Sqlite(row) => match row.get_ref(column).ok()? {
                ValueRef::Null => Some(Value::Null),
                ValueRef::Integer(value) => Some(Value::Int(value)),
                ValueRef::Text(value) => std::str::from_utf8(value).ok().map(Value::Text),
                ValueRef::Blob(value) => Some(Value::Bytes(value)),
                ValueRef::Real(_) => None,
            },
            Cells::Postgres(row) => {
                let value = match *row.columns().get(column)?.type_() {
                    Type::INT8 => row.try_get::<_, Option<i64>>(column).ok()?.map(Value::Int),
                    Type::TEXT => row.try_get::<_, Option<&str>>(column).ok()?.map(Value::Text),
                    Type::BYTEA => row.try_get::<_, Option<&[u8]>>(column).ok()?.map(Value::Bytes),
                    _ => return None,
                };
                Some(value.unwrap_or(Value::Null))
            }
        }
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<u64> for Value<'_> {
    /// No ledger is longer than what a signed number holds, so that a larger one means its end.
    fn from(value: u64) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Value<'_> {
    fn from(value: u32) -> Self {
        Self::Int(i64::from(value))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Bytes(value)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Value<'a> {
    fn from(value: &'a [u8; N]) -> Self {
        Self::Bytes(value)
    }
}

impl<'a> From<&'a Uuid> for Value<'a> {
    fn from(value: &'a Uuid) -> Self {
        Self::Bytes(value.as_bytes())
    }
}

impl<'a, T: Into<Self>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Bytes(value) => ValueRef::Blob(value),
        }))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        as_type: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match (*self, as_type) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Int(value), &Type::INT8) => value.to_sql(as_type, out),
            (Self::Text(value), &Type::TEXT) => value.to_sql(as_type, out),
            (Self::Bytes(value), &Type::BYTEA) => value.to_sql(as_type, out),
            (value, other) => Err(format!("{value:?} is no {other}").into()),
        }
    }

    fn accepts(as_type: &Type) -> bool {
        matches!(*as_type, Type::INT8 | Type::TEXT | Type::BYTEA)
    }

    tokio_postgres::types::to_sql_checked!();
}
