//! Validating a new database file: what the schema alone cannot prove.

use sha2::{Digest, Sha256};
use sqlx::{Row, SqliteConnection};

use crate::{
    corpus::{edtf::Edtf, enum_name},
    package::known::MissingPart,
    storage::materialize::{Batch, fetch},
};

/// Why the data of a new file cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ValidationError {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// A package was not checked.
    #[error(transparent)]
    Incomplete(#[from] MissingPart),
    /// There is no statement to withdraw.
    #[error("no statement has the id {id}{}", near.as_ref().map_or_else(|| "; `bayan export` writes all that there are".to_owned(), |near| format!("; did you mean {near}?")))]
    UnknownStatement {
        /// The id.
        id: String,
        /// The id that is nearest to it, if one is near.
        near: Option<String>,
    },
    /// A package of an older file has an error that this version of the program finds.
    #[error(
        "the package of {statement} in the older file has an error: {message}. Export it with the version that built the file, mend it, move the file away, and import it again"
    )]
    CarriedOver {
        /// The statement.
        statement: String,
        /// The first error.
        message: String,
    },
    /// The text of a source does not match its recorded checksum.
    #[error("the text of {0} does not have the SHA-256 that is recorded for it")]
    Checksum(String),
    /// The bounds of a date do not match its EDTF.
    #[error("the date {0} does not have the bounds or the precision of its EDTF")]
    Date(String),
    /// A row refers to another that does not exist.
    #[error("a row of {0} refers to one that does not exist")]
    ForeignKey(String),
    /// A row is not valid for its resource.
    #[error("cannot build an item: {0}")]
    Item(sqlx::Error),
}

/// The dates of every kind.
const DATES: [&str; 3] = [
    "SELECT id, edtf, earliest, latest, precision FROM dates WHERE statement BETWEEN ? AND ?",
    "SELECT id, edtf, earliest, latest, precision FROM milestones WHERE statement BETWEEN ? AND ?",
    "SELECT d.id, d.edtf, d.earliest, d.latest, d.precision FROM milestones AS m CROSS JOIN developments AS d ON d.milestone = m.id WHERE m.statement BETWEEN ? AND ?",
];

/// Validates references between rows, checksums, and dates: of the data, before anything is built from it.
///
/// # Errors
/// The first defect found.
pub async fn validate(database: &mut SqliteConnection) -> Result<(), ValidationError> {
    if let Some(row) = sqlx::query("PRAGMA foreign_key_check").fetch_optional(&mut *database).await? {
        return Err(ValidationError::ForeignKey(row.try_get(0)?));
    }
    for batch in Batch::of(database, "SELECT id FROM statements ORDER BY id").await? {
        validate_batch(database, &batch).await?;
    }
    Ok(())
}

/// Validates the checksums and the dates of a batch of statements.
async fn validate_batch(database: &mut SqliteConnection, batch: &Batch) -> Result<(), ValidationError> {
    for row in fetch(database, "SELECT id, text, sha256 FROM statements WHERE id BETWEEN ? AND ?", batch).await? {
        let (text, sha256): (String, String) = (row.try_get("text")?, row.try_get("sha256")?);
        if format!("{:x}", Sha256::digest(text)) != sha256 {
            return Err(ValidationError::Checksum(row.try_get("id")?));
        }
    }
    for table in DATES {
        for row in fetch(database, table, batch).await? {
            let bounds: (Option<String>, Option<String>) = (row.try_get("earliest")?, row.try_get("latest")?);
            let precision: String = row.try_get("precision")?;
            let right = match row.try_get::<Option<String>, _>("edtf")? {
                None => bounds == (None, None),
                Some(edtf) => edtf.parse().is_ok_and(|edtf: Edtf| {
                    bounds == (edtf.earliest().map(|day| day.to_string()), edtf.latest().map(|day| day.to_string()))
                        && enum_name(&edtf.precision()) == precision
                }),
            };
            if !right {
                return Err(ValidationError::Date(row.try_get("id")?));
            }
        }
    }
    Ok(())
}
