//! Behind a real proxy: whose word about who asks is taken.

use std::{
    fs,
    net::TcpListener,
    process::{Child, Command, Stdio},
};

use crate::server::{Answer, Server, begun, muniment, talk, until};

#[test]
fn nginx_names_who_asks_and_nobody_else_does() {
    let Some(program) = nginx() else {
        eprintln!("skipped: no nginx; `apt-get install nginx-light`");
        return;
    };
    let folder = begun();
    let socket = folder.path().join("muniment.socket").display().to_string();
    let mut command = muniment(folder.path());
    command.args(["serve", "--listen", &format!("unix:{socket}"), "--behind-proxy", "unix"]);
    command.args(["--origin", "https://isms.example.org"]);
    let server = Server::spawn(folder, command);
    let folder = server.folder.path();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let snippet = include_str!("../../../../deploy/nginx.conf");
    let site = snippet.replace("127.0.0.1:7171", &format!("unix:{socket}"));
    let site = site.replace("listen 443 ssl http2;", &format!("listen 127.0.0.1:{port};"));
    let for_tls = |it: &&str| it.trim_start().starts_with("ssl_") || it.contains("[::]:443");
    let site: String = site.lines().filter(|it| !for_tls(it)).map(|it| format!("{it}\n")).collect();
    let config = format!(
        "user root; daemon off; pid nginx.pid; error_log stderr; events {{}} http {{ access_log off; \
         client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; \
         scgi_temp_path s;\n{site}\n}}"
    );
    fs::write(folder.join("nginx.conf"), config).unwrap();
    let mut command = Command::new(program);
    command.arg("-p").arg(folder).args(["-c", "nginx.conf", "-e", "stderr"]);
    let _nginx = Running(command.stdin(Stdio::null()).spawn().unwrap());
    let through = format!("127.0.0.1:{port}");
    until(|| std::net::TcpStream::connect(&through).is_ok());

    // What a client says of itself is put before what nginx saw, and is not believed.
    let lie = "x-forwarded-for: 203.0.113.66\r\nforwarded: for=203.0.113.67\r\n";
    let ask = |head: &str| {
        let head = format!("{head}{lie}connection: close\r\n\r\n");
        talk(std::net::TcpStream::connect(&through).unwrap(), head.as_bytes())
    };
    let answer = ask("GET /health HTTP/1.1\r\nhost: isms.example.org\r\n");
    answer.is(200).says("alive");
    let link = &server.link;
    let answer = ask(&format!(
        "POST {link} HTTP/1.1\r\nhost: isms.example.org\r\norigin: https://isms.example.org\r\ncontent-length: 0\r\n"
    ));
    let cookie = cookie(&answer.is(303));
    let page =
        ask(&format!("GET /account HTTP/1.1\r\nhost: isms.example.org\r\ncookie: {cookie}\r\n"));
    let page = page.is(200).says("From 127.0.0.1");
    assert!(!page.body.contains("203.0.113"), "a lie is believed");
}

#[test]
fn a_proxy_that_was_not_named_is_not_believed_and_one_that_was_is() {
    for (trusted, seen) in [("192.0.2.1", "From 127.0.0.1"), ("127.0.0.0/8", "From 203.0.113.9")] {
        let server =
            Server::start(&["--behind-proxy", trusted, "--origin", "https://isms.example.org"]);
        let address = told_address(&server);
        let ask = |head: String| {
            let head = format!(
                "{head}x-forwarded-for: 198.51.100.1, 203.0.113.9\r\nconnection: close\r\n\r\n"
            );
            talk(std::net::TcpStream::connect(&address).unwrap(), head.as_bytes())
        };
        let link = &server.link;
        let answer = ask(format!("POST {link} HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n"));
        let cookie = cookie(&answer.is(303));
        ask(format!("GET /account HTTP/1.1\r\nhost: a\r\ncookie: {cookie}\r\n")).is(200).says(seen);
    }
}

/// The address that the server itself listens on, which it does not print behind a proxy.
pub fn told_address(server: &Server) -> String {
    let log = || server.log();
    let mut address = None;
    until(|| {
        address =
            log().lines().find_map(|it| Some(it.split_once("listening on ")?.1.trim().to_owned()));
        address.is_some()
    });
    address.unwrap()
}

fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

fn nginx() -> Option<std::path::PathBuf> {
    let named = std::env::var_os("MUNIMENT_TEST_NGINX").map(std::path::PathBuf::from);
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::env::split_paths(&paths).chain(["/usr/sbin".into()]);
    named.or_else(|| paths.map(|it| it.join("nginx")).find(|it| it.is_file()))
}

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
