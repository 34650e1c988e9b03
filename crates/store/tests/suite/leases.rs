//! What only one process does at a time.

use std::time::Duration;

use store::{Asked, Lease, Store};
use uuid::Uuid;

use crate::place::Place;

on_both!(one_holds_it_at_a_time, a_lost_lease_writes_nothing, a_failure_is_kept_until_it_is_done);

const LONG: Duration = Duration::from_secs(3600);

fn ask<'s>(store: &'s Store, holder: u128, every: Duration, life: Duration) -> Asked<'s> {
    store.lease("sweep", Uuid::from_u128(holder), every, life).unwrap()
}

fn take<'s>(store: &'s Store, holder: u128, every: Duration, life: Duration) -> Lease<'s> {
    match ask(store, holder, every, life) {
        Asked::Taken(lease) => lease,
        Asked::Later(later) => panic!("not to be had for {later:?}"),
    }
}

fn one_holds_it_at_a_time(place: &Place) {
    let (one, two) = (place.store(), place.again());
    let lease = take(&one, 1, LONG, LONG);
    let refused = |asked| matches!(asked, Asked::Later(later) if later > LONG / 2);
    assert!(refused(ask(&two, 2, Duration::ZERO, LONG)));
    assert!(lease.renew(LONG).unwrap());
    assert!(lease.done().unwrap());
    // Nobody holds it now, but it is done, and due again only later.
    assert!(refused(ask(&two, 3, LONG, LONG)));
    assert!(take(&two, 4, Duration::ZERO, LONG).give_back().unwrap());
    assert!(take(&one, 5, Duration::ZERO, LONG).done().unwrap());
}

fn a_lost_lease_writes_nothing(place: &Place) {
    let (one, two) = (place.store(), place.again());
    // A life of no length is over at once, as after a long pause.
    let paused = take(&one, 1, Duration::ZERO, Duration::ZERO);
    let working = take(&two, 2, Duration::ZERO, LONG);
    let stray =
        paused.write(|connection| connection.execute("update ledger set slug = 'stray'", &[]));
    assert_eq!(stray.unwrap(), None);
    assert!(!paused.renew(LONG).unwrap());
    assert!(!paused.done().unwrap());
    let renamed =
        working.write(|connection| connection.execute("update ledger set slug = 'renamed'", &[]));
    assert_eq!(renamed.unwrap(), Some(1));
    assert_eq!(one.organizations().unwrap()[0].slug, "renamed");
    assert_eq!(one.leases().unwrap()[0].done, 0);
    assert!(working.done().unwrap());
}

fn a_failure_is_kept_until_it_is_done(place: &Place) {
    let store = place.store();
    assert!(take(&store, 1, Duration::ZERO, LONG).failed("no room", Duration::ZERO).unwrap());
    let row = &store.leases().unwrap()[0];
    assert_eq!((row.fault.as_deref(), row.failed.is_some(), row.done), (Some("no room"), true, 0));
    let again = take(&store, 2, Duration::ZERO, LONG);
    assert!(again.done().unwrap());
    let row = &store.leases().unwrap()[0];
    assert_eq!((row.fault.as_deref(), row.failed), (None, None));
    assert!(row.done > 0 && row.done <= store.now().unwrap());
}
