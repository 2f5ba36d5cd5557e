//! The arguments of the command line.

use clap::{Parser, Subcommand};

use crate::config::Settings;

/// Serves a diplomatic statement as data that can be queried, polled and cited.
#[derive(Clone, Debug, Parser)]
#[command(version, about)]
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
