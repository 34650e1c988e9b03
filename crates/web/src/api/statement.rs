//! The Statement of Applicability: as it stands, as a paper, between two points, decided on.

use std::sync::Arc;

use app::{Past, Point, accounts::Scope};
use axum::http::{StatusCode, header};
use domain::{
    access::Act,
    approvals,
    command::Subject,
    soa::{self, Applicability, Implementation, Soa},
};
use serde_json::{Value, json};

use super::{
    Endpoint, Fault, Gives, Is, Parameter, Reply, Takes, acts,
    endpoint::{AS_OF, get, post, text},
};
use crate::{
    Ask,
    pages::soa::edition_name,
    papers::{PaperForm, SoaOf},
    routes::Needs,
};

/// What can be asked of the Statement of Applicability.
pub(super) const TABLE: &[Endpoint] = &[
    get("/api/v1/o/{org}/soa", "soa", statement)
        .says("The Statement of Applicability as the records make it.")
        .needs(Needs::May(Act::SeeEverything))
        .gives(Gives::Json(200, "Statement")),
    get("/api/v1/o/{org}/soa/comparison", "soa_comparison", comparison)
        .says("What differs between the statements of two points; `to` is now when it is absent.")
        .needs(Needs::May(Act::SeeEverything))
        .query(&[
            Parameter { needed: true, name: "from", ..AS_OF },
            Parameter { name: "to", ..AS_OF },
        ])
        .gives(Gives::Json(200, "Comparison")),
    post("/api/v1/o/{org}/soa/assents", "soa_assent", assent)
        .says("Approves or publishes the Statement of Applicability as it stands, or refuses.")
        .scope(Scope::Approve)
        .takes(Takes::Json("Assent"), r#"{"purpose": "publish", "edition": "2026"}"#)
        .gives(Gives::Json(200, "Record")),
    get("/api/v1/o/{org}/soa/paper", "soa_paper", paper)
        .says("The statement as a paper: as the records make it, or an edition.")
        .needs(Needs::May(Act::Export))
        .long()
        .query(&[
            Parameter {
                name: "form",
                help: "The form of the file; `pdf` otherwise.",
                is: Is::One(&["pdf", "xlsx", "csv"]),
                needed: false,
            },
            text("edition", "The name of an edition, or the number of the approval that made it."),
            AS_OF,
        ])
        .gives(Gives::File(&["application/pdf", "text/csv", super::transfer::XLSX])),
];

/// The Statement of Applicability as it stands.
pub(super) fn statement(ask: &Ask) -> Result<Reply, Fault> {
    Ok(Reply::json(&of_statement(&soa::statement(ask.view()))))
}

/// What differs between two statements.
pub(super) fn comparison(ask: &Ask) -> Result<Reply, Fault> {
    let side = |name: &'static str| -> Result<Option<Arc<Past>>, Fault> {
        let Some(text) = ask.query.said(name) else { return Ok(None) };
        let point: Point = text.parse().map_err(|it: String| Fault::query(name, it))?;
        ask.point(point, Act::SeeEverything).map(Some).map_err(|err| match err {
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

/// The statement as a paper.
fn paper(ask: &Ask) -> Result<Reply, Fault> {
    let form = ask.query.said("form").and_then(PaperForm::from_extension).unwrap_or(PaperForm::Pdf);
    let edition = match ask.query.said("edition") {
        None => None,
        Some(wanted) => {
            let editions = approvals::soa_standing(ask.isms()).enumerate();
            let mut editions = editions.map(|(at, it)| (edition_name(at, it.1), it.0.name()));
            let found = editions.find(|it| it.0 == wanted || it.1 == wanted);
            let none = || Fault::query("edition", format!("there is no edition `{wanted}`"));
            Some(found.ok_or_else(none)?.0)
        }
    };
    let slug = ask.place()?.organization.slug();
    let of = edition.as_deref().map_or(SoaOf::Entry(ask.isms().position()), SoaOf::Edition);
    let bytes = ask.site.papers.soa(slug, of, form).map_err(|err| {
        tracing::error!(%err, organization = slug, "the statement was not printed");
        let detail = "the paper could not be made: what went wrong is in the log";
        Fault::new(StatusCode::SERVICE_UNAVAILABLE, "Not printed", detail)
    })?;
    let name = format!("attachment; filename=\"soa.{}\"", form.extension());
    Ok(Reply::bytes(form.media(), bytes).header(header::CONTENT_DISPOSITION, &name))
}

/// Assents to the statement as it stands, or refuses.
fn assent(ask: &Ask) -> Result<Reply, Fault> {
    acts::assent_to(ask, None, Subject::StatementOfApplicability, None)
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
