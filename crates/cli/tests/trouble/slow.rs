//! Slow clients: each has its time, and none keeps the others waiting.

use std::io::Write;

use crate::server::{Server, read};

#[test]
fn heads_and_bodies_that_drip_are_given_up_and_nobody_else_waits() {
    let server = Server::start(&["--server-patience", "1s"]);
    let guest = server.sign_in();
    let mut silent = Vec::new();
    for start in ["", "GET / HT", "GET / HTTP/1.1\r\nhost: a\r\nx-more: "] {
        for _ in 0..20 {
            let mut stream = server.connect();
            stream.write_all(start.as_bytes()).unwrap();
            silent.push(stream);
        }
    }
    let (head, body) = guest.form("/o/acme/unit/new", &[("f.title", "Drips")]);
    let mut drips = server.connect();
    drips.write_all(head.as_bytes()).unwrap();
    drips.write_all(&body.as_bytes()[..8]).unwrap();

    guest.make("In between").is(303);
    for stream in silent {
        assert!(matches!(read(stream).status, 0 | 408), "a silent connection stays open");
    }
    read(drips).is(400).says("did not arrive whole, or too slowly");
    let units = server.run(&["list", "unit"]);
    assert!(units.contains("In between") && !units.contains("Drips"), "{units}");
}

#[test]
fn whoever_does_not_read_does_not_stay() {
    let server = Server::start(&["--server-patience", "1s", "--server-metrics-token", "abc"]);
    let guest = server.sign_in();
    let mut stream = server.connect();
    // Many large answers on one connection, of which none is read.
    let head = guest.head("GET", "/o/acme/control?per=500").replace("connection: close\r\n", "");
    let all = format!("{head}\r\n").repeat(400);
    stream.set_write_timeout(Some(std::time::Duration::from_secs(5))).unwrap();
    stream.write_all(all.as_bytes()).ok();
    let connections = || {
        let ask = "GET /metrics HTTP/1.1\r\nhost: a\r\nauthorization: Bearer abc\r\nconnection: close\r\n\r\n";
        let text = crate::server::talk(server.connect(), ask.as_bytes()).is(200).body;
        let line = text.lines().find_map(|it| it.strip_prefix("muniment_connections "));
        line.unwrap().parse::<u32>().unwrap()
    };
    crate::server::until(|| connections() == 1);
}

#[test]
fn there_is_room_for_so_many_and_then_for_the_next() {
    let server = Server::start(&["--server-connections", "4", "--server-patience", "1s"]);
    let held: Vec<_> = (0..8).map(|_| server.connect()).collect();
    // All places are taken by silence; they are given up, and this one has its turn.
    server.get("/health").is(200).says("alive");
    drop(held);
}
