//! The items of a new database file: put together once, and checked for what SQL alone cannot prove.

use sha2::{Digest, Sha256};
use sqlx::{QueryBuilder, Row, SqliteConnection};

use crate::{
    corpus::{
        Day, Filter, actors::ActorFilter, changes::ChangeFilter, clauses::ClauseFilter, dates::DateFilter, edtf::Edtf, item, locations::LocationFilter,
        matching, milestones::MilestoneFilter, name, notes::NoteFilter, statements::StatementFilter,
    },
    storage::search_index,
};

/// Why the data of a new file cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ValidationError {
    /// The database itself.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The text of a source is not the one whose checksum it carries.
    #[error("the text of {0} does not have the SHA-256 that is recorded for it")]
    Checksum(String),
    /// The bounds of a date are not those of its EDTF.
    #[error("the date {0} does not have the bounds or the precision of its EDTF")]
    Date(String),
    /// A row points at another that is not there.
    #[error("a row of {0} points at one that does not exist")]
    ForeignKey(String),
    /// An item is not what the service can serve.
    #[error("an item of {0} cannot be served: {1}")]
    Item(&'static str, serde_json::Error),
    /// `SQLite` found the file damaged.
    #[error("the new file is damaged: {0}")]
    Damaged(String),
}

/// Puts the items together anew.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_together(database: &mut SqliteConnection) -> Result<(), ValidationError> {
    sqlx::query("DELETE FROM items").execute(&mut *database).await?;
    sqlx::query("INSERT INTO items (resource, id, place, opens, closes, item) SELECT resource, id, place, opens, closes, item FROM all_items")
        .execute(&mut *database)
        .await?;
    search_index::index(database).await
}

/// Checks what the schema cannot: checksums, dates, and the file as a whole.
///
/// # Errors
/// The first flaw found.
pub async fn check(database: &mut SqliteConnection) -> Result<(), ValidationError> {
    for row in sqlx::query("SELECT id, text, sha256 FROM statements").fetch_all(&mut *database).await? {
        let (text, sha256): (String, String) = (row.try_get("text")?, row.try_get("sha256")?);
        if format!("{:x}", Sha256::digest(text)) != sha256 {
            return Err(ValidationError::Checksum(row.try_get("id")?));
        }
    }
    let dates = "SELECT id, edtf, earliest, latest, precision FROM dates \
                 UNION ALL SELECT id, edtf, earliest, latest, precision FROM milestones \
                 UNION ALL SELECT id, edtf, earliest, latest, precision FROM developments";
    for row in sqlx::query(dates).fetch_all(&mut *database).await? {
        let bounds: (Option<String>, Option<String>) = (row.try_get("earliest")?, row.try_get("latest")?);
        let precision: String = row.try_get("precision")?;
        let right = match row.try_get::<Option<String>, _>("edtf")? {
            None => bounds == (None, None),
            Some(edtf) => edtf.parse().is_ok_and(|edtf: Edtf| {
                bounds == (edtf.earliest().map(|day| day.to_string()), edtf.latest().map(|day| day.to_string())) && name(&edtf.precision()) == precision
            }),
        };
        if !right {
            return Err(ValidationError::Date(row.try_get("id")?));
        }
    }
    readable::<StatementFilter>(database).await?;
    readable::<ClauseFilter>(database).await?;
    readable::<DateFilter>(database).await?;
    readable::<MilestoneFilter>(database).await?;
    readable::<ActorFilter>(database).await?;
    readable::<LocationFilter>(database).await?;
    readable::<NoteFilter>(database).await?;
    readable::<ChangeFilter>(database).await?;
    if let Some(row) = sqlx::query("PRAGMA foreign_key_check").fetch_optional(&mut *database).await? {
        return Err(ValidationError::ForeignKey(row.try_get(0)?));
    }
    let verdict: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut *database).await?;
    if verdict == "ok" { Ok(()) } else { Err(ValidationError::Damaged(verdict)) }
}

/// Reads every item of a resource as it will be read when it is served.
async fn readable<F: Filter>(database: &mut SqliteConnection) -> Result<(), ValidationError> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push("i.item, ").push(F::OF_THE_DAY);
    matching(&F::default(), &mut query, Day::LAST);
    for row in query.build().fetch_all(database).await? {
        item::<F>(&row)?.read().map_err(|cause| ValidationError::Item(F::RESOURCE.name(), cause))?;
    }
    Ok(())
}
