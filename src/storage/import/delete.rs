//! Deleting the rows of a statement before those of its next edition are inserted.

use sqlx::SqliteConnection;

/// Every table with rows of a statement, but `changes`, which are never deleted.
const DELETIONS: [&str; 24] = [
    "DELETE FROM note_locations WHERE statement = ?",
    "DELETE FROM note_actors WHERE statement = ?",
    "DELETE FROM note_sources WHERE statement = ?",
    "DELETE FROM notes WHERE statement = ?",
    "DELETE FROM citations WHERE statement = ?",
    "DELETE FROM documents WHERE statement = ?",
    "DELETE FROM issuers WHERE statement = ?",
    "DELETE FROM milestone_locations WHERE statement = ?",
    "DELETE FROM milestone_actors WHERE statement = ?",
    "DELETE FROM milestone_conditions WHERE statement = ?",
    "DELETE FROM milestone_clauses WHERE statement = ?",
    "DELETE FROM development_sources WHERE statement = ?",
    "DELETE FROM developments WHERE statement = ?",
    "DELETE FROM milestones WHERE statement = ?",
    "DELETE FROM location_mentions WHERE statement = ?",
    "DELETE FROM location_aliases WHERE statement = ?",
    "DELETE FROM locations WHERE statement = ?",
    "DELETE FROM clause_actors WHERE statement = ?",
    "DELETE FROM actor_mentions WHERE statement = ?",
    "DELETE FROM actor_aliases WHERE statement = ?",
    "DELETE FROM actors WHERE statement = ?",
    "DELETE FROM dates WHERE statement = ?",
    "DELETE FROM lead_ins WHERE statement = ?",
    "DELETE FROM clauses WHERE statement = ?",
];
/// The rest, which the others refer to.
const SOURCE: [&str; 4] = [
    "DELETE FROM paragraphs WHERE statement = ?",
    "DELETE FROM versions WHERE statement = ?",
    "DELETE FROM quotes WHERE statement = ?",
    "DELETE FROM statements WHERE id = ?",
];

/// Deletes the rows of a statement. References to them are not checked here.
pub async fn delete(database: &mut SqliteConnection, statement: &str) -> sqlx::Result<()> {
    for sql in DELETIONS.into_iter().chain(SOURCE) {
        sqlx::query(sql).bind(statement).execute(&mut *database).await?;
    }
    Ok(())
}
