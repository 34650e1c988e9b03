//! Proofs over random trees.

use ledger::hash::{leaf_hash, sha256};
use ledger::tree::{
    Edge, Nodes, consistency, inclusion, inclusion_among, root, root_at, verify_consistency,
    verify_inclusion,
};
use ledger::{Error, Hash};
use proptest::prelude::*;

pub fn nodes(leaves: &[Hash]) -> Nodes {
    let (mut edge, mut nodes, mut made) = (Edge::default(), Nodes::default(), Vec::new());
    for leaf in leaves {
        edge.append(*leaf, &mut made);
        made.drain(..).for_each(|node| nodes.push(node));
    }
    nodes
}

pub fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|index| leaf_hash(&index.to_be_bytes())).collect()
}

fn flipped(hash: &Hash, bit: usize) -> Hash {
    let mut hash = *hash;
    hash[bit / 8] ^= 1 << (bit % 8);
    hash
}

#[test]
fn every_pair_of_sizes_is_consistent() {
    let leaves = leaves(40);
    let nodes = nodes(&leaves);
    let mut lookup = |level, index| nodes.get(level, index);
    for new in 0..=40 {
        let new_root = root(leaves[..new as usize].iter().copied());
        assert_eq!(root_at(new, &mut lookup), Some(new_root));
        for old in 0..=new {
            let old_root = root(leaves[..old as usize].iter().copied());
            let path = consistency(old, new, &mut lookup).unwrap();
            assert!(verify_consistency(old, &old_root, new, &new_root, &path), "{old} {new}");
        }
        for index in 0..new {
            let path = inclusion(index, new, &mut lookup).unwrap();
            assert!(verify_inclusion(&leaves[index as usize], index, new, &path, &new_root));
            let among = inclusion_among(index, &leaves[..new as usize]).unwrap();
            assert_eq!(among, path);
        }
    }
    assert_eq!(inclusion(40, 40, &mut lookup), None);
    assert_eq!(consistency(41, 40, &mut lookup), None);
    assert_eq!(consistency(3, 41, &mut lookup), None, "a node is missing");
    assert_eq!(root([]), sha256(b""));
}

#[test]
fn an_edge_is_stored() {
    let mut edge = Edge::default();
    for leaf in leaves(37) {
        assert_eq!(Edge::from_bytes(&edge.to_bytes()).unwrap(), edge);
        edge.append(leaf, &mut Vec::new());
    }
    let bytes = edge.to_bytes();
    for cut in 0..bytes.len() {
        assert!(matches!(Edge::from_bytes(&bytes[..cut]), Err(Error::Edge(_))), "{cut}");
    }
}

proptest! {
    #[test]
    fn no_flipped_bit_passes(new in 1..300u64, a in any::<prop::sample::Index>(), bit in 0..256usize) {
        let leaves = leaves(new);
        let nodes = nodes(&leaves);
        let mut lookup = |level, index| nodes.get(level, index);
        let root = root_at(new, &mut lookup).unwrap();
        let index = a.index(new as usize) as u64;
        let leaf = leaves[index as usize];
        let path = inclusion(index, new, &mut lookup).unwrap();
        prop_assert!(verify_inclusion(&leaf, index, new, &path, &root));
        prop_assert!(!verify_inclusion(&flipped(&leaf, bit), index, new, &path, &root));
        prop_assert!(!verify_inclusion(&leaf, index, new, &path, &flipped(&root, bit)));
        prop_assert!(!verify_inclusion(&leaf, index ^ (1 << (bit % 9)), new, &path, &root));
        for at in 0..path.len() {
            let mut wrong = path.clone();
            wrong[at] = flipped(&wrong[at], bit);
            prop_assert!(!verify_inclusion(&leaf, index, new, &wrong, &root));
            prop_assert!(!verify_inclusion(&leaf, index, new, &path[..at], &root));
        }

        let old = index + 1;
        let old_root = root_at(old, &mut lookup).unwrap();
        let path = consistency(old, new, &mut lookup).unwrap();
        prop_assert!(verify_consistency(old, &old_root, new, &root, &path));
        prop_assert!(!verify_consistency(old, &flipped(&old_root, bit), new, &root, &path));
        prop_assert!(!verify_consistency(old, &old_root, new, &flipped(&root, bit), &path));
        for at in 0..path.len() {
            let mut wrong = path.clone();
            wrong[at] = flipped(&wrong[at], bit);
            prop_assert!(!verify_consistency(old, &old_root, new, &root, &wrong));
            prop_assert!(!verify_consistency(old, &old_root, new, &root, &path[..at]));
        }
    }

    #[test]
    fn hostile_proofs_never_panic(
        index in any::<u64>(), size in any::<u64>(), path in prop::collection::vec(any::<Hash>(), 0..70)
    ) {
        prop_assert!(!verify_inclusion(&[0; 32], index, size, &path, &[1; 32]));
        let (old, new) = (index.min(size), index.max(size));
        prop_assert!(!verify_consistency(old, &[0; 32], new, &[1; 32], &path));
    }
}
