//! What follows from all records: who asks, kinds, conformity, the Statement of Applicability,
//! search, duties, proof.

use std::sync::Arc;

use app::{Past, Point};
use axum::http::header;
use domain::{
    access::{Act, On},
    conformity::{Case, Grade, Judged, Verdict},
    duties::{self, What},
    soa::{self, Applicability, Implementation, Soa},
};
use meta::{Id, KindDef, Record};
use serde_json::{Value, json};

use super::{
    Fault, Reply,
    told::{self, Told},
    write::Writer,
};
use crate::{Ask, Problem, pages::jump::jumped};

/// So many are found.
const FOUND: usize = 50;

/// Who asks, and where they may go.
pub(super) fn me(ask: &Ask) -> Result<Reply, Fault> {
    let bearer = ask.bearer.as_ref().ok_or(Problem::SignIn)?;
    let accounts = ask.site.app.accounts();
    let account = accounts.by_id(bearer.account)?.ok_or(Problem::SignIn)?;
    let mut organizations = Vec::new();
    let belongings = accounts.belongings(account.id)?;
    for row in ask.site.app.organizations()? {
        let opens = bearer.organization.is_none_or(|it| it == row.organization);
        if opens && belongings.iter().any(|it| it.organization == row.organization) {
            organizations.push(json!({
                "organization": row.slug, "position": row.seq,
                "url": format!("/api/v1/o/{}", row.slug),
            }));
        }
    }
    let scopes: Vec<&str> = bearer.scopes.each().map(app::accounts::Scope::id).collect();
    Ok(Reply::json(&json!({
        "account": {"name": account.name, "email": account.email},
        "token": {
            "id": bearer.id, "name": bearer.name, "scopes": scopes,
            "expires": bearer.expires.to_string(),
        },
        "organizations": organizations,
        "description": "/api/v1/openapi.json",
    })))
}

/// The organization, and what whoever asks is in it.
pub(super) fn organization(ask: &Ask) -> Result<Reply, Fault> {
    let (place, sight) = (ask.place()?, ask.sight());
    let person = ask.isms().get(place.person);
    let profiles: Vec<&str> =
        place.access.profiles().iter().map(|it| meta::Choice::def(it).id).collect();
    let organization = sight.rows("organization").next();
    Ok(Reply::json(&json!({
        "organization": place.organization.slug(),
        "id": place.organization.id(),
        "title": organization.map(Record::title),
        "position": ask.isms().position(),
        "day": ask.day().to_string(),
        "person": person.map(|it| json!({"ref": it.name(), "kind": it.def().id, "title": it.title()})),
        "profiles": profiles,
    })))
}

/// The kinds of which whoever asks may see records.
pub(super) fn kinds(ask: &Ask) -> Result<Reply, Fault> {
    let sight = ask.sight();
    let sees_all = sight.sees_every_record();
    let kind = |def: &'static KindDef| {
        json!({
            "kind": def.id, "prefix": def.prefix, "label": def.label, "plural": def.plural,
            "help": def.help, "clause": def.clause,
            "count": sees_all.then(|| ask.isms().count(def.id)),
            "may_create": ask.may(Act::Create, On::Kind(def)),
            "stages": def.stages.iter().map(|it| json!({
                "stage": it.id, "label": it.label, "next": it.next, "ended": it.ended,
            })).collect::<Vec<_>>(),
            "url": format!("/api/v1/o/{}/{}", ask.param("org"), def.id),
        })
    };
    Ok(Reply::json(&json!({"items": sight.kinds().map(kind).collect::<Vec<_>>()})))
}

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

/// The Statement of Applicability as it stands.
pub(super) fn statement(ask: &Ask) -> Result<Reply, Fault> {
    Ok(Reply::json(&of_statement(&soa::statement(ask.view()))))
}

/// What differs between two statements.
pub(super) fn comparison(ask: &Ask) -> Result<Reply, Fault> {
    let side = |name: &'static str| -> Result<Option<Arc<Past>>, Fault> {
        let Some(text) = ask.query.said(name) else { return Ok(None) };
        let point: Point = text.parse().map_err(|it: String| Fault::query(name, it))?;
        let place = ask.place()?;
        let past = place.beside.pasts.at(&place.organization, point);
        past.map(Some).map_err(|err| match err {
            app::Error::Wrong(detail) => Fault::query(name, detail),
            err => err.into(),
        })
    };
    let (from, to) = (side("from")?, side("to")?);
    let view = |past: &Option<Arc<Past>>| -> (u64, _) {
        match past {
            Some(past) => (past.isms.position(), past.day),
            None => (ask.isms().position(), ask.day()),
        }
    };
    let old = from.as_ref().map_or(ask.view(), |it| it.view());
    let new = to.as_ref().map_or(ask.view(), |it| it.view());
    if old.isms.position() > new.isms.position() {
        return Err(Fault::query("from", "`from` is later than `to`: turn them round"));
    }
    let items: Vec<Value> = soa::diff(old, new)
        .iter()
        .map(|it| {
            let parts = it.parts.iter().map(|part| {
                json!({"part": part.part.label(), "before": part.before, "after": part.after})
            });
            json!({
                "reference": it.reference, "title": it.title, "record": it.record,
                "changes": parts.collect::<Vec<_>>(),
            })
        })
        .collect();
    let point =
        |(entry, day): (u64, jiff::civil::Date)| json!({"entry": entry, "day": day.to_string()});
    Ok(Reply::json(&json!({
        "from": point(view(&from)), "to": point(view(&to)), "items": items,
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
                "record": {
                    "ref": it.record.name(), "kind": it.record.def().id, "title": it.record.title(),
                },
                "day": it.day.map(|it| it.to_string()),
                "note": it.note,
            })
        })
        .collect();
    Ok(Reply::json(&json!({"items": items})))
}

/// The newest signed checkpoint, as an outsider keeps it.
pub(super) fn checkpoint(ask: &Ask) -> Result<Reply, Fault> {
    let note = ask.place()?.organization.checkpoint()?;
    Ok(Reply::bytes("text/plain; charset=utf-8", note))
}

/// The public keys of the ledger, oldest first.
pub(super) fn keys(ask: &Ask) -> Result<Reply, Fault> {
    let keys = ask.place()?.organization.keys()?;
    let items: Vec<Value> =
        keys.iter().map(|(origin, key)| json!({"since": origin, "key": key})).collect();
    Ok(Reply::json(&json!({"items": items})))
}

/// Computes the whole ledger again.
pub(super) fn verify(ask: &Ask) -> Result<Reply, Fault> {
    let body = told::parse(&ask.body)?;
    let told = Told::of(&body, "")?;
    let outside = told.text("checkpoint").map(|text| ledger::verify::Outside {
        name: "the checkpoint you gave".to_owned(),
        note: format!("{}\n", text.trim_start_matches('\u{feff}').trim_end()),
    });
    told.done()?;
    let options = ledger::Options {
        outside: outside.into_iter().collect(),
        trusted: Vec::new(),
        every_signature: false,
        threads: std::thread::available_parallelism().ok(),
    };
    Ok(Reply::json(&match ask.place()?.organization.verify(&options) {
        Ok(report) => json!({
            "whole": true, "entries": report.size, "root": ledger::hash::encode(&report.root),
            "revisions": report.revisions, "erased": report.erased,
            "checkpoints": report.checkpoints, "files": report.files,
            "remarks": report.remarks.iter().map(ToString::to_string).collect::<Vec<_>>(),
        }),
        Err(err @ app::Error::Store(_)) => return Err(err.into()),
        Err(err) => json!({"whole": false, "fault": err.to_string()}),
    }))
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
    let called = |it: &Record| json!({"ref": it.name(), "kind": it.def().id, "title": it.title()});
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
        What::Act => "act",
        What::Prove => "prove",
        What::Read => "read",
        What::Review => "review",
        What::Mention => "mention",
        What::Seed => "seed",
    }
}

fn of_statement(soa: &Soa) -> Value {
    let day = |it: Option<jiff::civil::Date>| it.map(|it| it.to_string());
    let rows = soa.rows.iter().map(|it| {
        let applicability = match it.applicability {
            Applicability::Included => "included",
            Applicability::Excluded => "excluded",
            Applicability::Undecided => "undecided",
        };
        let implementation = match it.implementation {
            Implementation::NotBegun => "not_begun",
            Implementation::Planned => "planned",
            Implementation::InPart => "in_part",
            Implementation::Implemented => "implemented",
            Implementation::Unknown => "unknown",
        };
        json!({
            "reference": it.reference, "title": it.title, "theme": it.theme, "own": it.own,
            "applicability": applicability, "reasons": it.reasons,
            "justification": it.justification, "exclusion": it.exclusion,
            "implementation": implementation, "how": it.how, "owner": it.owner,
            "documents": it.documents, "proof_wanted": it.proof_wanted, "seed": it.seed,
            "drivers": it.drivers.iter().map(|it| json!({
                "kind": it.kind, "ref": it.number, "title": it.title,
            })).collect::<Vec<_>>(),
            "evidence": it.evidence.iter().map(|it| json!({
                "ref": it.number, "title": it.title, "day": it.day.to_string(), "until": day(it.until),
            })).collect::<Vec<_>>(),
        })
    });
    json!({
        "organization": soa.organization, "title": soa.title, "entry": soa.position,
        "day": soa.day.to_string(), "scope": soa.scope,
        "edition": soa.edition.as_ref().map(|it| &it.number), "approver": soa.approver,
        "approved_on": day(soa.approved_on), "seeds": soa.seeds,
        "rows": rows.collect::<Vec<_>>(),
    })
}
