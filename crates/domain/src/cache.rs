//! What lists and searches of one organization keep from one request to the next.

mod arena;
mod bits;
mod folded;
mod grams;
mod recent;

use std::sync::Arc;

pub(crate) use self::{
    arena::{Arena, Slot, Target, letters},
    bits::Bits,
    folded::Folded,
    recent::Recent,
};
use crate::{
    Isms,
    query::{Facet, Order, Question},
};

/// What lists and searches of one organization keep from one request to the next: orders, answers
/// and folded texts.
///
/// It holds nothing that is not in the records, and never answers with what they said before: each
/// part knows the state of the records it was made from. Ask it about published states of one
/// organization only, of today or of the past; what would be after a change not yet written has no
/// place here.
pub struct Cache {
    pub(crate) orders: Recent<Question, Arc<Order>>,
    pub(crate) answers: Recent<Question, Arc<[u32]>>,
    pub(crate) facets: Recent<Question, Arc<[Facet]>>,
    pub(crate) titles: Folded,
    pub(crate) texts: Folded,
}

impl Cache {
    /// Reads all titles and texts now, so that the first search need not.
    pub fn warm(&self, isms: &Isms) {
        for def in isms.kinds() {
            self.titles.of(isms, def.id);
            self.texts.of(isms, def.id);
        }
    }
}

impl Default for Cache {
    fn default() -> Self {
        Self {
            orders: Recent::new(48),
            answers: Recent::new(256),
            facets: Recent::new(256),
            titles: Folded::of_titles(),
            texts: Folded::of_texts(),
        }
    }
}
