//! What a handler gives back.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use maud::Markup;

use crate::{Ask, cookie, security, shell};

/// What a handler gives back.
pub enum Answer {
    /// A page, to be put into the shell.
    Page(Page),
    /// Look there next; what was done is said on that page.
    Go {
        /// The path.
        to: String,
        /// What was done, and how to undo it.
        said: Option<Said>,
        /// Cookies to set.
        cookies: Vec<String>,
    },
    /// Bytes of some media type.
    Bytes {
        /// The media type.
        media: String,
        /// The name to save it under; shown in the browser when absent.
        name: Option<String>,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// A part of a page, for our scripts.
    Part(Markup),
    /// Anything else.
    Raw(Box<Response>),
}

/// A page without its shell.
pub struct Page {
    /// Its title, also its heading in the browser's tab.
    pub title: String,
    /// Where it lies: labels and paths, outermost first, without the page itself.
    pub crumbs: Vec<(String, String)>,
    /// What it shows.
    pub body: Markup,
    /// Its status.
    pub status: StatusCode,
    /// The path of its entry in the menu, below the organization.
    pub at: &'static str,
    /// Wider than text wants: tables.
    pub wide: bool,
}

/// What was done, said once on the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// One sentence.
    pub text: String,
    /// The entry of the ledger that did it, to be undone.
    pub entry: Option<u64>,
}

impl Page {
    /// A page with this title and body.
    pub fn new(title: impl Into<String>, body: Markup) -> Self {
        Self {
            title: title.into(),
            crumbs: Vec::new(),
            body,
            status: StatusCode::OK,
            at: "",
            wide: false,
        }
    }

    /// The page below another one.
    #[must_use]
    pub fn below(mut self, label: impl Into<String>, path: impl Into<String>) -> Self {
        self.crumbs.push((label.into(), path.into()));
        self
    }

    /// The page with its entry in the menu.
    #[must_use]
    pub fn at(mut self, path: &'static str) -> Self {
        self.at = path;
        self
    }

    /// The page as wide as the window.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// The page with a status: what was wrong is said in it.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

impl From<Page> for Answer {
    fn from(page: Page) -> Self {
        Self::Page(page)
    }
}

impl Answer {
    /// Look there next.
    pub fn go(to: impl Into<String>) -> Self {
        Self::Go { to: to.into(), said: None, cookies: Vec::new() }
    }

    /// Look there next, where it is said what was done.
    pub fn done(to: impl Into<String>, text: impl Into<String>, entry: Option<u64>) -> Self {
        let said = Some(Said { text: text.into(), entry });
        Self::Go { to: to.into(), said, cookies: Vec::new() }
    }

    /// A file to be saved.
    pub fn file(name: impl Into<String>, media: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self::Bytes { media: media.into(), name: Some(name.into()), bytes }
    }

    pub(crate) fn into_response(self, ask: &Ask) -> Response {
        match self {
            Self::Page(page) => {
                let status = page.status;
                let name = cookie::said(ask.site.settings.secure);
                let forget = ask.cookie(name).is_some();
                let mut response = html(status, shell::whole(ask, &page).into_string());
                if forget {
                    let gone = cookie::set(name, "", 0, ask.site.settings.secure);
                    add_cookie(&mut response, &gone);
                }
                response
            }
            Self::Part(part) => html(StatusCode::OK, part.into_string()),
            Self::Go { to, said, cookies } => {
                let mut response = Response::new(Body::empty());
                *response.status_mut() = StatusCode::SEE_OTHER;
                let to = HeaderValue::from_str(&to).unwrap_or(HeaderValue::from_static("/"));
                response.headers_mut().insert(header::LOCATION, to);
                if let Some(said) = said {
                    if let (Some(entry), Some(place)) = (said.entry, &ask.place) {
                        let secure = ask.site.settings.secure;
                        let value = format!("{}.{entry}", place.organization.slug());
                        let cookie = cookie::set(cookie::position(secure), &value, 300, secure);
                        add_cookie(&mut response, &cookie);
                    }
                    let value = said.to_cookie();
                    let secure = ask.site.settings.secure;
                    add_cookie(
                        &mut response,
                        &cookie::set(cookie::said(secure), &value, 60, secure),
                    );
                }
                cookies.iter().for_each(|it| add_cookie(&mut response, it));
                response
            }
            Self::Bytes { media, name, bytes } => {
                let mut response = Response::new(Body::from(bytes));
                let headers = response.headers_mut();
                if let Ok(media) = HeaderValue::from_str(&media) {
                    headers.insert(header::CONTENT_TYPE, media);
                }
                headers.insert(
                    header::CONTENT_SECURITY_POLICY,
                    HeaderValue::from_static(security::FILE_POLICY),
                );
                if let Some(name) = name
                    && let Ok(value) = HeaderValue::from_str(&disposition(&name))
                {
                    headers.insert(header::CONTENT_DISPOSITION, value);
                }
                response
            }
            Self::Raw(response) => *response,
        }
    }
}

impl Said {
    /// As a cookie's value: percent-encoded, the entry in front.
    fn to_cookie(&self) -> String {
        let entry = self.entry.map(|it| it.to_string()).unwrap_or_default();
        // A long sentence would not fit into a cookie.
        let text: String = self.text.chars().take(400).collect();
        let text: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        format!("{entry}.{text}")
    }

    /// From a cookie's value.
    pub(crate) fn from_cookie(value: &str) -> Option<Self> {
        let (entry, text) = value.split_once('.')?;
        let text = form_urlencoded::parse(text.as_bytes()).next()?.0.into_owned();
        Some(Self { text, entry: entry.parse().ok() })
    }
}

/// A page of HTML.
pub(crate) fn html(status: StatusCode, text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let media = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, media);
    response
}

fn add_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// `attachment`, with the name in a form that every browser reads (RFC 6266, RFC 8187).
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|it| match it {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' | ' ' => it,
            _ => '_',
        })
        .collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_survives_a_cookie() {
        let said = Said { text: "RISK-1 “Ransomware”; done. ü".to_owned(), entry: Some(12) };
        let value = said.to_cookie();
        assert!(value.bytes().all(|it| it.is_ascii_graphic() && it != b';'), "{value}");
        assert_eq!(Said::from_cookie(&value), Some(said));
        assert_eq!(Said::from_cookie(""), None);
    }

    #[test]
    fn a_name_of_a_file_cannot_leave_its_header() {
        let header = disposition("a\"\r\nb ü.pdf");
        assert!(HeaderValue::from_str(&header).is_ok(), "{header}");
        assert!(header.starts_with("attachment; filename=\"a___b _.pdf\""), "{header}");
        assert!(header.ends_with("filename*=UTF-8''a%22%0D%0Ab%20%C3%BC.pdf"), "{header}");
    }
}
