//! Three nodes: one is killed under load, one is cut off from the database, one stands still for ten
//! seconds. Nothing that was acknowledged is lost, and nobody sees less than they have done.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use crate::{
    browser::Browser,
    installation::{Installation, until},
    proxy::Proxy,
};

#[test]
fn what_was_acknowledged_is_on_all_nodes_and_survives_one_of_them() {
    let Some(installation) = Installation::begun() else { return };
    installation.good(&["new", "asset", "--set", "title=A log"]);
    std::fs::write(installation.folder.path().join("log.txt"), "evidence").unwrap();
    installation.good(&["attach", "ASSET-1", "log.txt"]);

    let one = installation.node(None);
    let mut browser = Browser::sign_in(&one.base, one.link.as_ref().expect("it prints a link"));
    let proxy = Proxy::to(installation.port());
    let two = installation.node(Some(proxy.port));
    let mut three = installation.node(None);
    let kept = Mutex::new(Vec::new());
    let keep = |title: String| kept.lock().unwrap().push(title);

    // One session; what was done through one node is there on the next.
    for round in 0..10 {
        let title = format!("Round{round}");
        let page = browser.make(&one.base, &title).unwrap();
        for node in [&two, &three] {
            let seen = browser.get(&node.base, &page).unwrap();
            assert!(seen.status == 200 && seen.body.contains(&title), "{title}: {}", seen.status);
        }
        keep(title);
    }

    // One is killed while people write through it and through another.
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for worker in 0..4 {
            let base = if worker % 2 == 0 { &three.base } else { &one.base }.clone();
            let (mut browser, stop, keep) = (browser.clone(), &stop, &keep);
            scope.spawn(move || {
                for number in 0.. {
                    let title = format!("Load{worker}x{number}");
                    match browser.make(&base, &title) {
                        Ok(_) => keep(title),
                        // Nobody there any more.
                        Err(None) => return,
                        Err(Some(seen)) => panic!("{}: {}", seen.status, seen.body),
                    }
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                }
            });
        }
        until("twenty are written", || kept.lock().unwrap().len() > 30);
        three.kill();
        let then = kept.lock().unwrap().len();
        until("the other goes on", || kept.lock().unwrap().len() > then + 10);
        stop.store(true, Ordering::Relaxed);
    });

    drop((one, two, three));
    holds(&installation, kept.into_inner().unwrap());
}

#[test]
fn who_is_cut_off_or_stands_still_says_so_and_does_no_harm() {
    let Some(installation) = Installation::begun() else { return };
    let one = installation.node(None);
    let mut browser = Browser::sign_in(&one.base, one.link.as_ref().expect("it prints a link"));
    let proxy = Proxy::to(installation.port());
    let two = installation.node(Some(proxy.port));
    let kept = Mutex::new(Vec::new());
    let keep = |title: String| kept.lock().unwrap().push(title);

    // One is cut off: it reads on and says of when that is, and writes nothing.
    let mut reader = browser.clone();
    assert_eq!(reader.get(&two.base, "/o/acme/unit").unwrap().status, 200);
    proxy.cut(true);
    until("it says that the database is silent", || {
        let seen = reader.get(&two.base, "/o/acme/unit").unwrap();
        assert!([200, 503].contains(&seen.status), "{}: {}", seen.status, seen.body);
        seen.status == 200 && seen.body.contains("The database does not answer.")
    });
    let refused = reader.make(&two.base, "Lost").unwrap_err();
    // The form is shown, and what is sent is refused; or not even that.
    let refused = refused.expect("it answers");
    assert!(refused.status == 503, "{}: {}", refused.status, refused.body);
    let page = browser.make(&one.base, "Meanwhile").unwrap();
    keep("Meanwhile".to_owned());
    let behind = browser.get(&two.base, &page).unwrap();
    assert_eq!(behind.status, 503, "{}", behind.body);
    proxy.cut(false);
    until("it has caught up", || {
        let seen = browser.get(&two.base, &page).unwrap();
        seen.status == 200 && seen.body.contains("Meanwhile")
    });
    let title = "Mended".to_owned();
    browser.make(&two.base, &title).unwrap();
    keep(title);

    // One stands still for ten seconds; the other does its work, once.
    let backups = || installation.texts("select name from backup order by made").len();
    until("there is a backup", || backups() > 0);
    let before = backups();
    one.pause(true);
    thread::sleep(Duration::from_secs(10));
    assert!(backups() > before, "the other node makes backups");
    one.pause(false);
    let then = backups();
    until("backups go on", || backups() > then + 1);
    let times = installation.texts(
        "select cast(made as text) || ' ' || cast(verified as text) from backup order by made",
    );
    let times: Vec<(i64, i64)> = times
        .iter()
        .map(|it| it.split_once(' ').unwrap())
        .map(|(made, verified)| (made.parse().unwrap(), verified.parse().unwrap()))
        .collect();
    for pair in times.windows(2) {
        // Made every two seconds, counted from the end of the last one.
        assert!(pair[1].0 >= pair[0].1 + 1_900, "two at once: {times:?}");
    }
    browser.make(&one.base, "Awake").unwrap();
    keep("Awake".to_owned());

    drop((one, two));
    holds(&installation, kept.into_inner().unwrap());
}

/// The ledger verifies and holds what was acknowledged, and nothing that was refused.
fn holds(installation: &Installation, kept: Vec<String>) {
    installation.good(&["verify"]);
    let listed = installation.good(&["list", "unit", "--format", "json"]);
    for title in kept {
        assert!(listed.contains(&format!("\"{title}\"")), "{title} was acknowledged and is lost");
    }
    assert!(!listed.contains("\"Lost\""), "{listed}");
}
