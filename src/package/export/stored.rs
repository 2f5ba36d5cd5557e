//! Packages as a database file stores them, beside the tables that they were read from.

use sqlx::{Row, SqliteConnection};

use crate::{
    corpus::{Corpus, Place},
    package::{document::Document, package::Package},
};

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

/// Where a package is stored, for its digest.
#[must_use]
pub fn package_place(statement: &str) -> Place {
    Place::of("packages").key(statement)
}

/// The package of a statement of an open database, as a line.
///
/// # Errors
/// When the database fails, or the package does not match its digest.
pub async fn stored_from(corpus: &Corpus, id: &str) -> sqlx::Result<Option<String>> {
    let row = sqlx::query("SELECT package, digest FROM packages WHERE statement = ?").bind(id).fetch_optional(&corpus.pool).await?;
    row.map(|row| decompress(&corpus.verify(package_place(id), row.try_get::<Vec<u8>, _>(0)?, row.try_get(1)?)?)).transpose()
}

/// The document of a statement of an open database.
///
/// # Errors
/// As [`stored_from`].
pub async fn export_from(corpus: &Corpus, id: &str) -> sqlx::Result<Option<Document>> {
    Ok(stored_from(corpus, id).await?.and_then(|line| Package::from_text(id.into(), line).document))
}

/// The first package after a statement, in the order of ids, as it is stored: the id, and the line as one zstd frame. Frames one
/// after the other are a whole stream (RFC 8878, section 3). `None` after the last.
///
/// # Errors
/// As [`stored_from`].
pub async fn stored_after(corpus: &Corpus, id: &str) -> sqlx::Result<Option<(String, Vec<u8>)>> {
    let next = "SELECT statement, package, digest FROM packages WHERE statement > ? ORDER BY statement LIMIT 1";
    let Some(row) = sqlx::query(next).bind(id).fetch_optional(&corpus.pool).await? else { return Ok(None) };
    let statement: String = row.try_get(0)?;
    let package = corpus.verify(package_place(&statement), row.try_get::<Vec<u8>, _>(1)?, row.try_get(2)?)?;
    Ok(Some((statement, package.into_inner())))
}
