//! Inserts packages into the next file, all or none.

use chrono::{DateTime, Utc};
use sqlx::{Connection, SqliteConnection};

use crate::{
    corpus::BilingualText,
    package::{
        Package,
        document::{Document, Withdrawal},
        export,
        known::Moved,
        nearest_word,
    },
    storage::{
        import::{
            changes::{NewChange, between, is_recorded_of_new, unrecorded},
            clauses,
            delete::delete,
            imported::Imported,
            inserter::{Inserter, needed},
            milestones, moved, registers,
            revision::Revision,
            statement,
            withdraw::{self, withdraw},
        },
        packages::store,
        validate::ValidationError,
    },
};

/// Inserts packages as one revision; `moved` are the entries that pass from one of their statements to another. The first that has an
/// error, or was not checked, ends it.
pub async fn insert_all(
    database: &mut SqliteConnection,
    packages: impl Iterator<Item = Package>,
    moved: &Moved,
    now: DateTime<Utc>,
) -> Result<Vec<Imported>, ValidationError> {
    let mut transaction = begin(database).await?;
    moved::delete(&mut transaction, moved).await?;
    let revision = Revision::begin(&mut transaction, Some(now)).await?;
    let mut imported = Vec::new();
    for package in packages {
        let mut one = insert(&mut transaction, &package, moved, &revision).await?;
        // A new statement differs in everything.
        if !one.replaced {
            one.changes = Vec::new();
        }
        imported.push(one);
    }
    transaction.commit().await?;
    Ok(imported)
}

/// Withdraws a statement, as a revision. One that is withdrawn already stays so; another reason takes the place of the first.
pub async fn withdraw_statement(database: &mut SqliteConnection, id: &str, reason: &BilingualText, now: DateTime<Utc>) -> Result<Imported, ValidationError> {
    let mut transaction = begin(database).await?;
    let revision = Revision::begin(&mut transaction, Some(now)).await?;
    let Some(before) = export::export(&mut transaction, id).await? else {
        let ids: Vec<String> = sqlx::query_scalar("SELECT statement FROM packages ORDER BY statement").fetch_all(&mut *transaction).await?;
        let near = nearest_word(id, ids.iter().map(String::as_str)).map(str::to_owned);
        return Err(ValidationError::UnknownStatement { id: id.to_owned(), near });
    };
    let withdrawal = Withdrawal { reason: Some(reason.clone().into()), sha256: before.source.as_ref().and_then(|source| source.sha256.clone()) };
    let document = Document { id: before.id.clone(), withdrawn: Some(withdrawal), ..Document::empty(0..0) };
    let imported = insert_withdrawal(&mut transaction, &document, Some(before), &revision).await?;
    transaction.commit().await?;
    Ok(imported)
}

/// Begins a transaction in which statements refer to each other's registers, in both directions: the build checks all references
/// afterwards. `SQLite` would look for references to each deleted row.
pub async fn begin(database: &mut SqliteConnection) -> Result<sqlx::Transaction<'_, sqlx::Sqlite>, ValidationError> {
    sqlx::raw_sql("PRAGMA foreign_keys = OFF").execute(&mut *database).await?;
    Ok(database.begin().await?)
}

/// Puts a package in the place of what its statement had, and records what differs.
pub async fn insert(database: &mut SqliteConnection, package: &Package, moved: &Moved, revision: &Revision) -> Result<Imported, ValidationError> {
    let document = needed(package.document.as_ref().filter(|_| package.log.errors() == 0))?;
    let id = document.id();
    // Most of a corpus that is imported again is the same to the byte.
    if export::stored(database, id).await?.is_some_and(|stored| stored.trim_end() == package.file.trim_end()) {
        return Ok(Imported::unchanged(id));
    }
    let before = export::export(database, id).await?;
    if document.withdrawn.is_some() {
        return insert_withdrawal(database, document, before, revision).await;
    }
    let (original, places) = (needed(package.original.as_ref())?, needed(package.places.as_ref())?);
    let is_there = before.as_ref().is_some_and(|before| before.withdrawn.is_none());
    if is_there {
        delete(database, id).await?;
    }
    let mut inserter = Inserter::new(id, original);
    statement::insert(&mut inserter, document, places)?;
    registers::insert(&mut inserter, document)?;
    clauses::insert(&mut inserter, document, places)?;
    milestones::insert(&mut inserter, document, places)?;
    inserter.rows.insert(database).await?;
    sqlx::query("DELETE FROM withdrawals WHERE statement = ?").bind(id).execute(&mut *database).await?;
    let mut after = needed(export::export(database, id).await?)?;
    let differences = between(before.as_ref().filter(|_| is_there), Some(&after), moved, document.summary.as_ref().map(|summary| &summary.value));
    // An entry that has passed to this statement, or from it, is in another package than before, whether it differs or not.
    let count = differences.len() + moved::count(moved, &after, &differences);
    let changes = changes(differences, before.as_ref(), document, is_there);
    if count == 0 {
        return Ok(Imported { replaced: is_there, ..Imported::unchanged(id) });
    }
    revision.record(database, id, &changes).await?;
    after.changes = export::history(database, id).await?;
    store(database, &after, true).await?;
    Ok(Imported { statement: id.to_owned(), replaced: is_there, withdrawn: false, differences: count, changes })
}

/// The changes to record: those that the package lists and the database lacks, else those between the two editions. Of a
/// new statement not every item is recorded.
fn changes(mut differences: Vec<NewChange>, before: Option<&Document>, written: &Document, is_there: bool) -> Vec<NewChange> {
    let listed = unrecorded(&written.changes, before.map(|before| before.changes.as_slice()).unwrap_or_default());
    if !(differences.is_empty() || listed.is_empty()) {
        return listed;
    }
    if !is_there {
        differences.retain(is_recorded_of_new);
    }
    differences
}

/// Withdraws a statement, and records what is gone.
async fn insert_withdrawal(
    database: &mut SqliteConnection,
    document: &Document,
    before: Option<Document>,
    revision: &Revision,
) -> Result<Imported, ValidationError> {
    let (id, withdrawal) = (document.id(), needed(document.withdrawn.as_ref())?);
    let reason = &needed(withdrawal.reason.as_ref())?.value;
    let recorded = before.as_ref().map(|before| before.changes.as_slice()).unwrap_or_default();
    let listed = unrecorded(&document.changes, recorded);
    let published = before.as_ref().and_then(|before| before.withdrawn.as_ref()).and_then(|withdrawn| withdrawn.reason.as_ref());
    let (computed, heirs) = match (&before, published) {
        (_, Some(published)) if published.value == *reason && listed.is_empty() => return Ok(Imported { withdrawn: true, ..Imported::unchanged(id) }),
        (_, Some(published)) => (withdraw::correct_reason(database, id, &published.value, reason).await?, Vec::new()),
        (Some(before), None) => {
            let done = withdraw(database, before, reason).await?;
            (done.changes, done.heirs.into_iter().collect())
        }
        (None, None) => {
            withdraw::insert(database, id, needed(withdrawal.sha256.as_ref())?.as_str(), reason).await?;
            (vec![NewChange::withdrawn(id, reason)], Vec::new())
        }
    };
    let changes = if listed.is_empty() { computed } else { listed };
    revision.record(database, id, &changes).await?;
    for changed in heirs.iter().map(String::as_str).chain([id]) {
        let after = needed(export::export(database, changed).await?)?;
        store(database, &after, true).await?;
    }
    Ok(Imported { statement: id.to_owned(), replaced: before.is_some(), withdrawn: true, differences: changes.len(), changes })
}
