//! Range requests (RFC 9110, section 14): one range of the bytes of a representation, in its content coding.

use std::ops::Range;

use axum::http::{HeaderMap, header};

/// The part of a representation that a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestedRange {
    /// All of it: there is no `Range`, or it is one that is ignored.
    Whole,
    /// These bytes, at least one.
    Part(Range<usize>),
    /// Bytes that it does not have.
    Unsatisfiable,
}

/// The range that a request asks for, of a representation of `length` bytes. Several ranges, other units and malformed ranges
/// are ignored, as section 14.2 permits: the response is the whole representation.
pub fn requested_range(headers: &HeaderMap, length: usize) -> RequestedRange {
    let mut lines = headers.get_all(header::RANGE).iter();
    match (lines.next(), lines.next()) {
        (Some(line), None) => line.to_str().ok().and_then(|range| parse(range, length)).unwrap_or(RequestedRange::Whole),
        _ => RequestedRange::Whole,
    }
}

/// Parses `bytes=0-3`, `bytes=4-` and `bytes=-5` (section 14.1.2).
fn parse(range: &str, length: usize) -> Option<RequestedRange> {
    let (unit, ranges) = range.split_once('=')?;
    // A list may have empty members (section 5.6.1.2).
    let mut ranges = ranges.split(',').map(|range| range.trim_matches([' ', '\t'])).filter(|range| !range.is_empty());
    let (Some(range), None) = (ranges.next(), ranges.next()) else { return None };
    if !unit.eq_ignore_ascii_case("bytes") {
        return None;
    }
    let bytes = match range.split_once('-')? {
        ("", suffix_length) => length.saturating_sub(position(suffix_length)?)..length,
        (first, "") => position(first)?..length,
        (first, last) => {
            let (first, last) = (position(first)?, position(last)?);
            if last < first {
                return None;
            }
            first..last.saturating_add(1).min(length)
        }
    };
    Some(if bytes.is_empty() { RequestedRange::Unsatisfiable } else { RequestedRange::Part(bytes) })
}

/// A number of bytes; the largest where it is larger than that.
fn position(digits: &str) -> Option<usize> {
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_single_range_is_read_and_anything_else_is_ignored() {
        use RequestedRange::{Part, Unsatisfiable, Whole};
        for (range, expected) in [
            ("bytes=0-3", Part(0..4)),
            ("bytes=0-0", Part(0..1)),
            ("bytes=4-", Part(4..10)),
            ("bytes=9-9", Part(9..10)),
            ("bytes=-1", Part(9..10)),
            ("bytes=-10", Part(0..10)),
            ("bytes=-11", Part(0..10)),
            ("bytes=3-99999999999999999999999", Part(3..10)),
            ("Bytes=2-2", Part(2..3)),
            ("bytes=, 1-2 ,", Part(1..3)),
            ("bytes=10-", Unsatisfiable),
            ("bytes=10-20", Unsatisfiable),
            ("bytes=-0", Unsatisfiable),
            ("bytes=99999999999999999999999-", Unsatisfiable),
            ("bytes=3-2", Whole),
            ("bytes=0-1,3-4", Whole),
            ("bytes=0-1, -1", Whole),
            ("bytes=", Whole),
            ("bytes=-", Whole),
            ("bytes=a-b", Whole),
            ("bytes=+1-2", Whole),
            ("bytes=1-2-3", Whole),
            ("bytes 0-3", Whole),
            ("lines=0-3", Whole),
            ("0-3", Whole),
            ("", Whole),
        ] {
            let headers = HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static(range))]);
            assert_eq!(requested_range(&headers, 10), expected, "{range}");
        }
        let mut lines = HeaderMap::new();
        assert_eq!(requested_range(&lines, 10), Whole);
        lines.append(header::RANGE, HeaderValue::from_static("bytes=0-0"));
        assert_eq!(requested_range(&lines, 0), Unsatisfiable, "an empty representation has no bytes");
        lines.append(header::RANGE, HeaderValue::from_static("bytes=1-1"));
        assert_eq!(requested_range(&lines, 10), Whole, "two lines are a list of two");
    }
}
