//! The revision that an import makes, and its change records.

use std::collections::HashMap;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use sqlx::{Row, SqliteConnection};

use crate::{corpus::enum_name, storage::import::changes::NewChange};

/// The position of a change is the next of its revision.
const CHANGE: &str = "INSERT INTO changes (id, statement, revision, position, action, resource, target, summary_ar, summary_en, at) \
    VALUES (?1, ?2, ?3, (SELECT coalesce(max(position), 0) + 1 FROM changes WHERE revision = ?3), ?4, ?5, ?6, ?7, ?8, ?9)";

/// The next revision of a database.
#[derive(Debug)]
pub struct Revision {
    number: i64,
    /// Earlier revisions that changes belong to, by their instants.
    earlier: HashMap<String, i64>,
}

impl Revision {
    /// Begins the next revision, at an instant; without one, a second after the last. A revision is later than the one before
    /// it, whatever the clock says.
    pub async fn begin(database: &mut SqliteConnection, now: Option<DateTime<Utc>>) -> sqlx::Result<Self> {
        let last = sqlx::query("SELECT revision, at FROM revisions ORDER BY revision DESC LIMIT 1").fetch_one(&mut *database).await?;
        let (number, published): (i64, DateTime<Utc>) = (last.try_get::<i64, _>("revision")? + 1, last.try_get("at")?);
        let next = published + TimeDelta::seconds(1);
        let at = now.map_or(next, |now| now.trunc_subsecs(0).max(next)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
        sqlx::query("INSERT INTO revisions (revision, at) VALUES (?, ?)").bind(number).bind(at).execute(&mut *database).await?;
        Ok(Self { number, earlier: HashMap::new() })
    }

    /// Lets changes belong to the earlier revisions at whose instants they were made.
    pub async fn with_earlier(mut self, database: &mut SqliteConnection) -> sqlx::Result<Self> {
        let revisions: Vec<(String, i64)> = sqlx::query_as("SELECT at, revision FROM revisions").fetch_all(database).await?;
        self.earlier = revisions.into_iter().collect();
        Ok(self)
    }

    /// Records changes of a statement.
    pub async fn record(&self, database: &mut SqliteConnection, statement: &str, changes: &[NewChange]) -> sqlx::Result<()> {
        for change in changes {
            let number = change.at.as_ref().and_then(|at| self.earlier.get(at)).copied().unwrap_or(self.number);
            let resource = enum_name(&change.resource);
            sqlx::query(CHANGE)
                .bind(unused_id(database, &format!("r{number}-{resource}-{}", change.target)).await?)
                .bind(statement)
                .bind(number)
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
}

/// The id, or the id with a number: a history may have several changes of one item.
async fn unused_id(database: &mut SqliteConnection, id: &str) -> sqlx::Result<String> {
    let mut unused = id.to_owned();
    for number in 2.. {
        let is_used: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM changes WHERE id = ?)").bind(&unused).fetch_one(&mut *database).await?;
        if !is_used {
            break;
        }
        unused = format!("{id}-{number}");
    }
    Ok(unused)
}
