//! What nobody sends who means well: it is refused in a clear answer, and the program lives.

use std::io::Write;

use crate::server::{Server, read, talk};

#[test]
fn what_is_too_much_is_refused_and_nothing_is_changed() {
    let server = Server::start(&["--server-largest-upload", "1 MB"]);
    let guest = server.sign_in();
    let before = server.run(&["log", "--format", "json"]);

    let large = "x".repeat(5 << 20);
    guest.make(&large).is(413).says("larger than 4 MB");
    guest.upload("/o/acme/import", "files", "large.csv", large.as_bytes()).is(413).says("1 MB");
    let fields: Vec<_> = (0..2_000).map(|it| (format!("f.{it}"), "x".to_owned())).collect();
    let fields: Vec<_> = fields.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    let thousands: Vec<_> = fields.iter().copied().cycle().take(20_000).collect();
    guest.post("/o/acme/unit/new", &thousands).is(400).says("more fields than any form");

    let head = guest.head("GET", "/o/acme");
    talk(server.connect(), format!("{head}x-large: {}\r\n\r\n", "x".repeat(1 << 20)).as_bytes())
        .is(431);
    let many: String = (0..500).map(|it| format!("x-{it}: 1\r\n")).collect();
    talk(server.connect(), format!("{head}{many}\r\n").as_bytes()).is(431);
    let long = format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "x".repeat(100_000));
    assert!(matches!(talk(server.connect(), long.as_bytes()).status, 414 | 431));

    assert_eq!(server.run(&["log", "--format", "json"]), before);
    guest.make("Still alive").is(303);
}

#[test]
fn a_body_that_is_announced_too_large_is_not_waited_for() {
    let server = Server::start(&["--server-largest-upload", "1 MB"]);
    let guest = server.sign_in();
    let head = format!(
        "{}content-type: multipart/form-data; boundary=b\r\ncontent-length: 9000000000\r\nexpect: 100-continue\r\n\r\n",
        guest.head("POST", "/o/acme/import")
    );
    let answer = talk(server.connect(), head.as_bytes()).is(413);
    assert!(answer.head.starts_with("HTTP/1.1 413"), "it was told to send it: {}", answer.head);
}

#[test]
fn garbage_between_requests_ends_the_connection_and_nothing_else() {
    let server = Server::start(&[]);
    let guest = server.sign_in();
    let (head, body) = guest.form("/o/acme/unit/new", &[("f.title", "Before the garbage")]);
    let head = head.replace("connection: close\r\n", "");
    let mut stream = server.connect();
    stream
        .write_all(format!("{head}{body}\x16\x03\x01\0\r\nDROP TABLE * \r\n\r\n").as_bytes())
        .unwrap();
    let answer = read(stream).is(303);
    assert!(answer.body.contains("HTTP/1.1 400"), "{answer:?}");

    for garbage in [
        &b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        &[0; 70_000],
    ] {
        let answer = talk(server.connect(), garbage);
        assert!(answer.status == 0 || answer.status >= 400, "{answer:?}");
    }
    guest.make("After the garbage").is(303);
    let units = server.run(&["list", "unit"]);
    assert!(units.contains("Before the garbage") && units.contains("After the garbage"), "{units}");
}

#[test]
fn a_workbook_that_swells_is_refused_before_it_fills_the_memory() {
    let server = Server::start(&["--server-metrics-token", "abc"]);
    let guest = server.sign_in();
    guest.get("/o/acme/import").is(200);
    let bomb = bomb();
    assert!(bomb.len() < 3_000_000, "{} bytes", bomb.len());
    let answer = guest.upload("/o/acme/import", "files", "bomb.xlsx", &bomb);
    assert!((400..500).contains(&answer.status), "{answer:?}");
    let ask = "GET /metrics HTTP/1.1\r\nhost: a\r\nauthorization: Bearer abc\r\nconnection: close\r\n\r\n";
    let text = talk(server.connect(), ask.as_bytes()).is(200).body;
    let line = text.lines().find_map(|it| it.strip_prefix("muniment_resident_memory_bytes "));
    let bytes: f64 = line.unwrap().parse().unwrap();
    assert!(bytes < 500e6, "{bytes} bytes in memory");
    guest.make("Still alive").is(303);
}

/// Seven hundred megabytes of zeros as a workbook.
fn bomb() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().large_file(true);
    for name in ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
        zip.start_file(name, options).unwrap();
        let size = if name.contains("sheet1") { 700 } else { 1 };
        let zeros = vec![b'0'; 1 << 20];
        (0..size).for_each(|_| zip.write_all(&zeros).unwrap());
    }
    zip.finish().unwrap().into_inner()
}
