//! Another organization: its name, its short name, its time zone.

use app::Beginning;
use axum::http::StatusCode;
use domain::access::Access;
use kinds::membership::Profile;
use maud::{Markup, html};

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    form::Form,
    plain::{Faults, Field, Input},
    routes::routes,
    shell,
};

const NAME: Field = Field {
    id: "organization-name",
    name: "organization",
    label: "Its name",
    help: "As in its register entry, such as Hollerbusch Kliniken GmbH.",
    input: Input::Text("organization"),
};

const SHORT: Field = Field {
    id: "short",
    name: "short",
    label: "Its short name",
    help: "Stands in addresses: lower-case letters, digits and hyphens. Leave it empty and it is \
           made from the name. It cannot be changed later.",
    input: Input::Optional,
};

const ZONE: Field = Field {
    id: "zone",
    name: "zone",
    label: "Its time zone",
    help: "Days begin and end by it.",
    input: Input::Zone,
};

/// The fields that an organization begins with.
pub(crate) fn fields(form: &Form, faults: &Faults) -> Markup {
    html! { (NAME.show(form, faults)) (SHORT.show(form, faults)) (ZONE.show(form, faults)) }
}

/// What the form says about a new organization; what is wrong with it is noted.
///
/// # Errors
/// When the database fails.
pub(crate) fn read(
    ask: &Ask,
    form: &Form,
    person: &str,
    email: &str,
    faults: &mut Faults,
) -> Result<Beginning, Problem> {
    let said = |name: &str| form.get(name).unwrap_or_default().trim().to_owned();
    let (name, short, zone) = (said("organization"), said("short"), said("zone"));
    let slug = if short.is_empty() { app::short_name(&name) } else { short };
    let beginning = Beginning {
        slug,
        name,
        time_zone: zone,
        origin: None,
        person: person.to_owned(),
        email: Some(email.to_owned()),
    };
    if beginning.name.is_empty() {
        faults.add(NAME.id, "write what the organization is called");
        return Ok(beginning);
    }
    // Each field on its own, to say where it was typed what is wrong with it.
    let filled = Beginning { time_zone: "UTC".to_owned(), ..beginning.clone() };
    let filled = Beginning { person: "x".to_owned(), ..filled };
    if let Err(err) = filled.check() {
        faults.add(SHORT.id, err);
    } else if ask.site.app.organizations()?.iter().any(|it| it.slug == filled.slug && it.seq > 0) {
        let slug = &filled.slug;
        faults.add(SHORT.id, format!("there is an organization `{slug}` here already"));
    }
    if let Err(err) =
        (Beginning { slug: "x".to_owned(), time_zone: beginning.time_zone.clone(), ..filled })
            .check()
    {
        faults.add(ZONE.id, err);
    }
    Ok(beginning)
}

/// Whether somebody may begin organizations: who is an administrator of one, or the first here.
///
/// # Errors
/// When the database fails.
pub(super) fn may(ask: &Ask) -> Result<bool, Problem> {
    let begun = ask.site.app.organizations()?.into_iter().filter(|it| it.seq > 0);
    let accounts = ask.site.app.accounts();
    let account = ask.signed()?.account.id;
    let mut is_first = true;
    for row in begun {
        is_first = false;
        let Some(person) = accounts.person(account, row.organization)? else { continue };
        let organization = ask.site.app.organization(Some(&row.slug))?;
        let isms = organization.current()?;
        let access = Access::of(&isms, person, organization.today(&isms));
        if access.profiles().has(Profile::Administrator) {
            return Ok(true);
        }
    }
    Ok(is_first)
}

/// The form of a new organization.
pub(super) fn new(ask: &Ask) -> Result<Answer, Problem> {
    must(ask)?;
    Ok(page(ask, &ask.query, &Faults::default()).into())
}

/// Begins an organization; whoever asks is its administrator.
pub(super) fn create(ask: &Ask) -> Result<Answer, Problem> {
    must(ask)?;
    let account = &ask.signed()?.account;
    let mut faults = Faults::default();
    let beginning = read(ask, &ask.form, &account.name, &account.email, &mut faults)?;
    if faults.is_empty() {
        match ask.site.app.begin_via(&beginning, "web") {
            Ok((organization, person)) => {
                ask.site.app.accounts().belong(account.id, organization.id(), person)?;
                let said = format!("{} begins. You are its administrator.", beginning.name);
                return Ok(Answer::done(after_beginning(organization.slug()), said, None));
            }
            Err(err) if err.is_refusal() => faults.add("", err),
            Err(err) => return Err(err.into()),
        }
    }
    let page = page(ask, &ask.form, &faults);
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into())
}

/// Where to go in an organization that has just begun: the doors of the first hour, else home.
pub(crate) fn after_beginning(slug: &str) -> String {
    match routes().any(|it| it.path == "/o/{place}/begin") {
        true => format!("/o/{slug}/begin"),
        false => format!("/o/{slug}"),
    }
}

fn must(ask: &Ask) -> Result<(), Problem> {
    match may(ask)? {
        true => Ok(()),
        false => Err(Problem::Forbidden(
            "organizations are begun by who is an administrator of one: ask yours".to_owned(),
        )),
    }
}

fn page(ask: &Ask, form: &Form, faults: &Faults) -> Page {
    let body = html! {
        header {
            h1 { "Begin another organization" }
            p.lead { "It has a ledger, a signing key and members of its own. Nobody of your other organizations sees it. You become its administrator." }
        }
        form.card.form method="post" action="/organizations/new" {
            (shell::token(ask))
            (faults.said())
            (fields(form, faults))
            div.row { button.btn.go { "Begin" } a.btn href="/organizations" { "Leave" } }
        }
    };
    Page::new("Begin another organization", body)
}
