//! The Merkle tree of RFC 9162: appending, roots, proofs and their verification.

use crate::hash::{node_hash, sha256};
use crate::{Error, Hash, Node};

/// The right edge of a tree: the roots of its complete subtrees, all that appending needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edge {
    size: u64,
    /// Largest first, one per bit set in `size`.
    peaks: Vec<Hash>,
}

impl Edge {
    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree; of an empty tree SHA-256 of nothing.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        match peaks.next() {
            None => sha256(b""),
            Some(last) => peaks.fold(*last, |right, left| node_hash(left, &right)),
        }
    }

    /// Appends a leaf and adds to `made` the complete subtrees that end with it, leaf first.
    pub fn append(&mut self, leaf: Hash, made: &mut Vec<Node>) {
        let mut node = Node { level: 0, index: self.size, hash: leaf };
        made.push(node);
        while node.index & 1 == 1 {
            let left = self.peaks.pop().expect("an odd index has a complete left neighbor");
            node = Node {
                level: node.level + 1,
                index: node.index >> 1,
                hash: node_hash(&left, &node.hash),
            };
            made.push(node);
        }
        self.peaks.push(node.hash);
        self.size += 1;
    }

    /// For storage: the size as eight bytes, big-endian, then the hashes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(8 + 32 * self.peaks.len());
        bytes.extend(self.size.to_be_bytes());
        bytes.extend(self.peaks.as_flattened());
        bytes
    }

    /// From storage; refuses a number of hashes that does not fit the size.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let Some((size, rest)) = bytes.split_first_chunk() else {
            return Err(Error::Edge(format!("{} bytes, expected at least 8", bytes.len())));
        };
        let size = u64::from_be_bytes(*size);
        let (peaks, odd) = rest.as_chunks::<32>();
        if !odd.is_empty() || peaks.len() != size.count_ones() as usize {
            return Err(Error::Edge(format!(
                "{} bytes of hashes, expected {} for {size} leaves",
                rest.len(),
                32 * size.count_ones()
            )));
        }
        Ok(Self { size, peaks: peaks.to_vec() })
    }
}

/// All complete subtrees of a tree in memory, by level and index.
#[derive(Debug, Clone, Default)]
pub struct Nodes {
    levels: Vec<Vec<Hash>>,
}

impl Nodes {
    /// Adds a node; nodes of a level come from left to right, as [`Edge::append`] makes them.
    pub fn push(&mut self, node: Node) {
        let level = usize::from(node.level);
        if self.levels.len() <= level {
            self.levels.resize_with(level + 1, Vec::new);
        }
        self.levels[level].push(node.hash);
    }

    /// A node, where the tree is large enough to have it.
    pub fn get(&self, level: u8, index: u64) -> Option<Hash> {
        self.levels.get(usize::from(level))?.get(usize::try_from(index).ok()?).copied()
    }

    /// Number of nodes of all levels.
    pub fn count(&self) -> u64 {
        self.levels.iter().map(|level| level.len() as u64).sum()
    }

    /// Every node, level by level.
    pub fn iter(&self) -> impl Iterator<Item = Node> {
        self.levels.iter().zip(0u8..).flat_map(|(hashes, level)| {
            hashes.iter().zip(0u64..).map(move |(hash, index)| Node { level, index, hash: *hash })
        })
    }
}

/// Looks a node up by level and index; `None` where it is missing.
pub type Lookup<'a> = &'a mut dyn FnMut(u8, u64) -> Option<Hash>;

/// The root over leaf hashes.
pub fn root(leaves: impl IntoIterator<Item = Hash>) -> Hash {
    let mut edge = Edge::default();
    let mut made = Vec::new();
    for leaf in leaves {
        edge.append(leaf, &mut made);
        made.clear();
    }
    edge.root()
}

/// The root that the tree had when it held `size` leaves.
pub fn root_at(size: u64, lookup: Lookup<'_>) -> Option<Hash> {
    if size == 0 { Some(sha256(b"")) } else { subtree(0, size, lookup) }
}

/// Proof that the leaf at `index` (from 0) is in the tree of `size` leaves, RFC 9162 section 2.1.3.1.
pub fn inclusion(index: u64, size: u64, lookup: Lookup<'_>) -> Option<Vec<Hash>> {
    if index >= size {
        return None;
    }
    let (mut low, mut high) = (0, size);
    let mut path = Vec::new();
    while high - low > 1 {
        let middle = low + split(high - low);
        if index < middle {
            path.push(subtree(middle, high, lookup)?);
            high = middle;
        } else {
            path.push(subtree(low, middle, lookup)?);
            low = middle;
        }
    }
    path.reverse();
    Some(path)
}

/// Proof that the leaf at `index` (from 0) is among these few, as the lines of one commit.
pub fn inclusion_among(index: u64, leaves: &[Hash]) -> Option<Vec<Hash>> {
    let nodes = nodes_over(leaves);
    inclusion(index, leaves.len() as u64, &mut |level, index| nodes.get(level, index))
}

/// Proof that the tree of `new` leaves begins with the tree of `old`, RFC 9162 section 2.1.4.1.
pub fn consistency(old: u64, new: u64, lookup: Lookup<'_>) -> Option<Vec<Hash>> {
    if old > new {
        return None;
    }
    if old == 0 || old == new {
        return Some(Vec::new());
    }
    let (mut low, mut high) = (0, new);
    let mut path = Vec::new();
    while old != high {
        let middle = low + split(high - low);
        if old <= middle {
            path.push(subtree(middle, high, lookup)?);
            high = middle;
        } else {
            path.push(subtree(low, middle, lookup)?);
            low = middle;
        }
    }
    // The old root itself is known to whoever checks.
    if low > 0 {
        path.push(subtree(low, high, lookup)?);
    }
    path.reverse();
    Some(path)
}

/// Whether a proof leads from a leaf to a root, RFC 9162 section 2.1.3.2.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, path: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for other in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(other, &hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, other);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether a proof shows that the new tree begins with the old one, RFC 9162 section 2.1.4.2.
pub fn verify_consistency(
    old: u64,
    old_root: &Hash,
    new: u64,
    new_root: &Hash,
    path: &[Hash],
) -> bool {
    if old > new {
        return false;
    }
    if old == new {
        return path.is_empty() && old_root == new_root;
    }
    if old == 0 {
        return path.is_empty() && *old_root == sha256(b"");
    }
    let (start, rest) = if old.is_power_of_two() {
        (old_root, path)
    } else {
        match path.split_first() {
            Some(parts) => parts,
            None => return false,
        }
    };
    let skip = (old - 1).trailing_ones();
    let (mut at, mut last) = ((old - 1) >> skip, (new - 1) >> skip);
    let (mut old_hash, mut new_hash) = (*start, *start);
    for other in rest {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            old_hash = node_hash(other, &old_hash);
            new_hash = node_hash(other, &new_hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(&new_hash, other);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == *old_root && new_hash == *new_root
}

fn nodes_over(leaves: &[Hash]) -> Nodes {
    let (mut edge, mut nodes, mut made) = (Edge::default(), Nodes::default(), Vec::new());
    for leaf in leaves {
        edge.append(*leaf, &mut made);
        made.drain(..).for_each(|node| nodes.push(node));
    }
    nodes
}

/// The hash over leaves `low..high`, a range that the tree splits off.
fn subtree(low: u64, high: u64, lookup: Lookup<'_>) -> Option<Hash> {
    let count = high - low;
    if count.is_power_of_two() {
        let level = count.trailing_zeros();
        return lookup(level as u8, low >> level);
    }
    let middle = low + split(count);
    let left = subtree(low, middle, lookup)?;
    Some(node_hash(&left, &subtree(middle, high, lookup)?))
}

/// The largest power of two below `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}
