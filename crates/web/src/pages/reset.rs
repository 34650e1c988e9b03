//! A new password by a link.

use app::accounts::{By, Once};
use axum::http::StatusCode;
use maud::html;

use super::{link::Refused, sign_in};
use crate::{
    Answer, Ask, Problem,
    answer::Page,
    plain::{Faults, Field, Input, PASSWORD_HELP},
    shell,
};

const PASSWORD: Field = Field {
    id: "password",
    name: "password",
    label: "Your new password",
    help: PASSWORD_HELP,
    input: Input::NewPassword,
};

/// The page to choose a new password on.
pub(super) fn page(ask: &Ask, once: &Once, faults: &Faults) -> Result<Page, Problem> {
    let account = once.account.map(|it| ask.site.app.accounts().by_id(it)).transpose()?.flatten();
    let account = account.ok_or(Problem::NotFound)?;
    let body = html! {
        header {
            h1 { "Choose a new password" }
            p.lead { "For " (account.name) ", " (account.email) ". Wherever you are signed in, you are signed out then." }
        }
        form.card.form method="post" action=(ask.path) {
            (shell::token(ask))
            (faults.said())
            // Password managers keep a password under the name they find beside it.
            input type="text" autocomplete="username" value=(account.email) readonly hidden;
            (PASSWORD.show(&ask.form, faults))
            div.row { button.btn.go { "Keep this password and sign in" } }
        }
    };
    Ok(Page::new("Choose a new password", body))
}

/// Sets the password and signs in.
pub(super) fn follow(ask: &Ask, once: &Once) -> Result<Answer, Refused> {
    let password = ask.form.get("password").unwrap_or_default();
    match ask.site.app.accounts().reset(ask.param("token"), password) {
        Ok(account) => Ok(sign_in::admit(ask, &ask.form, account.id, By::Password, "/")?),
        Err(app::Error::LinkOver) => Err(Refused::Over),
        Err(err) => {
            let mut faults = Faults::default();
            faults.take(err, "password")?;
            let page = page(ask, once, &faults)?;
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into())
        }
    }
}
