//! A new password for who forgot theirs, by mail.

use std::net::IpAddr;

use meta::Id;

use super::{Accounts, fold_email, throttle::Subject};
use crate::{
    Error,
    outbox::{Content, MAIL},
};

impl Accounts<'_> {
    /// Sends a link to a new password to this e-mail address, if an account with a password has it;
    /// nobody learns from the answer whether one has. An account without a password is opened by
    /// other ways, and this shall not add one. After two mails each next one has to wait.
    ///
    /// # Errors
    /// [`Error::SignIn`] when it was asked too often.
    pub fn forgotten(&self, email: &str, address: IpAddr) -> Result<(), Error> {
        let folded = fold_email(email);
        let who = folded.clone().unwrap_or_else(|| email.chars().take(254).collect());
        self.try_once(Subject::Forgotten(&who), Subject::Address(address))?;
        let found = folded.map(|it| self.rows().by_email(&it)).transpose()?.flatten();
        let found = found.filter(|it| it.disabled.is_none() && it.password_set.is_some());
        // A letter to nobody takes as long as one to somebody, and is dropped.
        let account = found.map_or(Id::nil(), |it| it.id);
        self.app.outbox().put(MAIL, None, None, &Content::Reset { account }).map(drop)
    }
}
