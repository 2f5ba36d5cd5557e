//! `bayan draft`: the skeleton of a package, from a plain text.

use std::{
    collections::BTreeSet,
    io::{self, Read as _, Write},
    path::Path,
};

use anyhow::{Context, bail};

use crate::{
    cli::check,
    package::{
        draft::{MAX_TEXT_BYTES, draft as draft_package},
        open_regular,
    },
    text::Language,
};

/// Writes the draft of the package of a text to standard output, and what its editor has to know to standard error.
///
/// # Errors
/// When the file or the database cannot be read, the text has no words or too many, or the output cannot be written.
pub fn draft(database: &Path, path: &Path, language: Option<Language>) -> anyhow::Result<()> {
    let shown = path.display();
    let mut bytes = Vec::new();
    let read = open_regular(path).and_then(|file| file.take(MAX_TEXT_BYTES as u64 + 1).read_to_end(&mut bytes));
    read.with_context(|| format!("cannot read {shown}"))?;
    if bytes.len() > MAX_TEXT_BYTES {
        bail!("{shown} has more than the {MAX_TEXT_BYTES} bytes that a draft is made of at most");
    }
    let Ok(text) = String::from_utf8(bytes) else { bail!("{shown} is not UTF-8; save it in this encoding") };
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let draft = draft_package(&name, &text, language, &check::known(database, &BTreeSet::new())?).with_context(|| format!("cannot make a draft of {shown}"))?;
    for remark in &draft.remarks {
        let _ = writeln!(io::stderr(), "bayan: {remark}");
    }
    io::stdout().lock().write_all(draft.yaml.as_bytes())?;
    Ok(())
}
