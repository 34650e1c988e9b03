//! What an installation asks of whoever signs in.

use crate::provider::ProviderSettings;

/// How people sign in: the section `[sign_in]` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignIn {
    /// Whether everybody is asked for a second factor: `offered`, `asked` or `required`.
    pub second_factor: SecondFactor,
    /// Who else may say who somebody is.
    pub providers: Vec<ProviderSettings>,
}

/// Whether people are asked to set a second factor up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SecondFactor {
    /// Who wants one finds it on the page of their account.
    #[default]
    Offered,
    /// Who has none is led to it at each sign-in, and can go on without.
    Asked,
    /// Who has none sets one up before anything else.
    Required,
}
