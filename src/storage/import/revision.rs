//! The revision that an import makes, and its change records.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use sqlx::{Row, SqliteConnection};

use crate::{
    corpus::enum_name,
    storage::import::{
        changes::NewChange,
        rows::{Rows, Table},
    },
};

const CHANGES: Table<10> = Table::new("INSERT INTO changes (id, statement, revision, position, action, resource, target, summary_ar, summary_en, at)");
const LAST_POSITION: &str = "SELECT coalesce(max(position), 0) FROM changes WHERE revision = ?";
const USED_IDS: &str = "SELECT id FROM changes WHERE id IN (SELECT value FROM json_each(?))";

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
        let number = |change: &NewChange| change.at.as_ref().and_then(|at| self.earlier.get(at)).copied().unwrap_or(self.number);
        let id = |change: &NewChange| format!("r{}-{}-{}", number(change), enum_name(&change.resource), change.target);
        let ids: Vec<String> = changes.iter().map(id).collect();
        let mut used: HashSet<String> =
            sqlx::query_scalar(USED_IDS).bind(serde_json::json!(ids).to_string()).fetch_all(&mut *database).await?.into_iter().collect();
        let (mut rows, mut positions) = (Rows::default(), HashMap::new());
        for (change, id) in changes.iter().zip(ids) {
            let number = number(change);
            let id = if used.insert(id.clone()) { id } else { unused_id(database, &mut used, &id).await? };
            let position = match positions.get(&number) {
                Some(last) => last + 1,
                None => sqlx::query_scalar::<_, i64>(LAST_POSITION).bind(number).fetch_one(&mut *database).await? + 1,
            };
            positions.insert(number, position);
            rows.add(
                &CHANGES,
                [
                    id.into(),
                    statement.into(),
                    number.into(),
                    position.into(),
                    enum_name(&change.action).into(),
                    enum_name(&change.resource).into(),
                    (&change.target).into(),
                    (&change.summary.ar).into(),
                    (&change.summary.en).into(),
                    change.at.as_ref().into(),
                ],
            );
        }
        rows.insert(database).await
    }
}

/// The id with a number: a history may have several changes of one item. `used` are ids that have rows, or will.
async fn unused_id(database: &mut SqliteConnection, used: &mut HashSet<String>, id: &str) -> sqlx::Result<String> {
    let mut number = 2;
    loop {
        let numbered = format!("{id}-{number}");
        let is_used: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM changes WHERE id = ?)").bind(&numbered).fetch_one(&mut *database).await?;
        if !is_used && used.insert(numbered.clone()) {
            return Ok(numbered);
        }
        number += 1;
    }
}
