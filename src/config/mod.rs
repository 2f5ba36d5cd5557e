//! The configuration: one struct, each field from a flag or a `BAYAN_*` variable.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Parser, Subcommand, ValueEnum};

pub mod limits;

use crate::{config::limits::Limits, corpus::Day};

/// Serves a diplomatic statement as something that can be queried, polled and cited.
#[derive(Clone, Debug, Parser)]
#[command(version, about)]
pub struct Config {
    /// The address and port to listen on.
    #[arg(long, env = "BAYAN_LISTEN", default_value = "127.0.0.1:8080", global = true)]
    pub listen: SocketAddr,

    /// The database file; it is built if there is none.
    #[arg(long, env = "BAYAN_DATABASE", default_value = "bayan.db", global = true)]
    pub database: PathBuf,

    /// The address that clients use, where it is not the one that they connect to; links then begin with it.
    #[arg(long, env = "BAYAN_PUBLIC_URL", value_parser = public_url, global = true)]
    pub public_url: Option<String>,

    /// What to log, as in `RUST_LOG`.
    #[arg(long, env = "BAYAN_LOG", default_value = "warn,bayan=info", global = true)]
    pub log: String,

    /// How to write the log.
    #[arg(long, env = "BAYAN_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text, global = true)]
    pub log_format: LogFormat,

    /// A date (YYYY-MM-DD) that replaces the clock's, for tests and demonstrations.
    #[arg(long, env = "BAYAN_TODAY", global = true)]
    pub today: Option<Day>,

    /// What the service bounds.
    #[command(flatten)]
    pub limits: Limits,

    /// What to do instead of serving.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the program can do besides serving.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum Command {
    /// Ask a running service whether it can answer; the exit code tells. For container health checks.
    Health,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// An address that links can begin with.
fn public_url(text: &str) -> Result<String, &'static str> {
    const WRONG: &str = "an address such as https://bayan.example.org, without a query or a fragment";
    let uri: http::Uri = text.parse().map_err(|_| WRONG)?;
    let whole = matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some_and(|host| !host.is_empty());
    if whole && uri.query().is_none() && !text.contains(['#', '"', '<', '>', '\\']) { Ok(text.trim_end_matches('/').to_owned()) } else { Err(WRONG) }
}
