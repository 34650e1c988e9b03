//! The real program in a real browser. Needs Chromium and its driver: `cargo xtask test` brings
//! them; without, each test says that it skips.

#![expect(clippy::unwrap_used, reason = "clippy knows only `#[test]` functions as tests")]

mod browser;
mod first_run;
mod gap;
mod import;
mod looks;
mod papers;
mod passkey;
mod program;
mod provider;
mod risk;
mod sign_in;
mod together;

/// A browser and its driver, or the reason to skip.
macro_rules! browser_or_skip {
    ($scripts:expr) => {
        match $crate::browser::Browser::start($scripts) {
            Some(browser) => browser,
            None => {
                eprintln!("skipped: no browser; run `cargo xtask test`");
                return;
            }
        }
    };
}
pub(crate) use browser_or_skip;
