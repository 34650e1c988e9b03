//! Every bit of every stored field, flipped.

use ledger::verify::{Commit, Line};
use ledger::{Entry, Node, Op, Options, Revision, Salted};
use uuid::Uuid;

use crate::fixture::Book;

/// A way to reach one field of a ledger and to flip one of its bits; false when there are no more.
type Flip<'a> = &'a dyn Fn(&mut Book, usize) -> Flipped;

#[derive(PartialEq)]
enum Flipped {
    Done,
    /// The result is no text; a store cannot hand it out.
    NotText,
    NoMore,
}

fn bytes(bytes: &mut [u8], bit: usize) -> Flipped {
    match bytes.get_mut(bit / 8) {
        Some(byte) => {
            *byte ^= 1 << (bit % 8);
            Flipped::Done
        }
        None => Flipped::NoMore,
    }
}

fn text(text: &mut String, bit: usize) -> Flipped {
    let mut raw = text.clone().into_bytes();
    if bytes(&mut raw, bit) == Flipped::NoMore {
        return Flipped::NoMore;
    }
    match String::from_utf8(raw) {
        Ok(flipped) => {
            *text = flipped;
            Flipped::Done
        }
        Err(_) => Flipped::NotText,
    }
}

fn narrow(number: &mut u32, bit: usize) -> Flipped {
    if bit >= 32 {
        return Flipped::NoMore;
    }
    *number ^= 1 << bit;
    Flipped::Done
}

fn wide(number: &mut u64, bit: usize) -> Flipped {
    if bit >= 64 {
        return Flipped::NoMore;
    }
    *number ^= 1 << bit;
    Flipped::Done
}

fn id(id: &mut Uuid, bit: usize) -> Flipped {
    let mut raw = *id.as_bytes();
    let flipped = bytes(&mut raw, bit);
    *id = Uuid::from_bytes(raw);
    flipped
}

fn salted(content: Option<&mut Salted>, bit: usize) -> Flipped {
    match content {
        None => Flipped::NoMore,
        Some(content) if bit < 128 => bytes(&mut content.salt, bit),
        Some(content) => text(&mut content.text, bit - 128),
    }
}

fn entry_fields() -> Vec<fn(&mut Entry, usize) -> Flipped> {
    vec![
        |entry, bit| wide(&mut entry.seq, bit),
        |entry, bit| text(&mut entry.at, bit),
        |entry, bit| text(&mut entry.actor, bit),
        |entry, bit| text(&mut entry.via, bit),
        |entry, bit| entry.note_hash.as_mut().map_or(Flipped::NoMore, |hash| bytes(hash, bit)),
        |entry, bit| salted(entry.note.as_mut(), bit),
        |entry, bit| narrow(&mut entry.count, bit),
        |entry, bit| bytes(&mut entry.root, bit),
    ]
}

fn revision_fields() -> Vec<fn(&mut Revision, usize) -> Flipped> {
    vec![
        |line, bit| wide(&mut line.seq, bit),
        |line, bit| id(&mut line.record, bit),
        |line, bit| text(&mut line.kind, bit),
        |line, bit| narrow(&mut line.number, bit),
        |line, bit| narrow(&mut line.version, bit),
        |line, bit| {
            let others = [Op::Put, Op::Withdraw, Op::Erase].into_iter().filter(|op| *op != line.op);
            match others.collect::<Vec<_>>().get(bit) {
                Some(op) => {
                    line.op = *op;
                    Flipped::Done
                }
                None => Flipped::NoMore,
            }
        },
        |line, bit| text(&mut line.stage, bit),
        |line, bit| text(&mut line.provenance, bit),
        |line, bit| narrow(&mut line.body_version, bit),
        |line, bit| bytes(&mut line.hash, bit),
        |line, bit| salted(line.content.as_mut(), bit),
    ]
}

fn node_fields() -> Vec<fn(&mut Node, usize) -> Flipped> {
    vec![
        |node, bit| bytes(std::slice::from_mut(&mut node.level), bit),
        |node, bit| wide(&mut node.index, bit),
        |node, bit| bytes(&mut node.hash, bit),
    ]
}

/// Flips bit after bit of a field until there are no more; each must be found.
fn flip_all(book: &Book, name: &str, flip: Flip<'_>) -> usize {
    let options = Options { every_signature: true, ..Options::default() };
    let mut found = 0;
    for bit in 0.. {
        let mut wrong = book.clone();
        match flip(&mut wrong, bit) {
            Flipped::NoMore => break,
            Flipped::NotText => {}
            Flipped::Done => {
                assert!(wrong.verify(&options).is_err(), "bit {bit} of {name} passed");
                found += 1;
            }
        }
    }
    found
}

fn flip_source_rows(book: &Book) -> usize {
    let mut found = 0;
    for index in 0..book.commits.len() {
        for (field, flip) in entry_fields().into_iter().enumerate() {
            let name = format!("entry {} field {field}", index + 1);
            found += flip_all(book, &name, &|book, bit| flip(&mut book.commits[index].entry, bit));
        }
        for line in 0..book.commits[index].lines.len() {
            for (field, flip) in revision_fields().into_iter().enumerate() {
                let name = format!("entry {} line {line} field {field}", index + 1);
                found += flip_all(book, &name, &|book, bit| {
                    let Commit { lines, .. } = &mut book.commits[index];
                    match &mut lines[line] {
                        Line::Shown(revision) => flip(revision, bit),
                        Line::Hidden(hash) => bytes(hash, bit),
                    }
                });
            }
        }
    }
    found
}

#[test]
fn any_bit_of_entries_and_revisions() {
    assert!(flip_source_rows(&Book::sample()) > 10_000);
}

#[test]
fn any_bit_of_entries_and_revisions_without_derived_rows() {
    assert!(flip_source_rows(&Book::sample().bare()) > 10_000);
}

#[test]
fn any_bit_of_derived_rows() {
    let book = Book::sample();
    for index in 0..book.nodes.as_ref().unwrap().len() {
        for flip in node_fields() {
            let name = format!("node {index}");
            flip_all(&book, &name, &|book, bit| {
                flip(&mut book.nodes.as_mut().unwrap()[index], bit)
            });
        }
    }
    flip_all(&book, "tail", &|book, bit| wide(&mut book.stored_tail.as_mut().unwrap().seq, bit));
    flip_all(&book, "edge", &|book, bit| bytes(&mut book.stored_tail.as_mut().unwrap().edge, bit));
    for index in 0..book.pointers.as_ref().unwrap().len() {
        type Field = fn(&mut ledger::verify::Pointer, usize) -> Flipped;
        let fields: [Field; 5] = [
            |pointer, bit| id(&mut pointer.record, bit),
            |pointer, bit| text(&mut pointer.kind, bit),
            |pointer, bit| narrow(&mut pointer.number, bit),
            |pointer, bit| narrow(&mut pointer.version, bit),
            |pointer, bit| wide(&mut pointer.seq, bit),
        ];
        for flip in fields {
            let name = format!("pointer {index}");
            flip_all(&book, &name, &|book, bit| {
                flip(&mut book.pointers.as_mut().unwrap()[index], bit)
            });
        }
    }
    let mut book = Book::begun();
    book.files = Book::sample().files;
    flip_all(&book, "file", &|book, bit| bytes(book.files[0].1.as_mut().unwrap(), bit));
    flip_all(&book, "file name", &|book, bit| bytes(&mut book.files[0].0, bit));
}

#[test]
fn any_bit_of_a_checkpoint() {
    let book = Book::begun();
    let note = |book: &mut Book, bit| text(&mut book.checkpoints[0].note, bit);
    assert!(flip_all(&book, "checkpoint", &note) > 1000);
    flip_all(&book, "size", &|book, bit| wide(&mut book.checkpoints[0].size, bit));
}
