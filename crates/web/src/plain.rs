//! Fields of forms that belong to no record: signing in, accounts, the first run.

use std::fmt::Display;

use app::accounts::LONGEST_NAME;
use domain::parameters;
use maud::{Markup, html};

use crate::{Problem, form::Form, problem::sentence_of};

/// What is wrong with a form, by the ids of its fields; what is wrong with the whole has none.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<(&'static str, String)>);

/// One field.
pub(crate) struct Field {
    /// Its id on the page.
    pub(crate) id: &'static str,
    /// Its name in the form.
    pub(crate) name: &'static str,
    /// Its label.
    pub(crate) label: &'static str,
    /// What to know before typing.
    pub(crate) help: &'static str,
    /// What is typed in.
    pub(crate) input: Input,
}

/// What is typed into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Input {
    /// A text, and what browsers may fill in for it.
    Text(&'static str),
    /// A text that may be empty.
    Optional,
    /// An e-mail address, of whoever types, and what browsers may fill in for it.
    Email(&'static str),
    /// A code of an authenticator app.
    Code,
    /// The present password.
    Password,
    /// A new password.
    NewPassword,
    /// One of the time zones.
    Zone,
}

impl Faults {
    /// Nothing is wrong with the whole but this.
    pub(crate) fn whole(what: impl Display) -> Self {
        Self::on("", what)
    }

    /// Nothing is wrong but this.
    pub(crate) fn on(field: &'static str, what: impl Display) -> Self {
        let mut faults = Self::default();
        faults.add(field, what);
        faults
    }

    /// This is wrong too.
    pub(crate) fn add(&mut self, field: &'static str, what: impl Display) {
        self.0.push((field, sentence_of(&what.to_string())));
    }

    /// Whether all is well.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes what an act on an account refused; what is no refusal goes on.
    pub(crate) fn take(&mut self, err: app::Error, password: &'static str) -> Result<(), Problem> {
        match err {
            app::Error::Password(refused) => self.add(password, refused),
            app::Error::EmailTaken { .. } => self.add("email", err),
            err if err.is_refusal() => self.add("", err),
            err => return Err(err.into()),
        }
        Ok(())
    }

    /// What is wrong with the whole.
    pub(crate) fn said(&self) -> Markup {
        html! { @for what in self.of("") { p.wrong role="alert" { (what) } } }
    }

    /// What is wrong with one field.
    pub(crate) fn at(&self, field: &str) -> Markup {
        html! { @for what in self.of(field) { p.wrong id={ (field) "-wrong" } { (what) } } }
    }

    fn of(&self, field: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |it| it.0 == field).map(|it| it.1.as_str())
    }
}

impl Field {
    /// The field with its label, filled with what the form says and with what is wrong. What was
    /// typed as a password is never shown again.
    pub(crate) fn show(&self, form: &Form, faults: &Faults) -> Markup {
        let value = form.get(self.name).unwrap_or_default();
        let helped = (!self.help.is_empty()).then(|| format!("{}-help", self.id));
        let wrong = faults.of(self.id).next().map(|_| format!("{}-wrong", self.id));
        let told: Vec<&str> = [helped.as_deref(), wrong.as_deref()].into_iter().flatten().collect();
        let told = (!told.is_empty()).then(|| told.join(" "));
        let invalid = wrong.is_some().then_some("true");
        html! {
            div.field {
                label for=(self.id) { (self.label) }
                @if let Some(helped) = &helped { p.help id=(helped) { (self.help) } }
                @match self.input {
                    Input::Text(auto) => { input type="text" id=(self.id) name=(self.name) value=(value) autocomplete=(auto) required aria-describedby=[told] aria-invalid=[invalid]; }
                    Input::Optional => { input type="text" id=(self.id) name=(self.name) value=(value) autocomplete="off" aria-describedby=[told] aria-invalid=[invalid]; }
                    Input::Email(auto) => { input type="email" id=(self.id) name=(self.name) value=(value) autocomplete=(auto) required aria-describedby=[told] aria-invalid=[invalid]; }
                    Input::Code => { input.code type="text" id=(self.id) name=(self.name) inputmode="numeric" autocomplete="one-time-code" maxlength="12" spellcheck="false" required aria-describedby=[told] aria-invalid=[invalid]; }
                    Input::Password => { pass-word { input type="password" id=(self.id) name=(self.name) autocomplete="current-password" required aria-describedby=[told] aria-invalid=[invalid]; } }
                    Input::NewPassword => { pass-word { input type="password" id=(self.id) name=(self.name) autocomplete="new-password" required aria-describedby=[told] aria-invalid=[invalid]; } }
                    Input::Zone => {
                        time-zone {
                            input type="text" id=(self.id) name=(self.name) value=(value) list="zones" placeholder="Europe/Berlin" autocomplete="off" required aria-describedby=[told] aria-invalid=[invalid];
                            datalist #zones { @for zone in jiff::tz::db().available().filter(|it| parameters::is_time_zone(it.as_str())) { option value=(zone.as_str()) {} } }
                        }
                    }
                }
                (faults.at(self.id))
            }
        }
    }
}

/// What a new password must be, said beside its field.
pub(crate) const PASSWORD_HELP: &str = "At least 15 characters. A few words that have nothing to \
    do with each other are easy to keep in mind; signs and digits are not asked for.";

/// Name, e-mail address and password of whoever gets a new account.
pub(crate) const NAME: Field = Field {
    id: "name",
    name: "name",
    label: "Your name",
    help: "As colleagues use it.",
    input: Input::Text("name"),
};

/// The e-mail address of whoever gets a new account.
pub(crate) const EMAIL: Field = Field {
    id: "email",
    name: "email",
    label: "Your e-mail address",
    help: "You sign in with it.",
    input: Input::Email("username"),
};

/// The password of whoever gets a new account.
pub(crate) const PASSWORD: Field = Field {
    id: "password",
    name: "password",
    label: "A password",
    help: PASSWORD_HELP,
    input: Input::NewPassword,
};

/// What is wrong with a name and an e-mail address, as far as it shows before they are used.
pub(crate) fn check_person(name: &str, email: &str, faults: &mut Faults) {
    if name.trim().is_empty() {
        faults.add("name", "write your name");
    } else if name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        let what = format!("this is not a name: write up to {LONGEST_NAME} characters on one line");
        faults.add("name", what);
    }
    if app::accounts::fold_email(email).is_none() {
        faults.add("email", "this is not an e-mail address: write one like ada@example.org");
    }
}
