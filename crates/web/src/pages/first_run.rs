//! The first run: whoever has the link from the console becomes the first administrator.

use app::accounts::{Acceptance, By};
use axum::http::StatusCode;
use domain::access::Access;
use kinds::{membership::Profile, person::Person};
use maud::{Markup, html};
use meta::Id;

use super::{
    link::Refused,
    organizations::begin::{self, after_beginning},
    sign_in,
};
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    form::Form,
    plain::{EMAIL, Faults, NAME, PASSWORD, check_person},
    shell, words,
};

/// An organization that was made on the command line, and who decides there.
struct Found {
    organization: Id,
    slug: String,
    name: String,
    administrators: Vec<(Id, String)>,
}

/// The page that makes the first account.
pub(super) fn page(ask: &Ask, form: &Form, faults: &Faults) -> Result<Page, Problem> {
    let found = found(ask)?;
    let body = html! {
        header {
            h1 { "Welcome to Muniment" }
            p.lead { "You are the first here, and become the administrator. Others are invited later, under Settings." }
        }
        form.form method="post" action=(ask.path) {
            (shell::token(ask))
            (faults.said())
            section.card.form aria-labelledby="you" {
                h2 #you { "You" }
                (NAME.show(form, faults)) (EMAIL.show(form, faults)) (PASSWORD.show(form, faults))
            }
            @if found.is_empty() {
                section.card.form aria-labelledby="organization" {
                    h2 #organization { "Your organization" }
                    (begin::fields(form, faults))
                }
            }
            @for it in &found { (whose(it, form)) }
            div.row { button.btn.go { "Begin" } }
        }
    };
    Ok(Page::new("Welcome to Muniment", body))
}

/// Who the first account is in an organization that is there already.
fn whose(found: &Found, form: &Form) -> Markup {
    let name = field_of(found);
    let chosen = form.get(&name);
    html! {
        section.card.form {
            h2 { (found.name) }
            div.field {
                label for=(name) { "Who you are there" }
                p.help { "This organization is here already. These persons decide in it who may do what." }
                select id=(name) name=(name) {
                    @for (at, (id, title)) in found.administrators.iter().enumerate() {
                        @let id = id.to_string();
                        option value=(id) selected[chosen.map_or(at == 0, |it| it == id)] { (title) }
                    }
                    option value="" selected[chosen == Some("")] { "none of them" }
                }
            }
        }
    }
}

/// Makes the account, and the organization when there is none.
pub(super) fn follow(ask: &Ask) -> Result<Answer, Refused> {
    let form = &ask.form;
    let said = |name: &str| form.get(name).unwrap_or_default().trim();
    let (name, email) = (said("name"), said("email"));
    let password = form.get("password").unwrap_or_default();
    let mut faults = Faults::default();
    check_person(name, email, &mut faults);
    let found = found(ask)?;
    let beginning = match found.is_empty() {
        true => Some(begin::read(ask, form, name, email, &mut faults)?),
        false => None,
    };
    let known = [name, email, said("organization"), said("short")];
    if let Err(refused) = app::accounts::check_password(password, &known) {
        faults.add("password", refused);
    }
    let accounts = ask.site.app.accounts();
    let made = match faults.is_empty() {
        true => match accounts.accept(ask.param("token"), &Acceptance { email, name, password }) {
            Ok(account) => Some(account),
            Err(app::Error::LinkOver) => return Err(Refused::Over),
            Err(err) => {
                faults.take(err, "password")?;
                None
            }
        },
        false => None,
    };
    let Some(account) = made else {
        let page = page(ask, form, &faults)?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into());
    };
    let (_, cookies) = sign_in::open(ask, account.id, By::Password)?;
    let to = match beginning {
        Some(beginning) => match ask.site.app.begin_via(&beginning, "web") {
            Ok((organization, person)) => {
                accounts.belong(account.id, organization.id(), person)?;
                after_beginning(organization.slug())
            }
            // The account is there: the organization can be tried again.
            Err(err) if err.is_refusal() => "/organizations/new".to_owned(),
            Err(err) => return Err(err.into()),
        },
        None => {
            for it in &found {
                let chosen = form.get(&field_of(it)).and_then(|it| it.parse().ok());
                let is_one = |id: &Id| it.administrators.iter().any(|(it, _)| it == id);
                if let Some(person) = chosen.filter(is_one) {
                    accounts.belong(account.id, it.organization, person)?;
                }
            }
            "/".to_owned()
        }
    };
    Ok(Answer::Go { to, said: None, cookies })
}

fn field_of(found: &Found) -> String {
    format!("person-{}", found.slug)
}

/// The organizations that have begun, with their administrators.
fn found(ask: &Ask) -> Result<Vec<Found>, Problem> {
    let begun = ask.site.app.organizations()?.into_iter().filter(|it| it.seq > 0);
    let mut found = Vec::new();
    for row in begun {
        let organization = ask.site.app.organization(Some(&row.slug))?;
        let isms = organization.current()?;
        let day = organization.today(&isms);
        let decides = |id: Id| Access::of(&isms, id, day).profiles().has(Profile::Administrator);
        let administrators = isms.live::<Person>().filter(|it| decides(it.0.head.id));
        let administrators: Vec<(Id, String)> = administrators
            .map(|(it, _)| (it.head.id, format!("{} ({})", it.title(), it.name())))
            .collect();
        found.push(Found {
            organization: row.organization,
            name: words::organization(&isms, &row.slug).to_owned(),
            slug: row.slug,
            administrators,
        });
    }
    Ok(found)
}
