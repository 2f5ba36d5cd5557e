//! `bayan export`: writes packages.

use std::{
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, bail};

use crate::{package::export, storage};

/// Writes the packages of some statements, or of all, to standard output, one after the other.
///
/// # Errors
/// When the database cannot be opened, or does not have a statement, or the output cannot be written.
#[tokio::main(flavor = "current_thread")]
pub async fn export(database: &Path, ids: &[String]) -> anyhow::Result<()> {
    let corpus = storage::open(database).await?;
    let mut connection = corpus.pool.acquire().await?;
    let all = export::statement_ids(&mut connection).await.context("cannot read the database")?;
    if let Some(unknown) = ids.iter().find(|id| !all.contains(id)) {
        bail!("no statement has the id {unknown}; there are: {}", all.join(", "));
    }
    let mut out = io::stdout().lock();
    for id in if ids.is_empty() { &all } else { ids } {
        let document = export::export(&mut connection, id).await.with_context(|| format!("cannot read {id}"))?;
        if let Some(document) = document {
            out.write_all(export::to_json(&document).as_bytes())?;
        }
    }
    Ok(())
}
