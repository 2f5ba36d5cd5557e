//! `bayan import`: checks packages, and publishes their statements.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;

use crate::{
    cli::check::{known, open_all, print},
    clock::Clock,
    corpus::enum_name,
    storage::{self, Imported},
};

/// Checks packages and publishes them; nothing is published if one has an error. Returns whether there were no errors.
///
/// # Errors
/// When a folder or the database cannot be read, or the next file cannot be built.
pub fn import(database: &Path, paths: &[PathBuf], clock: &Clock, dry_run: bool) -> anyhow::Result<bool> {
    let files = files(paths)?;
    let packages = open_all(&files, known(database)?);
    let mut out = io::stdout().lock();
    if packages.iter().any(|package| package.log.errors() > 0) {
        print(&packages, &mut out)?;
        writeln!(out, "nothing was imported")?;
        return Ok(false);
    }
    let imported = storage::import(database, &packages, clock.now(), dry_run)?;
    for package in &imported {
        report(package, dry_run, &mut out)?;
    }
    Ok(true)
}

/// The packages of files and folders: every `.yaml`, `.yml` and `.json` file of a folder, by name.
fn files(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = path.read_dir().with_context(|| format!("cannot read {}", path.display()))?;
        let mut inside = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
        inside.retain(|file| file.extension().is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known)));
        inside.sort();
        files.extend(inside);
    }
    Ok(files)
}

fn report(package: &Imported, dry_run: bool, out: &mut impl Write) -> io::Result<()> {
    if package.changes.is_empty() {
        return writeln!(out, "{}: nothing differs", package.statement);
    }
    let verb = match (package.replaced, dry_run) {
        (true, true) => "would be replaced",
        (true, false) => "replaced",
        (false, true) => "would be added",
        (false, false) => "added",
    };
    writeln!(out, "{}: {verb}, {} changes", package.statement, package.changes.len())?;
    if dry_run || package.replaced {
        for change in &package.changes {
            writeln!(out, "  {} {} {}", enum_name(&change.action), enum_name(&change.resource), change.target)?;
        }
    }
    Ok(())
}
