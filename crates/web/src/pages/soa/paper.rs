//! The statement as a file.

use domain::approvals;
use maud::html;

use super::editions::edition_name;
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    papers::{PaperForm, SoaOf},
};

/// The paper: the working copy as of the point shown, or an edition.
pub(super) fn paper(ask: &Ask) -> Result<Answer, Problem> {
    let form = PaperForm::from_extension(ask.param("form")).ok_or(Problem::NotFound)?;
    let slug = ask.place()?.organization.slug();
    let edition = match ask.query.said("edition") {
        None => None,
        Some(wanted) => {
            let mut editions = approvals::soa_standing(ask.isms()).enumerate();
            let found = editions.find(|(_, (record, _))| record.head.id.to_string() == wanted);
            let (at, (_, approval)) = found.ok_or(Problem::NotFound)?;
            Some(edition_name(at, approval))
        }
    };
    let position = ask.isms().position();
    let of = edition.as_deref().map_or(SoaOf::Entry(position), SoaOf::Edition);
    let name = match &edition {
        Some(edition) => format!("{slug} statement of applicability {edition}"),
        None => format!("{slug} statement of applicability, working copy {}", ask.day()),
    };
    match ask.site.papers.soa(slug, of, form) {
        Ok(bytes) => Ok(Answer::file(format!("{name}.{}", form.extension()), form.media(), bytes)),
        Err(err) => {
            tracing::error!(%err, organization = slug, "the statement was not printed");
            Ok(failed(ask, form).into())
        }
    }
}

fn failed(ask: &Ask, form: PaperForm) -> Page {
    let what = match form {
        PaperForm::Pdf => "PDF",
        PaperForm::Xlsx => "Excel file",
        PaperForm::Csv => "CSV file",
    };
    let body = html! {
        header { h1 { "The " (what) " could not be made" } p.lead { "Nothing is lost: the statement is as it was. What went wrong is in the log, for your administrator. Try again in a moment." } }
        p.row {
            a.btn.go href={ (ask.path) "?" (ask.query.query()) } { "Try again" }
            a.btn href=(ask.to("/soa")) { "Back to the statement" }
        }
    };
    let page = Page::new("Not printed", body).at("/soa");
    let page = page.with_status(axum::http::StatusCode::SERVICE_UNAVAILABLE);
    page.below("Statement of Applicability", ask.to("/soa"))
}
