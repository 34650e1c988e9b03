//! Ratings as people type them.

use meta::FieldType;
use serde_json::{Map, Value, json};

use super::{Around, Reader, structured};

impl<A: Around> Reader<'_, A> {
    pub(super) fn rating(&mut self, given: &Value) -> Result<Value, String> {
        let given = structured(given)?;
        let Value::Object(given) = &given else {
            return Err("write a rating like {likelihood = 3, consequences = [{criterion = \
                        \"money\", rank = 4}], rationale = \"…\"}"
                .to_owned());
        };
        let mut rating = Map::new();
        for (name, value) in given {
            if value.is_null() {
                continue;
            }
            let read = match name.as_str() {
                "likelihood" => self.of_type(&FieldType::Integer, value)?,
                "rationale" | "source" | "confidence" => self.of_type(&FieldType::Text, value)?,
                "controls" => self.of_type(&FieldType::Links(&["control"]), value)?,
                "by" => self.of_type(&FieldType::Link(&["person", "role"]), value)?,
                "on" => self.of_type(&FieldType::Day, value)?,
                "consequences" => self.consequences(value)?,
                other => {
                    return Err(format!(
                        "a rating has no `{other}`: it has likelihood, consequences, rationale, \
                         source, confidence, controls, by, on"
                    ));
                }
            };
            rating.insert(name.clone(), read);
        }
        Ok(Value::Object(rating))
    }

    /// `{money = 4}` or `[{criterion = "money", rank = 4}]`.
    fn consequences(&mut self, given: &Value) -> Result<Value, String> {
        let form = || "write consequences like {money = 4, service = 2}".to_owned();
        let given = structured(given)?;
        let pairs: Vec<(String, Value)> = match &given {
            Value::Object(map) => map.iter().map(|(k, v)| (k.clone(), v.clone())).collect(),
            Value::Array(list) => {
                let pair = |it: &Value| {
                    let name = it.get("criterion")?.as_str()?.to_owned();
                    Some((name, it.get("rank")?.clone()))
                };
                list.iter().map(pair).collect::<Option<_>>().ok_or_else(form)?
            }
            _ => return Err(form()),
        };
        let rank = |(criterion, rank): (String, Value)| {
            let rank = self.of_type(&FieldType::Integer, &rank)?;
            Ok(json!({"criterion": criterion, "rank": rank}))
        };
        pairs.into_iter().map(rank).collect::<Result<Vec<_>, String>>().map(Value::from)
    }
}
