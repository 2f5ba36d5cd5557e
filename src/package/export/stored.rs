//! Packages as a database file stores them, beside the tables that they were read from.

use sqlx::SqliteConnection;

use crate::corpus::Corpus;

/// The package of a statement, as the line that [`super::to_json_line`] writes; `None` if the database does not have it.
///
/// # Errors
/// When the database fails, or the stored package is damaged.
pub async fn stored(database: &mut SqliteConnection, id: &str) -> sqlx::Result<Option<String>> {
    let compressed: Option<Vec<u8>> = sqlx::query_scalar("SELECT package FROM packages WHERE statement = ?").bind(id).fetch_optional(database).await?;
    compressed.as_deref().map(decompress).transpose()
}

/// The line of a package as it is stored.
///
/// # Errors
/// When it is damaged.
pub fn decompress(package: &[u8]) -> sqlx::Result<String> {
    Ok(zstd::decode_all(package).and_then(|line| String::from_utf8(line).map_err(std::io::Error::other))?)
}

/// The package of a statement of an open database.
///
/// # Errors
/// As [`stored`].
pub async fn stored_from(corpus: &Corpus, id: &str) -> sqlx::Result<Option<String>> {
    stored(&mut *corpus.pool.acquire().await?, id).await
}

/// The first package after a statement, in the order of ids, as it is stored: the id, and the line as one zstd frame. Frames one
/// after the other are a whole stream (RFC 8878, section 3). `None` after the last.
///
/// # Errors
/// When the database fails.
pub async fn stored_after(corpus: &Corpus, id: &str) -> sqlx::Result<Option<(String, Vec<u8>)>> {
    sqlx::query_as("SELECT statement, package FROM packages WHERE statement > ? ORDER BY statement LIMIT 1").bind(id).fetch_optional(&corpus.pool).await
}
