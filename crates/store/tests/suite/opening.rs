//! Opening and making databases, and what is refused.

use std::fs;

use store::{Error, Store};
use uuid::Uuid;

use crate::place::{ORGANIZATION, Place};

on_both!(
    opens_what_was_created,
    refuses_a_newer_or_changed_form,
    refuses_another_programs_tables,
    refuses_to_open_nothing,
    knows_its_organizations,
);

fn opens_what_was_created(place: &Place) {
    drop(place.store());
    let store = Store::open(&place.url).unwrap();
    assert_eq!(store.seq(ORGANIZATION).unwrap(), 0);
    let refused = refusal(Store::create(&place.url));
    assert!(refused.contains("already"), "{refused}");
    store.remarks().unwrap();
}

fn refuses_a_newer_or_changed_form(place: &Place) {
    drop(place.store());
    place.tamper(
        "insert into migration (number, name, sha256) select 99, name, sha256 from migration \
         where number = 1",
    );
    let refused = refusal(Store::open(&place.url));
    assert!(refused.contains("has form 99") && refused.contains("newer version"), "{refused}");
    place.tamper("delete from migration where number = 99");
    let other = "00".repeat(32);
    let bytes = if place.file().exists() { format!("x'{other}'") } else { format!("'\\x{other}'") };
    place.tamper(&format!("update migration set sha256 = {bytes} where number = 1"));
    let refused = refusal(Store::open(&place.url));
    assert!(refused.contains("another migration 1"), "{refused}");
}

fn refuses_another_programs_tables(place: &Place) {
    let is_sqlite = !place.url.starts_with("postgres");
    if is_sqlite {
        fs::write(place.file(), "").unwrap();
    }
    place.tamper("create table recipe (title text); insert into recipe values ('soup')");
    let before = fs::read(place.file()).unwrap_or_default();
    for refused in [refusal(Store::open(&place.url)), refusal(Store::create(&place.url))] {
        assert!(refused.contains("not a database of this program"), "{refused}");
        assert!(refused.contains(if is_sqlite { "another program" } else { "`recipe`" }));
    }
    assert_eq!(fs::read(place.file()).unwrap_or_default(), before);
}

fn refuses_to_open_nothing(place: &Place) {
    let refused = Store::open(&place.url).err().unwrap();
    assert!(matches!(refused, Error::Missing { .. }), "{refused}");
    assert!(refused.to_string().contains("make one with `muniment init`"), "{refused}");
    assert!(!place.file().exists());
}

fn knows_its_organizations(place: &Place) {
    let store = place.store();
    let other = Uuid::from_u128(2);
    let unknown = store.begin(other).err().unwrap().to_string();
    assert!(unknown.contains("has no organization"), "{unknown}");
    for taken in
        [store.create_ledger(ORGANIZATION, "other", "x"), store.create_ledger(other, "acme", "x")]
    {
        assert!(matches!(taken, Err(Error::OrganizationExists { .. })));
    }
    store.create_ledger(other, "aardvark", "aardvark.example").unwrap();
    let slugs: Vec<_> =
        place.again().organizations().unwrap().into_iter().map(|it| it.slug).collect();
    assert_eq!(slugs, ["aardvark", "acme"]);
}

#[test]
fn leaves_foreign_files_as_they_are() {
    let place = Place::sqlite();
    let long = format!("{}{}", "SQLite format 3\0", "x".repeat(200));
    for (bytes, expected) in [
        ("", "the file is empty"),
        ("title,owner\nlaptop,me\n", "is no SQLite database"),
        ("SQLite format 3\0 and no more", "is cut off"),
        (long.as_str(), "of another program"),
    ] {
        fs::write(place.file(), bytes).unwrap();
        for refused in [refusal(Store::open(&place.url)), refusal(Store::create(&place.url))] {
            assert!(refused.contains(expected), "{refused}");
        }
        assert_eq!(fs::read(place.file()).unwrap(), bytes.as_bytes());
        assert_eq!(fs::read_dir(place.folder()).unwrap().count(), 1);
    }
    let refused = refusal(Store::open(&format!("sqlite:{}", place.folder().display())));
    assert!(refused.contains("it is not a file"), "{refused}");
    let deep = format!("sqlite:{}", place.folder().join("no/where.db").display());
    let refused = refusal(Store::create(&deep));
    assert!(refused.contains("check that its folder exists"), "{refused}");
}

/// As a kill while it is made leaves it: marked, and without tables.
#[test]
fn finishes_a_database_given_up_while_it_was_made() {
    let place = Place::sqlite();
    drop(place.store());
    place.drop_tables_but(&[]);
    assert!(matches!(Store::open(&place.url), Err(Error::Missing { .. })));
    drop(place.store());
    assert_eq!(place.again().seq(ORGANIZATION).unwrap(), 0);
}

#[test]
fn refuses_a_damaged_file() {
    let place = Place::sqlite();
    drop(place.store());
    let bytes = fs::read(place.file()).unwrap();
    for keep in [100, 4096, bytes.len() - 4096] {
        let mut damaged = bytes.clone();
        damaged[keep..].fill(0xa5);
        fs::write(place.file(), &damaged).unwrap();
        match Store::open(&place.url) {
            Ok(store) => assert!(store.organizations().is_err() || keep > 4096),
            Err(error) => assert!(!error.to_string().contains('\n'), "{error}"),
        }
    }
}

#[test]
fn says_when_no_server_answers() {
    // Port 1 is reserved, and nothing of ours ever listens there.
    let refused = refusal(Store::open("postgres://me:secret@127.0.0.1:1/isms"));
    assert!(refused.starts_with("cannot open the database `postgres://me@127.0.0.1:1/isms`"));
    assert!(refused.contains("check that the server runs"), "{refused}");
    let root = "postgres://me@127.0.0.1:1/isms?sslmode=verify-full&sslrootcert=no-such-file";
    let refused = refusal(Store::open(root));
    assert!(refused.contains("`sslrootcert` must name"), "{refused}");
}

fn refusal(opened: Result<Store, Error>) -> String {
    opened.err().expect("it is refused").to_string()
}
