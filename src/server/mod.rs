//! The server: accepts connections and serves each with a tower service. It knows no route.

mod accept_loop;
mod activity;
mod connection;
mod listener;
mod open_connections;
mod parse_errors;
mod request_scanner;
mod tracked_stream;

pub use accept_loop::{ConnectionEvent, Server, ServerLimits};
pub use listener::Listener;
pub use open_connections::ClientKey;
