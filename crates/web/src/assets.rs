//! The look, our scripts and the mark: files of the program itself, kept by browsers for ever
//! under a name that changes with them.

use std::sync::LazyLock;

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::Response,
};
use sha2::{Digest, Sha256};

use crate::{Answer, Ask, Problem};

const SCRIPT: &str = "text/javascript; charset=utf-8";

const FILES: &[(&str, &str, &[u8])] = &[
    ("look.css", "text/css; charset=utf-8", include_bytes!("../assets/look.css")),
    ("muniment.js", SCRIPT, include_bytes!("../assets/muniment.js")),
    ("form.js", SCRIPT, include_bytes!("../assets/form.js")),
    ("mention.js", SCRIPT, include_bytes!("../assets/mention.js")),
    ("record.js", SCRIPT, include_bytes!("../assets/record.js")),
    ("account.js", SCRIPT, include_bytes!("../assets/account.js")),
    ("gap.js", SCRIPT, include_bytes!("../assets/gap.js")),
    ("jump.js", SCRIPT, include_bytes!("../assets/jump.js")),
    ("keys.js", SCRIPT, include_bytes!("../assets/keys.js")),
    ("passkey.js", SCRIPT, include_bytes!("../assets/passkey.js")),
    ("soa.js", SCRIPT, include_bytes!("../assets/soa.js")),
    ("again.js", SCRIPT, include_bytes!("../assets/again.js")),
    ("mark.svg", "image/svg+xml", include_bytes!("../assets/mark.svg")),
];

/// What stands in their paths: a digest of all of them.
static EDITION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    FILES.iter().for_each(|it| hash.update(it.2));
    hash.finalize()[..6].iter().map(|it| format!("{it:02x}")).collect()
});

/// The path of a file.
pub(crate) fn path(name: &str) -> String {
    format!("/assets/{}/{name}", *EDITION)
}

/// Answers a file.
pub(crate) fn show(ask: &Ask) -> Result<Answer, Problem> {
    let found = FILES.iter().find(|it| it.0 == ask.param("name")).ok_or(Problem::NotFound)?;
    let mut response = Response::new(Body::from(found.2));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(found.1));
    if ask.param("edition") == *EDITION {
        let kept = HeaderValue::from_static("public, max-age=31536000, immutable");
        headers.insert(header::CACHE_CONTROL, kept);
    }
    Ok(Answer::Raw(Box::new(response)))
}
