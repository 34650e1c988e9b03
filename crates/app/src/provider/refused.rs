//! Why somebody does not come in through a provider.

/// Why somebody does not come in through a provider. What exactly was wrong with an answer is for
/// the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderRefused {
    /// It took too long, or was begun in another browser or tab.
    #[error("that took too long, or was begun in another window: begin once more")]
    Over,
    /// The provider does not answer.
    #[error("{name} does not answer: try again in a moment, or go another way")]
    Silent {
        /// What people call it.
        name: String,
    },
    /// The provider did not sign somebody in.
    #[error("{name} did not sign you in: begin once more, or go another way")]
    Declined {
        /// What people call it.
        name: String,
    },
    /// What the provider answered is not signed, not meant for us, not fresh, or no answer.
    #[error(
        "what {name} answered cannot be trusted, so nobody was signed in: begin once more, and tell \
         your administrator if it stays"
    )]
    Untrue {
        /// What people call it.
        name: String,
    },
    /// The provider did not make sure of the e-mail address.
    #[error(
        "{name} has not made sure of your e-mail address, so we cannot tell which account is yours: \
         ask your administrator"
    )]
    Unverified {
        /// What people call it.
        name: String,
    },
    /// The e-mail address is in a domain that is not let in.
    #[error("through {name} only addresses of certain domains are let in, and yours is of another")]
    Domain {
        /// What people call it.
        name: String,
    },
    /// The provider knows them, we do not.
    #[error(
        "{name} knows you, but nobody has given you access here yet: ask an administrator of your \
         organization"
    )]
    Unknown {
        /// What people call it.
        name: String,
    },
    /// The account is somebody else's at the provider.
    #[error(
        "the account with your e-mail address belongs to somebody else at {name}: ask your \
         administrator"
    )]
    Taken {
        /// What people call it.
        name: String,
    },
    /// There is an account with the e-mail address, and only its owner says that it is theirs.
    #[error(
        "an account here has your e-mail address, but nobody has made sure of that: if it is yours, \
         sign in to it another way and link {name} on the page of your account; if not, tell your \
         administrator"
    )]
    OnlySaid {
        /// What people call it.
        name: String,
    },
    /// To be linked, but known here as somebody else.
    #[error(
        "at {name} you are somebody who has another account here: sign in to that one and unlink it \
         first, or choose another account there"
    )]
    Linked {
        /// What people call it.
        name: String,
    },
    /// To be linked, but another is linked already.
    #[error("your account is linked with somebody else at {name} already: unlink that one first")]
    Another {
        /// What people call it.
        name: String,
    },
    /// The account is disabled.
    #[error("this account is disabled: ask whoever administers it here")]
    Disabled,
}
