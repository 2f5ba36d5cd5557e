//! The arguments of the command line.

use clap::{Parser, Subcommand};

use crate::config::Settings;

/// What the signals do, at the end of the help.
const SIGNALS: &str = "Signals: SIGTERM, SIGINT and SIGQUIT stop the service once requests in flight are finished. SIGHUP opens the database file again. SIGUSR1 and SIGUSR2 do nothing.";

/// Serves a diplomatic statement as data that can be queried, polled and cited.
#[derive(Clone, Debug, Parser)]
#[command(version, about, after_help = SIGNALS)]
pub struct Arguments {
    /// The settings, from flags and variables.
    #[command(flatten)]
    pub settings: Settings,

    /// The subcommand. Without one the program serves.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The subcommands.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum Command {
    /// Checks whether the service that listens on this machine is ready. The exit code is 0 if it is, for container health checks.
    Health,
}
