//! Packages as a database file stores them, beside the tables that they were read from.

use sqlx::SqliteConnection;

use crate::corpus::Corpus;

/// The package of a statement, as the line that [`super::to_json_line`] writes; `None` if the database does not have it.
///
/// # Errors
/// When the database fails, or the stored package is damaged.
pub async fn stored(database: &mut SqliteConnection, id: &str) -> sqlx::Result<Option<String>> {
    let compressed: Option<Vec<u8>> = sqlx::query_scalar("SELECT package FROM packages WHERE statement = ?").bind(id).fetch_optional(database).await?;
    let decompress = |bytes: Vec<u8>| zstd::decode_all(bytes.as_slice()).and_then(|line| String::from_utf8(line).map_err(std::io::Error::other));
    Ok(compressed.map(decompress).transpose()?)
}

/// The package of a statement of an open database.
///
/// # Errors
/// As [`stored`].
pub async fn stored_from(corpus: &Corpus, id: &str) -> sqlx::Result<Option<String>> {
    stored(&mut *corpus.pool.acquire().await?, id).await
}
