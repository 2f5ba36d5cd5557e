//! Which statements use the entries of registers that another one introduces.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{QueryBuilder, SqliteConnection};

use crate::package::known::EntryInUse;

/// Everything that refers to an entry of a register: the name of an entry, its table, and the table and the column that refer to it.
const REFERENCES: [(&str, &str, &str, &str); 17] = [
    ("actor", "actors", "actor_mentions", "actor"),
    ("actor", "actors", "clause_actors", "actor"),
    ("actor", "actors", "milestone_actors", "actor"),
    ("actor", "actors", "note_actors", "actor"),
    ("actor", "actors", "issuers", "actor"),
    ("actor", "actors", "actor_aliases", "actor"),
    ("actor", "actors", "clauses", "speaker"),
    ("actor", "actors", "lead_ins", "speaker"),
    ("actor", "actors", "milestones", "speaker"),
    ("actor", "actors", "actors", "parent"),
    ("actor", "actors", "statements", "medium"),
    ("location", "locations", "location_mentions", "location"),
    ("location", "locations", "milestone_locations", "location"),
    ("location", "locations", "note_locations", "location"),
    ("location", "locations", "location_aliases", "location"),
    ("location", "locations", "locations", "parent"),
    ("document", "documents", "citations", "document"),
];

/// The entries that a statement introduces and others use, each with the first of those that do. Uses by statements that are
/// replaced do not count.
///
/// # Errors
/// When the database fails.
pub async fn in_use(database: &mut SqliteConnection, statement: &str, replaced: &BTreeSet<String>) -> sqlx::Result<Vec<EntryInUse>> {
    let mut users: BTreeMap<(&'static str, String), String> = BTreeMap::new();
    for (register, entries, table, column) in REFERENCES {
        let user = user(table);
        let mut query = QueryBuilder::new("SELECT e.id, min(t.");
        query.push(user).push(") FROM ");
        // CROSS JOIN: SQLite looks for the uses of each entry, and not for the entry of each use.
        query.push(entries).push(" AS e CROSS JOIN ").push(table).push(" AS t ON t.").push(column).push(" = e.id AND t.").push(user).push(" <> e.statement");
        query.push(" WHERE e.statement = ").push_bind(statement).push(" GROUP BY e.id");
        for (id, mut first_user) in query.build_query_as::<(String, String)>().fetch_all(&mut *database).await? {
            if replaced.contains(&first_user) {
                let mut users = QueryBuilder::new("SELECT DISTINCT ");
                users.push(self::user(table)).push(" FROM ").push(table).push(" WHERE ").push(column).push(" = ").push_bind(&id).push(" ORDER BY 1");
                let users: Vec<String> = users.build_query_scalar().fetch_all(&mut *database).await?;
                let Some(other) = users.into_iter().find(|user| user != statement && !replaced.contains(user)) else { continue };
                first_user = other;
            }
            let first = users.entry((register, id)).or_insert_with(|| first_user.clone());
            if first_user < *first {
                *first = first_user;
            }
        }
    }
    Ok(users.into_iter().map(|((register, id), user)| EntryInUse { register, id, user }).collect())
}

/// The column of a table that names the statement of a row.
fn user(table: &str) -> &'static str {
    if table == "statements" { "id" } else { "statement" }
}
