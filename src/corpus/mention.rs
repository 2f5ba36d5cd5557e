//! Mentions of actors and locations.

use serde::{Deserialize, Serialize};
use sqlx::{FromRow, Row, sqlite::SqliteRow};
use utoipa::ToSchema;

use crate::corpus::{parts::Register, quote::Quote, slug::Slug, verified::Place};

/// How many mentions the item of an actor or a location has at most; the list of its mentions has all.
pub const MAX_INLINE_MENTIONS: u32 = 50;

/// How many of them it has in a list.
pub const MAX_LISTED_MENTIONS: usize = 4;

/// One occurrence in a source, attached particles included.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Mention {
    /// The statement whose source it is in.
    pub statement: Slug,
    /// The clause that contains it; null in a lead-in, which belongs to no clause.
    pub clause: Option<Slug>,
    /// The words and their position.
    pub quote: Quote,
}

impl Mention {
    /// Where it is stored, for the digest of its words: with all of it but these.
    pub(crate) fn place(&self, register: Register, id: &str) -> Place {
        let clause = self.clause.as_ref().map_or("", Slug::as_str);
        let place = Place::of("mentions").key(register.resource().name()).key(id).key(self.statement.as_str()).key(clause);
        place.number(self.quote.start.into()).number(self.quote.end.into()).key(&self.quote.prefix).key(&self.quote.suffix)
    }

    /// The digest of its words.
    #[must_use]
    pub fn digest(&self, register: Register, id: &str) -> i64 {
        self.place(register, id).digest(self.quote.exact.as_bytes())
    }
}

impl FromRow<'_, SqliteRow> for Mention {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let quote = Quote {
            start: row.try_get("start")?,
            end: row.try_get("end")?,
            exact: row.try_get("exact")?,
            prefix: row.try_get("prefix")?,
            suffix: row.try_get("suffix")?,
        };
        Ok(Self { statement: row.try_get("statement")?, clause: row.try_get("clause")?, quote })
    }
}
