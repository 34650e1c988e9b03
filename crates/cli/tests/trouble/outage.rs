//! What the program stands on fails: the disk is full, the database is gone, a file is missing.

use std::{
    fs,
    io::{ErrorKind, Read, Write},
    net::{TcpListener, TcpStream},
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use store::{Address, db::Connection};

use crate::server::{Server, begun, muniment, program, run, until};

#[test]
fn a_full_disk_refuses_writes_and_loses_nothing() {
    let folder = begun();
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let mounts = "mount -t tmpfs -o size=24m none disk && cp muniment.db* disk/ && exec \"$@\"";
    let unshare = ["--user", "--map-root-user", "--mount", "sh", "-c", mounts, "sh"];
    let mut probe = Command::new("unshare");
    let probe = probe.current_dir(folder.path()).args(unshare).arg("true").status();
    if !probe.is_ok_and(|it| it.success()) {
        eprintln!("skipped: this account may not mount a small disk");
        return;
    }
    let mut command = Command::new("unshare");
    let plain = muniment(folder.path());
    command.current_dir(folder.path()).args(unshare).arg(program());
    command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.args(["--database", "sqlite:disk/muniment.db", "serve", "--listen", "127.0.0.1:0"]);
    let server = Server::spawn(folder, command);
    let guest = server.sign_in();
    guest.make("Before it was full").is(303);

    let inside = format!("/proc/{}/root{}", server.child.id(), disk.display());
    let filler = format!("{inside}/filler");
    let mut file = fs::File::create(&filler).unwrap();
    let piece = vec![7; 4096];
    let full = std::iter::repeat_with(|| file.write_all(&piece)).find_map(Result::err).unwrap();
    assert_eq!(full.kind(), ErrorKind::StorageFull);
    let mut refused = None;
    // What the log of the database has room for is still taken.
    for at in 0..2_000 {
        let title = format!("Number {at} {}", "x".repeat(900));
        let answer = guest.make(&title);
        if answer.status != 303 {
            refused = Some(answer);
            break;
        }
    }
    refused.expect("the disk is full").is(507).says("no room left");
    guest.get("/o/acme/unit").is(200).says("Before it was full");
    guest.get("/health").is(200);

    drop(file);
    fs::remove_file(&filler).unwrap();
    guest.make("After there was room").is(303);
    // Nobody writes any more: what lies there is whole, and is looked at where others can see it.
    let copy = server.folder.path().join("copy");
    fs::create_dir(&copy).unwrap();
    for name in ["muniment.db", "muniment.db-wal"] {
        fs::copy(format!("{inside}/{name}"), copy.join(name)).unwrap();
    }
    let url = "sqlite:copy/muniment.db";
    let told = run(server.folder.path(), &["--database", url, "list", "unit"]);
    assert!(told.contains("After there was room"), "{told}");
    run(server.folder.path(), &["--database", url, "verify"]);
}

#[test]
fn a_missing_file_is_told_and_the_record_stands() {
    let server = Server::start(&[]);
    let guest = server.sign_in();
    guest.make("Has a file").is(303);
    guest.upload("/o/acme/unit/1/attachment", "file", "plan.txt", b"the plan").is(303);
    let page = guest.get("/o/acme/unit/1").is(200).body;
    let (_, rest) = page.split_once("/o/acme/file/").expect(&page);
    let path = format!("/o/acme/file/{}", rest.split('"').next().unwrap().replace("&amp;", "&"));
    guest.get(&path).is(200).says("the plan");
    let sha = path.rsplit('/').next().unwrap().split('?').next().unwrap().to_owned();
    let mut folders = vec![server.folder.path().to_owned()];
    let mut removed = false;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(entry.path()),
                false if entry.file_name().to_string_lossy() == sha => {
                    fs::remove_file(entry.path()).unwrap();
                    removed = true;
                }
                false => {}
            }
        }
    }
    assert!(removed);
    guest.get(&path).is(503).says("not there any more as it was kept");
    guest.get("/o/acme/unit/1").is(200).says("plan.txt");
    // A folder that is none, as after a disk was not mounted: no fault of ours, and none of hers.
    let files = server.folder.path().join("muniment.db.files");
    fs::rename(&files, server.folder.path().join("away")).unwrap();
    fs::write(&files, "").unwrap();
    let answer = guest.upload("/o/acme/unit/1/attachment", "file", "new.txt", b"new");
    answer.is(503).says("files are kept cannot be reached");
    fs::remove_file(&files).unwrap();
    fs::rename(server.folder.path().join("away"), &files).unwrap();
    let doctor = muniment(server.folder.path()).arg("doctor").output().unwrap();
    assert_eq!(doctor.status.code(), Some(2));
    let told = String::from_utf8(doctor.stdout).unwrap();
    assert!(told.contains("1 of 1 files are missing or altered"), "{told}");
}

#[test]
fn a_database_that_goes_away_is_told_and_comes_back() {
    let Ok(url) = std::env::var("MUNIMENT_TEST_POSTGRES") else {
        eprintln!("skipped: no PostgreSQL; run `cargo xtask test`");
        return;
    };
    let (url, _schema) = own_schema(&url);
    let Some((url, gate)) = Gate::before(&url) else {
        eprintln!("skipped: PostgreSQL is not reached by a port");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let url = format!("{url}&files={}", folder.path().join("files").display());
    let init = [
        "--database",
        &url,
        "init",
        "--name",
        "Acme",
        "--person",
        "Ada",
        "--time-zone",
        "Europe/Berlin",
    ];
    run(folder.path(), &init);
    let server = Server::start_in(folder, &["--database", &url], |_| {});
    let guest = server.sign_in();
    guest.make("Before").is(303);

    gate.shut();
    let answer = guest.make("While it is gone");
    assert!(matches!(answer.status, 503), "{answer:?}");
    assert!(answer.body.contains("database"), "{answer:?}");
    guest.get("/ready").is(503);
    guest.get("/health").is(200);

    gate.open();
    until(|| guest.get("/ready").status == 200);
    guest.make("After").is(303);
    let units = run(server.folder.path(), &["--database", &url, "list", "unit"]);
    assert!(units.contains("Before") && units.contains("After"), "{units}");
    assert!(!units.contains("While it is gone"), "{units}");
    run(server.folder.path(), &["--database", &url, "verify"]);
}

/// A schema of this test alone, and its address; gone when dropped.
fn own_schema(server: &str) -> (String, Schema) {
    let name = format!("trouble{}", std::process::id());
    let connection = Connection::open(&Address::parse(server).unwrap()).unwrap();
    connection.batch(&format!("drop schema if exists {name} cascade")).unwrap();
    connection.batch(&format!("create schema {name}")).unwrap();
    let joint = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{joint}options=-csearch_path%3D{name}");
    (url, Schema { connection, name })
}

struct Schema {
    connection: Connection,
    name: String,
}

impl Drop for Schema {
    fn drop(&mut self) {
        self.connection.batch(&format!("drop schema {} cascade", self.name)).ok();
    }
}

/// A way to the database that can be shut.
struct Gate {
    is_open: Arc<AtomicBool>,
    through: Arc<Mutex<Vec<TcpStream>>>,
}

impl Gate {
    /// A gate before the database, and the address through it.
    fn before(url: &str) -> Option<(String, Self)> {
        let mut url: url::Url = url.parse().ok()?;
        let target = format!(
            "{}:{}",
            url.host_str().filter(|it| !it.is_empty())?,
            url.port().unwrap_or(5432)
        );
        let listener = TcpListener::bind("127.0.0.1:0").ok()?;
        url.set_host(Some("127.0.0.1")).ok()?;
        url.set_port(Some(listener.local_addr().ok()?.port())).ok()?;
        let gate = Self { is_open: Arc::new(AtomicBool::new(true)), through: Arc::default() };
        let (is_open, through) = (gate.is_open.clone(), gate.through.clone());
        thread::spawn(move || {
            for from in listener.incoming().map_while(Result::ok) {
                let Ok(to) = TcpStream::connect(&target) else { continue };
                if !is_open.load(Ordering::Relaxed) {
                    continue;
                }
                for (mut one, mut other) in [
                    (from.try_clone().unwrap(), to.try_clone().unwrap()),
                    (to.try_clone().unwrap(), from.try_clone().unwrap()),
                ] {
                    thread::spawn(move || {
                        let mut piece = [0; 16_384];
                        while let Ok(count) = one.read(&mut piece) {
                            if count == 0 || other.write_all(&piece[..count]).is_err() {
                                break;
                            }
                        }
                        other.shutdown(std::net::Shutdown::Both).ok();
                    });
                }
                through.lock().unwrap().extend([from, to]);
            }
        });
        Some((url.to_string(), gate))
    }

    fn shut(&self) {
        self.is_open.store(false, Ordering::Relaxed);
        for stream in self.through.lock().unwrap().drain(..) {
            stream.shutdown(std::net::Shutdown::Both).ok();
        }
    }

    fn open(&self) {
        self.is_open.store(true, Ordering::Relaxed);
    }
}
