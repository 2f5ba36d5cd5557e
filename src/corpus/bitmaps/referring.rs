//! The places of items that refer to another item, from the indexes of the tables.

use crate::corpus::{
    bitmaps::{chunks::ChunkedSet, conditions::Reference},
    corpus::Corpus,
    sort::SortKey,
};

/// The dates in a clause (?1), by their places in an order (?2). Only orders other than reading order are stored.
const DATES_IN_CLAUSE: &str = "SELECT coalesce((SELECT p.place FROM places AS p WHERE p.ordering = ?2 AND p.item = i.number), i.number) \
    FROM dates AS r CROSS JOIN items AS i ON i.resource = 'dates' AND i.id = r.id WHERE r.clause = ?1";
/// The notes on a clause, by their numbers or by their ranks.
const NOTES_ON_CLAUSE: &str = "SELECT i.number FROM notes AS r CROSS JOIN items AS i ON i.resource = 'notes' AND i.id = r.id WHERE r.clause = ?1";
const RANKS_OF_NOTES_ON_CLAUSE: &str = "SELECT s.rank FROM notes AS r CROSS JOIN items AS i ON i.resource = 'notes' AND i.id = r.id \
    CROSS JOIN search_ranks AS s ON s.item = i.number WHERE r.clause = ?1";

/// The places of the items that refer to another.
pub async fn referring_places(corpus: &Corpus, reference: Reference, order: SortKey, id: &str) -> sqlx::Result<ChunkedSet> {
    let query = match reference {
        Reference::DateInClause => sqlx::query_scalar(DATES_IN_CLAUSE).bind(id).bind(order as i64),
        Reference::NoteOnClause if order == SortKey::Relevance => sqlx::query_scalar(RANKS_OF_NOTES_ON_CLAUSE).bind(id),
        Reference::NoteOnClause => sqlx::query_scalar(NOTES_ON_CLAUSE).bind(id),
    };
    let mut places: Vec<u32> = query.fetch_all(&corpus.pool).await?;
    places.sort_unstable();
    Ok(ChunkedSet::from_sorted(places))
}
