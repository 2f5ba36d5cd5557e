//! Carrying what was imported over from a file of an older format: the new file is built from the packages in the old one.

use std::{collections::BTreeSet, path::Path};

use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::{
    package::{Package, export, known::Known},
    storage::{
        database_file::{FileState, inspect},
        error::Error,
        import::{
            packages::{begin, commit, insert},
            revision::Revision,
        },
        migrations, pool,
        validate::ValidationError,
    },
};

/// How the next file is built from an older one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// A copy of it is migrated: this program has all of its migrations.
    Migrate,
    /// A new file is built, and its packages are imported into that: other migrations built it.
    CarryOver,
    /// It cannot be: it has no packages.
    Impossible,
}

/// How the next file is built from this one.
pub async fn plan(old: &Path) -> sqlx::Result<Plan> {
    let mut old = open(old).await?;
    if migrations::has_all_of(&mut old).await? {
        return Ok(Plan::Migrate);
    }
    Ok(if has_packages(&mut old).await? { Plan::CarryOver } else { Plan::Impossible })
}

async fn has_packages(old: &mut SqliteConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'packages')").fetch_one(old).await
}

async fn open(path: &Path) -> sqlx::Result<SqliteConnection> {
    SqliteConnection::connect_with(&pool::options(path)?.read_only(true).immutable(true)).await
}

/// Imports the packages of an older file into a new one, with their revisions and their changes. Returns how many there are.
pub async fn carry_over(new: &mut SqliteConnection, old: &Path) -> Result<usize, ValidationError> {
    let mut old = open(old).await?;
    let mut known = export::known(new).await?;
    // A statement that a migration inserted is the migrations' to correct, and is carried over where they no longer have it.
    let statements: Vec<(String, bool)> = sqlx::query_as("SELECT statement, imported FROM packages ORDER BY statement").fetch_all(&mut old).await?;
    let ids: Vec<&str> =
        statements.iter().filter(|(id, imported)| *imported || !known.statements.contains_key(id)).map(|(statement, _)| statement.as_str()).collect();
    let mut introduced = Known::default();
    for id in &ids {
        read(&mut old, id).await?.document.iter().for_each(|document| introduced.add(document));
    }
    known.forget_entries(&ids.iter().map(|id| (*id).to_owned()).collect());
    known.extend(introduced);
    let mut transaction = begin(new).await?;
    let revisions: Vec<(i64, String)> = sqlx::query_as("SELECT revision, at FROM revisions ORDER BY revision").fetch_all(&mut old).await?;
    for (revision, at) in revisions {
        // The instants of two revisions differ, and those of the migrations come first.
        sqlx::query("INSERT OR IGNORE INTO revisions (revision, at) VALUES (?, ?)").bind(revision).bind(at).execute(&mut *transaction).await?;
    }
    let revision = Revision::begin(&mut transaction, None).await?.with_earlier(&mut transaction).await?;
    for id in &ids {
        let mut package = read(&mut old, id).await?;
        package.check(&known);
        if let Some(message) = package.log.first_error() {
            return Err(ValidationError::CarriedOver { statement: (*id).to_owned(), message: message.to_owned() });
        }
        insert(&mut transaction, &package, &revision).await?;
    }
    commit(transaction).await?;
    Ok(ids.len())
}

/// A package of a file.
async fn read(database: &mut SqliteConnection, id: &str) -> Result<Package, ValidationError> {
    let line = export::stored(database, id).await?.unwrap_or_default();
    Ok(Package::from_text(id.into(), line))
}

/// What the database at a path has, for packages of these statements. Nothing is built: where there is no file, it is what the
/// migrations insert, and where there is an older one, also what its packages introduce.
///
/// # Errors
/// When the file is not ours, or cannot be read.
pub async fn known(path: &Path, replaced: &BTreeSet<String>) -> Result<Known, Error> {
    let state = inspect(path)?;
    known_of(path, &state, replaced).await.map_err(|cause| Error::Unreadable(path.to_owned(), cause))
}

async fn known_of(path: &Path, state: &FileState, replaced: &BTreeSet<String>) -> sqlx::Result<Known> {
    let mut database = match state {
        FileState::Current(_) => open(path).await?,
        FileState::Older(_) | FileState::Missing => {
            let mut memory = SqliteConnection::connect_with(&SqliteConnectOptions::new().in_memory(true)).await?;
            migrations::run(&mut memory).await?;
            memory
        }
    };
    let mut known = export::known(&mut database).await?;
    for id in replaced.iter().filter(|id| known.statements.contains_key(*id)) {
        let mut in_use = export::in_use(&mut database, id).await?;
        in_use.retain(|entry| !replaced.contains(&entry.user));
        known.in_use.insert(id.clone(), in_use);
    }
    if let FileState::Older(_) = state {
        let mut old = open(path).await?;
        if has_packages(&mut old).await? {
            let ids: Vec<String> = sqlx::query_scalar("SELECT statement FROM packages ORDER BY statement").fetch_all(&mut old).await?;
            for id in ids {
                let line = export::stored(&mut old, &id).await?.unwrap_or_default();
                Package::from_text(id.into(), line).document.iter().for_each(|document| known.add_entries(document));
            }
        }
    }
    known.forget_entries(replaced);
    Ok(known)
}
