//! One pass over the records that all rules read.

use kinds::Kind;
use meta::Record;

use crate::{View, risk::Method};

/// What all rules read: the view, and indexes made once for a run.
pub struct Chain<'a> {
    /// The records and the day.
    pub view: View<'a>,
    /// The risk method in force; its working copy where none is published.
    pub method: Option<Method<'a>>,
}

impl<'a> Chain<'a> {
    /// Makes the indexes.
    pub fn build(view: View<'a>) -> Self {
        Self { view, method: crate::risk::method(view) }
    }

    /// Records of a kind that count: live, and somebody's own rather than a seed.
    pub fn own<K: Kind>(&self) -> impl Iterator<Item = (&'a Record, &'a K)> {
        self.view.isms.live::<K>().filter(|(it, _)| it.is_own())
    }
}
