//! E-mail addresses: how they are compared.

use unicode_normalization::UnicodeNormalization as _;

use crate::Error;

/// The longest e-mail address, in bytes (RFC 5321, section 4.5.3.1.3).
const LONGEST: usize = 254;

/// An e-mail address as it is compared: composed, in small letters, without blanks around it;
/// `None` when it can be none. Whether there is such a mailbox, only mail can tell.
pub fn fold_email(email: &str) -> Option<String> {
    let email = email.trim();
    if email.len() > LONGEST {
        return None;
    }
    let folded: String = email.nfc().flat_map(char::to_lowercase).nfc().collect();
    let (local, domain) = folded.rsplit_once('@')?;
    let wrong = |it: char| it.is_whitespace() || it.is_control() || "@<>(),;:\\\"[]".contains(it);
    let fits = |part: &str| !part.is_empty() && !part.contains(wrong);
    let labels = domain.split('.').all(|it| !it.is_empty());
    (fits(local) && fits(domain) && labels).then_some(folded)
}

/// An e-mail address as it is compared.
///
/// # Errors
/// [`Error::Wrong`] when it is none.
pub(super) fn checked(email: &str) -> Result<String, Error> {
    fold_email(email).ok_or_else(|| {
        let what = "this is not an e-mail address: write one like ada@example.org";
        Error::Wrong(what.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_one_however_they_are_written() {
        let folded = fold_email("ada@example.org");
        assert_eq!(fold_email("  Ada@Example.ORG\n"), folded);
        assert_eq!(fold_email("Zo\u{e9}@a.example"), fold_email("zoe\u{301}@a.example"));
        assert!(fold_email("ada@localhost").is_some());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@example.org", "a".repeat(250));
        for wrong in ["", "ada", "@b", "a@", "a@b..c", "a b@c", "a@b@c", "a\0@b", "<a@b>", &long] {
            assert_eq!(fold_email(wrong), None, "{wrong}");
        }
    }
}
