//! Imports packages into the next file, all or none.

use std::path::Path;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use sqlx::{Connection, Row, SqliteConnection};

use crate::{
    corpus::enum_name,
    package::{
        Package,
        document::Document,
        export,
    },
    storage::{
        builder::rebuild,
        error::Error,
        import::{
            changes::{NewChange, between, unrecorded},
            clauses, delete::delete,
            inserter::{Inserter, needed},
            milestones, registers, statement,
        },
        validate::ValidationError,
    },
};

/// What became of a package.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The id of its statement.
    pub statement: String,
    /// Whether the database had the statement before.
    pub replaced: bool,
    /// What differs; empty where nothing does.
    pub changes: Vec<NewChange>,
}

/// Builds the next file with the statements of these packages, and publishes it. Where nothing differs, or in a dry run, the
/// file stays as it is. Every package must be checked and without errors.
///
/// # Errors
/// When the file cannot be read, built or published; it stays as it is then.
///
/// It blocks its thread, and must not be called from an asynchronous one.
pub fn import(path: &Path, packages: &[Package], now: DateTime<Utc>, dry_run: bool) -> Result<Vec<Imported>, Error> {
    rebuild(path, async |database: &mut SqliteConnection| {
        let imported = insert_all(database, packages, now).await?;
        let publish = !dry_run && imported.iter().any(|package| !package.changes.is_empty());
        Ok((imported, publish))
    })
}

async fn insert_all(database: &mut SqliteConnection, packages: &[Package], now: DateTime<Utc>) -> Result<Vec<Imported>, ValidationError> {
    let mut transaction = database.begin().await?;
    // Statements refer to each other's registers, in both directions.
    sqlx::raw_sql("PRAGMA defer_foreign_keys = ON").execute(&mut *transaction).await?;
    let mut imported = Vec::new();
    for package in packages {
        imported.push(insert(&mut transaction, package).await?);
    }
    if imported.iter().any(|package| !package.changes.is_empty()) {
        record(&mut transaction, &imported, now).await?;
    }
    if let Some(row) = sqlx::query("PRAGMA foreign_key_check").fetch_optional(&mut *transaction).await? {
        return Err(ValidationError::ForeignKey(row.try_get(0)?));
    }
    transaction.commit().await?;
    Ok(imported)
}

/// Puts a package in the place of what its statement had. What is the same afterwards is not touched.
async fn insert(database: &mut SqliteConnection, package: &Package) -> Result<Imported, ValidationError> {
    let (document, original, places) = (needed(package.document.as_ref())?, needed(package.original.as_ref())?, needed(package.places.as_ref())?);
    let statement = document.id();
    let mut savepoint = database.begin().await?;
    let before = export::export(&mut savepoint, statement).await?;
    delete(&mut savepoint, statement).await?;
    let mut inserter = Inserter { database: &mut savepoint, statement, original };
    statement::insert(&mut inserter, document, places).await?;
    registers::insert(&mut inserter, document).await?;
    clauses::insert(&mut inserter, document, places).await?;
    milestones::insert(&mut inserter, document, places).await?;
    let after = export::export(&mut savepoint, statement).await?;
    let changes = changes(before.as_ref(), after.as_ref(), document);
    if changes.is_empty() { savepoint.rollback().await? } else { savepoint.commit().await? }
    Ok(Imported { statement: statement.to_owned(), replaced: before.is_some(), changes })
}

/// The changes to record: those that the package lists and the database lacks, else those between the two editions.
fn changes(before: Option<&Document>, after: Option<&Document>, written: &Document) -> Vec<NewChange> {
    let recorded = before.map(|before| before.changes.as_slice()).unwrap_or_default();
    let differences = between(before, after, written.summary.as_ref().map(|summary| &summary.value));
    let listed = unrecorded(&written.changes, recorded);
    if differences.is_empty() || listed.is_empty() { differences } else { listed }
}

/// Records the changes as the next revision.
async fn record(database: &mut SqliteConnection, imported: &[Imported], now: DateTime<Utc>) -> Result<(), ValidationError> {
    let last = sqlx::query("SELECT revision, at FROM revisions ORDER BY revision DESC LIMIT 1").fetch_one(&mut *database).await?;
    let (revision, published): (i64, DateTime<Utc>) = (last.try_get::<i64, _>("revision")? + 1, last.try_get("at")?);
    // A revision is later than the one before it, whatever the clock says.
    let at = now.trunc_subsecs(0).max(published + TimeDelta::seconds(1)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    sqlx::query("INSERT INTO revisions (revision, at) VALUES (?, ?)").bind(revision).bind(&at).execute(&mut *database).await?;
    let changes = imported.iter().flat_map(|package| package.changes.iter().map(|change| (&package.statement, change)));
    let mut ids = std::collections::HashSet::new();
    for (position, (statement, change)) in (1_i64..).zip(changes) {
        let resource = enum_name(&change.resource);
        let id = format!("r{revision}-{resource}-{}", change.target);
        // A history may have several changes of one item.
        let id = if ids.insert(id.clone()) { id } else { format!("{id}-{position}") };
        sqlx::query("INSERT INTO changes (id, statement, revision, position, action, resource, target, summary_ar, summary_en, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(id)
            .bind(statement)
            .bind(revision)
            .bind(position)
            .bind(enum_name(&change.action))
            .bind(resource)
            .bind(&change.target)
            .bind(&change.summary.ar)
            .bind(&change.summary.en)
            .bind(change.at.as_deref())
            .execute(&mut *database)
            .await?;
    }
    Ok(())
}
