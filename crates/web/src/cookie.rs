//! Cookies: the few that the site sets.

/// The name of the session's cookie over HTTPS; the prefix makes browsers bind it to this host.
const SESSION_SECURE: &str = "__Host-session";
/// Over plain HTTP on loopback, where not every browser takes the prefix.
const SESSION_PLAIN: &str = "session";

/// The name of the cookie that holds what the last form did, shown once.
pub(crate) fn said(secure: bool) -> &'static str {
    if secure { "__Host-said" } else { "said" }
}

/// The name of the cookie of a sign-in that waits for its second factor.
pub(crate) fn half(secure: bool) -> &'static str {
    if secure { "__Host-half" } else { "half" }
}

/// The name of the cookie of a sign-in that is at a provider.
pub(crate) fn way(secure: bool) -> &'static str {
    if secure { "__Host-way" } else { "way" }
}

/// The name of the cookie that holds the position that the last form reached, with the
/// organization's short name before it: `acme.120`.
pub(crate) fn position(secure: bool) -> &'static str {
    if secure { "__Host-position" } else { "position" }
}

/// The name of the session's cookie.
pub(crate) fn session(secure: bool) -> &'static str {
    if secure { SESSION_SECURE } else { SESSION_PLAIN }
}

/// The header value that sets a cookie; `seconds` until it goes, 0 to remove it.
pub(crate) fn set(name: &str, value: &str, seconds: i64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

/// The value of a cookie in a `Cookie` header.
pub(crate) fn read<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header.split(';').find_map(|it| {
        let (found, value) = it.trim().split_once('=')?;
        (found == name).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let header = "a=1; __Host-session=abc; session=x";
        assert_eq!(read(header, "session"), Some("x"));
        assert_eq!(read(header, session(true)), Some("abc"));
        assert_eq!(read(header, "ession"), None);
        assert!(set("a", "b", 5, true).ends_with("; Secure"));
    }
}
