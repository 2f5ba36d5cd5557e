//! `bayan check`: finds what is wrong with packages.

use std::{
    collections::BTreeSet,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};

use crate::{
    package::{
        Package, files,
        known::{Known, Moved},
        packages, report,
    },
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
pub fn check(database: &Path, paths: &[PathBuf], format: ReportFormat, restore: bool) -> anyhow::Result<bool> {
    let run = Run::new(database, paths, restore)?;
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
    colours: bool,
    /// How many packages there are.
    pub count: usize,
}

impl Run {
    /// Reads what the packages introduce, and what the database has besides. Where there is none, packages may refer to what the
    /// program comes with. `restore` lets them publish again what was withdrawn.
    ///
    /// # Errors
    /// When a folder or the database cannot be read.
    pub fn new(database: &Path, paths: &[PathBuf], restore: bool) -> anyhow::Result<Self> {
        let files = files(paths).context("cannot read the packages")?;
        let (mut introduced, mut count) = (Known::default(), 0);
        for package in packages(files.clone()) {
            count += 1;
            let Some(document) = &package.document else { continue };
            introduced.add(document);
            package.original.iter().for_each(|original| introduced.add_text(document.id(), original.text()));
        }
        if count == 0 {
            bail!("there is no package in {}", paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "));
        }
        let mut known = known(database, &introduced.packages.keys().cloned().collect())?;
        known.extend(introduced);
        known.restore = restore;
        let colours = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Ok(Self { files, known, colours, count })
    }

    /// The packages, checked.
    pub fn packages(&self) -> impl Iterator<Item = Package> {
        packages(self.files.clone()).map(|mut package| {
            package.check(&self.known);
            package
        })
    }

    /// The entries that pass from one statement of the run to another.
    pub fn moved(&self) -> Moved {
        self.known.moved()
    }

    /// What is wrong with a package, and the number of errors and of warnings.
    pub fn text(&self, package: &Package) -> (String, usize, usize) {
        report::text(package, self.colours)
    }

    /// How much is wrong with all.
    pub fn summary(&self, errors: usize, warnings: usize) -> String {
        let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        format!("{}: {}, {}", counted(self.count, "package"), counted(errors, "error"), counted(warnings, "warning"))
    }

    /// Shows what is wrong with the packages, and how much. Returns whether there are no errors.
    fn print(&self, out: &mut impl Write) -> io::Result<bool> {
        let (mut errors, mut warnings) = (0, 0);
        for package in self.packages() {
            let (text, own_errors, own_warnings) = self.text(&package);
            (errors, warnings) = (errors + own_errors, warnings + own_warnings);
            write!(out, "{text}")?;
        }
        writeln!(out, "{}", self.summary(errors, warnings))?;
        Ok(errors == 0)
    }
}

/// What the database has besides the packages of these statements.
///
/// # Errors
/// When the database cannot be read.
#[tokio::main(flavor = "current_thread")]
pub async fn known(database: &Path, packages: &BTreeSet<String>) -> anyhow::Result<Known> {
    Ok(storage::known(database, packages).await?)
}
