//! A set of numbers.

/// A set of numbers of records, one bit each.
#[derive(Debug, Clone, Default)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// Adds a number.
    pub fn add(&mut self, number: u32) {
        let at = number as usize / 64;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= 1 << (number % 64);
    }

    /// Whether a number is in it.
    pub fn has(&self, number: u32) -> bool {
        self.0.get(number as usize / 64).is_some_and(|it| it & (1 << (number % 64)) != 0)
    }

    /// Whether there is no number in it.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|it| *it == 0)
    }

    /// The numbers that are in both.
    pub fn both(mut self, other: &Self) -> Self {
        self.0.truncate(other.0.len());
        self.0.iter_mut().zip(&other.0).for_each(|(one, other)| *one &= other);
        self
    }
}

impl FromIterator<u32> for Bits {
    fn from_iter<T: IntoIterator<Item = u32>>(numbers: T) -> Self {
        let mut bits = Self::default();
        numbers.into_iter().for_each(|it| bits.add(it));
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_keep_what_was_added() {
        let one: Bits = [1, 64, 700].into_iter().collect();
        let other: Bits = [64, 65].into_iter().collect();
        let both = one.clone().both(&other);
        assert!(one.has(1) && one.has(700) && !one.has(0) && !one.has(100_000));
        assert!(both.has(64) && !both.has(1) && !both.has(65) && !both.has(700));
        assert!(Bits::default().is_empty() && !both.is_empty());
        assert!(one.both(&Bits::default()).is_empty());
    }
}
