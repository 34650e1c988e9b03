//! The three-way merge of a cell: as last imported, as it stands in the sheet, as the record has it.

use serde_json::{Map, Value as Json};

/// What a merge comes to.
#[derive(Debug, PartialEq)]
pub(super) enum Merged {
    /// The record stays as it is.
    Ours,
    /// The record takes this; `None` empties the field.
    Set(Option<Json>),
    /// Both sides changed, and differently.
    Conflict,
}

/// Merges one field: `base` as it was imported last, `sheet` as it stands there now, `ours` as
/// the record has it. Ratings and single rows of tables are merged part by part.
pub(super) fn merge(base: Option<Json>, sheet: Option<Json>, ours: Option<Json>) -> Merged {
    let (base, sheet, ours) = (clean(base), clean(sheet), clean(ours));
    if base == sheet || ours == sheet {
        return Merged::Ours;
    }
    if ours == base {
        return Merged::Set(sheet);
    }
    match united(&base, &sheet, &ours) {
        Some(value) if value == ours => Merged::Ours,
        Some(value) => Merged::Set(value),
        None => Merged::Conflict,
    }
}

/// Without nulls, empty lists and empty objects: absent is one thing however it is written.
pub(super) fn clean(value: Option<Json>) -> Option<Json> {
    match value? {
        Json::Null => None,
        Json::Array(list) => {
            let list: Vec<Json> = list.into_iter().filter_map(|it| clean(Some(it))).collect();
            (!list.is_empty()).then_some(Json::Array(list))
        }
        Json::Object(map) => {
            let each = map.into_iter();
            let map: Map<_, _> =
                each.filter_map(|(key, it)| Some((key, clean(Some(it))?))).collect();
            (!map.is_empty()).then_some(Json::Object(map))
        }
        other => Some(other),
    }
}

type Side = Option<Json>;

/// The merge of what has parts; `None` where the same part changed on both sides.
fn united(base: &Side, sheet: &Side, ours: &Side) -> Option<Side> {
    if base == sheet || ours == sheet {
        return Some(ours.clone());
    }
    if ours == base {
        return Some(sheet.clone());
    }
    let sides = [base, sheet, ours];
    if sides.iter().all(|it| it.as_ref().is_none_or(Json::is_object)) {
        let maps = sides.map(|it| it.as_ref().and_then(Json::as_object).cloned());
        let [base, sheet, ours] = maps.map(Option::unwrap_or_default);
        let map = united_maps(&base, &sheet, ours)?;
        return Some((!map.is_empty()).then_some(Json::Object(map)));
    }
    if !sides.iter().all(|it| it.as_ref().is_none_or(Json::is_array)) {
        return None;
    }
    let [base, sheet, ours] = sides.map(|it| it.as_ref().and_then(Json::as_array).cloned());
    let lists = [base.unwrap_or_default(), sheet.unwrap_or_default(), ours.unwrap_or_default()];
    let named = |it: &Json| Some((it.get("criterion")?.as_str()?.to_owned(), it.clone()));
    let maps: Vec<Map<String, Json>> =
        lists.iter().filter_map(|list| list.iter().map(named).collect()).collect();
    if let [base, sheet, ours] = maps.as_slice()
        && lists.iter().any(|it| !it.is_empty())
    {
        let order: Vec<&String> = ours.keys().chain(sheet.keys()).collect();
        let mut map = united_maps(base, sheet, ours.clone())?;
        let list: Vec<Json> = order.into_iter().filter_map(|it| map.remove(it)).collect();
        return Some((!list.is_empty()).then_some(Json::Array(list)));
    }
    // One row of several that an import of many lines made.
    let [of_base, of_sheet, of_ours] = &lists;
    if let ([row], true) = (of_base.as_slice(), of_sheet.len() <= 1 && of_ours.len() > 1)
        && let Some(at) =
            of_ours.iter().position(|it| clean(Some(it.clone())).as_ref() == Some(row))
    {
        let mut list = of_ours.clone();
        list.splice(at..=at, of_sheet.iter().cloned());
        return Some(Some(Json::Array(list)));
    }
    if lists.iter().all(|it| it.len() <= 1 && it.iter().all(Json::is_object)) {
        let [base, sheet, ours] = lists.map(|it| it.into_iter().next());
        let one = united(&base, &sheet, &ours)?;
        return Some(one.map(|it| Json::Array(vec![it])));
    }
    None
}

fn united_maps(
    base: &Map<String, Json>,
    sheet: &Map<String, Json>,
    mut ours: Map<String, Json>,
) -> Option<Map<String, Json>> {
    let mut keys: Vec<&String> = base.keys().chain(sheet.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        let of = |it: &Map<String, Json>| it.get(key).cloned();
        match united(&of(base), &of(sheet), &of(&ours))? {
            Some(value) => drop(ours.insert(key.clone(), value)),
            None => drop(ours.remove(key)),
        }
    }
    Some(ours)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn three(base: Json, sheet: Json, ours: Json) -> Merged {
        merge(Some(base), Some(sheet), Some(ours))
    }

    #[test]
    fn one_side_that_changed_wins() {
        assert_eq!(three(json!("a"), json!("b"), json!("a")), Merged::Set(Some(json!("b"))));
        assert_eq!(three(json!("a"), json!("a"), json!("b")), Merged::Ours);
        assert_eq!(three(json!("a"), json!("b"), json!("b")), Merged::Ours);
        assert_eq!(three(json!("a"), json!("b"), json!("c")), Merged::Conflict);
        assert_eq!(merge(Some(json!("a")), None, Some(json!("a"))), Merged::Set(None));
        assert_eq!(three(json!([]), json!(null), json!("c")), Merged::Ours);
    }

    #[test]
    fn ratings_are_merged_part_by_part() {
        let rating = |likelihood: i64, money: i64, why: Option<&str>| {
            json!({
                "likelihood": likelihood,
                "consequences": [{"criterion": "Money", "rank": money}],
                "rationale": why,
            })
        };
        let merged = three(rating(3, 3, None), rating(4, 3, None), rating(3, 3, Some("Seen")));
        assert_eq!(merged, Merged::Set(clean(Some(rating(4, 3, Some("Seen"))))));
        let merged = three(rating(3, 3, None), rating(4, 3, None), rating(3, 2, None));
        assert_eq!(merged, Merged::Set(clean(Some(rating(4, 2, None)))));
        let merged = three(rating(3, 3, None), rating(4, 3, None), rating(2, 3, None));
        assert_eq!(merged, Merged::Conflict);
    }
}
