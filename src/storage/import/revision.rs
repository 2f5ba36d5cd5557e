//! The revision that an import makes, and its change records.

use std::collections::HashSet;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use sqlx::{Row, SqliteConnection};

use crate::{corpus::enum_name, storage::import::imported::Imported};

const CHANGE: &str = "INSERT INTO changes (id, statement, revision, position, action, resource, target, summary_ar, summary_en, at) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/// The next revision of a database.
#[derive(Debug)]
pub struct Revision {
    number: i64,
    position: i64,
    ids: HashSet<String>,
}

impl Revision {
    /// Begins the next revision.
    pub async fn begin(database: &mut SqliteConnection, now: DateTime<Utc>) -> sqlx::Result<Self> {
        let last = sqlx::query("SELECT revision, at FROM revisions ORDER BY revision DESC LIMIT 1").fetch_one(&mut *database).await?;
        let (number, published): (i64, DateTime<Utc>) = (last.try_get::<i64, _>("revision")? + 1, last.try_get("at")?);
        // A revision is later than the one before it, whatever the clock says.
        let at = now.trunc_subsecs(0).max(published + TimeDelta::seconds(1)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
        sqlx::query("INSERT INTO revisions (revision, at) VALUES (?, ?)").bind(number).bind(at).execute(&mut *database).await?;
        Ok(Self { number, position: 0, ids: HashSet::new() })
    }

    /// Records the changes of a package.
    pub async fn record(&mut self, database: &mut SqliteConnection, package: &Imported) -> sqlx::Result<()> {
        for change in &package.changes {
            self.position += 1;
            let resource = enum_name(&change.resource);
            let id = format!("r{}-{resource}-{}", self.number, change.target);
            // A history may have several changes of one item.
            let id = if self.ids.contains(&id) { format!("{id}-{}", self.position) } else { id };
            self.ids.insert(id.clone());
            sqlx::query(CHANGE)
                .bind(id)
                .bind(&package.statement)
                .bind(self.number)
                .bind(self.position)
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
