//! The answers to the last questions.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// The answers to the last questions. Each is worked out once, also when many ask at once.
pub struct Recent<K, V> {
    /// The one asked last stands at the end.
    places: Mutex<Vec<Place<K, V>>>,
    most: usize,
}

struct Place<K, V> {
    question: K,
    answer: Arc<OnceLock<V>>,
}

impl<K: PartialEq, V: Clone> Recent<K, V> {
    /// Room for so many answers.
    pub fn new(most: usize) -> Self {
        Self { places: Mutex::default(), most }
    }

    /// The answer kept for a question; else the one made now, and kept.
    pub fn answer(&self, question: K, make: impl FnOnce() -> V) -> V {
        // Made outside the lock: other questions go on meanwhile, askers of this one wait for it.
        self.place(question).get_or_init(make).clone()
    }

    /// Whether the answer to a question is finished.
    pub fn has(&self, question: &K) -> bool {
        self.lock().iter().any(|it| it.question == *question && it.answer.get().is_some())
    }

    /// The newest finished answer among the questions that fit.
    pub fn newest(&self, fits: impl Fn(&K) -> bool) -> Option<V> {
        let places = self.lock();
        places.iter().rev().filter(|it| fits(&it.question)).find_map(|it| it.answer.get().cloned())
    }

    fn place(&self, question: K) -> Arc<OnceLock<V>> {
        let mut places = self.lock();
        let found = places.iter().rposition(|it| it.question == question);
        let place = match found {
            Some(at) => places.remove(at),
            None => Place { question, answer: Arc::default() },
        };
        let answer = place.answer.clone();
        if places.len() >= self.most {
            places.remove(0);
        }
        places.push(place);
        answer
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Place<K, V>>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_made_once_and_the_oldest_goes() {
        let recent: Recent<u8, u8> = Recent::new(2);
        assert_eq!(recent.answer(1, || 10), 10);
        assert_eq!(recent.answer(1, || panic!("it was kept")), 10);
        assert_eq!(recent.answer(2, || 20), 20);
        assert_eq!(recent.answer(1, || panic!("it was kept")), 10);
        assert_eq!(recent.answer(3, || 30), 30);
        assert_eq!(recent.answer(2, || 21), 21, "it was asked for longest ago");
        assert_eq!(recent.newest(|it| *it > 1), Some(21));
        assert_eq!(recent.newest(|it| *it == 1), None);
        assert!(recent.has(&2) && !recent.has(&1));
    }
}
