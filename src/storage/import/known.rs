//! What a database has, for packages that are checked against it. Nothing is built.

use std::{collections::BTreeSet, path::Path};

use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::{
    package::{Package, export, known::Known},
    storage::{
        database_file::{FileState, inspect},
        error::Error,
        import::upgrade::{has_packages, open},
        migrations,
    },
};

/// The entries of registers that have passed from a statement that was withdrawn, with the statement that introduced them. The history
/// has no documents.
const INHERITED: &str = "SELECT 'actor' AS register, c.target, c.statement FROM withdrawals AS w JOIN changes AS c ON c.statement = w.statement \
    WHERE c.resource = 'actors' AND c.action = 'created' \
    UNION SELECT 'location', c.target, c.statement FROM withdrawals AS w JOIN changes AS c ON c.statement = w.statement \
    WHERE c.resource = 'locations' AND c.action = 'created'";
const COMPOSED: &str =
    "SELECT 'milestone' AS kind, id FROM milestones WHERE statement = ?1 UNION ALL SELECT 'development', id FROM developments WHERE statement = ?1";

/// What the database at a path has, for packages of these statements. Where there is no file, it is what the migrations insert, and
/// where there is an older one, also what its packages introduce.
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
        known.in_use.insert(id.clone(), export::in_use(&mut database, id, replaced).await?);
    }
    add_composed_ids(&mut database, &mut known, replaced).await?;
    if !known.withdrawn.is_empty() {
        for (register, id, from) in sqlx::query_as::<_, (String, String, String)>(INHERITED).fetch_all(&mut database).await? {
            let register = if register == "actor" { "actor" } else { "location" };
            known.inherited.insert((register, id), from);
        }
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
    known.set_apart(replaced);
    Ok(known)
}

/// Adds the ids that are made of that of a statement and of another, as far as a package of the run can have the same: only where the
/// id of one statement begins with that of the other.
async fn add_composed_ids(database: &mut SqliteConnection, known: &mut Known, replaced: &BTreeSet<String>) -> sqlx::Result<()> {
    let beginnings: BTreeSet<&str> = replaced.iter().flat_map(|id| beginnings(id)).collect();
    let may_collide = |id: &&String| !replaced.contains(*id) && (beginnings.contains(id.as_str()) || self::beginnings(id).any(|id| replaced.contains(id)));
    let related: Vec<String> = known.statements.keys().filter(may_collide).cloned().collect();
    for statement in related {
        for (kind, id) in sqlx::query_as::<_, (String, String)>(COMPOSED).bind(&statement).fetch_all(&mut *database).await? {
            let kind = if kind == "milestone" { "milestone" } else { "development" };
            known.composed.insert((kind, id), statement.clone());
        }
    }
    Ok(())
}

/// What an id begins with, up to each of its hyphens.
fn beginnings(id: &str) -> impl Iterator<Item = &str> {
    id.match_indices('-').map(|(at, _)| &id[..at])
}
