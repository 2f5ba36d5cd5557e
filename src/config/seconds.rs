//! A duration that is written in seconds.

use std::{fmt, str::FromStr, time::Duration};

/// A duration of up to one day, written in seconds with an optional fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seconds(Duration);

impl Seconds {
    /// The longest duration: one day.
    const MAX: Duration = Duration::from_secs(86_400);

    /// A duration of whole milliseconds.
    #[must_use]
    pub const fn from_millis(milliseconds: u64) -> Self {
        Self(Duration::from_millis(milliseconds))
    }

    /// Parses a duration that is not zero, since a timeout of zero would let nothing through.
    ///
    /// # Errors
    /// When the text is no such duration.
    pub fn parse_positive(text: &str) -> Result<Self, &'static str> {
        text.parse().ok().filter(|seconds: &Self| !seconds.0.is_zero()).ok_or("expected seconds such as 3 or 0.5, more than 0 and at most 86400")
    }

    /// The duration.
    #[must_use]
    pub const fn get(self) -> Duration {
        self.0
    }
}

impl FromStr for Seconds {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "expected seconds such as 3 or 0.5, at most 86400";
        let duration = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        duration.filter(|duration| *duration <= Self::MAX).map(Self).ok_or(EXPECTED)
    }
}

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_secs_f64().fmt(f)
    }
}
