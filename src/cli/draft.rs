//! `bayan draft`: the skeleton of a package, from a plain text.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, bail};

use crate::{
    cli::check,
    package::draft::{MAX_TEXT_BYTES, draft as draft_package},
    text::Language,
};

/// Writes the draft of the package of a text to standard output, and what its editor has to know to standard error.
///
/// # Errors
/// When the file or the database cannot be read, the text has no words or too many, or the output cannot be written.
pub fn draft(database: &Path, path: &Path, language: Option<Language>) -> anyhow::Result<()> {
    let shown = path.display();
    let size = fs::metadata(path).with_context(|| format!("cannot read {shown}"))?.len();
    if size > MAX_TEXT_BYTES as u64 {
        bail!("{shown} has {size} bytes, and a draft is made of at most {MAX_TEXT_BYTES}");
    }
    let bytes = fs::read(path).with_context(|| format!("cannot read {shown}"))?;
    let Ok(text) = String::from_utf8(bytes) else { bail!("{shown} is not UTF-8; save it in this encoding") };
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let draft = draft_package(&name, &text, language, &check::known(database, &BTreeSet::new())?).with_context(|| format!("cannot make a draft of {shown}"))?;
    for remark in &draft.remarks {
        let _ = writeln!(io::stderr(), "bayan: {remark}");
    }
    io::stdout().lock().write_all(draft.yaml.as_bytes())?;
    Ok(())
}
