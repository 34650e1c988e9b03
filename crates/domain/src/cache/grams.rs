//! Which runs of three bytes a piece of text holds.

/// So many bits tell of one piece of text.
const BITS: usize = 8_192;

/// The runs of three bytes in a piece of text of some thousand bytes: what lacks one of a needle's
/// cannot hold the needle. Runs that share a bit are taken for each other, so a piece that has all
/// of them still has to be looked through.
#[derive(Clone)]
pub struct Grams(Box<[u64; BITS / 64]>);

impl Grams {
    /// Adds what a text holds.
    pub fn add(&mut self, text: &str) {
        for bit in bits(text) {
            self.0[bit / 64] |= 1 << (bit % 64);
        }
    }

    /// Whether all of these bits are in it.
    pub fn has(&self, wanted: &[usize]) -> bool {
        wanted.iter().all(|bit| self.0[bit / 64] & (1 << (bit % 64)) != 0)
    }
}

impl Default for Grams {
    fn default() -> Self {
        Self(Box::new([0; BITS / 64]))
    }
}

/// The bits of a text's runs of three bytes; none of a text that is shorter.
pub fn bits(text: &str) -> impl Iterator<Item = usize> {
    text.as_bytes().windows(3).map(|run| {
        let run = u32::from_le_bytes([run[0], run[1], run[2], 0]);
        // Multiplying by a large odd number spreads the runs over the upper bits.
        (run.wrapping_mul(0x9E37_79B1) >> (u32::BITS - BITS.ilog2())) as usize
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_has_what_was_added() {
        let mut grams = Grams::default();
        let has = |grams: &Grams, needle| grams.has(&bits(needle).collect::<Vec<_>>());
        assert!(!has(&grams, "server"));
        grams.add("die server im keller, größer als gedacht");
        for needle in ["server", "größer", "im keller", "xy", ""] {
            assert!(has(&grams, needle), "{needle}");
        }
        assert!(!has(&grams, "drucker"));
    }
}
