//! The stored packages: what `bayan export` writes, and what a program with other tables is built from.

use sqlx::SqliteConnection;

use crate::package::{document::Document, export};

/// How much zstd compresses: its default.
const LEVEL: i32 = 3;

const STORE: &str = "INSERT INTO packages (statement, imported, package, digest) VALUES (?, ?, ?, ?) \
    ON CONFLICT (statement) DO UPDATE SET imported = excluded.imported, package = excluded.package, digest = excluded.digest";
const MISSING: &str = "SELECT id FROM statements EXCEPT SELECT statement FROM packages ORDER BY id";

/// Stores the package of a statement.
///
/// # Errors
/// When the database fails.
pub async fn store(database: &mut SqliteConnection, document: &Document, imported: bool) -> sqlx::Result<()> {
    let compressed = zstd::bulk::compress(export::to_json_line(document).as_bytes(), LEVEL)?;
    let digest = export::package_place(document.id()).digest(&compressed);
    sqlx::query(STORE).bind(document.id()).bind(imported).bind(compressed).bind(digest).execute(database).await?;
    Ok(())
}

/// Stores the packages of the statements that migrations insert.
///
/// # Errors
/// When the database fails.
pub async fn store_migrated(database: &mut SqliteConnection) -> sqlx::Result<()> {
    // A migration may have changed what it stored before.
    sqlx::query("DELETE FROM packages WHERE imported = 0").execute(&mut *database).await?;
    let ids: Vec<String> = sqlx::query_scalar(MISSING).fetch_all(&mut *database).await?;
    for id in ids {
        if let Some(document) = export::export(database, &id).await? {
            store(database, &document, false).await?;
        }
    }
    Ok(())
}
