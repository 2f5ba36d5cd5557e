//! The edge: what happens to every request, whatever its route: its id, its client, the limits, the log and the metrics.

mod access_log;
mod client_ip;
mod rate_limit;
mod request_body;
mod request_id;
mod service;
mod validate;

pub use service::{ConnectionInfo, EdgeService, ErrorResponse};
