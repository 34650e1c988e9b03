//! What an ISMS is and how it changes: all records of one organization in memory, decisions,
//! conformity, risk and the Statement of Applicability.
//!
//! Must not know tokio, SQL, axum, the clock or randomness: time and salts are arguments.
//! Start reading at [`Isms`], then [`decide`], then `conformity`.

pub mod access;
pub mod agenda;
mod ahead;
pub mod approvals;
mod cache;
mod change;
pub mod columns;
pub mod command;
pub mod conformity;
pub mod curves;
mod decide;
pub mod diff;
pub mod duties;
pub mod four_eyes;
pub mod holder;
mod isms;
pub mod notices;
pub mod parameters;
pub mod proposals;
pub mod query;
mod refusal;
pub mod resolve;
pub mod risk;
pub mod round;
mod rules;
pub mod search;
pub mod soa;
pub mod standing;
pub mod text;
mod view;

pub use ahead::ahead;
pub use cache::Cache;
pub use change::{Change, Operation};
pub use command::{Actor, Command, Now, Step};
pub use decide::{
    authority, decide, decide_located, held_by, hides_signs, is_hidden, is_written_by_hand,
    missing_to_leave, stored_text, takes_back, unmergeable,
};
pub use isms::{Backlink, Edition, Isms, Moment, PUBLISHED};
pub use refusal::{Located, Refusal};
pub use view::View;
