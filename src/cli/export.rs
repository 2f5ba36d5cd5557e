//! `bayan export`: writes packages.

use std::{
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, bail};

use crate::{package::export, storage};

/// Writes the packages of some statements, or of all, to standard output: one as JSON, several as JSON Lines.
///
/// # Errors
/// When the database cannot be opened, or does not have a statement, or the output cannot be written.
#[tokio::main(flavor = "current_thread")]
pub async fn export(database: &Path, ids: &[String]) -> anyhow::Result<()> {
    let corpus = storage::open(database).await?;
    let all = export::statement_ids(&corpus).await.context("cannot read the database")?;
    if let Some(unknown) = ids.iter().find(|id| !all.contains(id)) {
        bail!("no statement has the id {unknown}; there are: {}", all.join(", "));
    }
    let ids = if ids.is_empty() { &all } else { ids };
    let mut out = io::stdout().lock();
    for id in ids {
        let document = export::export_from(&corpus, id).await.with_context(|| format!("cannot read {id}"))?;
        if let Some(document) = document {
            let json = if ids.len() == 1 { export::to_json(&document) } else { export::to_json_line(&document) };
            out.write_all(json.as_bytes())?;
        }
    }
    Ok(())
}
