//! Values of a database file that were compared with their digests when they were read.
//!
//! A file is not read as a whole when it is opened. Each value that is served has a digest beside it, in a column of its row,
//! and [`Place::verify`] is the only way to a [`Verified`] value: what was not compared cannot be served.

use std::ops::Deref;

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// The place of a value in a database file: its table, and its key there. A digest is of the place and the value, so that a
/// value that is read from the place of another does not match.
#[derive(Clone, Copy, Debug)]
pub struct Place(u64);

impl Place {
    /// A table.
    #[must_use]
    pub fn of(table: &str) -> Self {
        Self(xxh3_64_with_seed(table.as_bytes(), 0))
    }

    /// The rows of this place with a value in the next column of the key.
    #[must_use]
    pub fn key(self, value: &str) -> Self {
        Self(xxh3_64_with_seed(value.as_bytes(), self.0))
    }

    /// The rows of this place with a number in the next column of the key.
    #[must_use]
    pub fn number(self, value: i64) -> Self {
        Self(xxh3_64_with_seed(&value.to_le_bytes(), self.0))
    }

    /// The digest (XXH3, 64 bits) of a value that is stored here, as SQLite stores it. It detects damage and accidents; whoever
    /// can write the file can compute it.
    #[must_use]
    pub fn digest(self, value: &[u8]) -> i64 {
        xxh3_64_with_seed(value, self.0).cast_signed()
    }

    /// Compares a value that is stored here with the digest beside it.
    ///
    /// # Errors
    /// When they differ.
    pub fn verify<T: AsRef<[u8]>>(self, value: T, digest: i64) -> Result<Verified<T>, DamagedValue> {
        if self.digest(value.as_ref()) == digest { Ok(Verified(value)) } else { Err(DamagedValue) }
    }
}

/// A value that matches its digest, or that is computed from such values alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    /// What is computed from the value.
    pub fn map<U>(self, compute: impl FnOnce(T) -> U) -> Verified<U> {
        Verified(compute(self.0))
    }

    /// What is computed from the value, unless that fails.
    ///
    /// # Errors
    /// Those of the computation.
    pub fn try_map<U, E>(self, compute: impl FnOnce(T) -> Result<U, E>) -> Result<Verified<U>, E> {
        compute(self.0).map(Verified)
    }

    /// The value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A value differs from its digest: the file was damaged or changed after it was published.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a stored value does not match its digest: the database file is damaged")]
pub struct DamagedValue;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_depends_on_the_value_and_on_each_part_of_its_place() {
        let place = Place::of("items").key("clauses").key("a-1a");
        let all = [
            place.digest(b"{}"),
            place.digest(b"{} "),
            Place::of("items").key("clauses").key("a-1b").digest(b"{}"),
            Place::of("items").key("dates").key("a-1a").digest(b"{}"),
            Place::of("items").key("clausesa").key("-1a").digest(b"{}"),
            Place::of("other").key("clauses").key("a-1a").digest(b"{}"),
            place.key("").digest(b"{}"),
            place.number(0).digest(b"{}"),
            place.number(1).digest(b"{}"),
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(all[at + 1..].iter().all(|other| one != other), "{at}");
        }
        assert_eq!(place.digest(b"{}"), Place::of("items").key("clauses").key("a-1a").digest(b"{}"));
    }
}
