//! Carrying what was imported over from a file of an older format: the new file is built from the packages in the old one.

use std::path::Path;

use sqlx::{Connection, SqliteConnection};

use crate::{
    package::{
        Package, export,
        known::{Known, Moved},
    },
    storage::{
        import::{
            packages::{begin, insert},
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

/// Whether a file has the table of packages.
pub async fn has_packages(old: &mut SqliteConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'packages')").fetch_one(old).await
}

/// Opens a finished file.
pub async fn open(path: &Path) -> sqlx::Result<SqliteConnection> {
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
    known.set_apart(&ids.iter().map(|id| (*id).to_owned()).collect());
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
        insert(&mut transaction, &package, &Moved::default(), &revision).await?;
    }
    transaction.commit().await?;
    Ok(ids.len())
}

/// A package of a file.
async fn read(database: &mut SqliteConnection, id: &str) -> Result<Package, ValidationError> {
    let line = export::stored(database, id).await?.unwrap_or_default();
    Ok(Package::from_text(id.into(), line))
}
