//! `[sign_in]`: how people sign in.

use app::accounts::SecondFactor;

use super::{Setting, section::section};

section! {
    /// How people sign in.
    pub struct SignIn in "sign_in" {
        /// Whether everybody is asked for a second factor: `offered`, `asked` at each sign-in, or
        /// `required`.
        second_factor: SecondFactor = "offered",
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
