//! Blocks of postings: the sets of keys that follow each other are in one row, since most sets have one or two numbers, for which a
//! row of their own would be far too much.
//!
//! A block is a sequence of sets in the order of their keys, each as the difference of its key from the one before it (of the first, from
//! the key of the block), the count of its numbers, and the difference of each number from the one before it. A large set has the
//! count 0, the length of its bitmap (Roaring), and that. All numbers but those of the bitmap are of variable length.

use std::io;

use roaring::RoaringBitmap;

use crate::corpus::search::varint;

/// The maximum length of a block that has several sets, in bytes. Each read of a set decodes the others of its block.
pub const MAX_SHARED: u16 = 1024;
/// Up to so many numbers are stored one by one: a bitmap of them would be larger, and hardly faster.
const MAX_LISTED: usize = 256;

/// The sets of keys from this one on.
#[derive(Debug)]
pub struct PostingBlock {
    /// The key of its first set.
    pub first: u64,
    /// The sets.
    pub sets: Vec<u8>,
    last: u64,
}

impl PostingBlock {
    /// Adds the set of the next key to the last of these blocks, or to a new one. Its numbers are in order.
    pub fn add(blocks: &mut Vec<Self>, key: u64, numbers: &[u32]) {
        if let Some(last) = blocks.last_mut()
            && last.has_added(key, numbers)
        {
            return;
        }
        let mut new = Self { first: key, sets: Vec::new(), last: key };
        new.push(key, numbers);
        blocks.push(new);
    }

    /// Adds a set, if there is room for it.
    fn has_added(&mut self, key: u64, numbers: &[u32]) -> bool {
        let (length, last) = (self.sets.len(), self.last);
        self.push(key, numbers);
        let has_room = self.sets.len() <= MAX_SHARED.into();
        if !has_room {
            self.sets.truncate(length);
            self.last = last;
        }
        has_room
    }

    fn push(&mut self, key: u64, numbers: &[u32]) {
        varint::push(&mut self.sets, key - self.last);
        self.last = key;
        if numbers.len() <= MAX_LISTED {
            varint::push(&mut self.sets, numbers.len() as u64);
            let mut last = 0;
            for number in numbers {
                varint::push(&mut self.sets, (number - last).into());
                last = *number;
            }
        } else {
            let bitmap: RoaringBitmap = numbers.iter().copied().collect();
            varint::push(&mut self.sets, 0);
            varint::push(&mut self.sets, bitmap.serialized_size() as u64);
            // Writing into memory does not fail.
            let _ = bitmap.serialize_into(&mut self.sets);
        }
    }
}

/// The set of a key in a block that begins with the key `first`, and its length in bytes; `None` without any.
///
/// # Errors
/// When it is not a block.
pub fn find(mut block: &[u8], first: u64, key: u64) -> io::Result<Option<(RoaringBitmap, usize)>> {
    let mut at = first;
    while !block.is_empty() {
        at = at.saturating_add(varint::read(&mut block)?);
        if at > key {
            return Ok(None);
        }
        let before = block.len();
        let set = read_set(&mut block, at == key)?;
        if at == key {
            return Ok(Some((set, before - block.len())));
        }
    }
    Ok(None)
}

/// Reads the next set; an empty one unless it is needed.
fn read_set(block: &mut &[u8], is_needed: bool) -> io::Result<RoaringBitmap> {
    let mut set = RoaringBitmap::new();
    let count = varint::read(block)?;
    if count == 0 {
        let length = usize::try_from(varint::read(block)?).map_err(io::Error::other)?;
        let (bitmap, rest) = block.split_at_checked(length).ok_or(io::ErrorKind::UnexpectedEof)?;
        *block = rest;
        return if is_needed { RoaringBitmap::deserialize_from(bitmap) } else { Ok(set) };
    }
    let mut number: u64 = 0;
    for _ in 0..count {
        number = number.saturating_add(varint::read(block)?);
        if is_needed {
            set.insert(u32::try_from(number).map_err(io::Error::other)?);
        }
    }
    Ok(set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_set_is_read_as_it_was_written_and_large_ones_have_blocks_of_their_own() {
        let sets: Vec<(u64, Vec<u32>)> = (1..400_u32)
            .map(|at| {
                let count = if at % 50 == 0 { at * 100 } else { at % 7 + 1 };
                (u64::from(at) << (at % 3 + 30), (0..count).map(|number| number * (at + 1)).collect())
            })
            .collect::<std::collections::BTreeMap<_, _>>()
            .into_iter()
            .collect();
        let mut blocks: Vec<PostingBlock> = Vec::new();
        for (key, numbers) in &sets {
            PostingBlock::add(&mut blocks, *key, numbers);
        }
        assert!(blocks.len() > 5 && blocks.len() * 10 < sets.len(), "{} blocks", blocks.len());
        let read = |key: u64| {
            let block = blocks.iter().rfind(|block| block.first <= key)?;
            let found = find(&block.sets, block.first, key).unwrap();
            assert!(found.is_none() || block.first == key || block.sets.len() <= MAX_SHARED.into());
            found
        };
        for (key, numbers) in &sets {
            let (set, length) = read(*key).unwrap();
            assert_eq!(set.iter().collect::<Vec<_>>(), *numbers);
            assert!(length > numbers.len() / 8);
            assert!(sets.iter().any(|(other, _)| *other == key + 1) || read(key + 1).is_none());
        }
        assert!(read(0).is_none());
    }

    #[test]
    fn what_is_no_block_is_an_error() {
        for bytes in [&[0][..], &[0, 2, 1], &[0, 0, 9, 1], &[0, 0, 1, 1], &[0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 1]] {
            assert!(find(bytes, 7, 7).is_err(), "{bytes:?}");
        }
        assert!(find(&[], 7, 7).unwrap().is_none());
    }
}
