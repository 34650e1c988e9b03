//! What the text of a cell means: days, numbers, truth, lists and levels.
//!
//! Nothing here guesses silently: what cannot be read for certain is `None`, and where a column
//! decides (day or month first, comma or point) the caller asks for the evidence of all its
//! values once and passes it in.

mod boolean;
mod day;
mod list;
mod number;
mod scale;

pub use boolean::boolean;
pub use day::{DayOrder, day, instant, period};
pub use list::{Separator, Split, is_reference, list, references};
pub use number::{DecimalMark, number};
pub use scale::{Band, Scale, range, scale};
