//! The server: accepts connections and serves each with a tower service. It knows no route.

mod accept_loop;
mod connection;
mod parse_errors;
mod request_scanner;

pub use accept_loop::{Server, ServerLimits};
