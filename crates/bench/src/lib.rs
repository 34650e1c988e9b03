//! Measurements: what the program must be quick at, as figures with their targets.
//!
//! May know every crate and read the clock; nothing may know it. [`organization()`] makes the
//! 100,000 records that the figures are about, and anybody may use it. Start reading at
//! [`Figure`], then `figures`.

pub mod bare;
pub mod benchmarks;
mod clock;
pub mod dice;
pub mod figure;
pub mod figures;
pub mod home;
pub mod load;
pub mod machine;
mod organization;
pub mod visitors;

pub use clock::stepping;
pub use figure::{Figure, Target, Unit};
pub use home::Home;
pub use organization::{Size, founding::Founding, organization};
