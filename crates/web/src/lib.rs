//! Pages: what people see of an ISMS in a browser, and the way their forms become commands.
//!
//! Must not know SQL. Everything read is a function of a `Sight`; everything written is a
//! `Command`. Start reading at [`routes::ROUTES`]: every page and every form has a row there; then
//! [`Ask`], what a handler gets, and [`Answer`], what it gives back.

mod admitted;
mod answer;
pub mod api;
mod ask;
mod assets;
mod carry;
mod chart;
mod comment;
mod cookie;
mod curves;
mod form;
mod mails;
mod metrics;
mod monitor;
mod noted;
mod pages;
mod papers;
mod passkey;
mod past;
mod patience;
mod peer;
mod plain;
mod problem;
mod proxies;
mod qr;
mod remembered;
mod router;
pub mod routes;
mod security;
mod serve;
mod shell;
mod site;
mod upload;
mod verdicts;
mod widget;
mod words;

pub use answer::Answer;
pub use ask::Ask;
pub use mails::{Letters, Post, jobs};
pub use metrics::{Figure, Metrics};
pub use noted::GoOn;
pub use papers::{PaperForm, Papers, SoaOf};
pub use problem::Problem;
pub use proxies::{Proxies, ProxyHeader};
pub use router::router;
pub use serve::{Bound, Certificates, Door, Limits, Listening, serve, stay_small};
pub use site::{Settings, Site};
