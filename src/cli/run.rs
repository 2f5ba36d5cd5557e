//! Runs the program: parses the arguments, runs the subcommand, and reports its failure.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;

use crate::{
    cli::{
        arguments::{Arguments, Command},
        check, draft, export, health, import, preview, serve, withdraw,
    },
    clock::Clock,
    corpus::BilingualText,
    telemetry::logging,
};

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let Arguments { settings, command } = Arguments::parse();
    let result = match command {
        Some(Command::Health) => health::check(&settings).map(|()| true),
        Some(Command::Check { files, format, restore }) => check::check(&settings.database, &files, format, restore),
        Some(Command::Import { paths, upgrade, dry_run, restore }) => {
            let mode = import::Mode { upgrade, dry_run, restore };
            logging::init(&settings.log, settings.log_format).and_then(|()| import::import(&settings.database, &paths, &Clock::system(settings.today), mode))
        }
        Some(Command::Withdraw { id, reason, reason_ar }) => {
            let reason = BilingualText { ar: reason_ar, en: reason };
            withdraw::withdraw(&settings.database, &id, &reason, &Clock::system(settings.today)).map(|()| true)
        }
        Some(Command::Draft { text, language }) => draft::draft(&settings.database, &text, language).map(|()| true),
        Some(Command::Export { ids }) => export::export(&settings.database, &ids).map(|()| true),
        Some(Command::Preview { file, port }) => preview::preview(&settings, &file, port).map(|()| true),
        None => serve::serve(&settings).map(|()| true),
    };
    logging::flush();
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(cause) => {
            // One line, with the whole chain of causes.
            let _ = writeln!(io::stderr(), "bayan: {cause:#}");
            ExitCode::FAILURE
        }
    }
}
