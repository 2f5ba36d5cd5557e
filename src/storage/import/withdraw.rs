//! Withdrawing a statement: its rows go, its history stays, and what others use passes to them.

use std::collections::{BTreeSet, HashSet};

use sqlx::SqliteConnection;

use crate::{
    corpus::{
        BilingualText,
        changes::{Action, ChangedResource},
        enum_name,
    },
    package::{
        document::Document,
        export,
        known::{EntryInUse, Moved},
    },
    storage::import::{
        changes::{NewChange, between},
        delete::delete,
    },
};

/// A statement that was taken out of the database.
#[derive(Debug)]
pub struct Withdrawn {
    /// What was withdrawn with it.
    pub changes: Vec<NewChange>,
    /// The statements that have entries of its registers now.
    pub heirs: BTreeSet<String>,
}

/// Takes a statement out of the database. `before` is its document.
pub async fn withdraw(database: &mut SqliteConnection, before: &Document, reason: &BilingualText) -> sqlx::Result<Withdrawn> {
    let statement = before.id();
    let sha256 = before.source.as_ref().and_then(|source| source.sha256.as_ref()).map_or("", |sha256| sha256.as_str());
    let heirs = pass_on(database, statement).await?;
    delete(database, statement).await?;
    insert(database, statement, sha256, reason).await?;
    let mut changes = Vec::new();
    for change in between(Some(before), None, &Moved::default(), Some(reason)) {
        // An entry that only added names to another is corrected; one that others use stays as it is.
        if change.action == Action::Corrected || !is_there(database, &change).await? {
            changes.push(change);
        }
    }
    Ok(Withdrawn { changes, heirs })
}

/// Records that a statement is withdrawn.
pub async fn insert(database: &mut SqliteConnection, statement: &str, sha256: &str, reason: &BilingualText) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO withdrawals (statement, sha256, reason_ar, reason_en) VALUES (?, ?, ?, ?)")
        .bind(statement)
        .bind(sha256)
        .bind(&reason.ar)
        .bind(&reason.en)
        .execute(database)
        .await?;
    Ok(())
}

/// Corrects the reason of a statement that is withdrawn. Returns a withdrawal with the new reason of each item that has the old one:
/// readers see the last.
pub async fn correct_reason(database: &mut SqliteConnection, statement: &str, old: &BilingualText, new: &BilingualText) -> sqlx::Result<Vec<NewChange>> {
    let sql = "UPDATE withdrawals SET reason_ar = ?, reason_en = ? WHERE statement = ?";
    sqlx::query(sql).bind(&new.ar).bind(&new.en).bind(statement).execute(&mut *database).await?;
    let (mut seen, mut changes) = (HashSet::new(), Vec::new());
    for record in export::history(database, statement).await?.into_iter().rev() {
        let (Some(action), Some(resource), Some(target), Some(summary)) = (record.action, record.resource, record.target, record.summary) else { continue };
        let is_last = seen.insert((enum_name(&resource.value), target.value.clone()));
        if let (Some(ar), Some(en)) = (summary.value.ar.strip_suffix(&old.ar), summary.value.en.strip_suffix(&old.en))
            && is_last
            && action.value == Action::Withdrawn
        {
            let summary = BilingualText { ar: format!("{ar}{}", new.ar), en: format!("{en}{}", new.en) };
            changes.push(NewChange { at: None, action: Action::Withdrawn, resource: resource.value, target: target.value, summary });
        }
    }
    changes.reverse();
    Ok(changes)
}

/// Passes the entries that other statements use to the first of those, with their names. Returns those statements.
async fn pass_on(database: &mut SqliteConnection, statement: &str) -> sqlx::Result<BTreeSet<String>> {
    let mut heirs = BTreeSet::new();
    loop {
        let in_use = export::in_use(database, statement, &BTreeSet::new()).await?;
        // An entry that passes on uses its parent.
        if in_use.is_empty() {
            return Ok(heirs);
        }
        for EntryInUse { register, id, user } in in_use {
            let (entry, names) = match register {
                "actor" => ("UPDATE actors SET statement = ? WHERE id = ?", Some("UPDATE actor_aliases SET statement = ? WHERE actor = ? AND statement = ?")),
                "location" => {
                    ("UPDATE locations SET statement = ? WHERE id = ?", Some("UPDATE location_aliases SET statement = ? WHERE location = ? AND statement = ?"))
                }
                _ => ("UPDATE documents SET statement = ? WHERE id = ?", None),
            };
            sqlx::query(entry).bind(&user).bind(&id).execute(&mut *database).await?;
            if let Some(names) = names {
                sqlx::query(names).bind(&user).bind(&id).bind(statement).execute(&mut *database).await?;
            }
            heirs.insert(user);
        }
    }
}

/// Whether an entry of a register is still there. Everything else is gone.
async fn is_there(database: &mut SqliteConnection, change: &NewChange) -> sqlx::Result<bool> {
    let sql = match change.resource {
        ChangedResource::Actors => "SELECT EXISTS (SELECT 1 FROM actors WHERE id = ?)",
        ChangedResource::Locations => "SELECT EXISTS (SELECT 1 FROM locations WHERE id = ?)",
        _ => return Ok(false),
    };
    sqlx::query_scalar(sql).bind(&change.target).fetch_one(database).await
}
