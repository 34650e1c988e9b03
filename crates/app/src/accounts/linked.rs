//! How providers know an account: linked the first time somebody comes through one, or by hand, and
//! unlinked by hand.

use jiff::Timestamp;
use kinds::membership::Membership;
use meta::Id;
use serde_json::json;
use store::accounts::{self as rows, Preference};

use super::{Accounts, fold_email, provided, time};
use crate::{
    Error,
    provider::{Claims, ProviderRefused, ProviderSettings},
};

/// Set while nobody made sure that the e-mail address of an account is its owner's: they typed it.
const ONLY_SAID: &str = "sign-in/address-only-said";

/// An account as a provider knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider's short name.
    pub provider: String,
    /// What the provider calls its owner.
    pub subject: String,
    /// Since when.
    pub since: Timestamp,
    /// When they last signed in so.
    pub seen: Timestamp,
}

impl Accounts<'_> {
    /// Under which names providers know an account.
    ///
    /// # Errors
    /// When the database fails.
    pub fn identities(&self, account: Id) -> Result<Vec<Identity>, Error> {
        let rows = self.rows().identities(account)?.into_iter();
        Ok(rows
            .map(|it| Identity {
                provider: it.provider,
                subject: it.subject,
                since: time(it.since),
                seen: time(it.seen),
            })
            .collect())
    }

    /// Links an account with whom a provider let go; whoever asks is signed in to the one and came
    /// back from the other. What their groups give is brought up to date.
    ///
    /// # Errors
    /// [`Error::Provider`] says why they are not linked.
    pub fn link(
        &self,
        account: Id,
        provider: &ProviderSettings,
        claims: &Claims,
    ) -> Result<(), Error> {
        let name = || provider.name.clone();
        let folded = provided::proved_email(claims).and_then(fold_email);
        provided::check_domain(provider, folded.as_deref())?;
        let row = self.row(account)?;
        let known = self.rows().identities(account)?;
        let is_other =
            |it: &rows::Identity| it.issuer == provider.issuer && it.subject != claims.subject;
        if known.iter().any(is_other) {
            return Err(ProviderRefused::Another { name: name() }.into());
        }
        if !self.note_identity(provider, claims, account)? {
            return Err(ProviderRefused::Linked { name: name() }.into());
        }
        if folded.as_ref() == Some(&row.folded) {
            self.rows().remove_preference(account, None, ONLY_SAID)?;
        }
        self.admit(provider, claims).map(drop)
    }

    /// Forgets how a provider knows an account, and ends what its groups gave: nothing would end it
    /// later. `set_up` are all providers that there are. Answers whether it knew the account.
    ///
    /// # Errors
    /// [`Error::Wrong`] when it is the last way to sign in.
    pub fn unlink(
        &self,
        account: Id,
        provider: &str,
        set_up: &[&ProviderSettings],
    ) -> Result<bool, Error> {
        let known = self.rows().identities(account)?;
        if !known.iter().any(|it| it.provider == provider) {
            return Ok(false);
        }
        let is_set_up = |id: &str| set_up.iter().any(|it| it.id == id);
        let has_other = self.row(account)?.password.is_some()
            || !self.rows().passkeys(account)?.is_empty()
            || known.iter().any(|it| it.provider != provider && is_set_up(&it.provider));
        if !has_other {
            let what = "this is your only way to sign in: set a password or make a passkey first";
            return Err(Error::Wrong(what.to_owned()));
        }
        // Before it is forgotten: broken off here, the next sign-in gives it back.
        let settings = set_up.iter().find(|it| it.id == provider);
        let name = settings.map_or(provider, |it| it.name.as_str());
        for belonging in self.belongings(account)? {
            self.take_back(account, belonging.organization, provider, name)?;
        }
        self.rows().remove_identity(account, provider)?;
        Ok(true)
    }

    /// Notes that a provider calls the owner of an account so; `false` when it calls another's so.
    pub(super) fn note_identity(
        &self,
        provider: &ProviderSettings,
        claims: &Claims,
        account: Id,
    ) -> Result<bool, Error> {
        let now = self.now();
        Ok(self.rows().put_identity(&rows::Identity {
            issuer: provider.issuer.clone(),
            subject: claims.subject.clone(),
            account,
            provider: provider.id.clone(),
            since: now,
            seen: now,
        })?)
    }

    /// Notes that the owner of an account typed its e-mail address, and nobody made sure of it: no
    /// provider is linked by it.
    pub(super) fn note_only_said(&self, account: Id) -> Result<(), Error> {
        let name = ONLY_SAID.to_owned();
        let content = json!(true).to_string();
        let row = Preference { account, organization: None, name, content };
        Ok(self.rows().set_preference(&row)?)
    }

    /// Whether nobody made sure of the e-mail address of an account.
    pub(super) fn is_only_said(&self, account: Id) -> Result<bool, Error> {
        Ok(self.rows().preference(account, None, ONLY_SAID)?.is_some())
    }

    /// Ends what the groups of a provider gave in an organization.
    fn take_back(
        &self,
        account: Id,
        organization: Id,
        provider: &str,
        name: &str,
    ) -> Result<(), Error> {
        let given = self.rows().provided(organization, account, provider)?;
        let all = self.app.organizations()?;
        let row = all.iter().find(|it| it.organization == organization);
        let (false, Some(row)) = (given.is_empty(), row) else { return Ok(()) };
        let organization = self.app.organization(Some(&row.slug))?;
        let isms = organization.current()?;
        for id in given {
            let holds = isms.get(id).is_some_and(|it| {
                it.is_live() && it.typed::<Membership>().is_some() && it.stage().id == "active"
            });
            if holds {
                let why = format!("The account is no longer linked with {name}.");
                provided::end(&organization, name, id, why)?;
            }
        }
        Ok(())
    }
}
