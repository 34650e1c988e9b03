//! A log that another implementation made.

use std::fs;
use std::path::{Path, PathBuf};

use ledger::hash::{decode, leaf_hash};
use ledger::proof::Proof;
use ledger::tree::{consistency, inclusion, root, verify_consistency};
use ledger::{Checkpoint, Hash, Signer, Verifier};

fn folder() -> Option<PathBuf> {
    let folder =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/tlog-vectors"));
    if folder.is_dir() {
        return Some(folder.to_owned());
    }
    eprintln!("skipped: no test vectors beside the project");
    None
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

fn leaves(folder: &Path) -> Vec<Hash> {
    text(folder, "events.jsonl").lines().map(|line| leaf_hash(line.as_bytes())).collect()
}

fn signer() -> Signer {
    let seed: Vec<u8> = (0..32).collect();
    Signer::new("acme.example/isms-log", &seed.try_into().unwrap()).unwrap()
}

#[test]
fn the_key_is_read_and_written() {
    let Some(folder) = folder() else { return };
    let vkey = text(&folder, "vkey.txt");
    assert_eq!(Verifier::parse(vkey.trim()).unwrap().to_string(), vkey.trim());
    assert_eq!(signer().verifier().to_string(), vkey.trim());
}

#[test]
fn checkpoints_are_signed_alike() {
    let Some(folder) = folder() else { return };
    let leaves = leaves(&folder);
    for size in [4, 7] {
        let note = text(&folder, &format!("checkpoint-{size}.note"));
        let (checkpoint, signed) = Checkpoint::parse(&note).unwrap();
        assert_eq!(checkpoint.size, size);
        assert_eq!(checkpoint.root, root(leaves[..size as usize].iter().copied()));
        assert_eq!(signed.verify(&[signer().verifier().clone()]).unwrap().len(), 1);
        assert_eq!(checkpoint.sign(&[&signer()]).unwrap(), note);
    }
    let body = text(&folder, "checkpoint-7.body");
    assert_eq!(Checkpoint::parse_text(&body).unwrap().to_string(), body);
    let (_, signed) = Checkpoint::parse(&text(&folder, "checkpoint-7.note")).unwrap();
    assert_eq!(signed.signatures()[0].bytes, fs::read(folder.join("checkpoint-7.sig")).unwrap());
}

#[test]
fn proofs_are_made_alike() {
    let Some(folder) = folder() else { return };
    let leaves = leaves(&folder);
    let nodes = crate::proofs::nodes(&leaves);
    let mut lookup = |level, index| nodes.get(level, index);
    let written = text(&folder, "event-2.tlog-proof");
    let proof = Proof::parse(&written).unwrap();
    assert_eq!(proof.to_string(), written);
    assert_eq!(Some(&proof.path), inclusion(2, 7, &mut lookup).as_ref());
    let keys = [signer().verifier().clone()];
    assert_eq!(proof.verify(&leaves[2], &keys).unwrap().size, 7);
    assert!(proof.verify(&leaves[3], &keys).is_err());
    assert!(proof.verify(&leaves[2], &[]).is_err());

    let path: Vec<_> =
        text(&folder, "consistency-4-7.txt").lines().map(|line| decode(line).unwrap()).collect();
    assert_eq!(consistency(4, 7, &mut lookup).unwrap(), path);
    let (old, new) = (root(leaves[..4].iter().copied()), root(leaves.iter().copied()));
    assert!(verify_consistency(4, &old, 7, &new, &path));
}
