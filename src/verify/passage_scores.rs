//! Sums of weights over many passages at once: a bitmap for each bit of the sums.

use roaring::{MultiOps, RoaringBitmap};

/// The sum of the weights of each passage. Adding a set costs what its bitmap takes, and not what the corpus has.
#[derive(Debug, Default)]
pub struct PassageScores {
    /// The passages whose sums have each bit, the lowest first.
    bits: Vec<RoaringBitmap>,
}

impl PassageScores {
    /// Adds a weight, which is a power of two, to the sums of passages.
    pub fn add(&mut self, passages: &RoaringBitmap, weight: u32) {
        let mut carry = passages.clone();
        let mut at = weight.trailing_zeros() as usize;
        while !carry.is_empty() {
            if self.bits.len() <= at {
                self.bits.resize(at + 1, RoaringBitmap::new());
            }
            let both = &self.bits[at] & &carry;
            self.bits[at] ^= carry;
            carry = both;
            at += 1;
        }
    }

    /// The highest sum.
    #[must_use]
    pub fn best(&self) -> u32 {
        let (mut best, mut among) = (0, None::<RoaringBitmap>);
        for (at, bit) in self.bits.iter().enumerate().rev() {
            let with = among.as_ref().map_or_else(|| bit.clone(), |among| among & bit);
            if !with.is_empty() {
                best |= 1 << at;
                among = Some(with);
            }
        }
        best
    }

    /// The passages with at least this sum, which is above 0.
    #[must_use]
    pub fn at_least(&self, least: u32) -> RoaringBitmap {
        let (mut above, mut equal) = (RoaringBitmap::new(), self.bits.iter().union());
        if least >> self.bits.len() > 0 {
            return above;
        }
        for (at, bit) in self.bits.iter().enumerate().rev() {
            if least >> at & 1 == 1 {
                equal &= bit;
            } else {
                above |= &equal & bit;
                equal -= bit;
            }
        }
        above | equal
    }

    /// The sum of a passage.
    fn of(&self, passage: u32) -> u32 {
        self.bits.iter().enumerate().map(|(at, bit)| u32::from(bit.contains(passage)) << at).sum()
    }

    /// At most so many passages with at least this sum, which is above 0: the highest sums first, and of equal ones the first.
    #[must_use]
    pub fn top(&self, least: u32, count: usize) -> Vec<u32> {
        // The lowest sum that few enough passages reach.
        let (mut low, mut high) = (least, self.best() + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.at_least(middle).len() <= count as u64 {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        let few = self.at_least(low);
        let mut top: Vec<u32> = few.iter().collect();
        top.sort_by_key(|passage| std::cmp::Reverse(self.of(*passage)));
        if low > least {
            let missing = count - top.len();
            top.extend((self.at_least(low - 1) - few).iter().take(missing));
        }
        top
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_passages_come_first_and_of_equal_ones_the_first() {
        let mut scores = PassageScores::default();
        for (passages, weight) in [(vec![1, 3, 7, 9], 4), (vec![3, 9, 11], 4), (vec![9], 2), (vec![12, 70_000], 2)] {
            scores.add(&passages.into_iter().collect(), weight);
        }
        assert_eq!(scores.best(), 10);
        assert_eq!(scores.at_least(8).iter().collect::<Vec<_>>(), [3, 9]);
        assert_eq!(scores.top(5, 10), [9, 3]);
        assert_eq!(scores.top(4, 4), [9, 3, 1, 7]);
        assert_eq!(scores.top(1, 100), [9, 3, 1, 7, 11, 12, 70_000]);
        assert!(PassageScores::default().top(1, 5).is_empty());
    }

    #[test]
    fn sums_are_those_of_the_weights() {
        let (mut scores, mut sums) = (PassageScores::default(), vec![0_u32; 300]);
        for round in 0..40_u32 {
            let weight = 1 << (round % 3);
            let passages: RoaringBitmap = (0..300).filter(|passage| (passage * 7 + round * round) % 5 < 2).collect();
            scores.add(&passages, weight);
            passages.iter().for_each(|passage| sums[passage as usize] += weight);
        }
        assert!((0..300).all(|passage| scores.of(passage) == sums[passage as usize]));
        assert_eq!(Some(scores.best()), sums.iter().copied().max());
        assert!((1..80).all(|least| scores.at_least(least).len() == sums.iter().filter(|sum| **sum >= least).count() as u64));
    }
}
