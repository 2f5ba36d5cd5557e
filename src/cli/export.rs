//! `bayan export`: writes packages.

use std::{
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, bail};

use crate::{package::export, storage};

/// How many ids a message lists.
const MAX_SHOWN: usize = 20;

/// Writes the packages of some statements, or of all, to standard output: one as JSON, several as JSON Lines.
///
/// # Errors
/// When the database cannot be opened, or does not have a statement, or the output cannot be written.
#[tokio::main(flavor = "current_thread")]
pub async fn export(database: &Path, ids: &[String]) -> anyhow::Result<()> {
    let corpus = storage::open(database).await?;
    let all = export::statement_ids(&corpus).await.context("cannot read the database")?;
    if let Some(unknown) = ids.iter().find(|id| all.binary_search(id).is_err()) {
        let shown = all.iter().take(MAX_SHOWN).map(String::as_str).chain((all.len() > MAX_SHOWN).then_some("…")).collect::<Vec<_>>();
        bail!("no statement has the id {unknown}; there are: {}", shown.join(", "));
    }
    let ids = if ids.is_empty() { &all } else { ids };
    let mut out = io::stdout().lock();
    for id in ids {
        let cannot_read = || format!("cannot read {id}");
        let json = if ids.len() == 1 {
            export::export_from(&corpus, id).await.with_context(cannot_read)?.map(|document| export::to_json(&document))
        } else {
            export::stored_from(&corpus, id).await.with_context(cannot_read)?
        };
        out.write_all(json.unwrap_or_default().as_bytes())?;
    }
    Ok(out.flush()?)
}
