//! The statement itself, its source and its history.

use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use crate::package::{
    document::{ChangeRecord, SourceText, Version},
    export::rows::{bilingual, choice, fetch, parsed, text},
    spanned::{Spanned, Text},
};

const VERSIONS: &str = "SELECT * FROM versions WHERE statement = ? ORDER BY position";
const ISSUERS: &str = "SELECT actor FROM issuers WHERE statement = ? ORDER BY position";
const CHANGES: &str = "SELECT c.action, c.resource, c.target, c.summary_ar, c.summary_en, coalesce(c.at, r.at) AS at \
    FROM changes AS c JOIN revisions AS r USING (revision) WHERE c.statement = ? ORDER BY c.revision, c.position";

/// The source of a statement, from its row.
pub fn source(row: &SqliteRow) -> sqlx::Result<SourceText> {
    Ok(SourceText {
        place: Spanned::default(),
        publisher: bilingual(row, "publisher")?,
        medium: text(row, "medium")?,
        language: choice(row, "language")?,
        url: text(row, "url")?,
        sha256: text(row, "sha256")?,
        text: text(row, "text")?,
        text_file: None,
    })
}

/// Its other publications.
pub async fn versions(database: &mut SqliteConnection, id: &str) -> sqlx::Result<Vec<Version>> {
    let version = |row: &SqliteRow| {
        Ok(Version {
            publisher: bilingual(row, "publisher")?,
            language: choice(row, "language")?,
            url: text(row, "url")?,
            published: parsed(row, "published")?,
            description: bilingual(row, "description")?,
        })
    };
    fetch(database, VERSIONS, id).await?.iter().map(version).collect()
}

/// Its issuers, in its order.
pub async fn issuers(database: &mut SqliteConnection, id: &str) -> sqlx::Result<Vec<Text>> {
    fetch(database, ISSUERS, id).await?.iter().map(|row| Ok(Text::from(row.try_get::<String, _>("actor")?))).collect()
}

/// What was changed, oldest first.
///
/// # Errors
/// When the database fails, or has a value that no document has.
pub async fn changes(database: &mut SqliteConnection, id: &str) -> sqlx::Result<Vec<ChangeRecord>> {
    let change = |row: &SqliteRow| {
        Ok(ChangeRecord {
            at: text(row, "at")?,
            action: choice(row, "action")?,
            resource: choice(row, "resource")?,
            target: text(row, "target")?,
            summary: bilingual(row, "summary")?,
        })
    };
    fetch(database, CHANGES, id).await?.iter().map(change).collect()
}
