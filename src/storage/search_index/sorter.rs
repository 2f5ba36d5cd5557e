//! Sorting more pairs than fit into memory: sorted runs in temporary files, which are then merged.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    fs::File,
    io::{self, BufReader, BufWriter, Seek, Write},
    path::PathBuf,
};

use crate::corpus::varint;

/// How many pairs are in memory: 32 MB.
const MAX_BUFFERED: usize = 1 << 21;

/// A key and a value.
type Pair = (u64, u32);

/// Pairs to be sorted, without the repeated ones.
#[derive(Debug)]
pub struct Sorter {
    /// The path beside which the temporary files are.
    beside: PathBuf,
    buffer: Vec<Pair>,
    max_buffered: usize,
    runs: Vec<File>,
}

impl Sorter {
    /// A sorter whose temporary files are in the folder of a path.
    pub const fn beside(path: PathBuf) -> Self {
        Self { beside: path, buffer: Vec::new(), max_buffered: MAX_BUFFERED, runs: Vec::new() }
    }

    /// Adds a pair.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn push(&mut self, key: u64, value: u32) -> io::Result<()> {
        if self.buffer.len() == self.max_buffered {
            self.write_run()?;
        }
        self.buffer.push((key, value));
        Ok(())
    }

    fn sort(&mut self) {
        self.buffer.sort_unstable();
        self.buffer.dedup();
    }

    fn write_run(&mut self) -> io::Result<()> {
        self.sort();
        let folder = self.beside.parent().unwrap_or(&self.beside);
        let mut file = BufWriter::new(tempfile::tempfile_in(folder)?);
        let mut bytes = Vec::new();
        let mut last = (0, 0);
        for (key, value) in self.buffer.drain(..) {
            bytes.clear();
            varint::push(&mut bytes, key - last.0);
            varint::push(&mut bytes, u64::from(if key == last.0 { value - last.1 } else { value }));
            file.write_all(&bytes)?;
            last = (key, value);
        }
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.runs.push(file);
        Ok(())
    }

    /// The values of each key, both in order.
    ///
    /// # Errors
    /// When a temporary file cannot be read.
    pub fn into_groups(mut self) -> io::Result<Groups> {
        self.sort();
        let mut sources: Vec<Source> = self.runs.into_iter().map(|file| Source::File(BufReader::new(file), (0, 0))).collect();
        sources.push(Source::Memory(self.buffer.into_iter()));
        let mut heads = BinaryHeap::new();
        for (number, source) in sources.iter_mut().enumerate() {
            heads.extend(source.next()?.map(|pair| Reverse((pair, number))));
        }
        Ok(Groups { sources, heads })
    }
}

/// A sorted run.
#[derive(Debug)]
enum Source {
    /// In a file, with the last pair that was read.
    File(BufReader<File>, Pair),
    /// In memory.
    Memory(std::vec::IntoIter<Pair>),
}

impl Source {
    fn next(&mut self) -> io::Result<Option<Pair>> {
        let (file, last) = match self {
            Self::Memory(pairs) => return Ok(pairs.next()),
            Self::File(file, last) => (file, last),
        };
        let step = match varint::read(file) {
            Err(cause) if cause.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            step => step?,
        };
        let value = u32::try_from(varint::read(file)?).map_err(io::Error::other)?;
        *last = if step == 0 { (last.0, last.1 + value) } else { (last.0 + step, value) };
        Ok(Some(*last))
    }
}

/// The values of each key, both in order.
#[derive(Debug)]
pub struct Groups {
    sources: Vec<Source>,
    heads: BinaryHeap<Reverse<(Pair, usize)>>,
}

impl Groups {
    /// The next pair, if it has this key; any key for `None`.
    fn next_pair(&mut self, key: Option<u64>) -> io::Result<Option<Pair>> {
        let Some(mut head) = self.heads.peek_mut() else { return Ok(None) };
        let Reverse((pair, number)) = *head;
        if key.is_some_and(|key| key != pair.0) {
            return Ok(None);
        }
        match self.sources[number].next()? {
            Some(next) => head.0.0 = next,
            None => drop(std::collections::binary_heap::PeekMut::pop(head)),
        }
        Ok(Some(pair))
    }

    fn next_group(&mut self) -> io::Result<Option<(u64, Vec<u32>)>> {
        let Some((key, first)) = self.next_pair(None)? else { return Ok(None) };
        let mut values = vec![first];
        while let Some((_, value)) = self.next_pair(Some(key))? {
            if values.last() != Some(&value) {
                values.push(value);
            }
        }
        Ok(Some((key, values)))
    }
}

impl Iterator for Groups {
    type Item = io::Result<(u64, Vec<u32>)>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_group().transpose()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn pairs_are_sorted_whether_they_fit_into_memory_or_not() {
        let folder = tempfile::tempdir().unwrap();
        let pairs: Vec<Pair> = (0..5_000_u64).map(|number| (number * 7_919 % 97, u32::try_from(number * 104_729 % 1_009).unwrap())).collect();
        let mut expected: BTreeMap<u64, BTreeSet<u32>> = BTreeMap::new();
        for (key, value) in &pairs {
            expected.entry(*key).or_default().insert(*value);
        }
        let expected: Vec<(u64, Vec<u32>)> = expected.into_iter().map(|(key, values)| (key, values.into_iter().collect())).collect();
        for max_buffered in [MAX_BUFFERED, 100, 1] {
            let mut sorter = Sorter { max_buffered, ..Sorter::beside(folder.path().join("bayan.db")) };
            // Files of one pair each would be too many.
            let some = if max_buffered == 1 { &pairs[..50] } else { &pairs };
            for (key, value) in some {
                sorter.push(*key, *value).unwrap();
            }
            let found: Vec<(u64, Vec<u32>)> = sorter.into_groups().unwrap().map(Result::unwrap).collect();
            let is_some = |(key, values): &(u64, Vec<u32>)| expected.iter().any(|(other, all)| key == other && values.iter().all(|value| all.contains(value)));
            assert!(found == expected || (max_buffered == 1 && found.is_sorted() && found.iter().all(is_some)));
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
