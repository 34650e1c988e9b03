//! Why a request was not answered as asked.

use std::sync::Arc;

use app::Outage;
use axum::http::StatusCode;
use domain::{Refusal, text};
use jiff::Timestamp;
use maud::html;

use crate::{Ask, answer::Page, words};

/// Why a request was not answered as asked. Forms show a refusal where it was typed; all else
/// becomes a page.
#[derive(Debug)]
pub enum Problem {
    /// There is no such page or record, or whoever asks may not know of it.
    NotFound,
    /// Nobody is signed in, or not any more.
    SignIn,
    /// Before this, whoever asks proves once more who they are.
    Confirm,
    /// Whoever asks may not do this; one sentence.
    Forbidden(String),
    /// What was sent makes no sense; one sentence.
    Wrong(String),
    /// The command was refused.
    Refused {
        /// The refusal.
        refusal: Box<Refusal>,
        /// In one sentence.
        sentence: String,
    },
    /// The page is shown as of an earlier point: nothing is written there.
    ReadOnly,
    /// The form came from another site, or from a page of an earlier session.
    Foreign,
    /// More was sent than is taken; the limit in bytes.
    TooLarge(u64),
    /// Asked too often; seconds to wait.
    TooOften(u64),
    /// The machine failed in a way that passes or can be mended; the cause is for the log.
    Unavailable(Outage, Arc<dyn std::error::Error + Send + Sync>),
    /// The database does not answer; the last time that it did, where that is long ago.
    CutOff(Option<Timestamp>),
    /// This process has not seen what whoever asks has just done.
    Behind,
    /// The machine failed; the cause is for the log.
    Broken(Arc<dyn std::error::Error + Send + Sync>),
}

impl Problem {
    /// The machine failed.
    pub fn broken(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Broken(Arc::new(cause))
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Confirm | Self::Forbidden(_) | Self::Foreign | Self::ReadOnly => {
                StatusCode::FORBIDDEN
            }
            Self::Wrong(_) => StatusCode::BAD_REQUEST,
            Self::Refused { refusal, .. } => match **refusal {
                Refusal::Stale { .. } | Refusal::Already { .. } => StatusCode::CONFLICT,
                Refusal::NotPermitted { .. }
                | Refusal::NotActing { .. }
                | Refusal::NoAuthority { .. }
                | Refusal::FourEyes { .. } => StatusCode::FORBIDDEN,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            },
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(Outage::Full, _) => StatusCode::INSUFFICIENT_STORAGE,
            Self::Unavailable(..) => StatusCode::SERVICE_UNAVAILABLE,
            Self::CutOff(_) | Self::Behind => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// In a few words.
    pub fn title(&self) -> &'static str {
        match self {
            Self::NotFound => "Nothing here",
            Self::SignIn => "Please sign in",
            Self::Confirm => "Is it you?",
            Self::Forbidden(_) => "Not yours to do",
            Self::Wrong(_) | Self::Refused { .. } => "That did not work",
            Self::ReadOnly => "This is the past",
            Self::Foreign => "Please send it again",
            Self::TooLarge(_) => "Too large",
            Self::TooOften(_) => "Please wait",
            Self::Unavailable(Outage::Unsure, _) => "Please look before you send it again",
            Self::Unavailable(..) => "Not just now",
            Self::CutOff(_) | Self::Behind => "Please try again in a moment",
            Self::Broken(_) => "Something broke",
        }
    }

    /// In one sentence: what is the matter and what to do.
    pub fn sentence(&self) -> String {
        match self {
            Self::NotFound => "There is no such page, or it is not open to you.".to_owned(),
            Self::SignIn => "You are not signed in, or were away too long.".to_owned(),
            Self::Confirm => "This needs to know that it is you: sign in again first.".to_owned(),
            Self::Forbidden(sentence) | Self::Wrong(sentence) => sentence_of(&quoted(sentence)),
            Self::Refused { sentence, .. } => sentence_of(&quoted(sentence)),
            Self::ReadOnly => "What was cannot be changed: go back to today to do this.".to_owned(),
            Self::Foreign => "The page you sent this from belongs to an earlier visit. Nothing \
                              was changed: open it again and send it from there."
                .to_owned(),
            Self::TooLarge(limit) => {
                format!("This is larger than {} MB: send less at once.", limit / 1_000_000)
            }
            Self::TooOften(seconds) => {
                format!("Too many attempts: wait {seconds} seconds and try again.")
            }
            Self::Unavailable(outage, _) => match outage {
                Outage::Database => {
                    "The database does not answer. Nothing was changed by this request: try again \
                     in a minute, and tell your administrator if it stays."
                }
                Outage::Busy => {
                    "Somebody else has been writing for a long time. Nothing was changed by this \
                     request: try again in a minute."
                }
                Outage::Unsure => {
                    "The database went away while it was writing. What you sent may have been \
                     kept: look at the page or its history before you send it again."
                }
                Outage::Full => {
                    "There is no room left to write this. Nothing was changed: tell your \
                     administrator to make room on the disk."
                }
                Outage::Files => {
                    "The place where files are kept cannot be reached. Nothing was changed by this \
                     request: tell your administrator, whom `muniment doctor` tells more."
                }
                Outage::FileMissing => {
                    "The record names this file, and it is not there any more as it was kept. Tell \
                     your administrator, who can bring it back from a backup."
                }
            }
            .to_owned(),
            Self::CutOff(since) => {
                let since = since.map(|it| format!(" since {}", it.strftime("%H:%M:%S UTC")));
                format!(
                    "The database has not answered{}. Nothing was changed by this request: try \
                     again when it is back.",
                    since.unwrap_or_default()
                )
            }
            Self::Behind => "This server has not seen what you did last, because it cannot reach \
                             its database. What you did is safe: try again."
                .to_owned(),
            Self::Broken(_) => "The fault is ours, and it was noted. Nothing was changed by this \
                                request: try again, and tell your administrator if it stays."
                .to_owned(),
        }
    }

    /// As a page.
    pub(crate) fn page(&self, ask: &Ask) -> Page {
        let body = html! {
            header { h1 { (self.title()) } p.lead { (self.sentence()) } }
            @if let Self::Broken(_) | Self::Unavailable(..) = self { p.muted { "It is noted as " code { (ask.id) } "." } }
            p { a.btn href=(ask.base()) { "Go home" } }
        };
        Page::new(self.title(), body).with_status(self.status())
    }
}

impl From<app::Error> for Problem {
    fn from(err: app::Error) -> Self {
        match err {
            app::Error::Refused { mut refusal, sentence, .. } => {
                let sentence = words::in_labels(&refusal, sentence);
                let def = refusal.def();
                if let (Some(def), Refusal::Invalid { problems, .. }) = (def, &mut *refusal) {
                    problems
                        .iter_mut()
                        .for_each(|it| it.message = text::in_labels(def, &it.message));
                }
                Self::Refused { refusal, sentence }
            }
            err if err.is_refusal() => Self::Wrong(err.to_string()),
            err => match Outage::of(&err) {
                Some(Outage::Database) | None if err.is_outage() => Self::CutOff(None),
                Some(outage) => Self::Unavailable(outage, Arc::new(err)),
                None => Self::broken(err),
            },
        }
    }
}

impl From<std::io::Error> for Problem {
    fn from(err: std::io::Error) -> Self {
        match Outage::of_io(&err) {
            Some(outage) => Self::Unavailable(outage, Arc::new(err)),
            None => Self::broken(err),
        }
    }
}

/// The longest text of somebody's that a message repeats, in letters.
const REPEATED: usize = 200;

/// A message with what somebody typed in quotation marks, where it stands in backticks; cut where
/// it is long.
pub(crate) fn quoted(message: &str) -> String {
    if message.matches('`').count() % 2 == 1 {
        return message.to_owned();
    }
    let parts = message.split('`').enumerate();
    let said = |(at, it): (usize, &str)| match (at % 2, it.char_indices().nth(REPEATED)) {
        (0, _) => it.to_owned(),
        (_, None) => format!("“{it}”"),
        (_, Some((end, _))) => format!("“{}…”", &it[..end]),
    };
    parts.map(said).collect()
}

/// A message as a sentence: a capital in front, a full stop behind.
pub(crate) fn sentence_of(message: &str) -> String {
    let mut chars = message.chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut sentence: String = first.to_uppercase().chain(chars).collect();
    if !sentence.ends_with(['.', '?', '!', '…']) {
        sentence.push('.');
    }
    sentence
}
