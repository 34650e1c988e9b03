//! `[webhooks]`: what webhooks may reach.

use super::section::section;

section! {
    /// What webhooks may reach. Administrators of an organization make them, on its settings.
    pub struct Webhooks in "webhooks" {
        /// Whether they may call addresses of your own network, and without encryption.
        allow_private: bool = "false",
    }
}
