//! The values that each item of a block has of a parameter.

/// How many bits of a place are its position in its block.
pub const BLOCK_BITS: u32 = 12;

/// The numbers of the values that the items of a block have of a parameter.
#[derive(Debug)]
pub struct ValueBlock<'a> {
    /// For each position, where its values end.
    ends: &'a [[u8; 4]],
    values: &'a [[u8; 4]],
}

impl<'a> ValueBlock<'a> {
    /// The bytes of a block, from pairs of a position and a value, in ascending order.
    #[must_use]
    pub fn encode(pairs: &[(u32, u32)]) -> Vec<u8> {
        let positions = pairs.last().map_or(0, |(position, _)| position + 1);
        let mut bytes = positions.to_le_bytes().to_vec();
        for position in 0..positions {
            let end = pairs.partition_point(|(other, _)| *other <= position);
            bytes.extend(u32::try_from(end).unwrap_or_default().to_le_bytes());
        }
        bytes.extend(pairs.iter().flat_map(|(_, value)| value.to_le_bytes()));
        bytes
    }

    /// A block from its bytes; `None` if they are none.
    #[must_use]
    pub fn decode(bytes: &'a [u8]) -> Option<Self> {
        let (words, []) = bytes.as_chunks::<4>() else { return None };
        let (positions, words) = words.split_first()?;
        let (ends, values) = words.split_at_checked(u32::from_le_bytes(*positions) as usize)?;
        Some(Self { ends, values })
    }

    /// The values at a position.
    pub fn at(&self, position: u32) -> impl Iterator<Item = u32> + use<'a> {
        let end = |at: usize| self.ends.get(at).map(|end| u32::from_le_bytes(*end) as usize);
        let at = position as usize;
        let range = end(at).map(|last| at.checked_sub(1).and_then(end).unwrap_or_default()..last);
        range.and_then(|range| self.values.get(range)).unwrap_or_default().iter().map(|value| u32::from_le_bytes(*value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_position_has_its_values() {
        let pairs = [(0, 7), (2, 1), (2, 9), (5, 7)];
        let bytes = ValueBlock::encode(&pairs);
        let block = ValueBlock::decode(&bytes).unwrap();
        let all = |position| block.at(position).collect::<Vec<_>>();
        assert_eq!([all(0), all(1), all(2), all(5), all(6)], [vec![7], vec![], vec![1, 9], vec![7], vec![]]);
        assert!(ValueBlock::decode(&bytes[..5]).is_none());
        assert_eq!(ValueBlock::decode(&ValueBlock::encode(&[])).unwrap().at(0).count(), 0);
    }
}
