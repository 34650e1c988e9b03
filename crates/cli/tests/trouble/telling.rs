//! What the program tells about itself, and what it must not.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    thread,
};

use crate::{
    proxy::told_address,
    server::{LONG, Server, muniment, talk, until},
};

#[test]
fn the_log_has_a_line_for_each_request_and_nothing_of_what_was_said_in_it() {
    let server = Server::start(&["--telemetry-log-form", "json"]);
    let guest = server.sign_in();
    let answer =
        guest.post("/o/acme/unit/new?hint=queryword", &[("f.title", "Secretword")]).is(303);
    let id = answer.header("x-request-id").to_owned();
    assert_eq!(id.len(), 32, "{answer:?}");
    until(|| server.log().contains(&id));
    let log = server.log();
    let line = log.lines().find(|it| it.contains(&id)).unwrap();
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    let fields = &line["fields"];
    assert_eq!(fields["route"], "/o/{place}/{kind}/new", "{line}");
    assert_eq!(fields["method"], "POST");
    assert_eq!(fields["status"], 303);
    assert!(fields["micros"].as_u64().unwrap() > 0, "{line}");
    assert_eq!(fields["organization"].as_str().unwrap().len(), 36, "{line}");
    let token = server.link.rsplit('/').next().unwrap();
    let session = guest.cookie.split('=').nth(1).unwrap();
    for kept in [token, session, &guest.token, "queryword", "Secretword", "Ada", "acme"] {
        assert!(!log.contains(kept), "the log says {kept}: {log}");
    }
}

#[test]
fn figures_are_for_monitors_and_whoever_has_the_token() {
    let server =
        Server::start(&["--server-metrics-token", "a-token", "--server-monitor", "127.0.0.1:0"]);
    server.sign_in().make("Counted").is(303);
    server.get("/metrics").is(404);
    let with = |token: &str| {
        let head = format!(
            "GET /metrics HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n"
        );
        talk(server.connect(), head.as_bytes())
    };
    with("another").is(404);
    let told = with("a-token").is(200).body;
    let counted =
        "muniment_requests_total{method=\"POST\",route=\"/o/{place}/{kind}/new\",status=\"303\"} 1";
    for line in [counted, "muniment_database_up 1", "muniment_organizations_loaded 1"] {
        assert!(told.lines().any(|it| it == line), "{line} is not in {told}");
    }
    assert!(told.ends_with("# EOF\n"), "{told}");
    let aside =
        server.printed.iter().find_map(|it| it.strip_prefix("Monitors are answered at http://"));
    let aside = aside.unwrap().trim_end_matches("/metrics");
    let ask = |path: &str| {
        let head = format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        talk(TcpStream::connect(aside).unwrap(), head.as_bytes())
    };
    ask("/metrics").is(200).says("muniment_answer_seconds_bucket");
    ask("/ready").is(200);
    let health = |args: &[&str]| {
        muniment(server.folder.path()).arg("health").args(args).output().unwrap().status.code()
    };
    assert_eq!(health(&["--server-monitor", aside]), Some(0));
    assert_eq!(health(&["--listen", &server.address]), Some(0));
    assert_eq!(health(&["--server-monitor", "127.0.0.1:1"]), Some(2));
    // No pages there.
    ask("/sign-in").is(404);
}

#[test]
fn traces_reach_a_collector_without_what_was_said() {
    let (collector, from) = collector();
    let args = ["--telemetry-otlp", &collector, "--telemetry-service", "isms-test"];
    let mut server = Server::start(&args);
    let guest = server.sign_in();
    guest.post("/o/acme/unit/new?hint=queryword", &[("f.title", "Secretword")]).is(303);
    server.signal("TERM");
    assert!(server.ended().success());
    let (mut heads, mut all) = (String::new(), String::new());
    while !all.contains("POST /o/{place}/{kind}/new") {
        let (head, body) = from.recv_timeout(LONG).expect("the traces are sent before it ends");
        heads.push_str(&head);
        all.push_str(&String::from_utf8_lossy(&body));
    }
    assert!(heads.starts_with("POST /v1/traces "), "{heads}");
    for told in ["isms-test", "http.route", "commit", "organization"] {
        assert!(all.contains(told), "{told} is not told");
    }
    for kept in [guest.token.as_str(), guest.cookie.as_str(), "queryword", "Secretword", "Ada"] {
        assert!(!all.contains(kept), "the traces say {kept}");
    }
}

#[test]
fn a_trace_of_a_trusted_proxy_is_continued_and_no_other() {
    let trace: Vec<u8> = (0x41..0x51).collect();
    let hex: String = trace.iter().map(|it| format!("{it:02x}")).collect();
    for (trusted, goes_on) in [("127.0.0.1", true), ("192.0.2.1", false)] {
        let (collector, from) = collector();
        let origin = "https://isms.example.org";
        let args = ["--telemetry-otlp", &collector, "--behind-proxy", trusted, "--origin", origin];
        let mut server = Server::start(&args);
        let address = told_address(&server);
        for path in ["/sign-in", "/api/v1"] {
            let head = format!(
                "GET {path} HTTP/1.1\r\nhost: a\r\ntraceparent: 00-{hex}-0123456789abcdef-01\r\n\
                 connection: close\r\n\r\n"
            );
            talk(TcpStream::connect(&address).unwrap(), head.as_bytes());
        }
        server.signal("TERM");
        assert!(server.ended().success());
        let (mut all, mut times) = (Vec::new(), 0);
        let says =
            |all: &[u8], what: &[u8]| all.windows(what.len()).filter(|it| *it == what).count();
        while says(&all, b"GET /sign-in") == 0 || says(&all, b"GET /api/v1") == 0 {
            all.extend(from.recv_timeout(LONG).expect("the traces are sent before it ends").1);
            times = says(&all, &trace);
        }
        assert_eq!(times >= 2, goes_on, "{trusted}: {times}");
        assert_eq!(times == 0, !goes_on, "{trusted}: {times}");
    }
}

/// A collector of traces, and what is sent to it: heads and bodies.
fn collector() -> (String, mpsc::Receiver<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let collector = format!("http://{}", listener.local_addr().unwrap());
    let (to, from) = mpsc::channel();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut head = String::new();
            while reader.read_line(&mut head).unwrap_or(0) > 2 {}
            let length = head
                .lines()
                .find_map(|it| it.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            let mut body = vec![0; length.unwrap_or(0)];
            reader.read_exact(&mut body).ok();
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                .ok();
            to.send((head, body)).ok();
        }
    });
    (collector, from)
}
