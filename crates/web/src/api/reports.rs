//! What follows from all records: conformity, search, duties, what is due, files.

use axum::http::header;
use domain::{
    access::{Act, On},
    agenda,
    conformity::{Case, Grade, Judged, Verdict},
    duties::{self, What},
};
use meta::{Id, Record};
use serde_json::{Value, json};

use super::{
    Endpoint, Fault, Gives, Is, Parameter, Reply,
    endpoint::{AS_OF, get, number, text},
    write::Writer,
};
use crate::{Ask, Problem, pages::jump::jumped, routes::Needs};

/// So many are found.
const FOUND: usize = 50;

/// What follows from all records.
pub(super) const TABLE: &[Endpoint] = &[
    get("/api/v1/o/{org}/search", "search", find)
        .says("The records that a few letters mean, the likeliest first.")
        .query(&[
            Parameter {
                name: "q",
                help: "A number, a title or any text.",
                is: Is::Text,
                needed: true,
            },
            number("limit", "How many; 50 otherwise.", 1, 200),
            AS_OF,
        ])
        .gives(Gives::Json(200, "Hits")),
    get("/api/v1/o/{org}/my-work", "my_work", work)
        .says(
            "What waits for you: to answer, to decide, to look at again, to do, to prove, to read.",
        )
        .gives(Gives::Json(200, "Work")),
    get("/api/v1/o/{org}/agenda", "agenda", agenda)
        .says("What is due on which day, the earliest first: for you, or for everybody.")
        .query(&[
            Parameter {
                name: "of",
                help: "`mine`, or `everybody` for who may see everything; `mine` otherwise.",
                is: Is::One(&["mine", "everybody"]),
                needed: false,
            },
            text("until", "Only what is due until this day."),
            AS_OF,
        ])
        .gives(Gives::Json(200, "Agenda")),
    get("/api/v1/o/{org}/conformity", "conformity", conformity)
        .says("What the checks say, with the records that prove it.")
        .needs(Needs::May(Act::SeeEverything))
        .query(&[
            text("clause", "Only rules of this clause and those below it, such as `6.1`."),
            Parameter {
                name: "verdict",
                help: "Only rules with this verdict.",
                is: Is::One(&["pass", "fail", "unknown", "not_applicable"]),
                needed: false,
            },
            Parameter {
                name: "grade",
                help: "Only results that an auditor would raise with this grade.",
                is: Is::One(&["major", "minor", "opportunity"]),
                needed: false,
            },
            AS_OF,
        ])
        .gives(Gives::Json(200, "Conformity")),
    get("/api/v1/o/{org}/files/{sha256}", "file", file)
        .says("The bytes of a file that a record names.")
        .query(&[text("of", "The id of a record that names it: quicker."), AS_OF])
        .gives(Gives::File(&["application/octet-stream"])),
];

/// What the checks say.
pub(super) fn conformity(ask: &Ask) -> Result<Reply, Fault> {
    let report = ask.verdicts();
    let said = |name: &str| ask.query.said(name);
    let within = |it: &&Judged| {
        let of_clause = |above: &str| {
            let rest = it.rule.clause.strip_prefix(above.trim_end_matches('.'));
            rest.is_some_and(|it| it.is_empty() || it.starts_with('.'))
        };
        said("clause").is_none_or(of_clause)
            && said("verdict").is_none_or(|wanted| wanted == verdict(it.outcome.verdict))
            && said("grade").is_none_or(|wanted| it.outcome.grade.map(Grade::id) == Some(wanted))
    };
    let items: Vec<Value> =
        report.results.iter().filter(within).map(|it| judged(ask, it)).collect();
    Ok(Reply::json(&json!({
        "pack": report.pack, "entry": report.position, "day": report.day.to_string(),
        "items": items,
    })))
}

/// Records that a few letters mean, the likeliest first.
pub(super) fn find(ask: &Ask) -> Result<Reply, Fault> {
    let typed = ask.query.get("q").unwrap_or_default();
    let most = ask.query.said("limit").and_then(|it| it.parse().ok()).unwrap_or(FOUND);
    let found = jumped(ask, typed, most);
    let mut writer = Writer::new(ask.sight());
    writer.raw("{\"items\":[");
    for (at, (record, field)) in found.iter().enumerate() {
        if at > 0 {
            writer.raw(",");
        }
        writer.raw("{\"id\":");
        writer.shown(&record.head.id);
        writer.raw(",\"record\":");
        writer.called(record);
        if !field.is_empty() {
            writer.raw(",\"field\":");
            writer.value(field);
        }
        writer.raw("}");
    }
    writer.raw("]}");
    Ok(Reply::text(writer.finish()))
}

/// What waits for the owner of the token.
pub(super) fn work(ask: &Ask) -> Result<Reply, Fault> {
    let sight = ask.sight();
    let items: Vec<Value> = duties::of(sight)
        .iter()
        .map(|it| {
            json!({
                "what": what(it.what), "id": it.record.head.id,
                "record": called(it.record),
                "day": it.day.map(|it| it.to_string()),
                "note": it.note,
            })
        })
        .collect();
    Ok(Reply::json(&json!({"items": items})))
}

/// What is due on which day.
pub(super) fn agenda(ask: &Ask) -> Result<Reply, Fault> {
    let sight = ask.sight();
    let until = match ask.query.said("until") {
        None => None,
        Some(text) => {
            let wrong = || Fault::query("until", "`until` is a day, such as `2026-03-31`");
            Some(super::fields::day(text).ok_or_else(wrong)?)
        }
    };
    let dated = match ask.query.said("of") {
        Some("everybody") => {
            ask.must(Act::SeeEverything, On::Everything)?;
            agenda::everything(sight.view)
        }
        _ => agenda::mine(sight),
    };
    let dated = dated.iter().filter(|it| until.is_none_or(|until| it.day <= until));
    let items = dated.filter_map(|it| {
        let record = sight.get(it.record)?;
        Some(json!({
            "day": it.day.to_string(), "what": what(it.what), "id": it.record,
            "record": called(record),
        }))
    });
    Ok(Reply::json(&json!({"items": items.collect::<Vec<_>>()})))
}

/// The bytes of a file that a record names.
pub(super) fn file(ask: &Ask) -> Result<Reply, Fault> {
    let wanted = ask.param("sha256");
    let sight = ask.sight();
    let mut found = None;
    let mut look = |record: &Record| {
        app::named_files(record, &mut |it| {
            if it.sha256 == wanted {
                found = Some(it.clone());
            }
        });
        found.is_some()
    };
    match ask.query.said("of") {
        Some(of) => {
            let id: Id =
                of.parse().map_err(|_| Fault::query("of", "`of` is the id of a record"))?;
            sight.get(id).map(&mut look);
        }
        None => {
            kinds::KINDS.iter().find(|it| sight.rows(it.id).any(&mut look));
        }
    }
    let found = found.ok_or_else(Fault::not_found)?;
    let mut bytes = Vec::new();
    let mut file = ask.place()?.organization.open_file(&found)?;
    std::io::Read::read_to_end(&mut file, &mut bytes).map_err(Problem::from)?;
    let name: String = form_urlencoded::byte_serialize(found.name.as_bytes()).collect();
    let name = name.replace('+', "%20");
    let reply = Reply::bytes("application/octet-stream", bytes);
    Ok(reply.header(header::CONTENT_DISPOSITION, &format!("attachment; filename*=UTF-8''{name}")))
}

fn judged(ask: &Ask, it: &Judged) -> Value {
    let sight = ask.sight();
    let seen = |id: Id| sight.get(id);
    let case = |it: &Case| json!({"record": it.record.and_then(seen).map(called), "note": it.note});
    let (rule, outcome) = (it.rule, &it.outcome);
    json!({
        "rule": rule.id, "clause": rule.clause, "title": rule.title,
        "verdict": verdict(outcome.verdict), "grade": outcome.grade.map(Grade::id),
        "basis": rule.basis.label(), "summary": outcome.summary,
        "fails": outcome.fails.iter().map(case).collect::<Vec<_>>(),
        "unknowns": outcome.unknowns.iter().map(case).collect::<Vec<_>>(),
        "passes": outcome.passes.iter().filter_map(|it| seen(*it)).map(called).collect::<Vec<_>>(),
    })
}

fn called(it: &Record) -> Value {
    json!({"ref": it.name(), "kind": it.def().id, "title": it.title()})
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Unknown => "unknown",
        Verdict::NotApplicable => "not_applicable",
    }
}

fn what(what: What) -> &'static str {
    match what {
        What::Answer => "answer",
        What::ApproveTreatment => "approve_treatment",
        What::AcceptResidual => "accept_residual",
        What::AcceptAbove => "accept_above",
        What::Handle => "handle",
        What::Act => "act",
        What::Prove => "prove",
        What::Read => "read",
        What::Review => "review",
        What::Mention => "mention",
        What::Seed => "seed",
    }
}
