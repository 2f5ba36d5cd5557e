//! The command line: one file for each subcommand.

mod arguments;
mod check;
mod export;
mod health;
mod import;
mod run;
mod serve;

pub use arguments::{Arguments, Command};
pub use run::run;
