//! The command line: one file for each subcommand.

mod arguments;
mod check;
mod draft;
mod export;
mod file_descriptors;
mod health;
mod import;
mod preview;
mod progress;
mod run;
mod serve;
mod signals;
mod sockets;
mod supervisor;
mod withdraw;

pub use arguments::{Arguments, Command};
pub use run::run;
