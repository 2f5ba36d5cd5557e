//! Runs the program: parses the arguments, runs the subcommand, and reports its failure.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;

use crate::{
    cli::{
        arguments::{Arguments, Command},
        health, serve,
    },
    telemetry::logging,
};

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let Arguments { settings, command } = Arguments::parse();
    let result = match command {
        Some(Command::Health) => health::check(&settings),
        None => serve::serve(&settings),
    };
    logging::flush();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            // One line, with the whole chain of causes.
            let _ = writeln!(io::stderr(), "bayan: {cause:#}");
            ExitCode::FAILURE
        }
    }
}
