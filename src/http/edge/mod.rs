//! The edge: the steps of every request, for any route: its id, its client, validation, limits, log and metrics.

mod access_log;
mod cache_buster;
mod client_ip;
mod cors;
mod error_log;
mod rate_limit;
mod request_body;
mod request_context;
mod request_id;
mod response_future;
mod service;
mod validate;

pub use cors::cors_layer;
pub use rate_limit::client_key;
pub use request_context::ConnectionInfo;
pub use service::EdgeService;
