//! Work done ahead on other cores, and taken in order.

use std::{
    collections::HashMap,
    ops::Range,
    panic::resume_unwind,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

/// So many items go to a core at a time.
const PORTION: usize = 256;

/// Hands each item to `take`, in order, with what `work` makes of it. `work` looks at items in any
/// order and on all cores; its results are the same on one.
///
/// # Errors
/// The first that `take` answers; nothing after it is taken.
pub fn ahead<'i, T: Sync, R: Send, E>(
    items: &'i [T],
    work: impl Fn(usize, &'i T) -> R + Sync,
    mut take: impl FnMut(usize, &'i T, R) -> Result<(), E>,
) -> Result<(), E> {
    // To ask for the cores, or for a second hand, takes longer than the work of a small command.
    if items.len() <= PORTION {
        return items.iter().enumerate().try_for_each(|(at, it)| take(at, it, work(at, it)));
    }
    let portions: Vec<Range<usize>> = (0..items.len())
        .step_by(PORTION)
        .map(|start| start..items.len().min(start + PORTION))
        .collect();
    let next = AtomicUsize::new(0);
    let done = |at: usize| portions[at].clone().map(|at| work(at, &items[at])).collect::<Vec<R>>();
    let claim = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        (at < portions.len()).then_some(at)
    };
    let others = thread::available_parallelism().map_or(0, |it| it.get() - 1);
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        let mut hands = Vec::new();
        for _ in 0..others.min(portions.len().saturating_sub(1)) {
            let sender = sender.clone();
            let (claim, done) = (&claim, &done);
            hands.push(scope.spawn(move || {
                while let Some(at) = claim() {
                    if sender.send((at, done(at))).is_err() {
                        break;
                    }
                }
            }));
        }
        drop(sender);
        let mut early: HashMap<usize, Vec<R>> = HashMap::new();
        for (place, portion) in portions.iter().enumerate() {
            let results = loop {
                early.extend(receiver.try_iter());
                if let Some(results) = early.remove(&place) {
                    break results;
                }
                // Nobody waits while there is work that nobody does.
                if let Some(at) = claim() {
                    early.insert(at, done(at));
                    continue;
                }
                match receiver.recv() {
                    Ok(more) => early.extend([more]),
                    Err(_) => hands.drain(..).for_each(|it| {
                        it.join().unwrap_or_else(|panic| resume_unwind(panic));
                    }),
                }
            };
            for (at, result) in portion.clone().zip(results) {
                take(at, &items[at], result)?;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_taken_in_order() {
        for count in [0, 1, PORTION, PORTION + 1, 20 * PORTION + 7] {
            let items: Vec<usize> = (0..count).collect();
            let mut taken = Vec::new();
            let all = ahead(
                &items,
                |at, it| at + it,
                |at, it, sum| {
                    assert_eq!((at, sum), (*it, 2 * it));
                    taken.push(*it);
                    Ok::<_, ()>(())
                },
            );
            assert_eq!((all, taken), (Ok(()), items));
        }
    }

    #[test]
    fn the_first_error_ends_it() {
        let items: Vec<usize> = (0..10 * PORTION).collect();
        let mut taken = 0;
        let end = ahead(
            &items,
            |_, it| *it,
            |_, _, it| {
                taken += 1;
                if it == PORTION + 3 { Err(it) } else { Ok(()) }
            },
        );
        assert_eq!((end, taken), (Err(PORTION + 3), PORTION + 4));
    }

    #[test]
    #[should_panic(expected = "the worst happened")]
    fn a_panic_comes_through() {
        let items: Vec<usize> = (0..10 * PORTION).collect();
        let work = |_, it: &usize| assert!(*it != 9 * PORTION, "the worst happened");
        ahead(&items, work, |_, _, ()| Ok::<_, ()>(())).unwrap();
    }
}
