//! `bayan check`: finds what is wrong with packages.

use std::{
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;

use crate::{
    package::{Package, export, known::Known, report},
    storage,
};

/// How mistakes are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ReportFormat {
    /// For people, with excerpts.
    Text,
    /// For programs: an array of objects.
    Json,
}

/// Checks packages against the database and against each other. Returns whether there are no errors.
///
/// # Errors
/// When the database cannot be opened, or the output cannot be written.
pub fn check(database: &Path, files: &[PathBuf], format: ReportFormat) -> anyhow::Result<bool> {
    let packages = open_all(files, known(database)?);
    let mut out = io::stdout().lock();
    if format == ReportFormat::Json {
        let entries: Vec<report::Entry> = packages.iter().flat_map(report::entries).collect();
        serde_json::to_writer_pretty(&mut out, &entries)?;
        writeln!(out)?;
    } else {
        print(&packages, &mut out)?;
    }
    Ok(packages.iter().all(|package| package.log.errors() == 0))
}

/// Opens and checks packages, which may refer to each other.
#[must_use]
pub fn open_all(files: &[PathBuf], mut known: Known) -> Vec<Package> {
    let mut packages: Vec<Package> = files.iter().map(|path| Package::open(path)).collect();
    packages.iter().filter_map(|package| package.document.as_ref()).for_each(|document| known.add(document));
    packages.iter_mut().for_each(|package| package.check(&known));
    packages
}

/// Shows what is wrong with packages, and how much.
///
/// # Errors
/// When the output cannot be written.
pub fn print(packages: &[Package], out: &mut impl Write) -> io::Result<()> {
    let colours = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    for package in packages {
        let (text, errors, warnings) = report::text(package, colours);
        write!(out, "{text}")?;
        let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        writeln!(out, "{}: {}, {}", package.path.display(), count(errors, "error"), count(warnings, "warning"))?;
    }
    Ok(())
}

/// What the database has.
///
/// # Errors
/// When it cannot be opened.
#[tokio::main(flavor = "current_thread")]
pub async fn known(database: &Path) -> anyhow::Result<Known> {
    let corpus = storage::open(database).await?;
    let mut connection = corpus.pool.acquire().await?;
    export::known(&mut connection).await.context("cannot read the database")
}
