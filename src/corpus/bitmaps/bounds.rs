//! Which places have a bound of a date at most on a day.
//!
//! The places of a chunk are stored in the order of their bounds, in segments: the set of all places up to the first day of
//! the segment, and the few that follow until the next. So each day is answered by one segment.

use std::{ops::Range, sync::Arc};

use chrono::Datelike;
use roaring::RoaringBitmap;

use crate::corpus::{
    bitmaps::{chunks::first_of, keys::DAY_BITS},
    day::Day,
};

/// How many places a segment lists at most besides the set that it begins with.
const MAX_LISTED: usize = 1_024;
/// The latest day of a date without one: later than every valid day.
pub const UNKNOWN_LATEST: u32 = (1 << DAY_BITS) - 1;

/// The number of a day, from 1 for 0001-01-01. A date without an earliest day has 0.
#[must_use]
pub fn day_number(day: Day) -> u32 {
    day.date().num_days_from_ce().unsigned_abs()
}

/// The places of a chunk from one day to the next segment.
#[derive(Debug)]
pub struct BoundSet {
    /// The day from which on it applies.
    pub first_day: u32,
    bytes: Vec<u8>,
}

impl BoundSet {
    /// The segments of a chunk, by the bound of each place in it.
    ///
    /// # Errors
    /// When a set cannot be serialized.
    pub fn segments(mut bounds: Vec<(u32, u32)>) -> std::io::Result<Vec<Self>> {
        bounds.sort_unstable();
        let (mut segments, mut until, mut listed, mut first_day) = (Vec::new(), RoaringBitmap::new(), Vec::new(), None);
        for day in bounds.chunk_by(|one, other| one.0 == other.0) {
            let current = day[0].0;
            let fits = first_day.is_some_and(|first| listed.len() + day.len() <= MAX_LISTED && u16::try_from(current - first).is_ok());
            if fits {
                listed.extend_from_slice(day);
                continue;
            }
            if let Some(first) = first_day {
                segments.push(Self::encode(first, &until, &listed)?);
            }
            until.extend(listed.drain(..).chain(day.iter().copied()).map(|(_, place)| place));
            first_day = Some(current);
        }
        if let Some(first) = first_day {
            segments.push(Self::encode(first, &until, &listed)?);
        }
        Ok(segments)
    }

    fn encode(first_day: u32, until: &RoaringBitmap, listed: &[(u32, u32)]) -> std::io::Result<Self> {
        let mut until = until.clone();
        until.optimize();
        let mut bytes = Vec::with_capacity(2 + 4 * listed.len() + until.serialized_size());
        bytes.extend(u16::try_from(listed.len()).unwrap_or_default().to_le_bytes());
        for (day, place) in listed {
            bytes.extend(u16::try_from(day - first_day).unwrap_or_default().to_le_bytes());
            // What follows the number of the chunk.
            let [low, high, ..] = place.to_le_bytes();
            bytes.extend([low, high]);
        }
        until.serialize_into(&mut bytes)?;
        Ok(Self { first_day, bytes })
    }

    /// The stored bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The places of a chunk with a bound at most on a day, which is in the segment.
    ///
    /// # Errors
    /// When the bytes are not those of a segment.
    pub fn decode(chunk: u32, first_day: u32, day: u32, bytes: &[u8]) -> std::io::Result<RoaringBitmap> {
        let end = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
        let (count, rest) = bytes.split_first_chunk().ok_or_else(end)?;
        let (listed, until) = rest.split_at_checked(4 * usize::from(u16::from_le_bytes(*count))).ok_or_else(end)?;
        let mut set = RoaringBitmap::deserialize_from(until)?;
        let listed = listed.as_chunks::<4>().0;
        let until = listed.partition_point(|[low, high, ..]| u32::from(u16::from_le_bytes([*low, *high])) <= day.saturating_sub(first_day));
        let mut places: Vec<u32> = listed[..until].iter().map(|[.., low, high]| first_of(chunk) + u32::from(u16::from_le_bytes([*low, *high]))).collect();
        places.sort_unstable();
        set |= RoaringBitmap::from_sorted_iter(places).map_err(std::io::Error::other)?;
        Ok(set)
    }
}

/// A segment that was read, and the days that it answers.
#[derive(Clone, Debug)]
pub struct Segment {
    days: Range<u32>,
    /// `None` before the first segment of its chunk: no place has such a bound.
    bytes: Option<Arc<[u8]>>,
}

impl Segment {
    /// The segment that begins on a day, and ends before another; the last of its chunk has no end.
    #[must_use]
    pub fn new(first_day: u32, next: Option<u32>, bytes: Option<&[u8]>) -> Self {
        Self { days: first_day..next.unwrap_or(UNKNOWN_LATEST + 1), bytes: bytes.map(Arc::from) }
    }

    /// Whether it answers a day.
    #[must_use]
    pub fn has(&self, day: u32) -> bool {
        self.days.contains(&day)
    }

    /// The places of a chunk with a bound at most on a day, which is in the segment.
    ///
    /// # Errors
    /// When the bytes are not those of a segment.
    pub fn places(&self, chunk: u32, day: u32) -> std::io::Result<RoaringBitmap> {
        self.bytes.as_deref().map_or_else(|| Ok(RoaringBitmap::new()), |bytes| BoundSet::decode(chunk, self.days.start, day, bytes))
    }

    /// How many bytes it has.
    #[must_use]
    pub fn weight(&self) -> u64 {
        self.bytes.as_deref().map_or(0, |bytes| bytes.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_day_has_the_places_up_to_it() {
        // Many on one day, days far apart, and days without any.
        let day = |at: u32| match at % 7 {
            0 => 0,
            1 => UNKNOWN_LATEST,
            2 => 730_000,
            3 => at * 31,
            _ => 738_000 + at.wrapping_mul(2_654_435_761) % 9_000,
        };
        let bounds: Vec<(u32, u32)> = (0..20_000).map(|at| (day(at), first_of(3) + at)).collect();
        let segments = BoundSet::segments(bounds.clone()).unwrap();
        assert!(segments.len() > 10 && segments.is_sorted_by_key(|segment| segment.first_day));
        for asked in (0..740_000).step_by(9_973).chain([0, 1, 729_999, 730_000, 741_234, UNKNOWN_LATEST]) {
            let found = segments.iter().rfind(|segment| segment.first_day <= asked);
            let found = found.map(|segment| BoundSet::decode(3, segment.first_day, asked, segment.as_bytes()).unwrap()).unwrap_or_default();
            let expected: RoaringBitmap = bounds.iter().filter(|(day, _)| *day <= asked).map(|(_, place)| *place).collect();
            assert_eq!(found, expected, "{asked}");
        }
    }

    #[test]
    fn bytes_that_are_no_segment_are_rejected() {
        let segments = BoundSet::segments(vec![(5, 1), (6, 2)]).unwrap();
        let bytes = segments[0].as_bytes();
        for length in 0..bytes.len() {
            assert!(BoundSet::decode(0, 5, 6, &bytes[..length]).is_err(), "{length}");
        }
    }
}
