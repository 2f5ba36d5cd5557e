//! Runs the program: parses the arguments, runs the subcommand, and reports its failure.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;

use crate::{
    cli::{
        arguments::{Arguments, Command},
        check, draft, export, health, import, preview, serve, signals, withdraw,
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
            signals::survive_file_size_limit();
            let mode = import::Mode { upgrade, dry_run, restore };
            logging::init(&settings.log, settings.log_format).and_then(|()| import::import(&settings.database, &paths, &Clock::system(settings.today), mode))
        }
        Some(Command::Withdraw { id, reason, reason_ar }) => {
            signals::survive_file_size_limit();
            let reason = BilingualText { ar: reason_ar, en: reason };
            withdraw::withdraw(&settings.database, &id, &reason, &Clock::system(settings.today)).map(|()| true)
        }
        Some(Command::Draft { text, language }) => draft::draft(&settings.database, &text, language).map(|()| true),
        Some(Command::Export { ids }) => export::export(&settings.database, &ids).map(|()| true),
        Some(Command::Preview { file, port }) => preview::preview(&settings, &file, port).map(|()| true),
        Some(Command::Serve) | None => serve::serve(&settings).map(|()| true),
    };
    logging::flush();
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // The reader of the output closed it before its end, as in `bayan check … | head`.
        Err(cause) if cause.chain().any(is_broken_pipe) => ExitCode::SUCCESS,
        Err(cause) => {
            // One line, with the whole chain of causes.
            let _ = writeln!(io::stderr(), "bayan: {cause:#}");
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(cause: &(dyn std::error::Error + 'static)) -> bool {
    cause.downcast_ref::<io::Error>().is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
