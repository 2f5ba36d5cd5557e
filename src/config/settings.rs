//! The settings of the service.

use std::path::PathBuf;

use clap::Args;

use crate::{
    config::{limits::Limits, listen_address::ListenAddress, log_format::LogFormat, public_url::PublicUrl, security_contact::SecurityContact},
    corpus::Day,
};

/// The settings of the service. Those that every subcommand reads are among its own options in the help, and the others below.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Options of the service")]
pub struct Settings {
    /// The addresses on which the service listens, separated by commas or repeated: an IP address or a host name with a port, or unix:PATH. Port 0 takes a free port. A supervisor may pass sockets instead (`LISTEN_FDS`).
    #[arg(long, env = "BAYAN_LISTEN", default_value = "127.0.0.1:8080", value_delimiter = ',', global = true)]
    pub listen: Vec<ListenAddress>,

    /// The address of a listener for monitoring, which serves /health/live, /health/ready, /metrics and /build, with no bound of the other listeners. /metrics is then served only there. Off by default.
    #[arg(long, env = "BAYAN_ADMIN_LISTEN", global = true)]
    pub admin_listen: Option<ListenAddress>,

    /// The database file. The service builds it when it does not exist.
    #[arg(long, env = "BAYAN_DATABASE", default_value = "bayan.db", global = true, help_heading = None)]
    pub database: PathBuf,

    /// The URL at which clients reach the service, when it differs from the address they connect to, with its path if it has one. Absolute links begin with it.
    #[arg(long, env = "BAYAN_PUBLIC_URL", global = true)]
    pub public_url: Option<PublicUrl>,

    /// Where to report a vulnerability, in the order of preference, separated by commas or repeated: URIs that begin with mailto:, https:// or tel:. The service then has a /.well-known/security.txt, unless the public URL has a path.
    #[arg(long, env = "BAYAN_SECURITY_CONTACT", value_delimiter = ',', global = true)]
    pub security_contact: Vec<SecurityContact>,

    /// The log filter, in the syntax of `RUST_LOG`: levels for targets.
    #[arg(long, env = "BAYAN_LOG", default_value = "warn,bayan=info", global = true, help_heading = None)]
    pub log: String,

    /// The format of the log.
    #[arg(long, env = "BAYAN_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text, global = true, help_heading = None)]
    pub log_format: LogFormat,

    /// The date (YYYY-MM-DD) that the service uses as today, for tests and demonstrations. By default it is the system clock's date in Baghdad.
    #[arg(long, env = "BAYAN_TODAY", global = true, help_heading = None)]
    pub today: Option<Day>,

    /// The limits.
    #[command(flatten)]
    pub limits: Limits,
}
