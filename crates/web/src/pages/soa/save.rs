//! Saving rows of the table: all that changed in one commit, or nothing.

use std::collections::HashMap;

use axum::http::StatusCode;
use domain::{
    Command, Refusal, Step, View,
    access::Act,
    command::{Edit, New},
};
use maud::html;
use meta::{Extras, Id, Need, Provenance, Record};
use serde_json::{Map, Value, json};

use super::{Again, Wrong, heading, key, rows, said, sift::Sift, tally, typed, typed::Typed};
use crate::{Answer, Ask, Problem, form::Form, widget::is_same_choice};

/// What saving one row takes.
struct Plan {
    /// What the row is called.
    name: String,
    steps: Vec<Step>,
}

/// Saves the rows that were changed; for our script, answers with the row as it is then.
pub(super) fn save(ask: &Ask) -> Result<Answer, Problem> {
    let mut again = Again { typed: Typed(ask.form.clone()), ..Again::default() };
    let keys: Vec<String> = again.typed.keys().into_iter().map(str::to_owned).collect();
    let confirmed = ask.form.said("confirm").and_then(|it| record_of(ask, it));
    let mut plans = Vec::new();
    for key in &keys {
        match plan(ask, &mut again.typed, key)? {
            Ok(plan) => plans.extend(plan),
            Err(wrong) => {
                again.wrongs.insert(key.clone(), wrong);
            }
        }
    }
    if !again.wrongs.is_empty() {
        let count = again.wrongs.len();
        let rows = crate::words::count(count, "row was", "rows were");
        again.trouble = Some(format!(
            "nothing was saved yet: {rows} changed by somebody else while you wrote; compare, and \
             save again to keep what stands there"
        ));
        again.status = Some(StatusCode::CONFLICT);
        return refused(ask, again, &keys);
    }
    let mut steps: Vec<Step> = plans.iter_mut().flat_map(|it| it.steps.drain(..)).collect();
    steps.extend(confirmed.map(|it| Step::Confirm { record: it.head.id }));
    if steps.is_empty() {
        let nothing = "Nothing was changed.".to_owned();
        return done(ask, None, nothing, None, &keys);
    }
    match ask.execute(Command { note: None, steps }) {
        Ok(receipt) => {
            let said = match (plans.as_slice(), confirmed) {
                ([], Some(record)) => format!("{} is yours now.", record.title()),
                ([one], _) => format!("{} is saved.", one.name),
                (all, _) => format!("{} rows are saved.", all.len()),
            };
            done(ask, Some(View::new(&receipt.isms, ask.day())), said, Some(receipt.seq), &keys)
        }
        Err(problem) => {
            take(&mut again, ask, problem)?;
            refused(ask, again, &keys)
        }
    }
}

/// The row as it is now, for our script, and what the page says of the whole.
pub(super) fn part(
    ask: &Ask,
    view: View<'_>,
    wanted: &str,
    again: &Again,
    saved: Option<u64>,
) -> Result<Answer, Problem> {
    let beside = &ask.here().beside;
    let sheet = beside.soa.of(view);
    let report = match ask.is_past() {
        true => ask.verdicts(),
        // The last finished ones; newer ones are begun.
        false => beside.verdicts.present(view.isms, view.day).report.clone(),
    };
    let said = said(&report);
    // A row that had no record has one now, and its number is its key.
    let reference = catalog::control(wanted).map(|it| it.id);
    let mut all = rows(ask, view.isms, &sheet, &said, again);
    let is_it = |it: &&mut super::Row<'_>| {
        it.key == wanted || reference.is_some_and(|known| it.row.reference == known)
    };
    let found = all.iter_mut().find(is_it).ok_or(Problem::NotFound)?;
    found.saved = saved;
    Ok(Answer::Part(html! {
        table data-old[report.position != view.isms.position()] { tbody { (found.show(ask)) } }
        (heading(ask, view, &sheet, &Again::default()))
        (tally(ask, &sheet, &said))
    }))
}

fn done(
    ask: &Ask,
    view: Option<View<'_>>,
    said: String,
    entry: Option<u64>,
    keys: &[String],
) -> Result<Answer, Problem> {
    if let (true, [key]) = (ask.wants_part(), keys) {
        return part(ask, view.unwrap_or_else(|| ask.view()), key, &Again::default(), entry);
    }
    let to = format!("{}{}", ask.to("/soa"), Sift::read(&ask.query).query());
    Ok(Answer::done(to, said, entry))
}

fn refused(ask: &Ask, mut again: Again, keys: &[String]) -> Result<Answer, Problem> {
    if let (true, [key]) = (ask.wants_part(), keys) {
        if let Some(trouble) = again.trouble.take().filter(|_| again.wrongs.is_empty()) {
            again.wrongs.insert(key.clone(), Wrong { message: trouble, ..Wrong::default() });
        }
        return part(ask, ask.view(), key, &again, None);
    }
    super::page(ask, again)
}

/// Shows a refusal at the row that it is about.
fn take(again: &mut Again, ask: &Ask, problem: Problem) -> Result<(), Problem> {
    again.status = Some(problem.status());
    let (refusal, sentence) = match problem {
        Problem::Refused { refusal, sentence } => (refusal, sentence),
        problem => return Err(problem),
    };
    let named = match &*refusal {
        Refusal::Invalid { record, .. } | Refusal::Stale { record, .. } => Some(record.clone()),
        _ => None,
    };
    let record = named.and_then(|it| {
        let number = it.strip_prefix("CONTROL-")?.parse().ok()?;
        ask.isms().numbered("control", number)
    });
    let Some(record) = record else {
        again.trouble = Some(sentence);
        return Ok(());
    };
    let message = match *refusal {
        Refusal::Invalid { problems, .. } => {
            let each: Vec<String> = problems.into_iter().map(|it| it.message).collect();
            each.join("; ")
        }
        _ => sentence,
    };
    again.trouble = Some(format!("nothing was saved yet: {} needs a look", record.title()));
    again.wrongs.insert(key(Some(record), ""), Wrong { message, ..Wrong::default() });
    Ok(())
}

/// What saving a row takes: nothing where it stands as it was. Refused where somebody else wrote the
/// same field meanwhile.
fn plan(ask: &Ask, typed: &mut Typed, key: &str) -> Result<Result<Option<Plan>, Wrong>, Problem> {
    let fields = typed.fields(key);
    let Some(record) = record_of(ask, key) else {
        let known = catalog::control(key).ok_or(Problem::NotFound)?;
        return Ok(Ok(first(ask, known, fields)));
    };
    let now = typed::recorded_of(record);
    let seen = typed.version(key).unwrap_or(record.head.version);
    let is_stale = seen != record.head.version;
    let before = if is_stale { past(ask, record, seen)? } else { now.clone() };
    let is_other = |than: &Map<String, Value>, name: &str, it: &Value| {
        than.get(name).is_none_or(|than| !is_same_choice(than, it))
    };
    let mine: Map<String, Value> =
        fields.into_iter().filter(|(name, it)| is_other(&before, name, it)).collect();
    if is_stale {
        let clash =
            |name: &str| now.get(name) != before.get(name) && now.get(name) != mine.get(name);
        let both: Vec<_> =
            typed::FIELDS.iter().filter(|it| mine.contains_key(it.0) && clash(it.0)).collect();
        let theirs = both.iter().map(|it| (it.1, words(&now[it.0]))).collect();
        let message = "somebody else wrote this meanwhile".to_owned();
        let wrong = (!both.is_empty()).then_some(Wrong { message, theirs });
        // What only they changed stays theirs, also when this is sent again.
        let mut merged = now.clone();
        merged.extend(mine.clone());
        *typed = Typed(with(&typed.0, key, record, &merged));
        if let Some(wrong) = wrong {
            return Ok(Err(wrong));
        }
    }
    let mine: Map<String, Value> =
        mine.into_iter().filter(|(name, it)| is_other(&now, name, it)).collect();
    Ok(Ok((!mine.is_empty()).then(|| change(ask, record, &now, mine))))
}

/// A row of Annex A that had no record gets one, once something is said about it.
fn first(ask: &Ask, known: &'static catalog::Control, fields: Map<String, Value>) -> Option<Plan> {
    let mut said: Map<String, Value> = fields.into_iter().filter(|it| !it.1.is_null()).collect();
    if said.is_empty() {
        return None;
    }
    declare(ask, &mut said);
    said.insert("title".to_owned(), json!(known.title));
    said.insert("reference".to_owned(), json!(known.id));
    let new = New {
        id: app::fresh_id(),
        kind: "control".to_owned(),
        fields: said,
        stage: None,
        provenance: Provenance::Person,
        extras: Extras::default(),
    };
    Some(Plan { name: known.id.to_owned(), steps: vec![Step::New(new)] })
}

fn change(
    ask: &Ask,
    record: &Record,
    now: &Map<String, Value>,
    mut mine: Map<String, Value>,
) -> Plan {
    let applicability = mine.get("applicability").or(now.get("applicability"));
    let said = applicability.and_then(Value::as_str).unwrap_or_default().to_owned();
    if said == "excluded" && mine.contains_key("applicability") && !now["reasons"].is_null() {
        // What is not needed has no reasons to be there; the history keeps them.
        mine.insert("reasons".to_owned(), Value::Null);
    }
    let decides = said == "included" || said == "excluded";
    declare(ask, &mut mine);
    let id = record.head.id;
    let goes = record.stage().id == "undecided" && decides && is_complete(record, &mine);
    let edit = Edit {
        record: id,
        version: Some(record.head.version),
        fields: mine,
        extras: None,
        provenance: Provenance::Person,
    };
    let mut steps = vec![Step::Edit(edit)];
    if goes {
        steps.push(Step::Move {
            record: id,
            version: None,
            to: "decided".to_owned(),
            reason: None,
        });
    }
    let reference = record.cell("reference").text();
    Plan { name: reference.map_or_else(|| record.name(), str::to_owned), steps }
}

/// Who says how far a control is, says it today.
fn declare(ask: &Ask, fields: &mut Map<String, Value>) {
    if fields.get("implementation").is_some_and(|it| !it.is_null()) {
        let today = json!(ask.day().to_string());
        fields.insert("since".to_owned(), today.clone());
        fields.insert("declared_on".to_owned(), today);
        fields.insert("declared_by".to_owned(), json!(ask.person().to_string()));
    }
}

/// Whether nothing is missing any more to leave the first stage.
fn is_complete(record: &Record, mine: &Map<String, Value>) -> bool {
    let body = record.body.json();
    let is_said = |it: Option<&Value>| it.is_some_and(|it| !it.is_null() && *it != json!([]));
    let needed = record.def().fields.iter().filter(|it| it.need == Need::Leave);
    needed.into_iter().all(|it| is_said(mine.get(it.name).or(body.get(it.name))))
}

/// The record of a row, by its key; `None` where it has none.
fn record_of<'a>(ask: &'a Ask, key: &str) -> Option<&'a Record> {
    if let Ok(number) = key.parse() {
        return ask.isms().numbered("control", number).filter(|it| ask.sight().sees(it));
    }
    // Somebody made it while the page was open.
    let known = catalog::control(key)?;
    let ids: HashMap<String, Id> = domain::soa::records(ask.view()).into_iter().collect();
    ask.isms().get(*ids.get(known.id)?)
}

/// What stood in the row at an earlier version.
fn past(ask: &Ask, record: &Record, version: u32) -> Result<Map<String, Value>, Problem> {
    ask.must(Act::SeeHistory, domain::access::On::Record(record))?;
    let revisions = ask.place()?.organization.revisions(record.head.id)?;
    let found = revisions.into_iter().find(|it| it.version == version).and_then(|it| it.content);
    let text = found.ok_or(Problem::NotFound)?.text;
    let stored: Value = serde_json::from_str(&text).unwrap_or_default();
    Ok(typed::recorded(&stored["body"]))
}

/// The form with other words in one row, on the newest version.
fn with(form: &Form, key: &str, record: &Record, fields: &Map<String, Value>) -> Form {
    let mut form = form.without(|it| it.strip_prefix(key).is_some_and(|it| it.starts_with('.')));
    form.push(format!("{key}.version"), record.head.version.to_string());
    for (name, value) in fields {
        match value {
            Value::Array(all) => {
                for it in all.iter().filter_map(Value::as_str) {
                    form.push(format!("{key}.{name}"), it);
                }
            }
            value => form.push(format!("{key}.{name}"), value.as_str().unwrap_or_default()),
        }
    }
    form
}

fn words(value: &Value) -> String {
    match value {
        Value::Array(all) => {
            all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ").replace('_', " ")
        }
        value => value.as_str().unwrap_or_default().replace('_', " "),
    }
}
