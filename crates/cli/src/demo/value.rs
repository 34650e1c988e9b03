//! From the short forms of the scenes to the fields of records.

use anyhow::{Context, Result, bail};
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use meta::{FieldType, Id, KindDef};
use serde_json::{Map, Value, json};

/// What the short forms stand for in one scene.
pub struct Reader<'a> {
    /// Today.
    pub today: Date,
    /// The day of the scene.
    pub day: Date,
    /// Who acts.
    pub by: Id,
    /// The record a handle stands for.
    pub find: &'a dyn Fn(&str) -> Result<String>,
}

impl Reader<'_> {
    /// The fields of a record of this kind.
    pub fn fields(&self, def: &KindDef, fields: Map<String, Value>) -> Result<Map<String, Value>> {
        let each = |(name, value): (String, Value)| {
            let (_, field) = def
                .field(&name)
                .with_context(|| format!("a {} has no field `{name}`", def.label))?;
            let value = self.value(field.ty, value).with_context(|| format!("field `{name}`"))?;
            Ok((name, value))
        };
        fields.into_iter().map(each).collect()
    }

    fn value(&self, ty: FieldType, value: Value) -> Result<Value> {
        Ok(match (ty, value) {
            (_, Value::Null) => Value::Null,
            (FieldType::Day, Value::Number(days)) => {
                let days = days.as_i64().context("a day is a whole number")?;
                json!(working_day(self.today, days))
            }
            (FieldType::Link(_), Value::String(handle)) => json!((self.find)(&handle)?),
            (FieldType::Links(_), Value::Array(handles)) => {
                let each = |it: &Value| (self.find)(it.as_str().context("a link is a handle")?);
                json!(handles.iter().map(each).collect::<Result<Vec<_>>>()?)
            }
            (FieldType::Rating, Value::Object(short)) => self.rating(short)?,
            (FieldType::Rows(def), Value::Array(rows)) => {
                let each = |row: Value| -> Result<Value> {
                    let Value::Object(cells) = row else { bail!("a row is a table") };
                    let mut body = Map::new();
                    for (name, value) in cells {
                        let mut columns = def.fields.iter();
                        let column = columns.find(|it| it.name == name);
                        let column = column.with_context(|| format!("no column `{name}`"))?;
                        body.insert(name, self.value(column.ty, value)?);
                    }
                    Ok(Value::Object(body))
                };
                Value::Array(rows.into_iter().map(each).collect::<Result<_>>()?)
            }
            (_, Value::String(text)) => Value::String(self.text(&text)?),
            (_, Value::Array(items)) => {
                let each = |it: Value| match it {
                    Value::String(text) => Ok(Value::String(self.text(&text)?)),
                    other => Ok(other),
                };
                Value::Array(items.into_iter().map(each).collect::<Result<_>>()?)
            }
            (_, other) => other,
        })
    }

    /// A rating: `{ likelihood, <criterion>…, why, source?, controls? }`, by whoever acts.
    fn rating(&self, mut short: Map<String, Value>) -> Result<Value> {
        let mut rating = json!({"by": self.by.to_string(), "on": self.day});
        let take = |short: &mut Map<String, Value>, name: &str| short.remove(name);
        let likelihood = take(&mut short, "likelihood").context("a rating has a likelihood")?;
        let why = take(&mut short, "why").context("a rating says why")?;
        rating["likelihood"] = likelihood;
        rating["rationale"] = json!(self.text(why.as_str().context("`why` is a text")?)?);
        let source = take(&mut short, "source").unwrap_or(json!("workshop with the owner"));
        rating["source"] = source;
        rating["confidence"] = take(&mut short, "confidence").unwrap_or(json!("medium"));
        if let Some(Value::Array(handles)) = take(&mut short, "controls") {
            let each = |it: &Value| (self.find)(it.as_str().context("a link is a handle")?);
            rating["controls"] = json!(handles.iter().map(each).collect::<Result<Vec<_>>>()?);
        }
        let ranks = short.into_iter();
        let ranks = ranks.map(|(criterion, rank)| json!({"criterion": criterion, "rank": rank}));
        rating["consequences"] = Value::Array(ranks.collect());
        Ok(rating)
    }

    /// A text with the days it speaks of: `{day -30}`, `{month -30}`, `{quarter -90}`, `{year -400}`.
    fn text(&self, text: &str) -> Result<String> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let close = rest[open..].find('}').context("a `{` without its `}`")? + open;
            let (form, days) = rest[open + 1..close]
                .split_once(' ')
                .with_context(|| format!("`{}` names no day", &rest[open..=close]))?;
            let day = working_day(self.today, days.parse().context("days are a whole number")?);
            out.push_str(&rest[..open]);
            out.push_str(&match form {
                "day" => day.strftime("%-d %B %Y").to_string(),
                "month" => day.strftime("%B %Y").to_string(),
                "quarter" => format!("Q{} {}", (day.month() + 2) / 3, day.year()),
                "year" => day.year().to_string(),
                other => bail!("`{other}` is no form of a day"),
            });
            rest = &rest[close + 1..];
        }
        out.push_str(rest);
        Ok(out)
    }
}

/// So many days from today; a Friday where that is a weekend.
pub fn working_day(today: Date, days: i64) -> Date {
    let day = today.saturating_add(days.days());
    match day.weekday() {
        Weekday::Saturday => day.saturating_sub(1.day()),
        Weekday::Sunday => day.saturating_sub(2.days()),
        _ => day,
    }
}
