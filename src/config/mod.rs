//! The configuration: each setting is a flag and a `BAYAN_*` variable.

mod ip_networks;
mod limits;
mod listen_address;
mod log_format;
mod public_url;
mod seconds;
mod security_contact;
mod settings;

pub use ip_networks::IpNetworks;
pub use limits::Limits;
pub use listen_address::ListenAddress;
pub use log_format::LogFormat;
pub use public_url::{ParsePublicUrlError, PublicUrl};
pub use seconds::Seconds;
pub use security_contact::{ParseSecurityContactError, SecurityContact};
pub use settings::Settings;
