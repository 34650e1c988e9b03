//! Links that work once: the first run, invitations, signing in, a new password.
//!
//! A page that a link opens only peeks, because mail scanners and browsers open every link before
//! people do; a button then uses it.

use jiff::{SignedDuration, Timestamp};
use meta::Id;
use store::accounts::{self as rows, Joined, Joining};

use super::{Account, Accounts, Token, account, check_password, hash, time, token};
use crate::Error;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To make the first account of the installation; works while there is none.
    FirstRun,
    /// To become a person of an organization, with a new account or one that there is.
    Invitation,
    /// To sign in to the account it names, without a password.
    SignIn,
    /// To set a new password for the account it names.
    Reset,
}

/// What a link is for, and for whom. Fill in what its purpose needs: a [`Purpose::FirstRun`]
/// nothing, an [`Purpose::Invitation`] organization, person and e-mail address, the others the
/// account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// What happens when it is used.
    pub purpose: Purpose,
    /// The account it is for.
    pub account: Option<Id>,
    /// The organization it leads into.
    pub organization: Option<Id>,
    /// The person it makes of whoever uses it.
    pub person: Option<Id>,
    /// The e-mail address it is sent to.
    pub email: Option<String>,
}

/// A link as it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// What it is for.
    pub once: Once,
    /// When it was made.
    pub issued: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
}

/// What somebody who follows a link to a new account says about themselves.
#[derive(Debug, Clone, Copy)]
pub struct Acceptance<'a> {
    /// Their e-mail address.
    pub email: &'a str,
    /// Their name.
    pub name: &'a str,
    /// The password they want.
    pub password: &'a str,
}

impl Once {
    /// A link of this purpose, for nobody yet.
    pub fn new(purpose: Purpose) -> Self {
        Self { purpose, account: None, organization: None, person: None, email: None }
    }

    /// A link of this purpose for an account.
    pub fn for_account(purpose: Purpose, account: Id) -> Self {
        Self { account: Some(account), ..Self::new(purpose) }
    }

    /// An invitation to become a person of an organization.
    pub fn invitation(organization: Id, person: Id, email: Option<String>) -> Self {
        let (organization, person) = (Some(organization), Some(person));
        Self { organization, person, email, ..Self::new(Purpose::Invitation) }
    }
}

impl Accounts<'_> {
    /// Makes a link; the token goes into its address and is not kept here. An older invitation of
    /// the same person no longer works.
    ///
    /// # Errors
    /// [`Error::Wrong`] when the link lacks what its purpose needs.
    pub fn issue(&self, once: &Once, lifetime: SignedDuration) -> Result<Token, Error> {
        let complete = match once.purpose {
            Purpose::FirstRun => true,
            Purpose::Invitation => once.organization.is_some() && once.person.is_some(),
            Purpose::SignIn | Purpose::Reset => once.account.is_some(),
        };
        if !complete {
            return Err(Error::Wrong("this link does not say for whom it is".to_owned()));
        }
        if let (Purpose::Invitation, Some(organization), Some(person)) =
            (once.purpose, once.organization, once.person)
        {
            self.rows().recall(organization, person, once.purpose.id())?;
        }
        let (now, token) = (self.now(), Token::fresh());
        let row = rows::Once {
            purpose: once.purpose.id().to_owned(),
            account: once.account,
            organization: once.organization,
            person: once.person,
            email: once.email.as_deref().map(super::email::checked).transpose()?,
            issued: now,
            expires: now.saturating_add(i64::try_from(lifetime.as_millis()).unwrap_or(i64::MAX)),
        };
        self.rows().issue(&token::hash(token.as_str()), &row)?;
        Ok(token)
    }

    /// What a link is for, without using it; `None` when it is used, expired or unknown.
    pub fn peek(&self, token: &str) -> Result<Option<Issued>, Error> {
        let found = self.rows().peek(&token::hash(token), self.now())?;
        let Some(row) = found else { return Ok(None) };
        let over = row.purpose == Purpose::FirstRun.id() && self.any()?;
        Ok(issued(row).filter(|_| !over))
    }

    /// Uses a link up that is for this, and answers what it is for; of many who try at once, one
    /// succeeds. For [`Purpose::SignIn`]; the others have [`Accounts::accept`],
    /// [`Accounts::join`] and [`Accounts::reset`], which do all or nothing.
    ///
    /// # Errors
    /// [`Error::LinkOver`].
    pub fn redeem(&self, token: &str, purpose: Purpose) -> Result<Once, Error> {
        let found = self.rows().redeem(&token::hash(token), purpose.id(), self.now())?;
        found.and_then(issued).map(|it| it.once).ok_or(Error::LinkOver)
    }

    /// Uses a link for the first run or an invitation up to make an account, which becomes the
    /// person that an invitation names. Refused, the link still works.
    ///
    /// # Errors
    /// [`Error::LinkOver`]; [`Error::EmailTaken`]: let them sign in and [`Accounts::join`];
    /// [`Error::PersonTaken`]; [`Error::Password`]; [`Error::Wrong`] when e-mail address or name is
    /// none.
    pub fn accept(&self, token: &str, acceptance: &Acceptance<'_>) -> Result<Account, Error> {
        let once = self.expect(token, &[Purpose::FirstRun, Purpose::Invitation])?;
        let mut row = self.new_row(acceptance.email, acceptance.name)?;
        let mut known = vec![acceptance.email.to_owned(), acceptance.name.to_owned()];
        if let Some(organization) = once.organization {
            known.extend(self.names_of(organization)?);
        }
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        check_password(acceptance.password, &known)?;
        row.password = Some(hash::hash(acceptance.password));
        row.password_set = Some(row.created);
        self.use_up(token, &once, row.id, Some(&row))?;
        // Whoever began the installation, and who was invited at this address, is believed.
        if once.purpose == Purpose::Invitation && once.email.as_ref() != Some(&row.folded) {
            self.note_only_said(row.id)?;
        }
        Ok(account(row))
    }

    /// Uses an invitation up for an account that there is, by whoever is signed in to it. The
    /// account becomes the person that the invitation names; nothing else about it changes.
    ///
    /// # Errors
    /// [`Error::LinkOver`], [`Error::PersonTaken`].
    pub fn join(&self, token: &str, account: Id) -> Result<Once, Error> {
        let once = self.expect(token, &[Purpose::Invitation])?;
        self.row(account)?;
        self.use_up(token, &once, account, None)?;
        Ok(once)
    }

    /// Uses a link up to set a new password; all sessions of the account end. Refused, the link
    /// still works.
    ///
    /// # Errors
    /// [`Error::LinkOver`], [`Error::Password`].
    pub fn reset(&self, token: &str, password: &str) -> Result<Account, Error> {
        let once = self.expect(token, &[Purpose::Reset])?;
        self.check_password(once.account.ok_or(Error::LinkOver)?, password)?;
        let password = hash::hash(password);
        let purpose = Purpose::Reset.id();
        let set = self.rows().reset(&token::hash(token), purpose, &password, self.now())?;
        self.by_id(set.ok_or(Error::LinkOver)?)?.ok_or(Error::LinkOver)
    }

    /// The invitations into an organization that can still be used, oldest first.
    pub fn invitations(&self, organization: Id) -> Result<Vec<Issued>, Error> {
        let purpose = Purpose::Invitation.id();
        let rows = self.rows().links(organization, purpose, self.now())?;
        Ok(rows.into_iter().filter_map(issued).collect())
    }

    /// Takes back the invitation of a person; answers whether there was one.
    pub fn recall(&self, organization: Id, person: Id) -> Result<bool, Error> {
        Ok(self.rows().recall(organization, person, Purpose::Invitation.id())? > 0)
    }

    fn expect(&self, token: &str, purposes: &[Purpose]) -> Result<Once, Error> {
        let found = self.peek(token)?.map(|it| it.once);
        found.filter(|it| purposes.contains(&it.purpose)).ok_or(Error::LinkOver)
    }

    fn use_up(
        &self,
        token: &str,
        once: &Once,
        account: Id,
        new: Option<&rows::Account>,
    ) -> Result<(), Error> {
        let now = self.now();
        let belonging = once.organization.zip(once.person).map(|(organization, person)| {
            rows::Belonging { account, organization, person, since: now }
        });
        let joined = self.rows().join(&Joining {
            hash: &token::hash(token),
            purpose: once.purpose.id(),
            first: once.purpose == Purpose::FirstRun,
            account: new,
            belonging: belonging.as_ref(),
            now,
        })?;
        match joined {
            Joined::Done => Ok(()),
            Joined::NoLink => Err(Error::LinkOver),
            Joined::EmailTaken => {
                let email = new.map(|it| it.email.clone()).unwrap_or_default();
                Err(Error::EmailTaken { email })
            }
            Joined::PersonTaken => Err(Error::PersonTaken),
        }
    }
}

impl Purpose {
    const ALL: [Self; 4] = [Self::FirstRun, Self::Invitation, Self::SignIn, Self::Reset];

    fn id(self) -> &'static str {
        match self {
            Self::FirstRun => "first-run",
            Self::Invitation => "invitation",
            Self::SignIn => "sign-in",
            Self::Reset => "reset",
        }
    }
}

/// A link of a purpose that a later version of this program knows is no link for this one.
fn issued(row: rows::Once) -> Option<Issued> {
    let purpose = Purpose::ALL.into_iter().find(|it| it.id() == row.purpose)?;
    let rows::Once { account, organization, person, email, issued, expires, .. } = row;
    let once = Once { purpose, account, organization, person, email };
    Some(Issued { once, issued: time(issued), expires: time(expires) })
}
