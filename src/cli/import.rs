//! `bayan import`: checks packages, and publishes their statements.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    cli::check::Run,
    clock::Clock,
    corpus::enum_name,
    storage::{self, Imported},
};

/// Checks packages and publishes them; nothing is published if one has an error. Returns whether there were no errors.
///
/// # Errors
/// When a folder or the database cannot be read, or the next file cannot be built.
pub fn import(database: &Path, paths: &[PathBuf], clock: &Clock, dry_run: bool) -> anyhow::Result<bool> {
    let run = Run::new(database, paths)?;
    let mut out = io::stdout().lock();
    if run.packages().any(|package| package.log.errors() > 0) {
        run.print(&mut out)?;
        writeln!(out, "nothing was imported")?;
        return Ok(false);
    }
    let imported = storage::import(database, run.packages(), clock.now(), dry_run)?;
    for package in &imported {
        report(package, dry_run, &mut out)?;
    }
    Ok(true)
}

fn report(package: &Imported, dry_run: bool, out: &mut impl Write) -> io::Result<()> {
    if package.differences == 0 {
        return writeln!(out, "{}: nothing differs", package.statement);
    }
    let verb = match (package.replaced, dry_run) {
        (true, true) => "would be replaced",
        (true, false) => "replaced",
        (false, true) => "would be added",
        (false, false) => "added",
    };
    writeln!(out, "{}: {verb}, {} changes", package.statement, package.differences)?;
    for change in &package.changes {
        writeln!(out, "  {} {} {}", enum_name(&change.action), enum_name(&change.resource), change.target)?;
    }
    Ok(())
}
