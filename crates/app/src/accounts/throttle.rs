//! How long somebody waits after failing to sign in.
//!
//! Failures are counted for each account, known or not, and for each network address. The wait
//! doubles with each failure and has an end, so that nobody is locked out for ever by somebody
//! else's guessing.

use std::net::IpAddr;

use ledger::{Hash, hash::sha256};
use meta::Id;
use store::accounts::Attempt;

/// So many failures cost no wait: people mistype.
const FREE_FOR_ACCOUNT: u32 = 5;

/// So many mails with a new password are sent without a wait.
const FREE_FOR_FORGOTTEN: u32 = 2;

/// An address may be a whole office.
const FREE_FOR_ADDRESS: u32 = 20;

/// The first wait, in milliseconds.
const FIRST_WAIT: i64 = 5_000;

/// The longest wait, in milliseconds.
const LONGEST_WAIT: i64 = 15 * 60_000;

/// Failures are forgotten so long after the last one, in milliseconds.
const MEMORY: i64 = 12 * 3_600_000;

/// Whose failures are counted.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    /// Whoever signs in with this e-mail address, as it is compared.
    Account(&'a str),
    /// Whoever proves the second factor of this account.
    Second(Id),
    /// Whoever asks for a new password for this e-mail address, as it is compared.
    Forgotten(&'a str),
    /// Whoever signs in from this address.
    Address(IpAddr),
}

impl Subject<'_> {
    /// The name under which failures are stored; it tells nothing to whoever reads it.
    pub(super) fn hash(self) -> Hash {
        match self {
            Self::Account(email) => sha256(format!("account {email}").as_bytes()),
            Self::Second(account) => sha256(format!("second {account}").as_bytes()),
            Self::Forgotten(email) => sha256(format!("forgotten {email}").as_bytes()),
            Self::Address(address) => sha256(format!("address {}", network(address)).as_bytes()),
        }
    }

    /// The count after another failure at `now`; `None` when it is too early to try.
    pub(super) fn judge(self, before: Attempt, now: i64) -> Option<Attempt> {
        if before.until > now {
            return None;
        }
        let is_forgotten = before.latest <= forgotten_before(now);
        let failures = if is_forgotten { 1 } else { before.failures.saturating_add(1) };
        Some(Attempt { failures, latest: now, until: now + self.wait(failures) })
    }

    fn wait(self, failures: u32) -> i64 {
        let free = match self {
            Self::Account(_) | Self::Second(_) => FREE_FOR_ACCOUNT,
            Self::Forgotten(_) => FREE_FOR_FORGOTTEN,
            Self::Address(_) => FREE_FOR_ADDRESS,
        };
        match failures.checked_sub(free) {
            None => 0,
            Some(doublings) => (FIRST_WAIT << doublings.min(20)).min(LONGEST_WAIT),
        }
    }
}

/// Failures up to this time no longer count.
pub(super) fn forgotten_before(now: i64) -> i64 {
    now - MEMORY
}

/// The address of one subscriber: with IPv6 they have at least a /64.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) & !u128::from(u64::MAX)).into()),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000;
    const NOW: i64 = 1_800_000_000_000;

    fn waits(subject: Subject<'_>, tries: usize) -> Vec<i64> {
        let (mut now, mut count, mut waits) = (NOW, Attempt::default(), Vec::new());
        for _ in 0..tries {
            count = subject.judge(count, now).unwrap();
            let wait = count.until - now;
            assert!(wait == 0 || subject.judge(count, count.until - 1).is_none());
            waits.push(wait / SECOND);
            now = count.until;
        }
        waits
    }

    #[test]
    fn the_wait_doubles_and_has_an_end() {
        let account = Subject::Account("ada@example.org");
        assert_eq!(
            waits(account, 15),
            [0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]
        );
        let address = Subject::Address([192, 0, 2, 1].into());
        assert_eq!(waits(address, 21)[18..], [0, 5, 10]);
        let most = Attempt { failures: u32::MAX, latest: NOW, until: NOW };
        assert_eq!(account.judge(most, NOW).unwrap().until, NOW + LONGEST_WAIT);
    }

    #[test]
    fn failures_are_forgotten() {
        let old = Attempt { failures: 40, latest: NOW - MEMORY, until: NOW };
        let after = Subject::Account("ada@example.org").judge(old, NOW).unwrap();
        assert_eq!((after.failures, after.until), (1, NOW));
    }

    #[test]
    fn an_address_is_the_network_of_one_subscriber() {
        let hash = |text: &str| Subject::Address(text.parse().unwrap()).hash();
        assert_eq!(hash("2001:db8::1"), hash("2001:db8::ffff"));
        assert_ne!(hash("2001:db8::1"), hash("2001:db8:0:1::1"));
        assert_eq!(hash("::ffff:192.0.2.1"), hash("192.0.2.1"));
        assert_ne!(hash("192.0.2.1"), hash("192.0.2.2"));
    }
}
