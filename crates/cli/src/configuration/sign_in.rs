//! `[sign_in]`: how people sign in.

use app::{accounts::SecondFactor, provider::Grant};
use kinds::membership::Profile;
use meta::Choice;

use super::{Secret, Setting, section::section};

section! {
    /// How people sign in.
    pub struct SignIn in "sign_in" {
        /// Whether everybody is asked for a second factor: `offered`, `asked` at each sign-in, or
        /// `required`.
        second_factor: SecondFactor = "offered",
    }
}

section! {
    /// A provider that people may sign in through (OpenID Connect), by a short name of yours. Tell it
    /// that people come back to `https://isms.example.org/sign-in/back/NAME`.
    pub struct Provider in "sign_in.provider" named {
        /// What people call it.
        name: Option<String> = "" [example "Keycloak"],
        /// Its address, exactly as it names itself.
        issuer: Option<String> = "" [example "https://id.example.org/realms/example"],
        /// What it calls this installation.
        client_id: Option<String> = "" [example "muniment"],
        /// What this installation proves that with.
        client_secret: Option<Secret> = "",
        /// What is asked for beside `openid`.
        scopes: Vec<String> = "email,profile",
        /// The claim that lists the groups of somebody.
        groups_claim: String = "groups",
        /// What groups give, at each sign-in: `group = access profile`, in front `organization: `
        /// where there are several; the group `*` is everybody.
        groups: Vec<Gives> = "" [
            example "isms-admins = administrator,example: staff = employee"
        ],
        /// Whether somebody unknown gets an account, when a group gives them access.
        create: bool = "false",
        /// The domains of e-mail addresses that are let in; empty for all.
        domains: Vec<String> = "" [example "example.org"],
    }
}

/// What a group gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gives(pub Grant);

impl Setting for Gives {
    const EXPECTED: &'static str =
        "a group and an access profile, like isms-admins = administrator";

    fn parse(text: &str) -> Option<Self> {
        let (group, profile) = text.rsplit_once('=')?;
        let profile = Profile::from_id(profile.trim())?;
        let (organization, group) = match group.split_once(": ") {
            Some((organization, group)) => (Some(organization.trim().to_owned()), group),
            None => (None, group),
        };
        let group = group.trim().to_owned();
        let fits = !group.is_empty() && profile != Profile::ExternalAuditor;
        fits.then_some(Self(Grant { organization, group, profile }))
    }
}

impl Setting for SecondFactor {
    const EXPECTED: &'static str = "offered, asked or required";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "offered" => Some(Self::Offered),
            "asked" => Some(Self::Asked),
            "required" => Some(Self::Required),
            _ => None,
        }
    }
}
