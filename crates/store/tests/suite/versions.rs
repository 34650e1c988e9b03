//! Databases of earlier versions, as their programs wrote them, opened by this one.

use std::fs;
use std::path::Path;

use store::db::Connection;
use store::{Address, Store};

use crate::place::Place;

on_both!(
    earlier_databases_are_brought_up_to_date,
    several_who_open_one_at_once_wait_for_each_other,
);

/// The forms of which a database is kept, by the number of their newest migration.
const KEPT: &[u32] = &[1, 2, 3, 6];

fn earlier_databases_are_brought_up_to_date(place: &Place) {
    for &number in KEPT {
        restore(place, number);
        let store = place.again();
        let [row] = &store.organizations().unwrap()[..] else { panic!("one organization") };
        let options = ledger::Options { every_signature: true, ..Default::default() };
        let mut source = store.stored_ledger(row.organization).unwrap();
        let report = ledger::verify(&mut source, &options).unwrap();
        assert_eq!((report.size, report.revisions, report.erased), (8, 104, 1), "{number}");
        drop(source);
        let mut titles = Vec::new();
        store
            .snapshot()
            .unwrap()
            .load(row.organization, None, |it| {
                if it.kind == "asset" && !it.withdrawn {
                    titles.push(it.content.map(|it| it.contains("File servers in Ulm")));
                }
                Ok::<_, store::Error>(())
            })
            .unwrap();
        assert_eq!(titles, [Some(true), None], "{number}");
        assert_eq!(store.accounts().any().unwrap(), number > 1);
        // It has become a database of this version: what is new works.
        assert_eq!(store.backups().unwrap(), []);
        assert_eq!(store.remarks().unwrap().iter().filter(|it| it.contains("views")).count(), 0);
        drop(store);
        place.drop_tables_but(&[]);
    }
}

fn several_who_open_one_at_once_wait_for_each_other(place: &Place) {
    restore(place, KEPT[0]);
    let url = place.url.as_str();
    std::thread::scope(|scope| {
        let opening: Vec<_> = (0..4).map(|_| scope.spawn(|| Store::open(url))).collect();
        for it in opening {
            assert_eq!(it.join().unwrap().unwrap().organizations().unwrap().len(), 1);
        }
    });
}

/// Puts a database of an earlier form there. The digests of migrations that it holds are those of
/// then: a migration that was changed since is noticed here.
fn restore(place: &Place, number: u32) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_sqlite = !place.url.starts_with("postgres");
    if is_sqlite && !place.file().exists() {
        fs::write(place.file(), "").unwrap();
    }
    let connection = Connection::open(&Address::parse(&place.url).unwrap()).unwrap();
    if is_sqlite {
        let views = "pragma application_id = 1297436233; pragma foreign_keys = off";
        connection.batch(views).unwrap();
    }
    let words = match is_sqlite {
        true => ["blob", "integer", "text", " without rowid, strict", " strict"],
        false => ["bytea", "bigint", "text", "", ""],
    };
    let names = ["{bytes}", "{integer}", "{text}", "{clustered}", "{strict}"];
    let mut schema = "create table migration (number {integer} not null primary key, \
                      name {text} not null, sha256 {bytes} not null){clustered};"
        .to_owned();
    let mut files: Vec<_> =
        fs::read_dir(here.join("migrations")).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        if name.split('_').next().unwrap().parse::<u32>().unwrap() <= number {
            schema.push_str(&fs::read_to_string(&file).unwrap());
        }
    }
    let schema =
        names.iter().zip(words).fold(schema, |text, (name, word)| text.replace(name, word));
    connection.batch(&schema).unwrap();
    let rows = fs::read_to_string(here.join(format!("tests/versions/{number}.sql"))).unwrap();
    let rows: String = rows.lines().map(|it| as_of(is_sqlite, it) + "\n").collect();
    connection.batch(&rows).unwrap();
}

/// A row as the other database writes it: bytes, and the character of a line's end.
fn as_of(is_sqlite: bool, row: &str) -> String {
    if is_sqlite {
        return row.to_owned();
    }
    let row = row.replace(",char(10))", ",chr(10))");
    let mut text = String::new();
    let mut rest = row.as_str();
    while let Some((before, after)) = rest.split_once("X'") {
        // Only where a value begins, not within a text.
        let is_value = before.ends_with(['(', ',']);
        text.push_str(before);
        text.push_str(if is_value { "'\\x" } else { "X'" });
        rest = after;
    }
    text + rest
}
