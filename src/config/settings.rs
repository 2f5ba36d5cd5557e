//! The settings of the service.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;

use crate::{
    config::{limits::Limits, log_format::LogFormat, public_url::PublicUrl},
    corpus::Day,
};

/// The settings of the service.
#[derive(Clone, Debug, Args)]
pub struct Settings {
    /// The address and port on which the service listens. Port 0 takes a free port.
    #[arg(long, env = "BAYAN_LISTEN", default_value = "127.0.0.1:8080", global = true)]
    pub listen: SocketAddr,

    /// The database file. The service builds it when it does not exist.
    #[arg(long, env = "BAYAN_DATABASE", default_value = "bayan.db", global = true)]
    pub database: PathBuf,

    /// The URL at which clients reach the service, when it differs from the address they connect to, with its path if it has one. Absolute links begin with it.
    #[arg(long, env = "BAYAN_PUBLIC_URL", global = true)]
    pub public_url: Option<PublicUrl>,

    /// The log filter, in the syntax of `RUST_LOG`: levels for targets.
    #[arg(long, env = "BAYAN_LOG", default_value = "warn,bayan=info", global = true)]
    pub log: String,

    /// The format of the log.
    #[arg(long, env = "BAYAN_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text, global = true)]
    pub log_format: LogFormat,

    /// The date (YYYY-MM-DD) that the service uses as today, for tests and demonstrations. By default it is the system clock's date in Baghdad.
    #[arg(long, env = "BAYAN_TODAY", global = true)]
    pub today: Option<Day>,

    /// The limits.
    #[command(flatten)]
    pub limits: Limits,
}
