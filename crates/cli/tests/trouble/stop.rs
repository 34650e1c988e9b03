//! Being asked to stop: what was accepted is finished, and what was acknowledged is on disk.

use std::io::Write;

use crate::server::{Server, read};

#[test]
fn a_write_in_flight_is_answered_and_on_disk() {
    let mut server = Server::start(&[]);
    let guest = server.sign_in();
    let (head, body) = guest.form("/o/acme/unit/new", &[("f.title", "Made while it stopped")]);
    let (first, rest) = body.split_at(body.len() / 2);
    let mut stream = server.connect();
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(first.as_bytes()).unwrap();
    server.signal("TERM");
    server.until_closed();
    stream.write_all(rest.as_bytes()).unwrap();
    read(stream).is(303);
    assert!(server.ended().success());
    assert!(server.run(&["list", "unit"]).contains("Made while it stopped"));
}

#[test]
fn asked_twice_it_stops_at_once_and_leaves_nothing_half_written() {
    let mut server = Server::start(&["--server-grace", "1h"]);
    let guest = server.sign_in();
    let (head, body) = guest.form("/o/acme/unit/new", &[("f.title", "Never sent whole")]);
    let mut stream = server.connect();
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&body.as_bytes()[..10]).unwrap();
    server.signal("TERM");
    server.until_closed();
    assert!(server.child.try_wait().unwrap().is_none(), "it did not wait for what it accepted");
    server.signal("TERM");
    server.ended();
    assert_eq!(read(stream).status, 0);
    assert!(!server.run(&["list", "unit"]).contains("Never sent whole"));
    server.run(&["verify"]);
}

#[test]
fn whoever_never_finishes_is_not_waited_for_longer_than_said() {
    let mut server = Server::start(&["--server-grace", "300ms"]);
    let guest = server.sign_in();
    let (head, _) = guest.form("/o/acme/unit/new", &[("f.title", "Never sent")]);
    let mut stream = server.connect();
    stream.write_all(head.as_bytes()).unwrap();
    server.signal("INT");
    assert!(server.ended().success());
    assert!(server.log().contains("took too long"), "{}", server.log());
}
