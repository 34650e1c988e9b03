//! `doctor`: what it finds in an installation with something wrong, and how it ends.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::Path,
    thread,
};

use serde_json::Value;

use crate::server::{begun, muniment};

/// Its exit code, and its findings: what, state, found.
fn look(folder: &Path, args: &[&str]) -> (i32, Vec<(String, String, String)>) {
    let output = muniment(folder).args(["doctor", "--format", "json"]).args(args).output().unwrap();
    let findings: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap_or_else(|err| {
        panic!("{err}: {}", String::from_utf8_lossy(&output.stderr));
    });
    let text = |it: &Value, name: &str| it[name].as_str().unwrap_or_default().to_owned();
    let each = |it: &Value| (text(it, "about"), text(it, "state"), text(it, "found"));
    (output.status.code().unwrap(), findings.iter().map(each).collect())
}

#[track_caller]
fn finds(folder: &Path, args: &[&str], about: &str, state: &str, words: &str) -> i32 {
    let (code, findings) = look(folder, args);
    let found = findings.iter().any(|it| it.0 == about && it.1 == state && it.2.contains(words));
    assert!(found, "no {state} of {about} that says “{words}”: {findings:?}");
    code
}

#[test]
fn a_new_organization_has_nothing_that_failed() {
    let folder = begun();
    let (code, findings) = look(folder.path(), &[]);
    assert!(code < 2, "{findings:?}");
    for about in [
        "configuration",
        "database",
        "records",
        "signing key",
        "files",
        "clock",
        "folder of keys",
        "disk",
        "address",
    ] {
        assert!(findings.iter().any(|it| it.0 == about), "{about} is not in {findings:?}");
    }
    assert!(findings.iter().all(|it| it.1 != "failed"), "{findings:?}");
}

#[test]
fn the_mail_server_is_tried_and_sent_nothing() {
    let folder = begun();
    let finds_at = |port: u16, state: &str, words: &str| {
        let port = port.to_string();
        let mail =
            ["--mail-server", "127.0.0.1", "--mail-port", &port, "--mail-encryption", "none"];
        let sender = ["--mail-from", "a@b.example", "--mail-user", "u", "--mail-password", "wrong"];
        finds(folder.path(), &[&mail[..], &sender].concat(), "mail", state, words)
    };
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert_eq!(finds_at(closed, "failed", "refused"), 2);

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = thread::spawn(move || {
        let mut heard = String::new();
        for good in [false, true] {
            let mut stream = listener.accept().unwrap().0;
            stream.write_all(b"220 here\r\n").unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            while let Some(Ok(line)) = lines.next() {
                let answer = match line.split(' ').next().unwrap() {
                    "EHLO" => "250-here\r\n250 AUTH PLAIN\r\n",
                    "AUTH" if good => "235 welcome\r\n",
                    "AUTH" => "535 who are you?\r\n",
                    "QUIT" => "221 bye\r\n",
                    _ => "250 well\r\n",
                };
                heard.push_str(&line);
                stream.write_all(answer.as_bytes()).ok();
            }
        }
        heard
    });
    finds_at(port, "failed", "who are you?");
    finds_at(port, "ok", "takes mail of");
    let heard = heard.join().unwrap();
    assert!(heard.contains("AUTH") && !heard.contains("MAIL FROM"), "{heard}");
}

#[test]
fn what_is_wrong_is_found() {
    let folder = begun();
    let place = folder.path();
    let config = place.join("muniment.toml");
    fs::write(&config, "[server]\nmetrics_token = \"abc\"\n").unwrap();
    fs::set_permissions(&config, fs::Permissions::from_mode(0o644)).unwrap();
    finds(place, &[], "configuration", "warning", "holds a secret");
    fs::set_permissions(&config, fs::Permissions::from_mode(0o666)).unwrap();
    assert_eq!(finds(place, &[], "configuration", "failed", "may change"), 2);
    fs::write(&config, "[servr]\n").unwrap();
    assert_eq!(finds(place, &[], "configuration", "failed", "perhaps `server` is meant"), 2);
    fs::remove_file(&config).unwrap();

    let open = ["--listen", "0.0.0.0:7171"];
    assert_eq!(finds(place, &open, "address", "failed", "plain HTTP"), 2);
    let behind = ["--behind-proxy", "1", "--origin", "http://isms.example.org"];
    finds(place, &behind, "address", "warning", "unguarded");

    let mut ended = rcgen::CertificateParams::new(["a.example".to_owned()]).unwrap();
    ended.not_after = rcgen::date_time_ymd(2020, 1, 1);
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = ended.self_signed(&key).unwrap();
    fs::write(place.join("cert.pem"), certificate.pem()).unwrap();
    fs::write(place.join("key.pem"), key.serialize_pem()).unwrap();
    let tls = ["--tls-certificate", "cert.pem", "--tls-key", "key.pem"];
    assert_eq!(finds(place, &tls, "certificate", "failed", "it ended on 2020-01-01"), 2);

    let keys = place.join("keys");
    let key = fs::read_dir(&keys).unwrap().next().unwrap().unwrap().path();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(finds(place, &[], "folder of keys", "failed", "others than you may read"), 2);
    fs::remove_file(&key).unwrap();
    assert_eq!(finds(place, &[], "signing key", "failed", "missing"), 2);
    fs::remove_file(place.join("muniment.db")).unwrap();
    assert_eq!(finds(place, &[], "database", "failed", "there is no database"), 2);
}
