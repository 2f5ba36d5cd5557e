//! `bayan import`: checks packages, and publishes their statements.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
};

use anyhow::Context;

use crate::{
    cli::{check::Run, progress::Progress},
    clock::Clock,
    corpus::enum_name,
    package::Package,
    storage::{self, Imported},
};

/// How many packages are checked and wait to be inserted at most.
const CHECKED_AHEAD: usize = 8;

/// What an import does besides the packages.
#[derive(Clone, Copy, Debug)]
pub struct Mode {
    /// First builds a database of an older format anew.
    pub upgrade: bool,
    /// Only shows what would change.
    pub dry_run: bool,
    /// Publishes again what was withdrawn.
    pub restore: bool,
}

/// Checks packages and publishes them; nothing is published if one has an error. Returns whether there were no errors.
///
/// # Errors
/// When a folder or the database cannot be read, or the next file cannot be built.
pub fn import(database: &Path, paths: &[PathBuf], clock: &Clock, mode: Mode) -> anyhow::Result<bool> {
    let mut out = io::stdout().lock();
    if mode.upgrade {
        let sentence = if storage::upgrade(database)? { "built anew by this version" } else { "already built by this version" };
        writeln!(out, "{}: {sentence}", database.display())?;
    }
    if paths.is_empty() {
        return Ok(true);
    }
    let run = Run::new(database, paths, mode.restore)?;
    let (result, counts) = thread::scope(|scope| {
        // The next packages are read and checked while one is inserted.
        let (sender, receiver) = mpsc::sync_channel(CHECKED_AHEAD);
        scope.spawn(|| {
            let sender = sender;
            // Nobody receives any more after an error.
            let _ = run.packages().all(|package| sender.send(package).is_ok());
        });
        let mut checked = Checked { progress: Progress::new(run.count), run: &run, packages: receiver.into_iter(), counts: Counts::default() };
        (storage::import(database, &mut checked, &run.moved(), clock.now(), mode.dry_run), checked.counts)
    });
    if counts.errors > 0 {
        writeln!(out, "{}", run.summary(counts.errors, counts.warnings))?;
        writeln!(out, "nothing was imported")?;
        return Ok(false);
    }
    for package in &result.context("nothing was imported")? {
        report(package, mode.dry_run, &mut out)?;
    }
    Ok(true)
}

#[derive(Clone, Copy, Default)]
struct Counts {
    errors: usize,
    warnings: usize,
}

/// The packages of a run, checked one after the other as they are inserted. After one that has an error all others are checked
/// and shown as well, but none is passed on.
struct Checked<'r, I> {
    run: &'r Run,
    packages: I,
    progress: Progress,
    counts: Counts,
}

impl<I: Iterator<Item = Package>> Iterator for &mut Checked<'_, I> {
    type Item = Package;

    fn next(&mut self) -> Option<Package> {
        let mut rejected = None;
        loop {
            let Some(package) = self.packages.next() else {
                self.progress.finish();
                return rejected;
            };
            self.progress.advance();
            if package.log.errors() > 0 || self.counts.errors > 0 {
                let (text, errors, warnings) = self.run.text(&package);
                self.progress.print(&text);
                (self.counts.errors, self.counts.warnings) = (self.counts.errors + errors, self.counts.warnings + warnings);
                rejected = rejected.or(Some(package).filter(|package| package.log.errors() > 0));
            } else {
                return Some(package);
            }
        }
    }
}

/// Shows what became of a package.
///
/// # Errors
/// When the output cannot be written.
pub fn report(package: &Imported, dry_run: bool, out: &mut impl Write) -> io::Result<()> {
    if package.differences == 0 {
        let sentence = if package.withdrawn { "withdrawn already" } else { "nothing differs" };
        return writeln!(out, "{}: {sentence}", package.statement);
    }
    let verb = match (package.withdrawn, package.replaced, dry_run) {
        (true, _, true) => "would be withdrawn",
        (true, _, false) => "withdrawn",
        (false, true, true) => "would be replaced",
        (false, true, false) => "replaced",
        (false, false, true) => "would be added",
        (false, false, false) => "added",
    };
    let items = if package.differences == 1 { "item" } else { "items" };
    writeln!(out, "{}: {verb}, {} {items}", package.statement, package.differences)?;
    for change in &package.changes {
        writeln!(out, "  {} {} {}", enum_name(&change.action), enum_name(&change.resource), change.target)?;
    }
    Ok(())
}
