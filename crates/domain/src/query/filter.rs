//! Filters: what must hold for a record to be listed.

use meta::KindDef;

use super::{Asker, Column, Misread, Value};

/// What must hold for one column of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// The column.
    pub column: Column,
    /// What must hold.
    pub test: Test,
}

/// What must hold for the value of a column. Of several values in it one must pass; for *not* none.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// It is one of these.
    Any(Vec<Value>),
    /// It is none of these.
    Not(Vec<Value>),
    /// There is nothing.
    Empty,
    /// There is something.
    Filled,
    /// It is this or more.
    From(Value),
    /// It is this or less.
    To(Value),
    /// It is more.
    Above(Value),
    /// It is less.
    Below(Value),
    /// It contains this text; as typed.
    Has(String),
}

impl Filter {
    /// Reads a filter: the name of a column, how it is compared (`""` for any of, `not`, `is`,
    /// `from`, `to`, `above`, `below`, `has`) and with what.
    ///
    /// # Errors
    /// When there is no such column or way, or the text is no value for it.
    pub fn read(
        asker: &Asker<'_>,
        kind: &'static KindDef,
        column: &str,
        how: &str,
        text: &str,
    ) -> Result<Self, Misread> {
        let parameter = || match how {
            "" => column.to_owned(),
            how => format!("{column}.{how}"),
        };
        let told = |why: String| Misread::new(parameter(), why);
        let column = Column::find(kind, column).map_err(told)?;
        let value = || Value::read(asker, kind, column, text).map_err(told);
        let test = match how {
            "" => Test::Any(vec![value()?]),
            "not" => Test::Not(vec![value()?]),
            "from" => Test::From(value()?),
            "to" => Test::To(value()?),
            "above" => Test::Above(value()?),
            "below" => Test::Below(value()?),
            "has" => Test::Has(text.trim().to_owned()),
            "is" => match text.trim() {
                "none" => Test::Empty,
                "some" => Test::Filled,
                other => return Err(told(format!("`{other}` is neither `none` nor `some`"))),
            },
            other => {
                return Err(told(format!(
                    "`{other}` is no way to compare: it is one of not, is, from, to, above, below, has"
                )));
            }
        };
        Ok(Self { column, test })
    }

    /// Calls `visit` with each way to compare and the text to compare with.
    pub(super) fn each(&self, mut visit: impl FnMut(&str, String)) {
        match &self.test {
            Test::Any(values) => values.iter().for_each(|it| visit("", it.to_string())),
            Test::Not(values) => values.iter().for_each(|it| visit("not", it.to_string())),
            Test::Empty => visit("is", "none".to_owned()),
            Test::Filled => visit("is", "some".to_owned()),
            Test::From(value) => visit("from", value.to_string()),
            Test::To(value) => visit("to", value.to_string()),
            Test::Above(value) => visit("above", value.to_string()),
            Test::Below(value) => visit("below", value.to_string()),
            Test::Has(text) => visit("has", text.clone()),
        }
    }
}
