//! Foreign bytes: whatever comes, the answer is a sentence and never a panic.

use ledger::bundle::BundleSource;
use ledger::event::Event;
use ledger::proof::Proof;
use ledger::{Checkpoint, Note, Options, Verifier, hash, verify};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::fixture::{Book, signer};

/// A few edits of a text: bytes replaced, inserted, removed, or doubled.
fn edits() -> impl Strategy<Value = Vec<(u8, Index, u8)>> {
    prop::collection::vec((0..4u8, any::<Index>(), any::<u8>()), 1..6)
}

fn edited(mut bytes: Vec<u8>, edits: &[(u8, Index, u8)]) -> Vec<u8> {
    for (how, at, byte) in edits {
        let at = at.index(bytes.len().max(1));
        match how {
            0 if at < bytes.len() => bytes[at] = *byte,
            1 => bytes.insert(at, *byte),
            2 if at < bytes.len() => drop(bytes.remove(at)),
            _ => {
                let tail = bytes[at..].to_vec();
                bytes.extend(tail);
            }
        }
    }
    bytes
}

fn read_bundle(bytes: &[u8]) -> Result<ledger::Report, ledger::Error> {
    let mut source = BundleSource::new(bytes)?;
    let report = verify(&mut source, &Options::default())?;
    source.extras(&mut |_, _| Ok(()))?;
    Ok(report)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text(text in "(\\PC|\n|— |\\+){0,200}") {
        let _ = Note::parse(&text);
        let _ = Checkpoint::parse(&text);
        let _ = Checkpoint::parse_text(&text);
        let _ = Proof::parse(&text);
        let _ = Verifier::parse(&text);
        let _ = Event::parse(&text);
        let _ = hash::decode(&text);
        prop_assert!(read_bundle(text.as_bytes()).is_err());
    }

    #[test]
    fn a_changed_note_is_refused_or_says_the_same(edits in edits()) {
        let book = Book::begun();
        let note = &book.checkpoints[0].note;
        if let Ok(text) = String::from_utf8(edited(note.clone().into_bytes(), &edits))
            && let Ok((checkpoint, read)) = Checkpoint::parse(&text)
        {
            prop_assert_eq!(read.to_string(), text);
            let keys = [signer(1).verifier().clone()];
            if read.verify(&keys).is_ok_and(|keys| !keys.is_empty()) {
                prop_assert_eq!(checkpoint, book.tail.checkpoint(crate::fixture::ORIGIN));
            }
        }
    }

    #[test]
    fn a_changed_key_is_another_or_none(edits in edits()) {
        let vkey = signer(1).verifier().to_string();
        if let Ok(text) = String::from_utf8(edited(vkey.into_bytes(), &edits))
            && let Ok(key) = Verifier::parse(&text)
        {
            prop_assert_eq!(key.to_string(), text);
        }
    }

    #[test]
    fn a_changed_proof_is_read_exactly_or_refused(edits in edits()) {
        let checkpoint = Book::begun().checkpoints[0].note.clone();
        let proof = Proof { index: 4, extra: Some(vec![1, 2]), path: vec![[1; 32]; 3], checkpoint };
        let written = proof.to_string();
        prop_assert_eq!(&Proof::parse(&written).unwrap(), &proof);
        if let Ok(text) = String::from_utf8(edited(written.into_bytes(), &edits))
            && let Ok(read) = Proof::parse(&text)
        {
            prop_assert_eq!(read.to_string(), text);
        }
    }

    #[test]
    fn a_changed_bundle_never_holds_another_ledger(edits in edits()) {
        let book = Book::sample();
        if let Ok(report) = read_bundle(&edited(book.bundle(), &edits)) {
            prop_assert_eq!(report.root, book.tail.edge.root());
        }
    }
}

#[test]
fn malformed_notes_are_named() {
    let note = Book::begun().checkpoints[0].note.clone();
    for (text, expected) in [
        (note.replace("\n\n", "\n"), "not a signed note: no empty line"),
        (note.trim_end().to_owned(), "not a signed note: no signature, or its line"),
        (note.replace('\u{2014}', "-"), "is not a signature: expected `— name base64`"),
        (note.replacen("\n1\n", "\n01\n", 1), "not a checkpoint: `01` is not a size"),
        (note.replacen("\n1\n", "\n+1\n", 1), "not a checkpoint: `+1` is not a size"),
        (note.replacen("\n1\n", "\n1\r\n", 1), "the text has a control character"),
        ("x\n\n".repeat(30_000), "longer than 64 KiB"),
        ("x\n1\n\n\u{2014} a b\n".to_owned(), "is not a signature"),
    ] {
        let error = Checkpoint::parse(&text).unwrap_err().to_string();
        assert!(error.contains(expected), "{expected}: {error}");
    }
    for (name, expected) in [("", "a name is not empty"), ("a b", "a name"), ("a+b", "a name")] {
        let error = ledger::Signer::new(name, &[1; 32]).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    assert!(!format!("{:?}", signer(1)).contains("1, 1, 1"), "a secret is never shown");
}
