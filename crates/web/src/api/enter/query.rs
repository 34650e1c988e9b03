//! The parameters of a query, against those that an endpoint knows.

use crate::{
    api::{
        Fault, Parameter,
        endpoint::{Endpoint, Is},
    },
    form::Form,
};

/// Refuses parameters that the endpoint does not know, by name, and values that are none.
pub(super) fn check(endpoint: &Endpoint, query: &Form) -> Result<(), Fault> {
    for (name, value) in query.pairs() {
        let is_named =
            |it: &&Parameter| it.name == name || it.is == Is::Filter && name.starts_with(it.name);
        let Some(parameter) = endpoint.query.iter().find(is_named) else {
            let known: Vec<&str> = endpoint.query.iter().map(|it| it.name).collect();
            let known = match known.is_empty() {
                true => "this takes none".to_owned(),
                false => format!("it is one of {}", known.join(", ")),
            };
            return Err(Fault::query(name, format!("there is no parameter `{name}`: {known}")));
        };
        if parameter.is != Is::Filter && query.all(name).nth(1).is_some() {
            return Err(Fault::query(name, format!("`{name}` stands there twice: send it once")));
        }
        let wrong = |what: String| Err(Fault::query(name, format!("`{name}` is {what}")));
        match parameter.is {
            Is::Number(least, most) => {
                let is_digits = !value.is_empty() && value.bytes().all(|it| it.is_ascii_digit());
                let number = is_digits.then(|| value.parse::<u64>().ok()).flatten();
                if number.is_none_or(|it| it < least || it > most) {
                    return wrong(format!("a whole number from {least} to {most}"));
                }
            }
            Is::One(options) if !options.contains(&value) => {
                return wrong(format!("one of {}", options.join(", ")));
            }
            Is::Truth if !["true", "false"].contains(&value) => {
                return wrong("`true` or `false`".to_owned());
            }
            Is::Point if value.contains('+') => {
                return wrong("a day like 2026-03-31, or the number of an entry".to_owned());
            }
            _ => {}
        }
    }
    let missing = endpoint.query.iter().find(|it| it.needed && query.said(it.name).is_none());
    missing.map_or(Ok(()), |it| Err(Fault::query(it.name, format!("`{}` is needed", it.name))))
}
