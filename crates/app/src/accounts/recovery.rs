//! Recovery codes: for whoever has lost their second factor. Each works once.

use std::net::IpAddr;

use ledger::{Hash, hash::sha256};
use meta::Id;

use super::{Accounts, SignInRefused};
use crate::{Error, clock::random};

/// So many are made at a time.
pub const CODES: usize = 10;

/// No letter that is mistaken for a digit, and none that makes words.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl Accounts<'_> {
    /// Makes new recovery codes in place of those before, and hands them over: only hashes are kept.
    ///
    /// # Errors
    /// [`Error::Wrong`] when the account has no second factor.
    pub fn fresh_codes(&self, account: Id) -> Result<Vec<String>, Error> {
        if !self.factors(account)?.is_second() {
            let what = "recovery codes come with a second factor: set one up first";
            return Err(Error::Wrong(what.to_owned()));
        }
        let codes: Vec<String> = (0..CODES).map(|_| fresh()).collect();
        let hashes: Vec<Hash> = codes.iter().map(|it| hash(account, &plain(it))).collect();
        self.rows().set_recovery(account, &hashes)?;
        Ok(codes)
    }

    /// Uses a recovery code up in place of the second factor; answers how many are left. Tries are
    /// counted as those of passwords are.
    ///
    /// # Errors
    /// [`Error::SignIn`].
    pub fn prove_recovery(&self, account: Id, code: &str, address: IpAddr) -> Result<u64, Error> {
        self.second(account, address, || {
            let hash = hash(account, &plain(code));
            match self.rows().use_recovery(account, &hash, self.now())? {
                true => Ok(self.rows().held(account)?.codes),
                false => Err(SignInRefused::Recovery.into()),
            }
        })
    }
}

/// Eighty bits in four groups of four: too many to be guessed, by whoever has the hashes too.
fn fresh() -> String {
    let bytes: [u8; 16] = random();
    let letters: Vec<char> =
        bytes.iter().map(|it| char::from(LETTERS[usize::from(it & 31)])).collect();
    let groups: Vec<String> = letters.chunks(4).map(|it| it.iter().collect()).collect();
    groups.join("-")
}

/// A code as it is compared, however it was typed.
fn plain(code: &str) -> String {
    let letters = code.chars().filter(|it| it.is_ascii_alphanumeric()).take(64);
    letters
        .map(|it| match it.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            it => it,
        })
        .collect()
}

fn hash(account: Id, code: &str) -> Hash {
    sha256(format!("recovery {account} {code}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = fresh();
        assert_eq!(code.len(), 19);
        assert_eq!(plain(&code).len(), 16);
        assert_eq!(plain(&code.to_uppercase().replace('-', " ")), plain(&code));
        assert_eq!(plain("OIl0-"), "0110");
        assert_ne!(fresh(), code);
    }
}
