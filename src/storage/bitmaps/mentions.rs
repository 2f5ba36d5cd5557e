//! The statements that name an actor or a location, and how often. Items list only the first mentions.

use futures_util::TryStreamExt;
use sqlx::{Row, SqliteConnection};

use crate::{
    corpus::{
        Register, Resource,
        bitmaps::{ItemValue, RegisterParameter},
    },
    storage::bitmaps::collected::Collected,
};

const COUNTS: &str = "INSERT INTO mention_counts (register, entry, statement, count) SELECT 'actors', actor, statement, count(*) FROM actor_mentions GROUP BY actor, statement; \
    INSERT INTO mention_counts (register, entry, statement, count) \
        SELECT 'locations', location, statement, count(*) FROM location_mentions GROUP BY location, statement; \
    INSERT INTO mention_counts (register, entry, statement, count) SELECT register, entry, '', sum(count) FROM mention_counts GROUP BY register, entry";
const NAMED: &str = "SELECT c.entry, c.statement, e.number, s.number FROM mention_counts AS c \
    JOIN items AS e ON e.resource = c.register AND e.id = c.entry JOIN items AS s ON s.resource = 'statements' AND s.id = c.statement \
    WHERE c.register = ?";

/// Writes how often statements name the entries of registers, and adds to each entry the statements that name it, and to each
/// statement the entries that it names.
pub async fn collect(database: &mut SqliteConnection, collected: &mut Collected) -> sqlx::Result<()> {
    sqlx::raw_sql(COUNTS).execute(&mut *database).await?;
    for (register, parameter) in [(Register::Actors, RegisterParameter::ACTOR), (Register::Locations, RegisterParameter::LOCATION)] {
        let mut rows = sqlx::query(NAMED).bind(register.resource().name()).fetch(&mut *database);
        while let Some(row) = rows.try_next().await? {
            let (entry, statement): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            collected.add_value(register.resource(), row.try_get(2)?, &ItemValue::Plain("statement", statement));
            collected.add_value(Resource::Statements, row.try_get(3)?, &ItemValue::Entry(parameter, entry, String::new()));
        }
    }
    Ok(())
}
