//! `bayan preview`: serves a package with the rest of the data before it is imported, anew after each save.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

use anyhow::Context;

use crate::{
    cli::{check::Run, serve},
    clock::Clock,
    config::{ListenAddress, Settings},
    http::{AppState, Preview},
    package::report,
    storage,
};

/// How often the files of the package are looked at.
const WATCH_INTERVAL: Duration = Duration::from_millis(300);

/// Serves a package on this port of this machine until a signal; 0 is a free port. The database stays as it is.
///
/// # Errors
/// When the database cannot be copied, the package cannot be inserted, or the service cannot start.
pub fn preview(settings: &Settings, file: &Path, port: u16) -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("cannot create a temporary folder")?;
    let files = Files { package: file.to_owned(), base: folder.path().join("base.db"), served: folder.path().join("bayan.db") };
    files.copy_base(&settings.database)?;
    let (clock, seen) = (Clock::system(settings.today), files.stamps());
    let first = files.publish(&clock)?;
    let listen = ListenAddress::Tcp(format!("127.0.0.1:{port}"));
    let settings = Settings { database: files.served.clone(), listen: vec![listen], admin_listen: None, public_url: None, ..settings.clone() };
    serve::serve_with(&settings, move |state| {
        state.show_preview(first);
        thread::spawn(move || files.follow(&state, &clock, seen));
    })
}

/// The files of a preview.
struct Files {
    package: PathBuf,
    /// The data without the package.
    base: PathBuf,
    /// The data with the last version of the package that had no errors.
    served: PathBuf,
}

/// When a file was written, and its length in bytes; `None` if it cannot be read.
type Stamp = Option<(SystemTime, u64)>;

impl Files {
    /// Copies the database; without one, the data of the migrations is built.
    fn copy_base(&self, database: &Path) -> anyhow::Result<()> {
        if database.exists() {
            fs::copy(database, &self.base).with_context(|| format!("cannot copy {}", database.display()))?;
        }
        build(&self.base)?;
        fs::copy(&self.base, &self.served).context("cannot copy the data")?;
        Ok(())
    }

    /// Checks the package, shows what is wrong with it on the terminal, and publishes it if it has no errors.
    fn publish(&self, clock: &Clock) -> anyhow::Result<Preview> {
        let run = Run::new(&self.base, std::slice::from_ref(&self.package), true)?;
        let mut mistakes = Vec::new();
        for package in run.packages() {
            let (text, errors, warnings) = run.text(&package);
            let mut out = io::stderr().lock();
            // The pages show it as well, so that a closed terminal is no error.
            let _ = write!(out, "{text}").and_then(|()| writeln!(out, "{}", run.summary(errors, warnings)));
            mistakes.extend(report::entries(&package));
            if errors == 0 {
                let next = self.served.with_extension("next");
                fs::copy(&self.base, &next).context("cannot copy the data")?;
                storage::import(&next, std::iter::once(package), &run.moved(), clock.now(), false)?;
                fs::rename(&next, &self.served).context("cannot replace the data")?;
            }
        }
        Ok(Preview { file: self.package.display().to_string(), mistakes })
    }

    /// Publishes the package again whenever its files change.
    fn follow(&self, state: &AppState, clock: &Clock, mut seen: Vec<Stamp>) {
        loop {
            thread::sleep(WATCH_INTERVAL);
            let stamps = self.stamps();
            if stamps == seen {
                continue;
            }
            seen = stamps;
            match self.publish(clock) {
                Ok(preview) => state.show_preview(preview),
                Err(cause) => tracing::error!("the preview is not renewed: {cause:#}"),
            }
        }
    }

    /// The state of the package and of the texts beside it.
    fn stamps(&self) -> Vec<Stamp> {
        let folder = self.package.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut files: Vec<PathBuf> = folder.read_dir().into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        files.retain(|file| file == &self.package || file.extension().is_some_and(|extension| extension == "txt"));
        files.push(self.package.clone());
        files.sort();
        files.iter().map(|file| fs::metadata(file).and_then(|metadata| Ok((metadata.modified()?, metadata.len()))).ok()).collect()
    }
}

/// Builds a database, or brings a copy of an older one up to date.
#[tokio::main(flavor = "current_thread")]
async fn build(database: &Path) -> anyhow::Result<()> {
    storage::open(database).await?;
    Ok(())
}
