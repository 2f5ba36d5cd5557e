//! The command line: one file for each subcommand.

mod arguments;
mod health;
mod run;
mod serve;

pub use arguments::{Arguments, Command};
pub use run::run;
