//! Imports packages into the next file, all or none.

use std::path::Path;

use chrono::{DateTime, Utc};
use sqlx::{Connection, Row, SqliteConnection};

use crate::{
    package::{Package, document::Document, export},
    storage::{
        builder::rebuild,
        error::Error,
        import::{
            changes::{NewChange, between, unrecorded},
            clauses,
            delete::delete,
            imported::Imported,
            inserter::{Inserter, needed},
            milestones, registers,
            revision::Revision,
            statement,
        },
        validate::ValidationError,
    },
};

/// Builds the next file with the statements of these packages, and publishes it. Where nothing differs, or in a dry run, the
/// file stays as it is. Every package must be checked and without errors. One is in memory at a time.
///
/// It blocks its thread, and must not be called from an asynchronous one.
///
/// # Errors
/// When the file cannot be read, built or published; it stays as it is then.
pub fn import(path: &Path, packages: impl Iterator<Item = Package>, now: DateTime<Utc>, dry_run: bool) -> Result<Vec<Imported>, Error> {
    rebuild(path, async |database: &mut SqliteConnection| {
        let imported = insert_all(database, packages, now).await?;
        let publish = !dry_run && imported.iter().any(|package| package.differences > 0);
        Ok((imported, publish))
    })
}

/// Inserts packages and their changes, as one revision.
async fn insert_all(database: &mut SqliteConnection, packages: impl Iterator<Item = Package>, now: DateTime<Utc>) -> Result<Vec<Imported>, ValidationError> {
    // Statements refer to each other's registers, in both directions, and SQLite would look for references to each deleted
    // row: all references are checked at the end.
    sqlx::raw_sql("PRAGMA foreign_keys = OFF").execute(&mut *database).await?;
    let mut transaction = database.begin().await?;
    let mut revision = Revision::begin(&mut transaction, now).await?;
    let mut imported = Vec::new();
    for package in packages {
        let mut one = insert(&mut transaction, &package).await?;
        revision.record(&mut transaction, &one).await?;
        if !one.replaced {
            one.changes = Vec::new();
        }
        imported.push(one);
    }
    if let Some(row) = sqlx::query("PRAGMA foreign_key_check").fetch_optional(&mut *transaction).await? {
        return Err(ValidationError::ForeignKey(row.try_get(0)?));
    }
    transaction.commit().await?;
    sqlx::raw_sql("PRAGMA foreign_keys = ON").execute(&mut *database).await?;
    Ok(imported)
}

/// Puts a package in the place of what its statement had. What is the same afterwards is not touched.
async fn insert(database: &mut SqliteConnection, package: &Package) -> Result<Imported, ValidationError> {
    let (document, original, places) = (needed(package.document.as_ref())?, needed(package.original.as_ref())?, needed(package.places.as_ref())?);
    let statement = document.id();
    let mut savepoint = database.begin().await?;
    let before = export::export(&mut savepoint, statement).await?;
    if before.is_some() {
        delete(&mut savepoint, statement).await?;
    }
    let mut inserter = Inserter { database: &mut savepoint, statement, original };
    statement::insert(&mut inserter, document, places).await?;
    registers::insert(&mut inserter, document).await?;
    clauses::insert(&mut inserter, document, places).await?;
    milestones::insert(&mut inserter, document, places).await?;
    let after = export::export(&mut savepoint, statement).await?;
    let changes = changes(before.as_ref(), after.as_ref(), document);
    if changes.is_empty() {
        savepoint.rollback().await?;
    } else {
        savepoint.commit().await?;
    }
    Ok(Imported { statement: statement.to_owned(), replaced: before.is_some(), differences: changes.len(), changes })
}

/// The changes to record: those that the package lists and the database lacks, else those between the two editions.
fn changes(before: Option<&Document>, after: Option<&Document>, written: &Document) -> Vec<NewChange> {
    let recorded = before.map(|before| before.changes.as_slice()).unwrap_or_default();
    let differences = between(before, after, written.summary.as_ref().map(|summary| &summary.value));
    let listed = unrecorded(&written.changes, recorded);
    if differences.is_empty() || listed.is_empty() { differences } else { listed }
}
