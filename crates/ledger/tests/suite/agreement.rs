//! Three other implementations say the same.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ledger::hash::leaf_hash;
use ledger::tree::{consistency, inclusion, root_at};
use ledger::{Checkpoint, Note, Signer, Verifier};
use proptest::prelude::*;
use sha2::Sha256;
use signed_note::{StandardSigner, StandardVerifier, VerifierList};
use tlog_tiles::{HashReader, check_record, check_tree, prove_record, prove_tree, tree_hash};

use crate::proofs::{leaves, nodes};

const ORIGIN: &str = "muniment.example/acme";

struct Stored<'a>(&'a ledger::tree::Nodes);

impl HashReader for Stored<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        let node = |index: &u64| {
            let (level, index) = tlog_tiles::split_stored_hash_index(*index);
            tlog_tiles::Hash(self.0.get(level, index).expect("the node is there"))
        };
        Ok(indexes.iter().map(node).collect())
    }
}

fn theirs(path: &[ledger::Hash]) -> Vec<tlog_tiles::Hash> {
    path.iter().copied().map(tlog_tiles::Hash).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn trees_and_proofs_are_the_same(new in 1..200u64, a in any::<prop::sample::Index>()) {
        let leaves = leaves(new);
        let ours = nodes(&leaves);
        let mut lookup = |level, index| ours.get(level, index);
        let root = root_at(new, &mut lookup).unwrap();
        let mut ct = MemoryBackedTree::<Sha256, Vec<u8>>::new();
        (0..new).for_each(|index| ct.push(index.to_be_bytes().to_vec()));
        let ct_root: [u8; 32] = (*ct.root().as_bytes()).into();
        prop_assert_eq!(root, ct_root);
        prop_assert_eq!(tlog_tiles::Hash(root), tree_hash(new, &Stored(&ours)).unwrap());

        let index = a.index(new as usize) as u64;
        let path = inclusion(index, new, &mut lookup).unwrap();
        let ct_path = ct.prove_inclusion(index as usize);
        prop_assert_eq!(path.as_flattened(), ct_path.as_bytes());
        prop_assert_eq!(&theirs(&path), &prove_record(new, index, &Stored(&ours)).unwrap());
        let leaf = tlog_tiles::Hash(leaf_hash(&index.to_be_bytes()));
        check_record(&theirs(&path), new, tlog_tiles::Hash(root), index, leaf).unwrap();

        let old = index + 1;
        let old_root = tlog_tiles::Hash(root_at(old, &mut lookup).unwrap());
        let path = consistency(old, new, &mut lookup).unwrap();
        let ct_path = ct.prove_consistency((new - old) as usize);
        prop_assert_eq!(path.as_flattened(), ct_path.as_bytes());
        prop_assert_eq!(&theirs(&path), &prove_tree(new, old, &Stored(&ours)).unwrap());
        check_tree(&theirs(&path), new, tlog_tiles::Hash(root), old, old_root).unwrap();
    }

    #[test]
    fn notes_and_keys_are_the_same(seed in any::<[u8; 32]>(), size in any::<u64>(), root in any::<[u8; 32]>()) {
        let ours = Signer::new(ORIGIN, &seed).unwrap();
        let vkey = ours.verifier().to_string();
        let their_key = StandardVerifier::new(&vkey).unwrap();
        let checkpoint = Checkpoint { origin: ORIGIN.to_owned(), size, root, extensions: vec![] };
        let note = checkpoint.sign(&[&ours]).unwrap();
        let their_note = signed_note::Note::from_bytes(note.as_bytes()).unwrap();
        let (signed, unknown) =
            their_note.verify(&VerifierList::new(vec![Box::new(their_key)])).unwrap();
        prop_assert_eq!((signed.len(), unknown.len()), (1, 0));
        prop_assert_eq!(their_note.to_bytes(), note.as_bytes());

        let their_checkpoint = tlog_tiles::Checkpoint::from_bytes(their_note.text()).unwrap();
        prop_assert_eq!(their_checkpoint.origin(), ORIGIN);
        prop_assert_eq!(their_checkpoint.size(), size);
        prop_assert_eq!(their_checkpoint.hash().0, root);

        let mut secret = vec![1];
        secret.extend(seed);
        let skey = format!("PRIVATE+KEY+{}", vkey.splitn(3, '+').take(2).collect::<Vec<_>>().join("+"));
        let skey = format!("{skey}+{}", base64::Engine::encode(&base64::engine::general_purpose::STANDARD, secret));
        let their_signer = StandardSigner::new(&skey).unwrap();
        let mut their_note = signed_note::Note::new(checkpoint.to_string().as_bytes(), &[]).unwrap();
        their_note.add_sigs(&[&their_signer]).unwrap();
        let read = Note::parse(std::str::from_utf8(&their_note.to_bytes()).unwrap()).unwrap();
        prop_assert_eq!(read.verify(&[Verifier::parse(&vkey).unwrap()]).unwrap().len(), 1);
    }
}
