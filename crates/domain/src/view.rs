//! The records at one position, looked at on one day.

use jiff::civil::Date;

use crate::Isms;

/// The records at one position, looked at on one day: what pages, papers and checks are made of.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The records.
    pub isms: &'a Isms,
    /// Today in the organization's time zone, or the day asked for.
    pub day: Date,
}

impl<'a> View<'a> {
    /// These records on this day.
    pub fn new(isms: &'a Isms, day: Date) -> Self {
        Self { isms, day }
    }
}
