//! Entries of registers that pass from one statement of a run to another: they are deleted before the first package is inserted, so
//! that the order of the packages does not matter.

use std::collections::HashSet;

use sqlx::SqliteConnection;

use crate::{
    package::{Text, document::Document, known::Moved},
    storage::import::changes::NewChange,
};

/// Deletes the entries, with the names that they have from the statement that introduced them.
pub async fn delete(database: &mut SqliteConnection, moved: &Moved) -> sqlx::Result<()> {
    for actor in &moved.actors {
        one(database, "DELETE FROM actors WHERE id = ? AND statement = ?", actor.entry.id.as_ref(), &actor.statement).await?;
        one(database, "DELETE FROM actor_aliases WHERE actor = ? AND statement = ?", actor.entry.id.as_ref(), &actor.statement).await?;
    }
    for location in &moved.locations {
        one(database, "DELETE FROM locations WHERE id = ? AND statement = ?", location.entry.id.as_ref(), &location.statement).await?;
        one(database, "DELETE FROM location_aliases WHERE location = ? AND statement = ?", location.entry.id.as_ref(), &location.statement).await?;
    }
    for cited in &moved.documents {
        one(database, "DELETE FROM documents WHERE id = ? AND statement = ?", cited.entry.id.as_ref(), &cited.statement).await?;
    }
    Ok(())
}

async fn one(database: &mut SqliteConnection, sql: &'static str, id: Option<&Text>, statement: &str) -> sqlx::Result<()> {
    sqlx::query(sql).bind(id.map(Text::as_str)).bind(statement).execute(database).await?;
    Ok(())
}

/// How many of the entries a statement gains or loses, beside those that changed. `after` is its document.
pub fn count(moved: &Moved, after: &Document, changes: &[NewChange]) -> usize {
    let actors: HashSet<&str> = after.actors.iter().filter(|own| own.is_introduced).filter_map(|own| id_of(own.id.as_ref())).collect();
    let locations: HashSet<&str> = after.locations.iter().filter(|own| own.is_introduced).filter_map(|own| id_of(own.id.as_ref())).collect();
    let documents: HashSet<&str> = after.documents.iter().filter_map(|own| id_of(own.id.as_ref())).collect();
    let is_changed = |id: Option<&Text>| changes.iter().any(|change| Some(change.target.as_str()) == id_of(id));
    let is_one =
        |statement: &str, id: Option<&Text>, own: &HashSet<&str>| (statement == after.id() || id_of(id).is_some_and(|id| own.contains(id))) && !is_changed(id);
    moved.actors.iter().filter(|actor| is_one(&actor.statement, actor.entry.id.as_ref(), &actors)).count()
        + moved.locations.iter().filter(|location| is_one(&location.statement, location.entry.id.as_ref(), &locations)).count()
        + moved.documents.iter().filter(|cited| is_one(&cited.statement, cited.entry.id.as_ref(), &documents)).count()
}

fn id_of(id: Option<&Text>) -> Option<&str> {
    id.map(Text::as_str)
}
