//! `bayan check`: finds what is wrong with packages.

use std::{
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;

use crate::{
    package::{Package, export, files, known::Known, packages, report},
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
/// When a folder or the database cannot be read, or the output cannot be written.
pub fn check(database: &Path, paths: &[PathBuf], format: ReportFormat) -> anyhow::Result<bool> {
    let run = Run::new(database, paths)?;
    let mut out = io::stdout().lock();
    if format == ReportFormat::Text {
        return Ok(run.print(&mut out)?);
    }
    let (mut is_valid, mut is_first) = (true, true);
    for package in run.packages() {
        is_valid &= package.log.errors() == 0;
        for entry in report::entries(&package) {
            write!(out, "{}  ", if is_first { "[\n" } else { ",\n" })?;
            serde_json::to_writer(&mut out, &entry)?;
            is_first = false;
        }
    }
    writeln!(out, "{}", if is_first { "[]" } else { "\n]" })?;
    Ok(is_valid)
}

/// The packages of one run, which may refer to each other and to what the database has.
pub struct Run {
    files: Vec<PathBuf>,
    known: Known,
}

impl Run {
    /// Reads what the database has and what the packages introduce.
    ///
    /// # Errors
    /// When a folder or the database cannot be read.
    pub fn new(database: &Path, paths: &[PathBuf]) -> anyhow::Result<Self> {
        let files = files(paths).context("cannot read a folder")?;
        let mut known = known(database)?;
        packages(files.clone()).filter_map(|package| package.document).for_each(|document| known.add(&document));
        Ok(Self { files, known })
    }

    /// The packages, checked.
    pub fn packages(&self) -> impl Iterator<Item = Package> {
        packages(self.files.clone()).map(|mut package| {
            package.check(&self.known);
            package
        })
    }

    /// Shows what is wrong with the packages, and how much. Returns whether there are no errors.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn print(&self, out: &mut impl Write) -> io::Result<bool> {
        let colours = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let (mut count, mut errors, mut warnings) = (0_usize, 0, 0);
        for package in self.packages() {
            let (text, own_errors, own_warnings) = report::text(&package, colours);
            (count, errors, warnings) = (count + 1, errors + own_errors, warnings + own_warnings);
            write!(out, "{text}")?;
        }
        let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        writeln!(out, "{}: {}, {}", counted(count, "package"), counted(errors, "error"), counted(warnings, "warning"))?;
        Ok(errors == 0)
    }
}

/// What the database has.
#[tokio::main(flavor = "current_thread")]
async fn known(database: &Path) -> anyhow::Result<Known> {
    let corpus = storage::open(database).await?;
    export::known_from(&corpus).await.context("cannot read the database")
}
