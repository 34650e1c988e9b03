//! Ways in: addresses, sockets, systemd, TLS.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    os::unix::{
        fs::PermissionsExt,
        net::{UnixDatagram, UnixStream},
    },
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    pki_types::{CertificateDer, pem::PemObject},
};

use crate::server::{LONG, Server, begun, muniment, program, talk, until};

const HEALTH: &[u8] = b"GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

#[test]
fn a_socket_is_for_its_user_and_group_and_taken_over_from_the_dead() {
    let folder = begun();
    let path = folder.path().join("muniment.socket");
    let door = format!("unix:{}", path.display());
    let serve = ["serve", "--listen", &door, "--origin", "https://isms.example.org"];
    let mut command = muniment(folder.path());
    command.args(serve);
    let mut server = Server::spawn(folder, command);
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o660);
    talk(UnixStream::connect(&path).unwrap(), HEALTH).is(200).says("alive");
    let mut second = muniment(server.folder.path());
    let refused = second.args(serve).output().unwrap();
    assert!(!refused.status.success(), "two listen on one socket");
    server.child.kill().unwrap();
    server.child.wait().unwrap();
    assert!(path.exists() && UnixStream::connect(&path).is_err());
    let mut next = muniment(server.folder.path());
    server.child = next.args(serve).stdout(Stdio::null()).spawn().unwrap();
    until(|| UnixStream::connect(&path).is_ok());
    talk(UnixStream::connect(&path).unwrap(), HEALTH).is(200).says("alive");
}

#[test]
fn systemd_hands_the_socket_over_and_is_told() {
    let folder = begun();
    let told = folder.path().join("notify");
    let notify = UnixDatagram::bind(&told).unwrap();
    notify.set_read_timeout(Some(LONG)).unwrap();
    let mut probe = Command::new("systemd-socket-activate");
    if !probe.arg("--version").output().is_ok_and(|it| it.status.success()) {
        eprintln!("skipped: no systemd-socket-activate");
        return;
    }
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let plain = muniment(folder.path());
    let mut command = Command::new("systemd-socket-activate");
    command.current_dir(folder.path()).args(["--listen", &port.to_string()]);
    // It passes on only what it is told to.
    for (name, value) in plain.get_envs().filter_map(|(name, value)| Some((name, value?))) {
        command.arg(format!("--setenv={}={}", name.display(), value.display()));
    }
    command.arg(format!("--setenv=NOTIFY_SOCKET={}", told.display()));
    command.arg(program()).args(["serve", "--listen", "systemd"]);
    let waker = std::thread::spawn(move || {
        // The program is started by the first who connects, and answers that one.
        let mut stream = None;
        until(|| {
            stream = TcpStream::connect(port).ok();
            stream.is_some()
        });
        talk(stream.unwrap(), HEALTH)
    });
    let mut server = Server::spawn(folder, command);
    waker.join().unwrap().is(200).says("alive");
    let said = || {
        let mut text = [0; 200];
        let count = notify.recv(&mut text).unwrap();
        String::from_utf8_lossy(&text[..count]).trim().to_owned()
    };
    assert_eq!(said(), "READY=1");
    server.signal("TERM");
    assert_eq!(said(), "STOPPING=1");
    assert!(server.ended().success());
}

#[test]
fn a_certificate_is_shown_and_a_renewed_one_without_a_restart() {
    let folder = begun();
    let first = certificate(folder.path());
    let args = ["--tls-certificate", "cert.pem", "--tls-key", "key.pem"];
    let server = Server::start_in(folder, &args, |_| {});
    assert!(server.printed.iter().any(|it| it.contains("https://")), "{:?}", server.printed);
    let answer = secured(&server, &first, &[b"http/1.1"]).unwrap();
    assert_eq!(answer.header("strict-transport-security"), "", "health is no page");
    // Plain HTTP is no TLS, and does not harm.
    assert_ne!(server.get("/health").status, 200);
    let second = certificate(server.folder.path());
    assert!(secured(&server, &second, &[b"http/1.1"]).is_none(), "it is not shown yet");
    server.signal("HUP");
    until(|| secured(&server, &second, &[b"http/1.1"]).is_some());
    // A pair that does not fit is told, and the one before stays.
    fs::write(server.folder.path().join("key.pem"), "no key").unwrap();
    server.signal("HUP");
    until(|| server.log().contains("could not be read again"));
    secured(&server, &second, &[b"http/1.1"]).unwrap().is(200);
}

#[test]
fn plain_http_that_others_can_hear_is_refused() {
    let folder = begun();
    let refused = |args: &[&str]| {
        let output = muniment(folder.path()).arg("serve").args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).unwrap()
    };
    let told = refused(&["--listen", "0.0.0.0:0"]);
    assert!(told.contains("plain HTTP would show them passwords"), "{told}");
    let told = refused(&["--tls-certificate", "cert.pem"]);
    assert!(told.contains("both `tls.certificate` and `tls.key`"), "{told}");
    let told = refused(&["--listen", "somewhere"]);
    assert!(told.contains("`--listen`: `server.listen` cannot be `somewhere`"), "{told}");
    let told = refused(&["--listen", "unix:a.socket"]);
    assert!(told.contains("name it by --origin"), "{told}");
}

/// Writes a new certificate for this machine and its key; answers the certificate.
fn certificate(folder: &Path) -> String {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
    fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    made.cert.pem()
}

/// The answer to somebody who trusts this certificate alone; `None` when another is shown.
fn secured(server: &Server, trusted: &str, protocols: &[&[u8]]) -> Option<crate::server::Answer> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(trusted.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider);
    let config = config.with_safe_default_protocol_versions().unwrap();
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|it| it.to_vec()).collect();
    let name = "127.0.0.1".try_into().unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = StreamOwned::new(connection, server.connect());
    stream.write_all(HEALTH).ok()?;
    let mut all = Vec::new();
    stream.read_to_end(&mut all).ok();
    let answer = crate::server::read(&all[..]);
    (answer.status != 0).then_some(answer)
}
