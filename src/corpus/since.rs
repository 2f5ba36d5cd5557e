//! The lower bound of a list of changes.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Deserializer, Serialize};

use crate::corpus::parse::deserialize_from_str;

/// The point up to which a client has already seen the changes: a revision of the data, or an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// A revision, as in `meta.revision`.
    Revision(u32),
    /// An instant, truncated to seconds so that no change is missed.
    Instant(DateTime<Utc>),
}

impl FromStr for Since {
    type Err = ParseSinceError;

    fn from_str(text: &str) -> Result<Self, ParseSinceError> {
        if (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
            return text.parse().map(Self::Revision).map_err(|_| ParseSinceError);
        }
        // chrono also accepts a space or a lower-case t, and an offset can yield a year that does not sort as text.
        let instant = (text.as_bytes().get(10) == Some(&b'T')).then(|| DateTime::parse_from_rfc3339(text).ok()).flatten();
        let instant = instant.map(|instant| instant.to_utc()).filter(|instant| (0..=9999).contains(&instant.year()));
        instant.map(Self::Instant).ok_or(ParseSinceError)
    }
}

/// The text is neither a revision nor an instant.
#[derive(Debug, thiserror::Error)]
#[error("a revision (a whole number, as in meta.revision) or an instant (RFC 3339, as in 2026-11-24T15:00:00Z)")]
pub struct ParseSinceError;

impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Revision(revision) => write!(f, "{revision}"),
            Self::Instant(instant) => write!(f, "{}", instant.format("%Y-%m-%dT%H:%M:%SZ")),
        }
    }
}

impl Serialize for Since {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Since {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_from_str(deserializer, &ParseSinceError)
    }
}
