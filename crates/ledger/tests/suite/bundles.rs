//! Bundles: whole, in part, cut off, tampered with.

use ledger::bundle::{BundleSource, Item, Reader, Writer};
use ledger::hash::sha256;
use ledger::verify::Line;
use ledger::{Error, Options, verify};
use serde_json::json;

use crate::fixture::{Book, organization};

fn items(bundle: &[u8]) -> Result<Vec<Item>, Error> {
    let mut reader = Reader::new(bundle)?;
    let mut items = Vec::new();
    while let Some(item) = reader.next_item()? {
        items.push(item);
    }
    Ok(items)
}

fn every() -> Options {
    Options { every_signature: true, ..Options::default() }
}

#[test]
fn a_bundle_verifies_as_its_ledger_does() {
    let mut book = Book::sample();
    let bytes = vec![7; 200_000];
    book.files.push((sha256(&bytes), Some(bytes)));
    let bundle = book.bundle();
    let mut source = BundleSource::new(&bundle[..]).unwrap();
    let report = verify(&mut source, &every()).unwrap();
    assert_eq!(report, book.bare().verify(&every()).unwrap());
    source.extras(&mut |_, _| panic!("there are none")).unwrap();
}

#[test]
fn a_bundle_is_written_as_it_was_read() {
    let mut writer = Writer::new(Vec::new(), organization()).unwrap();
    for item in items(&Book::sample().bundle()).unwrap() {
        writer.write(&item).unwrap();
    }
    writer.extra("account", json!({"name": "jane"})).unwrap();
    let (bundle, counts) = writer.finish().unwrap();
    assert_eq!((counts.entries, counts.lines, counts.checkpoints), (5, 7, 3));
    assert_eq!((counts.files, counts.extras), (1, 1));
    let mut source = BundleSource::new(&bundle[..]).unwrap();
    verify(&mut source, &every()).unwrap();
    let mut rows = Vec::new();
    source
        .extras(&mut |name, row| {
            rows.push((name.to_owned(), row.clone()));
            Ok(())
        })
        .unwrap();
    assert_eq!(rows, [("account".to_owned(), json!({"name": "jane"}))]);
}

#[test]
fn what_is_hidden_is_a_hash() {
    let book = Book::sample();
    let mut writer = Writer::new(Vec::new(), organization()).unwrap();
    for commit in &book.commits {
        let mut entry = commit.entry.clone();
        let hide = entry.seq == 2;
        if hide {
            entry.note = None;
        }
        writer.entry(&entry).unwrap();
        for line in &commit.lines {
            match line {
                Line::Shown(revision) if hide => writer.hide(revision).unwrap(),
                Line::Shown(revision) if revision.number == 2 => writer.hide(revision).unwrap(),
                Line::Shown(revision) => writer.revision(revision).unwrap(),
                Line::Hidden(_) => unreachable!("the fixture hides nothing"),
            }
        }
    }
    book.checkpoints.iter().for_each(|checkpoint| writer.checkpoint(checkpoint).unwrap());
    let (bundle, _) = writer.finish().unwrap();
    let text = String::from_utf8(bundle.clone()).unwrap();
    assert!(!text.contains("Fire") && text.contains("W\u{e4}sser"));
    let report = verify(&mut BundleSource::new(&bundle[..]).unwrap(), &every()).unwrap();
    assert_eq!((report.size, report.revisions, report.hidden), (5, 4, 3));
    assert_eq!(report.root, book.tail.edge.root());
}

#[test]
fn a_bundle_that_is_cut_off_is_refused() {
    let bundle = Book::sample().bundle();
    for cut in 0..bundle.len() {
        let error = items(&bundle[..cut]).unwrap_err();
        assert!(matches!(error, Error::Bundle { .. }), "{cut}: {error}");
    }
    let lines: Vec<_> = bundle.split_inclusive(|byte| *byte == b'\n').collect();
    for drop in 0..lines.len() {
        let mut rest = lines.clone();
        rest.remove(drop);
        assert!(items(&rest.concat()).is_err(), "without line {}", drop + 1);
    }
}

#[test]
fn each_wrong_line_is_named() {
    let bundle = String::from_utf8(Book::sample().bundle()).unwrap();
    for (from, to, expected) in [
        ("\"v\":1", "\"v\":2", "bundle line 1: version 2 of the form"),
        ("{\"muniment_bundle\"", "{\"bundle\"", "bundle line 1: not a line of a bundle"),
        ("\"op\":\"put\"", "\"op\":\"get\"", "bundle line 3: an `op` that is not"),
        ("\"count\":1", "\"count\":2", "bundle line 4: a commit has fewer change lines"),
        ("\"count\":1", "\"count\":0", "bundle line 3: a change line outside its commit"),
        ("\"count\":1", "\"count\":1,\"x\":1", "bundle line 2: not a line of a bundle: unknown"),
        ("{\"end\":{\"entries\":5", "{\"end\":{\"entries\":6", "bundle line 19: the end counts"),
        ("\"size\":8", "\"size\":7", "bundle line 18: a file is longer than it says"),
        ("\"size\":8", "\"size\":9", "bundle line 19: a file is shorter than it says"),
    ] {
        assert!(bundle.contains(from), "{from}");
        let error = items(bundle.replacen(from, to, 1).as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{expected}: {error}");
    }
    let error = items((bundle + "{}\n").as_bytes()).unwrap_err().to_string();
    assert!(error.starts_with("bundle line 20: "), "{error}");
    let huge = vec![b' '; 70 << 20];
    assert!(items(&huge).unwrap_err().to_string().contains("longer than 64 MiB"));
}

#[test]
fn items_out_of_order_are_not_written() {
    let book = Book::sample();
    let mut writer = Writer::new(Vec::new(), organization()).unwrap();
    writer.checkpoint(&book.checkpoints[0]).unwrap();
    assert!(matches!(writer.entry(&book.commits[0].entry), Err(Error::BundleOrder(_))));
    assert!(matches!(writer.file([0; 32], 3, &mut &b"four"[..]), Err(Error::BundleOrder(_))));
    let mut writer = Writer::new(Vec::new(), organization()).unwrap();
    writer.entry(&book.commits[0].entry).unwrap();
    assert!(matches!(writer.finish(), Err(Error::BundleOrder(_))));
}
