//! Inserting rows, many with one statement.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection, query_builder::Separated};

/// How many rows one statement inserts: `SQLite` binds at most 32,766 values.
const ROWS_PER_INSERT: usize = 4_000;

/// Inserts rows. `insert` is the statement up to its values, and `bind` binds the values of one row, at most eight.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_rows<T>(
    database: &mut SqliteConnection,
    insert: &'static str,
    rows: impl IntoIterator<Item = T>,
    bind: impl Fn(&mut Separated<'_, Sqlite, &'static str>, T),
) -> sqlx::Result<()> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut query = QueryBuilder::new(insert);
        query.push_values(rows.by_ref().take(ROWS_PER_INSERT), |mut row, values| bind(&mut row, values));
        // Each number of rows is another statement, of up to a megabyte: none stays prepared.
        query.build().persistent(false).execute(&mut *database).await?;
    }
    Ok(())
}
