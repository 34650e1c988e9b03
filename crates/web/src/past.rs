//! Earlier points of a ledger, kept while somebody looks at them: loading one reads the whole
//! ledger up to it.

use std::sync::{Arc, Mutex, PoisonError};

use app::{Error, Organization, Past, Point};

/// How many points are kept.
const KEPT: usize = 4;

/// The points that were looked at last.
#[derive(Default)]
pub(crate) struct Pasts(Mutex<Vec<(u64, Arc<Past>)>>);

impl Pasts {
    /// The records as of a point, and the day to look at them on.
    ///
    /// # Errors
    /// When the point lies outside the ledger, or the database fails.
    pub(crate) fn at(&self, organization: &Organization, point: Point) -> Result<Arc<Past>, Error> {
        let (position, day) = organization.locate(point)?;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = kept.iter().position(|(it, past)| *it == position && past.day == day) {
            let found = kept.remove(at);
            kept.push(found.clone());
            return Ok(found.1);
        }
        drop(kept);
        let past = Arc::new(organization.as_of(Some(point))?);
        kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push((position, past.clone()));
        if kept.len() > KEPT {
            kept.remove(0);
        }
        Ok(past)
    }
}
